/* read_markdown.c - Markdown as one document; front matter between `---` lines (YAML) or `+++` lines (TOML) gives its facts. */
#include "read/facts.h"
#include "read/formats.h"

static const struct {
    const char *key;
    void (*set)(att_document *doc, att_str value, uint32_t start);
} keys[] = {
    { "id", att_fact_id },         { "title", att_fact_title }, { "date", att_fact_date },
    { "origin", att_fact_origin }, { "lang", att_fact_lang },
};
enum { KEY_COUNT = sizeof keys / sizeof keys[0] };

/* The line at byte `at` without its line break, and where the next one starts. */
static att_str line_at(att_str text, size_t at, size_t *next)
{
    const char *end = memchr(text.data + at, '\n', text.length - at);
    size_t stop = end ? (size_t)(end - text.data) : text.length;
    *next = stop + (end != NULL);
    return att_str_slice(text, at, stop);
}

static bool is_fence(att_str line, const char *fence)
{
    return att_str_starts(line, att_str_of(fence)) && att_str_is(att_str_trim(line), fence);
}

size_t att_markdown_opening(att_str text)
{
    size_t next;
    att_str line = line_at(text, att_bom_length(text), &next);
    return is_fence(line, "---") || is_fence(line, "+++") ? next : 0;
}

/* A quoted value, up to the quote that closes it and without escapes; the null view when nothing closes it. */
static att_str unquote(att_arena *arena, att_str value)
{
    char quote = value.data[0];
    att_buf out = { .arena = arena };
    for (size_t i = 1; i < value.length; i++) {
        char c = value.data[i], next = i + 1 < value.length ? value.data[i + 1] : '\0';
        bool escape = quote == '"' ? c == '\\' && (next == '"' || next == '\\') : c == '\'' && next == '\'';
        if (escape) c = value.data[++i];
        else if (c == quote) return att_buf_str(&out);
        att_buf_byte(&out, c);
    }
    return (att_str){ 0 };
}

/* A plain value, up to a comment. */
static att_str uncomment(att_str value)
{
    for (size_t i = 1; i < value.length; i++)
        if (value.data[i] == '#' && (value.data[i - 1] == ' ' || value.data[i - 1] == '\t'))
            return att_str_trim(att_str_slice(value, 0, i));
    return value;
}

/* What a value says; the null view for nothing, and for blocks and lists, which are no simple values. */
static att_str simple_value(att_arena *arena, att_str value)
{
    const att_str none = { 0 };
    if (!value.length) return none;
    if (value.data[0] == '"' || value.data[0] == '\'') {
        att_str inner = unquote(arena, value);
        return inner.data ? inner : value;
    }
    if (memchr("|>[{#&*!", value.data[0], 8)) return none;
    value = uncomment(value);
    return att_str_is(value, "~") || att_str_is(value, "null") ? none : value;
}

/* `mark` stands between key and value. */
static void read_fact(att_document *doc, att_str line, char mark)
{
    const char *found = memchr(line.data, mark, line.length);
    if (!found) return;
    size_t split = (size_t)(found - line.data);
    att_str key = att_str_slice(line, 0, split);
    while (key.length && key.data[key.length - 1] == ' ') key.length--;
    att_str written = att_str_trim(att_str_slice(line, split + 1, line.length));
    for (int i = 0; i < KEY_COUNT; i++) {
        if (!att_str_is(key, keys[i].key)) continue;
        att_str value = simple_value(doc->arena, written);
        if (value.data) keys[i].set(doc, value, (uint32_t)(written.data - doc->text.data));
    }
}

/* Where the text proper starts: behind the line that closes the front matter. 0 when none does. */
static size_t find_body(att_str text, size_t at, bool toml)
{
    for (size_t next; at < text.length; at = next) {
        att_str line = line_at(text, at, &next);
        if (toml ? is_fence(line, "+++") : is_fence(line, "---") || is_fence(line, "...")) return next;
    }
    return 0;
}

static void remark_unclosed(att_document *doc, bool toml)
{
    static const char yaml_text[] =
        "front matter is opened by a line '---' and never closed by '---' or '...'; all of it is read "
        "as text",
                      toml_text[] =
                          "front matter is opened by a line '+++' and never closed by another; all of it is read as text";
    att_document_remark(doc, "E017", att_str_of(toml ? toml_text : yaml_text), 0);
}

/* Keys behind "[params]" are those of a table. */
static void read_front_matter(att_document *doc)
{
    size_t at = att_markdown_opening(doc->text);
    if (!at) return;
    const bool toml = doc->text.data[att_bom_length(doc->text)] == '+';
    size_t body = find_body(doc->text, at, toml);
    if (!body) {
        remark_unclosed(doc, toml);
        return;
    }
    doc->body = (uint32_t)body;
    for (size_t next; at < body; at = next) {
        att_str line = line_at(doc->text, at, &next);
        if (toml && att_str_starts(line, ATT_STR("["))) return;
        read_fact(doc, line, toml ? '=' : ':');
    }
}

att_status att_markdown_fill(att_reader *self, att_document *doc)
{
    att_status status = att_plain_fill(self, doc);
    if (doc->error_code) return status;
    doc->markdown = true;
    read_front_matter(doc);
    return status;
}

/* fmt.c - lays out rule files in the usual way. Only blanks and line breaks change, never where a text of several lines breaks:
 * so a file says the same as before. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "knowledge/blocks.h"
#include "tools/rewrite.h"
#include "tools/tools.h"

enum { INDENT = 2, USUAL_WORD = 8, SHORT_WORD = 5 };

/* How the body lines of one kind of block are laid out. */
typedef struct {
    const char *keyword;
    int word;          /* width of the column for the first word; 0 when a line is one text */
    const char *forms; /* first words of those lines that hold forms with '|' between them */
    bool marks;        /* the first word is the mark of a line in a test */
} layout;

static const layout layouts[] = {
    { "pack", SHORT_WORD, NULL, false },
    { "pipeline", SHORT_WORD, NULL, false },
    { "layer", SHORT_WORD, NULL, false },
    { "entry", USUAL_WORD, "name alias demonym exact weak weak-demonym", false },
    { "office", USUAL_WORD, "title holder", false },
    { "topic", USUAL_WORD, "strong support pair block", false },
    { "view", USUAL_WORD, "any all", false },
    { "genre", USUAL_WORD, "title block", false },
    { "rule", USUAL_WORD, NULL, false },
    { "expand", USUAL_WORD, NULL, false },
    { "alias", USUAL_WORD, NULL, false },
    { "list", 0, NULL, false },
    { "phrase", 0, NULL, false },
    { "test", 1, NULL, true },
};

typedef struct {
    att_buf out;
    const layout *layout; /* of the block that is open; NULL for a kind without a layout */
    bool forms;           /* the last line has forms, and may go on in the next */
    bool started;         /* a line was written already */
    uint32_t empty;       /* how many empty lines have come since */
} formatter;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static att_str trim(att_str text)
{
    size_t start = 0, end = text.length;
    while (start < end && is_blank(text.data[start])) start++;
    while (end > start && is_blank(text.data[end - 1])) end--;
    return att_str_slice(text, start, end);
}

/* Cuts off the first word of a trimmed text. *rest is what follows, trimmed. */
static att_str cut_word(att_str text, att_str *rest)
{
    size_t end = 0;
    while (end < text.length && !is_blank(text.data[end])) end++;
    *rest = trim(att_str_slice(text, end, text.length));
    return att_str_slice(text, 0, end);
}

static bool has_word(const char *list, att_str word)
{
    att_str rest = att_str_of(list);
    while (rest.length)
        if (att_str_equal(cut_word(rest, &rest), word)) return true;
    return false;
}

/* ---- parts of lines ---- */

static void add_blanks(formatter *self, size_t count)
{
    while (count--) att_buf_byte(&self->out, ' ');
}

/* Adds the words with one blank between them. */
static void add_words(formatter *self, att_str text)
{
    for (bool first = true; text.length; first = false) {
        if (!first) att_buf_byte(&self->out, ' ');
        att_buf_add(&self->out, cut_word(text, &text));
    }
}

/* Adds a form. Before the bracket with its dates stand two blanks. */
static void add_form(formatter *self, att_str form)
{
    const char *open = form.length && form.data[form.length - 1] == ')' ? memrchr(form.data, '(', form.length) : NULL;
    size_t at = open ? (size_t)(open - form.data) : 0;
    if (!at || !is_blank(form.data[at - 1]) || !memmem(open, form.length - at, "..", 2)) {
        add_words(self, form);
        return;
    }
    add_words(self, trim(att_str_slice(form, 0, at)));
    att_buf_add(&self->out, ATT_STR("  "));
    add_words(self, att_str_slice(form, at, form.length));
}

static void add_forms(formatter *self, att_str text)
{
    bool more = true;
    for (bool first = true; more; first = false) {
        size_t end = 0;
        while (end < text.length && (text.data[end] != '|' || (end && text.data[end - 1] == '\\'))) end++;
        att_str form = trim(att_str_slice(text, 0, end));
        if (!first) att_buf_add(&self->out, ATT_STR("|"));
        if (!first && form.length) att_buf_byte(&self->out, ' ');
        add_form(self, form);
        more = end < text.length;
        if (more && form.length) att_buf_byte(&self->out, ' ');
        text = att_str_slice(text, more ? end + 1 : end, text.length);
    }
}

/* ---- lines ---- */

/* Adds a block's head with one blank between words; strings and patterns stay as they are. */
static void add_head(formatter *self, att_str line)
{
    att_str rest, word = cut_word(line, &rest);
    if (att_str_is(word, "add") || att_str_is(word, "replace") || att_str_is(word, "remove")) {
        att_buf_add(&self->out, word);
        att_buf_byte(&self->out, ' ');
        word = cut_word(rest, &rest);
    }
    self->layout = NULL;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (att_str_is(word, layouts[i].keyword)) self->layout = &layouts[i];
    att_buf_add(&self->out, word);
    if (rest.length) att_buf_byte(&self->out, ' ');
    bool plain = !memchr(rest.data, '"', rest.length) && !att_str_is(word, "phrase");
    if (plain) add_words(self, rest);
    else att_buf_add(&self->out, rest);
}

/* Adds a line of a test. Its text, behind the mark, stays as it is. */
static void add_check(formatter *self, att_str line)
{
    att_str rest, mark = cut_word(line, &rest);
    if (line.data[0] == '|') {
        att_buf_add(&self->out, line);
        return;
    }
    att_buf_add(&self->out, mark);
    if (rest.length) att_buf_byte(&self->out, ' ');
    att_buf_add(&self->out, rest);
}

/* Adds a body line. Behind two blanks a "#" would begin a comment, so it gets one. */
static void add_body(formatter *self, att_str line)
{
    att_str rest, word = cut_word(line, &rest);
    att_buf_add(&self->out, word);
    self->forms = self->layout->forms && has_word(self->layout->forms, word);
    if (!rest.length) return;
    size_t width = (size_t)self->layout->word;
    add_blanks(self, word.length < width && rest.data[0] != '#' ? width - word.length + 1 : 1);
    if (self->forms) add_forms(self, rest);
    else att_buf_add(&self->out, rest);
}

/* Adds a line that continues the one before. Its text stays where it was behind the dots. */
static void add_more(formatter *self, att_str line)
{
    att_buf_add(&self->out, ATT_STR(".. "));
    if (self->forms) add_forms(self, trim(att_str_slice(line, 2, line.length)));
    else att_buf_add(&self->out, att_str_slice(line, 3, line.length));
}

static void add_inner(formatter *self, att_str line)
{
    add_blanks(self, INDENT);
    if (line.data[0] == '#' || !self->layout) att_buf_add(&self->out, line);
    else if (att_str_starts(line, ATT_STR(".. "))) add_more(self, line);
    else if (self->layout->marks) add_check(self, line);
    else if (self->layout->word) add_body(self, line);
    else att_buf_add(&self->out, line);
}

/* Where a comment begins in the line (at its start, or behind two blanks), or the line's length. */
static size_t comment_in(att_str line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] == '#' && (i == 0 || (i >= 2 && is_blank(line.data[i - 1]) && is_blank(line.data[i - 2])))) return i;
    return line.length;
}

static void add_line(formatter *self, att_str line)
{
    size_t comment = comment_in(line);
    att_str text = trim(att_str_slice(line, 0, comment)), said = trim(att_str_slice(line, comment, line.length));
    if (!text.length && !said.length) {
        self->empty++;
        return;
    }
    if (self->empty && self->started) att_buf_byte(&self->out, '\n');
    self->empty = 0;
    self->started = true;
    bool inner = is_blank(line.data[0]);
    if (text.length && inner) add_inner(self, text);
    else if (text.length) add_head(self, text);
    if (text.length && said.length) att_buf_add(&self->out, ATT_STR("  "));
    else if (said.length && inner) add_blanks(self, INDENT);
    att_buf_add(&self->out, said);
    att_buf_byte(&self->out, '\n');
}

static att_str format(att_arena *arena, att_str text)
{
    formatter self = { .out = { .arena = arena } };
    for (size_t at = 0; at < text.length;) {
        const char *end = memchr(text.data + at, '\n', text.length - at);
        size_t to = end ? (size_t)(end - text.data) : text.length;
        if (to > at) add_line(&self, att_str_slice(text, at, to));
        else self.empty++;
        at = to + 1;
    }
    return att_buf_str(&self.out);
}

/* Whether two texts differ in blanks and line breaks only. */
static bool says_the_same(att_str a, att_str b)
{
    for (size_t i = 0, k = 0;; i++, k++) {
        while (i < a.length && (is_blank(a.data[i]) || a.data[i] == '\n')) i++;
        while (k < b.length && (is_blank(b.data[k]) || b.data[k] == '\n')) k++;
        if (i == a.length || k == b.length) return i == a.length && k == b.length;
        if (a.data[i] != b.data[k]) return false;
    }
}

/* ---- files ---- */

typedef struct {
    att_guard guard;
    att_arena arena;
    att_diags diags;
    const char *const *paths;
    size_t count;
    const att_fmt_options *options;
    att_fmt_result *result;
    att_sink sink;
    void *user;
    att_str text, formatted; /* of att_fmt_text: its argument and its result */
    att_status status;
} fmt_job;

/* Lays out a file. Returns false and leaves it alone when it is not UTF-8, which is reported, or when, against all expectation,
 * a word would change. */
static bool format_source(fmt_job *self, const att_source *source, att_str *formatted)
{
    size_t bad = att_utf8_check(source->text);
    if (bad < source->text.length) {
        att_report(&self->diags, ATT_ERROR, "S013", (att_place){ source, (uint32_t)bad, (uint32_t)bad + 1 }, "not UTF-8");
        return false;
    }
    *formatted = format(&self->arena, source->text);
    return says_the_same(source->text, *formatted);
}

static bool format_file(fmt_job *self, const att_rule_file *file)
{
    att_str formatted;
    if (file->kind != ATT_FILE_RULES) return true;
    self->result->files++;
    if (!format_source(self, file->source, &formatted) || att_str_equal(formatted, file->source->text)) return true;
    const char *path = att_str_copy(&self->arena, file->source->path).data;
    self->result->changed++;
    if (!self->options->check && !att_rewrite(&self->arena, path, file->source->text, formatted)) {
        snprintf(self->result->path, sizeof self->result->path, "%s", path);
        return false;
    }
    self->options->print(self->options->user, path);
    return true;
}

static void format_files(void *argument)
{
    fmt_job *self = argument;
    att_rule_files files = { 0 };
    att_diags_init(&self->diags, &self->arena);
    for (size_t i = 0; i < self->count; i++) att_files_add(&files, &self->arena, &self->diags, self->paths[i], false);
    self->result->unread = self->diags.errors;
    for (uint32_t i = 0; i < files.count && self->status == ATT_OK; i++)
        if (!format_file(self, &files.items[i])) self->status = ATT_IO;
    att_diags_send(&self->diags, &self->arena, self->sink, self->user);
    if (self->status == ATT_OK && self->diags.errors) self->status = ATT_RULES;
}

att_status att_fmt(const char *const *paths, size_t count, const att_fmt_options *options, att_sink sink, void *user,
                   att_fmt_result *result)
{
    fmt_job job = { .paths = paths, .count = count, .options = options, .result = result, .sink = sink, .user = user };
    *result = (att_fmt_result){ 0 };
    att_arena_init(&job.arena, &job.guard, 0);
    att_status status = att_guard_run(&job.guard, format_files, &job);
    int error = errno;
    att_arena_clear(&job.arena);
    errno = error;
    return status == ATT_OK ? job.status : status;
}

static void format_text(void *argument)
{
    fmt_job *self = argument;
    att_diags_init(&self->diags, &self->arena);
    const att_source *source = att_source_new(&self->arena, ATT_STR("standard input"), self->text);
    if (!format_source(self, source, &self->formatted)) self->status = ATT_RULES;
    att_diags_send(&self->diags, &self->arena, self->sink, self->user);
}

att_status att_fmt_text(const char *bytes, size_t size, att_sink sink, void *user, char **formatted, size_t *length)
{
    fmt_job job = { .text = { bytes, size }, .sink = sink, .user = user };
    *formatted = NULL;
    att_arena_init(&job.arena, &job.guard, 0);
    att_status status = att_guard_run(&job.guard, format_text, &job);
    if (status == ATT_OK) status = job.status;
    if (status == ATT_OK) *formatted = malloc(job.formatted.length + 1);
    if (*formatted) memcpy(*formatted, job.formatted.data, job.formatted.length);
    *length = job.formatted.length;
    att_arena_clear(&job.arena);
    return status != ATT_OK || *formatted ? status : ATT_NOMEM;
}

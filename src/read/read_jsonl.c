/* read_jsonl.c - a JSON object a line as one document. The one file that includes jansson.h.
 *
 * jansson refuses three things that real corpora hold: ill-formed UTF-8, lone surrogate escapes and numbers
 * too large for C. A line that it refuses for one of these is mended in a copy and parsed again; good lines pay nothing
 * for it.
 */
#include <inttypes.h>
#include <jansson.h>

#include "base/utf8.h"
#include "read/facts.h"
#include "read/formats.h"
#include "read/plain_json.h"

void att_jsonl_release(att_reader *self)
{
    json_decref(self->tree);
    json_decref(self->written);
    self->tree = self->written = NULL;
}

/* ---- mending a line ---- */

/* A copy with \ufffd in the place of each surrogate escape without its other half; the null view when there is none. */
static att_str mend_surrogates(att_arena *arena, att_str line)
{
    char *copy = NULL;
    for (size_t at = 0; at < line.length; at++) {
        if (line.data[at] != '\\') continue;
        long code = att_json_escape(line, at);
        if (code >= 0xD800 && code <= 0xDFFF) {
            long low = code <= 0xDBFF ? att_json_escape(line, at + 6) : -1;
            bool paired = low >= 0xDC00 && low <= 0xDFFF;
            if (!paired && !copy) copy = memcpy(att_arena_alloc(arena, line.length), line.data, line.length);
            if (!paired) memcpy(copy + at, "\\ufffd", 6);
            at += paired ? 11 : 5;
        } else {
            at++; /* what the backslash escapes */
        }
    }
    return copy ? (att_str){ copy, line.length } : (att_str){ 0 };
}

static size_t count_digits(att_str text, size_t at)
{
    size_t count = 0;
    while (at + count < text.length && text.data[at + count] >= '0' && text.data[at + count] <= '9') count++;
    return count;
}

static bool has_one_of(att_str text, size_t at, const char *set)
{
    return at < text.length && text.data[at] && strchr(set, text.data[at]);
}

/* Bytes of the JSON number at byte `at`, or 0. */
static size_t number_at(att_str text, size_t at)
{
    size_t end = at + has_one_of(text, at, "-"), count = count_digits(text, end);
    if (!count) return 0;
    end += has_one_of(text, end, "0") ? 1 : count;
    if (has_one_of(text, end, ".") && (count = count_digits(text, end + 1))) end += 1 + count;
    if (has_one_of(text, end, "eE")) {
        size_t sign = end + 1 + has_one_of(text, end + 1, "+-");
        if ((count = count_digits(text, sign))) end = sign + count;
    }
    return end - at;
}

/* Where the string that opens at byte `at` ends, behind its closing quote. */
static size_t string_end(att_str text, size_t at)
{
    for (at++; at < text.length && text.data[at] != '"'; at++)
        if (text.data[at] == '\\') at++;
    return at < text.length ? at + 1 : text.length;
}

/* Every number as a string of the same digits: no number is too large for that. */
static att_str quote_numbers(att_arena *arena, att_str line)
{
    att_buf out = { .arena = arena };
    for (size_t at = 0, end; at < line.length; at = end) {
        size_t number = number_at(line, at);
        end = number ? at + number : line.data[at] == '"' ? string_end(line, at) : at + 1;
        if (number) att_buf_byte(&out, '"');
        att_buf_add(&out, att_str_slice(line, at, end));
        if (number) att_buf_byte(&out, '"');
    }
    return att_buf_str(&out);
}

typedef struct {
    bool utf8, surrogates, numbers; /* what was mended */
} mending;

/* Mends what the parser stumbled over, each kind once; false when that is nothing of the three. */
static bool mend(att_arena *arena, att_str *line, enum json_error_code code, mending *done)
{
    if (code == json_error_invalid_utf8 && !done->utf8) {
        *line = att_utf8_repair(arena, *line);
        return done->utf8 = true;
    }
    if (code == json_error_numeric_overflow && !done->numbers) {
        *line = quote_numbers(arena, *line);
        return done->numbers = true;
    }
    if (code != json_error_invalid_syntax || done->surrogates) return false;
    att_str mended = mend_surrogates(arena, *line);
    if (mended.data) *line = mended;
    return done->surrogates = mended.data != NULL;
}

/* The line as a tree, or NULL with `error` about the line as it was last tried, which it then is. */
static json_t *parse(att_reader *self, att_document *doc, att_str *line, json_error_t *error)
{
    mending done = { 0 };
    json_t *tree;
    do tree = json_loadb(line->data, line->length, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
    while (!tree && mend(doc->arena, line, json_error_code(error), &done));
    self->tree = tree; /* before the next allocation, which may not return */
    if (tree && done.utf8) att_document_remark(doc, "E012", ATT_STR("ill-formed UTF-8 in the line, read as U+FFFD"), ATT_NONE);
    if (tree && done.surrogates)
        att_document_remark(doc, "E016", ATT_STR("lone surrogate escape in the line, read as U+FFFD"), ATT_NONE);
    return tree;
}

/* ---- what keeps a line from being a document ---- */

static void fail(const att_reader *self, att_document *doc, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The message starts with the line's number. */
static void fail(const att_reader *self, att_document *doc, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str what = att_str_vformat(doc->arena, format, arguments);
    va_end(arguments);
    /* The parser cuts what it quotes anywhere. */
    if (att_utf8_check(what) < what.length) what = att_utf8_repair(doc->arena, what);
    att_document_fail(doc, code, att_str_format(doc->arena, "line %" PRIu64 ": %.*s", self->line, ATT_STR_ARG(what)));
}

static void fail_syntax(const att_reader *self, att_document *doc, const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_out_of_memory: fail(self, doc, "E005", "not enough memory to parse it"); break;
    case json_error_premature_end_of_input:
        fail(self, doc, "E010",
             "not JSON: it ends before its object does, at column %d; an object must be whole on "
             "one line, as jq -c writes it",
             error->column);
        break;
    case json_error_end_of_input_expected:
        fail(self, doc, "E010", "not JSON: something follows the object, at column %d; one object a line is expected",
             error->column);
        break;
    default: fail(self, doc, "E010", "not JSON: %s, at column %d", error->text, error->column);
    }
}

static const char *kind_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "an array";
    case JSON_STRING: return "a string";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_NULL: return "null";
    default: return "true or false";
    }
}

static att_str string_of(const json_t *value)
{
    return (att_str){ json_string_value(value), json_string_length(value) };
}

/* Whether the key is asked for as something that no text is. */
static bool is_other_field(const att_fields *fields, const char *key)
{
    const char *const others[] = { fields->id, fields->date, fields->origin, fields->lang };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(key, others[i]) == 0) return true;
    return false;
}

/* The field that was probably meant when the one asked for has no text: one with a similar name, else one of the names that
 * data sets use for a text, else the one with the longest string. NULL when the object has no string. */
static const char *suggest(json_t *object, const att_fields *fields)
{
    const char *wanted = fields->text;
    static const char *const usual[] = { "text",      "body",     "content",  "article", "maintext", "raw_text",
                                         "full_text", "fulltext", "document", "Text",    "Body",     "Content" };
    const char *key, *longest = NULL;
    size_t length = 0;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (!json_is_string(value) || is_other_field(fields, key)) continue;
        att_str name = att_str_of(key);
        if (att_str_nearest(att_str_of(wanted), &name, 1).data) return key;
        if (!longest || json_string_length(value) > length) longest = key, length = json_string_length(value);
    }
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (json_is_string(json_object_get(object, usual[i]))) return usual[i];
    return longest;
}

static void fail_text(const att_reader *self, att_document *doc, json_t *object)
{
    const char *wanted = self->fields.text, *other = suggest(object, &self->fields);
    const json_t *value = json_object_get(object, wanted);
    att_str what = value ? att_str_format(doc->arena, "the text field '%s' is %s, not a string", wanted, kind_of(value))
                         : att_str_format(doc->arena, "the object has no text field '%s'", wanted);
    if (json_object_get(object, "schema") && json_object_get(object, "mentions"))
        fail(self, doc, "E011", "a record of attache, made without --text: %.*s", ATT_STR_ARG(what));
    else if (other) fail(self, doc, "E011", "%.*s; is '%s' meant?", ATT_STR_ARG(what), other);
    else fail(self, doc, "E011", "%.*s", ATT_STR_ARG(what));
}

/* ---- facts ---- */

/* The number as it is written: 7.0 is "7.0", 1e2 is "1e2". */
static att_str real_text(att_reader *self, att_document *doc, att_str line, const char *name)
{
    json_t *tree = self->written;
    if (!tree) {
        att_str quoted = quote_numbers(doc->arena, line);
        tree = self->written = json_loadb(quoted.data, quoted.length, JSON_ALLOW_NUL, NULL);
    }
    const json_t *value = json_object_get(tree, name);
    return json_is_string(value) ? string_of(value) : (att_str){ 0 };
}

/* A field with a string or a number as text; the null view for anything else. */
static att_str plain_text(att_reader *self, att_document *doc, att_str line, json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value)) return string_of(value);
    if (json_is_integer(value) && json_integer_value(value))
        return att_str_format(doc->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return json_is_number(value) ? real_text(self, doc, line, name) : (att_str){ 0 };
}

static void read_id(att_reader *self, att_document *doc, att_str line, json_t *object)
{
    const json_t *value = json_object_get(object, self->fields.id);
    att_str id = plain_text(self, doc, line, object, self->fields.id);
    if (id.data) att_fact_id(doc, id, ATT_NONE);
    else if (value && !json_is_null(value))
        att_document_remark(doc, "E018",
                            att_str_format(doc->arena,
                                           "the id is %s, neither a string nor a number; the "
                                           "line's number is taken",
                                           kind_of(value)),
                            ATT_NONE);
}

/* A date or an origin: what is neither string nor number is shown as its kind, so that the remark says it. */
static att_str checked_fact(att_reader *self, att_document *doc, att_str line, json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!value || json_is_null(value)) return (att_str){ 0 };
    att_str text = plain_text(self, doc, line, object, name);
    return text.data ? text : att_str_of(kind_of(value));
}

/* A fact that only a string can say. */
static att_str string_fact(att_document *doc, json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (value && !json_is_string(value) && !json_is_null(value))
        att_document_remark(
            doc, "E018", att_str_format(doc->arena, "the field '%s' is %s, not a string; it is left out", name, kind_of(value)),
            ATT_NONE);
    return string_of(value);
}

static void read_facts(att_reader *self, att_document *doc, att_str line, json_t *object)
{
    const att_fields *names = &self->fields;
    att_fact_title(doc, string_fact(doc, object, names->title), ATT_NONE);
    att_fact_lang(doc, string_fact(doc, object, names->lang), ATT_NONE);
    att_fact_date(doc, checked_fact(self, doc, line, object, names->date), ATT_NONE);
    att_fact_origin(doc, checked_fact(self, doc, line, object, names->origin), ATT_NONE);
}

/* ---- lines ---- */

static void fail_size(const att_reader *self, att_document *doc, uint64_t length)
{
    if (length <= self->limit) fail(self, doc, "E005", "not enough memory for its %" PRIu64 " bytes", length);
    else
        fail(self, doc, "E003", "%s%" PRIu64 " bytes, over the limit of %zu; raise the limit or split the text%s",
             self->input.endless ? "more than " : "", length, self->limit,
             self->input.endless ? "; the rest of the file is passed over" : "");
}

static void read_object(att_reader *self, att_document *doc, att_str line, json_t *object)
{
    const att_fields *names = &self->fields;
    const char *const fields[] = { names->id, names->date, names->title, names->origin, names->lang };
    for (unsigned i = 0; i < sizeof fields / sizeof *fields; i++) {
        const json_t *value = json_object_get(object, fields[i]);
        if (value && !json_is_null(value)) self->met |= 1u << i;
    }
    read_id(self, doc, line, object);
    const json_t *text = json_object_get(object, self->fields.text);
    if (!json_is_string(text)) {
        fail_text(self, doc, object);
    } else if (json_string_length(text) > UINT32_MAX - ATT_TEXT_PADDING) {
        fail_size(self, doc, json_string_length(text)); /* longer than its line by what was mended */
    } else {
        read_facts(self, doc, line, object);
        att_document_set_text(doc, string_of(text));
    }
}

/* An ordinary line, whose fields are strings; false when the parser has to look. */
static bool read_plain(att_reader *self, att_document *doc, att_str line)
{
    enum { TEXT, ID, DATE, TITLE, ORIGIN, LANG, COUNT };
    const att_fields *f = &self->fields;
    const char *const names[COUNT] = { f->text, f->id, f->date, f->title, f->origin, f->lang };
    att_str values[COUNT];
    if (!att_plain_json(doc->arena, line, names, values, COUNT) || !values[TEXT].data) return false;
    for (unsigned i = ID; i < COUNT; i++) self->met |= (unsigned)(values[i].data != NULL) << (i - ID);
    if (values[ID].data) att_fact_id(doc, values[ID], ATT_NONE);
    att_fact_title(doc, values[TITLE], ATT_NONE);
    att_fact_lang(doc, values[LANG], ATT_NONE);
    att_fact_date(doc, values[DATE], ATT_NONE);
    att_fact_origin(doc, values[ORIGIN], ATT_NONE);
    if (values[TEXT].data >= line.data && values[TEXT].data <= line.data + line.length)
        att_document_set_text(doc, values[TEXT]);
    else doc->text = values[TEXT]; /* in the arena, with its padding */
    doc->well_formed = true;
    return true;
}

static void read_line(att_reader *self, att_document *doc, att_str line)
{
    line = att_str_slice(line, att_bom_length(line), line.length); /* one where files were joined, too */
    if (read_plain(self, doc, line)) return;
    const char *nul = memchr(line.data, '\0', line.length);
    json_error_t error;
    if (!att_str_trim(line).length) {
        fail(self, doc, "E010", "not JSON: a blank line; an object is expected on every line");
    } else if (nul) {
        fail(self, doc, "E010", "not JSON: a NUL byte at byte %zu; JSON Lines is UTF-8 (is this UTF-16?)",
             (size_t)(nul - line.data) + 1);
    } else if (!parse(self, doc, &line, &error)) {
        fail_syntax(self, doc, &error);
    } else if (!json_is_object((json_t *)self->tree)) {
        bool list = json_is_array((json_t *)self->tree);
        fail(self, doc, "E013", "%s, not an object; an object such as {\"text\":\"…\"} is expected%s", kind_of(self->tree),
             list ? ", a line each, as jq -c '.[]' writes them" : "");
    } else {
        read_object(self, doc, line, self->tree);
    }
    att_jsonl_release(self);
}

static att_line_result next_line(att_reader *self, att_line *line)
{
    att_line_result result;
    do {
        result = att_input_line(&self->input, self->limit, line);
        self->line++;
    } while (result <= ATT_LINE_SKIPPED && self->line < self->from_line);
    return result;
}

/* "corpus.jsonl:12", NUL-terminated for att_doc_id. */
static att_str id_of_line(const att_reader *self, att_arena *arena)
{
    att_str path = att_str_of(self->path);
    att_buf id = { .arena = arena };
    att_buf_reserve(&id, path.length + 24);
    att_buf_add(&id, path);
    att_buf_byte(&id, ':');
    att_buf_number(&id, self->line);
    att_buf_byte(&id, '\0');
    return (att_str){ id.items, id.count - 1 };
}

att_status att_jsonl_fill(att_reader *self, att_document *doc)
{
    att_line line;
    att_line_result result = next_line(self, &line);
    self->met_lines = true;
    if (result == ATT_LINE_NONE) return ATT_END;
    self->lines++;
    if (result == ATT_LINE_ERROR) self->format = NULL; /* nothing of this input is left */
    doc->source = att_str_copy(doc->arena, att_str_of(self->path));
    doc->id = id_of_line(self, doc->arena);
    if (result == ATT_LINE_WHOLE) read_line(self, doc, line.text);
    else if (result == ATT_LINE_SKIPPED) fail_size(self, doc, line.length);
    else att_fail_input(self, doc, "can't read on");
    att_input_trim(&self->input);
    return ATT_OK;
}

/* ---- what no line answers ---- */

bool att_reader_met_lines(const att_reader *self)
{
    return self->met_lines;
}

const char *att_reader_empty_field(const att_reader *self, size_t index)
{
    const char *const fields[] = { self->fields.id, self->fields.date, self->fields.title, self->fields.origin,
                                   self->fields.lang };
    for (unsigned i = 0; i < sizeof fields / sizeof *fields && self->lines; i++)
        if ((self->asked & ~self->met) >> i & 1 && index-- == 0) return fields[i];
    return NULL;
}

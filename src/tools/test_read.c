#include "tools/test_read.h"

#include "knowledge/overlay.h"
#include "read/facts.h"
#include "tools/plain.h"

static const char *const check_marks[ATT_CHECK_KIND_COUNT] = {
#define X(id, mark) mark,
    ATT_CHECK_KINDS(X)
#undef X
};

typedef struct {
    att_engine *engine;
    const att_lines_block *block;
    att_test_block *test;
    att_buf text;
    bool has_text;
    att_map names; /* what `by` may name; filled when the first `by` comes */
    bool has_names;
    uint32_t suggestions; /* so far; their number is limited because they take time */
} test_reader;

enum { MOST_SUGGESTIONS = 50 };

/* A line, read byte by byte. */
typedef struct {
    test_reader *reader;
    att_str text;
    uint32_t text_at;
    size_t at;
} line_reader;

/* ---- findings ---- */

static void report(const test_reader *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(const test_reader *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(&self->engine->diags, ATT_ERROR, code, place, format, arguments);
    va_end(arguments);
}

static void unknown(test_reader *self, const char *what, att_check_word word, const att_str *names, size_t count)
{
    bool suggests = self->suggestions++ < MOST_SUGGESTIONS;
    report(self, "C01", word.place, "unknown %s '%.*s'%s", what, ATT_STR_ARG(word.text),
           suggests ? att_did_you_mean(self->engine->diags.arena, word.text, names, count) : "");
}

/* ---- fields ---- */

static const char *const mention_fields[] = { "id", "entity", "code", "country", "country_by", "parent", NULL };
static const char *const official_fields[] = { "name", "title", "agency", "agency_id", "country", "office", "status", NULL };
static const char *const theme_fields[] = { "theme", "topic", "actors", "role", "modality", NULL };

bool att_check_by_record(uint32_t layer)
{
    return layer == ATT_LAYER_OFFICIAL || layer == ATT_LAYER_THEME;
}

att_str att_check_field_name(uint32_t layer, size_t index)
{
    const char *const *names = layer == ATT_LAYER_OFFICIAL ? official_fields
                               : layer == ATT_LAYER_THEME  ? theme_fields
                                                           : mention_fields;
    for (size_t i = 0; names[i]; i++)
        if (i == index) return att_str_of(names[i]);
    return (att_str){ 0 };
}

static void check_field_name(test_reader *self, uint32_t layer, att_check_word name)
{
    enum { MOST = 16 };
    const att_layer *declared = &self->engine->knowledge.layers.items[layer];
    att_str names[MOST + ATT_MAX_FIELDS];
    size_t count = 0;
    for (; count < MOST && att_check_field_name(layer, count).data; count++) names[count] = att_check_field_name(layer, count);
    for (uint32_t i = 0; !att_check_by_record(layer) && i < declared->field_count; i++) names[count++] = declared->fields[i];
    for (size_t i = 0; i < count; i++)
        if (att_str_equal(names[i], name.text)) return;
    unknown(self, "field", name, names, count);
}

/* ---- values that are names of something ---- */

static const char *const statuses[] = { "current", "acting", "former", "designate" };
static const char *const roles[] = {
#define X(id, name) name,
    ATT_ROLES(X)
#undef X
};
static const char *const steps[] = {
#define X(id, name) name,
    ATT_COUNTRY_STEPS(X)
#undef X
};

static const struct {
    const char *field;
    const char *const *words;
    size_t count;
} closed_sets[] = {
    { "status", statuses, sizeof statuses / sizeof *statuses },
    { "role", roles, sizeof roles / sizeof *roles },
    { "country_by", steps, sizeof steps / sizeof *steps },
};

static void check_closed(test_reader *self, att_str field, att_check_word value)
{
    enum { MOST = 16 };
    att_str names[MOST];
    for (size_t i = 0; i < sizeof closed_sets / sizeof *closed_sets; i++) {
        if (!att_str_is(field, closed_sets[i].field)) continue;
        size_t count = 0;
        for (; count < closed_sets[i].count; count++) names[count] = att_str_of(closed_sets[i].words[count]);
        for (size_t n = 0; n < count; n++)
            if (att_str_equal(names[n], value.text)) return;
        unknown(self, closed_sets[i].field, value, names, count);
    }
}

/* Whether another pack removed the block that has this name, so that the test cannot hold any more. */
static bool is_removed(const test_reader *self, att_block_kind kind, att_str name)
{
    return att_block_removed(&self->engine->knowledge.blocks, kind, name);
}

static void check_known(test_reader *self, att_block_kind kind, att_check_word value, att_str name, const att_map *ids)
{
    att_check_word word = { name, value.place };
    if (att_map_find(ids, name) != ATT_NONE || is_removed(self, kind, name)) return;
    unknown(self, att_block_keyword(kind), word, ids->items, ids->count);
}

static void check_country(test_reader *self, att_check_word value)
{
    const att_entries *entries = &self->engine->knowledge.entries;
    uint32_t entry = att_entries_find(entries, value.text);
    if (att_str_starts(value.text, ATT_STR("IGO:"))) return;
    if (entry != ATT_NONE && entries->entries.items[entry].layer == ATT_LAYER_COUNTRY) return;
    if (is_removed(self, ATT_BLOCK_ENTRY, value.text)) return;
    report(self, "C01", value.place, "unknown country '%.*s'%s", ATT_STR_ARG(value.text),
           att_entries_near(entries, &self->engine->arena, value.text, 1u << ATT_LAYER_COUNTRY));
}

/* Checks values that only some words are allowed for. A misspelt one would make a line that begins with `!` hold always. */
static void check_value(test_reader *self, uint32_t layer, const att_check_field *field)
{
    const att_knowledge *knowledge = &self->engine->knowledge;
    att_check_word value = field->value;
    if (!value.text.data) return;
    check_closed(self, field->name, value);
    if (att_str_is(field->name, "country")) check_country(self, value);
    if (att_str_is(field->name, "office")) check_known(self, ATT_BLOCK_OFFICE, value, value.text, &knowledge->offices.ids);
    if (layer != ATT_LAYER_THEME && layer != ATT_LAYER_TOPIC) return;
    const char *slash = value.text.length ? memchr(value.text.data, '/', value.text.length) : NULL;
    att_str topic = att_str_slice(value.text, 0, slash ? (size_t)(slash - value.text.data) : value.text.length);
    if (att_str_is(field->name, "topic") || att_str_is(field->name, "theme"))
        check_known(self, ATT_BLOCK_TOPIC, value, topic, &knowledge->topics.ids);
}

/* ---- names behind `by` ---- */

static bool makes_something(const att_lines_block *block)
{
    return block->kind == ATT_BLOCK_ENTRY || block->kind == ATT_BLOCK_RULE || block->kind == ATT_BLOCK_EXPAND
           || block->kind == ATT_BLOCK_ALIAS || block->kind == ATT_BLOCK_TOPIC;
}

static void collect_names(test_reader *self)
{
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    att_map_init(&self->names, &self->engine->arena);
    for (uint32_t i = 0; i < blocks->blocks.count; i++)
        if (makes_something(&blocks->blocks.items[i])) att_map_add(&self->names, blocks->blocks.items[i].name);
    self->has_names = true;
}

static void check_by(test_reader *self, att_check_word by)
{
    if (!self->has_names) collect_names(self);
    const char *slash = by.text.length ? memchr(by.text.data, '/', by.text.length) : NULL;
    att_str name = slash ? att_str_slice(by.text, (size_t)(slash - by.text.data) + 1, by.text.length) : by.text;
    if (att_map_find(&self->names, name) != ATT_NONE) return;
    unknown(self, "rule, expand, alias or entry", by, self->names.items, self->names.count);
}

/* ---- a line ---- */

static char peek(const line_reader *self)
{
    return self->at < self->text.length ? self->text.data[self->at] : '\0';
}

static void skip_blanks(line_reader *self)
{
    while (peek(self) == ' ') self->at++;
}

static att_place place_from(const line_reader *self, size_t start)
{
    const att_source *source = self->reader->block->file->source;
    return (att_place){ source, self->text_at + (uint32_t)start, self->text_at + (uint32_t)self->at };
}

/* Reads "…"; a backslash may stand before a quotation mark or another backslash. False, with a finding, when it is not closed.
 */
static bool read_string(line_reader *self, att_check_word *word)
{
    size_t start = self->at++;
    att_buf out = { .arena = &self->reader->engine->arena };
    for (; self->at < self->text.length && peek(self) != '"'; self->at++) {
        char next = self->at + 1 < self->text.length ? self->text.data[self->at + 1] : '\0';
        if (peek(self) == '\\' && (next == '"' || next == '\\')) self->at++;
        att_buf_byte(&out, self->text.data[self->at]);
    }
    bool closed = self->at++ < self->text.length;
    if (!closed) self->at = start + 1;
    *word = (att_check_word){ att_buf_str(&out), place_from(self, start) };
    if (!closed) report(self->reader, "S007", word->place, "not closed on its line");
    return closed;
}

/* Reads up to a blank or one of the characters in `ends`. */
static att_check_word read_word(line_reader *self, const char *ends)
{
    size_t start = self->at;
    while (self->at < self->text.length && peek(self) != ' ' && !strchr(ends, peek(self))) self->at++;
    return (att_check_word){ att_str_slice(self->text, start, self->at), place_from(self, start) };
}

/* Reads the layer of the line. ATT_NONE, with a finding, when there is none of that name. */
static uint32_t read_layer(line_reader *self)
{
    const att_layers *layers = &self->reader->engine->knowledge.layers;
    att_str names[ATT_MAX_LAYERS];
    skip_blanks(self);
    att_check_word word = read_word(self, "\"=");
    uint32_t layer = att_layers_find(layers, word.text);
    if (layer != ATT_NONE) return layer;
    for (uint32_t i = 0; i < layers->count; i++) names[i] = layers->items[i].name;
    if (att_is_layer(word.text)) unknown(self->reader, "layer", word, names, layers->count);
    else report(self->reader, "S038", word.place, "expected a layer, as in: = AGENCY \"State Department\" id=usa-state");
    return ATT_NONE;
}

static bool is_bare(att_str value)
{
    static const char bare[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-*.+:/";
    for (size_t i = 0; i < value.length; i++)
        if (!memchr(bare, value.data[i], sizeof bare - 1)) return false;
    return value.length;
}

/* Reads what stands behind "field=". */
static bool read_value(line_reader *self, att_check_word *value)
{
    if (peek(self) == '"') return read_string(self, value);
    *value = read_word(self, "\"");
    if (!is_bare(value->text)) {
        report(self->reader, "S038", value->place, "expected a value directly behind '=': an id, a code, null or \"words\"");
        return false;
    }
    if (att_str_is(value->text, "null")) value->text = (att_str){ 0 };
    return true;
}

/* Reads the next string, field or `by`. False, with a finding, for anything else. */
static bool read_part(line_reader *self, att_check *check)
{
    if (peek(self) == '"') return read_string(self, &check->strings[check->string_count++]);
    att_check_word word = read_word(self, "\"=");
    if (peek(self) == '=' && word.text.length) {
        self->at++;
        check_field_name(self->reader, check->layer, word);
        att_check_field *field = &check->fields[check->field_count++];
        field->name = word.text;
        bool good = read_value(self, &field->value);
        if (good) check_value(self->reader, check->layer, field);
        return good;
    }
    if (!att_str_is(word.text, "by") || check->by.text.data) {
        self->at += !word.text.length;
        report(self->reader, "S038", word.place, "expected \"the words of a span\", field=value or 'by' and a rule's name");
        return false;
    }
    skip_blanks(self);
    check->by = read_word(self, "\"=");
    if (check->by.text.length) check_by(self->reader, check->by);
    else report(self->reader, "S038", check->by.place, "'by' wants the name of a rule, expand, alias or entry");
    return check->by.text.length;
}

static bool read_parts(line_reader *self, att_check *check)
{
    for (skip_blanks(self); self->at < self->text.length; skip_blanks(self)) {
        if (check->string_count == ATT_MAX_CHECK_WORDS || check->field_count == ATT_MAX_CHECK_WORDS) {
            report(self->reader, "S021", place_from(self, self->at), "more than %d words in a line", ATT_MAX_CHECK_WORDS);
            return false;
        }
        if (!read_part(self, check)) return false;
    }
    return true;
}

static void keep_check(test_reader *self, const att_check *check)
{
    att_arena *arena = &self->engine->arena;
    ATT_RESERVE(arena, &self->test->checks, 1);
    att_check *kept = &self->test->checks.items[self->test->checks.count++];
    *kept = *check;
    kept->strings = att_arena_zero(arena, check->string_count + 1, sizeof *kept->strings);
    kept->fields = att_arena_zero(arena, check->field_count + 1, sizeof *kept->fields);
    memcpy(kept->strings, check->strings, check->string_count * sizeof *kept->strings);
    memcpy(kept->fields, check->fields, check->field_count * sizeof *kept->fields);
}

static void read_check(test_reader *self, const att_line *line, att_check_kind kind)
{
    att_check_word strings[ATT_MAX_CHECK_WORDS];
    att_check_field fields[ATT_MAX_CHECK_WORDS];
    att_check check = {
        .kind = kind, .line = line->text, .place = att_line_place(self->block, line), .strings = strings, .fields = fields
    };
    line_reader reader = { self, line->text, line->text_at, strlen(check_marks[kind]) };
    check.layer = read_layer(&reader);
    if (check.layer != ATT_NONE && read_parts(&reader, &check)) keep_check(self, &check);
}

/* Reads a line such as ": date 2024-01-19". */
static void read_fact(test_reader *self, const att_line *line)
{
    static const char *const names[] = { "date", "origin", "title" };
    att_test_block *test = self->test;
    att_str *const facts[] = { &test->date, &test->origin, &test->title };
    line_reader reader = { self, line->text, line->text_at, 1 };
    skip_blanks(&reader);
    att_check_word name = read_word(&reader, "");
    att_place place = att_line_place(self->block, line);
    att_str value = att_str_trim(att_str_slice(line->text, reader.at, line->text.length));
    size_t i = 0;
    while (i < 3 && !att_str_is(name.text, names[i])) i++;
    if (i == 3)
        report(self, "S038", name.place, "a test knows the facts 'date', 'origin' and 'title', not '%.*s'",
               ATT_STR_ARG(name.text));
    else if (i == 0 && !att_date_of(value).data) report(self, "S012", place, "expected a date such as 2024-01-19");
    else if (i == 1 && !att_is_origin(value)) report(self, "S038", place, "expected a country's code such as KOR");
    else *facts[i] = value;
}

/* Reads a line of the text. One blank behind the mark does not belong to it. */
static void read_text(test_reader *self, const att_line *line)
{
    size_t start = line->text.length > 1 && line->text.data[1] == ' ' ? 2 : 1;
    if (self->has_text) att_buf_byte(&self->text, '\n');
    att_buf_add(&self->text, att_str_slice(line->text, start, line->text.length));
    self->has_text = true;
}

static void read_line(test_reader *self, const att_line *line)
{
    if (att_str_starts(line->text, ATT_STR("|"))) {
        read_text(self, line);
        return;
    }
    if (att_str_starts(line->text, ATT_STR(":"))) {
        read_fact(self, line);
        return;
    }
    for (att_check_kind kind = 0; kind < ATT_CHECK_KIND_COUNT; kind++) {
        if (!att_str_starts(line->text, att_str_of(check_marks[kind]))) continue;
        read_check(self, line, kind);
        return;
    }
    report(self, "S038", att_line_place(self->block, line),
           "a line of a test begins with '|' (text), ':' (a fact), '=' (present), '!' (absent), '==' (exactly) or "
           "'~' (known miss)");
}

/* ---- a test ---- */

/* A line whose words the text does not have would test nothing, so that is a finding. */
static void check_strings(const test_reader *self, const att_check *check)
{
    for (uint32_t i = 0; i < check->string_count && !att_check_by_record(check->layer); i++) {
        size_t start, end;
        if (att_plain_find(self->test->text, check->strings[i].text, 0, &start, &end)) continue;
        report(self, "S039", check->strings[i].place, "the text of the test does not have these words");
    }
}

static void read_head(test_reader *self)
{
    line_reader head = { self, self->block->head, self->block->head_at, 0 };
    att_check_word name = { .text = self->block->head };
    bool quoted = peek(&head) == '"';
    if (quoted && !read_string(&head, &name)) return;
    if (!quoted || head.at < head.text.length)
        report(self, "S004", att_head_place(self->block),
               "a test says what it shows, in quotation marks: test \"a ministry and its name\"");
    self->test->name = name.text;
}

static void read_test(test_reader *self, const att_lines_block *block, att_test_block *test)
{
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    *test = (att_test_block){ .pack = blocks->packs.items[block->pack].name, .place = att_head_place(block) };
    self->block = block;
    self->test = test;
    self->text = (att_buf){ .arena = &self->engine->arena };
    self->has_text = false;
    read_head(self);
    uint32_t errors = self->engine->diags.errors;
    for (const att_line *line = NULL; att_block_next(blocks, &block, &line);) read_line(self, line);
    test->text = att_buf_str(&self->text);
    for (uint32_t i = 0; i < test->checks.count && self->has_text; i++) check_strings(self, &test->checks.items[i]);
    if (errors != self->engine->diags.errors) return;
    if (!self->has_text) report(self, "S011", test->place, "a test without a text; its lines begin with '|'");
    else if (!test->checks.count)
        report(self, "S011", test->place, "a test that asks for nothing; write a line '=', '!', '==' or '~'");
}

void att_tests_read(att_tests *self, att_engine *engine)
{
    const att_blocks *blocks = &engine->knowledge.blocks;
    test_reader reader = { .engine = engine };
    *self = (att_tests){ 0 };
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind != ATT_BLOCK_TEST || block->mode != ATT_MODE_DEFINE) continue;
        ATT_RESERVE(&engine->arena, self, 1);
        read_test(&reader, block, &self->items[self->count++]);
    }
}

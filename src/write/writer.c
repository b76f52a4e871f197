#include "write/writer.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "write/escape.h"

static const att_format formats[] = {
    { .name = "jsonl",
      .help = "one JSON record a line: the whole annotation",
      .write = att_write_jsonl,
      .takes = "types profile text duplicates statements max-topics" },
    { .name = "inline",
      .help = "the text with its mentions in brackets, for reading",
      .write = att_write_inline,
      .takes = "types profile",
      .units = "" },
    { .name = "tokens",
      .help = "paragraphs, zones, sentences, clauses and tokens, for writers of rules",
      .write = att_write_tokens,
      .takes = "" },
    { .name = "conll",
      .help = "CoNLL columns: our tokens with IOB2 tags, outermost mentions only",
      .write = att_write_conll,
      .takes = "types profile",
      .units = "" },
    { .name = "spacy",
      .help = "JSON Lines: text and entities, outermost mentions only",
      .write = att_write_spacy,
      .takes = "types profile duplicates",
      .units = "codepoint" },
    { .name = "prodigy",
      .help = "JSON Lines: text, tokens, spans and meta",
      .write = att_write_prodigy,
      .takes = "types profile duplicates",
      .units = "codepoint" },
    { .name = "doccano",
      .help = "JSON Lines: text, label and metadata",
      .write = att_write_doccano,
      .takes = "types profile duplicates",
      .units = "utf16 codepoint" },
    { .name = "brat",
      .help = "ID.txt and ID.ann for each document, below --out DIR",
      .write = att_write_brat,
      .takes = "types profile",
      .units = "codepoint",
      .pairs = true },
    { .name = "labelstudio",
      .help = "a list of tasks with predictions, for Label Studio",
      .write = att_write_labelstudio,
      .takes = "types profile duplicates",
      .units = "codepoint utf16",
      .frame = { "[\n", ",", "]\n" } },
    { .name = "officials-csv",
      .help = "a table for a spreadsheet: officials",
      .write = att_write_officials,
      .takes = "",
      .frame.before = att_officials_header },
    { .name = "themes-csv",
      .help = "a table for a spreadsheet: themes",
      .write = att_write_themes,
      .takes = "max-topics",
      .frame.before = att_themes_header },
    { .name = "mentions-csv",
      .help = "a table for a spreadsheet: mentions",
      .write = att_write_mentions,
      .takes = "types profile",
      .frame.before = att_mentions_header },
    { .name = "statements-csv",
      .help = "a table for a spreadsheet: statements, as by --statements",
      .write = att_write_statements,
      .takes = "statements max-topics",
      .statements = true,
      .frame.before = att_statements_header },
};
enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

const char *att_output_format(size_t index, const char **help)
{
    if (index >= FORMAT_COUNT) return NULL;
    if (help) *help = formats[index].help;
    return formats[index].name;
}

static const att_format *find_format(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

bool att_output_pairs(const char *name)
{
    const att_format *format = name ? find_format(name) : NULL;
    return format && format->pairs;
}

/* Whether it is the first of words with blanks between, or with `anywhere` one of them. */
static bool is_among(const char *words, const char *word, bool anywhere)
{
    size_t length = strlen(word);
    const char *at = strstr(words, word);
    return at && (at == words || (anywhere && at[-1] == ' ')) && (!at[length] || at[length] == ' ');
}

bool att_output_takes(const char *name, const char *option)
{
    const att_format *format = find_format(name ? name : "jsonl");
    return format && is_among(format->takes, option, true);
}

bool att_output_statements(const char *name)
{
    const att_format *format = name ? find_format(name) : NULL;
    return format && format->statements;
}

att_output_frame att_output_frame_of(const char *name)
{
    const att_format *format = name ? find_format(name) : NULL;
    return format ? format->frame : (att_output_frame){ 0 };
}

static bool choose_format(att_writer *self, const char *name)
{
    self->format = find_format(name);
    return self->format;
}

/* `name` NULL: as the format has it. */
static bool choose_offsets(att_writer *self, const char *name)
{
    const char *units = self->format->units;
    for (int i = 0; i < ATT_OFFSET_UNIT_COUNT; i++) {
        const char *unit = att_offset_unit_names[i];
        if (name ? strcmp(name, unit) != 0 : !is_among(units ? units : "codepoint", unit, false)) continue;
        self->offsets = (att_offset_unit)i;
        return !name || !units || is_among(units, name, true);
    }
    return !name; /* a format without places */
}

/* "PERSON,TITLE": each must be a layer. */
static bool choose_types(att_writer *self, att_str list)
{
    self->types = 0;
    for (size_t start = 0, end; start <= list.length; start = end + 1) {
        for (end = start; end < list.length && list.data[end] != ',';) end++;
        uint32_t layer = att_layers_find(self->layers, att_str_trim(att_str_slice(list, start, end)));
        if (layer == ATT_NONE || !att_is_mention_layer(layer)) return false;
        self->types |= UINT32_C(1) << layer;
    }
    return true;
}

static bool choose(att_writer *self, const att_writer_options *options)
{
    self->text = options->text;
    self->view = att_str_of(options->view);
    self->theme = att_str_of(options->theme);
    self->types = UINT32_MAX;
    self->all_types = !options->types;
    bool known = choose_format(self, options->format ? options->format : "jsonl") && choose_offsets(self, options->offsets)
                 && (!options->types || choose_types(self, att_str_of(options->types)));
    for (uint32_t i = 0; i < self->layers->count; i++)
        if (!att_is_mention_layer(i)) self->types &= ~(UINT32_C(1) << i);
    return known;
}

static void prepare(void *argument)
{
    att_writer *self = argument;
    self->pieces = att_arena_alloc(&self->arena, sizeof *self->pieces);
    att_pieces_init(self->pieces, &self->arena, self->layers);
}

att_status att_writer_make(att_writer **writer, const att_layers *layers, const char *digest, const att_writer_options *options)
{
    static const att_writer_options defaults;
    *writer = NULL;
    att_writer *self = calloc(1, sizeof *self);
    if (!self) return ATT_NOMEM;
    self->layers = layers;
    self->digest = att_str_of(digest);
    att_arena_init(&self->arena, &self->guard, 0);
    if (att_guard_run(&self->guard, prepare, self) != ATT_OK) {
        att_writer_free(self);
        return ATT_NOMEM;
    }
    if (!choose(self, options ? options : &defaults)) {
        att_writer_free(self);
        return ATT_OPTION;
    }
    *writer = self;
    return ATT_OK;
}

void att_writer_free(att_writer *self)
{
    if (!self) return;
    att_arena_clear(&self->arena);
    free(self);
}

/* ---- which documents ---- */

static bool has_view(const att_document *doc, att_str view)
{
    for (uint32_t i = 0; i < doc->views.count; i++)
        if (att_str_equal(doc->views.items[i], view)) return true;
    return false;
}

/* As in a view, the actors of "missiles/PRK" may stand with others. */
static bool has_theme(const att_document *doc, att_str theme)
{
    const char *slash = memchr(theme.data, '/', theme.length);
    size_t end = slash ? (size_t)(slash - theme.data) : theme.length;
    att_str topic = att_str_slice(theme, 0, end), actors = att_str_slice(theme, end + (slash != NULL), theme.length);
    for (uint32_t i = 0; i < doc->themes.count; i++) {
        const att_theme *other = &doc->themes.items[i];
        if (att_str_equal(other->topic, topic) && (!slash || att_codes_hold(other->actors, actors))) return true;
    }
    return false;
}

static bool is_wanted(const att_writer *self, const att_document *doc)
{
    if (doc->error_code) return true;
    return (!self->view.data || has_view(doc, self->view)) && (!self->theme.data || has_theme(doc, self->theme));
}

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_buf out;
} job;

static void run(void *argument)
{
    job *self = argument;
    self->writer->format->write(self->writer, self->doc, &self->out);
}

att_status att_writer_put(att_writer *self, const att_document *doc, const char **bytes, size_t *size)
{
    *bytes = NULL;
    *size = 0;
    if (!is_wanted(self, doc)) return ATT_OK;
    self->arena.guard = doc->arena->guard;
    job work = { .writer = self, .doc = doc, .out = { .arena = doc->arena } };
    att_status status = att_guard_run(doc->arena->guard, run, &work);
    if (status != ATT_OK) return status;
    att_arena_cut(doc->arena, work.out.items, work.out.count);
    att_arena_rest(doc->arena);
    *bytes = work.out.items;
    *size = work.out.count;
    return ATT_OK;
}

/* ---- what formats share ---- */

const att_annotation *att_mentions_next(att_mentions *self)
{
    const att_annotations *all = &self->doc->annotations;
    while (self->next < all->count) {
        const att_annotation *mention = &all->items[self->next++];
        if (!att_writer_mentions(self->writer, mention) || (!self->nested && mention->start < self->end)) continue;
        self->end = mention->end;
        return mention;
    }
    return NULL;
}

void att_writer_error(const att_document *doc, att_buf *out)
{
    att_buf_add(out, att_str_of(doc->error_code));
    att_buf_add(out, ATT_STR(": "));
    att_utf8_show(out, doc->error_message, false);
}

void att_writer_span(const att_offsets *offsets, uint32_t start, uint32_t end, att_buf *out)
{
    att_buf_add(out, ATT_STR("\"start\":"));
    att_buf_number(out, att_offsets_at(offsets, start));
    att_buf_add(out, ATT_STR(",\"end\":"));
    att_buf_number(out, att_offsets_at(offsets, end));
}

static void put_fact(att_buf *out, att_str key, att_str value)
{
    if (!value.data) return;
    att_buf_add(out, key);
    att_escape_json(out, value);
}

void att_writer_facts(const att_document *doc, att_buf *out)
{
    att_buf_add(out, ATT_STR("\"id\":"));
    att_escape_json(out, doc->id);
    put_fact(out, ATT_STR(",\"source\":"), doc->source);
    if (doc->error_code) {
        att_buf error = { .arena = out->arena };
        att_writer_error(doc, &error);
        put_fact(out, ATT_STR(",\"error\":"), att_buf_str(&error));
        return;
    }
    put_fact(out, ATT_STR(",\"date\":"), doc->date);
    put_fact(out, ATT_STR(",\"title\":"), doc->title);
    put_fact(out, ATT_STR(",\"duplicate_of\":"), doc->duplicate_of);
}

void att_writer_heading(const att_document *doc, att_buf *out)
{
    att_buf_add(out, ATT_STR("== "));
    att_utf8_show(out, doc->id, false);
    if (doc->error_code) {
        att_buf_add(out, ATT_STR("  error "));
        att_writer_error(doc, out);
    } else if (doc->date.data) {
        att_buf_add(out, ATT_STR("  ("));
        att_utf8_show(out, doc->date, false);
        att_buf_byte(out, ')');
    }
    att_buf_byte(out, '\n');
}

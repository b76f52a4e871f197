/* write_spans.c - text with its spans, one JSON object a line, with the keys of who reads it.
 *
 *     {"text":"Seoul met.","entities":[[0,5,"LOCATION"]],"id":"kcna-17","date":"2024-03-25"}
 *     {"text":"Seoul met.","tokens":[{"text":"Seoul","start":0,"end":5,"id":0,"ws":true},…],
 *      "spans":[{"start":0,"end":5,"token_start":0,"token_end":0,"label":"LOCATION"}],"meta":{"id":"kcna-17",…}}
 *     {"text":"Seoul met.","label":[[0,5,"LOCATION"]],"id":"kcna-17",…}
 *     {"text":"","entities":[],"id":"notes/9","error":"E003: not text"}
 *
 * Source  spaCy (Example.from_dict, training scripts): `entities`, which must not overlap: the outermost.
 *         Prodigy (prodigy.ai/docs/api-interfaces): `spans`, all, as spans.manual takes them; token_end is the last token.
 *         doccano (backend/data_import): `label`; all else but the text is metadata.
 * Units   code points; doccano's editor counts UTF-16 units (doccano#2290). What is ill-formed is one U+FFFD in the text.
 * Shape   Prodigy's tokens with `ws` for a blank behind them are the whole text: what is between ours is tokens, too.
 */
#include "write/escape.h"
#include "write/writer.h"

typedef struct {
    att_str list; /* the mentions' key with the marks around it */
    bool nested;  /* mentions in mentions may stand */
    bool objects; /* they are objects; facts about the document stand in "meta" */
} key_set;

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    const key_set *keys;
    att_offsets offsets;
    uint32_t *ids; /* by token: its number among those written */
    uint32_t written;
    att_buf *out;
} line;

static void put_number(line *self, att_str key, uint32_t number)
{
    att_buf_add(self->out, key);
    att_buf_number(self->out, number);
}

/* Takes the comma behind the last item back. */
static void close_list(line *self)
{
    if (self->out->items[self->out->count - 1] == ',') self->out->count--;
    att_buf_byte(self->out, ']');
}

/* ---- tokens ---- */

static void put_token(line *self, uint32_t start, uint32_t end, bool blank)
{
    att_buf_add(self->out, ATT_STR("{\"text\":"));
    att_escape_json(self->out, att_str_slice(self->doc->text, start, end));
    att_buf_byte(self->out, ',');
    att_writer_span(&self->offsets, start, end, self->out);
    put_number(self, ATT_STR(",\"id\":"), self->written++);
    att_buf_add(self->out, blank ? ATT_STR(",\"ws\":true},") : ATT_STR(",\"ws\":false},"));
}

/* What is between two tokens and more than a blank, and ends at `end`. */
static void put_between(line *self, uint32_t start, uint32_t end)
{
    if (start < end) put_token(self, start, end, false);
}

static void put_tokens(line *self)
{
    const att_tokens *tokens = &self->doc->tokens;
    uint32_t at = 0;
    att_buf_add(self->out, ATT_STR(",\"tokens\":["));
    for (uint32_t i = 0; i < tokens->count; i++) {
        put_between(self, at, tokens->start[i]);
        at = tokens->end[i];
        bool blank = at < self->doc->text.length && self->doc->text.data[at] == ' ';
        self->ids[i] = self->written;
        put_token(self, tokens->start[i], at, blank);
        at += blank;
    }
    put_between(self, at, (uint32_t)self->doc->text.length);
    close_list(self);
}

/* ---- mentions ---- */

static void put_label(line *self, const att_annotation *mention)
{
    att_escape_json(self->out, att_writer_type(self->writer, mention->layer));
}

static void put_object(line *self, const att_annotation *mention)
{
    att_buf_byte(self->out, '{');
    att_writer_span(&self->offsets, mention->start, mention->end, self->out);
    put_number(self, ATT_STR(",\"token_start\":"), self->ids[mention->tokens.first]);
    put_number(self, ATT_STR(",\"token_end\":"), self->ids[mention->tokens.last - 1]);
    att_buf_add(self->out, ATT_STR(",\"label\":"));
    put_label(self, mention);
    att_buf_add(self->out, ATT_STR("},"));
}

static void put_triple(line *self, const att_annotation *mention)
{
    put_number(self, ATT_STR("["), att_offsets_at(&self->offsets, mention->start));
    put_number(self, ATT_STR(","), att_offsets_at(&self->offsets, mention->end));
    att_buf_byte(self->out, ',');
    put_label(self, mention);
    att_buf_add(self->out, ATT_STR("],"));
}

static void put_mentions(line *self)
{
    att_mentions all = { .writer = self->writer, .doc = self->doc, .nested = self->keys->nested };
    att_buf_add(self->out, self->keys->list);
    for (const att_annotation *mention; (mention = att_mentions_next(&all));)
        if (self->keys->objects) put_object(self, mention);
        else put_triple(self, mention);
    close_list(self);
}

/* ---- the document ---- */

/* Of a document that failed there is nothing. */
static void put_line(const att_writer *writer, const att_document *doc, att_buf *out, const key_set *keys)
{
    static const att_document nothing;
    line self = { .writer = writer, .doc = doc->error_code ? &nothing : doc, .keys = keys, .out = out };
    att_str text = self.doc->text;
    att_offsets_init(&self.offsets, out->arena, text, self.doc->well_formed, writer->offsets);
    self.ids = att_arena_alloc(out->arena, (self.doc->tokens.count + 1) * sizeof *self.ids);
    att_buf_add(out, ATT_STR("{\"text\":"));
    att_escape_json(out, text.data ? text : ATT_EMPTY);
    if (keys->objects) put_tokens(&self);
    put_mentions(&self);
    att_buf_add(out, keys->objects ? ATT_STR(",\"meta\":{") : ATT_STR(","));
    att_writer_facts(doc, out);
    att_buf_add(out, keys->objects ? ATT_STR("}}\n") : ATT_STR("}\n"));
}

void att_write_spacy(const att_writer *writer, const att_document *doc, att_buf *out)
{
    static const key_set entities = { .list = { ",\"entities\":[", 13 } };
    put_line(writer, doc, out, &entities);
}

void att_write_prodigy(const att_writer *writer, const att_document *doc, att_buf *out)
{
    static const key_set spans = { .list = { ",\"spans\":[", 10 }, .nested = true, .objects = true };
    put_line(writer, doc, out, &spans);
}

void att_write_doccano(const att_writer *writer, const att_document *doc, att_buf *out)
{
    static const key_set labels = { .list = { ",\"label\":[", 10 }, .nested = true };
    put_line(writer, doc, out, &labels);
}

/* write_brat.c - brat's standoff: the text as it is, and lines that point into it.
 *
 *     12                                         bytes of the text that follows, which is DOC.txt
 *     Korea spoke.                               and behind it DOC.ann:
 *     T1	COUNTRY 0 5	Korea                     a mention; "0 8;9 14" where breaks of lines stand in it
 *     N1	Reference T1 ISO3166-1:KOR	South Korea  a code, or the id of a known entity (attache:kor-mofa)
 *     #1	AnnotatorNotes T2	Minister | KOR        what is known of an official, at the first mention of the name
 *
 * Of a document that failed: "error E003: message".
 * Source  brat.nlplab.org/standoff.html; server/src/annotation.py: lines end where Python's splitlines has it, the texts of
 *         fragments have a blank between them, an id holds no blank.
 * Units   code points of DOC.txt, whose CR and LF count one each; what is ill-formed is one U+FFFD there.
 */
#include "base/utf8.h"
#include "write/writer.h"

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_offsets offsets;
    uint32_t *names; /* by entity: the number of its first PERSON, 0 when it has none */
    uint32_t mentions, references, notes;
    att_buf *out;
} standoff;

/* A tab, or what ends a line for some reader. */
static bool is_break(uint32_t code)
{
    return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x1E) || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* In one line. */
static void put_text(standoff *self, att_str text)
{
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        if (is_break(rune.code)) att_buf_byte(self->out, ' ');
        else if (rune.ill_formed) att_buf_add(self->out, ATT_STR("\xEF\xBF\xBD"));
        else att_buf_add(self->out, att_str_slice(text, at, at + rune.length));
        at += rune.length;
    }
}

static void put_id(standoff *self, char kind, uint32_t number)
{
    att_buf_byte(self->out, kind);
    att_buf_number(self->out, number);
}

/* ---- mentions ---- */

typedef struct {
    uint32_t start, end; /* bytes */
} fragment;

/* The next part of [at, end) without breaks, and without blanks at its ends; empty behind the last. */
static fragment next_fragment(const standoff *self, uint32_t at, uint32_t end)
{
    fragment part = { end, end };
    for (att_rune rune; at < end; at += rune.length) {
        rune = att_utf8_decode(self->doc->text, at);
        bool inside = part.start < end, cut = is_break(rune.code);
        if (inside && cut) break;
        if (cut || rune.code == ' ') continue;
        if (!inside) part.start = at;
        part.end = at + rune.length;
    }
    return part;
}

/* "0 8;9 14", or with `texts` what stands there. */
static void put_fragments(standoff *self, const att_annotation *mention, bool texts)
{
    fragment part = { mention->start, mention->start };
    for (bool first = true;; first = false) {
        part = next_fragment(self, part.end, mention->end);
        if (part.start == mention->end) return;
        if (!first) att_buf_byte(self->out, texts ? ' ' : ';');
        if (texts) {
            put_text(self, att_str_slice(self->doc->text, part.start, part.end));
        } else {
            att_buf_number(self->out, att_offsets_at(&self->offsets, part.start));
            att_buf_byte(self->out, ' ');
            att_buf_number(self->out, att_offsets_at(&self->offsets, part.end));
        }
    }
}

static void put_reference(standoff *self, const att_annotation *mention, const att_entity *entity)
{
    att_str code = att_annotation_get(mention, self->writer->layers, ATT_KEY_CODE);
    bool state = att_is_nation_layer(mention->layer);
    if (!state || !code.length) code = entity->id;
    put_id(self, 'N', ++self->references);
    att_buf_add(self->out, ATT_STR("\tReference "));
    put_id(self, 'T', self->mentions);
    att_buf_add(self->out, state ? ATT_STR(" ISO3166-1:") : ATT_STR(" attache:"));
    put_text(self, code);
    att_buf_byte(self->out, '\t');
    put_text(self, entity->name);
    att_buf_byte(self->out, '\n');
}

static void put_mention(standoff *self, const att_annotation *mention)
{
    const att_entity *entity = att_writer_entity(self->doc, mention);
    put_id(self, 'T', ++self->mentions);
    att_buf_byte(self->out, '\t');
    att_buf_add(self->out, att_writer_type(self->writer, mention->layer));
    att_buf_byte(self->out, ' ');
    put_fragments(self, mention, false);
    att_buf_byte(self->out, '\t');
    put_fragments(self, mention, true);
    att_buf_byte(self->out, '\n');
    if (entity && !entity->unnamed) put_reference(self, mention, entity);
    if (entity && mention->layer == ATT_LAYER_PERSON && !self->names[mention->entity])
        self->names[mention->entity] = self->mentions;
}

/* ---- officials ---- */

static void put_official(standoff *self, const att_official *official)
{
    const att_str facts[] = { official->title,   official->agency, official->agency_id,
                              official->country, official->office, official->status };
    uint32_t mention = official->entity < self->doc->entities.count ? self->names[official->entity] : 0;
    if (!mention) return; /* the type was not asked for */
    put_id(self, '#', ++self->notes);
    att_buf_add(self->out, ATT_STR("\tAnnotatorNotes "));
    put_id(self, 'T', mention);
    att_str between = ATT_STR("\t");
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        if (!facts[i].length) continue;
        att_buf_add(self->out, between);
        put_text(self, facts[i]);
        between = ATT_STR(" | ");
    }
    att_buf_byte(self->out, '\n');
}

void att_write_brat(const att_writer *writer, const att_document *doc, att_buf *out)
{
    standoff self = { .writer = writer, .doc = doc, .out = out };
    att_mentions all = { .writer = writer, .doc = doc, .nested = true };
    if (doc->error_code) {
        att_buf_add(out, ATT_STR("error "));
        att_writer_error(doc, out);
        att_buf_byte(out, '\n');
        return;
    }
    att_str text = doc->well_formed ? doc->text : att_utf8_repair(out->arena, doc->text);
    att_offsets_init(&self.offsets, out->arena, doc->text, doc->well_formed, writer->offsets);
    self.names = att_arena_zero(out->arena, doc->entities.count + 1, sizeof *self.names);
    att_buf_number(out, text.length);
    att_buf_byte(out, '\n');
    att_buf_add(out, text);
    for (const att_annotation *mention; (mention = att_mentions_next(&all));) put_mention(&self, mention);
    for (uint32_t i = 0; i < doc->officials.count; i++) put_official(&self, &doc->officials.items[i]);
}

/* write_inline.c - the text with its mentions in brackets, for reading at a terminal.
 *
 *     == us-rok-cyber  (2024-01-19)
 *
 *     # 7th [COUNTRY:USA U.S.]-[COUNTRY:KOR ROK] Cyber Policy Consultations
 *
 *     The [AGENCY:usa-state [COUNTRY:USA U.S.] Department of State] …
 *
 *     ~ Official news published at …
 *
 * "#" is the title, "~" boilerplate; metadata is left out. The id behind the type is that of a known entity.
 * A mention that would run past the one around it, or past its paragraph, is closed there with "…]".
 */
#include "base/utf8.h"
#include "write/writer.h"

typedef struct {
    uint32_t end;
    bool cut; /* the mention goes on behind `end` */
} open_mention;

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    struct {
        open_mention *items;
        uint32_t count, capacity;
    } open;        /* the innermost last; ends never rise */
    uint32_t next; /* annotation */
    uint32_t at;   /* byte; all text before it is written */
    att_buf *out;
} page;

static void put_text(page *self, uint32_t end)
{
    att_utf8_show(self->out, att_str_slice(self->doc->text, self->at, end), true);
    self->at = end;
}

/* Closes what ends at or before `place`. */
static void close_until(page *self, uint32_t place)
{
    while (self->open.count && self->open.items[self->open.count - 1].end <= place) {
        open_mention last = self->open.items[--self->open.count];
        put_text(self, last.end);
        att_buf_add(self->out, last.cut ? ATT_STR("…]") : ATT_STR("]"));
    }
}

/* False for ids that count the unknown entities of a document: "e7". */
static bool is_known(att_str id)
{
    if (id.length < 2 || id.data[0] != 'e') return id.length > 0;
    for (size_t i = 1; i < id.length; i++)
        if (id.data[i] < '0' || id.data[i] > '9') return true;
    return false;
}

static void open_with(page *self, const att_annotation *mention, uint32_t paragraph_end)
{
    const att_entity *entity = att_writer_entity(self->doc, mention);
    uint32_t around = self->open.count ? self->open.items[self->open.count - 1].end : paragraph_end;
    bool cut = mention->end > around;
    put_text(self, mention->start);
    att_buf_byte(self->out, '[');
    att_buf_add(self->out, att_writer_type(self->writer, mention->layer));
    if (entity && is_known(entity->id)) {
        att_buf_byte(self->out, ':');
        att_utf8_show(self->out, entity->id, false);
    }
    att_buf_byte(self->out, ' ');
    ATT_RESERVE(self->out->arena, &self->open, 1);
    self->open.items[self->open.count++] = (open_mention){ cut ? around : mention->end, cut };
}

static void put_paragraph(page *self, const att_paragraph *paragraph)
{
    const att_annotations *all = &self->doc->annotations;
    if (paragraph->kind == ATT_ZONE_TITLE) att_buf_add(self->out, ATT_STR("# "));
    if (paragraph->kind == ATT_ZONE_BOILERPLATE) att_buf_add(self->out, ATT_STR("~ "));
    self->at = paragraph->start;
    for (; self->next < all->count && all->items[self->next].start < paragraph->end; self->next++) {
        const att_annotation *mention = &all->items[self->next];
        if (mention->start < paragraph->start || !att_writer_mentions(self->writer, mention)) continue;
        close_until(self, mention->start);
        open_with(self, mention, paragraph->end);
    }
    close_until(self, paragraph->end);
    put_text(self, paragraph->end);
    att_buf_add(self->out, ATT_STR("\n\n"));
}

void att_write_inline(const att_writer *writer, const att_document *doc, att_buf *out)
{
    page self = { .writer = writer, .doc = doc, .out = out };
    att_writer_heading(doc, out);
    if (doc->error_code) return;
    att_buf_byte(out, '\n');
    for (uint32_t i = 0; i < doc->paragraphs.count; i++)
        if (doc->paragraphs.items[i].kind != ATT_ZONE_METADATA) put_paragraph(&self, &doc->paragraphs.items[i]);
}

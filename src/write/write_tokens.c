/* write_tokens.c - how the program cut a text, for writers of rules: what a pattern can meet and what it can't cross.
 *
 *     == kcna-17  (2024-03-25)
 *     paragraph body 40-131
 *       zone dateline 40-55 "SEOUL, March 25"
 *       sentence SEOUL | , | March | 25 | - | The | minister | left ‖ , | and | talks | ended | .
 *
 * A bar stands between tokens, a double bar where a clause begins. Places are in the unit of --offsets. Metadata has
 * no tokens. One line each: line breaks inside a zone show as U+FFFD.
 */
#include "base/utf8.h"
#include "write/writer.h"

typedef struct {
    const att_document *doc;
    att_offsets offsets;
    uint32_t zone, sentence, clause; /* the next ones */
    att_buf *out;
} outline;

static void put_span(outline *self, const char *kind, uint32_t start, uint32_t end)
{
    att_buf_add(self->out, att_str_of(kind));
    att_buf_byte(self->out, ' ');
    att_buf_number(self->out, att_offsets_at(&self->offsets, start));
    att_buf_byte(self->out, '-');
    att_buf_number(self->out, att_offsets_at(&self->offsets, end));
}

static void put_text(outline *self, uint32_t start, uint32_t end)
{
    att_utf8_show(self->out, att_str_slice(self->doc->text, start, end), false);
}

static void put_zones(outline *self, const att_paragraph *paragraph)
{
    const att_zones *all = &self->doc->zones;
    for (; self->zone < all->count && all->items[self->zone].start < paragraph->end; self->zone++) {
        const att_zone *zone = &all->items[self->zone];
        att_buf_add(self->out, ATT_STR("  zone "));
        put_span(self, att_zone_names[zone->kind], zone->start, zone->end);
        att_buf_add(self->out, ATT_STR(" \""));
        put_text(self, zone->start, zone->end);
        att_buf_add(self->out, ATT_STR("\"\n"));
    }
}

static bool clause_begins(outline *self, uint32_t token)
{
    const att_stretches *all = &self->doc->clauses;
    while (self->clause < all->count && all->items[self->clause].tokens.first < token) self->clause++;
    return self->clause < all->count && all->items[self->clause].tokens.first == token;
}

static void put_sentence(outline *self, att_token_range tokens)
{
    att_buf_add(self->out, ATT_STR("  sentence "));
    for (uint32_t i = tokens.first; i < tokens.last; i++) {
        if (i > tokens.first) att_buf_add(self->out, clause_begins(self, i) ? ATT_STR(" ‖ ") : ATT_STR(" | "));
        put_text(self, self->doc->tokens.start[i], self->doc->tokens.end[i]);
    }
    att_buf_byte(self->out, '\n');
}

static void put_paragraph(outline *self, uint32_t index)
{
    const att_paragraph *paragraph = &self->doc->paragraphs.items[index];
    const att_stretches *sentences = &self->doc->sentences;
    att_buf_add(self->out, ATT_STR("paragraph "));
    put_span(self, att_zone_names[paragraph->kind], paragraph->start, paragraph->end);
    att_buf_byte(self->out, '\n');
    put_zones(self, paragraph);
    for (; self->sentence < sentences->count && sentences->items[self->sentence].paragraph <= index; self->sentence++)
        put_sentence(self, sentences->items[self->sentence].tokens);
}

void att_write_tokens(const att_writer *writer, const att_document *doc, att_buf *out)
{
    outline self = { .doc = doc, .out = out };
    att_writer_heading(doc, out);
    if (doc->error_code) return;
    att_offsets_init(&self.offsets, out->arena, doc->text, doc->well_formed, writer->offsets);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) put_paragraph(&self, i);
}

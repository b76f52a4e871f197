/* write_conll.c - CoNLL columns: a token, a tab and its IOB2 tag a line; an empty line behind each sentence.
 *
 *     -DOCSTART- -X- O O kcna-17
 *
 *     SEOUL	B-LOCATION
 *     ,	O
 *
 *     -DOCSTART- -X- O O notes/9	error E003: not text
 *
 * Source  CoNLL-2003 (clips.uantwerpen.be/conll2003/ner), its line between documents with the id behind it, where readers that
 *         look for "-DOCSTART-" pass over it; of two columns as in CoNLL-2002.
 * Units   none: tokens are the program's own. What has none (metadata) is left out.
 * Shape   one layer of mentions, the outermost. No empty line stands inside a mention.
 */
#include "base/utf8.h"
#include "write/writer.h"

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_mentions mentions;
    const att_annotation *mention; /* that the token in hand is in or stands before; NULL behind the last */
    att_buf *out;
} columns;

/* A blank for each tab, which would tell of an error. */
static void put_id(columns *self)
{
    size_t from = self->out->count;
    att_utf8_show(self->out, self->doc->id, false);
    for (size_t i = from; i < self->out->count; i++)
        if (self->out->items[i] == '\t') self->out->items[i] = ' ';
}

static void put_start(columns *self)
{
    att_buf_add(self->out, ATT_STR("-DOCSTART- -X- O O "));
    put_id(self);
    if (self->doc->error_code) {
        att_buf_add(self->out, ATT_STR("\terror "));
        att_writer_error(self->doc, self->out);
    }
    att_buf_add(self->out, ATT_STR("\n\n"));
}

static void put_token(columns *self, uint32_t token)
{
    while (self->mention && self->mention->tokens.last <= token) self->mention = att_mentions_next(&self->mentions);
    att_utf8_show(self->out, att_document_word(self->doc, token), false);
    if (self->mention && self->mention->tokens.first <= token) {
        att_buf_add(self->out, self->mention->tokens.first == token ? ATT_STR("\tB-") : ATT_STR("\tI-"));
        att_buf_add(self->out, att_writer_type(self->writer, self->mention->layer));
    } else {
        att_buf_add(self->out, ATT_STR("\tO"));
    }
    att_buf_byte(self->out, '\n');
}

static void put_sentence(columns *self, att_token_range tokens)
{
    for (uint32_t i = tokens.first; i < tokens.last; i++) put_token(self, i);
    bool goes_on = self->mention && self->mention->tokens.first < tokens.last && self->mention->tokens.last > tokens.last;
    if (!goes_on) att_buf_byte(self->out, '\n');
}

void att_write_conll(const att_writer *writer, const att_document *doc, att_buf *out)
{
    columns self = { .writer = writer, .doc = doc, .mentions = { .writer = writer, .doc = doc }, .out = out };
    put_start(&self);
    if (doc->error_code) return;
    self.mention = att_mentions_next(&self.mentions);
    for (uint32_t i = 0; i < doc->sentences.count; i++) put_sentence(&self, doc->sentences.items[i].tokens);
}

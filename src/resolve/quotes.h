/* quotes.h - finds the text in quotation marks, paragraph by paragraph.
 *
 * A quote without a closing mark goes on to the end of the paragraph if it opens with a mark that can only open, begins the
 * paragraph, or the next paragraph begins with a mark; speeches of several paragraphs are written this way.
 * Owner   the document's arena.
 */
#ifndef ATT_QUOTES_H
#define ATT_QUOTES_H

#include "model/document.h"

typedef struct {
    uint32_t open;  /* token of the opening mark; the quoted words follow it */
    uint32_t close; /* token of the closing mark, or the end of the paragraph when there is none */
    bool taken;     /* set when the quote was given to a speaker */
} att_quote;

typedef struct {
    att_quote *items;
    uint32_t count, capacity;
} att_quotes;

/* Finds the quotes, in text order; they never overlap. */
att_quotes att_quotes_find(const att_document *doc);

/* The index of the first quote that opens at or after `token`. */
uint32_t att_quotes_from(const att_quotes *self, uint32_t token);

#endif

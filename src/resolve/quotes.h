/* quotes.h - what stands in quotation marks, paragraph by paragraph.
 *
 * A quote without its closing mark goes on to the paragraph's end where it opens with a mark of its own kind, begins the
 * paragraph, or the next one begins with a mark: speeches of several paragraphs are written so.
 * Owner   the document's arena.
 */
#ifndef ATT_QUOTES_H
#define ATT_QUOTES_H

#include "model/document.h"

typedef struct {
    uint32_t open;  /* token of the opening mark; the words are those behind it */
    uint32_t close; /* of the closing mark; the paragraph's end where there is none */
    bool taken;     /* for whoever gives quotes to speakers */
} att_quote;

typedef struct {
    att_quote *items;
    uint32_t count, capacity;
} att_quotes;

/* In text order; none overlaps another. */
att_quotes att_quotes_find(const att_document *doc);

/* The first quote whose opening mark stands at or behind `token`. */
uint32_t att_quotes_from(const att_quotes *self, uint32_t token);

#endif

/* quotes.h - finds the text in quotation marks, paragraph by paragraph.
 *
 * A quote without a closing mark goes on to the end of the paragraph if it opens with a mark that can only open, begins the
 * paragraph, or the next paragraph begins with a mark; speeches of several paragraphs are written this way.
 */
#ifndef ATT_QUOTES_H
#define ATT_QUOTES_H

#include "model/document.h"

/* Adds those of a paragraph to the document's quotes. The paragraphs are given in text order. */
void att_quotes_find(att_document *doc, uint32_t paragraph);

/* The index of the first quote that opens at or after `token`. */
uint32_t att_quotes_from(const att_quotes *self, uint32_t token);

#endif

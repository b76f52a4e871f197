/* split.h - tokens to sentences, clauses and zones (title, dateline, quote).
 *
 * Writes doc->sentences, doc->clauses and doc->zones; makes the first paragraph the title where it is one and the document has
 * no other; takes the date of a dateline for a document that has none. Boilerplate was marked before (att_names_find).
 */
#ifndef ATT_SPLIT_H
#define ATT_SPLIT_H

#include "model/document.h"
#include "text/vocabulary.h"

/* Whether the document has a title, of a thousand bytes at most, that is not the head of its text. Once paragraphs are known.
 */
bool att_title_is_apart(const att_document *doc);

void att_split(att_document *doc, const att_vocabulary *vocabulary);

#endif

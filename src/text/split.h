/* split.h - groups tokens into sentences, clauses and zones (title, dateline, quote).
 *
 * Writes doc->sentences, doc->clauses and doc->zones. Marks the first paragraph as title if it looks like one and the
 * document has no other. Takes the dateline's date for a document without a date. Boilerplate was marked before
 * (att_names_find).
 */
#ifndef ATT_SPLIT_H
#define ATT_SPLIT_H

#include "model/document.h"
#include "text/vocabulary.h"

/* Whether the document has a title, of at most a thousand bytes, that is not the beginning of its text. Call it when
 * paragraphs are known. */
bool att_title_is_apart(const att_document *doc);

/* Divides the tokens into sentences and clauses, and marks title, dateline, boilerplate and quotes. */
void att_split(att_document *doc, const att_vocabulary *vocabulary);

#endif

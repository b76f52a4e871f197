/* lists.h - the stage `lists`: names of entries become annotations, weak names are settled (RULES 6.1 and 7.2).
 *
 * Runs before sentences are made, because names decide where hyphenated words are split.
 */
#ifndef ATT_LISTS_H
#define ATT_LISTS_H

#include "cascade/choose.h"
#include "knowledge/knowledge.h"

/* Writes doc->annotations from the hits, with `tokens` in the token stream as it is after splitting hyphens, which it
 * does. */
void att_lists(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary, const att_hits *hits);

#endif

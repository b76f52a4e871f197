/* headline.h - a title that is given apart from the text, read as a small document of its own.
 *
 * Writes doc->headline: its text, its tokens, the known names and the triggers of topics in it. It helps to say what the
 * document is about. Nothing in it counts as a mention, and no rule runs over it.
 * Owner   the document's arena.
 */
#ifndef ATT_HEADLINE_H
#define ATT_HEADLINE_H

#include "knowledge/knowledge.h"

/* Call this when the names of the text are settled: a weak name means in the title what it means in the text. The words of
 * the title join the vocabulary. doc->headline stays NULL when there is no title or the text contains it. */
void att_read_headline(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

#endif

/* headline.h - a title that is not in the text, read as a small document of its own.
 *
 * Writes doc->headline: its text, tokens, the names of entries and the triggers of topics in it. It says what the document is
 * about; nothing of it is a mention, and no rule runs over it.
 * Owner   the document's arena.
 */
#ifndef ATT_HEADLINE_H
#define ATT_HEADLINE_H

#include "knowledge/knowledge.h"

/* Once the names of the text are settled: a weak one of the title means there what it means here. The vocabulary learns the
 * words of the title. doc->headline stays NULL where there is no title or the text has it. */
void att_read_headline(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

#endif

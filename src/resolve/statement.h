/* statement.h - turns SPEECH annotations into statements: who says what, in which words of the text.
 *
 * A rule finds a verb of saying and its speaker. This step finds what is said: the quote or clause beside them, quotes that
 * continue in the next sentence or paragraph, the paragraphs after a speaker's label in a transcript.
 * Writes doc->statements in text order.
 */
#ifndef ATT_STATEMENT_H
#define ATT_STATEMENT_H

#include "knowledge/knowledge.h"

/* Makes the statements. Themes must be known. */
void att_make_statements(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary);

#endif

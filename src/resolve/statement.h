/* statement.h - SPEECH annotations to statements: who says what, in which words of the text.
 *
 * A rule says where a verb of saying and its speaker stand; here it is found what is said: the quote or the clause beside them,
 * quotes that go on in the next sentence or paragraph, the paragraphs behind the label of a transcript.
 * Writes doc->statements in text order.
 */
#ifndef ATT_STATEMENT_H
#define ATT_STATEMENT_H

#include "knowledge/knowledge.h"

/* Runs when themes are made. */
void att_make_statements(const att_knowledge *knowledge, att_document *doc);

#endif

/* subject.h - the state or two that a document's title names. */
#ifndef ATT_SUBJECT_H
#define ATT_SUBJECT_H

#include "knowledge/knowledge.h"

/* Fills `subject`: the codes of the states in the title, sorted, with '+' between; nothing when they are more than two, or one
 * that is not the document's home. After the officials, who say where it is at home. */
void att_find_subject(const att_knowledge *knowledge, att_document *doc);

#endif

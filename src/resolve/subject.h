/* subject.h - the state or two that a document's title names. */
#ifndef ATT_SUBJECT_H
#define ATT_SUBJECT_H

#include "knowledge/knowledge.h"

/* Fills `subject`: the codes of the states in the title, sorted, with '+' between; nothing when they are more than two. A place
 * that does something ("Quito seeks") names its state; one that only says where a place is ("Warsaw, Poland") does not count.
 */
void att_find_subject(const att_knowledge *knowledge, att_document *doc);

#endif

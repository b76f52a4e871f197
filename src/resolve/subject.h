/* subject.h - the one or two states that a document's title names; without a title, those of its first sentence. */
#ifndef ATT_SUBJECT_H
#define ATT_SUBJECT_H

#include "knowledge/knowledge.h"

/* Fills `subject`: the codes of the states in the title, sorted, with '+' between; nothing when they are more than two. A place
 * that does something ("Quito seeks") names its state; one that only says where a place is ("Warsaw, Poland") does not count.
 * Without a title they are those of the first full sentence: two only side by side ("Peru and Chile"), one only where it is not
 * the document's home. Behind a title that names none the first sentence says them where it lists them with the home ("Peru,
 * Chile, and Malta agree" in a text of Malta), and still fills `lead` when its one state is the home. */
void att_find_subject(const att_knowledge *knowledge, att_document *doc);

#endif

/* spelled.h - letters that the text itself spells out as something else than the known name they look like: in "the Air
 * Navigation Commission (ANC)" and wherever that text writes ANC again, no party is meant. */
#ifndef ATT_SPELLED_H
#define ATT_SPELLED_H

#include "knowledge/knowledge.h"

/* Drops such names of states, of bodies of several and of private ones. */
void att_drop_spelled(const att_knowledge *knowledge, att_document *doc);

#endif

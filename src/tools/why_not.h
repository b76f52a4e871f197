/* why_not.h - why a rule made nothing at a place. */
#ifndef ATT_WHY_NOT_H
#define ATT_WHY_NOT_H

#include "tools/why.h"

/* Fills self->rule and self->notes for the rule, entry or topic of that name ("pack/name" or "name"). False when there is none:
 * `message` then says so. */
bool att_why_not(att_whys *self, att_str name, att_buf *message);

#endif

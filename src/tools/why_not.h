/* why_not.h - why a rule made nothing at a place. */
#ifndef ATT_WHY_NOT_H
#define ATT_WHY_NOT_H

#include "tools/why.h"

/* Fills self->rule and self->notes for the rule, entry or topic of that name ("pack/name" or "name"). False when there is none:
 * `message` then says so. */
bool att_why_not(att_whys *self, att_str name, att_buf *message);

/* Adds the same for bytes [start, end) of an annotated document, a line each behind six blanks, with the place in the rule
 * file. Nothing when there is no rule of that name. */
void att_why_not_tell(const att_engine *engine, att_document *doc, att_trace_record *record, att_str name, uint32_t start,
                      uint32_t end, att_buf *out);

#endif

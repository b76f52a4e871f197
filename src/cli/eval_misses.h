/* eval_misses.h - which facts were missed or invented, and mentions by rule, source or type. */
#ifndef ATT_CLI_EVAL_MISSES_H
#define ATT_CLI_EVAL_MISSES_H

#include "cli/eval_score.h"

/* As the plan asks; nothing when it asks for none. */
void eval_add_misses(eval_score *self, const eval_doc *gold, const eval_facts *want, const eval_facts *got);
void eval_add_groups(eval_score *self, const eval_doc *gold, const eval_pair *pair);

/* Those with most mistakes first. */
void eval_sort_groups(eval_score *self);

#endif

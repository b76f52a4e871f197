/* eval_show.h - the results of `attache eval` for people, for programs, and as a page. */
#ifndef ATT_CLI_EVAL_SHOW_H
#define ATT_CLI_EVAL_SHOW_H

#include <stdio.h>

#include "cli/eval_score.h"

/* The measures in the order of the table: types, then the others. NULL past the end; those not shown are left out. */
const eval_measure *eval_measure_at(const eval_score *self, size_t index);

void eval_show_text(const eval_score *self, FILE *out);
void eval_show_json(const eval_score *self, FILE *out);
void eval_show_html(const eval_score *self, FILE *out);

#endif

/* eval_gold.h - gold made ready before it is compared: types renamed, spans without a name set aside. */
#ifndef ATT_CLI_EVAL_GOLD_H
#define ATT_CLI_EVAL_GOLD_H

#include "cli/eval_views.h"

/* Whether a span of gold has the type. */
bool eval_gold_has(const eval_doc *doc, const char *type);

/* Gives each span the type that `map` says. */
void eval_gold_rename(eval_doc *doc, const eval_map *map);

/* Moves the spans that hold no name among the ignored ones: "the rebels", "he". A name is a word with a capital that does not
 * open a sentence, and is neither "The" nor "I". */
void eval_gold_keep_names(eval_doc *doc, cli_pool *pool);

#endif

/* rule_results.h - what a candidate of a rule makes: values, conditions, fields.
 *
 * Owner   the document's arena.
 */
#ifndef ATT_RULE_RESULTS_H
#define ATT_RULE_RESULTS_H

#include "cascade/rule_match.h"

/* A candidate: a rule, a span of tokens, its captures. */
typedef struct {
    const att_rule *rule;
    uint32_t first, last;
    const att_binding *bindings;
    uint32_t binding_count;
    uint32_t literals;
    uint32_t variant; /* which choice it is among the annotations of one span that its captures may stand for */
} att_found;

typedef struct {
    att_found *items;
    uint32_t count, capacity;
} att_founds;

/* The binding that a capture has beside `on`: `on` itself, else its nearest that starts at or before it, else its first.
 * NULL when it is not bound. `on` may be NULL. */
const att_binding *att_found_binding(const att_found *self, uint32_t capture, const att_binding *on);

/* A null view when there is no value. */
att_str att_found_value(const att_found *self, att_scene *scene, const att_value *value, const att_binding *on);

bool att_found_satisfies(const att_found *self, att_scene *scene, const att_condition *condition);

/* Writes the annotation that one `make` line makes for one binding of its `on` (NULL without). */
void att_found_result(const att_found *self, att_scene *scene, const att_make *make, const att_binding *on,
                      att_annotation *out);

#endif

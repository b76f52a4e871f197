/* rule_results.h - what a match of a rule makes: evaluates values, conditions and fields.
 *
 * Owner   the document's arena.
 */
#ifndef ATT_RULE_RESULTS_H
#define ATT_RULE_RESULTS_H

#include "cascade/rule_match.h"

/* A match: a rule, a span of tokens and its captures. */
typedef struct {
    const att_rule *rule;
    uint32_t first, last;
    const att_binding *bindings;
    uint32_t binding_count;
    uint32_t literals;
    uint32_t variant; /* tells matches apart whose captures took different annotations with the same span */
} att_found;

typedef struct {
    att_found *items;
    uint32_t count, capacity;
} att_founds;

/* The binding of a capture that goes with the binding `on`: `on` itself if it is of that capture, else the nearest that
 * starts at or before it, else the first. NULL when the capture is not bound. `on` may be NULL. */
const att_binding *att_found_binding(const att_found *self, uint32_t capture, const att_binding *on);

/* The value of an expression; a null view when it has none. */
att_str att_found_value(const att_found *self, att_scene *scene, const att_value *value, const att_binding *on);

/* Whether a condition of a `where` line holds for the match. */
bool att_found_satisfies(const att_found *self, att_scene *scene, const att_condition *condition);

/* Fills `out` with the annotation that a `make` line makes for one binding of its `on` (NULL when it has none). */
void att_found_result(const att_found *self, att_scene *scene, const att_make *make, const att_binding *on,
                      att_annotation *out);

#endif

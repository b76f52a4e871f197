/* needs.h - annotations that every match has near the anchor of its rule: where one is missing, the rule is not tried.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_NEEDS_H
#define ATT_NEEDS_H

#include "cascade/rule_ast.h"
#include "cascade/scene.h"

/* How many tokens a pattern takes. `most` is ATT_NONE where that is more than are looked through one by one. */
typedef struct {
    uint32_t least, most;
} att_extent;

/* An annotation of one of `layers` begins (before the anchor: ends) at least and at most so many tokens from it; `most` is
 * ATT_NONE for anywhere in the paragraph. */
typedef struct {
    uint32_t layers, least, most;
} att_need;

enum { ATT_MOST_NEEDS = 4 };

typedef struct {
    att_need items[ATT_MOST_NEEDS];
    uint32_t count;
} att_needs;

att_extent att_extent_of(const att_knowledge *knowledge, const att_pattern *node);

/* What `nodes` need, which stand one behind the other. */
att_needs att_needs_after(const att_knowledge *knowledge, const att_pattern *const *nodes, uint32_t count);

/* What `nodes` need, which stand in this order before the anchor, with up to `words` tokens between. */
att_needs att_needs_before(const att_knowledge *knowledge, const att_pattern *const *nodes, uint32_t count, uint32_t words);

/* Whether all is there: before token `at` and behind boundary `behind`. */
bool att_needs_hold(const att_needs *after, const att_needs *before, att_scene *scene, uint32_t at, uint32_t behind);

#endif

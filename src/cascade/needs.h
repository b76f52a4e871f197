/* needs.h - annotations that every match of a rule has near its anchor. Where one is missing, the rule is not tried.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_NEEDS_H
#define ATT_NEEDS_H

#include "cascade/rule_ast.h"
#include "cascade/scene.h"

/* How many tokens a pattern takes. `most` is ATT_NONE when it may be more than the search looks at one by one. */
typedef struct {
    uint32_t least, most;
} att_extent;

/* An annotation of one of `layers` must begin (before the anchor: end) between `least` and `most` tokens away; with `most`
 * ATT_NONE anywhere in the paragraph. */
typedef struct {
    uint32_t layers, least, most;
} att_need;

enum { ATT_MOST_NEEDS = 4 };

typedef struct {
    att_need items[ATT_MOST_NEEDS];
    uint32_t count;
} att_needs;

/* How many tokens a match of the pattern takes. */
att_extent att_extent_of(const att_knowledge *knowledge, const att_pattern *node);

/* What `nodes`, which follow each other, need behind the anchor. */
att_needs att_needs_after(const att_knowledge *knowledge, const att_pattern *const *nodes, uint32_t count);

/* What `nodes`, which stand in this order before the anchor, need, with up to `words` tokens between them and the anchor. */
att_needs att_needs_before(const att_knowledge *knowledge, const att_pattern *const *nodes, uint32_t count, uint32_t words);

/* Whether all needed annotations are there, before token `at` and behind boundary `behind`. */
bool att_needs_hold(const att_needs *after, const att_needs *before, att_scene *scene, uint32_t at, uint32_t behind);

#endif

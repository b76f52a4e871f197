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

enum { ATT_MOST_NEEDS = 4 /* on each side */ };

/* `after` needs behind an anchor, then `before` needs before it. */
typedef struct {
    uint32_t after, before;
    att_need items[];
} att_needs;

/* The patterns that follow each other on one side of an anchor, in the order of the text. */
typedef struct {
    const att_pattern *const *nodes;
    uint32_t count;
} att_row;

/* How many tokens a match of the pattern takes. */
att_extent att_extent_of(const att_knowledge *knowledge, const att_pattern *node);

/* What the patterns behind and before an anchor need, with up to `words` tokens between the latter and the anchor. Returns NULL
 * when that is nothing. */
const att_needs *att_needs_around(const att_knowledge *knowledge, att_row after, att_row before, uint32_t words);

/* Whether all needed annotations are there, before token `at` and behind boundary `behind`. */
bool att_needs_hold(const att_needs *self, att_scene *scene, uint32_t at, uint32_t behind);

#endif

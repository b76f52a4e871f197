/* eval_views.h - mentions compared in three ways, and made comparable first.
 *
 *   strict   same start, end and type
 *   span     same start and end, whatever the type (precision: of the spans found; recall: of gold's)
 *   overlap  one-to-one pairs of one type; exact bounds count 1, any overlap 1/2 (MUC)
 *
 * A map says which types of gold a found type stands for; with several it takes the type of the gold span that it meets, else
 * the first. A found type that stands for none of gold's is left out. What gold calls ignored is neither right nor wrong: found
 * spans that equal one, or overlap one and no gold span, are left out.
 */
#ifndef ATT_CLI_EVAL_VIEWS_H
#define ATT_CLI_EVAL_VIEWS_H

#include "cli/eval_facts.h"

/* "ORG=AGENCY+IGO+ORG LOCATION=COUNTRY": pairs of a type of gold and a type that stands for it. */
typedef struct {
    const char *gold, *found;
} eval_map_pair;

typedef struct {
    eval_map_pair *items;
    size_t count, capacity;
} eval_map;

/* False when `text` is not of that form. */
bool eval_map_read(eval_map *self, cli_pool *pool, const char *text);

typedef struct {
    uint64_t gold, span_found, span_right, span_covered; /* found spans that gold has; gold spans that were found */
    uint64_t overlap_found, exact, partial;
} eval_views;

/* Two documents made comparable. */
typedef struct {
    eval_spans gold, found;
    size_t other; /* found spans of types that stand for none of gold's */
} eval_pair;

/* Adds to `views`, one a type. With `map` NULL all spans are taken as they are. */
eval_pair eval_compare(const eval_doc *gold, const eval_doc *found, const eval_types *types, const eval_map *map,
                       eval_views *views, cli_pool *pool);

#endif

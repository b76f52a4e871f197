/* eval_places.h - spans in the order of their places, for the question what stands at a place or touches it.
 *
 * Cost    an answer takes the logarithm of the spans, and those that it looks at.
 * Owner   borrows the spans, which must stay as they are; the rest is a pool's.
 */
#ifndef ATT_CLI_EVAL_PLACES_H
#define ATT_CLI_EVAL_PLACES_H

#include "cli/eval_doc.h"

typedef struct {
    const eval_spans *spans;
    const uint32_t *reach; /* where the furthest of the spans up to each one ends */
} eval_places;

/* A part of the spans, by number. */
typedef struct {
    size_t first, end;
} eval_place_range;

/* By start, then by end, then by type. */
int eval_by_place(const void *left, const void *right);
void eval_sort_spans(eval_spans *spans);

/* Of spans in the order of eval_by_place. */
eval_places eval_places_of(const eval_spans *sorted, cli_pool *pool);

/* All spans that share a code point with the place are in the range; not all in it do. */
eval_place_range eval_places_near(const eval_places *self, const eval_span *place);

/* Whether a span starts and ends as this one does; `typed`: and is of its type. */
bool eval_places_have(const eval_places *self, const eval_span *place, bool typed);

/* Code points that both cover; zero or less when they do not touch. */
int64_t eval_shared(const eval_span *a, const eval_span *b);
bool eval_is_same_place(const eval_span *a, const eval_span *b);
bool eval_is_same_type(const eval_span *a, const eval_span *b);

#endif

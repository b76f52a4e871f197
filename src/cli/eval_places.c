#include "cli/eval_places.h"

#include <stdlib.h>
#include <string.h>

int64_t eval_shared(const eval_span *a, const eval_span *b)
{
    uint32_t start = a->start > b->start ? a->start : b->start, end = a->end < b->end ? a->end : b->end;
    return (int64_t)end - (int64_t)start;
}

bool eval_is_same_place(const eval_span *a, const eval_span *b)
{
    return a->start == b->start && a->end == b->end;
}

bool eval_is_same_type(const eval_span *a, const eval_span *b)
{
    return strcmp(a->type, b->type) == 0;
}

int eval_by_place(const void *left, const void *right)
{
    const eval_span *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return strcmp(a->type, b->type);
}

void eval_sort_spans(eval_spans *spans)
{
    if (spans->count) qsort(spans->items, spans->count, sizeof *spans->items, eval_by_place);
}

eval_places eval_places_of(const eval_spans *sorted, cli_pool *pool)
{
    uint32_t *reach = cli_pool_take(pool, (sorted->count + 1) * sizeof *reach), furthest = 0;
    for (size_t i = 0; i < sorted->count; i++) {
        if (sorted->items[i].end > furthest) furthest = sorted->items[i].end;
        reach[i] = furthest;
    }
    return (eval_places){ sorted, reach };
}

/* How many spans come before the place, whatever their types. */
static size_t count_before(const eval_places *self, uint32_t start, uint32_t end)
{
    size_t low = 0, high = self->spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const eval_span *span = &self->spans->items[middle];
        if (span->start < start || (span->start == start && span->end < end)) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The first span up to which one reaches behind `start`. */
static size_t first_reaching(const eval_places *self, uint32_t start)
{
    size_t low = 0, high = self->spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->reach[middle] <= start) low = middle + 1;
        else high = middle;
    }
    return low;
}

eval_place_range eval_places_near(const eval_places *self, const eval_span *place)
{
    return (eval_place_range){ first_reaching(self, place->start), count_before(self, place->end, 0) };
}

bool eval_places_have(const eval_places *self, const eval_span *place, bool typed)
{
    const eval_spans *spans = self->spans;
    for (size_t i = count_before(self, place->start, place->end); i < spans->count; i++) {
        if (!eval_is_same_place(&spans->items[i], place)) return false;
        if (!typed || eval_is_same_type(&spans->items[i], place)) return true;
    }
    return false;
}

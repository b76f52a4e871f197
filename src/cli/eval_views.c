#include "cli/eval_views.h"

#include <stdlib.h>
#include <string.h>

#include "cli/eval_places.h"

/* ---- maps ---- */

bool eval_map_read(eval_map *self, cli_pool *pool, const char *text)
{
    char *copy = cli_pool_word(pool, text), *rest = NULL;
    for (char *item = strtok_r(copy, " ,", &rest); item; item = strtok_r(NULL, " ,", &rest)) {
        char *names = strchr(item, '='), *more = NULL;
        if (!names || names == item || !names[1]) return false;
        *names++ = '\0';
        if (*names == '+' || names[strlen(names) - 1] == '+' || strstr(names, "++") || strchr(names, '=')) return false;
        for (char *name = strtok_r(names, "+", &more); name; name = strtok_r(NULL, "+", &more)) {
            CLI_RESERVE(pool, self);
            self->items[self->count++] = (eval_map_pair){ item, name };
        }
    }
    return self->count > 0;
}

/* The `index`-th type of gold that `found` stands for: itself where the map says nothing. */
static const char *stands_for(const eval_map *map, const char *found, size_t index)
{
    bool mapped = false;
    for (size_t i = 0; map && i < map->count; i++) {
        if (strcmp(map->items[i].found, found) != 0) continue;
        mapped = true;
        if (index-- == 0) return map->items[i].gold;
    }
    return mapped || index ? NULL : found;
}

static bool touches(const eval_places *places, const eval_span *place)
{
    eval_place_range near = eval_places_near(places, place);
    for (size_t i = near.first; i < near.end; i++)
        if (eval_shared(&places->spans->items[i], place) > 0) return true;
    return false;
}

static void add(eval_spans *to, cli_pool *pool, const eval_span *span)
{
    CLI_RESERVE(pool, to);
    to->items[to->count++] = *span;
}

/* ---- types of found spans ---- */

static bool is_right_for(const eval_span *gold, const char *type)
{
    if (strcmp(gold->type, type) == 0) return true;
    for (size_t i = 0; i < gold->also.count; i++)
        if (strcmp(gold->also.items[i], type) == 0) return true;
    return false;
}

/* How near a gold span is: the very place, then the larger part shared, then the earlier. Negative: a comes first. */
static int nearer(const eval_span *place, const eval_span *a, const eval_span *b)
{
    bool same_a = eval_is_same_place(place, a), same_b = eval_is_same_place(place, b);
    if (same_a != same_b) return same_a ? -1 : 1;
    int64_t with_a = eval_shared(place, a), with_b = eval_shared(place, b);
    if (with_a != with_b) return with_a > with_b ? -1 : 1;
    return eval_by_place(a, b);
}

typedef struct {
    const eval_types *types;
    const eval_map *map;
    const eval_places *gold;
} meeting;

/* True if one of the scored types that `type` stands for is right there. Another right type than its own counts on the very
 * place only. */
static bool can_meet(const meeting *self, const eval_span *found, const eval_span *gold)
{
    const char *type;
    for (size_t i = 0; (type = stands_for(self->map, found->type, i)); i++) {
        if (eval_type_find(self->types, type) == self->types->count || !is_right_for(gold, type)) continue;
        if (eval_is_same_place(found, gold)) return true;
        for (size_t k = 0; (type = stands_for(self->map, found->type, k)); k++)
            if (strcmp(gold->type, type) == 0) return true;
        return false;
    }
    return false;
}

/* The type that a found span counts as; NULL when it stands for none that is scored. */
static const char *type_of(const meeting *self, const eval_span *found)
{
    const eval_span *best = NULL;
    const char *type;
    size_t first = 0;
    while ((type = stands_for(self->map, found->type, first)) && eval_type_find(self->types, type) == self->types->count)
        first++;
    if (!type) return NULL;
    eval_place_range near = eval_places_near(self->gold, found);
    for (size_t i = near.first; i < near.end; i++) {
        const eval_span *gold = &self->gold->spans->items[i];
        if (eval_shared(found, gold) <= 0 || !can_meet(self, found, gold)) continue;
        if (!best || nearer(found, gold, best) < 0) best = gold;
    }
    return best ? best->type : type;
}

static void drop_doubles(eval_spans *sorted)
{
    size_t kept = 0;
    for (size_t i = 0; i < sorted->count; i++)
        if (!kept || eval_by_place(&sorted->items[kept - 1], &sorted->items[i]) != 0) sorted->items[kept++] = sorted->items[i];
    sorted->count = kept;
}

static eval_spans scored_gold(const eval_doc *gold, const eval_types *types, const eval_map *map, cli_pool *pool)
{
    eval_spans spans = { 0 };
    for (size_t i = 0; i < gold->spans.count; i++)
        if (eval_type_find(types, gold->spans.items[i].type) < types->count) add(&spans, pool, &gold->spans.items[i]);
    eval_sort_spans(&spans);
    if (map) drop_doubles(&spans);
    return spans;
}

/* Equals an ignored span, or overlaps one and no gold span. */
static bool is_excused(const eval_places *ignored, const eval_places *gold, const eval_span *span)
{
    return eval_places_have(ignored, span, false) || (touches(ignored, span) && !touches(gold, span));
}

/* ---- views ---- */

typedef struct {
    size_t gold, found;
    bool inexact;
    int64_t part;
} match;

static int by_closeness(const void *left, const void *right)
{
    const match *a = left, *b = right;
    if (a->inexact != b->inexact) return a->inexact ? 1 : -1;
    if (a->part != b->part) return a->part > b->part ? -1 : 1;
    if (a->gold != b->gold) return a->gold < b->gold ? -1 : 1;
    return a->found < b->found ? -1 : a->found > b->found;
}

/* Pairs of one type, each span in one at most, the closest first; `credit` says of each found span whether it is in one. */
static void count_pairs(const eval_spans *gold, const eval_places *found, const eval_types *types, eval_views *views,
                        bool *credit, cli_pool *pool)
{
    struct {
        match *items;
        size_t count, capacity;
    } matches = { 0 };
    bool *used = cli_pool_take(pool, gold->count + 1);
    for (size_t g = 0; g < gold->count; g++) {
        const eval_span *a = &gold->items[g];
        eval_place_range near = eval_places_near(found, a);
        for (size_t f = near.first; f < near.end; f++) {
            const eval_span *b = &found->spans->items[f];
            if (eval_shared(a, b) <= 0 || !eval_is_same_type(a, b)) continue;
            CLI_RESERVE(pool, &matches);
            matches.items[matches.count++] = (match){ g, f, !eval_is_same_place(a, b), eval_shared(a, b) };
        }
    }
    if (matches.count) qsort(matches.items, matches.count, sizeof *matches.items, by_closeness);
    for (size_t i = 0; i < matches.count; i++) {
        const match *pair = &matches.items[i];
        if (used[pair->gold] || credit[pair->found]) continue;
        used[pair->gold] = credit[pair->found] = true;
        eval_views *row = &views[eval_type_find(types, gold->items[pair->gold].type)];
        if (pair->inexact) row->partial++;
        else row->exact++;
    }
}

static void count_views(const eval_places *gold, const eval_places *found, const bool *excused, const eval_types *types,
                        eval_views *views, cli_pool *pool)
{
    bool *credit = cli_pool_take(pool, found->spans->count + 1);
    count_pairs(gold->spans, found, types, views, credit, pool);
    for (size_t i = 0; i < gold->spans->count; i++) {
        const eval_span *span = &gold->spans->items[i];
        eval_views *row = &views[eval_type_find(types, span->type)];
        row->gold++;
        row->span_covered += eval_places_have(found, span, false);
    }
    for (size_t i = 0; i < found->spans->count; i++) {
        const eval_span *span = &found->spans->items[i];
        eval_views *row = &views[eval_type_find(types, span->type)];
        bool right = eval_places_have(gold, span, false);
        row->span_found += right || !excused[i];
        row->span_right += right;
        row->overlap_found += credit[i] || !excused[i];
    }
}

/* ---- both ---- */

/* The found spans, each as the type that it counts as; `other` counts those that count as none. */
static eval_spans scored_found(const eval_doc *found, const meeting *here, size_t *other, cli_pool *pool)
{
    eval_spans spans = { 0 };
    for (size_t i = 0; i < found->spans.count; i++) {
        eval_span span = found->spans.items[i];
        span.type = type_of(here, &span);
        if (span.type) add(&spans, pool, &span);
        else ++*other;
    }
    eval_sort_spans(&spans);
    if (here->map) drop_doubles(&spans); /* two found types may have become one */
    return spans;
}

eval_pair eval_compare(const eval_doc *gold, const eval_doc *found, const eval_types *types, const eval_map *map,
                       eval_views *views, cli_pool *pool)
{
    eval_pair pair = { .gold = scored_gold(gold, types, map, pool) };
    eval_spans ignored = { 0 };
    for (size_t i = 0; i < gold->ignored.count; i++) add(&ignored, pool, &gold->ignored.items[i]);
    eval_sort_spans(&ignored);
    eval_places wanted = eval_places_of(&pair.gold, pool), left_out = eval_places_of(&ignored, pool);
    const meeting here = { types, map, &wanted };
    eval_spans all = scored_found(found, &here, &pair.other, pool);
    eval_places got = eval_places_of(&all, pool);
    bool *excused = cli_pool_take(pool, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        excused[i] = is_excused(&left_out, &wanted, &all.items[i]);
        if (!excused[i] || eval_places_have(&wanted, &all.items[i], true)) add(&pair.found, pool, &all.items[i]);
    }
    count_views(&wanted, &got, excused, types, views, pool);
    return pair;
}

#include "cascade/choose.h"

#include <stdlib.h>

#include "base/order.h"

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_rule(const att_candidate *a, const att_candidate *b)
{
    if (a->annotation.end != b->annotation.end) return compare(b->annotation.end, a->annotation.end);
    if (a->literals != b->literals) return compare(b->literals, a->literals);
    return a->rank != b->rank ? compare(a->rank, b->rank) : compare(a->order, b->order);
}

static int by_length(const void *left, const void *right)
{
    const att_candidate *a = *(const att_candidate *const *)left, *b = *(const att_candidate *const *)right;
    if (a->annotation.layer != b->annotation.layer) return compare(a->annotation.layer, b->annotation.layer);
    if (a->tier != b->tier) return compare(b->tier, a->tier);
    if (a->length != b->length) return compare(b->length, a->length);
    if (a->annotation.start != b->annotation.start) return compare(a->annotation.start, b->annotation.start);
    return by_rule(a, b);
}

static int by_start(const void *left, const void *right)
{
    const att_candidate *a = *(const att_candidate *const *)left, *b = *(const att_candidate *const *)right;
    if (a->annotation.layer != b->annotation.layer) return compare(a->annotation.layer, b->annotation.layer);
    if (a->tier != b->tier) return compare(b->tier, a->tier);
    if (a->annotation.start != b->annotation.start) return compare(a->annotation.start, b->annotation.start);
    if (a->length != b->length) return compare(b->length, a->length);
    return by_rule(a, b);
}

static bool overlap(const att_annotation *a, const att_annotation *b)
{
    return a->start < b->end && b->start < a->end;
}

static bool contains(const att_annotation *outer, const att_annotation *inner)
{
    return outer->start <= inner->start && inner->end <= outer->end;
}

static bool same_span(const att_annotation *a, const att_annotation *b)
{
    return a->start == b->start && a->end == b->end;
}

/* Two names of the lists, results of one rule, or two with one id. */
static bool of_one_kind(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    if (a->origin == b->origin || (!a->match_end && !b->match_end)) return true;
    if (a->name != ATT_NONE && a->name == b->name) return true;
    uint32_t id = att_layer_field(layer, ATT_STR("id"));
    if (id == ATT_NONE || !a->fields || !b->fields || !a->fields[id].data) return false;
    return att_str_equal(a->fields[id], b->fields[id]);
}

bool att_conflict(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    if (!overlap(a, b)) return false;
    switch (layer->nest) {
    case ATT_NEST_SAME: {
        bool differ = a->fields && b->fields && layer->field_count && !att_str_equal(a->fields[0], b->fields[0]);
        return !same_span(a, b) || !differ;
    }
    case ATT_NEST_YES:
        if (same_span(a, b) || !(contains(a, b) || contains(b, a))) return true;
        return of_one_kind(layer, a, b);
    default: return true;
    }
}

void att_add_annotation(att_document *doc, const att_annotation *annotation)
{
    ATT_RESERVE(doc->arena, &doc->annotations, 1);
    doc->annotations.items[doc->annotations.count++] = *annotation;
}

/* What is accepted so far of a cluster, by the token it starts in. */
typedef struct {
    const att_layer *layer;
    const att_candidate *items;
    uint32_t *heads;  /* by token from `base` on: an index into items plus one, or 0 */
    uint32_t *nexts;  /* by item: the same */
    uint32_t base;    /* the first token of the cluster */
    uint32_t longest; /* tokens that the longest accepted annotation touches */
    bool all;         /* only exact duplicates conflict */
} accepted;

static bool same_fields(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    for (uint32_t i = 0; i < layer->field_count; i++) {
        att_str x = a->fields ? a->fields[i] : (att_str){ 0 }, y = b->fields ? b->fields[i] : (att_str){ 0 };
        if (!att_str_equal(x, y)) return false;
    }
    return true;
}

static bool rules_out(const accepted *state, const att_annotation *other, const att_annotation *wanted)
{
    if (state->all) return same_span(other, wanted) && same_fields(state->layer, other, wanted);
    return att_conflict(state->layer, other, wanted);
}

/* The accepted candidate that leaves no room for `wanted`, or NULL. */
static const att_candidate *stands_against(const accepted *state, const att_annotation *wanted)
{
    uint32_t first = wanted->tokens.first - state->base, last = wanted->tokens.last - state->base;
    for (uint32_t token = first > state->longest ? first - state->longest : 0; token < last; token++)
        for (uint32_t i = state->heads[token]; i; i = state->nexts[i - 1])
            if (rules_out(state, &state->items[i - 1].annotation, wanted)) return &state->items[i - 1];
    return NULL;
}

/* The first thing in the order of choice by which the winner goes before the loser. */
static att_loss reason(att_policy policy, const att_candidate *winner, const att_candidate *loser)
{
    const att_annotation *a = &winner->annotation, *b = &loser->annotation;
    if (policy == ATT_POLICY_ALL) return ATT_LOST_SAME;
    if (winner->tier != loser->tier) return ATT_LOST_TIER;
    if (policy == ATT_POLICY_FIRST && a->start != b->start) return ATT_LOST_EARLIER;
    if (winner->length != loser->length) return ATT_LOST_LONGER;
    if (a->start != b->start) return ATT_LOST_EARLIER;
    if (a->end != b->end) return ATT_LOST_LONGER;
    return winner->literals != loser->literals ? ATT_LOST_LITERAL : ATT_LOST_ORDER;
}

typedef struct {
    att_arena *arena;
    const att_layers *layers;
    att_policy policy;
    const att_candidate *items;
    const att_ranked *order; /* of the items, by layer, then start */
    att_candidate *chosen;
    uint32_t kept;
    att_trace *trace;
} chooser;

/* The items of order[first, last) in the order of choice. */
static const att_candidate **in_order_of_choice(const chooser *self, uint32_t first, uint32_t last)
{
    const att_candidate **items = att_arena_alloc(self->arena, sizeof *items * (last - first));
    for (uint32_t i = first; i < last; i++) items[i - first] = &self->items[self->order[i].index];
    qsort(items, last - first, sizeof *items, self->policy == ATT_POLICY_FIRST ? by_start : by_length);
    return items;
}

/* Chooses among order[first, last), which end before token `end`. */
static void choose_in_cluster(chooser *self, uint32_t first, uint32_t last, uint32_t end)
{
    const att_candidate **order = in_order_of_choice(self, first, last), *chosen = self->chosen + self->kept;
    uint32_t base = self->items[self->order[first].index].annotation.tokens.first, kept = 0;
    accepted state = { .layer = &self->layers->items[order[0]->annotation.layer],
                       .items = chosen,
                       .heads = att_arena_zero(self->arena, end - base, sizeof(uint32_t)),
                       .nexts = att_arena_alloc(self->arena, sizeof(uint32_t) * (last - first)),
                       .base = base,
                       .all = self->policy == ATT_POLICY_ALL };
    for (uint32_t i = 0; i < last - first; i++) {
        const att_annotation *wanted = &order[i]->annotation;
        const att_candidate *winner = stands_against(&state, wanted);
        if (winner) {
            if (self->trace)
                self->trace->lost(self->trace, wanted, &winner->annotation, reason(self->policy, winner, order[i]));
            continue;
        }
        self->chosen[self->kept++] = *order[i];
        state.nexts[kept] = state.heads[wanted->tokens.first - base];
        state.heads[wanted->tokens.first - base] = ++kept;
        uint32_t tokens = wanted->tokens.last - wanted->tokens.first;
        if (tokens > state.longest) state.longest = tokens;
    }
}

static const att_ranked *by_place(att_arena *arena, const att_candidates *candidates)
{
    att_ranked *order = att_arena_alloc(arena, sizeof *order * candidates->count);
    for (uint32_t i = 0; i < candidates->count; i++) {
        const att_annotation *annotation = &candidates->items[i].annotation;
        order[i] = (att_ranked){ (uint64_t)annotation->layer << 32 | annotation->start, i };
    }
    att_order(arena, order, candidates->count);
    return order;
}

/* Those of a layer that overlap, one with the next, are a cluster. Most stand alone. */
void att_choose(att_arena *arena, const att_layers *layers, att_policy policy, att_candidates *candidates, att_trace *trace)
{
    uint32_t count = candidates->count;
    if (!count) return;
    const att_ranked *order = by_place(arena, candidates);
    chooser self = { arena, layers, policy, candidates->items, order, NULL, 0, trace };
    self.chosen = att_arena_alloc(arena, sizeof *self.chosen * count);
    for (uint32_t first = 0, last; first < count; first = last) {
        const att_annotation *one = &candidates->items[order[first].index].annotation;
        uint64_t layer = (uint64_t)one->layer << 32;
        uint32_t end = one->end, tokens = one->tokens.last;
        for (last = first + 1; last < count && order[last].key < layer + end; last++) {
            one = &candidates->items[order[last].index].annotation;
            if (one->end > end) end = one->end;
            if (one->tokens.last > tokens) tokens = one->tokens.last;
        }
        if (last == first + 1) self.chosen[self.kept++] = candidates->items[order[first].index];
        else choose_in_cluster(&self, first, last, tokens);
    }
    att_arena_free(arena, order);
    candidates->items = self.chosen;
    candidates->count = candidates->capacity = self.kept;
}

/* Whether `other` gives way to `strong`, whose layer is over its layer and which contains or crosses it; of two that are over
 * each other the longer stays. */
static bool gives_way(const att_layers *layers, const att_annotation *strong, const att_annotation *other)
{
    if (!(layers->items[strong->layer].over >> other->layer & 1) || !overlap(strong, other)) return false;
    uint32_t length = strong->end - strong->start, other_length = other->end - other->start;
    if (layers->items[other->layer].over >> strong->layer & 1) return length > other_length;
    return length >= other_length || strong->start < other->start || other->end < strong->end;
}

static void drop_dropped(att_document *doc)
{
    att_annotations *all = &doc->annotations;
    uint32_t kept = 0;
    while (kept < all->count && !(all->items[kept].state & ATT_DROPPED)) kept++;
    for (uint32_t i = kept; i < all->count; i++)
        if (!(all->items[i].state & ATT_DROPPED)) all->items[kept++] = all->items[i];
    all->count = kept;
}

static void give_way(att_document *doc, att_annotation *other, const att_annotation *strong)
{
    if (doc->trace && !(other->state & ATT_DROPPED)) doc->trace->lost(doc->trace, other, strong, ATT_LOST_OVER);
    other->state |= ATT_DROPPED;
}

void att_give_way(att_document *doc, const att_layers *layers)
{
    att_annotations *all = &doc->annotations;
    bool dropped = false;
    drop_dropped(doc);
    att_annotations_sort(all, doc->arena);
    for (uint32_t i = 0; i < all->count; i++) {
        att_annotation *one = &all->items[i];
        for (uint32_t j = i + 1; j < all->count && all->items[j].start < one->end; j++) {
            att_annotation *other = &all->items[j];
            bool other_goes = gives_way(layers, one, other), one_goes = gives_way(layers, other, one);
            if (other_goes) give_way(doc, other, one);
            if (one_goes) give_way(doc, one, other);
            dropped = dropped || other_goes || one_goes;
        }
    }
    if (dropped) drop_dropped(doc);
}

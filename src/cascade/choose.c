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

/* Whether both have one value of the field. */
static bool share(const att_layer *layer, const att_annotation *a, const att_annotation *b, att_str field)
{
    uint32_t at = att_layer_field(layer, field);
    if (at == ATT_NONE || !a->fields || !b->fields || !a->fields[at].data) return false;
    return att_str_equal(a->fields[at], b->fields[at]);
}

/* Two names of the lists, results of one rule, two with one id, or two of one kind of which one begins with the other. */
static bool of_one_kind(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    if (a->origin == b->origin || (!a->match_end && !b->match_end)) return true;
    if (a->name != ATT_NONE && a->name == b->name) return true;
    return share(layer, a, b, ATT_STR("id")) || (a->start == b->start && share(layer, a, b, ATT_STR("kind")));
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

void att_add_annotation(att_document *doc, const att_annotation *annotation, bool unsettled)
{
    ATT_RESERVE(doc->arena, &doc->annotations, 1);
    doc->annotations.items[doc->annotations.count++] = *annotation;
    if (unsettled) doc->unsettled |= 1u << annotation->layer;
}

enum { FEW = 8 };

/* What is accepted so far of a cluster; of many by the token it starts in too. */
typedef struct {
    const att_layer *layer;
    const att_candidate **items;
    uint32_t count;
    uint32_t *heads;  /* by token from `base` on: an index into items plus one, or 0; NULL for few */
    uint32_t *nexts;  /* by item: the same */
    uint32_t base;    /* the first token of the cluster */
    uint32_t longest; /* tokens that the longest accepted annotation touches */
    bool all;         /* only exact duplicates conflict */
} accepted;

static bool rules_out(const accepted *state, const att_annotation *other, const att_annotation *wanted)
{
    if (state->all) return same_span(other, wanted) && att_annotation_same_fields(state->layer, other, wanted);
    return att_conflict(state->layer, other, wanted);
}

/* That of the first few that leaves no room for `wanted`, or NULL. */
static const att_candidate *one_against(const accepted *state, const att_annotation *wanted)
{
    for (uint32_t i = 0; i < state->count; i++)
        if (rules_out(state, &state->items[i]->annotation, wanted)) return state->items[i];
    return NULL;
}

/* The accepted candidate that leaves no room for `wanted`, or NULL. */
static const att_candidate *stands_against(const accepted *state, const att_annotation *wanted)
{
    if (!state->heads) return one_against(state, wanted);
    uint32_t first = wanted->tokens.first - state->base, last = wanted->tokens.last - state->base;
    for (uint32_t token = first > state->longest ? first - state->longest : 0; token < last; token++)
        for (uint32_t i = state->heads[token]; i; i = state->nexts[i - 1])
            if (rules_out(state, &state->items[i - 1]->annotation, wanted)) return state->items[i - 1];
    return NULL;
}

static void accept(accepted *state, const att_candidate *candidate)
{
    att_token_range tokens = candidate->annotation.tokens;
    state->items[state->count++] = candidate;
    if (!state->heads) return;
    state->nexts[state->count - 1] = state->heads[tokens.first - state->base];
    state->heads[tokens.first - state->base] = state->count;
    if (tokens.last - tokens.first > state->longest) state->longest = tokens.last - tokens.first;
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
    att_ranked *order; /* of the items, by start; losers become ATT_NONE */
    uint32_t *nexts;   /* by place in the order: the next of its cluster; behind the last ATT_NONE */
    att_trace *trace;
} chooser;

/* Candidates of one layer that overlap, one with the next: their places in the order. */
typedef struct {
    uint32_t first, last, count;
    uint32_t end, tokens; /* the byte and the token that all of them end at or before */
} cluster;

/* Writes the items of the cluster in the order of choice. */
static void put_in_order(const chooser *self, const cluster *all, const att_candidate **items)
{
    int (*order)(const void *, const void *) = self->policy == ATT_POLICY_FIRST ? by_start : by_length;
    uint32_t count = 0;
    for (uint32_t at = all->first; at != ATT_NONE; at = self->nexts[at]) {
        const att_candidate *item = &self->items[self->order[at].index];
        uint32_t to = count++;
        for (; all->count <= FEW && to && order(&items[to - 1], &item) > 0; to--) items[to] = items[to - 1];
        items[to] = item;
    }
    if (count > FEW) qsort(items, count, sizeof *items, order);
}

static void index_tokens(const chooser *self, const cluster *all, accepted *state)
{
    state->base = self->items[self->order[all->first].index].annotation.tokens.first;
    state->heads = att_arena_zero(self->arena, all->tokens - state->base, sizeof *state->heads);
    state->nexts = att_arena_alloc(self->arena, sizeof *state->nexts * all->count);
}

/* Those that win take the first places of the cluster. Most clusters have two or three. */
static void choose_in_cluster(chooser *self, const cluster *all)
{
    const att_candidate *few[FEW], **order = few;
    if (all->count > FEW) order = att_arena_alloc(self->arena, sizeof *order * all->count);
    put_in_order(self, all, order);
    accepted state = { .layer = &self->layers->items[order[0]->annotation.layer],
                       .items = order, /* there is room: no more were accepted than were asked about */
                       .all = self->policy == ATT_POLICY_ALL };
    if (all->count > FEW) index_tokens(self, all, &state);
    uint32_t at = all->first;
    for (uint32_t i = 0; i < all->count; i++) {
        const att_candidate *one = order[i], *winner = stands_against(&state, &one->annotation);
        if (!winner) {
            accept(&state, one);
            self->order[at].index = (uint32_t)(one - self->items);
            at = self->nexts[at];
        } else if (self->trace) {
            self->trace->lost(self->trace, &one->annotation, &winner->annotation, reason(self->policy, winner, one));
        }
    }
    for (; at != ATT_NONE; at = self->nexts[at]) self->order[at].index = ATT_NONE;
}

static void close_cluster(chooser *self, const cluster *all)
{
    if (all->count > 1) choose_in_cluster(self, all);
}

/* Finds the clusters of all layers, which most candidates are alone in, and chooses in each. */
static void choose_in_clusters(chooser *self, uint32_t count)
{
    cluster open[ATT_MAX_LAYERS];
    for (uint32_t layer = 0; layer < self->layers->count; layer++) open[layer] = (cluster){ .count = 0 };
    for (uint32_t at = 0; at < count; at++) {
        const att_annotation *one = &self->items[self->order[at].index].annotation;
        cluster *all = &open[one->layer];
        self->nexts[at] = ATT_NONE;
        if (all->count && one->start < all->end) {
            self->nexts[all->last] = at;
            all->last = at;
            all->count++;
            if (one->end > all->end) all->end = one->end;
            if (one->tokens.last > all->tokens) all->tokens = one->tokens.last;
        } else {
            close_cluster(self, all);
            *all = (cluster){ at, at, 1, one->end, one->tokens.last };
        }
    }
    for (uint32_t layer = 0; layer < self->layers->count; layer++) close_cluster(self, &open[layer]);
}

static att_ranked *by_place(att_arena *arena, const att_candidates *candidates)
{
    att_ranked *order = att_arena_alloc(arena, sizeof *order * candidates->count);
    for (uint32_t i = 0; i < candidates->count; i++) order[i] = (att_ranked){ candidates->items[i].annotation.start, i };
    att_order(arena, order, candidates->count);
    return order;
}

att_chosen att_choose(att_arena *arena, const att_layers *layers, att_policy policy, const att_candidates *candidates,
                      att_trace *trace)
{
    uint32_t count = candidates->count, kept = 0;
    if (!count) return (att_chosen){ 0 };
    att_ranked *order = by_place(arena, candidates);
    uint32_t *numbers = att_arena_alloc(arena, sizeof *numbers * (count + 1));
    choose_in_clusters(&(chooser){ arena, layers, policy, candidates->items, order, numbers, trace }, count);
    for (uint32_t at = 0; at < count; at++) {
        numbers[kept] = order[at].index;
        kept += order[at].index != ATT_NONE;
    }
    att_arena_free(arena, order);
    return (att_chosen){ numbers, kept };
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

/* Tells the scene, if it shows the annotation, that this goes. */
static void note_gone(att_document *doc, const att_annotation *annotation)
{
    if (!(annotation->state & ATT_SHOWN)) return;
    ATT_RESERVE(doc->arena, &doc->gone, 1);
    doc->gone.items[doc->gone.count++] = annotation->tokens.first;
}

static void drop_dropped(att_document *doc)
{
    att_annotations *all = &doc->annotations;
    if (!doc->dropped) return;
    doc->dropped = false;
    uint32_t kept = 0, sorted = all->sorted;
    while (kept < all->count && !(all->items[kept].state & ATT_DROPPED)) kept++;
    for (uint32_t i = kept; i < all->count; i++) {
        if (!(all->items[i].state & ATT_DROPPED)) {
            all->items[kept++] = all->items[i];
            continue;
        }
        note_gone(doc, &all->items[i]);
        if (i < sorted) all->sorted--;
    }
    all->count = kept;
}

static void give_way(att_document *doc, att_annotation *other, const att_annotation *strong)
{
    if (doc->trace && !(other->state & ATT_DROPPED)) doc->trace->lost(doc->trace, other, strong, ATT_LOST_OVER);
    att_drop(doc, other);
}

/* Asks each pair that overlaps, one of which is of a layer in `fresh`. Returns whether any gave way. */
static bool ask_pairs(att_document *doc, const att_layers *layers, uint32_t fresh)
{
    const att_annotations *all = &doc->annotations;
    bool dropped = false;
    for (uint32_t i = 0; i < all->count; i++) {
        att_annotation *one = &all->items[i];
        uint32_t others = layers->items[one->layer].related & (fresh >> one->layer & 1 ? UINT32_MAX : fresh);
        for (uint32_t j = i + 1; others && j < all->count && all->items[j].start < one->end; j++) {
            att_annotation *other = &all->items[j];
            if (!(others >> other->layer & 1)) continue;
            bool other_goes = gives_way(layers, one, other), one_goes = gives_way(layers, other, one);
            if (other_goes) give_way(doc, other, one);
            if (one_goes) give_way(doc, one, other);
            dropped = dropped || other_goes || one_goes;
        }
    }
    return dropped;
}

void att_give_way(att_document *doc, const att_layers *layers)
{
    uint32_t fresh = 0;
    for (uint32_t layer = 0; layer < layers->count; layer++)
        if (doc->unsettled >> layer & 1 && layers->items[layer].related) fresh |= 1u << layer;
    doc->unsettled = 0;
    drop_dropped(doc);
    att_annotations_sort(&doc->annotations, doc->arena);
    if (fresh && ask_pairs(doc, layers, fresh)) drop_dropped(doc);
}

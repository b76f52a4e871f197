#include "cascade/choose.h"

#include <stdlib.h>

static int by_key(const void *left, const void *right)
{
    const att_candidate *a = left, *b = right;
    const att_annotation *x = &a->annotation, *y = &b->annotation;
    if (x->layer != y->layer) return x->layer < y->layer ? -1 : 1;
    if (a->tier != b->tier) return a->tier > b->tier ? -1 : 1;
    if (a->length != b->length) return a->length > b->length ? -1 : 1;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    if (a->literals != b->literals) return a->literals > b->literals ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
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

/* Whether the two, which overlap, may not both stand (RULES 6.1). */
static bool conflict(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    switch (layer->nest) {
    case ATT_NEST_SAME: {
        bool differ = a->fields && b->fields && layer->field_count && !att_str_equal(a->fields[0], b->fields[0]);
        return !same_span(a, b) || !differ;
    }
    case ATT_NEST_YES:
        if (same_span(a, b) || !(contains(a, b) || contains(b, a))) return true;
        return a->name != ATT_NONE && b->name != ATT_NONE; /* two names of the lists: one rule made both */
    default: return true;
    }
}

/* What is accepted so far in one layer, by the token it starts in. */
typedef struct {
    const att_layer *layer;
    uint32_t *heads;   /* by token: an index into doc->annotations plus one, or 0 */
    uint32_t *nexts;   /* by annotation: the same */
    uint32_t longest;  /* tokens that the longest accepted annotation touches */
} accepted;

static bool stands_against(const att_document *doc, const accepted *state, const att_annotation *wanted)
{
    uint32_t from = wanted->tokens.first > state->longest ? wanted->tokens.first - state->longest : 0;
    for (uint32_t token = from; token < wanted->tokens.last; token++)
        for (uint32_t i = state->heads[token]; i; i = state->nexts[i - 1]) {
            const att_annotation *other = &doc->annotations.items[i - 1];
            if (other->layer == wanted->layer && overlap(other, wanted) && conflict(state->layer, other, wanted)) return true;
        }
    return false;
}

void att_choose(att_document *doc, const att_layers *layers, att_candidates *candidates, uint32_t token_count)
{
    if (!candidates->count) return;
    qsort(candidates->items, candidates->count, sizeof *candidates->items, by_key);
    uint32_t first = doc->annotations.count;
    accepted state = { .heads = att_arena_zero(doc->arena, token_count + 1, sizeof(uint32_t)),
                       .nexts = att_arena_alloc(doc->arena, sizeof(uint32_t) * (first + candidates->count)) };
    for (uint32_t i = 0; i < candidates->count; i++) {
        const att_annotation *wanted = &candidates->items[i].annotation;
        if (i == 0 || wanted->layer != candidates->items[i - 1].annotation.layer) state.longest = 0;
        state.layer = &layers->items[wanted->layer];
        if (stands_against(doc, &state, wanted)) continue;
        ATT_RESERVE(doc->arena, &doc->annotations, 1);
        doc->annotations.items[doc->annotations.count] = *wanted;
        state.nexts[doc->annotations.count] = state.heads[wanted->tokens.first];
        state.heads[wanted->tokens.first] = ++doc->annotations.count;
        uint32_t tokens = wanted->tokens.last - wanted->tokens.first;
        if (tokens > state.longest) state.longest = tokens;
    }
}

/* Whether `other` gives way to `strong`, whose layer is over its layer; of two that are over each other the longer
 * stays. */
static bool gives_way(const att_layers *layers, const att_annotation *strong, const att_annotation *other)
{
    if (!(layers->items[strong->layer].over >> other->layer & 1) || !overlap(strong, other)) return false;
    bool mutual = layers->items[other->layer].over >> strong->layer & 1;
    return !mutual || strong->end - strong->start > other->end - other->start;
}

static void drop_dropped(att_document *doc)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (!(doc->annotations.items[i].state & ATT_DROPPED)) doc->annotations.items[kept++] = doc->annotations.items[i];
    doc->annotations.count = kept;
}

void att_give_way(att_document *doc, const att_layers *layers)
{
    att_annotations *all = &doc->annotations;
    drop_dropped(doc);
    if (all->count) qsort(all->items, all->count, sizeof *all->items, att_annotation_order);
    uint32_t longest = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t length = all->items[i].end - all->items[i].start;
        if (length > longest) longest = length;
    }
    for (uint32_t i = 0; i < all->count; i++) {
        att_annotation *strong = &all->items[i];
        if (!layers->items[strong->layer].over) continue;
        uint32_t j = i;
        while (j && all->items[j - 1].start + longest > strong->start) j--;
        for (; j < all->count && all->items[j].start < strong->end; j++)
            if (gives_way(layers, strong, &all->items[j])) all->items[j].state |= ATT_DROPPED;
    }
    drop_dropped(doc);
}

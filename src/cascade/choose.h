/* choose.h - which of a stage's candidates become annotations.
 *
 * Candidates of each layer are compared by a total order, so the result does not depend on the order in which they were
 * found.
 */
#ifndef ATT_CHOOSE_H
#define ATT_CHOOSE_H

#include "knowledge/layers.h"
#include "model/document.h"

typedef enum { ATT_TIER_FALLBACK, ATT_TIER_NORMAL, ATT_TIER_OVERRIDE } att_tier;

typedef struct {
    att_annotation annotation; /* its `tokens` are those that it touches, [first, last) */
    uint32_t length;           /* in words of the rule or form; longer wins */
    uint32_t literals;         /* words that the rule or a list names literally; more wins */
    uint32_t rank;             /* rank of the rule by pack and name; smaller wins */
    uint32_t order;            /* tells candidates of one rule apart that are equal in all else */
    uint32_t rule;             /* ATT_NONE for a name from the lists */
    uint8_t tier;
} att_candidate;

typedef struct {
    att_candidate *items;
    uint32_t count, capacity;
} att_candidates;

/* The `order` of a candidate within one match of a rule: first by its `make` line, then by which of several annotations with
 * the same span its captures took, then by binding. */
static inline uint32_t att_order_of(uint32_t make, uint32_t variant, uint32_t binding)
{
    return make << 24 | variant << 16 | binding;
}
static inline uint32_t att_order_variant(uint32_t order)
{
    return order >> 16 & 0xff;
}

/* Numbers of candidates. */
typedef struct {
    const uint32_t *items;
    uint32_t count;
} att_chosen;

/* Chooses the candidates that win, sorted by start; overlapping ones of a layer in the order of choice. `trace` may be NULL. */
att_chosen att_choose(att_arena *arena, const att_layers *layers, att_policy policy, const att_candidates *candidates,
                      att_trace *trace);

/* Whether two annotations of one layer exclude each other. */
bool att_conflict(const att_layer *layer, const att_annotation *a, const att_annotation *b);

/* Appends an annotation to the document's. `unsettled`: it may touch an annotation of another layer such that one of the two
 * has to go. */
void att_add_annotation(att_document *doc, const att_annotation *annotation, bool unsettled);

/* Drops annotations that overlap one of a layer declared `over` theirs, removes all dropped ones, and sorts. */
void att_give_way(att_document *doc, const att_layers *layers);

#endif

/* choose.h - which of the candidates of one stage become annotations (RULES 6.3 and 6.4).
 *
 * Choice is per layer, by a total order, so it can't depend on the order in which candidates were found.
 */
#ifndef ATT_CHOOSE_H
#define ATT_CHOOSE_H

#include "knowledge/layers.h"
#include "model/document.h"

typedef enum { ATT_TIER_FALLBACK, ATT_TIER_NORMAL, ATT_TIER_OVERRIDE } att_tier;

typedef struct {
    att_annotation annotation; /* tokens: the tokens it touches, [first, last) */
    uint32_t length;           /* in words of the rule or form: longer is better */
    uint32_t literals;         /* words and list words on the way: more is better */
    uint32_t rank;             /* of the rule by pack and name: smaller is better */
    uint32_t order;            /* among candidates of one rule that are equal in all else */
    uint32_t rule;             /* ATT_NONE for a name of the lists */
    uint8_t tier;
} att_candidate;

typedef struct {
    att_candidate *items;
    uint32_t count, capacity;
} att_candidates;

/* The order of what one match of a rule makes: by its `make` line, by which of the annotations of one span its captures met, by
 * binding. */
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

/* Those that win, by start; of a layer, those that overlap in the order of choice. `trace` may be NULL. */
att_chosen att_choose(att_arena *arena, const att_layers *layers, att_policy policy, const att_candidates *candidates,
                      att_trace *trace);

/* Whether two annotations of one layer may not both stand (RULES 6.1). */
bool att_conflict(const att_layer *layer, const att_annotation *a, const att_annotation *b);

/* Appends an annotation to the document's; `unsettled` where it may touch one that gives way to it, or it to that. */
void att_add_annotation(att_document *doc, const att_annotation *annotation, bool unsettled);

/* Drops annotations that give way to one of a layer `over` theirs, then all that are dropped; sorts. */
void att_give_way(att_document *doc, const att_layers *layers);

#endif

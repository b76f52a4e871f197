/* choose.h - which of the candidates of one stage become annotations (RULES 6.3 and 6.4).
 *
 * Choice is per layer, by a total order, so it can't depend on the order in which candidates were found.
 */
#ifndef ATT_CHOOSE_H
#define ATT_CHOOSE_H

#include "model/document.h"

typedef enum { ATT_TIER_FALLBACK, ATT_TIER_NORMAL, ATT_TIER_OVERRIDE } att_tier;

typedef struct {
    att_annotation annotation; /* tokens: the tokens it touches, [first, last) */
    uint32_t length;           /* in words of the rule or form: longer is better */
    uint32_t literals;         /* words and list words on the way: more is better */
    uint32_t rank;             /* of the rule by pack and name: smaller is better */
    uint8_t tier;
} att_candidate;

typedef struct { att_candidate *items; uint32_t count, capacity; } att_candidates;

/* Sorts `candidates` and appends those that win to doc->annotations. `token_count` bounds the tokens they touch. */
void att_choose(att_document *doc, const att_layers *layers, att_candidates *candidates, uint32_t token_count);

/* Drops annotations that give way to one of a layer `over` theirs, then all that are dropped; sorts. */
void att_give_way(att_document *doc, const att_layers *layers);

#endif

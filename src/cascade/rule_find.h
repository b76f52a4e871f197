/* rule_find.h - the candidates of a stage's rules (RULES 6.2).
 *
 * Owner   programs are the engine's; what is found is the document's.
 */
#ifndef ATT_RULE_FIND_H
#define ATT_RULE_FIND_H

#include "cascade/rule_results.h"
#include "cascade/woken.h"

typedef struct {
    const att_rules *rules;
    const att_rule_code *codes; /* by rule */
    const att_predicates *predicates;
    const att_waker *waker;
    att_glance (*contexts)[ATT_MAX_CONTEXTS]; /* by rule: what each of its contexts asks of the word next to a candidate */
    uint64_t *tries;                          /* by rule: counted for whoever measures, or NULL */
} att_finder;

/* All candidates of the stage's rules: from the words in `wokens` and from the annotations of `scene`. */
void att_find_woken(const att_finder *self, att_scene *scene, uint32_t stage, const att_wokens *wokens, att_founds *founds);

/* Whether the tokens lie, or do not lie, where the rule's `inside` and `not-inside` lines say. */
bool att_regions_hold(const att_rule *rule, att_scene *scene, uint32_t first, uint32_t last);

#endif

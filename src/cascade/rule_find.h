/* rule_find.h - finds the candidates of a stage's rules.
 *
 * Owner   programs belong to the engine; what is found belongs to the document.
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
    att_glance *const *contexts; /* by rule: a glance of what each of its contexts asks of the word next to a candidate */
    uint64_t *tries;             /* by rule: how often it was tried, counted for `profile`; or NULL */
} att_finder;

/* Finds all candidates of the stage's rules, from the words in `wokens` and the annotations of `scene`. */
void att_find_woken(const att_finder *self, att_scene *scene, uint32_t stage, const att_wokens *wokens, att_founds *founds);

/* Whether tokens [first, last) satisfy the rule's `inside` and `not-inside` lines. */
bool att_regions_hold(const att_rule *rule, att_scene *scene, uint32_t first, uint32_t last);

#endif

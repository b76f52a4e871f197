/* rule_reference.h - the candidates of a stage's rules, slowly: every derivation of every rule at every token, straight from
 * RULES 6.2. Shares no code with the matcher that it is compared with. */
#ifndef ATT_RULE_REFERENCE_H
#define ATT_RULE_REFERENCE_H

#include "cascade/rule_find.h"

/* As att_find_woken. Gives up on a rule at a token after a million steps. */
void att_find_slowly(const att_finder *self, att_scene *scene, uint32_t stage, att_founds *founds);

#endif

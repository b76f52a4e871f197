/* rule_reference.h - the slow reference matcher: tries every derivation of every rule at every token, straight from the
 * meaning of the trees. It shares no code with the fast matcher, against which tests compare it.
 */
#ifndef ATT_RULE_REFERENCE_H
#define ATT_RULE_REFERENCE_H

#include "cascade/rule_find.h"

/* Does what att_find_woken does. Gives up on a rule at a token after a million steps. */
void att_find_slowly(const att_finder *self, att_scene *scene, uint32_t stage, att_founds *founds);

#endif

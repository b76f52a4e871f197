/* rule_check.h - what can be known to be wrong with rules before they run (RULES section 9): C02, C05 to C09 and C11.
 *
 * Reads trees only; rules with findings of the parser are looked at as far as they were read.
 */
#ifndef ATT_RULE_CHECK_H
#define ATT_RULE_CHECK_H

#include "cascade/rule_ast.h"

/* Reports to the knowledge's diags. */
void att_rules_check(const att_rules *rules, const att_knowledge *knowledge);

#endif

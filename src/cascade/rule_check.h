/* rule_check.h - mistakes in rules that can be found without running them: C02, C05 to C09 and C11.
 *
 * Only reads the trees. A rule in which the parser found errors is checked as far as it was read.
 */
#ifndef ATT_RULE_CHECK_H
#define ATT_RULE_CHECK_H

#include "cascade/rule_ast.h"

/* Reports to the knowledge's diags. */
void att_rules_check(const att_rules *rules, const att_knowledge *knowledge);

#endif

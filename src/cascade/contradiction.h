/* contradiction.h - tests that no token can pass together, such as [lower & cap]. */
#ifndef ATT_CONTRADICTION_H
#define ATT_CONTRADICTION_H

#include "cascade/rule_ast.h"

/* Whether some token may pass the test: an AND of tests, or one by itself; true in doubt. Alternatives are for the caller. */
bool att_test_may_hold(const att_knowledge *knowledge, const att_test *test);

#endif

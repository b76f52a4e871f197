/* neighbour.h - what may stand next to an anchor or a candidate, worked out from the programs that continue there.
 *
 * Owner   plain values.
 */
#ifndef ATT_NEIGHBOUR_H
#define ATT_NEIGHBOUR_H

#include "cascade/rule_compile.h"

/* A glance of all tokens that may pass the test. */
att_glance att_glance_test(const att_predicates *predicates, const att_test *test, const att_list_glance *lists);

/* A glance of what may follow the first element of a forward program. */
att_glance att_glance_behind(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

/* A glance of the second token that a backward program meets, valid when the first is no hyphenated word. */
att_glance att_glance_second(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

/* A glance of the first token that a program, of either direction, may meet. */
att_glance att_glance_first(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

#endif

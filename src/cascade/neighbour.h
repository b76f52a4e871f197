/* neighbour.h - what may stand next to an anchor or to a candidate, from the programs that go on there.
 *
 * Owner   values.
 */
#ifndef ATT_NEIGHBOUR_H
#define ATT_NEIGHBOUR_H

#include "cascade/rule_compile.h"

/* What may pass a test. */
att_glance att_glance_test(const att_predicates *predicates, const att_test *test, const att_list_glance *lists);

/* What may stand behind the first element of a forward program, in every match. */
att_glance att_glance_behind(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

/* What the second token may be that a backward program meets, in every match where the first is no hyphenated word. */
att_glance att_glance_second(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

/* What a program, of either direction, may meet first. */
att_glance att_glance_first(const att_predicates *predicates, const att_program *program, const att_list_glance *lists);

#endif

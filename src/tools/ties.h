/* ties.h - rules of which the name decides (C04): two match the same words with an equal key, say different things
 * of them, and the one whose pack and name come first is chosen.
 *
 * They are found in the texts of the tests, so that each comes with words that both match; others there may be.
 */
#ifndef ATT_TIES_H
#define ATT_TIES_H

#include "tools/test_run.h"

/* A warning C04 to the engine's findings for each pair of rules in the text that was just annotated, unless a note of either
 * accepts it; `told` keeps which were told. `added`: only packs added to the shipped rules were named; a tie of two shipped
 * rules is then told where an added one causes it. */
void att_ties_find_in(att_engine *engine, bool added, const att_test_run *run, att_map *told);

#endif

/* feuds.h - rules that block each other (C18): each has a line `block` that takes away what the other makes, and their tiers
 * are equal, so where both match neither result comes out.
 *
 * All matches of a stage speak before any result is chosen, and a match whose own result is blocked blocks all the same. So
 * neither order nor length nor `beats` saves one of the two; nor can one take away what the other reads, as each sees the
 * document as it was before the stage. Only the tier, or what the rules ask for, tells them apart.
 *
 * Found are pairs of which one pattern matches all that the other does, where nothing beside the patterns keeps them apart,
 * and those that meet in the text of a test. What is reported holds; there may be others.
 */
#ifndef ATT_FEUDS_H
#define ATT_FEUDS_H

#include "tools/test_run.h"

/* A warning C18 to the engine's findings for each pair that its patterns show, unless a note of either accepts it; `told`
 * keeps which were told. `added`: only packs added to the shipped rules were named, so that one of the two has to be of them.
 */
void att_feuds_find(att_engine *engine, bool added, att_map *told);

/* The same for those that meet in the text that was just annotated, with its words. */
void att_feuds_find_in(att_engine *engine, bool added, const att_test_run *run, att_map *told);

#endif

/* misread.h - letters in brackets that are short for the words before them, not for what they mostly stand for: "DRC" in "the
 * Danish Refugee Council (DRC)" is no state.
 */
#ifndef ATT_MISREAD_H
#define ATT_MISREAD_H

#include "knowledge/knowledge.h"

/* Drops the known names that such letters have by another meaning; elsewhere too (those of a state: behind them), unless the
 * document names that in full, or a people or a place of the state that it is. */
void att_misread_drop(const att_knowledge *knowledge, att_document *doc);

#endif

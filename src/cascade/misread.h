/* misread.h - letters that are not short for what they mostly stand for: those in brackets for the words before them, "DRC" in
 * "the Danish Refugee Council (DRC)" is no state; those of a state without brackets for a known body that the text has named in
 * full, "PRC" behind "Postal Regulatory Commission".
 */
#ifndef ATT_MISREAD_H
#define ATT_MISREAD_H

#include "knowledge/knowledge.h"

/* Drops the known names that such letters have by another meaning; elsewhere too (those of a state: from there on), unless the
 * document names that in full, or a people or a place of the state that it is, or a post of a state stands behind the letters
 * ("PRC President"). Of those without brackets none is dropped then. */
void att_misread_drop(const att_knowledge *knowledge, att_document *doc);

#endif

/* lists.h - the first stage's own candidates: names of entries (RULES 6.1).
 *
 * Also decides where hyphenated words are split, which names do.
 */
#ifndef ATT_LISTS_H
#define ATT_LISTS_H

#include "cascade/choose.h"
#include "knowledge/knowledge.h"

/* Layers that are still marked in boilerplate, as a bit set. */
extern const uint32_t att_boilerplate_layers;

/* Candidates from the hits, with words split where a name begins or ends in them: tokens and token ranges move along. */
void att_lists_collect(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary, const att_hits *hits,
                       att_candidates *candidates);

/* What follows the choice: weak names are settled, layers give way, parts of words that are names as a whole are dropped. */
void att_lists_settle(const att_knowledge *knowledge, att_document *doc);

/* Writes doc->named: whose names, bodies and places of the lists the text has. */
void att_lists_note_countries(const att_knowledge *knowledge, att_document *doc);

/* The annotation of `layer` that the whole of a text would be as a name, without place; false when it is none. */
bool att_lists_look_up(const att_knowledge *knowledge, const att_document *doc, att_vocabulary *vocabulary, att_str text,
                       uint32_t layer, att_annotation *found);

#endif

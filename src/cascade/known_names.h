/* known_names.h - the candidates that the first stage starts with: known names found in the text.
 *
 * Also decides where hyphenated words are split: where a chosen name begins or ends inside them.
 */
#ifndef ATT_KNOWN_NAMES_H
#define ATT_KNOWN_NAMES_H

#include "cascade/choose.h"
#include "knowledge/knowledge.h"

/* Bit set of the layers that are annotated even in boilerplate. */
extern const uint32_t att_boilerplate_layers;

/* Makes candidates from the hits. Splits words inside which a name begins or ends; tokens and token ranges move along. */
void att_known_names_collect(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary,
                             const att_hits *hits, att_candidates *candidates);

/* What follows the choice: settles weak names, lets layers give way to others, and drops parts of hyphenated words that are
 * names as a whole. */
void att_known_names_settle(const att_knowledge *knowledge, att_document *doc);

/* Writes doc->named: the countries that the text names directly or by their bodies and places. */
void att_known_names_note_countries(const att_knowledge *knowledge, att_document *doc);

/* Fills `found` with the annotation of `layer` that `text` as a whole would get as a name, without its place; false when it
 * is no known name. */
bool att_known_names_look_up(const att_knowledge *knowledge, const att_document *doc, att_vocabulary *vocabulary, att_str text,
                             uint32_t layer, att_annotation *found);

#endif

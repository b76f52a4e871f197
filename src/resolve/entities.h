/* entities.h - mentions to the things they name: one entity for each known id, code or folded text.
 *
 * Writes doc->entities in the order of their first mention, the entity of each annotation, and doc->countries.
 */
#ifndef ATT_ENTITIES_H
#define ATT_ENTITIES_H

#include "resolve/coref.h"

/* OFFICIAL, TOPIC and THEME name nothing and get no entity. */
void att_make_entities(const att_knowledge *knowledge, att_document *doc, const att_groups *groups, const att_coref *coref);

#endif

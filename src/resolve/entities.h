/* entities.h - groups mentions into entities: one for each known id, code or case-folded text.
 *
 * Writes doc->entities in the order of their first mention, the entity of each annotation, and doc->countries.
 */
#ifndef ATT_ENTITIES_H
#define ATT_ENTITIES_H

#include "resolve/coref.h"

/* Makes the entities, in place of those that there are. OFFICIAL, TOPIC and THEME annotations name nothing and get none. */
void att_make_entities(const att_knowledge *knowledge, att_document *doc, const att_groups *groups, const att_coref *coref);

#endif

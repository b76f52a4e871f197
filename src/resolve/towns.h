/* towns.h - towns that are called as a famous city is. Where the text says once which town it means ("Cambridge, Mass."), it
 * means that one wherever it has the name alone.
 *
 * The only room that changes what rules have written: such a place loses its entry, and takes the fields and the origin of the
 * town that the text tells.
 */
#ifndef ATT_TOWNS_H
#define ATT_TOWNS_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Gives such places the country of their town. Before entities are made. */
void att_settle_towns(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                      const att_groups *groups);

#endif

/* official.h - OFFICIAL annotations to records: one for each person and office of the document.
 *
 * Writes doc->officials in the order of their first mention.
 * Owner   the document's arena; texts are parts of the document or of the rules.
 */
#ifndef ATT_OFFICIAL_H
#define ATT_OFFICIAL_H

#include "resolve/coref.h"

/* Runs when countries, coreferences and entities are known. */
void att_make_officials(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                        const att_groups *groups, att_coref *coref);

#endif

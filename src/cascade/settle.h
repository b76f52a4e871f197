/* settle.h - decides what weak (ambiguous) names mean in a document.
 *
 * A weak form may stand for several entries, in any layer. It means the one that the document also names by a form that is
 * not weak; among several such entries a state marked `default` wins, else the nearest such mention before the weak one, else
 * the nearest after it. A mention of something that belongs to a country (its capital, an agency) counts for the country. If
 * none is named, the entry marked `default` is meant, or instead of it a state that a rule recognised elsewhere by the words
 * beside it; without a default the weak name is dropped.
 */
#ifndef ATT_SETTLE_H
#define ATT_SETTLE_H

#include "knowledge/knowledge.h"

/* Sets entry and fields of the document's weak annotations, or drops them. */
void att_settle(const att_knowledge *knowledge, att_document *doc);

#endif

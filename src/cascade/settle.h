/* settle.h - what weak names mean in this document (RULES 7.2).
 *
 * A weak form stands for the entry, among those that share it in any layer, that the document also names by a form that isn't
 * weak: of several a state that is marked `default`; else the nearest such mention before decides, else the nearest behind. A
 * mention of what belongs to a country (its capital, an agency) speaks for the country. Where none is named, the entry marked
 * `default` is meant; else the form is dropped.
 */
#ifndef ATT_SETTLE_H
#define ATT_SETTLE_H

#include "knowledge/knowledge.h"

/* Sets entry and fields of weak annotations, or drops them. */
void att_settle(const att_knowledge *knowledge, att_document *doc);

#endif

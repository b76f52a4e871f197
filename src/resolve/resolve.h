/* resolve.h - the place `resolve` in the order of stages: countries, coreference, entities, records of officials. */
#ifndef ATT_RESOLVE_H
#define ATT_RESOLVE_H

#include "knowledge/knowledge.h"

/* Annotations must be sorted. Stages behind it may add TOPIC and THEME; att_make_themes comes last.
 * Returns whether annotations were added or changed their places. */
bool att_resolve(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary);

#endif

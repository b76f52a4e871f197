/* agency.h - the country of each agency and how it was found; with it, which body a shared name means. */
#ifndef ATT_AGENCY_H
#define ATT_AGENCY_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Sets country_by, entry and the fields id, country and parent of AGENCY annotations, which must be sorted. */
void att_link_agencies(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                       const att_groups *groups);

#endif

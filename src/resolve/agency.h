/* agency.h - finds the country of each agency, and thereby which body a shared name ("Ministry of Health") means. */
#ifndef ATT_AGENCY_H
#define ATT_AGENCY_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Sets country_by, entry and the fields id, country and parent of AGENCY annotations. Annotations must be sorted. */
void att_link_agencies(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                       const att_groups *groups);

#endif

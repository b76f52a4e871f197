/* agency.h - finds the country of each agency, and thereby which body a shared name ("Ministry of Health") means. */
#ifndef ATT_AGENCY_H
#define ATT_AGENCY_H

#include "knowledge/knowledge.h"
#include "resolve/country.h"

/* Sets country_by, entry and the fields id, country and parent of AGENCY annotations. Annotations must be sorted. */
void att_link_agencies(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                       const att_groups *groups);

/* The id of the body that the name of AGENCY `index` means in that state; null where none of that state has the name. */
att_str att_agency_id_in(const att_country_finder *self, uint32_t index, att_str country);

/* Gives AGENCY `index`, whose state was guessed, to another state, if a body of that state has its name. Says whether. */
bool att_agency_move(att_country_finder *self, uint32_t index, att_str country);

#endif

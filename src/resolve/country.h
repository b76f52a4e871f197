/* country.h - the country of each agency and how it was found (RULES 8.2); with it, which body a shared name means. */
#ifndef ATT_COUNTRY_H
#define ATT_COUNTRY_H

#include "knowledge/knowledge.h"

/* Sets country_by, entry and the fields id, country and parent of AGENCY annotations, which must be sorted. */
void att_find_countries(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary);

#endif

/* about.h - the countries that a document is about: those in its title, its dateline, its lead, and those that come often. */
#ifndef ATT_ABOUT_H
#define ATT_ABOUT_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Layers whose mentions count for the countries that a text is about. */
static const uint32_t att_about_layers =
    1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_LOCATION;

/* Writes doc->about. `mentions` are the annotations of att_about_layers; tokens before `lead_end` belong to the title or the
 * first paragraph. A title apart from the text counts too. */
void att_list_about(const att_knowledge *knowledge, att_document *doc, const att_indexes *mentions, uint32_t lead_end);

#endif

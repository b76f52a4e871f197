/* country.h - finds the country of a body or a post from the words around it, by the steps of ATT_COUNTRY_STEPS in order. */
#ifndef ATT_COUNTRY_H
#define ATT_COUNTRY_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Asked about one annotation after the other: keeps what it found out about the last sentence. */
typedef struct att_country_finder att_country_finder;
att_country_finder *att_country_finder_new(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                                           const att_groups *groups);

/* The country of the TITLE (or any annotation) `index` by the steps from `first` to `last`, or a null view. A body of
 * several states beside it counts as its country: "IGO:UN". What is nested in a title does not count. */
att_str att_country_of(att_country_finder *self, uint32_t index, att_country_step first, att_country_step last);

/* The country of the delegation that the sentence names before the title, or a null view. */
att_str att_country_by_delegation(att_country_finder *self, uint32_t index);

/* The state that "its" before the TITLE `index` means, as in "Peru agreed, its ambassador said"; or a null view. */
att_str att_country_by_its(att_country_finder *self, uint32_t index);

/* Whether the annotation `index` may be of that country by its own words: the United States have no ministers. */
bool att_country_may_be(const att_country_finder *self, uint32_t index, att_str code);

/* Whether the TITLE `index` is of a post that its holder has in another state or at a body of several: "Ambassador". */
bool att_country_is_envoy(const att_country_finder *self, uint32_t index);

/* The states that the document names, by their names or their peoples; the set lies in its arena. */
const att_code_set *att_countries_named(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* Whether the document names the country. */
bool att_country_is_named(att_country_finder *self, att_str code);

#endif

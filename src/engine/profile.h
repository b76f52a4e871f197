/* profile.h - mentions cut as other sets of annotations cut theirs, so that they can be compared.
 *
 * conll  CoNLL-2003 and its kin: PERSON, ORG (with AGENCY and IGO), LOCATION, COUNTRY and what else there is; the outermost
 *        names only, no titles, no articles.
 * re3d   the Dstl's re3d: as conll, but with the article in front; a title belongs to the person behind it, as does the country
 *        or body before it; a nation's or body's people ("Iraqi forces") are an ORG; a place takes in its direction ("northern
 *        Iraq"), its kind ("the city of Mosul") and the larger place behind a comma.
 * In both COUNTRY stays apart, since sets differ in what they make of it.
 */
#ifndef ATT_PROFILE_H
#define ATT_PROFILE_H

#include "knowledge/knowledge.h"

typedef struct {
    const char *name, *help;
    bool wide; /* articles, titles, people, larger places */
} att_profile_kind;

/* NULL past the end. */
const att_profile_kind *att_profile_at(size_t index);

/* Whether mentions may have the type then; the same in all profiles. */
bool att_profile_makes(const char *type);

/* Rewrites the mentions of a document that is done. */
void att_profile_cut(const att_profile_kind *profile, const att_knowledge *knowledge, att_document *doc,
                     const att_vocabulary *vocabulary);

#endif

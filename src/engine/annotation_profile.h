/* annotation_profile.h - gives mentions the borders that other annotation schemes give them, so that results can be compared.
 *
 * conll  CoNLL-2003 and related sets: PERSON, ORG (with AGENCY and IGO), LOCATION, COUNTRY and all other types; outermost names
 *        only, without titles and articles.
 * re3d   the re3d set of Dstl: like conll, but with the article at the front. A title belongs to the person after it, and so
 * does a country or body before the title. The people of a nation or body ("Iraqi forces") are an ORG. A place includes its
 *        direction ("northern Iraq"), its kind ("the city of Mosul") and the larger place after a comma.
 * In both, COUNTRY remains a type of its own, because sets differ in what they make of it.
 */
#ifndef ATT_ANNOTATION_PROFILE_H
#define ATT_ANNOTATION_PROFILE_H

#include "knowledge/knowledge.h"

typedef struct {
    const char *name, *help;
    bool wide; /* articles, titles, people, larger places */
} att_profile_kind;

/* NULL past the end. */
const att_profile_kind *att_profile_at(size_t index);

/* Whether mentions may have the type then; the same in all profiles. */
bool att_profile_makes(const char *type);

/* Rewrites the mentions of a document that is fully annotated. */
void att_profile_cut(const att_profile_kind *profile, const att_knowledge *knowledge, att_document *doc,
                     const att_vocabulary *vocabulary);

#endif

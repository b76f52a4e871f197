/* theme.h - TOPIC and THEME annotations to what the document is about: themes, topics, views, countries.
 *
 * Writes doc->themes, doc->topics, doc->views and doc->about, all in an order of their own: by score, then by name.
 * Owner   the document's arena; names are the rules'.
 */
#ifndef ATT_RESOLVE_THEME_H
#define ATT_RESOLVE_THEME_H

#include "knowledge/knowledge.h"

/* Runs last: modalities are set, joins are made. The vocabulary learns the words of a title that is not in the text. */
void att_make_themes(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

#endif

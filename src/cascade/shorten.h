/* shorten.h - short forms of what the document names in full: surnames, bracketed acronyms (RULES 7.4, `alias`).
 *
 * A short form is one token. It names what its long form names: both annotations get one chain.
 */
#ifndef ATT_SHORTEN_H
#define ATT_SHORTEN_H

#include "cascade/expand.h"

/* The mentions that one `alias` block finds. `annotations` are the document's, as in the scene; those that have a short form in
 * the text get a chain, numbered on from `*chains`. */
att_expansion att_shorten(const att_rule *rule, att_scene *scene, att_annotation *annotations, uint32_t *chains);

#endif

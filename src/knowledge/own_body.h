/* own_body.h - which entry of a state is the body that a star entry means there: "rus-mid" is what "*-mofa" is in Russia,
 * because both are called "Foreign Ministry". So each body of a state has one id, whatever name the text gives it.
 */
#ifndef ATT_OWN_BODY_H
#define ATT_OWN_BODY_H

#include "knowledge/entries.h"

/* Finds them all, once the names are closed and the entries have their countries. C10 for two bodies of one state that the
 * same star entry would mean at the same time. */
void att_own_bodies_find(att_entries *entries, const att_blocks *blocks, att_names *names);

/* The entry that the star entry means in the state with that code, at the date; ATT_NONE when the state has none of its own. */
uint32_t att_own_body(const att_entries *entries, uint32_t star, att_str country, att_str date);

/* The same for an id such as "rus-mofa" that no entry has itself; C10, a warning at the place, says which id to write. */
uint32_t att_own_body_named(const att_entries *entries, const att_blocks *blocks, att_str id, att_place place);

#endif

/* shared_forms.h - forms that several entries have, where that is a mistake (C10). */
#ifndef ATT_SHARED_FORMS_H
#define ATT_SHARED_FORMS_H

#include "knowledge/entries.h"

/* Checks all forms, once the names are closed: an entry may not give one twice, and of two entries of a layer that hold at the
 * same time one may not have the other's, unless the country decides or both are weak. Findings go to the blocks' list. Of the
 * names only scratch changes. */
void att_shared_forms_check(const att_entries *entries, const att_blocks *blocks, att_names *names);

/* Where the form of the node stands in the line, the first or the last time, between '|', tabs and the line's first word; the
 * whole line when it stands in one that goes on from this. */
att_place att_form_place(att_names *names, const att_source *source, uint32_t number, uint32_t node, bool last);

#endif

/* expand.h - coordinations taken apart: "the Departments of Defense, Commerce and Justice". */
#ifndef ATT_EXPAND_H
#define ATT_EXPAND_H

#include "cascade/rule_results.h"

typedef struct {
    att_annotation *items;
    uint32_t count, capacity;
} att_expansion;

/* What the `make` lines of an `expand` block make of one candidate. An item makes nothing when the phrase formed from it is
 * no known name. */
att_expansion att_expand(const att_found *found, att_scene *scene);

#endif

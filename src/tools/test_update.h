/* test_update.h - lines of tests rewritten to what is there, in the files that they came from.
 *
 * Owner   the arena given at init.
 */
#ifndef ATT_TEST_UPDATE_H
#define ATT_TEST_UPDATE_H

#include "tools/test_seen.h"

/* Bytes of a source and what comes in their place. */
typedef struct {
    att_place place;
    att_str text;
} att_edit;

typedef struct {
    att_arena *arena;
    att_edit *items;
    uint32_t count, capacity;
    uint32_t lines; /* that were rewritten */
} att_edits;

/* Makes an empty list of edits. */
void att_edits_init(att_edits *self, att_arena *arena);

/* Notes how a line `=` that failed would hold. False, and nothing noted, when nothing there is near what it wants. */
bool att_edits_add(att_edits *self, const att_seens *seens, const att_check *check, const att_check_result *match);

/* Writes the files. ATT_IO, and errno, when one could not be written or is not what was read; `*path` names it. */
att_status att_edits_write(att_edits *self, const char **path);

#endif

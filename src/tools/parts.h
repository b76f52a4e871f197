/* parts.h - what can be left out of rules one at a time: lines of rules, alternatives, phrases of lists (C16).
 *
 * Lines are those that ask or make something beside others: contexts, regions, `where`, `block`, `tier`, `beats`, and `make`
 * where a rule has several. Blocks with a note `ok C16` and, where files were named, those of other files are left alone.
 * Owner   the arena given to att_parts_find.
 */
#ifndef ATT_PARTS_H
#define ATT_PARTS_H

#include "engine/engine.h"

typedef enum { ATT_PART_LINE, ATT_PART_ALTERNATIVE, ATT_PART_PHRASE } att_part_kind;

typedef struct {
    att_part_kind kind;
    uint32_t block;          /* index into att_blocks.blocks: where its line stands */
    bool widens;             /* without it a rule may match more, not only less */
    att_place line;          /* that it stands in; of a phrase its list's head */
    att_str text;            /* itself */
    att_file_range left_out; /* with the mark that parts it from the next */
} att_part;

typedef struct {
    att_part *items;
    uint32_t count, capacity;
} att_parts;

/* Whether the blocks of a file are asked about. */
typedef bool att_parts_scope(void *user, const att_lines_block *block);

/* Finds the parts of all blocks that `scope` lets pass. */
void att_parts_find(att_parts *self, att_arena *arena, const att_engine *engine, att_parts_scope *scope, void *user);

#endif

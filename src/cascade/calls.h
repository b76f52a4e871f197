/* calls.h - where parts of programs ended that were met in a stage: several rules ask for the same part at the same token.
 *
 * Owner   the scene's arena; forgotten behind the stage.
 */
#ifndef ATT_CALLS_H
#define ATT_CALLS_H

#include "base/arena.h"

typedef struct {
    uint32_t end;      /* boundary */
    uint32_t literals; /* tokens that the rule or a list names */
} att_call_end;

/* What one came to: ends [first, first + count), the first in its written order first. */
typedef struct {
    uint32_t callee;
    uint32_t behind; /* the boundary that it was called at, plus one; 0 for a free slot */
    uint32_t first, count;
} att_call;

typedef struct {
    att_call *slots; /* NULL before the first call */
    struct {
        att_call_end *items;
        uint32_t count, capacity;
    } ends;
} att_call_memory;

/* Where a call is kept, or another that had the slot before. Valid until the next call. */
att_call *att_calls_slot(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token);

void att_calls_add_end(att_call_memory *self, att_arena *arena, att_call_end end);

#endif

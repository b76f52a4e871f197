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

typedef struct {
    uint64_t key; /* 0 for a free slot */
    uint32_t first, count;
} att_call;

typedef struct {
    att_call *slots;
    uint32_t slot_count, used;
    struct {
        att_call_end *items;
        uint32_t count, capacity;
    } ends;
} att_call_memory;

/* The slot of a callee at a boundary; its key is 0 when that was not asked for yet. Valid until the next call. */
att_call *att_calls_find(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token);

/* Begins to keep what a callee comes to; then come its ends, the first in its written order first. */
att_call *att_calls_add(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token);
void att_calls_add_end(att_call_memory *self, att_arena *arena, att_call *call, att_call_end end);

#endif

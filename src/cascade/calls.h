/* calls.h - a cache of where callees ended in a stage, because several rules run the same callee at the same token.
 *
 * Owner   the scene's arena; emptied after the stage.
 */
#ifndef ATT_CALLS_H
#define ATT_CALLS_H

#include "base/arena.h"

typedef struct {
    uint32_t end;      /* boundary */
    uint32_t literals; /* tokens that the rule or a list names literally */
} att_call_end;

/* Where a callee ended: att_call_memory.ends[first, first + count), in the order in which its alternatives are written. */
typedef struct {
    uint32_t callee;
    uint32_t behind; /* the token boundary at which it was called, plus one; 0 for a free slot */
    uint32_t first, count;
} att_call;

typedef struct {
    att_call *slots; /* NULL before the first call */
    struct {
        att_call_end *items;
        uint32_t count, capacity;
    } ends;
} att_call_memory;

/* The slot for a call. It may hold a different call with the same hash; the caller compares `callee` and `behind`. */
att_call *att_calls_slot(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token);

/* Appends an end to `ends`; the caller stores its index in the slot. */
void att_calls_add_end(att_call_memory *self, att_arena *arena, att_call_end end);

#endif

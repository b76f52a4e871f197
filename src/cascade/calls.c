#include "cascade/calls.h"

enum { SLOT_BITS = 7 };

att_call *att_calls_slot(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token)
{
    if (!self->slots) self->slots = att_arena_zero(arena, 1 << SLOT_BITS, sizeof *self->slots);
    return &self->slots[(callee * 0x9e3779b1u + token * 0x85ebca6bu) >> (32 - SLOT_BITS)];
}

void att_calls_add_end(att_call_memory *self, att_arena *arena, att_call_end end)
{
    ATT_RESERVE(arena, &self->ends, 1);
    self->ends.items[self->ends.count++] = end;
}

#include "cascade/calls.h"

enum { FIRST_SLOTS = 1 << 6 };

static uint64_t key_of(uint32_t callee, uint32_t token)
{
    return ((uint64_t)callee << 32 | token) + 1;
}

static att_call *slot_of(const att_call_memory *self, uint64_t key)
{
    uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 32) & (self->slot_count - 1);
    while (self->slots[at].key && self->slots[at].key != key) at = (at + 1) & (self->slot_count - 1);
    return &self->slots[at];
}

static void widen(att_call_memory *self, att_arena *arena)
{
    const att_call *old = self->slots;
    uint32_t count = self->slot_count;
    self->slot_count = count ? count * 2 : FIRST_SLOTS;
    self->slots = att_arena_zero(arena, self->slot_count, sizeof *self->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].key) *slot_of(self, old[i].key) = old[i];
}

att_call *att_calls_find(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token)
{
    if (self->used * 2 >= self->slot_count) widen(self, arena);
    return slot_of(self, key_of(callee, token));
}

att_call *att_calls_add(att_call_memory *self, att_arena *arena, uint32_t callee, uint32_t token)
{
    att_call *slot = att_calls_find(self, arena, callee, token);
    *slot = (att_call){ key_of(callee, token), self->ends.count, 0 };
    self->used++;
    return slot;
}

void att_calls_add_end(att_call_memory *self, att_arena *arena, att_call *call, att_call_end end)
{
    ATT_RESERVE(arena, &self->ends, 1);
    self->ends.items[self->ends.count++] = end;
    call->count++;
}

#include "text/asked.h"

#include <stdbool.h>

enum { NO_BITS = 2, FIRST_BITS = 12, MOST_BITS = 17 };

static uint32_t nothing[1 << NO_BITS]; /* all threads share it: nobody writes into it */

void att_asked_init(att_asked *self, uint32_t questions)
{
    *self = (att_asked){ .items = nothing, .shift = 32 - NO_BITS, .questions = questions };
    if (questions) self->type_limit = UINT32_MAX / questions;
}

/* The mixed number of which `item` is left at place `at`. */
static uint32_t mixed_at(const att_asked *self, uint32_t at)
{
    return at << self->shift | self->items[at] >> (32 - self->shift);
}

static void put(att_asked *self, uint32_t mixed, unsigned answer)
{
    self->items[mixed >> self->shift] = mixed << (32 - self->shift) | answer;
}

static void widen(att_asked *self, att_arena *arena)
{
    att_asked old = *self;
    uint32_t bits = old.items == nothing ? FIRST_BITS : 32 - old.shift + 1;
    self->items = att_arena_zero(arena, (size_t)1 << bits, sizeof *self->items);
    self->shift = 32 - bits;
    for (uint32_t at = 0; at < 1u << (32 - old.shift); at++)
        if (old.items[at] & 3) put(self, mixed_at(&old, at), old.items[at] & 3);
    if (old.items != nothing) att_arena_free(arena, old.items);
}

void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer)
{
    if (type >= self->type_limit) return;
    bool full = self->items == nothing || self->count >= 1u << (31 - self->shift);
    if (full && self->shift > 32 - MOST_BITS) widen(self, arena);
    self->count++;
    put(self, att_asked_mix(self, type, question), answer);
}

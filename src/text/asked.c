#include "text/asked.h"

#include <stdbool.h>

enum { FIRST_BITS = 12, MOST_BITS = 32 - ATT_ASKED_KEPT };

static uint16_t nothing[1]; /* all threads share it: nobody writes into it */

void att_asked_init(att_asked *self, uint32_t questions)
{
    *self = (att_asked){ .items = nothing, .questions = questions };
}

static void put(att_asked *self, uint32_t mixed, unsigned answer)
{
    self->items[mixed >> ATT_ASKED_KEPT & self->mask] = (uint16_t)(mixed << 2 | answer);
}

/* The mixed number of which an item is left at place `at`: as much as is below those of types that are too many. */
static uint32_t mixed_at(const att_asked *self, uint32_t at)
{
    const uint32_t unmix = 0xdee13bb1u; /* times what numbers are mixed by: 1 */
    uint32_t rest = at << ATT_ASKED_KEPT | self->items[at] >> 2, all = (self->mask + 1) << ATT_ASKED_KEPT;
    return att_asked_mix(self, 0, rest * unmix & (all - 1));
}

static uint32_t limit_of(const att_asked *self, uint32_t places)
{
    return self->questions ? ((places << ATT_ASKED_KEPT) - 1) / self->questions : 0;
}

static void widen(att_asked *self, att_arena *arena)
{
    att_asked old = *self;
    uint32_t places = old.mask ? (old.mask + 1) * 2 : 1u << FIRST_BITS;
    self->items = att_arena_zero(arena, places, sizeof *self->items);
    self->mask = places - 1;
    self->type_limit = limit_of(self, places);
    if (!old.mask) return;
    for (uint32_t at = 0; at <= old.mask; at++)
        if (old.items[at] & 3) put(self, mixed_at(&old, at), old.items[at] & 3);
    att_arena_free(arena, old.items);
}

void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer)
{
    if (type >= limit_of(self, 1u << MOST_BITS)) return;
    while (type >= self->type_limit || (self->count > self->mask / 2 && self->mask + 1 < 1u << MOST_BITS)) widen(self, arena);
    self->count++;
    put(self, att_asked_mix(self, type, question), answer);
}

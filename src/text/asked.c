#include "text/asked.h"

#include <stdbool.h>

enum { FIRST_BITS = 12, MOST_BITS = 32 - ATT_ASKED_KEPT };

static uint16_t nothing[1]; /* all threads share it: nobody writes into it */

void att_asked_init(att_asked *self, uint32_t questions)
{
    *self = (att_asked){ .items = nothing, .questions = questions };
}

static void put(att_asked *self, uint32_t hash, unsigned answer)
{
    self->items[hash >> ATT_ASKED_KEPT & self->mask] = (uint16_t)(hash << 2 | answer);
}

/* The hash of the entry at index `at`. Its lower bits are in the index and the entry; times the inverse of the factor they give
 * the number that was hashed, which has no more bits than these, as its type is below type_limit. */
static uint32_t hash_at(const att_asked *self, uint32_t at)
{
    const uint32_t inverse = 0xdee13bb1u; /* of the factor in att_asked_hash, modulo 2^32 */
    uint32_t known = at << ATT_ASKED_KEPT | self->items[at] >> 2, all = (self->mask + 1) << ATT_ASKED_KEPT;
    return att_asked_hash(self, 0, known * inverse & (all - 1));
}

/* The type_limit for so many entries. */
static uint32_t limit_of(const att_asked *self, uint32_t entries)
{
    return self->questions ? ((entries << ATT_ASKED_KEPT) - 1) / self->questions : 0;
}

static void widen(att_asked *self, att_arena *arena)
{
    att_asked old = *self;
    uint32_t entries = old.mask ? (old.mask + 1) * 2 : 1u << FIRST_BITS;
    self->items = att_arena_zero(arena, entries, sizeof *self->items);
    self->mask = entries - 1;
    self->type_limit = limit_of(self, entries);
    if (!old.mask) return;
    for (uint32_t at = 0; at <= old.mask; at++)
        if (old.items[at] & 3) put(self, hash_at(&old, at), old.items[at] & 3);
    att_arena_free(arena, old.items);
}

void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer)
{
    if (type >= limit_of(self, 1u << MOST_BITS)) return;
    while (type >= self->type_limit || (self->count > self->mask / 2 && self->mask + 1 < 1u << MOST_BITS)) widen(self, arena);
    self->count++;
    put(self, att_asked_hash(self, type, question), answer);
}

/* asked.h - what was found out about word types, by type and question: two bits each.
 *
 * Shape   a table that grows with what is known, up to a size that stays in the cache; then a newer answer takes the place of
 *         an older one, which is found out again when it is asked for. A question's number, mixed, is its place and what
 *         is kept there to tell it from others, so that two bytes hold it with its answer.
 * Owner   the arena that the notes are made in.
 */
#ifndef ATT_ASKED_H
#define ATT_ASKED_H

#include "base/arena.h"

enum { ATT_ASKED_KEPT = 14 /* bits of the mixed number */ };

typedef struct {
    uint16_t *items;     /* the lowest bits of the mixed number, above the answer; 0 for none */
    uint32_t mask;       /* of places, whose number is in the bits above those */
    uint32_t count;      /* of notes */
    uint32_t questions;  /* of each type */
    uint32_t type_limit; /* of types from it on nothing is kept: their numbers would be too large */
} att_asked;

/* Nothing is known. */
void att_asked_init(att_asked *self, uint32_t questions);

static inline uint32_t att_asked_mix(const att_asked *self, uint32_t type, uint32_t question)
{
    return (type * self->questions + question) * 0xcc9e2d51u; /* odd, so that no two numbers become one */
}

/* The answer, 1 to 3, or 0 when none is known. */
static inline unsigned att_asked_find(const att_asked *self, uint32_t type, uint32_t question)
{
    uint32_t mixed = att_asked_mix(self, type, question);
    unsigned found = self->items[mixed >> ATT_ASKED_KEPT & self->mask] ^ (uint16_t)(mixed << 2);
    return found < 4 && type < self->type_limit ? found : 0;
}

/* Keeps an answer that is not known. */
void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer);

#endif

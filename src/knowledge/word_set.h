/* word_set.h - numbers of words as bits: a set that may say yes to more than were put in, never no to one that was.
 *
 * Owner   the arena that it was made in.
 */
#ifndef ATT_WORD_SET_H
#define ATT_WORD_SET_H

#include "base/arena.h"

typedef struct {
    uint64_t *bits;
    uint32_t mask; /* bits less one; `bits` is NULL for the empty set */
} att_word_set;

/* A set with room for so many words, all with numbers under `end`, and putting one in. */
att_word_set att_word_set_make(att_arena *arena, uint32_t count, uint32_t end);
void att_word_set_put(att_word_set *self, uint32_t word);

/* Two words as a member of a set. */
static inline uint32_t att_word_pair(uint32_t first, uint32_t second)
{
    uint32_t mixed = (first * 0x9e3779b1u ^ second) * 0x85ebca6bu;
    return mixed ^ mixed >> 15;
}

static inline bool att_word_set_has(const att_word_set *self, uint32_t word)
{
    return self->bits && self->bits[(word & self->mask) >> 6] >> (word & 63) & 1;
}

#endif

/* word_set.h - a set of word numbers as bits (a Bloom filter): it may contain more than was put in, never less.
 *
 * Owner   the arena that it was made in.
 */
#ifndef ATT_WORD_SET_H
#define ATT_WORD_SET_H

#include "base/arena.h"

typedef struct {
    uint64_t *bits;
    uint32_t mask; /* number of bits minus one; `bits` is NULL for the empty set */
} att_word_set;

/* Makes a set for `count` words, all with numbers below `end`; adds a word. */
att_word_set att_word_set_make(att_arena *arena, uint32_t count, uint32_t end);
void att_word_set_put(att_word_set *self, uint32_t word);

/* Combines two words into one member of a set. */
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

#include "knowledge/word_set.h"

enum { BITS_A_WORD = 10, FEWEST_BITS = 64 };
static const uint32_t MOST_BITS = UINT32_C(1) << 31;

att_word_set att_word_set_make(att_arena *arena, uint32_t count, uint32_t end)
{
    uint32_t bits = FEWEST_BITS;
    if (!count) return (att_word_set){ 0 };
    while (bits < MOST_BITS && bits < end && bits / BITS_A_WORD < count) bits *= 2;
    return (att_word_set){ att_arena_zero(arena, bits / 64, sizeof(uint64_t)), bits - 1 };
}

void att_word_set_put(att_word_set *self, uint32_t word)
{
    self->bits[(word & self->mask) >> 6] |= UINT64_C(1) << (word & 63);
}

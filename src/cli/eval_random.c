#include "cli/eval_random.h"

enum { WORDS = EVAL_RANDOM_WORDS, MIDDLE = 397 };

static void fill(uint32_t *words, uint32_t seed)
{
    words[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++) words[i] = 1812433253u * (words[i - 1] ^ words[i - 1] >> 30) + i;
}

/* init_by_array with a key of one word. */
void eval_random_seed(eval_random *self, uint32_t seed)
{
    uint32_t *words = self->words, i = 1;
    fill(words, 19650218u);
    for (int k = 0; k < WORDS; k++) {
        words[i] = (words[i] ^ (words[i - 1] ^ words[i - 1] >> 30) * 1664525u) + seed;
        if (++i == WORDS) words[0] = words[WORDS - 1], i = 1;
    }
    for (int k = 0; k < WORDS - 1; k++) {
        words[i] = (words[i] ^ (words[i - 1] ^ words[i - 1] >> 30) * 1566083941u) - i;
        if (++i == WORDS) words[0] = words[WORDS - 1], i = 1;
    }
    words[0] = 0x80000000u;
    self->at = WORDS;
}

static void twist(uint32_t *words)
{
    for (unsigned i = 0; i < WORDS; i++) {
        uint32_t mixed = (words[i] & 0x80000000u) | (words[(i + 1) % WORDS] & 0x7fffffffu);
        words[i] = words[(i + MIDDLE) % WORDS] ^ mixed >> 1 ^ (mixed & 1 ? 0x9908b0dfu : 0);
    }
}

static uint32_t next(eval_random *self)
{
    if (self->at == WORDS) {
        twist(self->words);
        self->at = 0;
    }
    uint32_t word = self->words[self->at++];
    word ^= word >> 11;
    word ^= word << 7 & 0x9d2c5680u;
    word ^= word << 15 & 0xefc60000u;
    return word ^ word >> 18;
}

double eval_random_next(eval_random *self)
{
    uint32_t high = next(self) >> 5, low = next(self) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

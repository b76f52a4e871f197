/* eval_random.h - the numbers that Python's random.Random(seed).random() gives, so that intervals agree with those of scorers
 * written in it: Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), 53 bits of two outputs. */
#ifndef ATT_CLI_EVAL_RANDOM_H
#define ATT_CLI_EVAL_RANDOM_H

#include <stdint.h>

enum { EVAL_RANDOM_WORDS = 624 };

typedef struct {
    uint32_t words[EVAL_RANDOM_WORDS];
    unsigned at;
} eval_random;

void eval_random_seed(eval_random *self, uint32_t seed);

/* In [0, 1). */
double eval_random_next(eval_random *self);

#endif

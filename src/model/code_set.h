/* code_set.h - a set of country codes of three capital letters. */
#ifndef ATT_CODE_SET_H
#define ATT_CODE_SET_H

#include "base/str.h"

enum { ATT_CODES = 26 * 26 * 26 };

typedef struct {
    uint64_t bits[(ATT_CODES + 63) / 64];
} att_code_set;

/* The number of a code; ATT_CODES for anything else ("IGO:UN"). */
static inline uint32_t att_code_number(att_str code)
{
    uint32_t number = 0;
    if (code.length != 3) return ATT_CODES;
    for (size_t i = 0; i < 3; i++) {
        if (code.data[i] < 'A' || code.data[i] > 'Z') return ATT_CODES;
        number = number * 26 + (uint32_t)(code.data[i] - 'A');
    }
    return number;
}

/* Adds a code; anything else is ignored. */
static inline void att_code_set_put(att_code_set *self, att_str code)
{
    uint32_t number = att_code_number(code);
    if (number < ATT_CODES) self->bits[number / 64] |= UINT64_C(1) << number % 64;
}

static inline bool att_code_set_has(const att_code_set *self, att_str code)
{
    uint32_t number = att_code_number(code);
    return number < ATT_CODES && self->bits[number / 64] >> number % 64 & 1;
}

#endif

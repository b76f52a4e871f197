/* word_key.h - a word as two numbers: what tables of words compare first, and in most cases is enough.
 *
 * Shape   of a word of up to 16 bytes these bytes, with zeros behind them. Of a longer word a hash and its last eight bytes;
 *         where such keys are equal the words must be compared. No word has a byte 0, so the lowest byte of `low` tells the two
 *         kinds apart: it is 0 in the keys of longer words only.
 */
#ifndef ATT_WORD_KEY_H
#define ATT_WORD_KEY_H

#include "base/map.h"

enum { ATT_WORD_KEY_BYTES = 16 };

typedef struct {
    uint64_t low, high;
} att_word_key;

/* Masks of the first so many bytes of 16. */
extern const uint64_t att_word_masks[ATT_WORD_KEY_BYTES + 1][2];

/* Of a word of at most ATT_WORD_KEY_BYTES, from which on that many bytes can be read. */
static inline att_word_key att_word_key_short(const char *word, uint32_t length)
{
    att_word_key key;
    memcpy(&key.low, word, 8);
    memcpy(&key.high, word + 8, 8);
    key.low &= att_word_masks[length][0];
    key.high &= att_word_masks[length][1];
    return key;
}

static inline att_word_key att_word_key_long(att_str word)
{
    att_word_key key = { .low = att_hash(word) & ~UINT64_C(0xFF) };
    memcpy(&key.high, word.data + word.length - 8, 8);
    return key;
}

/* Whether equal keys leave the bytes to be compared. */
static inline bool att_word_key_is_long(const att_word_key *key)
{
    return !(key->low & 0xFF);
}

/* The same with no byte read behind the word. */
static inline att_word_key att_word_key_of(att_str word)
{
    char bytes[ATT_WORD_KEY_BYTES] = { 0 };
    if (word.length > ATT_WORD_KEY_BYTES) return att_word_key_long(word);
    memcpy(bytes, word.data, word.length);
    return att_word_key_short(bytes, (uint32_t)word.length);
}

/* No word's: it has a byte 0 before another. */
static const att_word_key att_word_key_of_none = { 0xFF00FF, 0 };

/* A hash in the upper bits, which depend on all bytes; lower ones depend on few. */
static inline uint64_t att_word_key_mix(const att_word_key *key)
{
    return key->low * UINT64_C(0x9e3779b97f4a7c15) ^ key->high * UINT64_C(0xc2b2ae3d27d4eb4f);
}

static inline uint64_t att_word_key_hash(const att_word_key *key)
{
    uint64_t h = att_word_key_mix(key);
    return h ^ __builtin_bswap64(h);
}

static inline bool att_word_key_equal(const att_word_key *a, const att_word_key *b)
{
    return !((a->low ^ b->low) | (a->high ^ b->high));
}

#endif

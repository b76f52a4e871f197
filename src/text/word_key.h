/* word_key.h - a word as two numbers, which tables of words compare first; usually that is enough.
 *
 * Shape   for a word of up to 16 bytes the bytes themselves, padded with zeros. For a longer word a hash and its last eight
 *         bytes; when two such keys are equal, the words must be compared. Words contain no zero byte, so the lowest byte of
 * `low` tells the two kinds apart: it is 0 only in keys of longer words.
 */
#ifndef ATT_WORD_KEY_H
#define ATT_WORD_KEY_H

#include "base/map.h"

enum { ATT_WORD_KEY_BYTES = 16 };

typedef struct {
    uint64_t low, high;
} att_word_key;

/* By length: masks that keep so many of 16 bytes. */
extern const uint64_t att_word_masks[ATT_WORD_KEY_BYTES + 1][2];

/* The key of a word of at most ATT_WORD_KEY_BYTES bytes, at which that many bytes must be readable. */
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

/* Whether equality of keys does not yet prove equality of words. */
static inline bool att_word_key_is_long(const att_word_key *key)
{
    return !(key->low & 0xFF);
}

/* The key of any word; reads no byte past its end. */
static inline att_word_key att_word_key_of(att_str word)
{
    char bytes[ATT_WORD_KEY_BYTES] = { 0 };
    if (word.length > ATT_WORD_KEY_BYTES) return att_word_key_long(word);
    memcpy(bytes, word.data, word.length);
    return att_word_key_short(bytes, (uint32_t)word.length);
}

/* A key that no word has: it has a byte 0 before another. */
static const att_word_key att_word_key_of_none = { 0xFF00FF, 0 };

/* A hash whose upper bits depend on all bytes; the lower ones depend on few. */
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

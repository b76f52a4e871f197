/* token.h - the token stream: one document's words, numbers and marks in text order.
 *
 * Shape   parallel columns; token i covers text[start[i], end[i]): byte offsets in the original text,
 *         rising, never overlapping. White space belongs to no token.
 * Owner   the document's arena.
 */
#ifndef ATT_TOKEN_H
#define ATT_TOKEN_H

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a token is, as rules name it. X(enumerator, name) */
#define ATT_TOKEN_CLASSES(X)                                                                                                   \
    X(WORD, "word")                                                                                                            \
    X(ASCII, "ascii")                                                                                                          \
    X(HYPHEN, "hyphen")                                                                                                        \
    X(CAP, "cap")                                                                                                              \
    X(UPPER, "upper")                                                                                                          \
    X(LOWER, "lower")                                                                                                          \
    X(MIXED, "mixed")                                                                                                          \
    X(INITIAL, "initial")                                                                                                      \
    X(NUM, "num")                                                                                                              \
    X(ORDINAL, "ordinal")                                                                                                      \
    X(POSS, "poss")                                                                                                            \
    X(PUNCT, "punct")                                                                                                          \
    X(COMMA, "comma")                                                                                                          \
    X(DASH, "dash")                                                                                                            \
    X(QUOTE, "quote")                                                                                                          \
    X(OPEN, "open")                                                                                                            \
    X(CLOSE, "close")

typedef enum {
#define X(id, name) ATT_CLASS_##id##_BIT,
    ATT_TOKEN_CLASSES(X)
#undef X
        ATT_CLASS_COUNT
} att_class_bit;

enum {
#define X(id, name) ATT_CLASS_##id = 1 << ATT_CLASS_##id##_BIT,
    ATT_TOKEN_CLASSES(X)
#undef X
};

/* One byte about each token, most of it a property of the word type, copied so that a stage can scan for
 * the tokens it cares about. */
enum {
    ATT_FLAG_CLAUSE = 1 << 0, /* may end a clause: a comma, colon, semicolon or dash */
    ATT_FLAG_OPENER =
        1 << 1, /* in a list of words that open sentences or clauses; of a comma: ends one only before such a word */
    ATT_FLAG_ENDS = 1 << 2,        /* may end a sentence */
    ATT_FLAG_SMALL = 1 << 3,       /* has a small letter */
    ATT_FLAG_CAPITAL = 1 << 4,     /* has a capital letter */
    ATT_FLAG_QUOTE = 1 << 5,       /* a quotation mark */
    ATT_FLAG_POSS = 1 << 6,        /* 's, or the apostrophe after a plural: decided by place */
    ATT_FLAG_CAPITAL_LINE = 1 << 7 /* stands in an all-capital line: decided by place */
};

/* A second byte: where the word stands in the names of the rules; the same bits, ATT_LOOK_BITS further up, tell it of triggers.
 */
enum {
    ATT_LOOK_STARTS = 1 << 0, /* some name starts with it */
    ATT_LOOK_WHOLE = 1 << 1,  /* it is a name by itself */
    ATT_LOOK_SECOND = 1 << 2, /* it is the second word of some name */
    ATT_LOOK_BITS = 3,
    ATT_LOOK_PARTS = 1 << 6, /* a hyphenated word, a part of which starts a name or trigger */
    ATT_LOOK_NOTED = 1 << 7  /* the vocabulary's describer gave the type a number */
};
enum { ATT_TOKEN_BLOCK = 64, ATT_TOKEN_PADDING = ATT_TOKEN_BLOCK }; /* bytes 0 behind the last of the two */
enum { ATT_TYPE_PADDING = 2 };

typedef struct {
    uint32_t *start, *end; /* bytes */
    uint32_t *type;        /* word type, index into the vocabulary; ATT_TYPE_PADDING of number 0 stand behind the last */
    uint8_t *flags;
    uint8_t *looks; /* ATT_LOOK_* */
    uint64_t *bits; /* what is known of the word type at a glance (cascade/glance.h) */
    uint32_t count, capacity;
    uint32_t typed; /* tokens that types, looks and bits have room for */
} att_tokens;

/* Tokens [first, last). */
typedef struct {
    uint32_t first, last;
} att_token_range;

/* Room in start, end and flags; types, looks and bits come when all tokens are known. */
void att_tokens_reserve(att_tokens *self, att_arena *arena, uint32_t more);

/* The first of tokens [at, last) whose byte in `column`, flags or looks, has one of `bits`; `last` when none has. */
static inline uint32_t att_tokens_next(const uint8_t *column, uint32_t at, uint32_t last, uint8_t bits)
{
    for (; at < last; at += 8) {
        uint64_t eight;
        memcpy(&eight, column + at, sizeof eight);
        eight &= bits * UINT64_C(0x0101010101010101);
        if (!eight) continue;
        at += (uint32_t)__builtin_ctzll(eight) / 8;
        return at < last ? at : last;
    }
    return last;
}

/* As bits: which of the ATT_TOKEN_BLOCK bytes from `column` on have one of `bits`. */
static inline uint64_t att_tokens_block(const uint8_t *column, uint8_t bits)
{
    uint64_t block = 0;
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8((char)bits), none = _mm_setzero_si128();
    for (int i = 0; i < ATT_TOKEN_BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(column + i));
        block |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(bytes, wanted), none)) << i;
    }
    return ~block;
#else
    for (int i = 0; i < ATT_TOKEN_BLOCK; i++) block |= (uint64_t)((column[i] & bits) != 0) << i;
    return block;
#endif
}

/* The first of tokens [at, last) whose bit is set, in words of ATT_TOKEN_BLOCK tokens; `last` when none is. */
static inline uint32_t att_tokens_bit(const uint64_t *words, uint32_t at, uint32_t last)
{
    if (at >= last) return last;
    uint64_t word = words[at / ATT_TOKEN_BLOCK] >> at % ATT_TOKEN_BLOCK;
    while (!word) {
        at = (at | (ATT_TOKEN_BLOCK - 1)) + 1;
        if (at >= last) return last;
        word = words[at / ATT_TOKEN_BLOCK];
    }
    at += (uint32_t)__builtin_ctzll(word);
    return at < last ? at : last;
}

/* The token that holds byte `at` or, when none does, the next one. */
uint32_t att_tokens_at(const att_tokens *self, uint32_t at);

extern const char *const att_class_names[ATT_CLASS_COUNT];

#endif

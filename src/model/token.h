/* token.h - the token stream: a document's words, numbers and marks in text order.
 *
 * Shape   parallel columns. Token i covers text[start[i], end[i]), byte offsets in the original text. Tokens are in ascending
 *         order, never overlap, and contain no white space.
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

/* ATT_FLAG_*: one byte for each token, mostly copied from its word type, so that stages can quickly scan for the tokens that
 * they care about. */
enum {
    ATT_FLAG_CLAUSE = 1 << 0, /* may end a clause: a comma, colon, semicolon or dash */
    ATT_FLAG_OPENER =
        1 << 1, /* a word that opens sentences or clauses (by a list); for a comma: it ends a clause only before such a word */
    ATT_FLAG_ENDS = 1 << 2,        /* may end a sentence */
    ATT_FLAG_SMALL = 1 << 3,       /* has a small letter */
    ATT_FLAG_CAPITAL = 1 << 4,     /* has a capital letter */
    ATT_FLAG_QUOTE = 1 << 5,       /* a quotation mark */
    ATT_FLAG_POSS = 1 << 6,        /* 's, or the apostrophe after a plural; depends on the place */
    ATT_FLAG_CAPITAL_LINE = 1 << 7 /* stands in a line that is all in capitals; depends on the place */
};

/* ATT_LOOK_*: a second byte for each token: where names in the rules have the word. The same bits, shifted left by
 * ATT_LOOK_BITS, say so for triggers of topics. */
enum {
    ATT_LOOK_STARTS = 1 << 0, /* some name starts with it */
    ATT_LOOK_WHOLE = 1 << 1,  /* it alone is a name */
    ATT_LOOK_SECOND = 1 << 2, /* it is the second word of some name */
    ATT_LOOK_BITS = 3,
    ATT_LOOK_PARTS = 1 << 6, /* a hyphenated word of which a part starts a name or trigger */
    ATT_LOOK_NOTED = 1 << 7  /* the vocabulary's describer gave its type a number (text/vocabulary.h) */
};
enum { ATT_TOKEN_BLOCK = 64, ATT_TOKEN_PADDING = ATT_TOKEN_BLOCK }; /* zero bytes after the last of flags and looks */
enum { ATT_TYPE_PADDING = 2 };

typedef struct {
    uint32_t *start, *end; /* bytes */
    uint32_t *type;        /* word type: an index into the vocabulary. After the last stand ATT_TYPE_PADDING zeros */
    uint8_t *flags;
    uint8_t *looks; /* ATT_LOOK_* */
    uint64_t *bits; /* bits of the word type for quick tests (cascade/glance.h) */
    uint32_t count, capacity;
    uint32_t typed; /* number of tokens for which types, looks and bits have room */
} att_tokens;

/* Tokens [first, last). */
typedef struct {
    uint32_t first, last;
} att_token_range;

/* Makes room for `more` tokens in start, end and flags. Types, looks and bits get theirs once all tokens are known. */
void att_tokens_reserve(att_tokens *self, att_arena *arena, uint32_t more);

/* The first token in [at, last) whose byte in `column` (flags or looks) has one of `bits`; `last` when none has. */
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

/* A bit for each of the ATT_TOKEN_BLOCK bytes from `column` on: set when the byte has one of `bits`. */
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

/* The first token in [at, last) whose bit is set in `words`, each word holding the bits of ATT_TOKEN_BLOCK tokens; `last`
 * when none is. */
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

/* The token that contains byte `at`, or else the next one. */
uint32_t att_tokens_at(const att_tokens *self, uint32_t at);

extern const char *const att_class_names[ATT_CLASS_COUNT];

#endif

/* glance.h - a quick test of a token: which words and layers may stand at a place, as bits.
 *
 * Shape   each word type has 64 bits: its classes, its first byte, and a hash bit of its norm (a Bloom filter). A glance has
 *         the bits of all words that may stand at its place. A token fails when it shares no bit and no layer with the glance.
 * Owner   plain values.
 */
#ifndef ATT_GLANCE_H
#define ATT_GLANCE_H

#include "knowledge/knowledge.h"

/* A token passes when it has at least one of these bits or layers. */
typedef struct {
    uint64_t words;  /* bits of its word type */
    uint32_t edges;  /* layers with an annotation that begins at the token (looking backwards: that ends with it) */
    uint32_t inside; /* layers with an annotation that covers it */
} att_glance;

static const att_glance att_glance_anything = { UINT64_MAX, 0, 0 };
enum { ATT_GLANCE_FIRST_WORD = 24 }; /* bits from this one on stand for words, those below for classes and first bytes */
static const uint64_t att_glance_classes = (UINT64_C(1) << ATT_GLANCE_FIRST_WORD) - 1;
static const uint64_t att_glance_edge =
    UINT64_C(1) << 62; /* stands for the edge of the paragraph, where only what asks for nothing passes */

/* Classes that many tokens of any text have. */
static const uint32_t att_glance_broad = ATT_CLASS_WORD | ATT_CLASS_ASCII | ATT_CLASS_LOWER | ATT_CLASS_CAP | ATT_CLASS_PUNCT;

static const uint64_t att_glance_parts = ~(UINT64_C(1) << 62); /* of a hyphenated word, which rules may read part by part */

static inline bool att_glance_is_mark(att_str word)
{
    for (size_t i = 0; i < word.length; i++) {
        unsigned char byte = (unsigned char)word.data[i];
        if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'))
            return false;
    }
    return true;
}

enum {
    ATT_GLANCE_COMMON = 8,                     /* words that have a bit each */
    ATT_GLANCE_WORDS = 33 - ATT_GLANCE_COMMON, /* bits that all other words share */
    ATT_GLANCE_MARKS = 5,                      /* bits that marks share */
};

/* The bit of a word that rules name, counted from the first bit of words. The commonest words have bits of their own, because
 * they would let each word that shares theirs pass all over the text; and so have marks, which follow half of all names. */
static inline uint32_t att_glance_bit(att_str text, uint32_t word)
{
    static const char *const common[ATT_GLANCE_COMMON] = { "the", "of", "and", "to", "in", "a", "for", "on" };
    for (uint32_t i = 0; i < ATT_GLANCE_COMMON; i++)
        if (att_str_is(text, common[i])) return ATT_GLANCE_WORDS + i;
    uint32_t mixed = word * 668265263u;
    if (!att_glance_is_mark(text)) return mixed % ATT_GLANCE_WORDS;
    return ATT_GLANCE_WORDS + ATT_GLANCE_COMMON + mixed % ATT_GLANCE_MARKS;
}

static inline uint64_t att_glance_word(const att_lexicon *lexicon, uint32_t word)
{
    if (word == ATT_NONE) return 0;
    return UINT64_C(1) << (ATT_GLANCE_FIRST_WORD + att_glance_bit(att_lexicon_word(lexicon, word), word));
}

/* The bit of a word's first byte. */
static inline uint64_t att_glance_begin(unsigned char byte)
{
    enum { FIRST_BYTE_BIT = 20 };
    _Static_assert((int)ATT_CLASS_COUNT <= (int)FIRST_BYTE_BIT, "the bits of classes must not be taken for others");
    bool digit = byte >= '0' && byte <= '9', small = byte >= 'a' && byte <= 'z', capital = byte >= 'A' && byte <= 'Z';
    return UINT64_C(1) << (FIRST_BYTE_BIT + (digit ? 0 : small ? 1 : capital ? 2 : 3));
}

/* The bits of a word as it is written, even if it is hyphenated. */
static inline uint64_t att_glance_surface(const att_lexicon *lexicon, const att_word_type *type)
{
    const uint64_t always = UINT64_C(1) << 63; /* every word has it */
    return always | type->classes | att_glance_begin((unsigned char)type->surface.data[0])
           | att_glance_word(lexicon, type->norm) | att_glance_word(lexicon, type->exact);
}

static inline uint64_t att_glance_type(const att_lexicon *lexicon, const att_word_type *type)
{
    return type->part_count ? att_glance_parts : att_glance_surface(lexicon, type);
}

/* Two layer sets as one number: annotations that begin or end at the token, and annotations that cover it. */
static inline uint64_t att_glance_layers(uint32_t edges, uint32_t inside)
{
    return edges | (uint64_t)inside << 32;
}

static inline bool att_glance_passes(const att_glance *self, uint64_t words, uint64_t layers)
{
    return (self->words & words) | (att_glance_layers(self->edges, self->inside) & layers);
}

#endif

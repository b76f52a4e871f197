/* utf8.h - UTF-8 and Unicode: decode, classify, fold. The only file that includes utf8proc.
 *
 * Ill-formed bytes: each maximal ill-formed sequence (Unicode 15, section 3.9) counts as one U+FFFD, so that offsets agree
 * with those of other decoders.
 */
#ifndef ATT_UTF8_H
#define ATT_UTF8_H

#include "base/str.h"

/* The UTF-8 byte order mark, which some editors write at the start of a file. */
#define ATT_BYTE_ORDER_MARK ATT_STR("\xEF\xBB\xBF")

typedef struct {
    uint32_t code;  /* U+FFFD for an ill-formed sequence */
    uint8_t length; /* bytes taken, 1 to 4; 0 only at the end of the text */
    bool ill_formed;
} att_rune;

/* Decodes the code point at byte `at`; its length is 0 when `at` is the end of the text. */
att_rune att_utf8_decode(att_str text, size_t at);

/* The byte where the first ill-formed sequence starts; text.length when there is none. */
size_t att_utf8_check(att_str text);

/* The same from byte `at` on, which must be the start of a character. Goes character by character. */
size_t att_utf8_check_from(att_str text, size_t at);

/* How many bytes are not continuation bytes: the number of code points, if the text is well-formed. */
size_t att_utf8_count(att_str text);

/* The longest beginning of the text that has at most `most` bytes and ends between characters. */
att_str att_utf8_head(att_str text, size_t most);

/* The text with U+FFFD in place of each ill-formed sequence. */
att_str att_utf8_repair(att_arena *arena, att_str text);

/* Adds `text` to `out` in a form that is safe to print to a terminal: U+FFFD replaces every control character except tabs
 * and, when `lines` is set, line breaks (CR LF counts as one). */
void att_utf8_show(att_buf *out, att_str text, bool lines);

typedef enum {
    ATT_RUNE_OTHER,  /* punctuation, symbols, unassigned */
    ATT_RUNE_UPPER,  /* a capital or title-case letter */
    ATT_RUNE_LOWER,  /* a small letter */
    ATT_RUNE_LETTER, /* a letter without case */
    ATT_RUNE_MARK,   /* a combining mark */
    ATT_RUNE_NUMBER,
    ATT_RUNE_BLANK,     /* white space and control characters */
    ATT_RUNE_INVISIBLE, /* soft hyphen, zero-width, direction marks, byte order mark */
    ATT_RUNE_SYMBOL     /* currency, mathematical and other symbols */
} att_rune_class;

/* The class of a code point. */
att_rune_class att_rune_classify(uint32_t code);
static inline bool att_rune_in_word(att_rune_class class)
{
    return class >= ATT_RUNE_UPPER && class <= ATT_RUNE_NUMBER;
}

/* Maps brackets, quotation marks and dashes beyond ASCII to their ASCII shape: '(' and ')' for brackets, '"' for a double
 * and '\'' for a single quotation mark, '-' for a dash. '\0' for everything else. */
char att_rune_shape(uint32_t code);

/* The key by which "…" in rules compares words: NFKC, case-folded, with quotes and dashes unified and invisible characters
 * removed. In `*caps`, bit i is set when code point i of the result comes from a capital; code points from 63 on share bit
 * 63. */
att_str att_utf8_fold(att_arena *arena, att_str text, uint64_t *caps);

/* The text after full case folding and nothing else; malloc'ed and NUL-terminated. NULL when there is no memory. */
char *att_utf8_fold_case(att_str text);

/* The key by which '…' in rules compares words: NFC, with invisible characters removed. */
att_str att_utf8_exact(att_arena *arena, att_str text);

/* A folded text without diacritics and strokes ("walesa", "jorgensen"), as names of persons are compared. ASCII text is
 * returned unchanged. */
att_str att_utf8_bare(att_arena *arena, att_str folded);

#endif

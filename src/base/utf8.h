/* utf8.h - UTF-8 and Unicode: decode, classify, fold. The one room that includes utf8proc.
 *
 * Ill-formed bytes: each maximal ill-formed part (Unicode 15, section 3.9) counts as one U+FFFD,
 * so that offsets agree with what other decoders report.
 */
#ifndef ATT_UTF8_H
#define ATT_UTF8_H

#include "base/str.h"

/* What some editors put in front of a file. */
#define ATT_BYTE_ORDER_MARK ATT_STR("\xEF\xBB\xBF")

typedef struct {
    uint32_t code;  /* U+FFFD for an ill-formed part */
    uint8_t length; /* bytes taken, 1 to 4; 0 only at the end of the text */
    bool ill_formed;
} att_rune;

/* The code point at byte `at`; length 0 when `at` is the end. */
att_rune att_utf8_decode(att_str text, size_t at);

/* Where the first ill-formed part starts, or text.length. */
size_t att_utf8_check(att_str text);

/* The same from byte `at` on, which starts a part, one character after the other. */
size_t att_utf8_check_from(att_str text, size_t at);

/* How many bytes of the text are no continuation: its code points, where it is well-formed. */
size_t att_utf8_count(att_str text);

/* The beginning of the text, of at most `most` bytes and cut between characters. */
att_str att_utf8_head(att_str text, size_t most);

/* The text with U+FFFD in the place of each ill-formed part. */
att_str att_utf8_repair(att_arena *arena, att_str text);

/* Adds `text` with U+FFFD in the place of each control character but the tab and, when `lines`, the line
 * break; CR LF is a line break. No terminal escape passes. */
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

att_rune_class att_rune_classify(uint32_t code);
static inline bool att_rune_in_word(att_rune_class class)
{
    return class >= ATT_RUNE_UPPER && class <= ATT_RUNE_NUMBER;
}

/* Opening and closing brackets, quotation marks and dashes beyond ASCII; '\0' when none of these:
 * '(' ')' for brackets, '"' for a double and '\'' for a single quotation mark, '-' for a dash. */
char att_rune_shape(uint32_t code);

/* NFKC, case-folded, quotes and dashes unified, invisible characters removed; the key that "…" in rules compares.
 * `*caps`: bit i is set when code point i of the result comes from a capital; code points from 63 on share
 * bit 63. */
att_str att_utf8_fold(att_arena *arena, att_str text, uint64_t *caps);

/* Case-folded in full and nothing else; malloc'ed, with a NUL behind. NULL when there is no memory. */
char *att_utf8_fold_case(att_str text);

/* NFC, invisible characters removed: the key that '…' compares. */
att_str att_utf8_exact(att_arena *arena, att_str text);

/* A folded text without its marks: names of persons are compared so. ASCII is returned as it stands. */
att_str att_utf8_bare(att_arena *arena, att_str folded);

#endif

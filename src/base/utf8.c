#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool in_range(unsigned char byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

/* The range of the second byte after `lead`, and how many bytes the sequence has; 0 for no lead byte. */
static unsigned sequence(unsigned char lead, unsigned *low, unsigned *high)
{
    *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (in_range(lead, 0xC2, 0xDF)) return 2;
    if (in_range(lead, 0xE0, 0xEF)) return 3;
    return in_range(lead, 0xF0, 0xF4) ? 4 : 0;
}

att_rune att_utf8_decode(att_str text, size_t at)
{
    if (at >= text.length) return (att_rune){ 0 };
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    if (bytes[0] < 0x80) return (att_rune){ bytes[0], 1, false };
    unsigned low, high, wanted = sequence(bytes[0], &low, &high);
    uint32_t code = bytes[0] & (0x7Fu >> wanted);
    size_t left = text.length - at;
    uint8_t taken = 1;
    for (; taken < wanted && taken < left && in_range(bytes[taken], low, high); taken++) {
        code = code << 6 | (bytes[taken] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    if (wanted && taken == wanted) return (att_rune){ code, taken, false };
    return (att_rune){ 0xFFFD, taken, true };
}

size_t att_utf8_check_from(att_str text, size_t at)
{
    while (at < text.length) {
        uint64_t word;
        if (at + 8 <= text.length && (memcpy(&word, text.data + at, 8), !(word & 0x8080808080808080u))) {
            at += 8;
            continue;
        }
        att_rune rune = att_utf8_decode(text, at);
        if (rune.ill_formed) return at;
        at += rune.length;
    }
    return at;
}

#ifdef __x86_64__
#include <immintrin.h>

#define FAST __attribute__((target("avx2")))

/* Keiser and Lemire, Validating UTF-8 in less than one instruction per byte (2021): each pair of bytes is looked up by three
 * of its halves; a bit that all three have is an error. The bits: */
enum {
    TOO_SHORT = 1 << 0,
    TOO_LONG = 1 << 1,
    OVERLONG_3 = 1 << 2,
    TOO_LARGE = 1 << 3,
    SURROGATE = 1 << 4,
    OVERLONG_2 = 1 << 5,
    TOO_LARGE_4 = 1 << 6, /* and four bytes that two or three would do for */
    TWO_CONTINUE = 1 << 7,
    CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUE
};

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define CHAR(x) ((char)(x))

FAST static inline __m256i upper_halves(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
}

FAST static inline __m256i pair_errors(__m256i bytes, __m256i before)
{
    const __m256i first_upper =
        TWICE(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, CHAR(TWO_CONTINUE),
              CHAR(TWO_CONTINUE), CHAR(TWO_CONTINUE), CHAR(TWO_CONTINUE), TOO_SHORT | OVERLONG_2, TOO_SHORT,
              TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_4);
    const __m256i first_lower = TWICE(CHAR(CARRY | OVERLONG_3 | OVERLONG_2 | TOO_LARGE_4), CHAR(CARRY | OVERLONG_2),
                                      CHAR(CARRY), CHAR(CARRY), CHAR(CARRY | TOO_LARGE), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4),
                                      CHAR(CARRY | TOO_LARGE | TOO_LARGE_4), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4),
                                      CHAR(CARRY | TOO_LARGE | TOO_LARGE_4), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4),
                                      CHAR(CARRY | TOO_LARGE | TOO_LARGE_4), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4),
                                      CHAR(CARRY | TOO_LARGE | TOO_LARGE_4), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4 | SURROGATE),
                                      CHAR(CARRY | TOO_LARGE | TOO_LARGE_4), CHAR(CARRY | TOO_LARGE | TOO_LARGE_4));
    const __m256i second_upper =
        TWICE(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
              CHAR(TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE_4),
              CHAR(TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE),
              CHAR(TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE),
              CHAR(TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    __m256i one = _mm256_shuffle_epi8(first_upper, upper_halves(before));
    __m256i two = _mm256_shuffle_epi8(first_lower, _mm256_and_si256(before, _mm256_set1_epi8(15)));
    __m256i three = _mm256_shuffle_epi8(second_upper, upper_halves(bytes));
    return _mm256_and_si256(_mm256_and_si256(one, two), three);
}

/* The errors in 32 bytes that stand behind `last`. */
FAST static inline __m256i errors_in(__m256i bytes, __m256i last)
{
    __m256i joined = _mm256_permute2x128_si256(last, bytes, 0x21);
    __m256i before = _mm256_alignr_epi8(bytes, joined, 15);
    __m256i third = _mm256_subs_epu8(_mm256_alignr_epi8(bytes, joined, 14), _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(_mm256_alignr_epi8(bytes, joined, 13), _mm256_set1_epi8(0xF0 - 0x80));
    __m256i must_continue = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(CHAR(0x80)));
    return _mm256_xor_si256(must_continue, pair_errors(bytes, before));
}

/* Bytes from the start that are well-formed, as far as whole blocks tell. */
FAST static size_t check_blocks(att_str text)
{
    const __m256i none = _mm256_setzero_si256();
    __m256i last = none;
    size_t at = 0;
    for (; at + 32 <= text.length; at += 32) {
        __m256i bytes = _mm256_loadu_si256((const void *)(text.data + at));
        if (_mm256_movemask_epi8(_mm256_or_si256(bytes, last))) {
            __m256i errors = errors_in(bytes, last);
            if (!_mm256_testz_si256(errors, errors)) break;
        }
        last = bytes;
    }
    for (size_t back = 1; back <= 3 && back <= at; back++)
        if ((unsigned char)text.data[at - back] >= 0xC0) return at - back; /* its character may go on */
    return at;
}
#endif

size_t att_utf8_check(att_str text)
{
    size_t at = 0;
#ifdef __x86_64__
    if (text.length >= 32 && __builtin_cpu_supports("avx2")) at = check_blocks(text);
#endif
    return att_utf8_check_from(text, at);
}

size_t att_utf8_count(att_str text)
{
    size_t count = text.length, at = 0;
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word;
        memcpy(&word, text.data + at, sizeof word);
        count -= ((word >> 7 & ~word >> 6 & 0x0101010101010101u) * 0x0101010101010101u) >> 56;
    }
    for (; at < text.length; at++) count -= ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return count;
}

att_str att_utf8_head(att_str text, size_t most)
{
    if (text.length <= most) return text;
    while (most && ((unsigned char)text.data[most] & 0xC0) == 0x80) most--;
    return att_str_slice(text, 0, most);
}

att_str att_utf8_repair(att_arena *arena, att_str text)
{
    att_buf out = { .arena = arena };
    for (size_t at = 0; at < text.length;) {
        att_str rest = att_str_slice(text, at, text.length);
        size_t good = att_utf8_check(rest);
        att_buf_add(&out, att_str_slice(rest, 0, good));
        at += good;
        if (at == text.length) break;
        att_buf_add(&out, ATT_STR("\xEF\xBF\xBD"));
        at += att_utf8_decode(text, at).length;
    }
    return att_buf_str(&out);
}

static bool is_invisible(uint32_t code)
{
    return code == 0xAD || code == 0xFEFF || code == 0x61C || code == 0x180E || (code >= 0x200B && code <= 0x200F)
           || (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F);
}

att_rune_class att_rune_classify(uint32_t code)
{
    if (is_invisible(code)) return ATT_RUNE_INVISIBLE;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return ATT_RUNE_UPPER;
    case UTF8PROC_CATEGORY_LL: return ATT_RUNE_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return ATT_RUNE_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return ATT_RUNE_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return ATT_RUNE_NUMBER;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC: return ATT_RUNE_BLANK;
    case UTF8PROC_CATEGORY_CF: return ATT_RUNE_INVISIBLE;
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO: return ATT_RUNE_SYMBOL;
    default: return ATT_RUNE_OTHER;
    }
}

char att_rune_shape(uint32_t code)
{
    switch (code) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D: return '"';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A: return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    default: break;
    }
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_PS: return '(';
    case UTF8PROC_CATEGORY_PE: return ')';
    case UTF8PROC_CATEGORY_PD: return '-';
    default: return '\0';
    }
}

/* Quotes, apostrophes and dashes written in one way; the okina of "Hawaiʻi" and the letters used for it are apostrophes too. */
static uint32_t unify(uint32_t code)
{
    if (code == 0x02BB || code == 0x02BC || code == 0x02CB) return '\'';
    switch (att_rune_shape(code)) {
    case '"': return '"';
    case '\'': return '\'';
    case '-': return '-';
    default: return code;
    }
}

static void put(att_buf *out, uint32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    att_buf_add(out, (att_str){ (const char *)bytes, (size_t)length });
}

char *att_utf8_fold_case(att_str text)
{
    char *folded = malloc(text.length * 4 + 1), *end = folded; /* no folding of a code point is longer than its 4 bytes */
    for (size_t at = 0; folded && at < text.length;) {
        utf8proc_int32_t codes[4];
        int boundary = 0;
        att_rune rune = att_utf8_decode(text, at);
        utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)rune.code, codes, 4, UTF8PROC_CASEFOLD, &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 4; i++) end += utf8proc_encode_char(codes[i], (utf8proc_uint8_t *)end);
        at += rune.length;
    }
    if (folded) *end = '\0';
    return folded;
}

static att_str normalize(att_arena *arena, att_str text, utf8proc_option_t options)
{
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.length, &result, options);
    if (length < 0) return att_str_copy(arena, text);
    att_str copy = att_str_copy(arena, (att_str){ (const char *)result, (size_t)length });
    free(result);
    return copy;
}

static att_str visible(att_arena *arena, att_str text)
{
    att_buf out = { .arena = arena };
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        if (!is_invisible(rune.code)) put(&out, rune.code);
        at += rune.length;
    }
    return att_buf_str(&out);
}

att_str att_utf8_exact(att_arena *arena, att_str text)
{
    return normalize(arena, visible(arena, text), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* U+2013 to U+201D, which normalization leaves as they are. */
static bool is_common_mark(uint32_t code)
{
    return code == 0x2013 || code == 0x2014 || code == 0x2018 || code == 0x2019 || code == 0x201C || code == 0x201D;
}

/* Folds ASCII with the common quotation marks and dashes; a null view when there is anything else. */
static att_str fold_common(att_arena *arena, att_str text, uint64_t *caps)
{
    char *folded = att_arena_alloc(arena, text.length + 1);
    size_t count = 0;
    *caps = 0;
    for (size_t at = 0; at < text.length; count++) {
        unsigned char byte = (unsigned char)text.data[at];
        att_rune rune = byte < 0x80 ? (att_rune){ .code = byte, .length = 1 } : att_utf8_decode(text, at);
        if (byte >= 0x80 && !is_common_mark(rune.code)) return (att_str){ 0 };
        bool capital = byte >= 'A' && byte <= 'Z';
        if (capital) *caps |= UINT64_C(1) << (count < 63 ? count : 63);
        folded[count] = (char)(byte < 0x80 ? byte | (capital ? 0x20 : 0) : unify(rune.code));
        at += rune.length;
    }
    return (att_str){ folded, count };
}

att_str att_utf8_fold(att_arena *arena, att_str text, uint64_t *caps)
{
    att_str common = fold_common(arena, text, caps);
    if (common.data) return common;
    const utf8proc_option_t compatible = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
    att_str composed = normalize(arena, visible(arena, text), compatible);
    att_buf out = { .arena = arena };
    unsigned index = 0;
    *caps = 0;
    for (size_t at = 0; at < composed.length;) {
        att_rune rune = att_utf8_decode(composed, at);
        at += rune.length;
        utf8proc_int32_t folded[4];
        int boundary = 0;
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)unify(rune.code), folded, 4, UTF8PROC_CASEFOLD, &boundary);
        if (att_rune_classify(rune.code) == ATT_RUNE_UPPER) *caps |= UINT64_C(1) << (index < 63 ? index : 63);
        for (utf8proc_ssize_t i = 0; i < count && i < 4; i++, index++) put(&out, (uint32_t)folded[i]);
    }
    return normalize(arena, att_buf_str(&out), compatible);
}

/* Latin letters that no decomposition takes apart, as those write them who have plain letters only. None is longer than the
 * letter in UTF-8. */
static const char *plain_letter(uint32_t code)
{
    switch (code) {
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0xFE: return "th";
    case 0xF0:
    case 0x111: return "d";
    case 0xF8: return "o";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x142: return "l";
    default: return NULL;
    }
}

att_str att_utf8_bare(att_arena *arena, att_str folded)
{
    if (att_str_is_ascii(folded)) return folded;
    att_str text = normalize(arena, folded, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    char *out = (char *)text.data; /* a copy of our own */
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        const char *plain = plain_letter(rune.code);
        const size_t length = plain ? strlen(plain) : rune.length;
        memmove(out, plain ? plain : text.data + at, length);
        out += length;
        at += rune.length;
    }
    return att_str_slice(text, 0, (size_t)(out - text.data));
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

void att_utf8_show(att_buf *out, att_str text, bool lines)
{
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        att_str bytes = att_str_slice(text, at, at + rune.length);
        at += rune.length;
        if (lines && rune.code == '\r' && at < text.length && text.data[at] == '\n') continue;
        bool kept = !rune.ill_formed && (!is_control(rune.code) || rune.code == '\t' || (lines && rune.code == '\n'));
        att_buf_add(out, kept ? bytes : ATT_STR("\xEF\xBF\xBD"));
    }
}

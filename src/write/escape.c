#include "write/escape.h"

#include "base/utf8.h"
#include "write/multibyte.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define REPLACEMENT ATT_STR("\xEF\xBF\xBD")

/* True when one of the eight bytes is a control character, a quotation mark, a backslash or not ASCII. */
static inline bool is_special(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    return ((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & high) != 0;
}

static inline uint64_t eight(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint64_t four(const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline bool has_special(const char *bytes)
{
    return is_special(eight(bytes));
}

#ifdef __SSE2__
/* A bit for each of 16 bytes that is special. */
static inline uint32_t specials(__m128i bytes)
{
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)))); /* or beyond ASCII */
}
#endif

static inline bool are_special(uint64_t first, uint64_t second)
{
#ifdef __SSE2__
    return specials(_mm_set_epi64x((long long)second, (long long)first)) != 0;
#else
    return is_special(first) || is_special(second);
#endif
}

/* Copies a text of eight to 16 bytes by its two ends; false when a byte needs a closer look. */
static inline bool copy_eights(char *to, const char *from, size_t length)
{
    uint64_t first = eight(from), last = eight(from + length - 8);
    memcpy(to, &first, 8);
    memcpy(to + length - 8, &last, 8);
    return !are_special(first, last);
}

/* The same of four to eight bytes. */
static inline bool copy_fours(char *to, const char *from, size_t length)
{
    uint64_t first = four(from), last = four(from + length - 4);
    memcpy(to, from, 4);
    memcpy(to + length - 4, from + length - 4, 4);
    return !is_special(first | last << 32);
}

/* The same of up to three bytes. */
static inline bool copy_few(char *to, const char *from, size_t length)
{
    if (!length) return true;
    unsigned char first = (unsigned char)from[0], middle = (unsigned char)from[length / 2],
                  last = (unsigned char)from[length - 1];
    to[0] = (char)first;
    to[length / 2] = (char)middle;
    to[length - 1] = (char)last;
    return !is_special(0x2020202020000000u | (uint64_t)first << 16 | (uint64_t)middle << 8 | last);
}

/* Copies a text in which no byte needs a closer look; false when one does. */
static inline bool copy_simple(char *to, att_str text)
{
    if (text.length < 4) return copy_few(to, text.data, text.length);
    if (text.length < 8) return copy_fours(to, text.data, text.length);
    if (text.length <= 16) return copy_eights(to, text.data, text.length);
    for (size_t at = 0; at + 16 < text.length; at += 16)
        if (!copy_eights(to + at, text.data + at, 16)) return false;
    return copy_eights(to + text.length - 16, text.data + text.length - 16, 16);
}

/* The bytes of the character at `at` when it can be copied without a closer look, else 0. U+2028 starts with E2. */
static size_t simple_length(att_str text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];
    if (byte < 0x80) return byte >= 0x20 && byte != '"' && byte != '\\';
    return byte == 0xE2 ? 0 : att_multibyte_length(text, at);
}

/* The first byte from `at` on that needs a closer look. */
static size_t skip_simple(att_str text, size_t at)
{
    while (at < text.length) {
        if (at + 8 <= text.length && !has_special(text.data + at)) {
            at += 8;
            continue;
        }
        size_t end = text.length - at < 8 ? text.length : at + 8;
        while (at < end) {
            size_t length = simple_length(text, at);
            if (!length) return at;
            at += length;
        }
    }
    return at;
}

static void add_code(att_buf *out, uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    char escape[6] = { '\\', 'u', digits[code >> 12 & 15], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15] };
    att_buf_add(out, (att_str){ escape, sizeof escape });
}

static void add_escaped(att_buf *out, att_rune rune)
{
    if (rune.ill_formed) {
        att_buf_add(out, REPLACEMENT);
        return;
    }
    switch (rune.code) {
    case '"': att_buf_add(out, ATT_STR("\\\"")); break;
    case '\\': att_buf_add(out, ATT_STR("\\\\")); break;
    case '\n': att_buf_add(out, ATT_STR("\\n")); break;
    case '\r': att_buf_add(out, ATT_STR("\\r")); break;
    case '\t': att_buf_add(out, ATT_STR("\\t")); break;
    case '\b': att_buf_add(out, ATT_STR("\\b")); break;
    case '\f': att_buf_add(out, ATT_STR("\\f")); break;
    default: add_code(out, rune.code); break;
    }
}

static bool json_needs_escape(att_rune rune)
{
    return rune.ill_formed || rune.code < 0x20 || rune.code == '"' || rune.code == '\\' || rune.code == 0x2028
           || rune.code == 0x2029;
}

/* The plain way: character by character where one needs a closer look. */
static void escape_parts(att_buf *out, att_str text)
{
    att_buf_byte(out, '"');
    size_t copied = 0;
    for (size_t at = skip_simple(text, 0); at < text.length; at = skip_simple(text, at)) {
        att_rune rune = att_utf8_decode(text, at);
        if (json_needs_escape(rune)) {
            att_buf_add(out, att_str_slice(text, copied, at));
            add_escaped(out, rune);
            copied = at + rune.length;
        }
        at += rune.length;
    }
    att_buf_add(out, att_str_slice(text, copied, text.length));
    att_buf_byte(out, '"');
}

/* Not inlined, so that att_pen_json calls it last of all (a tail call) and saves no registers for it. */
static __attribute__((noinline)) att_pen write_parts(att_buf *out, att_pen pen, att_str text)
{
    att_pen_put_down(out, pen);
    escape_parts(out, text);
    return att_pen_take(out, 0);
}

/* The same. */
static __attribute__((noinline)) att_pen write_with_room(att_buf *out, att_pen pen, att_str text)
{
    return att_pen_json(out, att_pen_need(out, pen, text.length + 2), text);
}

att_pen att_pen_json(att_buf *out, att_pen pen, att_str text)
{
    if (!att_pen_has_room(pen, text.length + 2)) return write_with_room(out, pen, text);
    if (!text.data) return att_pen_add(pen, ATT_STR("null"));
    if (!copy_simple(pen.to + 1, text)) return write_parts(out, pen, text);
    pen.to[0] = pen.to[text.length + 1] = '"';
    pen.to += text.length + 2;
    return pen;
}

att_pen att_pen_json_padded(att_buf *out, att_pen pen, att_str text)
{
#ifdef __SSE2__
    if (text.length > ATT_ESCAPE_PADDING || !att_pen_has_room(pen, text.length + 2)) return att_pen_json(out, pen, text);
    __m128i first = _mm_loadu_si128((const void *)text.data), second = _mm_loadu_si128((const void *)(text.data + 16));
    uint64_t special = specials(first) | (uint64_t)specials(second) << 16;
    if (special & ((UINT64_C(1) << text.length) - 1)) return write_parts(out, pen, text);
    _mm_storeu_si128((void *)(pen.to + 1), first);
    _mm_storeu_si128((void *)(pen.to + 17), second);
    pen.to[0] = pen.to[text.length + 1] = '"';
    pen.to += text.length + 2;
    return pen;
#else
    return att_pen_json(out, pen, text);
#endif
}

void att_escape_json(att_buf *out, att_str text)
{
    att_pen_put_down(out, att_pen_json(out, att_pen_take(out, text.length + 2), text));
}

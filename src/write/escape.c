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

static inline bool has_special(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return is_special(word);
}

/* Copies a text of less than eight bytes; false when one of them needs a closer look. */
static inline bool copy_short(char *to, att_str text)
{
    uint64_t word = 0x2020202020202020u;
    char *bytes = (char *)&word;
    size_t half = text.length / 2;
    if (text.length >= 4) {
        memcpy(bytes + 4, text.data + text.length - 4, 4);
        memcpy(bytes, text.data, 4);
        memcpy(to + text.length - 4, bytes + 4, 4);
        memcpy(to, bytes, 4);
    } else if (text.length) {
        to[0] = bytes[0] = text.data[0];
        to[half] = bytes[1] = text.data[half];
        to[text.length - 1] = bytes[2] = text.data[text.length - 1];
    }
    return !is_special(word);
}

/* Copies a text in which no byte needs a closer look; false when one does. */
static inline bool copy_simple(char *to, att_str text)
{
    if (text.length < 8) return copy_short(to, text);
    for (size_t at = 0; at + 8 <= text.length; at += 8) {
        if (has_special(text.data + at)) return false;
        memcpy(to + at, text.data + at, 8);
    }
    memcpy(to + text.length - 8, text.data + text.length - 8, 8);
    return !has_special(text.data + text.length - 8);
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
    att_escape_none(out, (att_str){ escape, sizeof escape });
}

static void add_escaped(att_buf *out, att_rune rune)
{
    if (rune.ill_formed) {
        att_escape_none(out, REPLACEMENT);
        return;
    }
    switch (rune.code) {
    case '"': att_escape_none(out, ATT_STR("\\\"")); break;
    case '\\': att_escape_none(out, ATT_STR("\\\\")); break;
    case '\n': att_escape_none(out, ATT_STR("\\n")); break;
    case '\r': att_escape_none(out, ATT_STR("\\r")); break;
    case '\t': att_escape_none(out, ATT_STR("\\t")); break;
    case '\b': att_escape_none(out, ATT_STR("\\b")); break;
    case '\f': att_escape_none(out, ATT_STR("\\f")); break;
    default: add_code(out, rune.code); break;
    }
}

static bool json_needs_escape(att_rune rune)
{
    return rune.ill_formed || rune.code < 0x20 || rune.code == '"' || rune.code == '\\' || rune.code == 0x2028
           || rune.code == 0x2029;
}

/* One part after the other. Not inlined: the short way then saves no registers. */
static __attribute__((noinline)) void escape_parts(att_buf *out, att_str text)
{
    if (!text.data) {
        att_escape_none(out, ATT_STR("null"));
        return;
    }
    att_buf_byte(out, '"');
    size_t copied = 0;
    for (size_t at = skip_simple(text, 0); at < text.length; at = skip_simple(text, at)) {
        att_rune rune = att_utf8_decode(text, at);
        if (json_needs_escape(rune)) {
            att_escape_none(out, att_str_slice(text, copied, at));
            add_escaped(out, rune);
            copied = at + rune.length;
        }
        at += rune.length;
    }
    att_escape_none(out, att_str_slice(text, copied, text.length));
    att_buf_byte(out, '"');
}

void att_escape_json(att_buf *out, att_str text)
{
    char *to = out->items + out->count;
    bool room = out->capacity - out->count >= text.length + 2;
    if (!room || !text.data || !copy_simple(to + 1, text)) {
        escape_parts(out, text);
        return;
    }
    to[0] = to[text.length + 1] = '"';
    out->count += text.length + 2;
}

void att_escape_json_padded(att_buf *out, att_str text)
{
#ifdef __SSE2__
    if (out->capacity - out->count < text.length + 2 + ATT_ESCAPE_PADDING)
        att_buf_reserve(out, text.length + 2 + ATT_ESCAPE_PADDING);
    char *to = out->items + out->count;
    int special = 0;
    *to++ = '"';
    for (size_t at = 0; at < text.length && !special; at += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(text.data + at));
        __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        _mm_storeu_si128((void *)(to + at), bytes);
        special = _mm_movemask_epi8(_mm_or_si128(marks, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)))); /* or beyond ASCII */
        if (text.length - at < 16) special &= (1 << (text.length - at)) - 1;
    }
    if (!special) {
        to[text.length] = '"';
        out->count += text.length + 2;
        return;
    }
#endif
    att_escape_json(out, text);
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

void att_escape_terminal(att_buf *out, att_str text, bool lines)
{
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        att_str bytes = att_str_slice(text, at, at + rune.length);
        at += rune.length;
        if (lines && rune.code == '\r' && at < text.length && text.data[at] == '\n') continue;
        bool kept = !rune.ill_formed && (!is_control(rune.code) || rune.code == '\t' || (lines && rune.code == '\n'));
        att_escape_none(out, kept ? bytes : REPLACEMENT);
    }
}

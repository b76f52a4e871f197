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

size_t att_utf8_check(att_str text)
{
    size_t at = 0;
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

/* Quotes and dashes written in one way. */
static uint32_t unify(uint32_t code)
{
    switch (att_rune_shape(code)) {
    case '"': return '"';
    case '\'': return '\'';
    case '-': return '-';
    default: return code;
    }
}

/* One code point through `options` of utf8proc. Stable normalization of whole strings follows where marks stand. */
static void put(att_buf *out, uint32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    att_buf_add(out, (att_str){ (const char *)bytes, (size_t)length });
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

att_str att_utf8_fold(att_arena *arena, att_str text, uint64_t *caps)
{
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

att_str att_utf8_bare(att_arena *arena, att_str folded)
{
    size_t ascii = 0;
    while (ascii < folded.length && (unsigned char)folded.data[ascii] < 0x80) ascii++;
    if (ascii == folded.length) return folded;
    return normalize(arena, folded, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
}

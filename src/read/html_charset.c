#include "read/html_charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/utf8.h"

enum { NAMED_WITHIN = 8192 /* bytes of a page in which it may say what it is in */ };

/* What encodings are called, as browsers have it (encoding.spec.whatwg.org), with blanks around each name. The first names are
 * decoded here, what they stand for being so simple; the others by iconv under `name`. */
static const struct {
    const char *name, *labels;
} encodings[] = {
    { "UTF-8", " utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 " },
    { "UTF-16LE", " utf-16 utf-16le ucs-2 unicode iso-10646-ucs-2 csunicode unicodefeff " },
    { "UTF-16BE", " utf-16be unicodefffe " },
    { "CP1252", " windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 cp819 ibm819 ascii us-ascii "
                "ansi_x3.4-1968 csisolatin1 " },
    { "CP1250", " windows-1250 cp1250 x-cp1250 " },
    { "CP1251", " windows-1251 cp1251 x-cp1251 win-1251 " },
    { "CP1253", " windows-1253 cp1253 x-cp1253 " },
    { "CP1254", " windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 " },
    { "CP1255", " windows-1255 cp1255 x-cp1255 " },
    { "CP1256", " windows-1256 cp1256 x-cp1256 " },
    { "CP1257", " windows-1257 cp1257 x-cp1257 " },
    { "CP1258", " windows-1258 cp1258 x-cp1258 " },
    { "CP874", " windows-874 tis-620 iso-8859-11 iso8859-11 dos-874 " },
    { "ISO-8859-2", " iso-8859-2 iso8859-2 iso88592 iso_8859-2 latin2 l2 csisolatin2 " },
    { "ISO-8859-3", " iso-8859-3 iso8859-3 latin3 l3 " },
    { "ISO-8859-4", " iso-8859-4 iso8859-4 latin4 l4 " },
    { "ISO-8859-5", " iso-8859-5 iso8859-5 cyrillic csisolatincyrillic " },
    { "ISO-8859-6", " iso-8859-6 iso8859-6 arabic asmo-708 csisolatinarabic " },
    { "ISO-8859-7", " iso-8859-7 iso8859-7 greek greek8 csisolatingreek " },
    { "ISO-8859-8", " iso-8859-8 iso-8859-8-i iso8859-8 hebrew visual logical csisolatinhebrew " },
    { "ISO-8859-10", " iso-8859-10 iso8859-10 latin6 l6 " },
    { "ISO-8859-13", " iso-8859-13 iso8859-13 " },
    { "ISO-8859-14", " iso-8859-14 iso8859-14 " },
    { "ISO-8859-15", " iso-8859-15 iso8859-15 latin9 l9 " },
    { "ISO-8859-16", " iso-8859-16 " },
    { "KOI8-R", " koi8-r koi8 koi koi8_r cskoi8r " },
    { "KOI8-U", " koi8-u koi8-ru " },
    { "IBM866", " ibm866 cp866 866 csibm866 " },
    { "MACINTOSH", " macintosh mac x-mac-roman csmacintosh " },
    { "GB18030",
      " gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk cp936 ms936 windows-936 chinese csgb2312 csiso58gb231280 euc-cn " },
    { "BIG5-HKSCS", " big5 big5-hkscs cn-big5 x-x-big5 csbig5 " },
    { "EUC-JP", " euc-jp x-euc-jp cseucpkdfmtjapanese " },
    { "CP932", " shift_jis shift-jis sjis x-sjis ms932 ms_kanji windows-31j csshiftjis " },
    { "ISO-2022-JP", " iso-2022-jp csiso2022jp " },
    { "CP949", " euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cp949 cseuckr uhc " },
};
enum { UTF8, UTF16_LITTLE, UTF16_BIG, WINDOWS_1252, ENCODING_COUNT = sizeof encodings / sizeof *encodings, UNKNOWN };

/* ---- what it is in ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The number of the encoding that is called so, or UNKNOWN. */
static int find_encoding(att_str label)
{
    enum { ROOM = 40 };
    char wanted[ROOM + 3] = " ";
    label = att_str_trim(label);
    if (!label.length || label.length > ROOM) return UNKNOWN;
    for (size_t i = 0; i < label.length; i++) {
        if (label.data[i] <= ' ') return UNKNOWN;
        wanted[i + 1] = lower(label.data[i]);
    }
    wanted[label.length + 1] = ' ';
    for (int i = 0; i < ENCODING_COUNT; i++)
        if (strstr(encodings[i].labels, wanted)) return i;
    return UNKNOWN;
}

/* Where `needle`, in small letters, stands in the text from byte `at` on, in either case; text.length where it does not. */
static size_t find(att_str text, size_t at, const char *needle)
{
    size_t length = strlen(needle);
    for (; at + length <= text.length; at++)
        if (lower(text.data[at]) == needle[0] && strncasecmp(text.data + at, needle, length) == 0) return at;
    return text.length;
}

/* The value behind `key` and "=" in a tag: charset="utf-8", charset=utf-8; the null view when there is none. */
static att_str value_of(att_str tag, const char *key)
{
    size_t at = find(tag, 0, key);
    if (at == tag.length) return (att_str){ 0 };
    at += strlen(key);
    while (at < tag.length && memchr(" \t\r\n", tag.data[at], 4)) at++;
    if (at == tag.length || tag.data[at] != '=') return (att_str){ 0 };
    at++;
    while (at < tag.length && memchr(" \t\r\n\"'", tag.data[at], 6)) at++;
    size_t end = at;
    while (end < tag.length && !memchr(" \t\r\n\"';/>?", tag.data[end], 10)) end++;
    return att_str_slice(tag, at, end);
}

/* An encoding that ASCII says it is in can't be UTF-16. */
static int find_told(att_str label)
{
    int encoding = find_encoding(label);
    return encoding == UTF16_LITTLE || encoding == UTF16_BIG ? UTF8 : encoding;
}

/* What the page says itself, in a <meta> or an XML declaration; comments say nothing. */
static int told_by_page(att_str page)
{
    att_str head = page.length > NAMED_WITHIN ? att_str_slice(page, 0, NAMED_WITHIN) : page;
    for (size_t at = find(head, 0, "<"), end; at < head.length; at = find(head, end, "<")) {
        att_str rest = att_str_slice(head, at, head.length);
        bool comment = att_str_starts(rest, ATT_STR("<!--"));
        end = at + (comment ? find(rest, 4, "-->") : find(rest, 1, ">"));
        att_str tag = att_str_slice(head, at, end), label = { 0 };
        if (find(tag, 0, "<meta") == 0) label = value_of(tag, "charset");
        else if (find(tag, 0, "<?xml") == 0) label = value_of(tag, "encoding");
        int encoding = comment || !label.data ? UNKNOWN : find_told(label);
        if (encoding != UNKNOWN) return encoding;
    }
    return UNKNOWN;
}

/* UTF-16 that begins with "<". */
static int unmarked(att_str page)
{
    if (page.length < 4) return UNKNOWN;
    if (page.data[0] == '<' && !page.data[1] && page.data[2] && !page.data[3]) return UTF16_LITTLE;
    return !page.data[0] && page.data[1] == '<' && !page.data[2] && page.data[3] ? UTF16_BIG : UNKNOWN;
}

/* `*mark`: the bytes of a byte order mark. */
static int encoding_of(att_str page, att_str charset, size_t *mark)
{
    *mark = 3;
    if (att_str_starts(page, ATT_BYTE_ORDER_MARK)) return UTF8;
    *mark = 2;
    if (att_str_starts(page, ATT_STR("\xff\xfe"))) return UTF16_LITTLE;
    if (att_str_starts(page, ATT_STR("\xfe\xff"))) return UTF16_BIG;
    *mark = 0;
    int encoding = find_encoding(charset);
    if (encoding == UNKNOWN) encoding = unmarked(page);
    if (encoding == UNKNOWN) encoding = told_by_page(page);
    if (encoding != UNKNOWN) return encoding;
    return att_utf8_check(page) == page.length ? UTF8 : WINDOWS_1252;
}

/* ---- decoding ---- */

static void put_rune(att_buf *out, uint32_t code)
{
    if (!code) return;
    if (code < 0x80) {
        att_buf_byte(out, (char)code);
        return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    att_buf_byte(out, (char)((0xFF00 >> (more + 1) & 0xFF) | code >> 6 * more));
    while (more--) att_buf_byte(out, (char)(0x80 | (code >> 6 * more & 0x3F)));
}

static void put_unknown(att_buf *out)
{
    put_rune(out, 0xFFFD);
}

static uint32_t unit_at(att_str page, size_t at, bool big)
{
    uint32_t first = (unsigned char)page.data[at], second = (unsigned char)page.data[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

static void decode_utf16(att_buf *out, att_str page, bool big)
{
    size_t at = 0;
    while (at + 2 <= page.length) {
        uint32_t unit = unit_at(page, at, big), next = at + 4 <= page.length ? unit_at(page, at + 2, big) : 0;
        at += 2;
        if (unit - 0xD800 >= 0x800) put_rune(out, unit);
        else if (unit >= 0xDC00 || next - 0xDC00 >= 0x400) put_unknown(out);
        else {
            put_rune(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
            at += 2;
        }
    }
    if (at < page.length) put_unknown(out);
}

static void decode_1252(att_buf *out, att_str page)
{
    static const uint16_t high[] = { 0x20AC, 0xFFFD, 0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                     0x2039, 0x152,  0xFFFD, 0x17D,  0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                     0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0xFFFD, 0x17E,  0x178 };
    for (size_t i = 0; i < page.length; i++) {
        unsigned char byte = (unsigned char)page.data[i];
        put_rune(out, byte - 0x80u < 32 ? high[byte - 0x80] : byte);
    }
}

/* U+FFFD for each ill-formed part, nothing for NULs. */
static void decode_utf8(att_buf *out, att_str page)
{
    for (size_t at = 0; at < page.length;) {
        att_rune rune = att_utf8_decode(page, at);
        put_rune(out, rune.code);
        at += rune.length;
    }
}

static void put_bytes(att_buf *out, const char *bytes, const char *end)
{
    for (; bytes < end; bytes++)
        if (*bytes) att_buf_byte(out, *bytes);
}

/* What iconv makes of a piece goes to `out`; whether it has still to be called. */
static bool convert(iconv_t way, char **from, size_t *left, att_buf *out)
{
    char piece[4096], *to = piece;
    size_t room = sizeof piece, failed = iconv(way, from, left, &to, &room);
    int error = failed == (size_t)-1 ? errno : 0;
    put_bytes(out, piece, to);
    if (error == E2BIG) return true;
    if (!error) return false;
    put_unknown(out);
    ++*from;
    return --*left > 0;
}

/* A letter that a mark may follow is kept back by iconv; it comes when nothing follows. */
static void put_last(iconv_t way, att_buf *out)
{
    char piece[16], *to = piece;
    size_t room = sizeof piece;
    iconv(way, NULL, NULL, &to, &room);
    put_bytes(out, piece, to);
}

/* No byte becomes more than three, so that nothing is asked of the arena while iconv has memory of its own. */
static bool decode_by_iconv(att_buf *out, att_str page, const char *name)
{
    iconv_t way = iconv_open("UTF-8", name);
    if (way == (iconv_t)-1) return false;
    char *from = (char *)(uintptr_t)page.data;
    size_t left = page.length;
    while (convert(way, &from, &left, out)) continue;
    put_last(way, out);
    iconv_close(way);
    return true;
}

att_str att_html_decode(att_arena *arena, att_str page, att_str charset)
{
    size_t mark;
    int encoding = encoding_of(page, charset, &mark);
    page = att_str_slice(page, mark, page.length);
    if (encoding == UTF8 && att_utf8_check(page) == page.length && !memchr(page.data, '\0', page.length)) return page;
    att_buf out = { .arena = arena };
    att_buf_reserve(&out, 3 * page.length + 16);
    if (encoding == UTF8) decode_utf8(&out, page);
    else if (encoding == UTF16_LITTLE || encoding == UTF16_BIG) decode_utf16(&out, page, encoding == UTF16_BIG);
    else if (encoding == WINDOWS_1252 || !decode_by_iconv(&out, page, encodings[encoding].name)) decode_1252(&out, page);
    att_arena_cut(arena, out.items, out.count);
    return att_buf_str(&out);
}

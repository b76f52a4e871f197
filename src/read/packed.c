#include "read/packed.h"

enum { TAR_BLOCK = 512, BZIP2_HEAD = 10, TAR_MAGIC = 257, ZIP_NAME = 30 /* where a zip member's name begins */ };

static const char no_text[] = ", which is no text", unpack[] = "unpack it", convert[] = "make it UTF-8",
                  make_text[] = "make it text";

static const struct {
    const char *magic;
    size_t length, at;
    att_packed packed;
} kinds[] = {
    { "\x1f\x8b", 2, 0, { "compressed by gzip twice", no_text, unpack, "zcat", ATT_PACKING_NONE } },
    { "\x28\xb5\x2f\xfd", 4, 0, { "compressed by zstd", no_text, unpack, "zstdcat", ATT_PACKING_ZSTD } },
    { "\xfd"
      "7zXZ\0",
      6,
      0,
      { "compressed by xz", no_text, unpack, "xzcat", ATT_PACKING_XZ } },
    { "\x04\x22\x4d\x18", 4, 0, { "compressed by lz4", no_text, unpack, "lz4cat", ATT_PACKING_LZ4 } },
    { "LZIP\x01", 5, 0, { "compressed by lzip", no_text, unpack, "lzip -dc", ATT_PACKING_LZIP } },
    { "\x1f\x9d", 2, 0, { "compressed by compress", no_text, unpack, "zcat", ATT_PACKING_NONE } },
    { "ustar", 5, TAR_MAGIC, { "a tar archive", no_text, unpack, "tar -x", ATT_PACKING_TAR } },
    { "PK\x03\x04", 4, 0, { "a zip archive", no_text, unpack, "unzip -p", ATT_PACKING_ZIP } },
    { "PK\x05\x06", 4, 0, { "a zip archive", no_text, unpack, "unzip -p", ATT_PACKING_ZIP } }, /* without a member */
    { "7z\xbc\xaf\x27\x1c", 6, 0, { "a 7z archive", no_text, unpack, "7z x", ATT_PACKING_7ZIP } },
    { "Rar!\x1a\x07\0", 7, 0, { "a RAR archive", no_text, unpack, "unar", ATT_PACKING_RAR } },
    { "Rar!\x1a\x07\x01\0", 8, 0, { "a RAR archive", no_text, unpack, "unar", ATT_PACKING_RAR5 } },
    { "MSCF\0\0\0\0", 8, 0, { "a cabinet archive", no_text, unpack, "cabextract", ATT_PACKING_CAB } },
    { "%PDF-", 5, 0, { "a PDF file", no_text, make_text, "pdftotext", ATT_PACKING_NONE } },
    { "{\\rtf", 5, 0, { "an RTF file", no_text, make_text, "unrtf --text", ATT_PACKING_NONE } },
    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0, { "an old office document", no_text, make_text, "catdoc", ATT_PACKING_NONE } },
    { "\x89PNG\r\n", 6, 0, { "a PNG image", no_text, NULL, NULL, ATT_PACKING_NONE } },
    { "\xff\xd8\xff", 3, 0, { "a JPEG image", no_text, NULL, NULL, ATT_PACKING_NONE } },
    { "GIF8", 4, 0, { "a GIF image", no_text, NULL, NULL, ATT_PACKING_NONE } },
    { "SQLite format 3", 16, 0, { "an SQLite database", no_text, NULL, NULL, ATT_PACKING_NONE } },
    { "\xff\xfe\0\0", 4, 0, { "text in UTF-32", "", convert, "iconv -f UTF-32 -t UTF-8", ATT_PACKING_NONE } },
    { "\0\0\xfe\xff", 4, 0, { "text in UTF-32", "", convert, "iconv -f UTF-32 -t UTF-8", ATT_PACKING_NONE } },
    { "\xff\xfe", 2, 0, { "text in UTF-16", "", convert, "iconv -f UTF-16 -t UTF-8", ATT_PACKING_NONE } },
    { "\xfe\xff", 2, 0, { "text in UTF-16", "", convert, "iconv -f UTF-16 -t UTF-8", ATT_PACKING_NONE } },
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* What more than a row of bytes tells. */
static const att_packed utf16_little = { "text in UTF-16", "", convert, "iconv -f UTF-16LE -t UTF-8", ATT_PACKING_NONE },
                        utf16_big = { "text in UTF-16", "", convert, "iconv -f UTF-16BE -t UTF-8", ATT_PACKING_NONE },
                        bzip2 = { "compressed by bzip2", no_text, unpack, "bzcat", ATT_PACKING_BZIP2 },
                        cpio = { "a cpio archive", no_text, unpack, "cpio -i", ATT_PACKING_CPIO },
                        old_tar = { "a tar archive", no_text, unpack, "tar -x", ATT_PACKING_TAR },
                        office = { "an office document or e-book", no_text, make_text, "pandoc -t plain", ATT_PACKING_NONE };

/* UTF-16 that no mark says to be: of pairs of bytes the first or the second is always NUL, the other never. */
static const att_packed *unmarked(att_str head)
{
    enum { LEAST = 4, MOST = 256 };
    size_t length = (head.length < MOST ? head.length : MOST) / 2 * 2, first = 0, second = 0;
    for (size_t i = 0; i < length; i += 2) {
        first += !head.data[i];
        second += !head.data[i + 1];
    }
    if (length < LEAST || (first && second)) return NULL;
    return second == length / 2 ? &utf16_little : first == length / 2 ? &utf16_big : NULL;
}

/* "BZh", a digit, and what begins a block or, of no bytes, ends the file. */
static bool is_bzip2(att_str head)
{
    if (head.length < BZIP2_HEAD || memcmp(head.data, "BZh", 3) != 0 || head.data[3] < '1' || head.data[3] > '9') return false;
    return memcmp(head.data + 4, "1AY&SY", 6) == 0 || memcmp(head.data + 4, "\x17rE8P\x90", 6) == 0;
}

static bool are_digits(att_str text, const char *digits)
{
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr(digits, text.data[i])) return false;
    return true;
}

/* Its magic is digits, so all digits of its head are asked for: eight to the base 16 each, or to the base 8. */
static bool is_cpio(att_str head)
{
    enum { NEW = 110, OLD = 76 };
    if (head.length <= NEW || memcmp(head.data, "0707", 4) != 0) return false;
    bool is_new = head.data[4] == '0' && (head.data[5] == '1' || head.data[5] == '2');
    if (is_new) return are_digits(att_str_slice(head, 6, NEW), "0123456789abcdefABCDEF");
    return head.data[4] == '0' && head.data[5] == '7' && are_digits(att_str_slice(head, 6, OLD), "01234567");
}

static unsigned octal(const char *digits, size_t count)
{
    unsigned number = 0;
    while (count && *digits == ' ') digits++, count--;
    for (; count && *digits >= '0' && *digits <= '7'; count--) number = number * 8 + (unsigned)(*digits++ - '0');
    return number;
}

/* A head that says nothing of itself but the sum of its bytes. */
static bool is_old_tar(att_str head)
{
    enum { SUM = 148, SUM_LENGTH = 8 };
    if (head.length < TAR_BLOCK || !head.data[0]) return false;
    const unsigned said = octal(head.data + SUM, SUM_LENGTH);
    if (!said) return false; /* as in nearly all texts */
    unsigned sum = ' ' * SUM_LENGTH;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        if (i < SUM || i >= SUM + SUM_LENGTH) sum += (unsigned char)head.data[i];
    return said == sum;
}

/* An archive of nothing is two blocks of nothing. */
static bool is_empty_tar(att_str head, att_str path)
{
    if (!att_str_ends(path, ATT_STR(".tar")) || head.length < TAR_BLOCK) return false;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        if (head.data[i]) return false;
    return true;
}

static bool ends_as_one_of(att_str path, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (att_str_ends(path, att_str_of(endings[i]))) return true;
    return false;
}

/* A zip archive that is a document: by its name, or by what such documents begin with. */
static bool is_office(att_str head, att_str path)
{
    static const char *const endings[] = { ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub" }, *const names[] = {
        "[Content_Types].xml", "_rels/.rels", "mimetypeapplication/"
    };
    if (ends_as_one_of(path, endings, sizeof endings / sizeof *endings)) return true;
    att_str name = head.length > ZIP_NAME ? att_str_slice(head, ZIP_NAME, head.length) : ATT_EMPTY;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (att_str_starts(name, att_str_of(names[i]))) return true;
    return false;
}

static bool begins_as(att_str head, size_t kind)
{
    const char *magic = kinds[kind].magic, *at = head.data + kinds[kind].at;
    return head.length >= kinds[kind].at + kinds[kind].length && *at == *magic && memcmp(at, magic, kinds[kind].length) == 0;
}

const att_packed *att_packed_find(att_str head, att_str path)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (!begins_as(head, i)) continue;
        return kinds[i].packed.packing == ATT_PACKING_ZIP && is_office(head, path) ? &office : &kinds[i].packed;
    }
    if (is_bzip2(head)) return &bzip2;
    if (is_cpio(head)) return &cpio;
    if (is_old_tar(head) || is_empty_tar(head, path)) return &old_tar;
    return unmarked(head);
}

bool att_may_be_packed(att_str head)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        att_str magic = { kinds[i].magic, kinds[i].length };
        if (!kinds[i].at && head.length && head.length < magic.length && att_str_starts(magic, head)) return true;
    }
    return false;
}

/* Those of text as terminals show it and as printers take it are none. */
static bool is_control(char c)
{
    return (unsigned char)c < ' ' && (!c || !strchr("\t\n\r\f\b\x1b", c));
}

/* In no character of UTF-8. */
static bool is_never_text(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte == 0xC0 || byte == 0xC1 || byte >= 0xF5;
}

bool att_is_binary(att_str head)
{
    enum { SEEN = 4096, FEW = 8 };
    size_t controls = 0, nuls = 0, others = 0, seen = head.length < SEEN ? head.length : SEEN;
    for (size_t i = 0; i < seen; i++) {
        controls += is_control(head.data[i]);
        nuls += !head.data[i];
        others += is_never_text(head.data[i]);
    }
    return (controls >= FEW && controls * 20 > seen) || (nuls >= FEW && others >= FEW);
}

att_str att_path_unpacked(att_str path)
{
    static const char *const endings[] = { ".gz", ".zst", ".xz", ".bz2", ".lz4", ".lz" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (!att_str_ends(path, att_str_of(endings[i])) || path.length <= length) continue;
        return path.data[path.length - length - 1] == '/' ? path : att_str_slice(path, 0, path.length - length);
    }
    return path;
}

#include "cli/eval_doc.h"

#include <string.h>

void eval_words_add(eval_words *self, cli_pool *pool, const char *word)
{
    CLI_RESERVE(pool, self);
    self->items[self->count++] = word;
}

size_t eval_byte_of(const char *text, size_t length, uint32_t code_point)
{
    size_t at = 0;
    for (; at < length; at++) {
        if (((unsigned char)text[at] & 0xC0) == 0x80) continue; /* not the first byte of a code point */
        if (code_point-- == 0) return at;
    }
    return length;
}

size_t eval_blank_at(const char *text)
{
    static const char *const wide[] = { "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
                                        "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
                                        "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
                                        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80" };
    unsigned char byte = (unsigned char)*text;
    if (byte == ' ' || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)) return 1;
    for (size_t i = 0; byte > 0x7F && i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) return strlen(wide[i]);
    return 0;
}

static uint32_t count_code_points(const char *text, size_t length)
{
    uint32_t count = 0;
    for (size_t i = 0; i < length; i++) count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

const char *eval_doc_misplaced(const eval_doc *self, cli_pool *pool)
{
    uint32_t end = self->text ? count_code_points(self->text, self->length) : UINT32_MAX;
    for (size_t i = 0; i < self->spans.count; i++)
        if (self->spans.items[i].end > end)
            return cli_pool_format(pool, "the span %u-%u reaches over the end of the text, which is %u code points long",
                                   self->spans.items[i].start, self->spans.items[i].end, end);
    return NULL;
}

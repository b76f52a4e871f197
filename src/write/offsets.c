#include "write/offsets.h"

#include <assert.h>

#include "base/utf8.h"
#include "write/multibyte.h"

enum { BLOCK = 128 };

const char *const att_offset_unit_names[ATT_OFFSET_UNIT_COUNT] = {
#define X(id, name) name,
    ATT_OFFSET_UNITS(X)
#undef X
};

static const uint64_t ONES = 0x0101010101010101u, HIGH = 0x8080808080808080u;

static uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static size_t plain_until(att_str text)
{
    size_t at = 0;
    while (at + 8 <= text.length && !(load(text.data + at) & HIGH)) at += 8;
    while (at < text.length && (unsigned char)text.data[at] < 0x80) at++;
    return at;
}

static uint32_t units_of(att_rune rune, att_offset_unit unit)
{
    return unit == ATT_OFFSET_UTF16 && rune.code > 0xFFFF ? 2 : 1;
}

/* Notes one block; returns where its last part ends, which may be in the next block. */
static size_t mark_block(att_offsets *self, size_t at, size_t end, uint32_t *units, bool *clean)
{
    while (at < end) {
        if (at + 8 <= end && !(load(self->text.data + at) & HIGH)) {
            at += 8;
            *units += 8;
            continue;
        }
        size_t length = att_multibyte_length(self->text, at);
        if (length) {
            at += length;
            *units += 1;
            continue;
        }
        att_rune rune = att_utf8_decode(self->text, at);
        *clean = *clean && !rune.ill_formed;
        *units += units_of(rune, self->unit);
        at += rune.length;
    }
    return at;
}

static void mark_blocks(att_offsets *self)
{
    uint32_t units = 0;
    size_t at = 0;
    for (size_t block = 0; block <= self->text.length / BLOCK; block++) {
        size_t start = block * BLOCK, end = start + BLOCK;
        if (end > self->text.length) end = self->text.length;
        att_offset_mark *mark = &self->marks[block];
        *mark = (att_offset_mark){ .units = units, .skip = (uint8_t)(at - start), .clean = true };
        at = mark_block(self, at, end, &units, &mark->clean);
    }
}

void att_offsets_init(att_offsets *self, att_arena *arena, att_str text, att_offset_unit unit)
{
    *self = (att_offsets){ .text = text, .unit = unit };
    self->plain = unit == ATT_OFFSET_BYTE ? text.length : plain_until(text);
    if (self->plain == text.length) return;
    self->marks = att_arena_alloc(arena, (text.length / BLOCK + 1) * sizeof *self->marks);
    mark_blocks(self);
}

/* How many bytes of the word have their low bit set, others of the byte being zero. */
static uint32_t sum(uint64_t low_bits)
{
    return (uint32_t)((low_bits * ONES) >> 56);
}

/* One low bit for each byte that is not a continuation; and for each that leads four bytes. */
static uint64_t starts_in(uint64_t word)
{
    return (~word >> 7 | word >> 6) & ONES;
}
static uint64_t long_starts_in(uint64_t word)
{
    return word >> 7 & word >> 6 & word >> 5 & word >> 4 & ONES;
}

/* The units that start in bytes [at, end), all of well-formed parts. */
static uint32_t count_clean(const att_offsets *self, size_t at, size_t end)
{
    uint32_t units = 0;
    bool utf16 = self->unit == ATT_OFFSET_UTF16;
    for (; at + 8 <= end; at += 8) {
        uint64_t word = load(self->text.data + at);
        units += sum(starts_in(word)) + (utf16 ? sum(long_starts_in(word)) : 0);
    }
    for (; at < end; at++) {
        unsigned char byte = (unsigned char)self->text.data[at];
        units += (byte & 0xC0u) != 0x80;
        units += utf16 && byte >= 0xF0;
    }
    return units;
}

static uint32_t count_parts(const att_offsets *self, size_t at, size_t end)
{
    uint32_t units = 0;
    while (at < end) {
        att_rune rune = att_utf8_decode(self->text, at);
        units += units_of(rune, self->unit);
        at += rune.length;
    }
    return units;
}

uint32_t att_offsets_at(const att_offsets *self, uint32_t at)
{
    assert(at <= self->text.length);
    if (at <= self->plain) return at;
    const att_offset_mark *mark = &self->marks[at / BLOCK];
    size_t start = at / BLOCK * BLOCK + mark->skip;
    return mark->units + (mark->clean ? count_clean(self, start, at) : count_parts(self, start, at));
}

#include "write/offsets.h"

#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = ATT_OFFSETS_BLOCK };

const char *const att_offset_unit_names[ATT_OFFSET_UNIT_COUNT] = {
#define X(id, name) name,
    ATT_OFFSET_UNITS(X)
#undef X
};

static size_t plain_until(att_str text)
{
    size_t at = 0;
    uint64_t word;
    while (at + 8 <= text.length && (memcpy(&word, text.data + at, 8), !(word & 0x8080808080808080u))) at += 8;
    while (at < text.length && (unsigned char)text.data[at] < 0x80) at++;
    return at;
}

/* Bits of the bytes of a block that are no less than `least`, taken as signed numbers. */
static uint64_t bits_from(const char *bytes, signed char least)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i some = _mm_loadu_si128((const void *)(bytes + i));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(some, _mm_set1_epi8((char)(least - 1)))) << i;
    }
#else
    for (int i = 0; i < BLOCK; i++) bits |= (uint64_t)((signed char)bytes[i] >= least) << i;
#endif
    return bits;
}

/* Of well-formed text: all that is no continuation starts a part, and what leads four bytes is wide. */
static void mark_block(att_offsets *self, size_t block, const char *bytes)
{
    self->starts[block] = bits_from(bytes, -0x40);
    if (self->wide) self->wide[block] = bits_from(bytes, -0x10) & ~bits_from(bytes, 0);
}

/* From the first block that is not plain on. */
static void mark_well_formed(att_offsets *self)
{
    char last[BLOCK] = { 0 };
    size_t block = self->plain / BLOCK, rest = self->text.length % BLOCK;
    for (; block < self->text.length / BLOCK; block++) mark_block(self, block, self->text.data + block * BLOCK);
    if (rest) memcpy(last, self->text.data + block * BLOCK, rest);
    mark_block(self, block, last);
}

/* One part after the other. */
static void mark_parts(att_offsets *self, size_t blocks)
{
    memset(self->starts, 0, blocks * sizeof *self->starts);
    if (self->wide) memset(self->wide, 0, blocks * sizeof *self->wide);
    for (size_t at = 0; at < self->text.length;) {
        att_rune rune = att_utf8_decode(self->text, at);
        self->starts[at / BLOCK] |= UINT64_C(1) << at % BLOCK;
        if (self->wide && rune.code > 0xFFFF) self->wide[at / BLOCK] |= UINT64_C(1) << at % BLOCK;
        at += rune.length;
    }
}

/* How many bits are set. */
static uint32_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

void att_offsets_init(att_offsets *self, att_arena *arena, att_str text, bool well_formed, att_offset_unit unit)
{
    *self = (att_offsets){ .text = text };
    self->plain = unit == ATT_OFFSET_BYTE ? text.length : plain_until(text);
    if (self->plain == text.length) return;
    size_t blocks = text.length / BLOCK + 1;
    self->before = att_arena_alloc(arena, blocks * sizeof *self->before);
    self->starts = att_arena_alloc(arena, blocks * sizeof *self->starts);
    if (unit == ATT_OFFSET_UTF16) self->wide = att_arena_alloc(arena, blocks * sizeof *self->wide);
    if (well_formed || att_utf8_check(text) == text.length) mark_well_formed(self);
    else mark_parts(self, blocks);
    uint32_t units = (uint32_t)(self->plain / BLOCK * BLOCK);
    for (size_t block = self->plain / BLOCK; block < blocks; block++) {
        self->before[block] = units;
        units += count_bits(self->starts[block]);
        if (self->wide) units += count_bits(self->wide[block]);
    }
}

uint32_t att_offsets_in_block(const att_offsets *self, uint32_t at)
{
    size_t block = at / BLOCK;
    uint64_t passed = (UINT64_C(1) << at % BLOCK) - 1;
    uint32_t units = self->before[block] + count_bits(self->starts[block] & passed);
    return self->wide ? units + count_bits(self->wide[block] & passed) : units;
}

/* offsets.h - places in a text, counted in the unit that a reader of records wants.
 *
 * Units   in: bytes, end of text included. Out: code points or UTF-16 units; an ill-formed part (att_utf8_decode)
 *         is one of either. A byte inside a character counts that character as passed.
 * Cost    one pass over the text to prepare, nothing more for ASCII; then a few steps for each question, in any order.
 * Owner   the marks are the arena's; the text is borrowed.
 */
#ifndef ATT_OFFSETS_H
#define ATT_OFFSETS_H

#include "base/str.h"

/* X(enumerator, name) */
#define ATT_OFFSET_UNITS(X)                                                                                                    \
    X(CODEPOINT, "codepoint")                                                                                                  \
    X(BYTE, "byte")                                                                                                            \
    X(UTF16, "utf16")

typedef enum {
#define X(id, name) ATT_OFFSET_##id,
    ATT_OFFSET_UNITS(X)
#undef X
        ATT_OFFSET_UNIT_COUNT
} att_offset_unit;

extern const char *const att_offset_unit_names[ATT_OFFSET_UNIT_COUNT];

enum { ATT_OFFSETS_BLOCK = 64 };

typedef struct {
    att_str text;
    size_t plain;     /* up to here a byte is a unit */
    uint32_t *before; /* by block: units of the parts that start before it */
    uint64_t *starts; /* and bits of its bytes: a part starts there */
    uint64_t *wide;   /* and such a part that is two units; NULL when none can be */
} att_offsets;

/* `text` is under 4 GiB; `well_formed` when it is known to be so. */
void att_offsets_init(att_offsets *self, att_arena *arena, att_str text, bool well_formed, att_offset_unit unit);

/* The units of text[0, at) where more than plain bytes are in its last block. */
uint32_t att_offsets_in_block(const att_offsets *self, uint32_t at);

/* The units of text[0, at). */
static inline uint32_t att_offsets_at(const att_offsets *self, uint32_t at)
{
    if (at <= self->plain) return at;
    uint32_t block = at / ATT_OFFSETS_BLOCK;
    bool plain = self->starts[block] == UINT64_MAX && !self->wide;
    return plain ? self->before[block] + at % ATT_OFFSETS_BLOCK : att_offsets_in_block(self, at);
}

#endif

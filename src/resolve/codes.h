/* codes.h - numbers of codes and ids: those of the rules come again as the very same bytes, which is asked first.
 *
 * Owner   the arena given at init; what is added must stay where it is.
 */
#ifndef ATT_CODES_H
#define ATT_CODES_H

#include "base/map.h"

enum { ATT_RECENT_CODES = 32 };

typedef struct {
    att_map map;
    struct {
        att_str code;
        uint32_t number;
    } recent[ATT_RECENT_CODES]; /* by address */
} att_codes;

static inline void att_codes_init(att_codes *self, att_arena *arena)
{
    memset(self->recent, 0, sizeof self->recent);
    att_map_init(&self->map, arena);
}

/* The number of a code that is not null, as att_map_add. */
static inline uint32_t att_codes_add(att_codes *self, att_str code)
{
    size_t at = ((uintptr_t)code.data >> 3 ^ (uintptr_t)code.data >> 8) % ATT_RECENT_CODES;
    if (self->recent[at].code.data != code.data || self->recent[at].code.length != code.length) {
        self->recent[at].number = att_map_keep(&self->map, code);
        self->recent[at].code = code;
    }
    return self->recent[at].number;
}

#endif

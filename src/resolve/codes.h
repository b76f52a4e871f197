/* codes.h - numbers for codes and ids. The rules always hand out a code as the same bytes at the same address, so a small table
 * by address answers most questions before the map is asked.
 *
 * Owner   the arena given at init. Codes that are added must not move.
 */
#ifndef ATT_CODES_H
#define ATT_CODES_H

#include "base/map.h"

enum { ATT_RECENT_CODES = 32 };

typedef struct {
    att_str code;
    uint32_t number;
} att_numbered_code;

typedef struct {
    att_map map;
    att_numbered_code recent[ATT_RECENT_CODES]; /* by address */
} att_codes;

/* The slot for a code, which must not be null; another code may occupy it. */
static inline att_numbered_code *att_recent_code(att_numbered_code *recent, att_str code)
{
    return &recent[((uintptr_t)code.data >> 3 ^ (uintptr_t)code.data >> 8) % ATT_RECENT_CODES];
}

/* Whether the slot holds this code: the same address and length. */
static inline bool att_is_very_code(const att_numbered_code *known, att_str code)
{
    return known->code.data == code.data && known->code.length == code.length;
}

static inline void att_codes_init(att_codes *self, att_arena *arena)
{
    memset(self->recent, 0, sizeof self->recent);
    att_map_init(&self->map, arena);
}

/* The number of a code, which must not be null; a new one is added. */
static inline uint32_t att_codes_add(att_codes *self, att_str code)
{
    att_numbered_code *known = att_recent_code(self->recent, code);
    if (!att_is_very_code(known, code)) *known = (att_numbered_code){ code, att_map_keep(&self->map, code) };
    return known->number;
}

#endif

/* map.h - a pool of byte strings: each distinct string gets the next number, from 0.
 *
 * Owner   the arena given at init holds the strings and the table.
 */
#ifndef ATT_MAP_H
#define ATT_MAP_H

#include "base/str.h"

enum { ATT_NONE = 0x7fffffff }; /* "no number", "no index" */

/* A slot of an open-addressing table: in its lower bits a number plus 1, in the upper ones those bits of a hash that the slot's
 * index does not tell; 0 when it is free. `mask` is the number of slots less 1: a power of 2, and more than there are numbers.
 */
typedef uint32_t att_slot;

static inline att_slot att_slot_of(uint32_t number, uint64_t hash, uint32_t mask)
{
    return ((uint32_t)hash & ~mask) | (number + 1);
}

/* Whether the hash bits in the slot are those of `hash`. Only then are keys compared. */
static inline bool att_slot_fits(att_slot slot, uint64_t hash, uint32_t mask)
{
    return (slot ^ (uint32_t)hash) <= mask;
}

static inline uint32_t att_slot_number(att_slot slot, uint32_t mask)
{
    return (slot & mask) - 1;
}

typedef struct {
    att_arena *arena;
    att_str *items; /* items[id]: the string of that number */
    uint32_t count, capacity;
    att_slot *slots;
    uint32_t slot_count;
} att_map;

void att_map_init(att_map *self, att_arena *arena);

/* The number of `key`, which is added with a copy of its bytes when it is new. */
uint32_t att_map_add(att_map *self, att_str key);

/* The same without a copy: the bytes must stay as long as the map. */
uint32_t att_map_keep(att_map *self, att_str key);

/* For a map that will not grow: half as many slots where six of ten are then in use at most, and its strings in one piece. */
void att_map_tighten(att_map *self);

/* The number of `key`, or ATT_NONE. */
uint32_t att_map_find(const att_map *self, att_str key);

/* The strings of a map, one behind the other, when nobody looks for their numbers any more. */
typedef struct {
    const char *bytes;
    const uint32_t *starts; /* by number, and behind the last: in `bytes` */
    uint32_t count, unused; /* no gap, whose bytes would be any in compiled rules */
} att_texts;

att_texts att_map_texts(const att_map *self, att_arena *arena);

static inline att_str att_texts_at(const att_texts *self, uint32_t number)
{
    return att_str_slice((att_str){ self->bytes, self->starts[self->count] }, self->starts[number], self->starts[number + 1]);
}

/* A hash of bytes, the same on every machine of one byte order. */
uint64_t att_hash(att_str key);

#endif

/* map.h - a pool of byte strings: each distinct string gets the next number, from 0.
 *
 * Owner   the arena given at init holds the strings and the table.
 */
#ifndef ATT_MAP_H
#define ATT_MAP_H

#include "base/str.h"

enum { ATT_NONE = 0x7fffffff }; /* "no number", "no index" */

typedef struct {
    uint32_t id;   /* plus 1; 0 for a free slot */
    uint32_t hash; /* its upper half: strings are looked at only where it is right */
} att_map_slot;

typedef struct {
    att_arena *arena;
    att_str *items; /* items[id]: the string of that number */
    uint32_t count, capacity;
    att_map_slot *slots;
    uint32_t slot_count;
} att_map;

void att_map_init(att_map *self, att_arena *arena);

/* The number of `key`, which is added with a copy of its bytes when it is new. */
uint32_t att_map_add(att_map *self, att_str key);

/* The same without a copy: the bytes must stay as long as the map. */
uint32_t att_map_keep(att_map *self, att_str key);

/* The number of `key`, or ATT_NONE. */
uint32_t att_map_find(const att_map *self, att_str key);

/* A hash of bytes, the same on every machine of one byte order. */
uint64_t att_hash(att_str key);

#endif

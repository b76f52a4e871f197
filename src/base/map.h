/* map.h - a pool of byte strings: each distinct string gets the next number, starting at 0.
 *
 * Owner   the arena given at init holds the strings and the table.
 */
#ifndef ATT_MAP_H
#define ATT_MAP_H

#include "base/str.h"

enum { ATT_NONE = 0x7fffffff }; /* "no number", "no index" */

/* A slot of an open-addressing hash table; 0 when it is free. The lower bits hold a number plus 1. The upper bits hold those
 * bits of the hash that the slot's position does not tell. `mask` is the number of slots minus 1, where the number of slots
 * is a power of 2 and larger than any number stored. */
typedef uint32_t att_slot;

static inline att_slot att_slot_of(uint32_t number, uint64_t hash, uint32_t mask)
{
    return ((uint32_t)hash & ~mask) | (number + 1);
}

/* Whether the hash bits in the slot are those of `hash`. Only then do the keys need to be compared. */
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

/* Makes an empty map, which will grow in the arena. */
void att_map_init(att_map *self, att_arena *arena);

/* Returns the number of `key`; a new key is added with a copy of its bytes. */
uint32_t att_map_add(att_map *self, att_str key);

/* The same without copying: the bytes must live as long as the map. */
uint32_t att_map_keep(att_map *self, att_str key);

/* For a map that will not grow any more: halves the table if it then is at most 60 % full, and moves the strings into one
 * piece. */
void att_map_tighten(att_map *self);

/* The number of `key`, or ATT_NONE. */
uint32_t att_map_find(const att_map *self, att_str key);

/* The strings of a map in one piece, for when nobody looks up their numbers any more. */
typedef struct {
    const char *bytes;
    const uint32_t *starts; /* by number: where the string starts in `bytes`; one more for the end of the last */
    uint32_t count, unused; /* fills what would be padding: compiled rules must not contain uninitialised bytes */
} att_texts;

/* The keys of the map by their numbers, in a compact form that needs no hash table. */
att_texts att_map_texts(const att_map *self, att_arena *arena);

static inline att_str att_texts_at(const att_texts *self, uint32_t number)
{
    return att_str_slice((att_str){ self->bytes, self->starts[self->count] }, self->starts[number], self->starts[number + 1]);
}

/* A map that will not grow any more, in a compact form: the strings, which must contain no NUL, have one at their end, and a
 * string that ends another one lies in that one. */
typedef struct {
    const char *bytes;
    const uint32_t *starts; /* by number */
    const att_slot *slots;
    uint32_t count, slot_count;
} att_index;

/* The same strings with the same numbers. */
att_index att_map_index(const att_map *self, att_arena *arena);

/* The number of `key`, or ATT_NONE. */
uint32_t att_index_find(const att_index *self, att_str key);

static inline att_str att_index_at(const att_index *self, uint32_t number)
{
    const char *text = self->bytes + self->starts[number];
    return (att_str){ text, strlen(text) };
}

/* A hash of the bytes; the same on every machine with the same byte order. */
uint64_t att_hash(att_str key);

#endif

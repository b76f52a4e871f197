/* arena.h - memory that is allocated piece by piece and released all at once.
 *
 * Shape   a chain of blocks. Pieces are aligned for any type and never move, except large ones: a large piece has pages of
 *         its own, may move when it grows, and may be freed early. Arenas that work together can share pages (att_pages):
 *         the pages of a freed piece are then reused for the next large piece of any of them.
 * Owner   one arena for each document and one for each engine; whoever made it clears it.
 * Errors  allocation never returns NULL. When memory or the arena's limit runs out, control jumps back to the
 *         att_guard_run that the arena was made under, which returns ATT_NOMEM. Nothing leaks on that path, because
 *         everything built so far lives in arenas.
 */
#ifndef ATT_ARENA_H
#define ATT_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include "attache.h"

/* The place to which a failed allocation returns. */
typedef struct {
    jmp_buf place;
    int armed;
} att_guard;

typedef struct att_block att_block_memory;
typedef struct att_large att_large_piece;

enum {
    ATT_ARENA_UNIT = 16, /* bytes; every piece starts at a multiple of it */
    ATT_ARENA_LARGE = 1 << 17,
    ATT_ARENA_LINED = 1 << 12, /* as att_arena_init_in says */
    ATT_CACHE_LINE = 64
};

/* Pages of freed large pieces, kept for the next ones because new pages from the system cost more. Spare pages and pages in
 * use together never exceed `held`, the largest total so far; att_arena_rest cuts that down to `most`. */
typedef struct {
    att_large_piece *spare;
    size_t spare_bytes;
    size_t total; /* bytes in use by the arenas */
    size_t peak;  /* the largest total since att_arena_rest last ran, or what was left then */
    size_t held;  /* limit for spare_bytes + total */
    size_t most;
} att_pages;

typedef struct {
    att_block_memory *first, *current; /* blocks in order; those after `current` are kept for reuse */
    att_large_piece *large;
    att_pages *pages; /* NULL when freed pages go back to the system */
    att_guard *guard;
    size_t total, limit; /* bytes of all blocks and large pieces; `limit` 0 means no limit */
    char *at, *end;      /* free bytes of the current block */
    char *last;          /* the newest piece, which att_arena_grow may extend in place */
    uint64_t *starts; /* one bit for each ATT_ARENA_UNIT bytes of the arena's only block, set where a piece starts; else NULL */
} att_arena;

/* Calls `work(argument)`. Returns ATT_OK, or ATT_NOMEM when an arena under `guard` ran out of memory. Calls on the same
 * guard do not nest. */
att_status att_guard_run(att_guard *guard, void (*work)(void *), void *argument);

/* Jumps there, as an allocation without memory does; for what else needs memory. */
_Noreturn void att_arena_give_up(const att_arena *self);

/* Makes an empty arena. `guard` is where the program goes when memory runs out; `limit` is in bytes, 0 for none. */
void att_arena_init(att_arena *self, att_guard *guard, size_t limit);

/* The same for an arena that shares `pages` with others; they must outlive it. */
void att_arena_init_with(att_arena *self, att_guard *guard, att_pages *pages);

/* An arena of one block: `size` zeroed bytes that belong to the caller, at the start of a page. It marks in `starts`, which has
 * size / ATT_ARENA_UNIT bits, where each piece starts. At least one byte is left free after each piece, so that a pointer to
 * the end of one piece never equals a pointer to the next. Pieces of ATT_ARENA_LINED bytes or more start at a cache line. */
void att_arena_init_in(att_arena *self, att_guard *guard, void *memory, size_t size, uint64_t *starts);

/* How many bytes of that block are in use. */
size_t att_arena_used(const att_arena *self);

/* Returns all its memory and the spare pages to the system. The arena may be used again. */
void att_arena_clear(att_arena *self);

/* Frees all pieces but keeps up to `keep` bytes of blocks for the next document. */
void att_arena_reset(att_arena *self, size_t keep);

/* Allocates `size` bytes, uninitialised. */
void *att_arena_alloc(att_arena *self, size_t size);

/* Allocates `count` items of `size` bytes, all zero. */
void *att_arena_zero(att_arena *self, size_t count, size_t size);

/* The same, but in an arena of att_arena_init_in each item counts as a piece of its own. Their size is a multiple of
 * ATT_ARENA_UNIT, and nothing points behind an item. */
void *att_arena_zero_each(att_arena *self, size_t count, size_t size);

/* Returns a piece with room for `wanted` items that starts with the first `count` items of `items`; grows in place where
 * possible. `items` may be NULL when `count` is 0. The old pointer must not be used afterwards. */
void *att_arena_grow(att_arena *self, void *items, size_t count, size_t wanted, size_t size);

/* Frees a large piece; does nothing for a small one or NULL. The piece must not be used afterwards. */
void att_arena_free(att_arena *self, const void *piece);

/* Frees the part of a large piece behind its first `size` bytes, if that part is a megabyte or more. A smaller part is not
 * worth the new pages that the next document would need. */
void att_arena_cut(att_arena *self, const void *piece, size_t size);

/* Returns spare pages to the system until at most `most` bytes are held. Call it at the end of a document's work, when no
 * more large pieces are needed. */
void att_arena_rest(att_arena *self);

/* Makes room for `more` further items in an array with the three fields items, count and capacity. */
#define ATT_RESERVE(arena, array, more)                                                                                        \
    do {                                                                                                                       \
        if ((array)->count + (more) > (array)->capacity) {                                                                     \
            size_t wanted_ = (array)->capacity ? (size_t)(array)->capacity * 2 : 16;                                           \
            while (wanted_ < (size_t)(array)->count + (more)) wanted_ *= 2;                                                    \
            (array)->items = att_arena_grow((arena), (array)->items, (array)->count, wanted_, sizeof *(array)->items);         \
            (array)->capacity = (uint32_t)wanted_;                                                                             \
        }                                                                                                                      \
    } while (0)

/* Moves the items of such an array to a piece of exactly their size; for an array that will not grow any more. */
#define ATT_TRIM(arena, array)                                                                                                 \
    do {                                                                                                                       \
        if (!(array)->count || (array)->count == (array)->capacity) break;                                                     \
        const void *from_ = (array)->items;                                                                                    \
        (array)->items = att_arena_alloc((arena), sizeof *(array)->items * (array)->count);                                    \
        memcpy((array)->items, from_, sizeof *(array)->items *(array)->count);                                                 \
        (array)->capacity = (array)->count;                                                                                    \
    } while (0)

#endif

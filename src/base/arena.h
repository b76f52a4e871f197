/* arena.h - memory that is given out piece by piece and released whole.
 *
 * Shape   a chain of blocks; pieces are aligned for any object and never move. Large pieces have pages of their own: such a
 *         piece moves when it grows, which leaves nothing behind, and may be given back early. Arenas that work together
 *         share pages (att_pages): what one gives back waits there for the next piece of any.
 * Owner   one arena for each document, one for each engine; whoever made it clears it.
 * Errors  allocation never returns NULL: when memory or the arena's limit is used up, control
 *         goes back to the att_guard_run that the arena was made under, which returns ATT_NOMEM.
 *         All that was built lives in arenas, so nothing leaks on that way.
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

enum { ATT_ARENA_UNIT = 16 /* bytes: pieces begin at multiples of it */, ATT_ARENA_LARGE = 1 << 17 /* bytes */ };

/* Pages that large pieces gave back and that the next ones take: pages that are new from the system cost more. What is spare
 * and what is in use are together never more than `held`: the largest total that there was, which att_arena_rest cuts to
 * `most`. */
typedef struct {
    att_large_piece *spare;
    size_t spare_bytes;
    size_t total; /* bytes that the arenas have */
    size_t peak;  /* the largest total since att_arena_rest, or what that left */
    size_t held;  /* spare_bytes and total may be so many */
    size_t most;
} att_pages;

typedef struct {
    att_block_memory *first, *current; /* blocks in order; those after current are kept for reuse */
    att_large_piece *large;
    att_pages *pages; /* NULL when what is given back is the system's */
    att_guard *guard;
    size_t total, limit; /* bytes of all blocks and large pieces; 0 for no limit */
    char *at, *end;      /* free bytes of the current block */
    char *last;          /* the newest piece, which att_arena_grow may extend in place */
    uint64_t *starts;    /* NULL, or a bit for each ATT_ARENA_UNIT bytes of its one block: a piece begins there */
} att_arena;

/* Calls `work(argument)` and returns ATT_OK, or ATT_NOMEM when an arena under `guard` ran out.
 * Does not nest on one guard. */
att_status att_guard_run(att_guard *guard, void (*work)(void *), void *argument);

void att_arena_init(att_arena *self, att_guard *guard, size_t limit);

/* The same for an arena that shares pages, which must outlive it. */
void att_arena_init_with(att_arena *self, att_guard *guard, att_pages *pages);

/* An arena of one block, in `size` bytes of zeros that the caller gives and takes back. It says in `starts`, (size /
 * ATT_ARENA_UNIT) bits, where pieces begin. Each piece has a byte or more behind it, so that a pointer to the end of one is
 * never a pointer to the next. */
void att_arena_init_in(att_arena *self, att_guard *guard, void *memory, size_t size, uint64_t *starts);

/* Bytes of that memory that are in use. */
size_t att_arena_used(const att_arena *self);

/* Gives all its memory and spare pages back to the system; the arena may be used again. */
void att_arena_clear(att_arena *self);

/* Forgets all pieces and keeps the blocks, up to `keep` bytes, for the next document. */
void att_arena_reset(att_arena *self, size_t keep);

/* `size` bytes, not set to anything. */
void *att_arena_alloc(att_arena *self, size_t size);

/* `count` items of `size` bytes, all zero. */
void *att_arena_zero(att_arena *self, size_t count, size_t size);

/* A piece of `wanted` items with the first `count` items of `items` in it; in place where that is
 * possible. `items` may be NULL when count is 0; it must not be used any more. */
void *att_arena_grow(att_arena *self, void *items, size_t count, size_t wanted, size_t size);

/* Gives a large piece back; of others nothing. The piece, which may be NULL, must not be used any more. */
void att_arena_free(att_arena *self, const void *piece);

/* Gives the end of a large piece back, behind its first `size` bytes, where that is a megabyte or more: less is not worth new
 * pages for the next document. */
void att_arena_cut(att_arena *self, const void *piece, size_t size);

/* Gives the system back spare pages, until no more than `most` bytes are held. For the end of a document's work, when nothing
 * large is asked for any more. */
void att_arena_rest(att_arena *self);

/* Makes room for `more` items more in an array of three fields: items, count, capacity. */
#define ATT_RESERVE(arena, array, more)                                                                                        \
    do {                                                                                                                       \
        if ((array)->count + (more) > (array)->capacity) {                                                                     \
            size_t wanted_ = (array)->capacity ? (size_t)(array)->capacity * 2 : 16;                                           \
            while (wanted_ < (size_t)(array)->count + (more)) wanted_ *= 2;                                                    \
            (array)->items = att_arena_grow((arena), (array)->items, (array)->count, wanted_, sizeof *(array)->items);         \
            (array)->capacity = (uint32_t)wanted_;                                                                             \
        }                                                                                                                      \
    } while (0)

/* Moves the items of such an array to a piece of just their size, when no more will come. */
#define ATT_TRIM(arena, array)                                                                                                 \
    do {                                                                                                                       \
        if (!(array)->count || (array)->count == (array)->capacity) break;                                                     \
        const void *from_ = (array)->items;                                                                                    \
        (array)->items = att_arena_alloc((arena), sizeof *(array)->items * (array)->count);                                    \
        memcpy((array)->items, from_, sizeof *(array)->items *(array)->count);                                                 \
        (array)->capacity = (array)->count;                                                                                    \
    } while (0)

#endif

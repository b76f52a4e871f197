#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGNMENT = ATT_ARENA_UNIT, PAGE = 4096, FIRST_BLOCK = 64 * 1024, LARGEST_STEP = 1 << 20, LEAST_CUT = 1 << 20 };

struct att_block {
    att_block_memory *next;
    size_t size; /* bytes after the header */
};

/* In front of a large piece. */
struct att_large {
    _Alignas(ALIGNMENT) att_large_piece *next;
    size_t size; /* of the pages */
};

static const size_t HEADER = (sizeof(att_block_memory) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

static_assert(sizeof(struct att_block) <= 32 && sizeof(att_large_piece) % ALIGNMENT == 0, "a piece behind either is aligned");

static char *block_bytes(att_block_memory *block)
{
    return (char *)block + HEADER;
}

att_status att_guard_run(att_guard *guard, void (*work)(void *), void *argument)
{
    assert(!guard->armed);
    guard->armed = 1;
    if (setjmp(guard->place) == 0) {
        work(argument);
        guard->armed = 0;
        return ATT_OK;
    }
    guard->armed = 0;
    return ATT_NOMEM;
}

_Noreturn void att_arena_give_up(const att_arena *self)
{
    assert(self->guard && self->guard->armed);
    longjmp(self->guard->place, 1);
}

void att_arena_init(att_arena *self, att_guard *guard, size_t limit)
{
    *self = (att_arena){ .guard = guard, .limit = limit };
}

void att_arena_init_with(att_arena *self, att_guard *guard, att_pages *pages)
{
    *self = (att_arena){ .guard = guard, .pages = pages };
}

/* The next pieces come from the block. */
static void open_block(att_arena *self, att_block_memory *block)
{
    self->current = block;
    self->at = block_bytes(block);
    self->end = self->at + block->size;
}

void att_arena_init_in(att_arena *self, att_guard *guard, void *memory, size_t size, uint64_t *starts)
{
    att_block_memory *block = memory;
    block->size = size - HEADER;
    *self = (att_arena){ .first = block, .guard = guard, .total = size, .limit = size, .starts = starts };
    open_block(self, block);
}

size_t att_arena_used(const att_arena *self)
{
    return (size_t)(self->at - (const char *)self->first);
}

/* ---- large pieces ---- */

static bool is_too_much(const att_arena *self, size_t size)
{
    return self->limit && (size > self->limit || self->total > self->limit - size);
}

/* Bytes of the pages for a large piece, with its header: of eight sizes from each power of two to the next, so that the pages
 * of one piece fit others. */
static size_t round_to_pages(const att_arena *self, size_t size)
{
    if (size > SIZE_MAX / 2) att_arena_give_up(self);
    size += sizeof(att_large_piece);
    size_t step = (size_t)1 << (60 - __builtin_clzll(size));
    return (size + step - 1) / step * step;
}

static void hold_on_to(att_pages *self, att_large_piece *piece)
{
    piece->next = self->spare;
    self->spare = piece;
    self->spare_bytes += piece->size;
}

static att_large_piece *take_off(att_pages *self, att_large_piece **link)
{
    att_large_piece *piece = *link;
    *link = piece->next;
    self->spare_bytes -= piece->size;
    return piece;
}

/* Gives spare pages back to the system until no more is held than may be: the smallest first, as they are missed the least. */
static void let_go(att_pages *self)
{
    while (self->spare && self->spare_bytes + self->total > self->held) {
        att_large_piece **least = &self->spare;
        for (att_large_piece **link = least; *link; link = &(*link)->next)
            if ((*link)->size < (*least)->size) least = link;
        att_large_piece *piece = take_off(self, least);
        munmap(piece, piece->size);
    }
}

/* To be called before the total becomes less: as much as there was may be held from now on. */
static void note_peak(att_pages *self)
{
    if (self->total > self->peak) self->peak = self->total;
    if (self->peak > self->held) self->held = self->peak;
}

/* From now on no more than `most` bytes may be held. */
static void settle(att_pages *self)
{
    note_peak(self);
    if (self->peak > self->most) self->peak = self->most;
    self->held = self->peak;
}

static void add_to_total(att_arena *self, size_t bytes)
{
    self->total += bytes;
    if (!self->pages) return;
    self->pages->total += bytes;
    let_go(self->pages);
}

static void take_from_total(att_arena *self, size_t bytes)
{
    self->total -= bytes;
    if (self->pages) self->pages->total -= bytes;
}

static void give_back(att_arena *self, att_large_piece *piece)
{
    if (self->pages) note_peak(self->pages);
    take_from_total(self, piece->size);
    if (!self->pages) {
        munmap(piece, piece->size);
        return;
    }
    hold_on_to(self->pages, piece);
    let_go(self->pages);
}

/* The smallest spare piece of that size or more, else the largest; NULL when there is none. */
static att_large_piece **nearest_spare(att_pages *self, size_t size)
{
    if (!self || !self->spare) return NULL;
    att_large_piece **best = &self->spare;
    for (att_large_piece **link = best; *link; link = &(*link)->next) {
        size_t one = (*link)->size, other = (*best)->size;
        if (one >= size ? other < size || one < other : other < size && one > other) best = link;
    }
    return best;
}

/* Leaves a piece its first `size` bytes where the rest is enough for a spare piece. */
static void split(att_pages *self, att_large_piece *piece, size_t size)
{
    if (piece->size - size < ATT_ARENA_LARGE) return;
    att_large_piece *rest = (void *)((char *)piece + size);
    rest->size = piece->size - size;
    piece->size = size;
    hold_on_to(self, rest);
}

/* A spare piece of that size or more, or NULL. */
static att_large_piece *take_spare(att_pages *self, size_t size)
{
    att_large_piece **link = nearest_spare(self, size);
    if (!link || (*link)->size < size) return NULL;
    att_large_piece *piece = take_off(self, link);
    split(self, piece, size);
    return piece;
}

static void resize(const att_arena *self, att_large_piece **piece, size_t size)
{
    att_large_piece *moved = mremap(*piece, (*piece)->size, size, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) att_arena_give_up(self);
    moved->size = size;
    *piece = moved;
}

/* New pages; a spare piece, all of which are too small, is enlarged for it if there is one. */
static att_large_piece *take_pages(att_arena *self, size_t size)
{
    att_large_piece **link = nearest_spare(self->pages, size);
    if (link) {
        size_t before = (*link)->size;
        resize(self, link, size);
        self->pages->spare_bytes += size - before;
        return take_off(self->pages, link);
    }
    att_large_piece *piece = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (piece == MAP_FAILED) att_arena_give_up(self);
    piece->size = size;
    return piece;
}

static void *take_large(att_arena *self, size_t size)
{
    size = round_to_pages(self, size);
    if (is_too_much(self, size)) att_arena_give_up(self);
    att_large_piece *piece = take_spare(self->pages, size);
    if (!piece) piece = take_pages(self, size);
    piece->next = self->large;
    self->large = piece;
    add_to_total(self, piece->size);
    return piece + 1;
}

/* The link to a large piece; NULL when `piece` is none. Their list has a few dozen at most. */
static att_large_piece **link_of(att_arena *self, const void *piece)
{
    if ((uintptr_t)piece % PAGE != sizeof(att_large_piece)) return NULL;
    for (att_large_piece **link = &self->large; *link; link = &(*link)->next)
        if (*link + 1 == piece) return link;
    return NULL;
}

/* Moves a piece with its first `used` bytes to spare pages; false when there are none. */
static bool move_to_spare(att_arena *self, att_large_piece **link, size_t size, size_t used)
{
    att_large_piece *old = *link, *piece = take_spare(self->pages, size);
    if (!piece) return false;
    memcpy(piece + 1, old + 1, used);
    piece->next = old->next;
    *link = piece;
    give_back(self, old);
    add_to_total(self, piece->size);
    return true;
}

static void *grow_large(att_arena *self, att_large_piece **link, size_t size, size_t used)
{
    size = round_to_pages(self, size);
    size_t before = (*link)->size;
    if (size <= before) return *link + 1;
    if (is_too_much(self, size - before)) att_arena_give_up(self);
    if (move_to_spare(self, link, size, used)) return *link + 1;
    resize(self, link, size);
    add_to_total(self, size - before);
    return *link + 1;
}

void att_arena_free(att_arena *self, const void *piece)
{
    att_large_piece **link = piece ? link_of(self, piece) : NULL, *found = link ? *link : NULL;
    if (!found) return;
    *link = found->next;
    give_back(self, found);
}

void att_arena_cut(att_arena *self, const void *piece, size_t size)
{
    att_large_piece **link = piece ? link_of(self, piece) : NULL;
    if (!link) return;
    size_t before = (*link)->size;
    size = round_to_pages(self, size);
    if (size >= before || before - size < LEAST_CUT) return;
    if (munmap((char *)*link + size, before - size) != 0) return; /* it has too many mappings to split one: the end stays */
    (*link)->size = size;
    take_from_total(self, before - size);
}

static void free_large(att_arena *self)
{
    while (self->large) att_arena_free(self, self->large + 1);
}

/* ---- all of it ---- */

void att_arena_clear(att_arena *self)
{
    free_large(self);
    for (att_block_memory *block = self->starts ? NULL : self->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    take_from_total(self, self->total);
    if (self->pages) self->pages->held = 0;
    if (self->pages) let_go(self->pages);
    self->first = self->current = NULL;
    self->at = self->end = self->last = NULL;
}

/* Gives back blocks beyond `keep` bytes. */
static void keep_blocks(att_arena *self, size_t keep)
{
    size_t kept = 0;
    for (att_block_memory **link = &self->first, *block; (block = *link);) {
        if (block->size <= keep - kept) {
            kept += block->size;
            link = &block->next;
            continue;
        }
        *link = block->next;
        take_from_total(self, block->size);
        free(block);
    }
}

void att_arena_rest(att_arena *self)
{
    if (!self->pages) return;
    settle(self->pages);
    let_go(self->pages);
}

void att_arena_reset(att_arena *self, size_t keep)
{
    assert(!self->starts);
    free_large(self);
    if (self->total > keep) keep_blocks(self, keep);
    self->current = NULL;
    self->at = self->end = self->last = NULL;
}

/* A new block of at least `size` bytes behind the current one; each is larger than the one before, so a
 * document needs few of them. */
static att_block_memory *add_block(att_arena *self, size_t size)
{
    size_t wanted = self->current ? self->current->size * 2 : FIRST_BLOCK;
    if (wanted > LARGEST_STEP) wanted = LARGEST_STEP;
    if (wanted < size) wanted = size;
    if (is_too_much(self, wanted)) att_arena_give_up(self);
    att_block_memory *block = malloc(HEADER + wanted);
    if (!block) att_arena_give_up(self);
    *block = (att_block_memory){ .size = wanted };
    if (self->current) {
        block->next = self->current->next;
        self->current->next = block;
    } else {
        block->next = self->first;
        self->first = block;
    }
    add_to_total(self, wanted);
    return block;
}

/* Goes to a block that has room for `size` bytes. */
static void next_block(att_arena *self, size_t size)
{
    att_block_memory *next = self->current ? self->current->next : self->first;
    open_block(self, next && next->size >= size ? next : add_block(self, size));
}

static size_t round_up(const att_arena *self, size_t size)
{
    if (size > SIZE_MAX - HEADER - ALIGNMENT) att_arena_give_up(self);
    return (size + (self->starts != NULL) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void note_start(att_arena *self, const char *piece)
{
    size_t at = (size_t)(piece - (char *)self->first) / ALIGNMENT;
    self->starts[at / 64] |= UINT64_C(1) << at % 64;
}

/* Moves on to the next cache line. */
static void go_to_line(att_arena *self)
{
    size_t behind = (uintptr_t)self->at % ATT_CACHE_LINE, rest = behind ? ATT_CACHE_LINE - behind : 0;
    if (rest < (size_t)(self->end - self->at)) self->at += rest;
}

/* Any piece, of zero bytes too. */
static __attribute__((noinline)) void *take(att_arena *self, size_t size)
{
    size = round_up(self, size ? size : 1);
    if (size >= ATT_ARENA_LARGE && !self->starts) return take_large(self, size);
    if (size >= ATT_ARENA_LINED && self->starts) go_to_line(self);
    if (size > (size_t)(self->end - self->at)) next_block(self, size);
    self->last = self->at;
    self->at += size;
    if (self->starts) note_start(self, self->last);
    return self->last;
}

/* Most pieces are small and fit the block. */
void *att_arena_alloc(att_arena *self, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; /* 0 where that is too much */
    char *piece = self->at;
    if (rounded - 1 >= ATT_ARENA_LARGE - 1 || rounded > (size_t)(self->end - piece) || self->starts) return take(self, size);
    self->last = piece;
    self->at = piece + rounded;
    return piece;
}

static size_t product(const att_arena *self, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) att_arena_give_up(self);
    return bytes;
}

void *att_arena_zero(att_arena *self, size_t count, size_t size)
{
    size_t bytes = product(self, count, size);
    /* New pages are zero already, but one that is read before it is written has two page faults. */
    return memset(att_arena_alloc(self, bytes), 0, bytes);
}

void *att_arena_zero_each(att_arena *self, size_t count, size_t size)
{
    assert(size % ALIGNMENT == 0);
    char *items = att_arena_zero(self, count, size);
    for (size_t i = 1; self->starts && i < count; i++) note_start(self, items + i * size);
    return items;
}

/* A piece of `bytes` bytes with the first `used` bytes of `piece` in it. */
static __attribute__((noinline)) void *enlarge(att_arena *self, void *piece, size_t used, size_t bytes)
{
    size_t rounded = round_up(self, bytes);
    if ((char *)piece == self->last && (size_t)(self->end - self->last) >= rounded) {
        self->at = self->last + rounded;
        return piece;
    }
    att_large_piece **link = link_of(self, piece);
    if (link) return grow_large(self, link, rounded, used);
    return memcpy(att_arena_alloc(self, bytes), piece, used);
}

void *att_arena_grow(att_arena *self, void *items, size_t count, size_t wanted, size_t size)
{
    assert(wanted >= count && size > 0);
    size_t bytes = product(self, wanted, size);
    return items ? enlarge(self, items, count * size, bytes) : att_arena_alloc(self, bytes);
}

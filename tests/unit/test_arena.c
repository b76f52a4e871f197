/* Arenas: large pieces grow without leaving anything behind, may be given back, and count against the limit; pages that two
 * arenas share are used again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"

enum { LARGE = ATT_ARENA_LARGE };

static att_arena arena;
static att_guard guard;
static att_arena starting; /* marks in `starts` where its pieces in `memory` begin */
static _Alignas(4096) char memory[8192];
static uint64_t starts[sizeof memory / ATT_ARENA_UNIT / 64];

static void grow_and_give_back(void *argument)
{
    (void)argument;
    char *small = memset(att_arena_alloc(&arena, 100), 1, 100), *array = NULL;
    size_t before = arena.total;
    for (size_t size = LARGE; size <= 8 * LARGE; size *= 2) {
        array = att_arena_grow(&arena, array, array ? size / 2 : 0, size, 1);
        memset(array + (size > LARGE ? size / 2 : 0), (int)(size / LARGE), size / 2);
    }
    assert_true(arena.total <= before + 9 * LARGE);
    assert_int_equal(array[4 * LARGE - 1], 4);
    assert_int_equal(array[4 * LARGE], 8);
    assert_int_equal((uintptr_t)array % ATT_ARENA_UNIT, 0);
    char *zeros = att_arena_zero(&arena, LARGE, 2);
    assert_int_equal(zeros[0] | zeros[2 * LARGE - 1], 0);
    att_arena_free(&arena, array);
    att_arena_free(&arena, zeros);
    att_arena_free(&arena, small); /* which has no pages of its own, so it stays */
    att_arena_free(&arena, NULL);
    assert_int_equal(arena.total, before);
    assert_int_equal(small[99], 1);
    att_arena_alloc(&arena, LARGE);
    att_arena_reset(&arena, 0);
    assert_int_equal(arena.total, 0);
}

/* Each item begins a piece of its own, as compiled rules ask. */
static void zero_each(void *argument)
{
    enum { COUNT = 5, SIZE = 3 * ATT_ARENA_UNIT };
    (void)argument;
    char *items = att_arena_zero_each(&starting, COUNT, SIZE);
    for (size_t at = 0; at < COUNT * SIZE; at += ATT_ARENA_UNIT) {
        const size_t unit = (size_t)(items + at - memory) / ATT_ARENA_UNIT;
        assert_int_equal(starts[unit / 64] >> unit % 64 & 1, at % SIZE == 0);
    }
    for (size_t at = 0; at < COUNT * SIZE; at++) assert_int_equal(items[at], 0);
}

static void grow_for_ever(void *argument)
{
    (void)argument;
    char *array = NULL;
    for (size_t size = LARGE;; size *= 2) array = att_arena_grow(&arena, array, array ? size / 2 : 0, size, 1);
}

/* What is spare with what is in use. */
static size_t held_by(const att_pages *pages)
{
    return pages->spare_bytes + pages->total;
}

/* One document after the other takes the same pages, in another order and size. */
static void share_pages(void *argument)
{
    att_pages *pages = argument;
    att_arena other;
    att_arena_init_with(&arena, &guard, pages);
    att_arena_init_with(&other, &guard, pages);
    char *first = memset(att_arena_alloc(&arena, 4 * LARGE), 1, 4 * LARGE);
    att_arena_free(&arena, first);
    assert_true(pages->spare_bytes >= 4 * LARGE); /* what one stage gave back is the next one's */
    first = memset(att_arena_alloc(&arena, 4 * LARGE), 1, 4 * LARGE);
    assert_int_equal(pages->spare_bytes, 0);
    att_arena_alloc(&other, 3 * LARGE);
    size_t most = pages->total;
    att_arena_reset(&other, 0);
    att_arena_reset(&arena, 0);
    assert_int_equal(pages->total, 0);
    assert_int_equal(pages->spare_bytes, most);
    char *second = att_arena_zero(&other, LARGE, 1);
    assert_int_equal(second[0] | second[LARGE - 1], 0);
    assert_int_equal(held_by(pages), most); /* a part of one of them */
    for (size_t size = LARGE; size < 4 * LARGE; size *= 2) second = att_arena_grow(&other, second, size, size * 2, 1);
    assert_int_equal(second[LARGE - 1], 0);
    att_arena_alloc(&arena, 3 * LARGE);
    assert_true(held_by(pages) <= most + 2 * LARGE);
    att_arena_alloc(&arena, 9 * LARGE); /* more than is spare: that is not kept beside it */
    assert_int_equal(pages->spare_bytes, 0);
    att_arena_reset(&arena, 0);
    att_arena_reset(&other, 0);
    assert_true(pages->spare_bytes > pages->most);
    att_arena_rest(&other);
    assert_true(pages->spare_bytes && pages->spare_bytes <= pages->most);
    att_arena_clear(&other);
    att_arena_clear(&arena);
    assert_int_equal(held_by(pages), 0);
}

static void test_pages(void **state)
{
    (void)state;
    att_pages pages = { .most = 10 * LARGE };
    assert_int_equal(att_guard_run(&guard, share_pages, &pages), ATT_OK);
}

/* What of a piece was never written to is no reason to keep more. */
static void cut_off(void *argument)
{
    att_pages *pages = argument;
    att_arena_init_with(&arena, &guard, pages);
    char *piece = att_arena_alloc(&arena, 64 * LARGE);
    memset(piece, 7, 2 * LARGE);
    att_arena_cut(&arena, piece, 2 * LARGE);
    assert_int_equal(piece[2 * LARGE - 1], 7);
    assert_true(pages->total < 3 * LARGE);
    att_arena_reset(&arena, 0);
    assert_true(held_by(pages) < 3 * LARGE);
    att_arena_clear(&arena);
}

static void test_cut(void **state)
{
    (void)state;
    att_pages pages = { .most = SIZE_MAX };
    assert_int_equal(att_guard_run(&guard, cut_off, &pages), ATT_OK);
}

static void test_large_pieces(void **state)
{
    (void)state;
    att_arena_init(&arena, &guard, 0);
    assert_int_equal(att_guard_run(&guard, grow_and_give_back, NULL), ATT_OK);
    att_arena_clear(&arena);
}

static void test_limit(void **state)
{
    (void)state;
    att_arena_init(&arena, &guard, 16 * LARGE);
    assert_int_equal(att_guard_run(&guard, grow_for_ever, NULL), ATT_NOMEM);
    assert_true(arena.total <= 16 * LARGE);
    att_arena_clear(&arena);
    assert_int_equal(arena.total, 0);
}

static void test_zero_each(void **state)
{
    (void)state;
    att_arena_init_in(&starting, &guard, memory, sizeof memory, starts);
    assert_int_equal(att_guard_run(&guard, zero_each, NULL), ATT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_large_pieces), cmocka_unit_test(test_limit),
                                        cmocka_unit_test(test_pages), cmocka_unit_test(test_cut),
                                        cmocka_unit_test(test_zero_each) };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}

/* Arenas: large pieces grow without leaving anything behind, may be given back, and count against the limit. */
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
    memset(zeros, 1, 2 * LARGE);
    att_arena_free(&arena, zeros);
    const char *spare = zeros;
    zeros = att_arena_zero(&arena, LARGE, 2);
    assert_ptr_equal(zeros, spare); /* the same pages, cleared */
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

static void grow_for_ever(void *argument)
{
    (void)argument;
    char *array = NULL;
    for (size_t size = LARGE;; size *= 2) array = att_arena_grow(&arena, array, array ? size / 2 : 0, size, 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_large_pieces), cmocka_unit_test(test_limit) };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}

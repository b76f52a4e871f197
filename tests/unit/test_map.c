/* test_map.c - strings by number: the compact form of a map finds what the map finds, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

enum { MANY = 1000 };

static att_arena arena;

/* Whether the index has the keys of the map under their numbers, and not these keys with a letter more or less. */
static void compare(const att_map *map, const att_index *index)
{
    for (uint32_t i = 0; i < map->count; i++) {
        att_str key = map->items[i], longer = att_str_format(&arena, "%.*sx", ATT_STR_ARG(key));
        att_str shorter = att_str_slice(key, 0, key.length ? key.length - 1 : 0);
        assert_int_equal(att_index_find(index, key), i);
        assert_true(att_str_equal(att_index_at(index, i), key));
        assert_int_equal(att_index_find(index, longer), att_map_find(map, longer));
        assert_int_equal(att_index_find(index, shorter), att_map_find(map, shorter));
    }
}

static void index_few(void *argument)
{
    static const char *const keys[] = { "roe", "oscar roe", "", "von roe", "oscar von roe", "oscar", "e", "doe", "\xc3\xa9" };
    att_map map;
    (void)argument;
    att_map_init(&map, &arena);
    att_index none = att_map_index(&map, &arena);
    assert_int_equal(att_index_find(&none, ATT_STR("roe")), ATT_NONE);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) att_map_add(&map, att_str_of(keys[i]));
    att_index index = att_map_index(&map, &arena);
    compare(&map, &index);
    assert_ptr_equal(att_index_at(&index, 0).data, att_index_at(&index, 4).data + strlen("oscar von "));
}

static void index_many(void *argument)
{
    att_map map;
    (void)argument;
    att_map_init(&map, &arena);
    for (int i = 0; i < MANY; i++) att_map_add(&map, att_str_format(&arena, "%d", i * i));
    att_index index = att_map_index(&map, &arena);
    compare(&map, &index);
}

static void run(void (*work)(void *))
{
    att_guard guard = { .armed = 0 };
    att_arena_init(&arena, &guard, 0);
    assert_int_equal(att_guard_run(&guard, work, NULL), ATT_OK);
    att_arena_clear(&arena);
}

static void few_strings(void **state)
{
    (void)state;
    run(index_few);
}

static void many_strings(void **state)
{
    (void)state;
    run(index_many);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(few_strings), cmocka_unit_test(many_strings) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_order.c - sorting by a number: arrays of all lengths and many shapes come out in order, equals as they came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/order.h"

enum { LONGEST = 300 };

typedef struct {
    uint32_t shape, count;
} array;

static att_arena arena;

/* Key `i` of an array: in order, reversed, three parts behind each other, many equals, as good as random. */
static uint64_t key_of(const array *self, uint32_t i)
{
    switch (self->shape) {
    case 0: return i;
    case 1: return UINT64_MAX - i;
    case 2: return i % (self->count / 3 + 1);
    case 3: return i * UINT64_C(0x9e3779b97f4a7c15) >> 62;
    default: return (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    }
}

static void sort_one(void *argument)
{
    const array *self = argument;
    att_ranked items[LONGEST + 1];
    uint8_t seen[LONGEST + 1] = { 0 };
    for (uint32_t i = 0; i < self->count; i++) items[i] = (att_ranked){ key_of(self, i), i };
    att_order(&arena, items, self->count);
    for (uint32_t i = 0; i < self->count; i++) {
        assert_int_equal(items[i].key, key_of(self, items[i].index));
        assert_int_equal(seen[items[i].index]++, 0);
        if (!i) continue;
        assert_true(items[i - 1].key <= items[i].key);
        if (items[i - 1].key == items[i].key) assert_true(items[i - 1].index < items[i].index);
    }
}

static void all_arrays(void **state)
{
    (void)state;
    att_guard guard = { .armed = 0 };
    att_arena_init(&arena, &guard, 0);
    for (array one = { 0, 0 }; one.shape < 5; one.shape++)
        for (one.count = 0; one.count <= LONGEST; one.count++) {
            assert_int_equal(att_guard_run(&guard, sort_one, &one), ATT_OK);
            att_arena_reset(&arena, SIZE_MAX);
        }
    att_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(all_arrays) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

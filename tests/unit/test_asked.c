/* test_asked.c - answers by word type and question: what is found is what was noted last of the same pair, nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/asked.h"

enum { QUESTIONS = 2500, STEP = 7, FEW = 500, MANY = 60000 };

static att_arena arena;

static unsigned answer_of(uint32_t type, uint32_t question)
{
    return 1 + (type * 31 + question * 17) % 3;
}

/* Notes every seventh question of so many types and returns how many answers are found; none may be wrong. */
static uint32_t count_found(uint32_t types)
{
    att_asked asked;
    uint32_t found = 0;
    att_asked_init(&asked, QUESTIONS);
    for (uint32_t type = 0; type < types; type++)
        for (uint32_t question = type % STEP; question < QUESTIONS; question += QUESTIONS / STEP) {
            assert_int_equal(att_asked_find(&asked, type, question), 0);
            att_asked_note(&asked, &arena, type, question, answer_of(type, question));
            assert_int_equal(att_asked_find(&asked, type, question), answer_of(type, question));
        }
    for (uint32_t type = 0; type < types + 10; type++)
        for (uint32_t question = 0; question < QUESTIONS; question++) {
            unsigned known = att_asked_find(&asked, type, question);
            if (known) assert_int_equal(known, answer_of(type, question));
            if (known) assert_int_equal((question - type % STEP) % (QUESTIONS / STEP), 0);
            found += known != 0;
        }
    return found;
}

static void few(void *argument)
{
    (void)argument;
    assert_true(count_found(FEW) > FEW * STEP * 3 / 4);
}

static void many(void *argument)
{
    (void)argument;
    size_t before = arena.total;
    assert_true(count_found(MANY) > MANY);
    assert_true(arena.total - before < 4 << 20); /* however much is noted */
}

/* Types whose questions would have the numbers of others' are never kept. */
static void far(void *argument)
{
    (void)argument;
    att_asked asked;
    att_asked_init(&asked, 1 << 12);
    att_asked_note(&asked, &arena, 5, 7, 2);
    att_asked_note(&asked, &arena, 5 + (1 << 20), 8, 3);
    assert_int_equal(att_asked_find(&asked, 5, 7), 2);
    assert_int_equal(att_asked_find(&asked, 5 + (1 << 20), 7), 0);
    assert_int_equal(att_asked_find(&asked, 5 + (1 << 20), 8), 0);
}

static void all(void **state)
{
    (void)state;
    void (*const tests[])(void *) = { few, many, far };
    att_guard guard = { .armed = 0 };
    att_arena_init(&arena, &guard, 0);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        assert_int_equal(att_guard_run(&guard, tests[i], NULL), ATT_OK);
        att_arena_reset(&arena, 0);
    }
    att_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(all) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

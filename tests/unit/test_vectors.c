/* test_vectors.c - what looks at many bytes at once has the results of what goes from byte to byte, on text made to part them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/utf8.h"
#include "cascade/gates.h"
#include "engine/engine.h"
#include "text/cut.h"

enum { TEXTS = 60000, LONGEST = 400 };

/* What words, marks and their like are made of, and what breaks them. */
static const char *const pieces[] = {
    "a",
    "b",
    "s",
    "x",
    "A",
    "S",
    "U",
    "Z",
    "the",
    "Minister",
    "Gen",
    "Mr",
    "No",
    "Jan",
    "etc",
    "Inc",
    "Vice",
    "Adm",
    "p",
    "al",
    "0",
    "1",
    "7",
    "12",
    "2024",
    "000",
    ".",
    ".",
    ".",
    ",",
    ",",
    ":",
    ";",
    "!",
    "?",
    "-",
    "-",
    "'",
    "'",
    "\"",
    "@",
    "/",
    "//",
    "://",
    "http",
    "https",
    "www",
    "gov",
    "com",
    "kr",
    "mofa.go.kr",
    "(",
    ")",
    "[",
    "]",
    "&",
    "$",
    "%",
    "_",
    "*",
    "#",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "\x7f",
    "\x01",
    "\xC3\xA9",
    "\xC3\x89",
    "\xC3\x9F",
    "\xCC\x81",
    "\xE2\x80\x99",
    "\xE2\x80\x98",
    "\xE2\x80\x9C",
    "\xE2\x80\x9D",
    "\xE2\x80\x90",
    "\xE2\x80\x91",
    "\xE2\x80\x93",
    "\xE2\x80\x94",
    "\xE2\x80\x8B",
    "\xC2\xAD",
    "\xC2\xA0",
    "\xE2\x81\xA0",
    "\xE3\x80\x82",
    "\xEA\xB5\xAD",
    "\xE5\xA4\x96",
    "\xD9\x85",
    "\xF0\x9F\x98\x80",
    "\xFF",
    "\xC3",
    "\xE2\x80",
    "\x80",
    "U.S.",
    "R.O.K.",
    "a.m.",
    "e.g.",
    "U.S.-ROK",
    "Dong-yeol",
    "don't",
    "it's",
    "states'",
    "1,234",
    "3.5",
    "10:30",
    "J.",
    "Biden-\xE2\x81\xA0Harris",
    "longwordthatgoesonandonandonoverthesixtyfourbytesofablockofthetextitself",
};
enum { PIECES = sizeof pieces / sizeof *pieces };

static att_engine *engine;

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* A text of a few kinds of pieces, so that each meets each often. */
static att_str make_text(char *text, uint64_t *state)
{
    uint32_t kinds[8], count = 1 + next_random(state) % 8;
    size_t length = 0, wanted = next_random(state) % LONGEST;
    for (uint32_t i = 0; i < count; i++) kinds[i] = next_random(state) % PIECES;
    while (length < wanted) {
        uint32_t kind = next_random(state) % 4 ? kinds[next_random(state) % count] : next_random(state) % PIECES;
        memcpy(text + length, pieces[kind], strlen(pieces[kind]));
        length += strlen(pieces[kind]);
    }
    memset(text + length, ' ', 1);
    memset(text + length + 1, 0, 64);
    return (att_str){ text, length };
}

static void cut_both_ways(void *argument)
{
    att_arena *arena = argument;
    uint64_t state = 7;
    char text[LONGEST + 256];
    for (int i = 0; i < TEXTS; i++) {
        att_arena_reset(arena, SIZE_MAX);
        att_str made = make_text(text, &state);
        att_tokens plain = { 0 }, blocks = { 0 };
        size_t start = made.length ? next_random(&state) % made.length : 0;
        att_cut_in(ATT_CUT_PLAIN, &engine->knowledge.lexicon, arena, made, start, made.length, &plain);
        att_cut_in(ATT_CUT_BLOCKS, &engine->knowledge.lexicon, arena, made, start, made.length, &blocks);
        bool same = plain.count == blocks.count;
        for (uint32_t t = 0; same && t < plain.count; t++)
            same = plain.start[t] == blocks.start[t] && plain.end[t] == blocks.end[t] && plain.flags[t] == blocks.flags[t];
        if (!same) fail_msg("text %d, from byte %zu: '%.*s'", i, start, ATT_STR_ARG(made));
    }
}

static void tokens_agree(void **state)
{
    (void)state;
    att_guard guard = { 0 };
    att_arena arena;
    if (!att_cut_has(ATT_CUT_BLOCKS)) {
        print_message("this machine cuts in one way only: nothing to compare\n");
        skip();
    }
    att_arena_init(&arena, &guard, 0);
    assert_int_equal(att_guard_run(&guard, cut_both_ways, &arena), ATT_OK);
    att_arena_clear(&arena);
}

/* Characters at the edges of what is well-formed; now and then what is just beyond. */
static size_t put_character(char *text, uint64_t *state)
{
    static const char *const good[] = { "a",
                                        "\x7F",
                                        "\xC2\x80",
                                        "\xDF\xBF",
                                        "\xE0\xA0\x80",
                                        "\xED\x9F\xBF",
                                        "\xEE\x80\x80",
                                        "\xF0\x90\x80\x80",
                                        "\xF4\x8F\xBF\xBF" };
    static const char *const bad[] = { "\x80",
                                       "\xBF",
                                       "\xC0\x80",
                                       "\xC1\xBF",
                                       "\xC2",
                                       "\xDF",
                                       "\xE0\x9F\xBF",
                                       "\xE0\xA0",
                                       "\xE1",
                                       "\xED\xA0\x80",
                                       "\xED\xBF\xBF",
                                       "\xEF\xBF",
                                       "\xF0\x8F\xBF\xBF",
                                       "\xF0\x90\x80",
                                       "\xF1\x80",
                                       "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80",
                                       "\xFF" };
    uint32_t number = next_random(state), kind = number / 64;
    const char *made = good[0];
    if (number % 64 == 0) made = bad[kind % (sizeof bad / sizeof *bad)];
    else if (number % 3 == 0) made = good[kind % (sizeof good / sizeof *good)];
    memcpy(text, made, strlen(made));
    return strlen(made);
}

static void utf8_agrees(void **unused)
{
    (void)unused;
    uint64_t state = 11;
    char text[LONGEST + 8];
    for (int i = 0; i < TEXTS; i++) {
        size_t length = 0, wanted = next_random(&state) % LONGEST;
        while (length < wanted) length += put_character(text + length, &state);
        att_str made = { text, length };
        assert_int_equal(att_utf8_check(made), att_utf8_check_from(made, 0));
    }
}

/* ---- gates ---- */

enum { GATES = 150, TRIES = 20000 };

static uint64_t few_bits(uint64_t *state)
{
    uint64_t bits = 0;
    for (uint32_t left = next_random(state) % 4; left; left--) bits |= UINT64_C(1) << next_random(state) % 64;
    return bits;
}

static att_glance some_glance(uint64_t *state)
{
    if (next_random(state) % 3 == 0) return att_glance_anything;
    return (att_glance){ few_bits(state), (uint32_t)few_bits(state), (uint32_t)few_bits(state) };
}

static void gates_agree(void **unused)
{
    (void)unused;
    uint64_t state = 5;
    att_layer_gate items[GATES];
    for (uint32_t i = 0; i < GATES; i++)
        items[i] = (att_layer_gate){ .gate = { .behind = some_glance(&state),
                                               .before = some_glance(&state),
                                               .held = { (uint32_t)few_bits(&state), (uint32_t)few_bits(&state) } },
                                     .fields = few_bits(&state) & few_bits(&state) };
    att_gates gates = { .items = items };
    att_guard guard = { 0 };
    att_arena arena;
    att_arena_init(&arena, &guard, 0);
    for (int i = 0; i < TRIES; i++) {
        att_around around = { .before = { few_bits(&state) | few_bits(&state), few_bits(&state) },
                              .behind = { few_bits(&state) | few_bits(&state), few_bits(&state) },
                              .fields = few_bits(&state),
                              .held = (uint32_t)(few_bits(&state) | few_bits(&state)) };
        gates.count = 1 + next_random(&state) % GATES;
        att_gates_make_columns(&gates, &arena);
        for (uint32_t first = 0; first < gates.count; first += ATT_GATES_AT_ONCE)
            assert_int_equal(att_gates_open(&gates, first, &around), att_gates_open_plainly(&gates, first, &around));
        att_arena_clear(&arena);
    }
}

/* Which tokens have one of some bits: as a word of bits, and the next one of several words, at every place. */
static void marked_tokens_agree(void **state)
{
    (void)state;
    enum { TOKENS = 3 * ATT_TOKEN_BLOCK - 5 };
    uint8_t column[TOKENS + ATT_TOKEN_PADDING] = { 0 };
    uint64_t random = 5, words[3];
    for (int round = 0; round < 2000; round++) {
        uint8_t bits = (uint8_t)(1 << next_random(&random) % 8 | 1 << next_random(&random) % 8);
        uint32_t seldom = 1 + next_random(&random) % 100, last = next_random(&random) % TOKENS, next = last;
        for (uint32_t i = 0; i < TOKENS; i++)
            column[i] = next_random(&random) % seldom ? (uint8_t)~bits : (uint8_t)next_random(&random);
        for (uint32_t i = 0; i < 3; i++) words[i] = att_tokens_block(column + i * ATT_TOKEN_BLOCK, bits);
        for (uint32_t at = last; at-- > 0;) {
            if (column[at] & bits) next = at;
            assert_int_equal(att_tokens_bit(words, at, last), next);
            assert_int_equal(att_tokens_next(column, at, last, bits), next);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(tokens_agree), cmocka_unit_test(marked_tokens_agree),
                                        cmocka_unit_test(utf8_agrees), cmocka_unit_test(gates_agree) };
    if (att_engine_load(&engine, NULL) != ATT_OK) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    att_engine_free(engine);
    return failed;
}

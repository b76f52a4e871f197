/* test_regex.c - the automaton of a pattern says what PCRE2 says, on patterns and tokens made at random; and which have one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/automaton.h"
#include "base/regex.h"

enum { PATTERNS = 3000, TOKENS = 60, LONGEST = 400 };

typedef struct {
    char data[LONGEST];
    size_t length;
} text;

static uint64_t state;

static uint32_t below(uint32_t count)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % count;
}

static void add(text *out, const char *piece)
{
    size_t length = strlen(piece);
    if (out->length + length > LONGEST) return;
    memcpy(out->data + out->length, piece, length);
    out->length += length;
}

static void add_any(text *out, const char *const *pieces, uint32_t count)
{
    add(out, pieces[below(count)]);
}
#define ADD_ANY(out, pieces) add_any(out, pieces, sizeof(pieces) / sizeof *(pieces))

static void add_choice(text *out, uint32_t depth)
{
    static const char *const atoms[] = { "a", "b", "ab", "B", "1", "-", "\\.", ".", "é", "’", "\\-", "]" };
    static const char *const sets[] = { "[ab]",   "[a-z]", "[A-Z]",   "[^b]",  "[0-9]",
                                        "[a-zé]", "[-’]",  "[^a-zé]", "[.b-]", "[\\]b]" };
    static const char *const times[] = { "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "{2,3}", "*?", "??", "{0}" };
    static const char *const bounded[] = { "", "", "?", "{2}" }; /* of groups: PCRE2 gives up on more */
    for (uint32_t choices = 1 + below(3); choices--;) {
        for (uint32_t parts = below(4); parts--;) {
            uint32_t kind = below(8);
            if (kind < 2 && depth) {
                add(out, kind ? "(?:" : "(");
                add_choice(out, depth - 1);
                add(out, ")");
                ADD_ANY(out, bounded);
                continue;
            }
            if (kind < 5) ADD_ANY(out, sets);
            else ADD_ANY(out, atoms);
            ADD_ANY(out, times);
        }
        if (choices) add(out, "|");
    }
}

static void add_token(text *out)
{
    static const char *const pieces[] = { "a", "b", "ab", "B", "1", "-", ".", "é", "’", "z", "]" };
    for (uint32_t count = below(7); count--;) ADD_ANY(out, pieces);
}

static att_guard guard;
static att_arena arena;

static void same_as_pcre2(void **unused)
{
    (void)unused;
    uint32_t known = 0, matched = 0;
    for (uint32_t i = 0; i < PATTERNS; i++) {
        text pattern = { .length = 0 };
        add_choice(&pattern, 2);
        att_str as_str = { pattern.data, pattern.length };
        att_regex_error error;
        att_regex *regex = att_regex_new(as_str, &error);
        const att_automaton *automaton = att_automaton_new(&arena, as_str);
        for (uint32_t j = 0; regex && automaton && j < TOKENS; j++) {
            text token = { .length = 0 };
            add_token(&token);
            att_str word = { token.data, token.length };
            bool yes = att_regex_matches(regex, word);
            att_automaton_answer answer = att_automaton_matches(automaton, word);
            matched += yes;
            known += answer != ATT_AUTOMATON_UNKNOWN;
            if (answer == (yes ? ATT_AUTOMATON_NO : ATT_AUTOMATON_YES))
                fail_msg("/%.*s/ on '%.*s'", ATT_STR_ARG(as_str), ATT_STR_ARG(word));
        }
        att_regex_free(regex);
        att_arena_reset(&arena, SIZE_MAX);
    }
    assert_true(known > PATTERNS * TOKENS / 4);
    assert_true(matched > PATTERNS * TOKENS / 50);
}

static void which_have_one(void **unused)
{
    (void)unused;
    static const struct {
        const char *pattern;
        bool has;
    } cases[] = {
        { ".+ing", true },
        { "[A-Z][a-z]*(ro|shi|to)", true },
        { "(19|20)[0-9]{2}", true },
        { "", true },
        { "(?:a|)", true },
        { "[-–]x", true },
        { "(?!Anti)[a-z]+", false },
        { "(?i)abc", false },
        { "\\d+", false },
        { "(a)\\1", false },
        { "[[:alpha:]]+", false },
        { "a++", false },
        { "^a$", false },
        { "(*UCP)a", false },
        { "((a{30}){30}){30}", false },
        { "(){9999}", false },
        { "[]a]", false },
        { "(a|b)*a(a|b){12}", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_automaton *automaton = att_automaton_new(&arena, att_str_of(cases[i].pattern));
        if ((automaton != NULL) != cases[i].has) fail_msg("/%s/", cases[i].pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(same_as_pcre2), cmocka_unit_test(which_have_one) };
    att_arena_init(&arena, &guard, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    att_arena_clear(&arena);
    return failed;
}

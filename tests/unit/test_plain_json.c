/* test_plain_json.c - what the short way accepts, the general parser reads the same: on hostile lines and on lines with
 * changed bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>

#include "read/plain_json.h"

enum { FIELDS = 3, CHANGES = 60000 };
static const char *const names[FIELDS] = { "text", "id", "date" };

static const struct {
    const char *line;
    bool plain; /* the short way takes it */
} lines[] = {
    { "{\"text\":\"Seoul\",\"id\":\"1\",\"date\":null}", true },
    { " { \"text\" : \"a\\n\\u00e9\\ud83d\\ude00\\\\\\\"\\/\" , \"n\" : -0.5e+3 , \"l\" : [ {} , [ ] , true ] } ", true },
    { "{}", true },
    { "{\"text\":\"\",\"text\":\"last wins\"}", true },
    { "{\"other\":{\"text\":\"inner\"},\"text\":\"outer\"}", true },
    { "{\"text\":\"caf\xc3\xa9 \xf0\x9f\x98\x80\\u0000\"}", true },
    { "{\"text\":1}", false },
    { "{\"text\":\"a\",}", false },
    { "{\"text\":\"a\"} x", false },
    { "{\"text\":\"a", false },
    { "{\"text\":\"\\ud800\"}", false },
    { "{\"text\":\"\\udc00\\ud800\"}", false },
    { "{\"text\":\"\\u12g4\"}", false },
    { "{\"text\":\"\\x\"}", false },
    { "{\"text\":\"\t\"}", false },
    { "{\"text\":\"\xff\"}", false },
    { "{\"te\\u0078t\":\"a\"}", false },
    { "{\"text\":\"a\",\"n\":01}", false },
    { "{\"text\":\"a\",\"n\":1.}", false },
    { "{\"text\":\"a\",\"n\":.5}", false },
    { "{\"text\":\"a\",\"n\":tru}", false },
    { "{\"text\":\"a\" \"id\":\"b\"}", false },
    { "{\"text\":\"a\",\"x\":[1,]}", false },
    { "[\"text\"]", false },
    { "null", false },
};

typedef struct {
    att_guard guard;
    att_arena arena;
    att_str line;
    att_str values[FIELDS];
    bool plain;
} attempt;

static void try_plain(void *argument)
{
    attempt *self = argument;
    self->plain = att_plain_json(&self->arena, self->line, names, self->values, FIELDS);
}

/* Fails when the short way took a line that the general parser refuses or reads otherwise. */
static bool check(attempt *self, att_str line)
{
    self->line = line;
    att_arena_reset(&self->arena, SIZE_MAX);
    assert_int_equal(att_guard_run(&self->guard, try_plain, self), ATT_OK);
    if (!self->plain) return false;
    json_error_t error;
    json_t *tree = json_loadb(line.data, line.length, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
    if (!tree && json_error_code(&error) == json_error_numeric_overflow) return true; /* which the reader mends */
    if (!tree || !json_is_object(tree)) fail_msg("taken, but no object: %.*s", ATT_STR_ARG(line));
    for (int i = 0; i < FIELDS; i++) {
        const json_t *value = json_object_get(tree, names[i]);
        att_str want = { json_string_value(value), json_string_length(value) };
        if (!att_str_equal(want, self->values[i]) || !want.data != !self->values[i].data)
            fail_msg("field %s differs: %.*s", names[i], ATT_STR_ARG(line));
    }
    json_decref(tree);
    return true;
}

static void hostile_lines(void **state)
{
    (void)state;
    attempt self = { 0 };
    att_arena_init(&self.arena, &self.guard, 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (check(&self, att_str_of(lines[i].line)) != lines[i].plain) fail_msg("%s", lines[i].line);
    att_arena_clear(&self.arena);
}

static void changed_lines(void **state)
{
    (void)state;
    static const char bytes[] = "\"\\{}[],:ud8c0e1.-+ntfb \t\x01\x80\xc3\xf0";
    attempt self = { 0 };
    uint64_t seed = 1;
    size_t taken = 0;
    att_arena_init(&self.arena, &self.guard, 0);
    for (int i = 0; i < CHANGES; i++) {
        char line[256];
        const char *from = lines[(size_t)i % (sizeof lines / sizeof *lines)].line;
        size_t length = strlen(from);
        memcpy(line, from, length);
        for (int n = 0; n < 1 + i % 3; n++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            line[(seed >> 33) % length] = bytes[(seed >> 20) % (sizeof bytes - 1)];
        }
        taken += check(&self, (att_str){ line, length });
    }
    assert_true(taken > CHANGES / 100);
    att_arena_clear(&self.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(hostile_lines), cmocka_unit_test(changed_lines) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_gap.c - what stays of the gaps when there is no room for all: those of most documents, with what was counted of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tools/gap.h"

enum { ROOM = 8 };

typedef struct {
    att_guard guard;
    att_gaps gaps;
    uint32_t document;
} bench;

static void see(att_gaps *gaps, const char *name, uint32_t document)
{
    att_str date = document % 2 ? ATT_STR("2026-02-03") : ATT_STR("2026-01-02");
    att_gap gap = { .kind = ATT_GAP_NAME, .entry = ATT_NONE, .name = att_str_of(name), .signs = 1u << ATT_SIGN_SHAPE };
    att_gap_sight sight = {
        .gap = gap, .country = ATT_STR("NOR"), .date = date, .example = ATT_STR("an example"), .document = document
    };
    att_gaps_see(gaps, &sight);
}

/* "Often" in nine documents, "Twice" in two, others in one each, so many that there is no room for them twice. */
static void fill(void *argument)
{
    bench *self = argument;
    char name[] = "rare a";
    att_gaps_init(&self->gaps, &self->guard, ROOM);
    for (uint32_t i = 0; i < 2 * ROOM; i++) {
        self->document++;
        name[sizeof name - 2] = (char)('a' + i);
        see(&self->gaps, name, self->document);
        if (i < 9) see(&self->gaps, "Often", self->document);
        if (i < 9) see(&self->gaps, "Often", self->document); /* a document counts once */
        if (i == 1 || i == 2) see(&self->gaps, "Twice", self->document);
    }
}

static const att_gap *gap_named(const att_gaps *self, const char *name)
{
    for (uint32_t i = 0; i < self->keys.count; i++)
        if (att_str_is(self->items[i].name, name)) return &self->items[i];
    return NULL;
}

static void keeps_those_of_most_documents(void **state)
{
    bench self = { .document = 0 };
    (void)state;
    assert_int_equal(att_guard_run(&self.guard, fill, &self), ATT_OK);
    const att_gap *often = gap_named(&self.gaps, "Often"), *twice = gap_named(&self.gaps, "Twice");
    assert_non_null(often);
    assert_non_null(twice);
    assert_null(gap_named(&self.gaps, "rare a"));
    assert_non_null(gap_named(&self.gaps, "rare p"));
    assert_int_equal(often->documents, 9);
    assert_int_equal(twice->documents, 2);
    assert_string_equal(often->first, "2026-01-02");
    assert_string_equal(often->last, "2026-02-03");
    assert_true(att_str_is(often->countries[0].code, "NOR"));
    assert_int_equal(often->countries[0].count, 9);
    assert_true(att_str_is(often->examples[ATT_GAP_EXAMPLES - 1], "an example"));
    att_gaps_clear(&self.gaps);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_those_of_most_documents) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_mutate.h - what no test would miss (C16): each part of the rules is left out in turn, and the tests that it could change
 * are run again.
 *
 * Parts that could change no test in common are left out together, so that the rules are read some hundred times and not as
 * often as they have parts. A test could change by a part of a rule where the rule held, or where its pattern matches when the
 * rule may hold more often without the part; by a phrase of a list where the text has the phrase's first word.
 */
#ifndef ATT_TEST_MUTATE_H
#define ATT_TEST_MUTATE_H

#include "tools/parts.h"
#include "tools/test_read.h"

typedef struct {
    att_engine *engine;                /* the whole rules, without errors */
    const att_tests *tests;            /* theirs, which all pass */
    const att_engine_options *options; /* that they were loaded with */
    att_parts_scope *scope;
    void *user;
    void (*progress)(void *user, size_t done, size_t all); /* parts; or NULL */
    void *progress_user;
} att_mutation;

typedef struct {
    size_t tested, untested;
    size_t needed; /* without them the rules have errors */
} att_mutation_result;

/* A warning C16 to `diags` for each line of a rule and each list with untested parts. ATT_NOMEM when memory runs out. */
att_status att_mutate(const att_mutation *job, att_diags *diags, att_mutation_result *result);

#endif

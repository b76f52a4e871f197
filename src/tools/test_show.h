/* test_show.h - a test that failed, as its writer reads it: the lines that do not hold, why, and the text with what was wanted
 * and what is there under it.
 */
#ifndef ATT_TEST_SHOW_H
#define ATT_TEST_SHOW_H

#include "tools/test_run.h"

/* A line of the test and what the document has of its layer. */
typedef struct {
    const att_check *check;
    const att_seens *seens;
    att_check_result match;
} att_failure;

/* Writes the failures, all of one test, of which there is at least one. What happened in the text says why rules made nothing
 * where something is missing: the one that the line names by `by`, else those of the test's pack that were woken there. */
void att_show_failures(att_buf *out, att_test_run *run, const att_test_block *test, const att_failure *failures,
                       uint32_t count);

/* A known miss that is still one. */
void att_show_known_miss(att_buf *out, const att_check *check);

#endif

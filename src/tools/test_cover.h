/* test_cover.h - which rules the tests try: in which a rule makes something that a test asks for, and in which it is tried and
 * rightly makes nothing.
 *
 * A rule has its positive test when a line '=' or '==' finds what the rule made or filled in, or when what
 * it took away, by `block` or `beats`, is what a line '!' or '==' says is not there. It has its negative test when a line '!'
 * names it, or when it is woken (the rarest part of its pattern is there) in or beside the words of a line '!', or anywhere for
 * a line '==' or one without words, and makes nothing there. A rule that only blocks has it when it is woken in or beside what
 * a line '=' or '==' finds.
 */
#ifndef ATT_TEST_COVER_H
#define ATT_TEST_COVER_H

#include "cascade/trace_record.h"
#include "tools/test_seen.h"

typedef struct {
    const att_engine *engine;
    bool *positive, *negative; /* by rule */
} att_cover;

/* Nothing tried yet. Lies in the arena. */
void att_cover_init(att_cover *self, const att_engine *engine, att_arena *arena);

/* Takes a line that holds; `record` kept what happened in its text. */
void att_cover_take(att_cover *self, const att_trace_record *record, const att_seens *seens, const att_check *check,
                    const att_check_result *match);

/* A warning C13 for each rule in `scope` without the one or the other. Returns how many. */
uint32_t att_cover_report(const att_cover *self, bool (*scope)(void *user, const att_lines_block *block), void *user,
                          att_diags *diags);

#endif

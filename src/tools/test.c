/* test.c - runs the tests in the rule files: annotates each text and compares each line of the test with the result. */
#include <errno.h>
#include <stdio.h>

#include "tools/plain.h"
#include "tools/test_cover.h"
#include "tools/test_mutate.h"
#include "tools/test_run.h"
#include "tools/test_show.h"
#include "tools/test_update.h"
#include "tools/tools.h"

typedef struct {
    att_engine *engine;
    const att_engine_options *rules;
    const att_test_options *options;
    att_test_result *result;
    att_sink sink;
    void *user;
    att_tests tests;
    att_guard guard;
    att_test_run run;
    att_arena kept; /* what all tests need, until the end */
    bool *used;     /* by index in `only`: something was run for it */
    bool *known;    /* by index in `only`: a pack or a block has the name */
    att_edits edits;
    att_cover cover;
    att_status status;
} test_job;

/* ---- which tests ---- */

static bool names_rule(const att_test_block *test, att_str rule)
{
    for (uint32_t i = 0; i < test->checks.count; i++) {
        att_seen by = { .rule = test->checks.items[i].by.text };
        if (by.rule.data && att_seen_is_by(&by, rule)) return true;
    }
    return false;
}

/* Whether the rule made something in the text of the test. */
static bool has_rule(const test_job *self, att_str rule)
{
    for (uint32_t i = 0; i < self->run.doc.annotations.count; i++) {
        const att_origin *origin = self->run.doc.annotations.items[i].origin;
        att_seen seen = { .rule = origin ? origin->rule : (att_str){ 0 } };
        if (att_seen_is_by(&seen, rule)) return true;
    }
    return false;
}

/* Whether a pack or a block has this name. If so the name selects those alone, not tests by their words. */
static bool is_known(const test_job *self, att_str name)
{
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    for (uint32_t i = 0; i < blocks->packs.count; i++)
        if (att_str_equal(blocks->packs.items[i].name, name)) return true;
    for (uint32_t i = 0; i < blocks->blocks.count; i++)
        if (att_str_equal(blocks->blocks.items[i].name, name)) return true;
    return false;
}

static bool is_wanted(test_job *self, const att_test_block *test)
{
    /* Finding untested parts wants all tests to pass first. */
    bool wanted = !self->options->only_count || self->options->mutate;
    for (size_t i = 0; i < self->options->only_count; i++) {
        att_str only = att_str_of(self->options->only[i]);
        size_t start, end;
        bool fits = att_str_equal(test->pack, only) || names_rule(test, only) || has_rule(self, only)
                    || (!self->known[i] && att_plain_find(test->name, only, 0, &start, &end));
        self->used[i] = self->used[i] || fits;
        wanted = wanted || fits;
    }
    return wanted;
}

static void find_unused(test_job *self)
{
    size_t i = 0;
    while (i < self->options->only_count && (self->used[i] || self->known[i])) i++;
    self->result->unused = i;
}

/* ---- a test ---- */

static void print(test_job *self, att_buf *out)
{
    att_buf_byte(out, '\0');
    self->options->print(self->options->user, out->items);
}

static void tell_known_miss(test_job *self, const att_check *check)
{
    self->result->known++;
    if (self->options->quiet) return;
    att_buf out = { .arena = &self->run.scratch };
    att_show_known_miss(&out, check);
    print(self, &out);
}

/* Whether the line, matched as in `match`, fails. A line that is marked as a known miss fails once it holds. */
static bool fails(test_job *self, const att_check *check, const att_seens *seens, const att_check_result *match)
{
    if (check->kind == ATT_CHECK_MISS && !match->holds) tell_known_miss(self, check);
    if (check->kind == ATT_CHECK_MISS) return match->holds;
    if (match->holds) return false;
    return !self->options->update || !att_edits_add(&self->edits, seens, check, match);
}

static void compare(test_job *self, const att_test_block *test)
{
    att_failure *failures = att_arena_zero(&self->run.scratch, test->checks.count, sizeof *failures);
    uint32_t count = 0;
    for (uint32_t i = 0; i < test->checks.count; i++) {
        const att_check *check = &test->checks.items[i];
        const att_seens *seens = att_test_run_see(&self->run, check->layer);
        att_check_result match = att_check_match(seens, &self->run.scratch, check);
        if (self->options->coverage && match.holds) att_cover_take(&self->cover, self->run.record, seens, check, &match);
        if (fails(self, check, seens, &match)) failures[count++] = (att_failure){ check, seens, match };
    }
    self->result->passed += !count;
    self->result->failed += count != 0;
    if (!count) return;
    att_buf out = { .arena = &self->run.scratch };
    att_show_failures(&out, &self->run, test, failures, count);
    print(self, &out);
}

/* ---- all tests ---- */

static void rewrite(test_job *self)
{
    const char *path = "";
    self->result->rewritten = self->edits.lines;
    self->status = att_edits_write(&self->edits, &path);
    int error = errno;
    snprintf(self->result->path, sizeof self->result->path, "%s", path);
    errno = error;
}

/* Forgets findings about other things than tests, which `lint` reports. */
static void begin_findings(test_job *self)
{
    self->engine->diags = (att_diags){ .arena = &self->engine->arena };
}

static void send_findings(test_job *self)
{
    att_diags_send(&self->engine->diags, &self->engine->arena, self->sink, self->user);
}

/* Whether rules of this block are to be examined: those of the files that were named, and of what `only` names. */
static bool is_asked(void *user, const att_lines_block *block)
{
    const test_job *self = user;
    bool added = self->rules->with_count && !self->rules->rules; /* only packs added to the shipped rules were named */
    if (block->file->lent || (added && !block->file->overlay)) return false;
    const att_pack *pack = &self->engine->knowledge.blocks.packs.items[block->pack];
    bool wanted = !self->options->only_count;
    for (size_t i = 0; i < self->options->only_count; i++) {
        att_str only = att_str_of(self->options->only[i]);
        wanted = wanted || att_str_equal(block->name, only) || att_str_equal(pack->name, only);
    }
    return wanted;
}

/* Reports the rules that no test tries. */
static void tell_untried(test_job *self)
{
    begin_findings(self);
    self->result->untried = att_cover_report(&self->cover, is_asked, self, &self->engine->diags);
    send_findings(self);
}

/* ---- what no test would miss ---- */

static void mutate(test_job *self)
{
    att_mutation job = { .engine = self->engine,
                         .tests = &self->tests,
                         .options = self->rules,
                         .scope = is_asked,
                         .user = self,
                         .progress = self->options->progress,
                         .progress_user = self->options->user };
    att_mutation_result found;
    begin_findings(self);
    self->status = att_mutate(&job, &self->engine->diags, &found);
    self->result->tested = found.tested;
    self->result->untested = found.untested;
    self->result->needed = found.needed;
    send_findings(self);
}

static void run_all(void *argument)
{
    test_job *self = argument;
    self->used = att_arena_zero(&self->kept, self->options->only_count + 1, 1);
    self->known = att_arena_zero(&self->kept, self->options->only_count + 1, 1);
    for (size_t i = 0; i < self->options->only_count; i++) self->known[i] = is_known(self, att_str_of(self->options->only[i]));
    att_edits_init(&self->edits, &self->kept);
    att_cover_init(&self->cover, self->engine, &self->kept);
    for (uint32_t i = 0; i < self->tests.count; i++) {
        att_test_run_annotate(&self->run, &self->tests.items[i], true);
        if (is_wanted(self, &self->tests.items[i])) compare(self, &self->tests.items[i]);
    }
    find_unused(self);
    if (self->options->coverage) tell_untried(self);
    if (self->options->update) rewrite(self);
    if (self->options->mutate && !self->result->failed) mutate(self);
}

/* Reads the tests, and reports errors anywhere in the rules. */
static void read_tests(void *argument)
{
    test_job *self = argument;
    att_diags *findings = &self->engine->diags;
    att_tests_read(&self->tests, self->engine);
    self->result->findings = findings->errors;
    if (findings->errors) att_diags_send(findings, &self->engine->arena, self->sink, self->user);
}

static att_status run(test_job *self)
{
    att_arena_init(&self->kept, &self->guard, 0);
    att_test_run_init(&self->run, self->engine, &self->guard);
    att_status status = att_guard_run(&self->guard, run_all, self);
    att_test_run_clear(&self->run);
    att_arena_clear(&self->kept);
    if (status == ATT_OK) status = self->status;
    return status == ATT_OK && self->result->failed + self->result->untried + self->result->untested ? ATT_RULES : status;
}

att_status att_run_tests(const att_engine_options *rules, const att_test_options *options, att_sink sink, void *user,
                         att_test_result *result)
{
    test_job self = { .options = options, .result = result, .sink = sink, .user = user };
    *result = (att_test_result){ 0 };
    att_engine_options anew = rules ? *rules : (att_engine_options){ 0 };
    anew.anew = true; /* compiled rules have the text of their tests, but not the blocks */
    self.rules = &anew;
    att_status status = att_engine_load(&self.engine, &anew);
    if (!self.engine) return status;
    if (att_guard_run(&self.engine->guard, read_tests, &self) != ATT_OK) status = ATT_NOMEM;
    else if (status == ATT_OK) status = result->findings ? ATT_RULES : run(&self);
    att_engine_free(self.engine);
    return status;
}

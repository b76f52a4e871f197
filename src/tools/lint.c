#include "tools/tools.h"

#include "tools/feuds.h"
#include "tools/shadow.h"
#include "tools/slips.h"
#include "tools/ties.h"

typedef struct {
    att_engine *engine;
    bool added; /* only packs added to the shipped rules were named */
    att_sink sink;
    void *user;
} lint_job;

/* ---- C14 ---- */

/* Whether most tokens, or at least a fifth of all, pass the test: true of classes such as [cap], even with something taken
 * away. */
static bool is_common(const att_test *test)
{
    const uint32_t common = ATT_CLASS_WORD | ATT_CLASS_ASCII | ATT_CLASS_CAP | ATT_CLASS_LOWER;
    switch (test->kind) {
    case ATT_TEST_ANY:
    case ATT_TEST_NOT:
    case ATT_TEST_LENGTH:
    case ATT_TEST_IN_LAYER: return true;
    case ATT_TEST_CLASS: return test->number & common;
    case ATT_TEST_PLACE: return test->number != ATT_AT_POSS && test->number != ATT_AT_QUOTE;
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (!is_common(child)) return false;
        return true;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            if (is_common(child)) return true;
        return false;
    default: return false;
    }
}

/* Warns of rules that one token in five wakes: they make every text slower. */
static void find_slow(att_engine *engine, bool added)
{
    enum { C14 = 14 };
    const att_waker *waker = &engine->cascade.waker;
    uint32_t told = ATT_NONE;
    for (uint32_t i = 0; i < waker->anchors.count; i++) {
        const att_pattern *element = waker->anchors.items[i].element;
        uint32_t number = waker->hooks.items[i].rule;
        const att_rule *rule = &engine->rules.rules.items[number];
        bool slow = element->kind == ATT_PATTERN_TOKEN ? is_common(element->test)
                                                       : element->kind == ATT_PATTERN_GAP || element == rule->pattern;
        if (element->kind == ATT_PATTERN_WORDS || element->kind == ATT_PATTERN_LIST || element->kind == ATT_PATTERN_LAYER)
            continue;
        if (!slow || number == told || rule->block->accepted >> C14 & 1) continue;
        if (added && !att_is_named_source(engine, added, rule->place.source)) continue;
        told = number;
        att_report(&engine->diags, ATT_WARNING, "C14", rule->place,
                   "slow: nothing that every match of '%.*s' has is rare; let it have a word, a list or an annotation",
                   ATT_STR_ARG(rule->name));
        att_report_note(&engine->diags, element->place, "each of these wakes it");
    }
}

/* ---- C03 ---- */

static void find_shadowed(att_engine *engine, bool added)
{
    enum { C03 = 3 };
    const att_opening *openings = att_openings_of(engine, &engine->arena);
    for (uint32_t i = 0; i < engine->rules.rules.count; i++) {
        const att_rule *rule = &engine->rules.rules.items[i];
        if (rule->block->accepted >> C03 & 1) continue;
        att_shadow shadow = att_shadow_of(engine, openings, i);
        if (!shadow.by) continue;
        const bool named = !added || att_is_named_source(engine, added, rule->place.source);
        if (!named && !att_is_named_source(engine, added, shadow.by->place.source)) continue;
        att_str text = att_shadow_example(engine, &engine->arena, rule);
        att_report(&engine->diags, ATT_WARNING, "C03", named ? rule->place : shadow.by->place,
                   "'%.*s' %s: '%.*s' matches all that it matches%s and is chosen before it%s%.*s%s", ATT_STR_ARG(rule->name),
                   shadow.always ? "never wins" : "hardly wins", ATT_STR_ARG(shadow.by->name),
                   shadow.always ? "" : ", as long or longer,", text.length ? ", such as \"" : "", ATT_STR_ARG(text),
                   text.length ? "\"" : "");
        att_report_note(&engine->diags, named ? shadow.by->place : rule->place, "the other one");
    }
}

/* ---- C04, C18 ---- */

/* What the texts of the tests show of rules that are in each other's way. */
static void find_rivals(att_engine *engine, bool added, const att_tests *tests)
{
    att_map ties, feuds;
    att_test_run run;
    att_map_init(&ties, &engine->arena);
    att_map_init(&feuds, &engine->arena);
    att_test_run_init(&run, engine, &engine->guard);
    for (uint32_t i = 0; i < tests->count; i++) {
        att_test_run_annotate(&run, &tests->items[i], true);
        att_ties_find_in(engine, added, &run, &ties);
        att_feuds_find_in(engine, added, &run, &feuds);
    }
    att_test_run_clear(&run);
    att_feuds_find(engine, added, &feuds);
}

/* Reads the tests too, which have findings of their own. */
static void find(void *argument)
{
    lint_job *job = argument;
    att_tests tests;
    att_tests_read(&tests, job->engine);
    if (!job->engine->diags.errors) find_slow(job->engine, job->added);
    if (!job->engine->diags.errors) find_shadowed(job->engine, job->added);
    if (!job->engine->diags.errors) find_rivals(job->engine, job->added, &tests);
    if (!job->engine->diags.errors) att_slips_find(job->engine, job->added);
    if (!job->sink) return;
    att_diags_send(&job->engine->diags, &job->engine->arena, job->sink, job->user);
}

static size_t own_files(const att_rule_files *files)
{
    size_t count = 0;
    for (uint32_t i = 0; i < files->count; i++) count += !files->items[i].lent;
    return count;
}

att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files)
{
    lint_job job = { .added = options && options->with_count && !options->rules, .sink = sink, .user = user };
    att_engine_options anew = options ? *options : (att_engine_options){ 0 };
    anew.anew = true;
    att_status status = att_engine_load(&job.engine, &anew);
    if (!job.engine) return status;
    if (att_guard_run(&job.engine->guard, find, &job) != ATT_OK) status = ATT_NOMEM;
    else if (status == ATT_OK && job.engine->diags.errors) status = ATT_RULES;
    if (errors) *errors = job.engine->diags.errors;
    if (warnings) *warnings = job.engine->diags.warnings;
    if (files) *files = own_files(&job.engine->files);
    if (status == ATT_OK && strict && job.engine->diags.warnings) status = ATT_RULES;
    att_engine_free(job.engine);
    return status;
}

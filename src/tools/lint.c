#include "tools/tools.h"

#include "tools/test_read.h"

typedef struct {
    att_engine *engine;
    att_sink sink;
    void *user;
} lint_job;

/* The tests are read here: they have findings too. */
static void find(void *argument)
{
    lint_job *job = argument;
    att_tests tests;
    att_tests_read(&tests, job->engine);
    if (!job->sink) return;
    att_diags_send(&job->engine->diags, &job->engine->arena, job->sink, job->user);
}

att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files)
{
    lint_job job = { .sink = sink, .user = user };
    att_engine_options anew = options ? *options : (att_engine_options){ 0 };
    anew.anew = true;
    att_status status = att_engine_load(&job.engine, &anew);
    if (!job.engine) return status;
    if (att_guard_run(&job.engine->guard, find, &job) != ATT_OK) status = ATT_NOMEM;
    else if (status == ATT_OK && job.engine->diags.errors) status = ATT_RULES;
    if (errors) *errors = job.engine->diags.errors;
    if (warnings) *warnings = job.engine->diags.warnings;
    if (files) *files = job.engine->files.count;
    if (status == ATT_OK && strict && job.engine->diags.warnings) status = ATT_RULES;
    att_engine_free(job.engine);
    return status;
}

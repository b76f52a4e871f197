#include "engine/pipeline.h"

#include "cascade/lists.h"
#include "resolve/resolve.h"
#include "resolve/theme.h"
#include "text/scan.h"
#include "text/split.h"

/* Runs the stages in order, with `resolve` in its place. */
static void run_stages(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, att_candidates *names)
{
    const att_pipeline *pipeline = &cascade->knowledge->pipeline;
    att_run run;
    att_run_begin(&run, cascade, doc, vocabulary);
    for (uint32_t stage = 0; stage < pipeline->count; stage++) {
        if (stage == pipeline->resolve) {
            att_resolve(cascade->knowledge, doc, vocabulary);
            run.changed = true;
        }
        att_run_stage(&run, stage, stage ? NULL : names);
    }
    if (pipeline->resolve == pipeline->count) att_resolve(cascade->knowledge, doc, vocabulary);
}

void att_pipeline_run(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary)
{
    const att_knowledge *knowledge = cascade->knowledge;
    att_hits hits = { 0 };
    att_candidates names = { 0 };
    att_vocabulary_trim(vocabulary);
    att_scan(doc);
    att_tokenize(doc, vocabulary);
    att_names_find(&knowledge->names, doc, vocabulary, &hits);
    att_lists_collect(knowledge, doc, vocabulary, &hits, &names);
    att_split(doc, vocabulary);
    run_stages(cascade, doc, vocabulary, &names);
    att_make_themes(knowledge, doc, vocabulary);
}

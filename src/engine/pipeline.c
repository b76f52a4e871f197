#include "engine/pipeline.h"

#include "cascade/lists.h"
#include "resolve/country.h"
#include "resolve/entities.h"
#include "text/scan.h"
#include "text/split.h"

static void resolve(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary)
{
    att_find_countries(knowledge, doc, vocabulary);
    att_make_entities(knowledge, doc);
}

void att_pipeline_run(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary)
{
    const att_knowledge *knowledge = cascade->knowledge;
    att_hits hits = { 0 };
    att_candidates names = { 0 };
    att_run run;
    att_vocabulary_trim(vocabulary);
    att_scan(doc);
    att_tokenize(doc, vocabulary);
    att_names_find(&knowledge->names, doc, vocabulary, &hits);
    att_lists_collect(knowledge, doc, vocabulary, &hits, &names);
    att_split(doc, vocabulary);
    att_run_begin(&run, cascade, doc, vocabulary);
    for (uint32_t stage = 0; stage < knowledge->pipeline.count; stage++) {
        if (stage == knowledge->pipeline.resolve) resolve(knowledge, doc, vocabulary);
        att_run_stage(&run, stage, stage ? NULL : &names);
    }
    if (knowledge->pipeline.resolve == knowledge->pipeline.count) resolve(knowledge, doc, vocabulary);
}

#include "engine/pipeline.h"

#include "cascade/headline.h"
#include "cascade/known_names.h"
#include "resolve/resolve.h"
#include "resolve/statement.h"
#include "resolve/theme.h"
#include "text/scan.h"
#include "text/split.h"
#include "text/tokenize.h"

/* Tells the meter, where there is one, that a step has ended. */
static void ended(const att_document *doc, att_str step)
{
    if (doc->meter) doc->meter->step(doc->meter, step.data, (int)step.length);
}

static void resolve(att_run *run)
{
    const att_knowledge *knowledge = run->cascade->knowledge;
    att_document *doc = run->doc;
    att_read_headline(knowledge, doc, run->vocabulary);
    if (att_resolve(knowledge, doc, run->vocabulary)) run->changed = true;
    doc->annotations.sorted = 0;
    ended(doc, ATT_STR("resolve"));
}

uint32_t att_pipeline_of_speech(const att_pipeline *pipeline)
{
    uint32_t stages = 0;
    for (uint32_t i = 0; i < pipeline->count; i++)
        if (pipeline->stages[i].writes == UINT32_C(1) << ATT_LAYER_SPEECH) stages |= UINT32_C(1) << i;
    return stages;
}

/* Makes room for as many annotations as news mostly has, so that few are copied to a larger piece. */
static void reserve_annotations(att_document *doc)
{
    enum { TOKENS_EACH = 3, MOST = 1 << 10 };
    uint32_t wanted = doc->tokens.count / TOKENS_EACH;
    ATT_RESERVE(doc->arena, &doc->annotations, wanted < MOST ? wanted : MOST);
}

/* Runs the stages in order and `resolve` in its place among them. When stages are left out, `resolve` runs last. */
static void run_stages(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, att_candidates *names,
                       uint32_t stages)
{
    const att_pipeline *pipeline = &cascade->knowledge->pipeline;
    uint32_t count = pipeline->count < stages ? pipeline->count : stages;
    const uint32_t speech = att_pipeline_of_speech(pipeline);
    att_run run;
    reserve_annotations(doc);
    att_run_begin(&run, cascade, doc, vocabulary);
    ended(doc, ATT_STR("wake rules"));
    for (uint32_t stage = 0; stage < count; stage++) {
        if (stage == pipeline->resolve) resolve(&run);
        if (!doc->speaks && speech >> stage & 1) continue;
        att_run_stage(&run, stage, stage ? NULL : names);
        if (!stage && !doc->trace) att_arena_free(doc->arena, names->items);
        ended(doc, pipeline->stages[stage].name);
    }
    if (pipeline->resolve >= count) resolve(&run);
    att_run_end(&run);
}

/* Whether the title may say who speaks: it has "by" or "from", "of" behind "statement", or a word such as "interview". */
static bool may_name_speaker(att_str title)
{
    static const char *const words[] = { " by ",     " By ",   " from ",  " From ",    "tatement",
                                         "nterview", "emarks", "riefing", "onference", "essage" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(title.data, title.length, words[i], strlen(words[i]))) return true;
    return false;
}

/* Annotates a title that stands outside the text as a small document of its own, and takes from it who speaks. */
static void read_title(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, uint32_t stages)
{
    /* The title stands in the front matter. */
    const bool ahead = doc->title.data >= doc->text.data && doc->title.data < doc->text.data + doc->body;
    if (!doc->speaks || !doc->title.length || !may_name_speaker(doc->title) || (!ahead && !att_title_is_apart(doc))) return;
    att_document *title = att_arena_alloc(doc->arena, sizeof *title);
    att_document_clear(title, doc->arena);
    att_document_set_text(title, doc->title);
    title->date = doc->date;
    title->origin = doc->origin;
    title->well_formed = doc->well_formed;
    title->speaks = true;
    att_pipeline_run(cascade, title, vocabulary, stages);
    doc->spoken_by = title;
}

void att_pipeline_run(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, uint32_t stages)
{
    const att_knowledge *knowledge = cascade->knowledge;
    att_hits hits = { 0 };
    att_candidates names = { 0 };
    att_vocabulary_trim(vocabulary);
    att_scan(doc);
    ended(doc, ATT_STR("scan"));
    read_title(cascade, doc, vocabulary, stages);
    att_find_tokens(doc, vocabulary->lexicon);
    ended(doc, ATT_STR("tokenize"));
    att_find_types(doc, vocabulary);
    ended(doc, ATT_STR("word types"));
    att_names_find(&knowledge->names, doc, vocabulary, &hits);
    ended(doc, ATT_STR("look up names"));
    att_known_names_collect(knowledge, doc, vocabulary, &hits, &names);
    att_arena_free(doc->arena, hits.items);
    ended(doc, ATT_STR("whose they are"));
    att_split(doc, vocabulary);
    ended(doc, ATT_STR("split"));
    run_stages(cascade, doc, vocabulary, &names, stages);
    att_make_themes(knowledge, doc, vocabulary);
    ended(doc, ATT_STR("theme records"));
    if (!doc->speaks) return;
    att_make_statements(knowledge, doc, vocabulary);
    ended(doc, ATT_STR("statements"));
}

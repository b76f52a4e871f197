#include "tools/test_run.h"

#include "engine/pipeline.h"
#include "read/facts.h"

enum { KEPT_MEMORY = 1 << 20 };

void att_test_run_init(att_test_run *self, att_engine *engine, att_guard *guard)
{
    *self = (att_test_run){ .engine = engine };
    att_arena_init(&self->doc_arena, guard, 0);
    att_arena_init(&self->scratch, guard, 0);
    att_vocabulary_init(&self->vocabulary, &engine->knowledge.lexicon, guard, NULL);
    att_cascade_attach(&engine->cascade, &self->vocabulary);
}

void att_test_run_clear(att_test_run *self)
{
    att_vocabulary_clear(&self->vocabulary);
    att_arena_clear(&self->scratch);
    att_arena_clear(&self->doc_arena);
}

void att_test_run_annotate(att_test_run *self, const att_test_block *test, bool record)
{
    att_arena_reset(&self->doc_arena, KEPT_MEMORY);
    att_arena_reset(&self->scratch, KEPT_MEMORY);
    att_document_clear(&self->doc, &self->doc_arena);
    if (test->date.data) att_fact_date(&self->doc, test->date, ATT_NONE);
    if (test->origin.data) att_fact_origin(&self->doc, test->origin, ATT_NONE);
    if (test->title.data) att_fact_title(&self->doc, test->title, ATT_NONE);
    att_document_set_text(&self->doc, test->text);
    self->doc.speaks = true;
    self->record = record ? att_trace_begin(&self->doc) : NULL;
    att_pipeline_run(&self->engine->cascade, &self->doc, &self->vocabulary, ATT_NONE);
    self->seen_layers = 0;
}

const att_seens *att_test_run_see(att_test_run *self, uint32_t layer)
{
    if (!(self->seen_layers >> layer & 1)) att_see(&self->seens[layer], &self->scratch, self->engine, &self->doc, layer);
    self->seen_layers |= 1u << layer;
    return &self->seens[layer];
}

bool att_test_run_fails(att_test_run *self, const att_test_block *test)
{
    att_test_run_annotate(self, test, false);
    for (uint32_t i = 0; i < test->checks.count; i++) {
        const att_check *check = &test->checks.items[i];
        if (check->kind == ATT_CHECK_MISS) continue;
        if (!att_check_match(att_test_run_see(self, check->layer), &self->scratch, check).holds) return true;
    }
    return false;
}

/* test_run.h - tests of the rules, run one at a time: a text through the whole pipeline, then each line against what came out.
 *
 * Owner   att_test_run_clear. What a test left is there until the next one.
 */
#ifndef ATT_TEST_RUN_H
#define ATT_TEST_RUN_H

#include "cascade/trace_record.h"
#include "tools/test_seen.h"

typedef struct {
    const att_engine *engine;
    att_arena doc_arena, scratch; /* of the document, of the test */
    att_document doc;
    att_vocabulary vocabulary;
    att_seens seens[ATT_MAX_LAYERS];
    uint32_t seen_layers;     /* bit set: those that were looked at in this test */
    att_trace_record *record; /* of the text at hand, when asked for */
} att_test_run;

/* Memory that runs out goes to `guard`. */
void att_test_run_init(att_test_run *self, att_engine *engine, att_guard *guard);
void att_test_run_clear(att_test_run *self);

/* Annotates the text of a test; keeps in `record` what happened, when asked to. */
void att_test_run_annotate(att_test_run *self, const att_test_block *test, bool record);

/* What the text at hand has of a layer. */
const att_seens *att_test_run_see(att_test_run *self, uint32_t layer);

/* Whether a test fails, known misses aside. */
bool att_test_run_fails(att_test_run *self, const att_test_block *test);

#endif

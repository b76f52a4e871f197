/* cost.h - what rules cost on a corpus: time by step, and by rule how often it was woken, tried and found something.
 *
 * Method  the search for candidates is done once more for each rule by itself, at each stage, and timed; what the empty search
 *         takes is taken off. So annotating is not slowed by clocks, and a rule's time is its own.
 * Owner   its own arena; bounded by the rules and by ATT_MOST_COST_WORDS.
 */
#ifndef ATT_COST_H
#define ATT_COST_H

#include "engine/engine.h"

enum { ATT_MOST_COST_STEPS = ATT_MAX_STAGES + 16, ATT_MOST_COST_WORDS = 1 << 18, ATT_COST_TOP_WORDS = 3 };

/* What woke a rule. It was in vain where no candidate holds the place. */
typedef struct {
    uint64_t wakes, vain;
} att_wake_count;

typedef struct {
    att_str word;
    att_wake_count count;
} att_cost_word;

typedef struct {
    uint64_t tries, candidates, hits, nanoseconds;
    att_wake_count count;
    att_cost_word top[ATT_COST_TOP_WORDS]; /* that wake it most often in vain; of those with a word */
    uint32_t first_anchor, anchor_count;
} att_rule_cost;

typedef struct {
    att_str name;
    uint64_t nanoseconds;
} att_step_cost;

typedef struct {
    att_meter hook; /* first, so that the hook is the record */
    const att_engine *engine;
    att_arena *arena;
    uint64_t documents, tokens, bytes;
    att_step_cost steps[ATT_MOST_COST_STEPS];
    uint32_t step_count;
    uint64_t last, spent; /* when the last step ended; what was spent here since */
    att_rule_cost *rules; /* by rule */
    att_wake_count *anchors;
    att_map words; /* "rule word" */
    struct {
        att_wake_count *items;
        uint32_t count, capacity;
    } word_counts;
    att_waker waker; /* that of the engine with the anchors of one rule for annotations */
    att_finder finder;
    uint64_t *tries; /* by rule */
} att_cost_record;

/* A record for documents of the engine; `arena` outlives it. */
void att_cost_init(att_cost_record *self, const att_engine *engine, att_arena *arena);

/* Around att_doc_tag: hooks to a document that was read; then counts what stands. */
void att_cost_begin(att_cost_record *self, att_document *doc);
void att_cost_end(att_cost_record *self, att_document *doc);

/* Fills in the words that wake rules most often in vain. */
void att_cost_finish(att_cost_record *self);

/* What would make the rule fast, one sentence after the other; NULL past the last. */
enum { ATT_MOST_ADVICE = 6 };
uint32_t att_cost_advise(const att_cost_record *self, uint32_t rule, att_str advice[ATT_MOST_ADVICE]);

/* The source of a pattern, as the rule has it, in one line. */
att_str att_cost_pattern(const att_cost_record *self, const att_pattern *node);

/* The anchor that is woken most often, or ATT_NONE. */
uint32_t att_cost_anchor(const att_cost_record *self, uint32_t rule);

/* All, or the `limit` slowest rules. */
void att_cost_text(const att_cost_record *self, uint32_t limit, att_buf *out);
void att_cost_json(const att_cost_record *self, uint32_t limit, att_buf *out);

/* Rules with the slowest first; *count is that of those which were woken. */
uint32_t *att_cost_order(const att_cost_record *self, uint32_t *count);

#endif

/* stages.h - the cascade: runs the stages of the pipeline over a document, in order.
 *
 * Owner   an att_cascade belongs to the engine and is only read once made; an att_run belongs to one document.
 */
#ifndef ATT_STAGES_H
#define ATT_STAGES_H

#include "cascade/choose.h"
#include "cascade/rule_find.h"

typedef struct {
    const att_knowledge *knowledge;
    const att_rules *rules;
    att_predicates predicates;
    att_waker waker;
    const att_list_glance *lists; /* by list */
    att_rule_code *codes;         /* by rule */
    att_glance **context_glances; /* by rule, then context; NULL for a rule without */
    att_numbers *beaten_by;       /* by rule: all rules that beat it, directly or indirectly */
    uint32_t *depths;             /* by rule: length of the longest chain of such rules */
    bool *beats;                  /* by rule: whether it beats another one */
    uint32_t rule_counts[ATT_MAX_STAGES];
    att_numbers aliases[ATT_MAX_STAGES]; /* by stage: its `alias` rules */
    uint32_t topics;                     /* the stage `topics`, or ATT_NONE */
    bool reference;                      /* find candidates with the slow reference matcher */
} att_cascade;

/* Usual value of `least_leaves` below: smaller parts of patterns are not worth a call. */
enum { ATT_LEAST_LEAVES = 30 };

/* Compiles the rules. Parts of patterns with at least `least_leaves` elements become programs that are called. Findings go
 * to the knowledge's diags. */
void att_cascade_init(att_cascade *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves);

/* Frees what is not in the engine's arena. A zeroed cascade is fine. */
void att_cascade_clear(att_cascade *self);

/* Calls `take` for each pointer into the trees of rules, or from one tree into others, that nobody follows while documents are
 * annotated: only messages, tools and the reference matcher do. */
void att_cascade_trees(const att_cascade *self, void (*take)(void *user, const void *pointer), void *user);

/* Connects an empty vocabulary, so that it finds out for each new word type which rules it wakes. */
void att_cascade_attach(const att_cascade *self, att_vocabulary *vocabulary);

typedef struct {
    const att_cascade *cascade;
    att_document *doc;
    att_vocabulary *vocabulary;
    att_wokens wokens[ATT_MAX_STAGES];
    att_scene scene;
    bool changed;    /* the document's annotations changed since the scene was made */
    uint32_t chains; /* number of coreference chains so far */
} att_run;

/* Starts on a document that has tokens, sentences and clauses: finds which rules its words wake. */
void att_run_begin(att_run *self, const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary);

/* Call it after the last stage: frees what the document no longer needs, unless it is being traced. */
void att_run_end(att_run *self);

/* Runs one stage. `names` are the candidates from known names in the first stage, NULL in others. */
void att_run_stage(att_run *self, uint32_t stage, att_candidates *names);

#endif

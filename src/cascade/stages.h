/* stages.h - the cascade: the pipeline's stages over one document, in order (RULES section 6).
 *
 * Owner   att_cascade is the engine's, and only read after it was made; att_run is one document's.
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
    const att_list_glance *lists;                    /* by list */
    att_rule_code *codes;                            /* by rule */
    att_glance (*context_glances)[ATT_MAX_CONTEXTS]; /* by rule */
    att_numbers *beaten_by;                          /* by rule: all that beat it, directly or not */
    uint32_t *depths;                                /* by rule: how long the longest chain of those is */
    bool *beats;                                     /* by rule: whether it beats any */
    uint32_t rule_counts[ATT_MAX_STAGES];
    att_numbers aliases[ATT_MAX_STAGES]; /* rules of that kind */
    uint32_t topics;                     /* the stage `topics`, or ATT_NONE */
    bool reference;                      /* find candidates by the slow matcher */
} att_cascade;

/* Of a part of a pattern that is a program of its own: a smaller one is as well written out. */
enum { ATT_LEAST_LEAVES = 30 };

/* Compiles the rules; parts of patterns with so many leaves are called. Findings go to the knowledge's diags. */
void att_cascade_init(att_cascade *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves);

/* Frees what is not in the engine's arena. For a zeroed cascade too. */
void att_cascade_clear(att_cascade *self);

/* Makes an empty vocabulary tell which rules its words wake. */
void att_cascade_attach(const att_cascade *self, att_vocabulary *vocabulary);

typedef struct {
    const att_cascade *cascade;
    att_document *doc;
    att_vocabulary *vocabulary;
    att_wokens wokens[ATT_MAX_STAGES];
    att_scene scene;
    bool changed;    /* the document has other annotations than the scene shows */
    uint32_t chains; /* how many were made */
} att_run;

/* For a document with tokens, sentences and clauses: finds which rules its words wake. */
void att_run_begin(att_run *self, const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary);

/* Behind the last stage: gives back what the document needs no more, unless somebody asks why. */
void att_run_end(att_run *self);

/* Runs one stage. `names` are the candidates of entries in the first one, NULL in others. */
void att_run_stage(att_run *self, uint32_t stage, att_candidates *names);

#endif

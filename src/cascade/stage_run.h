/* stage_run.h - one run of one stage, as the rooms that share the work see it: stages.c makes the candidates, stage_removal.c
 * takes out those that a rule forbids, stage_results.c fits the rest to what earlier stages made.
 *
 * Private to these three, so the small helpers have the short names that they would have in one file.
 *
 * Owner   an arena that is reset after the stage, or the document's when the document is traced.
 */
#ifndef ATT_STAGE_RUN_H
#define ATT_STAGE_RUN_H

#include "base/order.h"
#include "cascade/stages.h"

/* Indices of items and their sort keys. For spans of tokens the key is first << 32 | last. */
typedef struct {
    att_ranked *items;
    uint32_t count, capacity;
    uint32_t longest; /* tokens of the longest span */
} ranks;

typedef struct {
    att_run *run;
    const att_stage *stage;
    att_arena *arena; /* for data discarded after the stage */
    att_scene scene;
    att_founds founds;
    att_candidates candidates;
    ranks blockers;              /* spans of founds whose rules have a `block` line */
    uint32_t met;                /* the earlier annotation visited last */
    uint32_t added, added_until; /* layers of the annotations added so far, and the token after them */
} stage_run;

static inline const att_layers *layers_of(const stage_run *self)
{
    return &self->run->cascade->knowledge->layers;
}

static inline void tell_lost(stage_run *self, const att_annotation *loser, const att_annotation *winner, att_loss why)
{
    att_trace *trace = self->run->doc->trace;
    if (trace) trace->lost(trace, loser, winner, why);
}

static inline void add_rank(const stage_run *self, ranks *out, uint64_t key, uint32_t index)
{
    ATT_RESERVE(self->arena, out, 1);
    out->items[out->count++] = (att_ranked){ key, index };
}

static inline void add_span(const stage_run *self, ranks *out, uint32_t first, uint32_t last, uint32_t index)
{
    add_rank(self, out, (uint64_t)first << 32 | last, index);
    if (last - first > out->longest) out->longest = last - first;
}

/* Keeps a candidate: moves it up behind those kept so far. */
static inline void keep(att_candidates *candidates, uint32_t *kept, uint32_t index)
{
    if (*kept != index) candidates->items[*kept] = candidates->items[index];
    ++*kept;
}

/* ---- stage_removal.c ---- */

/* Removes the candidates, and drops the weak names, that a `block` line takes away. */
void att_remove_blocked(stage_run *self);

/* Removes the candidates that a rule with `beats` takes away. */
void att_remove_beaten(stage_run *self);

/* ---- stage_results.c ---- */

/* Removes the candidates that conflict with annotations of earlier stages, unless their rules override these. */
void att_remove_forbidden(stage_run *self);

/* Adds the chosen candidates to the document. One that says the same as an earlier annotation is merged into that. */
void att_write_results(stage_run *self, const att_chosen *chosen);

#endif

#include "cascade/trace_record.h"

static att_trace_record *record_of(att_trace *hook)
{
    return (att_trace_record *)hook;
}

/* In the order of where they begin. */
static void rank(att_trace_record *self, att_traced_stage *stage)
{
    const att_candidates *candidates = &stage->candidates;
    const att_founds *founds = &stage->founds;
    stage->candidates_at = att_arena_alloc(self->arena, sizeof *stage->candidates_at * (candidates->count + 1));
    stage->founds_at = att_arena_alloc(self->arena, sizeof *stage->founds_at * (founds->count + 1));
    for (uint32_t i = 0; i < candidates->count; i++)
        stage->candidates_at[i] = (att_ranked){ candidates->items[i].annotation.start, i };
    for (uint32_t i = 0; i < founds->count; i++)
        stage->founds_at[i] = (att_ranked){ stage->scene.doc->tokens.start[founds->items[i].first], i };
    att_order(self->arena, stage->candidates_at, candidates->count);
    att_order(self->arena, stage->founds_at, founds->count);
}

static void keep_stage(att_trace *hook, const att_stage_view *view)
{
    att_trace_record *self = record_of(hook);
    att_traced_stage *stage = &self->stages[view->stage];
    stage->scene = *view->scene;
    stage->founds = *view->founds;
    stage->wokens = *view->wokens;
    stage->candidates = (att_candidates){ .count = 0 };
    if (view->candidates->count) {
        ATT_RESERVE(self->arena, &stage->candidates, view->candidates->count);
        memcpy(stage->candidates.items, view->candidates->items, sizeof(att_candidate) * view->candidates->count);
        stage->candidates.count = view->candidates->count;
    }
    rank(self, stage);
}

static void keep_lost(att_trace *hook, const att_annotation *loser, const att_annotation *winner, att_loss why)
{
    att_trace_record *self = record_of(hook);
    att_lost lost = { .loser = *loser, .has_winner = winner, .why = why };
    if (winner) lost.winner = *winner;
    ATT_RESERVE(self->arena, &self->losses, 1);
    self->losses.items[self->losses.count++] = lost;
}

static void keep_settled(att_trace *hook, const att_annotation *weak, att_settled_by by, uint32_t start, uint32_t end)
{
    att_trace_record *self = record_of(hook);
    ATT_RESERVE(self->arena, &self->settled, 1);
    self->settled.items[self->settled.count++] = (att_settled){ *weak, by, start, end };
}

static void keep_located(att_trace *hook, const att_annotation *agency, const att_annotation *from)
{
    att_trace_record *self = record_of(hook);
    att_located located = { .agency = *agency, .has_from = from };
    if (from) located.from = *from;
    ATT_RESERVE(self->arena, &self->located, 1);
    self->located.items[self->located.count++] = located;
}

att_trace_record *att_trace_begin(att_document *doc)
{
    att_trace_record *self = att_arena_zero(doc->arena, 1, sizeof *self);
    self->hook = (att_trace){ keep_stage, keep_lost, keep_settled, keep_located };
    self->arena = doc->arena;
    doc->trace = &self->hook;
    return self;
}

bool att_same_annotation(const att_annotation *a, const att_annotation *b)
{
    return a->layer == b->layer && a->start == b->start && a->end == b->end && a->origin == b->origin && a->line == b->line;
}

/* The candidate that became the annotation, and its stage; NULL when there is none. */
static const att_candidate *candidate_of(const att_trace_record *self, const att_annotation *annotation, uint32_t *stage)
{
    for (*stage = 0; *stage < ATT_MAX_STAGES; ++*stage) {
        const att_candidates *all = &self->stages[*stage].candidates;
        const att_ranked *at = self->stages[*stage].candidates_at;
        for (uint32_t i = att_order_from(at, all->count, annotation->start); i < all->count; i++) {
            const att_annotation *one = &all->items[at[i].index].annotation;
            if (one->start != annotation->start) break;
            if (att_same_annotation(one, annotation) && one->match_start == annotation->match_start
                && one->match_end == annotation->match_end)
                return &all->items[at[i].index];
        }
    }
    return NULL;
}

const att_found *att_trace_found(const att_trace_record *self, const att_rule *rule, const att_annotation *annotation)
{
    uint32_t stage;
    const att_candidate *candidate = candidate_of(self, annotation, &stage);
    if (!candidate) return NULL;
    const att_founds *founds = &self->stages[stage].founds;
    const att_found *best = NULL;
    const att_ranked *at = self->stages[stage].founds_at;
    const att_tokens *tokens = &self->stages[stage].scene.doc->tokens;
    for (uint32_t i = att_order_from(at, founds->count, annotation->match_start); i < founds->count; i++) {
        const att_found *found = &founds->items[at[i].index];
        if (tokens->start[found->first] != annotation->match_start) break;
        if (found->rule != rule || tokens->end[found->last - 1] != annotation->match_end) continue;
        if (!best || found->variant == att_order_variant(candidate->order)) best = found;
    }
    return best;
}

uint32_t att_trace_woken(const att_traced_stage *self, const att_waker *waker, const att_rule *rule, uint32_t number,
                         uint32_t first, uint32_t last)
{
    uint32_t found = ATT_NONE;
    for (uint32_t i = 0; i < self->wokens.count; i++) {
        const att_woken *one = &self->wokens.items[i];
        if (waker->hooks.items[one->anchor].rule != number || one->token < first || one->token >= last) continue;
        if (one->token < found) found = one->token;
    }
    for (uint32_t i = 0; i < self->scene.annotation_count; i++) {
        const att_annotation *one = &self->scene.annotations[i];
        const att_gates *gates = &waker->by_layer[rule->stage][one->layer];
        if (one->tokens.first < first || one->tokens.first >= last || one->tokens.first >= found) continue;
        for (uint32_t a = 0; a < gates->count; a++)
            if (waker->hooks.items[gates->items[a].anchor].rule == number) found = one->tokens.first;
    }
    return found;
}

void att_trace_add_woken(const att_trace_record *self, const att_waker *waker, bool *woken)
{
    for (uint32_t s = 0; s < ATT_MAX_STAGES; s++) {
        const att_traced_stage *stage = &self->stages[s];
        for (uint32_t i = 0; i < stage->wokens.count; i++) woken[waker->hooks.items[stage->wokens.items[i].anchor].rule] = true;
        for (uint32_t i = 0; i < stage->scene.annotation_count; i++) {
            const att_gates *gates = &waker->by_layer[s][stage->scene.annotations[i].layer];
            for (uint32_t a = 0; a < gates->count; a++) woken[waker->hooks.items[gates->items[a].anchor].rule] = true;
        }
    }
}

uint32_t att_trace_length(const att_trace_record *self, const att_annotation *annotation)
{
    uint32_t stage;
    const att_candidate *candidate = candidate_of(self, annotation, &stage);
    return candidate ? candidate->length : 0;
}

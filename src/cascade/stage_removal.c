/* stage_removal.c - which candidates rules take away: by `block` lines, and by `beats`. */
#include "cascade/stage_run.h"

/* The position of the first span that may touch tokens from `first` on. */
static uint32_t first_near(const ranks *spans, uint32_t first)
{
    uint32_t from = first > spans->longest ? first - spans->longest : 0;
    return att_order_from(spans->items, spans->count, (uint64_t)from << 32);
}

/* The position of the first span, from `at` on, that touches the tokens; or ATT_NONE. */
static uint32_t next_touching(const ranks *spans, uint32_t at, att_token_range tokens)
{
    for (; at < spans->count && spans->items[at].key >> 32 < tokens.last; at++)
        if ((uint32_t)spans->items[at].key > tokens.first) return at;
    return ATT_NONE;
}

/* A match that touches the annotation and blocks its layer, by a rule of the same or a higher tier other than `own`; or
 * NULL. */
static const att_found *blocker_of(const stage_run *self, const att_annotation *annotation, att_tier tier, const att_rule *own)
{
    uint32_t at = first_near(&self->blockers, annotation->tokens.first);
    for (; (at = next_touching(&self->blockers, at, annotation->tokens)) != ATT_NONE; at++) {
        const att_found *one = &self->founds.items[self->blockers.items[at].index];
        if (one->rule->blocks >> annotation->layer & 1 && one->rule->tier >= tier && one->rule != own) return one;
    }
    return NULL;
}

static const att_rule *rule_of(const stage_run *self, const att_candidate *candidate)
{
    return candidate->rule == ATT_NONE ? NULL : &self->run->cascade->rules->rules.items[candidate->rule];
}

static void tell_blocked(stage_run *self, const att_annotation *loser, const att_found *by)
{
    if (!self->run->doc->trace) return;
    const att_tokens *tokens = &self->run->doc->tokens;
    att_annotation winner = { .start = tokens->start[by->first],
                              .end = tokens->end[by->last - 1],
                              .tokens = { by->first, by->last },
                              .layer = loser->layer,
                              .line = by->rule->line,
                              .origin = &by->rule->origin };
    tell_lost(self, loser, &winner, ATT_LOST_BLOCK);
}

void att_remove_blocked(stage_run *self)
{
    if (!self->blockers.count) return;
    att_order(self->arena, self->blockers.items, self->blockers.count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->candidates.count; i++) {
        const att_candidate *candidate = &self->candidates.items[i];
        const att_found *by = blocker_of(self, &candidate->annotation, (att_tier)candidate->tier, rule_of(self, candidate));
        if (by) tell_blocked(self, &candidate->annotation, by);
        else keep(&self->candidates, &kept, i);
    }
    self->candidates.count = kept;
    for (uint32_t i = 0; i < self->scene.annotation_count; i++) {
        att_annotation *weak = &self->run->doc->annotations.items[i];
        const att_found *by = weak->state & ATT_WEAK ? blocker_of(self, weak, ATT_TIER_FALLBACK, NULL) : NULL;
        if (!by) continue;
        tell_blocked(self, weak, by);
        att_drop(self->run->doc, weak);
        self->run->changed = true;
    }
}

static bool beats(const att_cascade *cascade, uint32_t strong, uint32_t weak)
{
    const att_numbers *beaten_by = &cascade->beaten_by[weak];
    for (uint32_t i = 0; i < beaten_by->count; i++)
        if (beaten_by->items[i] == strong) return true;
    return false;
}

/* A candidate, among the spans in `strong`, that still stands, beats candidate `weak` and conflicts with it; or NULL. */
static const att_candidate *beater_of(const stage_run *self, const ranks *strong, const bool *gone, const att_candidate *weak)
{
    const att_annotation *loser = &weak->annotation;
    uint32_t at = first_near(strong, loser->tokens.first);
    for (; (at = next_touching(strong, at, loser->tokens)) != ATT_NONE; at++) {
        const att_candidate *other = &self->candidates.items[strong->items[at].index];
        if (gone[strong->items[at].index] || other->annotation.layer != loser->layer) continue;
        if (beats(self->run->cascade, other->rule, weak->rule)
            && att_conflict(&layers_of(self)->items[loser->layer], &other->annotation, loser))
            return other;
    }
    return NULL;
}

/* Rules are handled by the length of the longest chain of rules that beat them, so that whatever
 * beats a candidate is decided before it. */
void att_remove_beaten(stage_run *self)
{
    const att_cascade *cascade = self->run->cascade;
    ranks strong = { .count = 0 }, weak = { .count = 0 };
    for (uint32_t i = 0; i < self->candidates.count; i++) {
        const att_candidate *candidate = &self->candidates.items[i];
        att_token_range tokens = candidate->annotation.tokens;
        if (candidate->rule == ATT_NONE) continue;
        if (cascade->beats[candidate->rule]) add_span(self, &strong, tokens.first, tokens.last, i);
        if (cascade->depths[candidate->rule]) add_rank(self, &weak, cascade->depths[candidate->rule], i);
    }
    if (!strong.count || !weak.count) return;
    bool *gone = att_arena_zero(self->arena, self->candidates.count, sizeof *gone);
    att_order(self->arena, strong.items, strong.count);
    att_order(self->arena, weak.items, weak.count);
    for (uint32_t i = 0; i < weak.count; i++) {
        const att_candidate *loser = &self->candidates.items[weak.items[i].index];
        const att_candidate *winner = beater_of(self, &strong, gone, loser);
        gone[weak.items[i].index] = winner;
        if (winner) tell_lost(self, &loser->annotation, &winner->annotation, ATT_LOST_BEATS);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->candidates.count; i++)
        if (!gone[i]) keep(&self->candidates, &kept, i);
    self->candidates.count = kept;
}

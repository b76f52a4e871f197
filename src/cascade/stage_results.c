/* stage_results.c - the results of a stage beside what earlier stages made: which conflict, which say the same, which are new.
 */
#include "cascade/stage_run.h"

static bool same_span(const att_annotation *a, const att_annotation *b)
{
    return a->layer == b->layer && a->start == b->start && a->end == b->end;
}

/* Whether a result with the span of `other` says something different, such as another topic at the same place. */
static bool contradicts(const att_layer *layer, const att_annotation *result, const att_annotation *other)
{
    if (layer->nest != ATT_NEST_SAME || !layer->field_count || !result->fields || !other->fields) return false;
    return result->fields[0].data && other->fields[0].data && !att_str_equal(result->fields[0], other->fields[0]);
}

/* Bit set of the layers that have annotations at the tokens. */
static uint32_t layers_at(const stage_run *self, att_token_range tokens)
{
    uint32_t there = 0;
    for (uint32_t token = tokens.first; token < tokens.last; token++) there |= self->scene.spots[token].inside;
    return there;
}

typedef bool each_earlier(stage_run *self, uint32_t earlier, const att_candidate *candidate);

/* Calls `visit` for each earlier annotation of the candidate's layer that may touch it, until one call returns true. */
static bool visit_earlier(stage_run *self, const att_candidate *candidate, each_earlier *visit)
{
    const att_annotation *result = &candidate->annotation;
    if (!(self->scene.layers >> result->layer & 1) || !(layers_at(self, result->tokens) >> result->layer & 1)) return false;
    uint32_t longest = self->scene.longest[result->layer];
    uint32_t from = result->tokens.first > longest ? result->tokens.first - longest : 0;
    for (uint32_t token = from; token < result->tokens.last; token++) {
        if (!(self->scene.spots[token].begins >> result->layer & 1)) continue;
        for (uint32_t i = self->scene.starts[token]; att_scene_starts_before(&self->scene, i, token + 1); i++)
            if (self->scene.annotations[i].layer == result->layer && visit(self, i, candidate)) {
                self->met = i;
                return true;
            }
    }
    return false;
}

static bool forbids(stage_run *self, uint32_t earlier, const att_candidate *candidate)
{
    const att_annotation *other = &self->scene.annotations[earlier], *result = &candidate->annotation;
    return !same_span(result, other) && att_conflict(&layers_of(self)->items[result->layer], other, result);
}

/* Whether the candidate says more of an annotation that stands at its place. */
static bool takes_up(stage_run *self, uint32_t earlier, const att_candidate *candidate)
{
    const att_annotation *other = &self->run->doc->annotations.items[earlier], *result = &candidate->annotation;
    return !(other->state & ATT_DROPPED) && same_span(result, other)
           && !contradicts(&layers_of(self)->items[result->layer], result, other);
}

void att_remove_forbidden(stage_run *self)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->candidates.count; i++) {
        const att_candidate *candidate = &self->candidates.items[i];
        bool fits = candidate->tier == ATT_TIER_OVERRIDE || !visit_earlier(self, candidate, forbids);
        const uint32_t met = self->met;
        if (fits || visit_earlier(self, candidate, takes_up)) keep(&self->candidates, &kept, i);
        else tell_lost(self, &candidate->annotation, &self->scene.annotations[met], ATT_LOST_STAGE);
    }
    self->candidates.count = kept;
}

/* Notes that something changed by which annotations are sorted. */
static void note_change(stage_run *self)
{
    self->run->changed = true;
    self->run->doc->annotations.sorted = 0;
}

/* Copies the fields of `result` to `other`: all that are set when `replace`, else only into empty ones. */
static void merge(stage_run *self, att_annotation *other, const att_annotation *result, bool replace)
{
    const att_layer *layer = &layers_of(self)->items[other->layer];
    bool named = other->entry != ATT_NONE || other->name != ATT_NONE;
    if (replace) {
        other->origin = result->origin;
        other->line = result->line;
        other->match_start = result->match_start;
        other->match_end = result->match_end;
    }
    if (!named) {
        other->entry = result->entry;
        other->name = result->name;
    }
    if (replace || (!named && result->name != ATT_NONE)) note_change(self);
    if (!other->chain) other->chain = result->chain;
    for (uint32_t field = 0; field < layer->field_count && result->fields; field++) {
        bool empty = !other->fields || !other->fields[field].data;
        if (!result->fields[field].data || !(empty || replace)) continue;
        if (!field) note_change(self);
        att_annotation_set(other, layers_of(self), self->run->doc->arena, layer->fields[field], result->fields[field]);
    }
}

static bool merge_into(stage_run *self, uint32_t earlier, const att_candidate *candidate)
{
    att_annotation *other = &self->run->doc->annotations.items[earlier];
    const att_annotation *result = &candidate->annotation;
    if (other->state & ATT_DROPPED || !same_span(result, other)) return false;
    if (contradicts(&layers_of(self)->items[result->layer], result, other)) return false;
    tell_lost(self, result, other, ATT_LOST_MERGED);
    merge(self, other, result, candidate->tier == ATT_TIER_OVERRIDE);
    return false; /* go on: it is merged into each such annotation */
}

static bool drop_conflicting(stage_run *self, uint32_t earlier, const att_candidate *candidate)
{
    att_annotation *other = &self->run->doc->annotations.items[earlier];
    if (!forbids(self, earlier, candidate)) return false;
    tell_lost(self, other, &candidate->annotation, ATT_LOST_TIER);
    att_drop(self->run->doc, other);
    self->run->changed = true;
    return false;
}

/* Whether the new annotation may touch one, shown by the scene or just added, such that one of the two has to give way. */
static bool is_unsettled(const stage_run *self, const att_annotation *added)
{
    uint32_t related = layers_of(self)->items[added->layer].related;
    if (!related || !self->scene.spots) return related;
    uint32_t fresh = added->tokens.first < self->added_until ? self->added : 0;
    return (layers_at(self, added->tokens) | fresh) & related;
}

static void add_result(stage_run *self, const att_annotation *result)
{
    att_add_annotation(self->run->doc, result, is_unsettled(self, result));
    self->run->changed = true;
    self->added |= 1u << result->layer;
    if (result->tokens.last > self->added_until) self->added_until = result->tokens.last;
}

/* Room is reserved first, because that may move the array, which the scene points into. */
void att_write_results(stage_run *self, const att_chosen *chosen)
{
    att_annotations *all = &self->run->doc->annotations;
    bool shown = self->scene.annotations == all->items;
    ATT_RESERVE(self->run->doc->arena, all, chosen->count);
    if (shown) self->scene.annotations = self->run->scene.annotations = all->items;
    for (uint32_t i = 0; i < chosen->count; i++) {
        const att_candidate *candidate = &self->candidates.items[chosen->items[i]];
        if (candidate->tier == ATT_TIER_OVERRIDE) visit_earlier(self, candidate, drop_conflicting);
        if (visit_earlier(self, candidate, takes_up)) {
            visit_earlier(self, candidate, merge_into);
            continue;
        }
        add_result(self, &candidate->annotation);
    }
}

#include "cascade/stages.h"

#include "base/order.h"
#include "cascade/expand.h"
#include "cascade/known_names.h"
#include "cascade/rule_reference.h"
#include "cascade/shorten.h"
#include "cascade/mark_topics.h"
#include "cascade/trace_record.h"

enum {
    RULE_RANKS = 1 << 30,  /* ranks of rules start here: known names come before rules */
    KEPT_SCRATCH = 2 << 20 /* bytes of the scratch arena kept from one stage to the next */
};

/* ---- the cascade ---- */

/* Adds a number; false when it is there already. */
static bool add_number(att_arena *arena, att_numbers *numbers, uint32_t number)
{
    for (uint32_t i = 0; i < numbers->count; i++)
        if (numbers->items[i] == number) return false;
    ATT_RESERVE(arena, numbers, 1);
    numbers->items[numbers->count++] = number;
    return true;
}

/* Notes that rule `weak` is beaten by `strong` and by everything that beats `strong`. Returns whether any of that is new. */
static bool add_beater(att_cascade *self, uint32_t weak, uint32_t strong)
{
    const att_numbers *above = &self->beaten_by[strong];
    bool changed = add_number(self->knowledge->arena, &self->beaten_by[weak], strong);
    for (uint32_t i = 0; i < above->count; i++)
        if (add_number(self->knowledge->arena, &self->beaten_by[weak], above->items[i])) changed = true;
    if (self->depths[weak] > self->depths[strong]) return changed;
    self->depths[weak] = self->depths[strong] + 1;
    return true;
}

/* Repeats until nothing changes. Rules must not beat each other in a circle (finding C11); even if they did, the number of
 * rounds is limited. */
static void close_beats(att_cascade *self)
{
    const att_rules *rules = self->rules;
    bool changed = true;
    for (uint32_t round = 0; changed && round <= rules->rules.count; round++) {
        changed = false;
        for (uint32_t strong = 0; strong < rules->rules.count; strong++)
            for (uint32_t i = 0; i < rules->rules.items[strong].beat_count; i++)
                if (add_beater(self, rules->rules.items[strong].beats[i], strong)) changed = true;
    }
}

static uint32_t stage_named(const att_pipeline *pipeline, const char *name)
{
    for (uint32_t i = 0; i < pipeline->count; i++)
        if (att_str_is(pipeline->stages[i].name, name)) return i;
    return ATT_NONE;
}

static void glance_at_contexts(att_cascade *self)
{
    self->context_glances = att_arena_zero(self->knowledge->arena, self->rules->rules.count + 1, sizeof *self->context_glances);
    for (uint32_t i = 0; i < self->rules->rules.count; i++)
        for (uint32_t c = 0; c < self->rules->rules.items[i].context_count; c++) {
            const att_context *context = &self->rules->rules.items[i].contexts[c];
            att_program whole = att_compile_context(&self->predicates, context, ATT_INLINED, context->pattern->place);
            self->context_glances[i][c] = att_glance_first(&self->predicates, &whole, self->lists);
        }
}

static void add_alias(att_cascade *self, uint32_t rule, uint32_t stage)
{
    ATT_RESERVE(self->knowledge->arena, &self->aliases[stage], 1);
    self->aliases[stage].items[self->aliases[stage].count++] = rule;
}

void att_cascade_init(att_cascade *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves)
{
    *self = (att_cascade){ .knowledge = knowledge, .rules = rules };
    uint32_t count = rules->rules.count;
    att_predicates_init(&self->predicates, knowledge, rules, least_leaves);
    if (knowledge->diags->errors) return; /* rules with errors are never run */
    self->codes = att_arena_zero(knowledge->arena, count + 1, sizeof *self->codes);
    self->beaten_by = att_arena_zero(knowledge->arena, count + 1, sizeof *self->beaten_by);
    self->depths = att_arena_zero(knowledge->arena, count + 1, sizeof *self->depths);
    self->beats = att_arena_zero(knowledge->arena, count + 1, sizeof *self->beats);
    for (uint32_t i = 0; i < count; i++) {
        att_rule_compile(&self->codes[i], &self->predicates, &rules->rules.items[i]);
        self->beats[i] = rules->rules.items[i].beat_count;
        self->rule_counts[rules->rules.items[i].stage]++;
        if (rules->rules.items[i].kind == ATT_RULE_ALIAS) add_alias(self, i, rules->rules.items[i].stage);
    }
    self->lists = att_list_glances(knowledge, &self->predicates.compiling->norms);
    att_waker_init(&self->waker, &self->predicates, rules, self->lists);
    glance_at_contexts(self);
    att_predicates_close(&self->predicates);
    close_beats(self);
    self->topics = stage_named(&knowledge->pipeline, "topics");
}

void att_cascade_clear(att_cascade *self)
{
    att_predicates_clear(&self->predicates);
}

void att_cascade_attach(const att_cascade *self, att_vocabulary *vocabulary)
{
    att_vocabulary_describe(vocabulary, att_waker_describe, &self->waker,
                            (att_norm_rows){ self->waker.words, sizeof *self->waker.words },
                            att_predicates_questions(&self->predicates));
}

/* ---- a document ---- */

void att_run_begin(att_run *self, const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary)
{
    att_scene_index(doc);
    *self = (att_run){ .cascade = cascade, .doc = doc, .vocabulary = vocabulary };
    att_scene_init(&self->scene, cascade->knowledge, doc, vocabulary);
    self->changed = true;
    att_wake_all(&cascade->waker, doc, vocabulary, self->wokens);
    att_arena_reset(&vocabulary->scratch, KEPT_SCRATCH);
}

void att_run_end(att_run *self)
{
    att_document *doc = self->doc;
    if (doc->trace) return;
    att_scene_clear(&self->scene);
    att_arena_free(doc->arena, doc->tokens.bits);
    doc->tokens.bits = NULL;
}

/* ---- one stage ---- */

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

static const att_layers *layers_of(const stage_run *self)
{
    return &self->run->cascade->knowledge->layers;
}

static void tell_lost(stage_run *self, const att_annotation *loser, const att_annotation *winner, att_loss why)
{
    att_trace *trace = self->run->doc->trace;
    if (trace) trace->lost(trace, loser, winner, why);
}

static bool allowed(stage_run *self, const att_annotation *annotation)
{
    if (att_boilerplate_layers >> annotation->layer & 1) return true;
    if (att_scene_zone(&self->scene, annotation->tokens.first) != ATT_ZONE_BOILERPLATE) return true;
    tell_lost(self, annotation, NULL, ATT_LOST_BOILERPLATE);
    return false;
}

/* Memory for the annotation of the next candidate. */
static att_annotation *next_annotation(stage_run *self)
{
    ATT_RESERVE(self->arena, &self->candidates, 1);
    return &self->candidates.items[self->candidates.count].annotation;
}

/* Makes a candidate of the annotation written there. */
static void add_candidate(stage_run *self, const att_found *found, uint32_t order)
{
    att_candidate *one = &self->candidates.items[self->candidates.count];
    if (!allowed(self, &one->annotation)) return;
    one->length = found->last - found->first;
    one->literals = found->literals;
    one->rank = RULE_RANKS + found->rule->rank;
    one->order = order;
    one->rule = (uint32_t)(found->rule - self->run->cascade->rules->rules.items);
    one->tier = (uint8_t)found->rule->tier;
    self->candidates.count++;
}

static void make_result(stage_run *self, const att_found *found, const att_make *make, const att_binding *on, uint32_t order)
{
    att_found_result(found, &self->scene, make, on, next_annotation(self));
    add_candidate(self, found, order);
}

static void make_expansion(stage_run *self, const att_found *found)
{
    att_expansion expansion = att_expand(found, &self->scene);
    for (uint32_t i = 0; i < expansion.count; i++) {
        *next_annotation(self) = expansion.items[i];
        add_candidate(self, found, i);
    }
}

/* Makes one annotation for each binding of `on`, or a single one when there is no `on`. */
static void make_results(stage_run *self, const att_found *found, uint32_t number)
{
    const att_make *make = &found->rule->makes[number];
    if (make->on == ATT_NONE) {
        make_result(self, found, make, NULL, att_order_of(number, found->variant, 0));
        return;
    }
    for (uint32_t i = 0; i < found->binding_count; i++)
        if (found->bindings[i].capture == make->on)
            make_result(self, found, make, &found->bindings[i], att_order_of(number, found->variant, i));
}

static void add_rank(const stage_run *self, ranks *out, uint64_t key, uint32_t index)
{
    ATT_RESERVE(self->arena, out, 1);
    out->items[out->count++] = (att_ranked){ key, index };
}

static void add_span(const stage_run *self, ranks *out, uint32_t first, uint32_t last, uint32_t index)
{
    add_rank(self, out, (uint64_t)first << 32 | last, index);
    if (last - first > out->longest) out->longest = last - first;
}

static void make_candidates(stage_run *self)
{
    for (uint32_t i = 0; i < self->founds.count; i++) {
        const att_found *found = &self->founds.items[i];
        if (found->rule->blocks) add_span(self, &self->blockers, found->first, found->last, i);
        if (found->rule->kind == ATT_RULE_EXPAND) make_expansion(self, found);
        else
            for (uint32_t make = 0; make < found->rule->make_count; make++) make_results(self, found, make);
    }
}

static void add_aliases(stage_run *self, uint32_t stage)
{
    att_run *run = self->run;
    const att_numbers *aliases = &run->cascade->aliases[stage];
    if (!aliases->count) return;
    att_short_mentions mentions =
        att_shorten(run->cascade->rules, aliases, &self->scene, run->doc->annotations.items, &run->chains);
    for (uint32_t i = 0; i < mentions.count; i++) {
        const att_annotation *mention = &mentions.items[i].annotation;
        att_found found = { .rule = mentions.items[i].rule, .first = mention->tokens.first, .last = mention->tokens.last };
        *next_annotation(self) = *mention;
        add_candidate(self, &found, 0);
    }
}

/* ---- removal ---- */

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

/* Keeps a candidate: moves it up behind those kept so far. */
static void keep(att_candidates *candidates, uint32_t *kept, uint32_t index)
{
    if (*kept != index) candidates->items[*kept] = candidates->items[index];
    ++*kept;
}

static void remove_blocked(stage_run *self)
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

/* Removes beaten candidates. Rules are handled by the length of the longest chain of rules that beat them, so that whatever
 * beats a candidate is decided before it. */
static void remove_beaten(stage_run *self)
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

/* ---- beside what earlier stages made ---- */

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

/* Drops results that conflict with earlier annotations. */
static void remove_forbidden(stage_run *self)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->candidates.count; i++) {
        const att_candidate *candidate = &self->candidates.items[i];
        bool strong = candidate->tier == ATT_TIER_OVERRIDE;
        if (strong || !visit_earlier(self, candidate, forbids)) keep(&self->candidates, &kept, i);
        else tell_lost(self, &candidate->annotation, &self->scene.annotations[self->met], ATT_LOST_STAGE);
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

static bool takes_up(stage_run *self, uint32_t earlier, const att_candidate *candidate)
{
    const att_annotation *other = &self->run->doc->annotations.items[earlier], *result = &candidate->annotation;
    return !(other->state & ATT_DROPPED) && same_span(result, other)
           && !contradicts(&layers_of(self)->items[result->layer], result, other);
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

/* Adds the chosen annotations. Room is reserved first, because that may move the array, which the scene points into. */
static void write_results(stage_run *self, const att_chosen *chosen)
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

static void find_candidates(stage_run *self, uint32_t stage)
{
    const att_cascade *cascade = self->run->cascade;
    const att_finder finder = { cascade->rules,  cascade->codes,           &cascade->predicates,
                                &cascade->waker, cascade->context_glances, NULL };
    if (cascade->reference) att_find_slowly(&finder, &self->scene, stage, &self->founds);
    else att_find_woken(&finder, &self->scene, stage, &self->run->wokens[stage], &self->founds);
    make_candidates(self);
    add_aliases(self, stage);
}

/* Tells the trace and the meter, if there are any, with what the stage begins. */
static void tell_stage(stage_run *self, uint32_t stage)
{
    att_trace *trace = self->run->doc->trace;
    att_meter *meter = self->run->doc->meter;
    att_stage_view view = { stage, &self->scene, &self->founds, &self->candidates, &self->run->wokens[stage] };
    if (trace) trace->stage(trace, &view);
    if (meter) meter->stage(meter, &view);
}

/* Makes the scene show the current annotations. With a trace, each stage gets a scene and a copy of the annotations that are
 * kept. */
static void set_scene(stage_run *self)
{
    att_run *run = self->run;
    att_document *doc = run->doc;
    if (doc->trace) {
        att_annotation *copy = att_arena_alloc(doc->arena, sizeof *copy * (doc->annotations.count + 1));
        if (doc->annotations.count) memcpy(copy, doc->annotations.items, sizeof *copy * doc->annotations.count);
        att_scene_init(&run->scene, run->cascade->knowledge, doc, run->vocabulary);
        att_scene_show(&run->scene);
        run->scene.annotations = copy;
    } else if (run->changed) {
        att_scene_show(&run->scene);
    }
    run->changed = false;
    self->scene = run->scene;
    self->scene.lists = run->cascade->lists;
    self->scene.arena = self->arena;
}

static void forget_wokens(att_run *run, uint32_t stage)
{
    att_arena_free(run->doc->arena, run->wokens[stage].items);
    run->wokens[stage] = (att_wokens){ 0 };
}

void att_run_stage(att_run *run, uint32_t stage, att_candidates *names)
{
    const att_knowledge *knowledge = run->cascade->knowledge;
    att_arena *scratch = &run->vocabulary->scratch;
    stage_run self = { .run = run, .stage = &knowledge->pipeline.stages[stage] };
    self.arena = run->doc->trace ? run->doc->arena : scratch; /* a trace keeps everything */
    if (names) self.candidates = *names;
    if (run->cascade->rule_counts[stage]) {
        set_scene(&self);
        find_candidates(&self, stage);
        tell_stage(&self, stage);
        remove_blocked(&self);
        remove_beaten(&self);
        remove_forbidden(&self);
    } else {
        tell_stage(&self, stage);
    }
    att_chosen chosen = att_choose(self.arena, &knowledge->layers, self.stage->policy, &self.candidates, run->doc->trace);
    if (names) run->changed = true;
    write_results(&self, &chosen);
    if (names) {
        att_known_names_settle(knowledge, run->doc);
        att_known_names_note_countries(knowledge, run->doc);
    } else if (run->changed) {
        att_give_way(run->doc, &knowledge->layers);
    }
    if (stage == run->cascade->topics) {
        att_mark_topics(knowledge, run->doc, run->vocabulary);
        run->changed = true;
    }
    if (!run->doc->trace) forget_wokens(run, stage);
    att_arena_reset(scratch, KEPT_SCRATCH);
}

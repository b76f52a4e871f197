#include "cascade/stages.h"

#include "cascade/expand.h"
#include "cascade/known_names.h"
#include "cascade/rule_reference.h"
#include "cascade/mark_topics.h"
#include "cascade/shorten.h"
#include "cascade/stage_run.h"
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
    for (uint32_t i = 0; i < self->rules->rules.count; i++) {
        const att_rule *rule = &self->rules->rules.items[i];
        if (!rule->context_count) continue;
        self->context_glances[i] = att_arena_zero(self->knowledge->arena, rule->context_count, sizeof **self->context_glances);
        for (uint32_t c = 0; c < rule->context_count; c++) {
            const att_context *context = &rule->contexts[c];
            att_program whole = att_compile_context(&self->predicates, context, ATT_INLINED, context->pattern->place);
            self->context_glances[i][c] = att_glance_first(&self->predicates, &whole, self->lists);
        }
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
    glance_at_contexts(self);
    att_waker_init(&self->waker, &self->predicates, rules, self->lists, self->context_glances);
    att_predicates_close(&self->predicates);
    close_beats(self);
    self->topics = stage_named(&knowledge->pipeline, "topics");
}

void att_cascade_clear(att_cascade *self)
{
    att_predicates_clear(&self->predicates);
}

static void take_patterns(const att_rules *rules, void (*take)(void *user, const void *pointer), void *user)
{
    take(user, &rules->phrases.items);
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        const att_rule *rule = &rules->rules.items[i];
        take(user, &rule->pattern);
        for (uint32_t c = 0; c < rule->context_count; c++) take(user, &rule->contexts[c].pattern);
    }
}

/* The nodes that steps point to: those that are asked stay, without what stands beside them in their patterns. */
static void take_nodes(const att_predicates *predicates, void (*take)(void *user, const void *pointer), void *user)
{
    const att_pattern **nodes = predicates->nodes.items;
    for (uint32_t i = 1; i < predicates->nodes.count; i++)
        take(user, att_pattern_is_asked(nodes[i]) ? (const void *)&nodes[i]->next : (const void *)&nodes[i]);
}

void att_cascade_trees(const att_cascade *self, void (*take)(void *user, const void *pointer), void *user)
{
    const att_predicates *predicates = &self->predicates;
    take_patterns(self->rules, take, user);
    take_nodes(predicates, take, user);
    for (uint32_t i = 0; i < predicates->roots.count; i++)
        if (predicates->masks.items[i].tells || att_test_is_of_word(predicates->roots.items[i]))
            take(user, &predicates->roots.items[i]);
    for (uint32_t i = 0; i < self->waker.anchors.count; i++) {
        const att_anchor *anchor = &self->waker.anchors.items[i];
        const bool asked = anchor->element->kind == ATT_PATTERN_LAYER;
        take(user, asked ? (const void *)&anchor->element->next : (const void *)&anchor->element);
    }
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

/* What the rules of the stage find, less what some of them take away. */
static void find_results(stage_run *self, uint32_t stage)
{
    set_scene(self);
    find_candidates(self, stage);
    tell_stage(self, stage);
    att_remove_blocked(self);
    att_remove_beaten(self);
    att_remove_forbidden(self);
}

/* What follows the choice: layers give way to each other; after known names and in the stage `topics` more is added. */
static void settle(att_run *run, uint32_t stage, bool names)
{
    const att_knowledge *knowledge = run->cascade->knowledge;
    if (names) {
        att_known_names_settle(knowledge, run->doc);
        att_known_names_note_countries(knowledge, run->doc);
    } else if (run->changed) {
        att_give_way(run->doc, &knowledge->layers);
    }
    if (stage != run->cascade->topics) return;
    att_mark_topics(knowledge, run->doc, run->vocabulary);
    run->changed = true;
}

void att_run_stage(att_run *run, uint32_t stage, att_candidates *names)
{
    const att_knowledge *knowledge = run->cascade->knowledge;
    att_arena *scratch = &run->vocabulary->scratch;
    stage_run self = { .run = run, .stage = &knowledge->pipeline.stages[stage] };
    self.arena = run->doc->trace ? run->doc->arena : scratch; /* a trace keeps everything */
    if (names) self.candidates = *names;
    if (run->cascade->rule_counts[stage]) find_results(&self, stage);
    else tell_stage(&self, stage);
    att_chosen chosen = att_choose(self.arena, &knowledge->layers, self.stage->policy, &self.candidates, run->doc->trace);
    if (names) run->changed = true;
    att_write_results(&self, &chosen);
    settle(run, stage, names);
    if (!run->doc->trace) forget_wokens(run, stage);
    att_arena_reset(scratch, KEPT_SCRATCH);
}

#include "tools/cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cascade/trace_record.h"

enum { LONGEST_WORD = 32 /* bytes */, CALIBRATIONS = 2 };

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* ---- steps ---- */

static void note_step(att_meter *hook, const char *name, int length)
{
    att_cost_record *self = (att_cost_record *)hook;
    uint64_t time = now(), taken = time - self->last;
    uint32_t i = 0;
    while (i < self->step_count && !att_str_equal(self->steps[i].name, (att_str){ name, (size_t)length })) i++;
    if (i == ATT_MOST_COST_STEPS) return;
    if (i == self->step_count) self->steps[self->step_count++] = (att_step_cost){ { name, (size_t)length }, 0 };
    self->steps[i].nanoseconds += taken > self->spent ? taken - self->spent : 0;
    self->spent = 0;
    self->last = now();
}

/* ---- one stage ---- */

/* One rule's part of a stage: what woke the rule by words, and what it found. */
typedef struct {
    uint32_t rule;
    att_wokens wokens;
    const att_found **founds;
    uint32_t found_count;
} share;

typedef struct {
    att_cost_record *cost;
    const att_stage_view *view;
    att_scene scene;
    share *shares; /* of the rules that were woken or found something */
    uint32_t share_count;
    uint32_t *share_of; /* by rule: an index into shares plus one, or 0 */
} division;

static share *share_for(division *self, uint32_t rule)
{
    if (!self->share_of[rule]) {
        self->shares[self->share_count] = (share){ .rule = rule };
        self->share_of[rule] = ++self->share_count;
    }
    return &self->shares[self->share_of[rule] - 1];
}

static uint32_t rule_of(const att_cost_record *self, uint32_t anchor)
{
    return self->engine->cascade.waker.hooks.items[anchor].rule;
}

static void divide_founds(division *self)
{
    const att_founds *founds = self->view->founds;
    const att_rule *rules = self->cost->engine->rules.rules.items;
    for (uint32_t i = 0; i < founds->count; i++) {
        share *one = share_for(self, (uint32_t)(founds->items[i].rule - rules));
        one->found_count++;
    }
    for (uint32_t i = 0; i < self->share_count; i++) {
        share *one = &self->shares[i];
        self->cost->rules[one->rule].candidates += one->found_count;
        one->founds = att_arena_alloc(self->scene.arena, sizeof *one->founds * (one->found_count + 1));
        one->found_count = 0;
    }
    for (uint32_t i = 0; i < founds->count; i++) {
        share *one = share_for(self, (uint32_t)(founds->items[i].rule - rules));
        one->founds[one->found_count++] = &founds->items[i];
    }
}

static bool in_vain(const share *one, uint32_t token)
{
    for (uint32_t i = 0; i < one->found_count; i++)
        if (one->founds[i]->first <= token && token < one->founds[i]->last) return false;
    return true;
}

static void count_wake(att_wake_count *count, bool vain)
{
    count->wakes++;
    count->vain += vain;
}

/* Counts a wake under the rule and the word, in small ASCII letters. Long words are passed over, and new ones once there are
 * many. */
static void count_word(att_cost_record *self, uint32_t rule, att_str word, bool vain)
{
    char key[LONGEST_WORD + 16];
    if (word.length > LONGEST_WORD) return;
    size_t length = (size_t)snprintf(key, sizeof key, "%u ", rule);
    for (size_t i = 0; i < word.length; i++)
        key[length++] = word.data[i] >= 'A' && word.data[i] <= 'Z' ? (char)(word.data[i] | 0x20) : word.data[i];
    att_str wanted = { key, length };
    uint32_t known = self->words.count;
    uint32_t number = known < ATT_MOST_COST_WORDS ? att_map_add(&self->words, wanted) : att_map_find(&self->words, wanted);
    if (number == ATT_NONE) return;
    if (number == known) {
        ATT_RESERVE(self->arena, &self->word_counts, 1);
        self->word_counts.items[self->word_counts.count++] = (att_wake_count){ 0, 0 };
    }
    count_wake(&self->word_counts.items[number], vain);
}

static void divide_wokens(division *self)
{
    const att_wokens *wokens = self->view->wokens;
    for (uint32_t i = 0; i < wokens->count; i++) {
        uint32_t anchor = wokens->items[i].anchor, token = wokens->items[i].token, rule = rule_of(self->cost, anchor);
        share *one = share_for(self, rule);
        bool vain = in_vain(one, token);
        count_wake(&self->cost->anchors[anchor], vain);
        count_wake(&self->cost->rules[rule].count, vain);
        count_word(self->cost, rule, att_scene_text(&self->scene, token, token + 1), vain);
        ATT_RESERVE(self->scene.arena, &one->wokens, 1);
        one->wokens.items[one->wokens.count++] = wokens->items[i];
    }
}

/* Gives a share to each rule that an annotation wakes, too. */
static void divide_annotations(division *self)
{
    const att_waker *waker = &self->cost->engine->cascade.waker;
    for (uint32_t i = 0; i < self->scene.annotation_count; i++) {
        const att_annotation *annotation = &self->scene.annotations[i];
        const att_gates *gates = &waker->by_layer[self->view->stage][annotation->layer];
        for (uint32_t a = 0; a < gates->count; a++) {
            uint32_t anchor = gates->items[a].anchor;
            if (!att_layer_accepts(waker->anchors.items[anchor].element, annotation)) continue;
            share *one = share_for(self, rule_of(self->cost, anchor));
            bool vain = in_vain(one, annotation->tokens.first);
            count_wake(&self->cost->anchors[anchor], vain);
            count_wake(&self->cost->rules[one->rule].count, vain);
        }
    }
}

/* ---- the search of one rule ---- */

/* Makes the gates of this rule the only ones that annotations open; without `wakes` there are none. */
static void wake_by_layer(att_cost_record *self, uint32_t rule, bool wakes)
{
    uint32_t stage = self->engine->rules.rules.items[rule].stage;
    for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++) {
        const att_gates *all = &self->engine->cascade.waker.by_layer[stage][layer];
        att_gates *gates = &self->waker.by_layer[stage][layer];
        gates->count = 0;
        gates->fields = all->fields;
        for (uint32_t i = 0; wakes && i < all->count; i++) {
            if (rule_of(self, all->items[i].anchor) != rule) continue;
            ATT_RESERVE(self->arena, gates, 1);
            gates->items[gates->count++] = all->items[i];
        }
    }
}

static uint64_t time_search(division *self, const att_wokens *wokens)
{
    att_founds founds = { 0 };
    uint64_t start = now();
    att_find_woken(&self->cost->finder, &self->scene, self->view->stage, wokens, &founds);
    return now() - start;
}

/* The time of a search that has nothing to do, which is taken off all others. The least of a few counts, because the first may
 * have to bring memory into the cache. */
static uint64_t time_empty(division *self)
{
    static const att_wokens none = { NULL, 0, 0 };
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < CALIBRATIONS; i++) {
        uint64_t taken = time_search(self, &none);
        if (taken < least) least = taken;
    }
    return least;
}

static void note_stage(att_meter *hook, const att_stage_view *view)
{
    att_cost_record *self = (att_cost_record *)hook;
    uint64_t start = now();
    uint32_t rules = self->engine->rules.rules.count;
    if (!self->engine->cascade.rule_counts[view->stage]) return;
    division parts = { .cost = self, .view = view, .scene = *view->scene };
    parts.shares = att_arena_alloc(parts.scene.arena, sizeof *parts.shares * (rules + 1));
    parts.share_of = att_arena_zero(parts.scene.arena, rules + 1, sizeof *parts.share_of);
    divide_founds(&parts);
    divide_wokens(&parts);
    divide_annotations(&parts);
    uint64_t empty = time_empty(&parts);
    for (uint32_t i = 0; i < parts.share_count; i++) {
        uint32_t rule = parts.shares[i].rule;
        wake_by_layer(self, rule, true);
        uint64_t taken = time_search(&parts, &parts.shares[i].wokens);
        wake_by_layer(self, rule, false);
        self->rules[rule].nanoseconds += taken > empty ? taken - empty : 0;
    }
    self->spent += now() - start;
}

/* ---- documents ---- */

static void find_anchors(att_cost_record *self)
{
    for (uint32_t i = self->engine->cascade.waker.anchors.count; i--;) {
        att_rule_cost *cost = &self->rules[rule_of(self, i)];
        cost->first_anchor = i;
        cost->anchor_count++;
    }
}

void att_cost_init(att_cost_record *self, const att_engine *engine, att_arena *arena)
{
    const att_cascade *cascade = &engine->cascade;
    *self = (att_cost_record){ .hook = { note_step, note_stage }, .engine = engine, .arena = arena, .waker = cascade->waker };
    self->rules = att_arena_zero(arena, engine->rules.rules.count + 1, sizeof *self->rules);
    self->tries = att_arena_zero(arena, engine->rules.rules.count + 1, sizeof *self->tries);
    self->anchors = att_arena_zero(arena, cascade->waker.anchors.count + 1, sizeof *self->anchors);
    self->waker.by_layer = att_arena_zero(arena, ATT_MAX_STAGES, sizeof *self->waker.by_layer);
    att_map_init(&self->words, arena);
    find_anchors(self);
}

void att_cost_begin(att_cost_record *self, att_document *doc)
{
    const att_cascade *cascade = &self->engine->cascade;
    self->finder = (att_finder){ cascade->rules, cascade->codes,           &cascade->predicates,
                                 &self->waker,   cascade->context_glances, self->tries };
    for (uint32_t stage = 0; stage < ATT_MAX_STAGES; stage++) /* a document that ran out of memory may have left some gates */
        for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++) self->waker.by_layer[stage][layer].count = 0;
    doc->meter = &self->hook;
    self->spent = 0;
    self->last = now();
}

void att_cost_end(att_cost_record *self, att_document *doc)
{
    doc->meter = NULL;
    self->documents++;
    self->bytes += doc->text.length;
    self->tokens += doc->tokens.count;
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        uint32_t rule = att_rules_number(&self->engine->rules, doc->annotations.items[i].origin);
        if (rule != ATT_NONE) self->rules[rule].hits++;
    }
}

/* ---- the sum ---- */

static void add_top(att_rule_cost *cost, att_str word, att_wake_count count)
{
    att_cost_word one = { word, count };
    for (int i = 0; i < ATT_COST_TOP_WORDS; i++) {
        att_cost_word *other = &cost->top[i];
        if (other->count.vain > one.count.vain) continue;
        if (other->count.vain == one.count.vain && other->word.data && att_str_compare(other->word, one.word) < 0) continue;
        att_cost_word pushed = *other;
        *other = one;
        one = pushed;
    }
}

void att_cost_finish(att_cost_record *self)
{
    for (uint32_t rule = 0; rule < self->engine->rules.rules.count; rule++) {
        self->rules[rule].tries = self->tries[rule];
        memset(self->rules[rule].top, 0, sizeof self->rules[rule].top);
    }
    for (uint32_t i = 0; i < self->word_counts.count; i++) {
        att_str key = self->words.items[i];
        size_t blank = (size_t)((const char *)memchr(key.data, ' ', key.length) - key.data);
        if (!self->word_counts.items[i].vain) continue;
        add_top(&self->rules[strtoul(key.data, NULL, 10)], att_str_slice(key, blank + 1, key.length),
                self->word_counts.items[i]);
    }
}

typedef struct {
    uint32_t rule;
    uint64_t nanoseconds, wakes;
    att_str name;
} ordered_rule;

static int by_time(const void *left, const void *right)
{
    const ordered_rule *a = left, *b = right;
    if (a->nanoseconds != b->nanoseconds) return a->nanoseconds > b->nanoseconds ? -1 : 1;
    if (a->wakes != b->wakes) return a->wakes > b->wakes ? -1 : 1;
    return att_str_compare(a->name, b->name);
}

uint32_t *att_cost_order(const att_cost_record *self, uint32_t *count)
{
    const att_rules *rules = &self->engine->rules;
    ordered_rule *sorted = att_arena_alloc(self->arena, sizeof *sorted * (rules->rules.count + 1));
    uint32_t *order = att_arena_alloc(self->arena, sizeof *order * (rules->rules.count + 1));
    *count = 0;
    for (uint32_t i = 0; i < rules->rules.count; i++)
        if (self->rules[i].count.wakes)
            sorted[(*count)++] =
                (ordered_rule){ i, self->rules[i].nanoseconds, self->rules[i].count.wakes, rules->rules.items[i].origin.rule };
    if (*count) qsort(sorted, *count, sizeof *sorted, by_time);
    for (uint32_t i = 0; i < *count; i++) order[i] = sorted[i].rule;
    return order;
}

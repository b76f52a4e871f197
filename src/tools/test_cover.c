#include "tools/test_cover.h"

#include "tools/plain.h"

enum { BESIDE = 2 /* so many tokens on either side of a line's words belong to them, too */ };

/* A line of a test that holds, and what is known about its text. */
typedef struct {
    att_cover *cover;
    const att_trace_record *record;
    const att_document *doc;
    const att_check *check;
    const att_check_result *match;
} line;

void att_cover_init(att_cover *self, const att_engine *engine, att_arena *arena)
{
    self->engine = engine;
    self->positive = att_arena_zero(arena, engine->rules.rules.count + 1, sizeof(bool));
    self->negative = att_arena_zero(arena, engine->rules.rules.count + 1, sizeof(bool));
}

/* ---- rules and layers ---- */

static uint32_t rule_of(const line *self, const att_origin *origin)
{
    return att_rules_number(&self->cover->engine->rules, origin);
}

/* The layers, as bits, that a line about this layer says something of. Records are put together from several layers. */
static uint32_t layers_of(uint32_t layer)
{
    uint32_t records = 1u << ATT_LAYER_OFFICIAL | 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_TITLE;
    if (layer == ATT_LAYER_OFFICIAL) return records;
    if (layer == ATT_LAYER_THEME) return 1u << ATT_LAYER_THEME | 1u << ATT_LAYER_TOPIC;
    return 1u << layer;
}

static uint32_t made_by(const att_rule *rule)
{
    uint32_t layers = rule->of; /* an alias block makes the layers that it is for */
    for (uint32_t i = 0; i < rule->make_count; i++) layers |= 1u << rule->makes[i].layer;
    return layers;
}

/* ---- what a rule did ---- */

static bool overlaps(const att_annotation *one, uint32_t start, uint32_t end)
{
    return one->start < end && start < one->end;
}

/* Notes the rules that made what stands at [start, end), or filled in its fields. Of a record any part will do. */
static void note_makers(const line *self, uint32_t start, uint32_t end)
{
    bool parts = att_check_by_record(self->check->layer);
    uint32_t layers = layers_of(self->check->layer);
    const att_annotations *all = &self->doc->annotations;
    for (uint32_t i = 0; i < all->count + self->record->losses.count; i++) {
        const att_lost *lost = i < all->count ? NULL : &self->record->losses.items[i - all->count];
        const att_annotation *one = lost ? &lost->loser : &all->items[i];
        bool there = parts ? overlaps(one, start, end) : one->start == start && one->end == end;
        if (!there || !(layers >> one->layer & 1) || (lost ? lost->why != ATT_LOST_MERGED : one->state & ATT_DROPPED)) continue;
        uint32_t rule = rule_of(self, one->origin);
        if (rule != ATT_NONE) self->cover->positive[rule] = true;
    }
}

/* Notes the rules that took something away from [start, end) by `block` or `beats`. */
static void note_blockers(const line *self, uint32_t start, uint32_t end)
{
    uint32_t layers = layers_of(self->check->layer);
    for (uint32_t i = 0; i < self->record->losses.count; i++) {
        const att_lost *lost = &self->record->losses.items[i];
        bool taken = lost->why == ATT_LOST_BLOCK || lost->why == ATT_LOST_BEATS;
        if (!taken || !lost->has_winner || !(layers >> lost->loser.layer & 1)) continue;
        uint32_t rule = rule_of(self, lost->winner.origin);
        if (rule != ATT_NONE && overlaps(&lost->loser, start, end)) self->cover->positive[rule] = true;
    }
}

/* ---- what a rule refrained from ---- */

/* Whether an annotation of the rule, or the match that made it, reaches over the token. */
static bool spoke(const line *self, uint32_t rule, uint32_t token)
{
    uint32_t at = self->doc->tokens.start[token];
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        uint32_t start = one->match_end ? one->match_start : one->start, end = one->match_end ? one->match_end : one->end;
        if (rule_of(self, one->origin) == rule && start <= at && at < end) return true;
    }
    return false;
}

/* Whether the rule was woken at one of these tokens and nothing of it reaches over that token. */
static bool refrained(const line *self, uint32_t rule, att_token_range range)
{
    const att_engine *engine = self->cover->engine;
    const att_rule *one = &engine->rules.rules.items[rule];
    const att_traced_stage *stage = &self->record->stages[one->stage];
    for (uint32_t token; one->pattern; range.first = token + 1) {
        token = att_trace_woken(stage, &engine->cascade.waker, one, rule, range.first, range.last);
        if (token == ATT_NONE) return false;
        if (!spoke(self, rule, token)) return true;
    }
    return false;
}

/* For a line that says what is not there: notes the rules that were woken among the tokens and made nothing. */
static void note_refrained(const line *self, att_token_range range)
{
    const att_rules *rules = &self->cover->engine->rules;
    uint32_t layers = layers_of(self->check->layer);
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        att_seen by = { .rule = rules->rules.items[i].origin.rule };
        if (self->cover->negative[i] || !(made_by(&rules->rules.items[i]) & layers)) continue;
        bool named = self->check->by.text.data;
        self->cover->negative[i] = named ? att_seen_is_by(&by, self->check->by.text) : refrained(self, i, range);
    }
}

/* For a line that says what is there: notes the rules that could have blocked it, were woken and did not. */
static void note_spared(const line *self, att_token_range range)
{
    const att_engine *engine = self->cover->engine;
    for (uint32_t i = 0; i < engine->rules.rules.count; i++) {
        const att_rule *rule = &engine->rules.rules.items[i];
        if (rule->make_count || !(rule->blocks & layers_of(self->check->layer)) || self->cover->negative[i]) continue;
        self->cover->negative[i] =
            att_trace_woken(&self->record->stages[rule->stage], &engine->cascade.waker, rule, i, range.first, range.last)
            != ATT_NONE;
    }
}

/* ---- lines ---- */

/* The tokens of bytes [start, end), with some on either side. */
static att_token_range beside(const line *self, uint32_t start, uint32_t end)
{
    const att_tokens *tokens = &self->doc->tokens;
    att_token_range range = { att_tokens_at(tokens, start), 0 };
    range.last = range.first;
    while (range.last < tokens->count && tokens->start[range.last] < end) range.last++;
    range.first = range.first > BESIDE ? range.first - BESIDE : 0;
    range.last = range.last + BESIDE < tokens->count ? range.last + BESIDE : tokens->count;
    return range;
}

static void take_found(const line *self)
{
    for (uint32_t i = 0; i < self->match->count; i++) {
        const att_seen *seen = self->match->found[i];
        if (!seen) continue;
        note_makers(self, seen->start, seen->end);
        note_spared(self, beside(self, seen->start, seen->end));
        const att_origin *record = seen->official ? seen->official->origin : seen->evidence ? seen->evidence->origin : NULL;
        uint32_t rule = rule_of(self, record);
        if (rule != ATT_NONE) self->cover->positive[rule] = true;
    }
}

static void take_absent(const line *self)
{
    bool placed = false;
    for (uint32_t i = 0; i < self->check->string_count; i++) {
        size_t start, end;
        for (size_t from = 0; att_plain_find(self->doc->text, self->check->strings[i].text, from, &start, &end); from = end) {
            note_refrained(self, beside(self, (uint32_t)start, (uint32_t)end));
            note_blockers(self, (uint32_t)start, (uint32_t)end);
            placed = true;
        }
    }
    if (placed) return;
    note_refrained(self, (att_token_range){ 0, self->doc->tokens.count });
    note_blockers(self, 0, (uint32_t)self->doc->text.length);
}

void att_cover_take(att_cover *self, const att_trace_record *record, const att_seens *seens, const att_check *check,
                    const att_check_result *match)
{
    line one = { self, record, seens->doc, check, match };
    if (check->kind == ATT_CHECK_MISS) return;
    if (check->kind != ATT_CHECK_ABSENT) take_found(&one);
    if (check->kind == ATT_CHECK_ABSENT) take_absent(&one);
    if (check->kind != ATT_CHECK_EXACTLY) return;
    note_refrained(&one, (att_token_range){ 0, one.doc->tokens.count });
    note_blockers(&one, 0, (uint32_t)one.doc->text.length);
}

uint32_t att_cover_report(const att_cover *self, bool (*scope)(void *user, const att_lines_block *block), void *user,
                          att_diags *diags)
{
    enum { C13 = 13 };
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->engine->rules.rules.count; i++) {
        const att_rule *rule = &self->engine->rules.rules.items[i];
        bool positive = self->positive[i], negative = self->negative[i];
        if ((positive && negative) || rule->block->accepted >> C13 & 1 || !scope(user, rule->block)) continue;
        count++;
        att_report(diags, ATT_WARNING, "C13", rule->place, "rule '%.*s' has no test in which it %s%s%s",
                   ATT_STR_ARG(rule->name), positive ? "" : "makes what is asked for",
                   positive || negative ? "" : ", none in which it ", negative ? "" : "is tried and makes nothing");
    }
    return count;
}

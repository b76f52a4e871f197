#include "tools/feuds.h"

#include "tools/shadow.h"
#include "tools/slips.h"

enum { C18 = 18 };

/* Bit set of the layers whose results a rule makes; `whole`: of its whole match. */
static uint32_t made_by(const att_rule *rule, bool whole)
{
    uint32_t layers = 0;
    for (uint32_t i = 0; i < rule->make_count; i++)
        if (!whole || rule->makes[i].on == ATT_NONE) layers |= 1u << rule->makes[i].layer;
    return layers;
}

/* Whether each of two rules of one stage blocks a layer that the other makes. With unequal tiers only one of them does. */
static bool is_feud(const att_rule *a, const att_rule *b, bool whole)
{
    return a != b && a->stage == b->stage && a->tier == b->tier && a->blocks & made_by(b, whole)
           && b->blocks & made_by(a, whole);
}

/* Told at the later rule, or at the one whose file was named. `text`: words that both match; may be null. */
static void report(att_engine *engine, bool added, uint32_t first, uint32_t second, att_str text, att_map *told)
{
    const att_rule *rule = &engine->rules.rules.items[second], *other = &engine->rules.rules.items[first];
    const uint32_t pair[] = { first, second }, known = told->count;
    if ((rule->block->accepted | other->block->accepted) >> C18 & 1) return;
    if (!att_is_named_source(engine, added, rule->place.source)) {
        const att_rule *shipped = rule;
        rule = other;
        other = shipped;
    }
    if (!att_is_named_source(engine, added, rule->place.source)) return;
    if (att_map_add(told, (att_str){ (const char *)pair, sizeof pair }) < known) return;
    att_report(
        &engine->diags, ATT_WARNING, "C18", rule->place,
        "'%.*s' and '%.*s' block each other: where both match%s%.*s%s what they make is lost; give one the higher tier, or "
        "let it ask for more",
        ATT_STR_ARG(rule->name), ATT_STR_ARG(other->name), text.length ? ", as in \"" : "", ATT_STR_ARG(text),
        text.length ? "\"," : ",");
    att_report_note(&engine->diags, other->place, "the other one");
}

/* ---- what the patterns show ---- */

static bool is_before(const att_context *context)
{
    return context->kind == ATT_PRECEDED || context->kind == ATT_NOT_PRECEDED;
}

/* Whether nothing but the patterns could keep the rules apart: no condition, no region, and no side on which both ask. */
static bool are_free(const att_rule *a, const att_rule *b)
{
    if (a->where || b->where || a->region_count || b->region_count) return false;
    for (uint32_t i = 0; i < a->context_count; i++)
        for (uint32_t j = 0; j < b->context_count; j++)
            if (is_before(&a->contexts[i]) == is_before(&b->contexts[j])) return false;
    return true;
}

static bool match_the_same(const att_rule *a, const att_rule *b)
{
    return att_pattern_covers(a->pattern, b->pattern) || att_pattern_covers(b->pattern, a->pattern);
}

void att_feuds_find(att_engine *engine, bool added, att_map *told)
{
    const att_rules *rules = &engine->rules;
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        const att_rule *one = &rules->rules.items[i];
        for (uint32_t k = 0; one->blocks && one->kind == ATT_RULE_MATCH && k < i; k++) {
            const att_rule *other = &rules->rules.items[k];
            if (other->kind == ATT_RULE_MATCH && is_feud(one, other, true) && are_free(one, other)
                && match_the_same(one, other))
                report(engine, added, k, i, (att_str){ 0 }, told);
        }
    }
}

/* ---- what a text shows ---- */

/* Whether a match takes away what the rule of another made there. */
static bool takes_from(const att_traced_stage *stage, const att_found *found, const att_found *other, uint32_t rule)
{
    for (uint32_t i = 0; i < stage->candidates.count; i++) {
        const att_candidate *one = &stage->candidates.items[i];
        const att_token_range at = one->annotation.tokens;
        if (one->rule == rule && found->rule->blocks >> one->annotation.layer & 1 && at.first >= other->first
            && at.last <= other->last && at.first < found->last && at.last > found->first)
            return true;
    }
    return false;
}

static void find_between(att_engine *engine, bool added, const att_test_run *run, const att_traced_stage *stage,
                         const att_found *one, const att_found *other, att_map *told)
{
    if (!is_feud(one->rule, other->rule, false)) return;
    const uint32_t a = (uint32_t)(one->rule - engine->rules.rules.items),
                   b = (uint32_t)(other->rule - engine->rules.rules.items);
    if (!takes_from(stage, one, other, b) || !takes_from(stage, other, one, a)) return;
    const uint32_t first = one->first < other->first ? one->first : other->first,
                   last = one->last > other->last ? one->last : other->last;
    const att_str text = att_str_slice(run->doc.text, run->doc.tokens.start[first], run->doc.tokens.end[last - 1]);
    report(engine, added, a < b ? a : b, a < b ? b : a, text, told);
}

void att_feuds_find_in(att_engine *engine, bool added, const att_test_run *run, att_map *told)
{
    for (uint32_t s = 0; s < ATT_MAX_STAGES; s++) {
        const att_traced_stage *stage = &run->record->stages[s];
        for (uint32_t i = 0; i < stage->founds.count; i++)
            for (uint32_t k = 0; stage->founds.items[i].rule->blocks && k < i; k++)
                find_between(engine, added, run, stage, &stage->founds.items[i], &stage->founds.items[k], told);
    }
}

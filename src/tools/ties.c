#include "tools/ties.h"

#include "tools/slips.h"

enum { C04 = 4 };

/* Whether only the names of two rules decided between them, and the choice makes a difference. */
static bool is_tie(const att_engine *engine, const att_lost *lost)
{
    const att_annotation *a = &lost->loser, *b = &lost->winner;
    return lost->why == ATT_LOST_ORDER && lost->has_winner && a->start == b->start && a->end == b->end && a->origin != b->origin
           && !att_annotation_same_fields(&engine->knowledge.layers.items[a->layer], a, b);
}

/* What in the files that were named made an annotation: its place and its name; false when nothing in them did. */
static bool made_by(const att_engine *engine, bool added, const att_annotation *one, att_place *place, att_str *name)
{
    const uint32_t number = att_rules_number(&engine->rules, one->origin);
    const att_entries *entries = &engine->knowledge.entries;
    if (!one->origin || !att_is_named_source(engine, added, one->origin->source)) return false;
    if (number == ATT_NONE && one->entry == ATT_NONE) return false;
    *place = number != ATT_NONE ? engine->rules.rules.items[number].place : att_entries_place(entries, one->entry);
    *name = number != ATT_NONE ? engine->rules.rules.items[number].name : entries->entries.items[one->entry].id;
    return true;
}

static uint32_t distance(const att_annotation *a, const att_annotation *b)
{
    return a->start >= b->end ? a->start - b->end : b->start >= a->end ? b->start - a->end : 0;
}

/* Two rules that nobody named: without the packs that were added they have no tie. Told is the added rule or entry that made
 * what stands nearest, once. */
static void report_cause(att_engine *engine, const att_document *doc, const att_annotation *loser, const att_rule *rule,
                         const att_rule *other, att_map *told)
{
    att_place place = { 0 }, at;
    att_str name = { 0 }, of;
    uint32_t nearest = UINT32_MAX, known = told->count;
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (distance(one, loser) >= nearest || !made_by(engine, true, one, &at, &of)) continue;
        nearest = distance(one, loser);
        place = at;
        name = of;
    }
    if (!place.source || att_map_add(told, name) < known) return;
    att_report(&engine->diags, ATT_WARNING, "C04", place,
               "what '%.*s' finds makes '%.*s' and '%.*s' both match \"%.*s\", and nothing but the order of their names says "
               "whose %.*s stands",
               ATT_STR_ARG(name), ATT_STR_ARG(rule->name), ATT_STR_ARG(other->name),
               ATT_STR_ARG(att_str_slice(doc->text, loser->start, loser->end)),
               ATT_STR_ARG(engine->knowledge.layers.items[loser->layer].name));
}

/* Told where the one that is not chosen stands, if nobody named its file where the other does. */
static void report(att_engine *engine, const att_document *doc, const att_annotation *loser, const att_rule *rule,
                   const att_rule *other, bool at_other)
{
    att_str text = att_str_slice(doc->text, loser->start, loser->end);
    att_report(&engine->diags, ATT_WARNING, "C04", at_other ? other->place : rule->place,
               "'%.*s' and '%.*s' both match \"%.*s\" and nothing but the order of their names says whose %.*s stands",
               ATT_STR_ARG(rule->name), ATT_STR_ARG(other->name), ATT_STR_ARG(text),
               ATT_STR_ARG(engine->knowledge.layers.items[loser->layer].name));
    att_report_note(&engine->diags, at_other ? rule->place : other->place,
                    at_other ? "this one is not chosen" : "this one is chosen");
}

void att_ties_find_in(att_engine *engine, bool added, const att_test_run *run, att_map *told)
{
    const att_rules *rules = &engine->rules;
    for (uint32_t i = 0; i < run->record->losses.count; i++) {
        const att_lost *lost = &run->record->losses.items[i];
        uint32_t loser = att_rules_number(rules, lost->loser.origin), winner = att_rules_number(rules, lost->winner.origin);
        if (loser == ATT_NONE || winner == ATT_NONE || !is_tie(engine, lost)) continue;
        const att_rule *rule = &rules->rules.items[loser], *other = &rules->rules.items[winner];
        uint32_t pair[] = { loser, winner }, known = told->count;
        bool accepted = (rule->block->accepted | other->block->accepted) >> C04 & 1;
        if (accepted || att_map_add(told, (att_str){ (const char *)pair, sizeof pair }) < known) continue;
        const bool named = att_is_named_source(engine, added, rule->place.source);
        const bool other_named = att_is_named_source(engine, added, other->place.source);
        if (added && !named && !other_named) report_cause(engine, &run->doc, &lost->loser, rule, other, told);
        else report(engine, &run->doc, &lost->loser, rule, other, other_named && !named);
    }
}

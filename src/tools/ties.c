#include "tools/ties.h"

#include "tools/test_run.h"

enum { C04 = 4 };

/* Whether only the names of two rules decided between them, and the choice makes a difference. */
static bool is_tie(const att_engine *engine, const att_lost *lost)
{
    const att_annotation *a = &lost->loser, *b = &lost->winner;
    return lost->why == ATT_LOST_ORDER && lost->has_winner && a->start == b->start && a->end == b->end && a->origin != b->origin
           && !att_annotation_same_fields(&engine->knowledge.layers.items[a->layer], a, b);
}

static void report(att_engine *engine, const att_document *doc, const att_annotation *loser, const att_rule *rule,
                   const att_rule *other)
{
    att_str text = att_str_slice(doc->text, loser->start, loser->end);
    att_report(&engine->diags, ATT_WARNING, "C04", rule->place,
               "'%.*s' and '%.*s' both match \"%.*s\" and nothing but the order of their names says whose %.*s stands",
               ATT_STR_ARG(rule->name), ATT_STR_ARG(other->name), ATT_STR_ARG(text),
               ATT_STR_ARG(engine->knowledge.layers.items[loser->layer].name));
    att_report_note(&engine->diags, other->place, "this one is chosen");
}

/* Reports the ties in one text whose pair of rules is not yet in `told`. */
static void find_in(att_engine *engine, const att_test_run *run, att_map *told)
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
        report(engine, &run->doc, &lost->loser, rule, other);
    }
}

void att_ties_find(att_engine *engine, const att_tests *tests)
{
    att_map told;
    att_test_run run;
    att_map_init(&told, &engine->arena);
    att_test_run_init(&run, engine, &engine->guard);
    for (uint32_t i = 0; i < tests->count; i++) {
        att_test_run_annotate(&run, &tests->items[i], true);
        find_in(engine, &run, &told);
    }
    att_test_run_clear(&run);
}

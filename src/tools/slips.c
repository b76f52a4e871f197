#include "tools/slips.h"

#include "knowledge/shared_forms.h"

bool att_is_named_source(const att_engine *engine, bool added, const att_source *source)
{
    for (uint32_t i = 0; i < engine->files.count; i++) {
        const att_rule_file *file = &engine->files.items[i];
        if (file->source == source) return !file->lent && (!added || file->overlay);
    }
    return false;
}

enum { C17 = 17 };

/* Whether a note of the block around the place silences C17. */
static bool is_accepted(const att_engine *engine, att_place place)
{
    const att_blocks *blocks = &engine->knowledge.blocks;
    const att_lines_block *around = NULL;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->file->source != place.source || block->head_at > place.start) continue;
        if (!around || block->head_at > around->head_at) around = block;
    }
    return around && around->accepted >> C17 & 1;
}

/* ---- names ---- */

/* A name that every "the" in small letters is. */
static void find_common_name(att_engine *engine, bool added, uint32_t norm)
{
    att_knowledge *knowledge = &engine->knowledge;
    att_str word = att_lexicon_word(&knowledge->lexicon, norm);
    uint32_t node = att_lexicon_use(&knowledge->lexicon, norm)->nodes[ATT_TRIE_NAMES];
    for (uint32_t f = att_names_first(&knowledge->names, node); f; f = att_names_next(&knowledge->names, f)) {
        const att_form *form = &knowledge->names.forms.items[f];
        if (form->owner == ATT_OWNER_BOILERPLATE || att_form_length(&knowledge->names, form) > 1
            || knowledge->names.words.items[form->words].caps)
            continue;
        if (!att_lists_have_text(&knowledge->lists, ATT_LIST_ENGLISH, word)) return;
        const att_entry_line *line = att_entries_line(&knowledge->entries, &knowledge->names, form);
        const att_source *source = knowledge->entries.origins.items[line->origin].source;
        const att_place place = att_form_place(&knowledge->names, source, line->line, node, true);
        if (!att_is_named_source(engine, added, source) || is_accepted(engine, place)) continue;
        att_report(&engine->diags, ATT_WARNING, "C17", place,
                   "a name that is a common word: each '%.*s' of a text is taken for it; give it capitals or more words",
                   ATT_STR_ARG(word));
    }
}

/* The code of a COUNTRY goes into records, views and --origin. */
static void find_odd_codes(att_engine *engine, bool added)
{
    const att_entries *entries = &engine->knowledge.entries;
    for (uint32_t i = 0; i < entries->entries.count; i++) {
        const att_entry *entry = &entries->entries.items[i];
        att_str code = entry->more->code;
        bool good = code.length == 3;
        for (size_t k = 0; good && k < code.length; k++) good = code.data[k] >= 'A' && code.data[k] <= 'Z';
        att_place place = att_entries_place(entries, i);
        if (good || entry->layer != ATT_LAYER_COUNTRY || !att_is_named_source(engine, added, place.source)) continue;
        att_report(&engine->diags, ATT_WARNING, "S006", place, "'%.*s' is no country's code; three capitals are, such as KOR",
                   ATT_STR_ARG(code));
    }
}

/* ---- topics ---- */

/* Whether the rule makes something with this value. */
static bool has_value(const att_value *value, att_str text)
{
    for (; value; value = value->next)
        if ((value->kind == ATT_VALUE_STRING && att_str_equal(value->text, text)) || has_value(value->arguments, text))
            return true;
    return false;
}

static bool is_made(const att_rules *rules, att_str topic)
{
    for (uint32_t i = 0; i < rules->rules.count; i++)
        for (uint32_t k = 0; k < rules->rules.items[i].make_count; k++) {
            const att_make *make = &rules->rules.items[i].makes[k];
            for (uint32_t f = 0; f < make->field_count; f++)
                if (has_value(make->fields[f].value, topic)) return true;
        }
    return false;
}

static void find_empty_topics(att_engine *engine, bool added)
{
    const att_topics *topics = &engine->knowledge.topics;
    bool *has = att_arena_zero(&engine->arena, topics->topics.count + 1, sizeof *has);
    for (uint32_t i = 0; i < topics->triggers.count; i++)
        if (topics->triggers.items[i].kind != ATT_TRIGGER_BLOCK) has[topics->triggers.items[i].topic] = true;
    for (uint32_t i = 0; i < topics->topics.count; i++) {
        const att_topic *topic = &topics->topics.items[i];
        if (has[i] || !att_is_named_source(engine, added, topic->place.source) || is_made(&engine->rules, topic->id)) continue;
        att_report(&engine->diags, ATT_WARNING, "S011", topic->place,
                   "a topic without a trigger is never found; write lines 'strong', 'support' or 'pair'");
    }
}

/* ---- triggers ---- */

typedef struct {
    uint32_t forms, covered; /* how many forms the trigger has; how many of them another one covers */
    uint32_t by;             /* that other one */
    uint32_t node;           /* of the form at its place */
    att_place place;         /* where it is written */
} trigger_shadow;

static const att_trigger *trigger_of(const att_topics *topics, uint32_t form)
{
    return &topics->triggers.items[topics->names.forms.items[form].owner];
}

/* Whether wherever form `b` fits, form `a` of the same node does, and says as much. */
static bool covers(const att_topics *topics, uint32_t a, uint32_t b)
{
    const att_trigger *by = trigger_of(topics, a), *of = trigger_of(topics, b);
    const att_form *x = &topics->names.forms.items[a], *y = &topics->names.forms.items[b];
    const bool stronger = by->kind == ATT_TRIGGER_STRONG && of->kind == ATT_TRIGGER_SUPPORT;
    bool equal = true;
    if (by->topic != of->topic || x->owner == y->owner || (by->kind != of->kind && !stronger)) return false;
    for (uint32_t i = 0; i < att_form_length(&topics->names, x); i++) {
        uint64_t wants = topics->names.words.items[x->words + i].caps, has = topics->names.words.items[y->words + i].caps;
        if (wants & ~has) return false;
        equal = equal && wants == has;
    }
    return stronger || !equal || x->owner < y->owner;
}

static void see_node(const att_topics *topics, uint32_t node, trigger_shadow *shadows)
{
    for (uint32_t b = node; b; b = att_names_next(&topics->names, b)) {
        trigger_shadow *shadow = &shadows[topics->names.forms.items[b].owner];
        shadow->forms++;
        for (uint32_t a = node; a; a = att_names_next(&topics->names, a)) {
            if (a == b || !covers(topics, a, b)) continue;
            shadow->covered++;
            shadow->by = topics->names.forms.items[a].owner;
            break;
        }
    }
}

static bool is_idle(const trigger_shadow *self)
{
    return self->forms && self->covered == self->forms;
}

/* Where it stands in its line, which may have the other one too, in other capitals. */
static att_place trigger_place(att_topics *topics, uint32_t trigger, uint32_t other, uint32_t node)
{
    const att_trigger *one = &topics->triggers.items[trigger];
    return att_form_place(&topics->names, topics->origins.items[one->origin].source, one->line, node, trigger > other);
}

/* Where the trigger itself stands: most of its forms are made from it, and stand in no line. */
static void place_idle(att_topics *topics, trigger_shadow *shadows)
{
    uint32_t node = 0;
    for (uint32_t form = 1; form < topics->names.forms.count; form++) {
        const uint32_t trigger = topics->names.forms.items[form].owner;
        if (att_names_is_node(&topics->names, form)) node = form;
        if (!is_idle(&shadows[trigger])) continue;
        att_place here = trigger_place(topics, trigger, shadows[trigger].by, node), best = shadows[trigger].place;
        if (best.source && best.end - best.start <= here.end - here.start) continue;
        shadows[trigger].place = here;
        shadows[trigger].node = node;
    }
}

/* Triggers that never add anything, since another one of their topic is met wherever they are. */
static void find_idle_triggers(att_engine *engine, bool added)
{
    att_topics *topics = &engine->knowledge.topics;
    trigger_shadow *shadows = att_arena_zero(&engine->arena, topics->triggers.count + 1, sizeof *shadows);
    for (uint32_t form = 1; form < topics->names.forms.count; form++)
        if (att_names_is_node(&topics->names, form)) see_node(topics, form, shadows);
    place_idle(topics, shadows);
    for (uint32_t i = 0; i < topics->triggers.count; i++) {
        if (!is_idle(&shadows[i])) continue;
        att_place here = shadows[i].place, there = trigger_place(topics, shadows[i].by, i, shadows[i].node);
        bool own = att_is_named_source(engine, added, here.source);
        if (!own && !att_is_named_source(engine, added, there.source)) continue;
        att_report(&engine->diags, ATT_WARNING, "C10", own ? here : there,
                   own ? "a trigger that adds nothing: a strong one, or one in small letters, is met wherever it is"
                       : "a trigger that is met wherever another one of the topic is, which then adds nothing");
        att_report_note(&engine->diags, own ? there : here, "the other one");
    }
}

void att_slips_find(att_engine *engine, bool added)
{
    for (uint32_t norm = 0; norm < engine->knowledge.lexicon.words.count; norm++) find_common_name(engine, added, norm);
    find_odd_codes(engine, added);
    find_empty_topics(engine, added);
    find_idle_triggers(engine, added);
}

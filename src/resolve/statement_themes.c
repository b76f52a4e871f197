#include "resolve/statement_maker.h"

#include "base/order.h"

typedef struct {
    att_ranked *items; /* by place: which theme */
    uint32_t count;
} evidence_list;

/* Where the words of the topic stand, else the whole evidence. */
static att_evidence place_of(const att_document *doc, const att_evidence *evidence)
{
    att_evidence place = *evidence;
    if (evidence->trigger.data >= doc->text.data && evidence->trigger.data < doc->text.data + doc->text.length) {
        place.start = (uint32_t)(evidence->trigger.data - doc->text.data);
        place.end = place.start + (uint32_t)evidence->trigger.length;
    }
    return place;
}

static evidence_list list_evidence(const att_document *doc)
{
    evidence_list list = { 0 };
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->themes.count; i++) count += doc->themes.items[i].evidence_count;
    list.items = att_arena_alloc(doc->arena, sizeof *list.items * (count + 1));
    for (uint32_t i = 0; i < doc->themes.count; i++)
        for (uint32_t e = 0; e < doc->themes.items[i].evidence_count; e++) {
            att_evidence place = place_of(doc, &doc->themes.items[i].evidence[e]);
            list.items[list.count++] = (att_ranked){ (uint64_t)place.start << 32 | place.end, i };
        }
    att_order(doc->arena, list.items, list.count);
    return list;
}

/* Unless it is among them: themes that differ in modality have one name. */
static void add_name(att_arena *arena, att_strs *names, att_str name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (att_str_equal(names->items[i], name)) return;
    ATT_RESERVE(arena, names, 1);
    names->items[names->count++] = name;
}

/* `seen`: by theme, the last statement that has it plus one. */
static void add_themes(att_document *doc, uint32_t number, const evidence_list *list, uint32_t *seen)
{
    att_statement *statement = &doc->statements.items[number];
    uint32_t i = att_order_from(list->items, list->count, (uint64_t)statement->start << 32);
    for (; i < list->count; i++) {
        const uint32_t index = list->items[i].index;
        const att_theme *theme = &doc->themes.items[index];
        if (list->items[i].key >> 32 >= statement->end) return;
        if ((uint32_t)list->items[i].key > statement->end || seen[index] == number + 1) continue;
        seen[index] = number + 1;
        add_name(doc->arena, &statement->themes, theme->theme);
        if (theme->document_topic) add_name(doc->arena, &statement->topics, theme->topic);
    }
}

/* ---- the speaker's agency ---- */

/* As the rules call it; "rus-mofa" by the entry "*-mofa". */
static att_str known_name(const statement_maker *self, att_str id)
{
    const att_entries *entries = &self->knowledge->entries;
    uint32_t entry = att_entries_find(entries, id);
    if (entry == ATT_NONE) entry = att_entries_find_star(entries, self->doc->arena, id);
    return entry == ATT_NONE ? id : entries->entries.items[entry].name;
}

/* The names of the text's entities by id. */
typedef struct {
    att_map ids;
    att_str *names; /* by number in `ids` */
} entity_names;

static entity_names list_names(const att_document *doc)
{
    entity_names list = { .names = att_arena_alloc(doc->arena, sizeof *list.names * (doc->entities.count + 1)) };
    att_map_init(&list.ids, doc->arena);
    for (uint32_t i = 0; i < doc->entities.count; i++) {
        const uint32_t known = list.ids.count, number = att_map_keep(&list.ids, doc->entities.items[i].id);
        if (number == known) list.names[number] = doc->entities.items[i].name;
    }
    return list;
}

/* As the text has it: by that name or, where only the office tells, by another; else as the rules have it. */
static att_str body_of(const statement_maker *self, const entity_names *named, const att_official *record)
{
    if (!record || record->agency.length || !record->agency_id.length) return record ? record->agency : (att_str){ 0 };
    const uint32_t number = att_map_find(&named->ids, record->agency_id);
    return number != ATT_NONE ? named->names[number] : known_name(self, record->agency_id);
}

/* ---- all ---- */

void att_statement_hand_over(statement_maker *self)
{
    att_document *doc = self->doc;
    const evidence_list list = list_evidence(doc);
    const entity_names named = list_names(doc);
    uint32_t *seen = att_arena_zero(doc->arena, doc->themes.count + 1, sizeof *seen);
    ATT_RESERVE(doc->arena, &doc->statements, self->made.count + 1);
    for (uint32_t i = 0; i < self->made.count; i++) {
        att_statement *statement = &doc->statements.items[doc->statements.count++];
        *statement = self->made.items[i].statement;
        statement->body = body_of(self, &named, att_statement_record(doc, statement));
        add_themes(doc, i, &list, seen);
    }
}

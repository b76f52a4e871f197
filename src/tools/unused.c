#include "tools/unused.h"

#include "knowledge/triggers.h"

void att_used_init(att_used *self, const att_engine *engine, att_arena *arena)
{
    self->engine = engine;
    self->entries = att_arena_zero(arena, engine->knowledge.entries.entries.count + 1, sizeof(bool));
    self->triggers = att_arena_zero(arena, engine->knowledge.topics.triggers.count + 1, sizeof(bool));
    self->rules = att_arena_zero(arena, engine->rules.rules.count + 1, sizeof(bool));
}

/* ---- a document ---- */

static void see_annotation(att_used *self, const att_annotation *one)
{
    uint32_t rule = att_rules_number(&self->engine->rules, one->origin);
    if (one->entry != ATT_NONE) self->entries[one->entry] = true;
    if (rule != ATT_NONE) self->rules[rule] = true;
}

void att_used_see(att_used *self, att_document *doc, const att_vocabulary *vocabulary)
{
    att_topic_hits hits = { 0 };
    if (doc->error_code) return;
    for (uint32_t i = 0; i < doc->annotations.count; i++) see_annotation(self, &doc->annotations.items[i]);
    att_triggers_find(&self->engine->knowledge.topics, doc, vocabulary, NULL, &hits);
    for (uint32_t i = 0; i < hits.count; i++) self->triggers[hits.items[i].trigger] = true;
}

/* ---- the list ---- */

static void show_entries(const att_used *self, att_buf *out)
{
    const att_entries *entries = &self->engine->knowledge.entries;
    for (uint32_t i = 0; i < entries->entries.count; i++) {
        const att_entry *one = &entries->entries.items[i];
        att_place place = att_entries_place(entries, i);
        if (self->entries[i]) continue;
        att_buf_format(out, "%.*s:%u: entry %.*s \"%.*s\"\n", ATT_STR_ARG(place.source->path),
                       att_source_locate(place.source, place.start).line, ATT_STR_ARG(one->id), ATT_STR_ARG(one->name));
    }
}

static void show_triggers(const att_used *self, att_buf *out)
{
    const att_topics *topics = &self->engine->knowledge.topics;
    for (uint32_t i = 0; i < topics->triggers.count; i++) {
        const att_trigger *one = &topics->triggers.items[i];
        const att_origin *origin = &topics->origins.items[one->origin];
        att_str stem = att_texts_at(&topics->stems, one->stem);
        if (self->triggers[i] || one->kind == ATT_TRIGGER_BLOCK || !origin->source) continue;
        att_buf_format(out, "%.*s:%u: trigger \"%.*s\" of topic %.*s\n", ATT_STR_ARG(origin->source->path), one->line,
                       ATT_STR_ARG(stem), ATT_STR_ARG(topics->topics.items[one->topic].id));
    }
}

static void show_rules(const att_used *self, att_buf *out)
{
    const att_rules *rules = &self->engine->rules;
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        const att_rule *one = &rules->rules.items[i];
        if (self->rules[i] || !one->origin.source) continue;
        att_buf_format(out, "%.*s:%u: rule %.*s\n", ATT_STR_ARG(one->origin.source->path), one->line, ATT_STR_ARG(one->name));
    }
}

static void show_count(const bool *fired, uint32_t count, const char *what, const char *behind, att_buf *out)
{
    uint32_t silent = 0;
    for (uint32_t i = 0; i < count; i++) silent += !fired[i];
    att_buf_format(out, "%u of %u %s%s", silent, count, what, behind);
}

/* Takes away the lines behind the first ones. */
static void cut(att_buf *out, uint32_t lines)
{
    const char *at = out->items, *end = out->items + out->count;
    while (lines-- && at < end) at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
    out->count = (uint32_t)(at - out->items);
}

void att_used_show(const att_used *self, uint32_t documents, uint32_t limit, att_buf *out)
{
    show_entries(self, out);
    show_triggers(self, out);
    show_rules(self, out);
    if (limit && out->count) cut(out, limit);
    show_count(self->entries, self->engine->knowledge.entries.entries.count, "entries", ", ", out);
    show_count(self->triggers, self->engine->knowledge.topics.triggers.count, "triggers", ", ", out);
    show_count(self->rules, self->engine->rules.rules.count, "rules", "", out);
    att_buf_format(out, " fire in none of %u document%s\n", documents, documents == 1 ? "" : "s");
}

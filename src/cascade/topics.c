#include "cascade/topics.h"

#include <stdlib.h>

/* The names that triggers may not be a part of. */
typedef struct {
    const att_document *doc;
    uint32_t *outer; /* by token: the longest name that touches it, index plus one, or 0 */
} name_cover;

static const uint32_t closed_layers =
    1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_PERSON;

static uint32_t length_of(const att_annotation *annotation)
{
    return annotation->end - annotation->start;
}

static void cover_names(name_cover *self)
{
    const att_annotations *all = &self->doc->annotations;
    self->outer = att_arena_zero(self->doc->arena, self->doc->tokens.count + 1, sizeof *self->outer);
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *name = &all->items[i];
        if (!(closed_layers >> name->layer & 1) || name->state & ATT_DROPPED) continue;
        for (uint32_t token = name->tokens.first; token < name->tokens.last; token++) {
            uint32_t *outer = &self->outer[token];
            if (!*outer || length_of(&all->items[*outer - 1]) < length_of(name)) *outer = i + 1;
        }
    }
}

/* Whether a country stands from the start of the name up to `start`. Annotations are sorted. */
static bool behind_nation(const name_cover *self, uint32_t name, uint32_t start)
{
    const att_annotations *all = &self->doc->annotations;
    const att_annotation *outer = &all->items[name];
    uint32_t first = name;
    while (first && all->items[first - 1].start == outer->start) first--;
    for (uint32_t i = first; i < all->count && all->items[i].start == outer->start; i++) {
        const att_annotation *nation = &all->items[i];
        if (nation->layer != ATT_LAYER_COUNTRY && nation->layer != ATT_LAYER_DEMONYM) continue;
        if (att_tokens_at(&self->doc->tokens, start) == nation->tokens.last) return true;
    }
    return false;
}

static bool is_part_of_name(const void *context, uint32_t start, uint32_t end)
{
    const name_cover *self = context;
    uint32_t outer = self->outer[att_tokens_at(&self->doc->tokens, start)];
    if (!outer--) return false;
    const att_annotation *name = &self->doc->annotations.items[outer];
    if (name->start > start || name->end < end) return false;
    if (name->start == start && name->end == end) return false;
    return name->end != end || !behind_nation(self, outer, start);
}

static att_str kind_name(uint32_t kinds)
{
    bool pair = kinds & ATT_TRIGGER_PAIR;
    if (kinds & ATT_TRIGGER_STRONG) return pair ? ATT_STR("pair+strong") : ATT_STR("strong");
    if (kinds & ATT_TRIGGER_SUPPORT) return pair ? ATT_STR("pair+support") : ATT_STR("support");
    return ATT_STR("pair");
}

static void set(const att_knowledge *knowledge, att_str *fields, const char *field, att_str value)
{
    uint32_t index = att_layer_field(&knowledge->layers.items[ATT_LAYER_TOPIC], att_str_of(field));
    if (index != ATT_NONE) fields[index] = value;
}

static void add_topic(const att_knowledge *knowledge, att_document *doc, const att_topic_hit *hit)
{
    const att_topics *topics = &knowledge->topics;
    const att_topic *topic = &topics->topics.items[hit->topic];
    const att_trigger *trigger = &topics->triggers.items[hit->trigger];
    att_str *fields = att_arena_zero(doc->arena, ATT_MAX_FIELDS, sizeof *fields);
    set(knowledge, fields, "topic", topic->id);
    set(knowledge, fields, "kind", kind_name(hit->kinds));
    set(knowledge, fields, "role", topic->role);
    ATT_RESERVE(doc->arena, &doc->annotations, 1);
    doc->annotations.items[doc->annotations.count++] = (att_annotation){ .start = hit->start,
                                                                         .end = hit->end,
                                                                         .tokens = hit->tokens,
                                                                         .layer = ATT_LAYER_TOPIC,
                                                                         .line = trigger->line,
                                                                         .origin = &topics->origins.items[trigger->origin],
                                                                         .fields = fields,
                                                                         .entry = ATT_NONE,
                                                                         .name = hit->trigger,
                                                                         .entity = ATT_NONE };
}

void att_mark_topics(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    bool declared = att_layer_field(&knowledge->layers.items[ATT_LAYER_TOPIC], ATT_STR("topic")) != ATT_NONE;
    if (!knowledge->topics.triggers.count || !declared) return;
    name_cover cover = { .doc = doc };
    att_topic_hits hits = { 0 };
    cover_names(&cover);
    att_topics_find(&knowledge->topics, doc, vocabulary, is_part_of_name, &cover, &hits);
    for (uint32_t i = 0; i < hits.count; i++) add_topic(knowledge, doc, &hits.items[i]);
    if (hits.count) qsort(doc->annotations.items, doc->annotations.count, sizeof *doc->annotations.items, att_annotation_order);
}

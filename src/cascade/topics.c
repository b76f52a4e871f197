#include "cascade/topics.h"

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

/* Whether a country stands from the start of the name up to the token. Annotations are sorted. */
static bool behind_nation(const name_cover *self, uint32_t name, uint32_t token)
{
    const att_annotations *all = &self->doc->annotations;
    const att_annotation *outer = &all->items[name];
    uint32_t first = name;
    while (first && all->items[first - 1].start == outer->start) first--;
    for (uint32_t i = first; i < all->count && all->items[i].start == outer->start; i++) {
        const att_annotation *nation = &all->items[i];
        if (nation->layer != ATT_LAYER_COUNTRY && nation->layer != ATT_LAYER_DEMONYM) continue;
        if (token == nation->tokens.last) return true;
    }
    return false;
}

static bool is_part_of_name(const void *context, const att_hit *hit)
{
    const name_cover *self = context;
    uint32_t outer = self->outer[hit->first];
    if (!outer--) return false;
    const att_annotation *name = &self->doc->annotations.items[outer];
    if (name->start > hit->start || name->end < hit->end) return false;
    if (name->start == hit->start && name->end == hit->end) return name->layer == ATT_LAYER_PERSON;
    return name->end != hit->end || !behind_nation(self, outer, hit->first);
}

static void add_topic(const att_topics *topics, att_document *doc, const att_topic_hit *hit)
{
    const att_trigger *trigger = &topics->triggers.items[hit->trigger];
    uint32_t variant = hit->topic * ATT_TRIGGER_SETS + hit->kinds % ATT_TRIGGER_SETS;
    att_annotations *all = &doc->annotations;
    ATT_RESERVE(doc->arena, all, 1);
    all->items[all->count++] = (att_annotation){ .start = hit->start,
                                                 .end = hit->end,
                                                 .tokens = hit->tokens,
                                                 .layer = ATT_LAYER_TOPIC,
                                                 .line = trigger->line,
                                                 .origin = &topics->origins.items[trigger->origin],
                                                 .fields = att_topics_fields(topics, variant),
                                                 .entry = ATT_NONE,
                                                 .name = hit->trigger,
                                                 .entity = ATT_NONE };
}

void att_mark_topics(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    if (!knowledge->topics.triggers.count || !knowledge->topics.fields) return;
    name_cover cover = { .doc = doc };
    att_topic_hits hits = { 0 };
    cover_names(&cover);
    att_topics_find(&knowledge->topics, doc, vocabulary, is_part_of_name, &cover, &hits);
    for (uint32_t i = 0; i < hits.count; i++) add_topic(&knowledge->topics, doc, &hits.items[i]);
    att_arena_free(doc->arena, cover.outer);
    att_arena_free(doc->arena, hits.items);
    if (!hits.count) return;
    doc->unsettled |= 1u << ATT_LAYER_TOPIC;
    att_annotations_sort(&doc->annotations, doc->arena);
}

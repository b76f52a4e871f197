#include "cascade/mark_topics.h"

#include "knowledge/triggers.h"

/* The names that triggers may not be a part of. */
typedef struct {
    const att_document *doc;
    uint64_t *covered; /* by token, as bits: a name touches it */
    uint32_t *outer;   /* by such a token: the longest name there, an index */
} name_cover;

static const uint32_t closed_layers =
    1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_LOCATION;

static uint32_t length_of(const att_annotation *annotation)
{
    return annotation->end - annotation->start;
}

/* NULL where no name touches the token. */
static const uint32_t *outer_at(const name_cover *self, uint32_t token)
{
    return self->covered[token / 64] >> token % 64 & 1 ? &self->outer[token] : NULL;
}

static void cover(name_cover *self, uint32_t name)
{
    const att_annotation *items = self->doc->annotations.items;
    for (uint32_t token = items[name].tokens.first; token < items[name].tokens.last; token++) {
        const uint32_t *outer = outer_at(self, token);
        if (outer && length_of(&items[*outer]) >= length_of(&items[name])) continue;
        self->covered[token / 64] |= UINT64_C(1) << token % 64;
        self->outer[token] = name;
    }
}

static name_cover cover_names(const att_document *doc)
{
    const att_annotations *all = &doc->annotations;
    name_cover self = { .doc = doc };
    self.covered = att_arena_zero(doc->arena, doc->tokens.count / 64 + 1, sizeof *self.covered);
    self.outer = att_arena_alloc(doc->arena, sizeof *self.outer * (doc->tokens.count + 1));
    for (uint32_t i = 0; i < all->count; i++)
        if (closed_layers >> all->items[i].layer & 1 && !(all->items[i].state & ATT_DROPPED)) cover(&self, i);
    return self;
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

/* Of a hit whose first token a name touches. */
static bool is_part_of_name(const void *context, const att_hit *hit)
{
    const name_cover *self = context;
    uint32_t outer = self->outer[hit->first];
    const att_annotation *name = &self->doc->annotations.items[outer];
    if (name->start > hit->start || name->end < hit->end) return false;
    if (name->start == hit->start && name->end == hit->end) return name->layer == ATT_LAYER_PERSON;
    return name->end != hit->end || !behind_nation(self, outer, hit->first);
}

static att_annotation topic_of(const att_topics *topics, const att_topic_hit *hit)
{
    const att_trigger *trigger = &topics->triggers.items[hit->trigger];
    uint32_t variant = hit->topic * ATT_TRIGGER_SETS + hit->kinds % ATT_TRIGGER_SETS;
    return (att_annotation){ .start = hit->start,
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

/* Leaves out letters of shares, as wires write them behind a company: "<NPT>" is no treaty. */
static void leave_out_tickers(const att_document *doc, att_topic_hits *hits)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hits->count; i++) {
        const att_topic_hit *hit = &hits->items[i];
        const bool opened = hit->start && doc->text.data[hit->start - 1] == '<';
        if (!opened || hit->end >= doc->text.length || doc->text.data[hit->end] != '>') hits->items[kept++] = *hit;
    }
    hits->count = kept;
}

static bool stands_behind(const att_annotation *annotation, const att_annotation *topic)
{
    if (annotation->start != topic->start) return annotation->start > topic->start;
    return att_annotation_order(annotation, topic) > 0;
}

/* Puts the hits, which stand in order, among the annotations, from the last one on. */
static void put_topics(const att_topics *topics, att_document *doc, const att_topic_hits *hits)
{
    att_annotations *all = &doc->annotations;
    ATT_RESERVE(doc->arena, all, hits->count);
    uint32_t from = all->count, to = from + hits->count;
    all->count = all->sorted = to;
    for (uint32_t i = hits->count; i-- > 0;) {
        att_annotation topic = topic_of(topics, &hits->items[i]);
        while (from && stands_behind(&all->items[from - 1], &topic)) all->items[--to] = all->items[--from];
        all->items[--to] = topic;
    }
}

void att_mark_topics(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    if (!knowledge->topics.triggers.count || !knowledge->topics.fields) return;
    att_topic_hits hits = { 0 };
    att_annotations_sort(&doc->annotations, doc->arena);
    name_cover cover = cover_names(doc);
    const att_hit_filter parts = { cover.covered, is_part_of_name, &cover };
    att_triggers_find(&knowledge->topics, doc, vocabulary, &parts, &hits);
    leave_out_tickers(doc, &hits);
    if (hits.count) {
        put_topics(&knowledge->topics, doc, &hits);
        doc->unsettled |= 1u << ATT_LAYER_TOPIC;
    }
    att_arena_free(doc->arena, cover.outer);
    att_arena_free(doc->arena, hits.items);
}

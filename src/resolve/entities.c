#include "resolve/entities.h"

#include <stdlib.h>

#include "resolve/codes.h"

/* The entity of each key, by its number: index. */
typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} keyed_entities;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_coref *coref;
    att_codes ids; /* by which the outside knows them */
    keyed_entities with_id;
    att_map texts[ATT_MAX_LAYERS]; /* folded, by layer: of things without an id */
    keyed_entities with_text[ATT_MAX_LAYERS];
    uint32_t unnamed;
} entity_maker;

static att_str get(const entity_maker *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static bool is_nation(const att_annotation *annotation)
{
    return annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM;
}

/* The id by which the outside knows what is named: a code or an entry's id. Null when there is none. */
static att_str known_id(const entity_maker *self, const att_annotation *annotation)
{
    if (is_nation(annotation)) return get(self, annotation, ATT_KEY_CODE);
    att_str id = get(self, annotation, ATT_KEY_ID);
    if (id.data || annotation->entry == ATT_NONE) return id;
    const att_entry *entry = &self->knowledge->entries.entries.items[annotation->entry];
    return entry->star ? (att_str){ 0 } : entry->id;
}

static att_str text_of(const entity_maker *self, const att_annotation *annotation)
{
    return att_str_slice(self->doc->text, annotation->start, annotation->end);
}

static att_entity make(entity_maker *self, const att_annotation *annotation, att_str id)
{
    const att_entries *entries = &self->knowledge->entries;
    uint32_t entry = annotation->entry;
    att_entity entity = { .id = id, .layer = annotation->layer, .name = text_of(self, annotation) };
    entity.unnamed = !id.data;
    if (!id.data) entity.id = att_str_numbered(self->doc->arena, 'e', ++self->unnamed);
    if (is_nation(annotation)) entity.layer = ATT_LAYER_COUNTRY;
    if (entry == ATT_NONE && id.data) entry = att_entries_find(entries, id);
    if (entry != ATT_NONE && entries->entries.items[entry].name.data) entity.name = entries->entries.items[entry].name;
    entity.code = get(self, annotation, ATT_KEY_CODE);
    entity.country = get(self, annotation, ATT_KEY_COUNTRY);
    entity.parent = get(self, annotation, ATT_KEY_PARENT);
    entity.country_by = annotation->country_by;
    return entity;
}

static uint32_t text_key(entity_maker *self, const att_annotation *annotation)
{
    uint64_t caps;
    return att_map_add(&self->texts[annotation->layer], att_word_fold(self->doc->arena, text_of(self, annotation), &caps));
}

/* The entity of an annotation that shares none; a new one when it is the first of its kind. */
static uint32_t entity_of(entity_maker *self, const att_annotation *annotation)
{
    att_str id = known_id(self, annotation);
    keyed_entities *known = id.data ? &self->with_id : &self->with_text[annotation->layer];
    uint32_t key = id.data ? att_codes_add(&self->ids, id) : text_key(self, annotation);
    if (key == known->count) {
        ATT_RESERVE(self->doc->arena, known, 1);
        known->items[known->count++] = self->doc->entities.count;
        ATT_RESERVE(self->doc->arena, &self->doc->entities, 1);
        self->doc->entities.items[self->doc->entities.count++] = make(self, annotation, id);
    }
    return known->items[key];
}

static void add_mention(entity_maker *self, uint32_t index)
{
    att_annotation *annotation = &self->doc->annotations.items[index];
    uint32_t same = self->coref->same_as[index];
    annotation->entity = entity_of(self, same == ATT_NONE ? annotation : &self->doc->annotations.items[same]);
    att_entity *entity = &self->doc->entities.items[annotation->entity];
    entity->mentions++;
    if (annotation->layer != entity->layer) return;
    att_str text = text_of(self, annotation);
    if (entity->unnamed && text.length > entity->name.length) entity->name = text;
    if (!entity->country.data) {
        entity->country = get(self, annotation, ATT_KEY_COUNTRY);
        entity->country_by = annotation->country_by;
    }
}

static int by_code(const void *left, const void *right)
{
    return att_str_compare(*(const att_str *)left, *(const att_str *)right);
}

static void list_countries(const entity_maker *self)
{
    att_strs *countries = &self->doc->countries;
    for (uint32_t i = 0; i < self->doc->entities.count; i++) {
        if (self->doc->entities.items[i].layer != ATT_LAYER_COUNTRY) continue;
        ATT_RESERVE(self->doc->arena, countries, 1);
        countries->items[countries->count++] = self->doc->entities.items[i].id;
    }
    if (countries->count) qsort(countries->items, countries->count, sizeof(att_str), by_code);
}

void att_make_entities(const att_knowledge *knowledge, att_document *doc, const att_coref *coref)
{
    const uint32_t nameless = 1u << ATT_LAYER_OFFICIAL | 1u << ATT_LAYER_TOPIC | 1u << ATT_LAYER_THEME;
    entity_maker self = { .knowledge = knowledge, .doc = doc, .coref = coref };
    att_codes_init(&self.ids, doc->arena);
    for (uint32_t i = 0; i < knowledge->layers.count; i++) att_map_init(&self.texts[i], doc->arena);
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (!(nameless >> doc->annotations.items[i].layer & 1)) add_mention(&self, i);
    for (uint32_t i = 0; i < doc->entities.count; i++)
        doc->entities.items[i].name = att_str_one_line(doc->arena, doc->entities.items[i].name);
    list_countries(&self);
}

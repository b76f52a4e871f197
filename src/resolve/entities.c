#include "resolve/entities.h"

#include <stdlib.h>

#include "resolve/codes.h"

/* What a thing without an id is met by. */
typedef struct {
    att_str text;
    uint32_t hash, kind; /* kind: the layer, behind OF_FOLDED for a folded text */
    uint32_t entity;     /* index, or ATT_NONE */
} entity_key;

enum { OF_SPELLING, OF_FOLDED = OF_SPELLING + ATT_MAX_LAYERS };

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_coref *coref;
    att_codes ids; /* by which the outside knows them */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } with_id; /* by number of the id: entity */
    entity_key *keys;
    uint32_t key_count;
    uint32_t *slots; /* by hash: index in keys plus one; 0 for a free one */
    uint32_t last_slot;
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
    bool nation = is_nation(annotation);
    att_str id = get(self, annotation, nation ? ATT_KEY_CODE : ATT_KEY_ID);
    if (id.data || nation || annotation->entry == ATT_NONE) return id;
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

/* The key of that text, which is added when it is new. */
static entity_key *key_of(entity_maker *self, uint32_t kind, att_str text)
{
    uint32_t hash = (uint32_t)att_hash(text) + kind * 0x9e3779b9u;
    for (uint32_t at = hash;; at++) {
        uint32_t *slot = &self->slots[at & self->last_slot];
        entity_key *key = &self->keys[*slot ? *slot - 1 : self->key_count];
        if (*slot && (key->hash != hash || key->kind != kind || !att_str_equal(key->text, text))) continue;
        if (*slot) return key;
        *slot = ++self->key_count;
        *key = (entity_key){ .text = text, .hash = hash, .kind = kind, .entity = ATT_NONE };
        return key;
    }
}

static uint32_t add_entity(entity_maker *self, const att_annotation *annotation, att_str id)
{
    att_entities *entities = &self->doc->entities;
    ATT_RESERVE(self->doc->arena, entities, 1);
    entities->items[entities->count] = make(self, annotation, id);
    return entities->count++;
}

static uint32_t entity_with_id(entity_maker *self, const att_annotation *annotation, att_str id)
{
    uint32_t number = att_codes_add(&self->ids, id);
    if (number == self->with_id.count) {
        ATT_RESERVE(self->doc->arena, &self->with_id, 1);
        self->with_id.items[self->with_id.count++] = add_entity(self, annotation, id);
    }
    return self->with_id.items[number];
}

/* Each spelling is folded once. */
static uint32_t entity_with_text(entity_maker *self, const att_annotation *annotation)
{
    uint64_t caps;
    att_str text = text_of(self, annotation);
    entity_key *key = key_of(self, OF_SPELLING + annotation->layer, text), *folded;
    if (key->entity != ATT_NONE) return key->entity;
    folded = key_of(self, OF_FOLDED + annotation->layer, att_word_fold(self->doc->arena, text, &caps));
    if (folded->entity == ATT_NONE) folded->entity = add_entity(self, annotation, (att_str){ 0 });
    return key->entity = folded->entity;
}

/* The entity of an annotation that shares none; a new one when it is the first of its kind. */
static uint32_t entity_of(entity_maker *self, const att_annotation *annotation)
{
    att_str id = known_id(self, annotation);
    return id.data ? entity_with_id(self, annotation, id) : entity_with_text(self, annotation);
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

static bool is_named(const att_annotation *annotation)
{
    const uint32_t nameless = 1u << ATT_LAYER_OFFICIAL | 1u << ATT_LAYER_TOPIC | 1u << ATT_LAYER_THEME;
    return !(nameless >> annotation->layer & 1);
}

/* Memory for as many keys as there can be: each text as it is written and folded. */
static void make_room(entity_maker *self)
{
    const att_annotations *all = &self->doc->annotations;
    uint32_t keys = 0, slots = 64;
    for (uint32_t i = 0; i < all->count; i++) keys += is_named(&all->items[i]) ? 2 : 0;
    while (slots < keys + keys / 3) slots *= 2;
    self->keys = att_arena_alloc(self->doc->arena, sizeof *self->keys * (keys + 1));
    self->slots = att_arena_zero(self->doc->arena, slots, sizeof *self->slots);
    self->last_slot = slots - 1;
}

void att_make_entities(const att_knowledge *knowledge, att_document *doc, const att_coref *coref)
{
    entity_maker self = { .knowledge = knowledge, .doc = doc, .coref = coref };
    att_codes_init(&self.ids, doc->arena);
    make_room(&self);
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (is_named(&doc->annotations.items[i])) add_mention(&self, i);
    for (uint32_t i = 0; i < doc->entities.count; i++)
        doc->entities.items[i].name = att_str_one_line(doc->arena, doc->entities.items[i].name);
    list_countries(&self);
}

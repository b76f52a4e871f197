#include "resolve/entities.h"

#include <stdlib.h>

#include "resolve/codes.h"

/* A thing without an id, which is met by its layer and its text, folded. */
typedef struct {
    att_str text; /* as it is written first */
    uint32_t hash, layer;
    uint32_t entity;
} entity_key;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_coref *coref;
    att_codes ids; /* by which the outside knows them */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } with_id; /* by number of the id: entity */
    struct {
        entity_key *items;
        uint32_t count;
    } keys;
    uint32_t *slots; /* by hash: index in keys plus one; 0 for a free one */
    uint32_t last_slot;
    uint32_t unnamed;
} entity_maker;

static att_str get(const entity_maker *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

/* The id by which the outside knows what is named: a code or an entry's id. Null when there is none. */
static att_str known_id(const entity_maker *self, const att_annotation *annotation)
{
    bool nation = att_is_nation_layer(annotation->layer);
    att_str id = get(self, annotation, nation ? ATT_KEY_CODE : ATT_KEY_ID);
    if (id.data || nation || annotation->entry == ATT_NONE) return id;
    const att_entry *entry = &self->knowledge->entries.entries.items[annotation->entry];
    return entry->star ? (att_str){ 0 } : entry->id;
}

static att_str text_of(const entity_maker *self, const att_annotation *annotation)
{
    return att_document_said(self->doc, att_str_slice(self->doc->text, annotation->start, annotation->end));
}

static att_entity make(entity_maker *self, const att_annotation *annotation, att_str id)
{
    const att_entries *entries = &self->knowledge->entries;
    uint32_t entry = annotation->entry;
    att_entity entity = { .id = id, .layer = annotation->layer, .name = text_of(self, annotation) };
    entity.unnamed = !id.data;
    if (!id.data) entity.id = att_str_numbered(self->doc->arena, 'e', ++self->unnamed);
    if (att_is_nation_layer(annotation->layer)) entity.layer = ATT_LAYER_COUNTRY;
    if (entry == ATT_NONE && id.data) entry = att_entries_find(entries, id);
    if (entry != ATT_NONE && entries->entries.items[entry].name.data) entity.name = entries->entries.items[entry].name;
    entity.code = get(self, annotation, ATT_KEY_CODE);
    entity.country = get(self, annotation, ATT_KEY_COUNTRY);
    entity.parent = get(self, annotation, ATT_KEY_PARENT);
    entity.country_by = annotation->country_by;
    return entity;
}

/* The hash of a text, the same whatever the case of its ASCII letters. Eight bytes behind the text can be read. `*all` becomes
 * all its bytes ORed, which shows whether one is beyond ASCII. */
static uint32_t hash_ascii(att_str text, uint64_t *all)
{
    const uint64_t k = 0x9e3779b97f4a7c15u, small = 0x2020202020202020u;
    uint64_t hash = text.length * k, word;
    *all = 0;
    for (size_t at = 0; at < text.length; at += 8) {
        size_t here = text.length - at < 8 ? text.length - at : 8;
        memcpy(&word, text.data + at, sizeof word);
        word &= UINT64_MAX >> (64 - 8 * here);
        *all |= word;
        hash = (hash ^ (word | small)) * k;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 32);
}

static att_str fold(const entity_maker *self, att_str text)
{
    uint64_t caps;
    return att_word_fold(self->doc->arena, text, &caps);
}

/* Of a text of the document: the same for all that are one when they are folded. */
static uint32_t hash_of(const entity_maker *self, att_str text)
{
    uint64_t all;
    uint32_t hash = hash_ascii(text, &all);
    if (!(all & 0x8080808080808080u)) return hash;
    att_str folded = fold(self, text);
    char *padded = att_arena_zero(self->doc->arena, folded.length + sizeof all, 1);
    memcpy(padded, folded.data, folded.length);
    return hash_ascii((att_str){ padded, folded.length }, &all);
}

/* Mostly a text is written as it was. */
static bool are_one(const entity_maker *self, att_str a, att_str b)
{
    return att_str_equal(a, b) || att_str_equal(fold(self, a), fold(self, b));
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

static uint32_t entity_with_text(entity_maker *self, const att_annotation *annotation)
{
    att_str text = text_of(self, annotation);
    uint32_t layer = annotation->layer, hash = hash_of(self, text) + layer * 0x9e3779b9u;
    for (uint32_t at = hash;; at++) {
        uint32_t *slot = &self->slots[at & self->last_slot];
        if (!*slot) {
            *slot = self->keys.count + 1;
            self->keys.items[self->keys.count++] =
                (entity_key){ text, hash, layer, add_entity(self, annotation, (att_str){ 0 }) };
            return self->doc->entities.count - 1;
        }
        const entity_key *key = &self->keys.items[*slot - 1];
        if (key->hash == hash && key->layer == layer && are_one(self, key->text, text)) return key->entity;
    }
}

/* The entity of an annotation that shares none; a new one when it is the first of its kind. */
static uint32_t entity_of(entity_maker *self, const att_annotation *annotation)
{
    att_str id = known_id(self, annotation);
    return id.data ? entity_with_id(self, annotation, id) : entity_with_text(self, annotation);
}

/* The same of any annotation. */
static uint32_t shared_entity(entity_maker *self, uint32_t index)
{
    uint32_t same = self->coref->same_as[index];
    if (same == ATT_NONE) return entity_of(self, &self->doc->annotations.items[index]);
    const att_annotation *other = &self->doc->annotations.items[same];
    return same < index ? other->entity : entity_of(self, other);
}

static void add_mention(entity_maker *self, uint32_t index)
{
    att_annotation *annotation = &self->doc->annotations.items[index];
    annotation->entity = shared_entity(self, index);
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

/* Memory for as many keys as there can be. */
static void make_room(entity_maker *self, uint32_t keys)
{
    uint32_t slots = 64;
    while (slots < keys + keys / 3) slots *= 2;
    self->keys.items = att_arena_alloc(self->doc->arena, sizeof *self->keys.items * (keys + 1));
    self->slots = att_arena_zero(self->doc->arena, slots, sizeof *self->slots);
    self->last_slot = slots - 1;
}

void att_make_entities(const att_knowledge *knowledge, att_document *doc, const att_groups *groups, const att_coref *coref)
{
    entity_maker self = { .knowledge = knowledge, .doc = doc, .coref = coref };
    doc->entities.count = doc->countries.count = 0;
    att_codes_init(&self.ids, doc->arena);
    make_room(&self, groups->named.count);
    for (uint32_t k = 0; k < groups->named.count; k++) add_mention(&self, groups->named.items[k]);
    for (uint32_t i = 0; i < doc->entities.count; i++)
        doc->entities.items[i].name = att_str_one_line(doc->arena, doc->entities.items[i].name);
    list_countries(&self);
}

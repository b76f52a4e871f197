/* report_read.c - a line of attache's records, for the page. The one room of the tools with a JSON parser. */
#include <jansson.h>

#include "tools/report.h"

static att_str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return (att_str){ 0 };
    return (att_str){ json_string_value(value), json_string_length(value) };
}

static uint32_t number_of(const json_t *object, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(object, key));
    return value < 0 ? 0 : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static att_str *words_of(att_arena *arena, const json_t *list, uint32_t *count)
{
    att_str *words = att_arena_alloc(arena, sizeof *words * (json_array_size(list) + 1));
    size_t i;
    json_t *item;
    *count = 0;
    json_array_foreach(list, i, item)
    {
        if (json_is_string(item)) words[(*count)++] = (att_str){ json_string_value(item), json_string_length(item) };
    }
    return words;
}

/* ---- places ---- */

/* From the record's units to bytes of its text. */
typedef struct {
    att_str text;
    uint32_t *bytes; /* by unit; NULL when units are bytes */
    size_t count;    /* of units, with the end of the text */
} ruler;

static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static ruler make_ruler(att_arena *arena, att_str text, att_str units)
{
    ruler self = { text, NULL, text.length + 1 };
    if (att_str_is(units, "byte") || !text.data) return self;
    bool wide = att_str_is(units, "utf16");
    self.bytes = att_arena_alloc(arena, sizeof *self.bytes * (text.length + 2));
    self.count = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!starts_character(text.data[i])) continue;
        self.bytes[self.count++] = (uint32_t)i;
        if (wide && (unsigned char)text.data[i] >= 0xF0) self.bytes[self.count++] = (uint32_t)i;
    }
    self.bytes[self.count++] = (uint32_t)text.length;
    return self;
}

static bool byte_of(const ruler *self, uint32_t unit, uint32_t *byte)
{
    if (!self->text.data || unit >= self->count) return false;
    *byte = self->bytes ? self->bytes[unit] : unit;
    return *byte == self->text.length || starts_character(self->text.data[*byte]);
}

/* ---- members ---- */

static void read_mentions(att_record *self, att_arena *arena, const json_t *list, const ruler *places)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        att_record_mention one = { .type = text_of(item, "type"),
                                   .text = text_of(item, "text"),
                                   .entity = text_of(item, "entity"),
                                   .code = text_of(item, "code"),
                                   .country = text_of(item, "country"),
                                   .rule = text_of(item, "rule"),
                                   .line = text_of(item, "line"),
                                   .from = number_of(item, "start"),
                                   .to = number_of(item, "end"),
                                   .byte_from = number_of(item, "byte_start"),
                                   .byte_to = number_of(item, "byte_end") };
        bool placed = byte_of(places, one.from, &one.start) && byte_of(places, one.to, &one.end);
        if (!placed || one.start > one.end) one.start = one.end = 0;
        ATT_RESERVE(arena, &self->mentions, 1);
        self->mentions.items[self->mentions.count++] = one;
    }
}

static void read_entities(att_record *self, att_arena *arena, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        ATT_RESERVE(arena, &self->entities, 1);
        self->entities.items[self->entities.count++] =
            (att_record_entity){ text_of(item, "id"), text_of(item, "type"), text_of(item, "name"), text_of(item, "country"),
                                 number_of(item, "mentions") };
    }
}

static void read_officials(att_record *self, att_arena *arena, const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        ATT_RESERVE(arena, &self->officials, 1);
        self->officials.items[self->officials.count++] =
            (att_record_official){ text_of(item, "name"),    text_of(item, "title"),  text_of(item, "agency"),
                                   text_of(item, "country"), text_of(item, "status"), text_of(item, "office") };
    }
}

static void read_themes(att_record *self, att_arena *arena, const json_t *list, const ruler *places)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        const json_t *first = json_array_get(json_object_get(item, "evidence"), 0);
        att_record_theme one = { .theme = text_of(item, "theme"),
                                 .topic = text_of(item, "topic"),
                                 .label = text_of(item, "label"),
                                 .role = text_of(item, "role"),
                                 .modality = text_of(item, "modality"),
                                 .quote = text_of(first, "text"),
                                 .score = json_number_value(json_object_get(item, "score")),
                                 .of_document = json_is_true(json_object_get(item, "document_topic")) };
        one.actors = words_of(arena, json_object_get(item, "actors"), &one.actor_count);
        one.placed = first && byte_of(places, number_of(first, "start"), &one.start);
        ATT_RESERVE(arena, &self->themes, 1);
        self->themes.items[self->themes.count++] = one;
    }
}

bool att_record_read(att_record *self, att_arena *arena, att_str line, void **json, const char **why)
{
    json_error_t error;
    json_t *object = json_loadb(line.data, line.length, JSON_ALLOW_NUL, &error);
    *self = (att_record){ .id = text_of(object, "id") };
    *json = object;
    *why = NULL;
    if (!object) *why = att_str_format(arena, "not JSON: %s", error.text).data;
    else if (!json_is_integer(json_object_get(object, "schema"))) *why = "no record of attache: it has no \"schema\"";
    if (*why) return false;
    self->source = text_of(object, "source");
    self->date = text_of(object, "date");
    self->title = text_of(object, "title");
    self->text = text_of(object, "text");
    self->rules = text_of(object, "rules");
    self->error = text_of(json_object_get(object, "error"), "message");
    ruler places = make_ruler(arena, self->text, text_of(object, "offsets"));
    read_mentions(self, arena, json_object_get(object, "mentions"), &places);
    read_entities(self, arena, json_object_get(object, "entities"));
    read_officials(self, arena, json_object_get(object, "officials"));
    read_themes(self, arena, json_object_get(object, "themes"), &places);
    self->countries = words_of(arena, json_object_get(object, "countries"), &self->country_count);
    self->about = words_of(arena, json_object_get(object, "about"), &self->about_count);
    self->topics = words_of(arena, json_object_get(object, "topics"), &self->topic_count);
    self->views = words_of(arena, json_object_get(object, "views"), &self->view_count);
    return true;
}

void att_record_drop(void *json)
{
    json_decref(json);
}

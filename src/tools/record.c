#include "tools/record.h"

#include <string.h>

#include "attache.h"
#include "read/facts.h"
#include "tools/tools.h"

static att_str *words_of(att_arena *arena, const att_json *list, uint32_t *count)
{
    att_str *words = att_arena_alloc(arena, sizeof *words * (att_json_count(list) + 1));
    *count = 0;
    for (size_t i = 0; i < att_json_count(list); i++) {
        att_str word = att_json_string(att_json_item(list, i));
        if (word.data) words[(*count)++] = word;
    }
    return words;
}

/* ---- places ---- */

/* Turns offsets of the record's unit into bytes of its text. */
typedef struct {
    att_str text;
    uint32_t *bytes; /* by offset; NULL when the unit is bytes already */
    size_t count;    /* units of the text, and one for its end */
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

static void read_mentions(att_record *self, att_arena *arena, const att_json *list, const ruler *places)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        att_record_mention one = { .type = att_json_text(item, "type"),
                                   .text = att_json_text(item, "text"),
                                   .entity = att_json_text(item, "entity"),
                                   .code = att_json_text(item, "code"),
                                   .country = att_json_text(item, "country"),
                                   .rule = att_json_text(item, "rule"),
                                   .line = att_json_text(item, "line"),
                                   .from = att_json_number(item, "start"),
                                   .to = att_json_number(item, "end"),
                                   .byte_from = att_json_number(item, "byte_start"),
                                   .byte_to = att_json_number(item, "byte_end") };
        bool placed = byte_of(places, one.from, &one.start) && byte_of(places, one.to, &one.end);
        if (!placed || one.start > one.end) one.start = one.end = 0;
        ATT_RESERVE(arena, &self->mentions, 1);
        self->mentions.items[self->mentions.count++] = one;
    }
}

static void read_entities(att_record *self, att_arena *arena, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        ATT_RESERVE(arena, &self->entities, 1);
        self->entities.items[self->entities.count++] =
            (att_record_entity){ att_json_text(item, "id"), att_json_text(item, "type"), att_json_text(item, "name"),
                                 att_json_text(item, "country"), att_json_number(item, "mentions") };
    }
}

static void read_officials(att_record *self, att_arena *arena, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        ATT_RESERVE(arena, &self->officials, 1);
        self->officials.items[self->officials.count++] = (att_record_official){
            att_json_text(item, "name"),    att_json_text(item, "title"),  att_json_text(item, "agency"),
            att_json_text(item, "country"), att_json_text(item, "status"), att_json_text(item, "office")
        };
    }
}

static att_str *quotes_of(att_arena *arena, const att_json *evidence, uint32_t *count)
{
    *count = (uint32_t)att_json_count(evidence);
    att_str *quotes = att_arena_alloc(arena, sizeof *quotes * (*count + 1));
    for (uint32_t i = 0; i < *count; i++) quotes[i] = att_json_text(att_json_item(evidence, i), "text");
    return quotes;
}

static void read_themes(att_record *self, att_arena *arena, const att_json *list, const ruler *places)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        const att_json *first = att_json_item(att_json_at(item, "evidence"), 0);
        att_record_theme one = {
            .theme = att_json_text(item, "theme"),
            .topic = att_json_text(item, "topic"),
            .label = att_json_text(item, "label"),
            .role = att_json_text(item, "role"),
            .modality = att_json_text(item, "modality"),
        };
        att_json_boolean(att_json_at(item, "document_topic"), &one.of_document);
        one.actors = words_of(arena, att_json_at(item, "actors"), &one.actor_count);
        one.quotes = quotes_of(arena, att_json_at(item, "evidence"), &one.quote_count);
        one.placed = first && byte_of(places, att_json_number(first, "start"), &one.start);
        ATT_RESERVE(arena, &self->themes, 1);
        self->themes.items[self->themes.count++] = one;
    }
}

static void read_statements(att_record *self, att_arena *arena, const att_json *list, const ruler *places)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i), *speaker = att_json_at(item, "speaker");
        att_record_statement one = {
            .entity = att_json_text(speaker, "entity"),
            .type = att_json_text(speaker, "type"),
            .name = att_json_text(speaker, "name"),
            .title = att_json_text(speaker, "title"),
            .agency = att_json_text(speaker, "agency"),
            .country = att_json_text(speaker, "country"),
            .office = att_json_text(speaker, "office"),
            .kind = att_json_text(item, "kind"),
            .verb = att_json_text(item, "verb"),
            .text = att_json_text(item, "text"),
        };
        one.themes = words_of(arena, att_json_at(item, "themes"), &one.theme_count);
        bool placed = byte_of(places, att_json_number(item, "start"), &one.start)
                      && byte_of(places, att_json_number(item, "end"), &one.end);
        if (!placed || one.start > one.end) one.start = one.end = 0;
        ATT_RESERVE(arena, &self->statements, 1);
        self->statements.items[self->statements.count++] = one;
    }
}

/* ---- damage ---- */

typedef struct {
    att_arena *arena;
    long long units; /* of its text, as it counts them; what no text exceeds where it has none */
    att_map ids;     /* of its entities; a record by another hand may list none */
    const char *why; /* what is wrong with it, or NULL */
} damage_finder;

static void damaged(damage_finder *self, const char *list, size_t index, const char *what)
{
    if (!self->why) self->why = att_str_format(self->arena, ATT_DAMAGED "%s[%zu] %s", list, index, what).data;
}

static long long units_of(att_str text, att_str units)
{
    if (!text.data) return UINT32_MAX;
    long long count = 0;
    bool wide = att_str_is(units, "utf16");
    if (att_str_is(units, "byte")) return (long long)text.length;
    for (size_t i = 0; i < text.length; i++)
        count += starts_character(text.data[i]) + (wide && (unsigned char)text.data[i] >= 0xF0);
    return count;
}

static void check_place(damage_finder *self, const char *list, size_t index, const att_json *item)
{
    long long start, end;
    bool numbers = att_json_integer(att_json_at(item, "start"), &start) && att_json_integer(att_json_at(item, "end"), &end);
    if (!numbers || start < 0 || end < start || end > self->units) damaged(self, list, index, "is at no place of its text");
}

static void check_entity(damage_finder *self, const char *list, size_t index, const att_json *item)
{
    att_str id = att_json_text(item, "entity");
    if (id.data && self->ids.count && att_map_find(&self->ids, id) == ATT_NONE)
        damaged(self, list, index, "is of an entity that the record has not");
}

static void check_item(damage_finder *self, const char *list, size_t index, const att_json *item)
{
    const att_json *evidence = att_json_at(item, "evidence");
    if (!att_json_is_object(item)) damaged(self, list, index, "is no object");
    if (strcmp(list, "mentions") == 0 || strcmp(list, "statements") == 0) check_place(self, list, index, item);
    for (size_t i = 0; i < att_json_count(evidence); i++) check_place(self, list, index, att_json_item(evidence, i));
    check_entity(self, list, index, item);
    check_entity(self, list, index, att_json_at(item, "speaker"));
}

/* What a file that was cut, joined or written by hand may have, and no record of ours: whoever reads it would show other words,
 * or count what is nowhere. NULL for a good one. */
static const char *damage_of(att_arena *arena, const att_json *record)
{
    static const char *const lists[] = { "entities", "mentions", "officials", "themes", "statements" };
    const att_json *date = att_json_at(record, "date"), *entities = att_json_at(record, "entities");
    damage_finder self = { .arena = arena };
    self.units = units_of(att_json_text(record, "text"), att_json_text(record, "offsets"));
    if (!att_json_is_null(date) && !att_date_of(att_json_string(date)).data) return ATT_DAMAGED "its date is none";
    att_map_init(&self.ids, arena);
    for (size_t i = 0; i < att_json_count(entities); i++) {
        att_str id = att_json_text(att_json_item(entities, i), "id");
        if (id.data) att_map_keep(&self.ids, id);
    }
    for (size_t k = 0; k < sizeof lists / sizeof *lists && !self.why; k++) {
        const att_json *list = att_json_at(record, lists[k]);
        if (!att_json_is_null(list) && !att_json_is_array(list))
            return att_str_format(arena, ATT_DAMAGED "its %s are no list", lists[k]).data;
        for (size_t i = 0; i < att_json_count(list); i++) check_item(&self, lists[k], i, att_json_item(list, i));
    }
    return self.why;
}

bool att_is_damaged(const char *why)
{
    return strncmp(why, ATT_DAMAGED, sizeof ATT_DAMAGED - 1) == 0;
}

bool att_record_parse(att_arena *arena, att_str line, att_json **json, const char **why)
{
    long long schema;
    *why = NULL;
    att_json *object = *json = att_json_read(arena, line, why);
    if (!*why && !att_json_integer(att_json_at(object, "schema"), &schema)) *why = "no record of attache: it has no \"schema\"";
    if (!*why && schema != ATT_SCHEMA_VERSION) *why = ATT_WRONG_SCHEMA;
    if (!*why && !att_record_failure(object)) *why = damage_of(arena, object);
    return !*why;
}

const att_json *att_record_failure(const att_json *record)
{
    const att_json *error = att_json_at(record, "error");
    return att_json_is_null(error) ? NULL : error;
}

/* What to say of a document that failed: the message of its record, else its code. Null for one that did not fail. */
static att_str failure_of(const att_json *record)
{
    const att_json *error = att_record_failure(record);
    att_str message = att_json_text(error, "message"), code = att_json_text(error, "code");
    if (!error) return (att_str){ 0 };
    return message.data ? message : code.data ? code : att_json_string(error).data ? att_json_string(error) : ATT_EMPTY;
}

bool att_record_read(att_record *self, att_arena *arena, att_str line, att_json **json, const char **why)
{
    bool good = att_record_parse(arena, line, json, why);
    const att_json *object = *json;
    *self = (att_record){ .id = att_json_text(object, "id") };
    if (!good) return false;
    self->source = att_json_text(object, "source");
    self->date = att_date_of(att_json_text(object, "date"));
    self->title = att_json_text(object, "title");
    self->text = att_json_text(object, "text");
    self->rules = att_json_text(object, "rules");
    self->error = failure_of(object);
    ruler places = make_ruler(arena, self->text, att_json_text(object, "offsets"));
    read_mentions(self, arena, att_json_at(object, "mentions"), &places);
    read_entities(self, arena, att_json_at(object, "entities"));
    read_officials(self, arena, att_json_at(object, "officials"));
    read_themes(self, arena, att_json_at(object, "themes"), &places);
    read_statements(self, arena, att_json_at(object, "statements"), &places);
    self->countries = words_of(arena, att_json_at(object, "countries"), &self->country_count);
    self->about = words_of(arena, att_json_at(object, "about"), &self->about_count);
    self->topics = words_of(arena, att_json_at(object, "topics"), &self->topic_count);
    self->views = words_of(arena, att_json_at(object, "views"), &self->view_count);
    return true;
}

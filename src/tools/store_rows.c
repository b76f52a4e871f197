#include "tools/store_rows.h"

#include <string.h>

/* ---- values ---- */

/* Puts another character of one code point in the place of each NUL, at which SQLite's own functions would end the text. */
static att_str without_nuls(att_arena *arena, att_str text)
{
    static const char instead[] = "\xef\xbf\xbd";
    if (!text.length || !memchr(text.data, '\0', text.length)) return text;
    att_buf clean = { .arena = arena };
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i]) att_buf_byte(&clean, text.data[i]);
        else att_buf_add(&clean, ATT_STR(instead));
    return att_buf_str(&clean);
}

void att_store_put_text(att_store *self, att_str text)
{
    att_row_text(self->file, without_nuls(&self->scratch, text));
}

void att_store_put(att_store *self, const att_json *item, const char *key)
{
    att_store_put_text(self, att_json_text(item, key));
}

/* Puts a whole number, or null when the member is not there. */
static void put_number(att_store *self, const att_json *item, const char *key)
{
    long long number;
    if (att_json_integer(att_json_at(item, key), &number)) att_row_number(self->file, number);
    else att_row_null(self->file);
}

static void put_place(att_store *self, const att_json *item)
{
    put_number(self, item, "start");
    put_number(self, item, "end");
}

/* Begins a row that belongs to the current document. */
void att_store_row(att_store *self, uint32_t statement)
{
    att_row(self->file, statement);
    att_row_number(self->file, self->doc);
}

static void numbered(att_store *self, uint32_t statement, size_t index)
{
    att_store_row(self, statement);
    att_row_number(self->file, (int64_t)index + 1);
}

void att_store_row_end(att_store *self)
{
    att_row_end(self->file, NULL);
}

void att_store_run(att_store *self, uint32_t statement, att_str first, att_str second)
{
    att_row(self->file, statement);
    att_store_put_text(self, first);
    if (second.data) att_store_put_text(self, second);
    att_store_row_end(self);
}

/* ---- what many documents share: looked up once a run ---- */

/* The row with these two texts, added if it is not there yet. The table has each pair once. */
static int64_t row_of(att_store *self, uint32_t insert, uint32_t find, att_str first, att_str second)
{
    int64_t found = 0;
    att_store_run(self, insert, first, second);
    att_row(self->file, find);
    att_store_put_text(self, first);
    att_store_put_text(self, second);
    att_row_end(self->file, &found);
    return found;
}

static int64_t rule_row(att_store *self, const att_json *mention)
{
    att_str name = att_json_text(mention, "rule"), line = att_json_text(mention, "line");
    if (!line.data) line = ATT_EMPTY;
    uint32_t number = att_map_add(&self->rules, att_str_join(&self->scratch, name, ATT_STR("\n"), line));
    if (number < self->rule_rows.count) return self->rule_rows.items[number];
    ATT_RESERVE(&self->arena, &self->rule_rows, 1);
    return self->rule_rows.items[self->rule_rows.count++] = row_of(self, ATT_SQL_RULE, ATT_SQL_RULE_FIND, name, line);
}

static int64_t digest_row(att_store *self, att_str digest)
{
    uint32_t number = att_map_add(&self->digests, digest);
    if (number < self->digest_rows.count) return self->digest_rows.items[number];
    ATT_RESERVE(&self->arena, &self->digest_rows, 1);
    return self->digest_rows.items[self->digest_rows.count++] =
               row_of(self, ATT_SQL_META, ATT_SQL_META_FIND, ATT_STR("rules"), digest);
}

/* ---- rows of a document ---- */

static void put_document(att_store *self, const att_json *record, att_str id)
{
    att_str rules = att_json_text(record, "rules");
    int64_t digest = rules.length ? digest_row(self, rules) : 0;
    att_store_row(self, ATT_SQL_DOCUMENT);
    att_store_put_text(self, id);
    att_store_put(self, record, "source");
    att_store_put(self, record, "date");
    att_store_put(self, record, "title");
    att_store_put(self, record, "lang");
    att_store_put(self, record, "duplicate_of");
    if (digest) att_row_number(self->file, digest);
    else att_row_null(self->file);
    att_store_row_end(self);
    att_str text = att_json_text(record, "text");
    if (!text.data) return;
    att_store_row(self, ATT_SQL_TEXT);
    att_store_put_text(self, text);
    att_store_row_end(self);
}

/* Whether a member of a mention has no column and so goes into `fields`. Keys are names of layers' fields and need no escaping
 * in JSON; any other key is left out. */
static bool is_field(const char *key)
{
    static const char *const columns[] = { "type",   "text", "start",   "end",        "byte_start", "byte_end",
                                           "entity", "code", "country", "country_by", "rule",       "line" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(key, columns[i]) == 0) return false;
    return *key && !key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-_")];
}

/* Those members as one JSON object, in the order of the record; null where there are none. */
static att_str fields_of(att_store *self, const att_json *mention)
{
    att_buf fields = { .arena = &self->scratch };
    const att_json *value;
    const char *key;
    void *at = NULL;
    while (att_json_each(mention, &at, &key, &value)) {
        if (!is_field(key)) continue;
        att_buf_byte(&fields, fields.count ? ',' : '{');
        att_buf_byte(&fields, '"');
        att_buf_add(&fields, att_str_of(key));
        att_buf_add(&fields, ATT_STR("\":"));
        att_json_write(&fields, value);
    }
    if (!fields.count) return (att_str){ 0 };
    att_buf_byte(&fields, '}');
    return att_buf_str(&fields);
}

static void put_mentions(att_store *self, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        int64_t rule = att_json_text(item, "rule").data ? rule_row(self, item) : 0;
        numbered(self, ATT_SQL_MENTION, i);
        att_store_put(self, item, "type");
        att_store_put(self, item, "text");
        put_place(self, item);
        att_store_put(self, item, "entity");
        att_store_put(self, item, "code");
        att_store_put(self, item, "country");
        att_store_put(self, item, "country_by");
        att_row_text(self->file, fields_of(self, item));
        if (rule) att_row_number(self->file, rule);
        else att_row_null(self->file);
        att_store_row_end(self);
    }
}

/* Whether rules know the entity. The ids of unknown ones are "e" and a number. */
static bool is_known(att_str id)
{
    size_t digits = 1;
    while (digits < id.length && id.data[digits] >= '0' && id.data[digits] <= '9') digits++;
    return !(id.length > 1 && id.data[0] == 'e' && digits == id.length);
}

static void put_entities(att_store *self, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        att_store_row(self, ATT_SQL_ENTITY);
        att_store_put(self, item, "id");
        att_row_number(self->file, is_known(att_json_text(item, "id")));
        att_store_put(self, item, "type");
        att_store_put(self, item, "name");
        att_store_put(self, item, "code");
        att_store_put(self, item, "country");
        att_store_put(self, item, "country_by");
        att_store_put(self, item, "parent");
        put_number(self, item, "mentions");
        att_store_row_end(self);
    }
}

static void put_officials(att_store *self, const att_json *list)
{
    static const char *const texts[] = { "name", "title", "agency", "agency_id", "country", "office", "status", "entity" };
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, ATT_SQL_OFFICIAL, i);
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) att_store_put(self, item, texts[t]);
        put_place(self, item);
        att_store_put(self, item, "rule");
        att_store_row_end(self);
    }
}

static void put_evidence(att_store *self, size_t theme, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, ATT_SQL_EVIDENCE, theme);
        att_row_number(self->file, (int64_t)i + 1);
        put_place(self, item);
        att_store_put(self, item, "text");
        att_store_put(self, item, "trigger");
        att_store_put(self, item, "rule");
        att_store_row_end(self);
    }
}

static void put_actors(att_store *self, size_t theme, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        numbered(self, ATT_SQL_ACTOR, theme);
        att_store_put_text(self, att_json_string(att_json_item(list, i)));
        att_store_row_end(self);
    }
}

static void put_theme(att_store *self, size_t index, const att_json *item)
{
    bool of_document;
    numbered(self, ATT_SQL_THEME, index);
    att_store_put(self, item, "theme");
    att_store_put(self, item, "topic");
    att_store_put(self, item, "role");
    att_store_put(self, item, "label");
    att_row_real(self->file, att_json_real(item, "score"));
    att_json_boolean(att_json_at(item, "document_topic"), &of_document);
    att_row_number(self->file, of_document);
    att_store_put(self, item, "modality");
    att_store_row_end(self);
    put_actors(self, index, att_json_at(item, "actors"));
    put_evidence(self, index, att_json_at(item, "evidence"));
}

static void put_near(att_store *self, const att_near_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        const att_near_pair *pair = &pairs->items[i];
        att_store_row(self, ATT_SQL_NEAR);
        att_row_number(self->file, pair->official);
        att_row_number(self->file, pair->theme);
        att_row_number(self->file, pair->evidence);
        att_row_number(self->file, pair->start);
        att_row_number(self->file, pair->end);
        att_row_number(self->file, pair->distance);
        if (pair->same_paragraph < 0) att_row_null(self->file);
        else att_row_number(self->file, pair->same_paragraph);
        att_store_row_end(self);
    }
}

/* The officials of a record, listed by their entities. */
typedef struct {
    att_map entities;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } first;          /* by entity: index of its first official plus one */
    uint32_t *next;   /* by official: index of the entity's next official plus one, or 0 */
    uint32_t *starts; /* by official: where it is first named */
} official_index;

static official_index index_officials(att_store *self, const att_json *list)
{
    official_index index = { 0 };
    const uint32_t count = (uint32_t)att_json_count(list);
    att_map_init(&index.entities, &self->scratch);
    index.next = att_arena_zero(&self->scratch, count + 1, sizeof *index.next);
    index.starts = att_arena_zero(&self->scratch, count + 1, sizeof *index.starts);
    for (uint32_t i = count; i-- > 0;) {
        const att_json *item = att_json_item(list, i);
        uint32_t entity = att_map_keep(&index.entities, att_json_text(item, "entity"));
        index.starts[i] = att_json_number(item, "start");
        if (entity == index.first.count) {
            ATT_RESERVE(&self->scratch, &index.first, 1);
            index.first.items[index.first.count++] = 0;
        }
        index.next[i] = index.first.items[entity];
        index.first.items[entity] = i + 1;
    }
    return index;
}

/* The official, index plus one, that the speaker is: of several offices the one last named before he speaks, else the first. 0
 * for none. */
static uint32_t official_of(const official_index *index, const att_json *speaker)
{
    enum { MOST_POSTS = 16 };
    const att_str entity = att_json_text(speaker, "entity");
    const uint32_t known = entity.data ? att_map_find(&index->entities, entity) : (uint32_t)ATT_NONE;
    uint32_t found = known == ATT_NONE ? 0 : index->first.items[known], asked = 0;
    for (uint32_t i = found; i && asked++ < MOST_POSTS; i = index->next[i - 1])
        if (index->starts[i - 1] <= att_json_number(speaker, "end")) found = i;
    return found;
}

static void put_statement_themes(att_store *self, size_t statement, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        att_str theme = att_json_string(att_json_item(list, i));
        const char *slash = theme.length ? memchr(theme.data, '/', theme.length) : NULL;
        numbered(self, ATT_SQL_STATEMENT_THEME, statement);
        att_store_put_text(self, theme);
        att_store_put_text(self, slash ? att_str_slice(theme, 0, (size_t)(slash - theme.data)) : theme);
        att_store_row_end(self);
    }
}

static void put_statements(att_store *self, const att_json *list, const att_json *officials)
{
    if (!att_json_count(list)) return;
    const official_index index = index_officials(self, officials);
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i), *speaker = att_json_at(item, "speaker");
        const uint32_t official = official_of(&index, speaker);
        numbered(self, ATT_SQL_STATEMENT, i);
        att_store_put(self, item, "kind");
        att_store_put(self, item, "verb");
        att_store_put(self, speaker, "entity");
        if (official) att_row_number(self->file, official);
        else att_row_null(self->file);
        att_store_put(self, speaker, "title");
        att_store_put(self, speaker, "agency");
        att_store_put(self, speaker, "country");
        put_place(self, item);
        att_store_put(self, item, "text");
        att_store_put(self, item, "rule");
        att_store_row_end(self);
        put_statement_themes(self, i, att_json_at(item, "themes"));
    }
}

/* Puts a row for each name; `ranked` tables have a column for its rank. */
static void put_names(att_store *self, uint32_t statement, const att_json *list, bool ranked)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        att_store_row(self, statement);
        att_store_put_text(self, att_json_string(att_json_item(list, i)));
        if (ranked) att_row_number(self->file, (int64_t)i + 1);
        att_store_row_end(self);
    }
}

/* Puts the countries of the document. Those that it is about have a rank, the others null. */
static void put_countries(att_store *self, const att_json *about, const att_json *named)
{
    put_names(self, ATT_SQL_COUNTRY, about, true);
    for (size_t i = 0; i < att_json_count(named); i++) {
        att_store_row(self, ATT_SQL_COUNTRY);
        att_store_put_text(self, att_json_string(att_json_item(named, i)));
        att_row_null(self->file);
        att_store_row_end(self);
    }
}

static void put_warnings(att_store *self, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, ATT_SQL_WARNING, i);
        att_store_put(self, item, "code");
        att_store_put(self, item, "message");
        put_number(self, item, "start");
        att_store_row_end(self);
    }
}

void att_store_put_record(att_store *self, const att_json *record, att_str id)
{
    const att_json *themes = att_json_at(record, "themes");
    put_document(self, record, id);
    put_entities(self, att_json_at(record, "entities"));
    put_mentions(self, att_json_at(record, "mentions"));
    put_officials(self, att_json_at(record, "officials"));
    for (size_t i = 0; i < att_json_count(themes); i++) put_theme(self, i, att_json_item(themes, i));
    put_near(self, &self->record->near);
    put_statements(self, att_json_at(record, "statements"), att_json_at(record, "officials"));
    put_names(self, ATT_SQL_TOPIC, att_json_at(record, "topics"), true);
    put_countries(self, att_json_at(record, "about"), att_json_at(record, "countries"));
    put_names(self, ATT_SQL_VIEW, att_json_at(record, "views"), false);
    put_warnings(self, att_json_at(record, "warnings"));
    att_store_row(self, ATT_SQL_SEARCH);
    att_store_row_end(self);
}

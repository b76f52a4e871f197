/* store.c - records to rows of tables, which store.sql makes and explains. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "tools/database.h"
#include "tools/record.h"
#include "tools/store_near.h"
#include "tools/tools.h"

enum { KEPT = 8 << 20, BATCH_DOCUMENTS = 2000, BATCH_BYTES = 16 << 20, STORE_VERSION = 3, STORE_ID = 0x41747461 /* "Atta" */ };

/* The whole of store.sql: tables and views, then indexes behind a mark. */
static const unsigned char sql[] = {
#include "store.sql.inc"
    0
};
static const char mark[] = "\n-- Indexes,";

/* ---- statements ---- */

enum {
    FIND,
    UNSEARCH,
    REMOVE,
    DOCUMENT,
    TEXT,
    MENTION,
    ENTITY,
    OFFICIAL,
    THEME,
    ACTOR,
    EVIDENCE,
    NEAR,
    STATEMENT,
    STATEMENT_THEME,
    TOPIC,
    COUNTRY,
    VIEW,
    WARNING,
    SEARCH,
    FAILED,
    RIGHT,
    META,
    META_FIND,
    RULE,
    RULE_FIND,
    UNUSED,
    LAST,
    STATEMENTS
};

static const char *const statements[STATEMENTS] = {
    [FIND] = "SELECT doc FROM documents WHERE id = ?",
    [UNSEARCH] =
        "INSERT INTO search (search, rowid, title, text) SELECT 'delete', doc, title, text FROM searched WHERE doc = ?",
    [REMOVE] = "DELETE FROM documents WHERE doc = ?",
    [DOCUMENT] = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [TEXT] = "INSERT INTO texts VALUES (?, ?)",
    [MENTION] = "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ENTITY] = "INSERT OR IGNORE INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [OFFICIAL] = "INSERT INTO officials VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [THEME] = "INSERT INTO themes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ACTOR] = "INSERT OR IGNORE INTO theme_actors VALUES (?, ?, ?)",
    [EVIDENCE] = "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [NEAR] = "INSERT INTO near VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT] = "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT_THEME] = "INSERT OR IGNORE INTO statement_themes VALUES (?, ?, ?, ?)",
    [TOPIC] = "INSERT OR IGNORE INTO topics VALUES (?, ?, ?)",
    [COUNTRY] = "INSERT OR IGNORE INTO countries VALUES (?, ?, ?)",
    [VIEW] = "INSERT OR IGNORE INTO views VALUES (?, ?)",
    [WARNING] = "INSERT INTO warnings VALUES (?, ?, ?, ?, ?)",
    [SEARCH] = "INSERT INTO search (rowid, title, text) SELECT doc, title, text FROM searched WHERE doc = ?",
    [FAILED] = "INSERT OR REPLACE INTO errors VALUES (?, ?, ?, ?)",
    [RIGHT] = "DELETE FROM errors WHERE id = ?",
    [META] = "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
    [META_FIND] = "SELECT number FROM meta WHERE key = ? AND value = ?",
    [RULE] = "INSERT OR IGNORE INTO rules (name, line) VALUES (?, ?)",
    [RULE_FIND] = "SELECT rule FROM rules WHERE name = ? AND line = ?",
    [UNUSED] = "DELETE FROM meta WHERE key = 'rules' AND NOT EXISTS (SELECT 1 FROM documents WHERE rules = number)",
    [LAST] = "SELECT coalesce(max(doc), 0) FROM documents",
};

/* A record with what is found out of it alone. Many may wait at once: of their arenas only what is needed is kept. */
struct att_store_record {
    att_guard guard;
    att_arena arena; /* while it is read */
    att_str line;    /* likewise; then its length alone is of use */
    att_json *json;
    const char *why;     /* in the arena, then as `kept`, or a literal */
    att_near_pairs near; /* likewise */
    char *kept;
};

struct att_store {
    att_guard guard;
    att_arena arena, scratch; /* scratch: for one record */
    att_database *file;
    att_store_record *record; /* at hand */
    int64_t doc, last_doc;    /* the document at hand; the highest number that one has */
    att_map rules, digests;   /* what is known of the tables: "NAME\nLINE" and digests, by number */
    struct {
        int64_t *items;
        uint32_t count, capacity;
    } rule_rows, digest_rows; /* the rows that they have, by those numbers */
    att_store_counts counts;
    uint64_t batch, batch_bytes; /* documents and bytes of records since the last commit */
};

bool att_store_built_in(void)
{
    return att_database_built_in();
}

const char *att_store_sql(void)
{
    return (const char *)sql;
}

/* ---- records, read ---- */

/* Places in other units would stand beside code points and mean something else. */
static void read_record(void *argument)
{
    att_store_record *self = argument;
    if (!att_record_parse(&self->arena, self->line, &self->json, &self->why) || att_record_failure(self->json)) return;
    if (!att_str_is(att_json_text(self->json, "offsets"), "codepoint"))
        self->why = "its places are no code points; write it anew with --offsets codepoint";
    else self->near = att_near_find(&self->arena, self->json);
}

/* Takes out of the arena what is to stay: what is wrong with the record, or its pairs. */
static att_status keep(att_store_record *self)
{
    size_t size = self->why ? strlen(self->why) + 1 : sizeof *self->near.items * self->near.count;
    if (!size) return ATT_OK;
    self->kept = malloc(size);
    if (!self->kept) return ATT_NOMEM;
    memcpy(self->kept, self->why ? (const void *)self->why : self->near.items, size);
    if (self->why) self->why = self->kept;
    else self->near.items = (att_near_pair *)(void *)self->kept;
    return ATT_OK;
}

att_store_record *att_store_read(const char *line, size_t length)
{
    att_store_record *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->line = (att_str){ line, length };
    att_arena_init(&self->arena, &self->guard, 0);
    att_status status = att_guard_run(&self->guard, read_record, self);
    if (status == ATT_OK) status = keep(self);
    att_arena_clear(&self->arena);
    if (status == ATT_OK) return self;
    att_store_drop(self);
    return NULL;
}

const char *att_store_refused(const att_store_record *record)
{
    return record->why;
}

void att_store_drop(att_store_record *record)
{
    if (!record) return;
    att_json_drop(record->json);
    free(record->kept);
    free(record);
}

/* ---- values ---- */

/* SQLite's own functions end a text at a NUL; a character of the same length in code points stands for it. */
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

static void put_text(att_store *self, att_str text)
{
    att_row_text(self->file, without_nuls(&self->scratch, text));
}

static void put(att_store *self, const att_json *item, const char *key)
{
    put_text(self, att_json_text(item, key));
}

/* A whole number, or null. */
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

/* A row of the document at hand. */
static void row(att_store *self, uint32_t statement)
{
    att_row(self->file, statement);
    att_row_number(self->file, self->doc);
}

static void numbered(att_store *self, uint32_t statement, size_t index)
{
    row(self, statement);
    att_row_number(self->file, (int64_t)index + 1);
}

static void end(att_store *self)
{
    att_row_end(self->file, NULL);
}

static void run(att_store *self, uint32_t statement, att_str first, att_str second)
{
    att_row(self->file, statement);
    put_text(self, first);
    if (second.data) put_text(self, second);
    end(self);
}

/* ---- what many documents share: looked up once a run ---- */

/* The row of the two texts in a table that has each pair once. */
static int64_t row_of(att_store *self, uint32_t insert, uint32_t find, att_str first, att_str second)
{
    int64_t found = 0;
    run(self, insert, first, second);
    att_row(self->file, find);
    put_text(self, first);
    put_text(self, second);
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
    return self->rule_rows.items[self->rule_rows.count++] = row_of(self, RULE, RULE_FIND, name, line);
}

static int64_t digest_row(att_store *self, att_str digest)
{
    uint32_t number = att_map_add(&self->digests, digest);
    if (number < self->digest_rows.count) return self->digest_rows.items[number];
    ATT_RESERVE(&self->arena, &self->digest_rows, 1);
    return self->digest_rows.items[self->digest_rows.count++] = row_of(self, META, META_FIND, ATT_STR("rules"), digest);
}

/* ---- rows of a document ---- */

static void put_document(att_store *self, const att_json *record, att_str id)
{
    att_str rules = att_json_text(record, "rules");
    int64_t digest = rules.length ? digest_row(self, rules) : 0;
    row(self, DOCUMENT);
    put_text(self, id);
    put(self, record, "source");
    put(self, record, "date");
    put(self, record, "title");
    put(self, record, "lang");
    put(self, record, "duplicate_of");
    if (digest) att_row_number(self->file, digest);
    else att_row_null(self->file);
    end(self);
    att_str text = att_json_text(record, "text");
    if (!text.data) return;
    row(self, TEXT);
    put_text(self, text);
    end(self);
}

/* Members of a mention that have no column. Names of layers' fields need nothing to stand in JSON; what does is none. */
static bool is_field(const char *key)
{
    static const char *const columns[] = { "type",   "text", "start",   "end",        "byte_start", "byte_end",
                                           "entity", "code", "country", "country_by", "rule",       "line" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(key, columns[i]) == 0) return false;
    return *key && !key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-_")];
}

/* They as one JSON object, in the order of the record; a null view where there is none. */
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
        numbered(self, MENTION, i);
        put(self, item, "type");
        put(self, item, "text");
        put_place(self, item);
        put(self, item, "entity");
        put(self, item, "code");
        put(self, item, "country");
        put(self, item, "country_by");
        att_row_text(self->file, fields_of(self, item));
        if (rule) att_row_number(self->file, rule);
        else att_row_null(self->file);
        end(self);
    }
}

/* e and a number: what no rule knows. */
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
        row(self, ENTITY);
        put(self, item, "id");
        att_row_number(self->file, is_known(att_json_text(item, "id")));
        put(self, item, "type");
        put(self, item, "name");
        put(self, item, "code");
        put(self, item, "country");
        put(self, item, "country_by");
        put(self, item, "parent");
        put_number(self, item, "mentions");
        end(self);
    }
}

static void put_officials(att_store *self, const att_json *list)
{
    static const char *const texts[] = { "name", "title", "agency", "agency_id", "country", "office", "status", "entity" };
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, OFFICIAL, i);
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) put(self, item, texts[t]);
        put_place(self, item);
        put(self, item, "rule");
        end(self);
    }
}

static void put_evidence(att_store *self, size_t theme, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, EVIDENCE, theme);
        att_row_number(self->file, (int64_t)i + 1);
        put_place(self, item);
        put(self, item, "text");
        put(self, item, "trigger");
        put(self, item, "rule");
        end(self);
    }
}

static void put_actors(att_store *self, size_t theme, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        numbered(self, ACTOR, theme);
        put_text(self, att_json_string(att_json_item(list, i)));
        end(self);
    }
}

static void put_theme(att_store *self, size_t index, const att_json *item)
{
    bool of_document;
    numbered(self, THEME, index);
    put(self, item, "theme");
    put(self, item, "topic");
    put(self, item, "role");
    put(self, item, "label");
    att_row_real(self->file, att_json_real(item, "score"));
    att_json_boolean(att_json_at(item, "document_topic"), &of_document);
    att_row_number(self->file, of_document);
    put(self, item, "modality");
    end(self);
    put_actors(self, index, att_json_at(item, "actors"));
    put_evidence(self, index, att_json_at(item, "evidence"));
}

static void put_near(att_store *self, const att_near_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        const att_near_pair *pair = &pairs->items[i];
        row(self, NEAR);
        att_row_number(self->file, pair->official);
        att_row_number(self->file, pair->theme);
        att_row_number(self->file, pair->evidence);
        att_row_number(self->file, pair->start);
        att_row_number(self->file, pair->end);
        att_row_number(self->file, pair->distance);
        if (pair->same_paragraph < 0) att_row_null(self->file);
        else att_row_number(self->file, pair->same_paragraph);
        end(self);
    }
}

/* The officials of a record by their entities. */
typedef struct {
    att_map entities;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } first;          /* by entity: its first official plus one */
    uint32_t *next;   /* by official: the next of its entity plus one, or 0 */
    uint32_t *starts; /* by official */
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

/* The number of the speaker's official, the last that is named before he speaks, else his first; 0 for none. */
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
        numbered(self, STATEMENT_THEME, statement);
        put_text(self, theme);
        put_text(self, slash ? att_str_slice(theme, 0, (size_t)(slash - theme.data)) : theme);
        end(self);
    }
}

static void put_statements(att_store *self, const att_json *list, const att_json *officials)
{
    if (!att_json_count(list)) return;
    const official_index index = index_officials(self, officials);
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i), *speaker = att_json_at(item, "speaker");
        const uint32_t official = official_of(&index, speaker);
        numbered(self, STATEMENT, i);
        put(self, item, "kind");
        put(self, item, "verb");
        put(self, speaker, "entity");
        if (official) att_row_number(self->file, official);
        else att_row_null(self->file);
        put(self, speaker, "title");
        put(self, speaker, "agency");
        put(self, speaker, "country");
        put_place(self, item);
        put(self, item, "text");
        put(self, item, "rule");
        end(self);
        put_statement_themes(self, i, att_json_at(item, "themes"));
    }
}

/* Names, each with its rank where the table has a column for it. */
static void put_names(att_store *self, uint32_t statement, const att_json *list, bool ranked)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        row(self, statement);
        put_text(self, att_json_string(att_json_item(list, i)));
        if (ranked) att_row_number(self->file, (int64_t)i + 1);
        end(self);
    }
}

/* Those that it is about have a rank; of the others the last value stays null. */
static void put_countries(att_store *self, const att_json *about, const att_json *named)
{
    put_names(self, COUNTRY, about, true);
    for (size_t i = 0; i < att_json_count(named); i++) {
        row(self, COUNTRY);
        put_text(self, att_json_string(att_json_item(named, i)));
        att_row_null(self->file);
        end(self);
    }
}

static void put_warnings(att_store *self, const att_json *list)
{
    for (size_t i = 0; i < att_json_count(list); i++) {
        const att_json *item = att_json_item(list, i);
        numbered(self, WARNING, i);
        put(self, item, "code");
        put(self, item, "message");
        put_number(self, item, "start");
        end(self);
    }
}

static void put_record(att_store *self, const att_json *record, att_str id)
{
    const att_json *themes = att_json_at(record, "themes");
    put_document(self, record, id);
    put_entities(self, att_json_at(record, "entities"));
    put_mentions(self, att_json_at(record, "mentions"));
    put_officials(self, att_json_at(record, "officials"));
    for (size_t i = 0; i < att_json_count(themes); i++) put_theme(self, i, att_json_item(themes, i));
    put_near(self, &self->record->near);
    put_statements(self, att_json_at(record, "statements"), att_json_at(record, "officials"));
    put_names(self, TOPIC, att_json_at(record, "topics"), true);
    put_countries(self, att_json_at(record, "about"), att_json_at(record, "countries"));
    put_names(self, VIEW, att_json_at(record, "views"), false);
    put_warnings(self, att_json_at(record, "warnings"));
    row(self, SEARCH);
    end(self);
}

/* ---- one record ---- */

/* Takes the document with this id out, and its number for the one to come; 0 when there is none. */
static int64_t take_out(att_store *self, att_str id)
{
    int64_t found = 0;
    att_row(self->file, FIND);
    put_text(self, id);
    if (!att_row_end(self->file, &found)) return 0;
    self->doc = found;
    row(self, UNSEARCH);
    end(self);
    row(self, REMOVE);
    end(self);
    self->counts.replaced++;
    return found;
}

static void put_failed(att_store *self, const att_json *record, const att_json *error, att_str id)
{
    att_row(self->file, FAILED);
    put_text(self, id);
    put(self, record, "source");
    put(self, error, "code");
    put(self, error, "message");
    end(self);
    self->counts.failed++;
}

static void put_whole(att_store *self, const att_json *record, att_str id)
{
    run(self, RIGHT, id, (att_str){ 0 });
    self->doc = take_out(self, id);
    if (!self->doc) self->doc = ++self->last_doc;
    put_record(self, record, id);
}

static void store(void *argument)
{
    att_store *self = argument;
    const att_json *record = self->record->json, *error = att_record_failure(record);
    att_str id = att_json_text(record, "id");
    if (!id.data) id = att_json_text(record, "source");
    if (!id.data) id = ATT_EMPTY;
    att_arena_reset(&self->scratch, KEPT);
    if (!att_database_begin(self->file)) return;
    if (error) put_failed(self, record, error, id);
    else put_whole(self, record, id);
    self->counts.documents++;
    self->batch++;
    self->batch_bytes += self->record->line.length;
}

static att_status commit(att_store *self)
{
    if (att_database_commit(self->file)) self->counts.whole = self->counts.documents;
    self->batch = self->batch_bytes = 0;
    return att_database_status(self->file);
}

att_status att_store_add(att_store *self, att_store_record *record)
{
    self->record = record;
    att_status status = att_guard_run(&self->guard, store, self);
    att_store_drop(record);
    if (status == ATT_OK) status = att_database_status(self->file);
    if (status == ATT_OK && (self->batch >= BATCH_DOCUMENTS || self->batch_bytes >= BATCH_BYTES)) status = commit(self);
    return status;
}

/* ---- the whole ---- */

/* What this file is, and the number of its last document. */
static void begin(void *argument)
{
    static const char *const facts[][2] = { { "store", "1" }, { "record", "1" }, { "attache", ATT_VERSION } };
    att_store *self = argument;
    att_map_init(&self->rules, &self->arena);
    att_map_init(&self->digests, &self->arena);
    if (!att_database_prepare(self->file, statements, STATEMENTS)) return;
    att_row(self->file, LAST);
    att_row_end(self->file, &self->last_doc);
    if (!att_database_begin(self->file)) return;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) run(self, META, att_str_of(facts[i][0]), att_str_of(facts[i][1]));
}

/* The tables and views of store.sql, to be freed; NULL when there is no memory. */
static char *tables(void)
{
    return strndup(att_store_sql(), (size_t)(strstr(att_store_sql(), mark) - att_store_sql()));
}

att_status att_store_open(att_store **opened, const char *path)
{
    att_store *self = *opened = calloc(1, sizeof *self);
    char *script = tables();
    att_database_kind kind = { "store of attache", STORE_ID, STORE_VERSION, script };
    att_status status = self && script ? ATT_OK : ATT_NOMEM;
    if (status == ATT_OK) {
        att_arena_init(&self->arena, &self->guard, 0);
        att_arena_init(&self->scratch, &self->guard, 0);
        status = att_database_open(&self->file, path, &kind);
    }
    if (status == ATT_OK) status = att_guard_run(&self->guard, begin, self);
    if (status == ATT_OK) status = att_database_status(self->file);
    free(script);
    return status;
}

const char *att_store_problem(const att_store *self)
{
    const char *problem = self && self->file ? att_database_problem(self->file) : "";
    return *problem ? problem : att_status_text(ATT_NOMEM);
}

/* Indexes are made at once where there are none yet: that costs less than to keep them from the first row on. */
att_status att_store_finish(att_store *self)
{
    if (commit(self) != ATT_OK || !att_database_begin(self->file)) return att_database_status(self->file);
    if (!att_database_run(self->file, strstr(att_store_sql(), mark))) return att_database_status(self->file);
    att_row(self->file, UNUSED);
    end(self);
    return commit(self);
}

att_store_counts att_store_counted(const att_store *self)
{
    return self->counts;
}

void att_store_free(att_store *self)
{
    if (!self) return;
    att_database_close(self->file);
    att_arena_clear(&self->arena);
    att_arena_clear(&self->scratch);
    free(self);
}

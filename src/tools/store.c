/* store.c - the store: an SQLite file to which records are added, one at a time and in order. */
#include <stdlib.h>
#include <string.h>

#include "tools/store_rows.h"

enum { KEPT = 8 << 20, BATCH_DOCUMENTS = 2000, BATCH_BYTES = 16 << 20, STORE_VERSION = 3, STORE_ID = 0x41747461 /* "Atta" */ };

/* store.sql as text: tables and views, then a mark, then indexes. */
static const unsigned char sql[] = {
#include "store.sql.inc"
    0
};
static const char mark[] = "\n-- Indexes,";

/* ---- statements ---- */

static const char *const statements[ATT_SQL_STATEMENTS] = {
    [ATT_SQL_FIND] = "SELECT doc FROM documents WHERE id = ?",
    [ATT_SQL_UNSEARCH] =
        "INSERT INTO search (search, rowid, title, text) SELECT 'delete', doc, title, text FROM searched WHERE doc = ?",
    [ATT_SQL_REMOVE] = "DELETE FROM documents WHERE doc = ?",
    [ATT_SQL_DOCUMENT] = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_TEXT] = "INSERT INTO texts VALUES (?, ?)",
    [ATT_SQL_MENTION] = "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_ENTITY] = "INSERT OR IGNORE INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_OFFICIAL] = "INSERT INTO officials VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_THEME] = "INSERT INTO themes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_ACTOR] = "INSERT OR IGNORE INTO theme_actors VALUES (?, ?, ?)",
    [ATT_SQL_EVIDENCE] = "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_NEAR] = "INSERT INTO near VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_STATEMENT] = "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ATT_SQL_STATEMENT_THEME] = "INSERT OR IGNORE INTO statement_themes VALUES (?, ?, ?, ?)",
    [ATT_SQL_TOPIC] = "INSERT OR IGNORE INTO topics VALUES (?, ?, ?)",
    [ATT_SQL_COUNTRY] = "INSERT OR IGNORE INTO countries VALUES (?, ?, ?)",
    [ATT_SQL_VIEW] = "INSERT OR IGNORE INTO views VALUES (?, ?)",
    [ATT_SQL_WARNING] = "INSERT INTO warnings VALUES (?, ?, ?, ?, ?)",
    [ATT_SQL_SEARCH] = "INSERT INTO search (rowid, title, text) SELECT doc, title, text FROM searched WHERE doc = ?",
    [ATT_SQL_FAILED] = "INSERT OR REPLACE INTO errors VALUES (?, ?, ?, ?)",
    [ATT_SQL_RIGHT] = "DELETE FROM errors WHERE id = ?",
    [ATT_SQL_META] = "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
    [ATT_SQL_META_FIND] = "SELECT number FROM meta WHERE key = ? AND value = ?",
    [ATT_SQL_RULE] = "INSERT OR IGNORE INTO rules (name, line) VALUES (?, ?)",
    [ATT_SQL_RULE_FIND] = "SELECT rule FROM rules WHERE name = ? AND line = ?",
    [ATT_SQL_UNUSED] = "DELETE FROM meta WHERE key = 'rules' AND NOT EXISTS (SELECT 1 FROM documents WHERE rules = number)",
    [ATT_SQL_LAST] = "SELECT coalesce(max(doc), 0) FROM documents",
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

/* Reads a record. One whose offsets are not code points is refused: beside others in the store they would mean other places. */
static void read_record(void *argument)
{
    att_store_record *self = argument;
    if (!att_record_parse(&self->arena, self->line, &self->json, &self->why) || att_record_failure(self->json)) return;
    if (!att_json_text(self->json, "offsets").data) self->why = "no record: it has no field 'offsets'";
    else if (!att_str_is(att_json_text(self->json, "offsets"), "codepoint"))
        self->why = "its places are no code points; write it anew with --offsets codepoint";
    else self->near = att_near_find(&self->arena, self->json);
}

/* Copies out of the arena what must outlive it: what is wrong with the record, or its pairs. */
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

/* ---- one record ---- */

/* Removes the document with this id. Returns its number, which the new one gets; 0 when there was none. */
static int64_t take_out(att_store *self, att_str id)
{
    int64_t found = 0;
    att_row(self->file, ATT_SQL_FIND);
    att_store_put_text(self, id);
    if (!att_row_end(self->file, &found)) return 0;
    self->doc = found;
    att_store_row(self, ATT_SQL_UNSEARCH);
    att_store_row_end(self);
    att_store_row(self, ATT_SQL_REMOVE);
    att_store_row_end(self);
    self->counts.replaced++;
    return found;
}

static void put_failed(att_store *self, const att_json *record, const att_json *error, att_str id)
{
    att_row(self->file, ATT_SQL_FAILED);
    att_store_put_text(self, id);
    att_store_put(self, record, "source");
    att_store_put(self, error, "code");
    att_store_put(self, error, "message");
    att_store_row_end(self);
    self->counts.failed++;
}

static void put_whole(att_store *self, const att_json *record, att_str id)
{
    att_store_run(self, ATT_SQL_RIGHT, id, (att_str){ 0 });
    self->doc = take_out(self, id);
    if (!self->doc) self->doc = ++self->last_doc;
    att_store_put_record(self, record, id);
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

/* Reads what the file says of itself, and the number of its last document. */
static void begin(void *argument)
{
    static const char *const facts[][2] = { { "store", "1" }, { "record", "1" }, { "attache", ATT_VERSION } };
    att_store *self = argument;
    att_map_init(&self->rules, &self->arena);
    att_map_init(&self->digests, &self->arena);
    if (!att_database_prepare(self->file, statements, ATT_SQL_STATEMENTS)) return;
    att_row(self->file, ATT_SQL_LAST);
    att_row_end(self->file, &self->last_doc);
    if (!att_database_begin(self->file)) return;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        att_store_run(self, ATT_SQL_META, att_str_of(facts[i][0]), att_str_of(facts[i][1]));
}

/* The part of store.sql with tables and views, to be freed; NULL without memory. */
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

/* A new store gets its indexes only now, all at once. That is cheaper than to keep them up to date from the first row on. */
att_status att_store_finish(att_store *self)
{
    if (commit(self) != ATT_OK || !att_database_begin(self->file)) return att_database_status(self->file);
    if (!att_database_run(self->file, strstr(att_store_sql(), mark))) return att_database_status(self->file);
    att_row(self->file, ATT_SQL_UNUSED);
    att_store_row_end(self);
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

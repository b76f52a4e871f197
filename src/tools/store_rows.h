/* store_rows.h - the rows that a record becomes, in the tables that store.sql makes and explains. Private to the store.
 *
 * Shape   a row is begun with its statement, gets its values in the order of its columns and is ended.
 * Owner   what is put is copied by the database; texts made on the way lie in the scratch arena.
 */
#ifndef ATT_STORE_ROWS_H
#define ATT_STORE_ROWS_H

#include "base/map.h"
#include "tools/database.h"
#include "tools/record.h"
#include "tools/store_near.h"
#include "tools/tools.h"

/* What can be run, by number: its SQL stands in store.c. */
enum {
    ATT_SQL_FIND,
    ATT_SQL_UNSEARCH,
    ATT_SQL_REMOVE,
    ATT_SQL_DOCUMENT,
    ATT_SQL_TEXT,
    ATT_SQL_MENTION,
    ATT_SQL_ENTITY,
    ATT_SQL_OFFICIAL,
    ATT_SQL_THEME,
    ATT_SQL_ACTOR,
    ATT_SQL_EVIDENCE,
    ATT_SQL_NEAR,
    ATT_SQL_STATEMENT,
    ATT_SQL_STATEMENT_THEME,
    ATT_SQL_TOPIC,
    ATT_SQL_COUNTRY,
    ATT_SQL_VIEW,
    ATT_SQL_WARNING,
    ATT_SQL_SEARCH,
    ATT_SQL_FAILED,
    ATT_SQL_RIGHT,
    ATT_SQL_META,
    ATT_SQL_META_FIND,
    ATT_SQL_RULE,
    ATT_SQL_RULE_FIND,
    ATT_SQL_UNUSED,
    ATT_SQL_LAST,
    ATT_SQL_STATEMENTS
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

/* Begins a row of the document at hand: its number is the first value. */
void att_store_row(att_store *self, uint32_t statement);
void att_store_row_end(att_store *self);

/* The next value: a text, or NULL for a null view; the member `key` of an object likewise. */
void att_store_put_text(att_store *self, att_str text);
void att_store_put(att_store *self, const att_json *item, const char *key);

/* A whole row of one text or, where the second is no null view, of two. */
void att_store_run(att_store *self, uint32_t statement, att_str first, att_str second);

/* All rows of the record at hand, under the number of the document at hand. */
void att_store_put_record(att_store *self, const att_json *record, att_str id);

#endif

/* record.h - a line of attache's records, read back.
 *
 * Owner   texts are views of the parsed JSON and die with it; lists lie in the arena.
 */
#ifndef ATT_RECORD_H
#define ATT_RECORD_H

#include "base/map.h"
#include "tools/json.h"

typedef struct {
    att_str type, text, entity, code, country, rule, line;
    uint32_t start, end; /* bytes of the text; both 0 when there is no text */
    uint32_t from, to;   /* as the record counts them */
    uint32_t byte_from, byte_to;
} att_record_mention;

typedef struct {
    att_str name, title, agency, country, status, office;
} att_record_official;

typedef struct {
    att_str theme, topic, label, role, modality;
    att_str *actors, *quotes; /* quotes: of all its evidence */
    uint32_t actor_count, quote_count;
    bool of_document, placed; /* placed: `start` is a byte of the text */
    uint32_t start;
} att_record_theme;

typedef struct {
    att_str entity, type, name, title, agency, country, office; /* of the speaker */
    att_str kind, verb, text;
    att_str *themes;
    uint32_t theme_count;
    uint32_t start, end; /* bytes of the record's text; both 0 when there is none */
    uint32_t speaker;    /* for whoever counts speakers: their number */
} att_record_statement;

typedef struct {
    att_str id, type, name, country;
    uint32_t mentions;
} att_record_entity;

typedef struct {
    att_str id, source, date, title, text, rules, error; /* null views when there is none; so is a date that none is */
    struct {
        att_record_mention *items;
        uint32_t count, capacity;
    } mentions;
    struct {
        att_record_entity *items;
        uint32_t count, capacity;
    } entities;
    struct {
        att_record_official *items;
        uint32_t count, capacity;
    } officials;
    struct {
        att_record_theme *items;
        uint32_t count, capacity;
    } themes;
    struct {
        att_record_statement *items;
        uint32_t count, capacity;
    } statements;
    att_str *countries, *about, *views, *topics;
    uint32_t country_count, about_count, view_count, topic_count;
} att_record;

/* The line as JSON, if it is a record of our schema, for who reads it in its own way. */
bool att_record_parse(att_arena *arena, att_str line, att_json **json, const char **why);

/* What makes it the record of a document that failed, or NULL: a null is none. */
const att_json *att_record_failure(const att_json *record);

/* Reads a record; `*why` says what is wrong when it returns false. `*json` is to be dropped, after use. */
bool att_record_read(att_record *self, att_arena *arena, att_str line, att_json **json, const char **why);

#endif

/* report.h - records added up for a page: who and what is in a corpus, when, and what its documents say.
 *
 * Owner   two arenas: one for the sums, which grow with what is named and not with the corpus, and the texts of the documents
 * that are shown; one that is reset behind each record.
 */
#ifndef ATT_REPORT_H
#define ATT_REPORT_H

#include "base/map.h"

/* A record as the page reads it. Texts die with the JSON that they are views of. */
typedef struct {
    att_str type, text, entity, code, country, rule, line;
    uint32_t start, end; /* bytes of the text */
} att_page_mention;

typedef struct {
    att_str name, title, agency, country, status, office;
} att_page_official;

typedef struct {
    att_str theme, topic, label, role, modality, quote;
    att_str *actors;
    uint32_t actor_count;
    double score;
    bool of_document, placed; /* placed: `start` is a byte of the text */
    uint32_t start;
} att_page_theme;

typedef struct {
    att_str id, type, name, country;
    uint32_t mentions;
} att_page_entity;

typedef struct {
    att_str id, source, date, title, text, rules, error; /* null views when there is none */
    struct {
        att_page_mention *items;
        uint32_t count, capacity;
    } mentions;
    struct {
        att_page_entity *items;
        uint32_t count, capacity;
    } entities;
    struct {
        att_page_official *items;
        uint32_t count, capacity;
    } officials;
    struct {
        att_page_theme *items;
        uint32_t count, capacity;
    } themes;
    att_str *countries, *about, *views;
    uint32_t country_count, about_count, view_count;
} att_page_record;

/* Reads a record; `*why` says what is wrong when it returns false. `*json` is given back by att_page_drop, after use. */
bool att_page_read(att_page_record *self, att_arena *arena, att_str line, void **json, const char **why);
void att_page_drop(void *json);

/* ---- sums ---- */

/* How often something is in documents. */
typedef struct {
    uint32_t documents, mentions, about;
    uint32_t last; /* the number of the document that counted it last */
} att_page_count;

typedef struct {
    att_map keys;
    struct {
        att_page_count *items;
        uint32_t count, capacity;
    } counts; /* by key */
} att_page_sums;

typedef struct {
    att_arena *arena, *scratch;                                   /* scratch: for one record */
    uint32_t documents, errors, dated, shown, most_shown, untold; /* untold: records without their text */
    uint64_t mentions;
    att_str first, last; /* dates */
    att_page_sums types, countries, agencies, officials, themes, topics, views, crosses;
    att_page_sums days;  /* "THEME\nDATE" */
    att_page_sums forms; /* "NUMBER\nNAME\nTITLE…", the number of a key of officials */
    att_map names;       /* "C\nKOR": known names */
    struct {
        att_str *items;
        uint32_t count, capacity;
    } named;        /* by names */
    att_buf pages;  /* the documents, as HTML */
    att_buf failed; /* those that have an error, as HTML */
} att_page_all;

void att_page_init(att_page_all *self, att_arena *arena, att_arena *scratch, uint32_t most_shown);
void att_page_count_record(att_page_all *self, const att_page_record *record);

/* The name of a country, agency or topic by its key ("CKOR", "Ausa-state", "Tmissiles"), or the key without its first letter.
 */
att_str att_page_name(const att_page_all *self, char kind, att_str id);

/* The numbers of the keys: most documents first, then most mentions, then by key; `by_about`: first by how many are about it.
 */
uint32_t *att_page_order(const att_page_all *self, const att_page_sums *sums);

/* By official: the form that shows it best, fields 1 to 5 of which are name, title, agency, country and status. */
att_str *att_page_people(const att_page_all *self);

/* Field `number` of a key, whose fields have line breaks between them. */
att_str att_page_field(att_str key, int number);

/* ---- the page ---- */

/* Text that is safe in HTML, in attributes too. */
void att_page_put(att_buf *out, att_str text);

/* One document: its head, its officials and themes, its text with the mentions marked. */
void att_page_document(att_buf *out, const att_page_record *record, uint32_t number);

void att_page_show(const att_page_all *self, att_buf *out);

#endif

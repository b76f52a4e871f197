/* report.h - records added up for a page: who and what is in a corpus, when, and what its documents say.
 *
 * Owner   two arenas: one for the sums, which grow with what is named and not with the corpus, and the texts of the documents
 * that are shown; one that is reset behind each record.
 */
#ifndef ATT_REPORT_H
#define ATT_REPORT_H

#include "tools/record.h"

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
    att_page_sums days;                    /* "THEME\nDATE" */
    att_page_sums forms;                   /* "NUMBER\nNAME\nTITLE…", the number of a key of officials */
    att_page_sums speakers, speaker_forms; /* of statements, likewise */
    att_page_sums said;                    /* "NUMBER\nTOPIC", the number of a key of speakers */
    struct {
        att_buf *items;
        uint32_t count, capacity;
    } examples; /* by said: some statements, as HTML */
    uint64_t statements;
    att_map names; /* "C\nKOR": known names */
    struct {
        att_str *items;
        uint32_t count, capacity;
    } named;        /* by names */
    att_buf pages;  /* the documents, as HTML */
    att_buf failed; /* those that have an error, as HTML */
} att_page_all;

/* Makes an empty page. `scratch` may be reset between records; so many documents will be shown in full. */
void att_page_init(att_page_all *self, att_arena *arena, att_arena *scratch, uint32_t most_shown);
/* Adds a record to all sums but those of statements. */
void att_page_count_record(att_page_all *self, const att_record *record);

/* The name of a country, agency or topic by its key ("CKOR", "Ausa-state", "Tmissiles"), or the key without its first letter.
 */
att_str att_page_name(const att_page_all *self, char kind, att_str id);

/* The numbers of the keys: most documents first, then most mentions, then by key; `by_about`: first by how many are about it.
 */
uint32_t *att_page_order(const att_page_all *self, const att_page_sums *sums);

/* By official or speaker: the form that shows it best, fields 1 to 5 of which are name, title, agency, country and status. */
att_str *att_page_people(const att_page_all *self, const att_page_sums *people, const att_page_sums *forms);

/* Field `number` of a key, whose fields have line breaks between them. */
att_str att_page_field(att_str key, int number);

/* ---- the page ---- */

/* The statements of a document, the `shown`th document on the page or 0, before it is shown: their speakers get their numbers.
 */
void att_page_count_statements(att_page_all *self, att_record *record, uint32_t shown);

/* The count of `key` in the sums, for the document at hand. */
att_page_count *att_page_count_key(att_page_all *self, att_page_sums *sums, att_str key);

/* Adds a field to a key. */
void att_page_add_field(att_buf *key, att_str field);

/* The last word of a name, without "Jr." and the like. */
att_str att_page_family_name(att_str name);

/* Text that is safe in HTML, in attributes too. */
void att_page_put(att_buf *out, att_str text);

/* The section of who said what. */
void att_page_show_statements(const att_page_all *self, att_buf *out);

/* One document: its head, its officials and themes, its text with the mentions marked. */
void att_page_document(att_buf *out, const att_record *record, uint32_t number);

/* Writes the whole page. */
void att_page_show(const att_page_all *self, att_buf *out);

#endif

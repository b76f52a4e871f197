/* document.h - one document's columns, top to bottom: each floor writes one and reads those above.
 *
 * Owner   everything is in `arena`, released whole when the next document comes; the document's own
 *         buffers are reused.
 */
#ifndef ATT_DOCUMENT_H
#define ATT_DOCUMENT_H

#include "model/annotation.h"
#include "model/section.h"

enum { ATT_TEXT_PADDING = 64 }; /* readable bytes behind every document's text */

typedef struct {
    const char *code; /* "E012" */
    att_str message;
    uint32_t start; /* byte of the text that it is about; ATT_NONE when none */
} att_remark;

typedef struct { att_remark *items; uint32_t count, capacity; } att_remarks;

/* Something that the document names, however often: one for each entry, code or folded text. */
typedef struct {
    att_str id; /* "KOR", "usa-state", "e7" */
    uint16_t layer;
    uint8_t country_by;
    att_str name;    /* the entry's, else the longest in the document */
    att_str code;    /* of countries and bodies; null when none */
    att_str country; /* null when unknown */
    att_str parent;  /* id; null when none */
    uint32_t mentions;
} att_entity;

typedef struct { att_entity *items; uint32_t count, capacity; } att_entities;
typedef struct { att_str *items; uint32_t count, capacity; } att_strs;

typedef struct {
    att_arena *arena;
    /* read */
    att_str id, source, title, date, origin, lang; /* null views when unknown */
    att_str text;                                  /* with ATT_TEXT_PADDING behind it; < 4 GiB */
    uint32_t body;                                 /* bytes of front matter before the text proper */
    bool markdown;
    const char *error_code; /* why it could not be read, or NULL */
    att_str error_message;
    att_remarks remarks;    /* "warnings" in the record */
    /* text */
    att_paragraphs paragraphs;
    att_zones zones;
    att_tokens tokens;
    att_stretches sentences, clauses;
    /* names and rules */
    att_annotations annotations;
    /* resolve */
    att_entities entities;
    att_strs countries; /* codes, sorted */
} att_document;

/* An empty document on an arena that was reset. */
void att_document_clear(att_document *self, att_arena *arena);

/* Copies `text` into the arena with its padding. */
void att_document_set_text(att_document *self, att_str text);
void att_document_fail(att_document *self, const char *code, att_str message);
void att_document_remark(att_document *self, const char *code, att_str message, uint32_t start);

#endif

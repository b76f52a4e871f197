/* document.h - one document's columns, top to bottom: each floor writes one and reads those above.
 *
 * Owner   everything is in `arena`, released whole when the next document comes; the document's own
 *         buffers are reused.
 */
#ifndef ATT_DOCUMENT_H
#define ATT_DOCUMENT_H

#include "model/annotation.h"
#include "model/code_set.h"
#include "model/meter.h"
#include "model/section.h"
#include "model/trace.h"

enum { ATT_TEXT_PADDING = 64 }; /* readable bytes behind every document's text */

typedef struct {
    const char *code; /* "E012" */
    att_str message;
    uint32_t start; /* byte of the text that it is about; ATT_NONE when none */
} att_remark;

typedef struct {
    att_remark *items;
    uint32_t count, capacity;
} att_remarks;

/* Something that the document names, however often: one for each entry, code or folded text. */
typedef struct {
    att_str id; /* "KOR", "usa-state", "e7" */
    uint16_t layer;
    uint8_t country_by;
    bool unnamed;    /* no rule knows it: the id counts such entities */
    att_str name;    /* the entry's, else the longest in the document */
    att_str code;    /* of countries and bodies; null when none */
    att_str country; /* null when unknown */
    att_str parent;  /* id; null when none */
    uint32_t mentions;
} att_entity;

typedef struct {
    att_entity *items;
    uint32_t count, capacity;
} att_entities;
typedef struct {
    att_str *items;
    uint32_t count, capacity;
} att_strs;

/* One person in one office or with one title. */
typedef struct {
    uint32_t entity;                    /* of the PERSON */
    att_str name, title;                /* the fullest of the document */
    att_str agency;                     /* text of the document, or null */
    att_str agency_id, country, office; /* null when unknown */
    att_str status;                     /* current, acting, former, designate, or null for a document without date */
    bool undated;                       /* holders were chosen without a date */
    uint32_t start, end;                /* bytes: the first mention */
    const att_origin *origin;
    uint32_t line;
} att_official;

/* One place that bears out a theme. */
typedef struct {
    uint32_t start, end; /* bytes of the whole match */
    att_str trigger;     /* text of the TOPIC */
    const att_origin *origin;
} att_evidence;

typedef struct {
    att_str theme;         /* "cyber-threats/PRK" */
    att_str topic, actors; /* actors: codes with "+" between, or null */
    att_str label, role, modality;
    double score;
    bool document_topic;
    att_evidence *evidence;
    uint32_t evidence_count;
} att_theme;

/* How the text says it. X(enumerator, name) */
#define ATT_STATEMENT_KINDS(X)                                                                                                 \
    X(QUOTED, "quoted")                                                                                                        \
    X(REPORTED, "reported")                                                                                                    \
    X(SPOKEN, "spoken")
typedef enum {
#define X(id, name) ATT_STATEMENT_##id,
    ATT_STATEMENT_KINDS(X)
#undef X
        ATT_STATEMENT_KIND_COUNT
} att_statement_kind;
extern const char *const att_statement_kind_names[ATT_STATEMENT_KIND_COUNT];

/* What the text says that someone said. */
typedef struct {
    uint32_t start, end;                 /* bytes: what is said, without the marks of a quote */
    uint32_t entity;                     /* who says it */
    uint32_t official;                   /* his record: the last before it, else the first; ATT_NONE for none */
    const att_official *post;            /* that of the title which names him, where he has none in the text; or NULL */
    att_str body;                        /* the agency of either by name: the text's, else the rules'; or a null view */
    uint32_t speaker_start, speaker_end; /* bytes: the words that name him, "she" too; ATT_NONE where only the title does */
    att_statement_kind kind;
    att_str verb;            /* of the text, or null */
    att_strs topics, themes; /* of the document, with evidence in it */
    const att_origin *origin;
    uint32_t line;
} att_statement;

typedef struct {
    att_statement *items;
    uint32_t count, capacity;
} att_statements;
typedef struct {
    att_official *items;
    uint32_t count, capacity;
} att_officials;
typedef struct {
    att_theme *items;
    uint32_t count, capacity;
} att_themes;

/* Tokens. */
typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} att_token_numbers;

typedef struct att_document {
    att_arena *arena;
    att_trace *trace; /* NULL when nobody asks why */
    att_meter *meter; /* NULL when nobody measures */
    /* read */
    att_str id, source, title, date, origin, lang; /* null views when unknown */
    att_str duplicate_of;                          /* id of a document that came before with the same text; else a null view */
    att_str text;                                  /* with ATT_TEXT_PADDING behind it; < 4 GiB */
    bool well_formed;                              /* the text is known to be well-formed UTF-8 */
    uint32_t body;                                 /* bytes of front matter before the text proper */
    bool markdown;
    const char *error_code; /* why it could not be read, or NULL */
    att_str error_message;
    att_remarks remarks; /* "warnings" in the record */
    /* text */
    att_paragraphs paragraphs;
    att_zones zones;
    att_tokens tokens;
    att_stretches sentences, clauses;
    uint32_t *paragraph_of; /* by token */
    uint8_t *places;        /* by token: where it stands (cascade/scene.h) */
    /* names and rules */
    att_annotations annotations;
    att_code_set *named;    /* countries that names of lists stand for or belong to; NULL before the first stage */
    uint32_t unsettled;     /* bit set of layers with annotations that may have to give way to others, or others to them */
    bool dropped;           /* some may be ATT_DROPPED and still there */
    att_token_numbers gone; /* the first tokens of annotations that the scene shows and that were taken away since */
    struct att_document *headline;  /* the title that the text does not have (cascade/headline), or NULL */
    struct att_document *spoken_by; /* the same annotated as a document, where statements are asked for, or NULL */
    /* resolve */
    att_entities entities;
    att_strs countries; /* codes, sorted */
    att_officials officials;
    att_str home;     /* code of the state that the text is at home in, or a null view */
    att_str subject;  /* codes of the state or two that the title (resolve/subject) names: "KOR+USA" */
    att_str lead;     /* the one state of the first sentence where no title names one, else a null view */
    bool home_speaks; /* a title that is not in the text names officials of that state alone */
    att_themes themes;
    att_strs topics, views;    /* of the document */
    att_strs about;            /* codes of the countries that it is about, the main one first */
    att_statements statements; /* in text order, when they were asked for */
    bool speaks;               /* they are asked for, which is set before it is annotated */
} att_document;

/* An empty document on an arena that was reset. */
void att_document_clear(att_document *self, att_arena *arena);

/* Marks an annotation that goes when the others are sorted next. */
static inline void att_drop(att_document *self, att_annotation *annotation)
{
    annotation->state |= ATT_DROPPED;
    self->dropped = true;
}

/* The first of codes with "+" between, which is cut off `*rest`. */
att_str att_cut_code(att_str *rest);

/* Whether each of the wanted codes is among the others: "KOR" is in "JPN+KOR+USA", nothing but nothing in nothing. */
bool att_codes_hold(att_str codes, att_str wanted);

/* The record of who says it: that of the text, else that of the title; NULL for none. */
static inline const att_official *att_statement_record(const att_document *self, const att_statement *statement)
{
    return statement->official < self->officials.count ? &self->officials.items[statement->official] : statement->post;
}

/* The bytes of a token, which are those of its word type too. */
static inline att_str att_document_word(const att_document *self, uint32_t token)
{
    return att_str_slice(self->text, self->tokens.start[token], self->tokens.end[token]);
}

/* Whether the token is one of these bytes, by itself. */
static inline bool att_document_mark_in(const att_document *self, uint32_t token, const char *marks)
{
    const att_str word = att_document_word(self, token);
    return word.length == 1 && *word.data && strchr(marks, *word.data);
}

/* Copies `text` into the arena with its padding. */
void att_document_set_text(att_document *self, att_str text);

/* Whether the state that annotation `index` names only says where a place is: "in Bonn, Germany". They are in text order. */
bool att_document_tells_place(const att_document *self, uint32_t index);

void att_document_fail(att_document *self, const char *code, att_str message);
void att_document_remark(att_document *self, const char *code, att_str message, uint32_t start);

#endif

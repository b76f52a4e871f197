/* document.h - one document: its parts stand in the order in which the floors write them. Each floor writes its own part and
 * reads those above it.
 *
 * Owner   everything lies in `arena`, which is released as a whole when the next document comes; the document's own buffers
 *         are reused.
 */
#ifndef ATT_DOCUMENT_H
#define ATT_DOCUMENT_H

#include "model/annotation.h"
#include "model/code_set.h"
#include "model/meter.h"
#include "model/section.h"
#include "model/trace.h"

enum { ATT_TEXT_PADDING = 64 }; /* readable bytes after every document's text */

typedef struct {
    const char *code; /* "E012" */
    att_str message;
    uint32_t start; /* byte of the text that it refers to; ATT_NONE when none */
} att_remark;

typedef struct {
    att_remark *items;
    uint32_t count, capacity;
} att_remarks;

/* A thing that the document names, however often: one for each known entry, code or case-folded text. */
typedef struct {
    att_str id; /* "KOR", "usa-state", "e7" */
    uint16_t layer;
    uint8_t country_by;
    bool unnamed;    /* no rule knows it: its id is a running number */
    att_str name;    /* the name of the entry, else the longest in the document */
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

/* A person in one office or with one title. */
typedef struct {
    uint32_t entity;                    /* of the PERSON */
    att_str name, title;                /* the fullest forms in the document */
    att_str agency;                     /* text of the document, or null */
    att_str agency_id, country, office; /* null when unknown */
    att_str status;                     /* current, acting, former, designate, or null for a document without date */
    bool undated;                       /* the holder was chosen without knowing the document's date */
    uint32_t start, end;                /* bytes: the first mention */
    const att_origin *origin;
    uint32_t line;
} att_official;

/* One place in the text that supports a theme. */
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

/* How the text presents a statement. X(enumerator, name) */
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

/* A statement: what someone said according to the text. */
typedef struct {
    uint32_t start, end;      /* bytes: the words said, without quotation marks */
    uint32_t entity;          /* who says it */
    uint32_t official;        /* the speaker's record: the last before the statement, else the first; ATT_NONE for none */
    const att_official *post; /* the record of the title that names the speaker, when the text has no record of him; or NULL */
    att_str body;             /* the name of the speaker's agency, from the text or else from the rules; or a null view */
    uint32_t speaker_start,
        speaker_end; /* bytes: the words that name the speaker, "she" too; ATT_NONE when only the title does */
    att_statement_kind kind;
    att_str verb;            /* a word of the text, or null */
    att_strs topics, themes; /* those of the document that have evidence within the statement */
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
    att_trace *trace; /* set when `explain` wants to know why, else NULL */
    att_meter *meter; /* set when `profile` measures, else NULL */
    /* read */
    att_str id, source, title, date, origin, lang; /* null views when unknown */
    att_str duplicate_of;                          /* id of an earlier document with the same text, else a null view */
    att_str text;                                  /* followed by ATT_TEXT_PADDING bytes; < 4 GiB */
    bool well_formed;                              /* the text is known to be well-formed UTF-8 */
    uint32_t body;                                 /* length of the front matter before the text proper, in bytes */
    bool markdown;
    const char *error_code; /* why the document could not be read, or NULL */
    att_str error_message;
    att_remarks remarks; /* "warnings" in the record */
    /* text */
    att_paragraphs paragraphs;
    att_zones zones;
    att_quotes quotes; /* in text order; they never overlap */
    att_tokens tokens;
    att_stretches sentences, clauses;
    uint32_t *paragraph_of; /* by token */
    uint8_t *places;        /* by token: its place, as bits (cascade/scene.h) */
    /* names and rules */
    att_annotations annotations;
    att_code_set *named;    /* countries that known names stand for or belong to; NULL before the first stage */
    uint32_t unsettled;     /* bit set of layers whose annotations may still have to give way to others, or others to them */
    bool dropped;           /* some annotations may be ATT_DROPPED but not yet removed */
    att_token_numbers gone; /* first tokens of annotations that the scene shows but that were removed since */
    struct att_document *headline;  /* the title, if given apart from the text (cascade/headline), or NULL */
    struct att_document *spoken_by; /* the same title annotated as a document when statements are wanted, or NULL */
    /* resolve */
    att_entities entities;
    att_strs countries; /* codes, sorted */
    att_officials officials;
    att_str home;     /* code of the state that the text is at home in (resolve/home), or a null view */
    att_str subject;  /* codes of the one or two states that the title names (resolve/subject): "KOR+USA" */
    att_str lead;     /* the only state in the first sentence, when no title names one; else a null view */
    bool home_speaks; /* a title apart from the text names officials of that state only */
    att_themes themes;
    att_strs topics, views;    /* of the document */
    att_strs about;            /* codes of the countries that the document is about, the main one first */
    att_statements statements; /* in text order; only when asked for */
    bool speaks;               /* statements are wanted; set before annotating */
} att_document;

/* Makes an empty document on an arena that was just reset. */
void att_document_clear(att_document *self, att_arena *arena);

/* Marks an annotation to be removed when the annotations are next sorted. */
static inline void att_drop(att_document *self, att_annotation *annotation)
{
    annotation->state |= ATT_DROPPED;
    self->dropped = true;
}

/* Cuts the first code off `*rest`, a text such as "KOR+USA", and returns it. */
att_str att_cut_code(att_str *rest);

/* Whether `codes` contains each of the wanted codes: "JPN+KOR+USA" contains "KOR". An empty `codes` contains only an empty
 * `wanted`. */
bool att_codes_hold(att_str codes, att_str wanted);

/* The record of the speaker: from the text, else from the title; NULL for none. */
static inline const att_official *att_statement_record(const att_document *self, const att_statement *statement)
{
    return statement->official < self->officials.count ? &self->officials.items[statement->official] : statement->post;
}

/* The bytes of a token; its word type has the same. */
static inline att_str att_document_word(const att_document *self, uint32_t token)
{
    return att_str_slice(self->text, self->tokens.start[token], self->tokens.end[token]);
}

/* The token before one of `links` (NULL at their end) that stands before the token, with or without "the": "spy" for Israel in
 * "a spy of Israel". ATT_NONE where none stands there. */
static inline uint32_t att_document_linked(const att_document *self, uint32_t token, const char *const *links)
{
    if (token > 2 && att_str_is(att_document_word(self, token - 1), "the")) token--;
    return token >= 2 && att_str_is_any(att_document_word(self, token - 1), links) ? token - 2 : (uint32_t)ATT_NONE;
}

/* Whether the token is a single byte out of `marks`. */
static inline bool att_document_mark_in(const att_document *self, uint32_t token, const char *marks)
{
    const att_str word = att_document_word(self, token);
    return word.length == 1 && *word.data && strchr(marks, *word.data);
}

/* The paragraph of the text that is its title, once it is split; NULL for none. */
const att_paragraph *att_document_title(const att_document *self);

/* What words of the text say, which begin with a token: in Markdown without the marks of emphasis, which are no tokens. Other
 * words as they are. Eight bytes behind it can be read. */
att_str att_document_said(const att_document *self, att_str words);

/* Copies `text` and its padding into the arena. */
void att_document_set_text(att_document *self, att_str text);

/* Whether the state named by annotation `index` only says where a place is: "in Bonn, Germany". Annotations must be in text
 * order. */
bool att_document_tells_place(const att_document *self, uint32_t index);

/* Makes an error document of it: the record will have this code and message. A later call replaces them. */
void att_document_fail(att_document *self, const char *code, att_str message);
/* Adds a warning to the record; `start` is the byte of the text that it is about, or ATT_NONE. */
void att_document_remark(att_document *self, const char *code, att_str message, uint32_t start);

#endif

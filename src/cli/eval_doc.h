/* eval_doc.h - documents as `attache eval` compares them: what gold says, or what was found.
 *
 * Units   spans are code points of the text, end exclusive.
 * Owner   a pool; strings end with a NUL.
 * Shape   from JSON Lines (the gold form or attache's records), CoNLL/IOB2 or brat; from a file or
 *         standard input ("-"), compressed with gzip or not; brat from a folder or an .ann file.
 */
#ifndef ATT_CLI_EVAL_DOC_H
#define ATT_CLI_EVAL_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/pool.h"

typedef struct {
    const char **items;
    size_t count, capacity;
} eval_words;

typedef struct {
    uint32_t start, end;
    const char *type;
    const char *code;  /* NULL when none is given */
    const char *rule;  /* who found it; NULL in gold */
    const char *words; /* what brat's line says that stands there, or NULL */
    eval_words also;   /* types that are as right as `type` */
} eval_span;

typedef struct {
    eval_span *items;
    size_t count, capacity;
} eval_spans;

typedef struct {
    const char *name, *title, *agency, *country; /* NULL when none */
    const char *rule;                            /* NULL in gold */
} eval_official;

typedef struct {
    eval_official *items;
    size_t count, capacity;
} eval_officials;

/* Something said of the whole document, with what bears it out. */
typedef struct {
    const char *text;         /* "trade", "trade@KOR", "KOR" */
    const char *quote, *rule; /* NULL when not known */
} eval_claim;

typedef struct {
    eval_claim *items;
    size_t count, capacity;
} eval_claims;

typedef struct {
    const char *id, *source, *title, *date, *origin;
    const char *text; /* NULL when it is not known */
    size_t length;    /* bytes of it */
    eval_spans spans;
    eval_spans ignored; /* neither right nor wrong */
    bool whole;         /* has the columns that follow, be they empty: it is of the house's gold form, or a record */
    eval_officials officials;
    eval_claims topics, pairs, countries; /* pairs: "topic@ACTOR" */
    bool has_about;
    eval_claims about;
} eval_doc;

typedef struct {
    eval_doc *items;
    size_t count, capacity;
    const eval_doc **by_id;
} eval_docs;

/* Reads all documents of `path`. False after it told on standard error what is wrong. */
bool eval_docs_read(eval_docs *self, cli_pool *pool, const char *path);

/* The document of that id, or NULL. */
const eval_doc *eval_docs_find(const eval_docs *self, const char *id);

/* One line of JSON: a gold document or a record of attache's. False with `*why`: it is none. */
bool eval_doc_from_json(eval_doc *self, cli_pool *pool, const char *line, size_t length, const char **why);

/* CoNLL columns, the token in the first and the tag in the last. `*why` as above, `*line` says where. */
bool eval_docs_from_conll(eval_docs *self, cli_pool *pool, const char *bytes, size_t size, const char **why, size_t *line);

/* brat's standoff for the text, which the document has already. */
bool eval_doc_from_brat(eval_doc *self, cli_pool *pool, const char *bytes, size_t size, const char **why, size_t *line);

/* What is wrong where a span reaches over the end of the text, if that is known; else NULL. */
const char *eval_doc_misplaced(const eval_doc *self, cli_pool *pool);

/* The byte of a text at which a code point stands; its length behind the end. */
size_t eval_byte_of(const char *text, size_t length, uint32_t code_point);

/* Bytes of the white space, Unicode's too, at `text`; 0 when there is none. */
size_t eval_blank_at(const char *text);

void eval_words_add(eval_words *self, cli_pool *pool, const char *word);

#endif

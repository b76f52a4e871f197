/* section.h - the parts of a text larger than a token: paragraphs, zones, sentences, clauses.
 *
 * Shape   arrays in text order. Bytes refer to the original text, tokens to the token stream.
 * Owner   the document's arena.
 */
#ifndef ATT_SECTION_H
#define ATT_SECTION_H

#include "model/token.h"

/* X(enumerator, name) */
#define ATT_ZONES(X)                                                                                                           \
    X(BODY, "body")                                                                                                            \
    X(TITLE, "title")                                                                                                          \
    X(BOILERPLATE, "boilerplate")                                                                                              \
    X(METADATA, "metadata")                                                                                                    \
    X(DATELINE, "dateline")                                                                                                    \
    X(QUOTE, "quote")

typedef enum {
#define X(id, name) ATT_ZONE_##id,
    ATT_ZONES(X)
#undef X
        ATT_ZONE_COUNT
} att_zone_kind;

extern const char *const att_zone_names[ATT_ZONE_COUNT];

typedef struct {
    uint32_t start, end;    /* bytes, without white space at both ends */
    att_token_range tokens; /* none in metadata */
    att_zone_kind kind;     /* body, title, boilerplate or metadata */
} att_paragraph;

/* A part of a paragraph that is a zone of its own: a dateline, or a quote without its quotation marks. */
typedef struct {
    uint32_t start, end; /* bytes */
    att_zone_kind kind;
} att_zone;

/* Text in quotation marks. */
typedef struct {
    uint32_t open;  /* token of the opening mark; the quoted words follow it */
    uint32_t close; /* token of the closing mark, or the end of the paragraph when there is none */
    bool taken;     /* set when the quote was given to a speaker */
} att_quote;

/* A sentence or a clause. */
typedef struct {
    att_token_range tokens;
    uint32_t paragraph;
} att_stretch;

typedef struct {
    att_paragraph *items;
    uint32_t count, capacity;
} att_paragraphs;
typedef struct {
    att_zone *items;
    uint32_t count, capacity;
} att_zones;
typedef struct {
    att_quote *items;
    uint32_t count, capacity;
} att_quotes;
typedef struct {
    att_stretch *items;
    uint32_t count, capacity;
} att_stretches;

/* The index of the stretch that contains token `token`; every token is in exactly one. */
uint32_t att_stretches_at(const att_stretches *self, uint32_t token);

#endif

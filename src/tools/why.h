/* why.h - what `explain` says about a document, ready to be written in one format or another.
 *
 * Owner   the document's arena.
 */
#ifndef ATT_WHY_H
#define ATT_WHY_H

#include "cascade/trace_record.h"
#include "engine/engine.h"
#include "write/offsets.h"

/* A span and the line of a rule that spoke for it. */
typedef struct {
    att_str layer, text;
    uint32_t byte_start, byte_end, start, end; /* start, end: code points */
    att_str rule, path, line_text;             /* null when no rule made it */
    uint32_t line;
} att_why_span;

typedef struct {
    att_str name, value;
    bool bare; /* a number or truth value */
} att_why_field;

typedef struct {
    att_str name, begins_with; /* begins_with: layers of the annotation met there, or null */
    att_why_span span;
} att_why_capture;

/* A context, a region or one comparison of a `where` line. */
typedef struct {
    const char *kind; /* "context", "where" */
    att_str text;     /* as the rule says it */
    bool holds;
    att_str values; /* "role is null", or null */
} att_why_test;

typedef struct {
    att_why_span loser, winner;
    bool has_winner;
    att_loss why;
    uint32_t loser_words, winner_words; /* 0 when not known */
} att_why_lost;

typedef struct {
    att_why_field *items;
    uint32_t count, capacity;
} att_why_fields;
typedef struct {
    att_why_capture *items;
    uint32_t count, capacity;
} att_why_captures;
typedef struct {
    att_why_test *items;
    uint32_t count, capacity;
} att_why_tests;
typedef struct {
    att_why_lost *items;
    uint32_t count, capacity;
} att_why_losts;

typedef struct {
    att_why_span span;
    att_why_fields fields;
    att_why_captures captures;
    att_why_tests tests;
    const char *country_by;    /* or NULL */
    att_why_span country_from; /* the mention that gave it; layer null when none did */
    const char *settled_by;    /* "inside", "mention", "default", "state", or NULL */
    att_why_span settled_from;
    att_why_fields entity; /* id, name, mentions; empty when there is none */
    att_why_fields record; /* of the OFFICIAL or THEME that it is a part of */
    att_why_losts beat;
} att_why;

/* Why a rule made nothing (why_not.h), one line each. */
typedef struct {
    att_str text;    /* "reached 2 words: …" */
    att_place place; /* in the rule file; source NULL for none */
    att_why_span at; /* in the document; text null for none */
} att_why_note;

typedef struct {
    const att_engine *engine;
    att_document *doc;
    att_trace_record *record;
    att_offsets offsets;
    bool placed;
    uint32_t byte_start, byte_end; /* the place asked about, or the whole text */
    uint32_t start, end;
    struct {
        att_why *items;
        uint32_t count, capacity;
    } annotations;
    att_why_losts lost; /* that are in no `beat` */
    att_str rule;       /* asked about; null when none was */
    struct {
        att_why_note *items;
        uint32_t count, capacity;
    } notes;
} att_whys;

/* The span of an annotation with the line of its rule; a span of bytes without a rule. */
att_why_span att_why_span_of(const att_whys *self, const att_annotation *annotation);
att_why_span att_why_span_at(const att_whys *self, uint32_t byte_start, uint32_t byte_end);

/* The tests of a candidate of a rule: contexts, then comparisons, each with what it saw. */
void att_why_test_all(const att_whys *self, const att_found *found, uint32_t stage, att_why_tests *out);

/* What a lost candidate was, and what won. */
att_why_lost att_why_lost_of(const att_whys *self, const att_lost *lost);

/* Writes all into `out`. */
void att_whys_write_text(const att_whys *self, att_buf *out);
void att_whys_write_json(const att_whys *self, att_buf *out);

#endif

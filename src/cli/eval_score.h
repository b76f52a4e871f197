/* eval_score.h - gold against what was found, document by document: counts, figures, intervals, misses.
 *
 * Shape   eval_score_begin, eval_score_add for each gold document, eval_score_end; then the results are read.
 * Owner   the score's pool; what the results show is copied there, so documents may go as soon as they were added.
 */
#ifndef ATT_CLI_EVAL_SCORE_H
#define ATT_CLI_EVAL_SCORE_H

#include "cli/eval_views.h"

typedef struct {
    size_t right, gold, found;
} eval_counts;

typedef struct {
    double precision, recall, f1;
} eval_rate;

/* One figure of the table. */
typedef struct {
    const char *name;
    bool shown, is_type;
    eval_counts total;
    eval_rate strict, span, overlap; /* the last two of types and mentions only */
    double low, high;                /* 95 % of the strict F1, by 500 bootstrap samples of documents */
} eval_measure;

/* A fact of one side that the other lacks. */
typedef struct {
    const char *doc, *measure;
    bool spurious; /* found, not in gold */
    bool placed;
    uint32_t start, end; /* when placed */
    const char *before, *text, *after;
    const char *rule, *quote; /* or NULL */
    eval_words instead;       /* what the other side has there */
} eval_miss;

typedef struct {
    eval_miss *items;
    size_t count, capacity;
} eval_misses;

/* Mentions by what they have in common. */
typedef struct {
    const char *name;
    eval_counts counts;
    /* by type, of gold: the same place with another type, a place that overlaps with the same or another type, nothing */
    size_t other_type, other_bounds, other_both, missed;
} eval_group;

typedef struct {
    eval_group *items;
    size_t count, capacity;
} eval_groups;

typedef enum { EVAL_BY_NOTHING, EVAL_BY_RULE, EVAL_BY_SOURCE, EVAL_BY_TYPE } eval_by;

typedef struct {
    const char *misses; /* the measure or type to list misses of; "" for mentions and records; NULL for none */
    eval_by by;
    const eval_map *map;
    bool codes; /* gold has codes of spans */
    bool whole; /* gold has records beside spans */
    bool about; /* gold says what documents are about */
} eval_plan;

typedef struct {
    eval_plan plan;
    eval_types types;
    cli_pool pool;
    eval_measure measures[EVAL_MAX_MEASURES];
    eval_views views[EVAL_MAX_TYPES];
    struct {
        eval_counts **items; /* EVAL_MAX_MEASURES for each document */
        size_t count, capacity;
    } rows;
    size_t documents, missing, other;
    eval_misses misses;
    eval_groups groups;
} eval_score;

void eval_score_begin(eval_score *self, const eval_types *types, const eval_plan *plan);

/* `found` NULL: nothing was found in it. */
void eval_score_add(eval_score *self, const eval_doc *gold, const eval_doc *found);
void eval_score_end(eval_score *self);
void eval_score_clear(eval_score *self);

eval_rate eval_rate_of(eval_counts counts);

#endif

/* eval_facts.h - what a document claims, measure by measure, in a form that two documents can be compared by.
 *
 * Shape   a fact is a key; keys of one measure are equal when the claims are. Sorted by key.
 * Measures of the house's gold form, beside one for each type: mentions (span and type), boundaries (span alone), codes
 *         (countries' and demonyms' span, type and code), countries, officials (whole record, and by parts of it), topics,
 *         themes (topic and actor). `about` where gold has it. Texts of officials are compared without case, articles and the
 *         kinds of apostrophes; an agency without the country before it.
 */
#ifndef ATT_CLI_EVAL_FACTS_H
#define ATT_CLI_EVAL_FACTS_H

#include "cli/eval_doc.h"

/* X(enumerator, name) */
#define EVAL_MEASURES(X)                                                                                                       \
    X(MENTIONS, "mentions")                                                                                                    \
    X(BOUNDARIES, "boundaries")                                                                                                \
    X(CODES, "codes")                                                                                                          \
    X(COUNTRIES, "countries")                                                                                                  \
    X(NAME, "officials-name")                                                                                                  \
    X(NAME_TITLE, "officials-name-title")                                                                                      \
    X(NAME_COUNTRY, "officials-name-country")                                                                                  \
    X(OFFICIALS, "officials")                                                                                                  \
    X(TOPICS, "topics")                                                                                                        \
    X(THEMES, "themes")                                                                                                        \
    X(ABOUT, "about")
enum {
#define X(id, name) EVAL_##id,
    EVAL_MEASURES(X)
#undef X
        EVAL_FIXED_COUNT,
    EVAL_MAX_TYPES = 64,
    EVAL_MAX_MEASURES = EVAL_FIXED_COUNT + EVAL_MAX_TYPES
};

/* The types of gold; type t is measure EVAL_FIXED_COUNT + t. */
typedef struct {
    const char *names[EVAL_MAX_TYPES];
    bool hidden[EVAL_MAX_TYPES]; /* takes part, but is not scored */
    size_t count;
} eval_types;

/* The number of a type, or types->count. */
size_t eval_type_find(const eval_types *types, const char *name);

/* The types of the house's gold form, in its order; NULL past the end. */
const char *eval_house_type(size_t index);

/* Names of measures, then of house types, NULL past the end. */
const char *eval_measure_name(size_t index);

typedef struct {
    const char *key;
    const char *show; /* for people; NULL of a span */
    const char *quote, *rule;
    const eval_span *span; /* or NULL */
} eval_fact;

typedef struct {
    eval_fact *items;
    size_t count, capacity;
} eval_fact_list;

typedef struct {
    eval_fact_list lists[EVAL_MAX_MEASURES];
} eval_facts;

/* What makes comparing depend on the gold document: its country names, and whose document it is. */
typedef struct {
    eval_words nations; /* folded, longest first */
    const char *own;    /* pairs with it count neither way; or NULL */
} eval_frame;

eval_frame eval_frame_of(const eval_doc *gold, cli_pool *pool);

/* The facts of `doc`, with `spans` in the place of its own. */
void eval_facts_of(eval_facts *self, const eval_doc *doc, const eval_spans *spans, const eval_frame *frame,
                   const eval_types *types, cli_pool *pool);

/* How many facts of two lists are equal, one to one. */
size_t eval_facts_common(const eval_fact_list *left, const eval_fact_list *right);

#endif

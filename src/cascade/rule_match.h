/* rule_match.h - runs one program from one token: where a match can end and what its captures are.
 *
 * Ways are tried in written order: earlier alternatives, greedy repeats, lazy gaps, longer phrases and annotations come
 * first. No pair of step and token is tried twice, so the work is bounded by steps times tokens, and each end has the
 * bindings of the first way that reached it.
 */
#ifndef ATT_RULE_MATCH_H
#define ATT_RULE_MATCH_H

#include "cascade/gates.h"
#include "cascade/rule_compile.h"

enum { ATT_LONGEST_MATCH = 256 /* tokens */, ATT_MOST_BINDINGS = 64, ATT_MOST_VARIANTS = 16 };

typedef struct {
    uint32_t capture;
    uint32_t first, last;             /* tokens, last exclusive */
    const att_annotation *annotation; /* the annotation that the capture begins with, or NULL */
    const att_pattern *node;          /* the element of the pattern that matched it */
} att_binding;

/* A place where a match can end. */
typedef struct {
    uint32_t end;      /* the token after it, or for a backward match its first token */
    uint32_t trail;    /* for att_match_bindings */
    uint32_t literals; /* tokens that the rule or a list names literally */
} att_match_end;

typedef struct {
    uint16_t step;
    bool sealed; /* it is in a gap at the end of a sentence and may take no further token */
    uint32_t token, trail, literals;
} att_thread;

typedef struct {
    uint32_t before; /* the mark before, or ATT_NONE */
    uint32_t token;
    const att_step *step;
    const att_annotation *annotation;
} att_trail_mark;

/* What every step of a match looks at, kept together. */
typedef struct {
    const att_step *steps;
    const att_spot *spots;
    const uint64_t *glances;
    const uint64_t *layers; /* att_aheads.layers */
    uint32_t edge;          /* the end of the paragraph that the program runs towards */
    bool context;
    bool back; /* the token before a boundary is looked at, not the one after it */
} att_match_view;

typedef struct att_matcher_table att_matcher;
struct att_matcher_table {
    att_scene *scene;
    const att_predicates *predicates;
    att_arena *arena;
    att_matcher *inner; /* runs callees; NULL until one is called */
    bool called;        /* it runs a callee: ends stay in the order in which they are reached */
    struct {
        att_thread *items;
        uint32_t count, capacity;
        uint32_t pushed; /* in the current match */
    } threads;
    struct {
        att_trail_mark *items;
        uint32_t count, capacity;
    } trail;
    struct {
        att_match_end *items;
        uint32_t count, capacity;
    } ends; /* ends of the last match, longest first unless it runs a callee */
    struct {
        uint64_t *keys;
        uint32_t slots, used;
        uint64_t match; /* number of the current match: keys of earlier ones count as free */
    } visited;
    att_match_view view;
    /* of the current match */
    const att_program *program;
    uint32_t start;
    att_token_range limits; /* of its paragraph */
    bool behind;            /* part of the match lies before its start */
    bool going;             /* the current step goes on: to `next` */
    att_thread next;
};

/* Makes a matcher for the scene, which must outlive it; what it needs goes to the scene's arena. */
void att_matcher_init(att_matcher *self, att_scene *scene, const att_predicates *predicates);

/* Runs a program from token boundary `at`; fills self->ends and returns how many there are. Until the next call. A context
 * starts at an edge of the candidate; `at` then may be its paragraph's end. `paragraph` holds the candidate. */
uint32_t att_match(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph);

/* Whether a forward program has an end at all from boundary `at`; `met`: its first step is known to end there. */
bool att_goes_on(att_matcher *self, const att_program *program, bool met, uint32_t at, att_token_range paragraph);

/* Whether what stands at boundary `at`, where the first step of a forward program ends, is what may come behind it. */
bool att_may_go_on(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph);

/* The captures of an end, in the order in which they begin. */
uint32_t att_match_bindings(const att_matcher *self, const att_match_end *end, att_binding bindings[ATT_MOST_BINDINGS]);

/* Whether a pattern node of kind LAYER accepts the annotation. */
bool att_layer_accepts(const att_pattern *node, const att_annotation *annotation);

/* Where the words of `node` end when they start at token `first`; ATT_NONE when they do not stand there. */
uint32_t att_match_words(const att_scene *scene, const att_pattern *node, uint32_t first, uint32_t limit);

#endif

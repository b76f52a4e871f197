/* rule_match.h - one program from one token: where it can end, and what its captures are.
 *
 * The first way in written order comes first (earlier alternative, greedy repeats, lazy gaps, longer phrases and annotations),
 * and no pair of step and token is tried twice, so the work is bounded by steps times tokens and every end has the bindings of
 * its first way.
 */
#ifndef ATT_RULE_MATCH_H
#define ATT_RULE_MATCH_H

#include "cascade/gates.h"
#include "cascade/rule_compile.h"

enum { ATT_LONGEST_MATCH = 256 /* tokens */, ATT_MOST_BINDINGS = 64, ATT_MOST_VARIANTS = 16 };

typedef struct {
    uint32_t capture;
    uint32_t first, last;             /* tokens, last exclusive */
    const att_annotation *annotation; /* the one that the capture begins with, or NULL */
    const att_pattern *node;          /* that met it */
} att_binding;

/* One end of a match. */
typedef struct {
    uint32_t end;      /* the token behind it, or the first one of a backward match */
    uint32_t trail;    /* for att_match_bindings */
    uint32_t literals; /* tokens that the rule or a list names */
} att_match_end;

typedef struct {
    uint16_t step;
    bool sealed; /* a gap stands at the end of its sentence: no further token */
    uint32_t token, trail, literals;
} att_thread;

typedef struct {
    uint32_t before; /* the mark before, or ATT_NONE */
    uint32_t token;
    const att_step *step;
    const att_annotation *annotation;
} att_trail_mark;

/* What is looked at again and again in a match, in one place. */
typedef struct {
    const att_step *steps;
    const att_spot *spots;
    const uint64_t *glances;
    uint32_t edge; /* the end of the paragraph that the program runs towards */
    bool context;
    bool back; /* the token before a boundary is asked, not the one behind it */
} att_match_view;

typedef struct att_matcher_table att_matcher;
struct att_matcher_table {
    att_scene *scene;
    const att_predicates *predicates;
    att_arena *arena;
    att_matcher *inner; /* for what is called; NULL until then */
    bool called;        /* it runs a callee: ends stay in the order in which the program comes to them */
    struct {
        att_thread *items;
        uint32_t count, capacity;
        uint32_t pushed; /* in the match at hand */
    } threads;
    struct {
        att_trail_mark *items;
        uint32_t count, capacity;
    } trail;
    struct {
        att_match_end *items;
        uint32_t count, capacity;
    } ends; /* of the last match, longest first unless it was called */
    struct {
        uint64_t *keys;
        uint32_t slots, used;
        uint64_t match; /* counts them: keys of those before are free */
    } visited;
    att_match_view view;
    /* of the match at hand */
    const att_program *program;
    uint32_t start;
    att_token_range limits; /* of its paragraph */
    bool behind;            /* something that belongs to the match stands before its start */
    bool going;             /* the step at hand found a way on, which is `next` */
    att_thread next;
};

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

/* Where the words of `node` end that start at token `first`, or ATT_NONE. */
uint32_t att_match_words(const att_scene *scene, const att_pattern *node, uint32_t first, uint32_t limit);

#endif

/* rule_compile.h - patterns compiled to programs: lists of steps that a matcher follows, forwards or backwards.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_RULE_COMPILE_H
#define ATT_RULE_COMPILE_H

#include "cascade/predicates.h"

typedef enum {
    ATT_STEP_TOKEN, /* one token for which predicate `number` holds */
    ATT_STEP_WORD,  /* the single word of `node`; `number` is that word */
    ATT_STEP_WORDS, /* the words of `node` */
    ATT_STEP_LIST,  /* a phrase of list `number` */
    ATT_STEP_LAYER, /* a whole annotation, as `node` describes it */
    ATT_STEP_GAP,   /* up to `number` tokens of one sentence, as few as possible */
    ATT_STEP_CALL,  /* whatever callee `number` matches */
    ATT_STEP_BACK,  /* backwards only: up to `number` tokens of any kind */
    ATT_STEP_SPLIT, /* try step `number` first, then step `next` */
    ATT_STEP_JUMP,  /* go to step `number`; only while a program is made */
    ATT_STEP_OPEN,  /* capture `number` begins */
    ATT_STEP_CLOSE,
    ATT_STEP_ACCEPT
} att_step_kind;

enum {
    ATT_STEP_LITERAL = 1, /* its tokens are words that the rule or a list names literally */
    ATT_STEP_JOINT = 2,   /* several ways lead here: at each token the step is taken only once */
    ATT_STEP_EXACT = 4,   /* of WORD: `number` is an exact form */
    ATT_STEP_EDGE = 8     /* of TOKEN: its set holds at the edge of a paragraph, where there is no word */
};

typedef struct att_program_step {
    uint8_t kind;
    uint8_t traits; /* ATT_STEP_LITERAL and the like */
    uint16_t next;  /* the step after it */
    uint32_t number;
    uint32_t node;          /* index into att_predicates.nodes */
    uint16_t layers, names; /* these two and `words`: as in att_ahead, of what must stand at the token where a way reaches this
                               step; else the way ends */
    uint64_t words;
} att_step;

_Static_assert(sizeof(att_step) == 24, "there are very many steps");

typedef struct {
    const att_step *steps;
    uint32_t count;
    bool backwards;
    bool captures; /* it has captures */
    bool context;  /* may match the edge of the paragraph */
} att_program;

enum { ATT_MOST_STEPS = 1 << 14 };

/* A large part that many patterns share, such as a phrase, compiled as a program of its own. It always takes at least one
 * token, has no captures and no gap. */
typedef struct {
    att_program program;
    const att_step *firsts; /* the steps that can take its first token; only while rules are compiled */
    uint32_t first_count;
} att_callee;

typedef struct att_callee_table {
    att_map keys; /* the parts; only while rules are compiled */
    att_callee *items;
    uint32_t count, capacity;
} att_callees;

/* A compiled rule. */
typedef struct {
    att_program main;
    att_program *contexts;
    att_program *
        forwards; /* by context: a PRECEDED context with captures, as a forward program; NULL when no context is of that kind */
} att_rule_code;

/* CALLS: a program to run, parts of which may be callees. INLINED: a program only to be inspected by neighbour.h, which sees
 * more when nothing is a callee; its steps are valid until the next program is compiled. */
typedef enum { ATT_CALLS, ATT_INLINED } att_program_form;

/* Compiles a rule, if it has a pattern, into `self`, which must be zeroed. */
void att_rule_compile(att_rule_code *self, att_predicates *predicates, const att_rule *rule);

/* Compile a pattern or a context. A pattern that needs more than ATT_MOST_STEPS steps is a finding S022 at `place`. */
att_program att_compile_forward(att_predicates *predicates, const att_pattern *pattern, att_program_form form, att_place place);
att_program att_compile_context(att_predicates *predicates, const att_context *context, att_program_form form, att_place place);

/* A forward program of `nodes`, one after the other, without captures. */
att_program att_compile_suffix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count,
                               att_program_form form, att_place place);

/* A backward program of `nodes`, given in text order, with up to `words` tokens after them. */
att_program att_compile_prefix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count, uint32_t words,
                               att_program_form form, att_place place);

#endif

/* rule_compile.h - patterns as programs: a list of steps that a matcher walks, forwards or backwards.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_RULE_COMPILE_H
#define ATT_RULE_COMPILE_H

#include "cascade/predicates.h"

typedef enum {
    ATT_STEP_TOKEN, /* one token: predicate `number` */
    ATT_STEP_WORD,  /* the one word of `node`, which is `number` */
    ATT_STEP_WORDS, /* the words of `node` */
    ATT_STEP_LIST,  /* a phrase of list `number` */
    ATT_STEP_LAYER, /* a whole annotation as `node` says */
    ATT_STEP_GAP,   /* up to `number` tokens of one sentence, few rather than many */
    ATT_STEP_CALL,  /* all that callee `number` takes */
    ATT_STEP_BACK,  /* backwards only: up to `number` tokens, whatever they are */
    ATT_STEP_SPLIT, /* on at `number`, else at `next` */
    ATT_STEP_JUMP,  /* on at `number`; while a program is made */
    ATT_STEP_OPEN,  /* capture `number` begins */
    ATT_STEP_CLOSE,
    ATT_STEP_ACCEPT
} att_step_kind;

enum {
    ATT_STEP_LITERAL = 1, /* its tokens are words that the rule or a list names */
    ATT_STEP_JOINT = 2,   /* several ways lead here: from one token the step is gone on from once */
    ATT_STEP_EXACT = 4    /* of WORD: `number` is that of an exact form */
};

typedef struct att_program_step {
    uint8_t kind;
    uint8_t traits; /* ATT_STEP_LITERAL and so on */
    uint16_t next;  /* the step behind it */
    uint32_t number;
    uint32_t node;     /* index into att_predicates.nodes */
    uint32_t names;    /* as in att_ahead */
    att_glance glance; /* what must stand where a way comes to the step, or the way ends there */
} att_step;

typedef struct {
    const att_step *steps;
    uint32_t count;
    bool backwards;
    bool captures; /* binds something */
    bool context;  /* may see the paragraph's edge */
} att_program;

enum { ATT_MOST_STEPS = 1 << 14 };

/* A large part of patterns, such as a phrase that many rules name, as one program that theirs call. It takes a token, binds
 * nothing and has no gap. */
typedef struct {
    att_program program;
    const att_step *firsts; /* the steps that may take its first token */
    uint32_t first_count;
} att_callee;

typedef struct att_callee_table {
    att_map keys; /* the parts, while rules are compiled */
    att_callee *items;
    uint32_t count, capacity;
} att_callees;

/* A rule, compiled. */
typedef struct {
    att_program main;
    att_program contexts[ATT_MAX_CONTEXTS];
    att_program *forwards; /* by context: what stands before and binds, read as it is written; NULL where none does */
} att_rule_code;

/* CALLS: a program to be run, parts of which may be callees. INLINED: one to be looked at only, by neighbour.h, which sees more
 * where nothing is a callee; its steps are there until the next program is compiled. */
typedef enum { ATT_CALLS, ATT_INLINED } att_program_form;

/* Compiles a rule, where it has a pattern, into a zeroed code. */
void att_rule_compile(att_rule_code *self, att_predicates *predicates, const att_rule *rule);

/* Programs of a pattern; a pattern that needs more than ATT_MOST_STEPS is a finding S022 at `place`. */
att_program att_compile_forward(att_predicates *predicates, const att_pattern *pattern, att_program_form form, att_place place);
att_program att_compile_context(att_predicates *predicates, const att_context *context, att_program_form form, att_place place);

/* A forward program of `nodes`, one behind the other, that binds nothing. */
att_program att_compile_suffix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count,
                               att_program_form form, att_place place);

/* A backward program of `nodes`, which stand in this order in the text, with up to `words` tokens behind them. */
att_program att_compile_prefix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count, uint32_t words,
                               att_program_form form, att_place place);

#endif

/* ahead.h - what may stand where a way of a program goes on: a quick look that rules out most ways before they are taken.
 *
 * Shape   a step's look-ahead is the union of all that the steps that can take the next token ask for, or more. It never
 *         says no to a way that leads on.
 * Owner   the engine's arena.
 */
#ifndef ATT_AHEAD_H
#define ATT_AHEAD_H

#include "cascade/rule_ast.h"
#include "cascade/list_words.h"
#include "cascade/scene.h"

typedef struct {
    att_glance glance; /* what may stand there at all */
    uint32_t names;    /* where the glance lets too many words pass, an index into att_aheads.names, else 0: a token that has
                          none of its classes and layers must be one of these words */
} att_ahead;

/* Words that may stand there: two sets, since that of the large lists is the same for many steps. */
typedef struct {
    uint64_t *bits, *large_bits; /* never NULL; these and the masks as in an att_word_set */
    uint32_t mask, large_mask;
    uint32_t exact;  /* 1: some of them in their exact form */
    uint32_t unused; /* no gap, whose bytes would be any in compiled rules */
} att_ahead_names;

/* Those that were made. */
typedef struct {
    struct {
        att_map keys; /* what each is made of, as bytes: its number is the item's */
        att_ahead *items;
        uint32_t count, capacity;
    } made; /* while rules are compiled: equal ones are one */
    struct {
        att_ahead_names *items;
        uint32_t count, capacity;
    } names; /* from 1 on */
} att_aheads;

/* Collects what all steps ask for that can take the next token. */
typedef struct {
    const att_lexicon *lexicon;
    const att_list_words *lists;
    const uint32_t *regex_begins; /* by regex: bits of the bytes that its words begin with */
    att_aheads *made;
    bool backwards;
    bool unknown;                     /* anything may stand there */
    bool exact;                       /* some word in its exact form */
    uint32_t classes, layers, inside; /* classes: with bits of first bytes */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } words, list_numbers;
    att_buf key; /* of the one that is made */
    att_arena *arena;
} att_ahead_maker;

void att_ahead_add_test(att_ahead_maker *self, const att_test *test);
void att_ahead_add_words(att_ahead_maker *self, const att_pattern *node);
void att_ahead_add_list(att_ahead_maker *self, uint32_t list);

/* The look-ahead of all that was added; the maker is empty again. */
att_ahead att_ahead_make(att_ahead_maker *self);

/* Whether the token, or its part that comes first, is one of the words. */
bool att_ahead_has(const att_ahead_names *self, const att_scene *scene, uint32_t token, bool backwards);

#endif

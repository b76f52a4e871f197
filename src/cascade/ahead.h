/* ahead.h - what may stand where a way of a program goes on: a quick look that rules out most ways before they are taken.
 *
 * Shape   a step's look-ahead is the union of all that the steps that can take the next token ask for, or more. It never
 *         says no to a way that leads on.
 * Owner   the engine's arena.
 */
#ifndef ATT_AHEAD_H
#define ATT_AHEAD_H

#include "cascade/rule_ast.h"
#include "cascade/scene.h"

/* Numbers of words; may say yes to more than were put in. */
typedef struct {
    uint64_t *bits;
    uint32_t mask; /* bits less one; `bits` is NULL for the empty set */
} att_word_set;

/* By node of the lists' trie: its parent, and the norms of the first and of the last word on the way to it. */
typedef struct {
    uint32_t *parents, *first, *last;
} att_list_norms;

/* By list: the first and the last words of its phrases. */
typedef struct {
    att_word_set *first, *last;
} att_list_words;

/* An annotation of `layers` begins (ends, backwards) at most so many tokens on, on every way; no layers: not known. */
typedef struct {
    uint32_t layers, most;
} att_coming;

enum { ATT_FAR = 24 /* tokens that are looked through one by one */ };

typedef struct {
    bool anything;                    /* else one of these holds: */
    uint32_t classes;                 /* ATT_CLASS_*: the token has one of them, */
    uint32_t layers;                  /* or an annotation of these begins there (ends there, backwards), */
    uint32_t inside;                  /* or the token lies in one of these, */
    att_word_set words;               /* or it is one of these words, */
    const att_word_set *const *lists; /* or of these */
    uint32_t list_count;
    att_coming coming;
} att_ahead;

/* Those that were made: equal ones are one. */
typedef struct {
    att_map keys; /* each written out: its number is the item's */
    const att_ahead **items;
    uint32_t count, capacity;
} att_aheads;

/* All that is asked for so far. */
typedef struct {
    const att_list_words *lists;
    att_aheads *made;
    bool backwards, unknown; /* anything may stand there */
    uint32_t classes, layers, inside;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } words, list_numbers;
    att_buf key; /* room to write one out */
    att_arena *arena;
} att_ahead_maker;

att_list_norms att_list_norms_find(const att_names *names, att_arena *arena);

att_list_words att_list_words_make(const att_knowledge *knowledge, const att_list_norms *norms);

void att_ahead_add_test(att_ahead_maker *self, const att_test *test);
void att_ahead_add_words(att_ahead_maker *self, const att_pattern *node);
void att_ahead_add_list(att_ahead_maker *self, uint32_t list);

/* NULL when anything may stand there and come. Empties the maker. */
const att_ahead *att_ahead_make(att_ahead_maker *self, att_coming coming);

static inline bool att_word_set_has(const att_word_set *self, uint32_t word)
{
    return self->bits && self->bits[(word & self->mask) >> 6] >> (word & 63) & 1;
}

/* Whether the way may go on with the token, which stands behind boundary `at` (before it, backwards). `limit` is the last
 * boundary that it may come to. */
bool att_ahead_holds(const att_ahead *self, const att_scene *scene, uint32_t at, uint32_t limit);

#endif

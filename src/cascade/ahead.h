/* ahead.h - look-ahead of a program: which tokens may come next at a step, as a quick test that rules out most ways before
 * they are followed.
 *
 * Shape   a step's look-ahead covers everything that the steps after it can take, perhaps more. So it never rejects a way
 *         that leads on.
 * Owner   the engine's arena.
 */
#ifndef ATT_AHEAD_H
#define ATT_AHEAD_H

#include "cascade/rule_ast.h"
#include "cascade/list_words.h"
#include "cascade/scene.h"

/* A glance, and more. There are many, so the layers, of which few sets occur, are a number. */
typedef struct {
    uint64_t words;  /* of the glance; only its classes when there are `names` */
    uint16_t layers; /* index into att_aheads.layers */
    uint16_t names; /* index into att_aheads.names when the glance alone would let too many words pass, else 0: a token that has
                       none of the classes and layers must then be one of these words */
} att_ahead;

/* Words that may come next. Two sets, because the set of the large lists is the same for many steps. */
typedef struct {
    uint64_t glances;            /* the bits of all words of both sets, to rule out most others at once */
    uint64_t *bits, *large_bits; /* never NULL; bits and masks are those of an att_word_set */
    uint32_t mask;
    uint32_t large_mask : 31; /* words have no more bits */
    uint32_t exact : 1;       /* some of the words are meant in their exact form */
} att_ahead_names;

/* All look-aheads made so far. */
typedef struct {
    struct {
        att_map keys; /* the parts each was made of, as bytes; the number of a key is that of the item */
        att_ahead *items;
        uint32_t count, capacity;
    } made;             /* while rules are compiled: equal look-aheads are stored once */
    att_map layer_keys; /* while rules are compiled: the sets of layers, as bytes */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } layers; /* as att_glance_layers gives them; the first is the empty set */
    struct {
        att_ahead_names *items;
        uint32_t count, capacity;
    } names; /* from 1 on */
} att_aheads;

/* Collects what the steps that can take the next token ask for. */
typedef struct {
    const att_lexicon *lexicon;
    const att_list_words *lists;
    const uint32_t *regex_begins; /* by regex: bits of the first bytes of the words it can match */
    att_aheads *made;
    bool backwards;
    bool unknown;                     /* any token may come next */
    bool exact;                       /* some word is meant in its exact form */
    uint32_t classes, layers, inside; /* `classes` also holds the bits of first bytes */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } words, list_numbers;
    att_buf key; /* of the look-ahead being made */
    att_arena *arena;
} att_ahead_maker;

/* Makes an empty list of look-aheads; forgets what is needed only while more are made. */
void att_aheads_init(att_aheads *self, att_arena *arena);
void att_aheads_close(att_aheads *self);

/* The look-ahead that rejects nothing. */
static const att_ahead att_ahead_anything = { UINT64_MAX, 0, 0 };

/* Adds what may come next: a token that passes the test; the first word of a literal; a phrase of the list. */
void att_ahead_add_test(att_ahead_maker *self, const att_test *test);
void att_ahead_add_words(att_ahead_maker *self, const att_pattern *node);
void att_ahead_add_list(att_ahead_maker *self, uint32_t list);

/* Returns the look-ahead of all that was added, and empties the maker. */
att_ahead att_ahead_make(att_ahead_maker *self);

/* Whether the token (of a hyphenated word: the part that comes first in reading direction) is one of the words. */
bool att_ahead_has(const att_ahead_names *self, const att_scene *scene, uint32_t token, bool backwards);

#endif

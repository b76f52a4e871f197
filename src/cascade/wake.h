/* wake.h - which rules a word or an annotation wakes: each rule waits at the rarest element that every match of it has.
 *
 * Shape   an anchor is one such element with a backward program that finds the starts of the rule from it. A rule has several
 *         when its rarest element is a choice. Words lead to anchors by their norms, found once for each word type;
 *         annotations by their layer. So rules that do not wait for a word cost nothing where it stands.
 * Owner   the engine's arena.
 */
#ifndef ATT_WAKE_H
#define ATT_WAKE_H

#include "cascade/field_bits.h"
#include "cascade/gates.h"
#include "cascade/needs.h"
#include "cascade/neighbour.h"

/* What is asked where the gate is passed. */
typedef struct {
    att_gate gate;
    uint32_t rule;            /* index into att_rules.rules */
    uint32_t predicate;       /* of its element, plus one; 0 where that is not one token */
    uint32_t list;            /* its element, plus one; 0 where that is no list */
    uint32_t inside, outside; /* layers that must hold its token, and that must not: of the rule's `inside` and `not-inside` */
    uint8_t stage;
    bool direct;    /* the match starts at the anchor itself */
    bool whole;     /* the rule matches one annotation, its anchor, and nothing else */
    bool alone;     /* direct, of a word, and the rule's only anchor: the rule is never woken twice at one token */
    bool in_words;  /* its element is not the first word of a literal; it may be a part of a hyphenated word */
    bool unused[7]; /* no room is left between fields: compiled rules would keep what chance left there */
} att_hook;

/* What is asked of an anchor that waits for a word before any stage, when nothing is annotated yet. */
typedef struct {
    uint64_t behind, before; /* bits of words: what stands beside it has one of them; all where an annotation may do as well */
    uint8_t everywhere;      /* ATT_PLACE_* that its predicate asks for, and ATT_PLACE_NONE */
    uint8_t stage;
} att_door;

enum { ATT_ANCHOR = (1 << 23) - 1 /* anchors have numbers below it */ };

typedef struct {
    const att_pattern *element; /* what it waits for */
    att_needs after, before;    /* what every match needs on either side; after: behind the annotation that it waits for */
    att_program suffix; /* what every match has from the anchor on, which is tried before the rule; without steps where the
                           match starts at the anchor and that is a word */
    att_program prefix; /* backwards from the anchor's first token to the starts of matches */
    att_glance second;  /* what the second token before it may be, where the match has one before it */
} att_anchor;

typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} att_numbers;

/* A list that is waited for and has phrases that begin with the word at hand. */
typedef struct {
    uint32_t list;
    uint32_t caps; /* capitals, among the first 32 letters, that all of these phrases ask of it */
} att_list_start;

/* What a word of the rules wakes. */
typedef struct {
    att_numbers norm, exact;     /* anchors that wait for the word, and for its exact form */
    uint32_t start, start_count; /* of it in list_starts */
} att_word_wakes;

/* What some anchors wait for: any word that passes a test. */
typedef struct {
    uint32_t predicate;
    uint64_t bits; /* a word that passes it has one of them */
    att_numbers anchors;
} att_waking_test;

/* A rule that waits for annotations and asks something of the document: the bit of its layer that is open where that holds. */
typedef struct {
    uint64_t bit;
    uint32_t rule;
    uint8_t stage, layer;
} att_document_gate;

typedef struct {
    att_predicates *predicates;
    struct {
        att_anchor *items;
        uint32_t count, capacity;
    } anchors; /* by stage */
    struct {
        att_hook *items;
        uint32_t count, capacity;
    } hooks;         /* by anchor */
    att_door *doors; /* by anchor */
    uint32_t *words; /* by number of the word: index into word_wakes; 0 for one that wakes nothing */
    uint32_t word_count;
    struct {
        att_word_wakes *items;
        uint32_t count, capacity;
    } word_wakes; /* words that wake the same lists and nothing else have one */
    att_numbers *by_list;
    uint32_t list_count;
    struct {
        att_list_start *items;
        uint32_t count, capacity;
    } list_starts;
    att_gates (*by_layer)[ATT_MAX_LAYERS]; /* by stage */
    att_field_bits field_bits;
    struct {
        att_document_gate *items;
        uint32_t count, capacity;
    } of_document;
    struct {
        att_waking_test *items;
        uint32_t count, capacity;
    } tests;
    uint32_t letter_tests; /* the first so many are those that a word of ASCII letters may pass */
} att_waker;

/* Indexes all rules with a pattern. */
void att_waker_init(att_waker *self, att_predicates *predicates, const att_rules *rules, const att_list_glance *lists);

#endif

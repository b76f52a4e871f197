/* wake.h - the index that says which rules a word or an annotation wakes. Each rule waits at its anchor: the rarest element
 * that every match of it has.
 *
 * Shape   an anchor is such an element, with a backward program that finds from it where matches of the rule can start. A
 *         rule has several anchors when its rarest element is a choice. Words lead to anchors by their norms, worked out once
 *         for each word type; annotations lead to anchors by their layer. So a rule costs nothing where its anchor
 *         does not stand.
 * Owner   the engine's arena.
 */
#ifndef ATT_WAKE_H
#define ATT_WAKE_H

#include "cascade/field_bits.h"
#include "cascade/gates.h"
#include "cascade/needs.h"
#include "cascade/neighbour.h"

/* What is asked of an anchor once its gate is passed. */
typedef struct {
    att_gate gate;
    uint32_t rule;      /* index into att_rules.rules */
    uint32_t predicate; /* of its element, plus one; 0 when that is not a single token */
    uint32_t list;      /* the list that is its element, plus one; 0 when it is no list */
    uint32_t inside;    /* layers that must cover its token, and */
    uint32_t outside;   /* layers that must not: from the rule's `inside` and `not-inside` */
    bool direct;        /* the match starts at the anchor itself */
    bool whole;         /* the rule matches one annotation, its anchor, and nothing else */
    bool alone;    /* direct, waits for a word, and is the rule's only anchor: the rule is never woken twice at one token */
    bool in_words; /* its element is not the first word of a literal; it may be a part of a hyphenated word */
} att_hook;

_Static_assert(sizeof(att_hook) <= ATT_CACHE_LINE, "rule_find fetches two cache lines of a hook, and no more");

/* Bits of the words that may stand on either side of an anchor, or that do. */
typedef struct {
    uint64_t behind, before;
} att_beside;

/* What is asked of an anchor that waits for a word before the first stage runs, when nothing is annotated yet. */
typedef struct {
    uint16_t beside;    /* index into att_waker.besides: the neighbours must have one bit each; all bits are there when an
                           annotation could stand there instead */
    uint8_t everywhere; /* ATT_PLACE_* that its predicate requires, and ATT_PLACE_NONE */
    uint8_t stage;
} att_door;

enum { ATT_ANCHOR = (1 << 23) - 1 /* upper limit of anchor numbers */ };

typedef struct {
    const att_pattern *element; /* what it waits for */
    const att_needs *needs;     /* annotations that every match needs on either side, those behind it counted from behind the
                                   annotation that it waits for; NULL for none */
    att_program suffix; /* what every match has from the anchor on, tried before the whole rule; without steps when the match
                           starts at the anchor and the anchor is a word */
    att_program prefix; /* backwards from the anchor's first token to the starts of matches */
    att_glance second;  /* glance of the second token before it, when the match has one token before it */
} att_anchor;

_Static_assert(sizeof(att_anchor) <= ATT_CACHE_LINE, "rule_find fetches two cache lines of an anchor, and no more");

typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} att_numbers;

/* A list that anchors wait for and that has phrases beginning with the word in question. */
typedef struct {
    uint32_t list;
    uint32_t caps; /* capitals, among the first 32 letters, that all these phrases require in it */
} att_list_start;

/* What a word of the rules wakes. */
typedef struct {
    att_numbers norm, exact;     /* anchors that wait for the word in any case, and in its exact form */
    uint32_t start, start_count; /* its entries in list_starts */
} att_word_wakes;

/* Anchors that wait for any word that passes a test. */
typedef struct {
    uint32_t predicate;
    uint64_t bits; /* every word that passes it has one of these bits */
    att_numbers anchors;
} att_waking_test;

/* A rule that waits for annotations and asks something of the whole document. `bit` is the bit of its layer's fields that
 * counts as passed when the answer is yes. */
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
    struct {
        att_beside *items;
        uint32_t count, capacity;
    } besides;       /* each once, as many anchors share one; the first lets everything pass */
    uint32_t *words; /* by the word's norm: index into word_wakes; 0 when it wakes nothing */
    uint32_t word_count;
    struct {
        att_word_wakes *items;
        uint32_t count, capacity;
    } word_wakes; /* words that wake the same lists and nothing else share one */
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
    uint32_t letter_tests; /* the first `letter_tests` of `tests` are those that a word of ASCII letters may pass */
} att_waker;

/* Builds the index of all rules that have a pattern. `contexts`: by rule, a glance for each of its contexts. */
void att_waker_init(att_waker *self, att_predicates *predicates, const att_rules *rules, const att_list_glance *lists,
                    att_glance *const *contexts);

#endif

/* names.h - the gazetteer: all names of all entries in one trie over word norms.
 *
 * Shape   a node is reached by a sequence of norms; a hyphen inside a word joins norms as a blank does. A node that
 *         ends a name has forms, one behind the other, which differ in owner, in the capitals they ask for, or in being
 *         exact; its number is the index of the first. Nodes without forms have numbers behind those.
 *         Edges are one open table from (node, norm) to node, so ten times the names cost no more steps; those of the root
 *         are the lexicon's, by norm.
 * Owner   the engine's arena; one match reads only.
 */
#ifndef ATT_NAMES_H
#define ATT_NAMES_H

#include "knowledge/blocks.h"
#include "knowledge/word_set.h"
#include "model/document.h"
#include "text/tokenize.h"

/* Owners of forms that are phrases of a list the program reads itself, not entries. */
enum { ATT_OWNER_BOILERPLATE = ATT_NONE - 1 };

enum {
    ATT_FORM_EXACT = 1 << 0,
    ATT_FORM_WEAK = 1 << 1,
    ATT_FORM_SHORT_CAPITALS = 1 << 2,
    ATT_FORM_BLOCKS = 1 << 3,
    ATT_FORM_ANY_CASE = 1 << 4,    /* asks for nothing but its words */
    ATT_FORM_BOILERPLATE = 1 << 5, /* it or one behind it at its node is boilerplate */
    ATT_FORM_GOES_ON = 1 << 6      /* the next form is of the same node */
};
enum { ATT_LONGEST_FORM = 64 /* words */, ATT_LONGEST_FORM_BYTES = 1024 };

typedef struct {
    uint32_t owner;  /* entry, or ATT_OWNER_… */
    uint32_t words;  /* index of its first word in att_names.words */
    uint16_t length; /* in words */
    uint8_t layer, flags;
} att_form;

typedef struct {
    uint64_t caps;  /* capitals that the form asks for in this word */
    uint32_t exact; /* number of the exact form; ATT_NONE when the form is not exact */
} att_form_word;

typedef struct {
    uint32_t node, norm;
    uint32_t ends : 1;    /* the target has a form; the first bit, so that no edge looks like an address (engine/compile.c) */
    uint32_t goes_on : 1; /* edges lead on from the target */
    uint32_t target : 30; /* 0 for a free slot */
} att_edge;

typedef struct {
    att_lexicon *lexicon;
    att_arena *arena;
    struct {
        att_form *items;
        uint32_t count, capacity;
    } forms; /* from 1 on, 0 being none; in the order of their nodes once the names are closed */
    struct {
        att_form_word *items;
        uint32_t count, capacity;
    } words;        /* forms that ask for the same share theirs */
    att_map shared; /* while forms are added: the words of a form */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } shared_at; /* by number in `shared`: where they are */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } newest, nexts;     /* while forms are added: by node its newest form, by form the next of its node, or 0 */
    uint32_t node_count; /* nodes have numbers below it */
    att_edge *edges;
    uint32_t edge_count, edge_slots;
    att_word_set likely; /* (node, norm) of the edges, so that most others are not looked for */
    uint32_t longest;    /* words of the longest form */
    att_trie trie;       /* which of the lexicon's this is */
    att_tokens cut;      /* of the form that is added */
} att_names;

void att_names_init(att_names *self, att_lexicon *lexicon, att_arena *arena);

/* Adds a form, given as `form` with owner, layer and flags. Returns its index until the names are closed, or ATT_NONE when the
 * text has no word. */
uint32_t att_names_add(att_names *self, att_str text, att_form form);

/* Numbers the nodes and puts their forms in order; no form is added any more, and from now on names are found. Returns, by
 * form, the index that it had. */
const uint32_t *att_names_close(att_names *self);

/* The first form of a node; the one behind a form at its node; 0 for none. */
static inline uint32_t att_names_first(const att_names *self, uint32_t node)
{
    return node < self->forms.count ? node : 0;
}
static inline uint32_t att_names_next(const att_names *self, uint32_t form)
{
    return self->forms.items[form].flags & ATT_FORM_GOES_ON ? form + 1 : 0;
}

/* Whether the form is the first of its node, and so the node's number. */
static inline bool att_names_is_node(const att_names *self, uint32_t form)
{
    return form && !(self->forms.items[form - 1].flags & ATT_FORM_GOES_ON);
}

/* The words of a form or of a literal in a rule: tokens, opened at their hyphens as in the trie. Calls `take` for each.
 * Returns false when the text is longer than ATT_LONGEST_FORM_BYTES or has more than ATT_LONGEST_FORM tokens. */
bool att_names_cut(att_names *self, att_str text, void (*take)(void *user, att_str word), void *user);

/* The node one word on from `node`, or 0. The root is 0. */
uint32_t att_names_step(const att_names *self, uint32_t node, uint32_t norm);

/* A place where a name stands. */
typedef struct {
    uint32_t start, end; /* bytes */
    uint32_t first;      /* the token it starts in */
    uint32_t last;       /* the token it ends in */
    uint32_t node;
    uint32_t form;   /* the first of the node's forms that fits there */
    uint16_t length; /* in words */
} att_hit;

typedef struct {
    att_hit *items;
    uint32_t count, capacity;
} att_hits;

/* All hits of the document whose nodes have a form that fits there, by start, then shorter first. Marks paragraphs that
 * hold a boilerplate phrase and are short enough. */
void att_names_find(const att_names *self, att_document *doc, const att_vocabulary *vocabulary, att_hits *hits);

/* The node whose names have just the words of tokens [first, last), or ATT_NONE. Capitals are not looked at. */
uint32_t att_names_node(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                        att_token_range tokens);

/* Whether the form's capitals and exact words agree with the text at the hit. */
bool att_form_fits(const att_names *self, const att_form *form, const att_document *doc, const att_vocabulary *vocabulary,
                   const att_hit *hit);

/* The first that does so of form `form` and those behind it at its node, or 0. */
uint32_t att_names_fitting(const att_names *self, uint32_t form, const att_document *doc, const att_vocabulary *vocabulary,
                           const att_hit *hit);

/* The same of those behind the form only. */
static inline uint32_t att_names_next_fitting(const att_names *self, uint32_t form, const att_document *doc,
                                              const att_vocabulary *vocabulary, const att_hit *hit)
{
    uint32_t next = att_names_next(self, form);
    return next ? att_names_fitting(self, next, doc, vocabulary, hit) : 0;
}

#endif

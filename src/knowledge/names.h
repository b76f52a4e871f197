/* names.h - the gazetteer: all names of all entries in one trie over the norms of words.
 *
 * Shape   a node is reached by a sequence of norms; a hyphen inside a word separates norms as a blank does. Where a name ends,
 *         the node has forms, one after the other, which differ in owner, in the capitals that they require, or in being
 *         exact; the node's number is the index of its first form. Nodes without forms have higher numbers.
 *         Edges are one hash table from (node, norm) to node, so that ten times the names cost no more steps. The edges of
 *         the root are kept in the lexicon, by norm.
 * Owner   the engine's arena; matching only reads.
 */
#ifndef ATT_NAMES_H
#define ATT_NAMES_H

#include "knowledge/blocks.h"
#include "knowledge/word_set.h"
#include "model/document.h"
#include "text/tokenize.h"

/* What a form has room for: numbers of owners and of the words in att_names.words are below these. */
enum { ATT_MOST_OWNERS = (1 << 26) - 1, ATT_MOST_FORM_WORDS = (1 << 24) - 1, ATT_MOST_FORM_LAYERS = (1 << 6) - 1 };

/* Owner of forms that belong to no entry but to a list that the program uses itself. */
enum { ATT_OWNER_BOILERPLATE = ATT_MOST_OWNERS };

enum {
    ATT_FORM_EXACT = 1 << 0,
    ATT_FORM_WEAK = 1 << 1,
    ATT_FORM_SHORT_CAPITALS = 1 << 2,
    ATT_FORM_BLOCKS = 1 << 3,
    ATT_FORM_ANY_CASE = 1 << 4,    /* requires no capitals */
    ATT_FORM_BOILERPLATE = 1 << 5, /* this form or a later one of its node is boilerplate */
    ATT_FORM_GOES_ON = 1 << 6,     /* the next form belongs to the same node */
    ATT_FORM_LETTERED = 1 << 7     /* letters of a body written as a word: "Zec" for ZEC */
};
enum { ATT_LONGEST_FORM = 64 /* words */, ATT_LONGEST_FORM_BYTES = 1024 };

/* There are more forms than anything else, so they are small. */
typedef struct {
    uint32_t words : 24; /* index of its first word in att_names.words */
    uint32_t flags : 8;
    uint32_t owner : 26; /* entry, or ATT_OWNER_… */
    uint32_t layer : 6;
} att_form;

_Static_assert(sizeof(att_form) == 8, "eight forms share a cache line");

typedef struct {
    uint64_t caps;   /* capitals that the form requires in this word */
    uint32_t exact;  /* number of the exact form; ATT_NONE when the form is not exact */
    uint32_t length; /* of a form's first word: how many words the form has */
} att_form_word;

typedef struct {
    uint32_t node, norm;
    uint32_t
        ends : 1; /* the target has a form. It is the first bit, so that no edge can look like an address (engine/compile.c) */
    uint32_t goes_on : 1; /* edges lead on from the target */
    uint32_t target : 30; /* 0 for a free slot */
} att_edge;

typedef struct {
    att_lexicon *lexicon;
    att_arena *arena;
    struct {
        att_form *items;
        uint32_t count, capacity;
    } forms; /* from 1 on, since 0 means none; in the order of their nodes once closed */
    struct {
        att_form_word *items;
        uint32_t count, capacity;
    } words;        /* shared by forms with equal requirements */
    att_map shared; /* while forms are added: the words of a form */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } shared_at; /* by number in `shared`: where those words are */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } newest, nexts;     /* while forms are added: by node its newest form, by form the next one of its node, or 0 */
    uint32_t node_count; /* all node numbers are below it */
    att_edge *edges;
    uint32_t edge_count, edge_slots;
    att_word_set likely; /* the edges' (node, norm) pairs, to rule out most others without a search */
    uint32_t longest;    /* words of the longest form */
    bool full;           /* more words than ATT_MOST_FORM_WORDS were wanted: the names are not to be used */
    att_trie trie;       /* which of the lexicon's tries this is */
    att_tokens cut;      /* tokens of the form being added */
} att_names;

/* Makes an empty set of names. Their words will be added to the lexicon. */
void att_names_init(att_names *self, att_lexicon *lexicon, att_arena *arena);

/* A form to be added. */
static inline att_form att_form_of(uint32_t owner, uint32_t layer, uint32_t flags)
{
    return (att_form){ .flags = flags & UINT8_MAX, .owner = owner & ATT_MOST_OWNERS, .layer = layer & ATT_MOST_FORM_LAYERS };
}

/* How many words the form has. */
static inline uint32_t att_form_length(const att_names *self, const att_form *form)
{
    return self->words.items[form->words].length;
}

/* Adds a form; `form` gives its owner, layer and flags. Returns its index, which is valid until the names are closed;
 * ATT_NONE when the text has no word. */
uint32_t att_names_add(att_names *self, att_str text, att_form form);

/* Call it when all forms are added: numbers the nodes and sorts their forms; from then on names can be found. Returns, by
 * form, the index that the form had before. */
const uint32_t *att_names_close(att_names *self);

/* The first form of a node; the next form of the same node. 0 for none. */
static inline uint32_t att_names_first(const att_names *self, uint32_t node)
{
    return node < self->forms.count ? node : 0;
}
static inline uint32_t att_names_next(const att_names *self, uint32_t form)
{
    return self->forms.items[form].flags & ATT_FORM_GOES_ON ? form + 1 : 0;
}

/* Whether the form is the first one of its node; its index is then the node's number. */
static inline bool att_names_is_node(const att_names *self, uint32_t form)
{
    return form && !(self->forms.items[form - 1].flags & ATT_FORM_GOES_ON);
}

/* Calls `take` for each word of a name or of a literal in a rule, split into tokens and at hyphens as in the trie. False
 * when the text is longer than ATT_LONGEST_FORM_BYTES or has more than ATT_LONGEST_FORM tokens. */
bool att_names_cut(att_names *self, att_str text, void (*take)(void *user, att_str word), void *user);

/* The node reached from `node` by one word, or 0. The root is 0. */
uint32_t att_names_step(const att_names *self, uint32_t node, uint32_t norm);

/* A place in the text where a name stands. */
typedef struct {
    uint32_t start, end; /* bytes */
    uint32_t first;      /* the token it starts in */
    uint32_t last;       /* the token it ends in */
    uint32_t node;
    uint32_t form;   /* the first form of the node that fits there */
    uint16_t length; /* in words */
} att_hit;

typedef struct {
    att_hit *items;
    uint32_t count, capacity;
} att_hits;

/* Finds all hits, that is, places where a form of a node fits, sorted by start, then shorter first. Also marks short
 * paragraphs that contain a boilerplate phrase. */
void att_names_find(const att_names *self, att_document *doc, const att_vocabulary *vocabulary, att_hits *hits);

/* The node of a name that consists of exactly the words of tokens [first, last), whatever their capitals; ATT_NONE when
 * there is none. */
uint32_t att_names_node(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                        att_token_range tokens);

/* The same with one folded word more behind them: "Senate Budget" and "committee". */
uint32_t att_names_node_with(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                             att_token_range tokens, att_str word);

/* Whether the capitals and exact words that the form requires agree with the text at the hit. */
bool att_form_fits(const att_names *self, const att_form *form, const att_document *doc, const att_vocabulary *vocabulary,
                   const att_hit *hit);

/* The first form that fits, of `form` and the later ones of its node; or 0. */
uint32_t att_names_fitting(const att_names *self, uint32_t form, const att_document *doc, const att_vocabulary *vocabulary,
                           const att_hit *hit);

/* The same among the later ones only. */
static inline uint32_t att_names_next_fitting(const att_names *self, uint32_t form, const att_document *doc,
                                              const att_vocabulary *vocabulary, const att_hit *hit)
{
    uint32_t next = att_names_next(self, form);
    return next ? att_names_fitting(self, next, doc, vocabulary, hit) : 0;
}

#endif

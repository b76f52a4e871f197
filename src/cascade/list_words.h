/* list_words.h - for each list: the words that its phrases begin and end with, as sets and as glances.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_LIST_WORDS_H
#define ATT_LIST_WORDS_H

#include "cascade/glance.h"

/* By node of the lists' trie and by form: the parent node, and the norms of the first, the second and the last word on the
 * way to it. */
typedef struct {
    uint32_t *parents, *first, *second, *last; /* `second` is 0 where there is none */
} att_list_norms;

typedef struct {
    uint32_t *items;
    uint32_t count;
} att_norms;

/* By list: the first and last words of its phrases, as lists (with repeats) and as sets, and the first two words as pairs. */
typedef struct {
    att_norms *first, *last;
    att_word_set *firsts, *lasts, *pairs;
} att_list_words;

/* By list: the bits (glance.h) of the first, second and last words of its phrases. */
typedef struct {
    uint64_t first, second, last;
} att_list_glance;

/* Finds, in one walk over the trie of all lists, the words on the way to each node. */
att_list_norms att_list_norms_find(const att_names *names, att_arena *arena);

/* By list: the words that its phrases begin and end with. */
att_list_words att_list_words_make(const att_knowledge *knowledge, const att_list_norms *norms);

/* A word with which phrases of a list begin. */
typedef struct {
    uint32_t norm, list;
    uint64_t caps; /* capitals that all these phrases require in it */
} att_list_opening;

/* Sorted by word, then list; each pair once. */
typedef struct {
    att_list_opening *items;
    uint32_t count;
} att_list_openings;

/* All words with which phrases begin, of all lists. */
att_list_openings att_list_openings_find(const att_knowledge *knowledge, const att_list_norms *norms);

/* By list: the bits of the words at the beginning and end of its phrases. */
const att_list_glance *att_list_glances(const att_knowledge *knowledge, const att_list_norms *norms);

#endif

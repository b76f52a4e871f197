/* lexicon.h - what the rules say about single words: every word that occurs in them, and the word
 * lists that the text floor itself reads.
 *
 * Shape   words has the folded and the exact forms of all words of all rules; a word's number there is
 *         its "norm", the symbol that names and rules are made of. Written while rules load, then only read.
 * Owner   the engine's arena.
 */
#ifndef ATT_LEXICON_H
#define ATT_LEXICON_H

#include "base/map.h"

/* Word lists that the text floor reads, by their names in the rules. X(enumerator, list) */
#define ATT_WORD_LISTS(X)                                                                                                      \
    X(ABBREVIATION, "abbreviation")             /* keeps its dot, never ends a sentence: Dr. */                                \
    X(ABBREVIATION_FINAL, "abbreviation-final") /* keeps its dot and may end one: Inc. */                                      \
    X(SENTENCE_OPENER, "sentence-opener")       /* after such an abbreviation it opens one: The */                             \
    X(CLAUSE_OPENER, "clause-opener")           /* after a comma it opens a clause: which */                                   \
    X(DOMAIN, "internet-domain")                /* the end of a bare internet name: gov */                                     \
    X(MONTH, "month")                           /* the twelve in order: January */                                             \
    X(COMMON, "common-words")                   /* a short all-capital name may be this word: who */

typedef enum {
#define X(id, name) ATT_WORDS_##id,
    ATT_WORD_LISTS(X)
#undef X
        ATT_WORD_LIST_COUNT
} att_word_list;

extern const char *const att_word_list_names[ATT_WORD_LIST_COUNT];

typedef struct {
    uint64_t needed_caps; /* capitals that every name starting with this word asks for */
    bool starts;          /* some name starts with this word */
} att_word_start;

typedef struct {
    att_map words; /* folded, in the order of the rules */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } caps; /* capitals that word `index` asks for */
} att_words;

typedef struct {
    att_arena *arena;
    att_map words;
    att_words lists[ATT_WORD_LIST_COUNT];
    att_word_start *starts; /* by norm */
    uint32_t start_count, start_capacity;
} att_lexicon;

void att_lexicon_init(att_lexicon *self, att_arena *arena);

/* The norm of a word as it stands in a rule; `*caps` as att_utf8_fold gives it. */
uint32_t att_lexicon_add(att_lexicon *self, att_str surface, uint64_t *caps);

/* The number of a word's exact form. */
uint32_t att_lexicon_add_exact(att_lexicon *self, att_str surface);

/* Notes that a name starts with this word, with these capitals. */
void att_lexicon_add_start(att_lexicon *self, uint32_t norm, uint64_t caps);

/* Whether a word with these capitals can start a name. */
bool att_lexicon_starts(const att_lexicon *self, uint32_t norm, uint64_t caps);

/* Adds a word to a list of the text floor. */
void att_lexicon_add_listed(att_lexicon *self, att_word_list list, att_str surface);

/* The index of the word in the list, or ATT_NONE; `caps` are the capitals it is written with. */
uint32_t att_lexicon_listed(const att_lexicon *self, att_word_list list, att_str folded, uint64_t caps);

/* att_utf8_fold and att_utf8_exact with a short way for ASCII, which is copied or returned as it stands. */
att_str att_word_fold(att_arena *arena, att_str surface, uint64_t *caps);
att_str att_word_exact(att_arena *arena, att_str surface);

#endif

/* lexicon.h - what the rules say about single words: every word that occurs in them, and the word
 * lists that the text floor itself reads.
 *
 * Shape   words has the folded and the exact forms of all words of all rules; a word's number there is
 *         its "norm", the symbol that names and rules are made of. Written while rules load, then only read.
 * Owner   the engine's arena.
 */
#ifndef ATT_LEXICON_H
#define ATT_LEXICON_H

#include "model/token.h"
#include "text/word_key.h"

/* Word lists that the text floor reads, by their names in the rules. X(enumerator, list) */
#define ATT_WORD_LISTS(X)                                                                                                      \
    X(ABBREVIATION, "abbreviation")             /* keeps its dot, never ends a sentence: Dr. */                                \
    X(ABBREVIATION_FINAL, "abbreviation-final") /* keeps its dot and may end one: Inc. */                                      \
    X(SENTENCE_OPENER, "sentence-opener")       /* after such an abbreviation it opens one: The */                             \
    X(CLAUSE_OPENER, "clause-opener")           /* after a comma it opens a clause: which */                                   \
    X(MONTH, "month")                           /* the twelve in order: January */                                             \
    X(COMMON, "common-words")                   /* a short all-capital name may be this word: who */                           \
    X(KIND, "kind-of-body")                     /* begins many names of bodies and stands for none: National */                \
    X(COMPANY_END, "end-of-company")            /* ends a company's name and may be left out: Corp */                          \
    X(DOMAIN, "internet-domain")                /* the end of a bare internet name: gov; words have no bit for it */

typedef enum {
#define X(id, name) ATT_WORDS_##id,
    ATT_WORD_LISTS(X)
#undef X
        ATT_WORD_LIST_COUNT
} att_word_list;

extern const char *const att_word_list_names[ATT_WORD_LIST_COUNT];

/* Tries over words. The first are looked for in every text. */
typedef enum { ATT_TRIE_NAMES, ATT_TRIE_TRIGGERS, ATT_TRIE_LISTS, ATT_TRIE_COUNT } att_trie;
enum { ATT_SOUGHT_TRIES = ATT_TRIE_LISTS };

enum { ATT_USE_CAPS = 16, ATT_USE_EXACT = 1 << 7 /* some rule has the word with its capitals */ };

/* A word of the rules: how it stands in names. Of capitals, only those among its first ATT_USE_CAPS code points are kept:
 * forms ask for the rest themselves. */
typedef struct {
    uint16_t start_caps[ATT_SOUGHT_TRIES];  /* capitals that all names that start with this word ask for */
    uint16_t second_caps[ATT_SOUGHT_TRIES]; /* the same where it is the second word */
    uint32_t nodes[ATT_TRIE_COUNT];         /* where the word alone leads in the trie; 0 for nowhere */
    uint32_t at;                            /* its first byte in att_lexicon_words.text */
    uint16_t length;
    uint8_t looks; /* ATT_LOOK_*, or ATT_USE_EXACT */
    uint8_t lists; /* bits: it is in these word lists, the first eight, with some capitals */
} att_word_use;

typedef struct {
    att_map words; /* folded, in the order of the rules */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } caps; /* capitals that word `index` asks for */
} att_words;

/* All words of the rules. A word's number, its norm, is its place. */
typedef struct {
    att_arena *arena;
    att_word_use *items;
    uint32_t count, capacity;
    struct {
        char *items;
        uint32_t count, capacity;
    } text;              /* of all, one behind the other; ATT_WORD_KEY_BYTES can be read behind it */
    att_slot *slots;     /* by the hash of the word's key (att_lexicon_slot) */
    uint32_t slot_count; /* any number above that of the words, so that few words more need few bytes more */
    uint32_t slot_mask;  /* of the numbers in slots: a power of 2, less 1 */
} att_lexicon_words;

enum { ATT_DOTTED_LENGTHS = 16 /* the last is for all that are longer */ };

typedef struct {
    att_arena *arena;
    att_lexicon_words words;
    att_words lists[ATT_WORD_LIST_COUNT];
    uint32_t dotted[ATT_DOTTED_LENGTHS][32]; /* by length and first letter: bits of the last letters of abbreviations */
} att_lexicon;

void att_lexicon_init(att_lexicon *self, att_arena *arena);

/* The norm of a word as it stands in a rule; `*caps` as att_utf8_fold gives it. */
uint32_t att_lexicon_add(att_lexicon *self, att_str surface, uint64_t *caps);

/* The number of a word's exact form. A word has one only if it has a norm. */
uint32_t att_lexicon_add_exact(att_lexicon *self, att_str surface);

/* The norm of a word, folded or exact, by its key; ATT_NONE when no rule has it. `word` is read only when it is long. */
uint32_t att_lexicon_find(const att_lexicon *self, const att_word_key *key, att_str word);

/* Where the search for a word begins, and where it goes on. */
static inline uint32_t att_lexicon_slot(const att_lexicon_words *self, uint64_t hash)
{
    return (uint32_t)((hash >> 32) * self->slot_count >> 32);
}
static inline uint32_t att_lexicon_next_slot(const att_lexicon_words *self, uint32_t at)
{
    return at + 1 < self->slot_count ? at + 1 : 0;
}

/* What att_lexicon_find looks at, fetched in three steps: where the search begins; the word that it leads to, whose number is
 * given, ATT_NONE for none; its bytes. */
static inline void att_lexicon_fetch_slot(const att_lexicon *self, const att_word_key *key)
{
    if (self->words.slot_count) __builtin_prefetch(&self->words.slots[att_lexicon_slot(&self->words, att_word_key_hash(key))]);
}

static inline uint32_t att_lexicon_fetch_use(const att_lexicon *self, const att_word_key *key)
{
    const att_lexicon_words *words = &self->words;
    const uint64_t hash = att_word_key_hash(key);
    if (!words->slot_count) return ATT_NONE;
    for (uint32_t at = att_lexicon_slot(words, hash);; at = att_lexicon_next_slot(words, at)) {
        att_slot slot = words->slots[at];
        if (!slot) return ATT_NONE;
        if (!att_slot_fits(slot, hash, words->slot_mask)) continue;
        uint32_t norm = att_slot_number(slot, words->slot_mask);
        __builtin_prefetch(&words->items[norm]);
        return norm;
    }
}

static inline void att_lexicon_fetch_text(const att_lexicon *self, uint32_t norm)
{
    __builtin_prefetch(self->words.text.items + self->words.items[norm].at);
}

/* Notes that a name of the trie, one that is looked for, starts with this word, with these capitals. */
void att_lexicon_add_start(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps);

/* Notes that it is the second word of a name of the trie, or the only one. */
void att_lexicon_add_second(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps);
void att_lexicon_add_whole(att_lexicon *self, att_trie trie, uint32_t norm);

/* What is known about a word; NULL for nothing. */
static inline const att_word_use *att_lexicon_use(const att_lexicon *self, uint32_t norm)
{
    return norm < self->words.count ? &self->words.items[norm] : NULL;
}

/* The word of that norm, folded or exact. */
static inline att_str att_lexicon_word(const att_lexicon *self, uint32_t norm)
{
    const att_word_use *use = &self->words.items[norm];
    return (att_str){ self->words.text.items + use->at, use->length };
}

/* Gives back what grew by doubling; no word is added any more. */
void att_lexicon_trim(att_lexicon *self);

/* Its ATT_LOOK_* with these capitals. */
uint8_t att_word_looks(const att_word_use *self, uint64_t caps);

/* Adds a word to a list of the text floor. */
void att_lexicon_add_listed(att_lexicon *self, att_word_list list, att_str surface);

/* False for most of the ASCII words that do not take a dot behind them as their own. */
static inline bool att_lexicon_may_take_dot(const att_lexicon *self, const char *word, size_t length)
{
    size_t row = length < ATT_DOTTED_LENGTHS ? length : ATT_DOTTED_LENGTHS - 1;
    return self->dotted[row][word[0] & 31] >> (word[length - 1] & 31) & 1;
}

/* Bit set of the lists that have a word of this norm, written with these capitals. */
uint8_t att_lexicon_lists(const att_lexicon *self, uint32_t norm, uint64_t caps);

/* The index of the word in the list, or ATT_NONE; `caps` are the capitals it is written with. */
uint32_t att_lexicon_listed(const att_lexicon *self, att_word_list list, att_str folded, uint64_t caps);

/* att_utf8_fold and att_utf8_exact with a short way for ASCII, which is copied or returned as it stands. */
att_str att_word_fold(att_arena *arena, att_str surface, uint64_t *caps);
att_str att_word_exact(att_arena *arena, att_str surface);

#endif

/* lexicon.h - what the rules say about single words: every word that occurs in them, and the word lists that the text floor
 * itself uses.
 *
 * Shape   `words` has the folded and the exact forms of all words in all rules. The number of a word there is its "norm", the
 *         symbol of which names and rules are made. Written while rules are loaded, then only read.
 * Owner   the engine's arena.
 */
#ifndef ATT_LEXICON_H
#define ATT_LEXICON_H

#include "model/token.h"
#include "text/word_key.h"

/* Word lists that the text floor reads, by their names in the rules. X(enumerator, list) */
#define ATT_WORD_LISTS(X)                                                                                                      \
    X(ABBREVIATION, "abbreviation")             /* keeps its dot and never ends a sentence: Dr. */                             \
    X(ABBREVIATION_FINAL, "abbreviation-final") /* keeps its dot and may end one: Inc. */                                      \
    X(SENTENCE_OPENER, "sentence-opener")       /* opens a sentence after such an abbreviation: The */                         \
    X(CLAUSE_OPENER, "clause-opener")           /* opens a clause after a comma: which */                                      \
    X(MONTH, "month")                           /* the twelve months in order: January */                                      \
    X(COMMON, "common-words")                   /* a word that a short name in capitals might be: who */                       \
    X(KIND, "kind-of-body")                     /* begins many names of bodies but means none alone: National */               \
    X(COMPANY_END, "end-of-company")            /* ends the name of a company and may be left out: Corp */                     \
    X(DOMAIN, "internet-domain")                /* the end of an internet name: gov; has no bit in `lists` */                  \
    X(HEAD, "word-above-headline")              /* beside one of the next, above a headline: immediate; has no bit, either */  \
    X(RELEASE, "kind-of-release")               /* what a text is, above its headline: release; has no bit, either */          \
    X(CONTACT, "word-of-contact")               /* before a colon and whom to ask: contact; has no bit, either */

typedef enum {
#define X(id, name) ATT_WORDS_##id,
    ATT_WORD_LISTS(X)
#undef X
        ATT_WORD_LIST_COUNT
} att_word_list;

extern const char *const att_word_list_names[ATT_WORD_LIST_COUNT];

/* Tries over words. The first two are searched in every text. */
typedef enum { ATT_TRIE_NAMES, ATT_TRIE_TRIGGERS, ATT_TRIE_LISTS, ATT_TRIE_COUNT } att_trie;
enum { ATT_SOUGHT_TRIES = ATT_TRIE_LISTS };

enum { ATT_USE_CAPS = 8, ATT_USE_EXACT = 1 << 7 /* some rule has the word in its exact form */ };

/* A word of the rules and where names have it. Only capitals among its first ATT_USE_CAPS code points are kept here; forms
 * check the rest themselves. */
typedef struct {
    uint8_t start_caps[ATT_SOUGHT_TRIES];  /* capitals that all names starting with this word require */
    uint8_t second_caps[ATT_SOUGHT_TRIES]; /* the same where it is the second word */
    uint32_t nodes[ATT_TRIE_COUNT];        /* the trie's node for the word alone; 0 for none */
    uint32_t at;                           /* where its bytes start in att_lexicon_words.text */
    uint16_t length;
    uint8_t looks; /* ATT_LOOK_*, or ATT_USE_EXACT */
    uint8_t lists; /* bits of the first eight word lists that contain it, in some capitalisation */
} att_word_use;

typedef struct {
    att_map words; /* folded, in the order of the rules */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } caps; /* by word: the capitals that it requires */
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

/* Makes an empty lexicon. */
void att_lexicon_init(att_lexicon *self, att_arena *arena);

/* Adds a word as written in a rule and returns its norm; `*caps` as from att_utf8_fold. */
uint32_t att_lexicon_add(att_lexicon *self, att_str surface, uint64_t *caps);

/* Adds a word's exact form and returns its number. Only words with a norm have one. */
uint32_t att_lexicon_add_exact(att_lexicon *self, att_str surface);

/* The norm of a word, folded or exact, by its key; ATT_NONE when no rule has it. `word` itself is read only when it is long. */
uint32_t att_lexicon_find(const att_lexicon *self, const att_word_key *key, att_str word);

/* The slot where the search for a word begins, and the slot after `at`. */
static inline uint32_t att_lexicon_slot(const att_lexicon_words *self, uint64_t hash)
{
    return (uint32_t)((hash >> 32) * self->slot_count >> 32);
}
static inline uint32_t att_lexicon_next_slot(const att_lexicon_words *self, uint32_t at)
{
    return at + 1 < self->slot_count ? at + 1 : 0;
}

/* Prefetching of what att_lexicon_find will read, in three steps: the first slot; the word found there (returns its norm, or
 * ATT_NONE); its bytes. */
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

/* Notes that a name of the trie, which must be one that is searched in texts, starts with this word in these capitals. */
void att_lexicon_add_start(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps);

/* Notes that the word is the second word of a name of the trie; that it is the only one. */
void att_lexicon_add_second(att_lexicon *self, att_trie trie, uint32_t norm, uint64_t caps);
void att_lexicon_add_whole(att_lexicon *self, att_trie trie, uint32_t norm);

/* What the rules say about a word; NULL for nothing. */
static inline const att_word_use *att_lexicon_use(const att_lexicon *self, uint32_t norm)
{
    return norm < self->words.count ? &self->words.items[norm] : NULL;
}

/* The bytes of the word with that norm, folded or exact. */
static inline att_str att_lexicon_word(const att_lexicon *self, uint32_t norm)
{
    const att_word_use *use = &self->words.items[norm];
    return (att_str){ self->words.text.items + use->at, use->length };
}

/* Shrinks what grew by doubling; no word may be added afterwards. */
void att_lexicon_trim(att_lexicon *self);

/* The ATT_LOOK_* of a word written with these capitals. */
uint8_t att_word_looks(const att_word_use *self, uint64_t caps);

/* Adds a word to one of the text floor's lists. */
void att_lexicon_add_listed(att_lexicon *self, att_word_list list, att_str surface);

/* Quick test for ASCII words: false for most of those that do not keep a dot written after them. */
static inline bool att_lexicon_may_take_dot(const att_lexicon *self, const char *word, size_t length)
{
    size_t row = length < ATT_DOTTED_LENGTHS ? length : ATT_DOTTED_LENGTHS - 1;
    return self->dotted[row][word[0] & 31] >> (word[length - 1] & 31) & 1;
}

/* Bit set of the lists that contain a word with this norm, written with these capitals. */
uint8_t att_lexicon_lists(const att_lexicon *self, uint32_t norm, uint64_t caps);

/* The index of a word in a list, or ATT_NONE; `caps` are the capitals with which it is written. */
uint32_t att_lexicon_listed(const att_lexicon *self, att_word_list list, att_str folded, uint64_t caps);

/* Like att_utf8_fold and att_utf8_exact, with a shortcut for ASCII, which is copied or returned unchanged. */
att_str att_word_fold(att_arena *arena, att_str surface, uint64_t *caps);
att_str att_word_exact(att_arena *arena, att_str surface);

#endif

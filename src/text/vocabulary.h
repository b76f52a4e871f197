/* vocabulary.h - word types: what there is to know about a word, found out once and not once a token.
 *
 * Shape   an open table from surface bytes to type numbers. A type keeps its number until the
 *         vocabulary is cleared, which happens between documents when it has grown too large.
 * Owner   its own arena: one vocabulary for each document object, kept from document to document.
 */
#ifndef ATT_VOCABULARY_H
#define ATT_VOCABULARY_H

#include "model/token.h"
#include "text/asked.h"
#include "text/lexicon.h"

enum { ATT_CACHE_LINE = 64 };

/* Every stage looks at types, so one is one line of the cache. */
typedef struct {
    _Alignas(ATT_CACHE_LINE) att_str surface;
    uint64_t caps;       /* which code points of the folded form come from capitals */
    uint32_t norm;       /* folded form, a number of the lexicon's words; ATT_NONE when no rule has the word */
    uint32_t exact;      /* the same for the exact form */
    uint32_t classes;    /* ATT_CLASS_* */
    uint32_t phrases;    /* where it leads in the trie of lists by itself; 0 for nowhere */
    uint32_t first_part; /* of a hyphenated word, in att_vocabulary.parts */
    uint16_t part_count;
    uint16_t letters; /* UINT16_MAX for more */
    uint8_t flags;    /* ATT_FLAG_* of the type */
    uint8_t looks;    /* ATT_LOOK_* */
    uint8_t lists;    /* bits of the lexicon's lists that have it */
} att_word_type;

enum { ATT_NORM_OF_PARTS = ATT_NONE - 1 };

/* What names and rules ask of many words: columns by type, which stay in the cache where whole types do not. */
typedef struct {
    uint32_t *norm; /* as in the type, but ATT_NORM_OF_PARTS where it has parts */
    uint32_t *exact;
    uint32_t *nodes[ATT_TRIE_COUNT]; /* where the word alone leads in the tries; 0 for nowhere */
    uint64_t *caps;
} att_word_columns;

/* One side of a hyphen. */
typedef struct {
    uint32_t type;
    uint32_t start, end; /* bytes from the word's start */
} att_word_part;

typedef struct {
    att_word_key key;
    uint32_t type; /* type + 1; 0 for a free slot */
    uint8_t flags, looks;
    uint64_t bits; /* of the type's note */
} att_word_slot;

typedef struct att_vocabulary_table att_vocabulary;

/* What a floor above keeps with each type. */
typedef struct {
    uint64_t bits;
    uint32_t number;
} att_type_note;

/* Gives the note of a new word type. The type's parts are known. */
typedef att_type_note att_describer(const void *user, att_vocabulary *vocabulary, att_word_type *type);

/* What a describer reads first: rows by norm. They lie far away and are fetched ahead. */
typedef struct {
    const void *items;
    size_t size; /* of a row */
} att_norm_rows;

enum { ATT_POOL_STEP = 8 };

struct att_vocabulary_table {
    const att_lexicon *lexicon;
    att_describer *describer; /* NULL for none */
    const void *user;
    att_norm_rows rows; /* of the describer */
    att_arena arena;
    att_arena scratch; /* for what a stage over one document forgets behind it */
    att_word_slot *slots;
    uint32_t slot_count, slot_shift; /* a power of 2, and 64 less that */
    struct {
        att_word_type *items;
        uint32_t count, capacity;
    } types;
    void *slot_piece, *type_piece; /* of the arena, that they lie in */
    uint32_t asleep;               /* bit set of stages that do not run: no word wakes a rule of theirs */
    att_word_columns columns;
    struct {
        att_word_part *items;
        uint32_t count, capacity;
    } parts;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } numbers;       /* by type: that of its note */
    att_asked asked; /* what the cascade found out about types */
    att_map texts;   /* questions about whole texts that floors above asked: the question's number, then the text */
    struct {
        bool *items;
        uint32_t count, capacity;
    } answers; /* by number in `texts` */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } pool; /* what numbers of notes are indices into, if the describer wants that; ATT_POOL_STEP may be read behind the last */
};

/* Its scratch memory shares `pages`, which may be NULL. */
void att_vocabulary_init(att_vocabulary *self, const att_lexicon *lexicon, att_guard *guard, att_pages *pages);

/* For an empty vocabulary; `questions` may be asked of each type. */
void att_vocabulary_describe(att_vocabulary *self, att_describer *describer, const void *user, att_norm_rows rows,
                             uint32_t questions);
void att_vocabulary_clear(att_vocabulary *self);

/* Sets which stages do not run, a bit set; all do at first. For use between documents. */
void att_vocabulary_sleep(att_vocabulary *self, uint32_t stages);

/* Empties a vocabulary that has grown too large. For use between documents. */
void att_vocabulary_trim(att_vocabulary *self);

/* The slot of a surface of 1 to 2^31 bytes, whose bytes must be followed by 16 readable ones. Valid until the next call. */
const att_word_slot *att_vocabulary_intern(att_vocabulary *self, att_str surface);

/* Fills in the types, looks and bits of the text's tokens, and adds the types' flags to theirs. */
void att_vocabulary_intern_tokens(att_vocabulary *self, att_str text, att_tokens *tokens);

static inline const att_word_type *att_vocabulary_type(const att_vocabulary *self, uint32_t type)
{
    return &self->types.items[type];
}

#endif

/* vocabulary.h - word types: what there is to know about a word, worked out once for each distinct word instead of for each
 * token.
 *
 * Shape   a hash table from a word's bytes to the number of its type. A type keeps its number until the vocabulary is emptied,
 *         which happens between documents when it has grown too large.
 * Owner   an arena of its own: one vocabulary for each document object, kept from document to document.
 */
#ifndef ATT_VOCABULARY_H
#define ATT_VOCABULARY_H

#include "model/token.h"
#include "text/asked.h"
#include "text/lexicon.h"

/* One type fills exactly one cache line, because every stage looks at types. */
typedef struct {
    _Alignas(ATT_CACHE_LINE) att_str surface;
    uint64_t caps;       /* which code points of the folded form come from capitals */
    uint32_t norm;       /* number of the folded form in the lexicon; ATT_NONE when no rule has the word */
    uint32_t exact;      /* the same for the exact form */
    uint32_t classes;    /* ATT_CLASS_* */
    uint32_t phrases;    /* node of the word alone in the trie of lists; 0 for none */
    uint32_t first_part; /* for a hyphenated word: index into att_vocabulary.parts */
    uint16_t part_count;
    uint16_t letters; /* UINT16_MAX for more */
    uint8_t flags;    /* ATT_FLAG_* of the type */
    uint8_t looks;    /* ATT_LOOK_* */
    uint8_t lists;    /* bits of the lexicon's lists that contain it */
} att_word_type;

enum { ATT_NORM_OF_PARTS = ATT_NONE - 1 };

/* What names and rules ask of many words, as columns by type: these stay in the cache where whole types do not. */
typedef struct {
    uint32_t *norm; /* as in the type, but ATT_NORM_OF_PARTS where it has parts */
    uint32_t *exact;
    uint32_t *nodes[ATT_TRIE_COUNT]; /* the word's own node in each trie; 0 for none */
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
    uint64_t bits; /* bits of the type's note */
} att_word_slot;

typedef struct att_vocabulary_table att_vocabulary;

/* What a higher floor stores with each type. */
typedef struct {
    uint64_t bits;
    uint32_t number;
} att_type_note;

/* Makes the note of a new word type, whose parts are known. */
typedef att_type_note att_describer(const void *user, att_vocabulary *vocabulary, att_word_type *type);

/* The table, with a row for each norm, that a describer reads first. It is too large for the cache, so its rows are
 * prefetched. */
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
    att_arena scratch; /* for data that a stage discards when it ends */
    att_word_slot *slots;
    uint32_t slot_count, slot_shift; /* the number of slots, a power of 2 with exponent 64 - slot_shift */
    struct {
        att_word_type *items;
        uint32_t count, capacity;
    } types;
    void *slot_piece, *type_piece; /* the arena's pieces in which slots and types lie */
    uint32_t asleep;               /* bit set of stages that do not run: no word wakes their rules */
    att_word_columns columns;
    struct {
        att_word_part *items;
        uint32_t count, capacity;
    } parts;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } numbers;       /* by type: the number of its note */
    att_asked asked; /* answers that the cascade worked out about types */
    att_map texts;   /* questions about whole texts that higher floors asked: the number of the question, then the text */
    struct {
        bool *items;
        uint32_t count, capacity;
    } answers; /* by number in `texts` */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } pool; /* shared array into which the numbers of notes may index; ATT_POOL_STEP items can be read past the end */
};

/* Makes an empty vocabulary. Its scratch memory shares `pages`, which may be NULL. */
void att_vocabulary_init(att_vocabulary *self, const att_lexicon *lexicon, att_guard *guard, att_pages *pages);

/* Sets the describer of an empty vocabulary; `questions` is how many questions can be asked about each type. */
void att_vocabulary_describe(att_vocabulary *self, att_describer *describer, const void *user, att_norm_rows rows,
                             uint32_t questions);
void att_vocabulary_clear(att_vocabulary *self);

/* The ATT_CLASS_* of a word: its letters alone tell. */
uint32_t att_word_classes(att_str surface);

/* Sets which stages do not run, as a bit set (at first all run). Call it between documents. */
void att_vocabulary_sleep(att_vocabulary *self, uint32_t stages);

/* Empties a vocabulary that has grown too large. Call it between documents. */
void att_vocabulary_trim(att_vocabulary *self);

/* The slot of a word of 1 to 2^31 bytes, adding its type when new. The bytes must be followed by 16 readable ones. The slot
 * is valid until the next call. */
const att_word_slot *att_vocabulary_intern(att_vocabulary *self, att_str surface);

/* The number of a word's type; ATT_NONE when the vocabulary does not have it. The bytes are as for att_vocabulary_intern. */
uint32_t att_vocabulary_find(const att_vocabulary *self, att_str surface);

/* Fills in types, looks and bits of the text's tokens, and adds the types' flags to theirs. */
void att_vocabulary_intern_tokens(att_vocabulary *self, att_str text, att_tokens *tokens);

static inline const att_word_type *att_vocabulary_type(const att_vocabulary *self, uint32_t type)
{
    return &self->types.items[type];
}

#endif

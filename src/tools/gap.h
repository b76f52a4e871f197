/* gap.h - what the packs miss, counted over a corpus: one record a name, with what speaks for it.
 *
 * Bounds  ATT_MOST_GAPS records of a few hundred bytes. When they are used up those of the fewest documents are dropped, so
 *         that in a large corpus the counts of rare names are too low and those of frequent ones are right.
 * Owner   its own arenas; what is given to it is copied.
 */
#ifndef ATT_GAP_H
#define ATT_GAP_H

#include "engine/engine.h"

enum { ATT_MOST_GAPS = 1 << 16, ATT_GAP_EXAMPLES = 3, ATT_GAP_COUNTRIES = 4 };

/* What a block that closes the gap says. */
typedef enum {
    ATT_GAP_NAME,   /* an entry */
    ATT_GAP_ALIAS,  /* a further form of a known entry */
    ATT_GAP_HOLDER, /* who holds an office */
    ATT_GAP_POST    /* a title */
} att_gap_kind;

/* What speaks for it. X(enumerator, words) */
#define ATT_GAP_SIGNS(X)                                                                                                       \
    X(SHAPE, "a rule made it by its shape")                                                                                    \
    X(HEAD, "names of the packs have its head word")                                                                           \
    X(ACRONYM, "the text gives its acronym")                                                                                   \
    X(COUNTRY, "a country beside it")                                                                                          \
    X(TITLE, "a title beside it")                                                                                              \
    X(PERSON, "a person beside it")                                                                                            \
    X(RECORD, "a record of an official")

typedef enum {
#define X(id, words) ATT_SIGN_##id,
    ATT_GAP_SIGNS(X)
#undef X
        ATT_SIGN_COUNT
} att_gap_sign;
extern const char *const att_gap_sign_words[ATT_SIGN_COUNT];

typedef struct {
    att_str code;
    uint32_t count;
} att_gap_country;

typedef struct {
    att_gap_kind kind;
    uint16_t layer;
    uint32_t entry;                    /* ALIAS: whose form it is */
    att_str name;                      /* the name, form or person */
    att_str title, agency_id, country; /* HOLDER; null when unknown */
    att_str acronym;                   /* NAME; null when the text gives none */
    uint32_t signs;                    /* bit set of att_gap_sign */
    uint32_t documents, last_document;
    char first[11], last[11]; /* dates of documents; empty without any */
    att_gap_country countries[ATT_GAP_COUNTRIES];
    att_str examples[ATT_GAP_EXAMPLES]; /* of different documents; null behind the last */
} att_gap;

/* One place that shows a gap: as in att_gap, for the one document. */
typedef struct {
    att_gap gap;
    att_str country, date, example;
    uint32_t document; /* its number, from 1 */
} att_gap_sight;

typedef struct {
    att_arena arenas[2]; /* records lie in the one of them that `current` says */
    att_arena scratch;
    uint32_t current;
    att_map keys;
    att_gap *items; /* by number of the key */
    uint32_t most;
} att_gaps;

/* Makes an empty collection that keeps at most `most` gaps. */
void att_gaps_init(att_gaps *self, att_guard *guard, uint32_t most);
/* Frees all memory. */
void att_gaps_clear(att_gaps *self);
/* Counts what one place shows. When there are too many gaps, those of fewest documents are dropped. */
void att_gaps_see(att_gaps *self, const att_gap_sight *sight);

#endif

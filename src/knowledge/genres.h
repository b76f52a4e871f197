/* genres.h - reads the blocks `genre`: kinds of texts that are recognised by their titles, with their own thresholds for
 * topics.
 *
 * Owner   the engine's arena; recognising a genre changes nothing here.
 */
#ifndef ATT_GENRES_H
#define ATT_GENRES_H

#include "knowledge/topics.h"

enum { ATT_GENRE_NORMS = 1024 };

typedef struct {
    uint64_t caps;   /* capitals that it requires */
    uint32_t norm;   /* ATT_NONE stands for any number */
    uint32_t unused; /* fills what would be padding: compiled rules must not contain uninitialised bytes */
} att_genre_word;

/* A sequence of words that marks a title. */
typedef struct {
    uint32_t norm; /* of its first word */
    uint32_t genre;
    uint32_t first, length; /* in att_genres.words */
    uint32_t blocks;        /* 1: a title with these words is not of this genre */
} att_genre_form;

typedef struct {
    struct {
        att_topic_needs *items;
        uint32_t count, capacity;
    } needs; /* by genre, in the order of the rules; 0 means the usual value */
    struct {
        att_genre_word *items;
        uint32_t count, capacity;
    } words;
    struct {
        att_genre_form *items;
        uint32_t count, capacity;
    } forms;                              /* by norm */
    uint64_t norms[ATT_GENRE_NORMS / 64]; /* bit set of the forms' norms, modulo ATT_GENRE_NORMS */
} att_genres;

/* Reads all genres. `names` cuts the forms into words; its lexicon receives them. */
void att_genres_read(att_genres *self, const att_blocks *blocks, att_names *names);

/* The thresholds for topics of a document with this title (tokens of `doc`): those of the first genre that fits, else
 * `usual`. */
att_topic_needs att_genre_needs(const att_genres *self, const att_document *doc, att_token_range title,
                                const att_vocabulary *vocabulary, const att_topic_needs *usual);

#endif

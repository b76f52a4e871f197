/* genres.h - the blocks `genre`: kinds of texts that their titles tell, and what their topics need.
 *
 * Owner   the engine's arena; reading a title changes nothing here.
 */
#ifndef ATT_GENRES_H
#define ATT_GENRES_H

#include "knowledge/topics.h"

enum { ATT_GENRE_NORMS = 1024 };

typedef struct {
    uint64_t caps;   /* capitals that it asks for */
    uint32_t norm;   /* ATT_NONE: any number */
    uint32_t unused; /* no gap, whose bytes would be any in compiled rules */
} att_genre_word;

/* Words that a title may have. */
typedef struct {
    uint32_t norm; /* of its first word */
    uint32_t genre;
    uint32_t first, length; /* in att_genres.words */
    uint32_t blocks;        /* 1: a title that has them is none of the genre's */
} att_genre_form;

typedef struct {
    struct {
        att_topic_needs *items;
        uint32_t count, capacity;
    } needs; /* by genre, in the order of the rules; 0 for what is as everywhere */
    struct {
        att_genre_word *items;
        uint32_t count, capacity;
    } words;
    struct {
        att_genre_form *items;
        uint32_t count, capacity;
    } forms;                              /* by norm */
    uint64_t norms[ATT_GENRE_NORMS / 64]; /* as bits, modulo their count: those of forms */
} att_genres;

/* `names` cuts forms into words and has the lexicon that gets them. */
void att_genres_read(att_genres *self, const att_blocks *blocks, att_names *names);

/* What topics need under a title, tokens of `doc`: as its first genre says, else as `usual`. */
att_topic_needs att_genre_needs(const att_genres *self, const att_document *doc, att_token_range title,
                                const att_vocabulary *vocabulary, const att_topic_needs *usual);

#endif

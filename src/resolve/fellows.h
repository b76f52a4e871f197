/* fellows.h - finds further speakers of the same statement beside the one whom a rule found: "Roe and Doe said", "said Roe and
 * Doe".
 */
#ifndef ATT_FELLOWS_H
#define ATT_FELLOWS_H

#include "knowledge/lists.h"

enum { ATT_MOST_FELLOWS = 7 };

typedef struct {
    uint32_t entity;
    att_str words;            /* of the text */
    const att_official *post; /* record of the title that names the speaker, or NULL */
} att_fellow;

typedef struct {
    att_fellow items[ATT_MOST_FELLOWS];
    uint32_t count;
} att_fellows;

/* Adds the speakers before token `first`, where the known speaker's words begin, last one first. False when those words are
 * not the speaker, but only a part of something before them that is: "officials of Peru and Chile said". */
bool att_fellows_before(const att_phrase_lists *lists, const att_document *doc, uint32_t first, uint32_t entity,
                        att_fellows *out);

/* The token where the first of them begins, with his title; `first` when there are none. */
uint32_t att_fellows_head(const att_phrase_lists *lists, const att_document *doc, uint32_t first);

/* Adds one speaker after the known one, whose words end before token `last`, and returns the token after both. */
uint32_t att_fellows_behind(const att_phrase_lists *lists, const att_document *doc, uint32_t last, uint32_t entity,
                            att_fellows *out);

/* Adds all speakers of a list that follows token `last`: ", Doe and Poe". */
void att_fellows_list(const att_phrase_lists *lists, const att_document *doc, uint32_t last, uint32_t entity, att_fellows *out);

#endif

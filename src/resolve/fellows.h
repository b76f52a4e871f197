/* fellows.h - who says something together with the one whom a rule found: "Roe and Doe said", "said Roe and Doe".
 */
#ifndef ATT_FELLOWS_H
#define ATT_FELLOWS_H

#include "model/document.h"

enum { ATT_MOST_FELLOWS = 7 };

typedef struct {
    uint32_t entity;
    att_str words;            /* of the text */
    const att_official *post; /* of the title that names him, or NULL */
} att_fellow;

typedef struct {
    att_fellow items[ATT_MOST_FELLOWS];
    uint32_t count;
} att_fellows;

/* Adds those before token `first`, with which the speaker's words begin, the last of them first. False where he is no speaker,
 * but what stands before them all is: "officials of Peru and Chile said". */
bool att_fellows_before(const att_document *doc, uint32_t first, uint32_t entity, att_fellows *out);

/* Where the first of them begins, with his title; `first` itself where there are none. */
uint32_t att_fellows_head(const att_document *doc, uint32_t first);

/* Adds the one behind the speaker, whose words end before token `last`, and gives the token behind both. */
uint32_t att_fellows_behind(const att_document *doc, uint32_t last, uint32_t entity, att_fellows *out);

/* Adds all that a list behind token `last` has: ", Doe and Poe". */
void att_fellows_list(const att_document *doc, uint32_t last, uint32_t entity, att_fellows *out);

#endif

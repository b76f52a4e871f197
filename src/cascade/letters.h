/* letters.h - of which state's body weak letters are: "NIA" where India's agency and Korea's service share them.
 *
 * The state beside them says it ("India's NIA", "the NIA of India"); else the one where the document is at home, by its origin
 * or its dateline; else the one, other than the United States, that it names clearly most often. Letters that a text explains
 * in brackets behind a name, or that mean much else, are of no state unless it stands beside them.
 */
#ifndef ATT_LETTERS_H
#define ATT_LETTERS_H

#include "knowledge/knowledge.h"

enum { ATT_STATES_NAMED = 64, ATT_LETTERS_EXPLAINED = 16 };

typedef struct {
    att_str code;
    uint32_t times;
} att_state_named;

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    att_str home; /* or null */
    att_str most; /* or null */
    att_state_named states[ATT_STATES_NAMED];
    uint32_t explained[ATT_LETTERS_EXPLAINED]; /* names in brackets */
    uint32_t told[ATT_LETTERS_EXPLAINED];      /* those that stand behind the name of a body whose acronym they are */
    uint32_t told_by[ATT_LETTERS_EXPLAINED];   /* its entry; of several's name that of the state beside it, or ATT_NONE */
    uint32_t state_count, explained_count, told_count;
    uint32_t most_times; /* how often `most` is named */
} att_letters;

/* Counts the states that the annotations, sorted, name. */
void att_letters_count(att_letters *self, const att_knowledge *knowledge, const att_document *doc);

/* Whether the annotation is one word in capitals, with one small letter, as "BoG", or with one capital, as "Nepra", that
 * a body of a state may be called. */
bool att_letters_are(const att_knowledge *knowledge, const att_document *doc, const att_annotation *weak);

/* Whether the letters are written as a word: "Nepra". They are of no state but the one at home, or beside them. */
bool att_letters_are_a_word(const att_letters *self, const att_annotation *weak);

/* The state that stands before annotation `index` or behind its "of", or before the list that it stands in; or null. */
att_str att_letters_beside(const att_letters *self, uint32_t index);

/* Whether the text explains them in brackets: they are not what they mostly are, then. */
bool att_letters_are_explained(const att_letters *self, const att_annotation *weak);

/* Whether the text says of which body they are: "Peru's Cyber Safety Centre (CSC)". Of which state, later steps find. */
bool att_letters_are_told(const att_letters *self, const att_annotation *weak);

/* The entry of that body, if it has the letters; else ATT_NONE. */
uint32_t att_letters_told(const att_letters *self, const att_annotation *weak);

/* The body with these letters of the state at home, else of that named most; ATT_NONE for none. */
uint32_t att_letters_at_home(const att_letters *self, const att_annotation *weak);

/* Whether letters may be of this state's body by default: where the document names the state, which the United States need not
 * be, or none at all and there is `only` this owner. In a line of capitals they may be any word. */
bool att_letters_may_be_of(const att_letters *self, const att_annotation *weak, att_str state, bool only);

#endif

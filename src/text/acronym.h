/* acronym.h - the letters in brackets behind a name that are short for it. */
#ifndef ATT_ACRONYM_H
#define ATT_ACRONYM_H

#include "model/document.h"

/* The token of letters in brackets that open at the token, whatever they are short for: "DIA" in "(DIA)"; or ATT_NONE. */
uint32_t att_acronym_in_brackets(const att_document *doc, uint32_t open);

/* The token in brackets behind the words, if it is their acronym: capitals that begin words in this order, figures aside, as in
 * "Ministry of Coal (MC7)"; else ATT_NONE. */
uint32_t att_acronym_behind(const att_document *doc, att_token_range words);

#endif

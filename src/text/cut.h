/* cut.h - where tokens start and end: the rules of words, abbreviations, addresses and marks, on one paragraph.
 *
 * Shape   two ways with one result. PLAIN goes from token to token; BLOCKS looks at 64 bytes at once, takes all that is
 *         plainly a word or a mark, and asks PLAIN about the others. A test compares them.
 */
#ifndef ATT_CUT_H
#define ATT_CUT_H

#include "model/token.h"
#include "text/lexicon.h"

typedef enum { ATT_CUT_PLAIN, ATT_CUT_BLOCKS } att_cut_way;

/* Whether this machine can go that way. */
bool att_cut_has(att_cut_way way);

/* Adds the tokens of text[start, end), which has no paragraph break: start, end and, in flags, ATT_FLAG_POSS. 64 bytes
 * behind `end` are looked at. */
void att_cut_in(att_cut_way way, const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end,
                att_tokens *tokens);

/* The same in the fastest way there is. */
void att_cut(const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end, att_tokens *tokens);

#endif

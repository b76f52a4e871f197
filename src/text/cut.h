/* cut.h - finds where tokens start and end in a paragraph: the rules for words, abbreviations, addresses and marks.
 *
 * Shape   two implementations with the same result. PLAIN goes from token to token. BLOCKS looks at 64 bytes at once, takes
 *         what is clearly a word or a mark, and leaves the rest to PLAIN. A test compares them.
 */
#ifndef ATT_CUT_H
#define ATT_CUT_H

#include "model/token.h"
#include "text/lexicon.h"

typedef enum { ATT_CUT_PLAIN, ATT_CUT_BLOCKS } att_cut_way;

/* Whether this machine supports that implementation. */
bool att_cut_has(att_cut_way way);

/* Adds the tokens of text[start, end), which contains no paragraph break: fills start, end and, in flags, ATT_FLAG_POSS.
 * Reads up to 64 bytes after `end`. */
void att_cut_in(att_cut_way way, const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end,
                att_tokens *tokens);

/* The same with the fastest implementation available. */
void att_cut(const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end, att_tokens *tokens);

#endif

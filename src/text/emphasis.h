/* emphasis.h - the marks of Markdown around words in bold or italics, which are no words: "the *Ministry* of **Foreign
 * Affairs**".
 */
#ifndef ATT_EMPHASIS_H
#define ATT_EMPHASIS_H

#include "model/token.h"

/* Takes those marks out of the tokens of a paragraph, which are those from `first` on: runs of one to three * or _ with their
 * like at the other end. */
void att_drop_emphasis(att_str text, att_tokens *tokens, uint32_t first);

#endif

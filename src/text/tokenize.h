/* tokenize.h - paragraphs to tokens of word types.
 *
 * Writes doc->tokens and the token ranges of doc->paragraphs. Hyphenated words are one token here; names decide
 * later where one is split (att_split_hyphens).
 */
#ifndef ATT_TOKENIZE_H
#define ATT_TOKENIZE_H

#include "model/document.h"
#include "text/vocabulary.h"

/* Where tokens start and end, and the ranges of paragraphs. */
void att_find_tokens(att_document *doc, const att_lexicon *lexicon);

/* Their word types, and which stand in a line of capitals. */
void att_find_types(att_document *doc, att_vocabulary *vocabulary);

/* Both. */
void att_tokenize(att_document *doc, att_vocabulary *vocabulary);

/* Splits hyphenated tokens at the byte offsets `cuts` (rising, each just before or just behind a hyphen) and moves the
 * token ranges of paragraphs along. */
void att_split_hyphens(att_document *doc, att_vocabulary *vocabulary, const uint32_t *cuts, uint32_t count);

#endif

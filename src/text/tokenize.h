/* tokenize.h - splits paragraphs into tokens and gives them word types.
 *
 * Writes doc->tokens and the token ranges of doc->paragraphs. A hyphenated word is one token at first; names decide later
 * where it is split (att_split_hyphens).
 */
#ifndef ATT_TOKENIZE_H
#define ATT_TOKENIZE_H

#include "model/document.h"
#include "text/vocabulary.h"

/* Finds where tokens start and end, and the token ranges of paragraphs. */
void att_find_tokens(att_document *doc, const att_lexicon *lexicon);

/* Finds the tokens' word types, and which of them stand in a line of capitals. */
void att_find_types(att_document *doc, att_vocabulary *vocabulary);

/* Does both. */
void att_tokenize(att_document *doc, att_vocabulary *vocabulary);

/* Splits hyphenated tokens at the byte offsets `cuts` (rising, each just before or just behind a hyphen) and moves the
 * token ranges of paragraphs along. */
void att_split_hyphens(att_document *doc, att_vocabulary *vocabulary, const uint32_t *cuts, uint32_t count);

#endif

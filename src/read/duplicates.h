/* duplicates.h - recognises texts that came before, among the documents of one reader.
 *
 * Shape   a text counts as a sequence of words (runs of letters and digits, ASCII letters in one case), so that blanks, marks
 * and capitals make no difference. "exact": the same words in the same order. "near": the estimated Jaccard similarity of the
 * two sets of shingles (four words in a row) is at least four fifths. Only first occurrences are kept: the last 262,144 to
 * 524,288 texts, for "near" 65,536 to 131,072. Owner   the reader. Errors  ATT_NOMEM when there is no memory to keep the text's
 * signature. Source  A. Broder, On the resemblance and containment of documents, 1997; P. Li, A. Owen, C.-H. Zhang, One
 * permutation hashing, 2012: 64 bins for each text, looked up in 16 groups of four.
 */
#ifndef ATT_DUPLICATES_H
#define ATT_DUPLICATES_H

#include "model/document.h"

typedef struct att_duplicates att_duplicates;

/* Whether the name is one of att_duplicates_way. */
bool att_is_duplicates_way(const char *name);

/* `way` is a name from att_duplicates_way. NULL when there is no memory. */
att_duplicates *att_duplicates_new(const char *way);
void att_duplicates_free(att_duplicates *self);

/* Sets doc->duplicate_of to the id of the earlier document, or remembers this one as the first with its text. A text without
 * a word equals no other. The guard of the document's arena must be armed. */
att_status att_duplicates_note(att_duplicates *self, att_document *doc);

#endif

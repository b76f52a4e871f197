/* plain.h - texts as writers of rules compare them: quotation marks and dashes in one way, any run of blanks one blank,
 * invisible characters left out. Capitals count.
 */
#ifndef ATT_PLAIN_H
#define ATT_PLAIN_H

#include "base/str.h"

/* Whether two texts are equal when compared in this way. */
bool att_plain_equal(att_str a, att_str b);

/* Where `words` stands in `text`, at byte `from` or behind it. False when it does not. */
bool att_plain_find(att_str text, att_str words, size_t from, size_t *start, size_t *end);

/* The text on one line: each run of blanks one blank. */
att_str att_plain_line(att_arena *arena, att_str text);

#endif

/* titles.h - titles and names of persons as offices compare them, and the words beside a title that say whether it is held.
 *
 * Owner   what is folded lies in the arena given.
 */
#ifndef ATT_TITLES_H
#define ATT_TITLES_H

#include "base/str.h"

/* Folded words with one blank between them; a hyphen, a comma and a line break are blanks. */
att_str att_fold_words(att_arena *arena, att_str text);

/* The same of a title, without "the" before it. */
att_str att_fold_title(att_arena *arena, att_str title);

/* The same of a person's name, without marks on letters, initials and "Jr." */
att_str att_fold_person(att_arena *arena, att_str name);

/* Cuts the first word off folded ones. */
att_str att_first_word(att_str *rest);

/* The title without "former", "then-", "acting", "-elect" and the like; *status is what they say ("former", "acting",
 * "designate"), or a null view. */
att_str att_title_core(att_str title, att_str *status);

/* Whether a word beside a title may be such a word: quick, by letters that its parts begin with. */
bool att_may_say_status(att_str word);

#endif

/* titles.h - titles and names of persons in the form in which offices compare them, and words such as "former" and "acting".
 *
 * Owner   results lie in the arena given.
 */
#ifndef ATT_TITLES_H
#define ATT_TITLES_H

#include "base/str.h"

/* The text case-folded, with single blanks; hyphens, commas and line breaks count as blanks. */
att_str att_fold_words(att_arena *arena, att_str text);

/* The same for a title, without "the" at its start. */
att_str att_fold_title(att_arena *arena, att_str title);

/* The same for a person's name, in plain letters ("schroder"), without initials and "Jr.". */
att_str att_fold_person(att_arena *arena, att_str name);

/* A name as those write it out who have plain letters only: "Schroeder" for one with an umlaut, "Djindjic" for one with
 * strokes. ASCII text is returned unchanged. */
att_str att_write_out(att_arena *arena, att_str name);

/* The title without "former", "then-", "acting", "-elect" and the like; *status is what they mean ("former", "acting",
 * "designate"), or a null view. */
att_str att_title_core(att_str title, att_str *status);

/* A quick test, by first letters, whether a word could be one of these. */
bool att_may_say_status(att_str word);

#endif

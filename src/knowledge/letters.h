/* letters.h - characters in rules that look like others or like nothing: what is pasted from pages has them. */
#ifndef ATT_LETTERS_H
#define ATT_LETTERS_H

#include "base/diag.h"

/* C15 for invisible characters, for marks that stand apart from the letter that has them in one character, and for a letter of
 * another script inside a word (a warning). Comments and texts of tests may have them. The text is UTF-8. */
void att_letters_check(att_diags *diags, const att_source *source);

/* C15 (a warning) for a semicolon in a name or trigger, which was meant to part two, and for quotation marks around one. */
void att_letters_apart(att_diags *diags, att_place place, att_str form);

#endif

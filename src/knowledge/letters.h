/* letters.h - finds characters in rules that look like others or are invisible, as text copied from web pages has them. */
#ifndef ATT_LETTERS_H
#define ATT_LETTERS_H

#include "base/diag.h"

/* Reports (C15) invisible characters, accents written apart from a letter that has them in one character and, as a warning,
 * a letter of another script inside a word. Comments and texts of tests are exempt. The text must be UTF-8. */
void att_letters_check(att_diags *diags, const att_source *source);

/* Warns (C15) of a semicolon in a name or trigger, which was probably meant to separate two, and of quotation marks around one.
 */
void att_letters_apart(att_diags *diags, att_place place, att_str form);

#endif

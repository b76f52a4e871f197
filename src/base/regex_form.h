/* regex_form.h - what the text of a regular expression says before it runs: whether it may take very many steps, and whether it
 * is a longer way to write a class of words.
 *
 * Nothing is said where that is not sure: of options, conditions and quoted text, and of what depends on letters beyond ASCII.
 */
#ifndef ATT_REGEX_FORM_H
#define ATT_REGEX_FORM_H

#include "base/str.h"

typedef enum {
    ATT_REGEX_PLAIN,
    ATT_REGEX_NESTED,   /* (a+b?)+ */
    ATT_REGEX_ADJACENT, /* a*a*b: what one of them leaves the next may take */
    ATT_REGEX_CHOICES,  /* (a|a)+b: each round has two ways */
    ATT_REGEX_ANY,      /* .* */
    ATT_REGEX_DIGITS    /* [0-9]+ */
} att_regex_form;

/* ATT_REGEX_PLAIN where nothing is said, as of a pattern that PCRE2 does not compile. */
att_regex_form att_regex_form_of(att_str pattern);

#endif

/* regex_form.h - what the text of a regular expression tells without running it: whether matching may take very many steps,
 * and whether it only spells out a class of words that rules can name.
 *
 * Only certain findings are reported. Nothing is said about options, conditions and quoted text, nor where the answer depends
 * on letters beyond ASCII.
 */
#ifndef ATT_REGEX_FORM_H
#define ATT_REGEX_FORM_H

#include "base/str.h"

typedef enum {
    ATT_REGEX_PLAIN,
    ATT_REGEX_NESTED,   /* (a+b?)+ */
    ATT_REGEX_ADJACENT, /* a*a*b: what one of them gives up the next may take */
    ATT_REGEX_CHOICES,  /* (a|a)+b: each round has two ways */
    ATT_REGEX_ANY,      /* .* */
    ATT_REGEX_DIGITS    /* [0-9]+ */
} att_regex_form;

/* ATT_REGEX_PLAIN when there is nothing to report, also for a pattern that PCRE2 rejects. */
att_regex_form att_regex_form_of(att_str pattern);

#endif

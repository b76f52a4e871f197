/* regex.h - regular expressions over one token. The one room that includes pcre2.h.
 *
 * A pattern must match the whole token, and tokens are short, so a match costs a bounded amount; limits on steps, depth and
 * memory stand behind that.
 * Owner   an att_regex is freed by att_regex_free; matching only reads it, from any thread.
 */
#ifndef ATT_REGEX_H
#define ATT_REGEX_H

#include "base/str.h"

enum { ATT_REGEX_LONGEST_TOKEN = 64, ATT_REGEX_LONGEST_PATTERN = 1024 };

typedef struct att_regex_code att_regex;

/* What is wrong with a pattern, and at which byte of it. */
typedef struct {
    char message[160];
    size_t offset;
} att_regex_error;

/* NULL, with `error` filled, when the pattern can't be compiled. */
att_regex *att_regex_new(att_str pattern, att_regex_error *error);
void att_regex_free(att_regex *self);

/* Whether the pattern matches the whole of `token`. Never for longer tokens, ill-formed bytes, or past a limit. */
bool att_regex_matches(att_regex *self, att_str token);

/* Whether a token that begins with the byte may match. */
bool att_regex_may_begin(const att_regex *self, unsigned char byte);

#endif

/* regex.h - regular expressions over one token. The only file that includes pcre2.h.
 *
 * A pattern must match the whole token. Tokens are short, so the cost of a match is bounded; limits on steps, depth and
 * memory guard against what remains.
 * Owner   an att_regex is freed by att_regex_free. Matching only reads it, so threads may share it.
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

/* Compiles a pattern. Returns NULL and fills `error` when that fails. */
att_regex *att_regex_new(att_str pattern, att_regex_error *error);
void att_regex_free(att_regex *self);

/* Whether the pattern matches the whole of `token`. False for tokens over the length limit, for ill-formed UTF-8 and when a
 * match limit is reached. */
bool att_regex_matches(att_regex *self, att_str token);

/* Whether the pattern can match a token that starts with this byte. */
bool att_regex_may_begin(const att_regex *self, unsigned char byte);

#endif

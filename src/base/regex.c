#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>

enum { MOST_STEPS = 100000, MOST_DEPTH = 1000, MOST_HEAP_KIB = 1024, MOST_BRACKETS = 64 };

/* An att_regex is PCRE2's own object under another name. */
static const pcre2_code *code_of(const att_regex *self)
{
    return (const pcre2_code *)self;
}

static pcre2_code *compile(att_str pattern, pcre2_compile_context *context, att_regex_error *error)
{
    const uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    int code;
    pcre2_set_max_pattern_length(context, ATT_REGEX_LONGEST_PATTERN);
    pcre2_set_parens_nest_limit(context, MOST_BRACKETS);
    pcre2_code *made = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.length, options, &code, &error->offset, context);
    if (made) return made;
    pcre2_get_error_message(code, (PCRE2_UCHAR *)error->message, sizeof error->message);
    if (error->offset > pattern.length) error->offset = pattern.length;
    return NULL;
}

att_regex *att_regex_new(att_str pattern, att_regex_error *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        *error = (att_regex_error){ .message = "out of memory" };
        return NULL;
    }
    pcre2_code *made = compile(pattern, context, error);
    pcre2_compile_context_free(context);
    if (made) pcre2_jit_compile(made, PCRE2_JIT_COMPLETE); /* where there is no JIT the interpreter answers the same */
    return (att_regex *)made;
}

void att_regex_free(att_regex *self)
{
    pcre2_code_free((pcre2_code *)self);
}

bool att_regex_matches(const att_regex *self, att_str token)
{
    if (token.length > ATT_REGEX_LONGEST_TOKEN) return false;
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool matched = false;
    if (context && data) {
        pcre2_set_match_limit(context, MOST_STEPS);
        pcre2_set_depth_limit(context, MOST_DEPTH);
        pcre2_set_heap_limit(context, MOST_HEAP_KIB);
        matched = pcre2_match(code_of(self), (PCRE2_SPTR)token.data, token.length, 0, 0, data, context) >= 0;
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return matched;
}

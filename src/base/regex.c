#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>
#include <stdlib.h>

enum { MOST_STEPS = 100000, MOST_DEPTH = 1000, MOST_HEAP_KIB = 1024, MOST_BRACKETS = 64 };

struct att_regex_code {
    pcre2_code *code;
    pcre2_match_context *limits;
};

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

static pcre2_match_context *new_limits(void)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (!limits) return NULL;
    pcre2_set_match_limit(limits, MOST_STEPS);
    pcre2_set_depth_limit(limits, MOST_DEPTH);
    pcre2_set_heap_limit(limits, MOST_HEAP_KIB);
    return limits;
}

att_regex *att_regex_new(att_str pattern, att_regex_error *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    att_regex *self = calloc(1, sizeof *self);
    *error = (att_regex_error){ .message = "out of memory" };
    if (context && self) {
        self->limits = new_limits();
        if (self->limits) self->code = compile(pattern, context, error);
    }
    if (context) pcre2_compile_context_free(context);
    if (!self || !self->code) {
        att_regex_free(self);
        return NULL;
    }
    pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE); /* where there is no JIT the interpreter answers the same */
    return self;
}

void att_regex_free(att_regex *self)
{
    if (!self) return;
    pcre2_code_free(self->code);
    pcre2_match_context_free(self->limits);
    free(self);
}

bool att_regex_matches(const att_regex *self, att_str token)
{
    if (token.length > ATT_REGEX_LONGEST_TOKEN) return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (!data) return false;
    bool matched = pcre2_match(self->code, (PCRE2_SPTR)token.data, token.length, 0, 0, data, self->limits) >= 0;
    pcre2_match_data_free(data);
    return matched;
}

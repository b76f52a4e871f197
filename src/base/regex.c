#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 100000, MOST_DEPTH = 1000, MOST_HEAP_KIB = 1024, MOST_BRACKETS = 64 };

struct att_regex_code {
    pcre2_code *code;
    pcre2_match_context *limits;
    _Atomic(pcre2_match_data *) spare; /* what a match needs, for the next thread that asks; or NULL */
    bool fast;                         /* compiled for the processor */
    uint64_t first[4];                 /* bit set of the bytes that a match can begin with */
    uint32_t shortest;                 /* characters of the shortest match */
    int needed;                        /* a byte that every match has, or -1 */
};

enum { OPTIONS = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY };

static pcre2_code *compile(att_str pattern, pcre2_compile_context *context, att_regex_error *error)
{
    const uint32_t options = OPTIONS | PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    int code;
    pcre2_set_max_pattern_length(context, ATT_REGEX_LONGEST_PATTERN);
    pcre2_set_parens_nest_limit(context, MOST_BRACKETS);
    pcre2_code *made = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.length, options, &code, &error->offset, context);
    if (made) return made;
    pcre2_get_error_message(code, (PCRE2_UCHAR *)error->message, sizeof error->message);
    if (error->offset > pattern.length) error->offset = pattern.length;
    return NULL;
}

/* Whether some part of the pattern may be matched whatever its case: an option with an i. */
static bool may_ignore_case(att_str pattern)
{
    for (size_t i = 0; i + 2 < pattern.length; i++) {
        if (pattern.data[i] != '(' || pattern.data[i + 1] != '?') continue;
        for (size_t j = i + 2; j < pattern.length && pattern.data[j] >= 'A' && pattern.data[j] <= 'z'; j++)
            if (pattern.data[j] == 'i') return true;
    }
    return false;
}

/* What PCRE2 knows of every match, which it finds out of patterns that are not anchored only. */
static void find_out(att_regex *self, att_str pattern)
{
    int error;
    PCRE2_SIZE place;
    const uint8_t *first = NULL;
    uint32_t kind = 0, byte = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.length, OPTIONS, &error, &place, NULL);
    memset(self->first, 0xff, sizeof self->first);
    self->needed = -1;
    if (!code) return;
    if (may_ignore_case(pattern)) {
        pcre2_code_free(code);
        return;
    }
    pcre2_pattern_info(code, PCRE2_INFO_MINLENGTH, &self->shortest);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &kind);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &first);
    if (first) memcpy(self->first, first, sizeof self->first);
    if (kind == 1 && pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &byte) == 0) {
        memset(self->first, 0, sizeof self->first);
        self->first[byte / 64] = UINT64_C(1) << byte % 64;
    }
    pcre2_pattern_info(code, PCRE2_INFO_LASTCODETYPE, &kind);
    if (kind == 1 && pcre2_pattern_info(code, PCRE2_INFO_LASTCODEUNIT, &byte) == 0) self->needed = (int)byte;
    pcre2_code_free(code);
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
    find_out(self, pattern);
    self->fast = pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE) == 0; /* else the interpreter answers the same */
    return self;
}

void att_regex_free(att_regex *self)
{
    if (!self) return;
    pcre2_code_free(self->code);
    pcre2_match_context_free(self->limits);
    pcre2_match_data_free(atomic_load(&self->spare));
    free(self);
}

bool att_regex_may_begin(const att_regex *self, unsigned char byte)
{
    return self->first[byte / 64] >> byte % 64 & 1;
}

/* Calls that trust their text are for text that was looked at. */
static bool match(const att_regex *self, att_str token, pcre2_match_data *data)
{
    PCRE2_SPTR text = (PCRE2_SPTR)token.data;
    if (self->fast && att_str_is_ascii(token))
        return pcre2_jit_match(self->code, text, token.length, 0, 0, data, self->limits) >= 0;
    return pcre2_match(self->code, text, token.length, 0, 0, data, self->limits) >= 0;
}

bool att_regex_matches(att_regex *self, att_str token)
{
    if (token.length > ATT_REGEX_LONGEST_TOKEN || token.length < self->shortest) return false;
    unsigned char first = token.length ? (unsigned char)token.data[0] : 0;
    if (token.length && !att_regex_may_begin(self, first)) return false;
    if (self->needed >= 0 && !memchr(token.data, self->needed, token.length)) return false;
    pcre2_match_data *data = atomic_exchange(&self->spare, NULL);
    if (!data) data = pcre2_match_data_create(1, NULL);
    if (!data) return false;
    bool matched = match(self, token, data);
    pcre2_match_data_free(atomic_exchange(&self->spare, data));
    return matched;
}

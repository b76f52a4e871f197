#include "read/plain_json.h"

#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { DEEPEST = 32 };

typedef struct {
    att_str text;
    size_t at;
    bool good; /* false once anything is met that is not plain */
} scanner;

static char byte_at(const scanner *self)
{
    return self->at < self->text.length ? self->text.data[self->at] : '\0';
}

static void skip_blanks(scanner *self)
{
    char c;
    while ((c = byte_at(self)) == ' ' || c == '\t' || c == '\n' || c == '\r') self->at++;
}

static bool take(scanner *self, char wanted)
{
    skip_blanks(self);
    if (byte_at(self) != wanted) return false;
    self->at++;
    return true;
}

static void need(scanner *self, char wanted)
{
    if (!take(self, wanted)) self->good = false;
}

static bool is_special(char c)
{
    return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

/* Past the next run of bytes that stand for themselves. */
static void skip_run(scanner *self)
{
#ifdef __SSE2__
    for (; self->at + 16 <= self->text.length; self->at += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(self->text.data + self->at)), last = _mm_set1_epi8(0x1F);
        __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        int special = _mm_movemask_epi8(_mm_or_si128(marks, _mm_cmpeq_epi8(_mm_min_epu8(bytes, last), bytes)));
        if (!special) continue;
        self->at += (size_t)__builtin_ctz((unsigned)special);
        return;
    }
#endif
    while (self->at < self->text.length && !is_special(self->text.data[self->at])) self->at++;
}

long att_json_escape(att_str text, size_t at)
{
    long code = 0;
    if (text.length < at + 6 || text.data[at] != '\\' || text.data[at + 1] != 'u') return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9') code = code * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') code = code * 16 + ((c | 0x20) - 'a' + 10);
        else return -1;
    }
    return code;
}

/* What a letter behind a backslash means; 0 for none. */
static const char meanings[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'
};

/* Past the escape whose backslash is at `at`. One that is none, or half of a surrogate pair, makes the scan not good. */
static void skip_escape(scanner *self)
{
    char c = self->at + 1 < self->text.length ? self->text.data[self->at + 1] : '\0';
    long code = c == 'u' ? att_json_escape(self->text, self->at) : 0;
    self->at += c == 'u' ? 6 : 2;
    if (code >= 0xD800 && code <= 0xDBFF) {
        long low = att_json_escape(self->text, self->at);
        self->good = self->good && low >= 0xDC00 && low <= 0xDFFF;
        self->at += 6;
    } else if (code < 0 || (code >= 0xDC00 && code <= 0xDFFF) || (c != 'u' && !meanings[(unsigned char)c])) {
        self->good = false;
    }
}

/* The string whose quotation mark is next, as it stands; `*escapes` when it has any. */
static att_str take_string(scanner *self, bool *escapes)
{
    *escapes = false;
    need(self, '"');
    size_t start = self->at;
    while (self->good) {
        skip_run(self);
        if (byte_at(self) == '"') return att_str_slice(self->text, start, self->at++);
        if (byte_at(self) != '\\') self->good = false;
        else skip_escape(self);
        *escapes = true;
    }
    return (att_str){ 0 };
}

static char *put_code(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    static const unsigned char leads[] = { 0, 0xC0, 0xE0, 0xF0 };
    uint32_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    *to++ = (char)(leads[more] | code >> (6 * more));
    while (more--) *to++ = (char)(0x80 | (code >> (6 * more) & 0x3F));
    return to;
}

/* Copies the run up to the next backslash, or to `end`, and returns where it ends; *to moves behind it. Sixteen bytes are
 * copied at a time, so up to fifteen are written past the run: into the padding, or where the next run goes. */
static const char *copy_run(char **to, const char *from, const char *end)
{
#ifdef __SSE2__
    for (; end - from >= 16; from += 16, *to += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)from);
        int marks = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        _mm_storeu_si128((void *)*to, bytes);
        if (!marks) continue;
        *to += __builtin_ctz((unsigned)marks);
        return from + __builtin_ctz((unsigned)marks);
    }
#endif
    while (from < end && *from != '\\') *(*to)++ = *from++;
    return from;
}

/* A string that skip_escape found good, without its escapes: each is longer than what it stands for. */
static att_str decode(att_arena *arena, att_str raw)
{
    const char *end = raw.data + raw.length;
    char *out = att_arena_alloc(arena, raw.length + ATT_TEXT_PADDING), *to = out;
    for (const char *at = copy_run(&to, raw.data, end); at < end; at = copy_run(&to, at, end)) {
        if (at[1] != 'u') {
            *to++ = meanings[(unsigned char)at[1]];
            at += 2;
            continue;
        }
        uint32_t code = (uint32_t)att_json_escape(raw, (size_t)(at - raw.data));
        at += 6;
        if (code >= 0xD800 && code <= 0xDBFF) {
            code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)att_json_escape(raw, (size_t)(at - raw.data)) - 0xDC00);
            at += 6;
        }
        to = put_code(to, code);
    }
    memset(to, 0, ATT_TEXT_PADDING);
    return (att_str){ out, (size_t)(to - out) };
}

static size_t count_digits(scanner *self)
{
    size_t start = self->at;
    while (byte_at(self) >= '0' && byte_at(self) <= '9') self->at++;
    return self->at - start;
}

static void skip_number(scanner *self)
{
    if (byte_at(self) == '-') self->at++;
    bool zero = byte_at(self) == '0';
    size_t digits = count_digits(self);
    self->good = self->good && digits && !(zero && digits > 1);
    if (byte_at(self) == '.') {
        self->at++;
        self->good = self->good && count_digits(self);
    }
    if ((byte_at(self) | 0x20) == 'e') {
        self->at++;
        if (byte_at(self) == '+' || byte_at(self) == '-') self->at++;
        self->good = self->good && count_digits(self);
    }
}

static bool take_word(scanner *self, const char *word)
{
    if (!att_str_starts(att_str_slice(self->text, self->at, self->text.length), att_str_of(word))) return false;
    self->at += strlen(word);
    return true;
}

static void skip_value(scanner *self, int depth);

/* The members of an array or object behind its bracket. */
static void skip_members(scanner *self, char close, int depth)
{
    bool escapes;
    if (take(self, close)) return;
    do {
        if (close == '}') {
            take_string(self, &escapes);
            if (escapes) self->good = false;
            need(self, ':');
        }
        skip_value(self, depth);
    } while (self->good && take(self, ','));
    need(self, close);
}

static void skip_value(scanner *self, int depth)
{
    bool escapes;
    skip_blanks(self);
    char c = byte_at(self);
    if (depth == DEEPEST || !self->good) {
        self->good = false;
    } else if (c == '"') {
        take_string(self, &escapes);
    } else if (c == '{' || c == '[') {
        self->at++;
        skip_members(self, c == '{' ? '}' : ']', depth + 1);
    } else if (!take_word(self, "null") && !take_word(self, "true") && !take_word(self, "false")) {
        skip_number(self);
    }
}

/* The value of a wanted field: a string, or null. */
static att_str take_value(scanner *self, att_arena *arena)
{
    bool escapes;
    skip_blanks(self);
    if (take_word(self, "null")) return (att_str){ 0 };
    att_str raw = take_string(self, &escapes);
    return self->good && escapes ? decode(arena, raw) : raw;
}

static void take_field(scanner *self, att_arena *arena, const char *const *names, att_str *values, size_t count)
{
    bool escapes;
    size_t field = 0;
    skip_blanks(self);
    att_str key = take_string(self, &escapes);
    need(self, ':');
    if (escapes) self->good = false;
    if (!self->good) return;
    while (field < count && !att_str_is(key, names[field])) field++;
    if (field == count) skip_value(self, 0);
    else values[field] = take_value(self, arena);
    for (size_t other = field + 1; other < count; other++)
        if (att_str_is(key, names[other])) self->good = false; /* one key for two fields */
}

bool att_plain_json(att_arena *arena, att_str line, const char *const *names, att_str *values, size_t count)
{
    scanner self = { line, 0, true };
    if (att_utf8_check(line) != line.length) return false;
    memset(values, 0, sizeof *values * count);
    need(&self, '{');
    if (!take(&self, '}')) {
        do take_field(&self, arena, names, values, count);
        while (self.good && take(&self, ','));
        need(&self, '}');
    }
    skip_blanks(&self);
    return self.good && self.at == line.length;
}

#include "base/str.h"

#include <assert.h>
#include <stdio.h>

const char att_empty[1] = "";

enum { MOST_DIGITS = 20, FIRST_CAPACITY = 32 };

int att_str_compare(att_str a, att_str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool att_str_starts(att_str text, att_str head)
{
    return text.length >= head.length && memcmp(text.data, head.data, head.length) == 0;
}

bool att_str_starts_words(att_str text, att_str head)
{
    return att_str_starts(text, head) && (text.length == head.length || text.data[head.length] == ' ');
}

bool att_str_ends(att_str text, att_str tail)
{
    return text.length >= tail.length && memcmp(text.data + text.length - tail.length, tail.data, tail.length) == 0;
}

att_str att_str_last_word(att_str text)
{
    size_t start = text.length;
    while (start && text.data[start - 1] != ' ') start--;
    return att_str_slice(text, start, text.length);
}

att_str att_str_first_word(att_str *rest)
{
    const char *blank = rest->length ? memchr(rest->data, ' ', rest->length) : NULL;
    size_t end = blank ? (size_t)(blank - rest->data) : rest->length;
    att_str word = att_str_slice(*rest, 0, end);
    *rest = att_str_slice(*rest, blank ? end + 1 : end, rest->length);
    return word;
}

bool att_str_is_ascii(att_str text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++) all |= (unsigned char)text.data[i];
    return all < 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

att_str att_str_trim(att_str text)
{
    while (text.length && is_blank(text.data[0])) text.data++, text.length--;
    while (text.length && is_blank(text.data[text.length - 1])) text.length--;
    return text;
}

/* Whether of eight bytes none is a control character and no two blanks stand together. */
static bool has_single_blanks(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7F * ones;
    uint64_t word, others;
    memcpy(&word, bytes, 8);
    others = word ^ (0x20 * ones);
    uint64_t blanks = ~(((others & low) + low) | others | low), controls = (word - 0x20 * ones) & ~word & ~low;
    return !(controls | (blanks & blanks >> 8));
}

/* A quick test, eight bytes at a time; each eight begin with the last byte of those before, so that two blanks are seen
 * together. False when a closer look is needed. */
static bool is_one_line(att_str text)
{
    size_t at = 0;
    if (text.length < 8 || text.data[0] == ' ') return false;
    while (at + 8 <= text.length && has_single_blanks(text.data + at)) at += 7;
    return at + 8 > text.length && has_single_blanks(text.data + text.length - 8);
}

att_str att_str_one_line(att_arena *arena, att_str text)
{
    size_t plain = 0, length = 0;
    if (is_one_line(text)) return text;
    while (plain < text.length
           && ((unsigned char)text.data[plain] > ' ' || !is_blank(text.data[plain])
               || (text.data[plain] == ' ' && plain && text.data[plain - 1] != ' ')))
        plain++;
    if (plain == text.length) return text;
    char *out = att_arena_alloc(arena, text.length);
    for (size_t i = 0; i < text.length; i++) {
        bool blank = is_blank(text.data[i]);
        if (!blank || !length || out[length - 1] != ' ') out[length++] = blank ? ' ' : text.data[i];
    }
    return (att_str){ out, length };
}

att_str att_str_copy(att_arena *arena, att_str text)
{
    if (!text.data) return text;
    char *copy = att_arena_alloc(arena, text.length + 1);
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return (att_str){ copy, text.length };
}

att_str att_str_join(att_arena *arena, att_str a, att_str between, att_str b)
{
    att_buf out = { .arena = arena };
    out.items = att_arena_alloc(arena, a.length + between.length + b.length + 1);
    out.capacity = a.length + between.length + b.length + 1;
    att_buf_add(&out, a);
    att_buf_add(&out, between);
    att_buf_add(&out, b);
    out.items[out.count] = '\0';
    return att_buf_str(&out);
}

/* Writes the number so that it ends before `end`; returns where it begins. */
static char *put_number(char *end, uint64_t number)
{
    do *--end = (char)('0' + number % 10);
    while (number /= 10);
    return end;
}

att_str att_str_numbered(att_arena *arena, char letter, uint32_t number)
{
    char bytes[MOST_DIGITS + 1], *end = bytes + sizeof bytes, *start = put_number(end, number);
    *--start = letter;
    return att_str_copy(arena, (att_str){ start, (size_t)(end - start) });
}

att_str att_str_vformat(att_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    char *text = att_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (att_str){ text, (size_t)length };
}

att_str att_str_format(att_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str text = att_str_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

enum { LONGEST_WORD = 64 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

enum { SWAP = 1, CHANGE = 2 }; /* costs: letters are swapped more often than mistaken */

/* What it costs to make `b` of `a` (optimal string alignment), whatever the case of ASCII letters, for words up to LONGEST_WORD
 * bytes. */
static size_t distance(att_str a, att_str b)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b.length; j++) rows[1][j] = j * CHANGE;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *now = rows[(i + 1) % 3], *before = rows[i % 3], *earlier = rows[(i + 2) % 3];
        now[0] = i * CHANGE;
        for (size_t j = 1; j <= b.length; j++) {
            char x = small(a.data[i - 1]), y = small(b.data[j - 1]);
            size_t best = before[j - 1] + (x != y ? CHANGE : 0);
            if (before[j] + CHANGE < best) best = before[j] + CHANGE;
            if (now[j - 1] + CHANGE < best) best = now[j - 1] + CHANGE;
            bool swapped = i > 1 && j > 1 && x == small(b.data[j - 2]) && small(a.data[i - 2]) == y;
            if (swapped && earlier[j - 2] + SWAP < best) best = earlier[j - 2] + SWAP;
            now[j] = best;
        }
    }
    return rows[(a.length + 1) % 3][b.length];
}

/* How many letters both begin with, whatever their case. */
static size_t common_start(att_str a, att_str b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && small(a.data[length]) == small(b.data[length])) length++;
    return length;
}

att_str att_str_nearest(att_str word, const att_str *names, size_t count)
{
    att_str nearest = { 0 };
    if (word.length > LONGEST_WORD) return nearest;
    size_t limit = CHANGE * (word.length < 3 ? 1 : (word.length + 2) / 3);
    for (size_t i = 0; i < count; i++) {
        if (!names[i].length || names[i].length > LONGEST_WORD) continue;
        size_t d = distance(word, names[i]);
        bool better = !nearest.data || common_start(word, names[i]) > common_start(word, nearest);
        if (d > limit || (d == limit && !better)) continue;
        nearest = names[i];
        limit = d;
    }
    return nearest;
}

const char *att_did_you_mean(att_arena *arena, att_str word, const att_str *names, size_t count)
{
    att_str near = att_str_nearest(word, names, count);
    return near.data ? att_str_format(arena, "; did you mean '%.*s'?", ATT_STR_ARG(near)).data : "";
}

void att_buf_reserve(att_buf *self, size_t more)
{
    if (self->capacity - self->count >= more) return;
    const size_t needed = more <= SIZE_MAX - self->count ? self->count + more : SIZE_MAX; /* which no arena has */
    size_t wanted = self->capacity ? self->capacity : FIRST_CAPACITY;
    while (wanted < needed) wanted = wanted <= SIZE_MAX / 2 ? wanted * 2 : SIZE_MAX;
    self->items = att_arena_grow(self->arena, self->items, self->count, wanted, 1);
    self->capacity = wanted;
}

void att_buf_add(att_buf *self, att_str text)
{
    if (!text.length) return;
    att_buf_reserve(self, text.length);
    memcpy(self->items + self->count, text.data, text.length);
    self->count += text.length;
}

void att_buf_number(att_buf *self, uint64_t number)
{
    char digits[MOST_DIGITS], *end = digits + sizeof digits, *start = put_number(end, number);
    att_buf_add(self, (att_str){ start, (size_t)(end - start) });
}

void att_buf_format(att_buf *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    att_buf_reserve(self, (size_t)length + 1);
    vsnprintf(self->items + self->count, (size_t)length + 1, format, again);
    va_end(again);
    self->count += (size_t)length;
}

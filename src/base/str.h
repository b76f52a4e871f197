/* str.h - bytes with a length: views, which own nothing, and a buffer that grows in an arena.
 *
 * Shape   a view is a pointer and a length in bytes. It may contain NULs and need not be NUL-terminated.
 * Owner   a view borrows its bytes; the bytes of a buffer belong to its arena.
 */
#ifndef ATT_STR_H
#define ATT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct {
    const char *data; /* NULL means "no value", which differs from the empty string */
    size_t length;
} att_str;

extern const char att_empty[1]; /* "" */

#define ATT_STR(literal) ((att_str){ literal, sizeof(literal) - 1 })
#define ATT_EMPTY                                                                                                              \
    ((att_str){ att_empty, 0 }) /* the engine must keep every empty string as this one: engine/compile relies on it */
#define ATT_STR_ARG(str) (int)(str).length, (str).data /* for "%.*s"; `str` is evaluated twice */

static inline att_str att_str_of(const char *text)
{
    return (att_str){ text, text ? strlen(text) : 0 };
}
static inline bool att_str_equal(att_str a, att_str b)
{
    return a.length == b.length && (a.length == 0 || (*a.data == *b.data && memcmp(a.data, b.data, a.length) == 0));
}
static inline bool att_str_is(att_str a, const char *b)
{
    return att_str_equal(a, att_str_of(b));
}

/* Whether it is one of the words; behind the last stands NULL. */
static inline bool att_str_is_any(att_str a, const char *const *words)
{
    while (*words && !att_str_is(a, *words)) words++;
    return *words;
}
static inline att_str att_str_slice(att_str a, size_t start, size_t end)
{
    return (att_str){ a.data + start, end - start };
}

/* Compares by bytes; when one is the beginning of the other, the shorter comes first. */
int att_str_compare(att_str a, att_str b);
bool att_str_starts(att_str text, att_str head);
/* The same where the head must end with a word: "vice president" starts with the words "vice". */
bool att_str_starts_words(att_str text, att_str head);
bool att_str_ends(att_str text, att_str tail);

/* The first byte at or behind `at` that is no figure. */
static inline size_t att_str_behind_figures(att_str text, size_t at)
{
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at;
}

/* The part after the last blank: "Roe" of "Alma Roe". The whole text when it has no blank. */
att_str att_str_last_word(att_str text);
/* Cuts the part before the first blank off the text and returns it; the blank is left out. */
att_str att_str_first_word(att_str *rest);
bool att_str_is_ascii(att_str text);

/* The text without blanks, tabs, CR and LF at both ends. */
att_str att_str_trim(att_str text);

/* The text with one blank in place of each run of blanks and line breaks; the same view when nothing changes. */
att_str att_str_one_line(att_arena *arena, att_str text);

/* A copy in the arena, NUL-terminated so that it can be passed to system calls. */
att_str att_str_copy(att_arena *arena, att_str text);
/* A letter followed by a number: "e12". */
att_str att_str_numbered(att_arena *arena, char letter, uint32_t number);
/* `a`, `between` and `b`, joined into one string. */
att_str att_str_join(att_arena *arena, att_str a, att_str between, att_str b);
att_str att_str_format(att_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
att_str att_str_vformat(att_arena *arena, const char *format, va_list arguments);

/* The member of `names` with the smallest edit distance to `word`, ignoring case; at most a third of the letters may differ.
 * Of equally near ones, one with the same first letter is preferred. An empty view when none is near. */
att_str att_str_nearest(att_str word, const att_str *names, size_t count);

/* The end of a message, "; did you mean 'x'?" with that member; "" when none is near. */
const char *att_did_you_mean(att_arena *arena, att_str word, const att_str *names, size_t count);

/* A growing buffer of bytes. `items[count]` is where the next byte goes. */
typedef struct {
    char *items;
    size_t count, capacity;
    att_arena *arena;
} att_buf;

/* Makes room for `more` bytes, then: appends text; a number in decimal; text formatted as by printf. */
void att_buf_reserve(att_buf *self, size_t more);
void att_buf_add(att_buf *self, att_str text);
void att_buf_number(att_buf *self, uint64_t number);
void att_buf_format(att_buf *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void att_buf_byte(att_buf *self, char byte)
{
    if (self->count == self->capacity) att_buf_reserve(self, 1);
    self->items[self->count++] = byte;
}
static inline att_str att_buf_str(const att_buf *self)
{
    return (att_str){ self->items ? self->items : att_empty, self->count };
}

#endif

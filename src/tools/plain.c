#include "tools/plain.h"

#include "base/utf8.h"

typedef struct {
    att_str text;
    size_t at;
} cursor;

static bool is_blank(att_rune rune)
{
    return rune.length && att_rune_classify(rune.code) == ATT_RUNE_BLANK;
}

/* The next character in the form in which it is compared; 0 at the end. */
static uint32_t next(cursor *self)
{
    att_rune rune = att_utf8_decode(self->text, self->at);
    while (rune.length && att_rune_classify(rune.code) == ATT_RUNE_INVISIBLE) {
        self->at += rune.length;
        rune = att_utf8_decode(self->text, self->at);
    }
    if (!rune.length) return 0;
    if (!is_blank(rune)) {
        self->at += rune.length;
        char shape = att_rune_shape(rune.code);
        return shape == '"' || shape == '\'' || shape == '-' ? (uint32_t)shape : rune.code;
    }
    for (; is_blank(rune); rune = att_utf8_decode(self->text, self->at)) self->at += rune.length;
    return ' ';
}

bool att_plain_equal(att_str a, att_str b)
{
    cursor left = { a, 0 }, right = { b, 0 };
    for (;;) {
        uint32_t x = next(&left), y = next(&right);
        if (x != y) return false;
        if (!x) return true;
    }
}

/* Whether the words begin at byte `at` of the text. `*end` becomes the byte behind them. */
static bool begins(att_str text, size_t at, att_str words, size_t *end)
{
    cursor left = { text, at }, right = { words, 0 };
    for (uint32_t want; (want = next(&right)) != 0;)
        if (next(&left) != want) return false;
    *end = left.at;
    return true;
}

bool att_plain_find(att_str text, att_str words, size_t from, size_t *start, size_t *end)
{
    for (size_t at = from; at < text.length; at += att_utf8_decode(text, at).length) {
        att_rune_class class = att_rune_classify(att_utf8_decode(text, at).code);
        if (class == ATT_RUNE_BLANK || class == ATT_RUNE_INVISIBLE || !begins(text, at, words, end)) continue;
        *start = at;
        return *end > at;
    }
    return false;
}

att_str att_plain_line(att_arena *arena, att_str text)
{
    att_buf out = { .arena = arena };
    bool blank = false;
    for (size_t at = 0; at < text.length;) {
        att_rune rune = att_utf8_decode(text, at);
        if (!is_blank(rune)) att_buf_add(&out, att_str_slice(text, at, at + rune.length));
        else if (!blank) att_buf_byte(&out, ' ');
        blank = is_blank(rune);
        at += rune.length;
    }
    return att_buf_str(&out);
}

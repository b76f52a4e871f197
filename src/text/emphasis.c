#include "text/emphasis.h"

enum { LONGEST = 3, MOST_OPEN = 16 /* runs in one another; more are no emphasis */ };

typedef struct {
    uint32_t first, length; /* tokens of one byte each */
    char mark;
    bool opens, closes;
} run;

static char mark_at(att_str text, const att_tokens *tokens, uint32_t token)
{
    char c = text.data[tokens->start[token]];
    return tokens->end[token] - tokens->start[token] == 1 && (c == '*' || c == '_') ? c : '\0';
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static bool is_word(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The run of the mark at a token. Within a word _ is none: "snake_case". The text has its padding behind it. */
static run run_at(att_str text, const att_tokens *tokens, uint32_t first)
{
    run self = { .first = first, .length = 1, .mark = mark_at(text, tokens, first) };
    uint32_t start = tokens->start[first];
    while (first + self.length < tokens->count && tokens->start[first + self.length] == start + self.length
           && mark_at(text, tokens, first + self.length) == self.mark)
        self.length++;
    char before = start ? text.data[start - 1] : ' ', behind = text.data[start + self.length];
    bool line = self.mark == '_';
    self.opens = self.length <= LONGEST && !is_blank(behind) && !(line && is_word(before));
    self.closes = self.length <= LONGEST && !is_blank(before) && !(line && is_word(behind));
    return self;
}

/* Empty tokens are taken out in the end. */
static void drop(att_tokens *tokens, const run *marks)
{
    for (uint32_t i = marks->first; i < marks->first + marks->length; i++) tokens->end[i] = tokens->start[i];
}

static void close_up(att_tokens *tokens, uint32_t first)
{
    uint32_t count = first;
    for (uint32_t i = first; i < tokens->count; i++) {
        if (tokens->end[i] == tokens->start[i]) continue;
        tokens->start[count] = tokens->start[i];
        tokens->end[count] = tokens->end[i];
        tokens->flags[count++] = tokens->flags[i];
    }
    tokens->count = count;
}

void att_drop_emphasis(att_str text, att_tokens *tokens, uint32_t first)
{
    run open[MOST_OPEN];
    uint32_t depth = 0;
    for (uint32_t i = first, length; i < tokens->count; i += length) {
        length = 1;
        if (!mark_at(text, tokens, i)) continue;
        run here = run_at(text, tokens, i);
        length = here.length;
        uint32_t other = here.closes ? depth : 0;
        while (other && (open[other - 1].mark != here.mark || open[other - 1].length != here.length)) other--;
        if (other) {
            drop(tokens, &open[other - 1]);
            drop(tokens, &here);
            depth = other - 1;
        } else if (here.opens && depth < MOST_OPEN) open[depth++] = here;
    }
    close_up(tokens, first);
}

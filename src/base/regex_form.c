#include "base/regex_form.h"

enum { ASCII = 128, MOST_DEPTH = 64, MOST_CHOICES = 16 };

/* Characters of ASCII, as far as they are known, and whether all others are among them. */
typedef struct {
    uint64_t bits[ASCII / 64];
    bool others;
} characters;

/* A part of the pattern. Repeats are without bound and of one character. */
typedef struct {
    characters head, tail; /* of the repeats with which it may begin and end */
    characters one;        /* `single`: what the character may be; `run`: what each is */
    bool single;           /* always one character */
    bool run;              /* one or more, or none too, of `one` */
    bool empty;            /* may be nothing */
    bool repeats;          /* has a repeat without bound */
    bool choices;          /* can match one text in two ways */
} part;

typedef struct {
    att_str pattern;
    size_t at;
    uint32_t depth;
    bool lost;  /* has something that is not read here */
    bool blind; /* an option is set: characters may be others than they seem */
    att_regex_form risk;
} reader;

/* ---- characters ---- */

static void put(characters *self, unsigned char byte)
{
    if (byte < ASCII) self->bits[byte / 64] |= UINT64_C(1) << byte % 64;
}

static bool has(const characters *self, unsigned char byte)
{
    return self->bits[byte / 64] >> byte % 64 & 1;
}

static void join(characters *self, const characters *other)
{
    for (int i = 0; i < ASCII / 64; i++) self->bits[i] |= other->bits[i];
    self->others = self->others || other->others;
}

static bool meet(const characters *one, const characters *other)
{
    return one->bits[0] & other->bits[0] || one->bits[1] & other->bits[1];
}

static void put_range(characters *self, unsigned low, unsigned high)
{
    for (unsigned byte = low; byte <= high && byte < ASCII; byte++) put(self, (unsigned char)byte);
}

static void turn(characters *self, bool others)
{
    for (int i = 0; i < ASCII / 64; i++) self->bits[i] = ~self->bits[i];
    self->others = others;
}

/* All that stands in words; no word has white space. */
static bool is_any(const characters *self)
{
    for (unsigned char byte = 0; byte < ASCII; byte++)
        if (!has(self, byte) && !strchr(" \t\n\v\f\r", byte)) return false;
    return self->others;
}

static bool is_digits(const characters *self)
{
    characters digits = { { 0 }, false };
    put_range(&digits, '0', '9');
    return memcmp(self->bits, digits.bits, sizeof digits.bits) == 0 && !self->others;
}

/* ---- reading ---- */

static part read_choice(reader *self);

static bool more(const reader *self)
{
    return !self->lost && self->at < self->pattern.length;
}

static char peek(const reader *self)
{
    return more(self) ? self->pattern.data[self->at] : '\0';
}

static bool take(reader *self, const char *text)
{
    size_t length = strlen(text);
    if (!more(self) || !att_str_starts(att_str_slice(self->pattern, self->at, self->pattern.length), (att_str){ text, length }))
        return false;
    self->at += length;
    return true;
}

static void tell(reader *self, att_regex_form risk)
{
    if (!self->risk && (!self->blind || risk == ATT_REGEX_NESTED)) self->risk = risk;
}

/* Behind its backslash: \d, \w, \s and their opposites, and marks that stand for themselves. */
static characters read_escape(reader *self)
{
    characters out = { { 0 }, false };
    char c = peek(self);
    if (!more(self)) {
        self->lost = true;
        return out;
    }
    self->at++;
    switch (c | 0x20) {
    case 'd': put_range(&out, '0', '9'); break;
    case 's': put_range(&out, '\t', '\r'), put(&out, ' '); break;
    case 'w': put_range(&out, '0', '9'), put_range(&out, 'A', 'Z'), put_range(&out, 'a', 'z'), put(&out, '_'); break;
    default:
        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c & 0x80) self->lost = true;
        put(&out, (unsigned char)c);
        return out;
    }
    if (c == 'D' || c == 'S' || c == 'W') turn(&out, c != 'S'); /* some white space is beyond ASCII */
    return out;
}

/* A character that stands for itself, all its bytes; ASCII when it is beyond that. */
static unsigned take_character(reader *self)
{
    if (!more(self)) {
        self->lost = true;
        return ASCII;
    }
    unsigned char byte = (unsigned char)peek(self);
    self->at++;
    if (byte < ASCII) return byte;
    while (more(self) && (peek(self) & 0xC0) == 0x80) self->at++;
    return ASCII;
}

/* Behind its bracket. */
static characters read_set(reader *self)
{
    characters out = { { 0 }, false };
    bool others = take(self, "^"), beyond = false;
    for (bool first = true; more(self) && (first || peek(self) != ']'); first = false) {
        if (peek(self) == '[') self->lost = true; /* perhaps a class by name */
        if (take(self, "\\")) {
            characters those = read_escape(self);
            join(&out, &those);
            if (peek(self) == '-') self->lost = true;
            continue;
        }
        unsigned low = take_character(self), high = low;
        if (peek(self) == '-' && self->at + 1 < self->pattern.length && self->pattern.data[self->at + 1] != ']') {
            self->at++;
            if (peek(self) == '\\' || peek(self) == '[') self->lost = true;
            high = take_character(self);
        }
        beyond = beyond || high >= ASCII;
        put_range(&out, low, high);
    }
    if (!take(self, "]")) self->lost = true;
    if (others) turn(&out, !beyond && !out.others);
    return out;
}

/* What never gives back a character that a part beside it could take. */
static const part wall = { .empty = false };

/* "?<name>" or "?P<name>". */
static void skip_name(reader *self)
{
    if (!take(self, "?<") && !take(self, "?P<")) return;
    while (more(self) && peek(self) != '>') self->at++;
    if (!take(self, ">")) self->lost = true;
}

/* Behind its bracket. What looks around and what never gives back is a wall between the parts beside it. */
static part read_group(reader *self)
{
    if (take(self, "?i)")) {
        self->blind = true;
        return (part){ .empty = true };
    }
    if (take(self, "?i:")) self->blind = true;
    else skip_name(self);
    bool walled = take(self, "?=") || take(self, "?!") || take(self, "?>");
    if (!walled && !take(self, "?:") && (peek(self) == '?' || peek(self) == '*')) self->lost = true;
    if (++self->depth > MOST_DEPTH) self->lost = true;
    part out = self->lost ? wall : read_choice(self);
    self->depth--;
    if (!take(self, ")")) self->lost = true;
    return walled ? wall : out;
}

static part read_atom(reader *self)
{
    part out = { .single = true };
    if (take(self, "(")) return read_group(self);
    if (take(self, "^") || take(self, "$")) return wall;
    if (take(self, "[")) out.one = read_set(self);
    else if (take(self, "\\")) out.one = read_escape(self);
    else if (take(self, ".")) {
        put(&out.one, '\n');
        turn(&out.one, true);
    } else {
        put(&out.one, (unsigned char)take_character(self));
    }
    return out;
}

/* "3,5}" behind its bracket. */
static void read_bounds(reader *self, uint32_t *least, uint32_t *most)
{
    uint32_t numbers[2] = { 0 };
    bool both = false, open = true;
    if (peek(self) < '0' || peek(self) > '9') self->lost = true; /* no bounds at all */
    for (; more(self) && peek(self) != '}'; self->at++) {
        char c = peek(self);
        if (c == ',' && !both) both = true;
        else if (c < '0' || c > '9' || numbers[both] > UINT16_MAX) self->lost = true;
        else {
            numbers[both] = numbers[both] * 10 + (uint32_t)(c - '0');
            open = open && !both;
        }
    }
    if (!take(self, "}")) self->lost = true;
    *least = numbers[0];
    *most = !both ? numbers[0] : open ? UINT32_MAX : numbers[1];
}

/* `one` from `least` to `most` times. */
static part repeat(reader *self, const part *one, uint32_t least, uint32_t most)
{
    if (!most) return (part){ .empty = true };
    part out = *one;
    bool endless = most == UINT32_MAX;
    out.empty = one->empty || !least;
    out.single = one->single && least == 1 && most == 1;
    out.run = (one->run && most == 1) || (one->single && endless && least <= 1);
    out.repeats = one->repeats || endless;
    if (endless && one->repeats) tell(self, ATT_REGEX_NESTED);
    if (endless && one->choices) tell(self, ATT_REGEX_CHOICES);
    if (most > 1 && meet(&one->tail, &one->head)) tell(self, ATT_REGEX_ADJACENT);
    if (one->single && endless) out.head = out.tail = one->one;
    return out;
}

static part read_repeat(reader *self)
{
    uint32_t least = 1, most = 1;
    part one = read_atom(self);
    if (take(self, "?")) least = 0;
    else if (take(self, "*")) least = 0, most = UINT32_MAX;
    else if (take(self, "+")) most = UINT32_MAX;
    else if (take(self, "{")) read_bounds(self, &least, &most);
    else return one;
    if (take(self, "+")) return wall; /* it never gives back */
    take(self, "?");
    return repeat(self, &one, least, most);
}

static part sequence_of(reader *self, const part *one, const part *other)
{
    part out = { .head = one->head, .tail = other->tail, .empty = one->empty && other->empty };
    if (meet(&one->tail, &other->head)) tell(self, ATT_REGEX_ADJACENT);
    if (one->empty) join(&out.head, &other->head);
    if (other->empty) join(&out.tail, &one->tail);
    out.repeats = one->repeats || other->repeats;
    out.choices = one->choices || other->choices;
    return out;
}

static part read_sequence(reader *self)
{
    if (!more(self) || peek(self) == '|' || peek(self) == ')') return (part){ .empty = true };
    part out = read_repeat(self);
    while (more(self) && peek(self) != '|' && peek(self) != ')') {
        part next = read_repeat(self);
        out = sequence_of(self, &out, &next);
    }
    return out;
}

static part read_choice(reader *self)
{
    att_str texts[MOST_CHOICES];
    uint32_t count = 0;
    characters singles = { { 0 }, false };
    size_t start = self->at;
    part out = read_sequence(self);
    for (bool first = true;; first = false) {
        att_str text = att_str_slice(self->pattern, start, self->at);
        part next = out;
        if (!first) {
            next = read_sequence(self);
            text = att_str_slice(self->pattern, start, self->at);
            join(&out.head, &next.head);
            join(&out.tail, &next.tail);
            join(&out.one, &next.one);
            out.single = out.single && next.single;
            out.run = false;
            out.empty = out.empty || next.empty;
            out.repeats = out.repeats || next.repeats;
            out.choices = out.choices || next.choices;
        }
        for (uint32_t i = 0; i < count; i++) out.choices = out.choices || (text.length && att_str_equal(texts[i], text));
        if (count < MOST_CHOICES) texts[count++] = text;
        if (next.single && meet(&singles, &next.one)) out.choices = true;
        if (next.single) join(&singles, &next.one);
        if (!take(self, "|")) return out;
        start = self->at;
    }
}

att_regex_form att_regex_form_of(att_str pattern)
{
    reader self = { .pattern = pattern };
    part all = read_choice(&self);
    if (self.lost || self.at < pattern.length) return ATT_REGEX_PLAIN;
    if (self.risk || self.blind) return self.risk;
    if (all.run && is_any(&all.one)) return ATT_REGEX_ANY;
    return all.run && is_digits(&all.one) ? ATT_REGEX_DIGITS : ATT_REGEX_PLAIN;
}

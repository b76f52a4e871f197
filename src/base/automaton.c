#include "base/automaton.h"

#include "base/map.h"

enum { ASCII = 128, MOST_PLACES = 512, PLACE_WORDS = MOST_PLACES / 64, MOST_STATES = 500, STATE_SLOTS = 1024 };
enum { MOST_ATOMS = 4096, MOST_DEPTH = 64, MOST_TIMES = 1000 };
static const uint32_t no_limit = UINT32_MAX;

_Static_assert((ASCII + 1) * MOST_STATES <= UINT16_MAX, "a row's place in the table must fit");

enum { DEAD, START };
enum { MAY_END = 1, MAY_GO_BEYOND = 2 /* with a character that is not ASCII */ };

struct att_automaton_table {
    uint8_t column[ASCII]; /* by byte, from 1 on */
    uint16_t columns;      /* with column 0: MAY_* of the state */
    uint16_t next[];       /* by state and column: where the row of the next state is */
};

/* ---- places: where a match can be in the pattern ---- */

/* Places of the pattern at which one character stands. Place 0 is the end. */
typedef struct {
    uint64_t bits[PLACE_WORDS];
} place_set;

static void put(place_set *self, uint32_t place)
{
    self->bits[place / 64] |= UINT64_C(1) << place % 64;
}

static void join(place_set *self, const place_set *other)
{
    for (int i = 0; i < PLACE_WORDS; i++) self->bits[i] |= other->bits[i];
}

/* A part of the pattern: where its matches begin and end. */
typedef struct {
    place_set first, last;
    bool empty; /* it matches nothing at all too */
} part;

typedef struct {
    att_str pattern;
    size_t at;
    uint32_t places, atoms, depth;
    bool failed;                   /* the pattern is of another kind, or too large */
    place_set behind[MOST_PLACES]; /* by place: which may come next */
    place_set by_byte[ASCII + 1];  /* which a byte fits */
} reader;

static void follow(reader *self, const part *before, const place_set *next)
{
    for (uint32_t word = 0; word < PLACE_WORDS; word++)
        for (uint64_t bits = before->last.bits[word]; bits; bits &= bits - 1)
            join(&self->behind[word * 64 + (uint32_t)__builtin_ctzll(bits)], next);
}

/* ---- reading ---- */

static part read_choice(reader *self);

static bool more(const reader *self)
{
    return !self->failed && self->at < self->pattern.length;
}

static char peek(const reader *self)
{
    return more(self) ? self->pattern.data[self->at] : '\0';
}

static bool take(reader *self, char c)
{
    if (!more(self) || self->pattern.data[self->at] != c) return false;
    self->at++;
    return true;
}

/* One character of a literal or a set, whose code is given; characters beyond ASCII are all the same here. */
static uint32_t take_character(reader *self)
{
    static const char plain[] = "!\"#%&',-./:;<=>@_`~ $^*+?()[]{}|\\";
    if (take(self, '\\') && (!more(self) || !strchr(plain, peek(self)))) self->failed = true;
    if (!more(self)) {
        self->failed = true;
        return ASCII;
    }
    unsigned char byte = (unsigned char)self->pattern.data[self->at++];
    if (byte < ASCII) return byte;
    while (more(self) && (peek(self) & 0xC0) == 0x80) self->at++;
    return ASCII;
}

/* A place that the bytes of `fits` fit; its last item is for characters beyond ASCII. */
static part place_of(reader *self, const bool fits[ASCII + 1])
{
    part out = { .empty = false };
    if (self->places == MOST_PLACES) {
        self->failed = true;
        return out;
    }
    uint32_t place = self->places++;
    self->behind[place] = (place_set){ { 0 } };
    for (uint32_t byte = 0; byte <= ASCII; byte++)
        if (fits[byte]) put(&self->by_byte[byte], place);
    put(&out.first, place);
    put(&out.last, place);
    return out;
}

/* Behind its bracket. */
static part read_set(reader *self)
{
    bool fits[ASCII + 1] = { false }, others = take(self, '^');
    for (bool first = true; !self->failed && (first || peek(self) != ']'); first = false) {
        if (peek(self) == '[' || (first && peek(self) == ']')) self->failed = true;
        uint32_t low = take_character(self), high = low;
        if (peek(self) == '-' && self->at + 1 < self->pattern.length && self->pattern.data[self->at + 1] != ']') {
            self->at++;
            high = take_character(self);
        }
        for (uint32_t byte = low; byte <= high; byte++) fits[byte] = true;
    }
    if (!take(self, ']')) self->failed = true;
    for (uint32_t byte = 0; others && byte < ASCII; byte++) fits[byte] = !fits[byte];
    fits[ASCII] = others || fits[ASCII];
    return place_of(self, fits);
}

/* Behind its bracket. */
static part read_group(reader *self)
{
    part out = { .empty = false };
    if (take(self, '?') && !take(self, ':')) self->failed = true;
    if (++self->depth > MOST_DEPTH) self->failed = true;
    if (!self->failed) out = read_choice(self);
    self->depth--;
    if (!take(self, ')')) self->failed = true;
    return out;
}

static part read_atom(reader *self)
{
    bool fits[ASCII + 1] = { false };
    if (++self->atoms > MOST_ATOMS || (more(self) && strchr("^$*+?{", peek(self)))) self->failed = true;
    if (take(self, '(')) return read_group(self);
    if (take(self, '[')) return read_set(self);
    if (take(self, '.')) {
        for (uint32_t byte = 0; byte <= ASCII; byte++) fits[byte] = byte != '\n';
    } else {
        fits[take_character(self)] = true;
    }
    return place_of(self, fits);
}

static part sequence_of(reader *self, const part *one, const part *other)
{
    part out = { .first = one->first, .last = other->last, .empty = one->empty && other->empty };
    follow(self, one, &other->first);
    if (one->empty) join(&out.first, &other->first);
    if (other->empty) join(&out.last, &one->last);
    return out;
}

static uint32_t read_number(reader *self)
{
    uint32_t number = 0;
    if (peek(self) < '0' || peek(self) > '9') self->failed = true;
    for (; peek(self) >= '0' && peek(self) <= '9' && number < MOST_TIMES; self->at++)
        number = number * 10 + (uint32_t)(peek(self) - '0');
    return number;
}

/* How often the atom before may stand: least to most times. */
static void read_times(reader *self, uint32_t *least, uint32_t *most)
{
    *least = *most = 1;
    if (take(self, '?')) *least = 0;
    else if (take(self, '*')) *least = 0, *most = no_limit;
    else if (take(self, '+')) *most = no_limit;
    else if (take(self, '{')) {
        *least = *most = read_number(self);
        if (take(self, ',')) *most = peek(self) == '}' ? no_limit : read_number(self);
        if (!take(self, '}')) self->failed = true;
    } else return;
    if (!take(self, '?') && peek(self) == '+') self->failed = true; /* takes all or nothing */
}

/* An atom as often as it may stand; it is read once for each time. */
static part read_repeat(reader *self)
{
    size_t start = self->at;
    uint32_t least, most;
    part one = read_atom(self), out = { .empty = true };
    read_times(self, &least, &most);
    size_t end = self->at;
    for (uint32_t times = 1; !self->failed; times++) {
        bool endless = most == no_limit && times >= least;
        if (endless) follow(self, &one, &one.first);
        if (times > least) one.empty = true;
        if (most) out = sequence_of(self, &out, &one);
        if (endless || times >= most) break;
        self->at = start;
        one = read_atom(self);
    }
    self->at = end;
    return out;
}

static part read_sequence(reader *self)
{
    part out = { .empty = true };
    while (more(self) && peek(self) != '|' && peek(self) != ')') {
        part next = read_repeat(self);
        out = sequence_of(self, &out, &next);
    }
    return out;
}

static part read_choice(reader *self)
{
    part out = read_sequence(self);
    while (take(self, '|')) {
        part other = read_sequence(self);
        join(&out.first, &other.first);
        join(&out.last, &other.last);
        out.empty = out.empty || other.empty;
    }
    return out;
}

/* The places at which a match begins. */
static place_set read_pattern(reader *self)
{
    const part end = { .first = { { 1 } }, .last = { { 1 } } };
    self->places = 1;
    part all = read_choice(self);
    if (self->at < self->pattern.length) self->failed = true;
    return sequence_of(self, &all, &end).first;
}

/* ---- states: the sets of places that may come next ---- */

typedef struct {
    const reader *reader;
    place_set items[MOST_STATES];
    uint16_t slots[STATE_SLOTS]; /* by hash: the state plus 1 */
    uint32_t count;
} state_table;

/* MOST_STATES when there are too many. */
static uint32_t state_of(state_table *self, const place_set *set)
{
    uint64_t hash = att_hash((att_str){ (const char *)set, sizeof *set });
    for (uint32_t at = (uint32_t)hash;; at++) {
        uint16_t *slot = &self->slots[at % STATE_SLOTS];
        if (*slot && memcmp(&self->items[*slot - 1], set, sizeof *set) != 0) continue;
        if (*slot) return *slot - 1u;
        if (self->count == MOST_STATES) return MOST_STATES;
        self->items[self->count++] = *set;
        *slot = (uint16_t)self->count;
        return self->count - 1;
    }
}

/* The places behind those of the set that fit. */
static place_set step(const reader *self, const place_set *set, const place_set *fit)
{
    place_set out = { { 0 } };
    for (uint32_t word = 0; word < PLACE_WORDS; word++)
        for (uint64_t bits = set->bits[word] & fit->bits[word]; bits; bits &= bits - 1)
            join(&out, &self->behind[word * 64 + (uint32_t)__builtin_ctzll(bits)]);
    return out;
}

/* Gives each byte the column of the first that fits the same places. `bytes` has that byte by column. */
static uint32_t number_columns(const reader *self, uint8_t column[ASCII], uint8_t bytes[ASCII + 1])
{
    uint32_t columns = 1;
    for (uint32_t byte = 0; byte < ASCII; byte++) {
        uint32_t c = 1;
        while (c < columns && memcmp(&self->by_byte[bytes[c]], &self->by_byte[byte], sizeof(place_set)) != 0) c++;
        if (c == columns) bytes[columns++] = (uint8_t)byte;
        column[byte] = (uint8_t)c;
    }
    return columns;
}

/* The MAY_* of the places. */
static uint16_t ways_on(const reader *self, const place_set *set)
{
    uint16_t ways = set->bits[0] & 1 ? MAY_END : 0;
    for (int word = 0; word < PLACE_WORDS; word++)
        if (set->bits[word] & self->by_byte[ASCII].bits[word]) ways |= MAY_GO_BEYOND;
    return ways;
}

/* Finds the states that can be reached, in the order in which they come up. False when there are too many. `next`, if there is
 * one, gets their rows. */
static bool find_states(state_table *self, const uint8_t *bytes, uint32_t columns, uint16_t *next)
{
    for (uint32_t state = 0; state < self->count; state++) {
        if (next) next[state * columns] = ways_on(self->reader, &self->items[state]);
        for (uint32_t c = 1; c < columns; c++) {
            place_set set = step(self->reader, &self->items[state], &self->reader->by_byte[bytes[c]]);
            uint32_t to = state_of(self, &set);
            if (to == MOST_STATES) return false;
            if (next) next[state * columns + c] = (uint16_t)(to * columns);
        }
    }
    return true;
}

static const att_automaton *make_table(const reader *in, const place_set *start, att_arena *arena)
{
    state_table states = { .reader = in, .slots = { 0 } };
    uint8_t column[ASCII], bytes[ASCII + 1];
    const place_set none = { { 0 } };
    uint32_t columns = number_columns(in, column, bytes);
    if (state_of(&states, &none) != DEAD || state_of(&states, start) != START) return NULL;
    if (!find_states(&states, bytes, columns, NULL)) return NULL;
    att_automaton *self = att_arena_zero(arena, 1, sizeof *self + sizeof *self->next * columns * states.count);
    memcpy(self->column, column, sizeof column);
    self->columns = (uint16_t)columns;
    find_states(&states, bytes, columns, self->next);
    return self;
}

const att_automaton *att_automaton_new(att_arena *arena, att_str pattern)
{
    reader in = { .pattern = pattern };
    place_set start = read_pattern(&in);
    return in.failed ? NULL : make_table(&in, &start, arena);
}

att_automaton_answer att_automaton_matches(const att_automaton *self, att_str token)
{
    uint32_t row = START * self->columns;
    for (size_t i = 0; i < token.length && row; i++) {
        unsigned char byte = (unsigned char)token.data[i];
        if (byte >= ASCII) return self->next[row] & MAY_GO_BEYOND ? ATT_AUTOMATON_UNKNOWN : ATT_AUTOMATON_NO;
        row = self->next[row + self->column[byte]];
    }
    return self->next[row] & MAY_END ? ATT_AUTOMATON_YES : ATT_AUTOMATON_NO;
}

bool att_automaton_takes_letters(const att_automaton *self)
{
    uint32_t reached[MOST_STATES] = { START }, count = 1;
    bool seen[MOST_STATES] = { [DEAD] = true, [START] = true };
    for (uint32_t i = 0; i < count; i++) {
        const uint16_t *row = self->next + reached[i] * self->columns;
        if (row[0] & MAY_END) return true;
        for (uint32_t byte = 'A'; byte <= 'z'; byte++) {
            uint32_t to = row[self->column[byte]] / self->columns;
            bool letter = byte <= 'Z' || byte >= 'a';
            if (letter && !seen[to]) seen[reached[count++] = to] = true;
        }
    }
    return false;
}

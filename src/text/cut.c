#include "text/cut.h"

#include "base/utf8.h"

/* Kinds of ASCII bytes: B blank or control, L letter, D digit, P everything else. */
static const char kinds[] = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
                            "BPPPPPPPPPPPPPPPDDDDDDDDDDPPPPPP"
                            "PLLLLLLLLLLLLLLLLLLLLLLLLLLPPPPP"
                            "PLLLLLLLLLLLLLLLLLLLLLLLLLLPPPPB";

enum { LONGEST_LISTED = 24, LONGEST_HOST = 255, LONGEST_ADDRESS = 2048 };

typedef struct {
    const att_lexicon *lexicon;
    att_str text; /* up to the paragraph's end */
    att_arena *arena;
    att_tokens *tokens;
    uint32_t open_quotes; /* single quotation marks open in this paragraph */
    size_t closing;       /* the next single mark that may close a quotation, once it was sought */
    struct {
        size_t start, end;  /* the run of bytes of host names that was looked at last */
        size_t label, last; /* its last label that is in the list of domains; both 0 for none */
    } hosts;
} cutter;

/* No bound is checked: a blank or the padding of the text follows every paragraph. */
static inline char kind_at(const cutter *self, size_t at)
{
    unsigned char byte = (unsigned char)self->text.data[at];
    return byte < 0x80 ? kinds[byte] : 'U';
}

/* The last byte of a mark from U+2010 to U+2027 at `at`: dashes, quotation marks, dots. Else 0. */
static inline unsigned char common_mark(const cutter *self, size_t at)
{
    const char *bytes = self->text.data + at;
    if (bytes[0] != '\xE2' || bytes[1] != '\x80' || at + 2 >= self->text.length) return 0;
    unsigned char last = (unsigned char)bytes[2];
    return last >= 0x90 && last <= 0xA7 ? last : 0;
}

static att_rune_class class_at(const cutter *self, size_t at)
{
    if (common_mark(self, at)) return ATT_RUNE_OTHER;
    return att_rune_classify(att_utf8_decode(self->text, at).code);
}

static inline bool is_letter_or_digit(char kind)
{
    return kind == 'L' || kind == 'D';
}

/* Past zero-width characters. */
static size_t skip_invisible(const cutter *self, size_t at)
{
    while (kind_at(self, at) == 'U' && class_at(self, at) == ATT_RUNE_INVISIBLE) at += att_utf8_decode(self->text, at).length;
    return at;
}

/* Whether a letter, mark or digit stands at `at`, zero-width characters before it aside. */
static bool word_at(const cutter *self, size_t at)
{
    char kind = kind_at(self, at);
    if (kind != 'U') return is_letter_or_digit(kind);
    at = skip_invisible(self, at);
    kind = kind_at(self, at);
    return kind == 'U' ? att_rune_in_word(class_at(self, at)) : is_letter_or_digit(kind);
}

/* Whether a possessive 's stands there with U+02BC, which is a letter of some languages: "Iranʼs". */
static bool is_letter_clitic(const cutter *self, size_t at)
{
    const char *bytes = self->text.data + at;
    if (bytes[0] != '\xCA' || at + 2 >= self->text.length || bytes[1] != '\xBC') return false;
    return (bytes[2] | 0x20) == 's' && !word_at(self, at + 3);
}

/* The end of a run of letters, marks and digits. */
static size_t run_end(const cutter *self, size_t at)
{
    const size_t start = at;
    for (;;) {
        while (is_letter_or_digit(kind_at(self, at))) at++;
        if (kind_at(self, at) != 'U' || !word_at(self, at)) return at;
        if (at > start && is_letter_clitic(self, at)) return at;
        at = skip_invisible(self, at);
        if (kind_at(self, at) == 'U') at += att_utf8_decode(self->text, at).length;
    }
}

/* Bytes of the apostrophe at `at`, or 0. */
static size_t apostrophe_at(const cutter *self, size_t at)
{
    if (self->text.data[at] == '\'') return 1;
    return common_mark(self, at) == 0x99 ? 3 : 0; /* U+2019 */
}

/* Whether one capital letter stands before `at`: in "O‘Brien" the mark opens no quotation. */
static bool is_behind_capital(const cutter *self, size_t at)
{
    if (!at || self->text.data[at - 1] < 'A' || self->text.data[at - 1] > 'Z') return false;
    return at < 2 || kind_at(self, at - 2) == 'B' || kind_at(self, at - 2) == 'P';
}

/* Bytes of the mark at `at` that may stand between letters of one word: an apostrophe, or the opening quotation mark that some
 * write for it or the okina, as in "O‘ahu" and "O‘Brien", but not in "Iran‘s"; or 0. */
static size_t inner_mark_at(const cutter *self, size_t at)
{
    if (common_mark(self, at) != 0x98) return apostrophe_at(self, at);
    const char next = at + 3 < self->text.length ? self->text.data[at + 3] : ' ';
    if (next >= 'A' && next <= 'Z') return is_behind_capital(self, at) ? 3 : 0;
    return next < 'a' || next > 'z' || (next == 's' && !word_at(self, at + 4)) ? 0 : 3;
}

static size_t hyphen_at(const cutter *self, size_t at)
{
    if (self->text.data[at] == '-') return 1;
    unsigned char mark = common_mark(self, at);
    return mark == 0x90 || mark == 0x91 ? 3 : 0; /* U+2010, U+2011 */
}

/* Bytes of a possessive 's whose apostrophe is at `at`, or 0. */
static size_t clitic_at(const cutter *self, size_t at)
{
    size_t apostrophe = apostrophe_at(self, at);
    if (!apostrophe || at + apostrophe >= self->text.length) return 0;
    if ((self->text.data[at + apostrophe] | 0x20) != 's' || word_at(self, at + apostrophe + 1)) return 0;
    return apostrophe + 1;
}

static bool all_digits(const cutter *self, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (kind_at(self, i) != 'D' && self->text.data[i] != ',' && self->text.data[i] != '.') return false;
    return end > start;
}

/* Index of text[start, end) in a word list, or ATT_NONE; only short ASCII words are in these. */
static uint32_t listed(const cutter *self, att_word_list list, size_t start, size_t end)
{
    char folded[LONGEST_LISTED];
    uint64_t caps = 0;
    if (end - start > sizeof folded) return ATT_NONE;
    for (size_t i = start; i < end; i++) {
        char c = self->text.data[i];
        if ((unsigned char)c >= 0x80) return ATT_NONE;
        bool capital = c >= 'A' && c <= 'Z';
        folded[i - start] = (char)(capital ? c + ('a' - 'A') : c);
        caps |= (uint64_t)capital << (i - start);
    }
    return att_lexicon_listed(self->lexicon, list, (att_str){ folded, end - start }, caps);
}

/* ---- addresses ---- */

/* The end of an address that runs from `at` to the next blank, without punctuation of the sentence around it. */
static size_t address_end(const cutter *self, size_t at)
{
    size_t start = at, opened = 0;
    for (; at < self->text.length && at - start < LONGEST_ADDRESS; at++) {
        char kind = kind_at(self, at), c = self->text.data[at];
        if (kind == 'B' || c == '<' || c == '>' || c == '"') break;
        if (kind == 'U' && !word_at(self, at)) break;
        if (kind == 'U') at += att_utf8_decode(self->text, at).length - 1;
        opened += c == '(';
        if (c == ')' && opened-- == 0) break;
    }
    while (at > start && strchr(".,;:!?'*_", self->text.data[at - 1])) at--;
    return at;
}

static bool is_host_byte(const cutter *self, size_t at)
{
    return is_letter_or_digit(kind_at(self, at)) || (at < self->text.length && self->text.data[at] == '-');
}

/* Looks at the run of host bytes from `at` on: once, however many words begin in it. */
static void find_hosts(cutter *self, size_t at)
{
    size_t end = at;
    while (is_host_byte(self, end) || (self->text.data[end] == '.' && end > at && is_host_byte(self, end + 1))) end++;
    self->hosts.start = at;
    self->hosts.end = end;
    self->hosts.label = self->hosts.last = 0;
    size_t floor = end - at > LONGEST_HOST ? end - LONGEST_HOST : at;
    while (end > floor) {
        size_t label = end;
        while (label > floor && self->text.data[label - 1] != '.') label--;
        if (label > floor && listed(self, ATT_WORDS_DOMAIN, label, end) != ATT_NONE) {
            self->hosts.label = label;
            self->hosts.last = end;
            return;
        }
        end = label > floor ? label - 1 : floor;
    }
}

/* The end of a host name from `at` ("mofa.go.kr") whose last label is in the list of domains, else `at`. */
static size_t host_end(cutter *self, size_t at)
{
    if (at < self->text.length && self->text.data[at] == '.') return at;
    if (at < self->hosts.start || at >= self->hosts.end) find_hosts(self, at);
    return self->hosts.end - at <= LONGEST_HOST && self->hosts.label > at ? self->hosts.last : at;
}

static bool word_is(const cutter *self, size_t start, size_t end, const char *word)
{
    size_t length = strlen(word);
    if (end - start != length) return false;
    for (size_t i = 0; i < length; i++)
        if ((self->text.data[start + i] | 0x20) != word[i]) return false;
    return true;
}

/* The end of an address that the word text[start, end) begins, or 0. */
static size_t address_from(cutter *self, size_t start, size_t end)
{
    att_str rest = att_str_slice(self->text, end, self->text.length);
    if (rest.data[0] == ':' && att_str_starts(rest, ATT_STR("://")) && kind_at(self, end + 3) != 'B'
        && (word_is(self, start, end, "https") || word_is(self, start, end, "http") || word_is(self, start, end, "ftp")))
        return address_end(self, start);
    if (rest.data[0] != '.' || !is_host_byte(self, end + 1) || end - start > LONGEST_HOST) return 0;
    if (word_is(self, start, end, "www")) return address_end(self, start);
    char first = self->text.data[end + 1];
    if (first >= 'A' && first <= 'Z') return 0;
    size_t host = host_end(self, start);
    if (host <= end || word_at(self, host)) return 0;
    return host < self->text.length && self->text.data[host] == '/' ? address_end(self, start) : host;
}

/* ---- words ---- */

static bool is_single(const cutter *self, size_t start, size_t end)
{
    return end > start && att_utf8_decode(self->text, start).length == end - start && word_at(self, start)
           && kind_at(self, start) != 'D';
}

/* Whether text[start, end) is the end of a company's name that could have a dot, and has none. */
static bool is_bare_end(const cutter *self, size_t start, size_t end)
{
    bool apart = self->text.data[end] == ' ' || self->text.data[end] == '\'';
    return apart && self->text.data[start] >= 'A' && self->text.data[start] <= 'Z'
           && att_lexicon_may_take_dot(self->lexicon, self->text.data + start, end - start)
           && listed(self, ATT_WORDS_COMPANY_END, start, end) != ATT_NONE;
}

/* Whether such an end, the word text[from, dot) or (`any`) another one, stands shortly before: in a text that writes "Corp" the
 * dot of "Inc." is the sentence's where one ends. Words are looked at backwards, and only so far that the work is linear. */
static bool writes_bare(const cutter *self, size_t from, size_t dot, bool any)
{
    enum { REACH = 1000, LONGEST = 4 };
    size_t until = from > REACH ? from - REACH : 0, end = from;
    for (size_t at = from; at-- > until;) {
        if (self->text.data[at] != ' ' && self->text.data[at] != '\'') continue;
        size_t start = at + 1, length = end - start;
        bool same = length == dot - from && !memcmp(self->text.data + start, self->text.data + from, length);
        bool fits = length && (same || (any && length <= LONGEST)) && self->text.data[at] == ' ';
        if (fits && is_bare_end(self, start, end)) return true;
        end = at;
    }
    return false;
}

/* Whether the letter at `start` is the network's name, as in "on X.": its dot is the sentence's. */
static bool is_network(const cutter *self, size_t start)
{
    enum { BEFORE = sizeof " on " - 1 };
    const char *letter = self->text.data + start;
    return *letter == 'X' && start >= BEFORE
           && (memcmp(letter - BEFORE, " on ", BEFORE) == 0 || memcmp(letter - BEFORE, " to ", BEFORE) == 0);
}

/* Whether the dot at `dot` behind the end of a company's name, text[start, dot), is the sentence's. */
static bool ends_sentence(const cutter *self, size_t start, size_t dot)
{
    char next = dot + 1 < self->text.length ? self->text.data[dot + 1] : '\n';
    bool last = next == '\n', capital = next == ' ' && self->text.data[dot + 2] >= 'A' && self->text.data[dot + 2] <= 'Z';
    if (!(last || capital) || listed(self, ATT_WORDS_COMPANY_END, start, dot) == ATT_NONE) return false;
    bool comma = start > 1 && self->text.data[start - 2] == ',';
    bool opener = capital && listed(self, ATT_WORDS_SENTENCE_OPENER, dot + 2, run_end(self, dot + 2)) != ATT_NONE;
    return writes_bare(self, start, dot, (last || opener) && !comma);
}

/* Past the dot at `at` when it belongs to the word: `segment` is where the letters before it start. Else `at`. */
static size_t join_dot(const cutter *self, size_t start, size_t segment, size_t at)
{
    bool digits = all_digits(self, segment, at);
    if (digits && kind_at(self, at + 1) == 'D') return at + 1;
    if (digits || kind_at(self, at - 1) == 'D') return at;
    if (word_at(self, at + 1) && kind_at(self, at + 1) != 'D' && at - segment <= 2) {
        size_t next = run_end(self, at + 1);
        if (is_single(self, at + 1, next) && (is_single(self, segment, at) || self->text.data[next] == '.')) return at + 1;
    }
    bool acronym = segment > start && self->text.data[segment - 1] == '.' && is_single(self, segment, at);
    bool initial = segment == start && is_single(self, start, at) && !is_network(self, start)
                   && (kind_at(self, at - 1) == 'U' ? class_at(self, start) == ATT_RUNE_UPPER
                                                    : self->text.data[start] >= 'A' && self->text.data[start] <= 'Z');
    if (acronym || initial) return at + 1;
    if (!att_lexicon_may_take_dot(self->lexicon, self->text.data + start, at - start)) return at;
    if (listed(self, ATT_WORDS_ABBREVIATION, start, at + 1) != ATT_NONE) return at + 1;
    if (listed(self, ATT_WORDS_ABBREVIATION_FINAL, start, at + 1) == ATT_NONE) return at;
    return ends_sentence(self, start, at) ? at : at + 1;
}

/* Whether a word goes on behind a dot that it took: with digits or with one letter. */
static bool goes_on(const cutter *self, size_t at)
{
    return word_at(self, at) && (kind_at(self, at) == 'D' || is_single(self, at, run_end(self, at)));
}

/* The end of the word that starts at `start`. */
static size_t word_end(cutter *self, size_t start)
{
    size_t segment = start, at = start;
    for (;;) {
        at = run_end(self, at);
        size_t mark;
        if (at >= self->text.length) return at;
        char c = self->text.data[at];
        if (c == '.' || c == ':') {
            size_t address = address_from(self, start, at);
            if (address) return address;
            size_t next = c == '.' ? join_dot(self, start, segment, at) : at;
            if (next == at) return at;
            segment = at = next;
            if (goes_on(self, at)) continue;
            if (!hyphen_at(self, at)) return at;
        }
        if (c == ' ' || common_mark(self, at) > 0x99) return at;
        size_t hyphen = skip_invisible(self, at);
        if ((mark = hyphen_at(self, hyphen)) > 0 && word_at(self, hyphen + mark)) {
            segment = at = skip_invisible(self, hyphen + mark);
        } else if ((mark = inner_mark_at(self, at)) > 0 && at > start && word_at(self, at + mark) && !clitic_at(self, at)
                   && kind_at(self, at + mark) != 'D') {
            at += mark;
        } else if (c == ',' && kind_at(self, at + 1) == 'D' && all_digits(self, segment, at)) {
            segment = ++at;
        } else {
            return at;
        }
    }
}

/* ---- marks ---- */

static void push(const cutter *self, size_t start, size_t end, uint8_t flags)
{
    att_tokens_reserve(self->tokens, self->arena, 1);
    self->tokens->start[self->tokens->count] = (uint32_t)start;
    self->tokens->end[self->tokens->count] = (uint32_t)end;
    self->tokens->flags[self->tokens->count++] = flags;
}

/* Whether the newest token ends at `at`, with no blank between. */
static bool adjacent(const cutter *self, uint32_t floor, size_t at)
{
    return self->tokens->count > floor && self->tokens->end[self->tokens->count - 1] == at;
}

/* Whether the 's at `at` stands apart from the word it belongs to, as programs write that join tokens with blanks: "Peru 's
 * aim". In "the 's' of" it is a letter, and in quotation marks "'s" may begin one. */
static bool is_detached(const cutter *self, uint32_t floor, size_t at, size_t clitic)
{
    if (self->open_quotes || at == 0 || self->text.data[at - 1] != ' ' || self->tokens->count == floor) return false;
    uint32_t last = self->tokens->count - 1;
    bool word = word_at(self, self->tokens->start[last]) && self->tokens->end[last] == at - 1;
    return word && kind_at(self, at + clitic) == 'B';
}

/* An apostrophe that is not inside a word: the clitic 's, the mark after a plural, or a quotation mark. */
static size_t cut_apostrophe(cutter *self, uint32_t floor, size_t at)
{
    size_t length = apostrophe_at(self, at), clitic = clitic_at(self, at);
    bool behind = adjacent(self, floor, at);
    if (clitic && (behind || is_detached(self, floor, at, clitic))) {
        push(self, at, at + clitic, ATT_FLAG_POSS);
        return at + clitic;
    }
    char before = at ? self->text.data[at - 1] : ' ';
    bool plural = behind && (before | 0x20) == 's' && !self->open_quotes && !word_at(self, at + length);
    if (behind && self->open_quotes) self->open_quotes--;
    else if (!behind && length == 1 && kind_at(self, at + 1) != 'B' && kind_at(self, at + 1) != 'D') self->open_quotes++;
    push(self, at, at + length, plural ? ATT_FLAG_POSS : 0);
    return at + length;
}

static bool is_local_part(const cutter *self, uint32_t token)
{
    uint32_t start = self->tokens->start[token], end = self->tokens->end[token];
    for (uint32_t i = start; i < end; i++)
        if (!is_letter_or_digit(kind_at(self, i)) && !strchr("._%+-", self->text.data[i])) return false;
    return true;
}

/* An at sign: with the tokens before it and a host name behind it an e-mail address, else a mark. */
static size_t cut_at_sign(cutter *self, uint32_t floor, size_t at)
{
    uint32_t first = self->tokens->count;
    size_t start = at, host = host_end(self, at + 1);
    while (first > floor && self->tokens->end[first - 1] == start && is_local_part(self, first - 1))
        start = self->tokens->start[--first];
    while (first < self->tokens->count && !word_at(self, start)) start = self->tokens->end[first++];
    if (start == at || host == at + 1) {
        push(self, at, at + 1, 0);
        return at + 1;
    }
    self->tokens->count = first;
    push(self, start, host, 0);
    return host;
}

/* "ʼs" behind a word. */
static size_t cut_letter_clitic(cutter *self, size_t at)
{
    push(self, at, at + 3, ATT_FLAG_POSS);
    return at + 3;
}

/* A mark beyond ASCII, or a blank. */
static size_t cut_other(cutter *self, uint32_t floor, size_t at)
{
    unsigned char mark = common_mark(self, at);
    if (mark && mark != 0x98 && mark != 0x99) {
        push(self, at, at + 3, 0);
        return at + 3;
    }
    att_rune rune = att_utf8_decode(self->text, at);
    if (!rune.ill_formed) {
        att_rune_class class = att_rune_classify(rune.code);
        if (class == ATT_RUNE_BLANK || class == ATT_RUNE_INVISIBLE) return at + rune.length;
        if (rune.code == 0x2019) return cut_apostrophe(self, floor, at);
        if (rune.code == 0x2018) self->open_quotes++;
    }
    push(self, at, at + rune.length, 0);
    return at + rune.length;
}

/* Where the next single mark that may close a quotation stands, from `at` on; the text's end for none. What was found is kept,
 * so that all marks of a text are looked at once. */
static size_t next_closing(cutter *self, size_t at)
{
    if (at < self->closing) return self->closing;
    for (; at < self->text.length; at++) {
        const size_t length = apostrophe_at(self, at);
        if (length && at && kind_at(self, at - 1) != 'B' && !word_at(self, at + length)) break;
    }
    return self->closing = at;
}

/* Whether the newest token is a word with a capital, as names, posts and "Dr." are, with one blank between it and `at`. */
static bool is_behind_name(const cutter *self, uint32_t floor, size_t at)
{
    if (self->tokens->count == floor || self->tokens->end[self->tokens->count - 1] + 1 != at) return false;
    const char *word = self->text.data + self->tokens->start[self->tokens->count - 1], *end = self->text.data + at - 1;
    if (*end != ' ' || (end[-1] == '.' && (end - word < 3 || end[-2] < 'a' || end[-2] > 'z'))) return false;
    return (*word >= 'A' && *word <= 'Z') || (*word == '\'' && end - word > 1) || (*word == '\xE2' && end - word > 3);
}

/* Whether the word at `at` begins with a capital vowel and has only open syllables, as names of Tonga, Samoa and Hawaii have:
 * "Uhilamoelangi", not "Iran". A letter beyond ASCII is taken for a vowel. */
static bool has_open_syllables(const cutter *self, size_t at)
{
    enum { FEWEST_LETTERS = 3 };
    const char *bytes = self->text.data;
    size_t end = at + 1;
    bool vowel = memchr("AEIOU", bytes[at], 5);
    if (!vowel) return false;
    for (; kind_at(self, end) == 'L'; end++) {
        const bool open = vowel || (bytes[end] == 'g' && bytes[end - 1] == 'n');
        vowel = memchr("aeiou", bytes[end], 5);
        if (!vowel && !(open && memchr("fghklmnpstvw", bytes[end], 12))) return false;
    }
    return end - at >= FEWEST_LETTERS && (vowel || word_at(self, end));
}

/* Bytes of the mark at `at` when it is the glottal stop that begins a name, as in "Dr 'Aisake Eke" and "Tupouto‘a ‘Ulukalala":
 * it stands behind a word with a capital, and nothing behind it could close a quotation. Else 0. */
static size_t glottal_stop_at(cutter *self, uint32_t floor, size_t at)
{
    const size_t length = common_mark(self, at) == 0x98 ? 3 : apostrophe_at(self, at);
    if (!length || !has_open_syllables(self, at + length) || !is_behind_name(self, floor, at)) return 0;
    return next_closing(self, at + length) == self->text.length ? length : 0;
}

/* Cuts one token from `at`, or passes what is none; returns where to go on. */
static size_t cut_next(cutter *self, uint32_t floor, size_t at)
{
    size_t next, mark = 0; /* `mark`: of the one that belongs to the word */
    switch (kind_at(self, at)) {
    case 'B': return at + 1;
    case 'U':
        if (!att_rune_in_word(class_at(self, at))) {
            if (!(mark = glottal_stop_at(self, floor, at))) return cut_other(self, floor, at);
            break;
        }
        if (adjacent(self, floor, at) && is_letter_clitic(self, at)) return cut_letter_clitic(self, at);
        break;
    case 'P':
        if (self->text.data[at] == '\'') {
            if (!(mark = glottal_stop_at(self, floor, at))) return cut_apostrophe(self, floor, at);
            break;
        }
        if (self->text.data[at] == '@') return cut_at_sign(self, floor, at);
        push(self, at, at + 1, 0);
        return at + 1;
    default: break;
    }
    next = word_end(self, at + mark);
    push(self, at, next, 0);
    return next;
}

static void cut_plainly(cutter *self, size_t start, size_t end)
{
    uint32_t floor = self->tokens->count;
    for (size_t at = start; at < end;) at = cut_next(self, floor, at);
}

/* ---- 64 bytes at a time ---- */

#ifdef __x86_64__
#include <immintrin.h>

#define FAST __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

enum { BLOCK = 64 };

/* Bit i of each is about byte i of a block. */
typedef struct {
    uint64_t word;  /* letters and digits of ASCII */
    uint64_t blank; /* blanks and control characters */
    uint64_t high;  /* of characters beyond ASCII */
    uint64_t dot, hyphen;
    uint64_t mark; /* an apostrophe or at sign: more than itself may come of it */
    uint64_t stop; /* a comma or colon */
} byte_bits;

FAST static inline uint64_t bits_of(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

FAST static inline __m256i in_range(__m256i bytes, char first, char count)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8((char)(count - 1))), distance);
}

FAST static inline __m256i is_word(__m256i bytes)
{
    return _mm256_or_si256(in_range(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 26), in_range(bytes, '0', 10));
}

FAST static inline __m256i is_either(__m256i bytes, char one, char other)
{
    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(one)), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(other)));
}

FAST static inline __m256i is_blank(__m256i bytes)
{
    return _mm256_or_si256(in_range(bytes, 0, 0x21), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)));
}

FAST static inline byte_bits look_at(const char *bytes)
{
    __m256i low = _mm256_loadu_si256((const void *)bytes), high = _mm256_loadu_si256((const void *)(bytes + BLOCK / 2));
    return (byte_bits){
        .word = bits_of(is_word(low), is_word(high)),
        .blank = bits_of(is_blank(low), is_blank(high)),
        .high = bits_of(low, high),
        .dot = bits_of(is_either(low, '.', '.'), is_either(high, '.', '.')),
        .hyphen = bits_of(is_either(low, '-', '-'), is_either(high, '-', '-')),
        .mark = bits_of(is_either(low, '\'', '@'), is_either(high, '\'', '@')),
        .stop = bits_of(is_either(low, ',', ':'), is_either(high, ',', ':')),
    };
}

/* Writes `base` plus the number of each set bit, 8 at a time: `out` has room for as many more. */
FAST static inline uint32_t put_bits(uint32_t *out, uint32_t base, uint64_t bits)
{
    uint32_t count = (uint32_t)_mm_popcnt_u64(bits);
    for (uint32_t done = 0; done < count; done += 8)
        for (int i = 0; i < 8; i++) {
            *out++ = base + (uint32_t)_tzcnt_u64(bits);
            bits = _blsr_u64(bits);
        }
    return count;
}

FAST static inline uint64_t below(uint64_t count)
{
    return _bzhi_u64(~UINT64_C(0), (unsigned)count);
}

/* One block as it is cut: bits of what stands there as if words were runs of letters and digits and all else but blanks were
 * tokens of one byte. `doubt` has the bytes where that may be wrong. */
typedef struct {
    uint64_t word, mark, doubt;
    uint64_t word_before, mark_before; /* bit 0: of the last byte of the block before */
    uint64_t starts, ends;             /* of other tokens, which have all their bytes in the block */
    uint64_t clitics, joined;          /* apostrophes that begin a token, and such that belong to a word */
    byte_bits bits;
} block;

/* Where letters and digits, letters, and the letter s stand. */
typedef struct {
    uint64_t word, letters, s;
} letter_bits;

/* Makes tokens of the apostrophes, `length` bytes each, that stand between a word and an s that ends it. */
FAST static inline void settle_clitics(block *b, const letter_bits *is, uint64_t apostrophes, unsigned length)
{
    uint64_t solid = is->word | b->bits.high, bytes = (UINT64_C(1) << length) - 1;
    uint64_t clitics = apostrophes & is->s >> length & ~(solid >> (length + 1));
    b->clitics |= clitics;
    b->starts |= clitics;
    b->ends |= clitics << (length + 1);
    b->word &= ~(clitics << length);
    b->mark &= ~clitics;
    b->doubt &= ~(clitics * bytes);
}

/* Leaves in words the apostrophes with a letter behind them, but for what is a clitic or may be one. */
FAST static inline void settle_joined(block *b, const letter_bits *is, uint64_t apostrophes, unsigned length)
{
    uint64_t lone_s = is->s >> length & ~(is->word >> (length + 1)), bytes = (UINT64_C(1) << length) - 1;
    uint64_t joined = apostrophes & ~b->ends & is->letters >> length & ~lone_s;
    b->joined |= joined;
    b->word |= joined * bytes;
    b->mark &= ~joined;
    b->doubt &= ~(joined * bytes);
}

FAST static inline uint64_t places_of(const __m256i bytes[2], char one, char other)
{
    return bits_of(is_either(bytes[0], one, other), is_either(bytes[1], one, other));
}

FAST static inline uint64_t places_in(const __m256i bytes[2], char first, char count)
{
    return bits_of(in_range(bytes[0], first, count), in_range(bytes[1], first, count));
}

/* Takes out of doubt what is common: apostrophes at words, and marks of three bytes that are always a token, as dashes are. */
FAST static inline void settle_common(block *b, const char *text, uint64_t inside)
{
    const __m256i bytes[2] = { _mm256_loadu_si256((const void *)text), _mm256_loadu_si256((const void *)(text + BLOCK / 2)) };
    const letter_bits is = { b->word, b->word & ~places_in(bytes, '0', 10), b->word & places_of(bytes, 's', 'S') };
    uint64_t behind_word = b->word << 1 | b->word_before;
    uint64_t three = inside >> 2 & places_of(bytes, '\xE2', '\xE2') & places_of(bytes, '\x80', '\x80') >> 1;
    uint64_t curly = three & places_of(bytes, '\x99', '\x99') >> 2 & behind_word & below(BLOCK - 4);
    uint64_t straight = b->mark & places_of(bytes, '\'', '\'') & behind_word & below(BLOCK - 2);
    uint64_t marks = three & (places_in(bytes, '\x92', 6) | places_in(bytes, '\x9A', 14)) >> 2 & below(BLOCK - 3);
    settle_clitics(b, &is, curly, 3);
    settle_clitics(b, &is, straight, 1);
    settle_joined(b, &is, curly, 3);
    settle_joined(b, &is, straight, 1);
    b->starts |= marks;
    b->ends |= marks << 3;
    b->doubt &= ~(marks * 7);
}

FAST static inline block block_at(const cutter *self, size_t at, size_t end, uint64_t word_before, uint64_t mark_before)
{
    block b = { .word_before = word_before, .mark_before = mark_before, .bits = look_at(self->text.data + at) };
    uint64_t inside = end - at < BLOCK ? below(end - at) : ~UINT64_C(0);
    b.word = b.bits.word & inside;
    b.bits.blank |= ~inside;
    b.mark = ~(b.word | b.bits.blank | b.bits.high);
    uint64_t behind_word = b.word << 1 | word_before, last = UINT64_C(1) << (BLOCK - 1);
    uint64_t blank_next = b.bits.blank >> 1, word_next = (b.word | b.bits.high) >> 1 | last;
    b.doubt =
        (b.bits.high | b.bits.mark | (behind_word & (b.bits.dot | (b.bits.hyphen & word_next) | (b.bits.stop & ~blank_next))))
        & inside;
    if (b.bits.high | b.bits.mark) settle_common(&b, self->text.data + at, inside);
    return b;
}

/* Whether the dot at bit `at`, with a blank behind it, may belong to the word before it. */
FAST static inline bool may_take_dot(const cutter *self, const block *b, size_t base, unsigned at)
{
    uint64_t others = ~b->word & below(at);
    if (!others && b->word_before) return true;
    unsigned start = others ? BLOCK - (unsigned)_lzcnt_u64(others) : 0;
    return att_lexicon_may_take_dot(self->lexicon, self->text.data + base + start, at - start);
}

/* Flags the clitics among the tokens that start at the bits `starting`, the first of which is token `first`. */
FAST static inline void flag_clitics(att_tokens *tokens, uint32_t first, uint64_t starting, uint64_t clitics)
{
    for (; clitics; clitics = _blsr_u64(clitics))
        tokens->flags[first + (uint32_t)_mm_popcnt_u64(starting & below(_tzcnt_u64(clitics)))] = ATT_FLAG_POSS;
}

/* Adds the tokens that start below bit `from` and ends those that end below bit `to`. `*starts` counts the starts. */
FAST static inline void take(const cutter *self, const block *b, size_t base, uint64_t from, uint64_t to, uint32_t *starts)
{
    att_tokens *tokens = self->tokens;
    uint64_t behind_word = b->word << 1 | b->word_before;
    uint64_t starting = (b->word & ~behind_word) | b->mark | b->starts;
    uint64_t ending = (~b->word & behind_word) | b->mark << 1 | b->mark_before | b->ends;
    _mm256_storeu_si256((void *)(tokens->flags + tokens->count), _mm256_setzero_si256());
    _mm256_storeu_si256((void *)(tokens->flags + tokens->count + BLOCK / 2), _mm256_setzero_si256());
    flag_clitics(tokens, *starts, starting, b->clitics & from);
    *starts += put_bits(tokens->start + *starts, (uint32_t)base, starting & from);
    tokens->count += put_bits(tokens->end + tokens->count, (uint32_t)base, ending & to);
}

/* Whether what is in doubt at bit `at` is plainly a mark: it has no word before it any more, or is a dot of none. */
FAST static inline bool is_mark(const cutter *self, const block *b, size_t base, unsigned at)
{
    uint64_t bit = UINT64_C(1) << at;
    if (!((b->word << 1 | b->word_before) & bit)) return !((b->bits.high | b->bits.mark) & bit);
    return b->bits.dot & b->bits.blank >> 1 & bit && !may_take_dot(self, b, base, at);
}

/* Forgets what stands before byte `next` of the block, where a token ended that was cut plainly. */
FAST static inline void go_on_from(block *b, size_t next)
{
    uint64_t left = next < BLOCK ? ~below(next) : 0, first = next < BLOCK ? UINT64_C(1) << next : 0;
    b->word &= left;
    b->mark &= left;
    b->starts &= left;
    b->clitics &= left;
    b->ends &= left & ~first;
    b->doubt = (b->doubt & left) | (b->joined & first); /* no word stands before that apostrophe now */
    b->word_before = b->mark_before = 0;
}

/* Cuts one block; returns where to go on: at its end, or behind a token that reaches over it. */
FAST static inline size_t cut_block(cutter *self, block *b, size_t base, uint32_t floor)
{
    uint32_t starts = self->tokens->count + (uint32_t)(b->word_before | b->mark_before);
    while (b->doubt) {
        unsigned at = (unsigned)_tzcnt_u64(b->doubt);
        if (is_mark(self, b, base, at)) {
            b->doubt = _blsr_u64(b->doubt);
            continue;
        }
        bool behind_word = (b->word << 1 | b->word_before) >> at & 1;
        take(self, b, base, below(at), below(at + !behind_word), &starts);
        size_t next = cut_next(self, floor, behind_word ? self->tokens->start[self->tokens->count] : base + at);
        starts = self->tokens->count;
        go_on_from(b, next - base);
        if (next >= base + BLOCK) return next;
    }
    take(self, b, base, ~UINT64_C(0), ~UINT64_C(0), &starts);
    return base + BLOCK;
}

/* Room for the tokens of a block, with what is written too much. A token that is open has its start already. */
static void make_room(const cutter *self)
{
    att_tokens *tokens = self->tokens;
    if (tokens->capacity - tokens->count >= 2 * BLOCK) return;
    uint32_t open = tokens->count < tokens->capacity ? tokens->start[tokens->count] : 0;
    att_tokens_reserve(tokens, self->arena, 2 * BLOCK);
    tokens->start[tokens->count] = open;
}

FAST static void cut_by_blocks(cutter *self, size_t start, size_t end)
{
    uint32_t floor = self->tokens->count;
    block b = { 0 };
    for (size_t base = start; base <= end;) {
        make_room(self);
        b = block_at(self, base, end, b.word >> (BLOCK - 1), b.mark >> (BLOCK - 1));
        base = cut_block(self, &b, base, floor);
    }
}
#endif

/* ---- choosing ---- */

bool att_cut_has(att_cut_way way)
{
#ifdef __x86_64__
    if (way == ATT_CUT_BLOCKS) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#endif
    return way == ATT_CUT_PLAIN;
}

void att_cut_in(att_cut_way way, const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end,
                att_tokens *tokens)
{
    cutter self = { .lexicon = lexicon, .text = { text.data, end }, .arena = arena, .tokens = tokens };
#ifdef __x86_64__
    if (way == ATT_CUT_BLOCKS) {
        cut_by_blocks(&self, start, end);
        return;
    }
#endif
    cut_plainly(&self, start, end);
}

void att_cut(const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end, att_tokens *tokens)
{
    att_cut_in(att_cut_has(ATT_CUT_BLOCKS) ? ATT_CUT_BLOCKS : ATT_CUT_PLAIN, lexicon, arena, text, start, end, tokens);
}

#include "text/tokenize.h"

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
} cutter;

/* No bound is checked: a blank or the padding of the text follows every paragraph. */
static inline char kind_at(const cutter *self, size_t at)
{
    unsigned char byte = (unsigned char)self->text.data[at];
    return byte < 0x80 ? kinds[byte] : 'U';
}

static att_rune_class class_at(const cutter *self, size_t at)
{
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

/* The end of a run of letters, marks and digits. */
static size_t run_end(const cutter *self, size_t at)
{
    for (;;) {
        while (is_letter_or_digit(kind_at(self, at))) at++;
        if (kind_at(self, at) != 'U' || !word_at(self, at)) return at;
        at = skip_invisible(self, at);
        if (kind_at(self, at) == 'U') at += att_utf8_decode(self->text, at).length;
    }
}

/* Bytes of the apostrophe at `at`, or 0. */
static size_t apostrophe_at(const cutter *self, size_t at)
{
    if (self->text.data[at] == '\'') return 1;
    return self->text.data[at] == '\xE2' && att_utf8_decode(self->text, at).code == 0x2019 ? 3 : 0;
}

static size_t hyphen_at(const cutter *self, size_t at)
{
    if (self->text.data[at] == '-') return 1;
    if (self->text.data[at] != '\xE2') return 0;
    uint32_t code = att_utf8_decode(self->text, at).code;
    return code == 0x2010 || code == 0x2011 ? 3 : 0;
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

/* The end of a host name from `at` ("mofa.go.kr") whose last label is in the list of domains, else `at`. */
static size_t host_end(const cutter *self, size_t at)
{
    size_t end = at;
    while (is_host_byte(self, end) || (self->text.data[end] == '.' && end > at && is_host_byte(self, end + 1)))
        if (++end - at > LONGEST_HOST) return at;
    while (end > at) {
        size_t label = end;
        while (label > at && self->text.data[label - 1] != '.') label--;
        if (label > at && listed(self, ATT_WORDS_DOMAIN, label, end) != ATT_NONE) return end;
        end = label > at ? label - 1 : at;
    }
    return at;
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
static size_t address_from(const cutter *self, size_t start, size_t end)
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
    bool initial = segment == start && is_single(self, start, at)
                   && (kind_at(self, at - 1) == 'U' ? class_at(self, start) == ATT_RUNE_UPPER
                                                    : self->text.data[start] >= 'A' && self->text.data[start] <= 'Z');
    if (acronym || initial || listed(self, ATT_WORDS_ABBREVIATION, start, at + 1) != ATT_NONE
        || listed(self, ATT_WORDS_ABBREVIATION_FINAL, start, at + 1) != ATT_NONE)
        return at + 1;
    return at;
}

/* Whether a word goes on behind a dot that it took: with digits or with one letter. */
static bool goes_on(const cutter *self, size_t at)
{
    return word_at(self, at) && (kind_at(self, at) == 'D' || is_single(self, at, run_end(self, at)));
}

/* The end of the word that starts at `start`. */
static size_t word_end(const cutter *self, size_t start)
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
        if (c == ' ') return at;
        size_t hyphen = skip_invisible(self, at);
        if ((mark = hyphen_at(self, hyphen)) > 0 && word_at(self, hyphen + mark)) {
            segment = at = skip_invisible(self, hyphen + mark);
        } else if ((mark = apostrophe_at(self, at)) > 0 && at > start && word_at(self, at + mark) && !clitic_at(self, at)
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

/* An apostrophe that is not inside a word: the clitic 's, the mark after a plural, or a quotation mark. */
static size_t cut_apostrophe(cutter *self, uint32_t floor, size_t at)
{
    size_t length = apostrophe_at(self, at), clitic = clitic_at(self, at);
    bool behind = adjacent(self, floor, at);
    if (clitic && behind) {
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
static size_t cut_at_sign(const cutter *self, uint32_t floor, size_t at)
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

/* A mark beyond ASCII, or a blank. */
static size_t cut_other(cutter *self, uint32_t floor, size_t at)
{
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

void att_cut(const att_lexicon *lexicon, att_arena *arena, att_str text, size_t start, size_t end, att_tokens *tokens)
{
    cutter self = { lexicon, { text.data, end }, arena, tokens, 0 };
    uint32_t floor = tokens->count;
    for (size_t at = start; at < end;) {
        switch (kind_at(&self, at)) {
        case 'B': at++; break;
        case 'L':
        case 'D': {
            size_t next = word_end(&self, at);
            push(&self, at, next, 0);
            at = next;
            break;
        }
        case 'U':
            if (att_rune_in_word(class_at(&self, at))) {
                size_t next = word_end(&self, at);
                push(&self, at, next, 0);
                at = next;
            } else {
                at = cut_other(&self, floor, at);
            }
            break;
        default:
            if (text.data[at] == '\'') {
                at = cut_apostrophe(&self, floor, at);
            } else if (text.data[at] == '@') {
                at = cut_at_sign(&self, floor, at);
            } else {
                push(&self, at, at + 1, 0);
                at++;
            }
        }
    }
}

/* ---- the document ---- */

static void intern_all(att_document *doc, att_vocabulary *vocabulary)
{
    att_tokens *tokens = &doc->tokens;
    tokens->type = att_arena_alloc(doc->arena, sizeof *tokens->type * (tokens->count + 1));
    for (uint32_t i = 0; i < tokens->count; i++) {
        const att_word_slot *slot =
            att_vocabulary_intern(vocabulary, att_str_slice(doc->text, tokens->start[i], tokens->end[i]));
        tokens->type[i] = slot->type - 1;
        tokens->flags[i] |= slot->flags;
        if (slot->flags & ATT_FLAG_POSS && (i == 0 || tokens->end[i - 1] != tokens->start[i]))
            tokens->flags[i] &= (uint8_t)~ATT_FLAG_POSS;
    }
}

/* Room for tokens is taken at once: memory that is never touched costs nothing, moving columns does. */
enum { CAPITAL_LETTERS = 8, BYTES_A_TOKEN = 3 };

/* Marks the tokens [first, last) of a line that has eight letters or more and no small one. */
static void mark_capitals(att_document *doc, const att_vocabulary *vocabulary, uint32_t first, uint32_t last)
{
    uint32_t letters = 0;
    bool capital = false;
    for (uint32_t i = first; i < last; i++) {
        if (doc->tokens.flags[i] & ATT_FLAG_SMALL) return;
        capital = capital || doc->tokens.flags[i] & ATT_FLAG_LETTERS;
        letters += att_vocabulary_type(vocabulary, doc->tokens.type[i])->letters;
    }
    if (!capital || letters < CAPITAL_LETTERS) return;
    for (uint32_t i = first; i < last; i++) doc->tokens.flags[i] |= ATT_FLAG_CAPITALS;
}

static void mark_capital_lines(att_document *doc, const att_vocabulary *vocabulary, const att_paragraph *paragraph)
{
    const att_tokens *tokens = &doc->tokens;
    uint32_t first = paragraph->tokens.first, last = paragraph->tokens.last;
    const char *end = doc->text.data + paragraph->end;
    while (first < last) {
        const char *from = doc->text.data + tokens->start[first];
        const char *found = memchr(from, '\n', (size_t)(end - from));
        uint32_t next = found ? att_tokens_at(tokens, (uint32_t)(found - doc->text.data)) : last;
        if (next > last || next <= first) next = last;
        mark_capitals(doc, vocabulary, first, next);
        first = next;
    }
}

void att_tokenize(att_document *doc, att_vocabulary *vocabulary)
{
    att_tokens_reserve(&doc->tokens, doc->arena, (uint32_t)(doc->text.length / BYTES_A_TOKEN) + 16);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        att_paragraph *paragraph = &doc->paragraphs.items[i];
        paragraph->tokens.first = doc->tokens.count;
        if (paragraph->kind != ATT_ZONE_METADATA)
            att_cut(vocabulary->lexicon, doc->arena, doc->text, paragraph->start, paragraph->end, &doc->tokens);
        paragraph->tokens.last = doc->tokens.count;
    }
    intern_all(doc, vocabulary);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) mark_capital_lines(doc, vocabulary, &doc->paragraphs.items[i]);
}

/* ---- splitting hyphenated words ---- */

static void push_typed(att_document *doc, att_vocabulary *vocabulary, att_tokens *out, uint32_t start, uint32_t end,
                       uint8_t place_flags)
{
    const att_word_slot *slot = att_vocabulary_intern(vocabulary, att_str_slice(doc->text, start, end));
    out->start[out->count] = start;
    out->end[out->count] = end;
    out->type[out->count] = slot->type - 1;
    out->flags[out->count++] = slot->flags | place_flags;
}

static att_tokens room_for(att_arena *arena, uint32_t count)
{
    att_tokens out = { .capacity = count };
    out.start = att_arena_alloc(arena, sizeof *out.start * count);
    out.end = att_arena_alloc(arena, sizeof *out.end * count);
    out.type = att_arena_alloc(arena, sizeof *out.type * count);
    out.flags = att_arena_alloc(arena, count);
    return out;
}

void att_split_hyphens(att_document *doc, att_vocabulary *vocabulary, const uint32_t *cuts, uint32_t count)
{
    if (!count) return;
    const att_tokens *in = &doc->tokens;
    att_tokens out = room_for(doc->arena, in->count + count);
    uint32_t cut = 0;
    for (uint32_t p = 0; p < doc->paragraphs.count; p++) {
        att_paragraph *paragraph = &doc->paragraphs.items[p];
        uint32_t first = out.count;
        for (uint32_t i = paragraph->tokens.first; i < paragraph->tokens.last; i++) {
            uint32_t start = in->start[i];
            while (cut < count && cuts[cut] <= start) cut++;
            if (cut == count || cuts[cut] >= in->end[i]) {
                out.start[out.count] = start;
                out.end[out.count] = in->end[i];
                out.type[out.count] = in->type[i];
                out.flags[out.count++] = in->flags[i];
                continue;
            }
            uint8_t capitals = in->flags[i] & ATT_FLAG_CAPITALS;
            for (; cut < count && cuts[cut] < in->end[i]; start = cuts[cut++])
                push_typed(doc, vocabulary, &out, start, cuts[cut], capitals);
            push_typed(doc, vocabulary, &out, start, in->end[i], capitals);
        }
        paragraph->tokens = (att_token_range){ first, out.count };
    }
    doc->tokens = out;
}

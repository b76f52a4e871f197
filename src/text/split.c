#include "text/split.h"

#include "base/calendar.h"
#include "base/utf8.h"
#include "text/quotes.h"

enum {
    TITLE_CHARACTERS = 200,
    LONGEST_TITLE = 1000 /* bytes, of one apart */,
    DATELINE_BYTES = 120,
    DATELINE_TOKENS = 24,
    PLACE_LETTERS = 3
};

typedef struct {
    att_document *doc;
    const att_vocabulary *vocabulary;
    /* A bit for each token, ATT_TOKEN_BLOCK in a word: where a sentence or a clause may end, which an abbreviation or a comma
     * does only before an opener. */
    uint64_t *ends, *clauses;
} splitter;

static const att_word_type *type_of(const splitter *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

static char first_byte(const splitter *self, uint32_t token)
{
    return self->doc->text.data[self->doc->tokens.start[token]];
}

static bool has(const splitter *self, uint32_t token, uint32_t classes)
{
    return (type_of(self, token)->classes & classes) != 0;
}

enum { CASE = ATT_FLAG_SMALL | ATT_FLAG_CAPITAL };

/* Whether a token has a letter with case, which no mark has. Asked first: the types of most words lie far away. */
static bool has_case(const splitter *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & CASE;
}

/* Whether no blank stands between a token and the one before it. */
static bool adjoins(const splitter *self, uint32_t token)
{
    return token && self->doc->tokens.end[token - 1] == self->doc->tokens.start[token];
}

static bool listed(const splitter *self, att_word_list list, uint32_t token)
{
    return type_of(self, token)->lists >> list & 1;
}

static void find_candidates(splitter *self)
{
    const att_tokens *tokens = &self->doc->tokens;
    uint32_t count = tokens->count / ATT_TOKEN_BLOCK + 1;
    self->ends = att_arena_alloc(self->doc->arena, sizeof *self->ends * count);
    self->clauses = att_arena_alloc(self->doc->arena, sizeof *self->clauses * count);
    for (uint32_t i = 0; i * ATT_TOKEN_BLOCK < tokens->count; i++) {
        const uint8_t *flags = tokens->flags + i * ATT_TOKEN_BLOCK;
        uint64_t opener_next = att_tokens_block(flags + 1, ATT_FLAG_OPENER);
        self->ends[i] = att_tokens_block(flags, ATT_FLAG_ENDS) & (~att_tokens_block(flags, CASE) | opener_next);
        self->clauses[i] = att_tokens_block(flags, ATT_FLAG_CLAUSE) & (~att_tokens_block(flags, ATT_FLAG_OPENER) | opener_next);
    }
}

/* ---- sentences ---- */

static bool is_ender(const splitter *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & ATT_FLAG_ENDS && !has_case(self, token) && has(self, token, ATT_CLASS_PUNCT);
}

static bool is_closer(const splitter *self, uint32_t token)
{
    return adjoins(self, token) && !has_case(self, token) && has(self, token, ATT_CLASS_CLOSE | ATT_CLASS_QUOTE);
}

static bool can_open(const splitter *self, uint32_t token)
{
    if (has_case(self, token)) return self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL;
    return !has(self, token, ATT_CLASS_LOWER | ATT_CLASS_COMMA | ATT_CLASS_CLOSE);
}

/* "1." or "A." as the first thing of a paragraph. */
static bool is_list_mark(const splitter *self, uint32_t ender, uint32_t first)
{
    return ender == first + 1 && has(self, first, ATT_CLASS_NUM | ATT_CLASS_INITIAL) && first_byte(self, ender) == '.';
}

/* Whether the word opens a sentence behind an abbreviation: "The", not the "STILL" of a headline in capitals. */
static bool is_opener(const splitter *self, uint32_t token)
{
    return has(self, token, ATT_CLASS_CAP) && !has(self, token, ATT_CLASS_UPPER)
           && listed(self, ATT_WORDS_SENTENCE_OPENER, token);
}

/* The first token behind a sentence that ends with token `at`, or `at` when none ends there. `last` is the paragraph's end. */
static uint32_t sentence_end(const splitter *self, uint32_t at, uint32_t first, uint32_t last)
{
    uint32_t next = at + 1;
    if (!is_ender(self, at)) {
        if (next == last || has(self, next, ATT_CLASS_PUNCT)) return at;
        return !listed(self, ATT_WORDS_ABBREVIATION, at) && is_opener(self, next) ? next : at;
    }
    if (is_list_mark(self, at, first)) return at;
    while (next < last && (is_closer(self, next) || (is_ender(self, next) && adjoins(self, next)))) next++;
    if (next == last) return next;
    bool ascii = type_of(self, at)->classes & ATT_CLASS_ASCII;
    return can_open(self, next) && (!ascii || !adjoins(self, next)) ? next : at;
}

static void push(const splitter *self, att_stretches *out, uint32_t first, uint32_t last, uint32_t paragraph)
{
    if (first == last) return;
    ATT_RESERVE(self->doc->arena, out, 1);
    out->items[out->count++] = (att_stretch){ { first, last }, paragraph };
}

static void split_sentences(const splitter *self, uint32_t paragraph)
{
    att_token_range range = self->doc->paragraphs.items[paragraph].tokens;
    uint32_t start = range.first;
    for (uint32_t at = start; (at = att_tokens_bit(self->ends, at, range.last)) < range.last; at++) {
        uint32_t end = sentence_end(self, at, range.first, range.last);
        if (end == at) continue;
        push(self, &self->doc->sentences, start, end, paragraph);
        start = end;
        at = end - 1;
    }
    push(self, &self->doc->sentences, start, range.last, paragraph);
}

/* ---- dates ---- */

/* The month that a word names in full or by its first letters and a dot: 1 to 12, or 0. */
static uint32_t month_of(const splitter *self, uint32_t token)
{
    const att_map *months = &self->vocabulary->lexicon->lists[ATT_WORDS_MONTH].words;
    const att_word_type *type = type_of(self, token);
    if (!(type->classes & ATT_CLASS_CAP) || type->surface.length > 16) return 0;
    uint64_t caps;
    att_str word = att_word_fold(self->doc->arena, type->surface, &caps);
    bool dot = att_str_ends(word, ATT_STR("."));
    if (dot) word.length--;
    for (uint32_t i = 0; i < months->count; i++)
        if (att_str_equal(months->items[i], word) || (dot && word.length >= 3 && att_str_starts(months->items[i], word)))
            return i + 1;
    return 0;
}

/* The number of "14" or "14th"; 0 for other words. */
static uint32_t number_of(const splitter *self, uint32_t token)
{
    att_str surface = type_of(self, token)->surface;
    uint32_t number = 0;
    if (has(self, token, ATT_CLASS_ORDINAL) && surface.length > 2) surface.length -= 2;
    if (surface.length > 4) return 0;
    for (size_t i = 0; i < surface.length; i++) {
        if (surface.data[i] < '0' || surface.data[i] > '9') return 0;
        number = number * 10 + (uint32_t)(surface.data[i] - '0');
    }
    return number;
}

/* A long dash without a space before it. */
static bool is_long_dash(const splitter *self, uint32_t at)
{
    return has(self, at, ATT_CLASS_DASH) && adjoins(self, at) && att_str_equal(type_of(self, at)->surface, ATT_STR("—"));
}

/* A long dash without spaces that parts a place from the day behind it. */
static bool is_before_day(const splitter *self, uint32_t at)
{
    return is_long_dash(self, at) && at + 2 < self->doc->tokens.count && has(self, at + 1, ATT_CLASS_NUM)
           && month_of(self, at + 2);
}

/* One that parts a date from the text behind it: "OSLO, Norway—3 May 2026—The". */
static bool is_behind_year(const splitter *self, uint32_t at)
{
    enum { FIRST_YEAR = 1000 };
    return is_long_dash(self, at) && at >= 2 && number_of(self, at - 1) >= FIRST_YEAR && month_of(self, at - 2);
}

/* ---- clauses ---- */

/* Whether a clause ends behind token `at`; `last` is the sentence's end. */
static bool ends_clause(const splitter *self, uint32_t at, uint32_t last)
{
    if (at + 1 >= last) return false;
    switch (first_byte(self, at)) {
    case ';': return true;
    case ':': return !(adjoins(self, at) && adjoins(self, at + 1));
    case ',': return has(self, at, ATT_CLASS_COMMA) && listed(self, ATT_WORDS_CLAUSE_OPENER, at + 1);
    default:
        return has(self, at, ATT_CLASS_DASH) && ((!adjoins(self, at) && !adjoins(self, at + 1)) || is_behind_year(self, at));
    }
}

static void split_clauses(const splitter *self, uint32_t first_sentence)
{
    for (uint32_t s = first_sentence; s < self->doc->sentences.count; s++) {
        att_stretch sentence = self->doc->sentences.items[s];
        uint32_t start = sentence.tokens.first;
        for (uint32_t at = start; (at = att_tokens_bit(self->clauses, at, sentence.tokens.last)) < sentence.tokens.last; at++) {
            if (!ends_clause(self, at, sentence.tokens.last)) continue;
            push(self, &self->doc->clauses, start, at + 1, sentence.paragraph);
            start = at + 1;
        }
        push(self, &self->doc->clauses, start, sentence.tokens.last, sentence.paragraph);
    }
}

/* ---- zones ---- */

static void push_zone(const splitter *self, uint32_t first, uint32_t last, att_zone_kind kind)
{
    if (first >= last) return;
    const att_tokens *tokens = &self->doc->tokens;
    ATT_RESERVE(self->doc->arena, &self->doc->zones, 1);
    self->doc->zones.items[self->doc->zones.count++] = (att_zone){ tokens->start[first], tokens->end[last - 1], kind };
}

static void find_quotes(const splitter *self, uint32_t paragraph)
{
    const att_quotes *quotes = &self->doc->quotes;
    uint32_t before = quotes->count;
    att_quotes_find(self->doc, paragraph);
    for (uint32_t i = before; i < quotes->count; i++)
        push_zone(self, quotes->items[i].open + 1, quotes->items[i].close, ATT_ZONE_QUOTE);
}

/* A quick test by flags: false where the paragraph begins with words with a capital and then one without, and where no mark
 * follows soon that may be a dash or the end of a sentence. */
static bool may_be_dateline(const splitter *self, att_token_range range)
{
    const uint8_t *flags = self->doc->tokens.flags + range.first;
    uint64_t capital = att_tokens_block(flags, ATT_FLAG_CAPITAL), small = att_tokens_block(flags, ATT_FLAG_SMALL) & ~capital;
    if (small & (capital + 1)) return false;
    return att_tokens_bit(self->clauses, range.first, range.last) - range.first < DATELINE_TOKENS
           || att_tokens_bit(self->ends, range.first, range.last) - range.first < DATELINE_TOKENS;
}

/* Whether [from, to) is a place in capitals with a date behind it: "BOGOTÁ, April 25, 2023". */
static bool is_dated_place(const splitter *self, uint32_t from, uint32_t to)
{
    const att_word_type *place = type_of(self, from);
    if (!(place->classes & ATT_CLASS_UPPER) || place->letters < PLACE_LETTERS) return false;
    for (uint32_t at = from + 1; at < to; at++)
        if (month_of(self, at)) return true;
    return false;
}

/* A dash between spaces, one that hangs on a word in capitals: "ALGIERS- The"; or a long one behind a date. */
static bool is_dateline_dash(const splitter *self, uint32_t at)
{
    if (!has(self, at, ATT_CLASS_DASH)) return false;
    if (!adjoins(self, at) || is_behind_year(self, at)) return true;
    const bool last = at + 1 >= self->doc->tokens.count;
    return has(self, at - 1, ATT_CLASS_UPPER) && (last || !adjoins(self, at + 1));
}

/* The dash that ends a dateline, the colon or stop that ends one with a date; or ATT_NONE. */
static uint32_t dateline_end(const splitter *self, att_token_range range)
{
    const att_tokens *tokens = &self->doc->tokens;
    bool in_brackets = false;
    for (uint32_t at = range.first; at < range.last && at - range.first < DATELINE_TOKENS; at++) {
        if (tokens->end[at] - tokens->start[range.first] > DATELINE_BYTES) return ATT_NONE;
        if (has(self, at, ATT_CLASS_OPEN)) in_brackets = true;
        else if (has(self, at, ATT_CLASS_CLOSE)) in_brackets = false;
        else if (is_dateline_dash(self, at)) return at > range.first ? at : ATT_NONE;
        else if (!in_brackets && strchr(":.", first_byte(self, at)) && has(self, at, ATT_CLASS_PUNCT)
                 && is_dated_place(self, range.first, at))
            return at;
        else if (!in_brackets && !has(self, at, ATT_CLASS_CAP | ATT_CLASS_NUM | ATT_CLASS_ORDINAL | ATT_CLASS_COMMA)
                 && first_byte(self, at) != '/' && first_byte(self, at) != '.' && !is_before_day(self, at))
            return ATT_NONE;
    }
    return ATT_NONE;
}

/* A day that no month has is most likely a slip of the pen; tokens [first, last] say it. */
static void refuse_date(const splitter *self, uint32_t first, uint32_t last)
{
    att_document *doc = self->doc;
    att_str written = att_str_slice(doc->text, doc->tokens.start[first], doc->tokens.end[last]);
    att_str message = att_str_format(doc->arena, "the dateline's date '%.*s' is no day of the calendar", ATT_STR_ARG(written));
    att_document_remark(doc, "E014", message, doc->tokens.start[first]);
}

/* "March 25, 2024" or "25 March 2024" with its month at `at`: the document's date, unless it has one. */
static void take_date(const splitter *self, uint32_t at, att_token_range range)
{
    uint32_t day = at > range.first ? number_of(self, at - 1) : 0, next = at + 1, first = day ? at - 1 : at;
    if (!day && next < range.last) day = number_of(self, next++);
    if (next < range.last && has(self, next, ATT_CLASS_COMMA)) next++;
    uint32_t year = next < range.last ? number_of(self, next) : 0;
    if (self->doc->date.data || year < 1000 || !day || day > 31) return;
    uint32_t month = month_of(self, at);
    if (day > (uint32_t)att_days_of_month((int)year, (int)month)) refuse_date(self, first, next);
    else self->doc->date = att_str_format(self->doc->arena, "%04u-%02u-%02u", year, month, day);
}

/* Whether the agency that signs stands behind the place, before a dash of hyphens: "Muscat (ONA) ---", "Riyadh, SPA --". */
static bool is_signed_place(const splitter *self, uint32_t first, uint32_t dash)
{
    enum { PLACE_WORDS = 2 };
    const bool hyphens = dash + 1 < self->doc->tokens.count && first_byte(self, dash) == '-'
                         && self->doc->text.data[self->doc->tokens.start[dash] + 1] == '-';
    if (!hyphens || dash < first + 3) return false;
    if (!has(self, dash - 1, ATT_CLASS_CLOSE))
        return dash - first <= PLACE_WORDS + 2 && has(self, dash - 1, ATT_CLASS_UPPER) && has(self, dash - 2, ATT_CLASS_COMMA);
    return dash - first <= PLACE_WORDS + 3 && has(self, dash - 2, ATT_CLASS_UPPER) && has(self, dash - 3, ATT_CLASS_OPEN);
}

/* A dateline: a place in capitals, a place with a date or an agency, up to a dash; or the first two, up to a colon or stop. */
static void find_dateline(const splitter *self, att_token_range range)
{
    if (!may_be_dateline(self, range) || !has(self, range.first, ATT_CLASS_CAP)) return;
    const att_word_type *place = type_of(self, range.first);
    uint32_t end = dateline_end(self, range), month = ATT_NONE;
    if (end == ATT_NONE) return;
    for (uint32_t at = range.first; at < end && month == ATT_NONE; at++)
        if (month_of(self, at)) month = at;
    bool capitals = place->classes & ATT_CLASS_UPPER && place->letters >= PLACE_LETTERS && !(place->classes & ATT_CLASS_HYPHEN);
    if (!capitals && (month == ATT_NONE || month == range.first) && !is_signed_place(self, range.first, end)) return;
    push_zone(self, range.first, end, ATT_ZONE_DATELINE);
    if (month != ATT_NONE) take_date(self, month, (att_token_range){ range.first, end });
}

/* The first paragraph, or the first below the head of a release, when it is short and has no sentence end; `sentence` is the
 * number of its first one. */
static bool is_title(const splitter *self, const att_paragraph *paragraph, uint32_t sentence)
{
    if (att_utf8_count(att_str_slice(self->doc->text, paragraph->start, paragraph->end)) > TITLE_CHARACTERS) return false;
    uint32_t last = paragraph->tokens.last;
    if (self->doc->sentences.count != sentence + 1) return false;
    while (last > paragraph->tokens.first + 1 && is_closer(self, last - 1)) last--;
    return !is_ender(self, last - 1);
}

static bool is_word_of(const splitter *self, att_word_list list, uint32_t token)
{
    uint64_t caps;
    const att_str word = att_word_fold(self->doc->arena, type_of(self, token)->surface, &caps);
    return att_map_find(&self->vocabulary->lexicon->lists[list].words, word) != ATT_NONE;
}

static bool begins_with_figure(const splitter *self, uint32_t token)
{
    return first_byte(self, token) >= '0' && first_byte(self, token) <= '9';
}

/* "Lima, March 4, 2026", "Wednesday, 4 March 2026": nothing but a date, which a comma parts from what may stand before it. */
static bool is_line_of_date(const splitter *self, att_token_range words)
{
    enum { MOST_NAME = 3 };
    uint32_t at = words.first, name = 0;
    bool month = false, day = false;
    for (; at < words.last && !month_of(self, at) && !begins_with_figure(self, at); at++) {
        if (!has(self, at, ATT_CLASS_CAP | ATT_CLASS_COMMA) || ++name > 2 * MOST_NAME) return false;
    }
    if (at > words.first && !has(self, at - 1, ATT_CLASS_COMMA)) return false;
    for (; at < words.last; at++) {
        if (month_of(self, at)) month = true;
        else if (begins_with_figure(self, at)) day = true;
        else if (has(self, at, ATT_CLASS_WORD)) return false;
    }
    return month && day;
}

/* "Contact: Jan Roe", "Media contacts: ...". */
static bool is_line_of_contact(const splitter *self, att_token_range words)
{
    uint32_t at = words.first;
    while (at < words.last && is_word_of(self, ATT_WORDS_HEAD, at)) at++;
    return at + 1 < words.last && is_word_of(self, ATT_WORDS_CONTACT, at) && first_byte(self, at + 1) == ':';
}

/* "FOR IMMEDIATE RELEASE", "STATE HOUSE PRESS RELEASE": words of which one says what the text is, and before them a name. */
static bool is_line_of_release(const splitter *self, att_token_range words)
{
    enum { LEAST = 2, MOST_NAME = 2 }; /* words of the lists at the end; words of a name before them */
    uint32_t others = 0, above = 0;
    bool told = false;
    for (uint32_t at = words.first; at < words.last; at++) {
        if (!has(self, at, ATT_CLASS_WORD) || begins_with_figure(self, at) || month_of(self, at)) continue;
        const bool kind = is_word_of(self, ATT_WORDS_RELEASE, at);
        told |= kind;
        if (kind || is_word_of(self, ATT_WORDS_HEAD, at)) above++;
        else if (above || !has(self, at, ATT_CLASS_UPPER)) return false;
        else others++;
    }
    return told && above >= LEAST && others <= MOST_NAME;
}

/* A line above the headline: that of a release, and `behind` such a line a date or whom to ask. */
static bool is_head_of_release(const splitter *self, att_token_range words, bool behind)
{
    enum { LONGEST = 12, LONGEST_CONTACT = 40 }; /* tokens */
    if (behind && words.last - words.first <= LONGEST_CONTACT && is_line_of_contact(self, words)) return true;
    if (words.last - words.first > LONGEST) return false;
    return is_line_of_release(self, words) || (behind && is_line_of_date(self, words));
}

bool att_title_is_apart(const att_document *doc)
{
    if (!doc->title.length || doc->title.length > LONGEST_TITLE) return false;
    if (doc->title.data >= doc->text.data && doc->title.data < doc->text.data + doc->text.length) return false;
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        const att_paragraph *paragraph = &doc->paragraphs.items[i];
        if (paragraph->kind == ATT_ZONE_METADATA) continue;
        return !att_str_starts(att_str_slice(doc->text, paragraph->start, paragraph->end), doc->title);
    }
    return true;
}

void att_split(att_document *doc, const att_vocabulary *vocabulary)
{
    splitter self = { .doc = doc, .vocabulary = vocabulary };
    bool first = !att_title_is_apart(doc), above = false;
    find_candidates(&self);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        att_paragraph *paragraph = &doc->paragraphs.items[i];
        if (paragraph->kind == ATT_ZONE_METADATA || paragraph->tokens.first == paragraph->tokens.last) continue;
        uint32_t sentences = doc->sentences.count;
        split_sentences(&self, i);
        split_clauses(&self, sentences);
        const bool head = first && is_head_of_release(&self, paragraph->tokens, above);
        const bool title = first && !head && paragraph->kind == ATT_ZONE_BODY && is_title(&self, paragraph, sentences);
        first = head;
        above |= head;
        if (title) paragraph->kind = ATT_ZONE_TITLE;
        else find_dateline(&self, paragraph->tokens);
        find_quotes(&self, i);
    }
}

#include "resolve/lines.h"

#include <strings.h>

enum {
    LONGEST_LINE = 240,      /* bytes */
    LONGEST_PARAGRAPH = 400, /* with lines of such a kind in it */
    MOST_TITLES = 3,
    MOST_SMALL = 1,       /* small words that are no item, in what may be a heading */
    MOST_BEFORE_NAME = 5, /* tokens: "12. H.E. Mr." */
};

/* What a line is by what stands in it. */
typedef enum {
    LINE_TEXT,    /* a sentence, or what ends a list */
    LINE_OTHER,   /* capitalised words that are none of the following */
    LINE_NEUTRAL, /* an address, a telephone number, "Members:" */
    LINE_PERSON,
    LINE_TITLE,
    LINE_BODY,
    LINE_NATION
} line_kind;

typedef struct {
    uint32_t index; /* annotation */
    uint32_t body;  /* that stands behind it, or ATT_NONE */
    att_token_range tokens;
    att_token_range unit; /* words that are a body's name or its beginning: "Naval Sea Logistics Command"; or empty */
} title_in_line;

typedef struct {
    att_token_range tokens;
    uint32_t from, next; /* annotations that start in it */
    bool apart;          /* an empty line stands before it */
    line_kind kind;
    uint32_t person, body, nation; /* annotations, or ATT_NONE */
    att_token_range name;          /* of the person; empty where there is none */
    title_in_line titles[MOST_TITLES];
    uint32_t title_count;
    bool has_official; /* a rule made one in it */
    bool company;      /* an ORG */
    bool colon;        /* at its end */
    bool title_first;
    uint32_t after_mark;   /* token behind the mark behind a title at the head: "Minister of Mines: Jane Roe"; or 0 */
    bool label;            /* a colon behind a title */
    bool speaker;          /* a colon behind a name in capitals or of one word: a transcript */
    bool side_by_side;     /* two titles without a mark between */
    uint32_t after_nation; /* token behind the last state */
    uint32_t persons, places, numbers;
    att_token_range caps;            /* words with a capital that were read last and are no item */
    uint32_t foreign, small, listed; /* words that are no item: with a capital, without one, of the list */
} line;

/* A person and what stands below. */
typedef struct {
    bool open, gap;                /* an empty line stands between its lines */
    uint32_t person, body, nation; /* no person: a name that no rule knows */
    att_token_range name;
    uint32_t from, next; /* annotations in the line of the person */
    title_in_line titles[2 * MOST_TITLES];
    uint32_t title_count;
    title_in_line seen[MOST_TITLES]; /* in the line of the person, where rules made officials of them */
    uint32_t seen_count;
    bool written, named;   /* its officials were made by rules; its person here */
    bool company, unknown; /* a company, a body that nobody knows */
    bool any_below;        /* a title, a body or a state stands below the person */
} entry;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    uint32_t at; /* the first annotation that is not yet read */
    entry entry;
    title_in_line above[MOST_TITLES]; /* titles of a line that no person stands before */
    uint32_t above_count;
    bool titles_above;   /* titles stand above their persons */
    att_str scope;       /* code of the state that heads the lines */
    uint32_t scope_body; /* the body that does, or ATT_NONE */
    bool scope_bare;     /* the heading is a state and nothing else */
    uint32_t last_end;   /* byte where the last line ended */
    bool changed;
    att_annotations added;
} reader;

static att_annotation *at(const reader *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str get(const reader *self, uint32_t index, att_key key)
{
    return att_annotation_get(at(self, index), &self->knowledge->layers, key);
}

static inline bool is_word(const reader *self, uint32_t token, const char *word)
{
    if (token >= self->doc->tokens.count) return false;
    att_str there = att_document_word(self->doc, token);
    return *there.data == *word && att_str_is(there, word);
}

static bool in_list(const reader *self, att_line_list which, uint32_t token)
{
    const uint32_t list = self->knowledge->lists.of_lines[which];
    if (list == ATT_NONE) return false;
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    return att_lists_have_word(&self->knowledge->lists, list, self->vocabulary, type, true);
}

static bool is_in_common(const reader *self, att_token_range words)
{
    const att_names *names = &self->knowledge->lists.names;
    uint32_t node = att_names_node(names, self->doc, self->vocabulary, words);
    if (node == ATT_NONE) return false;
    for (uint32_t form = att_names_first(names, node); form; form = att_names_next(names, form))
        for (int i = ATT_LINE_LIST_COMMON; i <= ATT_LINE_LIST_PRIVATE_TITLE; i++)
            if (names->forms.items[form].owner == self->knowledge->lists.of_lines[i]) return true;
    return false;
}

/* Whether companies have the post too, with or without its field: "Director", "Head of Sales", "President and CEO", not
 * "Secretary of the Interior", "Chief of Police". */
static bool is_common(const reader *self, att_token_range title)
{
    if (is_in_common(self, title)) return true;
    uint32_t of = title.first;
    while (of < title.last && !is_word(self, of, "of") && !is_word(self, of, "for") && !is_word(self, of, "and")) of++;
    bool field = of > title.first && of < title.last;
    if (!field || is_word(self, of - 1, "Secretary") || is_word(self, title.first, "Chief")) return false;
    return is_in_common(self, (att_token_range){ title.first, of });
}

/* ---- what stands in a line ---- */

static bool is_item(uint32_t layer)
{
    const uint32_t items = 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO
                           | 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_LOCATION
                           | 1u << ATT_LAYER_DATE;
    return items >> layer & 1;
}

/* The longest item that starts at the token and ends in the line, or ATT_NONE. */
static uint32_t item_at(reader *self, const line *here, uint32_t *near, uint32_t token)
{
    const uint32_t count = self->doc->annotations.count;
    while (*near < count && at(self, *near)->tokens.first < token) (*near)++;
    for (uint32_t i = *near; i < count && at(self, i)->tokens.first == token; i++)
        if (is_item(at(self, i)->layer) && at(self, i)->tokens.last <= here->tokens.last) return i;
    return ATT_NONE;
}

/* The first state in the body's name, or ATT_NONE. */
static uint32_t nation_within(const reader *self, uint32_t body)
{
    for (uint32_t i = body + 1; i < self->doc->annotations.count && at(self, i)->start < at(self, body)->end; i++)
        if (at(self, i)->layer == ATT_LAYER_COUNTRY || at(self, i)->layer == ATT_LAYER_DEMONYM) return i;
    return ATT_NONE;
}

/* "Government of Chile", "Chilean Government", "Cabinet": the state rather than a body of it. */
static bool is_government(const reader *self, uint32_t body)
{
    att_token_range tokens = at(self, body)->tokens;
    return is_word(self, tokens.first, "Government") || is_word(self, tokens.last - 1, "Government")
           || is_word(self, tokens.last - 1, "Cabinet");
}

static bool has_capital(const reader *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL;
}

static bool has_letters(const reader *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & (ATT_FLAG_CAPITAL | ATT_FLAG_SMALL);
}

/* Small words of titles and headings, with any capitals: "FOR THE GOVERNMENT OF CHILE", "On behalf of". */
static bool is_joining(const reader *self, uint32_t token)
{
    static const char *const words[] = { "of",   "the",  "for", "and", "at", "in", "to",    "on",
                                         "with", "from", "by",  "&",   "de", "a",  "behalf" };
    att_str word = att_document_word(self->doc, token);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((*word.data | 0x20) == (*words[i] | 0x20) && word.length == strlen(words[i])
            && strncasecmp(word.data, words[i], word.length) == 0)
            return true;
    return false;
}

/* Whether more than one blank, or a tab, stands before the token, as in a table. */
static bool is_apart(const reader *self, uint32_t token)
{
    const char *before = self->doc->text.data + self->doc->tokens.start[token];
    return token && (before[-1] == '\t' || (before[-1] == ' ' && (before[-2] == ' ' || before[-2] == '\t')));
}

/* The TITLE that stands behind "to" or "to the" at the token, or ATT_NONE. */
static uint32_t title_behind_to(reader *self, const line *here, uint32_t title, uint32_t token)
{
    if (!is_word(self, token++, "to")) return ATT_NONE;
    if (is_word(self, token, "the")) token++;
    uint32_t item = item_at(self, here, &title, token);
    return item != ATT_NONE && at(self, item)->layer == ATT_LAYER_TITLE ? item : (uint32_t)ATT_NONE;
}

/* "with special responsibility for", "responsible for" */
static bool is_charge(const reader *self, uint32_t token)
{
    static const char *const words[] = { "special", "responsibility", "responsible" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(self, token, words[i])) return true;
    return false;
}

/* "Minister for Mines", not "Advisor". */
static bool has_field(const reader *self, att_token_range title)
{
    for (uint32_t token = title.first; token < title.last; token++)
        if (is_word(self, token, "of") || is_word(self, token, "for")) return true;
    return false;
}

/* Where a title ends that goes on with words which nobody knows, or with another one: "Director of Public Health", "State
 * Secretary to the Minister". */
static uint32_t whole_end(reader *self, const line *here, uint32_t title)
{
    static const char *const leads[] = { "of", "for", "on", "responsible", "with", "and" };
    uint32_t last = at(self, title)->tokens.last, end = last, near = title;
    bool led = false;
    uint32_t other = title_behind_to(self, here, title, last);
    if (other != ATT_NONE) return at(self, other)->tokens.last;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) led |= last < here->tokens.last && is_word(self, last, leads[i]);
    if (led && is_word(self, last, "and")) led = has_field(self, at(self, title)->tokens);
    uint32_t unit = last + (is_word(self, last + 1, "the") ? 2 : 1);
    if (led && unit < here->tokens.last && in_list(self, ATT_LINE_LIST_UNIT, unit)) return last;
    for (uint32_t token = last; led && token < here->tokens.last; token++) {
        uint32_t item = item_at(self, here, &near, token);
        if (item != ATT_NONE && at(self, item)->layer != ATT_LAYER_LOCATION) return last;
        if (has_capital(self, token)) end = token + 1;
        else if (!is_joining(self, token) && !is_word(self, token, "-") && !is_charge(self, token)) break;
    }
    return end;
}

/* Whether what stands before token `first` lets an item begin: the line, a mark, "and", a state. */
static bool begins_item(const reader *self, const line *here, uint32_t first)
{
    static const char *const words[] = { "and", "&", "The", "the" };
    if (first == here->tokens.first || here->after_nation == first) return true;
    if (here->person != ATT_NONE && at(self, here->person)->tokens.last == first) {
        return is_apart(self, first) || in_list(self, ATT_LINE_LIST_HONORIFIC, here->tokens.first);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(self, first - 1, words[i]))
            return i < 2 || first - 1 == here->tokens.first || begins_item(self, here, first - 1);
    return !has_letters(self, first - 1);
}

/* The name between "Mr" at the head of the line and the title, which no rule knows; empty where there is none. */
static att_token_range name_before(const reader *self, const line *here, uint32_t title)
{
    enum { MOST_WORDS = 5 };
    att_token_range name = { here->tokens.first, title };
    while (name.first < title && in_list(self, ATT_LINE_LIST_HONORIFIC, name.first)) name.first++;
    if (name.first == here->tokens.first || here->person != ATT_NONE || here->title_count) return (att_token_range){ 0 };
    if (name.last > name.first && is_word(self, name.last - 1, ",")) name.last--;
    for (uint32_t token = name.first; token < name.last; token++)
        if (!has_capital(self, token) && !is_word(self, token, "-")) return (att_token_range){ 0 };
    bool fits = name.last >= name.first + 2 && name.last <= name.first + MOST_WORDS;
    return fits ? name : (att_token_range){ 0 };
}

/* Returns the token behind the title. */
static uint32_t take_title(reader *self, line *here, uint32_t index, bool bracketed)
{
    att_token_range tokens = { at(self, index)->tokens.first, whole_end(self, here, index) };
    const att_token_range name = name_before(self, here, tokens.first);
    if (name.last) {
        here->name = name;
        here->foreign = 0;
    } else if (!begins_item(self, here, tokens.first)) {
        here->side_by_side |= here->title_count && has_capital(self, tokens.first - 1);
        here->foreign++;
        return at(self, index)->tokens.last;
    }
    if (here->person == ATT_NONE && !here->title_count && !here->foreign) here->title_first = true;
    if (here->title_count < MOST_TITLES && !bracketed)
        here->titles[here->title_count++] = (title_in_line){ .index = index, .body = ATT_NONE, .tokens = tokens };
    here->label |= is_word(self, tokens.last, ":");
    return tokens.last;
}

/* Whether the body tells its state itself: by its name, or as one of several states. */
static bool tells_state(const reader *self, uint32_t body)
{
    if (body == ATT_NONE) return false;
    if (at(self, body)->layer == ATT_LAYER_IGO || get(self, body, ATT_KEY_COUNTRY).data) return true;
    return nation_within(self, body) != ATT_NONE;
}

/* A body is that of the title before it, unless the person stands between. */
static void take_body_item(reader *self, line *here, uint32_t index)
{
    if (is_government(self, index)) {
        here->listed++;
        if (here->nation == ATT_NONE) here->nation = nation_within(self, index);
        here->after_nation = at(self, index)->tokens.last;
        return;
    }
    if (here->body == ATT_NONE) here->body = index;
    title_in_line *title = here->title_count ? &here->titles[here->title_count - 1] : NULL;
    if (!title || title->body != ATT_NONE || (here->person != ATT_NONE && here->person > title->index)) return;
    title->body = index;
    if (here->caps.last != at(self, index)->tokens.first || here->caps.first < title->tokens.last || tells_state(self, index))
        return;
    title->unit = (att_token_range){ here->caps.first, at(self, index)->tokens.last };
    here->foreign -= here->foreign < here->caps.last - here->caps.first ? here->foreign : here->caps.last - here->caps.first;
}

/* Words behind a title that are the name of a body which nobody knows, by its last word or its first. */
static void end_words(reader *self, line *here)
{
    const att_token_range caps = here->caps;
    here->caps = (att_token_range){ 0 };
    title_in_line *title = here->title_count ? &here->titles[here->title_count - 1] : NULL;
    if (caps.last < caps.first + 2 || !title || title->body != ATT_NONE || title->unit.last || caps.first < title->tokens.last)
        return;
    if (!in_list(self, ATT_LINE_LIST_UNIT, caps.last - 1) && !in_list(self, ATT_LINE_LIST_UNIT, caps.first)) return;
    title->unit = caps;
    here->foreign = 0;
}

/* Takes one item and returns the token behind it. */
static uint32_t take_item(reader *self, line *here, uint32_t index, bool bracketed)
{
    const att_annotation *item = at(self, index);
    uint32_t end = item->tokens.last;
    switch (item->layer) {
    case ATT_LAYER_PERSON:
        if (!here->persons++) here->person = index;
        here->foreign = 0;
        break;
    case ATT_LAYER_TITLE: return take_title(self, here, index, bracketed);
    case ATT_LAYER_AGENCY:
    case ATT_LAYER_IGO: take_body_item(self, here, index); break;
    case ATT_LAYER_ORG: here->company = true; break;
    case ATT_LAYER_COUNTRY:
    case ATT_LAYER_DEMONYM:
        if (here->nation == ATT_NONE) here->nation = index;
        here->after_nation = end;
        break;
    case ATT_LAYER_LOCATION: here->places++; break;
    default: here->numbers++;
    }
    return end;
}

static void take_word(reader *self, line *here, uint32_t token)
{
    att_str word = att_document_word(self->doc, token);
    bool goes_on = here->caps.last == token && here->caps.last > here->caps.first;
    uint32_t start = here->nation != ATT_NONE && here->after_nation == token ? at(self, here->nation)->tokens.first : token;
    if (has_capital(self, token)) here->caps = (att_token_range){ goes_on ? here->caps.first : start, token + 1 };
    else if (goes_on && is_joining(self, token)) here->caps.last = token + 1;
    else if (goes_on) end_words(self, here);
    if (!has_letters(self, token)) {
        if (*word.data >= '0' && *word.data <= '9') here->numbers++;
        bool mark = *word.data == ':' || *word.data == '-' || (unsigned char)*word.data >= 0x80;
        if (mark && here->title_first && here->person == ATT_NONE && !here->after_mark) here->after_mark = token + 1;
        return;
    }
    const bool capital = has_capital(self, token), heading = !here->title_count && here->person == ATT_NONE;
    if ((!capital || heading) && is_joining(self, token)) return;
    if (heading && in_list(self, ATT_LINE_LIST_HEADING, token)) here->listed++;
    else if (capital) here->foreign++;
    else if (memchr(word.data, '@', word.length)) here->numbers++;
    else here->small++;
}

/* Whether the tokens may be a name that no rule knows: two words to four with capitals, none of them a word of English. */
static bool may_be_name(const reader *self, att_token_range tokens)
{
    enum { MOST_WORDS = 4 };
    uint32_t words = 0;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        att_str word = att_document_word(self->doc, token);
        bool capital = has_capital(self, token) && (words || self->doc->tokens.flags[token] & ATT_FLAG_SMALL);
        if (att_str_is(word, "-") || att_str_is(word, ".")) continue;
        if (!capital || in_list(self, ATT_LINE_LIST_WORD, token) || in_list(self, ATT_LINE_LIST_NO_NAME, token)) return false;
        words++;
    }
    return words >= 2 && words <= MOST_WORDS;
}

/* The name behind "Minister of Mines:", to the end of the line; empty where there is none. */
static att_token_range name_behind_mark(const reader *self, const line *here)
{
    att_token_range name = { here->after_mark, here->tokens.last };
    bool alone =
        here->title_first && here->title_count == 1 && here->after_mark && here->titles[0].tokens.last + 1 == name.first;
    bool items = here->body != ATT_NONE || here->nation != ATT_NONE || here->company || here->places || here->numbers;
    return alone && !items && !here->small && may_be_name(self, name) ? name : (att_token_range){ 0 };
}

static bool is_person_line(const line *here)
{
    if (here->persons != 1 || here->small || here->side_by_side || here->speaker) return false;
    return !here->title_first || here->after_mark || here->title_count == 0 || here->has_official;
}

static line_kind kind_of(const reader *self, line *here)
{
    if (!here->persons && here->after_mark && !here->name.last) here->name = name_behind_mark(self, here);
    if (here->name.last && !here->persons) {
        if (here->name.first > here->titles[0].tokens.first) here->foreign = 0;
        return here->small ? LINE_TEXT : LINE_PERSON;
    }
    if (here->persons) return is_person_line(here) ? LINE_PERSON : LINE_TEXT;
    if (here->small > MOST_SMALL || here->side_by_side) return LINE_TEXT;
    if (here->label) return LINE_NEUTRAL;
    if (here->title_count) return here->title_first && !here->small ? LINE_TITLE : LINE_OTHER;
    if (here->small) return LINE_OTHER;
    if (here->body != ATT_NONE) return here->foreign ? LINE_OTHER : LINE_BODY;
    if (here->nation != ATT_NONE) return here->foreign ? LINE_OTHER : LINE_NATION;
    if (here->numbers || (here->places && !here->foreign) || (here->listed && !here->foreign)) return LINE_NEUTRAL;
    return LINE_OTHER;
}

/* Whether a colon behind the name says that he speaks: "MS. ROE: The President." */
static bool is_speaker(const reader *self, const line *here, uint32_t person)
{
    att_token_range tokens = at(self, person)->tokens;
    if (tokens.last == here->tokens.last || !is_word(self, tokens.last, ":")) return false;
    return tokens.last - tokens.first == 1 || !(self->doc->tokens.flags[tokens.first] & ATT_FLAG_SMALL);
}

/* What stands before the name has capitals, as "H.E. Mr." or "Rear Admiral". */
static bool may_head_name(const line *here)
{
    uint32_t first = here->name.first;
    if (here->title_first) return true;
    return first - here->tokens.first <= MOST_BEFORE_NAME;
}

static void read_items(reader *self, line *here)
{
    uint32_t near = self->at;
    int depth = 0;
    for (uint32_t token = here->tokens.first; token < here->tokens.last && here->small <= MOST_SMALL;) {
        const char first = self->doc->text.data[self->doc->tokens.start[token]];
        depth += (first == '(') - (first == ')');
        uint32_t item = item_at(self, here, &near, token);
        if (item == ATT_NONE) take_word(self, here, token++);
        else token = take_item(self, here, item, depth > 0);
    }
    if (here->caps.last == here->tokens.last) end_words(self, here);
    here->colon = is_word(self, here->tokens.last - 1, ":");
    here->speaker = here->person != ATT_NONE && is_speaker(self, here, here->person);
}

/* Whether the line ends as a sentence does: not by the dot of an abbreviation. */
static bool ends_sentence(const reader *self, const line *here)
{
    att_str last = att_document_word(self->doc, here->tokens.last - 1);
    return last.length == 1 && strchr(".?!", *last.data);
}

/* Whether the state stands at the end of what is said of a person, behind a mark: "Minister of Mines, Chile", "(Chile)". */
static bool is_behind_mark(const reader *self, const line *here, uint32_t nation)
{
    att_token_range tokens = at(self, nation)->tokens;
    bool ends = tokens.last == here->tokens.last || is_word(self, tokens.last, ")") || is_word(self, tokens.last, ",");
    bool the = tokens.first > here->tokens.first && is_word(self, tokens.first - 1, "the");
    uint32_t before = tokens.first - the;
    bool heads = here->persons && tokens.first == here->tokens.first && !has_letters(self, tokens.last)
                 && !is_word(self, tokens.last, ",");
    if (heads) return true; /* "Chile – Ms. Jane Roe, Minister of Mines" */
    if (!ends || before == here->tokens.first) return false;
    return !has_letters(self, before - 1) || is_word(self, before - 1, "of") || is_apart(self, before);
}

/* Reads the line of these bytes whose first token is `tokens.first`, in a paragraph that ends with these tokens. */
static line read_line(reader *self, att_token_range tokens, uint32_t start, uint32_t end, bool last)
{
    const uint32_t count = self->doc->annotations.count;
    line here = {
        .tokens = { tokens.first, last ? tokens.last : tokens.first }, .person = ATT_NONE, .body = ATT_NONE, .nation = ATT_NONE
    };
    while (here.tokens.last < tokens.last && self->doc->tokens.start[here.tokens.last] < end) here.tokens.last++;
    while (self->at < count && at(self, self->at)->tokens.first < tokens.first) self->at++;
    here.from = here.next = self->at;
    for (; here.next < count && at(self, here.next)->tokens.first < here.tokens.last; here.next++)
        here.has_official |= at(self, here.next)->layer == ATT_LAYER_OFFICIAL;
    const char *before = self->doc->text.data + self->last_end;
    const char *line_break = memchr(before, '\n', start - self->last_end);
    here.apart = line_break && memchr(line_break + 1, '\n', (size_t)(self->doc->text.data + start - line_break - 1));
    self->last_end = end;
    if (here.tokens.first == here.tokens.last || end - start > LONGEST_LINE) return here;
    if (ends_sentence(self, &here)) return here;
    read_items(self, &here);
    here.kind = kind_of(self, &here);
    if (here.person != ATT_NONE) here.name = at(self, here.person)->tokens;
    if (here.kind == LINE_PERSON && !may_head_name(&here)) here.kind = LINE_TEXT;
    bool said = here.kind != LINE_NATION && here.kind != LINE_BODY && here.nation != ATT_NONE;
    if (said && !is_behind_mark(self, &here, here.nation)) here.nation = ATT_NONE;
    self->at = here.next;
    return here;
}

/* ---- what an entry says ---- */

static att_str words(const reader *self, uint32_t index)
{
    return index == ATT_NONE ? (att_str){ 0 } : att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

static att_str text_of(const reader *self, att_token_range tokens)
{
    return att_str_slice(self->doc->text, self->doc->tokens.start[tokens.first], self->doc->tokens.end[tokens.last - 1]);
}

/* The code of the state, or of the body of several states, that the body tells; or a null view. */
static att_str state_of_body(const reader *self, uint32_t body)
{
    uint32_t nation = nation_within(self, body);
    if (at(self, body)->layer == ATT_LAYER_IGO)
        return att_str_join(self->doc->arena, ATT_STR("IGO"), ATT_STR(":"), get(self, body, ATT_KEY_CODE));
    return nation != ATT_NONE ? get(self, nation, ATT_KEY_CODE) : get(self, body, ATT_KEY_COUNTRY);
}

/* The code of the state that the title is of: "Minister of Mines of Chile"; null for one who is sent to it. */
static att_str state_in(const reader *self, title_in_line title)
{
    uint32_t token = title.tokens.first;
    while (token < title.tokens.last && !is_word(self, token, "to")) token++;
    for (uint32_t i = title.index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first < token; i++)
        if (at(self, i)->layer == ATT_LAYER_COUNTRY) return get(self, i, ATT_KEY_CODE);
    return (att_str){ 0 };
}

/* Whether states have a ministry of that name each: what heads the lines says whose it is. */
static bool is_ministry(const reader *self, uint32_t body)
{
    for (uint32_t token = at(self, body)->tokens.first; token < at(self, body)->tokens.last; token++)
        if (is_word(self, token, "Ministry")) return nation_within(self, body) == ATT_NONE;
    return false;
}

/* That of the entry, else the one that heads the lines; null where the body tells its own. */
static att_str state_of(const reader *self, const entry *whose, uint32_t body)
{
    bool tells = tells_state(self, body), ministry = tells && is_ministry(self, body);
    if (tells && !ministry) return (att_str){ 0 };
    if (whose->nation != ATT_NONE) return get(self, whose->nation, ATT_KEY_CODE);
    return whose->company || (ministry && att_str_starts(self->scope, ATT_STR("IGO:"))) ? (att_str){ 0 } : self->scope;
}

static void put(reader *self, att_annotation *annotation, att_key key, att_str value)
{
    if (value.data) att_annotation_put(annotation, &self->knowledge->layers, self->doc->arena, key, value);
}

/* Makes the annotation of the title as long as the title is; those of titles that it swallows go. */
static void make_whole(reader *self, title_in_line title)
{
    att_annotation *annotation = at(self, title.index);
    if (annotation->tokens.last == title.tokens.last) return;
    annotation->tokens.last = title.tokens.last;
    annotation->end = self->doc->tokens.end[title.tokens.last - 1];
    annotation->state &= (uint8_t)~ATT_SHOWN;
    self->changed = true;
    for (uint32_t i = title.index + 1; i < self->doc->annotations.count && at(self, i)->start < annotation->end; i++)
        if (at(self, i)->layer == ATT_LAYER_TITLE || at(self, i)->layer == ATT_LAYER_OFFICIAL)
            if (at(self, i)->start > annotation->start) at(self, i)->state |= ATT_DROPPED;
}

/* The body of the title; of a post that any body has that which heads the lines. ATT_NONE for none. */
static uint32_t body_of(const reader *self, const entry *whose, title_in_line title, bool common)
{
    bool scoped = common && !title.unit.last && whose->body == ATT_NONE && !whose->company && !whose->unknown;
    return scoped ? self->scope_body : title.body;
}

static att_str agency_of(const reader *self, const title_in_line *title, uint32_t body)
{
    return title->unit.last ? text_of(self, title->unit) : words(self, body);
}

static void add(reader *self, const att_annotation *annotation)
{
    ATT_RESERVE(self->doc->arena, &self->added, 1);
    self->added.items[self->added.count++] = *annotation;
}

/* Makes a PERSON of the entry's name where no rule did, once. */
static void add_person(reader *self, const entry *whose, const att_annotation *official)
{
    if (whose->person != ATT_NONE || whose->named) return;
    att_annotation person = *official;
    person.layer = ATT_LAYER_PERSON;
    person.fields = NULL;
    person.tokens = whose->name;
    person.start = self->doc->tokens.start[whose->name.first];
    person.end = self->doc->tokens.end[whose->name.last - 1];
    person.entry = person.name = ATT_NONE;
    person.match_start = person.match_end = person.chain = 0;
    put(self, &person, ATT_KEY_NAME, text_of(self, whose->name));
    add(self, &person);
    self->entry.named = true;
}

/* Whether one of the person's posts is one that no company has. */
static bool has_public_post(const reader *self, const entry *whose)
{
    for (uint32_t i = 0; i < whose->title_count; i++)
        if (!is_common(self, at(self, whose->titles[i].index)->tokens)) return true;
    return false;
}

static void add_official(reader *self, const entry *whose, title_in_line title)
{
    bool common = is_common(self, at(self, title.index)->tokens);
    uint32_t body = body_of(self, whose, title, common);
    att_str state = state_in(self, title);
    if (!state.data) state = state_of(self, whose, body);
    bool longer = title.tokens.last > at(self, title.index)->tokens.last; /* "Director of Acme" */
    bool told = body != ATT_NONE || (title.unit.last && state.data) || (state.data && !longer && !whose->unknown);
    if (whose->company || (common && !told && !has_public_post(self, whose))) return;
    make_whole(self, title);
    att_annotation official = *at(self, title.index);
    official.layer = ATT_LAYER_OFFICIAL;
    official.fields = NULL;
    official.state = 0;
    add_person(self, whose, &official);
    put(self, &official, ATT_KEY_NAME, text_of(self, whose->name));
    put(self, &official, ATT_KEY_TITLE, words(self, title.index));
    put(self, &official, ATT_KEY_AGENCY, agency_of(self, &title, body));
    put(self, &official, ATT_KEY_COUNTRY, state);
    add(self, &official);
}

/* Makes the title of an official that a rule made as long as it is in the line. */
static void lengthen(reader *self, att_annotation *official, const title_in_line *title)
{
    if (official->tokens.last >= title->tokens.last) return;
    make_whole(self, *title);
    put(self, official, ATT_KEY_TITLE, words(self, title->index));
    official->end = at(self, title->index)->end;
    official->tokens.last = title->tokens.last;
    official->state &= (uint8_t)~ATT_SHOWN;
}

/* The body in the person's line that the words are, or ATT_NONE. */
static uint32_t body_named(const reader *self, const entry *whose, att_str agency)
{
    for (uint32_t i = whose->from; i < whose->next; i++)
        if (at(self, i)->start == (uint32_t)(agency.data - self->doc->text.data) && is_item(at(self, i)->layer)) return i;
    return ATT_NONE;
}

/* The title in the person's line that the official was made of, or NULL. */
static const title_in_line *title_of(const reader *self, const entry *whose, uint32_t official)
{
    for (uint32_t i = 0; i < whose->seen_count; i++)
        if (at(self, whose->seen[i].index)->start == at(self, official)->start) return &whose->seen[i];
    return NULL;
}

/* Whether the title stands behind the name and is one that any body has: "Jane Roe, Director", not "President Roe". */
static bool is_behind_name(const reader *self, const entry *whose, const title_in_line *title)
{
    return whose->person != ATT_NONE && title->index > whose->person && is_common(self, at(self, title->index)->tokens);
}

/* Gives those that rules made the state and the body that their line does not tell, and the whole title. */
static void fill_officials(reader *self, const entry *whose)
{
    for (uint32_t i = whose->from; i < whose->next; i++) {
        att_annotation *official = at(self, i);
        if (official->layer != ATT_LAYER_OFFICIAL) continue;
        const title_in_line *title = title_of(self, whose, i);
        att_str agency = get(self, i, ATT_KEY_AGENCY);
        uint32_t body = ATT_NONE;
        if (agency.data) body = body_named(self, whose, agency);
        else if (title) body = body_of(self, whose, *title, is_behind_name(self, whose, title));
        if (title && !agency.data) put(self, official, ATT_KEY_AGENCY, agency_of(self, title, body));
        if (title) lengthen(self, official, title);
        if (!get(self, i, ATT_KEY_COUNTRY).data) put(self, official, ATT_KEY_COUNTRY, state_of(self, whose, body));
    }
}

static void close_entry(reader *self)
{
    entry *whose = &self->entry;
    if (!whose->open) return;
    whose->open = false;
    if (whose->written) fill_officials(self, whose);
    for (uint32_t i = 0; i < whose->title_count; i++) add_official(self, whose, whose->titles[i]);
}

static void add_titles(entry *whose, const title_in_line *titles, uint32_t count)
{
    for (uint32_t i = 0; i < count && whose->title_count < 2 * MOST_TITLES; i++)
        whose->titles[whose->title_count++] = titles[i];
}

/* ---- line by line ---- */

static void open_entry(reader *self, const line *here)
{
    close_entry(self);
    self->entry = (entry){ .open = true,
                           .person = here->person,
                           .name = here->name,
                           .body = here->body,
                           .nation = here->nation,
                           .from = here->from,
                           .next = here->next,
                           .written = here->has_official,
                           .company = here->company };
    self->entry.unknown = here->title_count && here->foreign;
    if (here->has_official) {
        self->entry.seen_count = here->title_count;
        memcpy(self->entry.seen, here->titles, sizeof here->titles);
    } else {
        add_titles(&self->entry, here->titles, here->title_count);
    }
    if (self->above_count && !here->apart && !here->title_count) {
        add_titles(&self->entry, self->above, self->above_count);
        self->titles_above = true;
    }
    self->above_count = 0;
}

static void set_scope(reader *self, att_str state, uint32_t body, bool bare)
{
    close_entry(self);
    self->scope = state;
    self->scope_body = body;
    self->scope_bare = bare;
    self->above_count = 0;
}

/* Whether the line belongs to the person above: it stands as near as the lines before it. */
static bool belongs(reader *self, const line *here)
{
    entry *whose = &self->entry;
    if (!whose->open || (whose->any_below && here->apart && !whose->gap)) return false;
    if (!whose->any_below) whose->gap = here->apart;
    return whose->any_below = true;
}

static void take_titles(reader *self, const line *here)
{
    entry *whose = &self->entry;
    bool other = self->titles_above || (here->apart && whose->open && (whose->written || whose->title_count));
    if (!other && belongs(self, here)) {
        if (here->has_official) return;
        add_titles(whose, here->titles, here->title_count);
        if (whose->body == ATT_NONE) whose->body = here->body;
        if (whose->nation == ATT_NONE) whose->nation = here->nation;
        whose->company |= here->company;
        whose->unknown |= here->foreign > 0;
        return;
    }
    close_entry(self);
    self->above_count = here->title_count;
    memcpy(self->above, here->titles, sizeof here->titles);
}

static void take_body(reader *self, const line *here)
{
    entry *whose = &self->entry;
    bool whole = here->apart && (whose->seen_count || (whose->title_count && !whose->any_below));
    bool below = whose->open && whose->body == ATT_NONE && !here->colon && !here->listed && !whole;
    if (below && belongs(self, here)) {
        whose->body = here->body;
        if (whose->title_count) whose->titles[whose->title_count - 1].body = here->body;
        else if (whose->seen_count) whose->seen[whose->seen_count - 1].body = here->body;
        whose->company |= here->company;
        return;
    }
    if (whose->open && !here->apart && !here->colon) return; /* "Division of Mines", "Ministry of Trade" */
    att_str state = state_of_body(self, here->body);
    bool inner = !state.data && self->scope.data;
    set_scope(self, inner ? self->scope : state, here->listed ? (uint32_t)ATT_NONE : here->body, false);
}

/* `below`: the next line follows at once. */
static void take_nation(reader *self, const line *here, bool below)
{
    entry *whose = &self->entry;
    bool heads = here->colon || here->listed || !whose->open || !whose->any_below;
    if (!heads && (here->apart || below)) heads = self->scope_bare || here->apart != whose->gap;
    if (!heads && whose->nation == ATT_NONE) {
        whose->nation = here->nation;
        return;
    }
    if (heads && here->nation != ATT_NONE) set_scope(self, get(self, here->nation, ATT_KEY_CODE), ATT_NONE, !here->listed);
}

/* Words that nobody knows: a body below a title, a name, or the heading of something else. */
static void take_other(reader *self, const line *here, bool below)
{
    entry *whose = &self->entry;
    if (whose->open && whose->any_below && !here->apart && !here->colon && (here->foreign || here->company)) {
        title_in_line *title = whose->title_count ? &whose->titles[whose->title_count - 1] : NULL;
        bool unit = title && title->body == ATT_NONE && !title->unit.last && !here->company && !here->title_count
                    && (in_list(self, ATT_LINE_LIST_UNIT, here->tokens.first)
                        || in_list(self, ATT_LINE_LIST_UNIT, here->tokens.last - 1));
        if (unit) title->unit = here->tokens;
        else whose->unknown = true;
        whose->company |= here->company;
        return;
    }
    close_entry(self);
    self->above_count = 0;
    bool name = below && !here->colon && here->foreign >= 2 && here->foreign <= 5 && !here->listed && !here->small;
    if (!name) set_scope(self, (att_str){ 0 }, ATT_NONE, false);
}

/* Takes the line, now that the next one is known; NULL for none. */
static void take_line(reader *self, line *here, const line *next)
{
    const bool below = next && !next->apart;
    if (here->kind == LINE_OTHER && below && next->kind == LINE_TITLE && !next->has_official
        && may_be_name(self, here->tokens)) {
        here->kind = LINE_PERSON;
        here->name = here->tokens;
    }
    switch (here->kind) {
    case LINE_PERSON: open_entry(self, here); break;
    case LINE_TITLE: take_titles(self, here); break;
    case LINE_BODY: take_body(self, here); break;
    case LINE_NATION: take_nation(self, here, below); break;
    case LINE_NEUTRAL: break;
    case LINE_OTHER: take_other(self, here, below); break;
    case LINE_TEXT: set_scope(self, (att_str){ 0 }, ATT_NONE, false);
    }
}

/* ---- runs of short paragraphs ---- */

static bool may_be_lines(const att_document *doc, const att_paragraph *paragraph)
{
    uint32_t length = paragraph->end - paragraph->start;
    if (length > LONGEST_PARAGRAPH || paragraph->kind == ATT_ZONE_METADATA) return false;
    const char *end = doc->text.data + paragraph->end;
    if (end[-1] == '?' || end[-1] == '!') return false;
    return end[-1] != '.' || (length > 3 && end[-3] == '.'); /* "Roe, B.A." */
}

/* Whether the title stands at the head of its line, or beside a person: no speaker's label ("THE PRESIDENT:"). */
static bool may_be_line(const att_document *doc, const att_indexes *people, uint32_t k)
{
    const att_annotation *title = &doc->annotations.items[people->items[k]];
    const uint32_t paragraph = doc->paragraph_of[title->tokens.first];
    for (uint32_t near = k ? k - 1 : k + 1; near < people->count && near <= k + 1; near += 2) {
        const att_annotation *person = &doc->annotations.items[people->items[near]];
        if (person->layer != ATT_LAYER_TITLE && doc->paragraph_of[person->tokens.first] == paragraph) return true;
    }
    bool head = title->start == doc->paragraphs.items[paragraph].start || doc->text.data[title->start - 1] == '\n';
    const char second = doc->text.data[title->start + 1];
    return head && (doc->text.data[title->end] != ':' || (second >= 'a' && second <= 'z'));
}

static void read_paragraph(reader *self, const att_paragraph *paragraph, line *last)
{
    att_token_range tokens = paragraph->tokens; /* from the line on */
    for (uint32_t start = paragraph->start; start < paragraph->end;) {
        const char *text = self->doc->text.data;
        const char *found = memchr(text + start, '\n', paragraph->end - start);
        uint32_t end = found ? (uint32_t)(found - text) : paragraph->end, trimmed = end;
        while (trimmed > start && (unsigned char)text[trimmed - 1] <= ' ') trimmed--;
        if (trimmed > start) {
            line here = read_line(self, tokens, start, trimmed, !found);
            tokens.first = here.tokens.last;
            if (last->tokens.last) take_line(self, last, &here);
            *last = here;
        }
        start = end + 1;
    }
}

/* Reads the paragraphs around `paragraph` that may be lines of a list, none before `from`. Returns the one behind them. */
static uint32_t read_run(reader *self, uint32_t paragraph, uint32_t from)
{
    const att_paragraphs *all = &self->doc->paragraphs;
    uint32_t first = paragraph;
    while (first > from && may_be_lines(self->doc, &all->items[first - 1])) first--;
    self->scope = (att_str){ 0 };
    self->scope_body = ATT_NONE;
    self->titles_above = self->scope_bare = false;
    self->above_count = 0;
    self->last_end = all->items[first].start;
    self->at = att_first_from(self->doc, all->items[first].start);
    line last = { .kind = LINE_TEXT };
    for (paragraph = first; paragraph < all->count && may_be_lines(self->doc, &all->items[paragraph]); paragraph++)
        read_paragraph(self, &all->items[paragraph], &last);
    if (last.tokens.last) take_line(self, &last, NULL);
    close_entry(self);
    return paragraph;
}

/* Puts what was added among the document's annotations, without those that were dropped. */
static void add_all(const reader *self)
{
    att_annotations *all = &self->doc->annotations;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->count; i++)
        if (!(all->items[i].state & ATT_DROPPED)) all->items[kept++] = all->items[i];
    all->count = kept;
    ATT_RESERVE(self->doc->arena, all, self->added.count);
    for (uint32_t i = 0; i < self->added.count; i++) all->items[all->count++] = self->added.items[i];
    all->sorted = 0;
    att_annotations_sort(all, self->doc->arena);
}

bool att_read_lines(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                    const att_groups *groups)
{
    reader self = { .knowledge = knowledge, .doc = doc, .vocabulary = vocabulary };
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    uint32_t done = 0, refused = ATT_NONE; /* paragraphs */
    for (uint32_t k = 0; k < people->count; k++) {
        const att_annotation *title = &doc->annotations.items[people->items[k]];
        if (title->layer != ATT_LAYER_TITLE) continue;
        uint32_t paragraph = doc->paragraph_of[title->tokens.first];
        if (paragraph < done || paragraph == refused) continue;
        if (!may_be_lines(doc, &doc->paragraphs.items[paragraph])) refused = paragraph;
        if (paragraph == refused || !may_be_line(doc, people, k)) continue;
        done = read_run(&self, paragraph, done);
    }
    if (!self.added.count && !self.changed) return false;
    add_all(&self);
    return true;
}

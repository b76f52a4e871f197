#include <strings.h>

#include "resolve/lines_reader.h"

enum {
    LONGEST_LINE = 240,   /* bytes */
    MOST_SMALL = 1,       /* small words that are no item, in what may be a heading */
    MOST_BEFORE_NAME = 5, /* tokens: "12. H.E. Mr." */
};

/* Whether the words are in one of the lists from `first` to `last`. */
static bool is_in_lists(const reader *self, att_token_range words, att_program_list first, att_program_list last)
{
    const att_names *names = &self->knowledge->lists.names;
    uint32_t node = att_names_node(names, self->doc, self->vocabulary, words);
    if (node == ATT_NONE) return false;
    for (uint32_t form = att_names_first(names, node); form; form = att_names_next(names, form))
        for (att_program_list i = first; i <= last; i++)
            if (names->forms.items[form].owner == self->knowledge->lists.of_program[i]) return true;
    return false;
}

static bool is_in_common(const reader *self, att_token_range words)
{
    return is_in_lists(self, words, ATT_LIST_COMMON, ATT_LIST_PRIVATE_TITLE);
}

bool att_line_is_common(const reader *self, att_token_range title)
{
    if (is_in_common(self, title)) return true;
    uint32_t of = title.first;
    while (of < title.last && !is_word(self, of, "of") && !is_word(self, of, "for") && !is_word(self, of, "and")) of++;
    bool field = of > title.first && of < title.last;
    if (!field || is_word(self, of - 1, "Secretary") || is_word(self, title.first, "Chief")) return false;
    return is_in_common(self, (att_token_range){ title.first, of });
}

/* ---- what stands in a line ---- */

/* The longest item that starts at the token and ends in the line, or ATT_NONE. */
static uint32_t item_at(reader *self, const line *here, uint32_t *near, uint32_t token)
{
    const uint32_t count = self->doc->annotations.count;
    while (*near < count && at(self, *near)->tokens.first < token) (*near)++;
    for (uint32_t i = *near; i < count && at(self, i)->tokens.first == token; i++)
        if (is_item(at(self, i)->layer) && at(self, i)->tokens.last <= here->tokens.last) return i;
    return ATT_NONE;
}

uint32_t att_line_nation_within(const reader *self, uint32_t body)
{
    for (uint32_t i = body + 1; i < self->doc->annotations.count && at(self, i)->start < at(self, body)->end; i++)
        if (att_is_nation_layer(at(self, i)->layer)) return i;
    return ATT_NONE;
}

/* "Government of Chile", "Chilean Government", "Cabinet": the state rather than a body of it. */
static bool is_government(const reader *self, uint32_t body)
{
    att_token_range tokens = at(self, body)->tokens;
    return in_list(self, ATT_LIST_GOVERNMENT, tokens.last - 1)
           || (is_word(self, tokens.first + 1, "of") && in_list(self, ATT_LIST_GOVERNMENT, tokens.first));
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

/* Whether more than one blank, a tab or a bar stands before the token, as in a table. */
static bool is_apart(const reader *self, uint32_t token)
{
    const char *before = self->doc->text.data + self->doc->tokens.start[token];
    if (!token || *before == '|' || before[-1] == '\t' || is_word(self, token - 1, "|")) return token;
    return before[-1] == ' ' && (before[-2] == ' ' || before[-2] == '\t');
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
    if (led && unit < here->tokens.last && in_list(self, ATT_LIST_UNIT, unit)) return last;
    for (uint32_t token = last; led && token < here->tokens.last; token++) {
        uint32_t item = item_at(self, here, &near, token);
        if (item != ATT_NONE && at(self, item)->layer != ATT_LAYER_LOCATION) return last;
        if (has_capital(self, token)) end = token + 1;
        else if (!is_joining(self, token) && !is_word(self, token, "-") && !is_charge(self, token)) break;
    }
    return end;
}

static bool begins_with_figure(const reader *self, uint32_t token)
{
    const char first = *att_document_word(self->doc, token).data;
    return first >= '0' && first <= '9';
}

/* Whether a cell of a table begins with the token, or its bar does. */
static bool begins_cell(const reader *self, uint32_t token)
{
    const uint32_t start = self->doc->tokens.start[token];
    return is_word(self, token, "|") || (start && self->doc->text.data[start - 1] == '\t');
}

/* Whether what stands before token `first` lets an item begin: the line, a cell, a mark, "and", a state. */
static bool begins_item(const reader *self, const line *here, uint32_t first)
{
    static const char *const words[] = { "and", "&", "The", "the" };
    if (first == here->tokens.first || begins_cell(self, first)) return true;
    if (first == here->tokens.first + 1 && begins_with_figure(self, first - 1)) return true; /* "7th President of Chile" */
    /* "Jane Roe Meets Chilean Foreign Minister": a state behind a person begins no more than a title would */
    if (here->after_nation == first)
        return here->person == ATT_NONE || !here->foreign || begins_item(self, here, here->nation_first);
    if (here->person != ATT_NONE && at(self, here->person)->tokens.last == first) {
        return is_apart(self, first) || in_list(self, ATT_LIST_HONORIFIC, here->tokens.first);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(self, first - 1, words[i]))
            return i < 2 || first - 1 == here->tokens.first || begins_item(self, here, first - 1);
    if (att_may_say_status(att_document_word(self->doc, first - 1))) return begins_item(self, here, first - 1);
    return !has_letters(self, first - 1);
}

/* The name between "Mr" at the head of the line and the title, which no rule knows; empty where there is none. */
static att_token_range name_before(const reader *self, const line *here, uint32_t title)
{
    enum { MOST_WORDS = 5 };
    att_token_range name = { here->tokens.first, title };
    while (name.first < title && in_list(self, ATT_LIST_HONORIFIC, name.first)) name.first++;
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

bool att_line_tells_state(const reader *self, uint32_t body)
{
    if (body == ATT_NONE) return false;
    if (at(self, body)->layer == ATT_LAYER_IGO || get(self, body, ATT_KEY_COUNTRY).data) return true;
    return att_line_nation_within(self, body) != ATT_NONE;
}

uint32_t att_line_lead(const reader *self, uint32_t first)
{
    if (!first) return ATT_NONE;
    const uint32_t lead = first - 1;
    if (!is_word(self, lead, "the") && !is_word(self, lead, "a")) return lead;
    return lead ? lead - 1 : (uint32_t)ATT_NONE;
}

/* Whether the body is where something is said: "Permanent Representative to the UN, at the Security Council briefing". */
static bool is_occasion(const reader *self, const line *here, uint32_t body)
{
    static const char *const leads[] = { "at", "to", "before", "in", NULL };
    const uint32_t lead = att_line_lead(self, at(self, body)->tokens.first);
    if (lead == ATT_NONE || lead <= here->tokens.first || !is_word(self, lead - 1, ",")) return false;
    return att_str_is_any(att_document_word(self->doc, lead), leads);
}

/* A body is that of the title before it, unless the person stands between. */
static void take_body_item(reader *self, line *here, uint32_t index)
{
    if (is_government(self, index)) {
        here->listed++;
        if (here->nation == ATT_NONE) here->nation = att_line_nation_within(self, index);
        here->nation_first = at(self, index)->tokens.first;
        here->after_nation = at(self, index)->tokens.last;
        return;
    }
    if (is_occasion(self, here, index)) return;
    if (here->body == ATT_NONE) here->body = index;
    title_in_line *title = here->title_count ? &here->titles[here->title_count - 1] : NULL;
    if (!title || title->body != ATT_NONE || (here->person != ATT_NONE && here->person > title->index)) return;
    title->body = index;
    if (here->caps.last != at(self, index)->tokens.first || here->caps.first < title->tokens.last
        || att_line_tells_state(self, index))
        return;
    title->unit = (att_token_range){ here->caps.first, at(self, index)->tokens.last };
    here->foreign -= here->foreign < here->caps.last - here->caps.first ? here->foreign : here->caps.last - here->caps.first;
}

/* "Section 232": a part of a law, no unit of a body. */
static bool is_of_law(const reader *self, uint32_t token)
{
    if (!is_word(self, token, "Section") || token + 1 >= self->doc->tokens.count) return false;
    const char first = *att_document_word(self->doc, token + 1).data;
    return first >= '0' && first <= '9';
}

/* Words behind a title that are the name of a body which nobody knows, by its last word or its first. */
static void end_words(reader *self, line *here)
{
    const att_token_range caps = here->caps;
    here->caps = (att_token_range){ 0 };
    title_in_line *title = here->title_count ? &here->titles[here->title_count - 1] : NULL;
    if (caps.last < caps.first + 2 || !title || title->body != ATT_NONE || title->unit.last || caps.first < title->tokens.last)
        return;
    if (!in_list(self, ATT_LIST_UNIT, caps.last - 1) && !in_list(self, ATT_LIST_UNIT, caps.first)) return;
    if (is_of_law(self, caps.last - 1)) return;
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
        here->nation_first = item->tokens.first;
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
        here->numbers += begins_with_figure(self, token);
        bool mark = *word.data == ':' || *word.data == '-' || *word.data == '|' || (unsigned char)*word.data >= 0x80;
        const bool first = !here->after_mark || here->after_mark == token; /* "President--Jane Roe" */
        if (mark && here->title_first && here->person == ATT_NONE && first) here->after_mark = token + 1;
        return;
    }
    if (begins_with_figure(self, token)) { /* "7th" */
        here->numbers++;
        return;
    }
    const bool capital = has_capital(self, token), heading = !here->title_count && here->person == ATT_NONE;
    if ((!capital || heading) && is_joining(self, token)) return;
    if (token == here->tokens.first && att_may_say_status(word)) return; /* "Former Minister of Mines" */
    if (heading && in_list(self, ATT_LIST_HEADING, token)) here->listed++;
    else if (capital) here->foreign++;
    else if (memchr(word.data, '@', word.length)) here->numbers++;
    else here->small++;
}

bool att_line_may_be_name(const reader *self, att_token_range tokens)
{
    enum { MOST_WORDS = 4 };
    uint32_t words = 0;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        att_str word = att_document_word(self->doc, token);
        bool capital = has_capital(self, token) && (words || self->doc->tokens.flags[token] & ATT_FLAG_SMALL);
        if (att_str_is(word, "-") || att_str_is(word, ".")) continue;
        if (!capital || in_list(self, ATT_LIST_ENGLISH, token) || in_list(self, ATT_LIST_NO_NAME, token)) return false;
        words++;
    }
    return words >= 2 && words <= MOST_WORDS;
}

/* Whether the words are a family name in capitals and a given name that nobody knows: "TAUBERO Kenji". */
static bool is_family_first(const reader *self, att_token_range tokens)
{
    const uint8_t *flags = self->doc->tokens.flags;
    if (tokens.last < tokens.first + 2 || tokens.last > tokens.first + 3 || flags[tokens.first] & ATT_FLAG_SMALL) return false;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        if (!has_capital(self, token) || in_list(self, ATT_LIST_ENGLISH, token) || in_list(self, ATT_LIST_NO_NAME, token))
            return false;
        if (token > tokens.first && !(flags[token] & ATT_FLAG_SMALL)) return false;
    }
    return true;
}

/* The token behind the title at the head of the line and the body whose post it is: "Chairman of the Mint Board". */
static uint32_t end_of_post(const reader *self, const line *here)
{
    const title_in_line *title = &here->titles[0];
    return title->body == ATT_NONE ? title->tokens.last : at(self, title->body)->tokens.last;
}

/* Whether one mark, or a dash of two, stands between the post and the name. */
static bool is_behind_post(const reader *self, const line *here, uint32_t name)
{
    const uint32_t end = end_of_post(self, here);
    return name == end + 1 || (name == end + 2 && is_word(self, end, "-"));
}

/* The name behind "Minister of Mines:" or "Chairman of the Mint Board:", to the end of the line; empty where there is none. */
static att_token_range name_behind_mark(const reader *self, const line *here)
{
    att_token_range name = { here->after_mark, here->tokens.last };
    bool alone = here->title_first && here->title_count == 1 && here->after_mark && is_behind_post(self, here, name.first);
    if (!alone || here->small || here->numbers) return (att_token_range){ 0 };
    const uint32_t body = here->titles[0].body;
    bool items = here->body != body || here->nation != ATT_NONE || here->company || here->places;
    bool fits = is_family_first(self, name) || (!items && att_line_may_be_name(self, name));
    return fits ? name : (att_token_range){ 0 };
}

static bool has_item(const reader *self, const line *here, att_token_range tokens)
{
    for (uint32_t i = here->from; i < here->next && at(self, i)->tokens.first < tokens.last; i++)
        if (at(self, i)->tokens.last > tokens.first && is_item(at(self, i)->layer)) return true;
    return false;
}

/* The cell of a table's row that may be a name which no rule knows: "Chile | Zorri Quelpan | Minister of Mines"; empty where
 * there is none. */
static att_token_range name_in_cell(const reader *self, const line *here)
{
    att_token_range cell = { here->tokens.first, here->tokens.first };
    while (cell.last++ < here->tokens.last) {
        if (cell.last < here->tokens.last && !begins_cell(self, cell.last)) continue;
        cell.first += is_word(self, cell.first, "|");
        while (cell.first < cell.last && in_list(self, ATT_LIST_HONORIFIC, cell.first)) cell.first++;
        if (!has_item(self, here, cell) && att_line_may_be_name(self, cell)) return cell;
        cell.first = cell.last;
    }
    return (att_token_range){ 0 };
}

static bool is_person_line(const line *here)
{
    if (here->persons != 1 || here->small || here->side_by_side || here->speaker) return false;
    return !here->title_first || here->after_mark || here->title_count == 0 || here->has_official;
}

/* "Chairman of the Mint Board: Zq": the line has its person, whom nobody knows, or none; the one above is another's. */
static bool is_label_of_body(const reader *self, const line *here)
{
    if (!here->title_first || here->title_count != 1 || here->titles[0].body == ATT_NONE) return false;
    const uint32_t mark = end_of_post(self, here);
    return mark < here->tokens.last && is_word(self, mark, ":");
}

static line_kind kind_of(const reader *self, line *here)
{
    if (!here->persons && here->after_mark && !here->name.last) {
        here->name = name_behind_mark(self, here);
        if (here->name.last) here->company = false; /* "SUZUKI Junji" */
    }
    if (!here->persons && here->row && here->title_count == 1 && !here->name.last) {
        here->name = name_in_cell(self, here);
        if (here->name.last) here->foreign = 0;
    }
    if (here->name.last && !here->persons) {
        if (here->name.first > here->titles[0].tokens.first) here->foreign = 0;
        return here->small ? LINE_TEXT : LINE_PERSON;
    }
    if (here->persons) return is_person_line(here) ? LINE_PERSON : LINE_TEXT;
    if (here->small > MOST_SMALL || here->side_by_side) return LINE_TEXT;
    if (here->label || is_label_of_body(self, here)) return LINE_NEUTRAL;
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

bool att_line_tells_post(const reader *self, const line *here)
{
    if (here->person == ATT_NONE) return here->title_count;
    for (uint32_t i = 0; i < here->title_count; i++)
        if (here->titles[i].tokens.first > at(self, here->person)->tokens.first) return true;
    return false;
}

/* The token behind the label of a box that begins the line; its first one where none does. */
static uint32_t end_of_label(const reader *self, const line *here)
{
    enum { MOST_WORDS = 2 };
    const uint32_t first = here->tokens.first;
    for (uint32_t last = first + MOST_WORDS; last > first; last--)
        if (last <= here->tokens.last && is_in_lists(self, (att_token_range){ first, last }, ATT_LIST_BOX, ATT_LIST_BOX))
            return last;
    return first;
}

/* "Succeeded by: Jane Roe", "Assumed office", "In office 2001-2009": the label alone, before a mark, a cell or a figure, or
 * with nothing but a name behind "by". */
static bool is_of_box(const reader *self, const line *here)
{
    const uint32_t end = end_of_label(self, here);
    if (end == here->tokens.first || att_line_tells_post(self, here)) return false;
    if (end == here->tokens.last || is_word(self, end, ":") || begins_cell(self, end) || begins_with_figure(self, end))
        return true;
    const bool items = here->body != ATT_NONE || here->nation != ATT_NONE;
    return is_word(self, end - 1, "by") && has_capital(self, end) && !here->small && !items;
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

/* Whether the words are the end of a body's name, of which only the beginning is known: "and Equity for the Nation". */
static bool is_name_to_end(const reader *self, uint32_t token, uint32_t end)
{
    while (token < end && (has_capital(self, token) || !has_letters(self, token) || is_joining(self, token))) token++;
    return token == end;
}

/* The last body in the line, with all that stands in its name; not one at the head of the line or in brackets. */
static uint32_t last_body(const reader *self, const line *here)
{
    uint32_t body = ATT_NONE, behind = here->tokens.first + 1;
    for (uint32_t i = here->from; i < here->next; i++) {
        const att_annotation *one = at(self, i);
        if (one->layer != ATT_LAYER_AGENCY && one->layer != ATT_LAYER_IGO) continue;
        if (one->tokens.first < behind || is_word(self, one->tokens.first - 1, "(")) continue;
        body = i;
        behind = one->tokens.last;
    }
    return body;
}

uint32_t att_line_appoints_to(const reader *self, const line *here)
{
    static const char *const leads[] = { "to", "of", "on", NULL };
    const uint32_t end = here->tokens.last - 1;
    if (end < here->tokens.first + 4 || !is_word(self, end, ":")) return ATT_NONE;
    const uint32_t body = last_body(self, here);
    if (body == ATT_NONE || at(self, body)->tokens.first < here->tokens.first + 2) return ATT_NONE;
    const uint32_t lead = att_line_lead(self, at(self, body)->tokens.first);
    if (lead == ATT_NONE || !att_str_is_any(att_document_word(self->doc, lead), leads)) return ATT_NONE;
    return is_name_to_end(self, at(self, body)->tokens.last, end) ? body : ATT_NONE;
}

/* Whether the stop is all that makes a sentence of it: "Secretary of State." below "Jane Roe," */
static bool ends_as_signature(const reader *self, const line *here)
{
    return is_word(self, here->tokens.last - 1, ".") && here->tokens.last - here->tokens.first > 1;
}

/* Whether the state stands at the end of what is said of a person, behind a mark: "Minister of Mines, Chile", "(Chile)". */
static bool is_behind_mark(const reader *self, const line *here, uint32_t nation)
{
    att_token_range tokens = at(self, nation)->tokens;
    bool ends = tokens.last == here->tokens.last || is_word(self, tokens.last, ")") || is_word(self, tokens.last, ",")
                || is_apart(self, tokens.last);
    bool the = tokens.first > here->tokens.first && is_word(self, tokens.first - 1, "the");
    uint32_t before = tokens.first - the;
    bool heads = (here->persons || here->row) && tokens.first == here->tokens.first && tokens.last < here->tokens.last
                 && (is_apart(self, tokens.last) || (!has_letters(self, tokens.last) && !is_word(self, tokens.last, ",")));
    if (heads) return true; /* "Chile – Ms. Jane Roe, Minister of Mines" */
    if (!ends || before == here->tokens.first) return false;
    return !has_letters(self, before - 1) || is_word(self, before - 1, "of") || is_apart(self, before);
}

line att_line_read(reader *self, att_token_range tokens, uint32_t start, uint32_t end, bool last)
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
    const bool goes_on = here.apart && before[-1] == ',';
    self->last_end = end;
    if (here.tokens.first == here.tokens.last || end - start > LONGEST_LINE) return here;
    const bool stopped = ends_sentence(self, &here);
    if (stopped && !(goes_on && last && ends_as_signature(self, &here))) return here;
    here.tokens.last -= stopped;
    const char *head = self->doc->text.data + start;
    here.row = memchr(head, '\t', end - start) || memchr(head, '|', end - start);
    read_items(self, &here);
    here.kind = kind_of(self, &here);
    here.of_box = !stopped && is_of_box(self, &here);
    if (stopped && here.kind != LINE_TITLE) here.kind = LINE_TEXT;
    if (here.person != ATT_NONE) here.name = at(self, here.person)->tokens;
    if (here.kind == LINE_PERSON && !may_head_name(&here)) here.kind = LINE_TEXT;
    bool said = here.kind != LINE_NATION && here.kind != LINE_BODY && here.nation != ATT_NONE;
    if (said && !is_behind_mark(self, &here, here.nation)) here.nation = ATT_NONE;
    self->at = here.next;
    return here;
}

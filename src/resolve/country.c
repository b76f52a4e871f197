#include "resolve/country.h"

#include <assert.h>
#include <ctype.h>

#include "resolve/finder.h"

enum { MOST_ITEMS = 64, MOST_WORDS_OF_NATION = 16 };

/* ---- nations beside an annotation ---- */

/* Whether the name of a body of several states only begins that of a body of one: "the ASEAN Department of …". */
static bool heads_body_of_state(const finder *self, const att_annotation *igo)
{
    enum { LETTERS_OF_STATE = 3 };
    for (uint32_t i = (uint32_t)(igo - self->doc->annotations.items); i-- > 0 && at(self, i)->start == igo->start;)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && get(self, at(self, i), ATT_KEY_COUNTRY).length == LETTERS_OF_STATE)
            return true;
    return false;
}

/* The country that an annotation means when it stands beside an agency or a title. A title may also belong to a body of several
 * states ("IGO:" and its code) or stand beside a place. */
static att_str code_of(const finder *self, const att_annotation *annotation, const att_annotation *asked)
{
    if (is_nation(annotation)) return get(self, annotation, ATT_KEY_CODE);
    if (annotation->layer == ATT_LAYER_LOCATION && asked->layer == ATT_LAYER_TITLE)
        return get(self, annotation, ATT_KEY_COUNTRY);
    if (annotation->layer != ATT_LAYER_IGO || asked->layer == ATT_LAYER_AGENCY) return (att_str){ 0 };
    if (heads_body_of_state(self, annotation)) return (att_str){ 0 };
    att_str code = get(self, annotation, ATT_KEY_CODE);
    return code.length ? att_str_join(self->doc->arena, ATT_STR("IGO"), ATT_STR(":"), code) : (att_str){ 0 };
}

static bool in_one_sentence(const finder *self, uint32_t a, uint32_t b)
{
    return att_stretches_at(&self->doc->sentences, a) == att_stretches_at(&self->doc->sentences, b);
}

/* The code of the nation that ends where `token` begins, in the sentence of annotation `index`; or null. */
static att_str nation_ending_at(finder *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index; i-- > 0 && at(self, i)->tokens.first + MOST_WORDS_OF_NATION > token;) {
        if (at(self, i)->tokens.last != token || !in_one_sentence(self, token - 1, at(self, index)->tokens.first)) continue;
        att_str code = code_of(self, at(self, i), at(self, index));
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

static att_str nation_starting_at(finder *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++) {
        if (at(self, i)->tokens.first != token || !in_one_sentence(self, token, at(self, index)->tokens.first)) continue;
        att_str code = code_of(self, at(self, i), at(self, index));
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

/* ---- the steps, in their order ---- */

uint32_t att_country_nested(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    if (agency->layer != ATT_LAYER_AGENCY) return ATT_NONE;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->start < agency->end; i++)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return i;
    for (uint32_t i = index; i-- > 0 && at(self, i)->start == agency->start;)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return i;
    return ATT_NONE;
}

/* Whether the agency's entry belongs to one state and has the whole of this name, as "Taiwan Affairs Office" is China's
 * although it names another one. */
static bool is_own_name(const finder *self, const att_annotation *agency)
{
    if (agency->entry == ATT_NONE || !self->knowledge->entries.entries.items[agency->entry].more->country.data) return false;
    return att_names_node(&self->knowledge->names, self->doc, self->vocabulary, agency->tokens) != ATT_NONE;
}

/* Whether a word of the name is that of a court. */
static bool names_court(const finder *self, att_token_range tokens)
{
    uint32_t token = tokens.first;
    while (token < tokens.last && !in_list(self, ATT_LIST_COURT, token)) token++;
    return token < tokens.last;
}

/* The place with which the name begins, or ends behind at most `most` words, ATT_NONE for any, and "of"; NULL for
 * none. */
static const att_annotation *place_in_name(const finder *self, uint32_t index, uint32_t most)
{
    const att_token_range body = at(self, index)->tokens;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->start < at(self, index)->end; i++) {
        const att_token_range place = at(self, i)->tokens;
        if (at(self, i)->layer != ATT_LAYER_LOCATION) continue;
        if (place.first == body.first) return at(self, i);
        const bool behind = place.first > body.first + 1 && place.first <= body.first + 1 + most;
        if (behind && place.last == body.last && word_is(self, place.first - 1, "of")) return at(self, i);
    }
    return NULL;
}

/* The state of the place in the name of a court: "Lima Marlow Court", "the Marlow Court of Lima". A "City of Lima" may be any
 * of that name. */
static att_str by_place_in_name(const finder *self, uint32_t index)
{
    const att_annotation *place = names_court(self, at(self, index)->tokens) ? place_in_name(self, index, ATT_NONE) : NULL;
    return place ? get(self, place, ATT_KEY_COUNTRY) : (att_str){ 0 };
}

/* That of the place in the name of a body, "Lima Fire Department", "City of Lima"; or null. */
static att_str state_of_place_in_name(const finder *self, uint32_t index)
{
    const att_annotation *place = place_in_name(self, index, 1);
    return place ? get(self, place, ATT_KEY_COUNTRY) : (att_str){ 0 };
}

/* Whether a rule told the body and its state where the name is one that any state has, and no step found a state yet. */
static bool is_told_whole(const finder *self, const att_annotation *agency)
{
    if (agency->country_by || self->knowledge->entries.entries.items[agency->entry].more->country.data) return false;
    const att_str id = get(self, agency, ATT_KEY_ID);
    return id.length && *id.data != '*';
}

/* "Office of Korean Affairs": whether the people in the name are its field, rather than whose it is. */
static bool is_field(const finder *self, const att_annotation *agency, uint32_t nested)
{
    const att_annotation *people = at(self, nested);
    if (people->tokens.first < agency->tokens.first + 2 || !word_is(self, people->tokens.first - 1, "of")) return false;
    return att_is_people_of_field(self->knowledge, self->doc, people);
}

/* Step 1: the nation in the name or directly before it; of a name that no entry has, else the country that its rule gave, or
 * that of a place. */
static att_str by_name(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t nested = att_country_nested(self, index);
    if (nested != ATT_NONE && is_own_name(self, agency)) return (att_str){ 0 };
    if (nested != ATT_NONE && is_field(self, agency, nested)) nested = ATT_NONE;
    if (nested != ATT_NONE) return answer(self, nested, get(self, at(self, nested), ATT_KEY_CODE));
    att_str before = nation_ending_at(self, index, agency->tokens.first);
    if (before.data || (agency->entry != ATT_NONE && !is_told_whole(self, agency))) return before;
    att_str given = get(self, agency, ATT_KEY_COUNTRY);
    return given.data ? given : by_place_in_name(self, index);
}

static att_str by_entry(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    const att_entries *entries = &self->knowledge->entries;
    if (agency->entry != ATT_NONE) return entries->entries.items[agency->entry].more->country;
    att_str id = get(self, agency, ATT_KEY_ID), parent = get(self, agency, ATT_KEY_PARENT);
    uint32_t entry = id.length ? att_entries_find(entries, id) : (uint32_t)ATT_NONE;
    if (entry == ATT_NONE && parent.length) entry = att_entries_find(entries, parent);
    return entry == ATT_NONE ? (att_str){ 0 } : entries->entries.items[entry].more->country;
}

/* The token behind the box and the comma with which an address begins: "Lima" in "P.O. Box 72, Lima". */
static uint32_t behind_box(const finder *self, uint32_t first)
{
    static const char *const heads[] = { "P.O.", "PO", "POB" };
    enum { LONGEST = 6 };
    if (!WORD_IN(self, first, heads) && !(word_is(self, first, "Private") && word_is(self, first + 1, "Bag"))) return first;
    for (uint32_t token = first + 1; token < first + LONGEST; token++)
        if (word_is(self, token, ",")) return token + 1;
    return first;
}

/* "Ministry of Finance, Lima, said": the state of the town behind a ministry or a name that any state may have; "Ministry of
 * Finance, Lima, and the banks" is a list. */
static att_str town_behind_comma(finder *self, uint32_t index)
{
    static const char *const ends[] = { ".", ",", ")" }, *const joins[] = { "and", "or", "&" };
    static const char *const heads[] = { "Ministry", "Department" };
    const att_annotation *body = at(self, index);
    const uint32_t first = behind_box(self, body->tokens.last + 1);
    if (body->layer != ATT_LAYER_AGENCY) return (att_str){ 0 };
    if (!WORD_IN(self, body->tokens.first, heads) && !att_is_plain_name(self, body)) return (att_str){ 0 };
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= first; i++) {
        const att_annotation *town = at(self, i);
        if (town->layer != ATT_LAYER_LOCATION || town->tokens.first != first) continue;
        if (!WORD_IN(self, town->tokens.last, ends) || WORD_IN(self, town->tokens.last + 1, joins)) return (att_str){ 0 };
        const att_str code = get(self, town, ATT_KEY_COUNTRY);
        return att_country_may_be(self, index, code) ? answer(self, i, code) : (att_str){ 0 };
    }
    return (att_str){ 0 };
}

/* Whether the token begins an item of notes, "…; Ministry of Finance": behind a semicolon or the start of a paragraph. */
static bool begins_note(const finder *self, uint32_t token)
{
    if (token && word_is(self, token - 1, ";")) return true;
    return self->doc->paragraphs.items[self->doc->paragraph_of[token]].tokens.first == token;
}

/* Whether a state that is one of a list ends before the token. */
static bool ends_state(const finder *self, uint32_t token)
{
    static const char *const joins[] = { ",", "and", "or", "&", "." };
    return token >= self->doc->tokens.count || WORD_IN(self, token, joins);
}

/* Whether the token may begin the title of a book: a figure or a capital, but no further state. */
static bool begins_title(const finder *self, uint32_t index, uint32_t token)
{
    const att_str word = surface(self, token);
    if (!word.length || !(isupper((unsigned char)*word.data) || isdigit((unsigned char)*word.data))) return false;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (at(self, i)->tokens.first == token && is_nation(at(self, i)) && ends_state(self, at(self, i)->tokens.last))
            return false;
    return true;
}

/* In "Jane Roe, Director, Ministry of Finance, Japan." the state at the end of the list item owns the ministry; in notes that
 * of "Ministry of Finance, Japan, The Budget" does too. */
static att_str owner_behind_comma(finder *self, uint32_t index)
{
    static const char *const ends[] = { ".", ";", ")" };
    att_token_range tokens = at(self, index)->tokens;
    const bool note = begins_note(self, tokens.first);
    if (!note && (!tokens.first || !word_is(self, tokens.first - 1, ","))) return (att_str){ 0 };
    att_str code = nation_starting_at(self, index, tokens.last + (word_is(self, tokens.last + 1, "the") ? 2 : 1));
    if (!code.data || at(self, self->source)->layer != ATT_LAYER_COUNTRY) return (att_str){ 0 };
    uint32_t end = at(self, self->source)->tokens.last;
    if (end == self->doc->tokens.count || WORD_IN(self, end, ends)) return code;
    if (note && word_is(self, end, ",")) return begins_title(self, index, end + 1) ? code : (att_str){ 0 };
    const char *behind = self->doc->text.data + at(self, self->source)->end; /* no mark follows, so the line must end there */
    while (*behind == ' ' || *behind == '\t' || *behind == '\r') behind++;
    return *behind == '\n' ? code : (att_str){ 0 };
}

/* The token behind the annotation and its letters in brackets: "of" in "Aviation Authority (CAA) of Nepal". */
static uint32_t behind_letters(const finder *self, uint32_t last)
{
    if (last + 3 >= self->doc->tokens.count) return last;
    if (word_is(self, last, ")") && last > 1 && word_is(self, last - 2, "(")) return last + 1;
    const bool letters = word_is(self, last, "(") && !(self->doc->tokens.flags[last + 1] & ATT_FLAG_SMALL);
    return letters && word_is(self, last + 2, ")") && word_is(self, last + 3, "of") ? last + 3 : last;
}

/* "Kerala's Tourism Department": the state of the place in the possessive before the body. Not of a name that a state has too,
 * "Georgia's", nor of a town of a state that the text does not name where it names others: its namesake may be meant. */
static att_str place_before(finder *self, uint32_t index)
{
    enum { NEAR = 8 };
    const uint32_t end = at(self, index)->tokens.first - 1;
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < NEAR; steps++) {
        const att_annotation *place = at(self, i);
        if (place->layer != ATT_LAYER_LOCATION || place->tokens.last != end) continue;
        for (uint32_t form = att_names_first(&self->knowledge->names, place->name); form;
             form = att_names_next(&self->knowledge->names, form))
            if (att_is_nation_layer(self->knowledge->names.forms.items[form].layer)) return (att_str){ 0 };
        const att_str code = get(self, place, ATT_KEY_COUNTRY);
        const bool doubtful = att_lists_have_text(&self->knowledge->lists, ATT_LIST_NAMESAKES, code);
        const bool town = att_str_starts(get(self, place, ATT_KEY_ID), ATT_STR("city-"));
        return (doubtful || (town && self->groups->by[ATT_GROUP_NATIONS].count)) && !att_country_is_named(self, code)
                   ? (att_str){ 0 }
                   : answer(self, i, code);
    }
    return (att_str){ 0 };
}

/* Step 3: "Japan's Ministry of Finance", "Ministry of Defense of Ukraine", "Ministry of Finance (Japan)". */
att_str att_country_by_owner(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t first = agency->tokens.first, last = agency->tokens.last, count = self->doc->tokens.count;
    if (first && self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS) {
        const att_str nation = nation_ending_at(self, index, first - 1);
        return nation.data ? nation : place_before(self, index);
    }
    if (last + 1 >= count) return (att_str){ 0 };
    if (word_is(self, last, "(")) {
        att_str code = nation_starting_at(self, index, last + 1);
        if (code.data) return word_is(self, at(self, self->source)->tokens.last, ")") ? code : (att_str){ 0 };
    }
    if (word_is(self, last, ",")) {
        att_str code = owner_behind_comma(self, index);
        if (!code.data) code = town_behind_comma(self, index);
        return code.data ? code : get(self, agency, ATT_KEY_COUNTRY); /* which a rule gave */
    }
    last = behind_letters(self, last);
    if (last + 1 >= count || !word_is(self, last, "of")) return (att_str){ 0 };
    return nation_starting_at(self, index, word_is(self, last + 1, "the") ? last + 2 : last + 1);
}

att_str att_country_by_itself(finder *self, uint32_t index)
{
    att_str country = by_name(self, index);
    if (!country.data) country = by_entry(self, index);
    return country.data ? country : att_country_by_owner(self, index);
}

typedef enum { NO_LINK, LINK, LINK_TO_CHILD } link_kind;

/* Whether the tokens [from, to) between two agencies join them in one list; LINK_TO_CHILD where the second is part of the first
 * ("…, including its …"). */
static link_kind link_between(const finder *self, uint32_t from, uint32_t to)
{
    static const char *const words[] = { ",", ";", "and", "or", "&", "the", "its", "as", "well", "also", "(" };
    enum { LONGEST_LINK = 6 };
    link_kind kind = LINK;
    if (to <= from || to - from > LONGEST_LINK || (to == from + 1 && word_is(self, from, "the"))) return NO_LINK;
    for (uint32_t token = from; token < to; token++) {
        if (word_is(self, token, "including")) kind = LINK_TO_CHILD;
        else if (!WORD_IN(self, token, words)) return NO_LINK;
    }
    return kind;
}

/* The next agency before (step -1) or behind (step 1) item `index`, not one nested in it or in another; ATT_NONE for none. */
static uint32_t next_item(const finder *self, uint32_t index, int step)
{
    enum { NEAR = 24 }; /* the most annotations that may stand between two items */
    uint32_t found = ATT_NONE, i = index, count = self->doc->annotations.count;
    for (int steps = 0; steps < NEAR && (step > 0 ? i + 1 < count : i > 0); steps++) {
        i = step > 0 ? i + 1 : i - 1;
        const att_annotation *other = at(self, i);
        if (other->layer != ATT_LAYER_AGENCY) continue;
        if (step > 0 ? other->tokens.first < at(self, index)->tokens.last : other->tokens.last > at(self, index)->tokens.first)
            continue;
        if (found != ATT_NONE && (other->start > at(self, found)->start || other->end < at(self, found)->end)) break;
        found = i;
        if (step > 0) break;
    }
    return found;
}

/* Step 5: the last "The Korean delegation included …" or the like before the agency, in its sentence. */
att_str att_country_by_delegation(finder *self, uint32_t index)
{
    const sentence_facts *facts = att_clues_of(self, index);
    for (uint32_t i = facts->delegations.count; i-- > 0;)
        if (facts->delegations.items[i].token <= at(self, index)->tokens.first)
            return answer(self, facts->delegations.items[i].nation, facts->delegations.items[i].code);
    return (att_str){ 0 };
}

/* Whether the body is a mission of the state of which one begins the text. */
static bool is_mission(finder *self, uint32_t index, att_str country)
{
    if (!country.length || at(self, index)->layer != ATT_LAYER_AGENCY) return false;
    if (!self->mission_known) self->mission = att_mission_of(self->knowledge, self->doc, self->groups);
    self->mission_known = true;
    return att_is_of_sender(&self->mission, self->knowledge, self->doc, at(self, index), country);
}

/* The country that the item's own words give the others of its list: none if it is a mission, a guest's there. */
static att_str of_item(finder *self, uint32_t index)
{
    const att_str country = att_country_by_itself(self, index);
    return is_mission(self, index, country) ? (att_str){ 0 } : country;
}

/* Step 4: the country of an item before it in the same list, the first one if several have one; else of one behind it. */
static att_str by_list(finder *self, uint32_t index)
{
    att_str country = { 0 };
    uint32_t item = index;
    for (int items = 0; items < MOST_ITEMS; items++) {
        uint32_t before = next_item(self, item, -1);
        link_kind link =
            before == ATT_NONE ? NO_LINK : link_between(self, at(self, before)->tokens.last, at(self, item)->tokens.first);
        if (link == NO_LINK) break;
        att_str own = of_item(self, before);
        if (own.data) country = answer(self, before, own);
        if (own.data && link == LINK_TO_CHILD) return own;
        item = before;
    }
    item = index;
    bool told = country.data || att_country_by_delegation(self, index).data; /* then the items behind it add nothing */
    for (int items = 0; items < MOST_ITEMS && !told && !country.data; items++) {
        uint32_t behind = next_item(self, item, 1);
        if (behind == ATT_NONE || link_between(self, at(self, item)->tokens.last, at(self, behind)->tokens.first) != LINK)
            break;
        country = of_item(self, behind);
        self->source = behind;
        item = behind;
    }
    return country;
}

/* Whether the annotation is alone in its line; a colon may follow. */
static bool fills_line(const finder *self, const att_annotation *nation)
{
    const char *text = self->doc->text.data;
    uint32_t end = nation->end + (nation->end < self->doc->text.length && text[nation->end] == ':');
    return (!nation->start || text[nation->start - 1] == '\n') && end < self->doc->text.length && strchr("\r\n", text[end]);
}

/* Where the line of the byte ends, without the blanks and the "\r" before its "\n"; its "\n", or the end of the text, becomes
 * `*next`. */
static uint32_t line_end(const finder *self, uint32_t from, uint32_t *next)
{
    const att_str text = self->doc->text;
    const char *found = from < text.length ? memchr(text.data + from, '\n', text.length - from) : NULL;
    uint32_t end = *next = found ? (uint32_t)(found - text.data) : (uint32_t)text.length;
    while (end > from && (unsigned char)text.data[end - 1] <= ' ') end--;
    return end;
}

/* Whether a mark that ends or joins sentences stands before the byte, or before the quotes and brackets there. */
static bool is_behind_stop(const finder *self, uint32_t byte)
{
    const char *text = self->doc->text.data;
    while (byte && (text[byte - 1] == '"' || text[byte - 1] == ')' || (unsigned char)text[byte - 1] > 0x7f)) byte--;
    const char last = byte ? text[byte - 1] : '\0';
    return last && strchr(".;,:!?", last);
}

/* Whether the annotation opens a short line without a full stop, a dash and no figure or second state behind it: "Nepal –
 * Landslide" over the news from there. */
static bool opens_heading(const finder *self, uint32_t index)
{
    enum { LONGEST = 100 }; /* bytes behind the name */
    static const char *const dashes[] = { "–", "—", "-" };
    const att_annotation *nation = at(self, index);
    const char *text = self->doc->text.data;
    const uint32_t behind = nation->tokens.last;
    if (nation->end >= self->doc->text.length || (nation->start && text[nation->start - 1] != '\n')) return false;
    if (text[nation->end] != ' ' || !WORD_IN(self, behind, dashes)) return false;
    if (index + 1 < self->doc->annotations.count && at(self, index + 1)->tokens.first == behind + 1
        && is_nation(at(self, index + 1)))
        return false;
    const att_str first = surface(self, behind + 1);
    if (!first.length || (*first.data >= '0' && *first.data <= '9')) return false;
    uint32_t next;
    const uint32_t end = line_end(self, nation->end, &next);
    return next < self->doc->text.length && end - nation->end <= LONGEST && !is_behind_stop(self, end);
}

/* Whether another line without a stop, which may head what is below it, stands between the heading and the byte. */
static bool is_headed_again(const finder *self, const att_annotation *nation, uint32_t byte)
{
    uint32_t next, from;
    line_end(self, nation->end, &next);
    for (from = next + 1; from < byte; from = next + 1) {
        const uint32_t end = line_end(self, from, &next);
        if (next < byte && end > from && !is_behind_stop(self, end)) return true;
    }
    return false;
}

/* Whether the sentence of the annotation names a state or a place before it. */
static bool is_placed(finder *self, uint32_t index)
{
    enum { NEAR = 16 };
    const sentence_facts *facts = att_clues_of(self, index);
    for (uint32_t i = index, steps = 0; i-- > facts->first && steps < NEAR; steps++)
        if (is_nation(at(self, i)) || at(self, i)->layer == ATT_LAYER_LOCATION) return true;
    return false;
}

/* Finds the states that stand alone in a line, over the lines of those who took part, or open a heading. One such line in a
 * document is no list. */
static void find_headings(finder *self)
{
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
    self->headings_known = true;
    self->headings.items = att_arena_alloc(self->doc->arena, sizeof *nations->items * (nations->count + 1));
    for (uint32_t k = 0; k < nations->count; k++) {
        const att_annotation *nation = at(self, nations->items[k]);
        if (nation->layer != ATT_LAYER_COUNTRY) continue;
        if (!fills_line(self, nation) && !opens_heading(self, nations->items[k])) continue;
        self->headings.items[self->headings.count++] = nations->items[k];
    }
    if (self->headings.count == 1) self->headings.count = 0;
}

/* Step 4: "CHILE" over "Jane Roe, Director, Ministry of Mines". */
static att_str by_heading(finder *self, uint32_t index)
{
    enum { FARTHEST = 3000, FARTHEST_FROM_LINE = 1500 }; /* bytes; the news under a line of words is short */
    if (!self->headings_known) find_headings(self);
    uint32_t count = att_indexes_before(&self->headings, index);
    uint32_t before = count ? self->headings.items[count - 1] : (uint32_t)ATT_NONE;
    if (before == ATT_NONE) return (att_str){ 0 };
    const bool alone = fills_line(self, at(self, before));
    if (at(self, index)->start - at(self, before)->end > (alone ? FARTHEST : FARTHEST_FROM_LINE)) return (att_str){ 0 };
    if (!alone && (is_placed(self, index) || is_headed_again(self, at(self, before), at(self, index)->start)))
        return (att_str){ 0 };
    return answer(self, before, get(self, at(self, before), ATT_KEY_CODE));
}

/* The code of the state, or of the place's state, whose name begins at `token`; `near` is an annotation before it. */
static att_str place_starting_at(finder *self, uint32_t near, uint32_t token)
{
    for (uint32_t i = near; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++) {
        bool nation = is_nation(at(self, i));
        if (at(self, i)->tokens.first != token || (!nation && at(self, i)->layer != ATT_LAYER_LOCATION)) continue;
        att_str code = get(self, at(self, i), nation ? ATT_KEY_CODE : ATT_KEY_COUNTRY);
        if (code.data) return answer(self, i, code);
    }
    return (att_str){ 0 };
}

/* Whether a word of the list is among tokens [from, to). */
static bool stands_between(const finder *self, uint32_t from, uint32_t to, att_program_list which)
{
    for (uint32_t token = from; token < to; token++)
        if (in_list(self, which, token)) return true;
    return false;
}

/* Step 7: "to Hanoi, where he addressed the National Assembly". A post behind "where" may be a guest's; it counts only with a
 * word for meeting. */
static att_str by_where(finder *self, uint32_t index)
{
    enum { FARTHEST = 128 }; /* tokens; for texts that have no sentences */
    const sentence_facts *facts = att_clues_of(self, index);
    uint32_t first = at(self, index)->tokens.first;
    for (uint32_t i = index; i-- > facts->first && first - at(self, i)->tokens.first <= FARTHEST;) {
        uint32_t last = at(self, i)->tokens.last;
        if (last + 1 >= first || !word_is(self, last, ",") || !word_is(self, last + 1, "where")) continue;
        att_str code = place_starting_at(self, i, at(self, i)->tokens.first);
        bool told = at(self, index)->layer == ATT_LAYER_AGENCY || stands_between(self, last + 2, first, ATT_LIST_MEETS);
        return told ? code : (att_str){ 0 };
    }
    return (att_str){ 0 };
}

/* Whether the title is of a post that its holder has in another state, such as "Ambassador" or "Consul General". */
static bool is_envoy(const finder *self, const att_annotation *title)
{
    return title->layer == ATT_LAYER_TITLE && stands_between(self, title->tokens.first, title->tokens.last, ATT_LIST_ENVOY);
}

bool att_country_is_envoy(const finder *self, uint32_t index)
{
    return is_envoy(self, at(self, index));
}

/* Step 7: "the General Statistics Office in Hanoi", "In Hanoi, …", "to Hanoi, where …". An envoy who is met in Hanoi is of
 * another state. */
static att_str by_place(finder *self, uint32_t index)
{
    uint32_t in = at(self, index)->tokens.last;
    bool behind = at(self, index)->layer == ATT_LAYER_AGENCY && in < self->doc->tokens.count && word_is(self, in, "in");
    att_str place = behind ? place_starting_at(self, index, in + 1) : (att_str){ 0 };
    const sentence_facts *facts = att_clues_of(self, index);
    if (place.data || facts->number == ATT_NONE || is_envoy(self, at(self, index))) return place;
    place = by_where(self, index);
    if (place.data) return place;
    uint32_t first = self->doc->sentences.items[facts->number].tokens.first;
    if (!word_is(self, first, "In")) return (att_str){ 0 };
    place = place_starting_at(self, facts->first, first + 1);
    return place.data && word_is(self, at(self, self->source)->tokens.last, ",") ? place : (att_str){ 0 };
}

/* Whether sentence `number`, one before that of annotation `index`, begins "In Hanoi, …": then that is where its paragraph
 * happens. */
static att_str by_opening(finder *self, uint32_t number, uint32_t index)
{
    uint32_t first = self->doc->sentences.items[number].tokens.first;
    if (!word_is(self, first, "In") || is_envoy(self, at(self, index))) return (att_str){ 0 };
    enum { FARTHEST = 64 }; /* annotations */
    uint32_t place = index;
    while (place && index - place < FARTHEST && at(self, place - 1)->tokens.first > first) place--;
    att_str code = place_starting_at(self, place, first + 1);
    return code.data && word_is(self, at(self, self->source)->tokens.last, ",") ? code : (att_str){ 0 };
}

/* Step 5: where the agency's sentence names no state, a few sentences before it in the paragraph may say on whose side it is:
 * "The Korean delegation included …. The Director of the Cyber Bureau spoke." */
static att_str by_side(finder *self, uint32_t index)
{
    enum { NEAR = 3 };
    const sentence_facts *facts = att_clues_of(self, index);
    const att_stretches *sentences = &self->doc->sentences;
    if (facts->only.nation != ATT_NONE || facts->number == ATT_NONE) return (att_str){ 0 };
    for (uint32_t back = 1; back <= NEAR && back <= facts->number; back++) {
        uint32_t number = facts->number - back;
        if (sentences->items[number].paragraph != sentences->items[facts->number].paragraph) break;
        att_str place = by_opening(self, number, index);
        if (place.data) return place;
        const sentence_facts *before = att_clues_read(self, &self->earlier, number, facts->first);
        uint32_t count = before->delegations.count;
        if (count) return answer(self, before->delegations.items[count - 1].nation, before->delegations.items[count - 1].code);
        if (before->only.nation != ATT_NONE) break; /* "Russia denied it.": the next sentence may be another state's again */
    }
    return (att_str){ 0 };
}

/* The state before the title in its sentence that "its" means: the subject, else the last one that no body is named after. */
static att_str meant_by_its(finder *self, uint32_t title)
{
    enum { SEARCHED = 32 }; /* annotations back */
    const sentence_facts *facts = att_clues_of(self, title);
    const uint32_t first = at(self, title)->tokens.first;
    if (facts->subject.data && facts->subject_end < first) return answer(self, facts->subject_nation, facts->subject);
    for (uint32_t i = title, steps = 0; i-- > facts->first && steps < SEARCHED; steps++) {
        const att_annotation *before = at(self, i);
        if (before->tokens.last >= first) continue;
        if (before->layer == ATT_LAYER_AGENCY || before->layer == ATT_LAYER_IGO || before->layer == ATT_LAYER_ORG) break;
        if (is_nation(before)) return answer(self, i, get(self, before, ATT_KEY_CODE));
    }
    return (att_str){ 0 };
}

att_str att_country_by_its(finder *self, uint32_t title)
{
    const uint32_t first = at(self, title)->tokens.first;
    if (!first || !word_is(self, first - 1, "its")) return (att_str){ 0 };
    return meant_by_its(self, title);
}

/* Whether a title or an agency begins at `token`; `near` is an annotation before it. */
static bool is_owned_at(const finder *self, uint32_t near, uint32_t token)
{
    for (uint32_t i = near + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (at(self, i)->tokens.first == token
            && (at(self, i)->layer == ATT_LAYER_TITLE || at(self, i)->layer == ATT_LAYER_AGENCY))
            return true;
    return false;
}

/* Whether the nation is the object of a verb such as "accused": the agency that does so is of another state. */
static bool is_spoken_of(const finder *self, uint32_t nation)
{
    uint32_t before = at(self, nation)->tokens.first;
    if (before > 1 && word_is(self, before - 1, "the")) before--;
    return before && in_list(self, ATT_LIST_JUDGES, before - 1);
}

/* Whether the nation belongs to what stands beside it, not to the agency: "the Bureau and Peru's Senate", "the Bureau and the
 * Senate of Peru", "the Bureau and Peruvian Minister Roe", "its Peruvian counterpart", "a Peruvian national was seen at the
 * Bureau", "the Bureau briefed the Peruvian side".
 */
static bool speaks_for_next(const finder *self, uint32_t nation, uint32_t index)
{
    enum { NEAR = 32 }; /* annotations */
    att_token_range tokens = at(self, nation)->tokens;
    if (in_list(self, ATT_LIST_COUNTERPART, tokens.last) || in_list(self, ATT_LIST_NATIONALS, tokens.last)) return true;
    if (tokens.first <= at(self, index)->tokens.last) return false;
    if (is_spoken_of(self, nation)) return true;
    if (in_list(self, ATT_LIST_GUESTS, tokens.last)) return true;
    if (tokens.last < self->doc->tokens.count && self->doc->tokens.flags[tokens.last] & ATT_FLAG_POSS) return true;
    if (is_owned_at(self, nation, tokens.last)) return true;
    uint32_t of = tokens.first - (word_is(self, tokens.first - 1, "the") ? 2 : 1);
    if (!word_is(self, of, "of")) return false;
    for (uint32_t i = nation, steps = 0; i-- > index + 1 && steps < NEAR; steps++)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->tokens.last == of) return true;
    return false;
}

const att_homes *att_country_home(finder *self)
{
    if (!self->homes.known) self->homes = att_homes_of(self->knowledge, self->doc, self->groups);
    return &self->homes;
}

/* "…, the Foreign Ministry said.", "Chile fires rocket: Foreign Ministry": the body that tells the news is that of the state
 * where the document is at home. */
static bool is_teller(const finder *self, uint32_t index)
{
    enum { FARTHEST = 7 };
    att_token_range tokens = at(self, index)->tokens;
    if (at(self, index)->layer != ATT_LAYER_AGENCY || tokens.first < 2) return false;
    if (word_is(self, tokens.first - 1, ":"))
        return self->doc->paragraphs.items[self->doc->paragraph_of[tokens.first]].tokens.last == tokens.last;
    if (!word_is(self, tokens.first - 1, "the")) return false;
    if (!word_is(self, tokens.first - 2, ",")) return false;
    uint32_t end = tokens.last;
    while (end < self->doc->tokens.count && end - tokens.last < FARTHEST && !word_is(self, end, ",")
           && !word_is(self, end, "."))
        end++;
    return stands_between(self, tokens.last, end, ATT_LIST_TELLS);
}

/* Whether the state only says where something is or goes: "to Poland", "in Bonn, Germany". */
static bool is_goal(const finder *self, uint32_t nation)
{
    static const char *const leads[] = { "to", "To", "in", "In", "into", "visiting", "visited" };
    uint32_t before = at(self, nation)->tokens.first;
    if (att_document_tells_place(self->doc, nation)) return true;
    if (before > 1 && word_is(self, before - 1, "the")) before--;
    return before && WORD_IN(self, before - 1, leads);
}

/* "received Libya's Field Marshal Roe in the presence of Jane Doe, head of the Mint": who is present is not of the guest's
 * state. */
static bool is_only_present(const finder *self, uint32_t nation, uint32_t index)
{
    enum { NEAR = 16 };
    const uint32_t last = at(self, nation)->tokens.last;
    for (uint32_t token = at(self, index)->tokens.first, steps = 0; token > last + 1 && steps < NEAR; token--, steps++)
        if (word_is(self, token - 1, "presence")) return word_is(self, token - 2, "the");
    return false;
}

/* "served as Ambassador to Peru and Deputy Minister": the state to which one is sent does not tell his next post. */
static bool is_next_post(const finder *self, uint32_t nation, uint32_t index)
{
    enum { NEAR = 3 };
    const att_token_range sent = at(self, nation)->tokens;
    const uint32_t first = at(self, index)->tokens.first;
    if (first <= sent.last || first - sent.last > NEAR || !word_is(self, sent.last, "and") || sent.first < 2) return false;
    return word_is(self, sent.first - 1, "to") && in_list(self, ATT_LIST_ENVOY, sent.first - 2);
}

/* "A spy of Israel was sentenced by the Supreme Court": whom somebody served in secret is not the state of the court. */
static bool is_served_in_secret(const finder *self, uint32_t nation)
{
    static const char *const links[] = { "of", "for", NULL };
    const uint32_t linked = att_document_linked(self->doc, at(self, nation)->tokens.first, links);
    return linked != ATT_NONE && in_list(self, ATT_LIST_SPIES, linked);
}

/* What the agency's name or the rule that made it says it is, that of any state rather than one's own: an entry, or ATT_NONE.
 */
static uint32_t entry_meant(const finder *self, const att_annotation *agency)
{
    const att_names *names = &self->knowledge->names;
    const att_entries *entries = &self->knowledge->entries;
    const att_str id = get(self, agency, ATT_KEY_ID);
    if (agency->entry != ATT_NONE || id.length) return id.length ? att_entries_find(entries, id) : agency->entry;
    for (uint32_t form = att_names_first(names, agency->name); form; form = att_names_next(names, form)) {
        const att_form *now = &names->forms.items[form];
        if (now->layer == ATT_LAYER_AGENCY && entries->entries.items[now->owner].star) return now->owner;
    }
    return ATT_NONE;
}

/* Where the document is at home by its bodies, else by them and its posts and names. */
static att_str home_by_posts(finder *self)
{
    if (att_country_home(self)->bodies.data) return self->homes.bodies;
    if (!self->posts_known) self->by_posts = att_home_by_posts(self->knowledge, self->doc, self->groups);
    self->posts_known = true;
    return self->by_posts;
}

/* Chambers, courts and forces are named alike in all states, and their own state's texts name it least: there the posts that
 * the text gives persons tell it too. Else a null view. */
static att_str by_posts(finder *self, uint32_t index)
{
    static const char *const kinds[] = { "parliament", "court", "military", NULL };
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    if (at(self, index)->layer != ATT_LAYER_AGENCY || !kind) return (att_str){ 0 };
    const uint32_t number = entry_meant(self, at(self, index));
    if (number == ATT_NONE) return (att_str){ 0 };
    const att_entry *entry = &self->knowledge->entries.entries.items[number];
    return entry->star && att_str_is_any(entry->fields[kind - 1], kinds) ? home_by_posts(self) : (att_str){ 0 };
}

/* "Russian drones", "an Israeli night strike": whether the nation is named as who attacks. */
static bool is_attacker(const finder *self, uint32_t nation)
{
    if (at(self, nation)->layer != ATT_LAYER_DEMONYM) return false;
    const uint32_t behind = at(self, nation)->tokens.last;
    if (in_list(self, ATT_LIST_ATTACKS, behind)) return true;
    return in_list(self, ATT_LIST_BEFORE_ATTACK, behind) && in_list(self, ATT_LIST_ATTACKS, behind + 1);
}

/* The one state in whose places an attack of the nation happens, for bodies and posts that tell what it did to them, unless the
 * document is at home with the attacker: "Russian drones hit Kharkiv, the State Emergency Service said". */
static att_str by_attacked(finder *self, uint32_t nation, uint32_t index)
{
    enum { NEAR = 32 }; /* annotations */
    if (!is_attacker(self, nation)) return (att_str){ 0 };
    const att_token_range tokens = at(self, index)->tokens;
    if (!stands_between(self, tokens.first, tokens.last, ATT_LIST_DAMAGE)) return (att_str){ 0 };
    const att_str attacker = get(self, at(self, nation), ATT_KEY_CODE);
    if (att_str_equal(att_country_home(self)->bodies, attacker)) return (att_str){ 0 };
    const sentence_facts *facts = att_clues_of(self, index);
    only_country places = { .nation = ATT_NONE };
    for (uint32_t i = nation + 1; i < facts->last && i - nation <= NEAR; i++) {
        if (at(self, i)->layer != ATT_LAYER_LOCATION) continue;
        const att_str code = get(self, at(self, i), ATT_KEY_COUNTRY);
        if (code.data && att_str_equal(code, attacker)) return (att_str){ 0 };
        if (code.data) att_clues_see(&places, code, i);
    }
    return places.code.data ? answer(self, places.nation, places.code) : (att_str){ 0 };
}

/* "Peru granted asylum to former Minister Roe", "Peru revoked the visa of Magistrate Roe": a state does what one does to those
 * of another one, and only words stand between it and the title. */
static bool is_of_taken_in(const finder *self, uint32_t nation, uint32_t index)
{
    enum { FARTHEST = 4, LONGEST = 14 };
    const uint32_t from = at(self, nation)->tokens.last, first = at(self, index)->tokens.first;
    if (at(self, index)->layer != ATT_LAYER_TITLE || first <= from || first - from > LONGEST) return false;
    bool taken = false;
    for (uint32_t token = from; token < first; token++) {
        if (!(self->doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL))) return false;
        taken |= token - from < FARTHEST && in_list(self, ATT_LIST_TAKEN_IN, token);
    }
    return taken;
}

static att_str by_sentence(finder *self, uint32_t index)
{
    const sentence_facts *facts = att_clues_of(self, index);
    if (facts->only.nation != ATT_NONE && is_of_taken_in(self, facts->only.nation, index)) return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE) {
        const att_str attacked = by_attacked(self, facts->only.nation, index);
        if (attacked.data) return attacked;
    }
    if (is_teller(self, index) && att_country_home(self)->bodies.data) return (att_str){ 0 };
    const uint32_t only = facts->only.nation;
    if (only != ATT_NONE && (is_only_present(self, only, index) || is_next_post(self, only, index))) return (att_str){ 0 };
    if (only != ATT_NONE && is_served_in_secret(self, only)) return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE && speaks_for_next(self, facts->only.nation, index)) return (att_str){ 0 };
    if (at(self, index)->layer == ATT_LAYER_TITLE && facts->taken) return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE && is_goal(self, facts->only.nation) && is_envoy(self, at(self, index)))
        return (att_str){ 0 };
    bool behind = facts->only.nation != ATT_NONE && at(self, facts->only.nation)->tokens.first > at(self, index)->tokens.first;
    if (behind && (at(self, index)->layer == ATT_LAYER_TITLE || att_country_home(self)->bodies.data)) return (att_str){ 0 };
    if (behind && by_posts(self, index).data) return (att_str){ 0 };
    if (facts->only.nation != ATT_NONE) return answer(self, facts->only.nation, facts->only.code);
    bool before = facts->inner.code.data && at(self, facts->inner.nation)->tokens.last <= at(self, index)->tokens.first;
    if (before && att_str_equal(facts->inner.code, att_country_home(self)->sender)) return (att_str){ 0 };
    return before ? answer(self, facts->inner.nation, facts->inner.code) : (att_str){ 0 };
}

/* Whether a title, name or body lies over the word before `token`. Annotation `near` is the last one that begins before; topics
 * may lie over the same words. */
static bool is_part_named(const finder *self, uint32_t near, uint32_t token)
{
    enum { OVER = 4 };
    const uint32_t parts = 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_OFFICIAL | 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_AGENCY;
    for (uint32_t i = near + 1, steps = 0; i-- > 0 && steps < OVER; steps++)
        if (parts >> at(self, i)->layer & 1 && at(self, i)->tokens.last >= token) return true;
    return false;
}

/* Whether the agency is named in one breath with the person or body that ends at token `from`: "Polish Minister Roe and the
 * head of the Security Bureau". */
static bool is_coordinated(const finder *self, uint32_t from, uint32_t index)
{
    static const char *const joining[] = { "and", ",", "the", "of", "(", ")" };
    enum { LONGEST = 12 };
    uint32_t first = at(self, index)->tokens.first, i = index;
    if (first <= from || first - from > LONGEST) return false;
    bool joined = false;
    for (uint32_t token = first; token > from; token--) {
        joined |= word_is(self, token - 1, "and");
        while (i && at(self, i)->tokens.first >= token) i--;
        if (!WORD_IN(self, token - 1, joining) && !is_part_named(self, i, token)) return false;
    }
    return joined;
}

/* Where the title or body ends that the nation owns, "Polish Minister"; ATT_NONE where it owns none. */
static uint32_t end_of_owned(const finder *self, uint32_t nation, uint32_t index)
{
    uint32_t end = at(self, nation)->tokens.last;
    if (self->doc->tokens.flags[end] & ATT_FLAG_POSS) end++;
    if (is_spoken_of(self, nation) || !is_owned_at(self, nation, end) || att_is_of_mission(self, nation)) return ATT_NONE;
    for (uint32_t i = nation + 1; i < index && at(self, i)->tokens.first <= end; i++) {
        bool owned = at(self, i)->layer == ATT_LAYER_TITLE || at(self, i)->layer == ATT_LAYER_AGENCY;
        if (owned && at(self, i)->tokens.first == end) end = at(self, i)->tokens.last;
    }
    return end;
}

/* The states before an annotation, in its sentence: the last one that owns a title or a body, where that ends, the last of all,
 * and whether there are two. */
typedef struct {
    uint32_t owner, end, last;
    bool several;
} owners;

static owners owners_before(finder *self, uint32_t index)
{
    enum { SEARCHED = 64 /* annotations back */ };
    const sentence_facts *facts = att_clues_of(self, index);
    owners found = { ATT_NONE, ATT_NONE, ATT_NONE, false };
    for (uint32_t i = index - facts->first > SEARCHED ? index - SEARCHED : facts->first; i < index; i++) {
        if (!is_nation(at(self, i)) || at(self, i)->tokens.last > at(self, index)->tokens.first) continue;
        found.several |= found.last != ATT_NONE
                         && !att_str_equal(get(self, at(self, i), ATT_KEY_CODE), get(self, at(self, found.last), ATT_KEY_CODE));
        found.last = i;
        const uint32_t owned = end_of_owned(self, i, index);
        if (owned != ATT_NONE) found.owner = i, found.end = owned;
    }
    return found;
}

att_str att_country_by_owner_before(finder *self, uint32_t index)
{
    if (at(self, index)->layer != ATT_LAYER_AGENCY || is_teller(self, index)) return (att_str){ 0 };
    const owners found = owners_before(self, index);
    if (found.owner == ATT_NONE || is_only_present(self, found.owner, index)) return (att_str){ 0 };
    if (found.several && (found.owner != found.last || !is_coordinated(self, found.end, index))) return (att_str){ 0 };
    return answer(self, found.owner, get(self, at(self, found.owner), ATT_KEY_CODE));
}

/* Step 6: the state that the sentence is about, for an agency behind its verb; but in "Israel killed Iran's army chief Roe and
 * air force commander Doe" the force is Iran's. */
static att_str by_subject(finder *self, uint32_t index)
{
    const sentence_facts *facts = att_clues_of(self, index);
    if (facts->subject_end >= at(self, index)->tokens.first || is_teller(self, index)) return (att_str){ 0 };
    if (facts->subject.data && is_of_taken_in(self, facts->subject_nation, index)) return (att_str){ 0 };
    const owners found = facts->subject.data ? owners_before(self, index) : (owners){ .owner = ATT_NONE };
    const bool listed = found.owner != ATT_NONE && found.owner == found.last && found.owner != facts->subject_nation;
    if (listed && is_coordinated(self, found.end, index))
        return answer(self, found.owner, get(self, at(self, found.owner), ATT_KEY_CODE));
    return answer(self, facts->subject_nation, facts->subject);
}

/* "Foreign Secretary", "Permanent Secretary" and the like, which the United States do not have. */
static bool is_crown_secretary(const finder *self, uint32_t token)
{
    return word_is(self, token, "Secretary") && token && in_list(self, ATT_LIST_CROWN_SECRETARY, token - 1);
}

/* Whether the state has a crown and no president of any kind whose staff would be a body. */
static bool has_no_president(const finder *self, att_str code)
{
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_STATE_WITH_CROWN, code);
}

/* "Office of the President", "Presidential Administration". */
static bool is_of_president(const finder *self, uint32_t index)
{
    att_token_range tokens = at(self, index)->tokens;
    if (at(self, index)->layer != ATT_LAYER_AGENCY) return false;
    return stands_between(self, tokens.first, tokens.last, ATT_LIST_OF_PRESIDENT);
}

/* Letters of a ministry of any state: "MND". */
static bool is_ministry_by_letters(const finder *self, uint32_t index)
{
    if (at(self, index)->layer != ATT_LAYER_AGENCY) return false;
    const uint32_t number = entry_meant(self, at(self, index));
    if (number == ATT_NONE || !self->knowledge->entries.entries.items[number].star) return false;
    att_str name = self->knowledge->entries.entries.items[number].name;
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_OF_MINISTER, att_str_first_word(&name));
}

/* "Presidential Office": a body whose whole name the United States have not. */
static bool is_named_otherwise(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    if (agency->layer != ATT_LAYER_AGENCY) return false;
    const att_str name = att_str_slice(self->doc->text, agency->start, agency->end);
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_OF_MINISTER, name);
}

/* Whether the possessive of a body of several states stands before an agency: "FAO's Fisheries Division". */
static bool is_of_several_states(const finder *self, uint32_t index)
{
    const uint32_t first = at(self, index)->tokens.first;
    if (at(self, index)->layer != ATT_LAYER_AGENCY || !first || !(self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS))
        return false;
    for (uint32_t i = index; i-- > 0 && at(self, i)->tokens.first + MOST_WORDS_OF_NATION > first;)
        if (at(self, i)->layer == ATT_LAYER_IGO && at(self, i)->tokens.last == first - 1) return true;
    return false;
}

bool att_country_may_be(const finder *self, uint32_t index, att_str code)
{
    if (index == ATT_NONE) return true;
    if (is_of_several_states(self, index)) return false;
    if (!att_str_is(code, "USA")) return !is_of_president(self, index) || !has_no_president(self, code);
    if (at(self, index)->layer == ATT_LAYER_AGENCY && att_str_is(get(self, at(self, index), ATT_KEY_KIND), "ministries"))
        return false;
    if (is_ministry_by_letters(self, index) || is_named_otherwise(self, index)) return false;
    /* Bodies may have such words in their names: "King County Sheriff's Office". */
    const bool title = at(self, index)->layer == ATT_LAYER_TITLE;
    att_token_range tokens = at(self, index)->tokens;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        if (in_list(self, ATT_LIST_OF_MINISTER, token) && !word_is(self, token + 1, "Counselor")) return false;
        if (title && in_list(self, ATT_LIST_REIGNING, token)) return false;
        if (token > tokens.first && is_crown_secretary(self, token)) return false;
    }
    return true;
}

/* "Japan was glad. The Tokyo Fire Department came.": the state of the place in the name, where the document names that state,
 * or has no other place and is at home nowhere. Not that of towns which have namesakes overseas, nor in a text from their
 * state. */
static att_str by_named_place(finder *self, uint32_t index)
{
    if (at(self, index)->layer != ATT_LAYER_AGENCY || self->doc->origin.data) return (att_str){ 0 };
    const att_str code = state_of_place_in_name(self, index);
    if (!code.length || att_lists_have_text(&self->knowledge->lists, ATT_LIST_NAMESAKES, code)) return (att_str){ 0 };
    const att_homes *homes = att_country_home(self);
    if (!homes->mentions.data) return att_str_equal(homes->places, code) ? code : (att_str){ 0 };
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_NAMESAKES, homes->mentions)) return (att_str){ 0 };
    return att_country_is_named(self, code) ? code : (att_str){ 0 };
}

/* Whether the body deals with other states: in a text of a mission it may be the sender's or the host's. */
static bool deals_abroad(const finder *self, uint32_t index)
{
    static const char *const words[] = { "Foreign", "foreign", "External" };
    const att_token_range tokens = at(self, index)->tokens;
    for (uint32_t token = tokens.first; token < tokens.last; token++)
        if (WORD_IN(self, token, words)) return true;
    return false;
}

/* The state in which a body is at home, if its document speaks for none. */
static att_str by_home(finder *self, uint32_t index)
{
    const att_homes *homes = att_country_home(self);
    att_str dateline = att_homes_at(homes, at(self, index)->start);
    if (dateline.data) return dateline;
    att_str posts = by_posts(self, index);
    if (posts.data) return posts;
    bool of_usa = att_country_may_be(self, index, ATT_STR("USA"));
    if (homes->sender.data && (deals_abroad(self, index) || (!of_usa && att_str_is(homes->host, "USA"))))
        return att_str_is(homes->host, "USA") ? homes->sender : (att_str){ 0 };
    return of_usa || (homes->mentions.data && !att_str_is(homes->mentions, "USA")) ? homes->mentions : homes->elsewhere;
}

/* Step 8: the state for which the document speaks; for a body, else the one in which it is at home, unless a place in its name
 * is elsewhere: "Tokyo Fire Department". */
static att_str by_origin(finder *self, uint32_t index)
{
    if (self->doc->origin.data || at(self, index)->layer != ATT_LAYER_AGENCY) return self->doc->origin;
    const att_str home = by_home(self, index);
    const att_str code = home.data ? state_of_place_in_name(self, index) : (att_str){ 0 };
    const bool elsewhere = code.length && !att_lists_have_text(&self->knowledge->lists, ATT_LIST_NAMESAKES, code);
    return elsewhere && !att_str_equal(code, home) ? (att_str){ 0 } : home;
}

/* "In Tokyo the Ministry said", "Japanese officials and the Ministry": whether the sentence names people of another state, or
 * one that it is in, before the body. */
static bool is_told_abroad(finder *self, uint32_t index, att_str state)
{
    enum { NEAR = 16 };
    static const char *const in[] = { "In", "in" };
    const sentence_facts *facts = att_clues_of(self, index);
    for (uint32_t i = index, steps = 0; i-- > facts->first && steps < NEAR; steps++) {
        const bool nation = is_nation(at(self, i)), people = at(self, i)->layer == ATT_LAYER_DEMONYM;
        if (!nation && at(self, i)->layer != ATT_LAYER_LOCATION) continue;
        const uint32_t first = at(self, i)->tokens.first;
        if (!people && !(first && WORD_IN(self, first - 1, in))) continue;
        if (!att_str_equal(get(self, at(self, i), nation ? ATT_KEY_CODE : ATT_KEY_COUNTRY), state)) return true;
    }
    return false;
}

/* In the turn of a transcript's host. */
static att_str by_host(finder *self, uint32_t index)
{
    const att_str host = att_country_by_host(self, index);
    return host.data && !is_told_abroad(self, index, host) ? host : (att_str){ 0 };
}

static const struct {
    att_country_step step;
    att_str (*find)(finder *self, uint32_t index);
} tries[] = {
    { ATT_BY_NAME, by_name },
    { ATT_BY_ENTRY, by_entry },
    { ATT_BY_OWNER, att_country_by_owner },
    { ATT_BY_LIST, by_heading },
    { ATT_BY_LIST, by_list },
    { ATT_BY_DELEGATION, att_country_by_delegation },
    { ATT_BY_DELEGATION, by_host },
    { ATT_BY_SUBJECT, by_subject },
    { ATT_BY_SENTENCE, by_place },
    { ATT_BY_DELEGATION, by_side },
    { ATT_BY_SENTENCE, by_named_place },
    { ATT_BY_SENTENCE, by_sentence },
    { ATT_BY_SENTENCE, att_country_by_owner_before },
    { ATT_BY_ORIGIN, by_origin },
};
static_assert(sizeof tries / sizeof *tries == ATT_COUNTRY_TRIES, "finder.h counts them");

att_str att_country_try(finder *self, size_t number, uint32_t index, att_country_step *step)
{
    *step = tries[number].step;
    self->source = ATT_NONE;
    return tries[number].find(self, index);
}

const att_code_set *att_countries_named(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    att_code_set *named = att_arena_zero(doc->arena, 1, sizeof *named);
    const att_indexes *nations = &groups->by[ATT_GROUP_NATIONS];
    for (uint32_t k = 0; k < nations->count; k++)
        att_code_set_put(named,
                         att_annotation_get(&doc->annotations.items[nations->items[k]], &knowledge->layers, ATT_KEY_CODE));
    return named;
}

bool att_country_is_named(finder *self, att_str code)
{
    if (!self->named) self->named = att_countries_named(self->knowledge, self->doc, self->groups);
    return att_code_set_has(self->named, code);
}

att_country_finder *att_country_finder_new(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                                           const att_groups *groups)
{
    finder *self = att_arena_zero(doc->arena, 1, sizeof *self);
    self->knowledge = knowledge;
    self->doc = doc;
    self->vocabulary = vocabulary;
    self->groups = groups;
    self->sentence.number = self->earlier.number = ATT_NONE;
    return self;
}

att_str att_country_of(att_country_finder *self, uint32_t index, att_country_step first, att_country_step last)
{
    for (size_t i = 0; i < ATT_COUNTRY_TRIES; i++) {
        if (tries[i].step < first || tries[i].step > last) continue;
        att_str country = tries[i].find(self, index);
        bool sure = tries[i].step < ATT_BY_LIST || att_country_may_be(self, index, country);
        if (country.data && sure) return country;
    }
    return (att_str){ 0 };
}

/* official_country.c - the countries of officials that no words at their place tell. */
#include "resolve/home.h"
#include "resolve/missions.h"
#include "resolve/official_maker.h"

att_str att_officials_country(const record_maker *self, uint32_t person)
{
    if (person == ATT_NONE) return (att_str){ 0 };
    uint32_t i = self->heads[person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = self->backings.items[i].next, seen++)
        if (self->doc->officials.items[i].country.data) return self->doc->officials.items[i].country;
    return (att_str){ 0 };
}

/* The state in whose offices somebody of that person's name is on the document's date, whether or not the text tells so; null
 * where these are several. */
static att_str of_holder_named(const record_maker *self, uint32_t person)
{
    bool now;
    att_str country = att_office_country_of(&self->knowledge->offices, att_coref_bare(self->coref->names.items[person]),
                                            self->doc->date, &now);
    return now || !self->doc->date.length ? country : (att_str){ 0 };
}

/* The country of the person's other posts; else of the one whose spokesman or envoy this person is. */
static att_str of_other_posts(const record_maker *self, const backing *back)
{
    att_str country = att_officials_country(self, back->person);
    if (country.data || back->owner == ATT_NONE) return country;
    country = att_officials_country(self, back->owner);
    if (!country.data && back->person != ATT_NONE && back->owner != back->person) country = of_holder_named(self, back->owner);
    return country;
}

/* Whether the text between two posts is that of a list: names, commas and "and" only. */
static bool is_list(const record_maker *self, att_str text)
{
    enum { LONGEST = 120 };
    if (text.length > LONGEST) return false;
    for (size_t i = 0, end; i < text.length; i = end + 1) {
        for (end = i; end < text.length && !strchr(" ,;\n", text.data[end]);) end++;
        att_str word = att_str_slice(text, i, end);
        bool small = word.length && word.data[0] >= 'a' && word.data[0] <= 'z';
        if (!small || att_str_is(word, "and") || att_str_is(word, "the")) continue;
        if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_PARTICLE, word)) return false;
    }
    return true;
}

/* Whether the two records, one behind the other, are named in one breath: "Deputy Director Roe and spokesman Doe". */
static bool stand_in_list(const record_maker *self, uint32_t record, uint32_t next)
{
    const att_official *items = self->doc->officials.items;
    if (self->backings.items[record].sentence != self->backings.items[next].sentence) return false;
    if (items[record].end > items[next].start) return false;
    return is_list(self, att_str_slice(self->doc->text, items[record].end, items[next].start));
}

/* The country of the post before, where both stand in one list and this one names no body; or the body of several states that
 * was found for that post. */
static att_str of_list(const record_maker *self, uint32_t record, const att_str *found)
{
    const att_official *items = self->doc->officials.items;
    if (!record || items[record].agency.data || !stand_in_list(self, record - 1, record)) return (att_str){ 0 };
    if (items[record - 1].country.data) return items[record - 1].country;
    return att_str_starts(found[record - 1], ATT_STR("IGO:")) ? found[record - 1] : (att_str){ 0 };
}

/* Where the sentence of the record begins. */
static uint32_t sentence_start(const record_maker *self, uint32_t record)
{
    const att_stretch *sentence = &self->doc->sentences.items[self->backings.items[record].sentence];
    return self->doc->tokens.start[sentence->tokens.first];
}

/* "Excellencies, Minister Roe, Ambassador Doe, thank you": an envoy in a list to which somebody speaks at the head of a
 * sentence; the state that the sentence names is the host's or the speaker's. */
static bool is_greeted(const record_maker *self, uint32_t record)
{
    enum { MOST_GREETED = 16 };
    const backing *back = &self->backings.items[record];
    if (back->title == ATT_NONE || !att_lists_have_text(&self->knowledge->lists, ATT_LIST_GUEST, back->core)) return false;
    uint32_t first = record, last = record, count = self->doc->officials.count;
    while (first && record - first < MOST_GREETED && stand_in_list(self, first - 1, first)) first--;
    while (last + 1 < count && last - record < MOST_GREETED && stand_in_list(self, last, last + 1)) last++;
    const uint32_t start = sentence_start(self, first), behind = behind_name(self, last);
    if (first == last || start > self->doc->officials.items[first].start || self->doc->text.data[behind] != ',') return false;
    return is_list(self, att_str_slice(self->doc->text, start, self->doc->officials.items[first].start));
}

/* Whether the text begins with a name and a verb of appointing. */
static bool appoints(const record_maker *self, att_str text)
{
    const char *blank = memchr(text.data, ' ', text.length);
    while (blank) {
        const size_t end = (size_t)(blank - text.data), start = end + 1;
        blank = memchr(text.data + start, ' ', text.length - start);
        const att_str word = att_str_slice(text, start, blank ? (size_t)(blank - text.data) : start);
        if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_APPOINTS, word)) continue;
        att_str name = att_str_slice(text, 0, end);
        if (att_str_ends(name, ATT_STR(" has"))) name.length -= strlen(" has");
        return is_list(self, name);
    }
    return false;
}

/* "King Roe appointed Jane Doe as Minister of Mines": the country of the official who stands before the verb. */
static att_str of_appointer(const record_maker *self, uint32_t record)
{
    enum { NEAR = 12 /* annotations */, LONGEST = 100 /* bytes */ };
    const att_official *official = &self->doc->officials.items[record];
    uint32_t i = att_first_from(self->doc, official->start);
    for (uint32_t steps = 0; i-- > 0 && steps < NEAR; steps++) {
        const att_annotation *before = at(self, i);
        if (before->layer != ATT_LAYER_OFFICIAL || before->end > official->start) continue;
        bool here = att_stretches_at(&self->doc->sentences, before->tokens.first) == self->backings.items[record].sentence;
        if (!here || official->start - before->end > LONGEST) break;
        bool told = appoints(self, att_str_slice(self->doc->text, before->end, official->start));
        return told ? get(self, before, ATT_KEY_COUNTRY) : (att_str){ 0 };
    }
    return (att_str){ 0 };
}

/* The document's title names two states, one of which is `code`: the other one. Null in any other case. */
static att_str other_of_title(const record_maker *self, att_str code)
{
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
    const att_paragraph *title = att_document_title(self->doc);
    const uint32_t title_end = title ? title->end : 0;
    att_str other = { 0 };
    bool named = false;
    for (uint32_t k = 0; k < nations->count && at(self, nations->items[k])->end <= title_end; k++) {
        att_str one = get(self, at(self, nations->items[k]), ATT_KEY_CODE);
        if (att_str_equal(one, code)) named = true;
        else if (!other.data) other = one;
        else if (!att_str_equal(one, other)) return (att_str){ 0 };
    }
    return named ? other : (att_str){ 0 };
}

/* Under a title that names two states, "Minister Roe and Peru's Minister Doe" are one of each: Roe is of the other state. */
static att_str of_pair(const record_maker *self, uint32_t record)
{
    const att_official *items = self->doc->officials.items;
    uint32_t next = record + 1, count = self->doc->annotations.count;
    if (next == self->doc->officials.count || items[next].country.length != CODE_LENGTH) return (att_str){ 0 };
    if (self->backings.items[next].sentence != self->backings.items[record].sentence) return (att_str){ 0 };
    uint32_t title = self->backings.items[next].title;
    if (title == ATT_NONE) return (att_str){ 0 };
    for (uint32_t i = att_first_from(self->doc, items[record].end); i < count && at(self, i)->start < at(self, title)->start;
         i++)
        if (att_is_nation_layer(at(self, i)->layer) && att_str_equal(get(self, at(self, i), ATT_KEY_CODE), items[next].country))
            return other_of_title(self, items[next].country);
    return (att_str){ 0 };
}

/* Where the document is at home. Found at first use, because it depends on the records. */
static const att_homes *homes_of(const record_maker *self, att_homes *homes)
{
    if (!homes->known) *homes = att_homes_of(self->knowledge, self->doc, self->groups);
    return homes;
}

static att_str if_named(const record_maker *self, att_str state)
{
    return att_country_is_named(self->finder, state) ? state : (att_str){ 0 };
}

/* The state in which names of this shape are frequent; or null. */
static att_str of_shape(const record_maker *self, uint32_t person)
{
    uint32_t first = person == ATT_NONE ? (uint32_t)ATT_NONE : self->coref->firsts.items[person];
    return first == ATT_NONE ? (att_str){ 0 } : get(self, at(self, first), ATT_KEY_LIKELY);
}

/* The same, where the document names it. Korean names are of both Koreas: of the one in which the document is at home, else of
 * the one that it names, the South first. */
static att_str likely_of(const record_maker *self, uint32_t person, att_homes *homes)
{
    const att_str likely = of_shape(self, person);
    if (!likely.data) return likely;
    const att_str other = att_lists_meaning(&self->knowledge->lists, ATT_LIST_NAMES_TOO, likely);
    if (!other.data) return if_named(self, likely);
    const att_str home = homes_of(self, homes)->bodies, named = if_named(self, likely);
    if (att_str_equal(home, likely) || att_str_equal(home, other)) return home;
    return named.data ? named : if_named(self, other);
}

/* "Minister Roe met Minister Doe of Chile": the one state in which somebody of Roe's name holds any office. A minister's whole
 * name is enough while he is in office; who may be of the United States, or has only a family name, must have that state in
 * the document, or no places but its own. */
static att_str of_known_name(const record_maker *self, uint32_t record, att_homes *homes)
{
    const backing *back = &self->backings.items[record];
    const att_str name = self->doc->officials.items[record].name;
    if (!name.length || back->title == ATT_NONE) return (att_str){ 0 };
    att_str person = att_coref_fold(self->coref, self->doc->arena, name);
    bool now;
    att_str country = att_office_country_of(&self->knowledge->offices, person, self->doc->date, &now);
    if (!country.length) return (att_str){ 0 };
    bool minister = !att_country_may_be(self->finder, back->title, ATT_STR("USA")), whole = memchr(name.data, ' ', name.length);
    bool named = att_country_is_named(self->finder, country) || att_str_equal(homes_of(self, homes)->places, country);
    return (minister && ((whole && now) || named)) || (whole && named) ? country : (att_str){ 0 };
}

/* Whether a word at or behind the token says what somebody is who serves his people's state: "career diplomat". */
static bool is_career(const record_maker *self, uint32_t token)
{
    enum { WORDS = 2 };
    for (uint32_t next = token; next < token + WORDS && next < self->doc->tokens.count; next++)
        if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_CAREER, surface(self, next))) return true;
    return false;
}

/* The people behind "is a" or "was a" at token `verb`: Polish in "was a former Polish diplomat", not in "is a Polish wine
 * lover", "a Polish-trained lawyer". Null for none. */
static att_str people_behind(const record_maker *self, uint32_t verb)
{
    enum { WORDS_BEFORE = 3 };
    if (verb + 2 >= self->doc->tokens.count || !(is_word(self, verb, "is") || is_word(self, verb, "was")))
        return (att_str){ 0 };
    if (!is_word(self, verb + 1, "a") && !is_word(self, verb + 1, "an")) return (att_str){ 0 };
    const uint32_t from = verb + 2, count = self->doc->annotations.count;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[from]); i < count; i++) {
        if (at(self, i)->tokens.first >= from + WORDS_BEFORE) break;
        if (at(self, i)->layer != ATT_LAYER_DEMONYM) continue;
        const bool whole = self->doc->text.data[at(self, i)->end] != '-';
        return whole && is_career(self, at(self, i)->tokens.last) ? get(self, at(self, i), ATT_KEY_CODE) : (att_str){ 0 };
    }
    return (att_str){ 0 };
}

/* The token behind a name and what is said of it in brackets or between commas: the verb of "Jane Roe (born 1960) is". */
static uint32_t behind_life(const record_maker *self, uint32_t from)
{
    enum { LONGEST_LIFE = 20 };
    const uint32_t count = self->doc->tokens.count;
    const bool bracket = from < count && is_word(self, from, "(");
    if (!bracket && !(from < count && is_word(self, from, ","))) return from;
    for (uint32_t token = from + 1; token < count && token <= from + LONGEST_LIFE; token++)
        if (is_word(self, token, bracket ? ")" : ",")) return token + 1;
    return from;
}

/* "Jane Roe (born 1960) is a Polish diplomat": of whose people the text says that somebody is, near where it first names
 * him. */
static att_str of_people(const record_maker *self, uint32_t person)
{
    enum { MENTIONS = 12 };
    const uint32_t first = person == ATT_NONE ? (uint32_t)ATT_NONE : self->coref->firsts.items[person];
    if (first == ATT_NONE) return (att_str){ 0 };
    for (uint32_t i = first; i < self->doc->annotations.count && i < first + MENTIONS; i++) {
        if (at(self, i)->layer != ATT_LAYER_PERSON) continue;
        if (att_coref_person(self->coref, self->doc->arena, i, (att_str){ 0 }) != person) continue;
        const att_str people = people_behind(self, behind_life(self, at(self, i)->tokens.last));
        if (people.data) return people;
    }
    return (att_str){ 0 };
}

/* The byte behind the name, which stands behind the title or before it, with a comma or a bracket between. */
static uint32_t bearer_end(const record_maker *self, uint32_t record)
{
    enum { FARTHEST = 40 }; /* bytes: the longest name of a state in brackets */
    const att_official *official = &self->doc->officials.items[record];
    const uint32_t behind = behind_name(self, record);
    if (behind > official->end) return behind;
    const uint32_t start = official->start > FARTHEST ? official->start - FARTHEST : 0;
    for (uint32_t i = att_first_from(self->doc, start); i < self->doc->annotations.count; i++) {
        const att_annotation *one = at(self, i);
        if (one->start >= official->start) break;
        const att_str said = att_str_slice(self->doc->text, one->start, one->end);
        if (one->layer == ATT_LAYER_PERSON && att_str_ends(said, official->name)) return one->end;
    }
    return behind;
}

/* A bare title that is said of those of any state: "Minister", "Ambassador". */
static bool is_met_abroad(const record_maker *self, const backing *back)
{
    return back->core.length && att_lists_have_text(&self->knowledge->lists, ATT_LIST_ABROAD, back->core);
}

/* "General Roe of Niger", "Jane Roe (Sweden), Chair of the Committee": the state behind the name itself. Behind a name that
 * stands before its post, "of" tells where somebody comes from. */
static att_str of_bearer(const record_maker *self, uint32_t record)
{
    enum { LONGEST_LINK = 8 }; /* bytes: "), the " */
    const backing *back = &self->backings.items[record];
    const att_official *official = &self->doc->officials.items[record];
    if (back->title == ATT_NONE || !official->name.length || back->envoy) return (att_str){ 0 };
    const uint32_t end = bearer_end(self, record);
    const att_str rest = att_str_slice(self->doc->text, end, (uint32_t)self->doc->text.length);
    const bool bracket = att_str_starts(rest, ATT_STR(" ("));
    if (!bracket && !(end > official->end && att_str_starts(rest, ATT_STR(" of ")))) return (att_str){ 0 };
    const bool article = att_str_starts(rest, ATT_STR(" of the "));
    const uint32_t start = end + (bracket ? 2 : (uint32_t)strlen(article ? " of the " : " of "));
    for (uint32_t i = att_first_from(self->doc, start); i < self->doc->annotations.count && at(self, i)->start == start; i++) {
        if (at(self, i)->layer == ATT_LAYER_ORG) break; /* "of Japan Airlines" */
        if (at(self, i)->layer != ATT_LAYER_COUNTRY) continue;
        const uint32_t close = at(self, i)->end;
        if (bracket && self->doc->text.data[close] != ')') continue;
        if (official->start > close + LONGEST_LINK) continue;
        return get(self, at(self, i), ATT_KEY_CODE);
    }
    return (att_str){ 0 };
}

/* "General Roe joined the talks": the state of the one of that name who is known to lead soldiers; a rank says no more. A
 * family name that is common everywhere says nothing. */
static att_str of_known_soldier(const record_maker *self, uint32_t record)
{
    const backing *back = &self->backings.items[record];
    const att_str name = self->doc->officials.items[record].name;
    if (!name.length || back->title == ATT_NONE || !back->rank) return (att_str){ 0 };
    const att_str person = att_coref_fold(self->coref, self->doc->arena, name);
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_COMMON_FAMILY, person)) return (att_str){ 0 };
    return att_office_country_of_soldier(&self->knowledge->offices, person, self->doc->date);
}

/* "I met Minister Roe and Ambassador Doe": the one state in which somebody of that name holds such a post, whoever speaks. A
 * family name that is common everywhere says nothing. */
static att_str of_known_kind(const record_maker *self, uint32_t record)
{
    const backing *back = &self->backings.items[record];
    const att_str name = self->doc->officials.items[record].name;
    if (!name.length || back->title == ATT_NONE || !is_met_abroad(self, back)) return (att_str){ 0 };
    const att_str person = att_coref_fold(self->coref, self->doc->arena, name);
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_COMMON_FAMILY, person)) return (att_str){ 0 };
    return att_office_country_by_word(&self->knowledge->offices, person, back->core, self->doc->date);
}

/* "IGO:" and the code of the body of several states that was named last before the record, in the same paragraph; or null. */
static att_str of_igo_before(const record_maker *self, uint32_t record)
{
    const att_official *official = &self->doc->officials.items[record];
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    uint32_t title = self->backings.items[record].title, steps = 0;
    if (title == ATT_NONE) return (att_str){ 0 };
    uint32_t k = att_indexes_before(bodies, att_first_from(self->doc, official->start));
    for (; k-- > 0 && steps < BODIES_SEARCHED; steps++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (paragraph_of(self, body) != paragraph_of(self, at(self, title))) break;
        if (body->layer == ATT_LAYER_IGO && body->end <= official->start) return country_of_body(self, body);
    }
    return (att_str){ 0 };
}

/* "Anti-Corruption Commission Commissioner Roe": whether the post names its body, which is known of a state. */
static bool is_of_state_by_body(const record_maker *self, const backing *back)
{
    if (back->body == ATT_NONE || at(self, back->body)->layer != ATT_LAYER_AGENCY) return false;
    return at(self, back->body)->entry != ATT_NONE && country_of_body(self, at(self, back->body)).length == CODE_LENGTH;
}

/* "Deputy Secretary General", "Force Commander": the body of several states that an official before belongs to, else the one
 * that the paragraph names. A document at home in the United States may mean an envoy of theirs, but no judge; there, only the
 * officials before count. */
static att_str of_body_before(const record_maker *self, uint32_t record, att_homes *homes)
{
    const backing *back = &self->backings.items[record];
    if (!back->envoy || is_of_state_by_body(self, back)) return (att_str){ 0 };
    for (uint32_t i = record, steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++)
        if (att_str_starts(self->doc->officials.items[i].country, ATT_STR("IGO:")))
            return self->doc->officials.items[i].country;
    const bool may_be_envoy = !att_officials_of_court(self, back);
    return may_be_envoy && att_str_is(homes_of(self, homes)->bodies, "USA") ? (att_str){ 0 } : of_igo_before(self, record);
}

/* The body of several states with which a document begins, and where it names another body first. */
typedef struct {
    bool known;
    att_str country; /* "IGO:" and its code; or null */
    uint32_t from, to;
} body_of_all;

/* Whether the document tells of itself whose body this is, rather than where it is at home. */
static bool is_told(const att_annotation *body)
{
    return body->layer == ATT_LAYER_IGO || (body->country_by && body->country_by <= ATT_BY_OWNER);
}

/* Whether the body is named as one that takes part or is thanked: the Union, the United Nations, a government. */
static bool is_guest(const record_maker *self, const att_annotation *body, att_str country)
{
    const att_str of_several = ATT_STR("IGO:");
    if (att_str_starts(country, of_several)
        && att_lists_have_text(&self->knowledge->lists, ATT_LIST_AT_MEETINGS,
                               att_str_slice(country, of_several.length, country.length)))
        return true;
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_GOVERNMENT, surface(self, body->tokens.first));
}

static body_of_all find_body_of_all(const record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    body_of_all found = { .known = true, .to = (uint32_t)self->doc->text.length };
    for (uint32_t k = 0; k < bodies->count && found.to == self->doc->text.length; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (!is_told(body)) continue;
        const att_str country = country_of_body(self, body);
        if (!found.country.data && !att_str_starts(country, ATT_STR("IGO:"))) break;
        if (!found.country.data) found.country = country, found.from = body->end;
        else if (!att_str_equal(country, found.country) && !is_guest(self, body, country)) found.to = body->start;
    }
    return found;
}

/* "LIMA - The Tuna Commission met. The Executive Secretary, Jane Roe, spoke.": a post of the body of which alone the text has
 * told so far is that body's, wherever it meets. */
static att_str of_body_of_all(const record_maker *self, uint32_t record, body_of_all *found)
{
    const att_official *official = &self->doc->officials.items[record];
    const backing *back = &self->backings.items[record];
    if (back->title == ATT_NONE || self->doc->origin.data || (back->body != ATT_NONE && is_told(at(self, back->body))))
        return (att_str){ 0 };
    if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_OF_ALL, back->core)) return (att_str){ 0 };
    if (!found->known) *found = find_body_of_all(self);
    const uint32_t start = at(self, back->title)->start;
    const bool capital = self->doc->tokens.flags[at(self, back->title)->tokens.first] & ATT_FLAG_CAPITAL;
    return capital && official->name.length && start >= found->from && start < found->to ? found->country : (att_str){ 0 };
}

/* Posts of those who work for an official: "Deputy Director General", "spokesman". */
static bool is_staff(const record_maker *self, const backing *back)
{
    return att_lists_have_start(&self->knowledge->lists, ATT_LIST_STAFF, back->core);
}

/* "WHO chief Roe met Chile's Minister Doe. Deputy Director Lind came.": the body of several states whose official is the first
 * of the sentence before, in the paragraph; where the document is firmly at home, its staff may be meant. */
static att_str of_chief_before(const record_maker *self, uint32_t record, att_homes *homes)
{
    const att_official *items = self->doc->officials.items;
    const backing *backs = self->backings.items, *back = &backs[record];
    if (back->title == ATT_NONE || !is_staff(self, back)) return (att_str){ 0 };
    uint32_t i = record;
    while (i && record - i < BODIES_SEARCHED && stand_in_list(self, i - 1, i) && !items[i - 1].country.data) i--;
    if (!i || backs[i - 1].sentence == back->sentence || backs[i - 1].title == ATT_NONE) return (att_str){ 0 };
    if (paragraph_of(self, at(self, backs[i - 1].title)) != paragraph_of(self, at(self, back->title))) return (att_str){ 0 };
    for (i--; i && record - i < BODIES_SEARCHED && backs[i - 1].sentence == backs[i].sentence;) i--;
    bool of_body = att_str_starts(items[i].country, ATT_STR("IGO:"));
    return of_body && !homes_of(self, homes)->firm.data ? items[i].country : (att_str){ 0 };
}

/* Whether the annotation is another state, a place of one or a body of one. */
static bool is_of_another(const record_maker *self, uint32_t index, att_str state)
{
    const att_annotation *one = at(self, index);
    const att_str code = get(self, one, att_is_nation_layer(one->layer) ? ATT_KEY_CODE : ATT_KEY_COUNTRY);
    return one->layer != ATT_LAYER_OFFICIAL && code.length && !att_str_equal(code, state);
}

/* Whether the record's sentence names one: "In London, Deputy Governor Doe said". */
static bool names_another(const record_maker *self, uint32_t record, att_str state)
{
    const backing *back = &self->backings.items[record];
    const att_token_range sentence = self->doc->sentences.items[back->sentence].tokens;
    for (uint32_t i = back->title; i < self->doc->annotations.count && at(self, i)->tokens.first < sentence.last; i++)
        if (is_of_another(self, i, state)) return true;
    for (uint32_t i = back->title; i-- > 0 && at(self, i)->tokens.first >= sentence.first;)
        if (is_of_another(self, i, state)) return true;
    return false;
}

/* "RBA Governor Roe spoke. Deputy Governor Doe came.": the state of the head of a body whose post the sentence before names
 * first and whose deputy the record is; or null. */
static att_str of_head_before(const record_maker *self, uint32_t record)
{
    const att_official *items = self->doc->officials.items;
    const backing *backs = self->backings.items, *back = &backs[record];
    if (!record || back->title == ATT_NONE || items[record].agency.data) return (att_str){ 0 };
    uint32_t i = record - 1;
    if (backs[i].title == ATT_NONE || backs[i].sentence + 1 != back->sentence || !backs[i].core.length) return (att_str){ 0 };
    while (i && record - i < BODIES_SEARCHED && backs[i - 1].sentence == backs[i].sentence) i--;
    if (!items[i].agency.data || paragraph_of(self, at(self, backs[i].title)) != paragraph_of(self, at(self, back->title)))
        return (att_str){ 0 };
    if (back->core.length <= backs[i].core.length || !att_str_ends(back->core, backs[i].core)) return (att_str){ 0 };
    const att_str rest = att_str_slice(back->core, 0, back->core.length - backs[i].core.length);
    if (!att_str_is(rest, "deputy ") && !att_str_is(rest, "senior deputy ")) return (att_str){ 0 };
    return names_another(self, record, items[i].country) ? (att_str){ 0 } : items[i].country;
}

/* Whether the title says that its holder is sent to the state or works on it: an "Ambassador to Niger" is not of Niger, nor is
 * a "Director for Niger Affairs". The name of a body says nothing: "Minister responsible for the Niger Water Agency". */
static bool is_sent_to(const record_maker *self, uint32_t title, att_str code)
{
    static const char *const links[] = { "to", "for", "on", NULL };
    if (title == ATT_NONE) return false;
    uint32_t end = at(self, title)->end, to = at(self, title)->tokens.first, body = 0;
    while (to < at(self, title)->tokens.last && !att_str_is_any(surface(self, to), links)) to++;
    for (uint32_t i = title + 1; i < self->doc->annotations.count && at(self, i)->start < end; i++) {
        if (at(self, i)->layer == ATT_LAYER_AGENCY) body = at(self, i)->end;
        if (att_is_nation_layer(at(self, i)->layer) && at(self, i)->tokens.first > to && at(self, i)->end > body
            && att_str_equal(get(self, at(self, i), ATT_KEY_CODE), code))
            return true;
    }
    return false;
}

/* The same for any post of the person: "Ambassador Roe, our Special Envoy for Niger". */
static bool is_sent_somehow_to(const record_maker *self, uint32_t record, att_str code)
{
    const backing *items = self->backings.items;
    uint32_t i = items[record].person == ATT_NONE ? record : self->heads[items[record].person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = items[i].next, seen++)
        if (is_sent_to(self, items[i].title, code)) return true;
    return false;
}

/* Whether the post may be one of the United States. They have no ministers, and their presidents are known, but not those of
 * their bodies: "Senate President Roe". */
static bool may_be_of_usa(const record_maker *self, uint32_t record)
{
    const backing *back = &self->backings.items[record];
    if (!att_country_may_be(self->finder, back->title, ATT_STR("USA"))) return false;
    if (!att_str_is(back->core, "president") && !att_str_is(back->core, "vice president")) return true;
    if (back->body != ATT_NONE && att_str_is(get(self, at(self, back->body), ATT_KEY_COUNTRY), "USA")) return true;
    const att_official *official = &self->doc->officials.items[record];
    att_str person = att_coref_fold(self->coref, self->doc->arena, official->name);
    att_title title = read_title(self, official->title);
    return att_office_find_in(&self->knowledge->offices, &title, person, self->doc, ATT_STR("USA")) != ATT_NONE;
}

/* "visited Cyprus", "met the Turkish ambassador": whether the word before the state is a small one that does not join it to
 * what stands before, as "said" and "of" do. What has an ending of possession, "opened Peru's mine", is likelier at home. */
static bool is_object(const record_maker *self, const att_annotation *nation)
{
    static const char *const joins[] = { "said", "says", "saying", "that", "of", "for", "in", "by", "across", "and" };
    uint32_t before = nation->tokens.first, next = nation->tokens.last;
    if (before > 1 && att_str_is(surface(self, before - 1), "the")) before--;
    uint32_t flags = before ? self->doc->tokens.flags[before - 1] : 0;
    if (!(flags & ATT_FLAG_SMALL) || flags & ATT_FLAG_CAPITAL) return false;
    if (next < self->doc->tokens.count && self->doc->tokens.flags[next] & ATT_FLAG_POSS) return false;
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (att_str_is(surface(self, before - 1), joins[i])) return false;
    return true;
}

/* "Minister Roe visited Cyprus": the state is named in his sentence behind him, and everywhere as whom one deals with. */
static bool is_only_dealt_with(const record_maker *self, uint32_t record, att_str code)
{
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
    bool here = false;
    for (uint32_t k = 0; k < nations->count; k++) {
        const att_annotation *nation = at(self, nations->items[k]);
        if (!att_str_equal(get(self, nation, ATT_KEY_CODE), code)) continue;
        if (nation->start < self->doc->officials.items[record].end || !is_object(self, nation)) return false;
        here |= att_stretches_at(&self->doc->sentences, nation->tokens.first) == self->backings.items[record].sentence;
    }
    return here;
}

/* "Ambassador Roe called on Kenya's Minister Otieno": whether an official of the state, with its name before his title, stands
 * behind the record in its sentence and words that make no list between. */
static bool is_host(const record_maker *self, uint32_t record, att_str code)
{
    enum { FARTHEST = 16 }; /* records */
    const att_officials *all = &self->doc->officials;
    for (uint32_t i = record + 1; i < all->count && i - record <= FARTHEST; i++) {
        const uint32_t title = self->backings.items[i].title;
        if (self->backings.items[i].sentence != self->backings.items[record].sentence) return false;
        if (title == ATT_NONE || !att_str_equal(all->items[i].country, code)) continue;
        if (is_list(self, att_str_slice(self->doc->text, all->items[record].end, all->items[i].start))) continue;
        att_country_step step = ATT_BY_OWNER;
        if (att_country_of(self->finder, title, ATT_BY_NAME, step).data) return true;
    }
    return false;
}

/* "The Ministry summoned Ambassador Roe": whether such a verb stands before the bare title. */
static bool is_received(const record_maker *self, const backing *back)
{
    const uint32_t first = at(self, back->title)->tokens.first;
    if (!first || !is_met_abroad(self, back)) return false;
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_RECEIVES, surface(self, first - 1));
}

/* Whether the text goes on with that at the byte, and with a colon behind it. */
static bool is_label(const record_maker *self, size_t start, att_str label)
{
    const att_str text = self->doc->text;
    const size_t end = start + label.length;
    return end < text.length && text.data[end] == ':' && att_str_equal(att_str_slice(text, start, end), label);
}

/* "SEC. ROE: China must agree", "Jane Roe, Spokesperson for Trade: Peru wrote": whether it is the official's turn to speak, who
 * tells of other states than the own one. */
static bool takes_turn(const record_maker *self, uint32_t record)
{
    const att_official *official = &self->doc->officials.items[record];
    if (self->backings.items[record].title == ATT_NONE || !official->name.length) return false;
    const att_annotation *title = at(self, self->backings.items[record].title);
    const uint32_t line = self->doc->paragraphs.items[paragraph_of(self, title)].start;
    if (line == title->start) return is_label(self, title->end + 1, official->name);
    const size_t comma = line + official->name.length;
    if (comma + 2 != title->start || self->doc->text.data[comma] != ',') return false;
    return title->end < self->doc->text.length && self->doc->text.data[title->end] == ':';
}

/* Whether one of the last of these before annotation `index` has the code. */
static bool is_among_last(const record_maker *self, const att_indexes *list, att_key key, uint32_t index, att_str code)
{
    enum { NEAR = 64 };
    uint32_t k = att_indexes_before(list, index);
    for (uint32_t steps = 0; k-- > 0 && steps < NEAR; steps++)
        if (att_str_equal(get(self, at(self, list->items[k]), key), code)) return true;
    return false;
}

/* Whether the state, or a place of it, is among those that are named near before the byte. */
static bool is_named_before(const record_maker *self, att_str code, uint32_t start)
{
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS], *places = &self->groups->by[ATT_GROUP_PLACES];
    const uint32_t index = att_first_from(self->doc, start);
    return is_among_last(self, nations, ATT_KEY_CODE, index, code) || is_among_last(self, places, ATT_KEY_COUNTRY, index, code);
}

/* "Director-General Roe met Jane Doe, Deputy Minister of Mines of Chile": whether the next official of the sentence, behind a
 * word for meeting, is the first that the text has of the state. */
static bool is_met_by(const record_maker *self, uint32_t record, att_str code)
{
    enum { FARTHEST = 24 }; /* words to the verb */
    const att_officials *all = &self->doc->officials;
    const backing *back = &self->backings.items[record];
    if (!code.length || record + 1 == all->count || back->title == ATT_NONE || all->items[record].agency_id.length)
        return false;
    if (self->backings.items[record + 1].sentence != back->sentence) return false;
    if (!att_str_equal(all->items[record + 1].country, code)) return false;
    const uint32_t from = at(self, back->title)->tokens.last, next = all->items[record + 1].start;
    bool met = false;
    for (uint32_t token = from; !met && token - from < FARTHEST && token < self->doc->tokens.count; token++) {
        if (self->doc->tokens.start[token] >= next) break;
        met = att_lists_have_text(&self->knowledge->lists, ATT_LIST_MEETS, surface(self, token));
    }
    return met && !is_named_before(self, code, all->items[record].start);
}

/* On the page of a mission: who serves there is of its state, ministers and posts of towns are the host's, and who deals with
 * foreign states may be either's. */
static att_str of_home_at_mission(const record_maker *self, const backing *back, const att_homes *found)
{
    if (back->title == ATT_NONE || back->rank) return (att_str){ 0 };
    const att_annotation *title = at(self, back->title);
    const att_str words = att_str_slice(self->doc->text, title->start, title->end);
    if (att_is_post_at_mission(self->knowledge, words)) return found->sender;
    for (uint32_t token = title->tokens.first; token < title->tokens.last; token++)
        if (is_word(self, token, "Foreign") || is_word(self, token, "foreign")) return (att_str){ 0 };
    const bool minister = !att_country_may_be(self->finder, back->title, ATT_STR("USA"));
    if (att_str_is(found->host, "USA")) return minister ? (att_str){ 0 } : found->host;
    return minister || att_officials_of_town(self, back) ? found->host : (att_str){ 0 };
}

/* "My ambassador, Jane Roe": of the writer's state, which need not be the one of which he writes. */
static bool is_writers_envoy(const record_maker *self, const backing *back)
{
    const uint32_t first = at(self, back->title)->tokens.first;
    return first && (is_word(self, first - 1, "My") || is_word(self, first - 1, "my"));
}

static att_str of_home(const record_maker *self, uint32_t record, const att_homes *found)
{
    const backing *back = &self->backings.items[record];
    att_str home = att_homes_at(found, self->doc->officials.items[record].start);
    bool envoy = back->title != ATT_NONE && att_country_is_envoy(self->finder, back->title);
    if (!home.data) home = back->rank || takes_turn(self, record) ? found->bodies : found->mentions;
    if (home.data && att_str_equal(home, found->host)) return of_home_at_mission(self, back, found);
    bool of_usa = may_be_of_usa(self, record);
    bool minister = !att_country_may_be(self->finder, back->title, ATT_STR("USA"));
    if (!of_usa && (home.data ? att_str_is(home, "USA") : minister)) home = found->elsewhere;
    if (back->rank && home.data && !att_str_is(home, "USA") && att_officials_with_forces(self, record, home))
        return (att_str){ 0 };
    bool dealt = !att_str_equal(home, found->firm) && is_only_dealt_with(self, record, home);
    bool guest = envoy && home.data && (is_host(self, record, home) || is_received(self, back) || is_writers_envoy(self, back));
    const bool met = !self->doc->origin.data && is_met_by(self, record, home);
    return dealt || guest || met || is_sent_somehow_to(self, record, home) ? (att_str){ 0 } : home;
}

/* "Mayor Roe spoke in Leeds": the only state of which the document names anything. */
static att_str of_only_state(const record_maker *self, uint32_t record, const att_homes *found)
{
    const backing *back = &self->backings.items[record];
    if (!att_officials_of_town(self, back)) return (att_str){ 0 };
    return att_str_is(found->only, "USA") && !may_be_of_usa(self, record) ? (att_str){ 0 } : found->only;
}

/* Whether the list, codes with a blank between, has the code. */
static bool has_code(att_str codes, att_str code)
{
    for (size_t i = 0; i + CODE_LENGTH <= codes.length; i += CODE_LENGTH + 1)
        if (att_str_equal(att_str_slice(codes, i, i + CODE_LENGTH), code)) return true;
    return false;
}

/* Whether a body of several states is the likeliest, so that nothing of the person's posts in a state counts. */
static bool likely_of_body(const backing *back)
{
    return att_str_starts(back->likely, ATT_STR("IGO:"));
}

/* Of the states that have a post of this name the one in which the document is at home or was written, else the likeliest;
 * instead of that, where nothing names it, the one whose places alone the document names; or which it names most, but not
 * instead of the United States, whose senators and secretaries speak of other states without naming their own. */
static att_str of_likely(const record_maker *self, const backing *back, const att_homes *found)
{
    if (!back->likely.data || likely_of_body(back)) return back->likely;
    att_str first = att_str_slice(back->likely, 0, CODE_LENGTH);
    if (has_code(back->likely, found->bodies)) return found->bodies;
    if (!found->bodies.data && has_code(back->likely, found->town)) return found->town;
    att_str other = found->mentions.data && !att_str_is(first, "USA") ? found->mentions : found->places;
    return has_code(back->likely, other) && !att_country_is_named(self->finder, first) ? other : first;
}

/* Takes the office away from one whom it knows by a family name alone, where its state is not named and the document is at
 * home in another one that has such posts: "Senator Lee" of Manila. */
static void drop_namesake(const record_maker *self, uint32_t record, att_homes *homes)
{
    att_official *official = &self->doc->officials.items[record];
    backing *back = &self->backings.items[record];
    if (back->office == ATT_NONE || !official->name.length) return;
    if (memchr(official->name.data, ' ', official->name.length)) return;
    const att_office *office = office_at(self, back->office);
    if (!att_str_equal(official->country, office->country) || att_country_is_named(self->finder, office->country)) return;
    att_str home = homes_of(self, homes)->bodies;
    if (att_str_equal(home, office->country) || !has_code(back->likely, home)) return;
    if (att_str_equal(official->agency_id, office->agency)) official->agency_id = (att_str){ 0 };
    official->country = official->office = (att_str){ 0 };
    back->office = ATT_NONE;
}

/* "Brazilian Minister Roe, President-elect Doe, and Senator Poe": the state before the list, for a post that it has too and
 * whose bearer is no known one. */
static att_str of_list_abroad(const record_maker *self, uint32_t record)
{
    const backing *back = &self->backings.items[record];
    if (back->office != ATT_NONE || !att_str_starts(back->likely, ATT_STR("USA"))) return (att_str){ 0 };
    for (uint32_t i = record, steps = 0; i > 0 && steps < BODIES_SEARCHED && stand_in_list(self, i - 1, i); i--, steps++) {
        const att_str country = self->doc->officials.items[i - 1].country;
        const uint32_t title = self->backings.items[i - 1].title;
        if (!country.data) continue;
        const bool envoy = title != ATT_NONE && att_country_is_envoy(self->finder, title);
        return envoy || !has_code(back->likely, country) ? (att_str){ 0 } : country;
    }
    return (att_str){ 0 };
}

/* "Senator Roe said Australia would act": of the states with such a post the only one that the document names in which somebody
 * of that name is or was a minister, where none of that name has the post in the United States. */
static att_str of_named_likely(const record_maker *self, uint32_t record, att_homes *homes)
{
    const backing *back = &self->backings.items[record];
    const att_str name = self->doc->officials.items[record].name;
    if (back->office != ATT_NONE || !name.length || !att_str_is(back->core, "senator")) return (att_str){ 0 };
    const uint32_t start = back->title == ATT_NONE ? 0 : at(self, back->title)->start;
    const att_str dateline = att_homes_at(homes_of(self, homes), start);
    if (!att_str_starts(back->likely, ATT_STR("USA")) || att_str_is(dateline, "USA")) return (att_str){ 0 };
    const att_str person = att_coref_fold(self->coref, self->doc->arena, name);
    const att_offices *offices = &self->knowledge->offices;
    if (att_office_has_holder(offices, person, ATT_STR("USA"), back->core)) return (att_str){ 0 };
    const att_str minister = ATT_STR("minister");
    att_str only = { 0 };
    for (size_t i = CODE_LENGTH + 1; i + CODE_LENGTH <= back->likely.length; i += CODE_LENGTH + 1) {
        const att_str code = att_str_slice(back->likely, i, i + CODE_LENGTH);
        if (!att_country_is_named(self->finder, code) || !att_office_has_holder(offices, person, code, minister)) continue;
        if (only.data) return (att_str){ 0 };
        only = code;
    }
    return only;
}

/* Posts that only some states have are settled first, because they tell the country of the person's other posts. */
static void fill_likely(const record_maker *self, att_homes *homes)
{
    att_official *records = self->doc->officials.items;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const backing *back = &self->backings.items[i];
        if (!back->likely.data) continue;
        drop_namesake(self, i, homes);
        if (records[i].country.data) continue;
        const att_homes *found = homes_of(self, homes);
        if (likely_of_body(back)) records[i].country = of_body_before(self, i, homes);
        else records[i].country = of_other_posts(self, back);
        fill_empty(&records[i].country, of_list_abroad(self, i));
        if (!likely_of_body(back)) fill_empty(&records[i].country, likely_of(self, back->person, homes));
        if (back->title != ATT_NONE) fill_empty(&records[i].country, att_country_by_delegation(self->finder, back->title));
        const att_str shape = of_shape(self, back->person);
        if (shape.data && has_code(back->likely, shape)) fill_empty(&records[i].country, shape);
        if (!likely_of_body(back)) fill_empty(&records[i].country, of_named_likely(self, i, homes));
        fill_empty(&records[i].country, of_likely(self, back, found));
    }
}

/* "President Roe of Peru left. Jane Doe, head of the Office of the President, stayed.": that president's state, for a body that
 * kingdoms have not. */
static att_str of_president_before(const record_maker *self, uint32_t record)
{
    for (uint32_t i = record, steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++)
        if (att_str_is(self->backings.items[i].core, "president"))
            return att_country_may_be(self->finder, self->backings.items[record].body, self->doc->officials.items[i].country)
                       ? self->doc->officials.items[i].country
                       : (att_str){ 0 };
    return (att_str){ 0 };
}

/* The state, unless it cannot have the record's body: a minister's in the United States, a president's in a kingdom. */
static att_str if_it_has_body(const record_maker *self, uint32_t record, att_str country)
{
    const uint32_t body = self->backings.items[record].body;
    if (body == ATT_NONE || att_country_may_be(self->finder, body, country)) return country;
    return att_str_is(country, "USA") ? (att_str){ 0 } : of_president_before(self, record);
}

/* An ambassador to a state is not of it, whatever else he was. */
static bool is_envoy_to(const record_maker *self, uint32_t title, att_str code)
{
    return title != ATT_NONE && att_country_is_envoy(self->finder, title) && is_sent_to(self, title, code);
}

/* A body of several states that the text tells of beside the record. */
static att_str of_body_beside(const record_maker *self, uint32_t record, att_homes *homes, body_of_all *body)
{
    att_str country = of_body_before(self, record, homes);
    fill_empty(&country, of_chief_before(self, record, homes));
    fill_empty(&country, of_body_of_all(self, record, body));
    return country;
}

/* "NASA Administrator Roe and XYZ Director General Doe": whether letters that nothing knows stand before the title, behind an
 * official of a body in the same list: of a body of its own, of which the other says nothing. Only where the document is at
 * home may tell, if that is not the United States, whose bodies are known. */
static bool is_of_unread(const record_maker *self, uint32_t record)
{
    enum { SHORTEST = 3, LONGEST = 6, NEAR = 8 };
    const backing *back = &self->backings.items[record];
    if (!record || back->title == ATT_NONE || self->doc->officials.items[record].agency.data) return false;
    if (!self->doc->officials.items[record - 1].agency.data || !stand_in_list(self, record - 1, record)) return false;
    const uint32_t first = at(self, back->title)->tokens.first;
    if (!first) return false;
    const att_str letters = surface(self, first - 1);
    const uint32_t capitals = self->doc->tokens.flags[first - 1] & (ATT_FLAG_CAPITAL | ATT_FLAG_SMALL | ATT_FLAG_CAPITAL_LINE);
    if (capitals != ATT_FLAG_CAPITAL || letters.length < SHORTEST || letters.length > LONGEST) return false;
    for (size_t i = 0; i < letters.length; i++)
        if (letters.data[i] < 'A' || letters.data[i] > 'Z') return false;
    for (uint32_t i = back->title, steps = 0; i-- > 0 && steps < NEAR; steps++)
        if (at(self, i)->tokens.last >= first) return false;
    return true;
}

/* "Judges Roe, Doe and Poe" of a court of several states: that of the judge before. */
static att_str of_bench(const record_maker *self, uint32_t record, const att_str *found)
{
    const backing *back = &self->backings.items[record];
    if (!record || !back->plural || back[-1].title != back->title || !att_officials_of_court(self, back)) return (att_str){ 0 };
    return att_str_starts(found[record - 1], ATT_STR("IGO:")) ? found[record - 1] : (att_str){ 0 };
}

/* That of the body in the title for which the holder answers: "Minister responsible for the Lima Water Agency". */
static att_str of_body_in_title(const record_maker *self, const backing *back)
{
    if (back->title == ATT_NONE) return (att_str){ 0 };
    const uint32_t end = at(self, back->title)->end;
    for (uint32_t i = back->title + 1; i < self->doc->annotations.count && at(self, i)->start < end; i++) {
        if (at(self, i)->layer != ATT_LAYER_AGENCY || at(self, i)->end > end) continue;
        const att_str country = get(self, at(self, i), ATT_KEY_COUNTRY);
        return is_sent_to(self, back->title, country) ? (att_str){ 0 } : country;
    }
    return (att_str){ 0 };
}

void att_officials_fill_countries(const record_maker *self)
{
    att_official *records = self->doc->officials.items;
    att_str *found = att_arena_zero(self->doc->arena, self->doc->officials.count + 1, sizeof *found);
    att_homes homes = { 0 };
    body_of_all body = { 0 };
    fill_likely(self, &homes);
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const backing *back = &self->backings.items[i];
        if (records[i].country.data) continue;
        if (back->of_state) found[i] = of_people(self, back->person);
        fill_empty(&found[i], of_bench(self, i, found));
        fill_empty(&found[i], of_other_posts(self, back));
        fill_empty(&found[i], of_appointer(self, i));
        fill_empty(&found[i], of_body_in_title(self, back));
        const bool unread = is_of_unread(self, i);
        if (!unread) fill_empty(&found[i], of_body_beside(self, i, &homes, &body));
        fill_empty(&found[i], of_bearer(self, i));
        fill_empty(&found[i], of_head_before(self, i));
        fill_empty(&found[i], of_known_name(self, i, &homes));
        fill_empty(&found[i], of_known_soldier(self, i));
        fill_empty(&found[i], of_people(self, back->person));
        fill_empty(&found[i], of_known_kind(self, i));
        if (!found[i].data && is_greeted(self, i)) continue;
        fill_empty(&found[i], likely_of(self, back->person, &homes));
        if (!unread) fill_empty(&found[i], of_list(self, i, found));
        fill_empty(&found[i], of_pair(self, i));
        fill_empty(&found[i], back->guess);
        if (att_str_is(found[i], "USA") && !may_be_of_usa(self, i)) found[i] = (att_str){ 0 };
        if (is_sent_somehow_to(self, i, found[i])) found[i] = (att_str){ 0 };
        fill_empty(&found[i], att_officials_local_body(self, back));
        fill_empty(&found[i], att_officials_court_beside(self, i));
        fill_empty(&found[i], att_officials_force_before(self, i));
        if (found[i].data) continue;
        found[i] = of_home(self, i, homes_of(self, &homes));
        fill_empty(&found[i], of_only_state(self, i, homes_of(self, &homes)));
        if (unread && att_str_is(found[i], "USA")) found[i] = (att_str){ 0 };
    }
    for (uint32_t i = 0; i < self->doc->officials.count; i++)
        if (found[i].data) fill_empty(&records[i].country, if_it_has_body(self, i, found[i]));
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_str other = of_other_posts(self, &self->backings.items[i]);
        if (!is_envoy_to(self, self->backings.items[i].title, other)) fill_empty(&records[i].country, other);
    }
}

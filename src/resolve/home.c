#include "resolve/home.h"

#include <string.h>

#include "resolve/codes.h"
#include "resolve/missions.h"

enum { ANY_LEAD = 10, CLEAR_LEAD = 15 }; /* tenths */
enum { FIRM = 6 };                       /* votes: two officials, three bodies */
enum { OF_DATELINE = 20 };               /* votes: a place or a sign-off in it */

typedef struct {
    bool mentions;   /* the states that it names count too */
    uint32_t tenths; /* of the next one's votes that the first one must have */
    uint32_t least;  /* votes that it must have */
    att_str except;  /* never this one, and those in the title count more; may be null */
} home_rule;

/* What speaks for a state. */
typedef struct {
    bool state;        /* false for what is none, which has no votes */
    uint32_t bodies;   /* officials, bodies and the dateline */
    uint32_t mentions; /* its names */
    uint32_t titled;   /* those of them in the title */
} votes;

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    uint32_t title_end; /* byte; 0 when there is no title */
    att_codes codes;
    struct {
        votes *items;
        uint32_t count, capacity;
    } votes; /* by code */
    att_datelines datelines;
    att_str town;  /* the state of the first dateline whose town no entry has; or null */
    uint32_t zone; /* the first that does not end before the annotation asked for last */
    att_mission mission;
    uint32_t of_mission; /* votes of its bodies and envoys */
} tally;

/* NULL for what is no state. */
static votes *votes_of(tally *self, att_str code)
{
    if (!code.length) return NULL;
    uint32_t number = att_codes_add(&self->codes, code);
    if (number == self->votes.count) {
        ATT_RESERVE(self->doc->arena, &self->votes, 1);
        self->votes.items[self->votes.count++] = (votes){ .state = !memchr(code.data, ':', code.length) };
    }
    return self->votes.items[number].state ? &self->votes.items[number] : NULL;
}

static void count_body(tally *self, att_str code, uint32_t weight)
{
    votes *state = votes_of(self, code);
    if (state) state->bodies += weight;
}

static void count_mention(tally *self, att_str code, bool titled)
{
    votes *state = votes_of(self, code);
    if (!state) return;
    state->mentions++;
    state->titled += titled;
}

/* Zones stand in text order; annotations are asked for in it. */
static bool in_zone(tally *self, const att_annotation *annotation)
{
    const att_zone *zones = self->doc->zones.items;
    uint32_t count = self->doc->zones.count;
    while (self->zone < count && zones[self->zone].end <= annotation->start) self->zone++;
    for (uint32_t i = self->zone; i < count && zones[i].start <= annotation->start; i++)
        if (zones[i].kind == ATT_ZONE_DATELINE && annotation->end <= zones[i].end) return true;
    return false;
}

static const att_paragraph *paragraph_of(const tally *self, const att_annotation *annotation)
{
    return &self->doc->paragraphs.items[self->doc->paragraph_of[annotation->tokens.first]];
}

static bool is_wordless(const tally *self, uint32_t token)
{
    return !(self->doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL));
}

/* Whether annotation `index` begins its paragraph, a date before it passed over, which `*dated` tells. */
static bool begins_paragraph(const tally *self, uint32_t index, att_token_range paragraph, bool *dated)
{
    const att_annotation *place = &self->doc->annotations.items[index];
    if (place->tokens.first == paragraph.first) return true;
    if (!index || place[-1].layer != ATT_LAYER_DATE || place[-1].tokens.first != paragraph.first) return false;
    *dated = place->tokens.first == place[-1].tokens.last + 1 && is_wordless(self, place[-1].tokens.last);
    return *dated;
}

/* "Ministry of Finance of Peru" alone in one of the first lines of a document: whose paper it is. */
static bool is_letterhead(const tally *self, const att_annotation *body)
{
    enum { FIRST_LINES = 3, MOST_BEFORE = 4, MOST_BEHIND = 6 };
    const att_paragraph *line = paragraph_of(self, body);
    if (body->country_by != ATT_BY_OWNER && body->country_by != ATT_BY_NAME) return false;
    return line - self->doc->paragraphs.items < FIRST_LINES && body->tokens.first - line->tokens.first <= MOST_BEFORE
           && line->tokens.last - body->tokens.last <= MOST_BEHIND && line->tokens.last < self->doc->tokens.count
           && self->doc->text.data[line->end - 1] != '.';
}

/* What ends a dateline: a dash between blanks or a colon; where a date or a second place was said or the place has capitals, a
 * stop or a bracket, as in "LIMA (AP)", before which the text goes on. */
static bool ends_dateline(const tally *self, uint32_t token, att_token_range paragraph, bool told)
{
    const char *mark = self->doc->text.data + self->doc->tokens.start[token];
    if (token + 1 == paragraph.last || !(self->doc->tokens.flags[token + 1] & (ATT_FLAG_CAPITAL | ATT_FLAG_QUOTE)))
        return false;
    if (*mark == '.' || *mark == ')') return told;
    bool dash = *mark == '-' || strncmp(mark, "\xe2\x80\x93", 3) == 0 || strncmp(mark, "\xe2\x80\x94", 3) == 0;
    return *mark == ':' || (dash && (mark[-1] == ' ' || (mark[-1] == '-' && mark[-2] == ' ')));
}

/* "Lima, 3 May 2026" alone in a line over the text. */
static bool fills_line_with_date(const tally *self, uint32_t index, att_token_range paragraph)
{
    const att_annotation *place = &self->doc->annotations.items[index];
    if (place->tokens.first != paragraph.first || index + 1 >= self->doc->annotations.count) return false;
    return place[1].layer == ATT_LAYER_DATE && place[1].tokens.last == paragraph.last
           && place[1].tokens.first == place->tokens.last + 1 && self->doc->text.data[place->end] == ',';
}

/* "Apia, Samoa - ", "3 May 2026 - Ottawa, Ontario. ": places in small letters that begin a paragraph as a dateline does; the
 * title too where a date follows: "Lima, 3 May 2026 - Statement". */
static bool is_plain_dateline(const tally *self, uint32_t index)
{
    enum { FARTHEST = 12 };
    const att_annotation *place = &self->doc->annotations.items[index];
    att_token_range paragraph = paragraph_of(self, place)->tokens;
    const char second = self->doc->text.data[place->start + 1];
    bool told = second >= 'A' && second <= 'Z'; /* "BAKU. The" */
    bool dated = index + 1 < self->doc->annotations.count && place[1].layer == ATT_LAYER_DATE;
    if (place->end <= self->title_end && !dated) return false;
    if (fills_line_with_date(self, index, paragraph)) return true;
    if (!begins_paragraph(self, index, paragraph, &told)) return false;
    for (uint32_t token = place->tokens.last; token < paragraph.last && token - place->tokens.last < FARTHEST; token++) {
        if (is_wordless(self, token) && ends_dateline(self, token, paragraph, told)) return true;
        if (!is_wordless(self, token) && !(self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL)) return false;
        told |= self->doc->text.data[self->doc->tokens.start[token]] == ',';
    }
    return false;
}

static att_str get(const tally *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

/* "Canada imposes duties": the state that a title begins with speaks or is spoken of first. */
static bool heads_title(const att_document *doc, const att_annotation *nation, uint32_t title_end)
{
    return nation->layer == ATT_LAYER_COUNTRY && !nation->tokens.first && nation->end < title_end
           && doc->tokens.flags[nation->tokens.last] & ATT_FLAG_SMALL;
}

/* The first state that a title names which is not in the text, or NULL. */
static const att_annotation *first_of_headline(const att_document *doc)
{
    for (uint32_t i = 0; doc->headline && i < doc->headline->annotations.count; i++)
        if (att_is_nation_layer(doc->headline->annotations.items[i].layer)) return &doc->headline->annotations.items[i];
    return NULL;
}

static void note_dateline(tally *self, const att_annotation *place, att_str country)
{
    const att_paragraph *paragraph = paragraph_of(self, place);
    att_datelines *datelines = &self->datelines;
    bool second = datelines->count && datelines->items[datelines->count - 1].end == paragraph->end;
    if (!country.length || second || place->tokens.first != paragraph->tokens.first) return;
    ATT_RESERVE(self->doc->arena, datelines, 1);
    datelines->items[datelines->count].start = paragraph->start;
    datelines->items[datelines->count].end = paragraph->end;
    datelines->items[datelines->count++].country = country;
}

/* "Peru: Congress voted on Monday.": a state before a colon, as digests head their items. */
static bool heads_item(const tally *self, const att_annotation *nation, att_token_range paragraph)
{
    const uint32_t mark = nation->tokens.last;
    if (mark + 1 >= paragraph.last || self->doc->text.data[nation->end] != ':') return false;
    return self->doc->tokens.flags[mark + 1] & ATT_FLAG_CAPITAL && self->doc->text.data[nation->end + 1] == ' ';
}

/* "WAJIMA, Japan (AP)": a state behind a town that no entry has. */
static bool is_behind_town(tally *self, const att_annotation *nation, att_token_range paragraph)
{
    const uint32_t first = nation->tokens.first;
    if (first < paragraph.first + 2 || !in_zone(self, nation)) return false;
    if (self->doc->text.data[self->doc->tokens.start[first - 1]] != ',') return false;
    return nation == self->doc->annotations.items || nation[-1].layer != ATT_LAYER_LOCATION
           || nation[-1].tokens.last + 1 < first;
}

/* That which a rule gave, else that of the office which somebody of this name holds. */
static att_str country_of_post(const tally *self, const att_annotation *official, att_str name)
{
    const att_str given = get(self, official, ATT_KEY_COUNTRY);
    if (given.length) return given;
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t office = att_office_find(offices, self->doc->arena, get(self, official, ATT_KEY_TITLE), name, self->doc);
    return office == ATT_NONE ? (att_str){ 0 } : offices->offices.items[office].country;
}

/* "(KUNA)", ", SPA": the sign-off behind the place of a dateline, in its line; ATT_NONE where the list has none. Its state
 * becomes `*state`. */
static uint32_t find_sign_off(const tally *self, const att_annotation *place, att_str *state)
{
    enum { FARTHEST = 12 };
    const att_token_range paragraph = paragraph_of(self, place)->tokens;
    if (place->tokens.first != paragraph.first) return ATT_NONE;
    for (uint32_t token = place->tokens.last; token + 1 < paragraph.last && token - place->tokens.last < FARTHEST; token++) {
        const char mark = self->doc->text.data[self->doc->tokens.start[token]];
        if ((mark != '(' && mark != ',') || !(self->doc->tokens.flags[token + 1] & ATT_FLAG_CAPITAL)) continue;
        *state = att_lists_meaning(&self->knowledge->lists, ATT_LIST_WIRE, att_document_word(self->doc, token + 1));
        if (state->length) return token + 1;
    }
    return ATT_NONE;
}

/* Whether a word of meeting stands before token `first`, an article passed over: "met Egyptian", "with the Egyptian". */
static bool is_met(const tally *self, uint32_t first)
{
    if (first && att_str_is(att_document_word(self->doc, first - 1), "the")) first--;
    return first && att_lists_have_text(&self->knowledge->lists, ATT_LIST_MEETS, att_document_word(self->doc, first - 1));
}

/* "met Egyptian Foreign Minister Roe", "his Egyptian counterpart", "a visit to Egypt": whether a name of the place's state is
 * that of a host. */
static bool is_of_host(const tally *self, const att_annotation *nation)
{
    static const char *const links[] = { "to", "in", NULL };
    const att_annotation *end = self->doc->annotations.items + self->doc->annotations.count;
    const uint32_t behind = nation->tokens.last, linked = att_document_linked(self->doc, nation->tokens.first, links);
    if (linked != ATT_NONE) {
        const att_str word = att_document_word(self->doc, linked);
        return att_str_is(word, "visit") || att_str_is(word, "trip") || att_str_is(word, "arrived");
    }
    if (behind < self->doc->tokens.count
        && att_lists_have_text(&self->knowledge->lists, ATT_LIST_COUNTERPART, att_document_word(self->doc, behind)))
        return true;
    for (const att_annotation *one = nation + 1; one < end && one->tokens.first <= behind + 1; one++)
        if (one->layer == ATT_LAYER_OFFICIAL) return is_met(self, nation->tokens.first);
    return false;
}

/* Whether a report tells, behind annotation `first` and before byte `end`, of hosts of state `abroad`. */
static bool tells_of_host(const tally *self, uint32_t first, uint32_t end, att_str abroad)
{
    for (uint32_t i = first + 1; i < self->doc->annotations.count && self->doc->annotations.items[i].start < end; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (!att_is_nation_layer(one->layer)) continue;
        if (att_str_equal(get(self, one, ATT_KEY_CODE), abroad) && is_of_host(self, one)) return true;
    }
    return false;
}

/* Whether the first post that a report names behind its sign-off stands before any state, place or body, is not held by one of
 * the place's state and is a guest there: "LIMA, March 4 (KUNA) -- Foreign Minister Roe met his Peruvian counterpart". Another
 * one is news of where it was written. */
static bool begins_with_own(const tally *self, uint32_t sign_off, att_str abroad, att_str own)
{
    const uint32_t count = self->doc->annotations.count,
                   end = self->doc->paragraphs.items[self->doc->paragraph_of[sign_off]].end;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.end[sign_off]); i < count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->start >= end) return false;
        if (att_is_nation_layer(one->layer)) return att_str_equal(get(self, one, ATT_KEY_CODE), own);
        if (one->layer == ATT_LAYER_LOCATION || one->layer == ATT_LAYER_AGENCY || one->layer == ATT_LAYER_IGO) return false;
        if (one->layer != ATT_LAYER_OFFICIAL) continue;
        const att_str state = country_of_post(self, one, get(self, one, ATT_KEY_NAME));
        if (state.length) return !att_str_equal(state, abroad);
        return tells_of_host(self, i, end, abroad);
    }
    return false;
}

/* The state of a dateline: that of the sign-off, where the report is of its own people abroad. */
static att_str state_of_dateline(const tally *self, const att_annotation *place, att_str country, bool *signed_off)
{
    att_str own = { 0 };
    const uint32_t sign_off = find_sign_off(self, place, &own);
    *signed_off = sign_off != ATT_NONE
                  && (!country.length || att_str_equal(own, country) || begins_with_own(self, sign_off, country, own));
    return *signed_off ? own : country;
}

/* "KUWAIT, March 4 (KUNA) --": a state that is named as its capital is; or one that heads an item, or stands behind its town.
 */
static void count_state_dateline(tally *self, const att_annotation *nation)
{
    enum { OF_STATE = 2, OF_FIRST = 6 };
    const att_paragraph *paragraph = paragraph_of(self, nation);
    att_str code = get(self, nation, ATT_KEY_CODE);
    if (nation->layer != ATT_LAYER_COUNTRY) return;
    if (!self->town.length && is_behind_town(self, nation, paragraph->tokens)) self->town = code;
    if (nation->tokens.first != paragraph->tokens.first) return;
    const bool item = heads_item(self, nation, paragraph->tokens);
    bool signed_off = false;
    if (in_zone(self, nation)) code = state_of_dateline(self, nation, code, &signed_off);
    if (signed_off) count_body(self, code, OF_DATELINE);
    if (item) note_dateline(self, nation, code);
    if (item || in_zone(self, nation)) count_body(self, code, item && !nation->start ? OF_FIRST : OF_STATE);
}

static void count_place_dateline(tally *self, uint32_t index, bool several)
{
    const att_annotation *place = &self->doc->annotations.items[index];
    if (!in_zone(self, place) && !is_plain_dateline(self, index)) return;
    bool signed_off = false;
    const att_str country = state_of_dateline(self, place, get(self, place, ATT_KEY_COUNTRY), &signed_off);
    if (several && !signed_off && get(self, place, ATT_KEY_KIND).length) return; /* their seat */
    note_dateline(self, place, country);
    count_body(self, country, OF_DATELINE);
}

/* Places and states in text order. */
static void count_datelines(tally *self, const att_groups *groups, bool several)
{
    const att_indexes *places = &groups->by[ATT_GROUP_PLACES], *nations = &groups->by[ATT_GROUP_NATIONS];
    self->zone = 0;
    for (uint32_t k = 0, n = 0; k < places->count || n < nations->count;) {
        const bool place = n == nations->count || (k < places->count && places->items[k] < nations->items[n]);
        if (place) count_place_dateline(self, places->items[k++], several);
        else count_state_dateline(self, &self->doc->annotations.items[nations->items[n++]]);
    }
}

/* "the Russian military": no name of a body. Others tell of a state's forces more often than these speak. */
static bool is_force(const tally *self, const att_annotation *body)
{
    if (body->entry != ATT_NONE) return false;
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_FORCE, att_document_word(self->doc, body->tokens.last - 1));
}

/* A force counts as often, but as a name of its state. */
static void count_agency(tally *self, const att_annotation *agency)
{
    enum { OF_BODY = 2, OF_LETTERHEAD = 12 };
    const att_str country = get(self, agency, ATT_KEY_COUNTRY);
    votes *state = is_force(self, agency) ? votes_of(self, country) : NULL;
    if (state) state->mentions += OF_BODY;
    else if (att_is_of_sender(&self->mission, self->knowledge, self->doc, agency, country)) self->of_mission += OF_BODY;
    else count_body(self, country, is_letterhead(self, agency) ? OF_LETTERHEAD : OF_BODY);
}

/* By the agencies whose own words tell it, the beginning of the title and the places of the dateline. */
static void count_bodies(tally *self, const att_groups *groups)
{
    enum { OF_TITLE = 6 };
    const att_indexes *bodies = &groups->by[ATT_GROUP_BODIES];
    bool several = false; /* bodies of several states are named */
    for (uint32_t k = 0; k < bodies->count; k++) {
        const att_annotation *body = &self->doc->annotations.items[bodies->items[k]];
        several |= body->layer == ATT_LAYER_IGO;
        if (body->layer == ATT_LAYER_AGENCY && body->country_by <= ATT_BY_OWNER) count_agency(self, body);
    }
    if (groups->by[ATT_GROUP_NATIONS].count) {
        const att_annotation *nation = &self->doc->annotations.items[groups->by[ATT_GROUP_NATIONS].items[0]];
        if (heads_title(self->doc, nation, self->title_end)) count_body(self, get(self, nation, ATT_KEY_CODE), OF_TITLE);
    }
    const att_annotation *first = first_of_headline(self->doc);
    if (first && heads_title(self->doc->headline, first, (uint32_t)self->doc->headline->text.length))
        count_body(self, get(self, first, ATT_KEY_CODE), OF_TITLE);
    count_datelines(self, groups, several);
}

/* "our Special Envoy for Yemen", "sent condolences to Turkey": where somebody or something is sent is not where the text is at
 * home. */
static bool is_sent_there(const tally *self, const att_annotation *nation)
{
    static const char *const links[] = { "for", "to", "with", NULL };
    const uint32_t linked = att_document_linked(self->doc, nation->tokens.first, links);
    if (linked == ATT_NONE) return false;
    const att_str word = att_document_word(self->doc, linked);
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_ENVOY, word)
           || att_lists_have_text(&self->knowledge->lists, ATT_LIST_CONDOLENCE, word);
}

bool att_is_people_of_field(const att_knowledge *knowledge, const att_document *doc, const att_annotation *people)
{
    const uint32_t count = doc->tokens.count;
    uint32_t end = people->tokens.last;
    if (people->layer != ATT_LAYER_DEMONYM) return false;
    if (end + 2 < count && att_str_is(att_document_word(doc, end), "and")) end += 2;
    return end < count && att_lists_have_text(&knowledge->lists, ATT_LIST_FIELD_END, att_document_word(doc, end));
}

static void count_mentions(tally *self, const att_groups *groups)
{
    const att_indexes *nations = &groups->by[ATT_GROUP_NATIONS];
    for (uint32_t k = 0; k < nations->count; k++) {
        const att_annotation *nation = &self->doc->annotations.items[nations->items[k]];
        if (self->mission.sender.length && att_str_equal(get(self, nation, ATT_KEY_CODE), self->mission.sender)) continue;
        if (is_sent_there(self, nation) || att_is_people_of_field(self->knowledge, self->doc, nation)) continue;
        count_mention(self, get(self, nation, ATT_KEY_CODE), nation->end <= self->title_end);
    }
    const att_document *headline = self->doc->headline;
    for (uint32_t i = 0; headline && i < headline->annotations.count; i++)
        if (att_is_nation_layer(headline->annotations.items[i].layer))
            count_mention(self, get(self, &headline->annotations.items[i], ATT_KEY_CODE), true);
}

/* "the Call with Prime Minister Fico", "on the Death of President Moïse": whom a title comes to behind these does not speak. */
static bool is_spoken_of(const att_document *doc, uint32_t start)
{
    for (uint32_t token = 0; token < doc->tokens.count && doc->tokens.start[token] < start; token++) {
        att_str word = att_str_slice(doc->text, doc->tokens.start[token], doc->tokens.end[token]);
        if (att_str_is(word, "with") || att_str_is(word, "With") || att_str_is(word, "on") || att_str_is(word, "On"))
            return true;
    }
    return false;
}

/* Officials; the first that the title names speaks: "Statement by President Biden on the Elections in Peru". */
static void count_officials(tally *self)
{
    enum { OF_OFFICIAL = 3, OF_SPEAKER = 6 };
    const att_official *speaker = NULL;
    const att_document *headline = self->doc->headline;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *one = &self->doc->officials.items[i];
        if (att_is_envoy_of(&self->mission, self->knowledge, one)) self->of_mission += OF_OFFICIAL;
        else count_body(self, one->country, OF_OFFICIAL);
        if (one->country.length && one->start < (speaker ? speaker->start : self->title_end)) speaker = one;
    }
    if (speaker && att_is_envoy_of(&self->mission, self->knowledge, speaker)) speaker = NULL;
    if (speaker && !is_spoken_of(self->doc, speaker->start)) count_body(self, speaker->country, OF_SPEAKER);
    if (headline && headline->officials.count && !is_spoken_of(headline, headline->officials.items[0].start))
        count_body(self, headline->officials.items[0].country, OF_SPEAKER);
}

/* "PRESIDENT ROE: Welcome.": whether it is the turn to speak of whom the title stands before. */
static bool takes_turn(const tally *self, const att_annotation *title)
{
    const att_document *doc = self->doc;
    const att_token_range tokens = title->tokens;
    if (tokens.last >= doc->tokens.count || doc->paragraphs.items[doc->paragraph_of[tokens.first]].tokens.first != tokens.first)
        return false;
    const att_str name = get(self, title, ATT_KEY_NAME);
    const size_t start = doc->tokens.start[tokens.last], end = start + name.length;
    return name.length && end < doc->text.length && doc->text.data[end] == ':'
           && att_str_equal(att_str_slice(doc->text, start, end), name);
}

/* The state of who speaks first, where persons take turns: the host does; else a null view. */
static att_str state_of_host(const tally *self, const att_groups *groups)
{
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t k = 0; k < people->count; k++) {
        const att_annotation *one = &self->doc->annotations.items[people->items[k]];
        if (one->layer != ATT_LAYER_OFFICIAL || !takes_turn(self, one)) continue;
        return country_of_post(self, one, get(self, one, ATT_KEY_NAME));
    }
    return (att_str){ 0 };
}

/* The posts that the text gives, each person's once, as names of their states: before there are records of officials. */
static void count_posts(tally *self, const att_groups *groups)
{
    enum { OF_POST = 3 };
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    att_map seen;
    att_map_init(&seen, self->doc->arena);
    for (uint32_t k = 0; k < people->count; k++) {
        const att_annotation *one = &self->doc->annotations.items[people->items[k]];
        att_str name = one->layer == ATT_LAYER_OFFICIAL ? get(self, one, ATT_KEY_NAME) : (att_str){ 0 };
        const uint32_t known = seen.count;
        if (!name.length || att_map_add(&seen, name) < known) continue;
        votes *state = votes_of(self, country_of_post(self, one, name));
        if (state) state->mentions += OF_POST;
    }
}

/* Whether a post that the text gives somebody is one of the state, but none at its mission. */
static bool has_post_of(const tally *self, const att_groups *groups, att_str state)
{
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t k = 0; k < people->count; k++) {
        const att_annotation *one = &self->doc->annotations.items[people->items[k]];
        if (one->layer != ATT_LAYER_OFFICIAL || att_is_post_at_mission(self->knowledge, get(self, one, ATT_KEY_TITLE)))
            continue;
        if (att_str_equal(country_of_post(self, one, get(self, one, ATT_KEY_NAME)), state)) return true;
    }
    return false;
}

/* "Embassy of Japan in Laos. The Ministry of Health thanked Japan.": what only its mission and envoys speak for is the state
 * that sent them; the text is at home where they are. */
static void settle_mission(tally *self, const att_groups *groups)
{
    enum { OF_HOST = 2 };
    votes *sender = votes_of(self, self->mission.sender);
    if (!sender) return;
    if (!sender->bodies && !has_post_of(self, groups, self->mission.sender)) {
        count_body(self, self->mission.host, OF_HOST);
        return;
    }
    sender->bodies += self->of_mission;
    self->mission = (att_mission){ 0 };
}

/* Officials, bodies and the dateline. */
static void count_all(tally *self, const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    *self = (tally){ .knowledge = knowledge, .doc = doc };
    att_codes_init(&self->codes, doc->arena);
    const att_paragraph *title = att_document_title(doc);
    if (title) self->title_end = title->end;
    self->mission = att_mission_of(knowledge, doc, groups);
    count_officials(self);
    count_bodies(self, groups);
    settle_mission(self, groups);
}

/* What the rule makes of a state's votes. */
static uint32_t weigh(const votes *state, const home_rule *rule)
{
    enum { IN_TITLE = 8 };
    uint32_t titled = rule->except.length ? state->titled * (IN_TITLE - 1) : 0;
    return state->bodies + (rule->mentions ? state->mentions + titled : 0);
}

static att_str winner(const tally *self, home_rule rule)
{
    att_str best = { 0 };
    uint32_t most = 0, second = 0;
    for (uint32_t i = 0; i < self->votes.count; i++) {
        if (att_str_equal(self->codes.map.items[i], rule.except)) continue;
        uint32_t times = weigh(&self->votes.items[i], &rule);
        second = times > most ? most : times > second ? times : second;
        if (times <= most) continue;
        most = times;
        best = self->codes.map.items[i];
    }
    return most > second && most >= rule.least && 10 * most >= rule.tenths * second ? best : (att_str){ 0 };
}

att_str att_home_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    tally self;
    count_all(&self, knowledge, doc, groups);
    return winner(&self, (home_rule){ .tenths = ANY_LEAD });
}

/* Whether the code, which may be null or of no state, is that of the only state so far, which it becomes if it is the first. */
static bool stays_only(att_str *only, att_str code)
{
    if (!code.length || memchr(code.data, ':', code.length)) return true;
    if (!only->length) *only = code;
    return att_str_equal(*only, code);
}

/* Whether all of the list that have a state, and no body of several, are of `*only`, which the first of them becomes. */
static bool all_of_one(const tally *self, const att_indexes *list, att_key key, att_str *only)
{
    for (uint32_t k = 0; k < list->count; k++) {
        const att_annotation *one = &self->doc->annotations.items[list->items[k]];
        if (one->layer == ATT_LAYER_IGO || !stays_only(only, get(self, one, key))) return false;
    }
    return true;
}

/* The state of all places; a null view where two states have some. */
static att_str state_of_places(const tally *self, const att_groups *groups)
{
    att_str only = { 0 };
    return all_of_one(self, &groups->by[ATT_GROUP_PLACES], ATT_KEY_COUNTRY, &only) ? only : (att_str){ 0 };
}

/* The same of bodies, peoples and officials too. */
static att_str state_of_all(const tally *self, const att_groups *groups, att_str places)
{
    att_str only = places;
    const bool told = places.length || all_of_one(self, &groups->by[ATT_GROUP_PLACES], ATT_KEY_COUNTRY, &only);
    if (!told || !all_of_one(self, &groups->by[ATT_GROUP_BODIES], ATT_KEY_COUNTRY, &only)
        || !all_of_one(self, &groups->by[ATT_GROUP_NATIONS], ATT_KEY_CODE, &only))
        return (att_str){ 0 };
    for (uint32_t i = 0; i < self->doc->officials.count; i++)
        if (!stays_only(&only, self->doc->officials.items[i].country)) return (att_str){ 0 };
    return only;
}

att_homes att_homes_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    tally self;
    home_rule rule = { .tenths = CLEAR_LEAD };
    count_all(&self, knowledge, doc, groups);
    count_mentions(&self, groups);
    att_homes found = { .known = true, .bodies = winner(&self, rule) };
    rule.least = FIRM;
    found.firm = winner(&self, rule);
    rule.least = 0;
    rule.mentions = true;
    found.mentions = found.bodies.data ? found.bodies : winner(&self, rule);
    rule.except = ATT_STR("USA");
    found.elsewhere = winner(&self, rule);
    found.places = state_of_places(&self, groups);
    found.only = state_of_all(&self, groups, found.places);
    found.town = self.town;
    found.sender = self.mission.sender;
    found.host = self.mission.host;
    found.datelines = self.datelines;
    return found;
}

att_str att_home_by_posts(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups)
{
    tally self;
    count_all(&self, knowledge, doc, groups);
    const att_str host = state_of_host(&self, groups);
    if (host.length) return host;
    count_mentions(&self, groups);
    count_posts(&self, groups);
    return winner(&self, (home_rule){ .tenths = CLEAR_LEAD, .mentions = true });
}

att_str att_homes_at(const att_homes *self, uint32_t byte)
{
    const att_datelines *datelines = &self->datelines;
    uint32_t low = 0, high = datelines->count; /* those in [0, low) begin before */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (datelines->items[middle].start <= byte) low = middle + 1;
        else high = middle;
    }
    return datelines->count > 1 && low && byte < datelines->items[low - 1].end ? datelines->items[low - 1].country
                                                                               : (att_str){ 0 };
}

/* chambers.c - "the Senate" behind the "Ohio House": the chambers of that state, not those of the Union; and the Senate that
 * speaks of another state than the Union, which is not that state's. */
#include "resolve/agency.h"
#include "resolve/finder.h"

static bool is_of_usa(const finder *self, const att_annotation *body)
{
    return body->layer == ATT_LAYER_AGENCY && att_str_is(get(self, body, ATT_KEY_COUNTRY), "USA");
}

/* "Senate" that is known as that of the Union, or of no state yet. */
static bool is_bare_chamber(const finder *self, const att_annotation *body)
{
    if (body->layer != ATT_LAYER_AGENCY || (get(self, body, ATT_KEY_COUNTRY).length && !is_of_usa(self, body))) return false;
    return body->tokens.last - body->tokens.first == 1 && get(self, body, ATT_KEY_ID).length
           && in_list(self, ATT_LIST_HALF_OF_UNION, body->tokens.first);
}

/* "Illinois Senate": a chamber with the state whose it is. */
static bool is_chamber_of_part(const finder *self, const att_annotation *body)
{
    return is_of_usa(self, body) && body->tokens.last - body->tokens.first > 1 && !get(self, body, ATT_KEY_ID).length
           && in_list(self, ATT_LIST_HALF_OF_UNION, body->tokens.last - 1);
}

/* The office that somebody of that name holds; NULL where none is known. */
static const att_office *office_of(const finder *self, const att_annotation *official)
{
    if (official->layer != ATT_LAYER_OFFICIAL) return NULL;
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t number = att_office_find(offices, self->doc->arena, get(self, official, ATT_KEY_TITLE),
                                            get(self, official, ATT_KEY_NAME), self->doc);
    return number == ATT_NONE ? NULL : &offices->offices.items[number];
}

/* "Sen. Cruz", not "Gov. Abbott": whether somebody of that name holds a post in a body of the Union. */
static bool is_of_union(const finder *self, const att_annotation *official)
{
    const att_office *office = office_of(self, official);
    return office && att_str_is(office->country, "USA") && office->agency.length;
}

/* Whether a word, a nation, a body or an official tells of the Union: "Congress", "U.S.". */
static bool tells_of_union(const finder *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES], *nations = &self->groups->by[ATT_GROUP_NATIONS];
    const att_indexes *people = &self->groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t token = 0; token < self->doc->tokens.count; token++)
        if (in_list(self, ATT_LIST_OF_UNION, token)) return true;
    for (uint32_t k = 0; k < nations->count; k++)
        if (att_str_is(get(self, at(self, nations->items[k]), ATT_KEY_CODE), "USA")) return true;
    for (uint32_t k = 0; k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (is_of_usa(self, body) && get(self, body, ATT_KEY_ID).length && !is_bare_chamber(self, body)) return true;
    }
    for (uint32_t k = 0; k < people->count; k++)
        if (is_of_union(self, at(self, people->items[k]))) return true;
    return false;
}

void att_forget_chambers(finder *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    uint32_t first = 0;
    while (first < bodies->count && !is_chamber_of_part(self, at(self, bodies->items[first]))) {
        if (is_bare_chamber(self, at(self, bodies->items[first++]))) return;
    }
    if (first == bodies->count || tells_of_union(self)) return;
    for (uint32_t k = first; k < bodies->count; k++) {
        att_annotation *body = &self->doc->annotations.items[bodies->items[k]];
        if (!is_bare_chamber(self, body)) continue;
        att_agency_forget(self, body);
        att_annotation_put(body, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, ATT_STR("USA"));
    }
}

/* "Committee on Mines", "Mines Subcommittee", which no entry has. */
static bool is_committee(const finder *self, const att_annotation *body)
{
    if (get(self, body, ATT_KEY_ID).length) return false;
    return in_list(self, ATT_LIST_COMMITTEE, body->tokens.first) || in_list(self, ATT_LIST_COMMITTEE, body->tokens.last - 1);
}

/* "House of Representatives", "Committee on Mines": whether only a guess gave the body its state, which is not the Union. */
static bool is_guessed(const finder *self, const att_annotation *body)
{
    const uint32_t first = body->tokens.first, last = body->tokens.last;
    if (body->layer != ATT_LAYER_AGENCY || body->country_by < ATT_BY_SENTENCE || is_of_usa(self, body)) return false;
    if (!get(self, body, ATT_KEY_COUNTRY).length) return false;
    if (is_committee(self, body)) return true;
    return in_list(self, ATT_LIST_HALF_OF_UNION, first)
           && (last == first + 1 || in_list(self, ATT_LIST_HALF_OF_UNION, last - 1));
}

/* Whether a word tells of Congress: "CODEL". */
static bool names_congress(const finder *self)
{
    for (uint32_t token = 0; token < self->doc->tokens.count; token++)
        if (in_list(self, ATT_LIST_OF_CONGRESS, token)) return true;
    return false;
}

/* Whether somebody of that name holds a post of the Union: "Senator Cruz". */
static bool has_member(const finder *self)
{
    const att_indexes *people = &self->groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t k = 0; k < people->count; k++)
        if (is_of_union(self, at(self, people->items[k]))) return true;
    return false;
}

/* "President Ruto", "Kenya's Treasury": whether somebody of that state, or a body of it that is not guessed, stands there. */
static bool acts(const finder *self, att_str state)
{
    const att_indexes *people = &self->groups->by[ATT_GROUP_PEOPLE], *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < people->count; k++) {
        const att_office *office = office_of(self, at(self, people->items[k]));
        if (office && att_str_equal(office->country, state)) return true;
    }
    for (uint32_t k = 0; k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer == ATT_LAYER_AGENCY && att_str_equal(get(self, body, ATT_KEY_COUNTRY), state)
            && !is_guessed(self, body))
            return true;
    }
    return false;
}

/* "a hearing on Chad", "the resolution on Peru": whether the text names the state only as what something is about, once what a
 * chamber deals with, and nobody of it. */
static bool is_only_topic(const finder *self, att_str state)
{
    static const char *const links[] = { "on", "about", NULL };
    const att_indexes *nations = &self->groups->by[ATT_GROUP_NATIONS];
    bool dealt = false;
    for (uint32_t k = 0; k < nations->count; k++) {
        const att_annotation *nation = at(self, nations->items[k]);
        const uint32_t last = nation->tokens.last;
        if (!att_str_equal(get(self, nation, ATT_KEY_CODE), state)) continue;
        const uint32_t linked = att_document_linked(self->doc, nation->tokens.first, links);
        if (linked == ATT_NONE) return false;
        if (last < self->doc->tokens.count && self->doc->tokens.flags[last] & ATT_FLAG_POSS) return false;
        dealt |= in_list(self, ATT_LIST_DEALT_WITH, linked);
    }
    return dealt && !acts(self, state);
}

/* States for which is_only_topic was asked, and those of which it is true. */
typedef struct {
    att_code_set asked, topics;
} topics_known;

/* The same, asked once for each state. */
static bool is_known_topic(const finder *self, topics_known *known, att_str state)
{
    if (!att_code_set_has(&known->asked, state) && is_only_topic(self, state)) att_code_set_put(&known->topics, state);
    att_code_set_put(&known->asked, state);
    return att_code_set_has(&known->topics, state);
}

/* "Chad's law passed the National Assembly and is with the Senate": whether the sentence has another body of the state. */
static bool is_beside_another(const finder *self, uint32_t k, att_str state)
{
    enum { NEAR = 4 };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    const uint32_t here = att_stretches_at(&self->doc->sentences, at(self, bodies->items[k])->tokens.first);
    for (uint32_t i = k > NEAR ? k - NEAR : 0; i < bodies->count && i <= k + NEAR; i++) {
        const att_annotation *body = at(self, bodies->items[i]);
        if (att_stretches_at(&self->doc->sentences, body->tokens.first) != here || is_guessed(self, body)) continue;
        if (body->layer == ATT_LAYER_AGENCY && att_str_equal(get(self, body, ATT_KEY_COUNTRY), state)) return true;
    }
    return false;
}

/* Makes it the Union's; of a committee of which nothing tells that it is, only nobody's. */
static void move_to_union(finder *self, uint32_t index, bool told)
{
    att_annotation *body = &self->doc->annotations.items[index];
    if (att_agency_move(self, index, ATT_STR("USA"))) return;
    const att_str state = told ? ATT_STR("USA") : (att_str){ 0 };
    att_annotation_put(body, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, state);
}

void att_move_chambers(finder *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    uint32_t first = 0;
    while (first < bodies->count && !is_guessed(self, at(self, bodies->items[first]))) first++;
    if (first == bodies->count || self->doc->origin.data) return;
    const att_homes *homes = att_country_home(self);
    const bool told = names_congress(self), member = told || has_member(self);
    topics_known *topics = att_arena_zero(self->doc->arena, 1, sizeof *topics);
    for (uint32_t k = first; k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        const att_str state = get(self, body, ATT_KEY_COUNTRY);
        if (!is_guessed(self, body) || att_str_equal(state, homes->bodies) || att_str_equal(state, homes->places)) continue;
        if (is_beside_another(self, k, state)) continue;
        const bool known = is_committee(self, body) ? told : member;
        if (known || is_known_topic(self, topics, state)) move_to_union(self, bodies->items[k], known);
    }
}

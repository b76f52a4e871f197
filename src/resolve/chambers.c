/* chambers.c - "the Senate" behind the "Ohio House": the chambers of that state, not those of the Union. */
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

/* "Sen. Cruz", not "Gov. Abbott": whether somebody of that name holds a post in a body of the Union. */
static bool is_of_union(const finder *self, const att_annotation *official)
{
    if (official->layer != ATT_LAYER_OFFICIAL) return false;
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t number = att_office_find(offices, self->doc->arena, get(self, official, ATT_KEY_TITLE),
                                            get(self, official, ATT_KEY_NAME), self->doc);
    if (number == ATT_NONE) return false;
    const att_office *office = &offices->offices.items[number];
    return att_str_is(office->country, "USA") && office->agency.length;
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

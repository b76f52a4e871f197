#include "resolve/towns.h"

#include "resolve/country.h"

enum { MOST_TOLD = 16 };

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    const att_groups *groups;
    const att_code_set *named; /* the states that the text names, whose famous cities may be meant */
    uint32_t told[MOST_TOLD];  /* annotations: towns whose state the words beside them tell */
    uint32_t count;
} settler;

static att_annotation *at(const settler *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str country_of(const settler *self, const att_annotation *place)
{
    return att_annotation_get(place, &self->knowledge->layers, ATT_KEY_COUNTRY);
}

/* Whether both are the same words, in any case: a dateline has capitals. */
static bool same_words(const settler *self, att_token_range a, att_token_range b)
{
    const uint32_t *types = self->doc->tokens.type;
    if (a.last - a.first != b.last - b.first) return false;
    for (uint32_t i = 0; i < a.last - a.first; i++) {
        const uint32_t norm = att_vocabulary_type(self->vocabulary, types[a.first + i])->norm;
        if (norm == ATT_NONE || norm != att_vocabulary_type(self->vocabulary, types[b.first + i])->norm) return false;
    }
    return true;
}

/* Whether a rule gave the place another state than that of the city it is called as. */
static bool is_namesake(const settler *self, const att_annotation *place)
{
    if (place->entry == ATT_NONE) return false;
    const att_str city = self->knowledge->entries.entries.items[place->entry].more->country, own = country_of(self, place);
    return city.length && own.length && !att_str_equal(city, own);
}

/* Keeps the towns that a rule recognised by what stands beside them. They are not the cities that they are called as. */
static void find_told(settler *self)
{
    const att_indexes *places = &self->groups->by[ATT_GROUP_PLACES];
    for (uint32_t k = 0; k < places->count; k++) {
        att_annotation *town = at(self, places->items[k]);
        if (!is_namesake(self, town)) continue;
        town->entry = ATT_NONE;
        if (self->count < MOST_TOLD) self->told[self->count++] = places->items[k];
    }
}

/* Whether the place is a part of the name of a school or company, which may lie elsewhere: "Cambridge University". */
static bool is_in_name(const settler *self, uint32_t index)
{
    enum { NEAR = 3 };
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < NEAR; steps++)
        if (at(self, i)->layer == ATT_LAYER_ORG && at(self, i)->end >= at(self, index)->end) return true;
    return index + 1 < self->doc->annotations.count && at(self, index + 1)->layer == ATT_LAYER_ORG
           && at(self, index + 1)->start == at(self, index)->start;
}

/* The town that the place has the name of; NULL for none, and where the text tells of towns in two states. */
static const att_annotation *town_of(const settler *self, const att_annotation *place)
{
    const att_annotation *found = NULL;
    for (uint32_t i = 0; i < self->count; i++) {
        const att_annotation *town = at(self, self->told[i]);
        if (!same_words(self, town->tokens, place->tokens)) continue;
        if (found && !att_str_equal(country_of(self, found), country_of(self, town))) return NULL;
        found = town;
    }
    return found;
}

static void settle(const settler *self, uint32_t index)
{
    att_annotation *place = at(self, index);
    const att_str country = country_of(self, place);
    const att_annotation *town = country.length && place->entry != ATT_NONE ? town_of(self, place) : NULL;
    if (!town || att_str_equal(country, country_of(self, town))) return;
    if (att_code_set_has(self->named, country) || is_in_name(self, index)) return;
    place->entry = ATT_NONE;
    place->fields = town->fields;
    place->origin = town->origin;
    place->line = town->line;
}

void att_settle_towns(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                      const att_groups *groups)
{
    settler self = { .knowledge = knowledge, .doc = doc, .vocabulary = vocabulary, .groups = groups };
    const att_indexes *places = &groups->by[ATT_GROUP_PLACES];
    find_told(&self);
    if (self.count) self.named = att_countries_named(knowledge, doc, groups);
    for (uint32_t k = 0; self.count && k < places->count; k++) settle(&self, places->items[k]);
}

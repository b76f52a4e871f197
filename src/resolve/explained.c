/* explained.c - letters that the text explains: "New Zealand's National Cyber Security Centre (NCSC)" is one body, though the
 * lists know another one by the letters. */
#include "base/map.h"
#include "resolve/coref.h"
#include "resolve/finder.h"
#include "text/acronym.h"

typedef struct {
    finder *finder;
    att_map letters;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } names;      /* by number of the letters: the body's annotation; ATT_NONE where two bodies have them */
    att_str *was; /* by annotation: the state that it was given before, maybe empty, or null; NULL before the first */
} explainer;

static att_str text_at(const finder *self, uint32_t index)
{
    return att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

uint32_t att_agency_at(const finder *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->tokens.first == token
            && at(self, i)->tokens.last == token + 1)
            return i;
    return ATT_NONE;
}

/* Whether both are one body; of those that the lists don't know all of a state count as one. */
static bool same_body(const finder *self, uint32_t a, uint32_t b)
{
    const att_str id = get(self, at(self, a), ATT_KEY_ID), other = get(self, at(self, b), ATT_KEY_ID);
    if (id.length || other.length) return att_str_equal(id, other);
    return att_str_equal(get(self, at(self, a), ATT_KEY_COUNTRY), get(self, at(self, b), ATT_KEY_COUNTRY));
}

/* Whether the name tells what the letters are, rather than these what it is: a known body does, and one that its own words give
 * to another state than that of the letters. */
static bool tells(const finder *self, uint32_t name, uint32_t letters)
{
    if (get(self, at(self, name), ATT_KEY_ID).length) return !same_body(self, name, letters);
    const att_str state = get(self, at(self, name), ATT_KEY_COUNTRY);
    return state.length && at(self, name)->country_by <= ATT_BY_OWNER
           && !att_str_equal(state, get(self, at(self, letters), ATT_KEY_COUNTRY));
}

/* Whether the words beside the letters give them to another state than the name's: "Britain's NCSC". */
static bool is_of_another(finder *self, uint32_t letters, uint32_t name)
{
    const att_token_range tokens = at(self, letters)->tokens;
    const bool owned = tokens.first && self->doc->tokens.flags[tokens.first - 1] & ATT_FLAG_POSS;
    if (!owned && !word_is(self, tokens.last, "of")) return false;
    const att_str state = att_country_by_owner(self, letters);
    return state.data && !att_str_equal(state, get(self, at(self, name), ATT_KEY_COUNTRY));
}

/* Gives the letters what is known of the name. */
static void link_to_name(explainer *explained, uint32_t letters, uint32_t name)
{
    static const att_key keys[] = { ATT_KEY_ID, ATT_KEY_COUNTRY, ATT_KEY_PARENT };
    const finder *self = explained->finder;
    if (!explained->was)
        explained->was = att_arena_zero(self->doc->arena, self->doc->annotations.count, sizeof *explained->was);
    const att_str was = get(self, at(self, letters), ATT_KEY_COUNTRY);
    explained->was[letters] = was.data ? was : ATT_EMPTY;
    att_annotation *one = &self->doc->annotations.items[letters];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        att_annotation_put(one, &self->knowledge->layers, self->doc->arena, keys[i], get(self, at(self, name), keys[i]));
    one->entry = at(self, name)->entry;
    one->name = at(self, name)->name;
    one->country_by = at(self, name)->country_by;
}

static void note_meaning(explainer *self, att_str letters, uint32_t name)
{
    const uint32_t number = att_map_keep(&self->letters, letters);
    if (number == self->names.count) {
        ATT_RESERVE(self->finder->doc->arena, &self->names, 1);
        self->names.items[self->names.count++] = name;
    }
    uint32_t *known = &self->names.items[number];
    if (*known != ATT_NONE && !same_body(self->finder, *known, name)) *known = ATT_NONE;
}

/* Letters that are not those of the name's words, as they are of its own tongue: "the Italian Anti-Mafia Investigation
 * Directorate (DIA)". They are its own where its words give it to another state than that of the letters; or ATT_NONE. */
static uint32_t foreign_letters(const finder *self, uint32_t name)
{
    const uint32_t token = att_acronym_in_brackets(self->doc, at(self, name)->tokens.last);
    const uint32_t letters = token == ATT_NONE ? token : att_agency_at(self, name, token);
    if (letters == ATT_NONE || at(self, name)->country_by > ATT_BY_OWNER) return ATT_NONE;
    const att_str state = get(self, at(self, name), ATT_KEY_COUNTRY), other = get(self, at(self, letters), ATT_KEY_COUNTRY);
    return state.length && other.length && !att_str_equal(state, other) ? letters : (uint32_t)ATT_NONE;
}

/* The letters in brackets behind each name. Where two names end there, the first one is the longer. */
static void read_brackets(explainer *self)
{
    const finder *all = self->finder;
    const att_indexes *bodies = &all->groups->by[ATT_GROUP_BODIES];
    uint32_t before = ATT_NONE;
    for (uint32_t k = 0; k < bodies->count; k++) {
        const uint32_t name = bodies->items[k];
        if (at(all, name)->layer != ATT_LAYER_AGENCY || at(all, name)->tokens.last == before) continue;
        const uint32_t token = att_acronym_behind(all->doc, at(all, name)->tokens);
        const uint32_t letters = token == ATT_NONE ? foreign_letters(all, name) : att_agency_at(all, name, token);
        if (letters == ATT_NONE) continue;
        before = at(all, name)->tokens.last;
        if (tells(all, name, letters)) link_to_name(self, letters, name);
        note_meaning(self, text_at(all, letters), name);
    }
}

/* Whether rules took the letters for those of another state's body: it was theirs before, or nothing else speaks for it and
 * they are letters that brackets have told. */
static bool was_of(const explainer *self, uint32_t body, att_str state)
{
    finder *all = self->finder;
    if (self->was && self->was[body].data) return att_str_equal(state, self->was[body]) || att_is_for_another(all, state);
    const uint32_t number = att_map_find(&self->letters, text_at(all, body));
    return number != ATT_NONE && self->names.items[number] != ATT_NONE && att_is_for_another(all, state);
}

/* Rules may have given a post at such a body to the state that its letters had before, or for which nothing else speaks. */
static void correct_posts(const explainer *self)
{
    att_document *doc = self->finder->doc;
    const att_layers *layers = &self->finder->knowledge->layers;
    const att_indexes *people = &self->finder->groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t k = 0; k < people->count; k++) {
        att_annotation *official = &doc->annotations.items[people->items[k]];
        if (official->layer != ATT_LAYER_OFFICIAL) continue;
        const att_str agency = att_annotation_get(official, layers, ATT_KEY_AGENCY);
        const uint32_t body = att_annotation_of(doc, ATT_LAYER_AGENCY, agency, official->start);
        const att_str given = att_annotation_get(official, layers, ATT_KEY_COUNTRY);
        if (body == ATT_NONE || !given.length || !was_of(self, body, given)) continue;
        const att_str state = att_annotation_get(&doc->annotations.items[body], layers, ATT_KEY_COUNTRY);
        if (state.length) att_annotation_put(official, layers, doc->arena, ATT_KEY_COUNTRY, state);
    }
}

void att_link_explained(finder *self)
{
    explainer explained = { .finder = self };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    att_map_init(&explained.letters, self->doc->arena);
    read_brackets(&explained);
    for (uint32_t k = 0; explained.letters.count && k < bodies->count; k++) {
        const uint32_t index = bodies->items[k];
        const att_annotation *one = at(self, index);
        if (one->layer != ATT_LAYER_AGENCY || one->tokens.last != one->tokens.first + 1) continue;
        const uint32_t number = att_map_find(&explained.letters, text_at(self, index));
        const uint32_t name = number == ATT_NONE ? number : explained.names.items[number];
        if (name == ATT_NONE || index == name || is_of_another(self, index, name)) continue;
        if (tells(self, name, index)) link_to_name(&explained, index, name);
    }
    if (explained.letters.count) correct_posts(&explained);
}

/* namesakes.c - bodies of a name that many states use and the lists know of one state alone, in texts of another one: the
 * "State Intelligence Service" of Colombo is not that of Tirana. */
#include "resolve/finder.h"
#include "text/acronym.h"

/* The entry to which the lists give the body, where it is one state's; else ATT_NONE. */
static uint32_t entry_of(const finder *self, const att_annotation *body)
{
    if (body->layer != ATT_LAYER_AGENCY) return ATT_NONE;
    const att_entries *entries = &self->knowledge->entries;
    const att_str id = get(self, body, ATT_KEY_ID); /* of short forms */
    const uint32_t number = body->entry == ATT_NONE && id.length ? att_entries_find(entries, id) : body->entry;
    if (number == ATT_NONE) return ATT_NONE;
    const att_entry *entry = &entries->entries.items[number];
    return entry->star || !entry->more->country.length ? (uint32_t)ATT_NONE : number;
}

static att_str state_of(const finder *self, uint32_t entry)
{
    return self->knowledge->entries.entries.items[entry].more->country;
}

uint32_t att_plain_words(const finder *self, const att_annotation *agency)
{
    static const char *const small[] = { "of", "the", "and", "for", "on", "in", "to", "with", "against", "&", "-", ",", "'s" };
    uint32_t words = 0;
    for (uint32_t token = agency->tokens.first; token < agency->tokens.last; token++) {
        if (in_list(self, ATT_LIST_PLAIN_WORD, token)) words++;
        else if (!WORD_IN(self, token, small)) return 0;
    }
    return words;
}

bool att_is_shared_name(const finder *self, const att_annotation *agency)
{
    const att_str name = att_str_slice(self->doc->text, agency->start, agency->end);
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_SHARED_NAME, name);
}

/* A committee of Congress, as every chamber may have one of that name: "Senate Finance Committee". */
static bool is_of_congress(const finder *self, const att_annotation *body)
{
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    const uint32_t entry = kind ? entry_of(self, body) : (uint32_t)ATT_NONE;
    if (entry == ATT_NONE || !att_str_is(state_of(self, entry), "USA")) return false;
    return att_str_is(self->knowledge->entries.entries.items[entry].fields[kind - 1], "committee");
}

/* A department by its first or last word, and nothing behind it says of what: "Department of Justice", "Justice Department",
 * but not "Interior Department of Ruritania". */
static bool is_department(const finder *self, const att_annotation *body)
{
    static const char *const of[] = { "of" };
    const uint32_t behind = body->tokens.last;
    if (behind < self->doc->tokens.count && WORD_IN(self, behind, of)) return false;
    return in_list(self, ATT_LIST_DEPARTMENT, body->tokens.first) || in_list(self, ATT_LIST_DEPARTMENT, behind - 1);
}

/* A body of the United States that the home can't have: a committee of Congress or a department where there are none. */
static bool is_american(const finder *self, const att_annotation *body, att_str home)
{
    if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_UNLIKE_USA, home)) return false;
    if (!att_str_is(state_of(self, entry_of(self, body)), "USA")) return false;
    return is_of_congress(self, body) || is_department(self, body);
}

static bool is_among(const att_indexes *entries, uint32_t entry)
{
    for (uint32_t i = 0; i < entries->count; i++)
        if (entries->items[i] == entry) return true;
    return false;
}

static void add_entry(att_indexes *entries, uint32_t entry)
{
    enum { MOST = 64 };
    if (entry != ATT_NONE && entries->count < MOST && !is_among(entries, entry)) entries->items[entries->count++] = entry;
}

/* The entry of the letters in brackets behind the name; ATT_NONE for none. */
static uint32_t entry_of_letters(const finder *self, uint32_t name)
{
    const uint32_t token = att_acronym_behind(self->doc, at(self, name)->tokens);
    const uint32_t letters = token == ATT_NONE ? token : att_agency_at(self, name, token);
    return letters == ATT_NONE ? letters : entry_of(self, at(self, letters));
}

/* The entries of bodies that the document gives a name of many states: they do not speak for their states. */
static void find_shared(finder *self)
{
    enum { MOST = 64 };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    self->shared.items = att_arena_alloc(self->doc->arena, sizeof *self->shared.items * MOST);
    for (uint32_t k = 0; k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer != ATT_LAYER_AGENCY) continue;
        if (!att_is_shared_name(self, body) && !is_of_congress(self, body)) continue;
        add_entry(&self->shared, entry_of(self, body));
        add_entry(&self->shared, entry_of_letters(self, bodies->items[k]));
    }
}

static void note_state(finder *self, att_str code)
{
    att_code_set_put(self->spoken_for, code);
    self->speaks |= code.length > 0;
}

static void note_nations(finder *self, const att_document *doc)
{
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (is_nation(&doc->annotations.items[i])) note_state(self, get(self, &doc->annotations.items[i], ATT_KEY_CODE));
}

/* The state of the office that somebody of this name holds. */
static att_str state_of_holder(const finder *self, const att_annotation *official)
{
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t office = att_office_find(offices, self->doc->arena, get(self, official, ATT_KEY_TITLE),
                                            get(self, official, ATT_KEY_NAME), self->doc);
    return office == ATT_NONE ? (att_str){ 0 } : offices->offices.items[office].country;
}

/* The states for which their names and places, known holders of their posts or bodies that no other state can have speak. */
static void find_spoken_for(finder *self)
{
    const att_indexes *places = &self->groups->by[ATT_GROUP_PLACES], *bodies = &self->groups->by[ATT_GROUP_BODIES],
                      *people = &self->groups->by[ATT_GROUP_PEOPLE];
    self->spoken_for = att_arena_zero(self->doc->arena, 1, sizeof *self->spoken_for);
    note_nations(self, self->doc);
    if (self->doc->headline) note_nations(self, self->doc->headline);
    for (uint32_t k = 0; k < places->count; k++) note_state(self, get(self, at(self, places->items[k]), ATT_KEY_COUNTRY));
    for (uint32_t k = 0; k < people->count; k++)
        if (at(self, people->items[k])->layer == ATT_LAYER_OFFICIAL)
            note_state(self, state_of_holder(self, at(self, people->items[k])));
    for (uint32_t k = 0; k < bodies->count; k++) {
        const uint32_t entry = entry_of(self, at(self, bodies->items[k]));
        if (entry != ATT_NONE && !is_among(&self->shared, entry)) note_state(self, state_of(self, entry));
    }
}

bool att_is_for_another(finder *self, att_str state)
{
    if (!self->spoken_for) find_spoken_for(self);
    return self->speaks && !att_code_set_has(self->spoken_for, state);
}

/* Marks the bodies of those entries for whose states nothing else in the text speaks, as guesses so that they do not tell where
 * it is at home. Returns whether there are any. */
static bool mark_doubtful(finder *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    bool any = false;
    for (uint32_t k = 0; k < bodies->count; k++) {
        att_annotation *body = &self->doc->annotations.items[bodies->items[k]];
        const uint32_t entry = entry_of(self, body);
        if (entry == ATT_NONE || !is_among(&self->shared, entry) || !att_is_for_another(self, state_of(self, entry))) continue;
        body->country_by = ATT_BY_ORIGIN;
        any = true;
    }
    return any;
}

/* Rules gave posts at these bodies to their states; nothing else can have done so. */
static void clear_posts(finder *self, const att_code_set *states)
{
    const att_indexes *people = &self->groups->by[ATT_GROUP_PEOPLE];
    for (uint32_t k = 0; k < people->count; k++) {
        att_annotation *official = &self->doc->annotations.items[people->items[k]];
        if (official->layer != ATT_LAYER_OFFICIAL || !att_code_set_has(states, get(self, official, ATT_KEY_COUNTRY))) continue;
        att_annotation_put(official, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, (att_str){ 0 });
    }
}

att_str att_home_of_forgotten(const finder *self, uint32_t index)
{
    const uint32_t behind = att_indexes_before(&self->forgotten, index + 1);
    const bool forgotten = behind && self->forgotten.items[behind - 1] == index;
    return forgotten ? self->forgotten_by : (att_str){ 0 };
}

/* Forgets the marked bodies whose state is not the home. */
static void forget_marked(finder *self, att_str home)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    att_code_set states = { 0 }; /* forgotten */
    self->forgotten.items = att_arena_alloc(self->doc->arena, sizeof *self->forgotten.items * bodies->count);
    self->forgotten_by = home;
    for (uint32_t k = 0; k < bodies->count; k++) {
        att_annotation *body = &self->doc->annotations.items[bodies->items[k]];
        if (body->layer != ATT_LAYER_AGENCY || body->country_by != ATT_BY_ORIGIN) continue;
        const att_str state = state_of(self, entry_of(self, body));
        body->country_by = ATT_BY_NONE;
        if (!home.data || att_str_equal(home, state) || is_american(self, body, home)) continue;
        att_code_set_put(&states, state);
        self->forgotten.items[self->forgotten.count++] = bodies->items[k];
        att_agency_forget(self, body);
    }
    if (self->forgotten.count) clear_posts(self, &states);
}

void att_forget_namesakes(finder *self)
{
    find_shared(self);
    if (!self->shared.count || !mark_doubtful(self)) return;
    const att_homes homes = att_homes_of(self->knowledge, self->doc, self->groups);
    forget_marked(self, self->doc->origin.data ? self->doc->origin : homes.bodies);
}

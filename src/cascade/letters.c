#include "cascade/letters.h"

#include "knowledge/own_body.h"
#include "text/acronym.h"

static att_str get(const att_letters *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

/* Nations, places and bodies of one state, such as the IDF. */
static bool speaks_for_state(const att_annotation *one)
{
    return att_is_nation_layer(one->layer) || one->layer == ATT_LAYER_LOCATION
           || (one->layer == ATT_LAYER_AGENCY && !(one->state & ATT_WEAK));
}

/* ---- the states of the document ---- */

static void count_state(att_letters *self, att_str code)
{
    uint32_t i = 0;
    while (i < self->state_count && !att_str_equal(self->states[i].code, code)) i++;
    if (i == ATT_STATES_NAMED) return;
    if (i == self->state_count) self->states[self->state_count++] = (att_state_named){ code, 0 };
    self->states[i].times++;
}

/* The state that is named clearly more often than any other, the United States and the home left out. */
static att_str most_named(att_letters *self)
{
    enum { LEAST = 2, TENTHS = 15 };
    uint32_t most = 0, second = 0, best = 0;
    for (uint32_t i = 0; i < self->state_count; i++) {
        uint32_t times = self->states[i].times;
        if (att_str_is(self->states[i].code, "USA") || att_str_equal(self->states[i].code, self->home)) continue;
        second = times > most ? most : times > second ? times : second;
        if (times > most) best = i;
        if (times > most) most = times;
    }
    self->most_times = most;
    return most >= LEAST && 10 * most >= TENTHS * second ? self->states[best].code : (att_str){ 0 };
}

/* The document's origin, else the state of the first place in its dateline. */
static att_str find_home(const att_letters *self)
{
    const att_document *doc = self->doc;
    if (doc->origin.data) return doc->origin;
    uint32_t zone = 0;
    while (zone < doc->zones.count && doc->zones.items[zone].kind != ATT_ZONE_DATELINE) zone++;
    if (zone == doc->zones.count) return (att_str){ 0 };
    for (uint32_t i = 0; i < doc->annotations.count && doc->annotations.items[i].start < doc->zones.items[zone].end; i++) {
        const att_annotation *place = &doc->annotations.items[i];
        if (place->state & ATT_DROPPED || place->start < doc->zones.items[zone].start) continue;
        att_str country = place->layer == ATT_LAYER_COUNTRY    ? get(self, place, ATT_KEY_CODE)
                          : place->layer == ATT_LAYER_LOCATION ? get(self, place, ATT_KEY_COUNTRY)
                                                               : (att_str){ 0 };
        if (country.length) return country;
    }
    return (att_str){ 0 };
}

/* "Consolidated Borax Inc (CBI)", "Borax <CBI.L>": the text says itself what the letters are. */
static bool is_bracketed(const att_document *doc, const att_annotation *weak)
{
    if (!weak->tokens.first) return false;
    att_str before = att_document_word(doc, weak->tokens.first - 1);
    return att_str_is(before, "(") || att_str_is(before, "<") || att_str_is(before, "[");
}

bool att_letters_may_be_of(const att_letters *self, const att_annotation *weak, att_str state, bool only)
{
    for (uint32_t i = 0; i < self->state_count; i++)
        if (att_str_equal(self->states[i].code, state)) return true;
    if (self->doc->tokens.flags[weak->tokens.first] & ATT_FLAG_CAPITAL_LINE) return false;
    return (only && !self->state_count) || att_str_is(state, "USA");
}

/* ---- letters ---- */

bool att_letters_are(const att_knowledge *knowledge, const att_document *doc, const att_annotation *weak)
{
    const att_names *names = &knowledge->names;
    if (weak->tokens.last != weak->tokens.first + 1) return false;
    uint32_t small = 0, capitals = 0;
    for (uint32_t i = weak->start; i < weak->end; i++) {
        small += doc->text.data[i] >= 'a' && doc->text.data[i] <= 'z';
        capitals += doc->text.data[i] >= 'A' && doc->text.data[i] <= 'Z';
    }
    const bool lettered = small > 1 && capitals == 1;
    if (!lettered && (small > 1 || (small && capitals < 2))) return false;
    const uint8_t wanted = ATT_FORM_WEAK | (lettered ? ATT_FORM_LETTERED : 0);
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f))
        if (names->forms.items[f].layer == ATT_LAYER_AGENCY && (names->forms.items[f].flags & wanted) == wanted) return true;
    return false;
}

bool att_letters_are_a_word(const att_letters *self, const att_annotation *weak)
{
    for (uint32_t i = weak->start + 1; i < weak->end; i++)
        if (self->doc->text.data[i] < 'a' || self->doc->text.data[i] > 'z') return false;
    return weak->end - weak->start > 1;
}

static att_str before(const att_letters *self, uint32_t index)
{
    enum { NEAR = 8 };
    const att_annotation *all = self->doc->annotations.items;
    uint32_t first = all[index].tokens.first;
    if (first && self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS) first--;
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;)
        if (att_is_nation_layer(all[i].layer) && !(all[i].state & ATT_DROPPED) && all[i].tokens.last == first)
            return get(self, &all[i], ATT_KEY_CODE);
    return (att_str){ 0 };
}

/* "the NIA of India", "the JCS of the Republic of Korea". */
static att_str behind(const att_letters *self, uint32_t index)
{
    const att_annotations *all = &self->doc->annotations;
    uint32_t next = all->items[index].tokens.last, count = self->doc->tokens.count;
    if (next + 1 >= count || !att_str_is(att_document_word(self->doc, next), "of")) return (att_str){ 0 };
    next += att_str_is(att_document_word(self->doc, next + 1), "the") ? 2 : 1;
    for (uint32_t i = index + 1; i < all->count && all->items[i].tokens.first <= next; i++)
        if (all->items[i].layer == ATT_LAYER_COUNTRY && !(all->items[i].state & ATT_DROPPED)
            && all->items[i].tokens.first == next)
            return get(self, &all->items[i], ATT_KEY_CODE);
    return (att_str){ 0 };
}

/* Whether a company, a party or a body of several states has the letters too. */
static bool is_of_others(const att_letters *self, uint32_t name)
{
    const att_names *names = &self->knowledge->names;
    for (uint32_t f = att_names_first(names, name); f; f = att_names_next(names, f))
        if (names->forms.items[f].layer == ATT_LAYER_ORG || names->forms.items[f].layer == ATT_LAYER_IGO) return true;
    return false;
}

/* The body of the state that has the letters, or ATT_NONE. */
static uint32_t body_of(const att_letters *self, uint32_t name, att_str state)
{
    const att_names *names = &self->knowledge->names;
    uint32_t found = ATT_NONE;
    for (uint32_t f = att_names_first(names, name); f && state.length; f = att_names_next(names, f)) {
        const att_form *form = &names->forms.items[f];
        if (form->layer != ATT_LAYER_AGENCY || !(form->flags & ATT_FORM_WEAK)) continue;
        const att_entry *entry = &self->knowledge->entries.entries.items[form->owner];
        if (att_str_equal(entry->more->country, state) && att_entry_valid(entry, self->doc->date) && form->owner < found)
            found = form->owner;
    }
    return found;
}

/* The body that stands before annotation `index` in a list, "A, B and C"; or ATT_NONE. */
static uint32_t item_before(const att_letters *self, uint32_t index)
{
    enum { NEAR = 8 };
    const att_annotation *all = self->doc->annotations.items;
    uint32_t end = all[index].tokens.first;
    if (end && att_str_is(att_document_word(self->doc, end - 1), "and")) end--;
    if (end && att_str_is(att_document_word(self->doc, end - 1), ",")) end--;
    if (end == all[index].tokens.first) return ATT_NONE;
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;)
        if (all[i].layer == ATT_LAYER_AGENCY && !(all[i].state & ATT_DROPPED) && all[i].tokens.last == end) return i;
    return ATT_NONE;
}

/* "Kenya's EACC and DCI": the state before the list that the letters stand in, if a body of it has them. */
static att_str before_list(const att_letters *self, uint32_t index)
{
    enum { MOST_ITEMS = 8 };
    uint32_t item = item_before(self, index);
    for (int items = 0; items < MOST_ITEMS && item != ATT_NONE; items++, item = item_before(self, item)) {
        const att_str code = before(self, item);
        if (!code.length) continue;
        return body_of(self, self->doc->annotations.items[index].name, code) == ATT_NONE ? (att_str){ 0 } : code;
    }
    return (att_str){ 0 };
}

att_str att_letters_beside(const att_letters *self, uint32_t index)
{
    att_str code = before(self, index);
    if (!code.length) code = behind(self, index);
    return code.length ? code : before_list(self, index);
}

/* ---- letters that the text explains ---- */

/* The name of a body behind which the brackets stand and whose acronym the letters are; or ATT_NONE. */
static uint32_t name_before(const att_document *doc, uint32_t index)
{
    enum { NEAR = 16 };
    const att_annotation *all = doc->annotations.items;
    const uint32_t token = all[index].tokens.first;
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;)
        if (all[i].layer == ATT_LAYER_AGENCY && !(all[i].state & ATT_DROPPED) && all[i].tokens.last + 1 == token
            && att_acronym_behind(doc, all[i].tokens) == token)
            return i;
    return ATT_NONE;
}

static void note_explained(att_letters *self, uint32_t index)
{
    const att_annotation *weak = &self->doc->annotations.items[index];
    if (self->explained_count == ATT_LETTERS_EXPLAINED || !is_bracketed(self->doc, weak)) return;
    self->explained[self->explained_count++] = weak->name;
    const uint32_t name = name_before(self->doc, index);
    if (name == ATT_NONE) return;
    const uint32_t entry = self->doc->annotations.items[name].entry;
    self->told_by[self->told_count] = entry == ATT_NONE ? body_of(self, weak->name, before(self, name)) : entry;
    self->told[self->told_count++] = weak->name;
}

/* Where the name stands among those; `count` where it does not. */
static uint32_t place_among(const uint32_t *names, uint32_t count, uint32_t name)
{
    uint32_t place = 0;
    while (place < count && names[place] != name) place++;
    return place;
}

bool att_letters_are_told(const att_letters *self, const att_annotation *weak)
{
    return place_among(self->told, self->told_count, weak->name) < self->told_count;
}

uint32_t att_letters_told(const att_letters *self, const att_annotation *weak)
{
    const att_names *names = &self->knowledge->names;
    const uint32_t first = place_among(self->told, self->told_count, weak->name);
    if (first == self->told_count) return ATT_NONE;
    const uint32_t entry = self->told_by[first];
    for (uint32_t i = first + 1; i < self->told_count; i++)
        if (self->told[i] == weak->name && self->told_by[i] != entry) return ATT_NONE;
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f))
        if (names->forms.items[f].owner == entry && names->forms.items[f].layer == ATT_LAYER_AGENCY) return entry;
    return ATT_NONE;
}

void att_letters_count(att_letters *self, const att_knowledge *knowledge, const att_document *doc)
{
    *self = (att_letters){ .knowledge = knowledge, .doc = doc };
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->state & ATT_WEAK && one->layer == ATT_LAYER_AGENCY) note_explained(self, i);
        if (one->state & ATT_DROPPED || !speaks_for_state(one)) continue;
        att_str code = get(self, one, att_is_nation_layer(one->layer) ? ATT_KEY_CODE : ATT_KEY_COUNTRY);
        if (code.length) count_state(self, code);
    }
    self->home = find_home(self);
    self->most = most_named(self);
}

/* ---- at home ---- */

/* Whether the state has what the star entry means: what any state has, or a body of its own that is known. */
static bool has_body(const att_letters *self, uint32_t star, att_str state)
{
    static const char *const of_any[] = { "ministry", "office", NULL };
    const att_entries *entries = &self->knowledge->entries;
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    if (kind && att_str_is_any(entries->entries.items[star].fields[kind - 1], of_any)) return true;
    return att_own_body(entries, star, state, self->doc->date) != ATT_NONE;
}

/* The star entry that has the letters, if the state has such a body; or ATT_NONE. */
static uint32_t star_of(const att_letters *self, uint32_t name, att_str state)
{
    const att_names *names = &self->knowledge->names;
    for (uint32_t f = att_names_first(names, name); f && state.length; f = att_names_next(names, f)) {
        const att_form *form = &names->forms.items[f];
        if (form->layer != ATT_LAYER_AGENCY || !(form->flags & ATT_FORM_WEAK)) continue;
        if (self->knowledge->entries.entries.items[form->owner].star && has_body(self, form->owner, state)) return form->owner;
    }
    return ATT_NONE;
}

/* Whether the token is a word in capitals, as the words beside "SAFE" in "ESTABLISHING SAFE HARBOURS" are. */
static bool is_in_capitals(const att_document *doc, uint32_t token)
{
    uint8_t flags = doc->tokens.flags[token];
    return flags & ATT_FLAG_CAPITAL && !(flags & ATT_FLAG_SMALL) && doc->tokens.end[token] - doc->tokens.start[token] > 2;
}

bool att_letters_are_explained(const att_letters *self, const att_annotation *weak)
{
    return place_among(self->explained, self->explained_count, weak->name) < self->explained_count;
}

/* Whether only a state beside them or the name in full may tell. */
static bool mean_much(const att_letters *self, const att_annotation *weak)
{
    uint32_t first = weak->tokens.first;
    if (att_letters_are_explained(self, weak)) return true;
    if (self->doc->tokens.flags[first] & ATT_FLAG_CAPITAL_LINE) return true;
    if ((first && is_in_capitals(self->doc, first - 1))
        || (first + 1 < self->doc->tokens.count && is_in_capitals(self->doc, first + 1)))
        return true;
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_OPEN_LETTERS, att_document_word(self->doc, first));
}

uint32_t att_letters_at_home(const att_letters *self, const att_annotation *weak)
{
    enum { SHORTEST = 3, OFTEN = 3 }; /* letters by which a state that is only named much may be meant; how often it is */
    if (mean_much(self, weak)) return ATT_NONE;
    bool american = att_str_is(self->home, "USA"); /* whose letters readers there know by other signs */
    uint32_t body = american ? (uint32_t)ATT_NONE : body_of(self, weak->name, self->home);
    if (body == ATT_NONE && !american && !att_letters_are_a_word(self, weak)) body = star_of(self, weak->name, self->home);
    if (body != ATT_NONE || weak->end - weak->start < SHORTEST || att_letters_are_a_word(self, weak)) return body;
    if (self->most_times < OFTEN && is_of_others(self, weak->name)) return ATT_NONE;
    return body_of(self, weak->name, self->most);
}

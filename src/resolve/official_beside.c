/* official_beside.c - the states of officials whom a court, a body of a town or a force beside them tells. */
#include "resolve/official_maker.h"

bool att_officials_of_court(const record_maker *self, const backing *back)
{
    const att_str last = att_str_last_word(back->core);
    return last.length && att_lists_have_text(&self->knowledge->lists, ATT_LIST_OF_COURT, last);
}

/* The part of a title before its first "of" or "for": "mp" of "mp for leeds east". */
static att_str before_tail(att_str core)
{
    for (size_t i = 0; i < core.length; i++) {
        if (core.data[i] != ' ') continue;
        const att_str rest = att_str_slice(core, i, core.length);
        if (att_str_starts(rest, ATT_STR(" of ")) || att_str_starts(rest, ATT_STR(" for "))) return att_str_slice(core, 0, i);
    }
    return core;
}

/* "Mayor", "Detective Inspector": whether the post is of a town, a county or a court there. A soldier may be anywhere. */
static bool is_local(const record_maker *self, const backing *back)
{
    const att_phrase_lists *lists = &self->knowledge->lists;
    if (att_lists_have_text(lists, ATT_LIST_LOCAL, back->core)) return true;
    const att_str head = before_tail(back->core), last = att_str_last_word(head);
    return last.length && att_lists_have_text(lists, ATT_LIST_LOCAL, last);
}

/* The state of the body, or else of the place that its name begins with: "Leeds Crown Court". */
static att_str state_of_body(const record_maker *self, const att_annotation *body)
{
    enum { STEPS = 4 };
    const att_str country = get(self, body, ATT_KEY_COUNTRY);
    if (country.data || body->layer != ATT_LAYER_AGENCY) return country;
    const uint32_t first = att_first_from(self->doc, body->start);
    for (uint32_t i = first; i < self->doc->annotations.count && i < first + STEPS && at(self, i)->start == body->start; i++)
        if (at(self, i)->layer == ATT_LAYER_LOCATION) return get(self, at(self, i), ATT_KEY_COUNTRY);
    return country;
}

att_str att_officials_local_body(const record_maker *self, const backing *back)
{
    if (back->body == ATT_NONE || !is_local(self, back)) return (att_str){ 0 };
    return state_of_body(self, at(self, back->body));
}

/* Whether the sentence of the annotation is that of the record or the one before it, in its paragraph. */
static bool is_just_before(const record_maker *self, const att_annotation *one, const backing *back)
{
    const uint32_t sentence = att_stretches_at(&self->doc->sentences, one->tokens.first);
    return sentence + 1 >= back->sentence && paragraph_of(self, one) == paragraph_of(self, at(self, back->title));
}

/* Whether judges or prosecutors serve it: by its kind, or else by the last word. */
static bool is_court(const record_maker *self, const att_annotation *body)
{
    static const char *const kinds[] = { "court", "prosecution", NULL };
    if (body->layer != ATT_LAYER_AGENCY) return false;
    return att_str_is_any(get(self, body, ATT_KEY_KIND), kinds)
           || att_lists_have_text(&self->knowledge->lists, ATT_LIST_COURT, surface(self, body->tokens.last - 1));
}

/* That of the court before index `k` of the bodies: "Peru's Supreme Court ruled. Judge Roe spoke.", though news of it come from
 * elsewhere. */
static att_str of_court_before(const record_maker *self, const backing *back, uint32_t k)
{
    enum { NEAR = 8 };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t steps = 0; k-- > 0 && steps < NEAR && is_just_before(self, at(self, bodies->items[k]), back); steps++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (is_court(self, body)) return state_of_body(self, body);
    }
    return (att_str){ 0 };
}

/* That of the court from index `first` of the bodies on, in the record's sentence: "Judge Roe jailed him at Leeds Crown
 * Court". */
static att_str of_court_behind(const record_maker *self, const backing *back, uint32_t first)
{
    enum { NEAR = 4 };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = first; k < bodies->count && k < first + NEAR; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (att_stretches_at(&self->doc->sentences, body->tokens.first) != back->sentence) break;
        if (is_court(self, body)) return state_of_body(self, body);
    }
    return (att_str){ 0 };
}

att_str att_officials_court_beside(const record_maker *self, uint32_t record)
{
    const backing *back = &self->backings.items[record];
    if (back->title == ATT_NONE || !att_officials_of_court(self, back)) return (att_str){ 0 };
    const uint32_t k = att_indexes_before(&self->groups->by[ATT_GROUP_BODIES], back->title);
    att_str state = of_court_before(self, back, k);
    fill_empty(&state, of_court_behind(self, back, k));
    return state;
}

att_str att_officials_force_before(const record_maker *self, uint32_t record)
{
    enum { NEAR = 4 };
    const backing *back = &self->backings.items[record];
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    if (back->title == ATT_NONE || !back->rank) return (att_str){ 0 };
    uint32_t k = att_indexes_before(bodies, back->title);
    for (uint32_t steps = 0; k-- > 0 && steps < NEAR; steps++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (att_stretches_at(&self->doc->sentences, body->tokens.first) != back->sentence) break;
        if (body->layer == ATT_LAYER_AGENCY
            && att_lists_have_text(&self->knowledge->lists, ATT_LIST_OFFICERS, surface(self, body->tokens.last)))
            return get(self, body, ATT_KEY_COUNTRY);
    }
    return (att_str){ 0 };
}

/* The known body of that id, one's own or that of all states: "usa-sixth-fleet", "usa-army" of "*-army"; or ATT_NONE. */
static uint32_t entry_with_id(const record_maker *self, att_str id)
{
    const att_entries *entries = &self->knowledge->entries;
    const uint32_t number = id.length > CODE_LENGTH ? att_entries_find(entries, id) : (uint32_t)ATT_NONE;
    if (number != ATT_NONE || id.length <= CODE_LENGTH) return number;
    return att_entries_find(
        entries, att_str_join(self->doc->arena, ATT_STR("*"), ATT_STR(""), att_str_slice(id, CODE_LENGTH, id.length)));
}

/* "Sixth Fleet", "U.S. Army": whether the body or the known one in it is a force. */
static bool is_force(const record_maker *self, const att_annotation *body)
{
    if (body->layer != ATT_LAYER_AGENCY) return false;
    if (att_str_is(get(self, body, ATT_KEY_KIND), "military")) return true;
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    const uint32_t number = kind ? entry_with_id(self, get(self, body, ATT_KEY_ID)) : (uint32_t)ATT_NONE;
    return number != ATT_NONE && att_str_is(self->knowledge->entries.entries.items[number].fields[kind - 1], "military");
}

bool att_officials_with_forces(const record_maker *self, uint32_t record, att_str home)
{
    enum { NEAR = 8 };
    const backing *back = &self->backings.items[record];
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    if (back->title == ATT_NONE) return false;
    const uint32_t end = behind_name(self, record);
    if (att_str_starts(att_str_slice(self->doc->text, end, self->doc->text.length), ATT_STR(" of "))) return false;
    uint32_t k = att_indexes_before(bodies, back->title);
    for (uint32_t steps = 0; k && steps < NEAR && is_just_before(self, at(self, bodies->items[k - 1]), back); steps++) k--;
    bool guests = false;
    for (uint32_t steps = 0; k < bodies->count && steps < 2 * NEAR; k++, steps++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (att_stretches_at(&self->doc->sentences, body->tokens.first) > back->sentence) break;
        if (!is_force(self, body)) continue;
        const att_str country = get(self, body, ATT_KEY_COUNTRY);
        if (att_str_equal(country, home)) return false;
        guests |= att_str_is(country, "USA");
    }
    return guests;
}

/* "Dornek City Council": whether the record has a body that no entry knows and that towns have rather than states. */
static bool has_local_body(const record_maker *self, const backing *back)
{
    if (back->body == ATT_NONE) return false;
    const att_annotation *body = at(self, back->body);
    if (body->layer != ATT_LAYER_AGENCY || body->entry != ATT_NONE || body->name != ATT_NONE) return false;
    const att_str last = surface(self, body->tokens.last - 1);
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_LOCAL_BODY, last);
}

bool att_officials_of_town(const record_maker *self, const backing *back)
{
    return is_local(self, back) || has_local_body(self, back);
}

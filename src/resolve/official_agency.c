/* official_agency.c - the body whose official a record is. */
#include "resolve/agency.h"
#include "resolve/official_maker.h"

/* The longest annotation of the same layer around annotation `index`, or that annotation itself. */
static uint32_t widest(const record_maker *self, uint32_t index)
{
    uint32_t best = index;
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++)
        if (at(self, i)->layer == at(self, index)->layer && at(self, i)->end >= at(self, best)->end) best = i;
    return best;
}

/* "of the Joint Chiefs of Staff Navy Adm. Roe": whether a soldier's rank follows the unit, which is then the force of that
 * rank. */
static bool is_force_of_rank(const record_maker *self, uint32_t unit)
{
    const uint32_t behind = at(self, unit)->tokens.last;
    for (uint32_t i = unit + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= behind; i++) {
        if (at(self, i)->layer != ATT_LAYER_TITLE || at(self, i)->tokens.first != behind) continue;
        const att_str rank = att_str_slice(self->doc->text, at(self, i)->start, at(self, i)->end);
        return att_lists_have_text(&self->knowledge->lists, ATT_LIST_PERSONAL_RANK, rank);
    }
    return false;
}

/* The unit that follows the body's name directly, as the Forest Service does in "of the USDA Forest Service"; else the body. */
static uint32_t unit_behind(const record_maker *self, uint32_t body)
{
    const att_annotation *whole = at(self, body);
    for (uint32_t i = body + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= whole->tokens.last; i++) {
        const att_annotation *unit = at(self, i);
        if (unit->layer != ATT_LAYER_AGENCY || unit->tokens.first != whole->tokens.last) continue;
        bool beside = unit->start == whole->end + 1 && self->doc->text.data[whole->end] == ' ' && !is_force_of_rank(self, i);
        return beside && att_str_equal(get(self, unit, ATT_KEY_COUNTRY), get(self, whole, ATT_KEY_COUNTRY)) ? i : body;
    }
    return body;
}

uint32_t att_officials_body(const record_maker *self, const att_annotation *official)
{
    att_str text = get(self, official, ATT_KEY_AGENCY);
    uint32_t body = att_annotation_of(self->doc, ATT_LAYER_AGENCY, text, official->start);
    if (body != ATT_NONE) return unit_behind(self, widest(self, body));
    return att_annotation_of(self->doc, ATT_LAYER_IGO, text, official->start);
}

bool att_officials_of_other_state(const record_maker *self, const att_annotation *body, att_str country)
{
    if (country.length != CODE_LENGTH || body->layer != ATT_LAYER_AGENCY) return false;
    att_str id = get(self, body, ATT_KEY_ID);
    const bool known = body->entry != ATT_NONE || body->name != ATT_NONE;
    if (id.length ? id.data[0] == '*' : known && body->country_by == ATT_BY_NONE) return true;
    return body->country_by >= ATT_BY_LIST && !att_str_equal(get(self, body, ATT_KEY_COUNTRY), country);
}

/* A state's envoy to a body of several states is no official of that body: "Russia's UN Ambassador". */
static bool is_envoy_to(const record_maker *self, const backing *back, const att_annotation *body, att_str country)
{
    return body->layer == ATT_LAYER_IGO && country.length == CODE_LENGTH && back->title != ATT_NONE
           && att_country_is_envoy(self->finder, back->title);
}

/* A state's official whom the text names at another state's body is only met there: "Norway's minister Roe at the Pentagon". */
static bool is_guest_at(const record_maker *self, const att_annotation *body, att_str country)
{
    if (country.length != CODE_LENGTH || body->layer != ATT_LAYER_AGENCY || body->country_by > ATT_BY_OWNER) return false;
    att_str home = get(self, body, ATT_KEY_COUNTRY);
    if (home.length != CODE_LENGTH || att_str_equal(home, country)) return false;
    uint32_t before = body->tokens.first;
    if (before && is_word(self, before - 1, "the")) before--;
    return before && is_word(self, before - 1, "at");
}

/* The body before the official whose name ends with the word that stands for it: the House Budget Committee, of "Committee
 * Chairman Roe"; ATT_NONE for none. */
static uint32_t body_meant(const record_maker *self, const att_annotation *official)
{
    att_str word = get(self, official, ATT_KEY_AGENCY);
    for (uint32_t i = index_of(self, official), steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++) {
        if (at(self, i)->layer != ATT_LAYER_AGENCY && at(self, i)->layer != ATT_LAYER_IGO) continue;
        att_str said = att_str_slice(self->doc->text, at(self, i)->start, at(self, i)->end);
        if (said.length > word.length && att_str_equal(att_str_last_word(said), word)) return widest(self, i);
    }
    return ATT_NONE;
}

/* Whether what a list names ends before the token: with the text, a line or a mark. */
static bool ends_item(const record_maker *self, uint32_t token)
{
    static const char *const ends[] = { ",", ".", ";", ")", NULL };
    const att_document *doc = self->doc;
    if (token >= doc->tokens.count || att_str_is_any(surface(self, token), ends)) return true;
    return doc->text.data[doc->tokens.end[token - 1]] == '\n' || doc->text.data[doc->tokens.end[token - 1]] == '\r';
}

/* The body of several states whose unit the body is, as the words behind it say: the IMF, of "Mines Department at the IMF" and
 * "Mines Department, IMF,". Null for none. */
static att_str of_several_states(const record_maker *self, uint32_t body)
{
    static const char *const joins[] = { "of", "at", "in", ",", NULL };
    const bool listed = is_word(self, at(self, body)->tokens.last, ",");
    uint32_t token = at(self, body)->tokens.last;
    if (!att_str_is_any(surface(self, token), joins)) return (att_str){ 0 };
    token += is_word(self, token + 1, "the") ? 2 : 1;
    for (uint32_t i = body + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (at(self, i)->tokens.first == token && at(self, i)->layer == ATT_LAYER_IGO)
            return !listed || ends_item(self, at(self, i)->tokens.last) ? country_of_body(self, at(self, i)) : (att_str){ 0 };
    return (att_str){ 0 };
}

/* "Dutch", "the Belgian": whether the name of a people stands directly before the title, or before the body in front of it. */
static bool is_behind_people(const record_maker *self, const backing *back, const att_annotation *body)
{
    enum { NEAR = 8 };
    const att_annotation *first = body && body->start < at(self, back->title)->start ? body : at(self, back->title);
    for (uint32_t i = index_of(self, first), steps = 0; i-- > 0 && steps < NEAR; steps++)
        if (at(self, i)->layer == ATT_LAYER_DEMONYM && at(self, i)->tokens.last == first->tokens.first) return true;
    return false;
}

bool att_officials_heads_several(const record_maker *self, const att_official *record, const backing *back,
                                 const att_annotation *body)
{
    if (record->country.length != CODE_LENGTH || back->title == ATT_NONE || (body && body->layer != ATT_LAYER_IGO))
        return false;
    const att_str last = att_str_last_word(back->core);
    if (!last.length || !att_lists_have_text(&self->knowledge->lists, ATT_LIST_HEAD_OF_ALL, last)) return false;
    const att_str first = att_document_word(self->doc, at(self, back->title)->tokens.first);
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_FOR_MEMBER, first)) return false;
    if (!is_behind_people(self, back, body)) return false;
    const att_title title = read_title(self, record->title);
    const att_str person = att_coref_fold(self->coref, self->doc->arena, record->name);
    return att_office_find_in(&self->knowledge->offices, &title, person, self->doc, record->country) == ATT_NONE;
}

void att_officials_fill_agency(const record_maker *self, att_official *record, backing *back, const att_annotation *official)
{
    bool named = att_str_is(get(self, official, ATT_KEY_KIND), "named");
    uint32_t index = named ? body_meant(self, official) : att_officials_body(self, official);
    if (named && index == ATT_NONE) return;
    if (index != ATT_NONE && is_envoy_to(self, back, at(self, index), record->country)) return;
    if (index != ATT_NONE && is_guest_at(self, at(self, index), record->country)) return;
    record->agency = get(self, official, ATT_KEY_AGENCY);
    if (index == ATT_NONE) return;
    const att_annotation *body = at(self, index);
    back->body = index;
    record->agency = att_str_slice(self->doc->text, body->start, body->end);
    record->agency_id = get(self, body, ATT_KEY_ID);
    back->agency_parent = get(self, body, ATT_KEY_PARENT);
    if (att_officials_heads_several(self, record, back, body)) record->country = country_of_body(self, body);
    bool several = body->layer == ATT_LAYER_IGO && att_str_starts(record->country, ATT_STR("IGO:"));
    if (record->country.data && !several) return;
    bool sure = body->layer != ATT_LAYER_AGENCY || body->country_by <= ATT_BY_OWNER;
    const att_str whole = sure && country_of_body(self, body).data ? (att_str){ 0 } : of_several_states(self, index);
    if (whole.data) record->country = whole;
    else if (sure || !back->rank) *(sure ? &record->country : &back->guess) = country_of_body(self, body);
}

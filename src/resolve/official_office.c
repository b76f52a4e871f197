/* official_office.c - which known office a record means. */
#include "resolve/agency.h"
#include "resolve/official_maker.h"

/* Whether the record's agency allows this office. */
static bool agrees(const record_maker *self, uint32_t office, const att_official *record, const backing *back)
{
    att_str agency = office_at(self, office)->agency;
    if (!agency.data || !record->agency_id.data) return true;
    if (att_str_equal(agency, record->agency_id) || att_str_equal(agency, back->agency_parent)) return true;
    /* "EU Energy Commissioner Roe": the record has the EU, the office its Commission; one body of several states suffices. */
    att_str country = office_at(self, office)->country;
    return att_str_starts(country, ATT_STR("IGO:")) && att_str_equal(country, record->country);
}

/* The office that title and body mean together, where the body has no id or a different one: "Central Bank" and "Governor" are
 * the office "Central Bank Governor". */
static uint32_t office_with_body(const record_maker *self, const att_official *record, const att_title *title, att_str person)
{
    const att_offices *offices = &self->knowledge->offices;
    uint32_t office = att_office_of_body(offices, record->agency_id, title, person, self->doc);
    if (office != ATT_NONE || !record->agency.length || !title->core.length) return office;
    if (att_index_find(&offices->names, person) == ATT_NONE) return ATT_NONE; /* most persons hold no office at all */
    att_str words = att_str_join(self->doc->arena, record->agency, ATT_STR(" "), title->core);
    att_title whole = att_title_read(offices, self->doc->arena, words);
    return att_office_find_in(offices, &whole, person, self->doc, record->country);
}

/* Whether a body that the record does not know, or another post, stands before the person's first mention: "Acme spokesman
 * Roe", "a spokesman for Acme, Roe", "Police spokesman Roe". */
static bool is_told_of_other(const record_maker *self, const backing *back)
{
    enum { NEAR = 8 };
    const uint32_t bodies = 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO;
    uint32_t first = back->person == ATT_NONE ? (uint32_t)ATT_NONE : self->coref->firsts.items[back->person];
    if (first == ATT_NONE) return false;
    uint32_t edge = at(self, first)->tokens.first;
    if (edge && is_word(self, edge - 1, ",")) edge--;
    for (uint32_t i = first, steps = 0; i-- > 0 && steps < NEAR; steps++) {
        const att_annotation *one = at(self, i);
        if (one->tokens.last != edge && !(one->tokens.last + 1 == edge && self->doc->tokens.flags[edge - 1] & ATT_FLAG_POSS))
            continue;
        if (bodies >> one->layer & 1) return true;
        if (one->layer != ATT_LAYER_TITLE) continue;
        att_str said = att_str_slice(self->doc->text, one->start, one->end);
        if (!att_title_is_of_any(&self->knowledge->offices, read_title(self, said).core)) return true;
        edge = one->tokens.first;
    }
    return false;
}

/* Whether the title may mean an office that neither a body nor a state at its place tells. */
static bool may_tell(const record_maker *self, const att_official *record, const backing *back, const att_title *title,
                     att_str person)
{
    if (record->agency.data || record->country.data) return true;
    if (!att_title_is_of_any(&self->knowledge->offices, title->core)) return true;
    return att_office_is_told(&self->knowledge->offices, title->core, person) && !is_told_of_other(self, back);
}

/* The office of the title that somebody of this name holds and that the record's agency allows; else ATT_NONE. */
static uint32_t office_named(const record_maker *self, const att_official *record, const backing *back, const att_title *title,
                             att_str person)
{
    if (!may_tell(self, record, back, title, person)) return ATT_NONE;
    uint32_t office = att_office_find_in(&self->knowledge->offices, title, person, self->doc, record->country);
    if (office != ATT_NONE && agrees(self, office, record, back)) return office;
    office = office_with_body(self, record, title, person);
    return office != ATT_NONE && agrees(self, office, record, back) ? office : (uint32_t)ATT_NONE;
}

void att_officials_find_several(record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    self->several.items = att_arena_alloc(self->doc->arena, sizeof *self->several.items * BODIES_SEARCHED);
    bool *known = att_arena_zero(self->doc->arena, self->doc->entities.count + 1, sizeof *known);
    for (uint32_t k = 0; k < bodies->count && self->several.count < BODIES_SEARCHED; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer != ATT_LAYER_IGO || body->entity >= self->doc->entities.count || known[body->entity]) continue;
        known[body->entity] = true;
        self->several.items[self->several.count++] = bodies->items[k];
    }
}

/* "The WTO met. Director-General Jane Roe spoke": the office that the person of this whole name holds at a body of several
 * states which the document names. ATT_NONE for none. */
static uint32_t office_of_named_body(const record_maker *self, const att_official *record, const att_title *title,
                                     att_str person)
{
    const att_offices *offices = &self->knowledge->offices;
    if (record->agency.data || !title->core.length || !person.length || !memchr(person.data, ' ', person.length))
        return ATT_NONE;
    if (att_index_find(&offices->names, person) == ATT_NONE) return ATT_NONE;
    for (uint32_t k = 0; k < self->several.count; k++) {
        const att_str id = get(self, at(self, self->several.items[k]), ATT_KEY_ID);
        const uint32_t office = att_office_of_body(offices, id, title, person, self->doc);
        if (office != ATT_NONE && att_str_starts(office_at(self, office)->country, ATT_STR("IGO:"))) return office;
    }
    return ATT_NONE;
}

/* The office of whose title this one, said of a whole name without any body, is the head: "Commissioner Jane Roe", at a body
 * of several states also "Danish Commissioner Jane Roe". ATT_NONE for none, and for ranks, which many have. */
static uint32_t office_by_head(const record_maker *self, const att_official *record, const backing *back,
                               const att_title *title, att_str person)
{
    const att_offices *offices = &self->knowledge->offices;
    if (record->agency.data || back->rank || !person.length || !memchr(person.data, ' ', person.length)) return ATT_NONE;
    if (!may_tell(self, record, back, title, person)) return ATT_NONE;
    const uint32_t office = att_office_by_head(offices, title, person, self->doc, record->country);
    if (office != ATT_NONE || !att_officials_heads_several(self, record, back, NULL)) return office;
    const uint32_t of_any = att_office_by_head(offices, title, person, self->doc, (att_str){ 0 });
    return of_any != ATT_NONE && att_str_starts(office_at(self, of_any)->country, ATT_STR("IGO:")) ? of_any : office;
}

static void find_office(const record_maker *self, att_official *record, backing *back, const att_annotation *official,
                        const att_title *title)
{
    att_str said = get(self, official, ATT_KEY_OFFICE);
    back->office = said.length ? att_offices_named(&self->knowledge->offices, said) : (uint32_t)ATT_NONE;
    record->office = said;
    if (said.length) return;
    uint32_t name = self->coref->name_of[index_of(self, official)];
    att_str person = name == ATT_NONE ? att_coref_fold(self->coref, self->doc->arena, record->name)
                                      : att_coref_bare(self->coref->names.items[name]);
    back->office = office_named(self, record, back, title, person);
    att_str whole = whole_name(self, back);
    if (back->office == ATT_NONE && whole.length > record->name.length) {
        person = att_coref_fold(self->coref, self->doc->arena, whole);
        back->office = office_named(self, record, back, title, person);
    }
    if (back->office != ATT_NONE) return;
    back->office = office_of_named_body(self, record, title, person);
    if (back->office == ATT_NONE) back->office = office_by_head(self, record, back, title, person);
    if (back->office != ATT_NONE) record->country = office_at(self, back->office)->country;
}

static void fill_from_office(const record_maker *self, att_official *record, const backing *back)
{
    if (back->office == ATT_NONE) return;
    const att_office *office = office_at(self, back->office);
    record->office = office->id;
    if (!record->country.data) record->country = office->country;
    if (!record->agency_id.data && !record->agency.data) record->agency_id = office->agency;
}

/* Finds the office of one whose body a guess has put in another state: with the body of that name in his own state, else
 * without any, since "Secretary of State Roe at the Royal Court" is only met there. */
static void find_office_elsewhere(const record_maker *self, att_official *record, backing *back, const att_annotation *official,
                                  const att_title *title)
{
    if (back->office != ATT_NONE || back->body == ATT_NONE) return;
    if (!att_officials_of_other_state(self, at(self, back->body), record->country)) return;
    record->agency_id = att_agency_id_in(self->finder, back->body, record->country);
    back->agency_parent = (att_str){ 0 };
    find_office(self, record, back, official, title);
    if (back->office != ATT_NONE) return;
    att_official alone = *record;
    alone.agency = alone.agency_id = (att_str){ 0 };
    find_office(self, &alone, back, official, title);
    if (back->office == ATT_NONE) return;
    *record = alone;
    back->body = ATT_NONE;
}

/* The office that the body's name and the title make together for a whole name, in whatever state; ATT_NONE for none. */
static uint32_t office_of_both(const record_maker *self, const att_official *record, const att_title *title)
{
    const att_offices *offices = &self->knowledge->offices;
    att_arena *arena = self->doc->arena;
    const att_str person = att_coref_fold(self->coref, arena, record->name);
    if (!memchr(person.data, ' ', person.length) || att_index_find(&offices->names, person) == ATT_NONE) return ATT_NONE;
    const att_str forms[] = { att_str_join(arena, record->agency, ATT_STR(" "), title->core),
                              att_str_join(arena, title->core, ATT_STR(" of the "), record->agency),
                              att_str_join(arena, title->core, ATT_STR(" of "), record->agency) };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const att_title whole = att_title_read(offices, arena, forms[i]);
        const uint32_t office = att_office_find_in(offices, &whole, person, self->doc, (att_str){ 0 });
        if (office != ATT_NONE) return office;
    }
    return ATT_NONE;
}

/* Whether only the body, or a guess, says of which state the record is. */
static bool is_of_body_alone(const record_maker *self, const att_official *record, const backing *back)
{
    const att_annotation *body = at(self, back->body);
    if (record->country.data && !att_str_equal(record->country, country_of_body(self, body))) return false;
    if (body->layer == ATT_LAYER_IGO) return true;
    return body->layer == ATT_LAYER_AGENCY && body->country_by != ATT_BY_NAME && body->country_by != ATT_BY_OWNER;
}

/* Who holds the post that body and title name together is of his own state, not of the one that the body alone means: "UN
 * Ambassador Roe" of Norway, "National Police Chief Roe" where the best known police of that name is another state's. */
static void find_office_of_both(const record_maker *self, att_official *record, backing *back, const att_title *title)
{
    if (back->office != ATT_NONE || back->body == ATT_NONE || !record->agency.length || !title->core.length) return;
    if (!is_of_body_alone(self, record, back)) return;
    back->office = office_of_both(self, record, title);
    if (back->office == ATT_NONE) return;
    record->country = office_at(self, back->office)->country;
    back->agency_parent = (att_str){ 0 };
    if (at(self, back->body)->layer == ATT_LAYER_AGENCY) {
        record->agency_id = att_agency_id_in(self->finder, back->body, record->country);
        return;
    }
    record->agency = record->agency_id = (att_str){ 0 };
    back->body = ATT_NONE;
}

void att_officials_find_office(const record_maker *self, att_official *record, backing *back, const att_annotation *official,
                               const att_title *title)
{
    find_office(self, record, back, official, title);
    find_office_elsewhere(self, record, back, official, title);
    find_office_of_both(self, record, back, title);
    fill_from_office(self, record, back);
}

/* "Commissioner Roe" of one who is known by now to be of a body of several states has the office that he holds there. */
static void find_office_of_several(const record_maker *self, att_official *record, backing *back)
{
    if (back->office != ATT_NONE || record->agency.data || !att_str_starts(record->country, ATT_STR("IGO:"))) return;
    const att_title title = read_title(self, record->title);
    const att_str person = att_coref_fold(self->coref, self->doc->arena, record->name);
    back->office = att_office_by_head(&self->knowledge->offices, &title, person, self->doc, record->country);
    fill_from_office(self, record, back);
}

/* Makes the agency the body of that name in the state whose official it is, or one that nobody knows; not where the office is
 * of the body. */
static void agree_with_country(const record_maker *self, att_official *record, backing *back)
{
    if (back->body == ATT_NONE || !att_officials_of_other_state(self, at(self, back->body), record->country)) return;
    if (!att_str_equal(record->agency_id, get(self, at(self, back->body), ATT_KEY_ID))) return;
    bool of_office = back->office != ATT_NONE && record->agency_id.data;
    if (of_office && att_str_equal(office_at(self, back->office)->agency, record->agency_id)) return;
    record->agency_id = att_agency_id_in(self->finder, back->body, record->country);
    back->agency_parent = (att_str){ 0 };
}

void att_officials_settle_office(const record_maker *self, att_official *record, backing *back)
{
    find_office_of_several(self, record, back);
    agree_with_country(self, record, back);
}

#include "resolve/agency.h"
#include "resolve/entities.h"
#include "resolve/official_maker.h"

static const char *const statuses[] = { "former", "acting", "designate" }; /* the first one that any mention states holds */
enum { STATUS_COUNT = sizeof statuses / sizeof *statuses };

static uint32_t index_of(const record_maker *self, const att_annotation *annotation)
{
    return (uint32_t)(annotation - self->doc->annotations.items);
}

/* ---- the agency ---- */

/* The longest annotation of the same layer around annotation `index`, or that annotation itself. */
static uint32_t widest(const record_maker *self, uint32_t index)
{
    uint32_t best = index;
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++)
        if (at(self, i)->layer == at(self, index)->layer && at(self, i)->end >= at(self, best)->end) best = i;
    return best;
}

/* "of the Joint Chiefs of Staff Navy Adm. Roe": whether a soldier's rank follows the unit, which is then the force of that rank. */
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

/* The annotation, AGENCY or IGO, that the field `agency` of an OFFICIAL names; ATT_NONE for none. */
static uint32_t body_of(const record_maker *self, const att_annotation *official)
{
    att_str text = get(self, official, ATT_KEY_AGENCY);
    uint32_t body = att_annotation_of(self->doc, ATT_LAYER_AGENCY, text, official->start);
    if (body != ATT_NONE) return unit_behind(self, widest(self, body));
    return att_annotation_of(self->doc, ATT_LAYER_IGO, text, official->start);
}

/* Whether a state's official cannot be of the body as it was linked: because only a guess gave that its state, another one, or
 * because none was found. */
static bool is_of_other_state(const record_maker *self, const att_annotation *body, att_str country)
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

/* "Dutch NATO Secretary General Roe", "the Belgian head of Europol": whether the post is one that heads a body of several states
 * and only the people before it tells a state, which is then not whose official he is. "Brazilian BRICS President Roe", whom
 * the lists know as Brazil's, heads it in turn. */
static bool heads_several(const record_maker *self, const att_official *record, const backing *back, const att_annotation *body)
{
    if (record->country.length != CODE_LENGTH || back->title == ATT_NONE || (body && body->layer != ATT_LAYER_IGO)) return false;
    const att_str last = att_str_last_word(back->core);
    if (!last.length || !att_lists_have_text(&self->knowledge->lists, ATT_LIST_HEAD_OF_ALL, last)) return false;
    if (!is_behind_people(self, back, body)) return false;
    const att_title title = read_title(self, record->title);
    const att_str person = att_coref_fold(self->coref, self->doc->arena, record->name);
    return att_office_find_in(&self->knowledge->offices, &title, person, self->doc, record->country) == ATT_NONE;
}

static void fill_agency(const record_maker *self, att_official *record, backing *back, const att_annotation *official)
{
    bool named = att_str_is(get(self, official, ATT_KEY_KIND), "named");
    uint32_t index = named ? body_meant(self, official) : body_of(self, official);
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
    if (heads_several(self, record, back, body)) record->country = country_of_body(self, body);
    bool several = body->layer == ATT_LAYER_IGO && att_str_starts(record->country, ATT_STR("IGO:"));
    if (record->country.data && !several) return;
    bool sure = body->layer != ATT_LAYER_AGENCY || body->country_by <= ATT_BY_OWNER;
    const att_str whole = sure && country_of_body(self, body).data ? (att_str){ 0 } : of_several_states(self, index);
    if (whole.data) record->country = whole;
    else if (sure || !back->rank) *(sure ? &record->country : &back->guess) = country_of_body(self, body);
}

/* ---- the office ---- */

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

/* The person's entity; ATT_NONE where no mention is known. */
static uint32_t entity_of(const record_maker *self, const backing *back)
{
    uint32_t first = back->person == ATT_NONE ? (uint32_t)ATT_NONE : self->coref->firsts.items[back->person];
    return first == ATT_NONE ? (uint32_t)ATT_NONE : at(self, first)->entity;
}

/* The person's fullest name in the document; null where no mention is known. */
static att_str whole_name(const record_maker *self, const backing *back)
{
    uint32_t entity = entity_of(self, back);
    return entity == ATT_NONE ? (att_str){ 0 } : self->doc->entities.items[entity].name;
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

/* Finds one mention of each body of several states that the document names. */
static void find_several(record_maker *self)
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
    if (office != ATT_NONE || !heads_several(self, record, back, NULL)) return office;
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
    if (!is_of_other_state(self, at(self, back->body), record->country)) return;
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
    if (back->body == ATT_NONE || !is_of_other_state(self, at(self, back->body), record->country)) return;
    if (!att_str_equal(record->agency_id, get(self, at(self, back->body), ATT_KEY_ID))) return;
    bool of_office = back->office != ATT_NONE && record->agency_id.data;
    if (of_office && att_str_equal(office_at(self, back->office)->agency, record->agency_id)) return;
    record->agency_id = att_agency_id_in(self->finder, back->body, record->country);
    back->agency_parent = (att_str){ 0 };
}

/* ---- status ---- */

static int status_named(att_str name)
{
    int status = 0;
    while (status < STATUS_COUNT && !att_str_is(name, statuses[status])) status++;
    return status;
}

/* Whether the token lies in a country's or body's name before annotation `index`. */
static bool in_body(const record_maker *self, uint32_t index, uint32_t token)
{
    enum { NEAR = 16 };
    const uint32_t bodies = 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO;
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < NEAR; steps++) {
        att_token_range tokens = at(self, i)->tokens;
        if (tokens.first <= token && token < tokens.last && bodies >> at(self, i)->layer & 1) return true;
    }
    return false;
}

/* The status that the word before the title states; names of countries and bodies between them are passed over, as in "former
 * U.S. Secretary of State". */
static int status_before(const record_maker *self, uint32_t title)
{
    enum { FARTHEST = 12 };
    uint32_t token = at(self, title)->tokens.first;
    for (int steps = 0; token && steps < FARTHEST; steps++) {
        token--;
        bool passed = self->doc->tokens.flags[token] & ATT_FLAG_POSS || att_str_is(surface(self, token), "-");
        if (!passed && !in_body(self, title, token)) break;
    }
    att_str status, word = surface(self, token);
    /* "Then" at the start of a sentence means next, not former. */
    if (att_str_is(word, "Then") || !att_may_say_status(word)) return STATUS_COUNT;
    att_title_core(att_str_join(self->doc->arena, word, ATT_STR(" "), ATT_STR("x")), &status);
    return status.data ? status_named(status) : STATUS_COUNT;
}

/* The status that the word behind the title states: "Secretary of State-designate", "Secretary of State nominee". */
static int status_behind(const record_maker *self, uint32_t title)
{
    uint32_t token = at(self, title)->tokens.last;
    if (token < self->doc->tokens.count && att_str_is(surface(self, token), "-")) token++;
    if (token >= self->doc->tokens.count || !att_may_say_status(surface(self, token))) return STATUS_COUNT;
    att_str status;
    att_title_core(att_str_join(self->doc->arena, ATT_STR("x"), ATT_STR(" "), surface(self, token)), &status);
    return status.data ? status_named(status) : STATUS_COUNT;
}

static int status_of(const record_maker *self, const att_annotation *official, uint32_t title, att_str status)
{
    att_str said = get(self, official, ATT_KEY_STATUS);
    if (said.length && status_named(said) < STATUS_COUNT) return status_named(said);
    int best = status.data ? status_named(status) : STATUS_COUNT;
    if (title == ATT_NONE) return best;
    int before = status_before(self, title), behind = status_behind(self, title);
    if (before < best) best = before;
    return behind < best ? behind : best;
}

/* Whether another time or another clause begins with the token: "and is now", "; he". */
static bool turns(const record_maker *self, uint32_t token)
{
    return is_word(self, token, ";") || att_lists_have_text(&self->knowledge->lists, ATT_LIST_TURN, surface(self, token));
}

/* Whether "served as" stands before the title, and no "has" before that. */
static bool is_served_once(const record_maker *self, uint32_t title, uint32_t first)
{
    enum { WORDS_BETWEEN = 10, WORDS_BEFORE = 3 };
    uint32_t token = at(self, title)->tokens.first, as = token;
    while (as > first && !is_word(self, as, "as") && token - as < WORDS_BETWEEN) as--;
    if (!is_word(self, as, "as")) return false;
    for (uint32_t between = as; between < token; between++)
        if (turns(self, between)) return false;
    for (token = as; token > first && as - token < WORDS_BETWEEN && !is_word(self, token - 1, ",");) {
        if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_SERVED, surface(self, --token))) continue;
        for (uint32_t before = token; before > first && token - before < WORDS_BEFORE; before--)
            if (is_word(self, before - 1, "has") || is_word(self, before - 1, "have")) return false;
        return true;
    }
    return false;
}

/* Whether the name stands behind the title: "Director Roe". */
static bool is_before_name(const record_maker *self, const att_annotation *official, uint32_t title)
{
    const att_str name = get(self, official, ATT_KEY_NAME);
    const uint32_t person = att_annotation_of(self->doc, ATT_LAYER_PERSON, name, official->start);
    return person != ATT_NONE && at(self, person)->tokens.first >= at(self, title)->tokens.first;
}

/* Whether the post goes on with that of the record before, which is over, up to a word that turns: "served as Counsel of the
 * Mint and Director of the Museum, and is President". */
static bool goes_on_past(const record_maker *self, const backing *back)
{
    enum { FARTHEST = 64 };
    const backing *before = self->backings.count ? &self->backings.items[self->backings.count - 1] : NULL;
    if (!before || !before->past || before->person != back->person || before->sentence != back->sentence) return false;
    const uint32_t behind = at(self, before->title)->tokens.last, next = at(self, back->title)->tokens.first;
    if (next < behind || next - behind > FARTHEST) return false;
    for (uint32_t token = behind; token < next; token++)
        if (turns(self, token)) return false;
    return true;
}

/* Whether the post is told as one that is over, which "Director Roe" is not. */
static bool is_past(const record_maker *self, const att_annotation *official, const backing *back)
{
    if (back->title == ATT_NONE || back->person == ATT_NONE) return false;
    if (att_str_is(get(self, official, ATT_KEY_STATUS), "former")) return true;
    const uint32_t first = self->doc->sentences.items[back->sentence].tokens.first;
    if (!is_served_once(self, back->title, first) && !goes_on_past(self, back)) return false;
    return !is_before_name(self, official, back->title);
}

/* Without a date nothing is known and the result is null. Otherwise the text decides, then the term of office beside the
 * document's date. */
static att_str final_status(const record_maker *self, const att_official *record, const backing *back)
{
    if (record->undated) return (att_str){ 0 };
    if (back->status < STATUS_COUNT) return att_str_of(statuses[back->status]);
    const att_holding *term = NULL;
    if (back->office != ATT_NONE && record->name.data)
        term = att_office_term(&self->knowledge->offices, back->office,
                               att_coref_fold(self->coref, self->doc->arena, record->name), self->doc->date);
    if (term) return att_holding_status(term, self->doc->date);
    return back->past ? ATT_STR("former") : ATT_STR("current");
}

/* ---- records ---- */

/* A country that owns the post is certain. One that a list or the sentence suggests is only a guess, and gives way to what
 * other mentions of the record say. */
static void fill_country(const record_maker *self, att_official *record, backing *back, uint32_t title)
{
    if (record->country.data || title == ATT_NONE) return;
    record->country = att_country_of(self->finder, title, ATT_BY_OWNER, ATT_BY_OWNER);
    if (record->country.data || back->guess.data) return;
    back->guess = att_country_by_its(self->finder, title);
    if (back->guess.data) return;
    back->guess = att_country_of(self->finder, title, ATT_BY_LIST, back->rank ? ATT_BY_SUBJECT : ATT_BY_SENTENCE);
    if (!back->guess.data) back->guess = att_country_of(self->finder, title, ATT_BY_ORIGIN, ATT_BY_ORIGIN);
}

/* The person behind the title whom its holder serves: Roe in "spokesman for Prime Minister Roe", "adviser to Peruvian President
 * Roe"; ATT_NONE for none. */
static uint32_t served_behind(const record_maker *self, uint32_t title)
{
    enum { NEAR = 8 };
    const uint32_t to = at(self, title)->tokens.last;
    uint32_t from = to + 1, post = ATT_NONE;
    if (to >= self->doc->tokens.count || !(is_word(self, to, "for") || is_word(self, to, "to"))) return ATT_NONE;
    for (uint32_t i = title + 1, steps = 0; i < self->doc->annotations.count && steps < NEAR; i++, steps++) {
        const bool nation = att_is_nation_layer(at(self, i)->layer);
        if (nation && at(self, i)->tokens.first == from) from = at(self, i)->tokens.last;
        if (from < self->doc->tokens.count && self->doc->tokens.flags[from] & ATT_FLAG_POSS) from++;
        if (at(self, i)->layer == ATT_LAYER_TITLE && at(self, i)->tokens.first == from) post = at(self, i)->tokens.last;
        if (at(self, i)->layer == ATT_LAYER_PERSON && at(self, i)->tokens.first == post)
            return att_coref_person(self->coref, self->doc->arena, i, (att_str){ 0 });
    }
    return ATT_NONE;
}

/* The person whose spokesman or envoy the title's holder is: the one whose name in the possessive stands before ("Roe's
 * spokesman"), or after "His" and "Her" the official before; else one behind. ATT_NONE for none. */
static uint32_t owner_of(const record_maker *self, uint32_t title)
{
    enum { NEAR = 8 };
    const uint32_t served = served_behind(self, title);
    if (served != ATT_NONE) return served;
    uint32_t first = at(self, title)->tokens.first;
    if (first && self->backings.count && (is_word(self, first - 1, "His") || is_word(self, first - 1, "Her")))
        return self->backings.items[self->backings.count - 1].person;
    if (first < 2 || !(self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS)) return ATT_NONE;
    for (uint32_t i = title, steps = 0; i-- > 0 && steps < NEAR; steps++)
        if (at(self, i)->layer == ATT_LAYER_PERSON && at(self, i)->tokens.last == first - 1)
            return att_coref_person(self->coref, self->doc->arena, i, (att_str){ 0 });
    return ATT_NONE;
}

/* Whether the body named last before the official is one of a state, and no company is named in the sentence. If so, "its
 * spokesman" is the body's. */
static bool behind_body(const record_maker *self, const att_annotation *official)
{
    uint32_t i = index_of(self, official);
    uint32_t sentence = att_stretches_at(&self->doc->sentences, official->tokens.first);
    bool found = false;
    for (int steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++) {
        bool here = att_stretches_at(&self->doc->sentences, at(self, i)->tokens.first) == sentence;
        if (found && !here) return true;
        if (at(self, i)->layer == ATT_LAYER_ORG) return false;
        found |= at(self, i)->layer == ATT_LAYER_AGENCY || at(self, i)->layer == ATT_LAYER_IGO;
    }
    return found;
}

/* Whether the title is one that only states give and says of what: "Minister of Health", "foreign minister", "Deputy Attorney
 * General". "Minister" alone may be a church's. */
static bool is_post_of_state(const record_maker *self, att_str title)
{
    if (!title.length || !memchr(title.data, ' ', title.length)) return false;
    for (att_str rest = title; rest.length; att_str_first_word(&rest))
        if (att_lists_have_start(&self->knowledge->lists, ATT_LIST_POST_OF_STATE, rest)) return true;
    return false;
}

static bool is_doubtful(const record_maker *self, const att_annotation *official, const att_official *record,
                        const backing *back)
{
    att_str kind = get(self, official, ATT_KEY_KIND);
    const bool likely = get(self, official, ATT_KEY_LIKELY).data;
    if (att_str_is(kind, "named")) return !record->agency.data && !likely;
    if (!att_str_is(kind, "common") || record->country.data || record->agency.data) return false;
    if (likely || back->of_state) return false;
    return !behind_body(self, official);
}

/* Whose the body is that stands behind the first word of the title: that of the UN in "Deputy UN spokesman". */
static att_str owner_within(const record_maker *self, uint32_t title)
{
    for (uint32_t i = title + 1; i < self->doc->annotations.count && at(self, i)->start < at(self, title)->end; i++) {
        const att_annotation *body = at(self, i);
        if (body->tokens.first != at(self, title)->tokens.first + 1) continue;
        bool of_state = body->layer == ATT_LAYER_AGENCY && body->country_by <= ATT_BY_OWNER;
        if (of_state || body->layer == ATT_LAYER_IGO) return country_of_body(self, body);
    }
    return (att_str){ 0 };
}

static void fill_place(const record_maker *self, att_official *record, const att_annotation *official)
{
    record->start = official->start;
    record->end = official->end;
    record->origin = official->origin;
    record->line = official->line;
    record->undated = !self->doc->date.data;
}

/* "the UN Yemen envoy": the body of several states that a rule names and that stands before the state to which its envoy is
 * sent; null for none. */
static att_str of_sender(const record_maker *self, const att_annotation *official, uint32_t title)
{
    uint32_t body = body_of(self, official);
    if (body == ATT_NONE || at(self, body)->layer != ATT_LAYER_IGO || at(self, body)->end > at(self, title)->start)
        return (att_str){ 0 };
    return country_of_body(self, at(self, body));
}

static att_official read_official(const record_maker *self, const att_annotation *official, backing *back)
{
    att_official record = { .entity = ATT_NONE,
                            .name = att_document_said(self->doc, get(self, official, ATT_KEY_NAME)),
                            .title = att_document_said(self->doc, get(self, official, ATT_KEY_TITLE)),
                            .country = get(self, official, ATT_KEY_COUNTRY) };
    uint32_t title = att_annotation_of(self->doc, ATT_LAYER_TITLE, record.title, official->start);
    att_title read =
        att_coref_title_of(self->coref, &self->knowledge->offices, self->doc->arena, index_of(self, official), record.title);
    *back = (backing){ .office = ATT_NONE, .body = ATT_NONE, .next = ATT_NONE };
    back->sentence = att_stretches_at(&self->doc->sentences, official->tokens.first);
    back->title = title;
    back->owner = title == ATT_NONE ? (uint32_t)ATT_NONE : owner_of(self, title);
    back->person = att_coref_person(self->coref, self->doc->arena, index_of(self, official), record.name);
    back->core = read.core;
    back->plural = read.plural;
    back->status = status_of(self, official, title, read.status);
    back->past = is_past(self, official, back);
    back->rank = att_str_is(get(self, official, ATT_KEY_KIND), "rank");
    back->envoy = att_str_is(get(self, official, ATT_KEY_KIND), "envoy");
    back->head = att_str_is(get(self, official, ATT_KEY_KIND), "head");
    back->likely = get(self, official, ATT_KEY_LIKELY);
    back->of_state = is_post_of_state(self, record.title);
    fill_place(self, &record, official);
    if (!record.country.data && title != ATT_NONE) record.country = of_sender(self, official, title);
    if (!record.country.data && title != ATT_NONE)
        record.country = att_country_of(self->finder, title, ATT_BY_NAME, ATT_BY_NAME);
    if (!record.country.data && title != ATT_NONE) record.country = owner_within(self, title);
    fill_agency(self, &record, back, official);
    find_office(self, &record, back, official, &read);
    find_office_elsewhere(self, &record, back, official, &read);
    find_office_of_both(self, &record, back, &read);
    fill_from_office(self, &record, back);
    fill_country(self, &record, back, title);
    back->doubtful = back->owner == ATT_NONE && is_doubtful(self, official, &record, back);
    return record;
}

/* Whether both agencies are known and neither is the other one or its parent: then they cannot have one office together. */
static bool agencies_differ(const att_official *a, const backing *x, const att_official *b, const backing *y)
{
    if (!a->agency.data || !b->agency.data || !a->agency_id.data || !b->agency_id.data) return false;
    return !att_str_equal(a->agency_id, b->agency_id) && !att_str_equal(a->agency_id, y->agency_parent)
           && !att_str_equal(b->agency_id, x->agency_parent);
}

/* Whether `many` is the plural of `one`: "senators" of "senator", "secretaries" of "secretary". */
static bool is_plural_of(att_str many, att_str one)
{
    if (many.length == one.length + 1) return att_str_starts(many, one) && att_str_ends(many, ATT_STR("s"));
    return many.length == one.length + 2 && att_str_ends(one, ATT_STR("y")) && att_str_ends(many, ATT_STR("ies"))
           && att_str_starts(many, att_str_slice(one, 0, one.length - 1));
}

static bool same_title(const record_maker *self, const backing *x, const backing *y)
{
    return att_same_title(&self->knowledge->lists, x->core, y->core) || is_plural_of(x->core, y->core)
           || is_plural_of(y->core, x->core);
}

static bool acts(att_str title)
{
    att_str status;
    att_title_core(title, &status);
    return att_str_is(status, "acting");
}

/* Whether one of the two is an acting holder and the other is not. Both must be written with more than one word, since a later
 * "Secretary Roe" may well mean Acting Secretary Jane Roe. */
static bool acts_for_other(const att_official *a, const att_official *b)
{
    return acts(a->title) != acts(b->title) && memchr(a->name.data, ' ', a->name.length)
           && memchr(b->name.data, ' ', b->name.length);
}

static bool same_office(const record_maker *self, const att_official *a, const backing *x, const att_official *b,
                        const backing *y)
{
    if (acts_for_other(a, b)) return false;
    if (x->office != ATT_NONE && x->office == y->office) return true;
    return same_title(self, x, y) && !agencies_differ(a, x, b, y);
}

/* Whether the title is written as a name: no word of it but "of" and the like begins with a small letter. */
static bool is_written_as_name(att_str title)
{
    enum { SHORTEST = 4 };
    for (size_t i = 0, next; i < title.length; i = next + 1) {
        for (next = i; next < title.length && title.data[next] != ' ';) next++;
        if (next - i >= SHORTEST && title.data[i] >= 'a' && title.data[i] <= 'z') return false;
    }
    return true;
}

static bool has_small_letter(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') return true;
    return false;
}

/* Whether the words are longer than those known, or the same without the capitals of a headline. */
static bool is_longer(att_str more, att_str known)
{
    return more.length > known.length || (more.length == known.length && has_small_letter(more) && !has_small_letter(known));
}

/* Whether the title says more than the one known: the longer one, but an office's name more than other words for it, as
 * "Minority Leader" beside "Democratic leader". */
static bool is_fuller(const record_maker *self, const att_official *more, const backing *seen, const att_official *record,
                      const backing *back)
{
    const bool named = is_written_as_name(more->title);
    if (named != is_written_as_name(record->title) && !same_title(self, seen, back)) return named;
    return is_longer(more->title, record->title);
}

/* Adds to a record what a further mention of it says. */
static void merge(const record_maker *self, att_official *record, backing *back, const att_official *more, const backing *seen)
{
    if (is_longer(more->name, record->name)) record->name = more->name;
    bool plural = seen->plural > back->plural || is_plural_of(seen->core, back->core);
    bool single = seen->plural < back->plural || is_plural_of(back->core, seen->core);
    if ((is_fuller(self, more, seen, record, back) && !plural) || single) {
        record->title = more->title;
        back->core = seen->core;
        back->plural = seen->plural;
    }
    if (!record->agency.data) back->body = seen->body;
    fill_empty(&record->agency, more->agency);
    fill_empty(&record->agency_id, more->agency_id);
    fill_empty(&record->country, more->country);
    fill_empty(&record->office, more->office);
    fill_empty(&back->agency_parent, seen->agency_parent);
    fill_empty(&back->guess, seen->guess);
    fill_empty(&back->likely, seen->likely);
    if (back->office == ATT_NONE) back->office = seen->office;
    if (seen->status < back->status) back->status = seen->status;
    back->past = back->past && seen->past;
}

/* The record that has the same person and office, or ATT_NONE. */
static uint32_t known_record(const record_maker *self, const att_official *record, const backing *back)
{
    if (back->person == ATT_NONE) return ATT_NONE;
    uint32_t i = self->heads[back->person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = self->backings.items[i].next, seen++)
        if (same_office(self, &self->doc->officials.items[i], &self->backings.items[i], record, back)) return i;
    return ATT_NONE;
}

/* "ADM. ROE:", "ADMIRAL JANE ROE:": of one whose post is known it says no more. */
static bool is_rank_alone(const record_maker *self, const att_official *record)
{
    const bool label = !memchr(record->name.data, ' ', record->name.length) || !has_small_letter(record->name);
    return label && att_lists_have_text(&self->knowledge->lists, ATT_LIST_PERSONAL_RANK, record->title);
}

/* Makes the record, or adds to a known one. What the mention itself or its office says of the country goes into the annotation,
 * because rules of themes ask for it. */
static void add_official(record_maker *self, att_annotation *official)
{
    backing back;
    att_official record = read_official(self, official, &back);
    if (record.country.data)
        att_annotation_put(official, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, record.country);
    uint32_t known = known_record(self, &record, &back);
    if (known != ATT_NONE) {
        merge(self, &self->doc->officials.items[known], &self->backings.items[known], &record, &back);
        return;
    }
    if (back.doubtful || back.person == ATT_NONE) return;
    if (self->heads[back.person] != ATT_NONE && is_rank_alone(self, &record)) return;
    back.next = self->heads[back.person];
    self->heads[back.person] = self->doc->officials.count;
    ATT_RESERVE(self->doc->arena, &self->doc->officials, 1);
    self->doc->officials.items[self->doc->officials.count++] = record;
    ATT_RESERVE(self->doc->arena, &self->backings, 1);
    self->backings.items[self->backings.count++] = back;
}

/* Takes "then-", "ex-" or "former-" off the beginning of a title. */
static att_str without_time(const record_maker *self, att_str title)
{
    const char *hyphen = title.length ? memchr(title.data, '-', title.length) : NULL;
    if (!hyphen) return title;
    const size_t cut = (size_t)(hyphen - title.data);
    bool time = att_lists_have_text(&self->knowledge->lists, ATT_LIST_TIME, att_str_slice(title, 0, cut));
    return time ? att_str_slice(title, cut + 1, title.length) : title;
}

/* Gives the record what only the whole document tells: the person's fullest name and entity, and the status. Line breaks become
 * blanks. */
static void finish(const record_maker *self, att_official *record, backing *back)
{
    record->entity = entity_of(self, back);
    att_str name = whole_name(self, back);
    if (name.length > record->name.length) record->name = name;
    record->status = final_status(self, record, back);
    record->name = att_str_one_line(self->doc->arena, record->name);
    record->title = att_str_one_line(self->doc->arena, without_time(self, record->title));
    record->agency = att_str_one_line(self->doc->arena, att_document_said(self->doc, record->agency));
}

/* The annotation of that layer that begins at token `first`, among the next ones behind annotation `index`; or ATT_NONE. */
static uint32_t next_at(const record_maker *self, uint32_t index, uint32_t layer, uint32_t first)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= first; i++)
        if (at(self, i)->tokens.first == first && at(self, i)->layer == layer) return i;
    return ATT_NONE;
}

/* The state of the person whose rank follows the body: "Navy Capt. Roe". Null where no record has him. */
static att_str state_of_ranked(const record_maker *self, uint32_t body)
{
    uint32_t title = next_at(self, body, ATT_LAYER_TITLE, at(self, body)->tokens.last);
    if (title == ATT_NONE) return (att_str){ 0 };
    uint32_t name = next_at(self, title, ATT_LAYER_PERSON, at(self, title)->tokens.last);
    if (name == ATT_NONE) return (att_str){ 0 };
    return att_officials_country(self, att_coref_person(self->coref, self->doc->arena, name, (att_str){ 0 }));
}

/* A guess gives the body of "Navy Capt. Roe" or "House Speaker Doe" to the state that the news comes from; the person's record
 * may know better. Returns whether bodies were given to other states. */
static bool agree_with_records(record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    bool moved = false;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const uint32_t body = self->backings.items[i].body;
        const att_official *record = &self->doc->officials.items[i];
        if (body == ATT_NONE || !is_of_other_state(self, at(self, body), record->country)) continue;
        if (att_str_equal(record->agency_id, get(self, at(self, body), ATT_KEY_ID))) continue;
        moved |= att_agency_move(self->finder, body, record->country);
    }
    for (uint32_t k = 0; self->doc->officials.count && k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer != ATT_LAYER_AGENCY || body->country_by < ATT_BY_LIST) continue;
        const att_str country = state_of_ranked(self, bodies->items[k]);
        if (country.data && is_of_other_state(self, body, country))
            moved |= att_agency_move(self->finder, bodies->items[k], country);
    }
    return moved;
}

static bool names_organisation(const record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_ORG) return true;
    return false;
}

/* "General Roe" of one whose post is told elsewhere, as in "Jane Roe, commander of the fleet": the rank says no more; that
 * somebody is a judge does. */
static bool is_told_by_post(const record_maker *self, const att_official *record, const backing *back)
{
    if (!back->rank || back->person == ATT_NONE || record->agency.data) return false;
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_JUDGE, back->core)) return false;
    if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_PERSONAL_RANK, record->title)) return false;
    uint32_t i = self->heads[back->person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = self->backings.items[i].next, seen++) {
        const backing *other = &self->backings.items[i];
        if (!other->rank && other->status == STATUS_COUNT && !other->past) return true;
    }
    return false;
}

/* "President Roe told analysts" in a text that names an organisation, of whatever kind: whom neither the words around nor the
 * rest of the document give to a state or a body, heads one more often than a state. Nor is a rank kept beside a post. The last
 * step, since records move here and nothing that counts them may follow. */
static void drop_needless(record_maker *self)
{
    const bool organisation = names_organisation(self);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *record = &self->doc->officials.items[i];
        const backing *back = &self->backings.items[i];
        if (organisation && back->head && !record->country.data && !record->agency.data) continue;
        if (is_told_by_post(self, record, back)) continue;
        self->doc->officials.items[kept++] = *record;
    }
    self->doc->officials.count = kept;
}

void att_make_officials(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                        const att_groups *groups, att_coref *coref)
{
    record_maker self = { .knowledge = knowledge, .doc = doc, .groups = groups, .coref = coref };
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    self.finder = att_country_finder_new(knowledge, doc, vocabulary, groups);
    self.heads = att_arena_alloc(doc->arena, sizeof(uint32_t) * (coref->names.count + 1));
    for (uint32_t i = 0; i < coref->names.count; i++) self.heads[i] = ATT_NONE;
    find_several(&self);
    for (uint32_t k = 0; k < people->count; k++) {
        att_annotation *person = &doc->annotations.items[people->items[k]];
        if (person->layer == ATT_LAYER_OFFICIAL) add_official(&self, person);
    }
    att_officials_fill_countries(&self);
    for (uint32_t i = 0; i < doc->officials.count; i++) {
        find_office_of_several(&self, &doc->officials.items[i], &self.backings.items[i]);
        agree_with_country(&self, &doc->officials.items[i], &self.backings.items[i]);
    }
    if (agree_with_records(&self)) att_make_entities(knowledge, doc, groups, coref);
    for (uint32_t i = 0; i < doc->officials.count; i++) finish(&self, &doc->officials.items[i], &self.backings.items[i]);
    drop_needless(&self);
}

/* official_maker.h - records of officials while they are made, as the rooms that make them see them: official.c reads what
 * stands at each place, with official_agency.c its body, official_office.c the known office that it means and
 * official_status.c whether it is held now; official_country.c finds the countries that only the rest of the document tells,
 * official_beside.c those that courts, bodies of towns and forces beside them tell.
 *
 * Private to these, so the small helpers have the short names that they would have in one file.
 */
#ifndef ATT_OFFICIAL_MAKER_H
#define ATT_OFFICIAL_MAKER_H

#include "resolve/official.h"

enum { BODIES_SEARCHED = 64, MOST_OFFICES = 64, CODE_LENGTH = 3, STATUS_COUNT = 3 };

/* What the rules and the words around tell of a record, beside what stands in it. */
typedef struct {
    uint32_t person; /* the number of the person's name in the coreferences, or ATT_NONE */
    uint32_t owner;  /* the person whose this one is, as in "Roe's spokesman", or ATT_NONE */
    uint32_t office; /* index into the known offices, or ATT_NONE */
    uint32_t body;   /* annotation of the agency, or ATT_NONE */
    uint32_t next;   /* the next record of the person, or ATT_NONE */
    att_str core;    /* the fullest title, folded, without "former" and the like */
    att_str agency_parent;
    uint32_t title;    /* annotation of the first mention, or ATT_NONE */
    uint32_t sentence; /* the number of its sentence */
    att_str guess;     /* a country that words around suggest but do not state */
    att_str likely;    /* codes of the states that have a post of this name, the likeliest first; or null */
    bool rank;         /* a military rank: says nothing about whose soldier stands in a sentence about a state */
    bool envoy;        /* a post that bodies of several states have, rather than states */
    bool plural;       /* the title is written of several persons: "Presidents" */
    bool doubtful;     /* a post that companies have too, named without a state or a body */
    bool of_state;     /* "Minister of Mines": a post that only states give */
    bool head;         /* "President": of a company where no state or body is found by the end */
    bool past;         /* all that is said is that one served: "served as Deputy Director" */
    int status;        /* "former", "acting" or "designate" by number; STATUS_COUNT when nothing is said */
} backing;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_groups *groups;
    att_coref *coref;
    att_country_finder *finder;
    att_indexes several; /* mentions of bodies of several states, one of each */
    uint32_t *heads;     /* by person: index of the first record, the others follow by `next` */
    struct {
        backing *items;
        uint32_t count, capacity;
    } backings; /* by record */
} record_maker;

static inline const att_annotation *at(const record_maker *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static inline uint32_t index_of(const record_maker *self, const att_annotation *annotation)
{
    return (uint32_t)(annotation - self->doc->annotations.items);
}

static inline att_str get(const record_maker *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static inline att_str surface(const record_maker *self, uint32_t token)
{
    return token < self->doc->tokens.count ? att_document_word(self->doc, token) : ATT_EMPTY;
}

static inline bool is_word(const record_maker *self, uint32_t token, const char *word)
{
    return att_str_is(surface(self, token), word);
}

static inline att_str country_of_body(const record_maker *self, const att_annotation *body)
{
    if (body->layer == ATT_LAYER_AGENCY) return get(self, body, ATT_KEY_COUNTRY);
    att_str code = get(self, body, ATT_KEY_CODE);
    return code.length ? att_str_join(self->doc->arena, ATT_STR("IGO"), ATT_STR(":"), code) : (att_str){ 0 };
}

static inline att_title read_title(const record_maker *self, att_str title)
{
    return att_coref_title(self->coref, &self->knowledge->offices, self->doc->arena, title);
}

static inline uint32_t paragraph_of(const record_maker *self, const att_annotation *annotation)
{
    return self->doc->paragraph_of[annotation->tokens.first];
}

/* The byte behind the record's title and name. */
static inline uint32_t behind_name(const record_maker *self, uint32_t record)
{
    const att_official *official = &self->doc->officials.items[record];
    const att_str rest = att_str_slice(self->doc->text, official->end, (uint32_t)self->doc->text.length);
    const bool below = rest.length > official->name.length + 1 && rest.data[0] == ' '
                       && att_str_starts(att_str_slice(rest, 1, rest.length), official->name);
    return official->end + (below ? (uint32_t)official->name.length + 1 : 0);
}

static inline const att_office *office_at(const record_maker *self, uint32_t office)
{
    return &self->knowledge->offices.offices.items[office];
}

/* The person's entity; ATT_NONE where no mention is known. */
static inline uint32_t entity_of(const record_maker *self, const backing *back)
{
    uint32_t first = back->person == ATT_NONE ? (uint32_t)ATT_NONE : self->coref->firsts.items[back->person];
    return first == ATT_NONE ? (uint32_t)ATT_NONE : at(self, first)->entity;
}

/* The person's fullest name in the document; null where no mention is known. */
static inline att_str whole_name(const record_maker *self, const backing *back)
{
    uint32_t entity = entity_of(self, back);
    return entity == ATT_NONE ? (att_str){ 0 } : self->doc->entities.items[entity].name;
}

static inline void fill_empty(att_str *field, att_str value)
{
    if (!field->data) *field = value;
}

/* ---- official_agency.c ---- */

/* The annotation, AGENCY or IGO, that the field `agency` of an OFFICIAL names; ATT_NONE for none. */
uint32_t att_officials_body(const record_maker *self, const att_annotation *official);

/* Whether a state's official cannot be of the body as it was linked: because only a guess gave that its state, another one, or
 * because none was found. */
bool att_officials_of_other_state(const record_maker *self, const att_annotation *body, att_str country);

/* "Dutch NATO Secretary General Roe", "the Belgian head of Europol": whether the post is one that heads a body of several
 * states and only the people before it tells a state, which is then not whose official he is. */
bool att_officials_heads_several(const record_maker *self, const att_official *record, const backing *back,
                                 const att_annotation *body);

/* Gives the record its agency, the agency's id and, where that tells it, the country. */
void att_officials_fill_agency(const record_maker *self, att_official *record, backing *back, const att_annotation *official);

/* ---- official_office.c ---- */

/* Finds one mention of each body of several states that the document names; call it before the rest of these. */
void att_officials_find_several(record_maker *self);

/* Finds the known office that title, name and body mean, and fills what the record lacks from it. */
void att_officials_find_office(const record_maker *self, att_official *record, backing *back, const att_annotation *official,
                               const att_title *title);

/* What only the country, known by now, tells of the record's office and agency. */
void att_officials_settle_office(const record_maker *self, att_official *record, backing *back);

/* ---- official_status.c ---- */

/* What the words at the title, or those in it (`status`), say: the number of a status, or STATUS_COUNT. */
int att_officials_status(const record_maker *self, const att_annotation *official, uint32_t title, att_str status);

/* Whether the post is told as one that is over, "served as Deputy Director", which "Director Roe" is not. */
bool att_officials_is_past(const record_maker *self, const att_annotation *official, const backing *back);

/* Without a date nothing is known and the result is null. Otherwise the text decides, then the term of office beside the
 * document's date. */
att_str att_officials_final_status(const record_maker *self, const att_official *record, const backing *back);

/* ---- official_country.c ---- */

/* Gives each record without a country the one that its person's other posts, the list that it stands in, the document's title
 * or the document's home tell, if one does. Call it when all records are there. */
void att_officials_fill_countries(const record_maker *self);

/* The country of the first post that has one of that person (a number of the coreferences, or ATT_NONE); or null. */
att_str att_officials_country(const record_maker *self, uint32_t person);

/* ---- official_beside.c: each returns a code, or null ---- */

/* "Chief Constable Roe of Kent Police": the state of the place that the record's own body is named after. */
att_str att_officials_local_body(const record_maker *self, const backing *back);

/* The state of the court that a judge or prosecutor serves: named before the record, else behind it in its sentence. */
att_str att_officials_court_beside(const record_maker *self, uint32_t record);

/* "Presiding Judge", "Chief Prosecutor": by the last word. */
bool att_officials_of_court(const record_maker *self, const backing *back);

/* "Britain listed GRU officers including Colonel Roe": the state of the body whose officers a soldier is one of. */
att_str att_officials_force_before(const record_maker *self, uint32_t record);

/* Whether forces of the United States are named in the record's sentence or the one before, and none of the state: officers
 * report from bases abroad. "Captain Roe of the harbour office" is of something else. */
bool att_officials_with_forces(const record_maker *self, uint32_t record, att_str home);

/* Whether the post, or the body that no entry knows, is of a town, a county or a court there. */
bool att_officials_of_town(const record_maker *self, const backing *back);

#endif

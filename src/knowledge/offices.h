/* offices.h - reads the blocks `office`: who held which office when.
 *
 * Names of persons are compared case-folded, in plain letters, with hyphens as blanks and without initials and "Jr.". A holder
 * is also found by the first word of the name and by every tail of it ("der Leyen", "Leyen"), so that both orders of family
 * names work. Where a line has "Oscar Roe | Oscar Roe Doe", "Doe" is a second family name: it means him only while he holds the
 * office. One with an umlaut is found as it is written out ("Schroeder"), too.
 * Owner   the engine's arena; looking up only reads.
 */
#ifndef ATT_OFFICES_H
#define ATT_OFFICES_H

#include "knowledge/entries.h"
#include "knowledge/lists.h"
#include "knowledge/titles.h"
#include "model/document.h"

typedef struct {
    att_str id;                        /* "usa-secstate" */
    att_str title;                     /* its first title */
    att_str agency;                    /* id of an entry ("kor-mofa" where the block says "*-mofa" and KOR); null when none */
    att_str country;                   /* country code; "IGO:UN" for an office of an international body */
    uint32_t first_title, title_count; /* in att_offices.titles_of */
} att_office;

/* One term of one holder. */
typedef struct {
    att_str name; /* the first of its forms */
    uint32_t office;
    att_term term;
    uint32_t unused; /* fills what would be padding: compiled rules must not contain uninitialised bytes */
} att_holding;

typedef struct {
    uint32_t holding : 31;
    uint32_t second : 1; /* whether the name is one that a shorter form of the line leaves out */
    uint32_t next;       /* index, or ATT_NONE */
} att_held;

typedef struct {
    struct {
        att_office *items;
        uint32_t count, capacity;
    } offices;
    struct {
        att_holding *items;
        uint32_t count, capacity;
    } holdings;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } titles_of;             /* numbers of titles */
    att_index titles, names; /* folded */
    att_map nations;         /* folded */
    att_map ids;             /* of offices: index in offices */
    struct {
        att_str *items;
        uint32_t count, capacity;
    } codes; /* by nation: its code, empty when it has several */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } heads; /* by name: its first link */
    struct {
        att_held *items;
        uint32_t count, capacity;
    } links;
    const att_phrase_lists *lists;
} att_offices;

/* The names in the text of a `holder` line, without the dates after them. */
att_str att_holder_names(att_str line);

/* Reads the blocks `office`; their agencies and countries are looked up among the entries. */
void att_offices_read(att_offices *self, const att_blocks *blocks, const att_entries *entries, const att_phrase_lists *lists);

/* The office with title `title` and a holder named `name` (full or family name), or ATT_NONE. Among several it prefers one
 * held at the document's date, then the last one before, then the first one after; without a date the one taken up last. If
 * holders in several countries remain, it prefers a country that the document names, else the one who is longest in office.
 * The title may begin with a country's name or with "former", "acting" and the like; one that every body has takes the whole
 * name (att_office_is_told). `arena` is for scratch memory. */
uint32_t att_office_find(const att_offices *self, att_arena *arena, att_str title, att_str name, const att_document *doc);

/* A title as offices compare it. */
typedef struct {
    uint32_t number; /* or ATT_NONE */
    att_str code;    /* the country that its words require; null or empty for any */
    att_str core;    /* case-folded, without "former" and the like */
    att_str status;  /* what those words say, as from att_title_core */
    bool plural;     /* written of several persons; the rest is of the singular */
} att_title;
att_title att_title_read(const att_offices *self, att_arena *arena, att_str title);

/* Whether the folded title is one word for those who work for others ("spokesman"), which tells nothing of whose. */
static inline bool att_title_is_of_any(const att_offices *self, att_str core)
{
    return core.length && !memchr(core.data, ' ', core.length) && att_lists_have_text(self->lists, ATT_LIST_STAFF, core);
}

/* Whether title and person, both folded, can mean an office where no body or state is told. Every body has its "Spokesman Roe",
 * so it takes the whole name. */
static inline bool att_office_is_told(const att_offices *self, att_str core, att_str person)
{
    return !att_title_is_of_any(self, core) || (person.length && memchr(person.data, ' ', person.length));
}

/* Whether the office has the title with that number. */
bool att_office_has_title(const att_offices *self, uint32_t office, uint32_t title);

/* Like att_office_find, but only among offices of one country ("KOR", "IGO:UN"), or of any when `country` is null. `person`
 * must be folded by att_fold_person. */
uint32_t att_office_find_in(const att_offices *self, const att_title *title, att_str person, const att_document *doc,
                            att_str country);

/* The office of the body `agency` whose title is `title` with the body's name before or after it: "Governor", for the bank,
 * finds "Governor of the Bank of Ruritania". Otherwise like att_office_find_in. */
uint32_t att_office_of_body(const att_offices *self, att_str agency, const att_title *title, att_str person,
                            const att_document *doc);

/* The office of that country (of any when null) to one of whose titles the title is the head: "Commissioner Jane Roe" means the
 * "Commissioner for Kites" of that name, "Minister Joe Doe" the "Foreign Minister". Only while he holds it. Otherwise
 * like att_office_find_in; ask only for whole names, or where the country is certain. */
uint32_t att_office_by_head(const att_offices *self, const att_title *title, att_str person, const att_document *doc,
                            att_str country);

/* The state of all offices of states that persons of that name (folded as above) hold or held; null when these are several.
 * `now` tells whether one of the terms is on that date. */
att_str att_office_country_of(const att_offices *self, att_str person, att_str date, bool *now);

/* The state, or "IGO:EU" and the like, of all who bear that name (folded as above) and hold or held a post whose title has the
 * word, as "minister"; null when these are several, or when none holds his post on that date. */
att_str att_office_country_by_word(const att_offices *self, att_str person, att_str word, att_str date);

/* The state of all who bear that name (folded as above), one of whom heads a force or its staff on that date; null when these
 * are several. */
att_str att_office_country_of_soldier(const att_offices *self, att_str person, att_str date);

/* Whether somebody of that name (folded as above) holds or held an office of the state whose title has the word. */
bool att_office_has_holder(const att_offices *self, att_str person, att_str country, att_str word);

/* The office with that id, or ATT_NONE. */
uint32_t att_offices_named(const att_offices *self, att_str id);

/* The term of a person (folded as above) in an office that applies at `date`; NULL when the office has no such holder. */
const att_holding *att_office_term(const att_offices *self, uint32_t office, att_str person, att_str date);

/* "designate", "current" or "former": how the term relates to the date. */
att_str att_holding_status(const att_holding *self, att_str date);

#endif

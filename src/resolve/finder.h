/* finder.h - what the rooms that look for countries share: what one finder knows, and how they look at words and annotations.
 *
 * Private to clues, country, turns, agency, namesakes, explained and chambers, which are one search: so the small helpers have
 * the short names that they would have in one file.
 */
#ifndef ATT_RESOLVE_FINDER_H
#define ATT_RESOLVE_FINDER_H

#include "resolve/country.h"
#include "resolve/home.h"
#include "resolve/missions.h"

/* "the Korean delegation included": what follows is of that country. */
typedef struct {
    uint32_t token;  /* of the verb */
    uint32_t nation; /* its annotation */
    att_str code;
} delegation;

/* The one country among several names. */
typedef struct {
    att_str code;    /* null for none, and for several */
    uint32_t nation; /* the first annotation; ATT_NONE for none */
    bool several;
} only_country;

/* A name of bodies, and whether a post of who heads one stands beside it somewhere in the document. */
typedef struct {
    uint32_t name;
    bool headed;
} headed_name;

/* What a sentence says about all agencies in it. */
typedef struct {
    uint32_t number;          /* of the sentence; ATT_NONE before the first */
    uint32_t first, last;     /* its annotations */
    only_country only, inner; /* outside the names of its bodies; in them */
    att_str subject;
    uint32_t subject_nation; /* its annotation */
    uint32_t subject_end;    /* token behind the subject */
    bool taken;              /* a title has a country of the sentence */
    struct {
        delegation *items;
        uint32_t count, capacity;
    } delegations;
} sentence_facts;

struct att_country_finder {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    const att_groups *groups;
    sentence_facts sentence, earlier; /* that of the last question; one before it in its paragraph */
    att_homes homes;
    att_str by_posts;         /* the same by the posts of persons too */
    att_str host, host_state; /* whom the title names with a post, and his state; asked once */
    bool headings_known, posts_known, host_known;
    att_indexes headings;      /* states alone in their lines */
    const att_code_set *named; /* the states that the document names; NULL before the first question */
    uint32_t source;           /* the annotation that gave the last answer, or ATT_NONE */
    att_code_set *spoken_for; /* those for which more than shared names of their bodies speak; NULL before the first question */
    bool speaks;              /* whether there are any */
    att_indexes shared;       /* entries of bodies that the document gives a name of many states */
    att_indexes forgotten;    /* annotations whose entry was that of a namesake */
    struct {
        headed_name *items;
        uint32_t count, capacity;
    } heads;              /* of those that were asked for */
    att_str forgotten_by; /* the state in which the document is at home instead */
    att_mission mission;  /* that with which the text begins; asked once */
    bool mission_known;
};
typedef struct att_country_finder finder;

static inline const att_annotation *at(const finder *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static inline att_str get(const finder *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static inline bool is_nation(const att_annotation *annotation)
{
    return att_is_nation_layer(annotation->layer);
}

/* The answer `code`, given by annotation `source`. */
static inline att_str answer(finder *self, uint32_t source, att_str code)
{
    self->source = source;
    return code;
}

static inline att_str surface(const finder *self, uint32_t token)
{
    if (token >= self->doc->tokens.count) return ATT_EMPTY;
    return att_document_word(self->doc, token);
}

static inline bool word_is(const finder *self, uint32_t token, const char *word)
{
    return att_str_is(surface(self, token), word);
}

static inline bool word_in(const finder *self, uint32_t token, const char *const *words, size_t count)
{
    att_str word = surface(self, token);
    for (size_t i = 0; i < count; i++)
        if (word.length && *word.data == *words[i] && att_str_is(word, words[i])) return true;
    return false;
}
#define WORD_IN(self, token, words) word_in(self, token, words, sizeof(words) / sizeof *(words))

static inline bool in_list(const finder *self, att_program_list which, uint32_t token)
{
    if (token >= self->doc->tokens.count) return false;
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    return att_lists_have(&self->knowledge->lists, which, self->vocabulary, type, false);
}

/* ---- clues.c: what sentences say ---- */

/* What the sentence of annotation `index` says; of no sentence (number ATT_NONE) in a document that has none. It holds until
 * another sentence is asked about. */
const sentence_facts *att_clues_of(finder *self, uint32_t index);

/* Fills `facts` with those of sentence `number`, unless it holds them already; annotation `index` is in or behind it. */
const sentence_facts *att_clues_read(const finder *self, sentence_facts *facts, uint32_t number, uint32_t index);

/* Whether the nation is of somebody who leads a mission of a body of several states. */
bool att_is_of_mission(const finder *self, uint32_t nation);

/* Counts the state `code` of annotation `nation` among those that `only` has seen. */
void att_clues_see(only_country *only, att_str code, uint32_t nation);

/* ---- country.c: the steps one by one; each returns a code, with the annotation that gave it in `source`, or null ---- */

enum { ATT_COUNTRY_TRIES = 14, ATT_COUNTRY_GUESSES = 10 }; /* tries from ATT_COUNTRY_GUESSES on are guesses */

/* What rule `number` of the finder says; `*step` becomes the att_country_step that it belongs to. */
att_str att_country_try(finder *self, size_t number, uint32_t index, att_country_step *step);

/* By the owner of the name: "Japan's Ministry of Finance", "Ministry of Finance of Japan". */
att_str att_country_by_owner(finder *self, uint32_t index);

/* Step 7: the only state that the sentence names before the agency, where a post or a body there is that state's: "Polish
 * Minister Roe and the head of the Security Bureau met Chile's delegates"; of several the last one, where its official or
 * body and the agency are named in one breath. */
att_str att_country_by_owner_before(finder *self, uint32_t index);

/* By the annotation's own words: its name, its entry, its owner. */
att_str att_country_by_itself(finder *self, uint32_t index);

/* The nation in the name of the agency: in "Chilean Navy", "Navy of Chile"; ATT_NONE when there is none. */
uint32_t att_country_nested(const finder *self, uint32_t index);

/* Where the document is at home, asked once. */
const att_homes *att_country_home(finder *self);

/* ---- turns.c ---- */

/* The state of the host where the agency stands in his turn of a transcript: "Jane Roe: Please ask the Ministry of Mines.";
 * else a null view. */
att_str att_country_by_host(finder *self, uint32_t index);

/* ---- agency.c ---- */

/* Takes away what the entry of its name says, because the body is another one. */
void att_agency_forget(const finder *self, att_annotation *agency);

/* ---- namesakes.c ---- */

/* How many words of the name any state may use, "Treasury"; 0 where another word says whose it is. */
uint32_t att_plain_words(const finder *self, const att_annotation *agency);

/* Whether no word of a name of several says whose it is: "National Security Agency". */
static inline bool att_is_plain_name(const finder *self, const att_annotation *agency)
{
    enum { LEAST_WORDS = 2 };
    return att_plain_words(self, agency) >= LEAST_WORDS;
}

/* Whether many states call a body of theirs so, whichever of them the lists have it of. */
bool att_is_shared_name(const finder *self, const att_annotation *agency);

/* Whether the document speaks for states, of which that one is none. */
bool att_is_for_another(finder *self, att_str state);

/* The state of a body whose entry was that of a namesake: where the document is at home; or null. */
att_str att_home_of_forgotten(const finder *self, uint32_t index);

/* Takes their entries away from bodies of a shared name that the lists know of a state for which nothing else in the document
 * speaks, where that is at home in another state. Before any country is found. */
void att_forget_namesakes(finder *self);

/* ---- chambers.c ---- */

/* Takes the ids of the chambers of Congress away from a bare "House" and "Senate", where a chamber of a state of the Union is
 * named before them and nothing tells of the Union. After all bodies are linked. */
void att_forget_chambers(finder *self);

/* Gives a chamber or committee to the Union that has only by a guess the state of which a text about Congress speaks: "CODEL
 * Roe to Egypt … the Senate". After the same. */
void att_move_chambers(finder *self);

/* ---- explained.c ---- */

/* The AGENCY that is just the token, among the annotations behind `index`; or ATT_NONE. */
uint32_t att_agency_at(const finder *self, uint32_t index, uint32_t token);

/* Makes letters in brackets behind a body's name that body, whatever the lists say of them; elsewhere in the document too. Once
 * all countries are found. */
void att_link_explained(finder *self);

#endif

/* coref.h - coreference: which mentions in a document refer to the same thing, beyond equal texts and known ids.
 *
 * A surname joins the one fuller name that ends (else begins) with it. An acronym joins the name that it follows in brackets. A
 * title joins the person whose OFFICIAL has it or, when it stands alone, the one person before it who can be meant. Where two
 * could be meant, none is chosen. Nothing is carried over to other documents.
 * Owner   the document's arena.
 */
#ifndef ATT_COREF_H
#define ATT_COREF_H

#include "resolve/country.h"

typedef struct {
    uint32_t *same_as; /* by annotation: the annotation whose entity it shares (which itself shares none), or ATT_NONE */
    uint32_t
        *name_of; /* by annotation, for PERSON and OFFICIAL: number of its name; ATT_NONE for a pronoun or without a name */
    uint32_t *title_of; /* by annotation, for TITLE and OFFICIAL: number of its title; ATT_NONE until it is read */
    att_map names;      /* names of persons, folded; with an initial where that tells two apart: "p. roe" beside "ann roe" */
    att_map spellings;  /* the same as written */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } folds;        /* by spelling: number of the folded name */
    att_map titles; /* titles as written */
    struct {
        att_title *items;
        uint32_t count, capacity;
    } read_titles; /* by title */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } roots; /* by name: number of the fullest name of the same person */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } firsts;    /* by name, for fullest names: the first PERSON with it, or ATT_NONE */
    bool *apart; /* by name: not short for the fuller one ("President Roe" beside First Lady Jane Roe); NULL where none is */
} att_coref;

/* Finds the coreferences of a document. Annotations must be sorted and must not move afterwards. */
void att_find_coreferences(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                           const att_groups *groups, att_coref *coref);

/* A name of `names` without its initial. */
att_str att_coref_bare(att_str name);

/* A name in the form in which offices compare it (att_fold_person). */
att_str att_coref_fold(const att_coref *self, att_arena *arena, att_str name);

/* A title in the form in which offices compare it; each is read only once. */
att_title att_coref_title(att_coref *self, const att_offices *offices, att_arena *arena, att_str title);

/* The same for the title `title` of the TITLE or OFFICIAL `index`. */
att_title att_coref_title_of(att_coref *self, const att_offices *offices, att_arena *arena, uint32_t index, att_str title);

/* The number of the fullest name of the person whom annotation `index` (a PERSON or OFFICIAL) calls `name`, or ATT_NONE. */
uint32_t att_coref_person(const att_coref *self, att_arena *arena, uint32_t index, att_str name);

/* The annotation of `layer` with this text: at exactly this place if `text` is a part of the document, else the one nearest
 * to byte `near`; ATT_NONE when there is none. */
uint32_t att_annotation_of(const att_document *doc, uint32_t layer, att_str text, uint32_t near);

/* Whether the titles are equal or one is short for the other, as its head or tail: "Secretary" for "Secretary of State",
 * "Minister" for "Foreign Minister", but not "President" for "Vice President". Both must be folded by att_fold_title. */
bool att_same_title(const att_phrase_lists *lists, att_str a, att_str b);

#endif

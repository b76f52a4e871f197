/* coref.h - which mentions of one document name the same thing, beyond equal text and known ids.
 *
 * A surname joins the one fuller name of the document that ends (else begins) with it; an acronym joins the name it
 * stands behind in brackets; a title joins the person whose OFFICIAL has it and, alone, the one person before it who can be
 * meant. Nothing is guessed where two could be meant, and nothing reaches over to another document.
 * Owner   the document's arena.
 */
#ifndef ATT_COREF_H
#define ATT_COREF_H

#include "resolve/country.h"

typedef struct {
    uint32_t *same_as;  /* by annotation: the annotation whose entity it shares, which shares none; or ATT_NONE */
    uint32_t *name_of;  /* by annotation, of a PERSON and an OFFICIAL: its name; ATT_NONE for one without a name or a pronoun */
    uint32_t *title_of; /* by annotation, of a TITLE and an OFFICIAL: its title; ATT_NONE before it is read */
    att_map names;      /* of persons, folded */
    att_map spellings;  /* the same as they are written */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } folds;        /* by spelling: the name */
    att_map titles; /* as they are written */
    struct {
        att_title *items;
        uint32_t count, capacity;
    } read_titles; /* by title */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } roots; /* by name: the fullest name */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } firsts;       /* by name, for roots: the first PERSON, or ATT_NONE */
    uint32_t apart; /* the name that is short for no consort: "President Roe" beside First Lady Jane Roe; or ATT_NONE */
} att_coref;

/* Annotations must be sorted and stay where they are. */
void att_find_coreferences(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                           const att_groups *groups, att_coref *coref);

/* The name as offices compare it (att_fold_person). */
att_str att_coref_fold(const att_coref *self, att_arena *arena, att_str name);

/* What offices know of a title, which is read once. */
att_title att_coref_title(att_coref *self, const att_offices *offices, att_arena *arena, att_str title);

/* The same of the TITLE or OFFICIAL `index`, whose title that is. */
att_title att_coref_title_of(att_coref *self, const att_offices *offices, att_arena *arena, uint32_t index, att_str title);

/* The number of the fullest name of the person whom the PERSON or OFFICIAL `index` calls `name`, or ATT_NONE. */
uint32_t att_coref_person(const att_coref *self, att_arena *arena, uint32_t index, att_str name);

/* The annotation of `layer` whose text is `text`: at that very place when `text` is a part of the document, else the nearest to
 * byte `near`. ATT_NONE when there is none. */
uint32_t att_annotation_of(const att_document *doc, uint32_t layer, att_str text, uint32_t near);

/* Whether one title is short for the other: equal, or the head or tail of it ("Secretary" of "Secretary of State", "Minister"
 * of "Foreign Minister", not "President" of "Vice President"). Both folded by att_fold_title. */
bool att_same_title(att_str a, att_str b);

#endif

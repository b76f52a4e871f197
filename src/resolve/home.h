/* home.h - the state that a document is at home in, judged by its officials, by bodies whose own words tell their state, by its
 * dateline and by the state with which its title begins.
 */
#ifndef ATT_HOME_H
#define ATT_HOME_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* The code of that state by officials, bodies, dateline and title; a null view when two states are equally likely. */
att_str att_home_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* Paragraphs that begin with a dateline (a digest has many), in text order. */
typedef struct {
    struct {
        uint32_t start, end; /* bytes */
        att_str country;
    } * items;
    uint32_t count, capacity;
} att_datelines;

/* Where a document is at home; each answer is given only when one state leads clearly. */
typedef struct {
    bool known;
    att_str bodies;    /* by officials, bodies and dateline */
    att_str firm;      /* the same, where more than a body or two speak for it */
    att_str mentions;  /* or else also by the states that it names */
    att_str elsewhere; /* the same, with the United States left out */
    att_str places;    /* the state of all places that it names, where they are of one */
    att_str only;      /* the state of all places, bodies, peoples and officials that it names, where they are of one */
    att_str town;      /* the state that a dateline names behind a town that is not known; or null */
    att_str sender;    /* the state of the mission that the text is of: "Embassy of Japan in Laos"; or null */
    att_str host;      /* the one in which that is, and where the text is at home; or null */
    att_datelines datelines;
} att_homes;
att_homes att_homes_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* By all these and by the posts that the text gives persons, for a document that has no records of officials yet. */
att_str att_home_by_posts(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* Whether with that people's affairs a body or a post deals: "Korean" in "Office of Korean and Mongolian Affairs". */
bool att_is_people_of_field(const att_knowledge *knowledge, const att_document *doc, const att_annotation *people);

/* In a document with several datelines, the state of the one whose paragraphs contain the byte; else a null view. */
att_str att_homes_at(const att_homes *self, uint32_t byte);

#endif

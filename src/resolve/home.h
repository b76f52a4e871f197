/* home.h - the state that a document is at home in: that of its officials, of the bodies whose own words tell it, of its
 * dateline and the one that its title begins with. */
#ifndef ATT_HOME_H
#define ATT_HOME_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Its code, or a null view when two are as much at home: by officials, bodies, the dateline and the title. */
att_str att_home_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* Paragraphs that begin with a dateline, as in a digest, in text order. */
typedef struct {
    struct {
        uint32_t start, end; /* bytes */
        att_str country;
    } * items;
    uint32_t count, capacity;
} att_datelines;

/* Where a document is at home, by clear leads. */
typedef struct {
    bool known;
    att_str bodies;    /* by its officials, bodies and dateline */
    att_str mentions;  /* else also by what it names */
    att_str elsewhere; /* the same, but for the United States */
    att_datelines datelines;
} att_homes;
att_homes att_homes_of(const att_knowledge *knowledge, const att_document *doc, const att_groups *groups);

/* The state of the dateline of the paragraph around the byte, in a document that has several; else a null view. */
att_str att_homes_at(const att_homes *self, uint32_t byte);

#endif

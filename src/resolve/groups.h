/* groups.h - a document's annotations sorted into groups by layer, so that each step looks only at those that it needs.
 *
 * Shape   lists of indexes of annotations, in text order; valid as long as no annotation moves.
 * Owner   the document's arena.
 */
#ifndef ATT_GROUPS_H
#define ATT_GROUPS_H

#include "model/document.h"

typedef struct {
    uint32_t *items;
    uint32_t count;
} att_indexes;

typedef enum {
    ATT_GROUP_OTHERS,
    ATT_GROUP_PEOPLE,  /* PERSON, OFFICIAL and TITLE */
    ATT_GROUP_BODIES,  /* AGENCY, IGO and ORG */
    ATT_GROUP_NATIONS, /* COUNTRY and DEMONYM */
    ATT_GROUP_PLACES,  /* LOCATION */
    ATT_GROUP_COUNT
} att_group;

typedef struct {
    att_indexes by[ATT_GROUP_COUNT];
    att_indexes named;   /* all that name something, so none of OFFICIAL, TOPIC and THEME */
    att_indexes chained; /* all that belong to a chain */
} att_groups;

/* Lists the annotations of the document by group; the lists lie in its arena. */
void att_groups_make(att_groups *self, const att_document *doc);

/* The first annotation that starts at or after byte `start`. Annotations must be in text order. */
uint32_t att_first_from(const att_document *doc, uint32_t start);

/* How many of the list come before annotation `index`. */
uint32_t att_indexes_before(const att_indexes *self, uint32_t index);

#endif

/* home.h - the state that a document is at home in: that of its officials, of the bodies whose own words tell it, of its
 * dateline. */
#ifndef ATT_HOME_H
#define ATT_HOME_H

#include "knowledge/knowledge.h"

typedef struct {
    bool mentions;   /* the states that it names count too */
    uint32_t tenths; /* of the next one's votes that the first one must have */
    att_str except;  /* never this one, and those in the title count more; may be null */
} att_home_rule;

enum { ATT_ANY_LEAD = 10, ATT_CLEAR_LEAD = 15 }; /* tenths */

/* Its code, or a null view when two are as much at home. */
att_str att_home_of(const att_knowledge *knowledge, const att_document *doc, att_home_rule rule);

/* Where a document is at home, by clear leads. */
typedef struct {
    bool known;
    att_str bodies;    /* by its officials, bodies and dateline */
    att_str mentions;  /* else also by what it names */
    att_str elsewhere; /* the same, but for the United States */
} att_homes;
att_homes att_homes_of(const att_knowledge *knowledge, const att_document *doc);

#endif

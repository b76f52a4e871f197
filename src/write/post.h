/* post.h - the title, agency and country of who says something, as records and tables have them.
 */
#ifndef ATT_POST_H
#define ATT_POST_H

#include "model/document.h"

typedef struct {
    att_str title, agency, country, office; /* null views when unknown */
} att_post;

/* Of a person those of his record; a body is its own agency, a title alone its own title. */
att_post att_post_of(const att_document *doc, const att_statement *statement);

#endif

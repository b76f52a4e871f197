/* titled.h - who speaks by a title that is not in the text: "Statement by Minister Roe", "Remarks by President Roe in Lima".
 *
 * The title is annotated as a document of its own, which the caller has done; those who stand in it are found among the
 * entities of the text, or become entities of it that no mention has.
 */
#ifndef ATT_TITLED_H
#define ATT_TITLED_H

#include "resolve/fellows.h"

enum { ATT_MOST_TITLED = 8 };

typedef struct {
    uint32_t entity;          /* of the document */
    att_str name;             /* of the title */
    att_str title;            /* the words before the name, or null */
    const att_official *post; /* of the title, or NULL */
} att_titled_one;

typedef struct {
    att_titled_one items[ATT_MOST_TITLED];
    uint32_t count;
    const att_annotation *whole; /* says that the text is theirs from end to end: the rule's; else NULL */
    uint32_t whole_count;        /* of how many of the first items */
} att_titled;

/* Before anything is kept by entity. */
void att_titled_find(att_titled *self, const att_layers *layers, att_document *doc);

/* The one whom a label means: "THE PRESIDENT", "MS. ROE"; or NULL. `layer` is that of the words. */
const att_titled_one *att_titled_label(const att_titled *self, att_str words, uint32_t layer);

#endif

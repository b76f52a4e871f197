/* titled.h - who speaks according to a title given apart from the text: "Statement by Minister Roe", "Remarks by President Roe
 * in Lima".
 *
 * The caller has annotated the title as a document of its own. Those who stand in it are looked up among the entities of the
 * text; others become new entities, without a mention.
 */
#ifndef ATT_TITLED_H
#define ATT_TITLED_H

#include "knowledge/knowledge.h"
#include "resolve/fellows.h"

enum { ATT_MOST_TITLED = 8 };

typedef struct {
    uint32_t entity;          /* of the document */
    att_str name;             /* of the title */
    att_str title;            /* the words before the name in the title, or null */
    const att_official *post; /* record of the title, or NULL */
} att_titled_one;

typedef struct {
    att_titled_one items[ATT_MOST_TITLED];
    uint32_t count;
    const att_annotation *whole; /* the rule's annotation which says that the whole text is theirs; else NULL */
    uint32_t whole_count;        /* of how many, counted from the first, that holds */
} att_titled;

/* Finds them. Call it before anything is indexed by entity. */
void att_titled_find(att_titled *self, const att_knowledge *knowledge, att_document *doc);

/* The one whom a label such as "THE PRESIDENT" or "MS. ROE" means; or NULL. `layer` is the layer of the words. */
const att_titled_one *att_titled_label(const att_titled *self, const att_phrase_lists *lists, att_str words, uint32_t layer);

#endif

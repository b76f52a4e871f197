/* coref_linker.h - coreferences while they are found, as the two rooms that find them see them: coref_persons.c finds which
 * names are one person, coref.c links acronyms, chains and titles.
 *
 * Private to these two, so the small helpers have the short names that they would have in one file.
 */
#ifndef ATT_COREF_LINKER_H
#define ATT_COREF_LINKER_H

#include "resolve/coref.h"

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    const att_groups *groups;
    att_coref *coref;
    att_indexes people, bodies, chained;
} linker;

enum { SEVERAL = ATT_NONE - 1 /* more than one */, MOST_WORDS = 12 /* of a name; links in a row */ };

static inline const att_annotation *at(const linker *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static inline att_str get(const linker *self, const att_annotation *annotation, att_key key)
{
    return att_annotation_get(annotation, &self->knowledge->layers, key);
}

static inline att_str text_of(const linker *self, uint32_t index)
{
    return att_document_said(self->doc, att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end));
}

static inline const att_word_type *type_at(const linker *self, uint32_t token)
{
    return att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
}

static inline att_title read_title(const linker *self, uint32_t index)
{
    att_str title =
        at(self, index)->layer == ATT_LAYER_TITLE ? text_of(self, index) : get(self, at(self, index), ATT_KEY_TITLE);
    return att_coref_title_of(self->coref, &self->knowledge->offices, self->doc->arena, index, title);
}

/* Pieces of names, each with the fuller name that it may stand for. */
typedef struct {
    att_map keys;
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } owners; /* by key: the number of the name, or SEVERAL where more than one name has the piece */
} short_forms;

static inline void add_short_form(const linker *self, short_forms *forms, att_str key, uint32_t owner)
{
    uint32_t number = att_map_keep(&forms->keys, key);
    if (number == forms->owners.count) {
        ATT_RESERVE(self->doc->arena, &forms->owners, 1);
        forms->owners.items[forms->owners.count++] = owner;
    } else if (forms->owners.items[number] != owner) {
        forms->owners.items[number] = SEVERAL;
    }
}

static inline uint32_t owner_of(const short_forms *forms, att_str key)
{
    uint32_t number = att_map_find(&forms->keys, key);
    return number == ATT_NONE ? (uint32_t)ATT_NONE : forms->owners.items[number];
}

/* Gives each PERSON and OFFICIAL the number of its name, and links each PERSON to the first mention of the same person. */
void att_coref_link_persons(const linker *self);

#endif

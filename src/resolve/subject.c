#include "resolve/subject.h"

static bool is_lower(const att_document *doc, uint32_t token)
{
    return (doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_LETTERS)) == ATT_FLAG_SMALL;
}

/* "Quito seeks", "Quito and Lima sign": not one that a small word leads to ("in Quito") or that is a part of a longer name. */
static bool acts(const att_document *doc, const att_annotation *place)
{
    uint32_t first = place->tokens.first;
    if (!is_lower(doc, place->tokens.last)) return false;
    if (!first || !is_lower(doc, first - 1)) return true;
    return att_str_is(att_str_slice(doc->text, doc->tokens.start[first - 1], doc->tokens.end[first - 1]), "and");
}

/* The code of the state that the annotation names by its name, its people or a place that acts. */
static att_str state_of(const att_knowledge *knowledge, const att_document *doc, const att_annotation *annotation)
{
    if (annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM)
        return att_annotation_get(annotation, &knowledge->layers, ATT_KEY_CODE);
    if (annotation->layer == ATT_LAYER_LOCATION && acts(doc, annotation))
        return att_annotation_get(annotation, &knowledge->layers, ATT_KEY_COUNTRY);
    return (att_str){ 0 };
}

static uint32_t title_end(const att_document *doc)
{
    for (uint32_t i = 0; i < doc->paragraphs.count; i++)
        if (doc->paragraphs.items[i].kind == ATT_ZONE_TITLE) return doc->paragraphs.items[i].end;
    return 0;
}

/* The states met so far; `more` when they are over two. */
typedef struct {
    att_str first, second;
    bool more;
} states;

static void add_state(states *self, att_str state)
{
    if (!state.length || memchr(state.data, ':', state.length)) return; /* "IGO:UN" is none */
    if (att_str_equal(state, self->first) || att_str_equal(state, self->second)) return;
    if (!self->first.length) self->first = state;
    else if (!self->second.length) self->second = state;
    else self->more = true;
}

void att_find_subject(const att_knowledge *knowledge, att_document *doc)
{
    states met = { 0 };
    uint32_t end = title_end(doc);
    for (uint32_t i = 0; i < doc->annotations.count && doc->annotations.items[i].start < end; i++) {
        att_str state = state_of(knowledge, doc, &doc->annotations.items[i]);
        if (state.length && !att_document_tells_place(doc, i)) add_state(&met, state);
    }
    for (uint32_t i = 0; i < doc->officials.count; i++)
        if (doc->officials.items[i].start < end) add_state(&met, doc->officials.items[i].country);
    if (met.more) return;
    bool ordered = !met.second.length || att_str_compare(met.first, met.second) < 0;
    att_str one = ordered ? met.first : met.second, other = ordered ? met.second : met.first;
    if (met.second.length) doc->subject = att_str_join(doc->arena, one, ATT_STR("+"), other);
    else doc->subject = met.first;
}

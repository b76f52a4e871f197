#include "resolve/subject.h"

/* The code of the state that the annotation names by its name, its people or a place in it. */
static att_str state_of(const att_knowledge *knowledge, const att_annotation *annotation)
{
    if (annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM)
        return att_annotation_get(annotation, &knowledge->layers, ATT_STR("code"));
    if (annotation->layer == ATT_LAYER_LOCATION) return att_annotation_get(annotation, &knowledge->layers, ATT_STR("country"));
    return (att_str){ 0 };
}

static uint32_t title_end(const att_document *doc)
{
    for (uint32_t i = 0; i < doc->paragraphs.count; i++)
        if (doc->paragraphs.items[i].kind == ATT_ZONE_TITLE) return doc->paragraphs.items[i].end;
    return 0;
}

void att_find_subject(const att_knowledge *knowledge, att_document *doc)
{
    att_str first = { 0 }, second = { 0 };
    uint32_t end = title_end(doc);
    for (uint32_t i = 0; i < doc->annotations.count && doc->annotations.items[i].start < end; i++) {
        att_str state = state_of(knowledge, &doc->annotations.items[i]);
        if (!state.length || att_str_equal(state, first) || att_str_equal(state, second)) continue;
        if (second.length) return;
        *(first.length ? &second : &first) = state;
    }
    bool ordered = !second.length || att_str_compare(first, second) < 0;
    if (second.length)
        doc->subject = att_str_join(doc->arena, ordered ? first : second, ATT_STR("+"), ordered ? second : first);
    else if (att_str_equal(first, doc->home)) doc->subject = first;
}

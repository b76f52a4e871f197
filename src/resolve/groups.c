#include "resolve/groups.h"

static const uint8_t group_of[ATT_MAX_LAYERS] = {
    [ATT_LAYER_PERSON] = ATT_GROUP_PEOPLE,   [ATT_LAYER_OFFICIAL] = ATT_GROUP_PEOPLE, [ATT_LAYER_TITLE] = ATT_GROUP_PEOPLE,
    [ATT_LAYER_AGENCY] = ATT_GROUP_BODIES,   [ATT_LAYER_IGO] = ATT_GROUP_BODIES,      [ATT_LAYER_ORG] = ATT_GROUP_BODIES,
    [ATT_LAYER_COUNTRY] = ATT_GROUP_NATIONS, [ATT_LAYER_DEMONYM] = ATT_GROUP_NATIONS, [ATT_LAYER_LOCATION] = ATT_GROUP_PLACES,
};

static att_indexes new_list(const att_document *doc)
{
    return (att_indexes){ .items = att_arena_alloc(doc->arena, sizeof(uint32_t) * (doc->annotations.count + 1)) };
}

/* Each index is written behind the last of the list, which grows only when the index belongs to it: so there is no branch that
 * the processor could guess wrong. */
static inline void add_if(att_indexes *list, uint32_t index, bool belongs)
{
    list->items[list->count] = index;
    list->count += belongs;
}

void att_groups_make(att_groups *self, const att_document *doc)
{
    att_indexes named = new_list(doc), chained = new_list(doc);
    for (int group = 0; group < ATT_GROUP_COUNT; group++) self->by[group] = new_list(doc);
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *annotation = &doc->annotations.items[i];
        add_if(&self->by[group_of[annotation->layer]], i, true);
        add_if(&named, i, att_is_mention_layer(annotation->layer));
        add_if(&chained, i, annotation->chain != 0);
    }
    self->named = named;
    self->chained = chained;
}

uint32_t att_first_from(const att_document *doc, uint32_t start)
{
    uint32_t low = 0, high = doc->annotations.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (doc->annotations.items[middle].start < start) low = middle + 1;
        else high = middle;
    }
    return low;
}

uint32_t att_indexes_before(const att_indexes *self, uint32_t index)
{
    uint32_t low = 0, high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->items[middle] < index) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* chambers.c - "the Senate" in a text from Harrisburg or beside the "Ohio House": the chambers of that state, not those of the
 * Union. */
#include "resolve/finder.h"

static bool is_bare_chamber(const finder *self, const att_annotation *body)
{
    static const char *const chambers[] = { "usa-house", "usa-senate", "*-house", "*-senate", NULL };
    return body->layer == ATT_LAYER_AGENCY && body->tokens.last - body->tokens.first == 1
           && att_str_is_any(get(self, body, ATT_KEY_ID), chambers);
}

/* NULL where there is none. */
static const att_zone *first_dateline(const att_document *doc)
{
    for (uint32_t i = 0; i < doc->zones.count; i++)
        if (doc->zones.items[i].kind == ATT_ZONE_DATELINE) return &doc->zones.items[i];
    return NULL;
}

/* "HARRISBURG, Pa. -": whether the text was written in the capital of a state of the Union. */
static bool is_from_capital(const finder *self)
{
    const att_indexes *places = &self->groups->by[ATT_GROUP_PLACES];
    const att_zone *dateline = first_dateline(self->doc);
    for (uint32_t k = 0; dateline && k < places->count && at(self, places->items[k])->start < dateline->end; k++) {
        const att_annotation *place = at(self, places->items[k]);
        if (place->start < dateline->start || !att_str_is(get(self, place, ATT_KEY_COUNTRY), "USA")) continue;
        const att_str name = att_str_slice(self->doc->text, place->start, place->end);
        if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_CAPITAL_OF_PART, name)) return true;
    }
    return false;
}

/* "Congress", "U.S.": whether any word tells of the Union. */
static bool tells_of_union(const finder *self)
{
    for (uint32_t token = 0; token < self->doc->tokens.count; token++)
        if (in_list(self, ATT_LIST_OF_UNION, token)) return true;
    return false;
}

/* "Illinois Senate": whether the text names a chamber with the state whose it is. */
static bool names_chamber_of_part(const finder *self)
{
    static const char *const chambers[] = { "House", "Senate", "Assembly" };
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer != ATT_LAYER_AGENCY || body->tokens.last - body->tokens.first < 2 || get(self, body, ATT_KEY_ID).data)
            continue;
        if (!att_str_is(get(self, body, ATT_KEY_COUNTRY), "USA")) continue;
        if (WORD_IN(self, body->tokens.last - 1, chambers)) return true;
    }
    return false;
}

void att_forget_chambers(finder *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    if (!is_from_capital(self) && !names_chamber_of_part(self)) return;
    bool asked = false;
    for (uint32_t k = 0; k < bodies->count; k++) {
        att_annotation *body = &self->doc->annotations.items[bodies->items[k]];
        if (!is_bare_chamber(self, body)) continue;
        if (!asked && tells_of_union(self)) return;
        asked = true;
        att_agency_forget(self, body);
        att_annotation_put(body, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, ATT_STR("USA"));
    }
}

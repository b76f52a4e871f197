/* turns.c - the host of a transcript: whom its title names with a post, and who then takes turns under his name. What he calls
 * by a bare name, "the Ministry of Commerce", is of his state, whichever states he speaks of. */
#include "resolve/finder.h"

/* The state of the official: which a rule gave, else that of the office which somebody of this name holds. */
static att_str state_of_official(const finder *self, const att_annotation *official)
{
    const att_str given = get(self, official, ATT_KEY_COUNTRY);
    if (given.length) return given;
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t office = att_office_find(offices, self->doc->arena, get(self, official, ATT_KEY_TITLE),
                                            get(self, official, ATT_KEY_NAME), self->doc);
    return office == ATT_NONE ? (att_str){ 0 } : offices->offices.items[office].country;
}

/* The first official of the title that begins the text. */
static void find_host(finder *self)
{
    const att_paragraph *title = att_document_title(self->doc);
    const att_indexes *people = &self->groups->by[ATT_GROUP_PEOPLE];
    self->host_known = true;
    for (uint32_t k = 0; title && k < people->count && at(self, people->items[k])->start < title->end; k++) {
        const att_annotation *one = at(self, people->items[k]);
        if (one->layer != ATT_LAYER_OFFICIAL) continue;
        self->host = get(self, one, ATT_KEY_NAME);
        self->host_state = state_of_official(self, one);
        return;
    }
}

/* Who takes a turn where the paragraph begins: "Jane Roe" in "Jane Roe: No."; else a null view. */
static att_str speaker_of(const att_document *doc, const att_paragraph *paragraph)
{
    enum { LONGEST = 5 };
    const att_token_range tokens = paragraph->tokens;
    for (uint32_t token = tokens.first + 1; token < tokens.last && token - tokens.first <= LONGEST; token++) {
        if (doc->text.data[doc->tokens.start[token]] != ':') continue;
        return att_str_slice(doc->text, doc->tokens.start[tokens.first], doc->tokens.end[token - 1]);
    }
    return (att_str){ 0 };
}

att_str att_country_by_host(finder *self, uint32_t index)
{
    enum { LONGEST_TURN = 8 }; /* paragraphs */
    if (at(self, index)->layer != ATT_LAYER_AGENCY) return (att_str){ 0 };
    if (!self->host_known) find_host(self);
    if (!self->host.length || !self->host_state.length) return (att_str){ 0 };
    uint32_t paragraph = self->doc->paragraph_of[at(self, index)->tokens.first];
    for (uint32_t steps = 0; steps < LONGEST_TURN; steps++) {
        const att_str speaker = speaker_of(self->doc, &self->doc->paragraphs.items[paragraph]);
        if (speaker.length) return att_str_equal(speaker, self->host) ? self->host_state : (att_str){ 0 };
        if (!paragraph--) break;
    }
    return (att_str){ 0 };
}

/* turns.c - the host of a transcript: whom its title names with a post, and who then takes turns under his name. What he calls
 * by a bare name, "the Ministry of Commerce", is of his state, whichever states he speaks of. */
#include "resolve/finder.h"

/* The state of the office of that title which somebody of that name holds; or null. */
static att_str state_of_post(const finder *self, att_str title, att_str name)
{
    const att_offices *offices = &self->knowledge->offices;
    const uint32_t office = att_office_find(offices, self->doc->arena, title, name, self->doc);
    return office == ATT_NONE ? (att_str){ 0 } : offices->offices.items[office].country;
}

/* The state of the official: which a rule gave, else that of the office. */
static att_str state_of_official(const finder *self, const att_annotation *official)
{
    const att_str given = get(self, official, ATT_KEY_COUNTRY);
    return given.length ? given : state_of_post(self, get(self, official, ATT_KEY_TITLE), get(self, official, ATT_KEY_NAME));
}

/* Takes the first official among the annotations before byte `end` for the host. */
static void take_host(finder *self, const att_annotations *annotations, uint32_t end)
{
    for (uint32_t i = 0; i < annotations->count && annotations->items[i].start < end; i++) {
        const att_annotation *one = &annotations->items[i];
        if (one->layer != ATT_LAYER_OFFICIAL) continue;
        self->host = get(self, one, ATT_KEY_NAME);
        self->host_state = state_of_official(self, one);
        return;
    }
}

/* The first official of the title, in the text or apart from it. */
static void find_host(finder *self)
{
    const att_document *headline = self->doc->headline;
    const att_paragraph *title = att_document_title(self->doc);
    self->host_known = true;
    if (headline) take_host(self, &headline->annotations, (uint32_t)headline->text.length);
    if (!self->host.length && title) take_host(self, &self->doc->annotations, title->end);
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

#include "resolve/about.h"

#include <stdlib.h>

#include "resolve/codes.h"

/* How often a country comes, and where. */
typedef struct {
    att_str code;
    uint32_t lead, body; /* mentions in the first paragraph; behind it */
    uint32_t places;     /* its agencies and places */
    bool in_title, in_dateline;
} country_use;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    att_codes codes;
    struct {
        country_use *items;
        uint32_t count, capacity;
    } uses;                                           /* by code */
    uint32_t title_end, dateline_start, dateline_end; /* bytes; 0 when there is none */
    uint32_t lead_end;                                /* token */
} weigher;

/* What a place in the text weighs. A country is kept from a fifth of the heaviest and from LEAST on; the heaviest are always.
 */
enum {
    IN_TITLE = 16,
    IN_DATELINE = 24,
    IN_LEAD = 6,
    IN_BODY = 2,
    PLACE = 1,
    MOST_IN_BODY = 8,
    LEAST = 8,
    SHARE = 5,
    MOST_CODES = 6
};

static country_use *use_of(weigher *self, att_str code)
{
    uint32_t number = att_codes_add(&self->codes, code);
    if (number == self->uses.count) {
        ATT_RESERVE(self->doc->arena, &self->uses, 1);
        self->uses.items[self->uses.count++] = (country_use){ .code = code };
    }
    return &self->uses.items[number];
}

/* Where the title ends and where the first dateline is. */
static void find_places(weigher *self)
{
    const att_paragraph *title = att_document_title(self->doc);
    if (title) self->title_end = title->end;
    for (uint32_t i = 0; i < self->doc->zones.count && !self->dateline_end; i++) {
        if (self->doc->zones.items[i].kind != ATT_ZONE_DATELINE) continue;
        self->dateline_start = self->doc->zones.items[i].start;
        self->dateline_end = self->doc->zones.items[i].end;
    }
}

/* The country of an agency or a place, as its entity has it. */
static att_str owner_of(const weigher *self, const att_annotation *mention)
{
    att_str own = att_annotation_get(mention, &self->knowledge->layers, ATT_KEY_COUNTRY);
    if (own.length || mention->entity >= self->doc->entities.count) return own;
    return self->doc->entities.items[mention->entity].country;
}

static void weigh_mention(weigher *self, const att_annotation *mention)
{
    bool named = att_is_nation_layer(mention->layer);
    att_str code = named ? att_annotation_get(mention, &self->knowledge->layers, ATT_KEY_CODE) : owner_of(self, mention);
    if (!code.length) return;
    country_use *use = use_of(self, code);
    if (self->dateline_start <= mention->start && mention->start < self->dateline_end) use->in_dateline = true;
    else if (!named) use->places++;
    else if (mention->start < self->title_end) use->in_title = true;
    else if (mention->tokens.first < self->lead_end) use->lead++;
    else use->body++;
}

/* States that a title names which is not in the text, its agencies and places. */
static void weigh_headline(weigher *self, const att_document *headline)
{
    for (uint32_t i = 0; i < headline->annotations.count; i++) {
        const att_annotation *mention = &headline->annotations.items[i];
        bool named = att_is_nation_layer(mention->layer);
        if (!(att_about_layers >> mention->layer & 1)) continue;
        att_str code = att_annotation_get(mention, &self->knowledge->layers, named ? ATT_KEY_CODE : ATT_KEY_COUNTRY);
        if (code.length && named) use_of(self, code)->in_title = true;
        else if (code.length) use_of(self, code)->places++;
    }
}

static uint32_t weight_of(const country_use *use)
{
    uint32_t body = use->body < MOST_IN_BODY ? use->body : MOST_IN_BODY, weight = IN_LEAD * use->lead + IN_BODY * body;
    weight += PLACE * use->places;
    if (use->in_title) weight += IN_TITLE;
    if (use->in_dateline) weight += IN_DATELINE;
    return weight;
}

static int by_weight(const void *left, const void *right)
{
    const country_use *a = left, *b = right;
    uint32_t first = weight_of(a), second = weight_of(b);
    return first != second ? (first > second ? -1 : 1) : att_str_compare(a->code, b->code);
}

void att_list_about(const att_knowledge *knowledge, att_document *doc, const att_indexes *mentions, uint32_t lead_end)
{
    weigher self = { .knowledge = knowledge, .doc = doc, .lead_end = lead_end };
    att_codes_init(&self.codes, doc->arena);
    find_places(&self);
    for (uint32_t k = 0; k < mentions->count; k++) weigh_mention(&self, &doc->annotations.items[mentions->items[k]]);
    if (doc->headline) weigh_headline(&self, doc->headline);
    if (!self.uses.count) return;
    qsort(self.uses.items, self.uses.count, sizeof *self.uses.items, by_weight);
    uint32_t most = weight_of(&self.uses.items[0]);
    for (uint32_t i = 0; i < self.uses.count && i < MOST_CODES; i++) {
        uint32_t weight = weight_of(&self.uses.items[i]);
        if (weight < most && (weight < LEAST || weight * SHARE < most)) break;
        ATT_RESERVE(doc->arena, &doc->about, 1);
        doc->about.items[doc->about.count++] = self.uses.items[i].code;
    }
}

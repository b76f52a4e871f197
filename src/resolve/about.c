#include "resolve/about.h"

#include <stdlib.h>

typedef struct {
    att_str code;
    uint32_t weight;
} weighed_code;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    att_map codes;
    struct {
        weighed_code *items;
        uint32_t count, capacity;
    } weights;                                        /* by code */
    uint32_t title_end, dateline_start, dateline_end; /* bytes; 0 when there is none */
    uint32_t lead_end;                                /* token */
} weigher;

/* What a place in the text weighs; a code is kept from a third of the heaviest on. */
enum { MENTION = 2, AGENCY = 1, IN_TITLE = 8, IN_LEAD = 2, IN_DATELINE = 2, ACTOR = 2, KEPT_SHARE = 3, MOST_CODES = 6 };

static void add(weigher *self, att_str code, uint32_t weight)
{
    if (!code.length) return;
    uint32_t number = att_map_add(&self->codes, code);
    if (number == self->weights.count) {
        ATT_RESERVE(self->doc->arena, &self->weights, 1);
        self->weights.items[self->weights.count++] = (weighed_code){ code, 0 };
    }
    self->weights.items[number].weight += weight;
}

/* Where the title ends and where the first dateline is. */
static void find_places(weigher *self)
{
    for (uint32_t i = 0; i < self->doc->paragraphs.count && !self->title_end; i++)
        if (self->doc->paragraphs.items[i].kind == ATT_ZONE_TITLE) self->title_end = self->doc->paragraphs.items[i].end;
    for (uint32_t i = 0; i < self->doc->zones.count && !self->dateline_end; i++) {
        if (self->doc->zones.items[i].kind != ATT_ZONE_DATELINE) continue;
        self->dateline_start = self->doc->zones.items[i].start;
        self->dateline_end = self->doc->zones.items[i].end;
    }
}

static void weigh_mention(weigher *self, const att_annotation *mention)
{
    const att_layers *layers = &self->knowledge->layers;
    uint32_t weight = mention->layer == ATT_LAYER_AGENCY ? AGENCY : MENTION;
    bool in_dateline = self->dateline_start <= mention->start && mention->start < self->dateline_end;
    const char *field = "code";
    switch (mention->layer) {
    case ATT_LAYER_COUNTRY:
    case ATT_LAYER_DEMONYM:
    case ATT_LAYER_IGO: break;
    case ATT_LAYER_AGENCY: field = "country"; break;
    case ATT_LAYER_LOCATION:
        if (in_dateline) add(self, att_annotation_get(mention, layers, ATT_STR("country")), IN_DATELINE);
        return;
    default: return;
    }
    if (mention->tokens.first < self->lead_end) weight += mention->start < self->title_end ? IN_TITLE : IN_LEAD;
    add(self, att_annotation_get(mention, layers, att_str_of(field)), weight);
}

static void weigh_actors(weigher *self, const att_theme *theme)
{
    att_str rest = theme->actors;
    while (theme->document_topic && rest.length) {
        const char *plus = memchr(rest.data, '+', rest.length);
        size_t end = plus ? (size_t)(plus - rest.data) : rest.length;
        add(self, att_str_slice(rest, 0, end), ACTOR * theme->evidence_count);
        rest = att_str_slice(rest, plus ? end + 1 : end, rest.length);
    }
}

/* Names in a title that is not in the text; weak ones say too little there. */
static void weigh_title(weigher *self, att_document *title, const att_vocabulary *vocabulary)
{
    const att_names *names = &self->knowledge->names;
    const uint32_t layers = 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_IGO;
    att_hits hits = { 0 };
    att_names_find(names, title, vocabulary, &hits);
    for (uint32_t i = 0; i < hits.count; i++)
        for (uint32_t f = names->nodes.items[hits.items[i].node]; f != ATT_NONE; f = names->forms.items[f].next) {
            const att_form *form = &names->forms.items[f];
            if (form->owner == ATT_OWNER_BOILERPLATE || form->flags & ATT_FORM_WEAK || !(layers >> form->layer & 1)) continue;
            if (att_form_fits(names, form, title, vocabulary, &hits.items[i]))
                add(self, self->knowledge->entries.entries.items[form->owner].code, IN_TITLE);
        }
}

static int by_weight(const void *left, const void *right)
{
    const weighed_code *a = left, *b = right;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return att_str_compare(a->code, b->code);
}

void att_list_about(const att_knowledge *knowledge, att_document *doc, att_document *title, const att_vocabulary *vocabulary,
                    uint32_t lead_end)
{
    weigher self = { .knowledge = knowledge, .doc = doc, .lead_end = lead_end };
    att_map_init(&self.codes, doc->arena);
    find_places(&self);
    for (uint32_t i = 0; i < doc->annotations.count; i++) weigh_mention(&self, &doc->annotations.items[i]);
    for (uint32_t i = 0; i < doc->themes.count; i++) weigh_actors(&self, &doc->themes.items[i]);
    if (title) weigh_title(&self, title, vocabulary);
    if (!self.weights.count) return;
    qsort(self.weights.items, self.weights.count, sizeof *self.weights.items, by_weight);
    uint32_t least = self.weights.items[0].weight / KEPT_SHARE;
    for (uint32_t i = 0; i < self.weights.count && i < MOST_CODES && self.weights.items[i].weight >= least; i++) {
        ATT_RESERVE(doc->arena, &doc->about, 1);
        doc->about.items[doc->about.count++] = self.weights.items[i].code;
    }
}

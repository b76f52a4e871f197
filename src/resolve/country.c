#include "resolve/country.h"

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
} finder_of_countries;

static const att_annotation *at(const finder_of_countries *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str get(const finder_of_countries *self, const att_annotation *annotation, const char *field)
{
    return att_annotation_get(annotation, &self->knowledge->layers, att_str_of(field));
}

static bool is_nation(const att_annotation *annotation)
{
    return annotation->layer == ATT_LAYER_COUNTRY || annotation->layer == ATT_LAYER_DEMONYM;
}

static bool word_is(const finder_of_countries *self, uint32_t token, const char *word)
{
    att_str surface = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token])->surface;
    return att_str_is(surface, word);
}

/* The code of the COUNTRY or DEMONYM whose tokens end at `token` (or begin there), or a null view. */
static att_str nation_ending_at(const finder_of_countries *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index; i-- > 0 && at(self, i)->tokens.first + 16 > token;)
        if (is_nation(at(self, i)) && at(self, i)->tokens.last == token) return get(self, at(self, i), "code");
    return (att_str){ 0 };
}

static att_str nation_starting_at(const finder_of_countries *self, uint32_t index, uint32_t token)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= token; i++)
        if (is_nation(at(self, i)) && at(self, i)->tokens.first == token) return get(self, at(self, i), "code");
    return (att_str){ 0 };
}

/* ---- the steps, in their order ---- */

/* Nested in the name, or directly before it. */
static att_str by_name(const finder_of_countries *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->start < agency->end; i++)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return get(self, at(self, i), "code");
    for (uint32_t i = index; i-- > 0 && at(self, i)->start == agency->start;)
        if (is_nation(at(self, i)) && at(self, i)->end <= agency->end) return get(self, at(self, i), "code");
    return nation_ending_at(self, index, agency->tokens.first);
}

static att_str by_entry(const finder_of_countries *self, uint32_t index)
{
    uint32_t entry = at(self, index)->entry;
    return entry == ATT_NONE ? (att_str){ 0 } : self->knowledge->entries.entries.items[entry].country;
}

/* "Japan's Ministry of Finance", "Ministry of Defense of Ukraine" */
static att_str by_owner(const finder_of_countries *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t first = agency->tokens.first, last = agency->tokens.last, count = self->doc->tokens.count;
    if (first && self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS) return nation_ending_at(self, index, first - 1);
    if (last + 1 >= count || !word_is(self, last, "of")) return (att_str){ 0 };
    return nation_starting_at(self, index, word_is(self, last + 1, "the") ? last + 2 : last + 1);
}

/* The only country of the sentence. */
static att_str by_sentence(const finder_of_countries *self, uint32_t index)
{
    att_token_range sentence =
        self->doc->sentences.items[att_stretches_at(&self->doc->sentences, at(self, index)->tokens.first)].tokens;
    att_str only = { 0 };
    uint32_t first = index;
    while (first && at(self, first - 1)->tokens.first >= sentence.first) first--;
    for (uint32_t i = first; i < self->doc->annotations.count && at(self, i)->tokens.first < sentence.last; i++) {
        if (!is_nation(at(self, i))) continue;
        att_str code = get(self, at(self, i), "code");
        if (only.data && !att_str_equal(only, code)) return (att_str){ 0 };
        only = code;
    }
    return only;
}

static att_str by_origin(const finder_of_countries *self, uint32_t index)
{
    (void)index;
    return self->doc->origin;
}

static const struct {
    att_country_step step;
    att_str (*find)(const finder_of_countries *self, uint32_t index);
} steps[] = {
    { ATT_BY_NAME, by_name },         { ATT_BY_ENTRY, by_entry },   { ATT_BY_OWNER, by_owner },
    { ATT_BY_SENTENCE, by_sentence }, { ATT_BY_ORIGIN, by_origin },
};

/* ---- which entry is meant ---- */

/* "kor-mofa" from "*-mofa" and KOR. */
static att_str id_in(const finder_of_countries *self, const att_entry *entry, att_str country)
{
    if (!entry->star) return entry->id;
    char *id = att_arena_alloc(self->doc->arena, country.length + entry->id.length);
    for (size_t i = 0; i < country.length; i++) id[i] = (char)(country.data[i] | 0x20);
    memcpy(id + country.length, entry->id.data + 1, entry->id.length - 1);
    return (att_str){ id, country.length + entry->id.length - 1 };
}

/* The owner of the shared name that has this country; a star body is of any. ATT_NONE when none is. */
static uint32_t owner_in(const finder_of_countries *self, const att_annotation *agency, att_str country)
{
    const att_names *names = &self->knowledge->names;
    uint32_t star = ATT_NONE, own = ATT_NONE;
    if (agency->name == ATT_NONE) return agency->entry;
    for (uint32_t f = names->nodes.items[agency->name]; f != ATT_NONE; f = names->forms.items[f].next) {
        const att_form *form = &names->forms.items[f];
        if (form->layer != ATT_LAYER_AGENCY) continue;
        const att_entry *entry = &self->knowledge->entries.entries.items[form->owner];
        if (entry->star) star = form->owner;
        else if (att_str_equal(entry->country, country) && form->owner < own) own = form->owner;
    }
    return own != ATT_NONE ? own : star;
}

static void set(const finder_of_countries *self, att_annotation *annotation, const char *field, att_str value)
{
    if (value.data) att_annotation_set(annotation, &self->knowledge->layers, self->doc->arena, att_str_of(field), value);
}

static void link_agency(const finder_of_countries *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    att_str country = { 0 };
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !country.data; i++) {
        country = steps[i].find(self, index);
        if (country.data) agency->country_by = (uint8_t)steps[i].step;
    }
    if (!country.data) return;
    uint32_t entry = agency->entry;
    if (entry == ATT_NONE || self->knowledge->entries.entries.items[entry].star) entry = owner_in(self, agency, country);
    set(self, agency, "country", country);
    if (entry == ATT_NONE) return;
    const att_entry *known = &self->knowledge->entries.entries.items[entry];
    agency->entry = entry;
    set(self, agency, "id", id_in(self, known, country));
    if (known->parent != ATT_NONE)
        set(self, agency, "parent", id_in(self, &self->knowledge->entries.entries.items[known->parent], country));
}

void att_find_countries(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    finder_of_countries self = { knowledge, doc, vocabulary };
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (doc->annotations.items[i].layer == ATT_LAYER_AGENCY) link_agency(&self, i);
}

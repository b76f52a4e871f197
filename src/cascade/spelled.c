#include "cascade/spelled.h"

#include <ctype.h>

enum { SHORTEST = 3, LONGEST = 6, MOST_WORDS = 12, MOST_SPELLED = 32 };

/* Letters, and whether the document names what they look like by another name, too. */
typedef struct {
    uint32_t name, entry;
    uint16_t layer;
    bool witnessed;
} spelled;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    spelled items[MOST_SPELLED];
    uint32_t count;
} speller;

static bool is_of_layer(const att_annotation *one)
{
    return one->layer == ATT_LAYER_ORG || one->layer == ATT_LAYER_IGO || one->layer == ATT_LAYER_COUNTRY;
}

/* Whether the annotation is one word of so many capitals, alone in brackets. */
static bool is_in_brackets(const att_document *doc, const att_annotation *one)
{
    const uint32_t first = one->tokens.first, length = one->end - one->start;
    if (one->tokens.last != first + 1 || !first || length < SHORTEST || length > LONGEST) return false;
    if (one->tokens.last >= doc->tokens.count || !att_str_is(att_document_word(doc, first - 1), "(")) return false;
    for (uint32_t i = one->start; i < one->end; i++)
        if (doc->text.data[i] < 'A' || doc->text.data[i] > 'Z') return false;
    return att_str_is(att_document_word(doc, first + 1), ")");
}

/* The first of the words before the bracket that begin with the letters, in their order; small ones of other letters may
 * stand between. ATT_NONE where the words do not spell the letters. */
static uint32_t first_spelling(const att_document *doc, const att_annotation *one)
{
    uint32_t token = one->tokens.first - 1, left = one->end - one->start;
    const uint32_t lowest = token > MOST_WORDS ? token - MOST_WORDS : 0;
    while (left && token > lowest) {
        const char begin = doc->text.data[doc->tokens.start[--token]];
        if (toupper((unsigned char)begin) == doc->text.data[one->start + left - 1]) left--;
        else if (!islower((unsigned char)begin) || left == one->end - one->start) return ATT_NONE;
    }
    return left ? (uint32_t)ATT_NONE : token;
}

/* Whether the words [from, to) of the document have one of the name. */
static bool shares_word(const att_document *doc, uint32_t from, uint32_t to, att_str name)
{
    enum { LEAST = 3 };
    while (name.length) {
        const char *blank = memchr(name.data, ' ', name.length);
        const size_t end = blank ? (size_t)(blank - name.data) : name.length;
        for (uint32_t token = from; token < to && end >= LEAST; token++)
            if (att_str_equal(att_document_word(doc, token), att_str_slice(name, 0, end))) return true;
        name = att_str_slice(name, blank ? end + 1 : end, name.length);
    }
    return false;
}

/* Whether the spelling may be another name of one that is called by the letters. */
static bool may_be_called_so(const speller *self, const att_annotation *one, uint32_t from)
{
    const att_names *names = &self->knowledge->names;
    for (uint32_t f = att_names_first(names, one->name); f; f = att_names_next(names, f)) {
        const uint32_t owner = names->forms.items[f].owner;
        if (owner == ATT_OWNER_BOILERPLATE) continue;
        const att_entry *entry = &self->knowledge->entries.entries.items[owner];
        if (shares_word(self->doc, from, one->tokens.first - 1, entry->name)) return true;
    }
    return false;
}

/* Whether a known name of the same kind ends before the bracket of annotation `index`: then the letters are its own. */
static bool is_named_before(const speller *self, uint32_t index)
{
    enum { NEAR = 16 };
    const att_annotation *all = self->doc->annotations.items;
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;)
        if (all[i].tokens.last + 1 == all[index].tokens.first && all[i].layer == all[index].layer
            && !(all[i].state & ATT_DROPPED))
            return true;
    return false;
}

static bool has_letters(const att_document *doc)
{
    for (uint32_t i = 0; i < doc->annotations.count; i++)
        if (is_of_layer(&doc->annotations.items[i]) && is_in_brackets(doc, &doc->annotations.items[i])) return true;
    return false;
}

static void find_spelled(speller *self)
{
    const att_annotations *all = &self->doc->annotations;
    for (uint32_t i = 0; i < all->count && self->count < MOST_SPELLED; i++) {
        const att_annotation *one = &all->items[i];
        if (!is_of_layer(one) || one->name == ATT_NONE || one->state & ATT_DROPPED) continue;
        if (!is_in_brackets(self->doc, one) || is_named_before(self, i)) continue;
        const uint32_t from = first_spelling(self->doc, one);
        if (from == ATT_NONE || may_be_called_so(self, one, from)) continue;
        self->items[self->count++] = (spelled){ one->name, one->entry, one->layer, false };
    }
}

static void find_witnesses(speller *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (!is_of_layer(one) || one->state & (ATT_WEAK | ATT_DROPPED)) continue;
        for (uint32_t k = 0; k < self->count; k++)
            self->items[k].witnessed |= one->entry == self->items[k].entry && one->name != self->items[k].name;
    }
}

/* Whether the letters of the annotation are spelled out: wherever they stand, or only in the brackets where the document names
 * what they look like, too. */
static bool is_spelled(const speller *self, const att_annotation *one)
{
    for (uint32_t k = 0; k < self->count; k++)
        if (one->name == self->items[k].name && one->layer == self->items[k].layer)
            return !self->items[k].witnessed || (is_in_brackets(self->doc, one) && first_spelling(self->doc, one) != ATT_NONE);
    return false;
}

void att_drop_spelled(const att_knowledge *knowledge, att_document *doc)
{
    speller self = { .knowledge = knowledge, .doc = doc };
    if (!has_letters(doc)) return;
    att_annotations_sort(&doc->annotations, doc->arena);
    find_spelled(&self);
    if (!self.count) return;
    find_witnesses(&self);
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        att_annotation *one = &doc->annotations.items[i];
        if (!is_of_layer(one) || one->state & ATT_DROPPED || !is_spelled(&self, one)) continue;
        if (doc->trace) doc->trace->lost(doc->trace, one, NULL, ATT_LOST_SPELLED);
        att_drop(doc, one);
    }
}

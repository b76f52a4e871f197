#include "resolve/titled.h"

#include <ctype.h>

#include "resolve/groups.h"

typedef struct {
    att_document *doc;
    const att_document *title;
    att_titled *out;
} finder;

static bool same_letters(att_str a, att_str b)
{
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (tolower((unsigned char)a.data[i]) != tolower((unsigned char)b.data[i])) return false;
    return true;
}

/* ---- entities ---- */

/* The only entity of the text with the last word of the name, or ATT_NONE. */
static uint32_t by_last_word(const finder *self, att_str name)
{
    uint32_t found = ATT_NONE;
    for (uint32_t i = 0; i < self->doc->entities.count; i++) {
        const att_entity *one = &self->doc->entities.items[i];
        if (one->layer != ATT_LAYER_PERSON || !same_letters(att_str_last_word(one->name), att_str_last_word(name))) continue;
        if (found != ATT_NONE) return ATT_NONE;
        found = i;
    }
    return found;
}

/* Whether the text means by its entity what the title means by its own. */
static bool is_same(const att_entity *one, const att_entity *other)
{
    if (one->layer != other->layer) return false;
    if (!one->unnamed && !other->unnamed) return att_str_equal(one->id, other->id);
    return same_letters(one->name, other->name);
}

static uint32_t add_entity(const finder *self, const att_entity *like)
{
    att_entities *all = &self->doc->entities;
    uint32_t unnamed = 1;
    for (uint32_t i = 0; i < all->count; i++) unnamed += all->items[i].unnamed;
    ATT_RESERVE(self->doc->arena, all, 1);
    all->items[all->count] = *like;
    all->items[all->count].mentions = 0;
    if (like->unnamed) all->items[all->count].id = att_str_numbered(self->doc->arena, 'e', unnamed);
    return all->count++;
}

static uint32_t entity_of(const finder *self, const att_entity *one)
{
    att_entities *all = &self->doc->entities;
    for (uint32_t i = 0; i < all->count; i++)
        if (is_same(&all->items[i], one)) return i;
    const uint32_t known = one->layer == ATT_LAYER_PERSON ? by_last_word(self, one->name) : (uint32_t)ATT_NONE;
    if (known == ATT_NONE) return add_entity(self, one);
    att_entity *mine = &all->items[known];
    if (mine->unnamed && one->name.length > mine->name.length) mine->name = one->name; /* "ROE" is Jane Roe */
    return known;
}

/* ---- the title ---- */

static bool is_one(const att_annotation *annotation, uint32_t layers)
{
    return layers >> annotation->layer & 1 && !(annotation->state & ATT_DROPPED);
}

/* The title that stands right before the name, or a null view. */
static att_str title_before(const finder *self, const att_annotation *name)
{
    att_str found = { 0 };
    for (uint32_t i = 0; i < self->title->annotations.count; i++) {
        const att_annotation *one = &self->title->annotations.items[i];
        if (one->start >= name->start) break;
        if (is_one(one, 1u << ATT_LAYER_TITLE) && one->tokens.last == name->tokens.first && !found.data)
            found = att_str_slice(self->title->text, one->start, one->end);
    }
    return found;
}

/* The record that the title gives him, or one of the words before his name alone. */
static const att_official *post_of(const finder *self, uint32_t entity, att_str title)
{
    for (uint32_t i = 0; i < self->title->officials.count; i++)
        if (self->title->officials.items[i].entity == entity) return &self->title->officials.items[i];
    if (!title.data) return NULL;
    att_official *post = att_arena_zero(self->doc->arena, 1, sizeof *post);
    post->title = title;
    return post;
}

static void add(finder *self, const att_annotation *name)
{
    att_titled *out = self->out;
    if (name->entity >= self->title->entities.count || out->count == ATT_MOST_TITLED) return;
    const uint32_t entity = entity_of(self, &self->title->entities.items[name->entity]);
    for (uint32_t i = 0; i < out->count; i++)
        if (out->items[i].entity == entity) return;
    const att_str title = title_before(self, name);
    out->items[out->count++] = (att_titled_one){ entity, att_str_slice(self->title->text, name->start, name->end), title,
                                                 post_of(self, name->entity, title) };
}

/* What stands at the words. */
static const att_annotation *named_at(const finder *self, att_str words)
{
    const uint32_t start = (uint32_t)(words.data - self->title->text.data);
    enum {
        SPEAKERS = 1 << ATT_LAYER_PERSON | 1 << ATT_LAYER_TITLE | 1 << ATT_LAYER_AGENCY | 1 << ATT_LAYER_IGO
                   | 1 << ATT_LAYER_ORG | 1 << ATT_LAYER_COUNTRY
    };
    for (uint32_t i = att_first_from(self->title, start); i < self->title->annotations.count; i++) {
        const att_annotation *one = &self->title->annotations.items[i];
        if (one->start > start) return NULL;
        if (one->end == start + words.length && is_one(one, SPEAKERS)) return one;
    }
    return NULL;
}

/* Those whose text it is: the speaker that the rule found, and who stands with him where it lets others. */
static void add_whole(finder *self, const att_annotation *whole, const att_knowledge *knowledge)
{
    const att_layers *layers = &knowledge->layers;
    const att_annotation *name = named_at(self, att_annotation_get(whole, layers, ATT_KEY_SPEAKER));
    if (!name || self->out->whole) return;
    add(self, name);
    if (!self->out->count) return;
    self->out->whole = whole;
    att_fellows fellows = { .count = 0 };
    const uint32_t last = att_tokens_at(&self->title->tokens, whole->match_end - 1) + 1;
    if (att_str_is(att_annotation_get(whole, layers, ATT_KEY_KIND), "whole-of"))
        att_fellows_list(&knowledge->lists, self->title, last, name->entity, &fellows);
    for (uint32_t i = 0; i < fellows.count; i++) {
        const att_annotation *other = named_at(self, fellows.items[i].words);
        if (other) add(self, other);
    }
    self->out->whole_count = self->out->count;
}

void att_titled_find(att_titled *self, const att_knowledge *knowledge, att_document *doc)
{
    *self = (att_titled){ .count = 0 };
    if (!doc->spoken_by) return;
    finder all = { doc, doc->spoken_by, self };
    const att_annotations *annotations = &all.title->annotations;
    for (uint32_t i = 0; i < annotations->count; i++) {
        const att_annotation *one = &annotations->items[i];
        if (!is_one(one, 1u << ATT_LAYER_SPEECH)) continue;
        const att_str kind = att_annotation_get(one, &knowledge->layers, ATT_KEY_KIND);
        if (att_str_is(kind, "whole") || att_str_is(kind, "whole-of")) add_whole(&all, one, knowledge);
    }
    for (uint32_t i = 0; i < annotations->count; i++)
        if (is_one(&annotations->items[i], 1u << ATT_LAYER_PERSON) && title_before(&all, &annotations->items[i]).length)
            add(&all, &annotations->items[i]);
}

/* ---- labels ---- */

/* Whether the title has the words, and does not begin with one that makes another post of it: "Vice President". */
static bool has_title(const att_phrase_lists *lists, att_str title, att_str words)
{
    for (size_t i = 0; i + words.length <= title.length; i++) {
        if (!same_letters(att_str_slice(title, i, i + words.length), words)) continue;
        if (i == 0 || (title.data[i - 1] == ' ' && !att_lists_have_start(lists, ATT_LIST_RANK_BELOW, title))) return true;
    }
    return false;
}

const att_titled_one *att_titled_label(const att_titled *self, const att_phrase_lists *lists, att_str words, uint32_t layer)
{
    const att_titled_one *found = NULL;
    for (uint32_t i = 0; i < self->count; i++) {
        const att_titled_one *one = &self->items[i];
        const bool fits = layer == ATT_LAYER_PERSON ? same_letters(att_str_last_word(one->name), att_str_last_word(words))
                                                    : same_letters(one->title, words);
        if (fits) return one;
        if (layer != ATT_LAYER_TITLE || !has_title(lists, one->title, words)) continue;
        if (found) return NULL;
        found = one;
    }
    return found;
}

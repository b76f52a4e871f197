#include "cascade/list_words.h"

#include <stdlib.h>

static uint32_t *by_node(const att_names *names, att_arena *arena)
{
    return att_arena_zero(arena, names->node_count, sizeof(uint32_t));
}

/* Finds the first two words of a node from its parents. */
static void walk_up(att_list_norms *self, uint32_t node)
{
    uint32_t at = node, second = 0;
    while (self->parents[at]) {
        second = self->last[at];
        at = self->parents[at];
    }
    self->first[node] = self->last[at];
    self->second[node] = second;
}

/* What is known of a node's first form comes to hold for the others. */
static void copy_to_forms(att_list_norms *self, const att_names *names)
{
    for (uint32_t f = 1; f < names->forms.count; f++) {
        if (att_names_is_node(names, f)) continue;
        self->parents[f] = self->parents[f - 1];
        self->first[f] = self->first[f - 1];
        self->second[f] = self->second[f - 1];
        self->last[f] = self->last[f - 1];
    }
}

att_list_norms att_list_norms_find(const att_names *names, att_arena *arena)
{
    att_list_norms out = { by_node(names, arena), by_node(names, arena), by_node(names, arena), by_node(names, arena) };
    for (uint32_t norm = 0; norm < names->lexicon->words.count; norm++)
        out.last[names->lexicon->words.items[norm].nodes[names->trie]] = norm;
    for (uint32_t i = 0; i < names->edge_slots; i++) {
        const att_edge *edge = &names->edges[i];
        if (!edge->target) continue;
        out.parents[edge->target] = edge->node;
        out.last[edge->target] = edge->norm;
    }
    for (uint32_t node = 1; node < names->node_count; node++) walk_up(&out, node);
    copy_to_forms(&out, names);
    return out;
}

static att_norms *norms_by_list(att_arena *arena, const uint32_t *forms, uint32_t lists)
{
    att_norms *out = att_arena_zero(arena, lists + 1, sizeof *out);
    for (uint32_t i = 0; i < lists; i++) out[i].items = att_arena_alloc(arena, sizeof(uint32_t) * forms[i]);
    return out;
}

static void add_norm(att_norms *self, uint32_t norm)
{
    self->items[self->count++] = norm;
}

att_list_words att_list_words_make(const att_knowledge *knowledge, const att_list_norms *norms)
{
    const att_names *names = &knowledge->lists.names;
    att_arena *arena = knowledge->arena;
    uint32_t count = knowledge->lists.lists.count, words = knowledge->lexicon.words.count;
    uint32_t *forms = att_arena_zero(arena, count + 1, sizeof *forms);
    uint32_t *pairs = att_arena_zero(arena, count + 1, sizeof *pairs);
    for (uint32_t f = 1; f < names->forms.count; f++) {
        forms[names->forms.items[f].owner]++;
        if (norms->parents[f]) pairs[names->forms.items[f].owner]++;
    }
    att_list_words out = { norms_by_list(arena, forms, count), norms_by_list(arena, forms, count),
                           att_arena_zero(arena, count + 1, sizeof(att_word_set)),
                           att_arena_zero(arena, count + 1, sizeof(att_word_set)),
                           att_arena_zero(arena, count + 1, sizeof(att_word_set)) };
    for (uint32_t list = 0; list < count; list++) {
        out.firsts[list] = att_word_set_make(arena, forms[list], words);
        out.lasts[list] =
            pairs[list] ? att_word_set_make(arena, forms[list], words) : out.firsts[list]; /* of words: the same */
        out.pairs[list] = att_word_set_make(arena, pairs[list], UINT32_MAX);
    }
    for (uint32_t f = 1; f < names->forms.count; f++) {
        uint32_t list = names->forms.items[f].owner;
        add_norm(&out.first[list], norms->first[f]);
        add_norm(&out.last[list], norms->last[f]);
        att_word_set_put(&out.firsts[list], norms->first[f]);
        att_word_set_put(&out.lasts[list], norms->last[f]);
        if (norms->parents[f]) att_word_set_put(&out.pairs[list], att_word_pair(norms->first[f], norms->second[f]));
    }
    return out;
}

/* Of a word of the form, whose norm that is. */
static uint64_t bits_of(const att_knowledge *knowledge, const att_form *form, uint32_t word, uint32_t norm)
{
    bool capital = knowledge->lists.names.words.items[form->words + word].caps & 1;
    return capital ? ATT_CLASS_CAP : att_glance_word(&knowledge->lexicon, norm);
}

const att_list_glance *att_list_glances(const att_knowledge *knowledge, const att_list_norms *norms)
{
    const att_names *names = &knowledge->lists.names;
    att_list_glance *out = att_arena_zero(knowledge->arena, knowledge->lists.lists.count + 1, sizeof *out);
    for (uint32_t f = 1; f < names->forms.count; f++) {
        const att_form *form = &names->forms.items[f];
        att_list_glance *list = &out[form->owner];
        list->first |= bits_of(knowledge, form, 0, norms->first[f]);
        list->last |= bits_of(knowledge, form, att_form_length(names, form) - 1, norms->last[f]);
        if (norms->parents[f]) list->second |= bits_of(knowledge, form, 1, norms->second[f]);
    }
    return out;
}

/* ---- where lists begin ---- */

static int by_norm_and_list(const void *left, const void *right)
{
    const att_list_opening *a = left, *b = right;
    if (a->norm != b->norm) return a->norm < b->norm ? -1 : 1;
    return (a->list > b->list) - (a->list < b->list);
}

/* Leaves each word and list once, with the capitals that all ask for. */
static void unite(att_list_openings *self)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        att_list_opening *last = kept ? &self->items[kept - 1] : NULL;
        if (last && by_norm_and_list(last, &self->items[i]) == 0) last->caps &= self->items[i].caps;
        else self->items[kept++] = self->items[i];
    }
    self->count = kept;
}

att_list_openings att_list_openings_find(const att_knowledge *knowledge, const att_list_norms *norms)
{
    const att_names *names = &knowledge->lists.names;
    att_list_openings out = { att_arena_alloc(knowledge->arena, sizeof *out.items * (names->forms.count + 1)), 0 };
    for (uint32_t f = 1; f < names->forms.count; f++) {
        const att_form *form = &names->forms.items[f];
        uint64_t caps = names->words.items[form->words].caps;
        out.items[out.count++] = (att_list_opening){ norms->first[f], form->owner, caps };
    }
    if (out.count) qsort(out.items, out.count, sizeof *out.items, by_norm_and_list);
    unite(&out);
    return out;
}

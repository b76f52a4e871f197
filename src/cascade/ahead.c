#include "cascade/ahead.h"

enum { BITS_A_WORD = 8 };

/* ---- sets of words ---- */

static att_word_set new_set(att_arena *arena, uint32_t count)
{
    uint32_t bits = 64;
    if (!count) return (att_word_set){ 0 };
    while (bits < count * BITS_A_WORD) bits *= 2;
    return (att_word_set){ att_arena_zero(arena, bits / 64, sizeof(uint64_t)), bits - 1 };
}

static void put(att_word_set *self, uint32_t word)
{
    self->bits[(word & self->mask) >> 6] |= UINT64_C(1) << (word & 63);
}

static uint32_t *by_node(const att_names *names, att_arena *arena)
{
    return att_arena_zero(arena, names->nodes.count + 1, sizeof(uint32_t));
}

att_list_norms att_list_norms_find(const att_names *names, att_arena *arena)
{
    att_list_norms out = { by_node(names, arena), by_node(names, arena), by_node(names, arena) };
    for (uint32_t i = 0; i < names->edge_slots; i++) {
        const att_edge *edge = &names->edges[i];
        if (!edge->target) continue;
        out.parents[edge->target] = edge->node;
        out.last[edge->target] = edge->norm;
    }
    for (uint32_t node = 1; node < names->nodes.count; node++) /* a node is made after its parent */
        out.first[node] = out.parents[node] ? out.first[out.parents[node]] : out.last[node];
    return out;
}

att_list_words att_list_words_make(const att_knowledge *knowledge, const att_list_norms *norms)
{
    const att_names *names = &knowledge->lists.names;
    uint32_t count = knowledge->lists.lists.count;
    att_list_words out = { att_arena_zero(knowledge->arena, count + 1, sizeof(att_word_set)),
                           att_arena_zero(knowledge->arena, count + 1, sizeof(att_word_set)) };
    uint32_t *forms = att_arena_zero(knowledge->arena, count + 1, sizeof *forms);
    for (uint32_t f = 0; f < names->forms.count; f++) forms[names->forms.items[f].owner]++;
    for (uint32_t list = 0; list < count; list++) {
        out.first[list] = new_set(knowledge->arena, forms[list]);
        out.last[list] = new_set(knowledge->arena, forms[list]);
    }
    for (uint32_t node = 1; node < names->nodes.count; node++)
        for (uint32_t f = names->nodes.items[node]; f != ATT_NONE; f = names->forms.items[f].next) {
            put(&out.first[names->forms.items[f].owner], norms->first[node]);
            put(&out.last[names->forms.items[f].owner], norms->last[node]);
        }
    return out;
}

/* ---- making ---- */

static void add_word(att_ahead_maker *self, uint32_t word)
{
    ATT_RESERVE(self->arena, &self->words, 1);
    self->words.items[self->words.count++] = word;
}

void att_ahead_add_list(att_ahead_maker *self, uint32_t list)
{
    for (uint32_t i = 0; i < self->list_numbers.count; i++)
        if (self->list_numbers.items[i] == list) return;
    ATT_RESERVE(self->arena, &self->list_numbers, 1);
    self->list_numbers.items[self->list_numbers.count++] = list;
}

void att_ahead_add_words(att_ahead_maker *self, const att_pattern *node)
{
    add_word(self, node->words[self->backwards ? node->word_count - 1 : 0]);
}

/* How much a test lets through, roughly; the worst is what a look-ahead can't ask. */
enum { LETS_WORDS, LETS_SOME, LETS_MANY, LETS_ALL };

static int openness(const att_test *test)
{
    const uint32_t many = ATT_CLASS_WORD | ATT_CLASS_ASCII | ATT_CLASS_LOWER | ATT_CLASS_CAP | ATT_CLASS_PUNCT;
    int best = LETS_ALL, worst = LETS_WORDS;
    for (const att_test *child = test->children; child; child = child->next) {
        int one = openness(child);
        if (one < best) best = one;
        if (one > worst) worst = one;
    }
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT:
    case ATT_TEST_LIST: return LETS_WORDS;
    case ATT_TEST_IN_LAYER: return LETS_SOME;
    case ATT_TEST_CLASS: return test->number & many ? LETS_MANY : LETS_SOME;
    case ATT_TEST_PLACE: return test->number == ATT_AT_POSS || test->number == ATT_AT_QUOTE ? LETS_SOME : LETS_ALL;
    case ATT_TEST_AND: return best;
    case ATT_TEST_OR: return worst;
    default: return LETS_ALL;
    }
}

static void add_narrowest(att_ahead_maker *self, const att_test *all)
{
    const att_test *best = all->children;
    for (const att_test *child = all->children; child; child = child->next)
        if (openness(child) < openness(best)) best = child;
    if (best) att_ahead_add_test(self, best);
    else self->unknown = true;
}

void att_ahead_add_test(att_ahead_maker *self, const att_test *test)
{
    if (openness(test) == LETS_ALL) {
        self->unknown = true;
        return;
    }
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT: add_word(self, test->number); break;
    case ATT_TEST_LIST: att_ahead_add_list(self, test->number); break;
    case ATT_TEST_IN_LAYER: self->inside |= 1u << test->number; break;
    case ATT_TEST_CLASS: self->classes |= test->number; break;
    case ATT_TEST_PLACE: self->classes |= ATT_CLASS_POSS | ATT_CLASS_QUOTE; break;
    case ATT_TEST_AND: add_narrowest(self, test); break;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) att_ahead_add_test(self, child);
        break;
    default: self->unknown = true;
    }
}

static bool is_broad(const att_ahead_maker *self)
{
    return self->unknown || self->classes;
}

static void write_out(att_ahead_maker *self, att_coming coming)
{
    const uint32_t numbers[] = { self->unknown, self->classes, self->layers,      self->inside,
                                 coming.layers, coming.most,   self->words.count, self->backwards };
    self->key.count = 0;
    self->key.arena = self->arena;
    att_buf_add(&self->key, (att_str){ (const char *)numbers, sizeof numbers });
    att_buf_add(&self->key, (att_str){ (const char *)self->words.items, self->words.count * sizeof(uint32_t) });
    att_buf_add(&self->key, (att_str){ (const char *)self->list_numbers.items, self->list_numbers.count * sizeof(uint32_t) });
}

static const att_ahead *new_ahead(const att_ahead_maker *self, att_coming coming)
{
    att_ahead *out = att_arena_alloc(self->arena, sizeof *out);
    *out = (att_ahead){
        .anything = self->unknown, .classes = self->classes, .layers = self->layers, .inside = self->inside, .coming = coming
    };
    out->words = new_set(self->arena, self->words.count);
    for (uint32_t i = 0; i < self->words.count; i++) put(&out->words, self->words.items[i]);
    const att_word_set **lists = att_arena_alloc(self->arena, sizeof *lists * (self->list_numbers.count + 1));
    for (uint32_t i = 0; i < self->list_numbers.count; i++)
        lists[i] = &(self->backwards ? self->lists->last : self->lists->first)[self->list_numbers.items[i]];
    out->lists = lists;
    out->list_count = self->list_numbers.count;
    return out;
}

static const att_ahead *find_or_make(att_ahead_maker *self, att_coming coming)
{
    att_aheads *made = self->made;
    write_out(self, coming);
    uint32_t number = att_map_add(&made->keys, att_buf_str(&self->key));
    if (number < made->count) return made->items[number];
    ATT_RESERVE(self->arena, made, 1);
    return made->items[made->count++] = new_ahead(self, coming);
}

const att_ahead *att_ahead_make(att_ahead_maker *self, att_coming coming)
{
    const att_ahead *out = NULL;
    if (!is_broad(self) || coming.most > ATT_FAR) coming.layers = 0;
    if (!self->unknown || coming.layers) out = find_or_make(self, coming);
    self->words.count = self->list_numbers.count = 0;
    self->classes = self->layers = self->inside = 0;
    self->unknown = false;
    return out;
}

/* ---- looking ---- */

static bool has_word(const att_ahead *self, uint32_t word)
{
    if (word == ATT_NONE) return false;
    if (att_word_set_has(&self->words, word)) return true;
    for (uint32_t i = 0; i < self->list_count; i++)
        if (att_word_set_has(self->lists[i], word)) return true;
    return false;
}

static bool may_stand(const att_ahead *self, const att_scene *scene, uint32_t at, bool backwards)
{
    uint32_t token = backwards ? at - 1 : at;
    if (self->layers & (backwards ? scene->closes : scene->begins)[at] || self->inside & scene->inside[token]) return true;
    const att_word_type *type = att_scene_type(scene, token);
    if (type->classes & self->classes || has_word(self, type->norm) || has_word(self, type->exact)) return true;
    if (!type->part_count) return false;
    uint32_t part = type->first_part + (backwards ? type->part_count - 1 : 0);
    const att_word_type *edge = att_vocabulary_type(scene->vocabulary, scene->vocabulary->parts.items[part].type);
    return has_word(self, edge->norm) || has_word(self, edge->exact);
}

static bool may_come(att_coming coming, const att_scene *scene, uint32_t at, uint32_t limit)
{
    if (limit < at) {
        uint32_t last = at - limit > coming.most ? at - coming.most : limit + 1;
        for (; at >= last; at--)
            if (scene->closes[at] & coming.layers) return true;
        return false;
    }
    uint32_t last = limit - at > coming.most ? at + coming.most : limit - 1;
    for (; at <= last; at++)
        if (scene->begins[at] & coming.layers) return true;
    return false;
}

bool att_ahead_holds(const att_ahead *self, const att_scene *scene, uint32_t at, uint32_t limit)
{
    if (self->coming.layers && !may_come(self->coming, scene, at, limit)) return false;
    return self->anything || may_stand(self, scene, at, limit < at);
}

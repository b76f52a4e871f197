#include "cascade/ahead.h"

enum {
    MOST_TOLD = 8,       /* bits of words: with more of them a glance lets too much pass */
    FIRST_BYTES = 4,     /* kinds of first bytes that a glance tells apart */
    LARGE_LIST = 1 << 12 /* first or last words, with repeats */
};

/* ---- making ---- */

/* The number of a set of layers; ATT_NONE when it has none and a look-ahead has room for no more. */
static uint32_t layers_of(att_aheads *self, att_arena *arena, uint64_t layers)
{
    const att_str key = { (const char *)&layers, sizeof layers };
    if (self->layers.count > UINT16_MAX) return att_map_find(&self->layer_keys, key);
    uint32_t number = att_map_add(&self->layer_keys, key);
    if (number < self->layers.count) return number;
    ATT_RESERVE(arena, &self->layers, 1);
    self->layers.items[self->layers.count++] = layers;
    return number;
}

void att_aheads_init(att_aheads *self, att_arena *arena)
{
    *self = (att_aheads){ 0 };
    att_map_init(&self->made.keys, arena);
    att_map_init(&self->layer_keys, arena);
    layers_of(self, arena, 0);
}

void att_aheads_close(att_aheads *self)
{
    self->made.items = NULL;
    self->made.keys = self->layer_keys = (att_map){ 0 };
}

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
    self->exact = self->exact || node->exact;
}

/* How many tokens a test lets pass, roughly. LETS_ALL is also for what a look-ahead can't ask. */
enum { LETS_WORDS, LETS_SOME, LETS_MANY, LETS_ALL };

static int openness(const att_ahead_maker *self, const att_test *test)
{
    int best = LETS_ALL, worst = LETS_WORDS;
    for (const att_test *child = test->children; child; child = child->next) {
        int one = openness(self, child);
        if (one < best) best = one;
        if (one > worst) worst = one;
    }
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT:
    case ATT_TEST_LIST: return LETS_WORDS;
    case ATT_TEST_IN_LAYER: return LETS_SOME;
    case ATT_TEST_CLASS: return test->number & att_glance_broad ? LETS_MANY : LETS_SOME;
    case ATT_TEST_REGEX: return __builtin_popcount(self->regex_begins[test->number]) < FIRST_BYTES ? LETS_MANY : LETS_ALL;
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
        if (openness(self, child) < openness(self, best)) best = child;
    if (best) att_ahead_add_test(self, best);
    else self->unknown = true;
}

void att_ahead_add_test(att_ahead_maker *self, const att_test *test)
{
    if (openness(self, test) == LETS_ALL) {
        self->unknown = true;
        return;
    }
    switch (test->kind) {
    case ATT_TEST_EXACT: self->exact = true; /* fall through */
    case ATT_TEST_WORD: add_word(self, test->number); break;
    case ATT_TEST_LIST: att_ahead_add_list(self, test->number); break;
    case ATT_TEST_IN_LAYER: self->inside |= 1u << test->number; break;
    case ATT_TEST_CLASS: self->classes |= test->number; break;
    case ATT_TEST_REGEX: self->classes |= self->regex_begins[test->number]; break;
    case ATT_TEST_PLACE: self->classes |= ATT_CLASS_POSS | ATT_CLASS_QUOTE; break;
    case ATT_TEST_AND: add_narrowest(self, test); break;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) att_ahead_add_test(self, child);
        break;
    default: self->unknown = true;
    }
}

static void write_out(att_ahead_maker *self)
{
    const uint32_t numbers[] = { self->classes, self->layers, self->inside, self->words.count, self->backwards, self->exact };
    self->key.count = 0;
    self->key.arena = self->arena;
    att_buf_add(&self->key, (att_str){ (const char *)numbers, sizeof numbers });
    att_buf_add(&self->key, (att_str){ (const char *)self->words.items, self->words.count * sizeof(uint32_t) });
    att_buf_add(&self->key, (att_str){ (const char *)self->list_numbers.items, self->list_numbers.count * sizeof(uint32_t) });
}

/* The first or last words of the list number `index` of those that were added. */
static const att_norms *norms_of(const att_ahead_maker *self, uint32_t index)
{
    return &(self->backwards ? self->lists->last : self->lists->first)[self->list_numbers.items[index]];
}

/* The words by themselves and those of lists that are not large; or those of the large lists. */
typedef enum { OTHER_WORDS, LARGE_LISTS } word_part;

static bool is_in(const att_ahead_maker *self, word_part part, uint32_t index)
{
    return (norms_of(self, index)->count >= LARGE_LIST) == (part == LARGE_LISTS);
}

/* Calls for each word of the part that may stand there, with repeats. */
static void each_word(const att_ahead_maker *self, word_part part,
                      void (*take)(const att_ahead_maker *self, void *out, uint32_t word), void *out)
{
    for (uint32_t i = 0; part == OTHER_WORDS && i < self->words.count; i++) take(self, out, self->words.items[i]);
    for (uint32_t i = 0; i < self->list_numbers.count; i++)
        for (uint32_t w = 0; is_in(self, part, i) && w < norms_of(self, i)->count; w++)
            take(self, out, norms_of(self, i)->items[w]);
}

static void show(const att_ahead_maker *self, void *out, uint32_t word)
{
    *(uint64_t *)out |= att_glance_word(self->lexicon, word);
}

static void keep(const att_ahead_maker *self, void *out, uint32_t word)
{
    (void)self;
    att_word_set_put(out, word);
}

static void count_word(const att_ahead_maker *self, void *out, uint32_t word)
{
    (void)self;
    (void)word;
    ++*(uint32_t *)out;
}

static bool same_set(att_word_set a, att_word_set b)
{
    return a.mask == b.mask && memcmp(a.bits, b.bits, ((size_t)a.mask + 1) / 8) == 0;
}

/* An equal set that another one has, else this one. */
static att_word_set shared(const att_aheads *made, att_word_set set)
{
    for (uint32_t i = 1; i < made->names.count; i++) {
        const att_ahead_names *other = &made->names.items[i];
        att_word_set words = { other->bits, other->mask }, large = { other->large_bits, other->large_mask };
        if (same_set(words, set)) return words;
        if (same_set(large, set)) return large;
    }
    return set;
}

/* The list that is all of the part, or ATT_NONE. */
static uint32_t only_list(const att_ahead_maker *self, word_part part)
{
    uint32_t list = ATT_NONE, count = part == OTHER_WORDS ? self->words.count : 0;
    for (uint32_t i = 0; i < self->list_numbers.count; i++) {
        if (!is_in(self, part, i)) continue;
        list = self->list_numbers.items[i];
        count++;
    }
    return count == 1 ? list : (uint32_t)ATT_NONE;
}

/* The set of the part; one list's own where that is all. */
static att_word_set words_of(const att_ahead_maker *self, word_part part)
{
    uint32_t list = only_list(self, part), count = 0;
    if (list != ATT_NONE) return (self->backwards ? self->lists->lasts : self->lists->firsts)[list];
    each_word(self, part, count_word, &count);
    att_word_set out = att_word_set_make(self->arena, count ? count : 1, self->lexicon->words.count);
    each_word(self, part, keep, &out);
    return shared(self->made, out);
}

/* `glances`: the bits of the words that were added. */
static uint32_t new_names(const att_ahead_maker *self, uint64_t glances)
{
    att_aheads *made = self->made;
    att_word_set words = words_of(self, OTHER_WORDS), large = words_of(self, LARGE_LISTS);
    ATT_RESERVE(self->arena, &made->names, 2);
    if (!made->names.count) made->names.items[made->names.count++] = (att_ahead_names){ 0 };
    made->names.items[made->names.count] = (att_ahead_names){ .glances = glances,
                                                              .bits = words.bits,
                                                              .large_bits = large.bits,
                                                              .mask = words.mask,
                                                              .large_mask = large.mask & INT32_MAX,
                                                              .exact = self->exact };
    return made->names.count++;
}

/* Where there is no number left for layers or names, the look-ahead lets more pass. */
static att_ahead new_ahead(const att_ahead_maker *self)
{
    const att_aheads *made = self->made;
    uint32_t layers = layers_of(self->made, self->arena, att_glance_layers(self->layers, self->inside));
    if (layers == ATT_NONE) return att_ahead_anything;
    uint64_t words = self->classes;
    each_word(self, OTHER_WORDS, show, &words);
    each_word(self, LARGE_LISTS, show, &words);
    const bool open = __builtin_popcountll(words & ~(uint64_t)self->classes) > MOST_TOLD;
    uint32_t names = open && made->names.count <= UINT16_MAX ? new_names(self, words) : 0;
    return (att_ahead){ names ? self->classes : words, (uint16_t)layers, (uint16_t)names };
}

static att_ahead find_or_make(att_ahead_maker *self)
{
    att_aheads *made = self->made;
    write_out(self);
    uint32_t number = att_map_add(&made->made.keys, att_buf_str(&self->key));
    if (number < made->made.count) return made->made.items[number];
    ATT_RESERVE(self->arena, &made->made, 1);
    return made->made.items[made->made.count++] = new_ahead(self);
}

att_ahead att_ahead_make(att_ahead_maker *self)
{
    att_ahead out = att_ahead_anything;
    if (!self->unknown) out = find_or_make(self);
    self->words.count = self->list_numbers.count = 0;
    self->classes = self->layers = self->inside = 0;
    self->unknown = self->exact = false;
    return out;
}

/* ---- looking ---- */

/* Without a branch, since none could be predicted. */
static inline bool has_word(const att_ahead_names *self, uint32_t word)
{
    uint64_t bits = self->bits[(word & self->mask) / 64] | self->large_bits[(word & self->large_mask) / 64];
    return (bits >> word % 64 & 1) & (word != ATT_NONE);
}

/* The same of a hyphenated word: as a whole, or by its part that comes first. */
static bool has_parted(const att_ahead_names *self, const att_vocabulary *vocabulary, const att_word_type *type, bool backwards)
{
    uint32_t part = type->first_part + (backwards ? type->part_count - 1 : 0);
    const att_word_type *first = att_vocabulary_type(vocabulary, vocabulary->parts.items[part].type);
    return has_word(self, type->norm) || has_word(self, type->exact) || has_word(self, first->norm)
           || has_word(self, first->exact);
}

bool att_ahead_has(const att_ahead_names *self, const att_scene *scene, uint32_t token, bool backwards)
{
    const att_word_columns *words = &scene->vocabulary->columns;
    uint32_t type = scene->doc->tokens.type[token];
    if (words->norm[type] == ATT_NORM_OF_PARTS)
        return has_parted(self, scene->vocabulary, att_scene_type(scene, token), backwards);
    bool has = has_word(self, words->norm[type]);
    return self->exact ? has | has_word(self, words->exact[type]) : has;
}

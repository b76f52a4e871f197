#include "cascade/wake.h"

#include <assert.h>
#include <stdlib.h>

/* How often things stand in news, per ten thousand tokens, roughly: enough to tell rare from frequent. */
enum { EVERY_TOKEN = 10000, NEVER_ALONE = 1000000, ANNOTATION = 60, RARE_WORD = 2, LEFT_BY_FIELDS = 20, MOST_PREFIX = 128 };
enum { RARE_AT_ONCE = 6, MOST_RARE = 300 }; /* of many rare words: so many cost one more, up to that */

static const struct {
    const char *words;
    uint32_t frequency;
} frequent[] = {
    { "the", 500 },
    { ", .", 450 },
    { "of and to", 270 },
    { "in a", 150 },
    { "' \" ( ) - for on that with is", 80 },
    { "was by as at from it be this are will has have an its their we our i you", 40 },
    { "he she they his her not or which who were been more than but also would can all new government president minister "
      "state states united said year people security country countries between through including :",
      20 },
    { "had about after other one two first last against into over under if no so out up any these those when there what "
      "could may should do does did while during since before where then now many most some only such them him national "
      "mr. ms. mrs. foreign international secretary ministry three time years day today week month work support war "
      "just going know get go think how make very like right because me my your us well want need see look here again they're "
      "administration american americans order federal house public department law act economic health plan part policy world",
      10 },
    { "percent million billion nation community communities energy help congress made working every next why clear way let "
      "much being action actions access agencies agency data process information office efforts members number both use within "
      "global local leaders rights economy workers women children official officials general director defense military service "
      "services program programs trade issue issues future money bill laws meeting border jobs care system",
      5 },
};

static const struct {
    uint32_t class, frequency;
} class_frequencies[] = {
    { ATT_CLASS_WORD, 8700 }, { ATT_CLASS_ASCII, 9800 }, { ATT_CLASS_HYPHEN, 80 }, { ATT_CLASS_CAP, 2000 },
    { ATT_CLASS_UPPER, 200 }, { ATT_CLASS_LOWER, 6400 }, { ATT_CLASS_MIXED, 30 },  { ATT_CLASS_INITIAL, 30 },
    { ATT_CLASS_NUM, 200 },   { ATT_CLASS_ORDINAL, 20 }, { ATT_CLASS_POSS, 80 },   { ATT_CLASS_PUNCT, 1200 },
    { ATT_CLASS_COMMA, 500 }, { ATT_CLASS_DASH, 80 },    { ATT_CLASS_QUOTE, 80 },  { ATT_CLASS_OPEN, 40 },
    { ATT_CLASS_CLOSE, 40 },
};

static const uint32_t layer_frequencies[ATT_KNOWN_LAYERS] = {
    [ATT_LAYER_PERSON] = 80, [ATT_LAYER_TITLE] = 85,     [ATT_LAYER_AGENCY] = 60,  [ATT_LAYER_IGO] = 10,
    [ATT_LAYER_ORG] = 20,    [ATT_LAYER_COUNTRY] = 80,   [ATT_LAYER_DEMONYM] = 35, [ATT_LAYER_LOCATION] = 35,
    [ATT_LAYER_EVENT] = 10,  [ATT_LAYER_AGREEMENT] = 30, [ATT_LAYER_DATE] = 20,    [ATT_LAYER_OFFICIAL] = 60,
    [ATT_LAYER_TOPIC] = 480,
};

/* Values of fields that leave more than LEFT_BY_FIELDS does. Strong topics count half: what is waited for is asked its fields,
 * what stands near is not. */
static const struct {
    const char *value;
    uint32_t frequency;
} frequent_values[] = { { "location", 260 }, { "strong", 110 }, { "party", 150 } };

/* A list may begin with a word. */
typedef struct {
    uint32_t norm, list;
    uint64_t caps; /* capitals that all its phrases with that first word ask for */
} list_word;

typedef struct {
    att_waker *waker;
    const att_knowledge *knowledge;
    list_word *list_words; /* by word, then list */
    uint32_t list_word_count;
    att_map frequent;      /* words of the table above */
    att_numbers frequency; /* by their number */
    uint32_t *list_costs;  /* by list */
    const att_list_glance *lists;
    const att_rule *rule;
    uint32_t index;                         /* of the rule */
    const att_pattern *before[MOST_PREFIX]; /* what stands before the element at hand, in order */
    uint32_t before_count;
    bool too_many;                         /* more than MOST_PREFIX stood before one */
    const att_pattern *after[MOST_PREFIX]; /* what stands behind it: siblings, of the inmost last */
    uint32_t after_count, after_floor;     /* from the floor on: up to the end of a repeat */
} indexer;

static void add_number(const indexer *self, att_numbers *numbers, uint32_t number)
{
    ATT_RESERVE(self->knowledge->arena, numbers, 1);
    numbers->items[numbers->count++] = number;
}

/* ---- how rare ---- */

static void read_frequencies(indexer *self)
{
    att_map_init(&self->frequent, self->knowledge->arena);
    for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++) {
        att_str rest = att_str_of(frequent[i].words);
        while (rest.length) {
            const char *blank = memchr(rest.data, ' ', rest.length);
            size_t length = blank ? (size_t)(blank - rest.data) : rest.length;
            uint32_t word = att_map_add(&self->frequent, att_str_slice(rest, 0, length));
            if (word == self->frequency.count) add_number(self, &self->frequency, frequent[i].frequency);
            rest = att_str_slice(rest, blank ? length + 1 : length, rest.length);
        }
    }
}

static uint32_t word_cost(const indexer *self, uint32_t norm)
{
    const att_lexicon *lexicon = &self->knowledge->lexicon;
    uint32_t number =
        norm < lexicon->words.count ? att_map_find(&self->frequent, att_lexicon_word(lexicon, norm)) : (uint32_t)ATT_NONE;
    return number == ATT_NONE ? RARE_WORD : self->frequency.items[number];
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* What alternatives cost together. */
typedef struct {
    uint32_t others, rare; /* rare: how many are rare words, most of which are hardly ever met */
} cost_sum;

static void add_cost(cost_sum *sum, uint32_t cost)
{
    if (cost == RARE_WORD) sum->rare++;
    else sum->others += cost;
}

static uint32_t summed(const cost_sum *sum)
{
    if (!sum->rare) return sum->others;
    return sum->others + RARE_WORD + least((sum->rare + RARE_AT_ONCE - 2) / RARE_AT_ONCE, MOST_RARE);
}

static uint32_t test_cost(const indexer *self, const att_test *test)
{
    uint32_t cost;
    cost_sum sum = { 0, 0 };
    switch (test->kind) {
    case ATT_TEST_CLASS:
        for (size_t i = 0; i < sizeof class_frequencies / sizeof *class_frequencies; i++)
            if (class_frequencies[i].class == test->number) return class_frequencies[i].frequency;
        return EVERY_TOKEN;
    case ATT_TEST_PLACE: return test->number == ATT_AT_POSS || test->number == ATT_AT_QUOTE ? 160 : EVERY_TOKEN;
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT: return word_cost(self, test->number);
    case ATT_TEST_REGEX: return 100;
    case ATT_TEST_LIST: return self->list_costs[test->number];
    case ATT_TEST_IN_LAYER:
    case ATT_TEST_ANY:
    case ATT_TEST_NOT:
    case ATT_TEST_LENGTH: return EVERY_TOKEN;
    case ATT_TEST_AND:
        cost = EVERY_TOKEN;
        for (const att_test *child = test->children; child; child = child->next) cost = least(cost, test_cost(self, child));
        return cost;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) add_cost(&sum, test_cost(self, child));
        return least(summed(&sum), EVERY_TOKEN);
    }
    return EVERY_TOKEN;
}

static uint32_t rarest_word(const indexer *self, const att_pattern *node)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < node->word_count; i++)
        if (word_cost(self, node->words[i]) < word_cost(self, node->words[best])) best = i;
    return best;
}

static uint32_t value_cost(att_str value, uint32_t all)
{
    for (size_t i = 0; i < sizeof frequent_values / sizeof *frequent_values; i++)
        if (att_str_is(value, frequent_values[i].value)) return frequent_values[i].frequency;
    return all / LEFT_BY_FIELDS + 1;
}

static uint32_t values_cost(const att_field_test *test, uint32_t all)
{
    uint32_t cost = 0;
    for (uint32_t i = 0; i < test->count; i++) cost += value_cost(test->values[i], all);
    return least(cost, all);
}

/* Fields that must have a value leave some of the annotations. */
static uint32_t layer_cost(const att_pattern *node)
{
    uint32_t layer = node->number;
    uint32_t cost = layer < ATT_KNOWN_LAYERS && layer_frequencies[layer] ? layer_frequencies[layer] : ANNOTATION;
    for (uint32_t i = 0; i < node->field_count; i++) cost = least(cost, values_cost(&node->fields[i], cost));
    return cost;
}

/* What it costs to wait for the rarest element that every match of the node has; NEVER_ALONE when there is none. */
static uint32_t cost_of(const indexer *self, const att_pattern *node)
{
    uint32_t cost = NEVER_ALONE;
    cost_sum sum = { 0, 0 };
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE:
        for (const att_pattern *child = node->children; child; child = child->next) cost = least(cost, cost_of(self, child));
        return cost;
    case ATT_PATTERN_CHOICE:
        for (const att_pattern *child = node->children; child; child = child->next) add_cost(&sum, cost_of(self, child));
        return least(summed(&sum), NEVER_ALONE);
    case ATT_PATTERN_REPEAT: return node->least ? cost_of(self, node->children) : NEVER_ALONE;
    case ATT_PATTERN_WORDS: return word_cost(self, node->words[rarest_word(self, node)]);
    case ATT_PATTERN_TOKEN: return test_cost(self, node->test);
    case ATT_PATTERN_LIST: return self->list_costs[node->number];
    case ATT_PATTERN_LAYER: return layer_cost(node);
    case ATT_PATTERN_GAP: return NEVER_ALONE;
    }
    return NEVER_ALONE;
}

/* ---- where words of lists begin ---- */

static int by_norm_and_list(const void *left, const void *right)
{
    const list_word *a = left, *b = right;
    if (a->norm != b->norm) return a->norm < b->norm ? -1 : 1;
    return (a->list > b->list) - (a->list < b->list);
}

static void collect_list_words(indexer *self)
{
    const att_names *names = &self->knowledge->lists.names;
    const uint32_t *first = self->waker->predicates->list_norms->first;
    self->list_words = att_arena_alloc(self->knowledge->arena, sizeof *self->list_words * (names->forms.count + 1));
    for (uint32_t node = 1; node < names->nodes.count; node++)
        for (uint32_t f = names->nodes.items[node]; f != ATT_NONE; f = names->forms.items[f].next) {
            const att_form *form = &names->forms.items[f];
            self->list_words[self->list_word_count++] =
                (list_word){ first[node], form->owner, names->words.items[form->words].caps };
        }
    if (!self->list_word_count) return;
    qsort(self->list_words, self->list_word_count, sizeof *self->list_words, by_norm_and_list);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < self->list_word_count; i++) {
        list_word *last = &self->list_words[kept - 1];
        if (by_norm_and_list(last, &self->list_words[i]) == 0) last->caps &= self->list_words[i].caps;
        else self->list_words[kept++] = self->list_words[i];
    }
    self->list_word_count = kept;
}

static void sum_list_costs(indexer *self)
{
    const att_waker *waker = self->waker;
    self->list_costs = att_arena_zero(self->knowledge->arena, waker->list_count + 1, sizeof *self->list_costs);
    cost_sum *sums = att_arena_zero(self->knowledge->arena, waker->list_count + 1, sizeof *sums);
    for (uint32_t i = 0; i < self->list_word_count; i++) {
        const list_word *start = &self->list_words[i];
        uint32_t cost = word_cost(self, start->norm);
        add_cost(&sums[start->list], cost > RARE_WORD && start->caps ? cost / 8 + 1 : cost);
    }
    for (uint32_t list = 0; list < waker->list_count; list++) self->list_costs[list] = least(summed(&sums[list]), EVERY_TOKEN);
}

/* ---- anchors ---- */

/* Makes place for anchors; the first that is made is nobody's. */
static uint32_t new_word_anchors(const indexer *self)
{
    static const att_word_anchors none = { { NULL, 0, 0 }, { NULL, 0, 0 } };
    ATT_RESERVE(self->knowledge->arena, &self->waker->word_anchors, 1);
    self->waker->word_anchors.items[self->waker->word_anchors.count] = none;
    return self->waker->word_anchors.count++;
}

static void add_word(const indexer *self, uint32_t word, bool exact, uint32_t anchor)
{
    uint32_t *number = &self->waker->words[word].anchors;
    if (!*number) *number = new_word_anchors(self);
    att_word_anchors *anchors = &self->waker->word_anchors.items[*number];
    add_number(self, exact ? &anchors->exact : &anchors->norm, anchor);
}

/* The pattern from word `word` on. */
static const att_pattern *words_from(const indexer *self, const att_pattern *node, uint32_t word)
{
    att_pattern *rest = att_arena_alloc(self->knowledge->arena, sizeof *rest);
    *rest = *node;
    rest->words += word;
    rest->word_count -= word;
    return rest;
}

/* What every match has from `node` on: up to the last that can't be empty. Returns how many nodes that is. */
static uint32_t nodes_from(const indexer *self, const att_pattern *node, const att_pattern *nodes[MOST_PREFIX])
{
    uint32_t count = 0;
    nodes[count++] = node;
    for (uint32_t i = self->after_count; i-- > self->after_floor;)
        for (const att_pattern *next = self->after[i]; next && count < MOST_PREFIX; next = next->next) nodes[count++] = next;
    while (count > 1 && !att_extent_of(self->knowledge, nodes[count - 1]).least) count--;
    return count;
}

/* The layers in whose annotations the rule is sought, or not sought. */
static uint32_t layers_of_regions(const att_rule *rule, bool not )
{
    uint32_t layers = 0;
    for (uint32_t i = 0; i < rule->region_count; i++)
        if (rule->regions[i].kind == ATT_IN_LAYER && rule->regions[i].not == not ) layers |= 1u << rule->regions[i].layer;
    return layers;
}

/* A new anchor of the rule at `node`, or at a word of it. */
static uint32_t new_anchor(indexer *self, const att_pattern *node, uint32_t word)
{
    att_waker *waker = self->waker;
    att_anchor anchor = { .element = node };
    att_hook hook = { .rule = self->index,
                      .stage = (uint8_t)self->rule->stage,
                      .direct = !word && !self->before_count,
                      .in_words = word,
                      .inside = layers_of_regions(self->rule, false),
                      .outside = layers_of_regions(self->rule, true),
                      .gate.ahead = att_glance_anything };
    const att_pattern *nodes[MOST_PREFIX];
    uint32_t count = nodes_from(self, word ? words_from(self, node, word) : node, nodes);
    uint32_t own = node->kind == ATT_PATTERN_LAYER; /* where that ends is known there */
    anchor.after = att_needs_after(self->knowledge, nodes + own, count - own);
    anchor.before = att_needs_before(self->knowledge, self->before, self->before_count, word);
    if (node->kind == ATT_PATTERN_LIST) {
        att_predicates_add_list(waker->predicates, node->number);
        hook.list = node->number + 1;
    }
    if (node->kind == ATT_PATTERN_TOKEN) hook.predicate = att_predicates_add(waker->predicates, node->test) + 1;
    for (uint32_t i = 0; i < ATT_MOST_HELD; i++) {
        uint32_t behind = i < anchor.after.count ? i : i - anchor.after.count;
        if (i < anchor.after.count) hook.gate.held[i] = anchor.after.items[i].layers;
        else if (behind < anchor.before.count) hook.gate.held[i] = anchor.before.items[behind].layers;
    }
    att_place place = self->rule->pattern->place;
    if (!hook.direct || own) anchor.suffix = att_compile_suffix(waker->predicates, nodes, count, ATT_CALLS, place);
    if (!hook.direct) {
        anchor.prefix = att_compile_prefix(waker->predicates, self->before, self->before_count, word, ATT_CALLS, place);
        att_program whole = att_compile_prefix(waker->predicates, self->before, self->before_count, word, ATT_INLINED, place);
        hook.gate.ahead = att_glance_first(waker->predicates, &whole, self->lists);
        anchor.second = att_glance_second(waker->predicates, &whole, self->lists);
    }
    att_program whole = att_compile_suffix(waker->predicates, nodes, count, ATT_INLINED, place);
    hook.gate.behind = word ? att_glance_anything : att_glance_behind(waker->predicates, &whole, self->lists);
    assert(waker->anchors.count < ATT_ANCHOR);
    ATT_RESERVE(self->knowledge->arena, &waker->anchors, 1);
    waker->anchors.items[waker->anchors.count++] = anchor;
    ATT_RESERVE(self->knowledge->arena, &waker->hooks, 1);
    waker->hooks.items[waker->hooks.count] = hook;
    return waker->hooks.count++;
}

/* Whether a word of ASCII letters may pass the test; when in doubt it may. */
static bool may_pass_letters(const att_predicates *predicates, const att_test *test)
{
    const uint32_t others = ATT_CLASS_HYPHEN | ATT_CLASS_NUM | ATT_CLASS_ORDINAL | ATT_CLASS_POSS | ATT_CLASS_PUNCT
                            | ATT_CLASS_COMMA | ATT_CLASS_DASH | ATT_CLASS_QUOTE | ATT_CLASS_OPEN | ATT_CLASS_CLOSE;
    const att_automaton *automaton;
    switch (test->kind) {
    case ATT_TEST_CLASS: return test->number & ~others;
    case ATT_TEST_REGEX:
        automaton = predicates->automata[test->number];
        return !automaton || att_automaton_takes_letters(automaton);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (!may_pass_letters(predicates, child)) return false;
        return true;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            if (may_pass_letters(predicates, child)) return true;
        return false;
    default: return true;
    }
}

/* A new test; those that words of letters may pass stand first. Returns its place. */
static uint32_t new_test(indexer *self, uint32_t predicate)
{
    att_waker *waker = self->waker;
    const att_test *test = waker->predicates->roots.items[predicate];
    att_glance glance = att_glance_test(waker->predicates, test, self->lists);
    uint64_t bits = glance.edges | glance.inside ? UINT64_MAX : glance.words;
    ATT_RESERVE(self->knowledge->arena, &waker->tests, 1);
    uint32_t at = waker->tests.count++;
    if (may_pass_letters(waker->predicates, test)) {
        waker->tests.items[at] = waker->tests.items[waker->letter_tests];
        at = waker->letter_tests++;
    }
    waker->tests.items[at] = (att_waking_test){ .predicate = predicate, .bits = bits };
    return at;
}

static void wait_for_predicate(indexer *self, uint32_t predicate, uint32_t anchor)
{
    const att_waker *waker = self->waker;
    uint32_t i = 0;
    while (i < waker->tests.count && waker->tests.items[i].predicate != predicate) i++;
    if (i == waker->tests.count) i = new_test(self, predicate);
    add_number(self, &waker->tests.items[i].anchors, anchor);
}

/* What it costs to wait for words one of which every token is that the test holds for; NEVER_ALONE when it names none. */
static uint32_t words_cost(const indexer *self, const att_test *test)
{
    uint32_t cost = NEVER_ALONE;
    cost_sum sum = { 0, 0 };
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT:
    case ATT_TEST_LIST: return test_cost(self, test);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next) cost = least(cost, words_cost(self, child));
        return cost;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next) add_cost(&sum, words_cost(self, child));
        return least(summed(&sum), NEVER_ALONE);
    default: return NEVER_ALONE;
    }
}

/* Of the parts of a test that must all hold. */
static const att_test *cheapest_words(const indexer *self, const att_test *parts)
{
    const att_test *best = parts;
    for (const att_test *part = parts; part; part = part->next)
        if (words_cost(self, part) < words_cost(self, best)) best = part;
    return best;
}

static void wait_for_words(indexer *self, const att_test *test, uint32_t anchor)
{
    switch (test->kind) {
    case ATT_TEST_WORD: add_word(self, test->number, false, anchor); break;
    case ATT_TEST_EXACT: add_word(self, test->number, true, anchor); break;
    case ATT_TEST_LIST: add_number(self, &self->waker->by_list[test->number], anchor); break;
    case ATT_TEST_AND: wait_for_words(self, cheapest_words(self, test->children), anchor); break;
    default:
        for (const att_test *child = test->children; child; child = child->next) wait_for_words(self, child, anchor);
    }
}

static void wait_for_token(indexer *self, const att_pattern *node)
{
    uint32_t anchor = new_anchor(self, node, 0);
    if (words_cost(self, node->test) <= test_cost(self, node->test)) wait_for_words(self, node->test, anchor);
    else wait_for_predicate(self, att_predicates_add(self->waker->predicates, node->test), anchor);
}

static void add_gate(indexer *self, const att_pattern *node)
{
    uint32_t anchor = new_anchor(self, node, 0);
    att_layer_gate made = { .gate = self->waker->hooks.items[anchor].gate, .anchor = anchor };
    for (uint32_t i = 0; i < node->field_count; i++) {
        uint64_t bit = att_field_bits_add(&self->waker->field_bits, node->number, &node->fields[i]);
        made.fields |= bit;
        made.unsure |= !bit;
    }
    att_gates *gates = &self->waker->by_layer[self->rule->stage][node->number];
    ATT_RESERVE(self->knowledge->arena, gates, 1);
    gates->items[gates->count++] = made;
    gates->fields |= made.fields;
}

static void wait_for(indexer *self, const att_pattern *node);

static void wait_in_sequence(indexer *self, const att_pattern *node)
{
    uint32_t best = NEVER_ALONE, before = self->before_count, after = self->after_count, floor = self->after_floor;
    const att_pattern *child = node->children;
    for (const att_pattern *one = child; one; one = one->next) best = least(best, cost_of(self, one));
    for (; cost_of(self, child) != best; child = child->next) {
        self->too_many = self->too_many || self->before_count == MOST_PREFIX;
        if (!self->too_many) self->before[self->before_count++] = child;
    }
    if (self->after_count == MOST_PREFIX) self->after_floor = self->after_count;
    else if (child->next) self->after[self->after_count++] = child->next;
    wait_for(self, child);
    self->before_count = before;
    self->after_count = after;
    self->after_floor = floor;
}

/* What stands behind the first time is another time or what is behind the last. */
static void wait_in_repeat(indexer *self, const att_pattern *node)
{
    uint32_t floor = self->after_floor;
    self->after_floor = self->after_count;
    wait_for(self, node->children);
    self->after_floor = floor;
}

static void wait_for(indexer *self, const att_pattern *node)
{
    uint32_t word;
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE: wait_in_sequence(self, node); break;
    case ATT_PATTERN_CHOICE:
        for (const att_pattern *child = node->children; child; child = child->next) wait_for(self, child);
        break;
    case ATT_PATTERN_REPEAT: wait_in_repeat(self, node); break;
    case ATT_PATTERN_WORDS:
        word = rarest_word(self, node);
        add_word(self, node->words[word], node->exact, new_anchor(self, node, word));
        break;
    case ATT_PATTERN_TOKEN: wait_for_token(self, node); break;
    case ATT_PATTERN_LIST: add_number(self, &self->waker->by_list[node->number], new_anchor(self, node, 0)); break;
    case ATT_PATTERN_LAYER: add_gate(self, node); break;
    case ATT_PATTERN_GAP: break;
    }
}

/* A rule that has no element of its own is woken by every token. */
static void wait_for_anything(indexer *self)
{
    att_test *any = att_arena_zero(self->knowledge->arena, 1, sizeof *any);
    any->kind = ATT_TEST_ANY;
    wait_for_predicate(self, att_predicates_add(self->waker->predicates, any), new_anchor(self, self->rule->pattern, 0));
}

/* Two annotations of a layer may start at one token, a word wakes an anchor once. */
static void note_alone(const indexer *self, uint32_t anchor)
{
    att_hook *hook = &self->waker->hooks.items[anchor];
    hook->alone = hook->direct && self->waker->anchors.items[anchor].element->kind != ATT_PATTERN_LAYER;
}

static void index_rule(indexer *self, const att_rules *rules, uint32_t rule)
{
    self->rule = &rules->rules.items[rule];
    self->index = rule;
    if (self->rule->kind == ATT_RULE_ALIAS || !self->rule->pattern) return;
    self->too_many = false;
    uint32_t first = self->waker->hooks.count;
    bool rare = cost_of(self, self->rule->pattern) < NEVER_ALONE;
    if (rare) wait_for(self, self->rule->pattern);
    if (!rare || self->too_many) wait_for_anything(self);
    if (self->waker->hooks.count == first + 1) note_alone(self, first);
}

/* Gives each word the lists that are waited for and begin with it. */
static void make_list_starts(indexer *self)
{
    att_waker *waker = self->waker;
    const list_word *all = self->list_words;
    uint32_t count = 0, at = 0;
    for (uint32_t i = 0; i < self->list_word_count; i++) count += waker->by_list[all[i].list].count > 0;
    waker->list_starts = att_arena_alloc(self->knowledge->arena, sizeof *waker->list_starts * (count + 1));
    for (uint32_t word = 0, i = 0; word <= waker->word_count; word++) {
        waker->words[word].starts = at;
        for (; i < self->list_word_count && all[i].norm == word; i++)
            if (waker->by_list[all[i].list].count)
                waker->list_starts[at++] = (att_list_start){ all[i].list, (uint32_t)all[i].caps };
    }
}

/* The bits of words that a glance lets pass now or when more is annotated. */
static uint64_t words_of(const att_glance *glance)
{
    return glance->edges | glance->inside ? glance->words | ~att_glance_edge : glance->words;
}

static att_door door_of(const att_predicates *predicates, const att_hook *hook)
{
    uint8_t everywhere = hook->predicate ? predicates->masks.items[hook->predicate - 1].everywhere : 0;
    return (att_door){ words_of(&hook->gate.behind), words_of(&hook->gate.ahead), everywhere | ATT_PLACE_NONE, hook->stage };
}

static void make_doors(att_waker *self, att_arena *arena)
{
    self->doors = att_arena_zero(arena, self->hooks.count + 1, sizeof *self->doors);
    for (uint32_t i = 0; i < self->hooks.count; i++) self->doors[i] = door_of(self->predicates, &self->hooks.items[i]);
}

void att_waker_init(att_waker *self, att_predicates *predicates, const att_rules *rules, const att_list_glance *lists)
{
    const att_knowledge *knowledge = predicates->knowledge;
    *self = (att_waker){ .predicates = predicates,
                         .word_count = knowledge->lexicon.words.count,
                         .list_count = knowledge->lists.lists.count };
    self->words = att_arena_zero(knowledge->arena, self->word_count + 1, sizeof *self->words);
    self->by_list = att_arena_zero(knowledge->arena, self->list_count + 1, sizeof *self->by_list);
    self->by_layer = att_arena_zero(knowledge->arena, ATT_MAX_STAGES, sizeof *self->by_layer);
    indexer maker = { .waker = self, .knowledge = knowledge, .lists = lists };
    att_field_bits_init(&self->field_bits, knowledge->arena);
    new_word_anchors(&maker);
    read_frequencies(&maker);
    collect_list_words(&maker);
    sum_list_costs(&maker);
    for (uint32_t stage = 0; stage < knowledge->pipeline.count; stage++)
        for (uint32_t rule = 0; rule < rules->rules.count; rule++)
            if (rules->rules.items[rule].stage == stage) index_rule(&maker, rules, rule);
    for (uint32_t stage = 0; stage < knowledge->pipeline.count; stage++)
        for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++)
            att_gates_make_columns(&self->by_layer[stage][layer], knowledge->arena);
    att_field_bits_close(&self->field_bits, &knowledge->topics);
    make_list_starts(&maker);
    make_doors(self, knowledge->arena);
}

/* ---- what a word wakes ---- */

typedef struct {
    const att_waker *waker;
    att_vocabulary *vocabulary;
    uint32_t first; /* in the vocabulary's pool */
} describer;

static void add_woken(const describer *self, uint32_t anchor)
{
    ATT_RESERVE(&self->vocabulary->arena, &self->vocabulary->pool, 1 + ATT_POOL_STEP);
    self->vocabulary->pool.items[self->vocabulary->pool.count++] = anchor;
}

/* The places that decide what a predicate makes of the type outside lines of capitals; ATT_PLACE_NONE when it never holds. */
static uint32_t places_of(const describer *self, uint32_t predicate, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    const att_place_mask *mask = &predicates->masks.items[predicate];
    switch (att_predicate_of_type(predicates, predicate, self->vocabulary, type, false)) {
    case ATT_ANSWER_NO: return ATT_PLACE_NONE;
    case ATT_ANSWER_BY_PLACE: return mask->tells ? mask->everywhere | mask->nowhere : 0u;
    default: return 0;
    }
}

/* Whether the word alone is no phrase of the list, so that another must come. */
static bool needs_pair(const describer *self, uint32_t list, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    uint32_t predicate = predicates->list_predicates[list] - 1;
    return !type->part_count && att_predicate_of_type(predicates, predicate, self->vocabulary, type, false) == ATT_ANSWER_NO;
}

static void wake(const describer *self, const att_word_type *type, const att_numbers *anchors)
{
    for (uint32_t i = 0; i < anchors->count; i++) {
        const att_hook *hook = &self->waker->hooks.items[anchors->items[i]];
        uint32_t known = 0;
        if (hook->predicate) known = places_of(self, hook->predicate - 1, type) << ATT_ANCHOR_PLACES;
        if (hook->list && needs_pair(self, hook->list - 1, type)) known = ATT_ANCHOR_PAIR;
        add_woken(self, anchors->items[i] | known);
    }
}

static void wake_lists(const describer *self, const att_word_type *type, const att_word_type *part, const att_word_wakes *word)
{
    const att_waker *waker = self->waker;
    for (uint32_t i = word->starts; i < word[1].starts; i++)
        if (!(waker->list_starts[i].caps & ~part->caps)) wake(self, type, &waker->by_list[waker->list_starts[i].list]);
}

/* What the type wakes by itself or a part of it. */
static void wake_words(const describer *self, const att_word_type *type, const att_word_type *part, bool starts)
{
    const att_waker *waker = self->waker;
    if (part->norm >= waker->word_count) return; /* then no rule has it with its capitals either */
    const att_word_wakes *word = &waker->words[part->norm];
    if (word->anchors) wake(self, type, &waker->word_anchors.items[word->anchors].norm);
    if (starts) wake_lists(self, type, part, word);
    uint32_t exact = part->exact < waker->word_count ? waker->words[part->exact].anchors : 0;
    if (exact) wake(self, type, &waker->word_anchors.items[exact].exact);
}

static bool passes_in_capitals(const describer *self, uint32_t predicate, const att_word_type *type)
{
    const att_predicates *predicates = self->waker->predicates;
    return type->classes & ATT_CLASS_UPPER
           && att_predicate_of_type(predicates, predicate, self->vocabulary, type, true) != ATT_ANSWER_NO;
}

/* Bits of a word that tests of it are sought by; for lists also that of the first of its parts. */
static uint64_t bits_for_tests(const describer *self, const att_word_type *type)
{
    const att_lexicon *lexicon = &self->waker->predicates->knowledge->lexicon;
    const att_vocabulary *vocabulary = self->vocabulary;
    uint64_t bits = att_glance_surface(lexicon, type);
    if (!type->part_count) return bits;
    uint32_t first = vocabulary->parts.items[type->first_part].type;
    return bits | att_glance_word(lexicon, att_vocabulary_type(vocabulary, first)->norm);
}

static void wake_test(const describer *self, const att_word_type *type, const att_waking_test *test)
{
    uint32_t places = places_of(self, test->predicate, type);
    if (places == ATT_PLACE_NONE && !passes_in_capitals(self, test->predicate, type)) return;
    for (uint32_t i = 0; i < test->anchors.count; i++) add_woken(self, test->anchors.items[i] | places << ATT_ANCHOR_PLACES);
}

/* Anchors that wait for what passes a test, and ask no more than that. */
static void wake_tests(const describer *self, const att_word_type *type)
{
    const att_waker *waker = self->waker;
    bool letters = type->classes & ATT_CLASS_ASCII && type->letters == type->surface.length;
    uint32_t count = letters ? waker->letter_tests : waker->tests.count;
    uint64_t bits = bits_for_tests(self, type);
    for (uint32_t i = 0; i < count; i++)
        if (waker->tests.items[i].bits & bits) wake_test(self, type, &waker->tests.items[i]);
}

/* By anchor; most are few, and several rows that rise. */
static void sort_woken(uint32_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = items[i], at = i;
        for (; at && (items[at - 1] & ATT_ANCHOR) > (item & ATT_ANCHOR); at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Sorts what was woken and leaves each anchor once. */
static void tidy(const describer *self)
{
    uint32_t *items = self->vocabulary->pool.items + self->first + 1, count = self->vocabulary->pool.count - self->first - 1;
    sort_woken(items, count);
    uint32_t kept = count ? 1 : 0;
    for (uint32_t i = 1; i < count; i++)
        if (items[i] != items[kept - 1]) items[kept++] = items[i];
    items[-1] = kept;
    self->vocabulary->pool.count = self->first + 1 + kept;
}

/* Where the numbers of the anchors that the type wakes are in the pool; 0 for none. */
static uint32_t anchors_of(const void *user, att_vocabulary *vocabulary, const att_word_type *type)
{
    describer self = { user, vocabulary, 0 };
    if (!vocabulary->pool.count) add_woken(&self, 0); /* number 0 is for nothing */
    self.first = vocabulary->pool.count;
    add_woken(&self, 0);
    wake_words(&self, type, type, true);
    for (uint32_t i = 0; i < type->part_count; i++)
        wake_words(&self, type, att_vocabulary_type(vocabulary, vocabulary->parts.items[type->first_part + i].type), !i);
    wake_tests(&self, type);
    tidy(&self);
    if (vocabulary->pool.count > self.first + 1) return self.first;
    vocabulary->pool.count = self.first;
    return 0;
}

att_type_note att_waker_describe(const void *user, att_vocabulary *vocabulary, att_word_type *type)
{
    const att_waker *waker = user;
    return (att_type_note){ att_glance_type(&waker->predicates->knowledge->lexicon, type), anchors_of(user, vocabulary, type) };
}

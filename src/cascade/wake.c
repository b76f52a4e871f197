#include "cascade/wake.h"

#include <assert.h>

#include "cascade/frequency.h"

enum { MOST_PREFIX = 128 };

typedef struct {
    att_waker *waker;
    const att_knowledge *knowledge;
    att_list_openings openings;
    att_frequencies frequencies;
    const att_list_glance *lists;
    att_glance *const *contexts; /* by rule: a glance for each of its contexts */
    const att_rule *rule;
    uint32_t index;                         /* of the rule */
    const att_pattern *before[MOST_PREFIX]; /* the nodes before the current element, in order */
    uint32_t before_count;
    bool too_many;                         /* more than MOST_PREFIX nodes stood before an element */
    const att_pattern *after[MOST_PREFIX]; /* the siblings after it, innermost last */
    uint32_t after_count, after_floor;     /* entries from the floor on lie within the current repeat */
} indexer;

static void add_number(const indexer *self, att_numbers *numbers, uint32_t number)
{
    ATT_RESERVE(self->knowledge->arena, numbers, 1);
    numbers->items[numbers->count++] = number;
}

/* ---- anchors ---- */

/* Adds an item to word_wakes. Item 0 is made first and stands for words that wake nothing. */
static uint32_t new_wakes(const indexer *self)
{
    static const att_word_wakes none = { { NULL, 0, 0 }, { NULL, 0, 0 }, 0, 0 };
    ATT_RESERVE(self->knowledge->arena, &self->waker->word_wakes, 1);
    self->waker->word_wakes.items[self->waker->word_wakes.count] = none;
    return self->waker->word_wakes.count++;
}

static void add_word(const indexer *self, uint32_t word, bool exact, uint32_t anchor)
{
    uint32_t *number = &self->waker->words[word];
    if (!*number) *number = new_wakes(self);
    att_word_wakes *wakes = &self->waker->word_wakes.items[*number];
    add_number(self, exact ? &wakes->exact : &wakes->norm, anchor);
}

/* The rest of a literal, from word `word` on, as a pattern. */
static const att_pattern *words_from(const indexer *self, const att_pattern *node, uint32_t word)
{
    att_pattern *rest = att_arena_alloc(self->knowledge->arena, sizeof *rest);
    *rest = *node;
    rest->words += word;
    rest->word_count = (uint16_t)(rest->word_count - word);
    return rest;
}

/* Lists the nodes that every match has from `node` on, one after the other, up to the last that can't be empty. Returns how
 * many. */
static uint32_t nodes_from(const indexer *self, const att_pattern *node, const att_pattern *nodes[MOST_PREFIX])
{
    uint32_t count = 0;
    nodes[count++] = node;
    for (uint32_t i = self->after_count; i-- > self->after_floor;)
        for (const att_pattern *next = self->after[i]; next && count < MOST_PREFIX; next = next->next) nodes[count++] = next;
    while (count > 1 && !att_extent_of(self->knowledge, nodes[count - 1]).least) count--;
    return count;
}

/* The layers of the rule's `inside` (or with `not` its `not-inside`) lines. */
static uint32_t layers_of_regions(const att_rule *rule, bool not )
{
    uint32_t layers = 0;
    for (uint32_t i = 0; i < rule->region_count; i++)
        if (rule->regions[i].kind == ATT_IN_LAYER && rule->regions[i].not == not ) layers |= 1u << rule->regions[i].layer;
    return layers;
}

/* Puts the first of an anchor's needs into its gate. */
static void hold_needs(att_gate *gate, const att_needs *needs)
{
    for (uint32_t i = 0; i < ATT_MOST_HELD && i < needs->after + needs->before; i++) gate->held[i] = needs->items[i].layers;
}

/* Notes in the hook what the element asks of a token itself. */
static void ask_element(const indexer *self, const att_pattern *node, att_hook *hook)
{
    att_predicates *predicates = self->waker->predicates;
    if (node->kind == ATT_PATTERN_LIST) {
        att_predicates_add_list(predicates, node->number);
        hook->list = node->number + 1;
    }
    if (node->kind == ATT_PATTERN_TOKEN) hook->predicate = att_predicates_add(predicates, node->test) + 1;
}

/* Compiles what stands before the anchor, and the glances for it. */
static void look_before(const indexer *self, uint32_t word, att_anchor *anchor, att_hook *hook)
{
    att_predicates *predicates = self->waker->predicates;
    att_place place = self->rule->pattern->place;
    anchor->prefix = att_compile_prefix(predicates, self->before, self->before_count, word, ATT_CALLS, place);
    att_program whole = att_compile_prefix(predicates, self->before, self->before_count, word, ATT_INLINED, place);
    hook->gate.before = att_glance_first(predicates, &whole, self->lists);
    anchor->second = att_glance_second(predicates, &whole, self->lists);
}

/* Where a match starts at its anchor, what must precede the match stands before the anchor. Of several contexts the one counts
 * that lets the fewest words pass. */
static att_glance preceding(const indexer *self)
{
    att_glance out = att_glance_anything;
    for (uint32_t i = 0; i < self->rule->context_count; i++) {
        if (self->rule->contexts[i].kind != ATT_PRECEDED) continue;
        const att_glance *one = &self->contexts[self->index][i];
        if (__builtin_popcountll(one->words) < __builtin_popcountll(out.words)) out = *one;
    }
    return out;
}

static uint32_t add_anchor(const indexer *self, const att_anchor *anchor, const att_hook *hook)
{
    att_waker *waker = self->waker;
    assert(waker->anchors.count < ATT_ANCHOR);
    ATT_RESERVE(self->knowledge->arena, &waker->anchors, 1);
    waker->anchors.items[waker->anchors.count++] = *anchor;
    ATT_RESERVE(self->knowledge->arena, &waker->hooks, 1);
    waker->hooks.items[waker->hooks.count] = *hook;
    return waker->hooks.count++;
}

/* Adds an anchor for the rule at `node` or, in a literal, at word `word`. */
static uint32_t new_anchor(indexer *self, const att_pattern *node, uint32_t word)
{
    att_predicates *predicates = self->waker->predicates;
    att_place place = self->rule->pattern->place;
    att_anchor anchor = { .element = node };
    att_hook hook = { .rule = self->index,
                      .direct = !word && !self->before_count,
                      .whole = node == self->rule->pattern && node->kind == ATT_PATTERN_LAYER,
                      .in_words = word,
                      .inside = layers_of_regions(self->rule, false),
                      .outside = layers_of_regions(self->rule, true) };
    const att_pattern *nodes[MOST_PREFIX];
    uint32_t count = nodes_from(self, word ? words_from(self, node, word) : node, nodes);
    uint32_t own = node->kind == ATT_PATTERN_LAYER; /* the end of an annotation is known from itself */
    att_row after = { nodes + own, count - own }, before = { self->before, self->before_count };
    anchor.needs = att_needs_around(self->knowledge, after, before, word);
    if (anchor.needs) hold_needs(&hook.gate, anchor.needs);
    ask_element(self, node, &hook);
    if (!hook.direct || own) anchor.suffix = att_compile_suffix(predicates, nodes, count, ATT_CALLS, place);
    if (hook.direct) hook.gate.before = preceding(self);
    else look_before(self, word, &anchor, &hook);
    att_program whole = att_compile_suffix(predicates, nodes, count, ATT_INLINED, place);
    hook.gate.behind = word ? att_glance_anything : att_glance_behind(predicates, &whole, self->lists);
    return add_anchor(self, &anchor, &hook);
}

/* Whether a word of ASCII letters may pass the test; true when in doubt. */
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

/* Adds a waking test and returns its index. Tests that words of ASCII letters may pass come first. */
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

/* The part of an AND that names the rarest words, if any does. */
static const att_test *cheapest_words(const indexer *self, const att_test *parts)
{
    const att_test *best = parts;
    for (const att_test *part = parts; part; part = part->next)
        if (att_frequency_of_words(&self->frequencies, part) < att_frequency_of_words(&self->frequencies, best)) best = part;
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
    if (att_frequency_of_words(&self->frequencies, node->test) <= att_frequency_of_test(&self->frequencies, node->test))
        wait_for_words(self, node->test, anchor);
    else wait_for_predicate(self, att_predicates_add(self->waker->predicates, node->test), anchor);
}

/* The bit for what the rule asks of the whole document; 0 when it asks nothing. */
static uint64_t document_bit(indexer *self, uint32_t rule, uint32_t layer)
{
    uint64_t bit = self->rule->whole ? att_field_bits_take(&self->waker->field_bits, layer) : 0;
    if (!bit) return 0;
    ATT_RESERVE(self->knowledge->arena, &self->waker->of_document, 1);
    self->waker->of_document.items[self->waker->of_document.count++] =
        (att_document_gate){ .bit = bit, .rule = rule, .stage = (uint8_t)self->rule->stage, .layer = (uint8_t)layer };
    return bit;
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
    made.fields |= document_bit(self, self->waker->hooks.items[anchor].rule, node->number);
    att_gates *gates = &self->waker->by_layer[self->rule->stage][node->number];
    ATT_RESERVE(self->knowledge->arena, gates, 1);
    gates->items[gates->count++] = made;
    gates->fields |= made.fields;
}

static void wait_for(indexer *self, const att_pattern *node);

static void wait_in_sequence(indexer *self, const att_pattern *node)
{
    uint32_t best = ATT_FREQUENCY_NONE, before = self->before_count, after = self->after_count, floor = self->after_floor;
    const att_pattern *child = node->children;
    for (const att_pattern *one = child; one; one = one->next) {
        uint32_t frequency = att_frequency_of(&self->frequencies, one);
        if (frequency < best) best = frequency;
    }
    for (; att_frequency_of(&self->frequencies, child) != best; child = child->next) {
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

/* Waits for an element inside a repeat. After one repetition either another one or the rest can follow, so nothing after it
 * is certain. */
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
        word = att_rarest_word(&self->frequencies, node);
        add_word(self, node->words[word], node->exact, new_anchor(self, node, word));
        break;
    case ATT_PATTERN_TOKEN: wait_for_token(self, node); break;
    case ATT_PATTERN_LIST: add_number(self, &self->waker->by_list[node->number], new_anchor(self, node, 0)); break;
    case ATT_PATTERN_LAYER: add_gate(self, node); break;
    case ATT_PATTERN_GAP: break;
    }
}

/* For a rule without an element that every match has: every token wakes it. */
static void wait_for_anything(indexer *self)
{
    att_test *any = att_arena_zero(self->knowledge->arena, 1, sizeof *any);
    any->kind = ATT_TEST_ANY;
    wait_for_predicate(self, att_predicates_add(self->waker->predicates, any), new_anchor(self, self->rule->pattern, 0));
}

/* For a rule with a single anchor, notes whether it can wake the rule only once at each token. A word can; an annotation
 * can't, because two of a layer may start at one token. */
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
    bool rare = att_frequency_of(&self->frequencies, self->rule->pattern) < ATT_FREQUENCY_NONE;
    if (rare) wait_for(self, self->rule->pattern);
    if (!rare || self->too_many) wait_for_anything(self);
    if (self->waker->hooks.count == first + 1) note_alone(self, first);
}

/* Adds the lists that anchors wait for and that have phrases beginning with the word of opening *at. Moves *at past the word
 * and returns how many lists were added. */
static uint32_t add_starts(const indexer *self, uint32_t *at)
{
    att_waker *waker = self->waker;
    const att_list_opening *all = self->openings.items;
    uint32_t first = waker->list_starts.count, norm = all[*at].norm;
    for (; *at < self->openings.count && all[*at].norm == norm; ++*at) {
        if (!waker->by_list[all[*at].list].count) continue;
        ATT_RESERVE(self->knowledge->arena, &waker->list_starts, 1);
        waker->list_starts.items[waker->list_starts.count++] = (att_list_start){ all[*at].list, (uint32_t)all[*at].caps };
    }
    return waker->list_starts.count - first;
}

/* For each word, lists the lists that anchors wait for and that have phrases beginning with it. Many words share the same
 * lists. */
static void make_list_starts(indexer *self)
{
    att_waker *waker = self->waker;
    const uint32_t first = waker->word_wakes.count;
    att_map known; /* sets of lists already seen: the index of the word_wakes item, counted from `first` */
    att_map_init(&known, self->knowledge->arena);
    for (uint32_t at = 0; at < self->openings.count;) {
        uint32_t *wakes = &waker->words[self->openings.items[at].norm];
        uint32_t start = waker->list_starts.count, count = add_starts(self, &at);
        if (!count) continue;
        const att_list_start *starts = &waker->list_starts.items[start];
        uint32_t number = first + att_map_add(&known, (att_str){ (const char *)starts, count * sizeof *starts });
        if (number < waker->word_wakes.count) {
            waker->list_starts.count = start;
        } else {
            uint32_t fresh = new_wakes(self); /* before `items` is read, which it may move */
            att_word_wakes *made = &waker->word_wakes.items[fresh];
            made->start = start;
            made->start_count = count;
        }
        const att_word_wakes *same = &waker->word_wakes.items[number];
        if (!*wakes) *wakes = number;
        waker->word_wakes.items[*wakes].start = same->start;
        waker->word_wakes.items[*wakes].start_count = same->start_count;
    }
}

/* The word bits that a glance lets pass, now or once more is annotated. */
static uint64_t words_of(const att_glance *glance)
{
    return glance->edges | glance->inside ? glance->words | ~att_glance_edge : glance->words;
}

/* The number of the pair in `besides`; 0, which lets everything pass, where numbers run out. */
static uint16_t number_of(att_waker *self, att_map *known, att_beside beside)
{
    uint32_t number = att_map_add(known, (att_str){ (const char *)&beside, sizeof beside });
    if (number > UINT16_MAX) return 0;
    if (number < self->besides.count) return (uint16_t)number;
    ATT_RESERVE(self->predicates->knowledge->arena, &self->besides, 1);
    self->besides.items[self->besides.count++] = beside;
    return (uint16_t)number;
}

static void make_doors(att_waker *self, const att_rules *rules)
{
    const att_predicates *predicates = self->predicates;
    att_map known;
    att_map_init(&known, predicates->knowledge->arena);
    number_of(self, &known, (att_beside){ UINT64_MAX, UINT64_MAX });
    self->doors = att_arena_zero(predicates->knowledge->arena, self->hooks.count + 1, sizeof *self->doors);
    for (uint32_t i = 0; i < self->hooks.count; i++) {
        const att_hook *hook = &self->hooks.items[i];
        const att_beside beside = { words_of(&hook->gate.behind), words_of(&hook->gate.before) };
        uint8_t everywhere = hook->predicate ? predicates->masks.items[hook->predicate - 1].everywhere : 0;
        self->doors[i] = (att_door){ .beside = number_of(self, &known, beside),
                                     .everywhere = everywhere | ATT_PLACE_NONE,
                                     .stage = (uint8_t)rules->rules.items[hook->rule].stage };
    }
}

/* Cuts the lists of anchors, most of which have one or two, to their size. Only compiled rules become smaller by it: an arena
 * frees nothing. */
static void trim(att_waker *self, att_arena *arena)
{
    for (uint32_t i = 0; i < self->word_wakes.count; i++) {
        ATT_TRIM(arena, &self->word_wakes.items[i].norm);
        ATT_TRIM(arena, &self->word_wakes.items[i].exact);
    }
    for (uint32_t i = 0; i < self->list_count; i++) ATT_TRIM(arena, &self->by_list[i]);
    for (uint32_t i = 0; i < self->tests.count; i++) ATT_TRIM(arena, &self->tests.items[i].anchors);
    ATT_TRIM(arena, &self->list_starts);
    ATT_TRIM(arena, &self->besides);
    ATT_TRIM(arena, &self->anchors);
    ATT_TRIM(arena, &self->word_wakes);
    ATT_TRIM(arena, &self->hooks);
}

void att_waker_init(att_waker *self, att_predicates *predicates, const att_rules *rules, const att_list_glance *lists,
                    att_glance *const *contexts)
{
    const att_knowledge *knowledge = predicates->knowledge;
    *self = (att_waker){ .predicates = predicates,
                         .word_count = knowledge->lexicon.words.count,
                         .list_count = knowledge->lists.lists.count };
    self->words = att_arena_zero(knowledge->arena, self->word_count, sizeof *self->words);
    self->by_list = att_arena_zero(knowledge->arena, self->list_count + 1, sizeof *self->by_list);
    self->by_layer = att_arena_zero(knowledge->arena, ATT_MAX_STAGES, sizeof *self->by_layer);
    indexer maker = { .waker = self, .knowledge = knowledge, .lists = lists, .contexts = contexts };
    maker.openings = att_list_openings_find(knowledge, &predicates->compiling->norms);
    maker.frequencies = att_frequencies_make(knowledge, &maker.openings);
    att_field_bits_init(&self->field_bits, knowledge->arena);
    new_wakes(&maker);
    for (uint32_t stage = 0; stage < knowledge->pipeline.count; stage++)
        for (uint32_t rule = 0; rule < rules->rules.count; rule++)
            if (rules->rules.items[rule].stage == stage) index_rule(&maker, rules, rule);
    for (uint32_t stage = 0; stage < knowledge->pipeline.count; stage++)
        for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++)
            att_gates_make_columns(&self->by_layer[stage][layer], knowledge->arena);
    att_field_bits_close(&self->field_bits, &knowledge->topics);
    make_list_starts(&maker);
    make_doors(self, rules);
    if (knowledge->arena->starts) trim(self, knowledge->arena);
}

#include "cascade/rule_reference.h"

enum { MOST_STEPS = 1000000, MOST_EVENTS = 2048 };

/* What is still to be matched, as a list. */
typedef struct remainder remainder;
struct remainder {
    enum { NODE, REST, CLOSE, AGAIN } kind;
    const att_pattern *node; /* REST: the first of what is left of a sequence, or NULL; AGAIN: the repeat */
    uint32_t done;           /* AGAIN: times so far */
    int64_t from;            /* AGAIN: where the last time began; CLOSE: where the capture began */
    const remainder *next;
};

typedef enum { EVENT_OPEN, EVENT_CLOSE, EVENT_LAYER, EVENT_GAP, EVENT_CHOICE } event_kind;

/* One thing that happened on the way. CHOICE tells ways apart; the others say what a way means. */
typedef struct {
    event_kind kind;
    uint32_t number;
    int64_t first, last;
    const att_annotation *annotation;
    const att_pattern *node;
} event;

/* A complete way. */
typedef struct {
    int64_t end;
    uint32_t literals;
    event *events;
    uint32_t event_count;
} derivation;

typedef struct enumerator enumerator;
struct enumerator {
    const att_finder *finder;
    att_scene *scene;
    att_arena *arena;
    enumerator *beside;          /* the one for contexts */
    int64_t start, first, last;  /* of the match; of the paragraph */
    bool context, behind, ahead; /* may see the edge; something of the match stands before the start, behind the end */
    int64_t only_end;            /* -1 for any */
    event events[MOST_EVENTS];
    uint32_t event_count, literals, steps;
    struct {
        derivation *items;
        uint32_t count, capacity;
    } found;
};

static void go(enumerator *self, const remainder *rest, int64_t at);

static void push(enumerator *self, event happened)
{
    if (self->event_count < MOST_EVENTS) self->events[self->event_count] = happened;
    self->event_count++;
}

static void go_with(enumerator *self, const remainder *rest, int64_t at, event happened)
{
    push(self, happened);
    go(self, rest, at);
    self->event_count--;
}

static void choose(enumerator *self, const remainder *rest, int64_t at, uint32_t choice)
{
    go_with(self, rest, at, (event){ .kind = EVENT_CHOICE, .number = choice });
}

/* ---- complete ways ---- */

/* Whether the tokens of a gap, and those before and behind it that belong to the match, are of one sentence. */
static bool gap_holds(enumerator *self, const event *gap, int64_t end)
{
    int64_t low = gap->first > self->start || self->behind ? gap->first - 1 : gap->first;
    int64_t high = gap->last < end || self->ahead ? gap->last : gap->last - 1;
    if (low >= high) return true;
    if (low < self->first || high >= self->last) return false;
    return att_scene_sentence(self->scene, (uint32_t)low).first == att_scene_sentence(self->scene, (uint32_t)high).first;
}

static bool same_way(const enumerator *self, const derivation *other)
{
    if (other->event_count != self->event_count) return false;
    for (uint32_t i = 0; i < self->event_count; i++)
        if (self->events[i].kind == EVENT_CHOICE && self->events[i].number != other->events[i].number) return false;
    return true;
}

/* Keeps the way if it is the first to its end, or the first with another annotation of the same span. */
static void complete(enumerator *self, int64_t end)
{
    if (self->event_count > MOST_EVENTS || end - self->start > ATT_LONGEST_MATCH) return;
    if (self->only_end >= 0 && end != self->only_end) return;
    for (uint32_t i = 0; i < self->event_count; i++)
        if (self->events[i].kind == EVENT_GAP && !gap_holds(self, &self->events[i], end)) return;
    if (end > self->last) end = self->last; /* an edge has no length */
    for (uint32_t i = 0; i < self->found.count; i++) {
        if (self->found.items[i].end != end) continue;
        if (!same_way(self, &self->found.items[i])) return;
        break;
    }
    ATT_RESERVE(self->arena, &self->found, 1);
    derivation *kept = &self->found.items[self->found.count++];
    *kept = (derivation){ .end = end, .literals = self->literals, .event_count = self->event_count };
    kept->events = att_arena_alloc(self->arena, sizeof *kept->events * (self->event_count + 1));
    memcpy(kept->events, self->events, sizeof *kept->events * self->event_count);
}

/* ---- nodes ---- */

static bool is_literal(const att_test *test)
{
    if (test->kind == ATT_TEST_WORD || test->kind == ATT_TEST_EXACT || test->kind == ATT_TEST_LIST) return true;
    if (test->kind != ATT_TEST_AND && test->kind != ATT_TEST_OR) return false;
    bool all = true, any = false;
    for (const att_test *child = test->children; child; child = child->next) {
        all = all && is_literal(child);
        any = any || is_literal(child);
    }
    return test->kind == ATT_TEST_AND ? any : all;
}

static void take(enumerator *self, const remainder *rest, int64_t at, int64_t end, bool literal)
{
    uint32_t more = literal ? (uint32_t)(end - at) : 0;
    self->literals += more;
    choose(self, rest, end, (uint32_t)(end - at));
    self->literals -= more;
}

static void match_token(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    bool edge = self->context && (at == self->last || at == self->first - 1);
    if (!edge && (at < self->first || at >= self->last)) return;
    int64_t token = edge ? self->first : at;
    if (att_test_token(self->finder->predicates, node->test, self->scene, (uint32_t)token, edge))
        take(self, rest, at, at + 1, !edge && is_literal(node->test));
}

/* The words of a token, hyphens opened. */
static uint32_t words_of(const enumerator *self, int64_t token, const att_word_type *words[], uint32_t most)
{
    const att_vocabulary *vocabulary = self->scene->vocabulary;
    const att_word_type *type = att_scene_type(self->scene, (uint32_t)token);
    words[0] = type;
    for (uint32_t i = 0; i < type->part_count && i < most; i++)
        words[i] = att_vocabulary_type(vocabulary, vocabulary->parts.items[type->first_part + i].type);
    return type->part_count ? type->part_count : 1;
}

static void match_words(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    const att_word_type *words[64];
    uint32_t matched = 0;
    int64_t end = at;
    while (matched < node->word_count && end >= self->first && end < self->last) {
        uint32_t count = words_of(self, end++, words, 64);
        for (uint32_t i = 0; i < count; i++, matched++) {
            if (matched >= node->word_count || i >= 64) return;
            if ((node->exact ? words[i]->exact : words[i]->norm) != node->words[matched]) return;
        }
    }
    if (matched == node->word_count) take(self, rest, at, end, true);
}

static void match_list(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    uint32_t ends[ATT_MOST_ENDS];
    if (at < self->first || at >= self->last) return;
    uint32_t count = att_scene_phrases(self->scene, node->number, (uint32_t)at, 1, (uint32_t)self->last, ends);
    for (uint32_t i = 0; i < count; i++) take(self, rest, at, ends[i], true);
}

static bool fields_hold(const att_pattern *node, const att_annotation *annotation)
{
    for (uint32_t i = 0; i < node->field_count; i++) {
        att_str value = annotation->fields ? annotation->fields[node->fields[i].field] : (att_str){ 0 };
        bool equal = false;
        for (uint32_t v = 0; v < node->fields[i].count && value.data; v++)
            equal = equal || att_str_equal(value, node->fields[i].values[v]);
        if (!equal) return false;
    }
    return true;
}

/* Longer annotations first, as they are sorted; those of one span are the same choice. */
static void match_layer(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    if (at < self->first) return;
    for (uint32_t i = att_scene_first_from(self->scene->annotations, self->scene->annotation_count, (uint32_t)at);
         i < self->scene->annotation_count; i++) {
        const att_annotation *annotation = &self->scene->annotations[i];
        if (annotation->tokens.first != at) break;
        if (annotation->tokens.last > self->last || annotation->layer != node->number || !fields_hold(node, annotation))
            continue;
        push(self, (event){ .kind = EVENT_LAYER, .first = at, .annotation = annotation, .node = node });
        take(self, rest, at, annotation->tokens.last, false);
        self->event_count--;
    }
}

static void match_gap(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    for (uint32_t length = 0; length <= node->most && (!length || at + length <= self->last); length++) {
        push(self, (event){ .kind = EVENT_GAP, .first = at, .last = at + length });
        choose(self, rest, at + length, length);
        self->event_count--;
    }
}

static void match_again(enumerator *self, const remainder *again, int64_t at)
{
    const att_pattern *node = again->node;
    bool must = again->done < node->least, may = node->most == ATT_NONE || again->done < node->most;
    bool moved = node->most != ATT_NONE || again->done == 0 || at > again->from || must; /* no endless empty times */
    remainder next = { AGAIN, node, again->done + 1, at, again->next };
    remainder once = { NODE, node->children, 0, 0, &next };
    if (node->lazy && !must) choose(self, again->next, at, 0);
    if (may && moved) choose(self, &once, at, 1);
    if (!node->lazy && !must) choose(self, again->next, at, 0);
}

static void match_sequence(enumerator *self, const att_pattern *child, const remainder *rest, int64_t at)
{
    if (!child) {
        go(self, rest, at);
        return;
    }
    remainder others = { REST, child->next, 0, 0, rest };
    remainder first = { NODE, child, 0, 0, child->next ? &others : rest };
    go(self, &first, at);
}

static void match_node(enumerator *self, const att_pattern *node, const remainder *rest, int64_t at)
{
    uint32_t number = 0;
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE: match_sequence(self, node->children, rest, at); break;
    case ATT_PATTERN_CHOICE:
        for (const att_pattern *child = node->children; child; child = child->next) {
            remainder one = { NODE, child, 0, 0, rest };
            choose(self, &one, at, number++);
        }
        break;
    case ATT_PATTERN_REPEAT: {
        remainder again = { AGAIN, node, 0, at, rest };
        match_again(self, &again, at);
        break;
    }
    case ATT_PATTERN_WORDS: match_words(self, node, rest, at); break;
    case ATT_PATTERN_TOKEN: match_token(self, node, rest, at); break;
    case ATT_PATTERN_LIST: match_list(self, node, rest, at); break;
    case ATT_PATTERN_LAYER: match_layer(self, node, rest, at); break;
    case ATT_PATTERN_GAP: match_gap(self, node, rest, at); break;
    }
}

static void go(enumerator *self, const remainder *rest, int64_t at)
{
    if (++self->steps > MOST_STEPS || at - self->start > ATT_LONGEST_MATCH) return;
    if (!rest) {
        complete(self, at);
    } else if (rest->kind == REST) {
        match_sequence(self, rest->node, rest->next, at);
    } else if (rest->kind == AGAIN) {
        match_again(self, rest, at);
    } else if (rest->kind == CLOSE) {
        go_with(self, rest->next, at, (event){ .kind = EVENT_CLOSE, .number = rest->done, .first = rest->from, .last = at });
    } else if (rest->node->capture != ATT_NONE) {
        remainder close = { CLOSE, NULL, rest->node->capture, at, rest->next };
        push(self, (event){ .kind = EVENT_OPEN, .number = rest->node->capture, .first = at });
        match_node(self, rest->node, &close, at);
        self->event_count--;
    } else {
        match_node(self, rest->node, rest->next, at);
    }
}

static void enumerate(enumerator *self, const att_pattern *pattern, int64_t at)
{
    const remainder whole = { NODE, pattern, 0, 0, NULL };
    self->start = at;
    self->event_count = self->literals = self->steps = self->found.count = 0;
    go(self, &whole, at);
}

/* ---- captures ---- */

/* The close event that belongs to open event `at`. */
static const event *close_of(const derivation *way, uint32_t at)
{
    uint32_t depth = 0;
    for (uint32_t i = at + 1; i < way->event_count; i++) {
        const event *one = &way->events[i];
        if (one->number != way->events[at].number) continue;
        if (one->kind == EVENT_OPEN) depth++;
        if (one->kind == EVENT_CLOSE && !depth--) return one;
    }
    return NULL;
}

/* The edge of a paragraph, which a context may take, is nothing to bind. */
static uint32_t bindings_of(const enumerator *self, const derivation *way, att_binding *bindings)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < way->event_count && count < ATT_MOST_BINDINGS; i++) {
        const event *open = &way->events[i], *close = open->kind == EVENT_OPEN ? close_of(way, i) : NULL;
        if (!close) continue;
        int64_t first = open->first < self->first ? self->first : open->first;
        int64_t last = close->last > self->last ? self->last : close->last;
        if (first >= last) continue;
        att_binding binding = { .capture = open->number, .first = (uint32_t)first, .last = (uint32_t)last };
        for (const event *one = open; one < close && !binding.annotation; one++)
            if (one->kind == EVENT_LAYER && one->first == first) {
                binding.annotation = one->annotation;
                binding.node = one->node;
            }
        bindings[count++] = binding;
    }
    return count;
}

/* ---- contexts ---- */

/* The farthest end. */
static int64_t longest(const enumerator *self)
{
    int64_t end = INT64_MIN;
    for (uint32_t i = 0; i < self->found.count; i++)
        if (self->found.items[i].end > end) end = self->found.items[i].end;
    return end;
}

/* Finds the ways of the pattern directly before `first`, or from `last` on: those to the farthest end count. */
static void find_context(enumerator *self, const att_context *context, uint32_t first, uint32_t last)
{
    att_token_range paragraph = att_scene_paragraph(self->scene, first);
    bool before = context->kind == ATT_PRECEDED || context->kind == ATT_NOT_PRECEDED;
    self->first = paragraph.first;
    self->last = paragraph.last;
    self->context = true;
    self->behind = !before;
    self->ahead = before;
    self->only_end = before ? (int64_t)first : -1;
    enumerate(self, context->pattern, before ? paragraph.first : last);
    for (int64_t at = (int64_t)paragraph.first - 1; before && at <= first && !self->found.count; at++)
        enumerate(self, context->pattern, at); /* from the edge on, which has no length, then nearer */
}

/* ---- candidates ---- */

static bool is_known(const att_founds *founds, uint32_t from, const att_found *found)
{
    for (uint32_t i = from; i < founds->count; i++) {
        const att_found *other = &founds->items[i];
        if (other->binding_count != found->binding_count) continue;
        uint32_t same = 0;
        while (same < found->binding_count && other->bindings[same].annotation == found->bindings[same].annotation) same++;
        if (same == found->binding_count) return true;
    }
    return false;
}

/* A match of which the contexts are still to be found. */
typedef struct {
    att_found found;
    att_binding bindings[2 * ATT_MOST_BINDINGS];
    uint32_t variants, before; /* so far of this end; founds that were there before it */
    att_founds *founds;
} attempt;

/* Adds the match, whose contexts all hold, unless it is there already or its `where` does not hold. */
static void add_attempt(enumerator *self, attempt *made)
{
    const att_rule *rule = made->found.rule;
    if (is_known(made->founds, made->before, &made->found)) return;
    att_found found = made->found;
    found.variant = made->variants++;
    if (rule->where && !att_found_satisfies(&found, self->scene, rule->where)) return;
    att_binding *kept = att_arena_alloc(self->arena, sizeof *kept * (found.binding_count + 1));
    memcpy(kept, made->bindings, sizeof *kept * found.binding_count);
    found.bindings = kept;
    ATT_RESERVE(self->arena, made->founds, 1);
    made->founds->items[made->founds->count++] = found;
}

/* Adds the candidates of the match, one for each of the annotations of one span that a context from number `context` on meets.
 * Returns whether all those contexts hold. */
static bool add_in_contexts(enumerator *self, attempt *made, uint32_t context)
{
    const att_rule *rule = made->found.rule;
    enumerator *beside = self->beside;
    if (context == rule->context_count) {
        add_attempt(self, made);
        return true;
    }
    att_context_kind kind = rule->contexts[context].kind;
    find_context(beside, &rule->contexts[context], made->found.first, made->found.last);
    if ((beside->found.count > 0) == (kind == ATT_NOT_PRECEDED || kind == ATT_NOT_FOLLOWED)) return false;
    if (!beside->found.count) return add_in_contexts(self, made, context + 1);
    int64_t end = longest(beside);
    uint32_t count = beside->found.count, bound = made->found.binding_count;
    derivation *ways = att_arena_alloc(self->arena, sizeof *ways * count);
    memcpy(ways, beside->found.items, sizeof *ways * count); /* the next context has the enumerator */
    bool hold = true;
    for (uint32_t i = 0; i < count && hold; i++) {
        if (ways[i].end != end) continue;
        if (bound <= ATT_MOST_BINDINGS)
            made->found.binding_count = bound + bindings_of(beside, &ways[i], made->bindings + bound);
        hold = add_in_contexts(self, made, context + 1);
    }
    return hold;
}

/* The candidates of one end; false when none passes the rule's tests. */
static bool add_end(enumerator *self, const att_rule *rule, uint32_t first, int64_t end, att_founds *founds)
{
    uint32_t last = (uint32_t)end;
    attempt made = { .before = founds->count, .founds = founds };
    if (!att_regions_hold(rule, self->scene, first, last)) return false;
    for (uint32_t i = 0; i < self->found.count; i++) {
        if (self->found.items[i].end != end) continue;
        made.found = (att_found){
            .rule = rule, .first = first, .last = last, .bindings = made.bindings, .literals = self->found.items[i].literals
        };
        made.found.binding_count = bindings_of(self, &self->found.items[i], made.bindings);
        if (!add_in_contexts(self, &made, 0)) return false;
    }
    return founds->count > made.before;
}

static void find_at(enumerator *self, const att_rule *rule, uint32_t at, att_founds *founds)
{
    enumerate(self, rule->pattern, at);
    int64_t below = INT64_MAX;
    for (;;) { /* the longest end, then shorter ones */
        int64_t end = -1;
        for (uint32_t i = 0; i < self->found.count; i++)
            if (self->found.items[i].end < below && self->found.items[i].end > end) end = self->found.items[i].end;
        if (end <= at || add_end(self, rule, at, end, founds)) return;
        below = end;
    }
}

static enumerator *new_enumerator(const att_finder *finder, att_scene *scene)
{
    enumerator *self = att_arena_zero(scene->arena, 1, sizeof *self);
    self->finder = finder;
    self->scene = scene;
    self->arena = scene->arena;
    self->only_end = -1;
    return self;
}

void att_find_slowly(const att_finder *finder, att_scene *scene, uint32_t stage, att_founds *founds)
{
    enumerator *self = new_enumerator(finder, scene);
    self->beside = new_enumerator(finder, scene);
    for (uint32_t token = 0; token < scene->doc->tokens.count; token++) {
        att_token_range paragraph = att_scene_paragraph(scene, token);
        self->first = paragraph.first;
        self->last = paragraph.last;
        for (uint32_t i = 0; i < finder->rules->rules.count; i++) {
            const att_rule *rule = &finder->rules->rules.items[i];
            if (rule->stage == stage && rule->kind != ATT_RULE_ALIAS && rule->pattern) find_at(self, rule, token, founds);
        }
    }
}

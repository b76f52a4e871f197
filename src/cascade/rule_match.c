#include "cascade/rule_match.h"

enum { FIRST_SLOTS = 1 << 8, FEW_MARKS = 32, FEW_STEPS = 128 };

void att_matcher_init(att_matcher *self, att_scene *scene, const att_predicates *predicates)
{
    *self = (att_matcher){
        .scene = scene,
        .predicates = predicates,
        .arena = scene->arena,
        .view = { .aheads = predicates->aheads.items, .spots = scene->spots, .glances = scene->doc->tokens.bits }
    };
}

/* ---- pairs of step and token that were tried ---- */

enum {
    PAIR_BITS = 24
}; /* of a key: how far the token is from the start, the step, sealed; the number of the match is above them */

static uint32_t slot_of(const att_matcher *self, uint64_t key)
{
    return (uint32_t)(key * 0x9e3779b97f4a7c15u >> 40) & (self->visited.slots - 1);
}

static void widen(att_matcher *self)
{
    uint64_t *old = self->visited.keys;
    uint32_t slots = self->visited.slots;
    self->visited.slots = slots ? slots * 2 : FIRST_SLOTS;
    self->visited.keys = att_arena_zero(self->arena, self->visited.slots, sizeof *old);
    for (uint32_t i = 0; i < slots; i++) {
        if (old[i] >> PAIR_BITS != self->visited.match) continue;
        uint32_t at = slot_of(self, old[i]);
        while (self->visited.keys[at]) at = (at + 1) & (self->visited.slots - 1);
        self->visited.keys[at] = old[i];
    }
}

/* Whether the thread is the first at its step and token. */
static bool is_new(att_matcher *self, bool back, const att_thread *thread)
{
    if (self->visited.used * 2 >= self->visited.slots) widen(self);
    uint32_t distance = back ? self->start - thread->token : thread->token - self->start;
    uint64_t key = self->visited.match << PAIR_BITS | distance << 15 | thread->step << 1 | thread->sealed;
    uint32_t at = slot_of(self, key);
    for (; self->visited.keys[at] >> PAIR_BITS == self->visited.match; at = (at + 1) & (self->visited.slots - 1))
        if (self->visited.keys[at] == key) return false;
    self->visited.keys[at] = key;
    self->visited.used++;
    return true;
}

/* ---- steps ---- */

static void push(att_matcher *self, att_thread thread)
{
    ATT_RESERVE(self->arena, &self->threads, 1);
    self->threads.items[self->threads.count++] = thread;
}

static inline bool in_reach(const att_matcher *self, bool back, uint32_t token)
{
    return back ? self->start - token <= ATT_LONGEST_MATCH : token - self->start <= ATT_LONGEST_MATCH;
}

/* Whether a way that comes to a step at a token boundary may go on there. */
static inline bool leads_on(const att_matcher *self, att_match_view view, uint32_t number, uint32_t token, bool sealed)
{
    const att_step *step = &view.steps[number];
    if (sealed || token == view.edge) /* no gap comes next, and a token can't */
        return step->glance.words & att_glance_edge || (!sealed && view.context);
    uint64_t words = view.glances[view.back ? token - 1 : token];
    uint64_t layers = view.back ? att_spots_before(view.spots, token) : att_spots_behind(view.spots, token);
    if ((step->sure & words) | (att_glance_layers(step->glance.edges, step->glance.inside) & layers)) return true;
    return step->glance.words & words
           && att_ahead_names(&view.aheads[step->ahead], self->scene, view.back ? token - 1 : token, view.back);
}

/* Moves the thread behind its step, to `token`; false when that is out of reach. */
static inline bool advance(const att_matcher *self, att_match_view view, att_thread *thread, const att_step *step,
                           uint32_t token, bool sealed)
{
    if (step->traits & ATT_STEP_LITERAL)
        thread->literals += token > thread->token ? token - thread->token : thread->token - token;
    thread->step = step->next;
    thread->token = token;
    thread->sealed = sealed;
    return in_reach(self, view.back, token) && leads_on(self, view, thread->step, token, sealed);
}

/* The same for a way that is one of several: the last one is taken first. */
static void go(att_matcher *self, const att_thread *thread, const att_step *step, uint32_t token, bool sealed)
{
    att_thread next = *thread;
    if (!advance(self, self->view, &next, step, token, sealed)) return;
    if (self->going) push(self, self->next);
    self->next = next;
    self->going = true;
}

static void mark(att_matcher *self, att_thread *thread, const att_step *step, const att_annotation *annotation)
{
    if (!self->program->captures) return;
    ATT_RESERVE(self->arena, &self->trail, 1);
    self->trail.items[self->trail.count] = (att_trail_mark){ thread->trail, thread->token, step, annotation };
    thread->trail = self->trail.count++;
}

static const att_pattern *node_of(const att_matcher *self, const att_step *step)
{
    return self->predicates->nodes.items[step->node];
}

static inline bool step_token(const att_matcher *self, att_match_view view, att_thread *thread, const att_step *step)
{
    if (thread->token == view.edge)
        return view.context && att_test_token(self->predicates, node_of(self, step)->test, self->scene, thread->token, true)
               && advance(self, view, thread, step, thread->token, true);
    return att_predicate_holds(self->predicates, step->number, self->scene, view.back ? thread->token - 1 : thread->token)
           && advance(self, view, thread, step, view.back ? thread->token - 1 : thread->token + 1, false);
}

uint32_t att_match_words(const att_scene *scene, const att_pattern *node, uint32_t first, uint32_t limit)
{
    uint32_t word = 0;
    for (uint32_t token = first; token < limit; token++) {
        const att_word_type *type = att_scene_type(scene, token);
        uint32_t parts = type->part_count ? type->part_count : 1;
        if (word + parts > node->word_count) return ATT_NONE;
        for (uint32_t i = 0; i < parts; i++) {
            const att_word_type *part =
                type->part_count
                    ? att_vocabulary_type(scene->vocabulary, scene->vocabulary->parts.items[type->first_part + i].type)
                    : type;
            if ((node->exact ? part->exact : part->norm) != node->words[word++]) return ATT_NONE;
        }
        if (word == node->word_count) return token + 1;
    }
    return ATT_NONE;
}

/* Whether the token before or behind the thread is the word. A hyphenated one is two words. */
static inline bool step_word(const att_matcher *self, att_match_view view, att_thread *thread, const att_step *step)
{
    if (thread->token == view.edge) return false;
    const att_word_columns *words = &self->scene->vocabulary->columns;
    uint32_t type = self->scene->doc->tokens.type[view.back ? thread->token - 1 : thread->token];
    bool exact = step->traits & ATT_STEP_EXACT;
    if ((exact ? words->exact : words->norm)[type] != step->number) return false;
    if (exact && words->norm[type] == ATT_NORM_OF_PARTS) return false;
    return advance(self, view, thread, step, view.back ? thread->token - 1 : thread->token + 1, false);
}

static bool step_words(const att_matcher *self, att_thread *thread, const att_step *step)
{
    uint32_t end = att_match_words(self->scene, node_of(self, step), thread->token, self->limits.last);
    return end != ATT_NONE && advance(self, self->view, thread, step, end, false);
}

static void step_words_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    const att_pattern *node = node_of(self, step);
    for (uint32_t back = 1; back <= node->word_count && self->limits.first + back <= thread->token; back++)
        if (att_match_words(self->scene, node, thread->token - back, thread->token) == thread->token)
            go(self, thread, step, thread->token - back, false);
}

typedef enum { BEGINS_NOTHING, BEGINS_ALONE, BEGINS_MORE } list_beginning;

/* Whether the word can be a phrase of the step's list, or begin a longer one with the next. */
static list_beginning beginning_of(const att_matcher *self, uint32_t token, const att_step *step)
{
    const att_word_type *type = att_scene_type(self->scene, token);
    const att_list_words *words = &self->predicates->list_words;
    if (type->part_count) return BEGINS_MORE;
    if (type->norm == ATT_NONE || !att_word_set_has(&words->firsts[step->number], type->norm)) return BEGINS_NOTHING;
    if (token + 1 == self->limits.last) return BEGINS_ALONE;
    const att_word_type *next = att_scene_type(self->scene, token + 1);
    bool more = next->part_count || att_word_set_has(&words->pairs[step->number], att_word_pair(type->norm, next->norm));
    return more ? BEGINS_MORE : BEGINS_ALONE;
}

/* Whether the word is by itself a phrase of the step's list. */
static bool is_listed(const att_matcher *self, uint32_t token, const att_step *step)
{
    return att_predicate_holds(self->predicates, self->predicates->list_predicates[step->number] - 1, self->scene, token);
}

static void step_list(att_matcher *self, const att_thread *thread, const att_step *step)
{
    uint32_t ends[ATT_MOST_ENDS];
    if (thread->token >= self->limits.last) return;
    list_beginning beginning = beginning_of(self, thread->token, step);
    if (beginning == BEGINS_NOTHING) return;
    if (beginning == BEGINS_ALONE) {
        if (is_listed(self, thread->token, step)) go(self, thread, step, thread->token + 1, false);
        return;
    }
    bool parts = att_scene_type(self->scene, thread->token)->part_count; /* else whether the word is one is kept with it */
    if (!parts && is_listed(self, thread->token, step)) go(self, thread, step, thread->token + 1, false);
    uint32_t count = att_scene_phrases(self->scene, step->number, thread->token, parts ? 1 : 2, self->limits.last, ends);
    while (count--) go(self, thread, step, ends[count], false); /* the longest is pushed last and tried first */
}

static void step_list_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    const att_list_words *words = &self->predicates->list_words;
    uint32_t ends[ATT_MOST_ENDS], token = thread->token, longest = words->longest[step->number];
    if (token == self->limits.first) return;
    const att_word_type *type = att_scene_type(self->scene, token - 1);
    if (!type->part_count && (type->norm == ATT_NONE || !att_word_set_has(&words->lasts[step->number], type->norm))) return;
    if (longest == 1) {
        if (is_listed(self, token - 1, step)) go(self, thread, step, token - 1, false);
        return;
    }
    if (!type->part_count && is_listed(self, token - 1, step)) go(self, thread, step, token - 1, false);
    for (uint32_t back = type->part_count ? 1 : 2; back <= longest && self->limits.first + back <= token; back++)
        if (att_scene_phrases(self->scene, step->number, token - back, back, token, ends))
            go(self, thread, step, token - back, false);
}

static bool has_value(const att_field_test *test, att_str value)
{
    uint32_t mark = att_value_mark(value);
    for (uint32_t i = 0; i < test->count; i++)
        if (test->marks[i] == mark && att_str_equal(value, test->values[i])) return true;
    return false;
}

bool att_layer_accepts(const att_pattern *node, const att_annotation *annotation)
{
    if (annotation->layer != node->number) return false;
    for (uint32_t i = 0; i < node->field_count; i++)
        if (!annotation->fields || !has_value(&node->fields[i], annotation->fields[node->fields[i].field])) return false;
    return true;
}

static void step_layer(att_matcher *self, const att_thread *thread, const att_step *step)
{
    if (thread->token >= self->limits.last || !(self->view.spots[thread->token].begins >> step->number & 1)) return;
    const att_pattern *node = node_of(self, step);
    uint32_t end = ATT_NONE;
    uint32_t first = self->scene->starts[thread->token], last = first + 1;
    while (att_scene_starts_before(self->scene, last, thread->token + 1)) last++;
    while (last-- > first) { /* the longest come first */
        const att_annotation *annotation = &self->scene->annotations[last];
        if (annotation->tokens.last == end || !att_layer_accepts(node, annotation)) continue;
        end = annotation->tokens.last;
        att_thread marked = *thread;
        mark(self, &marked, step, annotation);
        go(self, &marked, step, end, false);
    }
}

static void step_layer_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    if (!thread->token || !(self->view.spots[thread->token].closes >> step->number & 1)) return;
    const att_pattern *node = node_of(self, step);
    uint32_t i = att_scene_enders(self->scene, 1u << step->number, self->limits.first, thread->token);
    for (; (i = att_scene_ender(self->scene, i, thread->token)) != ATT_NONE; i++) {
        const att_annotation *annotation = &self->scene->annotations[i];
        if (!att_layer_accepts(node, annotation)) continue;
        att_thread marked = *thread;
        mark(self, &marked, step, annotation);
        go(self, &marked, step, annotation->tokens.first, false);
    }
}

/* The sentence that a gap at boundary `token` must keep to: that of the token before it, where one belongs to the match. */
static att_token_range gap_sentence(att_matcher *self, uint32_t token)
{
    bool before = !self->view.back && (token > self->start || self->behind);
    if (token >= self->limits.last && !before) return (att_token_range){ token, token };
    return att_scene_sentence(self->scene, before ? token - 1 : token);
}

static void step_gap(att_matcher *self, const att_thread *thread, const att_step *step)
{
    att_token_range sentence = gap_sentence(self, thread->token);
    uint32_t most = sentence.last - thread->token < step->number ? sentence.last - thread->token : step->number;
    for (uint32_t gap = most + 1; gap-- > 0;) go(self, thread, step, thread->token + gap, thread->token + gap == sentence.last);
}

static void step_gap_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    att_token_range sentence = gap_sentence(self, thread->token);
    uint32_t most = thread->token - sentence.first < step->number ? thread->token - sentence.first : step->number;
    for (uint32_t gap = most + 1; gap-- > 0;)
        go(self, thread, step, thread->token - gap, thread->token - gap == sentence.first);
}

/* The matcher for what is called. */
static att_matcher *inner_of(att_matcher *self)
{
    if (self->inner) return self->inner;
    self->inner = att_arena_alloc(self->arena, sizeof *self->inner);
    att_matcher_init(self->inner, self->scene, self->predicates);
    self->inner->called = true;
    return self->inner;
}

/* Runs the callee and keeps where it ends, in the order in which it comes there. */
static att_call call(att_matcher *self, uint32_t callee, uint32_t token)
{
    att_matcher *inner = inner_of(self);
    att_call_memory *calls = &self->scene->calls;
    uint32_t count = att_match(inner, &self->predicates->callees->items[callee].program, token, self->limits);
    att_call made = { callee, token + 1, calls->ends.count, count };
    for (uint32_t i = 0; i < count; i++)
        att_calls_add_end(calls, self->arena, (att_call_end){ inner->ends.items[i].end, inner->ends.items[i].literals });
    *att_calls_slot(calls, self->arena, callee, token) = made;
    return made;
}

static void step_call(att_matcher *self, const att_thread *thread, const att_step *step)
{
    att_call_memory *calls = &self->scene->calls;
    if (thread->token == self->view.edge) return;
    att_call known = *att_calls_slot(calls, self->arena, step->number, thread->token);
    if (known.callee != step->number || known.behind != thread->token + 1) known = call(self, step->number, thread->token);
    for (uint32_t i = known.count; i-- > 0;) { /* the first is taken last and tried first */
        att_call_end end = calls->ends.items[known.first + i];
        att_thread ended = *thread;
        ended.literals += end.literals;
        go(self, &ended, step, end.end, false);
    }
}

static void step_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    for (uint32_t back = 0; back <= step->number && self->limits.first + back <= thread->token; back++)
        go(self, thread, step, thread->token - back, false);
}

/* A step that takes tokens or a gap, with all its ways; the thread takes the first. */
static bool branch(att_matcher *self, att_thread *thread, const att_step *step)
{
    bool back = self->view.back;
    self->going = false;
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_WORDS: step_words_back(self, thread, step); break;
    case ATT_STEP_LIST: (back ? step_list_back : step_list)(self, thread, step); break;
    case ATT_STEP_LAYER: (back ? step_layer_back : step_layer)(self, thread, step); break;
    case ATT_STEP_GAP: (back ? step_gap_back : step_gap)(self, thread, step); break;
    case ATT_STEP_CALL: step_call(self, thread, step); break;
    case ATT_STEP_BACK: step_back(self, thread, step); break;
    default: break;
    }
    if (self->going) *thread = self->next;
    return self->going;
}

static void accept(att_matcher *self, const att_thread *thread)
{
    for (uint32_t i = 0; i < self->ends.count; i++)
        if (self->ends.items[i].end == thread->token) return;
    ATT_RESERVE(self->arena, &self->ends, 1);
    uint32_t at = self->ends.count++;
    while (!self->called && at && self->ends.items[at - 1].end < thread->token) {
        self->ends.items[at] = self->ends.items[at - 1];
        at--;
    }
    self->ends.items[at] = (att_match_end){ thread->token, thread->trail, thread->literals };
}

/* The second way of a split waits. One of them leads on, as far as the look that led to the split could tell. */
static inline void split(att_matcher *self, att_match_view view, att_thread *thread, const att_step *step)
{
    bool first = leads_on(self, view, step->number, thread->token, thread->sealed);
    if (first && leads_on(self, view, step->next, thread->token, thread->sealed)) {
        push(self, *thread);
        self->threads.items[self->threads.count - 1].step = step->next;
    }
    thread->step = first ? step->number : step->next;
}

/* Takes a step; false when the way ends there. */
static inline bool take(att_matcher *self, att_match_view view, att_thread *thread, const att_step *step)
{
    if (step->kind == ATT_STEP_TOKEN) return step_token(self, view, thread, step);
    if (step->kind == ATT_STEP_WORD) return step_word(self, view, thread, step);
    if (step->kind == ATT_STEP_WORDS && !view.back) return step_words(self, thread, step);
    return branch(self, thread, step);
}

/* Goes from step to step until the way ends. `view` is the matcher's, in registers. A way more or less does not matter, so
 * the first steps are not looked at twice. */
static inline __attribute__((always_inline)) void go_on(att_matcher *self, att_match_view view, att_thread thread,
                                                        uint32_t *steps)
{
    for (;;) {
        const att_step *step = &view.steps[thread.step];
        if (++*steps > FEW_STEPS && step->traits & ATT_STEP_JOINT && !is_new(self, view.back, &thread)) return;
        switch ((att_step_kind)step->kind) {
        case ATT_STEP_SPLIT: split(self, view, &thread, step); break;
        case ATT_STEP_OPEN:
        case ATT_STEP_CLOSE:
            mark(self, &thread, step, NULL);
            thread.step = step->next;
            break;
        case ATT_STEP_ACCEPT: accept(self, &thread); return;
        default:
            if (!thread.sealed) {
                if (!take(self, view, &thread, step)) return;
            } else if (step->kind == ATT_STEP_GAP) {
                thread.step = step->next;
            } else {
                return;
            }
        }
    }
}

/* All ways, or until there is an end. */
static inline __attribute__((always_inline)) void run(att_matcher *self, att_match_view view, uint32_t step, uint32_t at,
                                                      bool one)
{
    att_thread thread = { .step = step, .token = at, .trail = ATT_NONE };
    for (uint32_t steps = 0;;) {
        go_on(self, view, thread, &steps);
        if (!self->threads.count || (one && self->ends.count)) return;
        thread = self->threads.items[--self->threads.count];
    }
}

static void run_forwards(att_matcher *self, uint32_t step, uint32_t at, bool one)
{
    att_match_view view = self->view;
    view.back = false;
    run(self, view, step, at, one);
}

static void run_backwards(att_matcher *self, uint32_t step, uint32_t at, bool one)
{
    att_match_view view = self->view;
    view.back = true;
    run(self, view, step, at, one);
}

static bool begin(att_matcher *self, const att_program *program, uint32_t step, uint32_t at, att_token_range paragraph)
{
    self->program = program;
    self->view.steps = program->steps;
    self->view.back = program->backwards;
    self->view.edge = program->backwards ? paragraph.first : paragraph.last;
    self->view.context = program->context;
    self->start = at;
    self->limits = paragraph;
    self->behind = program->context && !program->backwards;
    self->threads.count = self->trail.count = self->ends.count = self->visited.used = 0;
    self->visited.match++;
    return leads_on(self, self->view, step, at, false);
}

uint32_t att_match(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph)
{
    if (!begin(self, program, 0, at, paragraph)) return 0;
    (program->backwards ? run_backwards : run_forwards)(self, 0, at, false);
    return self->ends.count;
}

bool att_goes_on(att_matcher *self, const att_program *program, bool met, uint32_t at, att_token_range paragraph)
{
    uint32_t first = met ? program->steps[0].next : 0;
    if (program->steps[first].kind == ATT_STEP_ACCEPT) return true;
    if (!begin(self, program, first, at, paragraph)) return false;
    self->behind = met;
    run_forwards(self, first, at, true);
    return self->ends.count > 0;
}

bool att_may_go_on(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph)
{
    uint32_t next = program->steps[0].next;
    return program->steps[next].kind == ATT_STEP_ACCEPT || begin(self, program, next, at, paragraph);
}

/* ---- captures ---- */

static void replay(const att_pattern *const *nodes, const att_trail_mark *mark, att_binding *bindings, uint32_t *count)
{
    switch ((att_step_kind)mark->step->kind) {
    case ATT_STEP_OPEN:
        if (*count < ATT_MOST_BINDINGS)
            bindings[(*count)++] = (att_binding){ .capture = mark->step->number, .first = mark->token, .last = ATT_NONE };
        break;
    case ATT_STEP_CLOSE:
        for (uint32_t i = *count; i-- > 0;)
            if (bindings[i].capture == mark->step->number && bindings[i].last == ATT_NONE) {
                bindings[i].last = mark->token;
                break;
            }
        break;
    default:
        for (uint32_t i = *count; i-- > 0;)
            if (bindings[i].last == ATT_NONE && bindings[i].first == mark->annotation->tokens.first
                && !bindings[i].annotation) {
                bindings[i].annotation = mark->annotation;
                bindings[i].node = nodes[mark->step->node];
            }
    }
}

uint32_t att_match_bindings(const att_matcher *self, const att_match_end *end, att_binding bindings[ATT_MOST_BINDINGS])
{
    uint32_t count = 0, length = 0, few[FEW_MARKS];
    for (uint32_t i = end->trail; i != ATT_NONE; i = self->trail.items[i].before) length++;
    uint32_t *order = length > FEW_MARKS ? att_arena_alloc(self->arena, sizeof *order * length) : few, at = 0;
    for (uint32_t i = end->trail; i != ATT_NONE; i = self->trail.items[i].before, at++)
        order[self->view.back ? at : length - 1 - at] = i; /* in the order of the text */
    for (uint32_t i = 0; i < length; i++)
        replay((const att_pattern *const *)self->predicates->nodes.items, &self->trail.items[order[i]], bindings, &count);
    uint32_t kept = 0; /* a capture that took no token binds nothing */
    for (uint32_t i = 0; i < count; i++)
        if (bindings[i].last != ATT_NONE && bindings[i].last > bindings[i].first) bindings[kept++] = bindings[i];
    return kept;
}

#include <assert.h>

#include "cascade/rule_match.h"

enum { FIRST_SLOTS = 1 << 8, FEW_MARKS = 32, FEW_WAYS = 64 };

void att_matcher_init(att_matcher *self, att_scene *scene, const att_predicates *predicates)
{
    *self = (att_matcher){
        .scene = scene,
        .predicates = predicates,
        .arena = scene->arena,
        .view = { .spots = scene->spots, .glances = scene->doc->tokens.bits, .layers = predicates->aheads.layers.items }
    };
}

/* ---- pairs of step and token that were tried ---- */

/* The bits of a key, from the lowest on: whether the way is sealed, the step, the distance of the token from the start, and the
 * number of the match. */
enum { SEALED_BITS = 1, STEP_BITS = 14, DISTANCE_BITS = 9, PAIR_BITS = SEALED_BITS + STEP_BITS + DISTANCE_BITS };

_Static_assert(ATT_MOST_STEPS <= 1 << STEP_BITS, "the number of a step must fit a key");
_Static_assert(ATT_LONGEST_MATCH < 1 << DISTANCE_BITS, "the length of a match must fit a key");

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

/* Whether this match comes to the step at this token for the first time. Notes that it was there. */
static bool is_new(att_matcher *self, uint32_t distance, uint32_t step, bool sealed)
{
    if (self->visited.used * 2 >= self->visited.slots) widen(self);
    uint64_t key = self->visited.match << PAIR_BITS | distance << (STEP_BITS + SEALED_BITS) | step << SEALED_BITS | sealed;
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
    self->threads.pushed++;
}

static inline uint32_t distance(const att_matcher *self, bool back, uint32_t token)
{
    return back ? self->start - token : token - self->start;
}

static inline uint32_t beside(bool back, uint32_t token)
{
    return back ? token - 1 : token;
}

/* What a way finds at a token boundary. At the edge of the paragraph there is no token to take, so only steps that take none go
 * on; in a context any step may, as a context may ask for the edge itself. */
static inline att_side side_at(const att_matcher *self, bool back, uint32_t token)
{
    const att_match_view *view = &self->view;
    if (token == view->edge) {
        uint64_t all = view->context ? UINT64_MAX : 0;
        return (att_side){ att_glance_edge | all, all };
    }
    return (att_side){ view->glances[beside(back, token)],
                       back ? att_spots_before(view->spots, token) : att_spots_behind(view->spots, token) };
}

/* Whether a way that arrives at the step may go on, as far as the look-ahead can tell. */
static inline bool leads_on(const att_matcher *self, bool back, const att_step *step, att_side side, uint32_t token)
{
    if (step->words & side.words || self->view.layers[step->layers] & side.layers) return true;
    if (!step->names) return false;
    const att_ahead_names *names = &self->predicates->aheads.names.items[step->names];
    return names->glances & side.words
           && (side.words == UINT64_MAX || att_ahead_has(names, self->scene, beside(back, token), back));
}

/* Continues the way behind its step at `token`, if it may go on there. Of several continuations of a step the last becomes
 * self->next and is followed first; the others wait on the stack. */
static void go(att_matcher *self, const att_thread *thread, const att_step *step, uint32_t token, bool sealed)
{
    bool back = self->view.back;
    const att_step *next = self->view.steps + step->next;
    if (distance(self, back, token) > ATT_LONGEST_MATCH) return;
    if (!sealed && !leads_on(self, back, next, side_at(self, back, token), token)) return;
    uint32_t taken = step->traits & ATT_STEP_LITERAL ? distance(self, back, token) - distance(self, back, thread->token) : 0;
    if (self->going) push(self, self->next);
    self->next = (att_thread){ step->next, sealed, token, thread->trail, thread->literals + taken };
    self->going = true;
}

/* Appends a mark to the trail: that the step was taken at the token, after mark `before`. Returns the new mark's number. */
static uint32_t mark(att_matcher *self, uint32_t before, uint32_t token, const att_step *step, const att_annotation *annotation)
{
    if (!self->program->captures) return before;
    ATT_RESERVE(self->arena, &self->trail, 1);
    self->trail.items[self->trail.count] = (att_trail_mark){ before, token, step, annotation };
    return self->trail.count++;
}

static const att_pattern *node_of(const att_matcher *self, const att_step *step)
{
    const att_pattern *node = self->predicates->nodes.items[step->node];
    assert(att_pattern_is_asked(node));
    return node;
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

static void step_words(att_matcher *self, const att_thread *thread, const att_step *step)
{
    uint32_t end = att_match_words(self->scene, node_of(self, step), thread->token, self->limits.last);
    if (end != ATT_NONE) go(self, thread, step, end, false);
}

static void step_words_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    const att_pattern *node = node_of(self, step);
    for (uint32_t back = 1; back <= node->word_count && self->limits.first + back <= thread->token; back++)
        if (att_match_words(self->scene, node, thread->token - back, thread->token) == thread->token)
            go(self, thread, step, thread->token - back, false);
}

typedef enum { BEGINS_NOTHING, BEGINS_ALONE, BEGINS_MORE } list_beginning;

/* Whether the word can begin a phrase of the step's list, and if so, whether that phrase may go on with the next word. */
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

/* Whether the word alone is a phrase of the step's list. */
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
    /* Hyphenated words must be looked up; for all others the word type has the answer. */
    bool parts = att_scene_type(self->scene, thread->token)->part_count;
    if (!parts && is_listed(self, thread->token, step)) go(self, thread, step, thread->token + 1, false);
    uint32_t count = att_scene_phrases(self->scene, step->number, thread->token, parts ? 1 : 2, self->limits.last, ends);
    while (count--) go(self, thread, step, ends[count], false); /* the longest is pushed last, so that it is tried first */
}

static void step_list_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    const att_list_words *words = &self->predicates->list_words;
    uint32_t ends[ATT_MOST_ENDS], token = thread->token;
    uint32_t longest = self->predicates->knowledge->lists.lists.items[step->number].longest;
    if (token == self->limits.first) return;
    const att_word_type *type = att_scene_type(self->scene, token - 1);
    if (!type->part_count && (type->norm == ATT_NONE || !att_word_set_has(&words->lasts[step->number], type->norm))) return;
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
    assert(node->kind == ATT_PATTERN_LAYER);
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
    while (last-- > first) { /* sorted longest first: the longest is pushed last, so that it is tried first */
        const att_annotation *annotation = &self->scene->annotations[last];
        if (annotation->tokens.last == end || !att_layer_accepts(node, annotation)) continue;
        end = annotation->tokens.last;
        att_thread marked = *thread;
        marked.trail = mark(self, thread->trail, thread->token, step, annotation);
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
        marked.trail = mark(self, thread->trail, thread->token, step, annotation);
        go(self, &marked, step, annotation->tokens.first, false);
    }
}

/* The sentence that a gap at boundary `token` must not leave: that of the token before it, if the match already has that token,
 * else that of the token behind it. */
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

/* The matcher that runs callees, made at first use. */
static att_matcher *inner_of(att_matcher *self)
{
    if (self->inner) return self->inner;
    self->inner = att_arena_alloc(self->arena, sizeof *self->inner);
    att_matcher_init(self->inner, self->scene, self->predicates);
    self->inner->called = true;
    return self->inner;
}

/* Runs the callee at the token and keeps its ends for the stage, in the order in which they are reached. */
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
    for (uint32_t i = known.count; i-- > 0;) { /* the first end is pushed last, so that it is tried first */
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

/* Takes a step in all ways in which it can be taken. Returns false if there is none; else one of them is in self->next and the
 * others wait. */
static bool branch(att_matcher *self, att_thread thread, const att_step *step)
{
    bool back = self->view.back;
    self->going = false;
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_WORDS: (back ? step_words_back : step_words)(self, &thread, step); break;
    case ATT_STEP_LIST: (back ? step_list_back : step_list)(self, &thread, step); break;
    case ATT_STEP_LAYER: (back ? step_layer_back : step_layer)(self, &thread, step); break;
    case ATT_STEP_GAP: (back ? step_gap_back : step_gap)(self, &thread, step); break;
    case ATT_STEP_CALL: step_call(self, &thread, step); break;
    case ATT_STEP_BACK: step_back(self, &thread, step); break;
    default: break;
    }
    return self->going;
}

static void accept(att_matcher *self, att_match_end end)
{
    for (uint32_t i = 0; i < self->ends.count; i++)
        if (self->ends.items[i].end == end.end) return;
    ATT_RESERVE(self->arena, &self->ends, 1);
    uint32_t at = self->ends.count++;
    while (!self->called && at && self->ends.items[at - 1].end < end.end) {
        self->ends.items[at] = self->ends.items[at - 1];
        at--;
    }
    self->ends.items[at] = end;
}

/* Whether to go on from the step. There is no need to if another way of this match was there before; since most matches have
 * few ways, that is noted only from FEW_WAYS ways on. */
static inline bool is_worth(att_matcher *self, bool back, const att_step *step, uint32_t token, bool sealed)
{
    return self->threads.pushed <= FEW_WAYS || !(step->traits & ATT_STEP_JOINT)
           || is_new(self, distance(self, back, token), (uint32_t)(step - self->view.steps), sealed);
}

/* Continues a way that may take no further token. */
static void go_sealed(att_matcher *self, att_thread thread)
{
    for (;;) {
        const att_step *step = &self->view.steps[thread.step];
        if (!is_worth(self, self->view.back, step, thread.token, true)) return;
        thread.step = step->next;
        switch ((att_step_kind)step->kind) {
        case ATT_STEP_SPLIT:
            push(self, thread);
            thread.step = (uint16_t)step->number;
            break;
        case ATT_STEP_OPEN:
        case ATT_STEP_CLOSE: thread.trail = mark(self, thread.trail, thread.token, step, NULL); break;
        case ATT_STEP_GAP: break;
        case ATT_STEP_ACCEPT: accept(self, (att_match_end){ thread.token, thread.trail, thread.literals }); return;
        default: return;
        }
    }
}

/* In a context a set may ask for the edge of the paragraph, as if that were a token. */
static void go_over_edge(att_matcher *self, att_thread thread, const att_step *step)
{
    if (!self->view.context || !(step->traits & ATT_STEP_EDGE)) return;
    thread.step = step->next;
    thread.sealed = true; /* there is only one edge, so nothing more can be taken */
    go_sealed(self, thread);
}

/* Whether the token is the word of the step. A hyphenated token never is, because it counts as two words. */
static inline bool is_word(const att_matcher *self, const att_step *step, uint32_t token)
{
    const att_word_columns *words = &self->scene->vocabulary->columns;
    uint32_t type = self->scene->doc->tokens.type[token];
    if (!(step->traits & ATT_STEP_EXACT)) return words->norm[type] == step->number;
    return words->exact[type] == step->number && words->norm[type] != ATT_NORM_OF_PARTS;
}

/* Whether the step, which takes exactly one token, takes this one. */
static inline bool is_one(const att_matcher *self, const att_step *step, uint32_t token)
{
    return step->kind == ATT_STEP_TOKEN ? att_predicate_holds(self->predicates, step->number, self->scene, token)
                                        : is_word(self, step, token);
}

/* The way that is being followed. It is apart from att_thread so that the compiler keeps it in registers. */
typedef struct {
    const att_step *step;
    uint32_t token, trail, literals;
    att_side side;
} walk;

static inline att_thread thread_at(const walk *self, uint32_t step)
{
    return (att_thread){ (uint16_t)step, false, self->token, self->trail, self->literals };
}

/* Follows the first branch of a split that leads on. If both do, the second one waits. At least one does: the look-ahead of the
 * split itself has shown it. */
static inline void take_split(att_matcher *self, bool back, walk *way)
{
    const att_step *split = way->step, *first = self->view.steps + split->number, *second = self->view.steps + split->next;
    way->step = second;
    if (!leads_on(self, back, first, way->side, way->token)) return;
    if (leads_on(self, back, second, way->side, way->token)) push(self, thread_at(way, split->next));
    way->step = first;
}

/* Takes a step that takes one token and has one continuation. Returns false when the way ends there. */
static inline bool take_one(att_matcher *self, bool back, walk *way)
{
    if (way->token == self->view.edge) {
        go_over_edge(self, thread_at(way, 0), way->step);
        return false;
    }
    if (!is_one(self, way->step, beside(back, way->token))) return false;
    way->token = back ? way->token - 1 : way->token + 1;
    way->literals += way->step->traits & ATT_STEP_LITERAL;
    way->step = self->view.steps + way->step->next;
    way->side = side_at(self, back, way->token);
    return distance(self, back, way->token) <= ATT_LONGEST_MATCH && leads_on(self, back, way->step, way->side, way->token);
}

static inline walk walk_of(const att_matcher *self, bool back, const att_thread *thread)
{
    return (walk){ self->view.steps + thread->step, thread->token, thread->trail, thread->literals,
                   side_at(self, back, thread->token) };
}

/* Takes a step that may have several continuations. Returns false when the way ends there. */
static inline bool take_more(att_matcher *self, bool back, walk *way)
{
    if (!branch(self, thread_at(way, 0), way->step)) return false;
    if (self->next.sealed) {
        go_sealed(self, self->next);
        return false;
    }
    *way = walk_of(self, back, &self->next);
    return true;
}

/* Follows a way until it ends. The kinds of steps are asked for in the order of their frequency. */
static inline __attribute__((always_inline)) void go_on(att_matcher *self, bool back, const att_thread *from)
{
    walk way = walk_of(self, back, from);
    while (is_worth(self, back, way.step, way.token, false)) {
        uint8_t kind = way.step->kind;
        if (kind == ATT_STEP_SPLIT) {
            take_split(self, back, &way);
        } else if (kind == ATT_STEP_TOKEN || kind == ATT_STEP_WORD) {
            if (!take_one(self, back, &way)) return;
        } else if (kind == ATT_STEP_OPEN || kind == ATT_STEP_CLOSE) {
            way.trail = mark(self, way.trail, way.token, way.step, NULL);
            way.step = self->view.steps + way.step->next;
        } else if (kind == ATT_STEP_ACCEPT) {
            accept(self, (att_match_end){ way.token, way.trail, way.literals });
            return;
        } else if (!take_more(self, back, &way)) {
            return;
        }
    }
}

/* Follows all ways; with `one` only until the first end. */
static inline __attribute__((always_inline)) void run(att_matcher *self, bool back, uint32_t step, uint32_t at, bool one)
{
    self->next = (att_thread){ (uint16_t)step, false, at, ATT_NONE, 0 };
    for (;; self->next = self->threads.items[--self->threads.count]) {
        if (self->next.sealed) go_sealed(self, self->next);
        else go_on(self, back, &self->next);
        if (!self->threads.count || (one && self->ends.count)) return;
    }
}

static void run_forwards(att_matcher *self, uint32_t step, uint32_t at, bool one)
{
    run(self, false, step, at, one);
}

static void run_backwards(att_matcher *self, uint32_t step, uint32_t at, bool one)
{
    run(self, true, step, at, one);
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
    self->threads.count = self->threads.pushed = self->trail.count = self->ends.count = self->visited.used = 0;
    self->visited.match++;
    return leads_on(self, program->backwards, &program->steps[step], side_at(self, program->backwards, at), at);
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
        order[self->view.back ? at : length - 1 - at] = i; /* a backward match has its marks in the order of the text already */
    for (uint32_t i = 0; i < length; i++)
        replay((const att_pattern *const *)self->predicates->nodes.items, &self->trail.items[order[i]], bindings, &count);
    uint32_t kept = 0; /* a capture that took no token binds nothing */
    for (uint32_t i = 0; i < count; i++)
        if (bindings[i].last != ATT_NONE && bindings[i].last > bindings[i].first) bindings[kept++] = bindings[i];
    return kept;
}

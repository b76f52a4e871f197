#include "cascade/rule_match.h"

enum { FIRST_SLOTS = 1 << 8 };

void att_matcher_init(att_matcher *self, att_scene *scene, const att_predicates *predicates)
{
    *self = (att_matcher){ .scene = scene, .predicates = predicates, .arena = scene->arena };
}

/* ---- pairs of step and token that were tried ---- */

static uint32_t slot_of(const att_matcher *self, uint64_t key)
{
    uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (self->visited.slots - 1);
    while (self->visited.stamps[at] == self->visited.stamp && self->visited.keys[at] != key)
        at = (at + 1) & (self->visited.slots - 1);
    return at;
}

static void widen(att_matcher *self)
{
    uint64_t *keys = self->visited.keys;
    uint32_t *stamps = self->visited.stamps, slots = self->visited.slots;
    self->visited.slots = slots ? slots * 2 : FIRST_SLOTS;
    self->visited.keys = att_arena_alloc(self->arena, sizeof *keys * self->visited.slots);
    self->visited.stamps = att_arena_zero(self->arena, self->visited.slots, sizeof *stamps);
    for (uint32_t i = 0; i < slots; i++) {
        if (stamps[i] != self->visited.stamp) continue;
        uint32_t at = slot_of(self, keys[i]);
        self->visited.keys[at] = keys[i];
        self->visited.stamps[at] = self->visited.stamp;
    }
}

static void forget(att_matcher *self)
{
    self->visited.used = 0;
    if (!self->visited.slots || ++self->visited.stamp != UINT32_MAX) return;
    memset(self->visited.stamps, 0, sizeof *self->visited.stamps * self->visited.slots);
    self->visited.stamp = 1;
}

/* Whether the thread is the first at its step and token. */
static bool is_new(att_matcher *self, const att_thread *thread)
{
    if (self->visited.used * 2 >= self->visited.slots) {
        if (!self->visited.slots) self->visited.stamp = 1;
        widen(self);
    }
    uint64_t key = (uint64_t)thread->token << 32 | thread->step << 1 | thread->sealed;
    uint32_t at = slot_of(self, key);
    if (self->visited.stamps[at] == self->visited.stamp) return false;
    self->visited.keys[at] = key;
    self->visited.stamps[at] = self->visited.stamp;
    self->visited.used++;
    return true;
}

/* ---- steps ---- */

static inline void push(att_matcher *self, att_thread thread)
{
    ATT_RESERVE(self->arena, &self->threads, 1);
    self->threads.items[self->threads.count++] = thread;
}

static bool in_reach(const att_matcher *self, uint32_t token)
{
    return self->program->backwards ? self->start - token <= ATT_LONGEST_MATCH : token - self->start <= ATT_LONGEST_MATCH;
}

/* Whether a way that comes to `step` at a token boundary may go on there. */
static inline bool leads_on(const att_matcher *self, uint32_t step, uint32_t token, bool sealed)
{
    const att_ahead *ahead = self->program->steps[step].ahead;
    if (!ahead) return true;
    if (sealed) return ahead->anything; /* else no gap comes next, and a token can't */
    if (token == self->edge) return self->program->context || ahead->anything;
    return att_ahead_holds(ahead, self->scene, token, self->edge);
}

/* Moves the thread behind its step, to `token`; false when that is out of reach. */
static bool advance(const att_matcher *self, att_thread *thread, uint32_t token, bool sealed)
{
    if (self->program->steps[thread->step].literal)
        thread->literals += token > thread->token ? token - thread->token : thread->token - token;
    thread->step++;
    thread->token = token;
    thread->sealed = sealed;
    return in_reach(self, token) && leads_on(self, thread->step, token, sealed);
}

/* The same for a way that is one of several. */
static void go(att_matcher *self, const att_thread *thread, uint32_t token, bool sealed)
{
    att_thread next = *thread;
    if (advance(self, &next, token, sealed)) push(self, next);
}

static void mark(att_matcher *self, att_thread *thread, const att_annotation *annotation)
{
    ATT_RESERVE(self->arena, &self->trail, 1);
    self->trail.items[self->trail.count] =
        (att_trail_mark){ thread->trail, thread->token, &self->program->steps[thread->step], annotation };
    thread->trail = self->trail.count++;
}

static bool step_token(const att_matcher *self, att_thread *thread, const att_step *step)
{
    bool back = self->program->backwards;
    if (thread->token == self->edge)
        return self->program->context && att_test_token(self->predicates, step->node->test, self->scene, thread->token, true)
               && advance(self, thread, thread->token, true);
    uint32_t token = back ? thread->token - 1 : thread->token;
    return att_predicate_holds(self->predicates, step->number, self->scene, token)
           && advance(self, thread, back ? token : token + 1, false);
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

static bool step_words(const att_matcher *self, att_thread *thread, const att_step *step)
{
    uint32_t end = att_match_words(self->scene, step->node, thread->token, self->limits.last);
    return end != ATT_NONE && advance(self, thread, end, false);
}

static void step_words_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    for (uint32_t back = 1; back <= step->node->word_count && self->limits.first + back <= thread->token; back++)
        if (att_match_words(self->scene, step->node, thread->token - back, thread->token) == thread->token)
            go(self, thread, thread->token - back, false);
}

static void step_list_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    uint32_t ends[ATT_MOST_ENDS];
    for (uint32_t back = 1; back <= self->scene->knowledge->lists.names.longest && self->limits.first + back <= thread->token;
         back++) {
        uint32_t first = thread->token - back;
        if (att_scene_phrases(self->scene, step->number, first, thread->token, ends) && ends[0] == thread->token)
            go(self, thread, first, false);
    }
}

/* Whether the word can be or begin a phrase of the step's list. */
static bool may_begin(const att_matcher *self, uint32_t token, const att_step *step)
{
    const att_word_type *type = att_scene_type(self->scene, token);
    if (type->part_count) return true;
    return type->norm != ATT_NONE && att_word_set_has(&self->predicates->list_words.first[step->number], type->norm);
}

static void step_list(att_matcher *self, const att_thread *thread, const att_step *step)
{
    uint32_t ends[ATT_MOST_ENDS];
    if (thread->token >= self->limits.last || !may_begin(self, thread->token, step)) return;
    uint32_t count = att_scene_phrases(self->scene, step->number, thread->token, self->limits.last, ends);
    while (count--) go(self, thread, ends[count], false); /* the longest is pushed last and tried first */
}

bool att_layer_accepts(const att_pattern *node, const att_annotation *annotation)
{
    if (annotation->layer != node->number) return false;
    for (uint32_t i = 0; i < node->field_count; i++)
        if (!annotation->fields || !att_str_equal(annotation->fields[node->fields[i].field], node->fields[i].value))
            return false;
    return true;
}

static void step_layer(att_matcher *self, const att_thread *thread, const att_step *step)
{
    if (thread->token >= self->limits.last || !(self->scene->begins[thread->token] >> step->number & 1)) return;
    uint32_t end = ATT_NONE;
    for (uint32_t i = self->scene->starts[thread->token + 1];
         i-- > self->scene->starts[thread->token];) { /* the longest come first */
        const att_annotation *annotation = &self->scene->annotations[i];
        if (annotation->tokens.last == end || !att_layer_accepts(step->node, annotation)) continue;
        end = annotation->tokens.last;
        att_thread marked = *thread;
        mark(self, &marked, annotation);
        go(self, &marked, end, false);
    }
}

static void step_layer_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    if (!thread->token || !(self->scene->closes[thread->token] >> step->number & 1)) return;
    att_scene_index_ends(self->scene);
    for (uint32_t i = self->scene->ends[thread->token - 1]; i < self->scene->ends[thread->token]; i++) {
        const att_annotation *annotation = &self->scene->annotations[self->scene->enders[i]];
        if (annotation->tokens.first < self->limits.first || !att_layer_accepts(step->node, annotation)) continue;
        att_thread marked = *thread;
        mark(self, &marked, annotation);
        go(self, &marked, annotation->tokens.first, false);
    }
}

/* The sentence that a gap at boundary `token` must keep to: that of the token before it, where one belongs to the match. */
static att_token_range gap_sentence(att_matcher *self, uint32_t token)
{
    bool before = !self->program->backwards && (token > self->start || self->behind);
    if (token >= self->limits.last && !before) return (att_token_range){ token, token };
    return att_scene_sentence(self->scene, before ? token - 1 : token);
}

static void step_gap(att_matcher *self, const att_thread *thread, const att_step *step)
{
    att_token_range sentence = gap_sentence(self, thread->token);
    uint32_t most = sentence.last - thread->token < step->number ? sentence.last - thread->token : step->number;
    for (uint32_t gap = most + 1; gap-- > 0;) go(self, thread, thread->token + gap, thread->token + gap == sentence.last);
}

static void step_gap_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    att_token_range sentence = gap_sentence(self, thread->token);
    uint32_t most = thread->token - sentence.first < step->number ? thread->token - sentence.first : step->number;
    for (uint32_t gap = most + 1; gap-- > 0;) go(self, thread, thread->token - gap, thread->token - gap == sentence.first);
}

static void step_back(att_matcher *self, const att_thread *thread, const att_step *step)
{
    for (uint32_t back = 0; back <= step->number && self->limits.first + back <= thread->token; back++)
        go(self, thread, thread->token - back, false);
}

/* A step that takes tokens or a gap, with all its ways. */
static void branch(att_matcher *self, const att_thread *thread, const att_step *step)
{
    bool back = self->program->backwards;
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_WORDS: step_words_back(self, thread, step); break;
    case ATT_STEP_LIST: (back ? step_list_back : step_list)(self, thread, step); break;
    case ATT_STEP_LAYER: (back ? step_layer_back : step_layer)(self, thread, step); break;
    case ATT_STEP_GAP: (back ? step_gap_back : step_gap)(self, thread, step); break;
    case ATT_STEP_BACK: step_back(self, thread, step); break;
    default: break;
    }
}

static void accept(att_matcher *self, const att_thread *thread)
{
    for (uint32_t i = 0; i < self->ends.count; i++)
        if (self->ends.items[i].end == thread->token) return;
    ATT_RESERVE(self->arena, &self->ends, 1);
    uint32_t at = self->ends.count++;
    while (at && self->ends.items[at - 1].end < thread->token) {
        self->ends.items[at] = self->ends.items[at - 1];
        at--;
    }
    self->ends.items[at] = (att_match_end){ thread->token, thread->trail, thread->literals };
}

static void run(att_matcher *self, att_thread thread)
{
    for (;;) {
        const att_step *step = &self->program->steps[thread.step];
        if (step->joint && !is_new(self, &thread)) return;
        switch ((att_step_kind)step->kind) {
        case ATT_STEP_SPLIT:
            if (leads_on(self, step->other, thread.token, thread.sealed))
                push(self, (att_thread){ step->other, thread.token, thread.trail, thread.literals, thread.sealed });
            thread.step = step->number;
            if (!leads_on(self, thread.step, thread.token, thread.sealed)) return;
            continue;
        case ATT_STEP_JUMP: thread.step = step->number; continue;
        case ATT_STEP_OPEN:
        case ATT_STEP_CLOSE:
            mark(self, &thread, NULL);
            thread.step++;
            continue;
        case ATT_STEP_ACCEPT: accept(self, &thread); return;
        default: break;
        }
        if (thread.sealed) {
            if (step->kind != ATT_STEP_GAP) return;
            thread.step++;
            continue;
        }
        if (step->kind == ATT_STEP_TOKEN) {
            if (!step_token(self, &thread, step)) return;
        } else if (step->kind == ATT_STEP_WORDS && !self->program->backwards) {
            if (!step_words(self, &thread, step)) return;
        } else {
            branch(self, &thread, step);
            return;
        }
    }
}

static void begin(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph)
{
    self->program = program;
    self->start = at;
    self->limits = paragraph;
    self->edge = program->backwards ? paragraph.first : paragraph.last;
    self->behind = program->context && !program->backwards;
    self->threads.count = self->trail.count = self->ends.count = 0;
    forget(self);
    if (leads_on(self, 0, at, false)) push(self, (att_thread){ .token = at, .trail = ATT_NONE });
}

uint32_t att_match(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph)
{
    begin(self, program, at, paragraph);
    while (self->threads.count) run(self, self->threads.items[--self->threads.count]);
    return self->ends.count;
}

bool att_matches(att_matcher *self, const att_program *program, uint32_t at, att_token_range paragraph)
{
    begin(self, program, at, paragraph);
    while (self->threads.count && !self->ends.count) run(self, self->threads.items[--self->threads.count]);
    return self->ends.count > 0;
}

/* ---- captures ---- */

static void replay(const att_trail_mark *mark, att_binding *bindings, uint32_t *count)
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
                bindings[i].node = mark->step->node;
            }
    }
}

uint32_t att_match_bindings(const att_matcher *self, const att_match_end *end, att_binding bindings[ATT_MOST_BINDINGS])
{
    uint32_t count = 0, length = 0;
    for (uint32_t i = end->trail; i != ATT_NONE; i = self->trail.items[i].before) length++;
    uint32_t *order = att_arena_alloc(self->arena, sizeof *order * (length + 1)), at = 0;
    for (uint32_t i = end->trail; i != ATT_NONE; i = self->trail.items[i].before, at++)
        order[self->program->backwards ? at : length - 1 - at] = i; /* in the order of the text */
    for (uint32_t i = 0; i < length; i++) replay(&self->trail.items[order[i]], bindings, &count);
    uint32_t kept = 0; /* a capture that took no token binds nothing */
    for (uint32_t i = 0; i < count; i++)
        if (bindings[i].last != ATT_NONE && bindings[i].last > bindings[i].first) bindings[kept++] = bindings[i];
    return kept;
}

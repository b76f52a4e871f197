#include "cascade/rule_compile.h"

#include "cascade/needs.h"

enum {
    NOWHERE = UINT16_MAX, /* a `next` that is not yet known */
    AHEAD_A_STEP = 64     /* limit of the look-ahead: for a program of n steps, n times this many steps are visited */
};

typedef struct {
    att_predicates *predicates;
    struct {
        att_step *items;
        uint32_t count, capacity;
    } steps;
    bool backwards, captures;
    bool context;
    att_program_form form;
    uint32_t open; /* captures around what is being compiled */
    att_place place;
    bool too_many;
} compiler;

static uint32_t emit(compiler *self, att_step step)
{
    step.next = NOWHERE;
    step.words = att_ahead_anything.words;
    if (self->steps.count == ATT_MOST_STEPS) self->too_many = true;
    if (self->too_many) return 0;
    ATT_RESERVE(self->predicates->knowledge->arena, &self->steps, 1);
    self->steps.items[self->steps.count] = step;
    return self->steps.count++;
}

static void compile(compiler *self, const att_pattern *node);

/* ---- nodes ---- */

static void compile_reversed(compiler *self, const att_pattern *node)
{
    if (!node) return;
    compile_reversed(self, node->next);
    compile(self, node);
}

static void compile_sequence(compiler *self, const att_pattern *node)
{
    if (self->backwards) {
        compile_reversed(self, node->children);
        return;
    }
    for (const att_pattern *child = node->children; child; child = child->next) compile(self, child);
}

static void aim(compiler *self, uint32_t step, uint32_t number)
{
    if (!self->too_many) self->steps.items[step].number = number;
}

static uint32_t length_of(const att_pattern *child)
{
    uint32_t length = 0;
    for (; child; child = child->next) length++;
    return length;
}

/* Whether the node takes exactly one token and binds nothing; neighbouring alternatives of this kind can be merged into one
 * set. */
static bool is_one_token(const att_pattern *node)
{
    if (node->capture != ATT_NONE) return false;
    return node->kind == ATT_PATTERN_TOKEN || (node->kind == ATT_PATTERN_WORDS && node->word_count == 1);
}

/* Whether two neighbouring alternatives can be one set: their tokens must count as literal alike. */
static bool is_one_set(const att_pattern *a, const att_pattern *b)
{
    if (!is_one_token(a) || !is_one_token(b)) return false;
    bool first = a->kind == ATT_PATTERN_WORDS || att_test_names_words(a->test);
    return first == (b->kind == ATT_PATTERN_WORDS || att_test_names_words(b->test));
}

static att_test *test_of(compiler *self, const att_pattern *node)
{
    att_test *out = att_arena_zero(self->predicates->knowledge->arena, 1, sizeof *out);
    if (node->kind == ATT_PATTERN_TOKEN) *out = *node->test;
    else
        *out =
            (att_test){ .kind = node->exact ? ATT_TEST_EXACT : ATT_TEST_WORD, .place = node->place, .number = node->words[0] };
    return out;
}

/* Whether the test holds at the edge of a paragraph, where there is no word. */
static bool holds_at_edge(const att_test *test)
{
    switch (test->kind) {
    case ATT_TEST_PLACE: return test->number == ATT_AT_END;
    case ATT_TEST_NOT: return !holds_at_edge(test->children);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (!holds_at_edge(child)) return false;
        return true;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            if (holds_at_edge(child)) return true;
        return false;
    default: return false;
    }
}

/* The parts of a set that words answer, and the edge of a paragraph never, are not needed once rules are compiled. */
static void forget_parts(compiler *self, att_test *set)
{
    att_compiling *compiling = self->predicates->compiling;
    ATT_RESERVE(self->predicates->knowledge->arena, &compiling->joined, 1);
    compiling->joined.items[compiling->joined.count++] = set;
}

/* Merges the alternatives from `first` up to `last` into one set. */
static att_pattern *join_set(compiler *self, const att_pattern *first, const att_pattern *last)
{
    att_arena *arena = self->predicates->knowledge->arena;
    att_pattern *out = att_arena_alloc(arena, sizeof *out);
    att_test *any = att_arena_zero(arena, 1, sizeof *any), **tail = &any->children;
    for (const att_pattern *one = first; one != last->next; one = one->next, tail = &(*tail)->next) *tail = test_of(self, one);
    *tail = NULL;
    any->kind = ATT_TEST_OR;
    any->place = first->place;
    if (att_test_is_of_word(any) && !holds_at_edge(any)) forget_parts(self, any);
    *out = (att_pattern){ .kind = ATT_PATTERN_TOKEN, .place = first->place, .capture = ATT_NONE, .test = any };
    return out;
}

/* A copy of the alternatives, in which neighbours that take one token each are merged into one set. */
static const att_pattern *join_sets(compiler *self, const att_pattern *child)
{
    att_pattern *first = NULL, **tail = &first;
    while (child) {
        const att_pattern *last = child;
        while (last->next && is_one_set(last, last->next)) last = last->next;
        *tail =
            last == child ? att_arena_alloc(self->predicates->knowledge->arena, sizeof **tail) : join_set(self, child, last);
        if (last == child) **tail = *child;
        tail = &(*tail)->next;
        child = last->next;
    }
    *tail = NULL;
    return first;
}

/* The alternatives of a choice, merged where that saves any; made once for all copies of the choice. */
static const att_pattern *alternatives_of(compiler *self, const att_pattern *node)
{
    att_choices *choices = &self->predicates->compiling->choices;
    uint32_t number = att_map_add(&choices->keys, (att_str){ (const char *)&node->children, sizeof node->children });
    if (number < choices->count) return choices->items[number];
    bool joins = false;
    for (const att_pattern *one = node->children; one->next; one = one->next) joins = joins || is_one_set(one, one->next);
    ATT_RESERVE(self->predicates->knowledge->arena, choices, 1);
    return choices->items[choices->count++] = joins ? join_sets(self, node->children) : node->children;
}

/* Compiles the first half of `count` alternatives, then the other half; all continue after the last one. Halving lets one
 * look-ahead rule out many alternatives at once. */
static void compile_choice(compiler *self, const att_pattern *child, uint32_t count)
{
    if (count == 1) {
        compile(self, child);
        return;
    }
    uint32_t split = emit(self, (att_step){ .kind = ATT_STEP_SPLIT });
    aim(self, split, self->steps.count);
    compile_choice(self, child, count / 2);
    uint32_t jump = emit(self, (att_step){ .kind = ATT_STEP_JUMP });
    if (!self->too_many) self->steps.items[split].next = (uint16_t)self->steps.count;
    for (uint32_t i = 0; i < count / 2; i++) child = child->next;
    compile_choice(self, child, count - count / 2);
    aim(self, jump, self->steps.count);
}

/* Emits a split between one more repetition, which follows, and the way out, which is set later. */
static uint32_t emit_more(compiler *self, bool lazy)
{
    uint32_t split = emit(self, (att_step){ .kind = ATT_STEP_SPLIT, .number = ATT_NONE });
    if (!self->too_many && lazy) self->steps.items[split].next = (uint16_t)(split + 1);
    if (!self->too_many && !lazy) self->steps.items[split].number = split + 1;
    return split;
}

/* Sets the ways out of the splits from step `first` on. */
static void aim_out(compiler *self, uint32_t first)
{
    for (uint32_t i = first; i < self->steps.count && !self->too_many; i++) {
        att_step *step = &self->steps.items[i];
        if (step->kind != ATT_STEP_SPLIT) continue;
        if (step->number == ATT_NONE) step->number = self->steps.count;
        if (step->next == NOWHERE) step->next = (uint16_t)self->steps.count;
    }
}

static void compile_star(compiler *self, const att_pattern *node)
{
    uint32_t split = emit_more(self, node->lazy);
    compile(self, node->children);
    emit(self, (att_step){ .kind = ATT_STEP_JUMP, .number = split });
    aim_out(self, split);
}

/* Compiles the optional repetitions, each of which can only follow the one before. */
static void compile_optional(compiler *self, const att_pattern *node)
{
    uint32_t first = self->steps.count;
    for (uint32_t i = node->least; i < node->most && !self->too_many; i++) {
        emit_more(self, node->lazy);
        compile(self, node->children);
    }
    aim_out(self, first);
}

static void compile_repeat(compiler *self, const att_pattern *node)
{
    for (uint32_t i = 0; i < node->least && !self->too_many; i++) compile(self, node->children);
    if (node->most == ATT_NONE) compile_star(self, node);
    else compile_optional(self, node);
}

static void compile_words(compiler *self, const att_pattern *node, uint32_t number)
{
    att_step step = { .kind = ATT_STEP_WORDS, .traits = ATT_STEP_LITERAL, .node = number };
    if (node->word_count == 1) {
        step.kind = ATT_STEP_WORD;
        step.number = node->words[0];
        if (node->exact) step.traits |= ATT_STEP_EXACT;
    }
    emit(self, step);
}

static void compile_token(compiler *self, const att_pattern *node, uint32_t number)
{
    unsigned traits = att_test_names_words(node->test) ? ATT_STEP_LITERAL : 0;
    if (holds_at_edge(node->test)) traits |= ATT_STEP_EDGE;
    emit(self, (att_step){ .kind = ATT_STEP_TOKEN,
                           .traits = (uint8_t)traits,
                           .number = att_predicates_add(self->predicates, node->test),
                           .node = number });
}

static void compile_bare(compiler *self, const att_pattern *node)
{
    const att_pattern *child;
    uint32_t number = node->kind >= ATT_PATTERN_WORDS ? att_predicates_add_node(self->predicates, node) : 0;
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE: compile_sequence(self, node); break;
    case ATT_PATTERN_CHOICE:
        child = alternatives_of(self, node);
        compile_choice(self, child, length_of(child));
        break;
    case ATT_PATTERN_REPEAT: compile_repeat(self, node); break;
    case ATT_PATTERN_WORDS: compile_words(self, node, number); break;
    case ATT_PATTERN_TOKEN: compile_token(self, node, number); break;
    case ATT_PATTERN_LIST:
        att_predicates_add_list(self->predicates, node->number);
        emit(self, (att_step){ .kind = ATT_STEP_LIST, .traits = ATT_STEP_LITERAL, .number = node->number, .node = number });
        break;
    case ATT_PATTERN_LAYER: emit(self, (att_step){ .kind = ATT_STEP_LAYER, .number = node->number, .node = number }); break;
    case ATT_PATTERN_GAP: emit(self, (att_step){ .kind = ATT_STEP_GAP, .number = node->most }); break;
    }
}

/* ---- parts that are called ---- */

/* What decides whether a part of a pattern may become a callee. */
typedef struct {
    bool calls_off; /* it has a capture or a gap: never called */
    bool sees_edge; /* it can match the edge of a paragraph, which only contexts see */
    bool layers;    /* it contains an annotation, with which a capture around it might begin */
    uint32_t leaves;
} part_facts;

static void add_facts(part_facts *self, const att_pattern *node)
{
    if (node->kind == ATT_PATTERN_GAP || node->capture != ATT_NONE) self->calls_off = true;
    if (node->kind == ATT_PATTERN_TOKEN && holds_at_edge(node->test)) self->sees_edge = true;
    if (node->kind == ATT_PATTERN_LAYER) self->layers = true;
    if (!att_pattern_parts(node)) self->leaves++;
    for (const att_pattern *child = att_pattern_parts(node), *last = NULL; child && !self->calls_off;
         last = child, child = child->next) {
        add_facts(self, child);
        if (last && node->kind == ATT_PATTERN_CHOICE && is_one_set(last, child)) self->leaves--; /* of one step */
    }
}

static bool may_call(const compiler *self, const att_pattern *node)
{
    part_facts facts = { .leaves = 0 };
    if (self->form == ATT_INLINED || !att_pattern_parts(node)) return false;
    for (const att_pattern *child = node->children; child && !facts.calls_off; child = child->next) add_facts(&facts, child);
    if (facts.calls_off || facts.leaves < self->predicates->compiling->least_leaves || (facts.layers && self->open))
        return false;
    if (facts.sees_edge && self->context) return false;
    return att_extent_of(self->predicates->knowledge, node).least > 0;
}

static uint32_t callee_of(compiler *self, const att_pattern *node);

/* Whether a part has enough steps to be worth a call; one that calls others has few steps itself. */
static bool pays(const att_callee *part)
{
    enum { LEAST_STEPS = 24 };
    return part->program.count >= LEAST_STEPS;
}

static void compile(compiler *self, const att_pattern *node)
{
    bool captured = node->capture != ATT_NONE && self->captures;
    if (captured) emit(self, (att_step){ .kind = self->backwards ? ATT_STEP_CLOSE : ATT_STEP_OPEN, .number = node->capture });
    self->open += captured;
    uint32_t callee = may_call(self, node) ? callee_of(self, node) : ATT_NONE;
    if (callee != ATT_NONE && pays(&self->predicates->callees->items[callee]))
        emit(self, (att_step){ .kind = ATT_STEP_CALL, .number = callee });
    else compile_bare(self, node);
    self->open -= captured;
    if (captured) emit(self, (att_step){ .kind = self->backwards ? ATT_STEP_OPEN : ATT_STEP_CLOSE, .number = node->capture });
}

/* ---- programs ---- */

/* Whether a step may end at a token that it can also reach from another start. */
static bool is_wide(const att_step *step)
{
    return step->kind == ATT_STEP_WORDS || step->kind == ATT_STEP_LIST || step->kind == ATT_STEP_LAYER
           || step->kind == ATT_STEP_GAP || step->kind == ATT_STEP_BACK || step->kind == ATT_STEP_CALL;
}

/* The step that a way at `step` arrives at, once jumps are followed. */
static uint32_t landing(const compiler *self, uint32_t step)
{
    while (self->steps.items[step].kind == ATT_STEP_JUMP) step = self->steps.items[step].number;
    return step;
}

/* Sets `next` of each step and removes the jumps. */
static void thread_jumps(compiler *self)
{
    uint32_t *numbers = att_arena_alloc(self->predicates->knowledge->arena, sizeof *numbers * self->steps.count), kept = 0;
    for (uint32_t i = 0; i < self->steps.count; i++) numbers[i] = self->steps.items[i].kind == ATT_STEP_JUMP ? kept : kept++;
    for (uint32_t i = 0; i < self->steps.count; i++) {
        att_step *step = &self->steps.items[i];
        if (step->kind == ATT_STEP_ACCEPT || step->kind == ATT_STEP_JUMP) continue;
        if (step->kind == ATT_STEP_SPLIT) step->number = numbers[landing(self, step->number)];
        step->next = (uint16_t)numbers[landing(self, step->kind == ATT_STEP_SPLIT ? step->next : i + 1)];
    }
    for (uint32_t i = 0; i < self->steps.count; i++)
        if (self->steps.items[i].kind != ATT_STEP_JUMP) self->steps.items[numbers[i]] = self->steps.items[i];
    self->steps.count = kept;
}

static void mark_joints(compiler *self)
{
    uint32_t *ways = att_arena_zero(self->predicates->knowledge->arena, self->steps.count + 1, sizeof *ways);
    for (uint32_t i = 0; i < self->steps.count; i++) {
        const att_step *step = &self->steps.items[i];
        if (step->kind == ATT_STEP_ACCEPT) continue;
        ways[step->next] += is_wide(step) ? 2 : 1;
        if (step->kind == ATT_STEP_SPLIT) ways[step->number]++;
    }
    for (uint32_t i = 0; i < self->steps.count; i++)
        if (ways[i] > 1) self->steps.items[i].traits |= ATT_STEP_JOINT;
}

/* ---- looking ahead ---- */

/* Collects the steps that can be reached from one step without taking a token. */
typedef struct {
    const compiler *compiler;
    att_ahead_maker maker;
    uint32_t *stack, *seen, round; /* `seen`: by step, the round in which it was last visited */
    uint32_t left;                 /* how many more steps may be visited */
    bool *done;                    /* by step: its look-ahead is done */
} explorer;

static void add_step(explorer *self, const att_step *step);

static void add_callee(explorer *self, const att_callee *callee)
{
    for (uint32_t i = 0; i < callee->first_count; i++) add_step(self, &callee->firsts[i]);
}

static void add_step(explorer *self, const att_step *step)
{
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_TOKEN: att_ahead_add_test(&self->maker, self->compiler->predicates->roots.items[step->number]); break;
    case ATT_STEP_WORD:
    case ATT_STEP_WORDS: att_ahead_add_words(&self->maker, self->compiler->predicates->nodes.items[step->node]); break;
    case ATT_STEP_LIST: att_ahead_add_list(&self->maker, step->number); break;
    case ATT_STEP_LAYER: self->maker.layers |= 1u << step->number; break;
    case ATT_STEP_CALL: add_callee(self, &self->compiler->predicates->callees->items[step->number]); break;
    default: self->maker.unknown = true;
    }
}

static void explore(explorer *self, uint32_t first)
{
    uint32_t count = 0;
    self->stack[count++] = first;
    self->seen[first] = ++self->round;
    while (count && !self->maker.unknown) {
        uint32_t at = self->stack[--count];
        const att_step *step = &self->compiler->steps.items[at];
        uint32_t next[2] = { step->next, step->next };
        if (!self->left) self->maker.unknown = true;
        else self->left--;
        if (step->kind == ATT_STEP_SPLIT) next[0] = step->number;
        bool moves = step->kind == ATT_STEP_SPLIT || step->kind == ATT_STEP_OPEN || step->kind == ATT_STEP_CLOSE;
        if (!moves) add_step(self, step);
        for (int i = 0; moves && i < 2; i++) {
            if (self->seen[next[i]] == self->round) continue;
            self->seen[next[i]] = self->round;
            self->stack[count++] = next[i];
        }
    }
}

static void look_ahead(explorer *self, uint32_t number)
{
    att_step *step = &self->compiler->steps.items[number];
    if (self->done[number] || step->kind == ATT_STEP_ACCEPT) return;
    self->done[number] = true;
    explore(self, number);
    att_ahead ahead = att_ahead_make(&self->maker);
    step->words = ahead.words;
    step->layers = ahead.layers;
    step->names = ahead.names;
}

/* Computes the look-ahead for the start, for what follows each step that takes tokens, and for both branches of each split. */
static void look_ahead_everywhere(compiler *self)
{
    att_arena *arena = self->predicates->knowledge->arena;
    uint32_t count = self->steps.count;
    explorer state = { .compiler = self, .left = count * AHEAD_A_STEP };
    state.maker = (att_ahead_maker){ .lexicon = &self->predicates->knowledge->lexicon,
                                     .lists = &self->predicates->list_words,
                                     .regex_begins = self->predicates->compiling->regex_begins,
                                     .made = &self->predicates->aheads,
                                     .backwards = self->backwards,
                                     .arena = arena };
    state.stack = att_arena_alloc(arena, sizeof *state.stack * (count + 1));
    state.seen = att_arena_zero(arena, count + 1, sizeof *state.seen);
    state.done = att_arena_zero(arena, count + 1, sizeof *state.done);
    look_ahead(&state, 0);
    for (uint32_t i = 0; i + 1 < count; i++) {
        const att_step *step = &self->steps.items[i];
        if (step->kind == ATT_STEP_SPLIT) look_ahead(&state, step->number);
        if (step->kind != ATT_STEP_OPEN && step->kind != ATT_STEP_CLOSE && step->kind != ATT_STEP_ACCEPT)
            look_ahead(&state, step->next);
    }
}

/* A compiler that reuses the memory of the last program's steps. */
static compiler begin(att_predicates *predicates, att_program_form form, att_place place)
{
    compiler self = { .predicates = predicates, .form = form, .place = place };
    self.steps.items = predicates->compiling->room.steps;
    self.steps.capacity = self.steps.items ? predicates->compiling->room.capacity : 0;
    predicates->compiling->room.steps = NULL;
    return self;
}

/* Memory for the steps of a program. Small programs share large pieces, without gaps between them. */
static att_step *take_steps(att_compiling *compiling, att_arena *arena, uint32_t count)
{
    enum { FEW_STEPS = ATT_ARENA_LINED / sizeof(att_step), STEPS_AT_ONCE = 16 * FEW_STEPS };
    if (count >= FEW_STEPS) return att_arena_alloc(arena, sizeof(att_step) * count);
    if (compiling->kept.left < count) {
        compiling->kept.left = STEPS_AT_ONCE;
        compiling->kept.next = att_arena_zero(arena, STEPS_AT_ONCE, sizeof(att_step));
    }
    att_step *out = compiling->kept.next;
    compiling->kept.next += count;
    compiling->kept.left -= count;
    return out;
}

/* Copies the steps of a program that will be run, once for all equal programs, so that the cache holds them only once. Steps
 * of a program that is only inspected stay where they are. */
static const att_step *keep_steps(compiler *self)
{
    att_compiling *compiling = self->predicates->compiling;
    att_arena *arena = self->predicates->knowledge->arena;
    size_t size = sizeof *self->steps.items * self->steps.count;
    compiling->room.steps = self->steps.items;
    compiling->room.capacity = self->steps.capacity;
    if (self->form == ATT_INLINED) return self->steps.items;
    uint32_t number = att_map_add(&compiling->programs.keys, (att_str){ (const char *)self->steps.items, size });
    if (number < compiling->programs.count) return compiling->programs.items[number];
    att_step *out = memcpy(take_steps(compiling, arena, self->steps.count), self->steps.items, size);
    ATT_RESERVE(arena, &compiling->programs, 1);
    return compiling->programs.items[compiling->programs.count++] = out;
}

/* Reports a pattern that is too large; only once, although it is compiled several times, whole and in parts. */
static void report_size(const compiler *self)
{
    att_diags *diags = self->predicates->knowledge->diags;
    for (uint32_t i = 0; i < diags->count; i++) {
        const att_diag *known = &diags->items[i];
        if (known->place.source == self->place.source && known->place.start == self->place.start
            && strcmp(known->code, "S022") == 0)
            return;
    }
    att_report(diags, ATT_ERROR, "S022", self->place,
               "the pattern is too large when its repeats and phrases are written out (more than %d steps)", ATT_MOST_STEPS);
}

static att_program finish(compiler *self)
{
    emit(self, (att_step){ .kind = ATT_STEP_ACCEPT });
    if (self->too_many) {
        report_size(self);
        self->steps.count = 0;
        self->too_many = false;
        emit(self, (att_step){ .kind = ATT_STEP_ACCEPT });
    }
    thread_jumps(self);
    if (self->form == ATT_CALLS) { /* others are only inspected, never run */
        mark_joints(self);
        look_ahead_everywhere(self);
    }
    return (att_program){
        .steps = keep_steps(self), .count = self->steps.count, .backwards = self->backwards, .captures = self->captures
    };
}

/* Lists the steps of a program that can take its first token. */
static const att_step *find_firsts(const compiler *self, uint32_t *count)
{
    att_arena *arena = self->predicates->knowledge->arena;
    uint32_t *stack = att_arena_alloc(arena, sizeof *stack * 2 * (self->steps.count + 1)), left = 0;
    bool *seen = att_arena_zero(arena, self->steps.count, sizeof *seen);
    att_step *out = att_arena_alloc(arena, sizeof *out * self->steps.count);
    stack[left++] = 0;
    while (left) {
        uint32_t at = stack[--left];
        const att_step *step = &self->steps.items[at];
        if (seen[at]) continue;
        seen[at] = true;
        if (step->kind != ATT_STEP_SPLIT) out[(*count)++] = *step;
        else stack[left++] = step->number, stack[left++] = step->next;
    }
    att_step *kept = att_arena_alloc(arena, sizeof *kept * *count);
    return memcpy(kept, out, sizeof *kept * *count);
}

static att_callee compile_callee(compiler *caller, const att_pattern *node)
{
    compiler self = begin(caller->predicates, ATT_CALLS, caller->place);
    att_callee out = { .first_count = 0 };
    self.backwards = caller->backwards;
    compile_bare(&self, node);
    out.program = finish(&self);
    out.firsts = find_firsts(&self, &out.first_count);
    return out;
}

/* The number of the callee for this part, in the direction of the program. Copies of a phrase share their children. */
static uint32_t callee_of(compiler *self, const att_pattern *node)
{
    att_callees *callees = self->predicates->callees;
    const uint64_t key[] = { (uintptr_t)node->children, node->kind, (uint64_t)node->least << 32 | node->most,
                             (uint64_t)node->lazy << 1 | self->backwards };
    uint32_t known = callees->keys.count, number = att_map_add(&callees->keys, (att_str){ (const char *)key, sizeof key });
    if (number < known) return number;
    ATT_RESERVE(self->predicates->knowledge->arena, callees, 1);
    callees->count++;
    att_callee made = compile_callee(self, node); /* which may add further callees */
    callees->items[number] = made;
    return number;
}

att_program att_compile_forward(att_predicates *predicates, const att_pattern *pattern, att_program_form form, att_place place)
{
    compiler self = begin(predicates, form, place);
    self.captures = true;
    compile(&self, pattern);
    return finish(&self);
}

att_program att_compile_context(att_predicates *predicates, const att_context *context, att_program_form form, att_place place)
{
    bool before = context->kind == ATT_PRECEDED || context->kind == ATT_NOT_PRECEDED;
    compiler self = begin(predicates, form, place);
    self.backwards = before;
    self.context = self.captures = true;
    compile(&self, context->pattern);
    att_program made = finish(&self);
    made.context = true;
    return made;
}

att_program att_compile_prefix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count, uint32_t words,
                               att_program_form form, att_place place)
{
    compiler self = begin(predicates, form, place);
    self.backwards = true;
    if (words) emit(&self, (att_step){ .kind = ATT_STEP_BACK, .number = words });
    for (uint32_t i = count; i-- > 0;) compile(&self, nodes[i]);
    return finish(&self);
}

att_program att_compile_suffix(att_predicates *predicates, const att_pattern *const *nodes, uint32_t count,
                               att_program_form form, att_place place)
{
    compiler self = begin(predicates, form, place);
    for (uint32_t i = 0; i < count; i++) compile(&self, nodes[i]);
    return finish(&self);
}

static bool binds(const att_pattern *pattern)
{
    bool found = pattern->capture != ATT_NONE;
    for (const att_pattern *child = att_pattern_parts(pattern); child && !found; child = child->next) found = binds(child);
    return found;
}

/* Compiles a context with captures also as a forward program: a backward one would follow ways in an order other than the
 * written one, which decides what is bound. */
static void compile_binding(att_rule_code *self, att_predicates *predicates, const att_rule *rule, uint32_t number)
{
    const att_context *context = &rule->contexts[number];
    if (context->kind != ATT_PRECEDED || !binds(context->pattern)) return;
    if (!self->forwards)
        self->forwards = att_arena_zero(predicates->knowledge->arena, rule->context_count, sizeof *self->forwards);
    self->forwards[number] = att_compile_forward(predicates, context->pattern, ATT_CALLS, context->pattern->place);
}

void att_rule_compile(att_rule_code *self, att_predicates *predicates, const att_rule *rule)
{
    if (!rule->pattern) return;
    self->main = att_compile_forward(predicates, rule->pattern, ATT_CALLS, rule->pattern->place);
    if (rule->context_count)
        self->contexts = att_arena_zero(predicates->knowledge->arena, rule->context_count, sizeof *self->contexts);
    for (uint32_t i = 0; i < rule->context_count; i++) {
        self->contexts[i] = att_compile_context(predicates, &rule->contexts[i], ATT_CALLS, rule->contexts[i].pattern->place);
        compile_binding(self, predicates, rule, i);
    }
}

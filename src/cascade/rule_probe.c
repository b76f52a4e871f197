#include "cascade/rule_probe.h"

typedef struct {
    uint32_t step, token;
} position;

typedef struct {
    const att_predicates *predicates;
    att_scene *scene;
    const att_program *program;
    uint32_t limit; /* token behind the paragraph, or behind the longest match */
    struct {
        position *items;
        uint32_t count, capacity;
    } open;
    uint8_t *seen; /* by step and token: a bit */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } ends; /* that the program came to */
    att_probe best;
} prober;

static size_t seen_bytes(const prober *self)
{
    return (size_t)self->program->count * (self->limit - self->best.start + 1) / 8 + 1;
}

static void go(prober *self, uint32_t step, uint32_t token)
{
    size_t bit = (size_t)step * (self->limit - self->best.start + 1) + (token - self->best.start);
    if (self->seen[bit / 8] >> bit % 8 & 1) return;
    self->seen[bit / 8] |= (uint8_t)(1 << bit % 8);
    ATT_RESERVE(self->scene->doc->arena, &self->open, 1);
    self->open.items[self->open.count++] = (position){ step, token };
}

static bool stands_before(const att_pattern *a, const att_pattern *b)
{
    return a->place.source == b->place.source && a->place.start < b->place.start;
}

/* Keeps an element that failed at the farthest token. */
static void fail(prober *self, const att_pattern *node, uint32_t token)
{
    att_probe *best = &self->best;
    if (token > best->reached) {
        best->reached = token;
        best->failed_count = 0;
    }
    if (token < best->reached || best->failed_count == ATT_MOST_FAILED) return;
    for (uint32_t i = 0; i < best->failed_count; i++)
        if (best->failed[i]->place.start == node->place.start && best->failed[i]->place.source == node->place.source) return;
    uint32_t at = best->failed_count++;
    for (; at && stands_before(node, best->failed[at - 1]); at--) best->failed[at] = best->failed[at - 1];
    best->failed[at] = node;
}

static const att_pattern *node_of(const prober *self, const att_step *step)
{
    return self->predicates->nodes.items[step->node];
}

/* Literals may fail behind some of their words. */
static void try_words(prober *self, const att_step *step, position at)
{
    uint32_t end = att_match_words(self->scene, node_of(self, step), at.token, self->limit);
    if (end != ATT_NONE) {
        go(self, step->next, end);
        return;
    }
    att_pattern head = *node_of(self, step);
    end = at.token;
    while (end == at.token && head.word_count > 1) {
        head.word_count--;
        uint32_t met = att_match_words(self->scene, &head, at.token, self->limit);
        if (met != ATT_NONE) end = met;
    }
    fail(self, node_of(self, step), end);
}

static void try_token(prober *self, const att_step *step, position at)
{
    if (at.token < self->limit && att_predicate_holds(self->predicates, step->number, self->scene, at.token))
        go(self, step->next, at.token + 1);
    else fail(self, node_of(self, step), at.token);
}

static void try_list(prober *self, const att_step *step, position at)
{
    uint32_t ends[ATT_MOST_ENDS];
    uint32_t count = att_scene_phrases(self->scene, step->number, at.token, 1, self->limit, ends);
    for (uint32_t i = 0; i < count; i++) go(self, step->next, ends[i]);
    if (!count) fail(self, node_of(self, step), at.token);
}

static void try_layer(prober *self, const att_step *step, position at)
{
    bool met = false;
    uint32_t i = att_scene_starter(self->scene, at.token, at.token + 1);
    for (; at.token < self->limit && att_scene_starts_before(self->scene, i, at.token + 1); i++) {
        const att_annotation *annotation = &self->scene->annotations[i];
        if (!att_layer_accepts(node_of(self, step), annotation) || annotation->tokens.last > self->limit) continue;
        go(self, step->next, annotation->tokens.last);
        met = true;
    }
    if (!met) fail(self, node_of(self, step), at.token);
}

static void try_gap(prober *self, const att_step *step, position at)
{
    uint32_t last = at.token < self->limit ? att_scene_sentence(self->scene, at.token).last : at.token;
    for (uint32_t token = at.token; token <= last && token <= self->limit && token - at.token <= step->number; token++)
        go(self, step->next, token);
}

static void walk(prober *self, uint32_t start);

/* Goes on behind what is called, with all that it came to. */
static void try_call(prober *self, const att_step *step, position at)
{
    prober called = { .predicates = self->predicates,
                      .scene = self->scene,
                      .program = &self->predicates->callees->items[step->number].program,
                      .limit = self->limit,
                      .best = self->best };
    if (at.token >= self->limit) return;
    called.best.start = at.token;
    called.seen = att_arena_zero(self->scene->doc->arena, seen_bytes(&called), 1);
    walk(&called, at.token);
    called.best.start = self->best.start;
    self->best = called.best;
    for (uint32_t i = 0; i < called.ends.count; i++) go(self, step->next, called.ends.items[i]);
}

static void take(prober *self, position at)
{
    const att_step *step = &self->program->steps[at.step];
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_TOKEN: try_token(self, step, at); break;
    case ATT_STEP_WORD:
    case ATT_STEP_WORDS: try_words(self, step, at); break;
    case ATT_STEP_LIST: try_list(self, step, at); break;
    case ATT_STEP_LAYER: try_layer(self, step, at); break;
    case ATT_STEP_GAP: try_gap(self, step, at); break;
    case ATT_STEP_SPLIT: go(self, step->number, at.token); /* fall through */
    case ATT_STEP_OPEN:
    case ATT_STEP_CLOSE: go(self, step->next, at.token); break;
    case ATT_STEP_CALL: try_call(self, step, at); break;
    case ATT_STEP_ACCEPT:
        ATT_RESERVE(self->scene->doc->arena, &self->ends, 1);
        self->ends.items[self->ends.count++] = at.token;
        break;
    case ATT_STEP_BACK:
    case ATT_STEP_JUMP: break;
    }
}

static void walk(prober *self, uint32_t start)
{
    go(self, 0, start);
    while (self->open.count) take(self, self->open.items[--self->open.count]);
}

static void probe(prober *self, uint32_t start)
{
    self->best = (att_probe){ .start = start, .reached = start };
    self->ends.count = 0;
    self->limit = att_scene_paragraph(self->scene, start).last;
    if (self->limit > start + ATT_LONGEST_MATCH) self->limit = start + ATT_LONGEST_MATCH;
    memset(self->seen, 0, seen_bytes(self));
    walk(self, start);
}

att_probe att_probe_pattern(const att_predicates *predicates, att_scene *scene, const att_program *program, uint32_t first,
                            uint32_t last, uint32_t least)
{
    prober self = { .predicates = predicates, .scene = scene, .program = program };
    att_probe best = { .start = ATT_NONE, .reached = ATT_NONE };
    self.seen = att_arena_alloc(scene->doc->arena, (size_t)program->count * (ATT_LONGEST_MATCH + 1) / 8 + 1);
    for (uint32_t start = first; start < last; start++) {
        probe(&self, start);
        if (!self.best.failed_count || self.best.reached < least) continue;
        if (best.start == ATT_NONE || self.best.reached - start > best.reached - best.start) best = self.best;
    }
    return best;
}

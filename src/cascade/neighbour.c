#include "cascade/neighbour.h"

enum { MOST_LOOKED = 256 };

typedef struct {
    const att_program *program;
    const att_predicates *predicates;
    const att_list_glance *lists;
    uint32_t stack[MOST_LOOKED], count;
    uint32_t seen[MOST_LOOKED], seen_count;
    att_glance out;
} looker;

static att_glance either(att_glance a, att_glance b)
{
    return (att_glance){ a.words | b.words, a.edges | b.edges, a.inside | b.inside };
}

/* How much passes, roughly. */
static int size_of(att_glance glance)
{
    enum { OF_BROAD = 8, OF_LAYER = 4 };
    return __builtin_popcountll(glance.words) + OF_BROAD * __builtin_popcountll(glance.words & att_glance_broad)
           + OF_LAYER * __builtin_popcount(glance.inside);
}

att_glance att_glance_test(const att_predicates *predicates, const att_test *test, const att_list_glance *lists)
{
    att_glance out = { 0, 0, 0 };
    switch (test->kind) {
    case ATT_TEST_CLASS: return (att_glance){ test->number, 0, 0 };
    case ATT_TEST_PLACE:
        if (test->number != ATT_AT_POSS && test->number != ATT_AT_QUOTE) return att_glance_anything;
        return (att_glance){ ATT_CLASS_POSS | ATT_CLASS_QUOTE, 0, 0 };
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT: return (att_glance){ att_glance_word(&predicates->knowledge->lexicon, test->number), 0, 0 };
    case ATT_TEST_LIST: return (att_glance){ lists[test->number].first, 0, 0 };
    case ATT_TEST_REGEX: return (att_glance){ predicates->compiling->regex_begins[test->number], 0, 0 };
    case ATT_TEST_IN_LAYER: return (att_glance){ 0, 0, 1u << test->number };
    case ATT_TEST_AND:
        out = att_glance_anything;
        for (const att_test *child = test->children; child; child = child->next) {
            att_glance one = att_glance_test(predicates, child, lists);
            if (size_of(one) < size_of(out)) out = one;
        }
        return out;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            out = either(out, att_glance_test(predicates, child, lists));
        return out;
    default: return att_glance_anything;
    }
}

/* What one word of the step may be: the first, or the one behind it. */
static att_glance of_step(const looker *self, const att_step *step)
{
    const att_pattern *node = self->predicates->nodes.items[step->node];
    switch ((att_step_kind)step->kind) {
    case ATT_STEP_TOKEN: return att_glance_test(self->predicates, self->predicates->roots.items[step->number], self->lists);
    case ATT_STEP_WORD:
    case ATT_STEP_WORDS:
        return (att_glance){ att_glance_word(&self->predicates->knowledge->lexicon,
                                             node->words[self->program->backwards ? node->word_count - 1 : 0]),
                             0, 0 };
    case ATT_STEP_LIST:
        return (att_glance){ self->program->backwards ? self->lists[step->number].last : self->lists[step->number].first, 0,
                             0 };
    case ATT_STEP_LAYER: return (att_glance){ 0, 1u << step->number, 0 };
    default: return att_glance_anything;
    }
}

static void push(looker *self, uint32_t step)
{
    for (uint32_t i = 0; i < self->seen_count; i++)
        if (self->seen[i] == step) return;
    if (self->seen_count == MOST_LOOKED) {
        self->out = att_glance_anything;
        return;
    }
    self->seen[self->seen_count++] = step;
    self->stack[self->count++] = step;
}

/* Calls `take` with the steps that come next from those pushed, without a token. */
static void look(looker *self, void (*take)(looker *, uint32_t step))
{
    while (self->count) {
        uint32_t at = self->stack[--self->count];
        const att_step *step = &self->program->steps[at];
        switch ((att_step_kind)step->kind) {
        case ATT_STEP_SPLIT: push(self, step->number); /* fall through */
        case ATT_STEP_OPEN:
        case ATT_STEP_CLOSE: push(self, step->next); break;
        default: take(self, at);
        }
    }
}

static void take_first(looker *self, uint32_t step)
{
    self->out = either(self->out, of_step(self, &self->program->steps[step]));
}

/* Looks on behind an element of one token or one annotation, or behind the first word of a list's phrase. */
static void take_behind(looker *self, uint32_t number)
{
    const att_step *step = &self->program->steps[number];
    const att_pattern *node = self->predicates->nodes.items[step->node];
    looker next = { .program = self->program, .predicates = self->predicates, .lists = self->lists, .out = self->out };
    if (step->kind == ATT_STEP_TOKEN || step->kind == ATT_STEP_WORD || step->kind == ATT_STEP_LAYER
        || step->kind == ATT_STEP_LIST) {
        if (step->kind == ATT_STEP_LIST) next.out.words |= self->lists[step->number].second;
        push(&next, step->next);
        look(&next, take_first);
        self->out = next.out;
    } else if (step->kind == ATT_STEP_WORDS) {
        self->out.words |= att_glance_word(&self->predicates->knowledge->lexicon, node->words[1]);
    } else {
        self->out = att_glance_anything;
    }
}

/* The same of the second token before a boundary: another one of an element that has several, or what stands before it. */
static void take_second(looker *self, uint32_t number)
{
    const att_step *step = &self->program->steps[number];
    const att_pattern *node = self->predicates->nodes.items[step->node];
    looker next = { .program = self->program, .predicates = self->predicates, .lists = self->lists, .out = self->out };
    if (step->kind == ATT_STEP_WORDS) {
        self->out.words |= att_glance_word(&self->predicates->knowledge->lexicon, node->words[node->word_count - 2]);
    } else if (step->kind == ATT_STEP_TOKEN || step->kind == ATT_STEP_WORD || step->kind == ATT_STEP_LAYER) {
        if (step->kind == ATT_STEP_LAYER) next.out.inside |= 1u << step->number;
        push(&next, step->next);
        look(&next, take_first);
        self->out = next.out;
    } else {
        self->out = att_glance_anything;
    }
}

static att_glance glance(const att_predicates *predicates, const att_program *program, const att_list_glance *lists,
                         void (*take)(looker *, uint32_t step))
{
    looker self = { .program = program, .predicates = predicates, .lists = lists };
    push(&self, 0);
    look(&self, take);
    return self.out;
}

att_glance att_glance_behind(const att_predicates *predicates, const att_program *program, const att_list_glance *lists)
{
    return glance(predicates, program, lists, take_behind);
}

att_glance att_glance_second(const att_predicates *predicates, const att_program *program, const att_list_glance *lists)
{
    return glance(predicates, program, lists, take_second);
}

att_glance att_glance_first(const att_predicates *predicates, const att_program *program, const att_list_glance *lists)
{
    return glance(predicates, program, lists, take_first);
}

#include "tools/shadow.h"

#include "cascade/needs.h"
#include "cascade/predicates.h"

enum { MOST_PLACES = 64 };

/* ---- what is the same ---- */

static bool same_tests(const att_test *a, const att_test *b);

static bool same_test(const att_test *a, const att_test *b)
{
    return a->kind == b->kind && a->number == b->number && a->low == b->low && a->high == b->high
           && same_tests(a->children, b->children);
}

static bool same_tests(const att_test *a, const att_test *b)
{
    while (a && b && same_test(a, b)) a = a->next, b = b->next;
    return !a && !b;
}

static bool same_field(const att_field_test *a, const att_field_test *b)
{
    bool same = a->field == b->field && a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++) same = att_str_equal(a->values[i], b->values[i]);
    return same;
}

/* Whether `narrow` asks everything of an annotation's fields that `wide` asks. */
static bool asks_fields(const att_pattern *narrow, const att_pattern *wide)
{
    bool asks = true;
    for (uint32_t i = 0; asks && i < wide->field_count; i++) {
        asks = false;
        for (uint32_t j = 0; j < narrow->field_count; j++) asks = asks || same_field(&narrow->fields[j], &wide->fields[i]);
    }
    return asks;
}

/* Whether two patterns are equal but for their captures. */
static bool same_pattern(const att_pattern *a, const att_pattern *b)
{
    bool same = a->kind == b->kind && a->number == b->number && a->least == b->least && a->most == b->most && a->lazy == b->lazy
                && a->exact == b->exact && a->word_count == b->word_count && asks_fields(a, b) && asks_fields(b, a)
                && (a->kind != ATT_PATTERN_TOKEN || same_test(a->test, b->test));
    for (uint32_t i = 0; same && i < a->word_count; i++) same = a->words[i] == b->words[i];
    const att_pattern *left = att_pattern_parts(a), *right = att_pattern_parts(b);
    while (same && left && right) {
        same = same_pattern(left, right);
        left = left->next;
        right = right->next;
    }
    return same && !left && !right;
}

/* ---- what takes all that another takes ---- */

static bool implies(const att_test *narrow, const att_test *wide);

/* Whether all (or, without `all`, any) of the node's children imply the other test; with `back`, are implied by it. */
static bool children_imply(const att_test *node, const att_test *other, bool all, bool back)
{
    const att_test *child = node->children;
    while (child && implies(back ? other : child, back ? child : other) == all) child = child->next;
    return !child == all;
}

/* Whether each token that passes `narrow` also passes `wide`. Only the forms of the tests are compared, so false may also mean
 * that this is not known. */
static bool implies(const att_test *narrow, const att_test *wide)
{
    if (wide->kind == ATT_TEST_ANY || same_test(narrow, wide)) return true;
    if (narrow->kind == ATT_TEST_OR) return children_imply(narrow, wide, true, false);
    if (wide->kind == ATT_TEST_AND) return children_imply(wide, narrow, true, true);
    if (wide->kind == ATT_TEST_OR && children_imply(wide, narrow, false, true)) return true;
    if (narrow->kind == ATT_TEST_AND) return children_imply(narrow, wide, false, false);
    if (narrow->kind == ATT_TEST_NOT && wide->kind == ATT_TEST_NOT) return implies(wide->children, narrow->children);
    return narrow->kind == ATT_TEST_LENGTH && wide->kind == ATT_TEST_LENGTH && narrow->low >= wide->low
           && narrow->high <= wide->high;
}

/* The test of an element that is one token; `literal` serves for a word. NULL for any other element. */
static const att_test *test_of(const att_pattern *part, att_test *literal)
{
    if (part->kind != ATT_PATTERN_WORDS || part->word_count != 1) return part->kind == ATT_PATTERN_TOKEN ? part->test : NULL;
    *literal = (att_test){ .kind = part->exact ? ATT_TEST_EXACT : ATT_TEST_WORD, .number = part->words[0] };
    return literal;
}

/* Whether the wide element takes what the narrow one takes; both must have no children. */
static bool takes(const att_pattern *wide, const att_pattern *narrow)
{
    att_test wide_literal, narrow_literal;
    const att_test *wide_test = test_of(wide, &wide_literal), *narrow_test = test_of(narrow, &narrow_literal);
    if (wide_test && narrow_test) return implies(narrow_test, wide_test);
    if (wide->kind != narrow->kind) return false;
    if (wide->kind == ATT_PATTERN_LAYER) return wide->number == narrow->number && asks_fields(narrow, wide);
    if (wide->kind == ATT_PATTERN_GAP) return wide->most >= narrow->most;
    return same_pattern(wide, narrow);
}

/* ---- a pattern as places: its parts without children, and which may follow which ---- */

typedef struct {
    const att_pattern *parts[MOST_PLACES];
    uint64_t follow[MOST_PLACES]; /* by place: which may follow it, as a set of bits like those below */
    uint64_t first, last;
    uint32_t count;
    bool too_many;
} places;

typedef struct {
    uint64_t first, last;
    bool empty; /* it may match nothing */
} part;

static void link_places(places *self, uint64_t from, uint64_t to)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (from >> i & 1) self->follow[i] |= to;
}

static part join(places *self, part a, part b)
{
    link_places(self, a.last, b.first);
    return (part){ a.first | (a.empty ? b.first : 0), b.last | (b.empty ? a.last : 0), a.empty && b.empty };
}

static part lay_out(places *self, const att_pattern *node);

static part lay_out_repeat(places *self, const att_pattern *node)
{
    part all = { 0, 0, true };
    uint32_t most = node->most == ATT_NONE ? node->least + 1 : node->most;
    for (uint32_t i = 0; i < most && !self->too_many; i++) {
        part one = lay_out(self, node->children);
        one.empty = one.empty || i >= node->least;
        if (i >= node->least && node->most == ATT_NONE) link_places(self, one.last, one.first);
        all = join(self, all, one);
    }
    return all;
}

static part lay_out_choice(places *self, const att_pattern *node)
{
    part all = { 0, 0, false };
    for (const att_pattern *child = node->children; child; child = child->next) {
        part one = lay_out(self, child);
        all = (part){ all.first | one.first, all.last | one.last, all.empty || one.empty };
    }
    return all;
}

static part lay_out(places *self, const att_pattern *node)
{
    part all = { 0, 0, true };
    if (node->kind == ATT_PATTERN_CHOICE) return lay_out_choice(self, node);
    if (node->kind == ATT_PATTERN_REPEAT) return lay_out_repeat(self, node);
    if (node->kind == ATT_PATTERN_SEQUENCE) {
        for (const att_pattern *child = node->children; child; child = child->next) all = join(self, all, lay_out(self, child));
        return all;
    }
    if (self->count == MOST_PLACES) self->too_many = true;
    if (self->too_many) return all;
    self->parts[self->count] = node;
    self->follow[self->count] = 0;
    uint64_t here = UINT64_C(1) << self->count++;
    return (part){ here, here, node->kind == ATT_PATTERN_GAP };
}

/* Lays the pattern out as places. False when it has too many. */
static bool places_of(places *self, const att_pattern *pattern)
{
    self->count = 0;
    self->too_many = false;
    part all = lay_out(self, pattern);
    self->first = all.first;
    self->last = all.last;
    return !self->too_many;
}

/* Whether each place of the set `narrow` has a place of the set `wide` that is like it; like[i] are those like place i. */
static bool goes_with(uint64_t narrow, uint64_t wide, const uint64_t *like)
{
    for (uint32_t i = 0; i < MOST_PLACES; i++)
        if (narrow >> i & 1 && !(wide & like[i])) return false;
    return true;
}

/* Whether each way through `narrow` is also a way through `wide`. At first all pairs of places whose elements fit are alike;
 * then those from which the narrow one goes on to a place without a partner are taken away, until nothing changes. */
static bool covers(const places *wide, const places *narrow)
{
    uint64_t like[MOST_PLACES];
    for (uint32_t i = 0; i < narrow->count; i++) {
        like[i] = 0;
        for (uint32_t j = 0; j < wide->count; j++) {
            bool ends = !(narrow->last >> i & 1) || wide->last >> j & 1;
            if (ends && takes(wide->parts[j], narrow->parts[i])) like[i] |= UINT64_C(1) << j;
        }
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < narrow->count; i++)
            for (uint32_t j = 0; j < wide->count; j++) {
                if (!(like[i] >> j & 1) || goes_with(narrow->follow[i], wide->follow[j], like)) continue;
                like[i] &= ~(UINT64_C(1) << j);
                changed = true;
            }
    }
    return goes_with(narrow->first, wide->first, like);
}

bool att_pattern_covers(const att_pattern *wide, const att_pattern *narrow)
{
    places all, some;
    return places_of(&all, wide) && places_of(&some, narrow) && covers(&all, &some);
}

/* ---- how patterns begin ---- */

static uint64_t bit_of(uint32_t number, uint32_t kind)
{
    return UINT64_C(1) << ((number * UINT32_C(0x9E3779B1) + kind) >> 26);
}

/* A test of classes and the like takes any word, and may be one that a literal takes. */
static att_opening opening_of(const att_pattern *place)
{
    uint64_t bit;
    switch (place->kind) {
    case ATT_PATTERN_WORDS: bit = bit_of(place->words[0], ATT_PATTERN_WORDS); break;
    case ATT_PATTERN_LIST:
    case ATT_PATTERN_LAYER: bit = bit_of(place->number, (uint32_t)place->kind); break;
    default: return (att_opening){ place->kind == ATT_PATTERN_TOKEN ? UINT64_MAX : 0, 0 };
    }
    return (att_opening){ bit, bit };
}

att_opening *att_openings_of(const att_engine *engine, att_arena *arena)
{
    const att_rules *rules = &engine->rules;
    att_opening *all = att_arena_zero(arena, rules->rules.count + 1, sizeof *all);
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        places of;
        if (rules->rules.items[i].kind != ATT_RULE_MATCH || !places_of(&of, rules->rules.items[i].pattern)) continue;
        for (uint32_t k = 0; k < of.count; k++) {
            const att_opening one = opening_of(of.parts[k]);
            if (!(of.first >> k & 1)) continue;
            all[i].takes |= one.takes;
            all[i].wants |= one.wants;
        }
    }
    return all;
}

/* ---- which of two is chosen ---- */

/* How many tokens of a match, at least and at most, are words of the rule or of a list. */
static att_extent literals_of(const att_knowledge *knowledge, const att_pattern *node)
{
    att_extent all = { 0, 0 };
    switch (node->kind) {
    case ATT_PATTERN_WORDS:
    case ATT_PATTERN_LIST: return att_extent_of(knowledge, node);
    case ATT_PATTERN_TOKEN: return att_test_names_words(node->test) ? (att_extent){ 1, 1 } : all;
    case ATT_PATTERN_LAYER:
    case ATT_PATTERN_GAP: return all;
    default: break;
    }
    bool choice = node->kind == ATT_PATTERN_CHOICE;
    uint32_t least = node->kind == ATT_PATTERN_REPEAT ? node->least : 1,
             most = node->kind == ATT_PATTERN_REPEAT ? node->most : 1;
    for (const att_pattern *child = node->children; child; child = child->next) {
        att_extent one = literals_of(knowledge, child);
        one.least *= least;
        if (one.most) one.most = most == ATT_NONE || one.most == ATT_NONE ? ATT_NONE : one.most * most;
        if (!choice) all.least += one.least;
        else if (child == node->children || one.least < all.least) all.least = one.least;
        if (!choice) all.most = all.most == ATT_NONE || one.most == ATT_NONE ? ATT_NONE : all.most + one.most;
        else if (one.most > all.most) all.most = one.most;
    }
    return all;
}

/* Whether `other` is chosen over `rule` where their matches have one span. */
static bool is_chosen(const att_knowledge *knowledge, const att_rule *other, const att_rule *rule, uint32_t number)
{
    if (rule->beat_count) return false; /* it removes candidates before the choice */
    for (uint32_t i = 0; i < other->beat_count; i++)
        if (other->beats[i] == number) return true;
    if (other->tier != rule->tier) return other->tier > rule->tier;
    att_extent theirs = literals_of(knowledge, other->pattern), ours = literals_of(knowledge, rule->pattern);
    bool alike = same_pattern(other->pattern, rule->pattern);
    if (!alike && theirs.least > ours.most) return true;
    return (alike || theirs.least >= ours.most) && other->rank < rule->rank;
}

/* Whether `other` makes, from its whole match, all that `rule` makes, and layers do not let both stand. */
static bool makes_all(const att_engine *engine, const att_rule *other, const att_rule *rule, bool one_length)
{
    for (uint32_t i = 0; i < rule->make_count; i++) {
        const att_make *make = &rule->makes[i];
        const att_layer *layer = &engine->knowledge.layers.items[make->layer];
        if (make->on != ATT_NONE || !(layer->nest == ATT_NEST_NO || (layer->nest == ATT_NEST_YES && one_length))) return false;
        bool made = false;
        for (uint32_t j = 0; j < other->make_count; j++)
            made = made || (other->makes[j].layer == make->layer && other->makes[j].on == ATT_NONE);
        if (!made) return false;
    }
    return rule->make_count && !rule->blocks;
}

/* Whether `rule` asks everything that `other` asks beside its pattern. */
static bool asks_all(const att_rule *rule, const att_rule *other)
{
    for (uint32_t i = 0; i < other->context_count; i++) {
        bool asked = false;
        for (uint32_t j = 0; j < rule->context_count; j++)
            asked = asked
                    || (rule->contexts[j].kind == other->contexts[i].kind
                        && same_pattern(rule->contexts[j].pattern, other->contexts[i].pattern));
        if (!asked) return false;
    }
    for (uint32_t i = 0; i < other->region_count; i++) {
        const att_region *wanted = &other->regions[i];
        bool asked = false;
        for (uint32_t j = 0; j < rule->region_count; j++)
            asked = asked
                    || (rule->regions[j].kind == wanted->kind && rule->regions[j].layer == wanted->layer
                        && rule->regions[j].not == wanted->not );
        if (!asked) return false;
    }
    return !other->where;
}

/* Whether all matches of both rules have one length, so that none can lie inside another. */
static bool have_one_length(const att_knowledge *knowledge, const att_rule *a, const att_rule *b)
{
    att_extent left = att_extent_of(knowledge, a->pattern), right = att_extent_of(knowledge, b->pattern);
    return left.least == left.most && right.least == right.most && left.least == right.least;
}

/* Whether the two rules always match the same words. */
static bool match_alike(const att_knowledge *knowledge, const att_rule *a, const att_rule *b)
{
    return have_one_length(knowledge, a, b) || (same_pattern(a->pattern, b->pattern) && asks_all(a, b) && asks_all(b, a));
}

static bool stands_before(const att_engine *engine, const att_rule *other, const att_rule *rule, uint32_t number)
{
    const att_knowledge *knowledge = &engine->knowledge;
    return other != rule && other->kind == ATT_RULE_MATCH && other->stage == rule->stage && asks_all(rule, other)
           && makes_all(engine, other, rule, have_one_length(knowledge, other, rule))
           && is_chosen(knowledge, other, rule, number) && att_pattern_covers(other->pattern, rule->pattern);
}

att_shadow att_shadow_of(const att_engine *engine, const att_opening *openings, uint32_t number)
{
    const att_rules *rules = &engine->rules;
    const att_rule *rule = &rules->rules.items[number];
    att_shadow found = { NULL, false };
    bool longest = engine->knowledge.pipeline.stages[rule->stage].policy == ATT_POLICY_LONGEST;
    if (rule->kind != ATT_RULE_MATCH || !longest) return found;
    for (uint32_t i = 0; i < rules->rules.count && !found.always; i++) {
        const att_rule *other = &rules->rules.items[i];
        if (openings[number].wants & ~openings[i].takes || !stands_before(engine, other, rule, number)) continue;
        bool always = match_alike(&engine->knowledge, other, rule);
        if (always || !found.by) found = (att_shadow){ other, always };
    }
    return found;
}

/* ---- an example ---- */

/* The words of a literal as written; null when they have characters other than letters, digits and blanks. */
static att_str literal_of(const att_pattern *node)
{
    const att_place *place = &node->place;
    if (place->end - place->start < 3 || place->end > place->source->text.length) return (att_str){ 0 };
    att_str text = att_str_slice(place->source->text, place->start + 1, place->end - 1);
    char open = place->source->text.data[place->start];
    if ((open != '"' && open != '\'') || place->source->text.data[place->end - 1] != open) return (att_str){ 0 };
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i], small = c | 0x20;
        if (c != ' ' && !(c >= '0' && c <= '9') && !(small >= 'a' && small <= 'z')) return (att_str){ 0 };
    }
    return text;
}

static att_str with_blank(att_arena *arena, att_str a, att_str b)
{
    if (!a.length || !b.length) return a.length ? a : b;
    return att_str_format(arena, "%.*s %.*s", ATT_STR_ARG(a), ATT_STR_ARG(b));
}

enum { LONGEST_EXAMPLE = 200 };

/* Writes the shortest text that surely matches; false where there is none. */
static bool spell(const att_engine *engine, att_arena *arena, const att_pattern *node, att_str *text)
{
    att_str one;
    *text = ATT_EMPTY;
    switch (node->kind) {
    case ATT_PATTERN_WORDS: return (*text = literal_of(node)).length;
    case ATT_PATTERN_LIST: return (*text = engine->knowledge.lists.lists.items[node->number].sample).length;
    case ATT_PATTERN_GAP: return !node->least;
    case ATT_PATTERN_SEQUENCE:
        for (const att_pattern *child = node->children; child; child = child->next) {
            if (!spell(engine, arena, child, &one)) return false;
            *text = with_blank(arena, *text, one);
        }
        return text->length <= LONGEST_EXAMPLE;
    case ATT_PATTERN_CHOICE: {
        bool found = false;
        for (const att_pattern *child = node->children; child; child = child->next) {
            if (!spell(engine, arena, child, &one) || (found && one.length >= text->length)) continue;
            *text = one;
            found = true;
        }
        return found;
    }
    case ATT_PATTERN_REPEAT:
        if (!node->least) return true;
        if (!spell(engine, arena, node->children, &one)) return false;
        for (uint32_t i = 0; i < node->least && text->length <= LONGEST_EXAMPLE; i++) *text = with_blank(arena, *text, one);
        return text->length <= LONGEST_EXAMPLE;
    default: return false;
    }
}

/* A text all in capitals would not do as an example, because names match differently there. */
static bool has_small(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') return true;
    return false;
}

att_str att_shadow_example(const att_engine *engine, att_arena *arena, const att_rule *rule)
{
    att_str text;
    bool more = rule->context_count || rule->region_count || rule->where;
    return !more && spell(engine, arena, rule->pattern, &text) && has_small(text) ? text : (att_str){ 0 };
}

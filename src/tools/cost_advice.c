/* cost_advice.c - what would make a rule cheaper, told from what was counted. */
#include "tools/cost.h"
#include "tools/plain.h"

enum {
    LONGEST_PATTERN = 60, /* bytes */
    MANY = 50,            /* fewer wakes, tries or candidates than this are not worth advice */
    OFTEN = 4,            /* a word is to blame when it makes one wake in so many */
    FEW_FIND = 10,        /* a word wakes mostly in vain when fewer than one wake in so many led to a candidate */
    FEW_TRIES = 20,
    FEW_STAND = 10,
    RARE = 500 /* a class that one token in so many has may wake rules */
};

/* ---- what wakes ---- */

/* Whether words wake a rule by this element of an anchor; else annotations or classes of tokens do. */
static bool is_by_word(const att_pattern *element)
{
    if (element->kind == ATT_PATTERN_TOKEN) return att_test_names_words(element->test);
    return element->kind == ATT_PATTERN_WORDS || element->kind == ATT_PATTERN_LIST;
}

/* The whole atom at a place in a pattern. The place may cover only the atom's inside, or only the mark that opens it. */
static att_str atom_at(att_str text, size_t start, size_t end)
{
    static const char pairs[] = "<>[]\"\"''//";
    for (size_t i = 0; i + 1 < sizeof pairs - 1; i += 2) {
        const char *close = memchr(text.data + end, pairs[i + 1], text.length - end);
        if (end == start + 1 && text.data[start] == pairs[i] && close)
            return att_str_slice(text, start, (size_t)(close - text.data) + 1);
        if (start && close == text.data + end && text.data[start - 1] == pairs[i])
            return att_str_slice(text, start - 1, end + 1);
    }
    if (start && text.data[start - 1] == '@') start--;
    return att_str_slice(text, start, end);
}

/* How a repeat is written behind its atom: "{0,6}", "*", "+". */
static att_str bounds_of(att_arena *arena, const att_pattern *repeat)
{
    if (repeat->most != ATT_NONE) return att_str_format(arena, "{%u,%u}", repeat->least, repeat->most);
    return repeat->least ? ATT_STR("+") : ATT_STR("*");
}

att_str att_cost_pattern(const att_cost_record *self, const att_pattern *node)
{
    if (node->kind == ATT_PATTERN_GAP) return att_str_format(self->arena, "..%u", node->most);
    if (node->kind == ATT_PATTERN_REPEAT)
        return att_str_join(self->arena, att_cost_pattern(self, node->children), ATT_EMPTY, bounds_of(self->arena, node));
    if (!node->place.source) return ATT_STR("?");
    att_str text = node->place.source->text;
    size_t end = node->place.end > node->place.start ? node->place.end : node->place.start + 1;
    att_str line = att_plain_line(self->arena, atom_at(text, node->place.start, end));
    if (line.length <= LONGEST_PATTERN) return line;
    size_t cut = LONGEST_PATTERN;
    while (cut && (line.data[cut] & 0xC0) == 0x80) cut--;
    return att_str_join(self->arena, att_str_slice(line, 0, cut), ATT_STR("…"), ATT_EMPTY);
}

uint32_t att_cost_anchor(const att_cost_record *self, uint32_t rule)
{
    const att_rule_cost *cost = &self->rules[rule];
    uint32_t best = ATT_NONE;
    for (uint32_t i = cost->first_anchor; i < cost->first_anchor + cost->anchor_count; i++)
        if (best == ATT_NONE || self->anchors[i].wakes > self->anchors[best].wakes) best = i;
    return best;
}

/* ---- advice ---- */

typedef struct {
    const att_cost_record *cost;
    const att_rule_cost *rule;
    att_str *items;
    uint32_t count;
} advising;

static void say(advising *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(advising *self, const char *format, ...)
{
    va_list arguments;
    if (self->count == ATT_MOST_ADVICE) return;
    va_start(arguments, format);
    self->items[self->count++] = att_str_vformat(self->cost->arena, format, arguments);
    va_end(arguments);
}

/* Whether some element of the pattern names words. */
static bool has_words(const att_pattern *node)
{
    if (is_by_word(node)) return true;
    for (const att_pattern *child = att_pattern_parts(node); child; child = child->next)
        if (has_words(child)) return true;
    return false;
}

/* The name of a context that must be there and names words; NULL when the rule has none. */
static const char *wordy_context(const att_rule *rule)
{
    for (uint32_t i = 0; i < rule->context_count; i++) {
        const att_context *context = &rule->contexts[i];
        bool wanted = context->kind == ATT_PRECEDED || context->kind == ATT_FOLLOWED;
        if (wanted && has_words(context->pattern)) return context->kind == ATT_PRECEDED ? "preceded-by" : "followed-by";
    }
    return NULL;
}

/* The rule is woken by an annotation, or by tokens of a frequent class, because no word is in every match. */
static void advise_wordless(advising *self, const att_rule *rule, uint32_t anchor)
{
    const att_pattern *element = self->cost->engine->cascade.waker.anchors.items[anchor].element;
    unsigned long long wakes = self->cost->anchors[anchor].wakes;
    if (is_by_word(element) || wakes < MANY || wakes * RARE < self->cost->tokens) return;
    att_str text = att_cost_pattern(self->cost, element);
    const char *context = wordy_context(rule);
    if (context)
        say(self,
            "its %s does not wake it, %.*s does, %llu times: as a part of the match, with a capture for what is made (make … "
            "on x), "
            "the words would",
            context, ATT_STR_ARG(text), wakes);
    else if (element->kind == ATT_PATTERN_LAYER)
        say(self,
            "no word that every match has is rarer than %.*s, which wakes it %llu times: a rare word or a small list would "
            "wake it "
            "less",
            ATT_STR_ARG(text), wakes);
    else
        say(self, "every match has no word, list or annotation: %.*s wakes it %llu times; let it begin or end with one",
            ATT_STR_ARG(text), wakes);
}

/* One word makes many of the wakes, nearly all of them in vain. */
static void advise_word(advising *self, uint32_t anchor)
{
    const att_cost_word *top = &self->rule->top[0];
    const att_pattern *element = self->cost->engine->cascade.waker.anchors.items[anchor].element;
    if (!top->word.data || !is_by_word(element) || top->count.wakes < MANY) return;
    if (top->count.wakes * OFTEN < self->rule->count.wakes) return;
    uint64_t found = top->count.wakes - top->count.vain;
    if (found * FEW_FIND > top->count.wakes) return;
    say(self,
        "'%.*s' alone wakes it %llu times of %llu, %llu of them for a candidate: leave it out of the list or choice, make it a "
        "longer phrase, or name a rarer word beside it",
        ATT_STR_ARG(top->word), (unsigned long long)top->count.wakes, (unsigned long long)self->rule->count.wakes,
        (unsigned long long)found);
}

static const att_pattern *first_of(const att_pattern *node)
{
    while (node && (node->kind == ATT_PATTERN_SEQUENCE || node->kind == ATT_PATTERN_CHOICE)) node = node->children;
    return node;
}

/* The pattern begins with an element of variable length, so that each wake leads to many starts. */
static void advise_start(advising *self, const att_rule *rule)
{
    const att_pattern *first = first_of(rule->pattern);
    if (!first || self->rule->count.wakes < MANY) return;
    att_str text = att_cost_pattern(self->cost, first);
    if (first->kind == ATT_PATTERN_GAP)
        say(self, "it begins with a gap, %.*s: leave the gap out or say what stands before it", ATT_STR_ARG(text));
    if (first->kind == ATT_PATTERN_REPEAT && first->most - first->least > 3 && self->rule->tries > self->rule->count.wakes)
        say(self,
            "it begins with a repeat, %.*s, and is tried %.1f times for each that it wakes: bound it, or take it out into "
            "preceded-by",
            ATT_STR_ARG(text), (double)self->rule->tries / (double)self->rule->count.wakes);
}

static void advise_tries(advising *self)
{
    unsigned long long tries = self->rule->tries, candidates = self->rule->candidates;
    if (tries < MANY || candidates * FEW_TRIES > tries) return;
    say(self,
        "%llu tries, %llu found: what tells them apart stands far from what wakes it; put a narrower word, list or "
        "annotation next to that",
        tries, candidates);
}

static void advise_candidates(advising *self)
{
    unsigned long long candidates = self->rule->candidates, hits = self->rule->hits;
    if (candidates < MANY || hits * FEW_STAND > candidates) return;
    say(self,
        "%llu found, %llu stand: others win there (`attache explain` says which); a not-preceded-by, not-followed-by or "
        "not-inside would spare them",
        candidates, hits);
}

uint32_t att_cost_advise(const att_cost_record *self, uint32_t rule, att_str advice[ATT_MOST_ADVICE])
{
    advising own = { self, &self->rules[rule], advice, 0 };
    uint32_t anchor = att_cost_anchor(self, rule);
    if (anchor == ATT_NONE || self->rules[rule].count.wakes < MANY) return 0;
    advise_wordless(&own, &self->engine->rules.rules.items[rule], anchor);
    advise_word(&own, anchor);
    advise_start(&own, &self->engine->rules.rules.items[rule]);
    advise_tries(&own);
    if (self->engine->rules.rules.items[rule].make_count) advise_candidates(&own);
    return own.count;
}

#include "cli/eval_misses.h"

#include <stdlib.h>
#include <string.h>

#include "cli/eval_places.h"

enum { CONTEXT = 48, MOST_INSTEAD = 3 }; /* bytes, spans */

/* ---- one miss ---- */

/* A copy in one line. */
static const char *line_of(cli_pool *pool, const char *text, size_t length)
{
    char *copy = cli_pool_copy(pool, text, length);
    for (char *byte = copy; *byte; byte++)
        if ((unsigned char)*byte < 0x20 || *byte == 0x7F) *byte = ' ';
    return copy;
}

static bool is_inside_character(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xC0) == 0x80;
}

static const char *words_at(cli_pool *pool, const eval_doc *doc, uint32_t start, uint32_t end)
{
    size_t from = eval_byte_of(doc->text, doc->length, start), to = eval_byte_of(doc->text, doc->length, end);
    return line_of(pool, doc->text + from, to - from);
}

static void set_context(eval_miss *miss, cli_pool *pool, const eval_doc *doc)
{
    size_t from = eval_byte_of(doc->text, doc->length, miss->start), to = eval_byte_of(doc->text, doc->length, miss->end);
    size_t before = from > CONTEXT ? from - CONTEXT : 0, after = doc->length - to > CONTEXT ? to + CONTEXT : doc->length;
    while (before < from && is_inside_character(doc->text, before)) before++;
    while (after < doc->length && is_inside_character(doc->text, after)) after++;
    miss->before = line_of(pool, doc->text + before, from - before);
    miss->text = line_of(pool, doc->text + from, to - from);
    miss->after = line_of(pool, doc->text + to, after - to);
}

/* Spans of the other side that stand there: the very place, else what overlaps. */
static void find_spans(eval_miss *miss, cli_pool *pool, const eval_doc *doc, const eval_fact_list *others)
{
    for (int pass = 0; pass < 2 && !miss->instead.count; pass++)
        for (size_t i = 0; i < others->count && miss->instead.count < MOST_INSTEAD; i++) {
            const eval_span *span = others->items[i].span;
            bool same = span->start == miss->start && span->end == miss->end;
            if (pass == 0 ? !same : span->end <= miss->start || span->start >= miss->end) continue;
            const char *code = span->code ? span->code : "", *by = span->rule ? " by " : "",
                       *rule = span->rule ? span->rule : "";
            const char *words = doc->text ? words_at(pool, doc, span->start, span->end) : "";
            eval_words_add(&miss->instead, pool,
                           cli_pool_format(pool, "%s%s%s \"%s\"%s%s", span->type, *code ? ":" : "", code, words, by, rule));
        }
}

/* Records of the other side that begin alike: of the same name, of the same topic. */
static void find_records(eval_miss *miss, cli_pool *pool, const eval_fact *fact, const eval_fact_list *others)
{
    size_t length = strcspn(fact->key, "|@");
    for (size_t i = 0; i < others->count && miss->instead.count < MOST_INSTEAD; i++) {
        const eval_fact *other = &others->items[i];
        if (strcmp(other->key, fact->key) == 0 || strcspn(other->key, "|@") != length) continue;
        if (strncmp(other->key, fact->key, length) != 0) continue;
        const char *by = other->rule ? " by " : "", *rule = other->rule ? other->rule : "";
        eval_words_add(&miss->instead, pool, cli_pool_format(pool, "%s%s%s", other->show, by, rule));
    }
}

static void add_miss(eval_score *self, const eval_doc *doc, const char *measure, const eval_fact *fact,
                     const eval_fact_list *others, bool spurious)
{
    cli_pool *pool = &self->pool;
    eval_miss miss = { .doc = cli_pool_word(pool, doc->id),
                       .measure = fact->span ? cli_pool_word(pool, fact->span->type) : measure,
                       .spurious = spurious,
                       .placed = fact->span != NULL,
                       .rule = cli_pool_word(pool, fact->rule) };
    if (fact->quote) miss.quote = line_of(pool, fact->quote, strlen(fact->quote));
    if (fact->span) {
        miss.start = fact->span->start;
        miss.end = fact->span->end;
        if (doc->text) set_context(&miss, pool, doc);
        find_spans(&miss, pool, doc, others);
    } else {
        miss.text = line_of(pool, fact->show, strlen(fact->show));
        find_records(&miss, pool, fact, others);
    }
    CLI_RESERVE(pool, &self->misses);
    self->misses.items[self->misses.count++] = miss;
}

/* The facts of `left` that `right` lacks; `beside` is where to look for what is there instead. */
static void add_lacking(eval_score *self, const eval_doc *doc, const char *measure, const eval_fact_list *left,
                        const eval_fact_list *right, const eval_fact_list *beside, bool spurious)
{
    for (size_t l = 0, r = 0; l < left->count;) {
        int order = r < right->count ? strcmp(left->items[l].key, right->items[r].key) : -1;
        if (order < 0) add_miss(self, doc, measure, &left->items[l], beside, spurious);
        l += order <= 0;
        r += order >= 0;
    }
}

/* ---- all that is asked for ---- */

static bool is_asked(const eval_plan *plan, const char *measure, size_t number)
{
    if (*plan->misses) return strcmp(plan->misses, measure) == 0;
    return number == EVAL_MENTIONS || number == EVAL_OFFICIALS || number == EVAL_TOPICS || number == EVAL_THEMES
           || number == EVAL_COUNTRIES || number == EVAL_ABOUT;
}

void eval_add_misses(eval_score *self, const eval_doc *gold, const eval_facts *want, const eval_facts *got)
{
    for (size_t i = 0; self->plan.misses && i < EVAL_FIXED_COUNT + self->types.count; i++) {
        const eval_measure *measure = &self->measures[i];
        if (!measure->shown || !is_asked(&self->plan, measure->name, i)) continue;
        bool spans = measure->is_type || i <= EVAL_CODES;
        const eval_fact_list *in_gold = spans ? &want->lists[EVAL_MENTIONS] : &want->lists[i];
        const eval_fact_list *in_found = spans ? &got->lists[EVAL_MENTIONS] : &got->lists[i];
        add_lacking(self, gold, measure->name, &want->lists[i], &got->lists[i], in_found, false);
        add_lacking(self, gold, measure->name, &got->lists[i], &want->lists[i], in_gold, true);
    }
}

/* ---- groups ---- */

static eval_group *group_of(eval_score *self, const char *name)
{
    eval_groups *all = &self->groups;
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->items[i].name, name) == 0) return &all->items[i];
    CLI_RESERVE(&self->pool, all);
    all->items[all->count] = (eval_group){ .name = cli_pool_word(&self->pool, name) };
    return &all->items[all->count++];
}

/* The document's source, else what stands before the first slash of its id. */
static const char *source_of(cli_pool *pool, const eval_doc *doc)
{
    if (doc->source) return doc->source;
    return cli_pool_copy(pool, doc->id, strcspn(doc->id, "/"));
}

static void count_gold(eval_group *group, const eval_span *span, const eval_places *found)
{
    bool same_place = false, same_type = false, near = false, right = false;
    eval_place_range range = eval_places_near(found, span);
    for (size_t i = range.first; i < range.end; i++) {
        const eval_span *other = &found->spans->items[i];
        if (eval_shared(span, other) <= 0) continue;
        bool place = eval_is_same_place(span, other), type = eval_is_same_type(span, other);
        near = true;
        same_place |= place;
        same_type |= type;
        right |= place && type;
    }
    group->counts.gold++;
    group->counts.right += right;
    if (right) return;
    group->other_type += same_place;
    group->other_bounds += !same_place && same_type;
    group->other_both += !same_place && !same_type && near;
    group->missed += !near;
}

void eval_add_groups(eval_score *self, const eval_doc *gold, const eval_pair *pair)
{
    eval_by by = self->plan.by;
    const char *source = by == EVAL_BY_SOURCE ? source_of(&self->pool, gold) : NULL;
    if (by == EVAL_BY_NOTHING) return;
    cli_pool scratch = { 0 };
    eval_places in_gold = eval_places_of(&pair->gold, &scratch), in_found = eval_places_of(&pair->found, &scratch);
    for (size_t i = 0; i < pair->gold.count && by != EVAL_BY_RULE; i++) {
        const eval_span *span = &pair->gold.items[i];
        if (self->types.hidden[eval_type_find(&self->types, span->type)]) continue;
        count_gold(group_of(self, source ? source : span->type), span, &in_found);
    }
    for (size_t i = 0; i < pair->found.count; i++) {
        const eval_span *span = &pair->found.items[i];
        if (self->types.hidden[eval_type_find(&self->types, span->type)]) continue;
        const char *rule = span->rule ? span->rule : "(no rule)";
        eval_group *group = group_of(self, by == EVAL_BY_RULE ? rule : source ? source : span->type);
        group->counts.found++;
        if (by == EVAL_BY_RULE) group->counts.right += eval_places_have(&in_gold, span, true);
    }
    cli_pool_clear(&scratch);
}

static int by_mistakes(const void *left, const void *right)
{
    const eval_group *a = left, *b = right;
    size_t wrong_a = a->counts.found + a->counts.gold - a->counts.right,
           wrong_b = b->counts.found + b->counts.gold - b->counts.right;
    if (a->counts.gold) wrong_a -= a->counts.right;
    if (b->counts.gold) wrong_b -= b->counts.right;
    if (wrong_a != wrong_b) return wrong_a > wrong_b ? -1 : 1;
    return strcmp(a->name, b->name);
}

void eval_sort_groups(eval_score *self)
{
    eval_groups *all = &self->groups;
    if (all->count) qsort(all->items, all->count, sizeof *all->items, by_mistakes);
}

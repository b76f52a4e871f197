#include "cli/eval_score.h"

#include <stdlib.h>
#include <string.h>

#include "cli/eval_misses.h"
#include "cli/eval_random.h"

enum { SAMPLES = 500, LOW = 12, HIGH = 487, SEED = 1 };

static const eval_doc nothing;

static double quotient(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

eval_rate eval_rate_of(eval_counts counts)
{
    double right = (double)counts.right, gold = (double)counts.gold, found = (double)counts.found;
    return (eval_rate){ quotient(right, found), quotient(right, gold), quotient(2 * right, gold + found) };
}

/* Where precision and recall count different things. */
static eval_rate mixed_rate(double found_right, double found, double gold_right, double gold)
{
    double p = quotient(found_right, found), r = quotient(gold_right, gold);
    return (eval_rate){ p, r, quotient(2 * p * r, p + r) };
}

/* ---- begin ---- */

static bool is_shown(const eval_plan *plan, size_t measure)
{
    if (measure == EVAL_ABOUT) return plan->about;
    if (measure == EVAL_CODES) return plan->whole || plan->codes;
    return plan->whole || measure <= EVAL_BOUNDARIES;
}

void eval_score_begin(eval_score *self, const eval_types *types, const eval_plan *plan)
{
    *self = (eval_score){ .types = *types, .plan = *plan };
    for (size_t i = 0; i < EVAL_FIXED_COUNT; i++)
        self->measures[i] =
            (eval_measure){ .name = eval_measure_name(i), .shown = types->count ? is_shown(plan, i) : i == EVAL_ABOUT };
    for (size_t i = 0; i < types->count; i++)
        self->measures[EVAL_FIXED_COUNT + i] =
            (eval_measure){ .name = types->names[i], .shown = !types->hidden[i], .is_type = true };
}

/* ---- one document ---- */

static eval_counts *add_row(eval_score *self)
{
    CLI_RESERVE(&self->pool, &self->rows);
    eval_counts *row = cli_pool_take(&self->pool, EVAL_MAX_MEASURES * sizeof *row);
    self->rows.items[self->rows.count++] = row;
    return row;
}

void eval_score_add(eval_score *self, const eval_doc *gold, const eval_doc *found)
{
    cli_pool scratch = { 0 };
    eval_facts *want = cli_pool_take(&scratch, sizeof *want), *got = cli_pool_take(&scratch, sizeof *got);
    eval_frame frame = eval_frame_of(gold, &scratch);
    self->documents++;
    self->missing += !found;
    if (!found) found = &nothing;
    eval_pair pair = eval_compare(gold, found, &self->types, self->plan.map, self->views, &scratch);
    self->other += pair.other;
    eval_facts_of(want, gold, &pair.gold, &frame, &self->types, &scratch);
    eval_facts_of(got, found, &pair.found, &frame, &self->types, &scratch);
    if (!gold->has_about) got->lists[EVAL_ABOUT].count = 0;
    eval_counts *row = add_row(self);
    for (size_t i = 0; i < EVAL_FIXED_COUNT + self->types.count; i++)
        row[i] = (eval_counts){ eval_facts_common(&want->lists[i], &got->lists[i]), want->lists[i].count, got->lists[i].count };
    eval_add_misses(self, gold, want, got);
    eval_add_groups(self, gold, &pair);
    cli_pool_clear(&scratch);
}

/* ---- figures ---- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static eval_counts sum(const eval_score *self, const unsigned *weights, size_t measure)
{
    eval_counts total = { 0 };
    for (size_t i = 0; i < self->rows.count; i++) {
        const eval_counts *row = &self->rows.items[i][measure];
        size_t weight = weights ? weights[i] : 1;
        total.right += weight * row->right;
        total.gold += weight * row->gold;
        total.found += weight * row->found;
    }
    return total;
}

/* Draws as many documents as there are, each as often as it comes: weights[i] is how often. */
static void draw(eval_random *random, unsigned *weights, size_t documents)
{
    memset(weights, 0, documents * sizeof *weights);
    for (size_t i = 0; i < documents; i++) weights[(size_t)(eval_random_next(random) * (double)documents)]++;
}

typedef double f1_samples[SAMPLES];

static void finish_intervals(eval_score *self)
{
    size_t documents = self->rows.count, measures = EVAL_FIXED_COUNT + self->types.count;
    unsigned *weights = cli_pool_take(&self->pool, documents * sizeof *weights);
    f1_samples *f1 = cli_pool_take(&self->pool, measures * sizeof *f1);
    eval_random random;
    eval_random_seed(&random, SEED);
    for (size_t s = 0; s < SAMPLES; s++) {
        draw(&random, weights, documents);
        for (size_t i = 0; i < measures; i++)
            if (self->measures[i].shown) f1[i][s] = eval_rate_of(sum(self, weights, i)).f1;
    }
    for (size_t i = 0; i < measures; i++) {
        qsort(f1[i], SAMPLES, sizeof f1[i][0], by_value);
        self->measures[i].low = f1[i][LOW];
        self->measures[i].high = f1[i][HIGH];
    }
}

static void finish_views(eval_measure *item, const eval_views *v)
{
    double half = (double)v->exact + 0.5 * (double)v->partial;
    item->span = mixed_rate((double)v->span_right, (double)v->span_found, (double)v->span_covered, (double)v->gold);
    item->overlap = mixed_rate(half, (double)v->overlap_found, half, (double)v->gold);
}

static void add_views(eval_views *to, const eval_views *v)
{
    to->gold += v->gold;
    to->span_found += v->span_found;
    to->span_right += v->span_right;
    to->span_covered += v->span_covered;
    to->overlap_found += v->overlap_found;
    to->exact += v->exact;
    to->partial += v->partial;
}

void eval_score_end(eval_score *self)
{
    eval_views all = { 0 };
    for (size_t i = 0; i < EVAL_FIXED_COUNT + self->types.count; i++) {
        self->measures[i].total = sum(self, NULL, i);
        self->measures[i].strict = eval_rate_of(self->measures[i].total);
    }
    finish_intervals(self);
    for (size_t i = 0; i < self->types.count; i++) {
        finish_views(&self->measures[EVAL_FIXED_COUNT + i], &self->views[i]);
        if (!self->types.hidden[i]) add_views(&all, &self->views[i]);
    }
    finish_views(&self->measures[EVAL_MENTIONS], &all);
    eval_sort_groups(self);
}

void eval_score_clear(eval_score *self)
{
    cli_pool_clear(&self->pool);
}

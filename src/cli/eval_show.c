/* eval_show.c - the results as text. */
#include "cli/eval_show.h"

#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

const eval_measure *eval_measure_at(const eval_score *self, size_t index)
{
    size_t count = EVAL_FIXED_COUNT + self->types.count;
    for (size_t i = 0; i < count; i++) {
        const eval_measure *measure = &self->measures[(i + EVAL_FIXED_COUNT) % count];
        if (measure->shown && index-- == 0) return measure;
    }
    return NULL;
}

static void show_misses(const eval_score *self, FILE *out)
{
    for (size_t i = 0; i < self->misses.count; i++) {
        const eval_miss *miss = &self->misses.items[i];
        fprintf(out, "%c %s", miss->spurious ? '+' : '-', miss->doc);
        if (miss->placed) fprintf(out, " %u-%u", miss->start, miss->end);
        fprintf(out, " %s \"%s\"", miss->measure, miss->text ? miss->text : "");
        if (miss->rule) fprintf(out, " by %s", miss->rule);
        fputc('\n', out);
        if (miss->before) fprintf(out, "    … %s[%s]%s …\n", miss->before, miss->text, miss->after);
        if (miss->quote) fprintf(out, "    \"%s\"\n", miss->quote);
        for (size_t k = 0; k < miss->instead.count; k++)
            fprintf(out, "    %s: %s\n", miss->spurious ? "gold" : "found", miss->instead.items[k]);
    }
}

/* Some names are longer than a column. */
static void show_name(const char *name, FILE *out)
{
    fprintf(out, "%-24s", name);
}

static void show_measures(const eval_score *self, FILE *out)
{
    const eval_measure *item;
    fprintf(out, "%-24s%7s%7s%7s   %-11s%8s%7s%9s%9s\n", "measure", "P", "R", "F1", "95 %", "gold", "found", "span F1",
            "overlap");
    for (size_t i = 0; (item = eval_measure_at(self, i)); i++) {
        show_name(item->name, out);
        fprintf(out, "%7.3f%7.3f%7.3f   %.3f-%.3f%8zu%7zu", item->strict.precision, item->strict.recall, item->strict.f1,
                item->low, item->high, item->total.gold, item->total.found);
        if (item->is_type || strcmp(item->name, "mentions") == 0) fprintf(out, "%9.3f%9.3f", item->span.f1, item->overlap.f1);
        fputc('\n', out);
    }
}

static void show_by_type(const eval_score *self, FILE *out)
{
    fprintf(out, "\n%-24s%7s%7s%7s%7s%7s%7s%9s\n", "gold type", "gold", "right", "type", "bounds", "both", "missed",
            "spurious");
    for (size_t i = 0; i < self->groups.count; i++) {
        const eval_group *g = &self->groups.items[i];
        show_name(g->name, out);
        fprintf(out, "%7zu%7zu%7zu%7zu%7zu%7zu%9zu\n", g->counts.gold, g->counts.right, g->other_type, g->other_bounds,
                g->other_both, g->missed, g->counts.found - g->counts.right);
    }
}

static void show_by_name(const eval_score *self, FILE *out)
{
    bool rules = self->plan.by == EVAL_BY_RULE;
    fprintf(out, rules ? "\n%-56s%7s%7s%7s\n" : "\n%-24s%7s%7s%7s%8s%7s\n", rules ? "rule" : "source", rules ? "found" : "P",
            rules ? "wrong" : "R", rules ? "P" : "F1", "gold", "found");
    for (size_t i = 0; i < self->groups.count; i++) {
        const eval_group *g = &self->groups.items[i];
        eval_rate rate = eval_rate_of(g->counts);
        if (rules)
            fprintf(out, "%-56s%7zu%7zu%7.3f\n", g->name, g->counts.found, g->counts.found - g->counts.right, rate.precision);
        else
            fprintf(out, "%-24s%7.3f%7.3f%7.3f%8zu%7zu\n", g->name, rate.precision, rate.recall, rate.f1, g->counts.gold,
                    g->counts.found);
    }
}

static void show_all(const eval_score *self, FILE *out)
{
    show_misses(self, out);
    if (self->misses.count) fputc('\n', out);
    show_measures(self, out);
    if (self->plan.by == EVAL_BY_TYPE) show_by_type(self, out);
    else if (self->plan.by != EVAL_BY_NOTHING) show_by_name(self, out);
}

/* Ids, labels and texts come from whoever wrote the gold. */
void eval_show_text(const eval_score *self, FILE *out)
{
    char *text = NULL;
    size_t size;
    FILE *memory = open_memstream(&text, &size);
    if (memory) show_all(self, memory);
    if (memory && fclose(memory) == 0) cli_print_clean(out, text, true);
    else fputs("attache: out of memory\n", stderr);
    free(text);
}

/* eval_show_html.c - the results as one page that needs nothing else. */
#include "cli/eval_show.h"

#include <string.h>

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>attache eval</title><style>\n"
    "body{font:15px/1.45 sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}\n"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:.15em .7em;text-align:right;border-bottom:1px solid #ddd}\n"
    "td:first-child,th:first-child{text-align:left}mark{background:#ffe08a}.miss{margin:.8em 0}.spurious "
    "mark{background:#f7b7b2}\n"
    "small{color:#555}.bar{display:inline-block;height:.7em;background:#4a7fb5}\n</style></head><body>\n<h1>attache "
    "eval</h1>\n";

static void put(const char *text, FILE *out)
{
    for (; text && *text; text++) {
        if (*text == '<') fputs("&lt;", out);
        else if (*text == '>') fputs("&gt;", out);
        else if (*text == '&') fputs("&amp;", out);
        else if (*text == '"') fputs("&quot;", out);
        else fputc(*text, out);
    }
}

static void put_name(const char *name, FILE *out)
{
    fputs("<tr><td>", out);
    put(name, out);
    fputs("</td>", out);
}

static void put_measures(const eval_score *self, FILE *out)
{
    const eval_measure *item;
    fputs("<table><tr><th>measure</th><th>P</th><th>R</th><th>F1</th><th></th><th>95 %</th><th>gold</th><th>found</th>"
          "<th>span F1</th><th>overlap F1</th></tr>\n",
          out);
    for (size_t i = 0; (item = eval_measure_at(self, i)); i++) {
        put_name(item->name, out);
        fprintf(out, "<td>%.3f</td><td>%.3f</td><td>%.3f</td>", item->strict.precision, item->strict.recall, item->strict.f1);
        fprintf(out, "<td style=\"width:8em;text-align:left\"><span class=\"bar\" style=\"width:%.0f%%\"></span></td>",
                100 * item->strict.f1);
        fprintf(out, "<td>%.3f–%.3f</td><td>%zu</td><td>%zu</td>", item->low, item->high, item->total.gold, item->total.found);
        if (item->is_type || strcmp(item->name, "mentions") == 0)
            fprintf(out, "<td>%.3f</td><td>%.3f</td>", item->span.f1, item->overlap.f1);
        else fputs("<td></td><td></td>", out);
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void put_groups(const eval_score *self, FILE *out)
{
    bool rules = self->plan.by == EVAL_BY_RULE;
    fputs(rules ? "<h2>By rule</h2>\n<table><tr><th>rule</th><th>found</th><th>right</th></tr>\n"
                : "<h2>Mentions of gold</h2>\n<table><tr><th></th><th>found</th><th>right</th><th>gold</th><th>other type</th>"
                  "<th>other bounds</th><th>both</th><th>missed</th></tr>\n",
          out);
    for (size_t i = 0; i < self->groups.count; i++) {
        const eval_group *g = &self->groups.items[i];
        put_name(g->name, out);
        fprintf(out, "<td>%zu</td><td>%zu</td>", g->counts.found, g->counts.right);
        if (!rules)
            fprintf(out, "<td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td>", g->counts.gold, g->other_type,
                    g->other_bounds, g->other_both, g->missed);
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void put_miss(const eval_miss *miss, FILE *out)
{
    fprintf(out, "<div class=\"miss%s\"><b>%s ", miss->spurious ? " spurious" : "",
            miss->spurious ? "found, not in gold:" : "missed:");
    put(miss->measure, out);
    fputs("</b> <small>", out);
    put(miss->doc, out);
    if (miss->placed) fprintf(out, " %u-%u", miss->start, miss->end);
    if (miss->rule) fputs(" by ", out);
    put(miss->rule, out);
    fputs("</small><br>", out);
    put(miss->before, out);
    fputs("<mark>", out);
    put(miss->text, out);
    fputs("</mark>", out);
    put(miss->after, out);
    if (miss->quote) fputs(" <q>", out), put(miss->quote, out), fputs("</q>", out);
    for (size_t i = 0; i < miss->instead.count; i++) {
        fputs(miss->spurious ? "<br>gold: " : "<br>found: ", out);
        put(miss->instead.items[i], out);
    }
    fputs("</div>\n", out);
}

void eval_show_html(const eval_score *self, FILE *out)
{
    fputs(head, out);
    fprintf(out, "<p>%zu document%s. Intervals: 500 bootstrap samples of documents.</p>\n", self->documents,
            self->documents == 1 ? "" : "s");
    put_measures(self, out);
    if (self->plan.by != EVAL_BY_NOTHING) put_groups(self, out);
    if (self->plan.misses) fprintf(out, "<h2>Misses (%zu)</h2>\n", self->misses.count);
    for (size_t i = 0; i < self->misses.count; i++) put_miss(&self->misses.items[i], out);
    fputs("</body></html>\n", out);
}

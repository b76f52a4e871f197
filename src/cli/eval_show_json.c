/* eval_show_json.c - the results as one JSON object: a key for each measure, then what else was asked for. */
#include "cli/eval_show.h"

#include <string.h>

static void put_string(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\') fprintf(out, "\\%c", byte);
        else if (byte < 0x20) fprintf(out, "\\u%04x", byte);
        else fputc(byte, out);
    }
    fputc('"', out);
}

static void put_key(const char *key, bool first, FILE *out)
{
    fputs(first ? "" : ", ", out);
    put_string(key, out);
    fputs(": ", out);
}

static void put_words(const eval_words *words, FILE *out)
{
    fputc('[', out);
    for (size_t i = 0; i < words->count; i++) {
        if (i) fputs(", ", out);
        put_string(words->items[i], out);
    }
    fputc(']', out);
}

/* 17 digits say any double exactly. */
static void put_number(const char *key, double number, bool first, FILE *out)
{
    put_key(key, first, out);
    fprintf(out, "%.17g", number);
}

static void put_rate(const eval_rate *rate, FILE *out)
{
    put_number("precision", rate->precision, true, out);
    put_number("recall", rate->recall, false, out);
    put_number("f1", rate->f1, false, out);
}

static void put_view(const char *name, const eval_rate *rate, FILE *out)
{
    put_key(name, false, out);
    fputc('{', out);
    put_rate(rate, out);
    fputc('}', out);
}

static void put_measure(const eval_measure *item, bool first, FILE *out)
{
    put_key(item->name, first, out);
    fputc('{', out);
    put_rate(&item->strict, out);
    put_number("low", item->low, false, out);
    put_number("high", item->high, false, out);
    fprintf(out, ", \"gold\": %zu, \"found\": %zu", item->total.gold, item->total.found);
    if (item->is_type || strcmp(item->name, "mentions") == 0) {
        put_view("span", &item->span, out);
        put_view("overlap", &item->overlap, out);
    }
    fputc('}', out);
}

static void put_optional(const char *key, const char *text, FILE *out)
{
    if (!text) return;
    put_key(key, false, out);
    put_string(text, out);
}

static void put_misses(const eval_score *self, FILE *out)
{
    put_key("misses", false, out);
    fputc('[', out);
    for (size_t i = 0; i < self->misses.count; i++) {
        const eval_miss *miss = &self->misses.items[i];
        fprintf(out, "%s{\"spurious\": %s", i ? ", " : "", miss->spurious ? "true" : "false");
        put_optional("id", miss->doc, out);
        put_optional("measure", miss->measure, out);
        if (miss->placed) fprintf(out, ", \"start\": %u, \"end\": %u", miss->start, miss->end);
        put_optional("text", miss->text, out);
        put_optional("before", miss->before, out);
        put_optional("after", miss->after, out);
        put_optional("quote", miss->quote, out);
        put_optional("rule", miss->rule, out);
        put_key(miss->spurious ? "gold" : "found", false, out);
        put_words(&miss->instead, out);
        fputc('}', out);
    }
    fputc(']', out);
}

static void put_groups(const eval_score *self, FILE *out)
{
    put_key("by", false, out);
    fputc('{', out);
    for (size_t i = 0; i < self->groups.count; i++) {
        const eval_group *g = &self->groups.items[i];
        put_key(g->name, i == 0, out);
        fprintf(out, "{\"found\": %zu, \"right\": %zu", g->counts.found, g->counts.right);
        if (self->plan.by != EVAL_BY_RULE)
            fprintf(out, ", \"gold\": %zu, \"other_type\": %zu, \"other_bounds\": %zu, \"other_both\": %zu, \"missed\": %zu",
                    g->counts.gold, g->other_type, g->other_bounds, g->other_both, g->missed);
        fputc('}', out);
    }
    fputc('}', out);
}

void eval_show_json(const eval_score *self, FILE *out)
{
    const eval_measure *item;
    fputc('{', out);
    for (size_t i = 0; (item = eval_measure_at(self, i)); i++) put_measure(item, i == 0, out);
    if (self->plan.misses) put_misses(self, out);
    if (self->plan.by != EVAL_BY_NOTHING) put_groups(self, out);
    fputs("}\n", out);
}

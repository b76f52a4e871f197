/* cost_show.c - what rules cost, as a table with advice, and as JSON. */
#include "tools/cost.h"
#include "write/escape.h"

enum { ADVISED = 10, WORDS_OF_NAME = 40 };

static double milliseconds(uint64_t nanoseconds)
{
    return (double)nanoseconds / 1e6;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static uint64_t all_steps(const att_cost_record *self)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < self->step_count; i++) sum += self->steps[i].nanoseconds;
    return sum;
}

static const att_rule *rule_at(const att_cost_record *self, uint32_t rule)
{
    return &self->engine->rules.rules.items[rule];
}

static att_str stage_of(const att_cost_record *self, uint32_t rule)
{
    return self->engine->knowledge.pipeline.stages[rule_at(self, rule)->stage].name;
}

/* ---- text ---- */

static void show_steps(const att_cost_record *self, att_buf *out)
{
    uint64_t all = all_steps(self);
    double seconds = (double)all / 1e9;
    att_buf_format(
        out, "%llu document%s, %llu tokens, %llu bytes in %.1f ms (%.1f MB/s), one thread, without reading and writing\n\n",
        (unsigned long long)self->documents, self->documents == 1 ? "" : "s", (unsigned long long)self->tokens,
        (unsigned long long)self->bytes, milliseconds(all), seconds > 0 ? (double)self->bytes / 1e6 / seconds : 0);
    att_buf_format(out, "%-16s %10s %6s\n", "step", "ms", "%");
    for (uint32_t i = 0; i < self->step_count; i++)
        att_buf_format(out, "%-16.*s %10.1f %6.1f\n", ATT_STR_ARG(self->steps[i].name),
                       milliseconds(self->steps[i].nanoseconds), percent(self->steps[i].nanoseconds, all));
}

static void show_words(const att_cost_record *self, uint32_t rule, att_buf *out)
{
    const att_rule_cost *cost = &self->rules[rule];
    uint32_t anchor = att_cost_anchor(self, rule);
    const att_pattern *element = self->engine->cascade.waker.anchors.items[anchor].element;
    att_buf_format(out, "  waits for %.*s", ATT_STR_ARG(att_cost_pattern(self, element)));
    if (cost->anchor_count > 1) att_buf_format(out, " and %u more", cost->anchor_count - 1);
    for (int i = 0; i < ATT_COST_TOP_WORDS && cost->top[i].word.data; i++)
        att_buf_format(out, "%s'%.*s' %llu", i ? ", " : "; in vain by ", ATT_STR_ARG(cost->top[i].word),
                       (unsigned long long)cost->top[i].count.vain);
    att_buf_byte(out, '\n');
}

static void show_rules(const att_cost_record *self, const uint32_t *order, uint32_t count, uint32_t limit, att_buf *out)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < count; i++) all += self->rules[order[i]].nanoseconds;
    uint32_t shown = limit < count ? limit : count;
    att_buf_format(
        out, "\nThe slowest %u of %u rules that were woken, of %u; ms: the search for their candidates alone, %.1f in all\n\n",
        shown, count, self->engine->rules.rules.count, milliseconds(all));
    att_buf_format(out, "%8s %5s %9s %9s %9s %7s %7s  %s\n", "ms", "%", "wakes", "in vain", "tries", "found", "stand",
                   "rule (stage)");
    for (uint32_t i = 0; i < shown; i++) {
        const att_rule_cost *cost = &self->rules[order[i]];
        att_buf_format(out, "%8.2f %5.1f %9llu %9llu %9llu %7llu %7llu  %.*s (%.*s)\n", milliseconds(cost->nanoseconds),
                       percent(cost->nanoseconds, all), (unsigned long long)cost->count.wakes,
                       (unsigned long long)cost->count.vain, (unsigned long long)cost->tries,
                       (unsigned long long)cost->candidates, (unsigned long long)cost->hits,
                       ATT_STR_ARG(rule_at(self, order[i])->origin.rule), ATT_STR_ARG(stage_of(self, order[i])));
    }
}

static void show_advice(const att_cost_record *self, const uint32_t *order, uint32_t count, att_buf *out)
{
    if (count) att_buf_format(out, "\nWhat to change, the slowest first\n");
    for (uint32_t i = 0; i < count && i < ADVISED; i++) {
        const att_rule *rule = rule_at(self, order[i]);
        att_str advice[ATT_MOST_ADVICE];
        uint32_t said = att_cost_advise(self, order[i], advice);
        att_buf_format(out, "\n%.*s:%u: %.*s\n", ATT_STR_ARG(rule->origin.source->path), rule->line,
                       ATT_STR_ARG(rule->origin.rule));
        show_words(self, order[i], out);
        for (uint32_t a = 0; a < said; a++) att_buf_format(out, "  - %.*s\n", ATT_STR_ARG(advice[a]));
    }
}

void att_cost_text(const att_cost_record *self, uint32_t limit, att_buf *out)
{
    uint32_t count, *order = att_cost_order(self, &count);
    show_steps(self, out);
    show_rules(self, order, count, limit, out);
    show_advice(self, order, count < limit ? count : limit, out);
}

/* ---- JSON ---- */

static void add_count(att_buf *out, const att_wake_count *count)
{
    att_buf_format(out, "\"wakes\":%llu,\"in_vain\":%llu", (unsigned long long)count->wakes, (unsigned long long)count->vain);
}

static void add_anchors(const att_cost_record *self, const att_rule_cost *cost, att_buf *out)
{
    att_buf_format(out, ",\"anchors\":[");
    bool first = true;
    for (uint32_t i = cost->first_anchor; i < cost->first_anchor + cost->anchor_count; i++) {
        if (!self->anchors[i].wakes) continue;
        att_buf_format(out, "%s{\"element\":", first ? "" : ",");
        att_escape_json(out, att_cost_pattern(self, self->engine->cascade.waker.anchors.items[i].element));
        att_buf_byte(out, ',');
        add_count(out, &self->anchors[i]);
        att_buf_byte(out, '}');
        first = false;
    }
    att_buf_format(out, "],\"words\":[");
    for (int i = 0; i < ATT_COST_TOP_WORDS && cost->top[i].word.data; i++) {
        att_buf_format(out, "%s{\"word\":", i ? "," : "");
        att_escape_json(out, cost->top[i].word);
        att_buf_byte(out, ',');
        add_count(out, &cost->top[i].count);
        att_buf_byte(out, '}');
    }
    att_buf_byte(out, ']');
}

static void add_rule(const att_cost_record *self, uint32_t number, att_buf *out)
{
    const att_rule *rule = rule_at(self, number);
    const att_rule_cost *cost = &self->rules[number];
    att_str advice[ATT_MOST_ADVICE];
    uint32_t said = att_cost_advise(self, number, advice);
    att_buf_format(out, "{\"rule\":");
    att_escape_json(out, rule->origin.rule);
    att_buf_format(out, ",\"path\":");
    att_escape_json(out, rule->origin.source->path);
    att_buf_format(out, ",\"line\":%u,\"stage\":", rule->line);
    att_escape_json(out, stage_of(self, number));
    att_buf_byte(out, ',');
    add_count(out, &cost->count);
    att_buf_format(out, ",\"tries\":%llu,\"candidates\":%llu,\"hits\":%llu,\"ms\":%.3f", (unsigned long long)cost->tries,
                   (unsigned long long)cost->candidates, (unsigned long long)cost->hits, milliseconds(cost->nanoseconds));
    add_anchors(self, cost, out);
    att_buf_format(out, ",\"advice\":[");
    for (uint32_t i = 0; i < said; i++) {
        if (i) att_buf_byte(out, ',');
        att_escape_json(out, advice[i]);
    }
    att_buf_format(out, "]}");
}

void att_cost_json(const att_cost_record *self, uint32_t limit, att_buf *out)
{
    uint32_t count, *order = att_cost_order(self, &count);
    att_buf_format(out, "{\"documents\":%llu,\"tokens\":%llu,\"bytes\":%llu,\"ms\":%.3f,\"steps\":[",
                   (unsigned long long)self->documents, (unsigned long long)self->tokens, (unsigned long long)self->bytes,
                   milliseconds(all_steps(self)));
    for (uint32_t i = 0; i < self->step_count; i++) {
        att_buf_format(out, "%s{\"step\":", i ? "," : "");
        att_escape_json(out, self->steps[i].name);
        att_buf_format(out, ",\"ms\":%.3f}", milliseconds(self->steps[i].nanoseconds));
    }
    att_buf_format(out, "],\"rules_woken\":%u,\"rules\":[", count);
    for (uint32_t i = 0; i < count && i < limit; i++) {
        if (i) att_buf_format(out, ",\n");
        add_rule(self, order[i], out);
    }
    att_buf_format(out, "]}\n");
}

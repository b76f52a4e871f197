#include "tools/diff_show.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "tools/plain.h"
#include "write/escape.h"

enum { CONTEXT = 60 /* bytes on each side */, SHOWN_QUOTE = 120 };

static const char signs[] = { '+', '-', '~' };
static const char *const words[] = { "gained", "lost", "changed" };

/* ---- counting ---- */

void att_differences_init(att_differences *self, att_arena *arena, att_arena *scratch, uint32_t limit, bool json)
{
    *self = (att_differences){ .arena = arena, .scratch = scratch, .limit = limit, .json = json };
    self->list = (att_buf){ .arena = arena };
    att_map_init(&self->kinds.keys, arena);
    att_map_init(&self->rules.keys, arena);
}

void att_differences_document(att_differences *self, att_str id)
{
    self->documents++;
    self->differed = false;
    self->id = id;
}

static uint64_t *counts_of(att_differences *self, difference_tally *one, att_str key)
{
    uint32_t known = one->keys.count, number = att_map_add(&one->keys, key);
    if (number == known) {
        ATT_RESERVE(self->arena, &one->counts, 1);
        memset(&one->counts.items[one->counts.count++], 0, sizeof *one->counts.items);
    }
    return one->counts.items[number];
}

void att_differences_same(att_differences *self, att_str kind)
{
    counts_of(self, &self->kinds, kind)[ATT_DIFF_SAME]++;
}

/* ---- the list ---- */

static void begin_document(att_differences *self)
{
    if (self->json) return;
    if (self->list.count) att_buf_byte(&self->list, '\n');
    att_utf8_show(&self->list, self->id, false);
    att_buf_byte(&self->list, '\n');
}

/* Shows the mention with the words around it, on one line. */
static void show_context(att_differences *self, const att_difference *one)
{
    if (!one->place || one->place->start >= one->place->end || !one->source.data) return;
    size_t from = one->place->start > CONTEXT ? one->place->start - CONTEXT : 0, to = one->place->end + CONTEXT;
    if (to > one->source.length) to = one->source.length;
    while (from && (one->source.data[from] & 0xC0) == 0x80) from--;
    while (to < one->source.length && (one->source.data[to] & 0xC0) == 0x80) to++;
    att_str before = att_plain_line(self->scratch, att_str_slice(one->source, from, one->place->start));
    att_str after = att_plain_line(self->scratch, att_str_slice(one->source, one->place->end, to));
    att_str inside = att_plain_line(self->scratch, att_str_slice(one->source, one->place->start, one->place->end));
    att_buf_add(&self->list, from ? ATT_STR("      …") : ATT_STR("      "));
    att_utf8_show(&self->list, before, false);
    att_buf_byte(&self->list, '[');
    att_utf8_show(&self->list, inside, false);
    att_buf_byte(&self->list, ']');
    att_utf8_show(&self->list, to < one->source.length ? after : att_str_trim(after), false);
    att_buf_add(&self->list, to < one->source.length ? ATT_STR("…\n") : ATT_STR("\n"));
}

static void show(att_differences *self, const att_difference *one)
{
    att_str text = att_plain_line(self->scratch, one->text);
    att_buf_format(&self->list, "  %c %.*s", signs[one->sign], ATT_STR_ARG(one->kind));
    if (one->place) att_buf_format(&self->list, " %u-%u", one->place->from, one->place->to);
    att_buf_add(&self->list, ATT_STR(" \""));
    att_utf8_show(&self->list, att_str_slice(text, 0, text.length < SHOWN_QUOTE ? text.length : SHOWN_QUOTE), false);
    att_buf_byte(&self->list, '"');
    if (one->detail.length) {
        att_buf_byte(&self->list, ' ');
        att_utf8_show(&self->list, att_plain_line(self->scratch, one->detail), false);
    }
    if (one->rule.length) att_buf_format(&self->list, " by %.*s", ATT_STR_ARG(one->rule));
    if (one->line.length) att_buf_format(&self->list, " (%.*s)", ATT_STR_ARG(one->line));
    att_buf_byte(&self->list, '\n');
    show_context(self, one);
}

static void add_member(att_differences *self, const char *name, att_str value)
{
    if (!value.data) return;
    att_buf_format(&self->list, ",\"%s\":", name);
    att_escape_json(&self->list, value);
}

static void show_json(att_differences *self, const att_difference *one)
{
    att_buf_format(&self->list, "%s\n{\"doc\":", self->shown > 1 ? "," : "");
    att_escape_json(&self->list, self->id);
    att_buf_format(&self->list, ",\"what\":\"%s\"", words[one->sign]);
    add_member(self, "kind", one->kind);
    if (one->place) att_buf_format(&self->list, ",\"start\":%u,\"end\":%u", one->place->from, one->place->to);
    add_member(self, "text", one->text);
    if (one->detail.length) add_member(self, "detail", one->detail);
    add_member(self, "rule", one->rule);
    add_member(self, "line", one->line);
    att_buf_byte(&self->list, '}');
}

void att_differences_tell(att_differences *self, att_difference one)
{
    counts_of(self, &self->kinds, one.kind)[one.sign]++;
    if (one.rule.length) counts_of(self, &self->rules, one.rule)[one.sign]++;
    self->differences++;
    if (!self->differed) self->differing++;
    if (self->shown < self->limit) {
        if (!self->differed) begin_document(self);
        self->shown++;
        if (self->json) show_json(self, &one);
        else show(self, &one);
    }
    self->differed = true;
}

/* ---- the result ---- */

typedef struct {
    const difference_tally *tally;
    uint32_t number;
} row;

static uint64_t changes(const uint64_t *counts)
{
    return counts[ATT_DIFF_GAINED] + counts[ATT_DIFF_LOST] + counts[ATT_DIFF_CHANGED];
}

static int by_changes(const void *left, const void *right)
{
    const row *a = left, *b = right;
    uint64_t x = changes(a->tally->counts.items[a->number]), y = changes(b->tally->counts.items[b->number]);
    if (x != y) return x > y ? -1 : 1;
    return att_str_compare(a->tally->keys.items[a->number], b->tally->keys.items[b->number]);
}

static row *ordered(att_differences *self, const difference_tally *one)
{
    row *rows = att_arena_alloc(self->arena, sizeof *rows * (one->keys.count + 1));
    for (uint32_t i = 0; i < one->keys.count; i++) rows[i] = (row){ one, i };
    if (one->keys.count) qsort(rows, one->keys.count, sizeof *rows, by_changes);
    return rows;
}

static void write_table(att_differences *self, const difference_tally *one, const char *head, bool same)
{
    const row *rows = ordered(self, one);
    att_buf_format(&self->out, "\n%9s %9s %9s", words[ATT_DIFF_GAINED], words[ATT_DIFF_LOST], words[ATT_DIFF_CHANGED]);
    att_buf_format(&self->out, same ? " %9s  %s\n" : "%.0s  %s\n", "same", head);
    for (uint32_t i = 0; i < one->keys.count; i++) {
        const uint64_t *counts = one->counts.items[rows[i].number];
        for (int c = 0; c < (same ? ATT_DIFF_COUNTS : ATT_DIFF_SAME); c++)
            att_buf_format(&self->out, "%s%9llu", c ? " " : "", (unsigned long long)counts[c]);
        att_buf_format(&self->out, "  %.*s\n", ATT_STR_ARG(one->keys.items[rows[i].number]));
    }
}

static void write_text(att_differences *self)
{
    att_buf_format(&self->out, "%u document%s, %u differ%s, %llu difference%s\n", self->documents,
                   self->documents == 1 ? "" : "s", self->differing, self->differing == 1 ? "s" : "",
                   (unsigned long long)self->differences, self->differences == 1 ? "" : "s");
    if (self->kinds.keys.count) write_table(self, &self->kinds, "what", true);
    if (self->rules.keys.count) write_table(self, &self->rules, "rule", false);
    if (!self->list.count) return;
    att_buf_byte(&self->out, '\n');
    att_buf_add(&self->out, att_buf_str(&self->list));
    if (self->shown < self->differences)
        att_buf_format(&self->out, "\nThe first %llu of %llu; --limit shows more.\n", (unsigned long long)self->shown,
                       (unsigned long long)self->differences);
}

static void write_tally(att_differences *self, const difference_tally *one, const char *name, const char *key, bool same)
{
    const row *rows = ordered(self, one);
    att_buf_format(&self->out, ",\n\"%s\":[", name);
    for (uint32_t i = 0; i < one->keys.count; i++) {
        const uint64_t *counts = one->counts.items[rows[i].number];
        att_buf_format(&self->out, "%s\n{\"%s\":", i ? "," : "", key);
        att_escape_json(&self->out, one->keys.items[rows[i].number]);
        for (int c = 0; c < ATT_DIFF_SAME; c++)
            att_buf_format(&self->out, ",\"%s\":%llu", words[c], (unsigned long long)counts[c]);
        if (same) att_buf_format(&self->out, ",\"same\":%llu", (unsigned long long)counts[ATT_DIFF_SAME]);
        att_buf_byte(&self->out, '}');
    }
    att_buf_byte(&self->out, ']');
}

static void write_json(att_differences *self)
{
    att_buf_format(&self->out, "{\"documents\":%u,\"differing\":%u,\"differences\":%llu", self->documents, self->differing,
                   (unsigned long long)self->differences);
    write_tally(self, &self->kinds, "kinds", "kind", true);
    write_tally(self, &self->rules, "rules", "rule", false);
    att_buf_format(&self->out, ",\n\"list\":[");
    att_buf_add(&self->out, att_buf_str(&self->list));
    att_buf_format(&self->out, "]}\n");
}

void att_differences_write(att_differences *self, att_buf *out)
{
    self->out = (att_buf){ .arena = self->arena };
    if (self->json) write_json(self);
    else write_text(self);
    *out = self->out;
    if (self->json) return;
    *out = (att_buf){ .arena = self->arena };
    att_utf8_show(out, att_buf_str(&self->out), true);
}

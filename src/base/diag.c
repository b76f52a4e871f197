#include "base/diag.h"

#include <stdlib.h>

#include "base/utf8.h"

enum { SHOWN_COLUMNS = 160 };

void att_diags_init(att_diags *self, att_arena *arena)
{
    *self = (att_diags){ .arena = arena };
}

static void push(att_diags *self, att_severity severity, const char *code, att_place place, att_str message)
{
    ATT_RESERVE(self->arena, self, 1);
    self->items[self->count] = (att_diag){ severity, code, place, message, self->count };
    self->count++;
    self->errors += severity == ATT_ERROR;
    self->warnings += severity == ATT_WARNING;
}

void att_report_list(att_diags *self, att_severity severity, const char *code, att_place place, const char *format,
                     va_list arguments)
{
    push(self, severity, code, place, att_str_vformat(self->arena, format, arguments));
}

void att_report(att_diags *self, att_severity severity, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self, severity, code, place, format, arguments);
    va_end(arguments);
}

void att_report_note(att_diags *self, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push(self, ATT_NOTE, "", place, att_str_vformat(self->arena, format, arguments));
    va_end(arguments);
}

/* A long line is cut around the caret. */
void att_place_draw(att_buf *out, att_place place)
{
    att_line_column at = att_source_locate(place.source, place.start);
    att_str line = att_source_line(place.source, at.line);
    size_t from = place.start - place.source->line_starts[at.line - 1];
    if (from > line.length) from = line.length;
    size_t to = from + (place.end > place.start ? place.end - place.start : 1);
    if (to > line.length) to = line.length;
    size_t first = from > SHOWN_COLUMNS / 2 ? from - SHOWN_COLUMNS / 2 : 0;
    size_t last = line.length - first > SHOWN_COLUMNS ? first + SHOWN_COLUMNS : line.length;
    if (first) {
        while (first < from && (line.data[first] & 0xC0) == 0x80) first++;
    }
    while (last < line.length && (line.data[last] & 0xC0) == 0x80) last++;
    att_buf_format(out, "%5u | %s", at.line, first ? "…" : "");
    for (size_t i = first; i < last; i++) att_buf_byte(out, (unsigned char)line.data[i] < 0x20 ? ' ' : line.data[i]);
    att_buf_add(out, last < line.length ? ATT_STR("…\n      | ") : ATT_STR("\n      | "));
    if (first) att_buf_byte(out, ' ');
    for (size_t i = first; i < from; i++)
        if ((line.data[i] & 0xC0) != 0x80) att_buf_byte(out, ' ');
    att_buf_byte(out, '^');
    for (size_t i = from + 1; i < to && i < last; i++)
        if ((line.data[i] & 0xC0) != 0x80) att_buf_byte(out, '^');
    att_buf_byte(out, '\n');
}

static void send(const att_diag *diag, att_arena *arena, att_sink sink, void *user)
{
    static const char *const names[] = { [ATT_NOTE] = "note", [ATT_WARNING] = "warning", [ATT_ERROR] = "error" };
    att_finding finding = { .severity = diag->severity, .code = diag->code };
    att_buf text = { .arena = arena };
    att_buf shown = { .arena = arena };
    if (diag->place.source) {
        att_line_column at = att_source_locate(diag->place.source, diag->place.start);
        finding.path = att_str_copy(arena, diag->place.source->path).data;
        bool whole = !diag->place.source->text.length; /* about a file, not about a line of it */
        finding.line = whole ? 0 : at.line;
        finding.column = whole ? 0 : at.column;
        att_utf8_show(&shown, diag->place.source->path, false); /* a path may have line breaks */
        att_buf_byte(&shown, ':');
        if (!whole) att_buf_format(&shown, "%u:%u:", at.line, at.column);
        att_buf_byte(&shown, ' ');
    }
    finding.message = att_str_copy(arena, diag->message).data;
    att_buf_format(&text, "%s%s%s: %s\n", names[diag->severity], *diag->code ? " " : "", diag->code, finding.message);
    if (finding.line) att_place_draw(&text, diag->place);
    att_utf8_show(&shown, att_buf_str(&text), true);
    att_buf_byte(&shown, '\0');
    finding.text = shown.items;
    sink(user, &finding);
}

/* Where the finding that a note belongs to stands; a finding belongs to itself. */
static const att_diag *owner(const att_diags *self, const att_diag *diag)
{
    while (!*diag->code && diag > self->items) diag--;
    return diag;
}

typedef struct {
    const att_diag *diag, *owner;
} sorted_diag;

static int by_place(const void *left, const void *right)
{
    const sorted_diag *a = left, *b = right;
    const att_place *x = &a->owner->place, *y = &b->owner->place;
    if (x->source != y->source) {
        if (!x->source || !y->source) return x->source ? 1 : -1;
        int order = att_str_compare(x->source->path, y->source->path);
        if (order) return order;
    }
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return (a->diag->order > b->diag->order) - (a->diag->order < b->diag->order);
}

void att_diags_send(const att_diags *self, att_arena *arena, att_sink sink, void *user)
{
    sorted_diag *sorted = att_arena_alloc(arena, sizeof *sorted * self->count);
    for (uint32_t i = 0; i < self->count; i++) sorted[i] = (sorted_diag){ &self->items[i], owner(self, &self->items[i]) };
    if (self->count) qsort(sorted, self->count, sizeof *sorted, by_place);
    for (uint32_t i = 0; i < self->count; i++) send(sorted[i].diag, arena, sink, user);
}

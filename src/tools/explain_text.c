/* explain_text.c - `explain` for people: each span underlined in its line, below it one fact a line. */
#include "tools/why.h"

#include "base/utf8.h"

enum { SHOWN_BYTES = 100, SHOWN_RULE = 120 };

static const char *const loss_names[ATT_LOSS_COUNT] = {
#define X(id, name, help) name,
    ATT_LOSSES(X)
#undef X
};
static const char *const loss_helps[ATT_LOSS_COUNT] = {
#define X(id, name, help) help,
    ATT_LOSSES(X)
#undef X
};

/* Adds text of a document or of rules in one line, safe to print. */
static void add_clean(att_buf *out, att_str text)
{
    att_utf8_show(out, att_str_one_line(out->arena, text), false);
}

static void add_quoted(att_buf *out, att_str text)
{
    att_buf_byte(out, '"');
    add_clean(out, text);
    att_buf_byte(out, '"');
}

static void label(att_buf *out, const char *name)
{
    att_buf_format(out, "  %-9s ", name);
}

/* ---- places ---- */

static bool is_inner(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static uint32_t count_columns(att_str text)
{
    uint32_t columns = 0;
    for (size_t at = 0; at < text.length; at += att_utf8_decode(text, at).length) columns++;
    return columns;
}

/* Finds the part of the line that is shown, with the span in it. */
static void shown_part(att_str text, const att_why_span *span, size_t *first, size_t *last)
{
    size_t length = span->byte_end - span->byte_start, room = length < SHOWN_BYTES ? (SHOWN_BYTES - length) / 2 : 0;
    *first = span->byte_start;
    *last = span->byte_end;
    while (*first && span->byte_start - *first < room && text.data[*first - 1] != '\n') --*first;
    while (*last < text.length && *last - span->byte_end < room && text.data[*last] != '\n' && text.data[*last] != '\r')
        ++*last;
    bool cut = *first && text.data[*first - 1] != '\n';
    while (*first < span->byte_start && cut && text.data[*first] != ' ') ++*first; /* cut between words */
    while (*first < span->byte_start && text.data[*first] == ' ') ++*first;
    while (*last < text.length && is_inner(text.data[*last])) ++*last;
}

static void add_blanked(att_buf *out, att_str text)
{
    att_str copy = att_str_copy(out->arena, text);
    for (size_t i = 0; i < copy.length; i++)
        if (copy.data[i] == '\n' || copy.data[i] == '\r' || copy.data[i] == '\t') ((char *)copy.data)[i] = ' ';
    att_utf8_show(out, copy, false);
}

static void draw(att_buf *out, att_str text, const att_why_span *span)
{
    size_t first, last;
    shown_part(text, span, &first, &last);
    att_buf_add(out, ATT_STR("    | "));
    add_blanked(out, att_str_slice(text, first, last));
    att_buf_add(out, ATT_STR("\n    | "));
    for (uint32_t i = count_columns(att_str_slice(text, first, span->byte_start)); i > 0; i--) att_buf_byte(out, ' ');
    for (uint32_t i = count_columns(span->text); i > 0; i--) att_buf_byte(out, '^');
    att_buf_byte(out, '\n');
}

/* As in: COUNTRY "Korea" 12-17 */
static void add_span(att_buf *out, const att_why_span *span)
{
    if (span->layer.data) att_buf_format(out, "%.*s ", ATT_STR_ARG(span->layer));
    add_quoted(out, span->text);
    att_buf_format(out, " %u-%u", span->start, span->end);
}

/* As in: countries/KOR, rules/countries/names.rules:14 */
static void add_rule(att_buf *out, const att_why_span *span)
{
    if (!span->rule.data) return;
    add_clean(out, span->rule);
    if (!span->path.data) return;
    att_buf_add(out, ATT_STR(", "));
    add_clean(out, span->path);
    att_buf_format(out, ":%u", span->line);
}

static void write_rule(att_buf *out, const att_why_span *span)
{
    label(out, "rule");
    add_rule(out, span);
    att_buf_byte(out, '\n');
    if (!span->line_text.data) return;
    label(out, "");
    size_t length = span->line_text.length < SHOWN_RULE ? span->line_text.length : SHOWN_RULE;
    while (length < span->line_text.length && is_inner(span->line_text.data[length])) length++;
    add_blanked(out, att_str_slice(span->line_text, 0, length));
    att_buf_add(out, length < span->line_text.length ? ATT_STR(" …\n") : ATT_STR("\n"));
}

/* ---- facts ---- */

static void write_fields(att_buf *out, const char *name, const att_why_fields *fields)
{
    if (!fields->count) return;
    label(out, name);
    for (uint32_t i = 0; i < fields->count; i++) {
        if (i) att_buf_add(out, ATT_STR(", "));
        att_buf_format(out, "%.*s ", ATT_STR_ARG(fields->items[i].name));
        add_clean(out, fields->items[i].value);
    }
    att_buf_byte(out, '\n');
}

static void write_captures(att_buf *out, const att_why_captures *captures)
{
    for (uint32_t i = 0; i < captures->count; i++) {
        const att_why_capture *one = &captures->items[i];
        label(out, "capture");
        att_buf_format(out, "%.*s = ", ATT_STR_ARG(one->name));
        add_span(out, &one->span);
        if (one->begins_with.data) att_buf_format(out, ", begins with %.*s", ATT_STR_ARG(one->begins_with));
        att_buf_byte(out, '\n');
    }
}

static void write_test(att_buf *out, const att_why_test *test)
{
    label(out, test->kind);
    add_clean(out, test->text);
    att_buf_add(out, test->holds ? ATT_STR(": holds") : ATT_STR(": does not hold"));
    if (test->values.data) {
        att_buf_add(out, ATT_STR("; "));
        add_clean(out, test->values);
    }
    att_buf_byte(out, '\n');
}

static void write_country(att_buf *out, const att_why *why)
{
    if (!why->country_by) return;
    label(out, "country");
    att_buf_format(out, "by %s", why->country_by);
    if (why->country_from.text.data) {
        att_buf_add(out, ATT_STR(": "));
        add_span(out, &why->country_from);
    }
    att_buf_byte(out, '\n');
}

static void write_settled(att_buf *out, const att_why *why)
{
    if (!why->settled_by) return;
    label(out, "weak name");
    if (strcmp(why->settled_by, "default") == 0) {
        att_buf_add(
            out,
            ATT_STR("settled by the entry's `default` line, or as the one owner that may be meant; no other mention tells\n"));
        return;
    }
    if (strcmp(why->settled_by, "state") == 0) {
        att_buf_add(out, ATT_STR("settled by the state beside it, or by the one that the document is about\n"));
        return;
    }
    att_buf_format(out, "settled by %s ",
                   strcmp(why->settled_by, "inside") == 0 ? "the longer name around it," : "the mention");
    add_span(out, &why->settled_from);
    att_buf_byte(out, '\n');
}

/* ---- what lost ---- */

/* As in: longer (3 words to 2) */
static void add_reason(att_buf *out, const att_why_lost *lost)
{
    att_buf_add(out, att_str_of(loss_helps[lost->why]));
    if (lost->why == ATT_LOST_LONGER && lost->winner_words && lost->loser_words && lost->winner_words != lost->loser_words)
        att_buf_format(out, " (%u words to %u)", lost->winner_words, lost->loser_words);
    att_buf_format(out, " [%s]", loss_names[lost->why]);
}

static void write_beat(att_buf *out, const att_why_lost *lost)
{
    label(out, lost->why == ATT_LOST_MERGED ? "also" : "beat");
    add_span(out, &lost->loser);
    att_buf_add(out, ATT_STR(" of "));
    add_rule(out, &lost->loser);
    att_buf_add(out, ATT_STR(": "));
    add_reason(out, lost);
    att_buf_byte(out, '\n');
}

static void write_lost(att_buf *out, const att_whys *self, const att_why_lost *lost)
{
    att_buf_add(out, ATT_STR("no "));
    add_span(out, &lost->loser);
    att_buf_byte(out, '\n');
    draw(out, self->doc->text, &lost->loser);
    write_rule(out, &lost->loser);
    label(out, "lost");
    if (lost->has_winner) {
        att_buf_add(out, ATT_STR("to "));
        add_span(out, &lost->winner);
        att_buf_add(out, ATT_STR(" of "));
        add_rule(out, &lost->winner);
        att_buf_add(out, ATT_STR(": "));
    }
    add_reason(out, lost);
    att_buf_byte(out, '\n');
}

static void write_annotation(att_buf *out, const att_whys *self, const att_why *why)
{
    add_span(out, &why->span);
    att_buf_byte(out, '\n');
    draw(out, self->doc->text, &why->span);
    write_rule(out, &why->span);
    write_fields(out, "fields", &why->fields);
    write_captures(out, &why->captures);
    for (uint32_t i = 0; i < why->tests.count; i++) write_test(out, &why->tests.items[i]);
    write_settled(out, why);
    write_country(out, why);
    write_fields(out, "entity", &why->entity);
    write_fields(out, "record", &why->record);
    for (uint32_t i = 0; i < why->beat.count; i++) write_beat(out, &why->beat.items[i]);
}

/* ---- the whole ---- */

static void write_note(att_buf *out, const att_whys *self, const att_why_note *note)
{
    add_clean(out, note->text);
    att_buf_byte(out, '\n');
    if (note->at.text.data) draw(out, self->doc->text, &note->at);
    if (note->place.source) att_place_draw(out, note->place);
}

static void write_nothing(att_buf *out, const att_whys *self)
{
    if (self->placed && self->byte_start == self->byte_end)
        att_buf_format(out, "the text has %u code points; there is nothing at %u-%u\n",
                       att_offsets_at(&self->offsets, (uint32_t)self->doc->text.length), self->start, self->end);
    else if (self->placed)
        att_buf_format(out, "no annotation at %u-%u, and no rule or name tried for one\n", self->start, self->end);
    else att_buf_add(out, ATT_STR("no annotation, and no rule or name tried for one\n"));
}

void att_whys_write_text(const att_whys *self, att_buf *out)
{
    for (uint32_t i = 0; i < self->notes.count; i++) write_note(out, self, &self->notes.items[i]);
    for (uint32_t i = 0; i < self->annotations.count; i++) {
        if (i) att_buf_byte(out, '\n');
        write_annotation(out, self, &self->annotations.items[i]);
    }
    for (uint32_t i = 0; i < self->lost.count; i++) {
        if (i || self->annotations.count) att_buf_byte(out, '\n');
        write_lost(out, self, &self->lost.items[i]);
    }
    if (!self->annotations.count && !self->lost.count && !self->notes.count) write_nothing(out, self);
}

#include "tools/test_update.h"

#include <stdlib.h>

#include "tools/rewrite.h"

void att_edits_init(att_edits *self, att_arena *arena)
{
    *self = (att_edits){ .arena = arena };
}

static void push(att_edits *self, att_place place, att_str text)
{
    ATT_RESERVE(self->arena, self, 1);
    self->items[self->count++] = (att_edit){ place, text };
}

/* ---- a line ---- */

/* The rule's name as the line had written it, with or without its pack. */
static att_str rule_name(const att_seen *seen, att_str written)
{
    const char *slash = seen->rule.length ? memchr(seen->rule.data, '/', seen->rule.length) : NULL;
    if (!slash || (written.length && memchr(written.data, '/', written.length))) return seen->rule;
    return att_str_slice(seen->rule, (size_t)(slash - seen->rule.data) + 1, seen->rule.length);
}

/* Copies the line so that its parts can be changed. */
static att_check copy_of(att_arena *arena, const att_check *check)
{
    att_check copy = *check;
    copy.strings = att_arena_zero(arena, check->string_count + 1, sizeof *copy.strings);
    copy.fields = att_arena_zero(arena, check->field_count + 1, sizeof *copy.fields);
    if (check->string_count) memcpy(copy.strings, check->strings, check->string_count * sizeof *copy.strings);
    if (check->field_count) memcpy(copy.fields, check->fields, check->field_count * sizeof *copy.fields);
    return copy;
}

static void take_fields(att_check *copy, const att_seens *seens, const att_seen *seen)
{
    for (uint32_t i = 0; i < copy->field_count; i++) {
        att_check_field *field = &copy->fields[i];
        if (!att_seen_has_field(seens, seen, field)) field->value.text = att_seen_field(seens, seen, field->name);
    }
    if (copy->by.text.data && !att_seen_is_by(seen, copy->by.text)) copy->by.text = rule_name(seen, copy->by.text);
}

/* Puts what is there into the line. False when there is nothing. */
static bool rewrite(att_check *copy, const att_seens *seens, const att_check *check, const att_check_result *match)
{
    for (uint32_t i = 0; i < match->count; i++) {
        if (match->found[i]) continue;
        att_str string = check->string_count ? check->strings[i].text : (att_str){ 0 };
        const att_seen *seen = att_seen_instead(seens, check, string);
        if (!seen) return false;
        if (string.data && !att_seen_is(seens, seen, string))
            copy->strings[i].text = att_str_slice(seens->doc->text, seen->start, seen->end);
        take_fields(copy, seens, seen);
    }
    return true;
}

typedef void writer(att_buf *out, att_str value);

static void note_change(att_edits *self, const att_check_word *old, const att_check_word *new, writer *write)
{
    if (old->text.data == new->text.data) return;
    att_buf text = { .arena = self->arena };
    write(&text, new->text);
    push(self, old->place, att_buf_str(&text));
}

bool att_edits_add(att_edits *self, const att_seens *seens, const att_check *check, const att_check_result *match)
{
    if (check->kind != ATT_CHECK_PRESENT) return false;
    att_check copy = copy_of(self->arena, check);
    if (!rewrite(&copy, seens, check, match) || !att_check_match(seens, self->arena, &copy).holds) return false;
    for (uint32_t i = 0; i < check->string_count; i++)
        note_change(self, &check->strings[i], &copy.strings[i], att_write_string);
    for (uint32_t i = 0; i < check->field_count; i++)
        note_change(self, &check->fields[i].value, &copy.fields[i].value, att_write_value);
    note_change(self, &check->by, &copy.by, att_buf_add);
    self->lines++;
    return true;
}

/* ---- files ---- */

static int by_place(const void *left, const void *right)
{
    const att_edit *a = left, *b = right;
    int order = att_str_compare(a->place.source->path, b->place.source->path);
    if (order) return order;
    return (a->place.start > b->place.start) - (a->place.start < b->place.start);
}

/* The source with edits [first, last) made. */
static att_str edited(const att_edits *self, uint32_t first, uint32_t last)
{
    att_str text = self->items[first].place.source->text;
    att_buf out = { .arena = self->arena };
    size_t at = 0;
    for (uint32_t i = first; i < last; i++) {
        const att_edit *edit = &self->items[i];
        att_buf_add(&out, att_str_slice(text, at, edit->place.start));
        att_buf_add(&out, edit->text);
        at = edit->place.end;
    }
    att_buf_add(&out, att_str_slice(text, at, text.length));
    return att_buf_str(&out);
}

att_status att_edits_write(att_edits *self, const char **path)
{
    if (self->count) qsort(self->items, self->count, sizeof *self->items, by_place);
    for (uint32_t first = 0, last; first < self->count; first = last) {
        const att_source *source = self->items[first].place.source;
        last = first;
        while (last < self->count && self->items[last].place.source == source) last++;
        *path = att_str_copy(self->arena, source->path).data;
        if (!att_rewrite(self->arena, *path, source->text, edited(self, first, last))) return ATT_IO;
    }
    return ATT_OK;
}

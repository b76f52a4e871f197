/* explain_json.c - `explain` for programs, as one object. Offsets are code points. */
#include "tools/why.h"

#include "write/escape.h"

static const char *const loss_names[ATT_LOSS_COUNT] = {
#define X(id, name, help) name,
    ATT_LOSSES(X)
#undef X
};

/* Writes the key of a member, with a comma unless it is the first of its object. */
static void key(att_buf *out, const char *name)
{
    char last = out->count ? out->items[out->count - 1] : '{';
    if (last != '{' && last != '[') att_buf_byte(out, ',');
    if (*name) att_buf_format(out, "\"%s\":", name);
}

static void add_text(att_buf *out, const char *name, att_str value)
{
    key(out, name);
    att_escape_json(out, value);
}

static void add_number(att_buf *out, const char *name, uint32_t value)
{
    key(out, name);
    att_buf_format(out, "%u", value);
}

/* Writes the members that all objects of a span have. */
static void add_span(att_buf *out, const att_why_span *span)
{
    if (span->layer.data) add_text(out, "layer", span->layer);
    add_number(out, "start", span->start);
    add_number(out, "end", span->end);
    add_text(out, "text", span->text);
    if (!span->rule.data) return;
    add_text(out, "rule", span->rule);
    if (!span->path.data) return;
    add_text(out, "path", span->path);
    add_number(out, "line", span->line);
    add_text(out, "line_text", span->line_text);
}

static void add_span_object(att_buf *out, const char *name, const att_why_span *span)
{
    key(out, name);
    att_buf_byte(out, '{');
    add_span(out, span);
    att_buf_byte(out, '}');
}

static void add_fields(att_buf *out, const char *name, const att_why_fields *fields)
{
    if (!fields->count) return;
    key(out, name);
    att_buf_byte(out, '{');
    for (uint32_t i = 0; i < fields->count; i++) {
        const att_why_field *field = &fields->items[i];
        key(out, att_str_copy(out->arena, field->name).data);
        if (field->bare) att_buf_add(out, field->value);
        else att_escape_json(out, field->value);
    }
    att_buf_byte(out, '}');
}

static void add_captures(att_buf *out, const att_why_captures *captures)
{
    if (!captures->count) return;
    key(out, "captures");
    att_buf_byte(out, '[');
    for (uint32_t i = 0; i < captures->count; i++) {
        key(out, "");
        att_buf_byte(out, '{');
        add_text(out, "name", captures->items[i].name);
        add_span(out, &captures->items[i].span);
        if (captures->items[i].begins_with.data) add_text(out, "begins_with", captures->items[i].begins_with);
        att_buf_byte(out, '}');
    }
    att_buf_byte(out, ']');
}

static void add_tests(att_buf *out, const att_why_tests *tests)
{
    if (!tests->count) return;
    key(out, "tests");
    att_buf_byte(out, '[');
    for (uint32_t i = 0; i < tests->count; i++) {
        const att_why_test *one = &tests->items[i];
        key(out, "");
        att_buf_byte(out, '{');
        add_text(out, "kind", att_str_of(one->kind));
        add_text(out, "text", one->text);
        key(out, "holds");
        att_buf_add(out, one->holds ? ATT_STR("true") : ATT_STR("false"));
        if (one->values.data) add_text(out, "values", one->values);
        att_buf_byte(out, '}');
    }
    att_buf_byte(out, ']');
}

/* Writes a fact and what it rests on, which may be a span: {"by":"mention","from":{…}} */
static void add_inference(att_buf *out, const char *name, const char *by, const att_why_span *from, bool has_from)
{
    if (!by) return;
    key(out, name);
    att_buf_byte(out, '{');
    add_text(out, "by", att_str_of(by));
    if (has_from) add_span_object(out, "from", from);
    att_buf_byte(out, '}');
}

static void add_losts(att_buf *out, const char *name, const att_why_losts *losts, bool winners)
{
    key(out, name);
    att_buf_byte(out, '[');
    for (uint32_t i = 0; i < losts->count; i++) {
        const att_why_lost *one = &losts->items[i];
        key(out, "");
        att_buf_byte(out, '{');
        add_span(out, &one->loser);
        add_text(out, "why", att_str_of(loss_names[one->why]));
        if (winners && one->has_winner) add_span_object(out, "to", &one->winner);
        att_buf_byte(out, '}');
    }
    att_buf_byte(out, ']');
}

static void add_annotation(att_buf *out, const att_why *why)
{
    key(out, "");
    att_buf_byte(out, '{');
    add_span(out, &why->span);
    add_fields(out, "fields", &why->fields);
    add_captures(out, &why->captures);
    add_tests(out, &why->tests);
    add_inference(out, "settled", why->settled_by, &why->settled_from, why->settled_from.byte_end);
    add_inference(out, "country", why->country_by, &why->country_from, why->country_from.text.data);
    add_fields(out, "entity", &why->entity);
    add_fields(out, "record", &why->record);
    add_losts(out, "beat", &why->beat, false);
    att_buf_byte(out, '}');
}

static void add_note(att_buf *out, const att_why_note *note)
{
    key(out, "");
    att_buf_byte(out, '{');
    add_text(out, "text", note->text);
    if (note->at.text.data) add_span_object(out, "at", &note->at);
    if (note->place.source) {
        att_line_column at = att_source_locate(note->place.source, note->place.start);
        add_text(out, "path", note->place.source->path);
        add_number(out, "line", at.line);
        add_number(out, "column", at.column);
        add_text(out, "element", att_str_slice(note->place.source->text, note->place.start, note->place.end));
    }
    att_buf_byte(out, '}');
}

void att_whys_write_json(const att_whys *self, att_buf *out)
{
    att_buf_byte(out, '{');
    add_text(out, "id", self->doc->id);
    add_number(out, "start", self->start);
    add_number(out, "end", self->end);
    if (self->rule.data) {
        add_text(out, "rule", self->rule);
        key(out, "why_not");
        att_buf_byte(out, '[');
        for (uint32_t i = 0; i < self->notes.count; i++) add_note(out, &self->notes.items[i]);
        att_buf_byte(out, ']');
    } else {
        key(out, "annotations");
        att_buf_byte(out, '[');
        for (uint32_t i = 0; i < self->annotations.count; i++) add_annotation(out, &self->annotations.items[i]);
        att_buf_byte(out, ']');
        add_losts(out, "lost", &self->lost, true);
    }
    att_buf_add(out, ATT_STR("}\n"));
}

/* explain.c - gathers why each annotation is there: its rule, what it rests on, what lost to it. */
#include "tools/tools.h"

#include "base/utf8.h"
#include "tools/why.h"
#include "tools/why_not.h"

static bool at_place(const att_whys *self, const att_annotation *annotation)
{
    return !self->placed || (annotation->start < self->byte_end && self->byte_start < annotation->end);
}

/* Whether the two are one annotation; a weak name may have been settled in between and so have another entry. */
static bool is_one(const att_annotation *a, const att_annotation *b)
{
    if (att_same_annotation(a, b)) return true;
    return a->layer == b->layer && a->start == b->start && a->end == b->end && a->name == b->name && a->name != ATT_NONE;
}

/* ---- one annotation ---- */

static void add_field(const att_whys *self, att_why_fields *fields, const char *name, att_str value)
{
    if (!value.data) return;
    ATT_RESERVE(self->doc->arena, fields, 1);
    fields->items[fields->count++] = (att_why_field){ att_str_of(name), value, false };
}

/* Adds a number or a truth value, which JSON has without quotation marks. */
static void add_bare(const att_whys *self, att_why_fields *fields, const char *name, att_str value)
{
    add_field(self, fields, name, value);
    fields->items[fields->count - 1].bare = true;
}

static void fill_fields(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    const att_layer *layer = &self->engine->knowledge.layers.items[annotation->layer];
    for (uint32_t i = 0; i < layer->field_count && annotation->fields; i++)
        if (annotation->fields[i].data)
            add_field(self, &out->fields, att_str_copy(self->doc->arena, layer->fields[i]).data, annotation->fields[i]);
}

static const att_rule *rule_of(const att_whys *self, const att_annotation *annotation)
{
    uint32_t number = att_rules_number(&self->engine->rules, annotation->origin);
    return number == ATT_NONE ? NULL : &self->engine->rules.rules.items[number];
}

static void add_capture(const att_whys *self, const att_found *found, const att_binding *binding, att_why *out)
{
    const att_tokens *tokens = &self->doc->tokens;
    att_str name = found->rule->captures[binding->capture];
    if (!name.length) return;
    att_why_capture capture = { .name = name,
                                .span = att_why_span_at(self, tokens->start[binding->first], tokens->end[binding->last - 1]) };
    if (binding->annotation) capture.begins_with = self->engine->knowledge.layers.items[binding->annotation->layer].name;
    ATT_RESERVE(self->doc->arena, &out->captures, 1);
    out->captures.items[out->captures.count++] = capture;
}

/* Adds what the rule's captures and tests were when it made the annotation. */
static void fill_match(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    const att_rule *rule = rule_of(self, annotation);
    const att_found *found = rule ? att_trace_found(self->record, rule, annotation) : NULL;
    if (!found) return;
    for (uint32_t i = 0; i < found->binding_count; i++) add_capture(self, found, &found->bindings[i], out);
    att_why_test_all(self, found, rule->stage, &out->tests);
}

static void fill_country(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    if (!annotation->country_by) return;
    out->country_by = att_country_step_names[annotation->country_by];
    for (uint32_t i = 0; i < self->record->located.count; i++) {
        const att_located *located = &self->record->located.items[i];
        if (located->has_from && is_one(&located->agency, annotation))
            out->country_from = att_why_span_of(self, &located->from);
    }
}

static void fill_settled(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    static const char *const names[] = { "inside", "mention", "default", "state" };
    for (uint32_t i = 0; i < self->record->settled.count; i++) {
        const att_settled *settled = &self->record->settled.items[i];
        if (!is_one(&settled->weak, annotation)) continue;
        out->settled_by = names[settled->by];
        out->settled_from = att_why_span_at(self, settled->start, settled->end);
    }
}

static void fill_entity(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    if (annotation->entity == ATT_NONE || annotation->entity >= self->doc->entities.count) return;
    const att_entity *entity = &self->doc->entities.items[annotation->entity];
    add_field(self, &out->entity, "id", entity->id);
    add_field(self, &out->entity, "name", entity->name);
    add_bare(self, &out->entity, "mentions", att_str_format(self->doc->arena, "%u", entity->mentions));
}

static att_str get(const att_whys *self, const att_annotation *annotation, const char *field)
{
    return att_annotation_field(annotation, &self->engine->knowledge.layers, att_str_of(field));
}

static void fill_official(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *record = &self->doc->officials.items[i];
        if (record->start != annotation->start || record->end != annotation->end || record->origin != annotation->origin)
            continue;
        add_field(self, &out->record, "name", record->name);
        add_field(self, &out->record, "title", record->title);
        add_field(self, &out->record, "agency", record->agency);
        add_field(self, &out->record, "agency_id", record->agency_id);
        add_field(self, &out->record, "country", record->country);
        add_field(self, &out->record, "office", record->office);
        add_field(self, &out->record, "status", record->status);
        return;
    }
}

static bool bears_out(const att_theme *theme, const att_annotation *annotation)
{
    uint32_t start = annotation->match_end ? annotation->match_start : annotation->start;
    uint32_t end = annotation->match_end ? annotation->match_end : annotation->end;
    for (uint32_t i = 0; i < theme->evidence_count; i++) {
        const att_evidence *one = &theme->evidence[i];
        if (one->start == start && one->end == end && one->origin == annotation->origin) return true;
    }
    return false;
}

/* Adds the themes for which a THEME or TOPIC is evidence. */
static void fill_themes(const att_whys *self, const att_annotation *annotation, att_why *out)
{
    for (uint32_t i = 0; i < self->doc->themes.count; i++) {
        const att_theme *theme = &self->doc->themes.items[i];
        if (!att_str_equal(theme->topic, get(self, annotation, "topic")) || !bears_out(theme, annotation)) continue;
        add_field(self, &out->record, "theme", theme->theme);
        add_field(self, &out->record, "role", theme->role);
        add_field(self, &out->record, "modality", theme->modality);
        add_bare(self, &out->record, "score", att_str_format(self->doc->arena, "%g", theme->score));
        add_bare(self, &out->record, "document_topic", theme->document_topic ? ATT_STR("true") : ATT_STR("false"));
    }
}

static void add_lost(const att_whys *self, att_why_losts *out, const att_lost *lost)
{
    ATT_RESERVE(self->doc->arena, out, 1);
    out->items[out->count++] = att_why_lost_of(self, lost);
}

/* What lost, by where its winner begins. */
typedef struct {
    att_ranked *items;
    uint32_t count;
    bool *told; /* by number of the loss */
} lost_by_winner;

static lost_by_winner rank_losses(const att_whys *self)
{
    const uint32_t count = self->record->losses.count;
    att_arena *arena = self->doc->arena;
    lost_by_winner out = { .items = att_arena_alloc(arena, sizeof *out.items * (count + 1)),
                           .told = att_arena_zero(arena, count + 1, sizeof *out.told) };
    for (uint32_t i = 0; i < count; i++)
        if (self->record->losses.items[i].has_winner)
            out.items[out.count++] = (att_ranked){ self->record->losses.items[i].winner.start, i };
    att_order(arena, out.items, out.count);
    return out;
}

static void add_annotation(att_whys *self, const att_annotation *annotation, const lost_by_winner *losses)
{
    att_why out = { .span = att_why_span_of(self, annotation) };
    fill_fields(self, annotation, &out);
    fill_match(self, annotation, &out);
    fill_country(self, annotation, &out);
    fill_settled(self, annotation, &out);
    fill_entity(self, annotation, &out);
    if (annotation->layer == ATT_LAYER_OFFICIAL) fill_official(self, annotation, &out);
    if (annotation->layer == ATT_LAYER_THEME || annotation->layer == ATT_LAYER_TOPIC) fill_themes(self, annotation, &out);
    for (uint32_t i = att_order_from(losses->items, losses->count, annotation->start); i < losses->count; i++) {
        const uint32_t number = losses->items[i].index;
        const att_lost *lost = &self->record->losses.items[number];
        if (lost->winner.start != annotation->start) break;
        if (losses->told[number] || !is_one(&lost->winner, annotation)) continue;
        losses->told[number] = true;
        add_lost(self, &out.beat, lost);
    }
    ATT_RESERVE(self->doc->arena, &self->annotations, 1);
    self->annotations.items[self->annotations.count++] = out;
}

static void gather(att_whys *self)
{
    const att_annotations *all = &self->doc->annotations;
    const lost_by_winner losses = rank_losses(self);
    for (uint32_t i = 0; i < all->count; i++)
        if (at_place(self, &all->items[i])) add_annotation(self, &all->items[i], &losses);
    for (uint32_t i = 0; i < self->record->losses.count; i++)
        if (!losses.told[i] && at_place(self, &self->record->losses.items[i].loser))
            add_lost(self, &self->lost, &self->record->losses.items[i]);
}

/* ---- the whole ---- */

static const struct {
    const char *name;
    void (*write)(const att_whys *self, att_buf *out);
} formats[] = { { "text", att_whys_write_text }, { "json", att_whys_write_json } };
enum { FORMATS = sizeof formats / sizeof *formats };

const char *att_explain_format(size_t index)
{
    return index < FORMATS ? formats[index].name : NULL;
}

typedef struct {
    const att_engine *engine;
    att_doc *doc;
    const att_explain_options *options;
    att_trace_record *record;
    att_buf out;
    att_status status;
} job;

static void begin(void *argument)
{
    job *self = argument;
    self->record = att_trace_begin(att_doc_inside(self->doc));
}

/* The byte at which code point number `wanted` begins, or the end of the text. */
static uint32_t byte_of(const att_document *doc, uint64_t wanted)
{
    size_t at = 0;
    for (uint64_t i = 0; i < wanted && at < doc->text.length; i++) at += att_utf8_decode(doc->text, at).length;
    return (uint32_t)at;
}

static void find_place(att_whys *self, const att_explain_options *options)
{
    self->placed = options->placed;
    self->byte_start = options->placed ? byte_of(self->doc, options->start) : 0;
    self->byte_end = options->placed ? byte_of(self->doc, options->end) : (uint32_t)self->doc->text.length;
    self->start = options->placed ? (uint32_t)options->start : 0;
    self->end = options->placed ? (uint32_t)options->end : att_offsets_at(&self->offsets, self->byte_end);
}

static void report(void *argument)
{
    job *self = argument;
    att_whys whys = { .engine = self->engine, .doc = att_doc_inside(self->doc), .record = self->record };
    size_t format = 0;
    att_offsets_init(&whys.offsets, whys.doc->arena, whys.doc->text, whys.doc->well_formed, ATT_OFFSET_CODEPOINT);
    find_place(&whys, self->options);
    self->out = (att_buf){ .arena = whys.doc->arena };
    if (!self->options->rule) {
        gather(&whys);
    } else if (!att_why_not(&whys, att_str_of(self->options->rule), &self->out)) {
        self->status = ATT_OPTION;
        return;
    }
    while (self->options->format && format + 1 < FORMATS && strcmp(formats[format].name, self->options->format) != 0) format++;
    formats[format].write(&whys, &self->out);
}

att_status att_explain(const att_engine *engine, att_doc *doc, const att_explain_options *options, const char **bytes,
                       size_t *size)
{
    job self = { .engine = engine, .doc = doc, .options = options };
    att_guard *guard = att_doc_inside(doc)->arena->guard;
    att_status status = att_guard_run(guard, begin, &self);
    if (status == ATT_OK) status = att_doc_tag(doc);
    if (status == ATT_OK && att_doc_error(doc, NULL)) status = ATT_NOMEM;
    if (status == ATT_OK) status = att_guard_run(guard, report, &self);
    *bytes = self.out.items ? self.out.items : "";
    *size = self.out.count;
    return status == ATT_OK ? self.status : status;
}

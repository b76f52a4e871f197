/* explain.c - gathers why each annotation stands there: its rule, what it rests on, what lost to it. */
#include "tools/tools.h"

#include "base/utf8.h"
#include "tools/why.h"
#include "tools/why_not.h"

/* ---- spans ---- */

att_why_span att_why_span_at(const att_whys *self, uint32_t byte_start, uint32_t byte_end)
{
    return (att_why_span){ .text = att_str_slice(self->doc->text, byte_start, byte_end),
                           .byte_start = byte_start,
                           .byte_end = byte_end,
                           .start = att_offsets_at(&self->offsets, byte_start),
                           .end = att_offsets_at(&self->offsets, byte_end) };
}

att_why_span att_why_span_of(const att_whys *self, const att_annotation *annotation)
{
    att_why_span out = att_why_span_at(self, annotation->start, annotation->end);
    out.layer = self->engine->knowledge.layers.items[annotation->layer].name;
    if (!annotation->origin) return out;
    out.rule = annotation->origin->rule;
    if (!annotation->origin->source || !annotation->line || annotation->line > annotation->origin->source->line_count)
        return out;
    out.path = annotation->origin->source->path;
    out.line = annotation->line;
    out.line_text = att_str_trim(att_source_line(annotation->origin->source, annotation->line));
    return out;
}

static bool at_place(const att_whys *self, const att_annotation *annotation)
{
    return !self->placed || (annotation->start < self->byte_end && self->byte_start < annotation->end);
}

/* Whether two annotations are one, also when a weak name was settled between. */
static bool is_one(const att_annotation *a, const att_annotation *b)
{
    if (att_same_annotation(a, b)) return true;
    return a->layer == b->layer && a->start == b->start && a->end == b->end && a->name == b->name && a->name != ATT_NONE;
}

/* ---- tests of a rule ---- */

static att_str list_name(const att_whys *self, uint32_t list)
{
    return self->engine->knowledge.lists.lists.items[list].name;
}

static void print_value(const att_rule *rule, const att_value *value, att_buf *out);

static void print_arguments(const att_rule *rule, const att_value *value, const char *between, att_buf *out)
{
    for (const att_value *one = value->arguments; one; one = one->next) {
        print_value(rule, one, out);
        if (one->next) att_buf_add(out, att_str_of(between));
    }
}

static void print_call(const att_rule *rule, const char *name, const att_value *value, att_buf *out)
{
    att_buf_format(out, "%s(", name);
    print_arguments(rule, value, ", ", out);
    att_buf_byte(out, ')');
}

/* The value as a rule says it. */
static void print_value(const att_rule *rule, const att_value *value, att_buf *out)
{
    switch (value->kind) {
    case ATT_VALUE_CAPTURE: att_buf_add(out, rule->captures[value->capture]); break;
    case ATT_VALUE_STRING: att_buf_format(out, "\"%.*s\"", ATT_STR_ARG(value->text)); break;
    case ATT_VALUE_NULL: att_buf_add(out, ATT_STR("null")); break;
    case ATT_VALUE_OFFICE: print_call(rule, "office", value, out); break;
    case ATT_VALUE_ANTECEDENT: att_buf_add(out, ATT_STR("antecedent()")); break;
    case ATT_VALUE_ONLY: att_buf_add(out, ATT_STR("only()")); break;
    case ATT_VALUE_SUBJECT: att_buf_add(out, ATT_STR("subject()")); break;
    case ATT_VALUE_ACTORS: print_call(rule, "actors", value, out); break;
    case ATT_VALUE_DOC: print_call(rule, "doc", value, out); break;
    case ATT_VALUE_OR: print_arguments(rule, value, " or ", out); break;
    }
    if (value->path.data) att_buf_format(out, ".%.*s", ATT_STR_ARG(value->path));
}

static void print_comparison(const att_whys *self, const att_rule *rule, const att_condition *one, att_buf *out)
{
    bool call = one->kind == ATT_IF_KNOWN || one->kind == ATT_IF_HOLDER;
    if (one->kind == ATT_IF_KNOWN) att_buf_add(out, ATT_STR("known("));
    if (one->kind == ATT_IF_HOLDER) att_buf_add(out, ATT_STR("holder("));
    if (one->kind == ATT_IF_AMBIGUOUS) att_buf_add(out, ATT_STR("ambiguous"));
    if (one->left) print_value(rule, one->left, out);
    if (one->kind == ATT_IF_IN_LIST) att_buf_format(out, " in <%.*s>", ATT_STR_ARG(list_name(self, one->list)));
    if (one->right)
        att_buf_add(out, one->kind == ATT_IF_EQUAL       ? ATT_STR(" = ")
                         : one->kind == ATT_IF_DIFFERENT ? ATT_STR(" != ")
                                                         : ATT_STR(", "));
    if (one->right) print_value(rule, one->right, out);
    if (call) att_buf_byte(out, ')');
}

/* "x is "Korea"" for what is not written out in the rule. */
static void print_actual(const att_found *found, att_scene *scene, const att_value *value, att_buf *out)
{
    if (!value || value->kind == ATT_VALUE_STRING || value->kind == ATT_VALUE_NULL) return;
    att_str actual = att_found_value(found, scene, value, NULL);
    if (out->count) att_buf_add(out, ATT_STR(", "));
    print_value(found->rule, value, out);
    if (actual.data) att_buf_format(out, " is \"%.*s\"", ATT_STR_ARG(actual));
    else att_buf_add(out, ATT_STR(" is null"));
}

static void test_condition(const att_whys *self, const att_found *found, att_scene *scene, const att_condition *condition,
                           bool not, att_why_tests *out)
{
    if (condition->kind == ATT_IF_NOT || condition->kind == ATT_IF_AND || condition->kind == ATT_IF_OR) {
        for (const att_condition *child = condition->children; child; child = child->next)
            test_condition(self, found, scene, child, not != (condition->kind == ATT_IF_NOT), out);
        return;
    }
    att_buf text = { .arena = self->doc->arena }, values = { .arena = self->doc->arena };
    if (not ) att_buf_add(&text, ATT_STR("not "));
    print_comparison(self, found->rule, condition, &text);
    print_actual(found, scene, condition->left, &values);
    print_actual(found, scene, condition->right, &values);
    bool holds = att_found_satisfies(found, scene, condition) != not ;
    ATT_RESERVE(self->doc->arena, out, 1);
    out->items[out->count++] =
        (att_why_test){ "where", att_buf_str(&text), holds, values.count ? att_buf_str(&values) : (att_str){ 0 } };
}

static void test_context(const att_whys *self, const att_found *found, att_scene *scene, uint32_t number, att_why_tests *out)
{
    const att_cascade *cascade = &self->engine->cascade;
    const att_context *context = &found->rule->contexts[number];
    const att_rule_code *code = &cascade->codes[found->rule - cascade->rules->rules.items];
    bool before = context->kind == ATT_PRECEDED || context->kind == ATT_NOT_PRECEDED;
    bool not = context->kind == ATT_NOT_PRECEDED || context->kind == ATT_NOT_FOLLOWED;
    att_matcher matcher;
    att_matcher_init(&matcher, scene, &cascade->predicates);
    uint32_t ends = att_match(&matcher, &code->contexts[number], before ? found->first : found->last,
                              att_scene_paragraph(scene, found->first));
    att_str values = { 0 };
    if (ends) {
        uint32_t end = matcher.ends.items[before ? ends - 1 : 0].end;
        uint32_t first = before ? end : found->last, last = before ? found->first : end;
        values = first < last
                     ? att_str_format(self->doc->arena, "there is \"%.*s\"", ATT_STR_ARG(att_scene_text(scene, first, last)))
                     : ATT_STR("there is the edge of the paragraph");
    }
    att_str line = att_str_trim(att_source_line(found->rule->origin.source, context->line));
    ATT_RESERVE(self->doc->arena, out, 1);
    out->items[out->count++] = (att_why_test){ "context", line, (ends > 0) != not, values };
}

void att_why_test_all(const att_whys *self, const att_found *found, uint32_t stage, att_why_tests *out)
{
    att_scene *scene = &self->record->stages[stage].scene;
    for (uint32_t i = 0; i < found->rule->context_count; i++) test_context(self, found, scene, i, out);
    if (found->rule->where && found->rule->kind == ATT_RULE_MATCH)
        test_condition(self, found, scene, found->rule->where, false, out);
}

/* ---- one annotation ---- */

static void add_field(const att_whys *self, att_why_fields *fields, const char *name, att_str value)
{
    if (!value.data) return;
    ATT_RESERVE(self->doc->arena, fields, 1);
    fields->items[fields->count++] = (att_why_field){ att_str_of(name), value, false };
}

/* A number or a truth value. */
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

/* What the rule that made it saw. */
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
    static const char *const names[] = { "inside", "mention", "default" };
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

/* The themes that a THEME or TOPIC is evidence of. */
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

att_why_lost att_why_lost_of(const att_whys *self, const att_lost *lost)
{
    att_why_lost out = { .loser = att_why_span_of(self, &lost->loser), .has_winner = lost->has_winner, .why = lost->why };
    if (!lost->has_winner) return out;
    out.winner = att_why_span_of(self, &lost->winner);
    if (lost->why == ATT_LOST_BLOCK) out.winner.layer = (att_str){ 0 }; /* a place, no annotation */
    out.loser_words = att_trace_length(self->record, &lost->loser);
    out.winner_words = att_trace_length(self->record, &lost->winner);
    return out;
}

static void add_lost(const att_whys *self, att_why_losts *out, const att_lost *lost)
{
    ATT_RESERVE(self->doc->arena, out, 1);
    out->items[out->count++] = att_why_lost_of(self, lost);
}

static void add_annotation(att_whys *self, const att_annotation *annotation, bool *told)
{
    att_why out = { .span = att_why_span_of(self, annotation) };
    fill_fields(self, annotation, &out);
    fill_match(self, annotation, &out);
    fill_country(self, annotation, &out);
    fill_settled(self, annotation, &out);
    fill_entity(self, annotation, &out);
    if (annotation->layer == ATT_LAYER_OFFICIAL) fill_official(self, annotation, &out);
    if (annotation->layer == ATT_LAYER_THEME || annotation->layer == ATT_LAYER_TOPIC) fill_themes(self, annotation, &out);
    for (uint32_t i = 0; i < self->record->losses.count; i++) {
        const att_lost *lost = &self->record->losses.items[i];
        if (!lost->has_winner || told[i] || !is_one(&lost->winner, annotation)) continue;
        told[i] = true;
        add_lost(self, &out.beat, lost);
    }
    ATT_RESERVE(self->doc->arena, &self->annotations, 1);
    self->annotations.items[self->annotations.count++] = out;
}

static void gather(att_whys *self)
{
    const att_annotations *all = &self->doc->annotations;
    bool *told = att_arena_zero(self->doc->arena, self->record->losses.count + 1, sizeof *told);
    for (uint32_t i = 0; i < all->count; i++)
        if (at_place(self, &all->items[i])) add_annotation(self, &all->items[i], told);
    for (uint32_t i = 0; i < self->record->losses.count; i++)
        if (!told[i] && at_place(self, &self->record->losses.items[i].loser))
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

/* The byte of code point `wanted`, or the text's end. */
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

#include "tools/why.h"

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

/* Writes the value as it stands in a rule. */
static void print_value(const att_rule *rule, const att_value *value, att_buf *out)
{
    switch ((att_value_kind)value->kind) {
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
    bool call = one->kind == ATT_IF_KNOWN || one->kind == ATT_IF_NAMED || one->kind == ATT_IF_HOLDER;
    if (one->kind == ATT_IF_KNOWN) att_buf_add(out, ATT_STR("known("));
    if (one->kind == ATT_IF_NAMED) att_buf_add(out, ATT_STR("named("));
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

/* Writes what the value was, as in: x is "Korea". Nothing for values that the rule spells out. */
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

/* ---- what lost ---- */

att_why_lost att_why_lost_of(const att_whys *self, const att_lost *lost)
{
    att_why_lost out = { .loser = att_why_span_of(self, &lost->loser), .has_winner = lost->has_winner, .why = lost->why };
    if (!lost->has_winner) return out;
    out.winner = att_why_span_of(self, &lost->winner);
    /* The winner is a place that was blocked, not an annotation. */
    if (lost->why == ATT_LOST_BLOCK) out.winner.layer = (att_str){ 0 };
    out.loser_words = att_trace_length(self->record, &lost->loser);
    out.winner_words = att_trace_length(self->record, &lost->winner);
    return out;
}

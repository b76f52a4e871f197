#include "cascade/rule_check.h"

#include "base/regex_form.h"
#include "cascade/contradiction.h"
#include "knowledge/overlay.h"
#include "model/document.h"

typedef struct {
    const att_rules *rules;
    const att_knowledge *knowledge;
    const att_rule *rule; /* NULL in phrases that no rule uses */
    uint32_t written;     /* layers written before the rule's stage */
    uint32_t told;        /* layers whose C07 is reported for this rule */
    att_map reported;     /* findings with their places: a phrase stands in many rules */
} rule_checker;

static void report(rule_checker *self, att_severity severity, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void report(rule_checker *self, att_severity severity, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_str message = att_str_vformat(self->knowledge->arena, format, arguments);
    va_end(arguments);
    att_str key =
        att_str_format(self->knowledge->arena, "%p %u %s %s", (const void *)place.source, place.start, code, message.data);
    uint32_t known = self->reported.count;
    if (att_map_add(&self->reported, key) == known)
        att_report(self->knowledge->diags, severity, code, place, "%s", message.data);
}

static bool accepted(const att_lines_block *block, int code)
{
    return block->accepted >> code & 1;
}

/* ---- C05: tests that no token passes ---- */

static void check_listed(rule_checker *self, const att_test *test)
{
    if (test->kind != ATT_TEST_LIST || test->number == ATT_NONE) return;
    const att_list *list = &self->knowledge->lists.lists.items[test->number];
    if (list->words || list->broken) return;
    report(self, ATT_ERROR, "C05", test->place, "no phrase of list '%.*s' is one word, so no token is by itself in it",
           ATT_STR_ARG(list->name));
}

/* One alternative of a set. */
static void check_conjunction(rule_checker *self, const att_test *test)
{
    if (test->kind == ATT_TEST_AND)
        for (const att_test *child = test->children; child; child = child->next) check_listed(self, child);
    else check_listed(self, test);
    if (!att_test_may_hold(self->knowledge, test))
        report(self, ATT_ERROR, "C05", test->place, "no token has all these properties");
}

static void check_test(rule_checker *self, const att_test *test)
{
    if (!test) return;
    if (test->kind != ATT_TEST_OR) check_conjunction(self, test);
    else
        for (const att_test *child = test->children; child; child = child->next) check_conjunction(self, child);
}

/* ---- C07: what is read and written, when ---- */

static void check_read(rule_checker *self, uint32_t layer, att_place place)
{
    if (!self->rule || self->rule->stage == ATT_NONE || layer == ATT_NONE) return;
    if ((self->written | self->told) >> layer & 1) return;
    self->told |= 1u << layer;
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    report(self, ATT_ERROR, "C07", place, "rule '%.*s' reads %.*s, which no stage before '%.*s' writes",
           ATT_STR_ARG(self->rule->name), ATT_STR_ARG(self->knowledge->layers.items[layer].name),
           ATT_STR_ARG(pipeline->stages[self->rule->stage].name));
}

/* "; those that do: 'titles'", and how a stage comes to write a layer that is not one of the program's own. */
static att_str other_stages(const rule_checker *self, const att_stage *stage, uint32_t layer)
{
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    att_buf told = { .arena = self->knowledge->arena };
    for (uint32_t i = 0; i < pipeline->count; i++)
        if (pipeline->stages[i].writes >> layer & 1)
            att_buf_format(&told, "%s'%.*s'", told.count ? ", " : "; those that do: ", ATT_STR_ARG(pipeline->stages[i].name));
    if (layer >= ATT_KNOWN_LAYERS)
        att_buf_format(&told, "; the block of layer %.*s may say 'stage %.*s'",
                       ATT_STR_ARG(self->knowledge->layers.items[layer].name), ATT_STR_ARG(stage->name));
    return att_buf_str(&told);
}

static void check_written(rule_checker *self, uint32_t layer, att_place place)
{
    if (self->rule->stage == ATT_NONE || layer == ATT_NONE) return;
    const att_stage *stage = &self->knowledge->pipeline.stages[self->rule->stage];
    if (stage->writes >> layer & 1) return;
    const att_layer *layers = self->knowledge->layers.items;
    att_buf written = { .arena = self->knowledge->arena };
    for (uint32_t i = 0; i < self->knowledge->layers.count; i++)
        if (stage->writes >> i & 1) att_buf_format(&written, "%s%.*s", written.count ? ", " : "", ATT_STR_ARG(layers[i].name));
    report(self, ATT_ERROR, "C07", place, "stage '%.*s' does not write %.*s, only %.*s%.*s", ATT_STR_ARG(stage->name),
           ATT_STR_ARG(layers[layer].name), ATT_STR_ARG(att_buf_str(&written)), ATT_STR_ARG(other_stages(self, stage, layer)));
}

static void check_each(rule_checker *self, uint32_t layers, void (*check)(rule_checker *, uint32_t, att_place))
{
    for (uint32_t layer = 0; layer < ATT_MAX_LAYERS; layer++)
        if (layers >> layer & 1) check(self, layer, self->rule->place);
}

static void check_layers_in_test(rule_checker *self, const att_test *test)
{
    if (!test) return;
    if (test->kind == ATT_TEST_IN_LAYER) check_read(self, test->number, test->place);
    for (const att_test *child = test->children; child; child = child->next) check_layers_in_test(self, child);
}

static void check_known(rule_checker *self, const att_condition *condition)
{
    if (!condition) return;
    if (condition->kind == ATT_IF_KNOWN) check_read(self, ATT_LAYER_PERSON, condition->place);
    if (condition->kind == ATT_IF_NAMED) check_read(self, ATT_LAYER_ORG, condition->place);
    for (const att_condition *child = condition->children; child; child = child->next) check_known(self, child);
}

/* Names are found in the first stage: it writes the layers of all entries. Told once for each layer. */
static void check_entries(rule_checker *self)
{
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    const att_entries *entries = &self->knowledge->entries;
    uint32_t written = pipeline->count ? pipeline->stages[0].writes : UINT32_MAX;
    for (uint32_t i = 0; i < entries->entries.count; i++) {
        const uint32_t layer = entries->entries.items[i].layer;
        if (written >> layer & 1) continue;
        written |= 1u << layer;
        report(self, ATT_ERROR, "C07", att_entries_place(entries, i),
               "an entry of %.*s is never found: stage '%.*s' does not write that layer%.*s",
               ATT_STR_ARG(self->knowledge->layers.items[layer].name), ATT_STR_ARG(pipeline->stages[0].name),
               ATT_STR_ARG(other_stages(self, &pipeline->stages[0], layer)));
    }
}

/* THEME is made of records, so `resolve` stands before it. */
static void check_pipeline(rule_checker *self)
{
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    for (uint32_t i = 0; i < pipeline->count && i < pipeline->resolve; i++)
        if (pipeline->stages[i].writes >> ATT_LAYER_THEME & 1)
            report(self, ATT_ERROR, "C07", pipeline->stages[i].place, "stage '%.*s' writes THEME; 'resolve' stands before it",
                   ATT_STR_ARG(pipeline->stages[i].name));
}

/* ---- C01: values that the field never has ---- */

/* What the fields of that name hold, where rules and data say all there is. The warning leaves the rule as it is: the pack with
 * the name may be missing. */
static const att_map *known_values(const rule_checker *self, att_str field, const char **what)
{
    const att_knowledge *knowledge = self->knowledge;
    const struct {
        const char *field, *what;
        const att_map *known;
    } fields[] = { { "code", "country or body", &knowledge->topics.actors },
                   { "country", "country or body", &knowledge->topics.actors },
                   { "actors", "actor", &knowledge->topics.actors },
                   { "topic", "topic", &knowledge->topics.ids },
                   { "office", "office", &knowledge->offices.ids } };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!att_str_is(field, fields[i].field)) continue;
        *what = fields[i].what;
        return fields[i].known;
    }
    return NULL;
}

/* Whether the value was there before a pack took it away: then it is no slip. */
static bool is_removed(const rule_checker *self, const att_map *known, att_str value)
{
    const att_knowledge *knowledge = self->knowledge;
    att_block_kind kind = known == &knowledge->topics.ids    ? ATT_BLOCK_TOPIC
                          : known == &knowledge->offices.ids ? ATT_BLOCK_OFFICE
                                                             : ATT_BLOCK_ENTRY;
    return att_block_removed(&knowledge->blocks, kind, value);
}

static void check_value(rule_checker *self, att_str field, att_str value, att_place place)
{
    const char *what;
    const att_map *known = known_values(self, field, &what);
    const bool is_role = att_str_is(field, "role");
    if (is_role && !att_is_role(value)) {
        report(self, ATT_WARNING, "C01", place, "unknown role '%.*s'; known are %s", ATT_STR_ARG(value), att_role_list());
        return;
    }
    if (att_str_starts(value, ATT_STR("IGO:"))) value = att_str_slice(value, 4, value.length);
    while (known && known->count && value.length) {
        att_str one = att_cut_code(&value);
        if (att_map_find(known, one) != ATT_NONE || is_removed(self, known, one)) continue;
        report(self, ATT_WARNING, "C01", place, "unknown %s '%.*s'%s", what, ATT_STR_ARG(one),
               att_did_you_mean(self->knowledge->arena, one, known->items, known->count));
    }
}

static void check_made_value(rule_checker *self, att_str field, const att_value *value)
{
    if (!value) return;
    if (value->kind == ATT_VALUE_STRING) check_value(self, field, value->text, value->place);
    if (value->kind != ATT_VALUE_OR) return;
    for (const att_value *child = value->arguments; child; child = child->next) check_made_value(self, field, child);
}

static void check_make(rule_checker *self, const att_make *make)
{
    if (make->layer == ATT_NONE) return;
    const att_layer *layer = &self->knowledge->layers.items[make->layer];
    for (uint32_t i = 0; i < make->field_count; i++)
        if (make->fields[i].field < layer->field_count)
            check_made_value(self, layer->fields[make->fields[i].field], make->fields[i].value);
}

static void check_layer_values(rule_checker *self, const att_pattern *pattern)
{
    if (pattern->number == ATT_NONE) return;
    const att_layer *layer = &self->knowledge->layers.items[pattern->number];
    for (uint32_t i = 0; i < pattern->field_count; i++)
        for (uint32_t v = 0; v < pattern->fields[i].count && pattern->fields[i].field < layer->field_count; v++)
            check_value(self, layer->fields[pattern->fields[i].field], pattern->fields[i].values[v], pattern->place);
}

/* "x.topic = "missiles"" and the other way round. */
static void check_compared(rule_checker *self, const att_value *field, const att_value *value)
{
    if (field && value && field->path.data && value->kind == ATT_VALUE_STRING)
        check_value(self, field->path, value->text, value->place);
}

static void check_condition(rule_checker *self, const att_condition *condition)
{
    if (!condition) return;
    if (condition->kind == ATT_IF_EQUAL || condition->kind == ATT_IF_DIFFERENT) {
        check_compared(self, condition->left, condition->right);
        check_compared(self, condition->right, condition->left);
    }
    for (const att_condition *child = condition->children; child; child = child->next) check_condition(self, child);
}

/* ---- C05: conditions that never hold together ---- */

/* "x.code = "KOR"", where neither side has another value to fall back on. */
static bool is_plain_equation(const att_condition *condition)
{
    return condition->kind == ATT_IF_EQUAL && condition->left && condition->right && condition->left->kind == ATT_VALUE_CAPTURE
           && condition->right->kind == ATT_VALUE_STRING;
}

static bool same_folded(const rule_checker *self, att_str a, att_str b)
{
    uint64_t caps;
    return att_str_equal(att_word_fold(self->knowledge->arena, a, &caps), att_word_fold(self->knowledge->arena, b, &caps));
}

static void check_together(rule_checker *self, const att_condition *one, const att_condition *other)
{
    if (one->left->capture != other->left->capture || !att_str_equal(one->left->path, other->left->path)) return;
    if (same_folded(self, one->right->text, other->right->text)) return;
    report(self, ATT_ERROR, "C05", other->place,
           "a condition that never holds beside the other one; between them may stand 'or'");
    att_report_note(self->knowledge->diags, one->place, "the other one");
}

enum { MOST_EQUATIONS = 64 };

/* The equations that must hold together: what `and` joins, of several lines too. */
static uint32_t equations_of(const att_condition *condition, const att_condition **found, uint32_t count)
{
    if (is_plain_equation(condition) && count < MOST_EQUATIONS) found[count++] = condition;
    if (condition->kind != ATT_IF_AND) return count;
    for (const att_condition *child = condition->children; child; child = child->next)
        count = equations_of(child, found, count);
    return count;
}

static void check_equations(rule_checker *self, const att_condition *condition)
{
    const att_condition *found[MOST_EQUATIONS];
    uint32_t count = condition ? equations_of(condition, found, 0) : 0;
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t before = 0; before < i; before++) check_together(self, found[before], found[i]);
}

/* ---- trees: C05, C06, C07 ---- */

static void check_list(rule_checker *self, const att_pattern *pattern)
{
    if (pattern->number == ATT_NONE) return;
    const att_list *list = &self->knowledge->lists.lists.items[pattern->number];
    if (!list->phrases && !list->broken)
        report(self, ATT_ERROR, "C05", pattern->place, "list '%.*s' is empty", ATT_STR_ARG(list->name));
}

static void check_tree(rule_checker *self, const att_pattern *pattern)
{
    switch (pattern->kind) {
    case ATT_PATTERN_TOKEN:
        check_test(self, pattern->test);
        check_layers_in_test(self, pattern->test);
        break;
    case ATT_PATTERN_LIST: check_list(self, pattern); break;
    case ATT_PATTERN_LAYER:
        check_read(self, pattern->number, pattern->place);
        check_layer_values(self, pattern);
        break;
    default: break;
    }
    for (const att_pattern *child = att_pattern_parts(pattern); child; child = child->next) check_tree(self, child);
}

static bool can_be_empty(const att_pattern *pattern)
{
    switch (pattern->kind) {
    case ATT_PATTERN_SEQUENCE:
        for (const att_pattern *child = pattern->children; child; child = child->next)
            if (!can_be_empty(child)) return false;
        return true;
    case ATT_PATTERN_CHOICE:
        for (const att_pattern *child = pattern->children; child; child = child->next)
            if (can_be_empty(child)) return true;
        return false;
    case ATT_PATTERN_REPEAT: return pattern->least == 0 || can_be_empty(pattern->children);
    case ATT_PATTERN_GAP: return true;
    default: return false;
    }
}

static void check_pattern(rule_checker *self, const att_pattern *pattern, const char *empty)
{
    if (!pattern) return;
    check_tree(self, pattern);
    if (can_be_empty(pattern)) report(self, ATT_ERROR, "C06", pattern->place, "%s", empty);
}

/* C06: a capture that may hold nothing, and the parts of a list. `item` and the lead are captures too. */
static void check_captures(rule_checker *self, const att_pattern *pattern)
{
    if (pattern->capture != ATT_NONE && can_be_empty(pattern))
        report(self, ATT_ERROR, "C06", pattern->place,
               "a capture holds something or is not there; take '?' or '*' out of it and put it behind");
    for (const att_pattern *child = att_pattern_parts(pattern); child; child = child->next) check_captures(self, child);
}

/* ---- C08: captures that may be unbound ---- */

/* The captures that are bound whatever way the pattern is met. */
static uint32_t bound_by(const att_pattern *pattern)
{
    uint32_t own = pattern->capture == ATT_NONE ? 0 : 1u << pattern->capture, inside = 0;
    const att_pattern *child = att_pattern_parts(pattern);
    switch (pattern->kind) {
    case ATT_PATTERN_SEQUENCE:
        for (; child; child = child->next) inside |= bound_by(child);
        break;
    case ATT_PATTERN_CHOICE:
        for (inside = UINT32_MAX; child; child = child->next) inside &= bound_by(child);
        break;
    case ATT_PATTERN_REPEAT: inside = pattern->least ? bound_by(child) : 0; break;
    default: break;
    }
    return own | inside;
}

static void check_bindings(rule_checker *self)
{
    const att_rule *rule = self->rule;
    if (!rule->pattern) return;
    uint32_t bound = bound_by(rule->pattern);
    for (uint32_t i = 0; i < rule->context_count; i++)
        if (rule->contexts[i].pattern) bound |= bound_by(rule->contexts[i].pattern);
    for (uint32_t i = 0; i < rule->make_count; i++)
        for (uint32_t j = 0; j < rule->makes[i].field_count; j++) {
            const att_value *value = rule->makes[i].fields[j].value;
            if (!value || value->kind != ATT_VALUE_CAPTURE || value->path.data || value->capture == ATT_NONE) continue;
            if (value->capture == rule->makes[i].on || bound >> value->capture & 1) continue;
            report(self, ATT_ERROR, "C08", value->place, "capture '%.*s' is not bound on every way; write '%.*s or null'",
                   ATT_STR_ARG(rule->captures[value->capture]), ATT_STR_ARG(rule->captures[value->capture]));
        }
}

/* ---- C09: regexes ---- */

static const char *forbidden_in(att_str regex)
{
    static const struct {
        const char *part, *why;
    } parts[] = {
        { "(?<=", "looks behind; a token is all a regex sees" },
        { "(?<!", "looks behind; a token is all a regex sees" },
        { "(?R", "calls itself" },
        { "(?&", "calls a group" },
        { "(?P>", "calls a group" },
        { "(?P=", "refers back" },
        { "\\k", "refers back" },
        { "\\g", "refers back" },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (memmem(regex.data, regex.length, parts[i].part, strlen(parts[i].part))) return parts[i].why;
    for (size_t i = 0; i + 1 < regex.length; i++) {
        if (regex.data[i] != '\\') continue;
        i++;
        if (regex.data[i] >= '1' && regex.data[i] <= '9') return "refers back";
    }
    return NULL;
}

static bool is_literal(att_str regex)
{
    for (size_t i = 0; i < regex.length; i++)
        if (strchr(".[](){}?*+|^$\\", regex.data[i]) || !regex.data[i]) return false;
    return true;
}

static void check_regex(rule_checker *self, const att_rule_regex *regex)
{
    static const char *const forms[] = {
        [ATT_REGEX_NESTED] = "an unbounded repeat inside an unbounded repeat",
        [ATT_REGEX_ADJACENT] = "an unbounded repeat behind one that takes the same characters",
        [ATT_REGEX_CHOICES] = "an unbounded repeat of what can match one text in two ways",
        [ATT_REGEX_ANY] = "a regex that matches every word; write [any]",
        [ATT_REGEX_DIGITS] = "a regex of digits; write [num], which has \"1,000\" and \"2.5\" too",
    };
    const char *why = forbidden_in(regex->pattern);
    att_regex_form form = att_regex_form_of(regex->pattern);
    if (regex->accepted) return;
    if (why) report(self, ATT_ERROR, "C09", regex->place, "a regex that %s", why);
    else if (is_literal(regex->pattern))
        report(self, ATT_ERROR, "C09", regex->place, "a regex that is a word; write '%.*s'", ATT_STR_ARG(regex->pattern));
    else if (form != ATT_REGEX_PLAIN)
        report(self, form == ATT_REGEX_DIGITS ? ATT_WARNING : ATT_ERROR, "C09", regex->place, "%s", forms[form]);
}

/* ---- C11: circles of beats ---- */

/* Takes away, again and again, the rules that beat nothing that is left; what stays leads into a circle. */
static uint32_t peel(const att_rules *rules, const uint32_t *first, const uint32_t *beaters, uint32_t *left, uint32_t *queue)
{
    uint32_t count = rules->rules.count, done = 0, filled = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!(left[i] = rules->rules.items[i].beat_count)) queue[filled++] = i;
    while (done < filled) {
        uint32_t beaten = queue[done++];
        for (uint32_t b = first[beaten]; b < first[beaten + 1]; b++)
            if (!--left[beaters[b]]) queue[filled++] = beaters[b];
    }
    return count - filled;
}

/* By rule: who beats it, in `beaters` from first[rule] to first[rule + 1]. */
static void turn_round(const rule_checker *self, uint32_t **first, uint32_t **beaters)
{
    const att_rules *rules = self->rules;
    uint32_t count = rules->rules.count, total = 0;
    *first = att_arena_zero(self->knowledge->arena, count + 2, sizeof **first);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t b = 0; b < rules->rules.items[i].beat_count; b++, total++) (*first)[rules->rules.items[i].beats[b] + 2]++;
    for (uint32_t i = 2; i < count + 2; i++) (*first)[i] += (*first)[i - 1];
    *beaters = att_arena_alloc(self->knowledge->arena, sizeof **beaters * (total + 1));
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t b = 0; b < rules->rules.items[i].beat_count; b++)
            (*beaters)[(*first)[rules->rules.items[i].beats[b] + 1]++] = i;
}

/* The rule of what is left that `rule` beats. */
static uint32_t next_left(const att_rules *rules, const uint32_t *left, uint32_t rule)
{
    const att_rule *from = &rules->rules.items[rule];
    uint32_t b = 0;
    while (!left[from->beats[b]]) b++;
    return from->beats[b];
}

static void report_circle(rule_checker *self, const uint32_t *left, uint32_t at)
{
    const att_rule *rule = &self->rules->rules.items[at], *next = &self->rules->rules.items[next_left(self->rules, left, at)];
    report(self, ATT_ERROR, "C11", rule->place, "rule '%.*s' beats itself, by way of '%.*s'", ATT_STR_ARG(rule->name),
           ATT_STR_ARG(next->name));
}

static void check_beats(rule_checker *self)
{
    uint32_t *first, *beaters, count = self->rules->rules.count;
    uint32_t *left = att_arena_zero(self->knowledge->arena, count + 1, sizeof *left);
    uint32_t *walk =
        att_arena_zero(self->knowledge->arena, count + 1, sizeof *walk); /* first the queue, then the walk met on */
    turn_round(self, &first, &beaters);
    if (!peel(self->rules, first, beaters, left, walk)) return;
    memset(walk, 0, sizeof *walk * count);
    for (uint32_t start = 0; start < count; start++) {
        uint32_t at = start;
        if (!left[start]) continue;
        for (; !walk[at]; at = next_left(self->rules, left, at)) walk[at] = start + 1;
        if (walk[at] == start + 1) report_circle(self, left, at);
    }
}

/* ---- C02: what nobody uses ---- */

static void check_uses(rule_checker *self)
{
    enum { C02 = 2 };
    const att_phrase_lists *lists = &self->knowledge->lists;
    for (uint32_t i = 0; i < lists->lists.count; i++) {
        const att_list *list = &lists->lists.items[i];
        if (!list->uses && !accepted(list->block, C02))
            report(self, ATT_WARNING, "C02", att_head_place(list->block), "list '%.*s' is never used", ATT_STR_ARG(list->name));
    }
    for (uint32_t i = 0; i < self->rules->phrases.count; i++) {
        const att_rule_phrase *phrase = &self->rules->phrases.items[i];
        att_place place = att_head_place(phrase->block);
        place.end = place.start + (uint32_t)phrase->name.length;
        if (!phrase->uses && !accepted(phrase->block, C02))
            report(self, ATT_WARNING, "C02", place, "phrase '%.*s' is never used", ATT_STR_ARG(phrase->name));
    }
}

/* ---- rules ---- */

static void check_rule(rule_checker *self, const att_rule *rule)
{
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    self->rule = rule;
    self->written = self->told = 0;
    for (uint32_t i = 0; rule->stage != ATT_NONE && i < rule->stage; i++) self->written |= pipeline->stages[i].writes;
    check_pattern(self, rule->pattern, "the pattern can be met by nothing at all; one of its parts must be there");
    if (rule->pattern) check_captures(self, rule->pattern);
    for (uint32_t i = 0; i < rule->context_count; i++)
        check_pattern(self, rule->contexts[i].pattern, "a context that nothing at all meets says nothing");
    for (uint32_t i = 0; i < rule->region_count; i++)
        if (rule->regions[i].kind == ATT_IN_LAYER) check_read(self, rule->regions[i].layer, rule->regions[i].place);
    for (uint32_t i = 0; i < rule->make_count; i++) check_written(self, rule->makes[i].layer, rule->makes[i].place);
    check_each(self, rule->of, check_read);
    check_each(self, rule->of | rule->blocks, check_written);
    check_known(self, rule->where);
    check_condition(self, rule->where);
    check_equations(self, rule->where);
    for (uint32_t i = 0; i < rule->make_count; i++) check_make(self, &rule->makes[i]);
    check_bindings(self);
}

void att_rules_check(const att_rules *rules, const att_knowledge *knowledge)
{
    rule_checker self = { .rules = rules, .knowledge = knowledge };
    att_map_init(&self.reported, knowledge->arena);
    check_pipeline(&self);
    check_entries(&self);
    for (uint32_t i = 0; i < rules->rules.count; i++) check_rule(&self, &rules->rules.items[i]);
    self.rule = NULL;
    for (uint32_t i = 0; i < rules->phrases.count; i++)
        if (rules->phrases.items[i].pattern) check_tree(&self, rules->phrases.items[i].pattern);
    for (uint32_t i = 0; i < rules->regexes.count; i++) check_regex(&self, &rules->regexes.items[i]);
    check_beats(&self);
    check_uses(&self);
}

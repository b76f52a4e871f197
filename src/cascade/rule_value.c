#include "cascade/rule_value.h"

static att_value *new_value(att_rule_line *self, att_value_kind kind, att_place place)
{
    att_value *made = att_arena_zero(self->room->arena, 1, sizeof *made);
    made->kind = (uint8_t)kind;
    made->place = place;
    made->capture = ATT_NONE;
    return made;
}

/* ---- names ---- */

static uint32_t find_capture(att_rule_line *self, att_str name, att_place place)
{
    for (uint32_t i = 0; i < *self->capture_count; i++)
        if (att_str_equal(self->captures[i], name)) return i;
    att_rule_line_unknown(self, "capture", name, place, self->captures, *self->capture_count);
    return ATT_NONE;
}

/* C01 when no layer has the field. */
static void check_field(att_rule_line *self, att_str name, att_place place)
{
    const att_layers *layers = &self->room->knowledge->layers;
    att_str names[ATT_MAX_LAYERS * ATT_MAX_FIELDS];
    size_t count = 0;
    for (uint32_t i = 0; i < layers->count; i++) {
        if (att_layer_field(&layers->items[i], name) != ATT_NONE) return;
        for (uint32_t j = 0; j < layers->items[i].field_count; j++) names[count++] = layers->items[i].fields[j];
    }
    att_rule_line_unknown(self, "field", name, place, names, count);
}

/* One of a closed set of words, or C01. */
static void check_word(att_rule_line *self, const char *what, att_str name, att_place place, const char *const *words,
                       size_t count)
{
    att_str names[8];
    for (size_t i = 0; i < count; i++) {
        names[i] = att_str_of(words[i]);
        if (att_str_equal(names[i], name)) return;
    }
    att_rule_line_unknown(self, what, name, place, names, count);
}

/* ---- values ---- */

static const struct {
    const char *name;
    att_value_kind kind;
    uint32_t least, most;
} functions[] = {
    { "office", ATT_VALUE_OFFICE, 2, 2 },   { "antecedent", ATT_VALUE_ANTECEDENT, 0, 0 }, { "only", ATT_VALUE_ONLY, 0, 0 },
    { "subject", ATT_VALUE_SUBJECT, 0, 0 }, { "actors", ATT_VALUE_ACTORS, 1, 8 },         { "doc", ATT_VALUE_DOC, 1, 1 },
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static att_value *read_value(att_rule_line *self);

/* "(a, b)" behind a function's name. */
static uint32_t read_arguments(att_rule_line *self, att_value *call)
{
    att_value **tail = &call->arguments;
    uint32_t count = 0;
    att_rule_line_advance(self);
    if (++self->depth > ATT_DEEPEST_PATTERN) {
        att_rule_line_fail(self, "S034", self->symbol.place, "nested deeper than %d levels", ATT_DEEPEST_PATTERN);
        return 0;
    }
    while (!att_rule_line_at(self, ')') && self->symbol.kind != ATT_SYMBOL_END) {
        if (count && !att_rule_line_expect(self, ',', "between arguments")) return count;
        *tail = read_value(self);
        if (!*tail) return count;
        tail = &(*tail)->next;
        if (++count > 8) att_rule_line_fail(self, "S021", self->symbol.place, "more than 8 arguments");
    }
    self->depth--;
    att_rule_line_expect(self, ')', "behind the arguments");
    return count;
}

/* actors() reads annotations, doc() a fact: what their arguments may be. */
static void check_arguments(att_rule_line *self, const att_value *call)
{
    static const char *const facts[] = { "date", "origin", "title", "home", "lead" };
    const att_value *first = call->arguments;
    if (call->kind == ATT_VALUE_DOC) {
        if (first->kind == ATT_VALUE_STRING)
            check_word(self, "fact of a document", first->text, first->place, facts, sizeof facts / sizeof *facts);
        else
            att_rule_line_report(self, "S004", first->place, "a fact of the document stands in quotation marks: doc(\"date\")");
    }
    for (const att_value *value = first; value && call->kind == ATT_VALUE_ACTORS; value = value->next)
        if (value->kind == ATT_VALUE_STRING || value->kind == ATT_VALUE_NULL || value->kind == ATT_VALUE_OFFICE
            || value->path.data)
            att_rule_line_report(self, "S004", value->place,
                                 "actors() wants captures, antecedent(), only(), subject() or doc()");
}

static att_value *read_call(att_rule_line *self, att_str name, att_place place)
{
    int found = 0;
    while (found < FUNCTION_COUNT && !att_str_is(name, functions[found].name)) found++;
    if (found == FUNCTION_COUNT) {
        att_str names[FUNCTION_COUNT];
        for (int i = 0; i < FUNCTION_COUNT; i++) names[i] = att_str_of(functions[i].name);
        att_rule_line_unknown(self, "function", name, place, names, FUNCTION_COUNT);
    }
    att_value *call = new_value(self, found < FUNCTION_COUNT ? functions[found].kind : ATT_VALUE_NULL, place);
    uint32_t count = read_arguments(self, call);
    if (found == FUNCTION_COUNT || att_rule_line_failed(self)) return call;
    if (count < functions[found].least || count > functions[found].most)
        att_rule_line_report(self, "S030", place, "%s() wants %u argument%s", functions[found].name, functions[found].least,
                             functions[found].least == 1 ? "" : "s");
    else check_arguments(self, call);
    return call;
}

/* ".country" */
static void read_path(att_rule_line *self, att_value *value)
{
    static const char *const of_office[] = { "id", "country", "agency" };
    att_rule_line_advance(self);
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a field behind '.'");
        return;
    }
    value->path = self->symbol.text;
    value->key = att_key_of(value->path);
    if (value->kind == ATT_VALUE_OFFICE) check_word(self, "field of an office", value->path, self->symbol.place, of_office, 3);
    else if (value->kind == ATT_VALUE_CAPTURE || value->kind == ATT_VALUE_ANTECEDENT)
        check_field(self, value->path, self->symbol.place);
    else att_rule_line_report(self, "S030", self->symbol.place, "only captures, office() and antecedent() have fields");
    att_rule_line_advance(self);
}

static att_value *read_primary(att_rule_line *self)
{
    att_str name = self->symbol.text;
    att_place place = self->symbol.place;
    att_value *value;
    if (self->symbol.kind == ATT_SYMBOL_STRING) {
        value = new_value(self, ATT_VALUE_STRING, place);
        value->text = name;
        att_rule_line_advance(self);
        return value;
    }
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a capture, a function, a text in '\"' or null");
        return NULL;
    }
    att_rule_line_advance(self);
    if (att_rule_line_at(self, '(')) {
        value = read_call(self, name, place);
    } else if (att_str_is(name, "null")) {
        value = new_value(self, ATT_VALUE_NULL, place);
    } else {
        value = new_value(self, ATT_VALUE_CAPTURE, place);
        value->capture = find_capture(self, name, place);
    }
    if (value->kind == ATT_VALUE_OFFICE && !att_rule_line_at(self, '.'))
        att_rule_line_unexpected(self, "a field of the office: .id, .country or .agency");
    if (att_rule_line_at(self, '.')) read_path(self, value);
    return value;
}

static att_value *read_value(att_rule_line *self)
{
    att_value *first = read_primary(self), *last = first;
    if (!first || !att_rule_line_at_word(self, "or")) return first;
    att_value *outer = new_value(self, ATT_VALUE_OR, first->place);
    outer->arguments = first;
    while (last && att_rule_line_at_word(self, "or")) {
        att_rule_line_advance(self);
        last = last->next = read_primary(self);
    }
    return outer;
}

/* ---- make ---- */

/* "id=body.id" */
static bool read_assignment(att_rule_line *self, const att_make *make, att_assignment *assignment)
{
    const att_layers *layers = &self->room->knowledge->layers;
    const att_layer *layer = make->layer == ATT_NONE ? NULL : &layers->items[make->layer];
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a field, such as country=…");
        return false;
    }
    att_str name = self->symbol.text;
    assignment->field = layer ? att_layer_field(layer, name) : (uint32_t)ATT_NONE;
    if (layer && assignment->field == ATT_NONE)
        att_rule_line_unknown(self, att_str_format(self->room->arena, "field of %.*s", ATT_STR_ARG(layer->name)).data, name,
                              self->symbol.place, layer->fields, layer->field_count);
    for (uint32_t i = 0; i < make->field_count && assignment->field != ATT_NONE; i++)
        if (make->fields[i].field == assignment->field)
            att_rule_line_report(self, "S037", self->symbol.place, "field '%.*s' given twice", ATT_STR_ARG(name));
    att_rule_line_advance(self);
    if (!att_rule_line_expect(self, '=', "behind a field's name")) return false;
    assignment->value = read_value(self);
    return assignment->value != NULL;
}

bool att_rule_read_make(att_rule_line *self, att_make *make)
{
    att_assignment fields[ATT_MAX_FIELDS];
    memset(fields, 0, sizeof fields); /* padding, too, as it is copied */
    *make = (att_make){ .layer = ATT_NONE, .on = ATT_NONE, .fields = fields, .place = self->symbol.place };
    make->layer = att_rule_read_layer(self);
    if (att_rule_line_at_word(self, "on")) {
        att_rule_line_advance(self);
        if (self->symbol.kind == ATT_SYMBOL_IDENT) make->on = find_capture(self, self->symbol.text, self->symbol.place);
        else att_rule_line_unexpected(self, "a capture behind 'on'");
        if (!att_rule_line_failed(self)) att_rule_line_advance(self);
    }
    while (self->symbol.kind != ATT_SYMBOL_END) {
        if (make->field_count == ATT_MAX_FIELDS) {
            att_rule_line_fail(self, "S021", self->symbol.place, "more than %d fields", ATT_MAX_FIELDS);
            break;
        }
        if (!read_assignment(self, make, &fields[make->field_count])) break;
        make->field_count++;
    }
    const size_t size = sizeof *fields * make->field_count;
    make->fields = memcpy(att_arena_alloc(self->room->arena, size), fields, size);
    return !self->findings;
}

/* ---- conditions ---- */

static att_condition *new_condition(att_rule_room *room, att_condition_kind kind, att_place place)
{
    att_condition *made = att_arena_zero(room->arena, 1, sizeof *made);
    made->kind = kind;
    made->place = place;
    made->list = ATT_NONE;
    return made;
}

att_condition *att_condition_join(att_rule_room *room, att_condition_kind kind, att_condition *first, att_condition *more)
{
    if (!first || !more) return first ? first : more;
    att_condition *outer = new_condition(room, kind, first->place);
    outer->children = first;
    first->next = more;
    return outer;
}

/* "known(name)", "named(name)", "holder(title, name)", by the name that was taken. */
static void read_question(att_rule_line *self, att_condition *made)
{
    att_value arguments = { 0 };
    uint32_t wanted = made->kind == ATT_IF_HOLDER ? 2 : 1, count = read_arguments(self, &arguments);
    if (att_rule_line_failed(self)) return;
    if (count != wanted) {
        att_rule_line_fail(self, "S030", made->place,
                           made->kind == ATT_IF_HOLDER  ? "holder() wants a title and a name"
                           : made->kind == ATT_IF_NAMED ? "named() wants one name"
                                                        : "known() wants one name");
        return;
    }
    made->left = arguments.arguments;
    made->right = arguments.arguments->next;
}

/* "a.code or b.code = "KOR"": on the right side "or" begins another condition. */
static void read_comparison(att_rule_line *self, att_condition *made)
{
    made->left = read_value(self);
    if (!made->left) return;
    if (att_rule_line_at_word(self, "in")) {
        made->kind = ATT_IF_IN_LIST;
        att_rule_line_advance(self);
        made->list = att_rule_read_list(self);
        return;
    }
    made->kind = self->symbol.kind == ATT_SYMBOL_DIFFERS ? ATT_IF_DIFFERENT : ATT_IF_EQUAL;
    if (made->kind == ATT_IF_EQUAL && !att_rule_line_at(self, '=')) {
        att_rule_line_unexpected(self, "'=', '!=' or 'in <list>' behind a value");
        return;
    }
    att_rule_line_advance(self);
    if (made->kind == ATT_IF_EQUAL && att_rule_line_at(self, '=')) {
        att_rule_line_fail(self, "S030", self->symbol.place, "one '=' is enough: x.code = \"KOR\"");
        return;
    }
    made->right = read_primary(self);
}

/* Whether the name at hand is one of a question and "(" follows. */
static bool at_question(const att_rule_line *self, const char *word)
{
    size_t at = self->lexer.at;
    while (at < self->lexer.text.length && self->lexer.text.data[at] == ' ') at++;
    return att_rule_line_at_word(self, word) && at < self->lexer.text.length && self->lexer.text.data[at] == '(';
}

static att_condition *read_simple(att_rule_line *self, bool in_alias)
{
    att_condition *made = new_condition(self->room, ATT_IF_EQUAL, self->symbol.place);
    if (at_question(self, "known") || at_question(self, "named") || at_question(self, "holder")) {
        made->kind = att_rule_line_at_word(self, "known")   ? ATT_IF_KNOWN
                     : att_rule_line_at_word(self, "named") ? ATT_IF_NAMED
                                                            : ATT_IF_HOLDER;
        att_rule_line_advance(self);
        read_question(self, made);
    } else if (in_alias && att_rule_line_at_word(self, "ambiguous")) {
        made->kind = ATT_IF_AMBIGUOUS;
        att_rule_line_advance(self);
    } else {
        read_comparison(self, made);
    }
    return made;
}

static att_condition *read_negated(att_rule_line *self, bool in_alias)
{
    att_place place = self->symbol.place;
    if (!att_rule_line_at_word(self, "not")) return read_simple(self, in_alias);
    att_rule_line_advance(self);
    att_condition *outer = new_condition(self->room, ATT_IF_NOT, place);
    outer->children = read_simple(self, in_alias);
    return outer;
}

static att_condition *read_joined(att_rule_line *self, bool in_alias, const char *word, att_condition_kind kind,
                                  att_condition *(*read)(att_rule_line *, bool))
{
    att_condition *first = read(self, in_alias), *last = first;
    if (!att_rule_line_at_word(self, word)) return first;
    att_condition *outer = new_condition(self->room, kind, first->place);
    outer->children = first;
    while (att_rule_line_at_word(self, word)) {
        att_rule_line_advance(self);
        last = last->next = read(self, in_alias);
    }
    return outer;
}

static att_condition *read_conjunction(att_rule_line *self, bool in_alias)
{
    return read_joined(self, in_alias, "and", ATT_IF_AND, read_negated);
}

att_condition *att_rule_read_condition(att_rule_line *self, bool in_alias)
{
    att_condition *made = read_joined(self, in_alias, "or", ATT_IF_OR, read_conjunction);
    if (self->symbol.kind != ATT_SYMBOL_END) att_rule_line_unexpected(self, "'and' or 'or' behind a condition");
    return self->findings ? NULL : made;
}

/* ---- what is asked first ---- */

static bool is_of_document(const att_value *value)
{
    return value->kind == ATT_VALUE_SUBJECT || value->kind == ATT_VALUE_DOC || value->kind == ATT_VALUE_STRING
           || value->kind == ATT_VALUE_NULL;
}

static bool has_no_capture(const att_value *value)
{
    return value->kind == ATT_VALUE_ONLY || is_of_document(value);
}

/* Whether all its values are such. */
static bool asks_only(const att_condition *condition, bool (*such)(const att_value *))
{
    switch (condition->kind) {
    case ATT_IF_EQUAL:
    case ATT_IF_DIFFERENT: return such(condition->left) && such(condition->right);
    case ATT_IF_IN_LIST:
    case ATT_IF_KNOWN:
    case ATT_IF_NAMED: return such(condition->left);
    case ATT_IF_NOT:
    case ATT_IF_AND:
    case ATT_IF_OR:
        for (const att_condition *child = condition->children; child; child = child->next)
            if (!asks_only(child, such)) return false;
        return true;
    case ATT_IF_HOLDER:
    case ATT_IF_AMBIGUOUS: break;
    }
    return false;
}

/* What must hold of it that asks only of such values; what else must hold when they are `others`. */
static const att_condition *part_of(att_rule_room *room, const att_condition *all, bool (*such)(const att_value *), bool others)
{
    if (!all || asks_only(all, such)) return others ? NULL : all;
    att_condition *out = NULL;
    if (all->kind != ATT_IF_AND) return others ? all : NULL;
    for (const att_condition *child = all->children; child; child = child->next) {
        const att_condition *part = part_of(room, child, such, others);
        if (!part) continue;
        att_condition *copy = new_condition(room, ATT_IF_EQUAL, part->place);
        *copy = *part;
        copy->next = NULL;
        out = att_condition_join(room, ATT_IF_AND, out, copy);
    }
    return out;
}

const att_condition *att_condition_first(att_rule_room *room, const att_condition *all)
{
    return part_of(room, all, has_no_capture, false);
}

const att_condition *att_condition_rest(att_rule_room *room, const att_condition *all)
{
    return part_of(room, all, has_no_capture, true);
}

const att_condition *att_condition_whole(att_rule_room *room, const att_condition *all)
{
    return part_of(room, all, is_of_document, false);
}

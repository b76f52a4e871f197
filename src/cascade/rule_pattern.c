#include "cascade/rule_pattern.h"

#include "base/utf8.h"

enum { FINDINGS_A_LINE = 10, MOST_REPEATS = 1000 };

/* ---- the line ---- */

void att_rule_line_start(att_rule_line *self, const att_source *source, att_str text, uint32_t text_at)
{
    self->lexer = (att_rule_lexer){ .arena = self->room->arena, .source = source, .text = text, .text_at = text_at };
    self->findings = self->depth = 0;
    att_rule_line_advance(self);
}

static void close_line(att_rule_line *self)
{
    self->lexer.at = self->lexer.text.length;
    self->symbol = att_rule_next(&self->lexer);
}

static void vreport(att_rule_line *self, const char *code, att_place place, const char *format, va_list arguments)
{
    att_str message = att_str_vformat(self->room->arena, format, arguments);
    if (self->findings < FINDINGS_A_LINE) att_report(self->room->knowledge->diags, ATT_ERROR, code, place, "%s", message.data);
    self->findings++;
    if (self->findings >= FINDINGS_A_LINE) close_line(self);
}

void att_rule_line_report(att_rule_line *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vreport(self, code, place, format, arguments);
    va_end(arguments);
}

void att_rule_line_fail(att_rule_line *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vreport(self, code, place, format, arguments);
    va_end(arguments);
    self->findings = FINDINGS_A_LINE;
    close_line(self);
}

static bool failed(const att_rule_line *self)
{
    return self->findings >= FINDINGS_A_LINE;
}

void att_rule_line_advance(att_rule_line *self)
{
    self->symbol = att_rule_next(&self->lexer);
    if (self->symbol.kind == ATT_SYMBOL_BAD)
        att_rule_line_fail(self, self->symbol.code, self->symbol.place, "%.*s", ATT_STR_ARG(self->symbol.text));
}

bool att_rule_line_at(const att_rule_line *self, char mark)
{
    return self->symbol.kind == ATT_SYMBOL_MARK && self->symbol.mark == mark;
}

bool att_rule_line_at_word(const att_rule_line *self, const char *word)
{
    return self->symbol.kind == ATT_SYMBOL_IDENT && att_str_is(self->symbol.text, word);
}

/* The symbol as the message shows it: cut when it is long. */
static att_str shown(const att_rule_line *self)
{
    att_place place = self->symbol.place;
    size_t length = place.end - place.start;
    return att_str_slice(self->lexer.text, place.start - self->lexer.text_at,
                         place.start - self->lexer.text_at + (length > 40 ? 40 : length));
}

void att_rule_line_unexpected(att_rule_line *self, const char *expected)
{
    if (failed(self)) return;
    if (self->symbol.kind == ATT_SYMBOL_END)
        att_rule_line_fail(self, "S030", self->symbol.place, "expected %s, but the line ends", expected);
    else att_rule_line_fail(self, "S030", self->symbol.place, "expected %s, not %.*s", expected, ATT_STR_ARG(shown(self)));
}

bool att_rule_line_expect(att_rule_line *self, char mark, const char *where)
{
    if (att_rule_line_at(self, mark)) {
        att_rule_line_advance(self);
        return true;
    }
    att_rule_line_unexpected(self, att_str_format(self->room->arena, "'%c' %s", mark, where).data);
    return false;
}

void att_rule_line_unknown(att_rule_line *self, const char *what, att_str name, att_place place, const att_str *names,
                           size_t count)
{
    att_str near = { 0 };
    if (self->room->suggestions) {
        near = att_str_nearest(name, names, count);
        self->room->suggestions--;
    }
    size_t length = name.length > 80 ? 80 : name.length;
    att_rule_line_report(self, "C01", place, "unknown %s '%.*s'%s%.*s%s", what, (int)length, name.data,
                         near.data ? "; did you mean '" : "", ATT_STR_ARG(near), near.data ? "'?" : "");
}

/* ---- names ---- */

bool att_rule_sees(att_rule_line *self, uint32_t home, const char *what, att_str name, att_place place)
{
    const att_blocks *blocks = &self->room->knowledge->blocks;
    if (att_pack_sees(blocks, self->pack, home)) return true;
    att_str there = blocks->packs.items[home].name;
    att_rule_line_report(self, "C01", place,
                         "%s '%.*s' is of pack '%.*s', which this pack does not see; write 'needs %.*s' in it", what,
                         ATT_STR_ARG(name), ATT_STR_ARG(there), ATT_STR_ARG(there));
    return false;
}

uint32_t att_rule_read_layer(att_rule_line *self)
{
    const att_layers *layers = &self->room->knowledge->layers;
    if (self->symbol.kind != ATT_SYMBOL_LAYER) {
        att_rule_line_unexpected(self, "a layer, such as AGENCY");
        return ATT_NONE;
    }
    uint32_t layer = att_layers_find(layers, self->symbol.text);
    if (layer == ATT_NONE) {
        att_str names[ATT_MAX_LAYERS];
        for (uint32_t i = 0; i < layers->count; i++) names[i] = layers->items[i].name;
        att_rule_line_unknown(self, "layer", self->symbol.text, self->symbol.place, names, layers->count);
    }
    att_rule_line_advance(self);
    return layer;
}

uint32_t att_rule_read_list(att_rule_line *self)
{
    att_phrase_lists *lists = &self->room->knowledge->lists;
    if (!att_rule_line_expect(self, '<', "before a list's name")) return ATT_NONE;
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a list's name");
        return ATT_NONE;
    }
    att_str name = self->symbol.text;
    att_place place = self->symbol.place;
    uint32_t list = att_lists_find(lists, &self->room->knowledge->blocks, name, self->pack);
    att_rule_line_advance(self);
    att_rule_line_expect(self, '>', "behind a list's name");
    if (list == ATT_NONE) {
        att_rule_line_unknown(self, "list", name, place, lists->by_name.items, lists->by_name.count);
        return ATT_NONE;
    }
    att_rule_sees(self, lists->lists.items[list].block->home, "list", name, place);
    lists->lists.items[list].uses++;
    return list;
}

uint32_t att_rule_capture(att_rule_line *self, att_str name, att_place place)
{
    static const char *const words[] = { "or", "and", "not", "in", "null" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (att_str_is(name, words[i])) {
            att_rule_line_fail(self, "S006", place, "'%s' has a meaning of its own; give the capture another name", words[i]);
            return ATT_NONE;
        }
    for (uint32_t i = 0; i < *self->capture_count; i++)
        if (att_str_equal(self->captures[i], name)) return i;
    if (*self->capture_count == ATT_MAX_CAPTURES) {
        att_rule_line_fail(self, "S021", place, "more than %d captures", ATT_MAX_CAPTURES);
        return ATT_NONE;
    }
    self->captures[*self->capture_count] = name;
    return (*self->capture_count)++;
}

/* ---- nodes ---- */

att_pattern *att_pattern_new(att_rule_room *room, att_pattern_kind kind, att_place place)
{
    att_pattern *made = att_arena_zero(room->arena, 1, sizeof *made);
    made->kind = kind;
    made->place = place;
    made->capture = made->number = ATT_NONE;
    return made;
}

att_pattern *att_pattern_again(att_rule_room *room, const att_pattern *pattern)
{
    att_pattern *copy = att_arena_alloc(room->arena, sizeof *copy);
    *copy = *pattern;
    copy->next = NULL;
    return copy;
}

att_pattern *att_pattern_around(att_rule_room *room, att_pattern_kind kind, att_pattern *child)
{
    att_pattern *made = att_pattern_new(room, kind, child->place);
    made->children = child;
    return made;
}

att_pattern *att_pattern_captured(att_rule_room *room, att_pattern *pattern, uint32_t capture)
{
    if (pattern->kind == ATT_PATTERN_REPEAT && pattern->least == 0 && pattern->capture == ATT_NONE) {
        att_pattern *inside = att_pattern_again(room, pattern->most == 1 ? pattern->children : pattern);
        if (pattern->most != 1) inside->least = 1;
        pattern->most = 1;
        pattern->children = att_pattern_captured(room, inside, capture);
        return pattern;
    }
    if (pattern->capture != ATT_NONE) pattern = att_pattern_around(room, ATT_PATTERN_SEQUENCE, pattern);
    pattern->capture = capture;
    return pattern;
}

/* Counts `more` nodes; a finding when the pattern is too large. */
static bool weigh(att_rule_line *self, uint64_t more)
{
    self->weight += more;
    if (self->weight <= ATT_HEAVIEST_PATTERN) return true;
    if (!failed(self))
        att_rule_line_fail(self, "S034", self->symbol.place,
                           "too large a pattern; %d parts are the most, repeats and phrases counted out", ATT_HEAVIEST_PATTERN);
    return false;
}

/* ---- tests of one token ---- */

static att_test *new_test(att_rule_line *self, att_test_kind kind, att_place place)
{
    att_test *made = att_arena_zero(self->room->arena, 1, sizeof *made);
    made->kind = kind;
    made->place = place;
    made->number = ATT_NONE;
    return made;
}

static uint32_t regex_number(att_rule_line *self)
{
    att_rules *rules = self->room->rules;
    uint32_t number = att_map_add(&self->room->regex_texts, self->symbol.text);
    enum { C09 = 9 };
    att_rule_regex found = { self->symbol.text, self->symbol.place, self->block->accepted >> C09 & 1 };
    if (number < rules->regexes.count) {
        att_rule_regex *known = &rules->regexes.items[number];
        if (known->accepted && !found.accepted) *known = found;
        return number;
    }
    ATT_RESERVE(self->room->arena, &rules->regexes, 1);
    rules->regexes.items[rules->regexes.count++] = found;
    return number;
}

static const struct {
    const char *name;
    att_place_test test;
} places[] = {
    { "bos", ATT_AT_BOS }, { "eos", ATT_AT_EOS },   { "bop", ATT_AT_BOP },     { "headline", ATT_AT_HEADLINE },
    { "end", ATT_AT_END }, { "poss", ATT_AT_POSS }, { "quote", ATT_AT_QUOTE },
};

enum { PLACE_COUNT = sizeof places / sizeof *places };

static size_t class_names(att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2])
{
    size_t count = 0;
    for (int i = 0; i < ATT_CLASS_COUNT; i++) names[count++] = att_str_of(att_class_names[i]);
    for (int i = 0; i < PLACE_COUNT; i++) names[count++] = att_str_of(places[i].name);
    names[count++] = ATT_STR("any");
    names[count++] = ATT_STR("len");
    return count;
}

static bool is_class(att_str name)
{
    att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2];
    size_t count = class_names(names);
    for (size_t i = 0; i < count; i++)
        if (att_str_equal(names[i], name)) return true;
    return false;
}

static void note_end(att_rule_line *self, att_place place)
{
    self->has_end = true;
    if (!self->in_context && !self->in_phrase)
        att_rule_line_report(self, "C05", place, "'end' is beyond the text; only contexts (followed-by …) can see it");
}

static att_test *read_class(att_rule_line *self)
{
    att_str name = self->symbol.text;
    att_test *test = new_test(self, ATT_TEST_ANY, self->symbol.place);
    for (int i = 0; i < PLACE_COUNT; i++)
        if (att_str_is(name, places[i].name)) {
            test->kind = ATT_TEST_PLACE;
            test->number = places[i].test;
            if (places[i].test == ATT_AT_END) note_end(self, test->place);
            goto found;
        }
    for (int i = 0; i < ATT_CLASS_COUNT; i++)
        if (att_str_is(name, att_class_names[i])) {
            test->kind = ATT_TEST_CLASS;
            test->number = 1u << i;
            goto found;
        }
    if (!att_str_is(name, "any")) {
        att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2];
        att_rule_line_unknown(self, "class", name, test->place, names, class_names(names));
    }
found:
    att_rule_line_advance(self);
    return test;
}

/* len=3, len=2..8 */
static att_test *read_length(att_rule_line *self)
{
    att_test *test = new_test(self, ATT_TEST_LENGTH, self->symbol.place);
    att_rule_line_advance(self);
    if (!att_rule_line_expect(self, '=', "behind 'len'")) return test;
    test->low = test->high = self->symbol.number;
    if (self->symbol.kind != ATT_SYMBOL_NUMBER) att_rule_line_unexpected(self, "a number of letters");
    else att_rule_line_advance(self);
    if (self->symbol.kind != ATT_SYMBOL_DOTS) return test;
    att_rule_line_advance(self);
    test->high = self->symbol.number;
    if (self->symbol.kind != ATT_SYMBOL_NUMBER) att_rule_line_unexpected(self, "a number of letters");
    else if (test->high < test->low) att_rule_line_fail(self, "S033", self->symbol.place, "from more letters to fewer");
    else att_rule_line_advance(self);
    return test;
}

static void take_word(void *user, att_str word)
{
    att_rule_words *self = user;
    self->words[self->count++] = att_str_copy(self->arena, word);
}

static bool starts_with_apostrophe(att_str text)
{
    att_rune rune = att_utf8_decode(text, 0);
    return rune.code == '\'' || (rune.code >= 0x80 && att_rune_shape(rune.code) == '\'');
}

/* Cuts a literal into room->words, opened at hyphens. Gives the number of its tokens, ATT_NONE when they are too many. "'s" is
 * read as it stands behind a word. */
static uint32_t cut_literal(att_rule_line *self, att_str text)
{
    att_names *names = &self->room->knowledge->lists.names;
    att_rule_words *words = self->room->words;
    words->count = 0;
    if (starts_with_apostrophe(text)) {
        att_str behind = att_str_format(words->arena, "x%.*s", ATT_STR_ARG(text));
        if (att_names_cut(names, behind, take_word, words) && words->count > 1 && att_str_is(words->words[0], "x")) {
            memmove(words->words, words->words + 1, --words->count * sizeof *words->words);
            return names->cut.count - 1;
        }
        words->count = 0;
    }
    return att_names_cut(names, text, take_word, words) ? names->cut.count : (uint32_t)ATT_NONE;
}

static att_test *read_literal(att_rule_line *self)
{
    bool exact = self->symbol.kind == ATT_SYMBOL_EXACT;
    att_test *test = new_test(self, exact ? ATT_TEST_EXACT : ATT_TEST_WORD, self->symbol.place);
    att_lexicon *lexicon = &self->room->knowledge->lexicon;
    uint64_t caps;
    att_str text = att_str_trim(self->symbol.text);
    if (!text.length) {
        att_rule_line_fail(self, "S015", test->place, "a literal without a word");
        return test;
    }
    if (cut_literal(self, text) != 1) {
        att_rule_line_report(self, "C05", test->place, "in '[' ']' a literal is one token; this is not");
    } else {
        test->number = exact ? att_lexicon_add_exact(lexicon, text) : att_lexicon_add(lexicon, text, &caps);
    }
    att_rule_line_advance(self);
    return test;
}

static att_test *read_regex(att_rule_line *self)
{
    att_test *test = new_test(self, ATT_TEST_REGEX, self->symbol.place);
    if (self->symbol.text.length) test->number = regex_number(self);
    else att_rule_line_report(self, "S035", test->place, "an empty regex");
    att_rule_line_advance(self);
    return test;
}

static att_test *read_property(att_rule_line *self)
{
    att_place place = self->symbol.place;
    att_test *test;
    switch (self->symbol.kind) {
    case ATT_SYMBOL_IDENT: return att_rule_line_at_word(self, "len") ? read_length(self) : read_class(self);
    case ATT_SYMBOL_STRING:
    case ATT_SYMBOL_EXACT: return read_literal(self);
    case ATT_SYMBOL_REGEX: return read_regex(self);
    default: break;
    }
    if (att_rule_line_at(self, '<')) {
        test = new_test(self, ATT_TEST_LIST, place);
        test->number = att_rule_read_list(self);
    } else if (att_rule_line_at(self, '@')) {
        test = new_test(self, ATT_TEST_IN_LAYER, place);
        att_rule_line_advance(self);
        test->place = self->symbol.place;
        test->number = att_rule_read_layer(self);
    } else {
        test = new_test(self, ATT_TEST_ANY, place);
        att_rule_line_unexpected(self, "a class such as cap, a literal, <list> or @LAYER");
    }
    return test;
}

static att_test *read_negated(att_rule_line *self)
{
    att_place place = self->symbol.place;
    bool not = att_rule_line_at(self, '!');
    if (not ) att_rule_line_advance(self);
    weigh(self, 1);
    att_test *test = read_property(self);
    if (!not ) return test;
    att_test *outer = new_test(self, ATT_TEST_NOT, place);
    outer->children = test;
    return outer;
}

/* Parts with `mark` between them, under one node when there are several. */
static att_test *read_joined(att_rule_line *self, char mark, att_test_kind kind, att_test *(*read)(att_rule_line *))
{
    att_test *first = read(self), *last = first;
    if (!att_rule_line_at(self, mark)) return first;
    att_test *outer = new_test(self, kind, first->place);
    outer->children = first;
    while (att_rule_line_at(self, mark)) {
        att_rule_line_advance(self);
        last = last->next = read(self);
    }
    return outer;
}

static att_test *read_both(att_rule_line *self)
{
    return read_joined(self, '&', ATT_TEST_AND, read_negated);
}

static att_pattern *read_set(att_rule_line *self)
{
    att_place place = self->symbol.place;
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_TOKEN, place);
    att_rule_line_advance(self);
    if (att_rule_line_at(self, ']')) {
        att_rule_line_fail(self, "S035", place, "an empty '[' ']'; any token is [any]");
        return made;
    }
    made->test = read_joined(self, '|', ATT_TEST_OR, read_both);
    made->place.end = self->symbol.place.end;
    if (self->symbol.kind == ATT_SYMBOL_END && !failed(self)) att_rule_line_fail(self, "S032", place, "'[' is not closed");
    else att_rule_line_expect(self, ']', "or '&' or '|' behind a property");
    return made;
}

/* ---- atoms ---- */

static att_pattern *read_words(att_rule_line *self)
{
    att_lexicon *lexicon = &self->room->knowledge->lexicon;
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_WORDS, self->symbol.place);
    const att_rule_words *words = self->room->words;
    uint64_t caps;
    made->exact = self->symbol.kind == ATT_SYMBOL_EXACT;
    uint32_t tokens = cut_literal(self, self->symbol.text);
    if (tokens == ATT_NONE) {
        att_rule_line_fail(self, "S034", made->place, "a literal of more than %d words", ATT_LONGEST_FORM);
        return made;
    }
    if (!words->count) {
        att_rule_line_fail(self, "S015", made->place, "a literal without a word");
        return made;
    }
    uint32_t *numbers = att_arena_alloc(self->room->arena, sizeof *numbers * words->count);
    for (uint32_t i = 0; i < words->count; i++)
        numbers[i] =
            made->exact ? att_lexicon_add_exact(lexicon, words->words[i]) : att_lexicon_add(lexicon, words->words[i], &caps);
    made->words = numbers;
    made->word_count = words->count;
    att_rule_line_advance(self);
    return made;
}

static bool is_id(const att_symbol *symbol)
{
    return symbol->kind == ATT_SYMBOL_IDENT || symbol->kind == ATT_SYMBOL_LAYER || symbol->kind == ATT_SYMBOL_STAR;
}

/* "usa-state | gbr-foreign"; false when it can't be read. */
static bool read_values(att_rule_line *self, att_field_test *test)
{
    struct {
        att_str *items;
        uint32_t count, capacity;
    } values = { NULL, 0, 0 };
    do {
        if (values.count) att_rule_line_advance(self);
        if (!is_id(&self->symbol)) {
            att_rule_line_unexpected(self, "an id or code");
            return false;
        }
        ATT_RESERVE(self->room->arena, &values, 1);
        values.items[values.count++] = self->symbol.text;
        att_rule_line_advance(self);
    } while (att_rule_line_at(self, '|'));
    uint32_t *marks = att_arena_alloc(self->room->arena, sizeof *marks * values.count);
    for (uint32_t i = 0; i < values.count; i++) marks[i] = att_value_mark(values.items[i]);
    *test = (att_field_test){ test->field, values.count, values.items, marks };
    return true;
}

/* "id=usa-state" of a layer; false when it can't be read. */
static bool read_field_test(att_rule_line *self, uint32_t layer, att_field_test *test)
{
    const att_layers *layers = &self->room->knowledge->layers;
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        att_rule_line_unexpected(self, "a field of the layer");
        return false;
    }
    test->field = layer == ATT_NONE ? (uint32_t)ATT_NONE : att_layer_field(&layers->items[layer], self->symbol.text);
    if (layer != ATT_NONE && test->field == ATT_NONE)
        att_rule_line_unknown(self, "field", self->symbol.text, self->symbol.place, layers->items[layer].fields,
                              layers->items[layer].field_count);
    att_rule_line_advance(self);
    return att_rule_line_expect(self, '=', "behind a field's name") && read_values(self, test);
}

static att_pattern *read_annotation(att_rule_line *self)
{
    att_field_test tests[ATT_MAX_FIELDS];
    att_rule_line_advance(self);
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_LAYER, self->symbol.place);
    made->number = att_rule_read_layer(self);
    if (!att_rule_line_at(self, '(') || self->symbol.apart) return made;
    do {
        att_rule_line_advance(self);
        if (made->field_count == ATT_MAX_FIELDS) {
            att_rule_line_fail(self, "S021", self->symbol.place, "more than %d fields", ATT_MAX_FIELDS);
            return made;
        }
        if (!read_field_test(self, made->number, &tests[made->field_count])) return made;
        made->field_count++;
    } while (att_rule_line_at(self, ','));
    att_rule_line_expect(self, ')', "behind the fields of a layer");
    att_field_test *kept = att_arena_alloc(self->room->arena, sizeof *kept * made->field_count);
    memcpy(kept, tests, sizeof *kept * made->field_count);
    made->fields = kept;
    return made;
}

static att_pattern *read_gap(att_rule_line *self)
{
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_GAP, self->symbol.place);
    att_rule_line_advance(self);
    made->most = self->symbol.number;
    if (self->symbol.kind != ATT_SYMBOL_NUMBER) {
        att_rule_line_unexpected(self, "how many tokens the gap may have, such as ..4");
    } else if (!made->most || made->most > ATT_LONGEST_GAP) {
        att_rule_line_fail(self, "S033", self->symbol.place, "a gap has 1 to %d tokens", ATT_LONGEST_GAP);
    } else {
        weigh(self, made->most);
        att_rule_line_advance(self);
    }
    return made;
}

static att_pattern *read_choice(att_rule_line *self);

/* Goes down into a group or phrase; false, with a finding, when that is too deep. */
static bool enter(att_rule_line *self, uint32_t levels)
{
    self->depth += levels;
    if (self->depth > self->height) self->height = self->depth;
    if (self->room->levels + self->depth <= ATT_DEEPEST_PATTERN) return true;
    att_rule_line_fail(self, "S034", self->symbol.place, "nested deeper than %d levels", ATT_DEEPEST_PATTERN);
    return false;
}

static att_pattern *read_group(att_rule_line *self)
{
    att_place place = self->symbol.place;
    att_pattern *made = NULL;
    if (enter(self, 1)) {
        att_rule_line_advance(self);
        made = read_choice(self);
        if (self->symbol.kind == ATT_SYMBOL_END && !failed(self)) att_rule_line_fail(self, "S032", place, "'(' is not closed");
        else if (!failed(self)) att_rule_line_expect(self, ')', "at the end of a group");
    }
    self->depth--;
    return made ? made : att_pattern_new(self->room, ATT_PATTERN_SEQUENCE, place);
}

/* ---- phrases ---- */

/* Reads the phrase where it is used first, `levels` deep. */
static void read_phrase(att_rule_room *room, att_rule_phrase *phrase, uint32_t levels)
{
    const att_lines_block *block = phrase->block;
    size_t skip = block->name.length;
    att_rule_line line = { .room = room,
                           .block = block,
                           .pack = block->pack,
                           .captures = phrase->captures,
                           .capture_count = &phrase->capture_count,
                           .in_phrase = true };
    phrase->reading = phrase->read = true;
    room->levels += levels;
    att_rule_line_start(&line, block->file->source, att_str_slice(block->head, skip, block->head.length),
                        block->head_at + (uint32_t)skip);
    const att_pattern *pattern = NULL;
    if (att_rule_line_expect(&line, '=', "between a phrase's name and its pattern")) pattern = att_rule_read_pattern(&line);
    if (!line.findings) phrase->pattern = pattern;
    phrase->weight = (uint32_t)line.weight;
    phrase->height = line.height;
    phrase->has_end = line.has_end;
    room->levels -= levels;
    phrase->reading = false;
}

static void read_lines_of_phrase(att_rule_room *room, const att_lines_block *block)
{
    const att_line *line = NULL;
    while (att_block_next(&room->knowledge->blocks, &block, &line))
        att_report(room->knowledge->diags, ATT_ERROR, "S005", att_line_place(block, line),
                   "a phrase stands in its head; a long one goes on in a line that starts with '.. '");
}

void att_rule_find_phrases(att_rule_room *room)
{
    const att_blocks *blocks = &room->knowledge->blocks;
    att_rules *rules = room->rules;
    room->first_phrase = att_arena_alloc(room->arena, sizeof *room->first_phrase * (blocks->blocks.count + 1));
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind != ATT_BLOCK_PHRASE || block->dead) continue;
        uint32_t known = room->phrase_names.count, name = att_map_add(&room->phrase_names, block->name);
        ATT_RESERVE(room->arena, &rules->phrases, 1);
        rules->phrases.items[rules->phrases.count] =
            (att_rule_phrase){ .name = block->name,
                               .block = block,
                               .captures = att_arena_alloc(room->arena, sizeof(att_str) * ATT_MAX_CAPTURES),
                               .same = name < known ? room->first_phrase[name] : (uint32_t)ATT_NONE };
        room->first_phrase[name] = rules->phrases.count++;
        read_lines_of_phrase(room, block);
    }
}

void att_rule_read_phrases(att_rule_room *room)
{
    for (uint32_t i = 0; i < room->rules->phrases.count; i++)
        if (!room->rules->phrases.items[i].read) read_phrase(room, &room->rules->phrases.items[i], 0);
}

/* A copy of a phrase's tree with the captures `to` in the place of its own. */
static att_pattern *copy_tree(att_rule_room *room, const att_pattern *from, const uint32_t *to)
{
    att_pattern *copy = att_pattern_again(room, from), **tail = &copy->children;
    if (copy->capture != ATT_NONE) copy->capture = to[copy->capture];
    for (const att_pattern *child = from->children; child; child = child->next) {
        *tail = copy_tree(room, child, to);
        tail = &(*tail)->next;
    }
    return copy;
}

/* The phrase's tree for the rule or phrase that is read. */
static att_pattern *put_in(att_rule_line *self, const att_rule_phrase *phrase, att_place place)
{
    uint32_t to[ATT_MAX_CAPTURES];
    if (phrase->has_end) note_end(self, place);
    if (!weigh(self, phrase->weight)) return NULL;
    bool fits = enter(self, phrase->height + 1);
    self->depth -= phrase->height + 1;
    if (!fits) return NULL;
    if (!phrase->capture_count) return att_pattern_again(self->room, phrase->pattern);
    if (self->captures_refused) {
        att_rule_line_report(self, "C08", place, "phrase '%.*s' has captures, which a context that must not hold never binds",
                             ATT_STR_ARG(phrase->name));
        return NULL;
    }
    for (uint32_t i = 0; i < phrase->capture_count; i++) {
        to[i] = att_rule_capture(self, phrase->captures[i], place);
        if (to[i] == ATT_NONE) return NULL;
    }
    return copy_tree(self->room, phrase->pattern, to);
}

static void unknown_phrase(att_rule_line *self, att_str name, att_place place)
{
    const att_map *names = &self->room->phrase_names;
    if (is_class(name))
        att_rule_line_report(self, "C01", place, "unknown phrase '%.*s'; a class stands in brackets: [%.*s]", ATT_STR_ARG(name),
                             ATT_STR_ARG(name));
    else if (att_map_find(&self->room->knowledge->lists.by_name, name) != ATT_NONE)
        att_rule_line_report(self, "C01", place, "unknown phrase '%.*s'; a list is written <%.*s>", ATT_STR_ARG(name),
                             ATT_STR_ARG(name));
    else att_rule_line_unknown(self, "phrase", name, place, names->items, names->count);
}

/* The phrase that the pack at hand means by the name, or ATT_NONE. */
static uint32_t find_phrase(const att_rule_line *self, att_str name)
{
    const att_rule_room *room = self->room;
    const att_rule_phrase *phrases = room->rules->phrases.items;
    uint32_t best = ATT_NONE, number = att_map_find(&room->phrase_names, name);
    if (number == ATT_NONE) return ATT_NONE;
    for (uint32_t i = room->first_phrase[number]; i != ATT_NONE; i = phrases[i].same)
        if (best == ATT_NONE
            || att_pack_nearer(&room->knowledge->blocks, self->pack, phrases[i].block->home, phrases[best].block->home))
            best = i;
    return best;
}

/* A phrase, by the name that was taken. */
static att_pattern *use_phrase(att_rule_line *self, att_str name, att_place place)
{
    att_rule_room *room = self->room;
    uint32_t number = find_phrase(self, name);
    if (number == ATT_NONE) {
        unknown_phrase(self, name, place);
        return NULL;
    }
    att_rule_phrase *phrase = &room->rules->phrases.items[number];
    phrase->uses++;
    if (!att_rule_sees(self, phrase->block->home, "phrase", name, place)) return NULL;
    if (phrase->reading) {
        att_rule_line_report(self, "C11", place, "phrase '%.*s' contains itself", ATT_STR_ARG(name));
        return NULL;
    }
    if (!phrase->read) {
        bool fits = enter(self, 1);
        if (fits) read_phrase(room, phrase, self->depth);
        self->depth--;
        if (!fits) return NULL;
    }
    if (!phrase->pattern) self->findings += !self->findings; /* broken as well, without a finding of its own */
    return phrase->pattern ? put_in(self, phrase, place) : NULL;
}

/* ---- items, sequences, alternatives ---- */

static const char wanted[] = "a word in quotation marks, <list>, @LAYER, [class], /regex/, (group), ..N or a phrase";

/* A list of words alone is a set: it takes one token, which is known with its type. */
static att_pattern *read_list(att_rule_line *self, att_place place)
{
    uint32_t list = att_rule_read_list(self);
    bool words = list != ATT_NONE && self->room->knowledge->lists.lists.items[list].longest == 1;
    att_pattern *made = att_pattern_new(self->room, words ? ATT_PATTERN_TOKEN : ATT_PATTERN_LIST, place);
    if (!words) {
        made->number = list;
        return made;
    }
    att_test *test = new_test(self, ATT_TEST_LIST, place);
    test->number = list;
    made->test = test;
    return made;
}

/* An atom; NULL when it is none, with a finding. */
static att_pattern *read_atom(att_rule_line *self)
{
    att_pattern *made = NULL;
    att_place place = self->symbol.place;
    if (!weigh(self, 1)) return NULL;
    switch (self->symbol.kind) {
    case ATT_SYMBOL_STRING:
    case ATT_SYMBOL_EXACT: return read_words(self);
    case ATT_SYMBOL_REGEX:
        made = att_pattern_new(self->room, ATT_PATTERN_TOKEN, place);
        made->test = read_regex(self);
        return made;
    case ATT_SYMBOL_DOTS: return read_gap(self);
    default: break;
    }
    if (att_rule_line_at(self, '[')) return read_set(self);
    if (att_rule_line_at(self, '(')) return read_group(self);
    if (att_rule_line_at(self, '@')) return read_annotation(self);
    if (att_rule_line_at(self, '<')) {
        made = read_list(self, place);
    } else {
        att_rule_line_unexpected(self, wanted);
    }
    return made;
}

/* "{2}", "{0,8}" */
static bool read_bounds(att_rule_line *self, uint32_t *least, uint32_t *most)
{
    att_place place = self->symbol.place;
    att_rule_line_advance(self);
    *least = *most = self->symbol.number;
    if (self->symbol.kind != ATT_SYMBOL_NUMBER) goto bad;
    att_rule_line_advance(self);
    if (att_rule_line_at(self, ',')) {
        att_rule_line_advance(self);
        *most = self->symbol.number;
        if (self->symbol.kind != ATT_SYMBOL_NUMBER) goto bad;
        att_rule_line_advance(self);
    }
    if (!att_rule_line_at(self, '}')) goto bad;
    place.end = self->symbol.place.end;
    if (*most < *least || !*most || *most > MOST_REPEATS) {
        att_rule_line_fail(self, "S033", place, "a repeat goes from fewer to more, up to %d times", MOST_REPEATS);
        return false;
    }
    att_rule_line_advance(self);
    return true;
bad:
    if (!failed(self)) att_rule_line_fail(self, "S033", place, "a repeat is written {2} or {0,3}");
    return false;
}

/* Whether "*" and "+" may stand behind it: one token, list or annotation. */
static bool is_single(const att_pattern *pattern)
{
    switch (pattern->kind) {
    case ATT_PATTERN_TOKEN:
    case ATT_PATTERN_LIST:
    case ATT_PATTERN_LAYER: return true;
    case ATT_PATTERN_WORDS: return pattern->word_count == 1;
    default: return false;
    }
}

/* The atom with the repeat behind it; `before` is the weight without the atom. */
static att_pattern *read_repeat(att_rule_line *self, att_pattern *atom, uint64_t before)
{
    uint32_t least = 0, most = 1;
    att_place place = self->symbol.place;
    bool unbounded = att_rule_line_at(self, '*') || att_rule_line_at(self, '+');
    if (!unbounded && !att_rule_line_at(self, '?') && !att_rule_line_at(self, '{')) return atom;
    if (atom->kind == ATT_PATTERN_GAP) {
        att_rule_line_fail(self, "S033", place, "a gap may be empty already and has its own bound");
        return atom;
    }
    if (att_rule_line_at(self, '{')) {
        if (!read_bounds(self, &least, &most)) return atom;
    } else {
        if (att_rule_line_at(self, '+')) least = 1;
        if (unbounded) most = ATT_NONE;
        if (unbounded && !is_single(atom))
            att_rule_line_report(self, "C06", place,
                                 "'*' and '+' stand behind one token, list or layer; a group wants a bound: {0,3}");
        if (!failed(self)) att_rule_line_advance(self);
    }
    if (!failed(self)
        && (att_rule_line_at(self, '?') || att_rule_line_at(self, '*') || att_rule_line_at(self, '+')
            || att_rule_line_at(self, '{')))
        att_rule_line_fail(self, "S033", self->symbol.place, "a repeat behind a repeat; put brackets around the first");
    if (most != ATT_NONE) weigh(self, (self->weight - before) * (most - 1) + 1);
    att_pattern *made = att_pattern_around(self->room, ATT_PATTERN_REPEAT, atom);
    made->least = least;
    made->most = most;
    return made;
}

static att_pattern *read_item(att_rule_line *self)
{
    uint64_t before = self->weight;
    uint32_t capture = ATT_NONE;
    att_pattern *atom;
    if (self->symbol.kind == ATT_SYMBOL_IDENT) {
        att_str name = self->symbol.text;
        att_place place = self->symbol.place;
        att_rule_line_advance(self);
        if (att_rule_line_at(self, ':') && !self->symbol.apart) {
            if (self->captures_refused)
                att_rule_line_report(self, "C08", place, "a context that must not hold never binds capture '%.*s'",
                                     ATT_STR_ARG(name));
            else capture = att_rule_capture(self, name, place);
            if (failed(self)) return NULL;
            att_rule_line_advance(self);
            if (self->symbol.kind == ATT_SYMBOL_IDENT) {
                name = self->symbol.text;
                place = self->symbol.place;
                att_rule_line_advance(self);
                atom = use_phrase(self, name, place);
            } else {
                atom = read_atom(self);
            }
        } else {
            atom = use_phrase(self, name, place);
        }
        if (!atom && !failed(self))
            atom = att_pattern_new(self->room, ATT_PATTERN_TOKEN, place); /* goes on for more findings */
    } else {
        atom = read_atom(self);
    }
    if (!atom || failed(self)) return NULL;
    att_pattern *item = read_repeat(self, atom, before);
    return capture == ATT_NONE ? item : att_pattern_captured(self->room, item, capture);
}

static bool ends_sequence(const att_rule_line *self)
{
    return self->symbol.kind == ATT_SYMBOL_END || att_rule_line_at(self, '|') || att_rule_line_at(self, ')');
}

static att_pattern *read_sequence(att_rule_line *self)
{
    att_pattern *first = NULL, **tail = &first;
    if (ends_sequence(self)) {
        if (!failed(self))
            att_rule_line_fail(self, "S035", self->symbol.place,
                               "an empty alternative; a part that may be missing has '?' behind it");
        return NULL;
    }
    while (!ends_sequence(self)) {
        *tail = read_item(self);
        if (!*tail) return NULL;
        tail = &(*tail)->next;
    }
    return first->next ? att_pattern_around(self->room, ATT_PATTERN_SEQUENCE, first) : first;
}

static att_pattern *read_choice(att_rule_line *self)
{
    att_pattern *first = read_sequence(self), *last = first;
    if (!first || !att_rule_line_at(self, '|')) return first;
    att_pattern *choice = att_pattern_around(self->room, ATT_PATTERN_CHOICE, first);
    while (att_rule_line_at(self, '|')) {
        att_rule_line_advance(self);
        last = last->next = read_sequence(self);
        if (!last) return NULL;
    }
    return choice;
}

att_pattern *att_rule_read_pattern(att_rule_line *self)
{
    att_pattern *pattern = read_choice(self);
    if (pattern && self->symbol.kind != ATT_SYMBOL_END) att_rule_line_unexpected(self, wanted);
    return self->findings ? NULL : pattern;
}

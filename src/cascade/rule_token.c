#include "cascade/rule_token.h"

#include "base/utf8.h"

enum { TESTS_A_PIECE = 128 };

att_test *att_rule_new_test(att_rule_line *self, att_test_kind kind, att_place place)
{
    att_rule_room *room = self->room;
    if (!room->free_tests) {
        room->tests = att_arena_zero_each(room->arena, TESTS_A_PIECE, sizeof *room->tests);
        room->free_tests = TESTS_A_PIECE;
    }
    room->free_tests--;
    att_test *made = room->tests++;
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

/* Some are both, by what stands behind them. */
static bool is_class_name(const char *name)
{
    for (int i = 0; i < ATT_CLASS_COUNT; i++)
        if (strcmp(att_class_names[i], name) == 0) return true;
    return false;
}

static size_t class_names(att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2])
{
    size_t count = 0;
    for (int i = 0; i < ATT_CLASS_COUNT; i++) names[count++] = att_str_of(att_class_names[i]);
    for (int i = 0; i < PLACE_COUNT; i++)
        if (!is_class_name(places[i].name)) names[count++] = att_str_of(places[i].name);
    names[count++] = ATT_STR("any");
    names[count++] = ATT_STR("len");
    return count;
}

bool att_rule_is_class(att_str name)
{
    att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2];
    size_t count = class_names(names);
    for (size_t i = 0; i < count; i++)
        if (att_str_equal(names[i], name)) return true;
    return false;
}

/* Makes the test ask for the place of that name; false when there is none. */
static bool set_place(att_rule_line *self, att_test *test, att_str name)
{
    for (int i = 0; i < PLACE_COUNT; i++) {
        if (!att_str_is(name, places[i].name)) continue;
        test->kind = ATT_TEST_PLACE;
        test->number = places[i].test;
        if (places[i].test == ATT_AT_END) att_rule_line_note_end(self, test->place);
        return true;
    }
    return false;
}

/* The same of a class. */
static bool set_class(att_test *test, att_str name)
{
    for (int i = 0; i < ATT_CLASS_COUNT; i++) {
        if (!att_str_is(name, att_class_names[i])) continue;
        test->kind = ATT_TEST_CLASS;
        test->number = 1u << i;
        return true;
    }
    return false;
}

static att_test *read_class(att_rule_line *self)
{
    att_str name = self->symbol.text;
    att_test *test = att_rule_new_test(self, ATT_TEST_ANY, self->symbol.place);
    if (!set_place(self, test, name) && !set_class(test, name) && !att_str_is(name, "any")) {
        att_str names[ATT_CLASS_COUNT + PLACE_COUNT + 2];
        att_rule_line_unknown(self, "class", name, test->place, names, class_names(names));
    }
    att_rule_line_advance(self);
    return test;
}

/* len=3, len=2..8 */
static att_test *read_length(att_rule_line *self)
{
    att_test *test = att_rule_new_test(self, ATT_TEST_LENGTH, self->symbol.place);
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

uint32_t att_rule_cut_literal(att_rule_line *self, att_str text)
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
    att_test *test = att_rule_new_test(self, exact ? ATT_TEST_EXACT : ATT_TEST_WORD, self->symbol.place);
    att_lexicon *lexicon = &self->room->knowledge->lexicon;
    uint64_t caps;
    att_str text = att_str_trim(self->symbol.text);
    if (!text.length) {
        att_rule_line_fail(self, "S015", test->place, "a literal without a word");
        return test;
    }
    if (att_rule_cut_literal(self, text) != 1) {
        att_rule_line_report(self, "C05", test->place, "in '[' ']' a literal is one token; this is not");
    } else {
        test->number = exact ? att_lexicon_add_exact(lexicon, text) : att_lexicon_add(lexicon, text, &caps);
    }
    att_rule_line_advance(self);
    return test;
}

att_test *att_rule_read_regex(att_rule_line *self)
{
    att_test *test = att_rule_new_test(self, ATT_TEST_REGEX, self->symbol.place);
    if (self->symbol.text.length) test->number = regex_number(self);
    else att_rule_line_fail(self, "S035", test->place, "an empty regex; a comment begins with '#' behind two blanks");
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
    case ATT_SYMBOL_REGEX: return att_rule_read_regex(self);
    default: break;
    }
    if (att_rule_line_at(self, '<')) {
        test = att_rule_new_test(self, ATT_TEST_LIST, place);
        test->number = att_rule_read_list(self);
    } else if (att_rule_line_at(self, '@')) {
        test = att_rule_new_test(self, ATT_TEST_IN_LAYER, place);
        att_rule_line_advance(self);
        test->place = self->symbol.place;
        test->number = att_rule_read_layer(self);
    } else {
        test = att_rule_new_test(self, ATT_TEST_ANY, place);
        att_rule_line_unexpected(self, "a class such as cap, a literal, <list> or @LAYER");
    }
    return test;
}

static att_test *read_negated(att_rule_line *self)
{
    att_place place = self->symbol.place;
    bool not = att_rule_line_at(self, '!');
    if (not ) att_rule_line_advance(self);
    att_rule_line_weigh(self, 1);
    att_test *test = read_property(self);
    if (!not ) return test;
    att_test *outer = att_rule_new_test(self, ATT_TEST_NOT, place);
    outer->children = test;
    return outer;
}

/* Parts with `mark` between them, under one node when there are several. */
static att_test *read_joined(att_rule_line *self, char mark, att_test_kind kind, att_test *(*read)(att_rule_line *))
{
    att_test *first = read(self), *last = first;
    if (!att_rule_line_at(self, mark)) return first;
    att_test *outer = att_rule_new_test(self, kind, first->place);
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

att_test *att_rule_read_test(att_rule_line *self)
{
    return read_joined(self, '|', ATT_TEST_OR, read_both);
}

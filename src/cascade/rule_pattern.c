#include "cascade/rule_pattern.h"

#include "cascade/rule_token.h"
#include "knowledge/overlay.h"

enum { MOST_REPEATS = 1000, LONGEST_GAP = 100 /* tokens */, NODES_A_PIECE = 128 };

/* ---- nodes ---- */

/* Nodes lie in pieces of many, of which compiled rules keep what is asked when they run. */
static att_pattern *take(att_rule_room *room)
{
    if (!room->free_patterns) {
        room->patterns = att_arena_zero_each(room->arena, NODES_A_PIECE, sizeof *room->patterns);
        room->free_patterns = NODES_A_PIECE;
    }
    room->free_patterns--;
    return room->patterns++;
}

att_pattern *att_pattern_new(att_rule_room *room, att_pattern_kind kind, att_place place)
{
    att_pattern *made = take(room);
    made->kind = (uint8_t)kind;
    made->place = place;
    made->capture = ATT_NONE;
    if (kind == ATT_PATTERN_LIST || kind == ATT_PATTERN_LAYER) made->number = ATT_NONE;
    return made;
}

att_pattern *att_pattern_again(att_rule_room *room, const att_pattern *pattern)
{
    att_pattern *copy = take(room);
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

/* ---- atoms ---- */

static att_pattern *read_set(att_rule_line *self)
{
    att_place place = self->symbol.place;
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_TOKEN, place);
    att_rule_line_advance(self);
    if (att_rule_line_at(self, ']')) {
        att_rule_line_fail(self, "S035", place, "an empty '[' ']'; any token is [any]");
        return made;
    }
    made->test = att_rule_read_test(self);
    made->place.end = self->symbol.place.end;
    if (self->symbol.kind == ATT_SYMBOL_END && !att_rule_line_failed(self))
        att_rule_line_fail(self, "S032", place, "'[' is not closed");
    else att_rule_line_expect(self, ']', "or '&' or '|' behind a property");
    return made;
}

static att_pattern *read_words(att_rule_line *self)
{
    att_lexicon *lexicon = &self->room->knowledge->lexicon;
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_WORDS, self->symbol.place);
    const att_rule_words *words = self->room->words;
    uint64_t caps;
    made->exact = self->symbol.kind == ATT_SYMBOL_EXACT;
    uint32_t tokens = att_rule_cut_literal(self, self->symbol.text);
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
    made->word_count = (uint16_t)words->count;
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
    } else if (!made->most || made->most > LONGEST_GAP) {
        att_rule_line_fail(self, "S033", self->symbol.place, "a gap has 1 to %d tokens", LONGEST_GAP);
    } else {
        att_rule_line_weigh(self, made->most);
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
        if (self->symbol.kind == ATT_SYMBOL_END && !att_rule_line_failed(self))
            att_rule_line_fail(self, "S032", place, "'(' is not closed");
        else if (!att_rule_line_failed(self)) att_rule_line_expect(self, ')', "at the end of a group");
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
    if (att_rule_line_expect(&line, '=', "between a phrase's name and its pattern, in one line"))
        pattern = att_rule_read_pattern(&line);
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
    if (!memchr(block->head.data, '=', block->head.length)) return; /* is told of the head */
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
    for (const att_pattern *child = att_pattern_parts(from); child; child = child->next) {
        *tail = copy_tree(room, child, to);
        tail = &(*tail)->next;
    }
    return copy;
}

/* The phrase's tree for the rule or phrase that is read. */
static att_pattern *put_in(att_rule_line *self, const att_rule_phrase *phrase, att_place place)
{
    uint32_t to[ATT_MAX_CAPTURES];
    if (phrase->has_end) att_rule_line_note_end(self, place);
    if (!att_rule_line_weigh(self, phrase->weight)) return NULL;
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
    if (att_rule_is_class(name))
        att_rule_line_report(self, "C01", place, "unknown phrase '%.*s'; a class stands in brackets: [%.*s]", ATT_STR_ARG(name),
                             ATT_STR_ARG(name));
    else if (att_map_find(&self->room->knowledge->lists.by_name, name) != ATT_NONE)
        att_rule_line_report(self, "C01", place, "unknown phrase '%.*s'; a list is written <%.*s>", ATT_STR_ARG(name),
                             ATT_STR_ARG(name));
    else if (!att_block_missed(&self->room->knowledge->blocks, ATT_BLOCK_PHRASE, name, place))
        att_rule_line_unknown(self, "phrase", name, place, names->items, names->count);
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
    att_test *test = att_rule_new_test(self, ATT_TEST_LIST, place);
    test->number = list;
    made->test = test;
    return made;
}

/* An atom; NULL when it is none, with a finding. */
static att_pattern *read_atom(att_rule_line *self)
{
    att_pattern *made = NULL;
    att_place place = self->symbol.place;
    if (!att_rule_line_weigh(self, 1)) return NULL;
    switch (self->symbol.kind) {
    case ATT_SYMBOL_STRING:
    case ATT_SYMBOL_EXACT: return read_words(self);
    case ATT_SYMBOL_REGEX:
        made = att_pattern_new(self->room, ATT_PATTERN_TOKEN, place);
        made->test = att_rule_read_regex(self);
        return made;
    case ATT_SYMBOL_DOTS: return read_gap(self);
    default: break;
    }
    if (att_rule_line_at(self, '[')) return read_set(self);
    if (att_rule_line_at(self, '(')) return read_group(self);
    if (att_rule_line_at(self, '@')) return read_annotation(self);
    if (att_rule_line_at(self, '<')) return read_list(self, place);
    att_rule_line_unexpected(self, wanted);
    return NULL;
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
    if (!att_rule_line_failed(self)) att_rule_line_fail(self, "S033", place, "a repeat is written {2} or {0,3}");
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
        if (!att_rule_line_failed(self)) att_rule_line_advance(self);
    }
    if (!att_rule_line_failed(self)
        && (att_rule_line_at(self, '?') || att_rule_line_at(self, '*') || att_rule_line_at(self, '+')
            || att_rule_line_at(self, '{')))
        att_rule_line_fail(self, "S033", self->symbol.place, "a repeat behind a repeat; put brackets around the first");
    if (most != ATT_NONE) att_rule_line_weigh(self, (self->weight - before) * (most - 1) + 1);
    att_pattern *made = att_pattern_around(self->room, ATT_PATTERN_REPEAT, atom);
    made->least = least;
    made->most = most;
    return made;
}

/* The phrase of a name that was taken. One that can't be used stands for any token, so that the rest of the line is read. */
static att_pattern *phrase_or_any(att_rule_line *self, att_str name, att_place place)
{
    att_pattern *made = use_phrase(self, name, place);
    if (made || att_rule_line_failed(self)) return made;
    return att_pattern_new(self->room, ATT_PATTERN_TOKEN, place);
}

static att_pattern *read_phrase_or_atom(att_rule_line *self)
{
    att_str name = self->symbol.text;
    att_place place = self->symbol.place;
    if (self->symbol.kind != ATT_SYMBOL_IDENT) return read_atom(self);
    att_rule_line_advance(self);
    return phrase_or_any(self, name, place);
}

/* The capture whose name was taken, with its colon; false when the line ends there. */
static bool take_capture(att_rule_line *self, att_str name, att_place place, uint32_t *capture)
{
    if (self->captures_refused)
        att_rule_line_report(self, "C08", place, "a context that must not hold never binds capture '%.*s'", ATT_STR_ARG(name));
    else *capture = att_rule_capture(self, name, place);
    if (att_rule_line_failed(self)) return false;
    att_rule_line_advance(self);
    return true;
}

/* "name:atom{2}", "phrase", … */
static att_pattern *read_item(att_rule_line *self)
{
    uint64_t before = self->weight;
    uint32_t capture = ATT_NONE;
    att_str name = self->symbol.text;
    att_place place = self->symbol.place;
    att_pattern *atom;
    if (self->symbol.kind != ATT_SYMBOL_IDENT) {
        atom = read_atom(self);
    } else {
        att_rule_line_advance(self);
        bool captured = att_rule_line_at(self, ':') && !self->symbol.apart;
        if (captured && !take_capture(self, name, place, &capture)) return NULL;
        atom = captured ? read_phrase_or_atom(self) : phrase_or_any(self, name, place);
    }
    if (!atom || att_rule_line_failed(self)) return NULL;
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
        if (!att_rule_line_failed(self))
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

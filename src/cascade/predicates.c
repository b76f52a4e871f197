#include "cascade/predicates.h"

#include "cascade/rule_compile.h"

#include <limits.h>
#include <stdatomic.h>

static void write_out(att_buf *out, const att_test *test)
{
    const uint32_t numbers[] = { (uint32_t)test->kind, test->number, test->high };
    att_buf_byte(out, '(');
    att_buf_add(out, (att_str){ (const char *)numbers, sizeof numbers });
    for (const att_test *child = test->children; child; child = child->next) write_out(out, child);
    att_buf_byte(out, ')');
}

bool att_test_names_words(const att_test *test)
{
    switch (test->kind) {
    case ATT_TEST_WORD:
    case ATT_TEST_EXACT:
    case ATT_TEST_LIST: return true;
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (att_test_names_words(child)) return true;
        return false;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            if (!att_test_names_words(child)) return false;
        return true;
    default: return false;
    }
}

bool att_test_is_of_word(const att_test *test)
{
    if (test->kind == ATT_TEST_PLACE || test->kind == ATT_TEST_IN_LAYER) return false;
    for (const att_test *child = test->children; child; child = child->next)
        if (!att_test_is_of_word(child)) return false;
    return true;
}

/* ---- what is left to the place ---- */

/* Adds the place or the layer of a test to the masks; false when it asks for something else. */
static bool add_bit(const att_test *test, uint32_t *layers, uint8_t *places)
{
    if (test->kind == ATT_TEST_IN_LAYER) *layers |= 1u << test->number;
    else if (test->kind == ATT_TEST_PLACE) *places |= (uint8_t)(1 << test->number);
    return test->kind == ATT_TEST_IN_LAYER || test->kind == ATT_TEST_PLACE;
}

/* Adds the places and layers of the parts of an OR; false when another kind of part is left. `alone`: the place is asked
 * only when no part that the word decides holds, so those are skipped. */
static bool add_any(const att_test *test, bool alone, uint32_t *layers, uint8_t *places)
{
    for (const att_test *child = test->children; child; child = child->next)
        if (!(alone && att_test_is_of_word(child)) && !add_bit(child, layers, places)) return false;
    return true;
}

/* Adds to the masks what a test asks of the place, provided that all it asks of the word holds; false when masks can't
 * express it. */
static bool add_all(att_place_mask *self, const att_test *test, bool alone)
{
    if (att_test_is_of_word(test)) return true;
    switch (test->kind) {
    case ATT_TEST_NOT:
        if (test->children->kind == ATT_TEST_OR) return add_any(test->children, true, &self->outside, &self->nowhere);
        return add_bit(test->children, &self->outside, &self->nowhere);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (!add_all(self, child, false)) return false;
        return true;
    case ATT_TEST_OR:
        if (self->any_inside || self->anywhere) return false;
        return add_any(test, alone, &self->any_inside, &self->anywhere);
    default: return add_bit(test, &self->inside, &self->everywhere);
    }
}

static att_place_mask mask_of(const att_test *test)
{
    att_place_mask out = { .tells = false };
    out.tells = add_all(&out, test, true);
    return out;
}

static bool mask_holds(const att_place_mask *self, const att_scene *scene, uint32_t token)
{
    uint32_t inside = scene->spots[token].inside;
    uint8_t places = scene->doc->places[token];
    if (self->inside & ~inside || self->outside & inside || self->everywhere & ~places || self->nowhere & places) return false;
    return !(self->any_inside || self->anywhere) || self->any_inside & inside || self->anywhere & places;
}

/* For a test that depends on the place: makes predicates of those parts that the word alone decides, so that they are asked
 * once for each type, and of alternatives whose rest masks can express. */
static void number_parts(att_predicates *self, const att_test *test)
{
    for (att_test *child = test->children; child; child = child->next) {
        bool mixed = child->kind == ATT_TEST_NOT || child->kind == ATT_TEST_AND || child->kind == ATT_TEST_OR;
        bool known = att_test_is_of_word(child) || (test->kind == ATT_TEST_OR && mixed && mask_of(child).tells);
        if (known) child->predicate = att_predicates_add(self, child) + 1;
        else if (mixed) number_parts(self, child);
    }
}

/* ---- tests one part behind the other ---- */

static att_question question_of(const att_test *test, bool not )
{
    att_question out = { .kind = (uint8_t)test->kind, .not = not, .number = test->number, .size = 1 };
    if (test->kind != ATT_TEST_LENGTH) return out;
    out.number = test->low;
    out.other = test->high;
    return out;
}

static bool has_parts(const att_test *test)
{
    return test->kind == ATT_TEST_AND || test->kind == ATT_TEST_OR;
}

/* The rough cost of asking a part of a test; parts are asked in this order. MERGED is no cost: it is for parts that become a
 * field of the question (merge). */
enum { OF_BITS, OF_WORDS, OF_SETS, COSTS, MERGED };

static int cost_of(const att_test *test)
{
    if (test->kind == ATT_TEST_CLASS || test->kind == ATT_TEST_IN_LAYER) return MERGED;
    if (test->kind == ATT_TEST_NOT) return cost_of(test->children);
    if (test->kind == ATT_TEST_LIST) return OF_WORDS;
    return test->kind == ATT_TEST_REGEX || has_parts(test) ? OF_SETS : OF_BITS;
}

static void add_question(att_predicates *self, att_question question)
{
    ATT_RESERVE(self->knowledge->arena, &self->questions, 1);
    self->questions.items[self->questions.count++] = question;
}

/* Puts the parts of an AND or OR that are classes and layers into its own question. */
static void merge(att_question *self, const att_test *test)
{
    self->number = 0;
    for (const att_test *child = test->children; child; child = child->next) {
        const att_test *part = child;
        bool has = test->kind == ATT_TEST_OR;
        for (; part->kind == ATT_TEST_NOT; part = part->children) has = !has;
        if (part->kind == ATT_TEST_CLASS) *(has ? &self->number : &self->other) |= part->number;
        if (part->kind == ATT_TEST_IN_LAYER) self->layers = true;
    }
}

static void write_questions(att_predicates *self, const att_test *test, bool not )
{
    if (test->kind == ATT_TEST_NOT) {
        write_questions(self, test->children, !not );
        return;
    }
    uint32_t at = self->questions.count;
    add_question(self, question_of(test, not ));
    if (has_parts(test)) merge(&self->questions.items[at], test);
    for (int cost = OF_BITS; cost < COSTS; cost++)
        for (const att_test *child = test->children; child; child = child->next)
            if (cost_of(child) == cost) write_questions(self, child, false);
    self->questions.items[at].size = self->questions.count - at;
}

uint32_t att_predicates_add(att_predicates *self, const att_test *test)
{
    att_buf key = { .arena = self->knowledge->arena };
    write_out(&key, test);
    uint32_t number = att_map_add(&self->compiling->sets, att_buf_str(&key));
    if (number < self->roots.count) return number;
    ATT_RESERVE(self->knowledge->arena, &self->roots, 1);
    self->roots.items[self->roots.count++] = test;
    ATT_RESERVE(self->knowledge->arena, &self->masks, 1);
    self->masks.items[self->masks.count++] = mask_of(test);
    ATT_RESERVE(self->knowledge->arena, &self->firsts, 1);
    self->firsts.items[self->firsts.count++] = self->questions.count;
    write_questions(self, test, false);
    if (!att_test_is_of_word(test)) number_parts(self, test);
    return number;
}

void att_predicates_add_list(att_predicates *self, uint32_t list)
{
    if (self->list_predicates[list]) return;
    att_test *test = att_arena_zero(self->knowledge->arena, 1, sizeof *test);
    *test = (att_test){ .kind = ATT_TEST_LIST, .number = list };
    self->list_predicates[list] = att_predicates_add(self, test) + 1;
}

uint32_t att_predicates_add_node(att_predicates *self, const att_pattern *node)
{
    att_pattern key = *node; /* copies of a phrase's node are one */
    key.next = NULL;
    key.capture = ATT_NONE;
    uint32_t number = att_map_add(&self->compiling->nodes, (att_str){ (const char *)&key, sizeof key }) + 1;
    if (number < self->nodes.count) return number;
    ATT_RESERVE(self->knowledge->arena, &self->nodes, 2);
    if (!self->nodes.count) self->nodes.items[self->nodes.count++] = NULL;
    self->nodes.items[self->nodes.count++] = node;
    return number;
}

/* Adds the predicates of the regular expressions first, in order: so a set that also asks for the place can find the cached
 * answer of an expression (`ask`). */
static void add_regexes(att_predicates *self, uint32_t count)
{
    att_test *tests = att_arena_zero(self->knowledge->arena, count + 1, sizeof *tests);
    for (uint32_t i = 0; i < count; i++) {
        tests[i] = (att_test){ .kind = ATT_TEST_REGEX, .number = i };
        att_predicates_add(self, &tests[i]);
    }
}

/* The place in the rule file of byte `offset` of the pattern; the file has "\\/" for "/". */
static att_place place_in(const att_rule_regex *regex, size_t offset)
{
    att_str text = regex->place.source->text;
    uint32_t at = regex->place.start + 1; /* after the slash */
    for (size_t i = 0; i < offset && at < text.length; i++) {
        bool escaped = text.data[at] == '\\' && regex->pattern.data[i] == '/';
        at += escaped ? 2 : 1;
    }
    return (att_place){ regex->place.source, at, at + 1 };
}

static uint32_t begins_of(const att_regex *regex)
{
    uint32_t out = 0;
    for (unsigned byte = 0; byte <= UCHAR_MAX; byte++)
        if (!regex || att_regex_may_begin(regex, (unsigned char)byte)) out |= (uint32_t)att_glance_begin((unsigned char)byte);
    return out;
}

static void compile_regexes(att_predicates *self, uint32_t count)
{
    att_arena *arena = self->knowledge->arena;
    self->regexes = att_arena_zero(arena, count + 1, sizeof *self->regexes);
    self->automata = att_arena_zero(arena, count + 1, sizeof *self->automata);
    self->compiling->regex_begins = att_arena_zero(arena, count + 1, sizeof *self->compiling->regex_begins);
    for (uint32_t i = 0; i < count; i++) {
        const att_rule_regex *regex = &self->rules->regexes.items[i];
        att_regex_error error;
        att_regex *made = att_regex_new(regex->pattern, &error);
        self->regexes[i] = made;
        self->regex_count = i + 1;
        self->compiling->regex_begins[i] = begins_of(made);
        if (made) self->automata[i] = att_automaton_new(arena, regex->pattern);
        else
            att_report(self->knowledge->diags, ATT_ERROR, "S031", place_in(regex, error.offset), "bad pattern: %s",
                       error.message);
    }
}

static att_compiling *begin_compiling(const att_knowledge *knowledge, uint32_t least_leaves)
{
    att_compiling *self = att_arena_zero(knowledge->arena, 1, sizeof *self);
    att_map_init(&self->sets, knowledge->arena);
    att_map_init(&self->nodes, knowledge->arena);
    att_map_init(&self->choices.keys, knowledge->arena);
    att_map_init(&self->programs.keys, knowledge->arena);
    self->norms = att_list_norms_find(&knowledge->lists.names, knowledge->arena);
    self->least_leaves = least_leaves;
    return self;
}

void att_predicates_init(att_predicates *self, const att_knowledge *knowledge, const att_rules *rules, uint32_t least_leaves)
{
    *self = (att_predicates){ .knowledge = knowledge, .rules = rules };
    self->compiling = begin_compiling(knowledge, least_leaves);
    att_aheads_init(&self->aheads, knowledge->arena);
    self->list_words = att_list_words_make(knowledge, &self->compiling->norms);
    self->list_predicates = att_arena_zero(knowledge->arena, knowledge->lists.lists.count + 1, sizeof(uint32_t));
    self->callees = att_arena_zero(knowledge->arena, 1, sizeof *self->callees);
    att_map_init(&self->callees->keys, knowledge->arena);
    add_regexes(self, rules->regexes.count);
    compile_regexes(self, rules->regexes.count);
}

void att_predicates_close(att_predicates *self)
{
    for (uint32_t i = 0; i < self->compiling->joined.count; i++) self->compiling->joined.items[i]->children = NULL;
    self->compiling = NULL;
    self->list_words.first = self->list_words.last = NULL;
    att_aheads_close(&self->aheads);
    self->callees->keys = (att_map){ 0 };
    for (uint32_t i = 0; i < self->callees->count; i++) self->callees->items[i].firsts = NULL;
}

void att_predicates_clear(att_predicates *self)
{
    for (uint32_t i = 0; i < self->regex_count; i++) {
        att_regex_free(self->regexes[i]);
        self->regexes[i] = NULL;
    }
}

/* Compiles a regular expression at its first use, by whichever thread asks first: compiled rules contain none. */
static att_regex *regex_of(const att_predicates *self, uint32_t number)
{
    att_regex_error error;
    att_regex *known = self->regexes[number], *made = NULL;
    if (known) return known;
    made = att_regex_new(self->rules->regexes.items[number].pattern, &error);
    if (atomic_compare_exchange_strong(&self->regexes[number], &known, made)) return made;
    att_regex_free(made);
    return known;
}

static bool regex_matches(const att_predicates *self, uint32_t number, att_str surface)
{
    const att_automaton *automaton = self->automata[number];
    if (surface.length > ATT_REGEX_LONGEST_TOKEN) return false;
    att_automaton_answer known = automaton ? att_automaton_matches(automaton, surface) : ATT_AUTOMATON_UNKNOWN;
    if (known != ATT_AUTOMATON_UNKNOWN) return known == ATT_AUTOMATON_YES;
    att_regex *regex = regex_of(self, number);
    return regex && att_regex_matches(regex, surface);
}

/* ---- by word type ---- */

static att_answer answer(bool yes)
{
    return yes ? ATT_ANSWER_YES : ATT_ANSWER_NO;
}

static att_answer place_by_type(uint32_t place, const att_word_type *type)
{
    if (place != ATT_AT_POSS && place != ATT_AT_QUOTE) return ATT_ANSWER_BY_PLACE;
    return type->classes & (ATT_CLASS_POSS | ATT_CLASS_QUOTE) ? ATT_ANSWER_BY_PLACE : ATT_ANSWER_NO;
}

/* Whether the word alone is a phrase of the list. Words that are not are mostly in no list at all, or ruled out by the
 * list's first words. */
static bool is_in_list(const att_predicates *self, uint32_t list, const att_vocabulary *vocabulary, const att_word_type *type,
                       bool capitals)
{
    bool begins = type->phrases != ATT_NONE && att_word_set_has(&self->list_words.firsts[list], type->norm);
    return (begins || type->part_count) && att_lists_have_word(&self->knowledge->lists, list, vocabulary, type, capitals);
}

/* What a question is asked about. */
typedef struct {
    const att_predicates *predicates;
    const att_vocabulary *vocabulary;
    const att_word_type *type;
    bool capitals;
} asked_word;

/* Answers a question without parts. The frequent kinds come first. */
static inline att_answer ask_one(const asked_word *self, const att_question *asked)
{
    const att_word_type *type = self->type;
    if (asked->kind == ATT_TEST_CLASS) return answer(type->classes & asked->number);
    if (asked->kind == ATT_TEST_IN_LAYER) return ATT_ANSWER_BY_PLACE;
    if (asked->kind == ATT_TEST_LIST)
        return answer(is_in_list(self->predicates, asked->number, self->vocabulary, type, self->capitals));
    if (asked->kind == ATT_TEST_WORD) return answer(type->norm == asked->number);
    if (asked->kind == ATT_TEST_EXACT) return answer(type->exact == asked->number);
    if (asked->kind == ATT_TEST_LENGTH) return answer(type->letters >= asked->number && type->letters <= asked->other);
    if (asked->kind == ATT_TEST_PLACE) return place_by_type(asked->number, type);
    if (asked->kind == ATT_TEST_REGEX) return answer(regex_matches(self->predicates, asked->number, type->surface));
    return ATT_ANSWER_YES; /* of any word */
}

static att_answer ask_parts(const asked_word *self, const att_question *all);

static inline att_answer ask_part(const asked_word *self, const att_question *asked)
{
    static const uint8_t turned[] = { ATT_ANSWER_UNKNOWN, ATT_ANSWER_YES, ATT_ANSWER_NO, ATT_ANSWER_BY_PLACE };
    bool parts = asked->kind == ATT_TEST_AND || asked->kind == ATT_TEST_OR;
    att_answer one = parts ? ask_parts(self, asked) : ask_one(self, asked);
    return asked->not ? (att_answer)turned[one] : one;
}

/* Asks the parts of an AND or OR: the first "no" decides an AND, the first "yes" an OR. */
static att_answer ask_parts(const asked_word *self, const att_question *all)
{
    att_answer last = answer(all->kind == ATT_TEST_OR), out = answer(all->kind == ATT_TEST_AND);
    if ((self->type->classes & all->number) | (~self->type->classes & all->other)) return last;
    if (all->layers) out = ATT_ANSWER_BY_PLACE;
    for (const att_question *part = all + 1; part < all + all->size; part += part->size) {
        att_answer one = ask_part(self, part);
        if (one == last) return one;
        if (one == ATT_ANSWER_BY_PLACE) out = one;
    }
    return out;
}

att_answer att_predicate_of_type(const att_predicates *self, uint32_t predicate, const att_vocabulary *vocabulary,
                                 const att_word_type *type, bool capitals)
{
    const asked_word word = { self, vocabulary, type, capitals };
    return ask_part(&word, &self->questions.items[self->firsts.items[predicate]]);
}

/* ---- by place ---- */

/* Asks a test at a place; for parts that the word decides, uses the cached answer. */
static bool ask(const att_predicates *self, const att_test *test, att_scene *scene, uint32_t token, bool edge)
{
    switch (test->kind) {
    case ATT_TEST_NOT: return !att_test_token(self, test->children, scene, token, edge);
    case ATT_TEST_AND:
        for (const att_test *child = test->children; child; child = child->next)
            if (!att_test_token(self, child, scene, token, edge)) return false;
        return true;
    case ATT_TEST_OR:
        for (const att_test *child = test->children; child; child = child->next)
            if (att_test_token(self, child, scene, token, edge)) return true;
        return false;
    case ATT_TEST_PLACE: return edge ? test->number == ATT_AT_END : scene->doc->places[token] >> test->number & 1;
    default: break;
    }
    if (edge) return false;
    if (test->kind == ATT_TEST_REGEX) return att_predicate_holds(self, test->number, scene, token);
    if (test->kind == ATT_TEST_IN_LAYER) return scene->spots[token].inside >> test->number & 1;
    const att_word_type *type = att_scene_type(scene, token);
    const asked_word word = { self, scene->vocabulary, type, att_in_capitals(scene->doc, token, type) };
    const att_question asked = question_of(test, false);
    return ask_one(&word, &asked) == ATT_ANSWER_YES;
}

bool att_test_token(const att_predicates *self, const att_test *test, att_scene *scene, uint32_t token, bool edge)
{
    if (test->predicate && !edge) return att_predicate_holds(self, test->predicate - 1, scene, token);
    return ask(self, test, scene, token, edge);
}

uint32_t att_predicates_questions(const att_predicates *self)
{
    return self->roots.count * 2; /* words in capitals have a second set of answers, for lines of capitals */
}

att_answer att_predicate_by_word(const att_predicates *self, uint32_t predicate, const att_document *doc,
                                 att_vocabulary *vocabulary, uint32_t token)
{
    uint32_t number = doc->tokens.type[token];
    const att_word_type *type = att_vocabulary_type(vocabulary, number);
    bool capitals = att_in_capitals(doc, token, type);
    uint32_t question = capitals ? self->roots.count + predicate : predicate;
    att_answer known = (att_answer)att_asked_find(&vocabulary->asked, number, question);
    if (known != ATT_ANSWER_UNKNOWN) return known;
    known = att_predicate_of_type(self, predicate, vocabulary, type, capitals);
    att_asked_note(&vocabulary->asked, &vocabulary->arena, number, question, known);
    return known;
}

bool att_list_goes_on(const att_predicates *self, uint32_t list, const att_document *doc, const att_vocabulary *vocabulary,
                      uint32_t token)
{
    if (doc->places[token + 1] & ATT_PLACE_BOP) return false;
    const uint32_t *norms = vocabulary->columns.norm, *types = doc->tokens.type + token;
    uint32_t norm = norms[types[0]], next = norms[types[1]];
    return next == ATT_NORM_OF_PARTS || att_word_set_has(&self->list_words.pairs[list], att_word_pair(norm, next));
}

bool att_predicate_at(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token)
{
    const att_place_mask *mask = &self->masks.items[predicate];
    return mask->tells ? mask_holds(mask, scene, token) : ask(self, self->roots.items[predicate], scene, token, false);
}

bool att_predicate_ask(const att_predicates *self, uint32_t predicate, att_scene *scene, uint32_t token)
{
    att_answer known = att_predicate_by_word(self, predicate, scene->doc, scene->vocabulary, token);
    return known == ATT_ANSWER_BY_PLACE ? att_predicate_at(self, predicate, scene, token) : known == ATT_ANSWER_YES;
}

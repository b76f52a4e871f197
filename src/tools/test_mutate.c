#include "tools/test_mutate.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>

#include "tools/test_run.h"

enum { MOST_SHOWN = 5 /* parts named in one finding */ };

typedef enum { UNTESTED, TESTED, NEEDED } outcome;

/* Parts that are left out together. There is no test that two of them could change, so a failing test tells which part it
 * misses. */
typedef struct {
    uint64_t *tests;
    uint32_t *items; /* indexes into parts */
    uint32_t count, capacity;
} group;

/* Where a block begins in its file. */
typedef struct {
    uint32_t file, at, block;
} block_start;

typedef struct {
    const att_mutation *job;
    att_arena *arena;
    att_guard guard;
    att_diags *diags;
    att_parts parts;
    outcome *outcomes;         /* by part */
    uint64_t **touched;        /* by part: the tests that it could change, as bits; NULL for none */
    uint32_t words;            /* of 64 bits in a set of tests */
    uint64_t *found, *matched; /* by rule: the tests in which it finds something, and in which its pattern matches */
    uint64_t *narrow, *wide;   /* by block: the tests that could change if a rule finds less, and if it finds more */
    block_start *starts;
    uint32_t start_count;
    att_map text_words; /* words of the tests' texts, in small letters */
    struct {
        uint64_t **items;
        uint32_t count, capacity;
    } texts; /* by word: the tests that have it */
    struct {
        group *items;
        uint32_t count, capacity;
    } groups;
    size_t done; /* how many parts are done */
    att_status status;
} mutation;

/* ---- sets of tests ---- */

static uint64_t *new_sets(mutation *self, size_t count)
{
    return att_arena_zero(self->arena, count * self->words + 1, sizeof(uint64_t));
}

static void set(uint64_t *tests, uint32_t test)
{
    tests[test / 64] |= UINT64_C(1) << test % 64;
}

static bool has(const uint64_t *tests, uint32_t test)
{
    return tests[test / 64] >> test % 64 & 1;
}

static void add_set(const mutation *self, uint64_t *to, const uint64_t *from)
{
    for (uint32_t i = 0; i < self->words; i++) to[i] |= from[i];
}

static bool meet(const mutation *self, const uint64_t *a, const uint64_t *b)
{
    for (uint32_t i = 0; i < self->words; i++)
        if (a[i] & b[i]) return true;
    return false;
}

static uint32_t size_of(const mutation *self, const uint64_t *tests)
{
    int count = 0;
    for (uint32_t i = 0; i < self->words; i++) count += __builtin_popcountll(tests[i]);
    return (uint32_t)count;
}

/* ---- what happens in each test ---- */

/* Reads the next word into small letters: a run of letters and digits; bytes of other scripts are letters. False at the end. */
static bool next_word(att_arena *arena, att_str *rest, att_str *word)
{
    size_t start = 0;
    while (start < rest->length && !isalnum((unsigned char)rest->data[start]) && !(rest->data[start] & 0x80)) start++;
    size_t end = start;
    while (end < rest->length && (isalnum((unsigned char)rest->data[end]) || rest->data[end] & 0x80)) end++;
    *word = att_str_copy(arena, att_str_slice(*rest, start, end));
    for (size_t i = 0; i < word->length; i++) ((char *)word->data)[i] = (char)tolower((unsigned char)word->data[i]);
    *rest = att_str_slice(*rest, end, rest->length);
    return word->length;
}

static void note_words(mutation *self, uint32_t test, att_str text)
{
    att_str word;
    while (next_word(self->arena, &text, &word)) {
        uint32_t number = att_map_add(&self->text_words, word);
        if (number == self->texts.count) {
            ATT_RESERVE(self->arena, &self->texts, 1);
            self->texts.items[self->texts.count++] = new_sets(self, 1);
        }
        set(self->texts.items[number], test);
    }
}

/* Whether the rule's pattern matches anywhere in the text, whatever else the rule asks. */
static bool matches(const att_engine *engine, att_traced_stage *stage, uint32_t rule)
{
    att_matcher matcher;
    if (!engine->rules.rules.items[rule].pattern || !stage->scene.doc) return false;
    att_matcher_init(&matcher, &stage->scene, &engine->cascade.predicates);
    for (uint32_t at = 0; at < stage->scene.doc->tokens.count; at++)
        if (att_match(&matcher, &engine->cascade.codes[rule].main, at, att_scene_paragraph(&stage->scene, at))) return true;
    return false;
}

static void note_rules(mutation *self, uint32_t test, att_trace_record *record, bool *woken)
{
    const att_engine *engine = self->job->engine;
    const att_rules *rules = &engine->rules;
    memset(woken, 0, rules->rules.count * sizeof *woken);
    att_trace_add_woken(record, &engine->cascade.waker, woken);
    for (uint32_t i = 0; i < rules->rules.count; i++)
        if (woken[i] && matches(engine, &record->stages[rules->rules.items[i].stage], i))
            set(self->matched + (size_t)i * self->words, test);
    for (uint32_t s = 0; s < ATT_MAX_STAGES; s++)
        for (uint32_t i = 0; i < record->stages[s].founds.count; i++) {
            size_t rule = (size_t)(record->stages[s].founds.items[i].rule - rules->rules.items);
            set(self->found + rule * self->words, test);
        }
}

static void observe(mutation *self)
{
    const att_tests *tests = self->job->tests;
    uint32_t rules = self->job->engine->rules.rules.count;
    self->found = new_sets(self, rules);
    self->matched = new_sets(self, rules);
    att_map_init(&self->text_words, self->arena);
    bool *woken = att_arena_zero(self->arena, rules + 1, sizeof *woken);
    att_test_run run;
    att_test_run_init(&run, self->job->engine, &self->guard);
    for (uint32_t i = 0; i < tests->count; i++) {
        att_test_run_annotate(&run, &tests->items[i], true);
        note_rules(self, i, run.record, woken);
        note_words(self, i, tests->items[i].text);
        note_words(self, i, tests->items[i].title);
    }
    att_test_run_clear(&run);
}

/* ---- which tests a part could change ---- */

static int by_place(const void *a, const void *b)
{
    const block_start *x = a, *y = b;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static void index_blocks(mutation *self)
{
    const att_blocks *blocks = &self->job->engine->knowledge.blocks;
    self->starts = att_arena_alloc(self->arena, sizeof *self->starts * (blocks->blocks.count + 1));
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        uint32_t file = (uint32_t)(block->file - self->job->engine->files.items);
        self->starts[self->start_count++] = (block_start){ file, block->head_at, i };
    }
    qsort(self->starts, self->start_count, sizeof *self->starts, by_place);
}

/* The block in which the byte of the file lies; ATT_NONE before the first one. */
static uint32_t block_at(const mutation *self, uint32_t file, uint32_t at)
{
    uint32_t low = 0, high = self->start_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const block_start *start = &self->starts[middle];
        if (start->file < file || (start->file == file && start->at <= at)) low = middle + 1;
        else high = middle;
    }
    return low && self->starts[low - 1].file == file ? self->starts[low - 1].block : (uint32_t)ATT_NONE;
}

static uint32_t file_of(const att_engine *engine, const att_source *source)
{
    uint32_t file = 0;
    while (file < engine->files.count && engine->files.items[file].source != source) file++;
    return file;
}

/* Notes the tests for all blocks in which the pattern was written: the rule's own, and those of the phrases that it uses. */
static void note_pattern(mutation *self, const att_pattern *node, const uint64_t *tests)
{
    for (; node; node = node->next) {
        uint32_t block = block_at(self, file_of(self->job->engine, node->place.source), node->place.start);
        if (block != ATT_NONE) add_set(self, self->narrow + (size_t)block * self->words, tests);
        note_pattern(self, att_pattern_parts(node), tests);
    }
}

static void note_blocks(mutation *self)
{
    const att_engine *engine = self->job->engine;
    const att_blocks *blocks = &engine->knowledge.blocks;
    self->narrow = new_sets(self, blocks->blocks.count);
    self->wide = new_sets(self, blocks->blocks.count);
    for (uint32_t i = 0; i < engine->rules.rules.count; i++) {
        const att_rule *rule = &engine->rules.rules.items[i];
        const uint64_t *found = self->found + (size_t)i * self->words, *matched = self->matched + (size_t)i * self->words;
        size_t own = (size_t)(rule->block - blocks->blocks.items);
        add_set(self, self->narrow + own * self->words, found);
        add_set(self, self->wide + own * self->words, matched);
        note_pattern(self, rule->pattern, found);
        for (uint32_t c = 0; c < rule->context_count; c++) {
            bool negative = rule->contexts[c].kind == ATT_NOT_PRECEDED || rule->contexts[c].kind == ATT_NOT_FOLLOWED;
            if (rule->contexts[c].pattern) note_pattern(self, rule->contexts[c].pattern, negative ? matched : found);
        }
    }
}

/* The tests that have the phrase's first word, or NULL. */
static uint64_t *tests_with(mutation *self, att_str phrase)
{
    att_str word;
    if (!next_word(self->arena, &phrase, &word)) return NULL;
    uint32_t number = att_map_find(&self->text_words, word);
    return number == ATT_NONE ? NULL : self->texts.items[number];
}

static void find_touched(mutation *self)
{
    self->outcomes = att_arena_zero(self->arena, self->parts.count + 1, sizeof *self->outcomes);
    self->touched = att_arena_zero(self->arena, self->parts.count + 1, sizeof *self->touched);
    for (uint32_t i = 0; i < self->parts.count; i++) {
        const att_part *part = &self->parts.items[i];
        uint64_t *tests = part->kind == ATT_PART_PHRASE
                              ? tests_with(self, part->text)
                              : (part->widens ? self->wide : self->narrow) + (size_t)part->block * self->words;
        if (tests && size_of(self, tests)) self->touched[i] = tests;
    }
}

/* ---- groups ---- */

static void put_in_group(mutation *self, uint32_t part)
{
    uint32_t g = 0;
    while (g < self->groups.count && meet(self, self->groups.items[g].tests, self->touched[part])) g++;
    if (g == self->groups.count) {
        ATT_RESERVE(self->arena, &self->groups, 1);
        self->groups.items[self->groups.count++] = (group){ .tests = new_sets(self, 1) };
    }
    group *chosen = &self->groups.items[g];
    ATT_RESERVE(self->arena, chosen, 1);
    chosen->items[chosen->count++] = part;
    add_set(self, chosen->tests, self->touched[part]);
}

/* A part and the number of tests that it could change. */
typedef struct {
    uint32_t part, tests;
} reach;

static int most_first(const void *a, const void *b)
{
    const reach *x = a, *y = b;
    if (x->tests != y->tests) return x->tests < y->tests ? 1 : -1;
    return (x->part > y->part) - (x->part < y->part);
}

/* Makes groups of all lines, or of all other parts. The parts that could change most tests come first, as they are the hardest
 * to find room for. */
static void make_groups(mutation *self, bool lines)
{
    reach *order = att_arena_alloc(self->arena, sizeof *order * (self->parts.count + 1));
    uint32_t count = 0;
    self->groups.count = 0;
    for (uint32_t i = 0; i < self->parts.count; i++)
        if (self->touched[i] && (self->parts.items[i].kind == ATT_PART_LINE) == lines)
            order[count++] = (reach){ i, size_of(self, self->touched[i]) };
    qsort(order, count, sizeof *order, most_first);
    for (uint32_t i = 0; i < count; i++) put_in_group(self, order[i].part);
}

/* ---- running ---- */

/* Parts, and the rules loaded without them. */
typedef struct {
    mutation *self;
    att_engine *engine;
    const uint32_t *parts;
    uint32_t count;
    att_test_run run;
} trial;

/* Runs the tests that a part could change. The part is tested if one of them fails. */
static void run_tests(void *argument)
{
    trial *job = argument;
    mutation *self = job->self;
    att_tests tests;
    att_tests_read(&tests, job->engine);
    assert(tests.count == self->job->tests->count); /* parts never lie in tests, so all tests are still there */
    for (uint32_t i = 0; i < job->count; i++) {
        uint32_t part = job->parts[i];
        for (uint32_t t = 0; t < tests.count && self->outcomes[part] != TESTED; t++)
            if (has(self->touched[part], t) && att_test_run_fails(&job->run, &tests.items[t])) self->outcomes[part] = TESTED;
    }
}

static att_status try_without(mutation *self, att_engine *engine, const uint32_t *parts, uint32_t count)
{
    trial job = { .self = self, .engine = engine, .parts = parts, .count = count };
    att_test_run_init(&job.run, engine, &engine->guard);
    att_status status = att_guard_run(&engine->guard, run_tests, &job);
    att_test_run_clear(&job.run);
    return status;
}

/* Removes from the group the parts in whose blocks errors stand now, and notes that they are needed. Returns how many are left.
 */
static uint32_t drop_needed(mutation *self, const att_engine *engine, uint32_t *parts, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool needed = false;
        for (uint32_t d = 0; d < engine->diags.count && !needed; d++) {
            const att_diag *diag = &engine->diags.items[d];
            needed =
                diag->severity == ATT_ERROR
                && block_at(self, file_of(engine, diag->place.source), diag->place.start) == self->parts.items[parts[i]].block;
        }
        if (needed) self->outcomes[parts[i]] = NEEDED;
        else parts[kept++] = parts[i];
    }
    return kept;
}

static att_status load_without(const mutation *self, att_engine **engine, const uint32_t *parts, uint32_t count)
{
    att_file_range *ranges = att_arena_alloc(self->arena, sizeof *ranges * (count + 1));
    for (uint32_t i = 0; i < count; i++) ranges[i] = self->parts.items[parts[i]].left_out;
    return att_engine_load_without(engine, self->job->options, ranges, count);
}

/* Runs the tests without these parts. If the rules then have errors, the parts in the same blocks are needed and the rest is
 * tried again. If no part's block has an error, each half is tried by itself. */
static void run_group(mutation *self, uint32_t *parts, uint32_t count)
{
    while (count && self->status == ATT_OK) {
        att_engine *engine;
        att_status status = load_without(self, &engine, parts, count);
        uint32_t left = 0;
        if (status == ATT_OK) {
            status = try_without(self, engine, parts, count);
        } else if (status == ATT_RULES) {
            left = drop_needed(self, engine, parts, count);
            if (left == count && count == 1) self->outcomes[parts[0]] = NEEDED;
            status = ATT_OK;
        }
        att_engine_free(engine);
        if (status != ATT_OK) self->status = status;
        if (left == count && count > 1) {
            run_group(self, parts, count / 2);
            run_group(self, parts + count / 2, count - count / 2);
            return;
        }
        count = left == count ? 0 : left;
    }
}

static void run_groups(mutation *self, bool lines)
{
    make_groups(self, lines);
    for (uint32_t g = 0; g < self->groups.count && self->status == ATT_OK; g++) {
        if (self->job->progress) self->job->progress(self->job->progress_user, self->done, self->parts.count);
        run_group(self, self->groups.items[g].items, self->groups.items[g].count);
        self->done += self->groups.items[g].count;
    }
}

static bool is_of_one_line(const att_part *a, const att_part *b)
{
    return a->line.source == b->line.source && a->line.start == b->line.start;
}

/* When no test misses a line, none misses its alternatives; these need no trial. A line comes right before its alternatives. */
static void settle_alternatives(mutation *self)
{
    const att_part *line = NULL;
    for (uint32_t i = 0; i < self->parts.count; i++) {
        const att_part *part = &self->parts.items[i];
        if (part->kind == ATT_PART_LINE) line = self->outcomes[i] == UNTESTED ? part : NULL;
        else if (line && is_of_one_line(line, part)) self->touched[i] = NULL;
    }
}

static void run_all_groups(mutation *self)
{
    for (uint32_t i = 0; i < self->parts.count; i++) self->done += !self->touched[i];
    run_groups(self, true);
    settle_alternatives(self);
    run_groups(self, false);
    if (self->job->progress) self->job->progress(self->job->progress_user, self->parts.count, self->parts.count);
}

/* ---- findings ---- */

static const char *kind_of(const att_part *part, uint32_t count)
{
    if (part->kind == ATT_PART_PHRASE) return count == 1 ? "phrase" : "phrases";
    return count == 1 ? "alternative" : "alternatives";
}

/* Reports the untested parts among [first, end): alternatives of one line, or phrases of one list. */
static void report_some(mutation *self, uint32_t first, uint32_t end)
{
    const att_part *one = &self->parts.items[first];
    uint32_t untested = 0;
    att_buf shown = { .arena = self->arena };
    for (uint32_t i = first; i < end; i++) {
        if (self->outcomes[i] != UNTESTED) continue;
        if (untested < MOST_SHOWN)
            att_buf_format(&shown, "%s%.*s", untested ? ", " : "", ATT_STR_ARG(self->parts.items[i].text));
        untested++;
    }
    if (!untested) return;
    att_buf_byte(&shown, '\0');
    att_report(self->diags, ATT_WARNING, "C16", one->line, "no test fails without %u of its %u %s%s%s", untested, end - first,
               kind_of(one, end - first), untested > MOST_SHOWN ? ", such as " : ": ", shown.items);
}

/* Of a line that no test misses only that is reported, not its alternatives. */
static void report(mutation *self)
{
    for (uint32_t first = 0, end; first < self->parts.count; first = end) {
        const att_part *part = &self->parts.items[first];
        bool line = part->kind == ATT_PART_LINE, missed = line && self->outcomes[first] == UNTESTED;
        if (missed) att_report(self->diags, ATT_WARNING, "C16", part->line, "no test fails without this line");
        end = first + 1;
        if (line && !missed) continue;
        while (end < self->parts.count && is_of_one_line(part, &self->parts.items[end])) end++;
        if (!line) report_some(self, first, end);
    }
}

/* ---- all of it ---- */

static void run_all(void *argument)
{
    mutation *self = argument;
    self->words = (self->job->tests->count + 63) / 64;
    att_parts_find(&self->parts, self->arena, self->job->engine, self->job->scope, self->job->user);
    observe(self);
    index_blocks(self);
    note_blocks(self);
    find_touched(self);
    run_all_groups(self);
    if (self->status == ATT_OK) report(self);
}

att_status att_mutate(const att_mutation *job, att_diags *diags, att_mutation_result *result)
{
    att_arena arena;
    mutation self = { .job = job, .arena = &arena, .diags = diags };
    att_arena_init(&arena, &self.guard, 0);
    att_status status = att_guard_run(&self.guard, run_all, &self);
    *result = (att_mutation_result){ 0 };
    for (uint32_t i = 0; status == ATT_OK && i < self.parts.count; i++) {
        result->tested += self.outcomes[i] == TESTED;
        result->untested += self.outcomes[i] == UNTESTED;
        result->needed += self.outcomes[i] == NEEDED;
    }
    att_arena_clear(&arena);
    return status == ATT_OK ? self.status : status;
}

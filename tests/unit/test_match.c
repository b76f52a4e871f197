/* test_match.c - the matcher against the slow one (cascade/rule_reference), on random rules and texts, and
 * a table of cases by hand. ATT_MATCH_PAIRS=20000 compares more pairs, ATT_MATCH_SEED=n only one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "cascade/known_names.h"
#include "cascade/rule_parse.h"
#include "cascade/rule_reference.h"
#include "cascade/stages.h"
#include "text/scan.h"
#include "text/split.h"

enum { CALLED_FROM = 2 /* leaves: so that small patterns are called too */ };

static const char head[] = "pipeline\n"
                           "  stage lists  longest  COUNTRY AGENCY\n"
                           "  stage one    longest  A B C AGENCY\n"
                           "  stage two    longest  A B C\n"
                           "  stage three  all      A B\n"
                           "layer COUNTRY\n  field code: code\n"
                           "layer AGENCY\n  field id: id, country: code\n  nest yes\n"
                           "layer A\n  field f, g\n"
                           "layer B\n  field f, g\n  nest same\n"
                           "layer C\n  field f, g\n  nest yes\n";
static const char pack[] = "pack t\n"
                           "entry KOR COUNTRY\n  name Korea\n  alias South Korea\n"
                           "entry USA COUNTRY\n  name U.S.\n  exact US\n"
                           "entry x-min AGENCY\n  name Ministry of State\n  alias State\n  country KOR\n"
                           "entry y-min AGENCY\n  name Office\n  alias Ministry of Kim\n  country USA\n"
                           "list l\n  \"red\" \"red blue\" \"Blue\" \"one-two\"\n"
                           "list m\n  \"one two\" \"US\" \"of\" \"State\"\n"
                           "list common-words\n  \"us\"\n"
                           "list sentence-opener\n  \"The\"\n";

typedef struct {
    att_guard guard;
    att_arena arena, doc_arena;
    att_diags diags;
    att_rule_files files;
    att_knowledge knowledge;
    att_rules rules;
    att_cascade cascade;
    att_vocabulary vocabulary;
    att_document doc;
    att_str rules_text, text;
    att_buf out;
    uint64_t seed;
    bool loaded, reference;
} bench;

/* ---- making a document go through the stages ---- */

static void add_file(bench *self, const char *in, const char *name, att_str text)
{
    att_str path = att_str_format(&self->arena, "%s/%s", in, name);
    ATT_RESERVE(&self->arena, &self->files, 1);
    self->files.items[self->files.count++] =
        (att_rule_file){ .source = att_source_new(&self->arena, path, text), .pack = att_str_of(in), .name = att_str_of(name) };
}

static void load(bench *self)
{
    self->out = (att_buf){ .arena = &self->arena };
    att_diags_init(&self->diags, &self->arena);
    add_file(self, "", "pipeline.rules", att_str_of(head));
    add_file(self, "t", "a.rules", att_str_of(pack));
    add_file(self, "t", "b.rules", self->rules_text);
    att_knowledge_load(&self->knowledge, &self->arena, &self->diags, &self->files);
    att_rules_read(&self->rules, &self->knowledge);
    att_cascade_init(&self->cascade, &self->knowledge, &self->rules, CALLED_FROM);
    self->loaded = !self->diags.errors;
    self->cascade.reference = self->reference;
    att_vocabulary_init(&self->vocabulary, &self->knowledge.lexicon, &self->guard, NULL);
    if (self->loaded) att_cascade_attach(&self->cascade, &self->vocabulary);
}

static void begin(bench *self, att_run *run, att_candidates *names)
{
    att_hits hits = { 0 };
    att_document_clear(&self->doc, &self->doc_arena);
    att_document_set_text(&self->doc, self->text);
    att_scan(&self->doc);
    att_tokenize(&self->doc, &self->vocabulary);
    att_names_find(&self->knowledge.names, &self->doc, &self->vocabulary, &hits);
    att_known_names_collect(&self->knowledge, &self->doc, &self->vocabulary, &hits, names);
    att_split(&self->doc, &self->vocabulary);
    att_run_begin(run, &self->cascade, &self->doc, &self->vocabulary);
}

static void write_annotations(bench *self, uint32_t layers)
{
    const att_document *doc = &self->doc;
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *a = &doc->annotations.items[i];
        const att_layer *layer = &self->knowledge.layers.items[a->layer];
        if (!(layers >> a->layer & 1)) continue;
        att_buf_format(&self->out, "%s%.*s[%.*s]", self->out.count ? " " : "", ATT_STR_ARG(layer->name),
                       (int)(a->end - a->start), doc->text.data + a->start);
        for (uint32_t f = 0; f < layer->field_count; f++)
            if (a->fields && a->fields[f].data)
                att_buf_format(&self->out, " %.*s=%.*s", ATT_STR_ARG(layer->fields[f]), ATT_STR_ARG(a->fields[f]));
    }
}

static void start(bench *self)
{
    *self = (bench){ .loaded = false };
    att_arena_init(&self->arena, &self->guard, 0);
    att_arena_init(&self->doc_arena, &self->guard, 0);
}

static void finish(bench *self)
{
    att_cascade_clear(&self->cascade);
    att_vocabulary_clear(&self->vocabulary);
    att_arena_clear(&self->doc_arena);
    att_arena_clear(&self->arena);
}

/* ---- random rules and texts ---- */

static uint32_t dice(bench *self, uint32_t sides)
{
    self->seed = self->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(self->seed >> 33) % sides;
}

static const char *pick(bench *self, const char *const *words, uint32_t count)
{
    return words[dice(self, count)];
}
#define PICK(self, words) pick((self), (words), sizeof(words) / sizeof *(words))

static const char *const text_words[] = {
    "red",
    "blue",
    "Red",
    "BLUE",
    "red-blue",
    "one",
    "two",
    "one-two",
    "Korea",
    "South Korea",
    "U.S.",
    "US",
    "Ministry of State",
    "State",
    "Office",
    "of",
    "the",
    "The",
    "'s",
    ",",
    ",",
    "(",
    ")",
    ".",
    ".",
    "and",
    "Kim",
    "J.",
    "\n\n",
    "-",
    "U.S.-Korea",
    "7th",
    "12",
    "\"",
    "RED BLUE US ONE TWO OF STATE\n\n",
};
static const char *const tests[] = {
    "cap",      "lower", "upper", "\"red\"", "'Red'",    "/r.*/", "<l>", "<m>",  "@COUNTRY", "@A",    "@B",      "len=3",
    "len=2..4", "bos",   "eos",   "bop",     "headline", "poss",  "any", "word", "comma",    "quote", "initial", "ordinal",
};
static const char *const atoms[] = {
    "\"red\"",
    "\"red blue\"",
    "\"one-two\"",
    "'Red'",
    "<l>",
    "<m>",
    "@COUNTRY",
    "@AGENCY",
    "@A",
    "@B",
    "@C",
    "..1",
    "..3",
    "\"of\"",
    "\",\"",
    "/[a-z]+/",
    "@COUNTRY(code=KOR)",
    "\"the\"",
    "\"red-blue one\"",
    "@B(f=red)",
    "@COUNTRY(code=KOR | USA)",
};

static void put_test(bench *self, att_buf *out, uint32_t depth)
{
    if (dice(self, 4) == 0) att_buf_byte(out, '!');
    att_buf_add(out, att_str_of(PICK(self, tests)));
    if (depth && dice(self, 3) == 0) {
        att_buf_add(out, att_str_of(dice(self, 2) ? " & " : " | "));
        put_test(self, out, depth - 1);
    }
}

static void put_pattern(bench *self, att_buf *out, uint32_t depth, uint32_t *captures);

/* With a capture and a repeat now and then. */
static void put_item(bench *self, att_buf *out, uint32_t depth, uint32_t *captures)
{
    static const char *const repeats[] = { "?", "*", "+", "{0,2}", "{1,3}", "{2}" };
    uint32_t kind = dice(self, depth ? 10 : 8);
    if (captures && dice(self, 3) == 0 && *captures < 6)
        att_buf_format(out, "%c:", 'a' + (int)(dice(self, 3) ? (*captures)++ : 0));
    if (kind >= 8) {
        att_buf_byte(out, '(');
        put_pattern(self, out, depth - 1, captures);
        att_buf_byte(out, ')');
        if (dice(self, 3) == 0) att_buf_add(out, att_str_of(dice(self, 2) ? "?" : "{1,2}"));
        return;
    }
    const char *atom = PICK(self, atoms);
    if (kind < 3) {
        att_buf_byte(out, '[');
        put_test(self, out, 2);
        att_buf_byte(out, ']');
    } else {
        att_buf_add(out, att_str_of(atom));
    }
    if ((kind < 3 || atom[0] != '.') && dice(self, 3) == 0) att_buf_add(out, att_str_of(PICK(self, repeats)));
}

static void put_pattern(bench *self, att_buf *out, uint32_t depth, uint32_t *captures)
{
    uint32_t alternatives = dice(self, 4) == 0 ? 2 : 1;
    for (uint32_t a = 0; a < alternatives; a++) {
        uint32_t items = 1 + dice(self, 3);
        if (a) att_buf_add(out, ATT_STR(" | "));
        for (uint32_t i = 0; i < items; i++) {
            if (i) att_buf_byte(out, ' ');
            put_item(self, out, depth, captures);
        }
    }
}

static void put_rule(bench *self, att_buf *out, uint32_t number)
{
    static const char *const stages[] = { "lists", "one", "one", "two", "two", "three" };
    static const char *const contexts[] = { "preceded-by", "followed-by", "not-preceded-by", "not-followed-by" };
    static const char *const regions[] = {
        "inside sentence",  "inside clause", "not-inside title",   "inside bracket",
        "not-inside quote", "inside A",      "not-inside COUNTRY",
    };
    static const char *const makes[] = { "A", "B", "C" };
    static const char *const others[] = { "tier override",
                                          "tier fallback",
                                          "block A",
                                          "beats r0",
                                          "where a = \"red\"",
                                          "where a in <l>",
                                          "where a or \"one\" = \"red\"",
                                          "where not a in <m> and doc(\"date\") = null",
                                          "where a.code != null or doc(\"date\") != null and a in <l>" };
    uint32_t captures = 0;
    att_buf pattern = { .arena = &self->arena };
    put_pattern(self, &pattern, 2, &captures);
    const char *stage = PICK(self, stages);
    bool lists = stage[0] == 'l';
    att_buf_format(out, "rule r%u\n  stage %s\n  match %.*s\n", number, stage, (int)pattern.count, pattern.items);
    bool captured = memmem(pattern.items, pattern.count, "a:", 2);
    for (uint32_t left = dice(self, 3) == 0 ? 1 + dice(self, 2) : 0; left--;) {
        const char *context = PICK(self, contexts);
        att_buf_format(out, "  %s ", context);
        if (dice(self, 5) == 0) att_buf_add(out, ATT_STR("[end] | "));
        put_pattern(self, out, 1, context[0] != 'n' && dice(self, 2) ? &captures : NULL);
        att_buf_byte(out, '\n');
    }
    if (dice(self, 5) == 0) att_buf_format(out, "  %s\n", PICK(self, regions));
    if (dice(self, 4) == 0) {
        const char *other = PICK(self, others);
        bool usable = (other[0] != 'w' || captured) && (other[1] != 'e' || number);
        if (usable) att_buf_format(out, "  %s\n", other);
    }
    att_buf_format(out, "  make %s", lists ? "COUNTRY" : PICK(self, makes));
    if (captured && dice(self, 2)) att_buf_add(out, ATT_STR(" on a"));
    if (lists) att_buf_format(out, " code=\"X%u\"\n", number);
    else if (captured) att_buf_format(out, " f=a g=a.code\n");
    else att_buf_format(out, " f=\"r%u\"\n", number);
}

static att_str random_rules(bench *self)
{
    att_buf out = { .arena = &self->arena };
    uint32_t rules = 1 + dice(self, 6);
    for (uint32_t i = 0; i < rules; i++) put_rule(self, &out, i);
    return att_buf_str(&out);
}

static att_str random_text(bench *self)
{
    att_buf out = { .arena = &self->arena };
    uint32_t words = 5 + dice(self, 40);
    for (uint32_t i = 0; i < words; i++) {
        const char *word = PICK(self, text_words);
        bool glued = word[0] == '\'' || word[0] == ',' || word[0] == '.' || word[0] == ')';
        if (i && !glued) att_buf_byte(&out, ' ');
        att_buf_add(&out, att_str_of(word));
    }
    return att_buf_str(&out);
}

/* ---- comparing ---- */

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_all(const void *left, const void *right)
{
    const att_found *a = left, *b = right;
    int order = compare((uintptr_t)a->rule, (uintptr_t)b->rule);
    if (!order) order = compare(a->first, b->first);
    if (!order) order = compare(a->last, b->last);
    if (!order) order = compare(a->variant, b->variant);
    return order;
}

static void write_found(bench *self, const att_found *found, const att_scene *scene)
{
    att_buf_format(&self->out, "  %.*s [%u,%u) literals %u", ATT_STR_ARG(found->rule->name), found->first, found->last,
                   found->literals);
    for (uint32_t i = 0; i < found->binding_count; i++) {
        const att_binding *b = &found->bindings[i];
        att_buf_format(&self->out, " %.*s[%u,%u)", ATT_STR_ARG(found->rule->captures[b->capture]), b->first, b->last);
        if (b->annotation) att_buf_format(&self->out, "@%u", (uint32_t)(b->annotation - scene->annotations));
    }
    att_buf_byte(&self->out, '\n');
}

static att_str written(bench *self, att_founds *founds, const att_scene *scene)
{
    self->out.count = 0;
    if (founds->count) qsort(founds->items, founds->count, sizeof *founds->items, by_all);
    for (uint32_t i = 0; i < founds->count; i++) write_found(self, &founds->items[i], scene);
    return att_str_copy(&self->arena, att_buf_str(&self->out));
}

static uint32_t pairs, candidates, mismatches;

static void complain(bench *self, uint32_t stage, att_str fast, att_str slow)
{
    mismatches++;
    printf("seed %lu, stage %u\n%.*s| %.*s\nfast:\n%.*sslow:\n%.*s\n", (unsigned long)self->seed, stage,
           ATT_STR_ARG(self->rules_text), ATT_STR_ARG(self->text), ATT_STR_ARG(fast), ATT_STR_ARG(slow));
}

static void compare_stage(bench *self, att_run *run, uint32_t stage)
{
    att_scene scene;
    att_founds fast = { 0 }, slow = { 0 };
    const att_finder finder = { &self->rules,         self->cascade.codes,           &self->cascade.predicates,
                                &self->cascade.waker, self->cascade.context_glances, NULL };
    att_scene_init(&scene, &self->knowledge, &self->doc, &self->vocabulary);
    att_scene_show(&scene);
    scene.arena = self->doc.arena;
    att_find_woken(&finder, &scene, stage, &run->wokens[stage], &fast);
    att_find_slowly(&finder, &scene, stage, &slow);
    candidates += slow.count;
    att_str a = written(self, &fast, &scene), b = written(self, &slow, &scene);
    if (!att_str_equal(a, b)) complain(self, stage, a, b);
}

static void compare_pair(void *argument)
{
    bench *self = argument;
    uint64_t seed = self->seed;
    self->rules_text = random_rules(self);
    self->text = random_text(self);
    load(self);
    if (!self->loaded) return;
    pairs++;
    att_run run;
    att_candidates names = { 0 };
    begin(self, &run, &names);
    self->seed = seed;
    for (uint32_t stage = 0; stage < self->knowledge.pipeline.count; stage++) {
        compare_stage(self, &run, stage);
        att_run_stage(&run, stage, stage ? NULL : &names);
    }
}

static void test_random_pairs(void **state)
{
    (void)state;
    const char *count = getenv("ATT_MATCH_PAIRS"), *only = getenv("ATT_MATCH_SEED");
    unsigned long wanted = count ? strtoul(count, NULL, 10) : 5000, seed = only ? strtoul(only, NULL, 10) : 1;
    pairs = candidates = mismatches = 0;
    do {
        bench self;
        start(&self);
        self.seed = seed++;
        assert_int_equal(att_guard_run(&self.guard, compare_pair, &self), ATT_OK);
        finish(&self);
    } while (!only && pairs < wanted && mismatches < 5);
    printf("%u pairs of rules and text, %u candidates\n", pairs, candidates);
    assert_int_equal(mismatches, 0);
}

/* ---- the scene from stage to stage ---- */

static uint32_t gone;

/* What the run's scene shows after a stage is what a new one does. */
static void compare_scenes(bench *self, att_run *run)
{
    att_scene fresh, *kept = &run->scene;
    gone += self->doc.gone.count;
    att_scene_show(kept);
    att_scene_init(&fresh, &self->knowledge, &self->doc, &self->vocabulary);
    att_scene_show(&fresh);
    assert_int_equal(kept->shown, fresh.shown);
    assert_memory_equal(kept->spots, fresh.spots, sizeof *fresh.spots * (self->doc.tokens.count + 1));
    if (self->doc.paragraphs.count)
        assert_memory_equal(kept->held, fresh.held, sizeof *fresh.held * self->doc.paragraphs.count);
}

static void follow_scene(void *argument)
{
    bench *self = argument;
    self->rules_text = random_rules(self);
    self->text = random_text(self);
    load(self);
    if (!self->loaded) return;
    att_run run;
    att_candidates names = { 0 };
    begin(self, &run, &names);
    for (uint32_t stage = 0; stage < self->knowledge.pipeline.count; stage++) {
        att_run_stage(&run, stage, stage ? NULL : &names);
        compare_scenes(self, &run);
    }
}

static void test_scenes(void **state)
{
    (void)state;
    gone = 0;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        bench self;
        start(&self);
        self.seed = seed;
        assert_int_equal(att_guard_run(&self.guard, follow_scene, &self), ATT_OK);
        finish(&self);
    }
    assert_true(gone);
}

/* ---- by hand ---- */

#define RULE(name, lines) "rule " name "\n  stage one\n  " lines "\n"
#define RULE2(name, lines) "rule " name "\n  stage two\n  " lines "\n"
#define RULE3(name, lines) "rule " name "\n  stage three\n  " lines "\n"

static const struct {
    const char *what, *rules, *text, *want;
} cases[] = {
    { "the longest end wins", RULE("r", "match \"red\" [lower]{0,2}\n  make A"), "so red blue one two.", "A[red blue one]" },
    { "a failing context sends back to a shorter end",
      RULE("r", "match \"red\" [lower]{0,2}\n  not-followed-by \"two\"\n  make A"), "so red blue one two.", "A[red blue]" },
    { "a failing where too", RULE("r", "match a:( \"red\" | \"red\" \"blue\" )\n  where a != \"red blue\"\n  make A"),
      "so red blue.", "A[red]" },
    { "of two ways to one end the first in written order binds",
      RULE("r", "match ( a:\"red\" \"blue\" | \"red\" a:\"blue\" )\n  make A f=a"), "so red blue.", "A[red blue] f=red" },
    { "repeats are greedy", RULE("r", "match a:[lower]{1,2} b:[lower]{1,2} \"x\"\n  make A f=a g=b"), "one two three x.",
      "A[one two three x] f=one two g=three" },
    { "gaps are few", RULE("r", "match \"red\" ..3 a:[lower] ..3 \"x\"\n  make A f=a"), "so red one two x.",
      "A[red one two x] f=one" },
    { "a gap stays in its sentence", RULE("r", "match \"red\" ..4 \"blue\"\n  make A"),
      "It is red. The blue one is red and blue.", "A[red and blue]" },
    { "the edge of a paragraph is one token to a context",
      RULE("p", "match \"red\"\n  preceded-by [!\"a\"]{1,2} [!\"b\"]{1,2}\n  make A"), "red blue.\n\nso one red.", "A[red]" },
    { "nothing crosses a paragraph", RULE("r", "match \"red\" \"blue\"\n  make A"), "so red\n\nblue red blue.", "A[red blue]" },
    { "the longer of two stays",
      RULE("p", "match \"red\" \"blue\"\n  make A") RULE("q", "match \"blue\" \"one\" \"two\"\n  make A"),
      "so red blue one two.", "A[blue one two]" },
    { "beats goes before length",
      RULE("p", "match \"red\" \"blue\"\n  make A\n  beats q") RULE("q", "match \"blue\" \"one\" \"two\"\n  make A"),
      "so red blue one two.", "A[red blue]" },
    { "beats over a third; what is beaten beats nothing by itself",
      RULE("p", "match \"red\"\n  make A\n  beats q") RULE("q", "match \"red\" \"blue\"\n  make A\n  beats s")
          RULE("s", "match \"blue\" \"one\" \"two\"\n  make A"),
      "so red blue one two.", "A[red] A[blue one two]" },
    { "what beats is decided first, also where rules name all that they beat",
      RULE("p", "match \"blue\" \"one\"\n  make A\n  beats t") RULE("s", "match \"one\" \"two\"\n  make A\n  beats p t")
          RULE("r", "match \"two\" \"x\"\n  make A\n  beats s p t") RULE("u", "match \"x\" \"ten\"\n  make A\n  beats r s p t")
              RULE("t", "match \"red\" \"blue\"\n  make A"),
      "so red blue one two x ten.", "A[red blue] A[one two] A[x ten]" },
    { "tiers go before length",
      RULE("p", "match \"red\"\n  make A\n  tier override") RULE("q", "match \"red\" \"blue\"\n  make A"), "so red blue.",
      "A[red]" },
    { "specific before general",
      RULE("p", "match [lower]{2}\n  preceded-by \"so\"\n  make A f=\"p\"")
          RULE("q", "match \"red\" \"blue\"\n  make A f=\"q\""),
      "so red blue.", "A[red blue] f=q" },
    { "block takes candidates of the layer away",
      RULE("p", "match \"red\" \"blue\"\n  block A") RULE("q", "match \"red\"\n  make A\n  make C"), "so red blue; red.",
      "C[red] A[red] C[red]" },
    { "but not those of a higher tier",
      RULE("p", "match \"red\" \"blue\"\n  block A") RULE("q", "match \"red\"\n  make A\n  tier override"), "so red blue.",
      "A[red]" },
    { "nest no: one of two that overlap", RULE("p", "match \"red\"\n  make A") RULE("q", "match \"red\" \"blue\"\n  make A"),
      "so red blue.", "A[red blue]" },
    { "nest yes: one inside the other", RULE("p", "match \"red\"\n  make C") RULE("q", "match \"red\" \"blue\"\n  make C"),
      "so red blue.", "C[red blue] C[red]" },
    { "nest yes, made by one rule", RULE("p", "match a:\"red\" \"blue\"\n  make C\n  make C on a"), "so red blue.",
      "C[red blue]" },
    { "nest same: one span, two first fields",
      RULE("p", "match \"red\"\n  make B f=\"1\"") RULE("q", "match \"red\"\n  make B f=\"2\"")
          RULE("s", "match \"red\"\n  make B f=\"2\" g=\"x\""),
      "so red.", "B[red] f=1 B[red] f=2" },
    { "each annotation of a span is a candidate of its own",
      RULE("p", "match \"red\"\n  make B f=\"1\"") RULE("q", "match \"red\"\n  make B f=\"2\"")
          RULE3("t", "match b:@B\n  make A f=b.f"),
      "so red blue.", "A[red] f=1 A[red] f=2 B[red] f=1 B[red] f=2" },
    { "a later stage fills empty fields",
      RULE("p", "match \"red\"\n  make A f=\"1\"") RULE2("q", "match \"red\"\n  make A f=\"2\" g=\"3\""), "so red.",
      "A[red] f=1 g=3" },
    { "and the next one sees them, wherever annotations lie by then",
      RULE("p", "match \"red\"\n  make A f=\"1\"") RULE2("q", "match \"red\"\n  make A g=\"3\"")
          RULE3("s", "match a:@A\n  make B f=a.g"),
      "so red red red red red red red red red.",
      "A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3 "
      "A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3 "
      "A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3 A[red] f=1 g=3 B[red] f=3" },
    { "with tier override it replaces them",
      RULE("p", "match \"red\"\n  make A f=\"1\"") RULE2("q", "match \"red\"\n  make A f=\"2\" g=\"3\"\n  tier override"),
      "so red.", "A[red] f=2 g=3" },
    { "what an earlier stage made stays", RULE("p", "match \"red\"\n  make A") RULE2("q", "match \"red\" \"blue\"\n  make A"),
      "so red blue.", "A[red]" },
    { "with tier override it goes",
      RULE("p", "match \"red\"\n  make A") RULE2("q", "match \"red\" \"blue\"\n  make A\n  tier override"), "so red blue.",
      "A[red blue]" },
    { "a stage does not see its own results", RULE("p", "match \"red\"\n  make A") RULE("q", "match @A\n  make C"), "so red.",
      "A[red]" },
    { "one result for each binding of on", RULE("p", "match a:\"red\" ( \"and\" a:[lower] ){1,3}\n  make A on a"),
      "so red and blue and one.", "A[red] A[blue] A[one]" },
    { "beside it the nearest binding before", RULE("p", "match ( a:/r.*/ b:\"x\"{1,2} ){1,3}\n  make A on b f=a"),
      "so red x rose x.", "A[x] f=red A[x] f=rose" },
    { "fields come over from what on is",
      RULE("p", "match \"red\"\n  make B f=\"1\" g=\"2\"") RULE2("q", "match b:@B\n  make A on b g=\"3\""), "so red.",
      "A[red] f=1 g=3 B[red] f=1 g=2" },
    { "a field or another", RULE("p", "match a:\"red\" b:\"one\"? c:@COUNTRY?\n  make A f=c.code or b or \"none\""),
      "red Korea; red one; red.", "A[red Korea] f=KOR A[red one] f=one A[red] f=none" },
    { "hyphens are blanks in words", RULE("p", "match \"red-blue one\"\n  make A") RULE("q", "match \"two three\"\n  make A"),
      "so red blue one, red-blue-one, red blue-one; two-three.",
      "A[red blue one] A[red-blue-one] A[red blue-one] A[two-three]" },
    { "words end where a token ends", RULE("p", "match \"red\"\n  make A"), "so red-blue and red.", "A[red]" },
    { "phrases of lists, the longest first", RULE("p", "match a:<l> b:[lower]?\n  make A f=a g=b"), "so red blue one.",
      "A[red blue one] f=red blue g=one" },
    { "a capital in a phrase wants one in the text", RULE("p", "match <l>\n  make A"), "so blue and Blue.", "A[Blue]" },
    { "but not in a line of capitals, where common words are none", RULE("p", "match <m>\n  make A"),
      "SEND STATE TO US OF ALL\n\nso US.", "A[STATE] A[OF] A[US]" },
    { "in a set a list means one word", RULE("p", "match [<l> & !\"red\"]\n  make A"), "so red blue one-two.", "A[one-two]" },
    { "places: first and last of a sentence",
      RULE("p", "match [bos & cap]\n  make A") RULE("q", "match [lower] [eos]\n  make A"), "The red one. The blue two.",
      "A[The] A[one.] A[The] A[two.]" },
    { "the edges of a paragraph",
      RULE("p", "match [lower]\n  preceded-by [end]\n  make A") RULE("q", "match \".\"\n  followed-by [end]\n  make A"),
      "red one. blue.\n\ntwo x.", "A[red] A[.] A[two] A[.]" },
    { "the first value that is there is compared",
      RULE("p", "match a:@COUNTRY? b:\"red\"\n  where a or b = \"red\" or a.code or b.code = \"KOR\" and not a or b in <m>\n  "
                "make A"),
      "so US red. Korea red. red.", "A[red] A[Korea red] A[red]" },
    { "what stands before binds in written order",
      RULE("p", "match \"one\"\n  preceded-by a:\"red\"{0,2} b:\"red\"+\n  make A f=a or \"none\" g=b"),
      "so red red one. red one.", "A[one] f=red g=red A[one] f=none g=red" },
    { "what stands before may bind", RULE("p", "match \"red\"\n  preceded-by a:[lower] \",\"\n  make A f=a"), "so one, red.",
      "A[red] f=one" },
    { "inside a bracket",
      RULE("p", "match \"red\"\n  inside bracket\n  make A") RULE("q", "match \"red\"\n  not-inside bracket\n  make C"),
      "red (blue (red) one) red).", "C[red] A[red] C[red]" },
    { "inside an annotation",
      RULE("p", "match \"red\"\n  inside COUNTRY\n  make A")
          RULE("q", "match \"Korea\" \"red\"\n  not-inside COUNTRY\n  make A") RULE("s", "match [@COUNTRY & cap]\n  make C"),
      "so South Korea red.", "C[South] C[Korea]" },
    { "an annotation is met whole", RULE("p", "match @COUNTRY\n  make A") RULE("q", "match \"Korea\"\n  make C"),
      "so South Korea.", "A[South Korea] C[Korea]" },
    { "of those that start together the longer is tried first",
      RULE("p", "match \"red\"\n  make C f=\"1\"") RULE("q", "match \"red\" \"blue\"\n  make C f=\"2\"")
          RULE2("s", "match x:@C y:[lower]? \"one\"\n  make A f=x g=y"),
      "so red blue one.", "A[red blue one] f=red blue C[red blue] f=2 C[red] f=1" },
    { "with these fields only", RULE("p", "match @COUNTRY(code=USA)\n  make A"), "South Korea and the U.S. met.", "A[U.S.]" },
    { "with one of several values", RULE("p", "match \"of\"? @COUNTRY(code=USA | KOR)\n  make A"),
      "of South Korea, the U.S. and Japan.", "A[of South Korea] A[U.S.]" },
    { "actors before, with those beside them", RULE("p", "match \"its\" \"red\"\n  make A f=actors(antecedent())"),
      "South Korea, the U.S. and Office saw its red.", "A[its red] f=KOR+USA" },
    { "the only state of the sentence", RULE("p", "match \"red\"\n  where only() != null\n  make A f=only()"),
      "South Korea saw red. The U.S. and South Korea saw red. The U.S. is red in the U.S. zone. Red.",
      "A[red] f=KOR A[red] f=USA" },
    { "what the document is asked shuts a rule out in all of it",
      RULE("p", "match @COUNTRY\n  where doc(\"date\") = null\n  make A")
          RULE("q", "match @COUNTRY\n  where doc(\"date\") != null\n  make B")
              RULE("r", "match @COUNTRY(code=KOR)\n  where only() != null and doc(\"title\") != null\n  make C"),
      "South Korea and the U.S. met.", "A[South Korea] A[U.S.]" },
};

/* Blocks that take apart and shorten: expand, alias. */
static const struct {
    const char *what, *rules, *text, *want;
} block_cases[] = {
    { "items as they match",
      "expand e\n  stage one\n  lead \"both\"\n  item /[a-z]{3,}/\n  sep \",\"\n  final \"and\" | \",\" \"and\"\n  make A on "
      "item f=item\n",
      "So both red, blue, and one.", "A[red] f=red A[blue] f=blue A[one] f=one" },
    { "items as names; what is none is not made; the lead belongs to the first",
      "expand e\n  stage one\n  lead \"Ministries\" \"of\"\n  item [cap]\n  sep \",\"\n  final \"and\"\n  each \"Ministry of "
      "{item}\"\n"
      "  make AGENCY on item\nrule a\n  stage two\n  match x:@AGENCY\n  make A f=x.id\n",
      "The Ministries of Kim, Red and State met.", "A[Ministries of Kim] f=y-min A[State] f=x-min" },
    { "a child takes from the item before it",
      "expand e\n  stage one\n  lead \"both\"\n  item /[a-z]{3,}/\n  sep \",\"\n  final \"and\"\n  child \"(\" x:[num] \")\"\n"
      "  make A on item\n  make B on x f=item\n",
      "So both red (1), blue (2) and one (3).", "A[red] B[1] f=red A[blue] B[2] f=blue A[one] B[3] f=one" },
    { "a last word after the name",
      RULE("p", "match [cap & \"Kim\" | \"Ann\"] [cap]\n  make A f=\"1\"") "alias s\n  stage two\n  of A\n  form last-word\n  "
                                                                           "scope after\n",
      "Low met Ann Low. Then Low met low.", "A[Ann Low] f=1 A[Low] f=1" },
    { "in the whole document, in the paragraph",
      RULE("p", "match \"Ann\" [cap]\n  make A")
          RULE("q", "match \"Kim\" [cap]\n  make C") "alias s\n  stage two\n  of A\n  form first-word\n  scope document\nalias "
                                                     "t\n  stage two\n  of C\n  form last-word\n  scope paragraph\n",
      "Ann saw Roe.\n\nKim Roe met Ann Low. And Roe.", "A[Ann] C[Kim Roe] A[Ann Low] C[Roe]" },
    { "not where two are meant",
      RULE("p", "match \"Ann\" | \"Kim\" [cap]\n  make A\n")
          RULE("q", "match ( \"Bob\" | \"Kim\" ) [cap]\n  make A") "alias s\n  stage two\n  of A\n  form last-word\n  scope "
                                                                   "after\n  unless ambiguous\n",
      "Bob Low met Kim Low and Bob Roe. Low met Roe.", "A[Bob Low] A[Kim Low] A[Bob Roe] A[Roe]" },
    { "a family name before a joined given name",
      RULE("p", "match \"Rhee\" [cap]\n  make A") "alias s\n  stage two\n  of A\n  form family-name\n  scope after\n",
      "So Rhee Dong-yeol met Rhee.", "A[Rhee Dong-yeol] A[Rhee]" },
    { "a word inside the name, with what stands before it there",
      RULE("p", "match \"Kim\" [cap]{2}\n  make A") "alias s\n  stage two\n  of A\n  form middle-word\n  scope after\n",
      "Ann saw Roe. So Kim Ann Roe met Ann and Low Ann, Ann Roe.", "A[Kim Ann Roe] A[Ann]" },
    { "a word inside one name that begins another, before who speaks",
      "list verb-of-telling\n  \"said\"\n" RULE("p", "match \"Ann\" 'Low' | \"Kim\" [cap]{2}\n  make A")
          RULE("q", "match on:\"Ann\" \"said\"\n  make C on on") "alias s\n  stage two\n  of A\n  form first-word, "
                                                                 "middle-word\n  scope after\n",
      "Ann Low met Kim Ann Roe. Then the Ann said it.", "A[Ann Low] A[Kim Ann Roe] A[Ann] C[Ann]" },
    { "an acronym in brackets, of initials only",
      RULE("p", "match \"Red\" \"Blue\" \"of\" \"Ann\"\n  make A") "alias s\n  stage two\n  of A\n  form bracketed\n  scope "
                                                                   "document\n",
      "Red Blue of Ann (RBA) and Red Blue of Ann (XYZ): RBA, XYZ.", "A[Red Blue of Ann] A[RBA] A[Red Blue of Ann] A[RBA]" },
    { "initials that no brackets explain, but neither of two words nor of a share",
      RULE("p", "match \"Red\" \"Blue\" ( \"of\" \"Ann\" )?\n  make A") "alias s\n  stage two\n  of A\n  form initials\n  "
                                                                        "scope document\n",
      "RBA met Red Blue of Ann. Red Blue and RB met <RBA>; RBA.", "A[RBA] A[Red Blue of Ann] A[Red Blue] A[RBA]" },
};

static void run_case(void *argument)
{
    bench *self = argument;
    load(self);
    if (!self->loaded) return;
    att_run run;
    att_candidates names = { 0 };
    begin(self, &run, &names);
    for (uint32_t stage = 0; stage < self->knowledge.pipeline.count; stage++) att_run_stage(&run, stage, stage ? NULL : &names);
    uint32_t own = 0;
    for (uint32_t i = ATT_KNOWN_LAYERS; i < self->knowledge.layers.count; i++) own |= 1u << i;
    write_annotations(self, own);
}

/* Runs one case by both matchers. */
static int fails(const char *what, const char *rules, const char *text, const char *want)
{
    int failed = 0;
    for (int reference = 0; reference < 2; reference++) {
        bench self;
        start(&self);
        self.rules_text = att_str_of(rules);
        self.text = att_str_of(text);
        self.reference = reference;
        assert_int_equal(att_guard_run(&self.guard, run_case, &self), ATT_OK);
        att_str got = self.loaded ? att_buf_str(&self.out) : ATT_STR("(rules have errors)");
        if (!att_str_is(got, want)) {
            failed++;
            printf("%s%s\n  want %s\n  got  %.*s\n", what, reference ? " (slow)" : "", want, ATT_STR_ARG(got));
        }
        finish(&self);
    }
    return failed;
}

static void test_cases(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        failed += fails(cases[i].what, cases[i].rules, cases[i].text, cases[i].want);
    assert_int_equal(failed, 0);
}

static void test_blocks(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < sizeof block_cases / sizeof *block_cases; i++)
        failed += fails(block_cases[i].what, block_cases[i].rules, block_cases[i].text, block_cases[i].want);
    assert_int_equal(failed, 0);
}

/* Many lists, each with a first word of its own: the index of what words wake grows while it is filled. */
static void test_many_lists(void **state)
{
    (void)state;
    static char rules[8192], text[2048], want[2048];
    size_t at = 0, end = 0, wanted = 0;
    for (int i = 10; i < 99; i++) {
        at += (size_t)snprintf(rules + at, sizeof rules - at,
                               "list n%d\n  \"w%d\" \"v%d\"\n" RULE("r%d", "match <n%d>\n  make A"), i, i, i, i, i);
        end += (size_t)snprintf(text + end, sizeof text - end, "w%d ", i);
        wanted += (size_t)snprintf(want + wanted, sizeof want - wanted, "%sA[w%d]", wanted ? " " : "", i);
    }
    assert_int_equal(fails("many lists", rules, text, want), 0);
}

int main(void)
{
    const struct CMUnitTest all[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_blocks),
                                      cmocka_unit_test(test_many_lists), cmocka_unit_test(test_random_pairs),
                                      cmocka_unit_test(test_scenes) };
    return cmocka_run_group_tests(all, NULL, NULL);
}

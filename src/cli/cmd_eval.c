/* cmd_eval.c - gold against what was found: figures, misses, and a status for CI. Lives on attache.h alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/eval_gold.h"
#include "cli/eval_show.h"
#include "cli/say.h"

typedef struct {
    const cli_options *options;
    cli_pool pool;
    eval_docs gold, found; /* `found` of PRED, else empty */
    att_engine *engine;
    att_doc *doc;
    att_writer *writer;
    eval_map map;
    eval_types types;
    eval_plan plan;
    eval_score score;
    size_t other_texts;     /* how many documents have another text in PRED, */
    const char *other_text; /* and the id of the first of them */
} run;

static const struct {
    const char *name;
    void (*show)(const eval_score *, FILE *);
} formats[] = { { "text", eval_show_text }, { "json", eval_show_json }, { "html", eval_show_html } };
enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

static const char *const ways[] = { "rule", "source", "type" }; /* in the order of eval_by */
enum { WAY_COUNT = sizeof ways / sizeof ways[0] };

const char *cli_eval_format(size_t index)
{
    return index < FORMAT_COUNT ? formats[index].name : NULL;
}

const char *cli_eval_way(size_t index)
{
    return index < WAY_COUNT ? ways[index] : NULL;
}

const char *cli_eval_measure(size_t index)
{
    return index < EVAL_FIXED_COUNT ? eval_measure_name(index) : NULL;
}

const char *cli_eval_line(size_t index)
{
    return eval_measure_name(index);
}

/* ---- the types that are scored ---- */

static void add_type(eval_types *types, const char *name)
{
    if (types->count < EVAL_MAX_TYPES && eval_type_find(types, name) == types->count) types->names[types->count++] = name;
}

static bool gold_has(const run *self, const char *type)
{
    for (size_t i = 0; i < self->gold.count; i++)
        for (size_t k = 0; k < self->gold.items[i].spans.count; k++)
            if (strcmp(self->gold.items[i].spans.items[k].type, type) == 0) return true;
    return false;
}

static int by_name(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

/* Gold of the house's form is about all its types; other gold about those that it uses. */
static void choose_types(run *self)
{
    eval_types *types = &self->types;
    const char *name;
    for (size_t i = 0; (name = eval_house_type(i)); i++)
        if (self->plan.whole || gold_has(self, name)) add_type(types, name);
    size_t known = types->count;
    for (size_t i = 0; i < self->gold.count && !self->plan.whole; i++)
        for (size_t k = 0; k < self->gold.items[i].spans.count; k++) add_type(types, self->gold.items[i].spans.items[k].type);
    qsort(types->names + known, types->count - known, sizeof *types->names, by_name);
}

/* Hides what --types leaves out. */
static bool hide_types(run *self)
{
    bool wanted[EVAL_MAX_TYPES] = { 0 };
    char *list = cli_pool_word(&self->pool, self->options->types), *rest = NULL;
    for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        size_t type = eval_type_find(&self->types, name);
        if (type == self->types.count) {
            cli_say("attache: '--types' has '%s', which gold does not use\n", name);
            return false;
        }
        wanted[type] = true;
    }
    for (size_t i = 0; i < self->types.count; i++) self->types.hidden[i] = !wanted[i];
    return true;
}

/* A type that gold has no name for counts as the nearest that it has. */
static void add_usual_map(run *self)
{
    static const char *const usual[][2] = { { "AGENCY", "ORG" }, { "IGO", "ORG" }, { "COUNTRY", "LOCATION" } };
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (eval_type_find(&self->types, usual[i][0]) < self->types.count) continue;
        CLI_RESERVE(&self->pool, &self->map);
        self->map.items[self->map.count++] = (eval_map_pair){ usual[i][1], usual[i][0] };
    }
}

static bool read_map(run *self, eval_map *map, const char *option, const char *text)
{
    if (!text || eval_map_read(map, &self->pool, text)) return true;
    cli_say("attache: '--%s' wants GOLD=FOUND+FOUND, not '%s'\n", option, text);
    return false;
}

/* Whether gold has the types that the map renames. */
static bool check_gold_map(const run *self, const eval_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        bool has = false;
        for (size_t k = 0; k < self->gold.count && !has; k++) has = eval_gold_has(&self->gold.items[k], map->items[i].found);
        if (has) continue;
        cli_say("attache: '--gold-map' has '%s', which gold does not use\n", map->items[i].found);
        return false;
    }
    return true;
}

static size_t count_spans(const run *self)
{
    size_t count = 0;
    for (size_t i = 0; i < self->gold.count; i++) count += self->gold.items[i].spans.count;
    return count;
}

/* Gold as the options want it. */
static bool prepare_gold(run *self)
{
    eval_map map = { 0 };
    if (!read_map(self, &map, "gold-map", self->options->gold_map) || !check_gold_map(self, &map)) return false;
    for (size_t i = 0; i < self->gold.count; i++) {
        eval_gold_rename(&self->gold.items[i], &map);
        if (self->options->names_only) eval_gold_keep_names(&self->gold.items[i], &self->pool);
    }
    if (!self->options->names_only || count_spans(self)) return true;
    fputs("attache: '--names-only' leaves no span of gold\n", stderr);
    return false;
}

/* Whether gold has what found types are to count as. */
static bool check_map_types(const run *self)
{
    for (size_t i = 0; i < self->map.count; i++) {
        if (eval_type_find(&self->types, self->map.items[i].gold) < self->types.count) continue;
        cli_say("attache: '--map' has '%s', which gold does not use\n", self->map.items[i].gold);
        return false;
    }
    return true;
}

static bool choose_map(run *self)
{
    if (!read_map(self, &self->map, "map", self->options->map) || !check_map_types(self)) return false;
    if (!self->options->map && !self->plan.whole) add_usual_map(self);
    if (self->options->map || !self->plan.whole) self->plan.map = &self->map;
    return true;
}

/* ---- setting up: each step returns an exit status ---- */

/* Whether the table may have a line of that name. */
static bool is_line(const run *self, const char *name)
{
    if (eval_type_find(&self->types, name) < self->types.count) return true;
    for (size_t i = 0; i < EVAL_FIXED_COUNT; i++)
        if (strcmp(eval_measure_name(i), name) == 0) return true;
    return false;
}

static bool check_misses(const run *self)
{
    const char *wanted = self->options->misses;
    if (!wanted || !*wanted || is_line(self, wanted)) return true;
    cli_say("attache: '--misses' has '%s', which is no measure and no type of gold\n", wanted);
    return false;
}

/* One of "mentions=0.90 officials=0.80", cut in two. */
typedef struct {
    const char *name, *value;
    double f1;
} floor_of;

/* Cuts the next floor off; false at the end, and with *wrong the item where it is none. */
static bool next_floor(char **list, floor_of *floor, const char **wrong)
{
    char *item, *end;
    do item = strsep(list, " ,");
    while (item && !*item);
    if (!item) return false;
    *wrong = item;
    char *sign = strchr(item, '=');
    if (!sign) return false;
    floor->name = item;
    floor->value = sign + 1;
    floor->f1 = strtod(floor->value, &end);
    if (end == floor->value || *end || !(floor->f1 >= 0 && floor->f1 <= 1)) return false;
    *wrong = NULL;
    *sign = '\0';
    return true;
}

/* Before anything is annotated: the form, and that the table may have such a line. */
static bool check_floors(run *self)
{
    char *list = cli_pool_word(&self->pool, self->options->min);
    const char *wrong = NULL;
    floor_of floor;
    while (next_floor(&list, &floor, &wrong)) {
        if (is_line(self, floor.name)) continue;
        cli_say("attache: '--min' has '%s', which is no measure and no type of gold\n", floor.name);
        return false;
    }
    if (wrong) cli_say("attache: '--min' wants MEASURE=F1 with an F1 from 0 to 1, not '%s'\n", wrong);
    return !wrong;
}

static bool make_plan(run *self)
{
    const cli_options *options = self->options;
    if (!prepare_gold(self)) return false;
    self->plan = (eval_plan){ .misses = options->misses };
    for (int i = 0; i < WAY_COUNT; i++)
        if (options->by && strcmp(options->by, ways[i]) == 0) self->plan.by = (eval_by)(i + 1);
    for (size_t i = 0; i < self->gold.count; i++) {
        self->plan.whole |= self->gold.items[i].whole;
        self->plan.about |= self->gold.items[i].has_about;
        for (size_t k = 0; k < self->gold.items[i].spans.count; k++)
            self->plan.codes |= self->gold.items[i].spans.items[k].code != NULL;
    }
    choose_types(self);
    if (!check_misses(self) || !check_floors(self)) return false;
    return (!options->types || hide_types(self)) && choose_map(self);
}

static int open_tagger(run *self)
{
    const cli_options *options = self->options;
    int loaded = cli_load_rules(options, true, &self->engine);
    if (loaded) return loaded;
    att_status status = att_doc_new(&self->doc, self->engine);
    if (status == ATT_OK) status = att_doc_set_profile(self->doc, options->profile);
    if (status == ATT_OK) status = att_writer_new(&self->writer, self->engine, NULL);
    return status == ATT_OK ? EXIT_DONE : cli_cannot_go_on(status);
}

/* JSON that says nothing of what is right is most likely not the file that was meant. */
static bool has_gold(const run *self)
{
    for (size_t i = 0; i < self->gold.count; i++) {
        const eval_doc *doc = &self->gold.items[i];
        if (doc->spans.count || doc->ignored.count || doc->officials.count || doc->whole || doc->has_about) return true;
    }
    cli_say("attache: %s: no annotations in it: no spans, officials or doc\n", self->options->operands[0]);
    return false;
}

/* What counts as a type of gold must be a type that the rules find. */
static bool check_map(const run *self)
{
    const char *name;
    for (size_t i = 0; self->options->map && i < self->map.count; i++) {
        bool found = false;
        for (size_t k = 0; !found && (name = att_engine_name(self->engine, ATT_NAMED_TYPE, k)); k++)
            found = strcmp(name, self->map.items[i].found) == 0;
        if (found) continue;
        cli_say("attache: '--map' has '%s', which no rule makes\n", self->map.items[i].found);
        return false;
    }
    return true;
}

/* Whether an operand behind '--misses' that is no file was most likely meant as its value: a type of no rules, "AGENCI". */
static bool has_misses_operand(const cli_options *options)
{
    for (size_t i = 0; options->misses && !*options->misses && i < options->operand_count; i++) {
        const char *word = options->operands[i];
        if (word[strcspn(word, "./-")] || access(word, F_OK) == 0) continue;
        cli_say("attache: '--misses' has '%s', which is no measure, no type of gold and no file\n", word);
        return true;
    }
    return false;
}

static int open_all(run *self)
{
    const cli_options *options = self->options;
    if (has_misses_operand(options)) return EXIT_USAGE;
    if (options->operand_count < 1 || options->operand_count > 2) {
        fputs("attache: 'eval' wants GOLD, and PRED or the rules to find it by\n", stderr);
        return EXIT_USAGE;
    }
    if (options->operand_count == 2 && (options->rules || options->with_count || options->profile)) {
        fputs("attache: with PRED no rules are used; leave out PRED or --rules, --with and --profile\n", stderr);
        return EXIT_USAGE;
    }
    if (!eval_docs_read(&self->gold, &self->pool, options->operands[0])) return EXIT_DOCUMENTS;
    if (!has_gold(self)) return EXIT_DOCUMENTS;
    if (!make_plan(self)) return EXIT_USAGE;
    if (options->operand_count == 1) {
        int status = open_tagger(self);
        return status ? status : check_map(self) ? EXIT_DONE : EXIT_USAGE;
    }
    return eval_docs_read(&self->found, &self->pool, options->operands[1]) ? EXIT_DONE : EXIT_DOCUMENTS;
}

/* ---- documents ---- */

/* What the rules find in the text of a gold document, by way of its record. */
static int tag(run *self, const eval_doc *gold, eval_doc *found, cli_pool *pool)
{
    att_doc_facts facts = { .id = gold->id, .title = gold->title, .date = gold->date, .origin = gold->origin };
    const char *bytes, *why, *text = gold->text ? gold->text : "";
    size_t size;
    att_status status = att_doc_set_text(self->doc, text, gold->length, &facts);
    if (status == ATT_OK) status = att_doc_tag(self->doc);
    if (status == ATT_OK) status = att_writer_write(self->writer, self->doc, &bytes, &size);
    if (status != ATT_OK) return cli_cannot_go_on(status);
    if (eval_doc_from_json(found, pool, bytes, size, &why)) return EXIT_DONE;
    cli_say("attache: %s: %s\n", gold->id, why);
    return EXIT_SYSTEM;
}

static void score_found(run *self, const eval_doc *gold)
{
    const eval_doc *found = eval_docs_find(&self->found, gold->id);
    bool known = found && found->text && gold->text;
    if (known && (found->length != gold->length || memcmp(found->text, gold->text, gold->length) != 0)) {
        if (!self->other_texts++) self->other_text = gold->id;
    }
    eval_score_add(&self->score, gold, found);
}

static int score_one(run *self, const eval_doc *gold)
{
    if (!self->engine) {
        score_found(self, gold);
        return EXIT_DONE;
    }
    cli_pool pool = { 0 };
    eval_doc found;
    int status = tag(self, gold, &found, &pool);
    if (!status) eval_score_add(&self->score, gold, &found);
    cli_pool_clear(&pool);
    return status;
}

static void tell_missing(const run *self)
{
    if (self->other_texts)
        cli_say(
            "attache: in PRED %zu of %zu documents (the first: %s) have another text than in GOLD; their offsets are compared "
            "as they are\n",
            self->other_texts, self->score.documents, self->other_text);
    if (self->score.missing)
        cli_say("attache: PRED lacks %zu of %zu documents; all in them counts as missed\n", self->score.missing,
                self->score.documents);
    if (self->score.other && self->types.count)
        cli_say("attache: of the mentions found %zu are of types that gold does not use; they count neither way\n",
                self->score.other);
}

/* ---- floors ---- */

static const eval_measure *measure_of(const eval_score *score, const char *name)
{
    const eval_measure *item;
    for (size_t i = 0; (item = eval_measure_at(score, i)); i++)
        if (strcmp(item->name, name) == 0) return item;
    return NULL;
}

/* Says which F1 are lower; what gold is not about has none. */
static int compare_with_floors(run *self)
{
    char *list = cli_pool_word(&self->pool, self->options->min);
    const char *separator = "attache: falls short: ", *wrong = NULL;
    bool low = false;
    floor_of floor;
    while (next_floor(&list, &floor, &wrong)) {
        const eval_measure *measure = measure_of(&self->score, floor.name);
        if (!measure) {
            cli_say("attache: '--min' has '%s', which gold says nothing of\n", floor.name);
            return EXIT_USAGE;
        }
        if (measure->strict.f1 >= floor.f1) continue;
        cli_say("%s%s %.3f < %s", separator, floor.name, measure->strict.f1, floor.value);
        separator = ", ";
        low = true;
    }
    if (low) fputc('\n', stderr);
    return low ? EXIT_FINDINGS : EXIT_DONE;
}

static int score_all(run *self)
{
    int status = EXIT_DONE;
    eval_score_begin(&self->score, &self->types, &self->plan);
    for (size_t i = 0; i < self->gold.count && !status; i++) status = score_one(self, &self->gold.items[i]);
    if (status) return status;
    eval_score_end(&self->score);
    tell_missing(self);
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i].name, self->options->format ? self->options->format : "text") == 0)
            formats[i].show(&self->score, stdout);
    return compare_with_floors(self);
}

int cmd_eval(const cli_options *options)
{
    run self = { .options = options };
    int status = open_all(&self);
    if (!status) status = score_all(&self);
    eval_score_clear(&self.score);
    att_writer_free(self.writer);
    att_doc_free(self.doc);
    att_engine_free(self.engine);
    cli_pool_clear(&self.pool);
    return status;
}

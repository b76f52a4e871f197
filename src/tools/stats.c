/* stats.c - counts what rules hold: by pack, by layer, by country, by office. */
#include <stdlib.h>

#include "tools/tools.h"

#include "engine/engine.h"
#include "write/escape.h"

enum { MOST_COLUMNS = 12, LONGEST_OFFICE = 40 };

/* Counts in named columns. */
typedef struct {
    const char *key; /* what a row stands for, such as "pack" */
    const char *columns[MOST_COLUMNS];
    uint32_t column_count;
    att_map rows;
    struct {
        uint64_t (*items)[MOST_COLUMNS];
        uint32_t count, capacity;
    } counts; /* by row, a number for each column */
} table;

enum { ENTRIES, NAMES, OFFICES, TERMS, RULES, TOPICS, TRIGGERS, VIEWS, LISTS, PHRASES, TESTS };
static const table by_pack = { .key = "pack",
                               .columns = { "entries", "names", "offices", "terms", "rules", "topics", "triggers", "views",
                                            "lists", "phrases", "tests" },
                               .column_count = 11 };
static const table by_layer = { .key = "layer", .columns = { "entries", "names" }, .column_count = 2 };

enum { C_NAMES, C_AGENCIES, C_PLACES, C_ORGS, C_OFFICES, C_TERMS, C_OPEN };
static const table by_country = { .key = "country",
                                  .columns = { "names", "agencies", "places", "orgs", "offices", "terms", "open" },
                                  .column_count = 7 };

typedef struct {
    const att_engine *engine;
    const att_stats_options *options;
    att_arena arena;
    table packs, layers, countries;
    att_buf out;
} counting;

/* ---- counting ---- */

static void start(counting *self, table *one, const table *model)
{
    *one = *model;
    att_map_init(&one->rows, &self->arena);
}

static uint64_t *row(counting *self, table *one, att_str name)
{
    uint32_t known = one->rows.count, number = att_map_add(&one->rows, name);
    if (number == known) {
        ATT_RESERVE(&self->arena, &one->counts, 1);
        memset(&one->counts.items[one->counts.count++], 0, sizeof *one->counts.items);
    }
    return one->counts.items[number];
}

/* The pack in the name of a rule: "agencies" of "agencies/usa-state". */
static att_str pack_in(att_str rule)
{
    const char *slash = rule.length ? memchr(rule.data, '/', rule.length) : NULL;
    return slash ? att_str_slice(rule, 0, (size_t)(slash - rule.data)) : ATT_STR("(none)");
}

static att_str pack_of(const counting *self, uint32_t pack)
{
    att_str name = self->engine->knowledge.blocks.packs.items[pack].name;
    return name.length ? name : ATT_STR("(none)");
}

static void count_blocks(counting *self)
{
    static const int columns[ATT_BLOCK_KIND_COUNT] = {
        [ATT_BLOCK_ENTRY] = ENTRIES + 1, [ATT_BLOCK_OFFICE] = OFFICES + 1, [ATT_BLOCK_RULE] = RULES + 1,
        [ATT_BLOCK_EXPAND] = RULES + 1,  [ATT_BLOCK_ALIAS] = RULES + 1,    [ATT_BLOCK_TOPIC] = TOPICS + 1,
        [ATT_BLOCK_VIEW] = VIEWS + 1,    [ATT_BLOCK_LIST] = LISTS + 1,     [ATT_BLOCK_TEST] = TESTS + 1,
    };
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind == ATT_BLOCK_PACK) row(self, &self->packs, block->name);
        if (!block->dead && columns[block->kind])
            row(self, &self->packs, pack_of(self, block->pack))[columns[block->kind] - 1]++;
    }
}

static void count_lists(counting *self)
{
    const att_phrase_lists *lists = &self->engine->knowledge.lists;
    for (uint32_t i = 0; i < lists->lists.count; i++)
        row(self, &self->packs, pack_of(self, lists->lists.items[i].block->pack))[PHRASES] += lists->lists.items[i].phrases;
}

static void count_triggers(counting *self)
{
    const att_topics *topics = &self->engine->knowledge.topics;
    for (uint32_t i = 0; i < topics->triggers.count; i++)
        row(self, &self->packs, pack_in(topics->origins.items[topics->triggers.items[i].origin].rule))[TRIGGERS]++;
}

static void count_entry(counting *self, const att_entry *entry)
{
    row(self, &self->layers, self->engine->knowledge.layers.items[entry->layer].name)[ENTRIES]++;
    if (!entry->more->country.length) return;
    uint64_t *country = row(self, &self->countries, entry->more->country);
    country[C_AGENCIES] += entry->layer == ATT_LAYER_AGENCY;
    country[C_PLACES] += entry->layer == ATT_LAYER_LOCATION;
    country[C_ORGS] += entry->layer == ATT_LAYER_ORG;
}

static void count_names(counting *self)
{
    const att_knowledge *knowledge = &self->engine->knowledge;
    for (uint32_t i = 0; i < knowledge->entries.entries.count; i++) count_entry(self, &knowledge->entries.entries.items[i]);
    for (uint32_t i = 1; i < knowledge->names.forms.count; i++) {
        const att_form *form = &knowledge->names.forms.items[i];
        if (form->owner == ATT_OWNER_BOILERPLATE) continue;
        const att_entry *entry = &knowledge->entries.entries.items[form->owner];
        uint32_t origin = knowledge->entries.form_lines.items[i].origin;
        row(self, &self->packs, pack_in(knowledge->entries.origins.items[origin].rule))[NAMES]++;
        row(self, &self->layers, knowledge->layers.items[form->layer].name)[NAMES]++;
        if (entry->layer == ATT_LAYER_COUNTRY) row(self, &self->countries, entry->more->code)[C_NAMES]++;
    }
}

static void count_offices(counting *self)
{
    const att_offices *offices = &self->engine->knowledge.offices;
    for (uint32_t i = 0; i < offices->offices.count; i++)
        if (offices->offices.items[i].country.length)
            row(self, &self->countries, offices->offices.items[i].country)[C_OFFICES]++;
    for (uint32_t i = 0; i < offices->holdings.count; i++) {
        const att_holding *term = &offices->holdings.items[i];
        const att_office *office = &offices->offices.items[term->office];
        if (!office->country.length) continue;
        row(self, &self->countries, office->country)[C_TERMS]++;
        row(self, &self->countries, office->country)[C_OPEN] += !term->term.to;
    }
}

/* A term counts for the pack in which its office was first written. */
static void count_terms(counting *self)
{
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind != ATT_BLOCK_OFFICE || (block->dead && block->mode != ATT_MODE_ADD)) continue;
        for (uint32_t l = 0; l < block->line_count; l++)
            if (att_str_is(blocks->lines.items[block->first_line + l].word, "holder"))
                row(self, &self->packs, pack_of(self, block->pack))[TERMS]++;
    }
}

/* ---- showing ---- */

typedef struct {
    att_str name;
    uint32_t index;
} named_row;

static int by_name(const void *left, const void *right)
{
    return att_str_compare(((const named_row *)left)->name, ((const named_row *)right)->name);
}

static named_row *sorted(counting *self, const table *one)
{
    named_row *rows = att_arena_alloc(&self->arena, sizeof *rows * (one->rows.count + 1));
    for (uint32_t i = 0; i < one->rows.count; i++) rows[i] = (named_row){ one->rows.items[i], i };
    if (one->rows.count) qsort(rows, one->rows.count, sizeof *rows, by_name);
    return rows;
}

static void show_row(counting *self, const table *one, att_str name, const uint64_t *counts)
{
    att_buf_format(&self->out, "%-12.*s", ATT_STR_ARG(name));
    for (uint32_t c = 0; c < one->column_count; c++) att_buf_format(&self->out, " %9llu", (unsigned long long)counts[c]);
    att_buf_byte(&self->out, '\n');
}

static void show_table(counting *self, const table *one)
{
    named_row *rows = sorted(self, one);
    uint64_t sums[MOST_COLUMNS] = { 0 };
    att_buf_format(&self->out, "%-12s", one->key);
    for (uint32_t c = 0; c < one->column_count; c++) att_buf_format(&self->out, " %9s", one->columns[c]);
    att_buf_byte(&self->out, '\n');
    for (uint32_t i = 0; i < one->rows.count; i++) {
        const uint64_t *counts = one->counts.items[rows[i].index];
        show_row(self, one, rows[i].name, counts);
        for (uint32_t c = 0; c < one->column_count; c++) sums[c] += counts[c];
    }
    show_row(self, one, ATT_STR("all"), sums);
}

static void add_table(counting *self, const char *name, const table *one)
{
    named_row *rows = sorted(self, one);
    att_buf_format(&self->out, ",\n\"%s\":[", name);
    for (uint32_t i = 0; i < one->rows.count; i++) {
        att_buf_format(&self->out, "%s\n{\"%s\":", i ? "," : "", one->key);
        att_escape_json(&self->out, rows[i].name);
        for (uint32_t c = 0; c < one->column_count; c++)
            att_buf_format(&self->out, ",\"%s\":%llu", one->columns[c],
                           (unsigned long long)one->counts.items[rows[i].index][c]);
        att_buf_byte(&self->out, '}');
    }
    att_buf_byte(&self->out, ']');
}

/* ---- offices ---- */

typedef struct {
    uint32_t terms;
    att_date first, last; /* first: the begin of the first term; last: the end of the last one, 0 while it is open */
    const att_holding *open;
} office_terms;

static office_terms terms_of(const att_offices *offices, uint32_t office)
{
    office_terms sum = { 0 };
    for (uint32_t i = 0; i < offices->holdings.count; i++) {
        const att_holding *term = &offices->holdings.items[i];
        if (term->office != office) continue;
        if (!sum.terms++ || term->term.from < sum.first) sum.first = term->term.from;
        if (!term->term.to) sum.open = term;
        else if (term->term.to > sum.last) sum.last = term->term.to;
    }
    if (sum.open) sum.last = 0;
    return sum;
}

static void show_offices(counting *self)
{
    const att_offices *offices = &self->engine->knowledge.offices;
    att_buf_format(&self->out, "%-*s %-10s %5s  %-10s  %-10s  %s\n", LONGEST_OFFICE, "office", "country", "terms", "from", "to",
                   "open term");
    for (uint32_t i = 0; i < offices->offices.count; i++) {
        const att_office *office = &offices->offices.items[i];
        office_terms sum = terms_of(offices, i);
        att_str first = att_date_show(&self->arena, sum.first), last = att_date_show(&self->arena, sum.last);
        att_buf_format(&self->out, "%-*.*s %-10.*s %5u  %-10.*s  %-10.*s  %.*s\n", LONGEST_OFFICE, ATT_STR_ARG(office->id),
                       ATT_STR_ARG(office->country), sum.terms, ATT_STR_ARG(first), ATT_STR_ARG(last),
                       sum.open ? (int)sum.open->name.length : 0, sum.open ? sum.open->name.data : "");
    }
}

static void add_member(counting *self, const char *name, att_str value)
{
    att_buf_format(&self->out, ",\"%s\":", name);
    att_escape_json(&self->out, value);
}

static void add_offices(counting *self)
{
    const att_offices *offices = &self->engine->knowledge.offices;
    att_buf_format(&self->out, ",\n\"offices\":[");
    for (uint32_t i = 0; i < offices->offices.count; i++) {
        const att_office *office = &offices->offices.items[i];
        office_terms sum = terms_of(offices, i);
        att_buf_format(&self->out, "%s\n{\"office\":", i ? "," : "");
        att_escape_json(&self->out, office->id);
        add_member(self, "country", office->country);
        add_member(self, "agency", office->agency);
        att_buf_format(&self->out, ",\"titles\":[");
        for (uint32_t t = 0; t < office->title_count; t++) {
            if (t) att_buf_byte(&self->out, ',');
            att_escape_json(&self->out, att_index_at(&offices->titles, offices->titles_of.items[office->first_title + t]));
        }
        att_buf_format(&self->out, "],\"terms\":%u", sum.terms);
        add_member(self, "from", att_date_show(&self->arena, sum.first));
        add_member(self, "to", att_date_show(&self->arena, sum.last));
        add_member(self, "open", sum.open ? sum.open->name : (att_str){ 0 });
        att_buf_byte(&self->out, '}');
    }
    att_buf_byte(&self->out, ']');
}

/* ---- all ---- */

static const char *const ways[] = { "pack", "layer", "country", "office" };
static const char *const formats[] = { "text", "json" };

const char *att_stats_way(size_t index)
{
    return index < sizeof ways / sizeof *ways ? ways[index] : NULL;
}

const char *att_stats_format(size_t index)
{
    return index < sizeof formats / sizeof *formats ? formats[index] : NULL;
}

static void write_text(counting *self)
{
    const char *by = self->options->by ? self->options->by : ways[0];
    if (strcmp(by, "pack") == 0) show_table(self, &self->packs);
    else if (strcmp(by, "layer") == 0) show_table(self, &self->layers);
    else if (strcmp(by, "country") == 0) show_table(self, &self->countries);
    else show_offices(self);
}

static void write_json(counting *self)
{
    att_buf_format(&self->out, "{\"rules\":\"%s\",\"files\":%u", self->engine->digest, self->engine->files.count);
    add_table(self, "packs", &self->packs);
    add_table(self, "layers", &self->layers);
    add_table(self, "countries", &self->countries);
    add_offices(self);
    att_buf_format(&self->out, "}\n");
}

static void count_all(void *argument)
{
    counting *self = argument;
    self->out = (att_buf){ .arena = &self->arena };
    start(self, &self->packs, &by_pack);
    start(self, &self->layers, &by_layer);
    start(self, &self->countries, &by_country);
    count_blocks(self);
    count_terms(self);
    count_lists(self);
    count_triggers(self);
    count_names(self);
    count_offices(self);
    if (self->options->format && strcmp(self->options->format, "json") == 0) write_json(self);
    else write_text(self);
}

att_status att_stats(const att_engine_options *rules, const att_stats_options *options, att_sink sink, void *user, char **bytes,
                     size_t *size)
{
    counting self = { .options = options };
    att_engine_options anew = *rules;
    anew.anew = true; /* compiled rules no longer have the blocks that are counted */
    *bytes = NULL;
    att_engine *engine;
    att_status status = att_engine_new(&engine, &anew, sink, user);
    if (status != ATT_OK) return status;
    self.engine = engine;
    att_arena_init(&self.arena, &engine->guard, 0);
    status = att_guard_run(&engine->guard, count_all, &self);
    if (status == ATT_OK) *bytes = malloc(self.out.count + 1);
    if (*bytes) memcpy(*bytes, self.out.items, self.out.count);
    *size = self.out.count;
    att_arena_clear(&self.arena);
    att_engine_free(engine);
    return *bytes ? ATT_OK : ATT_NOMEM;
}

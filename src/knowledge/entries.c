#include "knowledge/entries.h"

typedef struct {
    att_entries *entries;
    const att_blocks *blocks;
    const att_layers *layers;
    att_names *names;
    att_arena *arena;
    const att_lines_block *block; /* the one whose line is read */
    att_entry *entry;
    uint32_t index, origin;
    att_str parent;
    att_place parent_place;
} entry_reader;

static void report(const entry_reader *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(const entry_reader *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->blocks->diags, ATT_ERROR, code, place, format, arguments);
    va_end(arguments);
}

uint32_t att_entries_find(const att_entries *self, att_str id)
{
    uint32_t number = att_map_find(&self->ids, id);
    return number == ATT_NONE ? (uint32_t)ATT_NONE : self->by_id.items[number];
}

bool att_entry_valid(const att_entry *self, att_str date)
{
    if (!date.data) return true;
    if (self->valid_from.data && att_str_compare(date, self->valid_from) < 0) return false;
    if (!self->valid_to.data) return true;
    att_str head = att_str_slice(date, 0, date.length < self->valid_to.length ? date.length : self->valid_to.length);
    return att_str_compare(head, self->valid_to) <= 0;
}

/* ---- lines ---- */

typedef struct {
    const char *word;
    bool demonym;
    uint8_t flags;
} form_word;

static const form_word form_words[] = {
    { "name", false, 0 },
    { "alias", false, 0 },
    { "exact", false, ATT_FORM_EXACT },
    { "weak", false, ATT_FORM_WEAK },
    { "demonym", true, 0 },
    { "weak-demonym", true, ATT_FORM_WEAK },
};

static const form_word *form_word_named(att_str word)
{
    for (size_t i = 0; i < sizeof form_words / sizeof *form_words; i++)
        if (att_str_is(word, form_words[i].word)) return &form_words[i];
    return NULL;
}

/* Fields of the DEMONYM forms of a COUNTRY: its code. */
static const att_str *demonym_fields(const entry_reader *self)
{
    const att_layer *layer = &self->layers->items[ATT_LAYER_DEMONYM];
    att_str *fields = att_arena_zero(self->arena, layer->field_count + 1, sizeof *fields);
    uint32_t code = att_layer_field(layer, ATT_STR("code"));
    if (code != ATT_NONE) fields[code] = self->entry->code;
    return fields;
}

static void read_forms(entry_reader *self, const form_word *kind, const att_line *line)
{
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at, number = att_line_number(self->block, line);
    if (kind->demonym && self->entry->layer != ATT_LAYER_COUNTRY) {
        report(self, "S005", att_line_word_place(self->block, line), "'%s' belongs to entries of COUNTRY", kind->word);
        return;
    }
    while (att_next_form(self->arena, &rest, &rest_at, &form, &at)) {
        att_place place = { self->block->file->source, at, at + (uint32_t)form.length };
        if (!form.length) {
            report(self, "S015", place, "an empty form; write one name between two '|'");
            continue;
        }
        uint8_t layer = kind->demonym ? ATT_LAYER_DEMONYM : (uint8_t)self->entry->layer;
        att_form made = { .owner = self->index, .origin = self->origin, .line = number, .layer = layer, .flags = kind->flags };
        if (att_names_add(self->names, form, made) == ATT_NONE)
            report(self, "S015", place, "'%.*s' is no name: a form has a word and at most 64 of them", ATT_STR_ARG(form));
        if (!self->entry->name.data && !kind->demonym) self->entry->name = form;
        self->entry->has_weak = self->entry->has_weak || kind->flags & ATT_FORM_WEAK;
    }
}

static bool is_date(att_str text)
{
    if (text.length != 4 && text.length != 7 && text.length != 10) return false;
    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (i == 4 || i == 7 ? text.data[i] != '-' : !digit) return false;
    }
    return true;
}

/* "(2021-01..2025)" with either side open. */
static void read_valid(const entry_reader *self, const att_line *line)
{
    att_str text = line->text;
    const char *dots = NULL;
    if (text.length >= 4 && text.data[0] == '(' && text.data[text.length - 1] == ')') {
        text = att_str_slice(text, 1, text.length - 1);
        dots = memmem(text.data, text.length, "..", 2);
    }
    size_t cut = dots ? (size_t)(dots - text.data) : 0;
    att_str from = dots ? att_str_trim(att_str_slice(text, 0, cut)) : ATT_STR("?");
    att_str to = dots ? att_str_trim(att_str_slice(text, cut + 2, text.length)) : ATT_STR("?");
    if ((from.length && !is_date(from)) || (to.length && !is_date(to))) {
        report(self, "S012", att_line_place(self->block, line), "dates are written (2021-01-20..2025) with either side open");
        return;
    }
    if (from.length) self->entry->valid_from = from;
    if (to.length) self->entry->valid_to = to;
}

static void read_field(const entry_reader *self, att_str *fields, const att_line *line)
{
    const att_layer *layer = &self->layers->items[self->entry->layer];
    uint32_t field = att_layer_field(layer, line->word);
    if (field == ATT_NONE) {
        att_str near = att_str_nearest(line->word, layer->fields, layer->field_count);
        report(self, "C01", att_line_word_place(self->block, line), "%.*s has no field '%.*s'%s%.*s%s",
               ATT_STR_ARG(layer->name), ATT_STR_ARG(line->word), near.data ? "; did you mean '" : "", ATT_STR_ARG(near),
               near.data ? "'?" : "");
        return;
    }
    fields[field] = line->text;
}

static void read_line(entry_reader *self, att_str *fields, const att_line *line)
{
    const form_word *forms = form_word_named(line->word);
    if (!line->text.length && !att_str_is(line->word, "default")) {
        report(self, "S011", att_line_word_place(self->block, line), "'%.*s' says nothing", ATT_STR_ARG(line->word));
    } else if (forms) {
        return; /* in a second pass, when the fields are known */
    } else if (att_str_is(line->word, "default")) {
        self->entry->is_default = true;
    } else if (att_str_is(line->word, "valid")) {
        read_valid(self, line);
    } else if (att_str_is(line->word, "short")) {
        self->entry->short_name = line->text;
    } else if (!att_str_is(line->word, "source")) {
        read_field(self, fields, line);
        if (!att_str_is(line->word, "parent")) return;
        self->parent = line->text;
        self->parent_place = att_line_place(self->block, line);
    }
}

/* ---- entries ---- */

static uint32_t new_origin(entry_reader *self)
{
    att_entries *entries = self->entries;
    att_str pack = self->blocks->packs.items[self->block->pack].name;
    ATT_RESERVE(self->arena, &entries->origins, 1);
    entries->origins.items[entries->origins.count] =
        (att_origin){ att_str_join(self->arena, pack, pack.length ? ATT_STR("/") : ATT_STR(""), self->block->name),
                      self->block->file->source };
    return entries->origins.count++;
}

/* The layer in the head of the block, or ATT_NONE with a finding. */
static uint32_t head_layer(const entry_reader *self)
{
    att_str rest = self->block->head, word = { 0 };
    uint32_t rest_at = self->block->head_at, at = rest_at;
    att_next_word(&rest, &rest_at, &word, &at);
    bool named = att_next_word(&rest, &rest_at, &word, &at);
    uint32_t layer = named ? att_layers_find(self->layers, word) : (uint32_t)ATT_NONE;
    if (!named) {
        report(self, "S004", att_head_place(self->block), "an entry wants an id and a layer: entry KOR COUNTRY");
    } else if (layer == ATT_NONE) {
        att_str names[ATT_MAX_LAYERS];
        for (uint32_t i = 0; i < self->layers->count; i++) names[i] = self->layers->items[i].name;
        att_str near = att_str_nearest(word, names, self->layers->count);
        report(self, "C01", (att_place){ self->block->file->source, at, at + (uint32_t)word.length },
               "unknown layer '%.*s'%s%.*s%s", ATT_STR_ARG(word), near.data ? "; did you mean '" : "", ATT_STR_ARG(near),
               near.data ? "'?" : "");
    }
    return layer;
}

static void fill_fields(const entry_reader *self, att_str *fields)
{
    const att_layer *layer = &self->layers->items[self->entry->layer];
    uint32_t id = att_layer_field(layer, ATT_STR("id")), code = att_layer_field(layer, ATT_STR("code")),
             country = att_layer_field(layer, ATT_STR("country"));
    if (id != ATT_NONE && !self->entry->star) fields[id] = self->entry->id;
    if (code != ATT_NONE && !fields[code].data && self->entry->layer == ATT_LAYER_COUNTRY) fields[code] = self->entry->id;
    if (code != ATT_NONE) self->entry->code = fields[code];
    if (country != ATT_NONE) self->entry->country = fields[country];
    if (self->entry->layer == ATT_LAYER_COUNTRY) self->entry->country = self->entry->code;
}

static void read_entry(entry_reader *self, const att_lines_block *block, att_str *parents, att_place *parent_places)
{
    self->block = block;
    uint32_t layer = head_layer(self);
    if (layer == ATT_NONE) return;
    ATT_RESERVE(self->arena, &self->entries->entries, 1);
    self->index = self->entries->entries.count++;
    self->entry = &self->entries->entries.items[self->index];
    *self->entry =
        (att_entry){ .id = block->name, .layer = (uint16_t)layer, .parent = ATT_NONE, .place = att_head_place(block) };
    self->entry->star = att_str_starts(block->name, ATT_STR("*-"));
    self->parent = (att_str){ 0 };
    att_str *fields = att_arena_zero(self->arena, self->layers->items[layer].field_count + 1, sizeof *fields);
    self->entry->fields = fields;
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) read_line(self, fields, line);
    fill_fields(self, fields);
    if (layer == ATT_LAYER_COUNTRY) self->entry->demonym = demonym_fields(self);
    parents[self->index] = self->parent;
    parent_places[self->index] = self->parent_place;
    const att_lines_block *origin_of = NULL;
    line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) {
        if (self->block != origin_of) self->origin = new_origin(self);
        origin_of = self->block;
        const form_word *forms = form_word_named(line->word);
        if (forms) read_forms(self, forms, line);
    }
    uint32_t number = att_map_add(&self->entries->ids, block->name);
    ATT_RESERVE(self->arena, &self->entries->by_id, 1);
    self->entries->by_id.items[number] = self->index;
    self->entries->by_id.count = self->entries->ids.count;
}

static void link_parents(entry_reader *self, const att_str *parents, const att_place *places)
{
    for (uint32_t i = 0; i < self->entries->entries.count; i++) {
        if (!parents[i].data) continue;
        uint32_t parent = att_entries_find(self->entries, parents[i]);
        self->entries->entries.items[i].parent = parent;
        if (parent != ATT_NONE) continue;
        att_str near = att_str_nearest(parents[i], self->entries->ids.items, self->entries->ids.count);
        report(self, "C01", places[i], "unknown entry '%.*s'%s%.*s%s", ATT_STR_ARG(parents[i]),
               near.data ? "; did you mean '" : "", ATT_STR_ARG(near), near.data ? "'?" : "");
    }
}

/* The country of the nearest parent that has one; C11 for a circle of parents. */
static void inherit_country(const entry_reader *self, uint32_t index, const att_place *places)
{
    att_entry *entry = &self->entries->entries.items[index];
    uint32_t steps = 0;
    for (uint32_t at = entry->parent; at != ATT_NONE; at = self->entries->entries.items[at].parent) {
        if (at == index || ++steps > 32) {
            if (at == index) report(self, "C11", places[index], "'%.*s' is its own parent", ATT_STR_ARG(entry->id));
            entry->parent = ATT_NONE;
            return;
        }
        att_str country = self->entries->entries.items[at].country;
        if (!entry->country.data && country.data) {
            const att_layer *layer = &self->layers->items[entry->layer];
            uint32_t field = att_layer_field(layer, ATT_STR("country"));
            entry->country = country;
            if (field != ATT_NONE) ((att_str *)entry->fields)[field] = country;
        }
    }
}

/* ---- one form, several owners ---- */

enum { COMPARED_FORMS = 16 };

static bool same_words(const att_names *names, const att_form *a, const att_form *b)
{
    for (uint32_t i = 0; i < a->length; i++) {
        const att_form_word *x = &names->words.items[a->words + i], *y = &names->words.items[b->words + i];
        if (x->caps != y->caps || x->exact != y->exact) return false;
    }
    return a->length == b->length;
}

static void report_forms(const entry_reader *self, const att_form *form, const att_form *other, const char *what)
{
    const att_origin *origins = self->entries->origins.items;
    const att_origin *here = &origins[form->origin], *there = &origins[other->origin];
    uint32_t at = here->source->line_starts[form->line - 1], from = there->source->line_starts[other->line - 1];
    att_str line = att_source_line(here->source, form->line);
    while (line.length && line.data[0] == ' ') line = att_str_slice(line, 1, line.length), at++;
    report(self, "C10", (att_place){ here->source, at, at + (uint32_t)line.length }, "%s", what);
    att_report_note(self->blocks->diags, (att_place){ there->source, from, from + 1 }, "the other one");
}

/* C10 for two forms of one node. */
static void compare_forms(const entry_reader *self, const att_form *form, const att_form *other)
{
    if (form->layer != other->layer || !same_words(self->names, form, other)) return;
    const att_entry *a = &self->entries->entries.items[form->owner], *b = &self->entries->entries.items[other->owner];
    if (form->owner == other->owner) {
        report_forms(self, form, other, "a form given twice in one entry");
    } else if (!((form->flags | other->flags) & ATT_FORM_WEAK) && !a->valid_from.data && !a->valid_to.data) {
        bool decided_by_country = form->layer == ATT_LAYER_AGENCY && !att_str_equal(a->country, b->country);
        if (!decided_by_country)
            report_forms(self, form, other,
                         att_str_format(self->arena, "one form for '%.*s' and '%.*s'; make it weak in both", ATT_STR_ARG(a->id),
                                        ATT_STR_ARG(b->id))
                             .data);
    } else if (form->flags & other->flags & ATT_FORM_WEAK && a->is_default && b->is_default) {
        report_forms(self, form, other,
                     att_str_format(self->arena, "two defaults for one weak form, '%.*s' and '%.*s'", ATT_STR_ARG(a->id),
                                    ATT_STR_ARG(b->id))
                         .data);
    }
}

static void check_forms(const entry_reader *self)
{
    const att_names *names = self->names;
    for (uint32_t node = 0; node < names->nodes.count; node++)
        for (uint32_t f = names->nodes.items[node]; f != ATT_NONE; f = names->forms.items[f].next) {
            if (names->forms.items[f].owner == ATT_OWNER_BOILERPLATE) continue;
            uint32_t g = names->forms.items[f].next;
            for (int i = 0; g != ATT_NONE && i < COMPARED_FORMS; g = names->forms.items[g].next, i++)
                if (names->forms.items[g].owner != ATT_OWNER_BOILERPLATE)
                    compare_forms(self, &names->forms.items[f], &names->forms.items[g]);
        }
}

void att_entries_read(att_entries *self, const att_blocks *blocks, const att_layers *layers, att_names *names)
{
    *self = (att_entries){ 0 };
    entry_reader reader = { .entries = self, .blocks = blocks, .layers = layers, .names = names, .arena = blocks->arena };
    att_map_init(&self->ids, blocks->arena);
    uint32_t count = 0;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) count += blocks->blocks.items[i].kind == ATT_BLOCK_ENTRY;
    att_str *parents = att_arena_zero(blocks->arena, count + 1, sizeof *parents);
    att_place *places = att_arena_zero(blocks->arena, count + 1, sizeof *places);
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind == ATT_BLOCK_ENTRY && !block->dead) read_entry(&reader, block, parents, places);
    }
    link_parents(&reader, parents, places);
    for (uint32_t i = 0; i < self->entries.count; i++) inherit_country(&reader, i, places);
    check_forms(&reader);
}

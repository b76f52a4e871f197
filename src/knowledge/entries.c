#include "knowledge/entries.h"

#include "base/utf8.h"
#include "knowledge/letters.h"
#include "knowledge/overlay.h"
#include "knowledge/own_body.h"
#include "knowledge/shared_forms.h"

enum { MOST_SUGGESTIONS = 100, CHUNK = 1 << 16 };

/* What an entry calls by its id, and where. */
typedef struct {
    att_str id;
    att_place place;
} reference;

/* Room for many small pieces. */
typedef struct {
    char *next;
    size_t left;
} chunk;

typedef struct {
    att_entries *entries;
    const att_blocks *blocks;
    const att_layers *layers;
    att_names *names;
    att_arena *arena;
    const att_lines_block *block; /* the one whose line is read */
    att_entry *entry;
    att_entry_more *more; /* of the entry */
    uint32_t index, origin;
    chunk strings, name_bytes;
    att_entry_more *mores;          /* by entry */
    reference *parents, *countries; /* by entry */
    uint32_t suggestions;           /* made so far: each looks at all ids */
} entry_reader;

static att_slot *slot_of(const att_entries *self, att_str id, uint64_t hash)
{
    const uint32_t mask = self->slot_count - 1;
    for (uint32_t at = (uint32_t)hash;; at++) {
        att_slot *slot = &self->slots[at & mask];
        if (!*slot) return slot;
        if (att_slot_fits(*slot, hash, mask) && att_str_equal(self->entries.items[att_slot_number(*slot, mask)].id, id))
            return slot;
    }
}

uint32_t att_entries_find(const att_entries *self, att_str id)
{
    att_slot found = *slot_of(self, id, att_hash(id));
    return found ? att_slot_number(found, self->slot_count - 1) : ATT_NONE;
}

uint32_t att_entries_find_star(const att_entries *self, att_arena *arena, att_str id)
{
    const char *dash = id.length ? memchr(id.data, '-', id.length) : NULL;
    if (!dash) return ATT_NONE;
    const att_str rest = att_str_slice(id, (size_t)(dash - id.data), id.length);
    return att_entries_find(self, att_str_join(arena, ATT_STR("*"), ATT_EMPTY, rest));
}

/* The COUNTRY whose code in small letters stands before the first "-" of the id, or ATT_NONE. */
static uint32_t country_before(const att_entries *self, att_str id)
{
    enum { CODE = 8 };
    char code[CODE];
    const char *dash = id.length ? memchr(id.data, '-', id.length) : NULL;
    const size_t length = dash ? (size_t)(dash - id.data) : 0;
    if (!length || length > CODE) return ATT_NONE;
    for (size_t i = 0; i < length; i++) {
        if (id.data[i] < 'a' || id.data[i] > 'z') return ATT_NONE;
        code[i] = (char)(id.data[i] - 'a' + 'A');
    }
    uint32_t found = att_entries_find(self, (att_str){ code, length });
    return found != ATT_NONE && self->entries.items[found].layer == ATT_LAYER_COUNTRY ? found : (uint32_t)ATT_NONE;
}

uint32_t att_entries_star_country(const att_entries *self, att_arena *arena, att_str id)
{
    return att_entries_find_star(self, arena, id) == ATT_NONE ? (uint32_t)ATT_NONE : country_before(self, id);
}

att_place att_entries_place(const att_entries *self, uint32_t entry)
{
    const att_entry *one = &self->entries.items[entry];
    return (att_place){ self->origins.items[one->origin].source, one->head_at, one->head_at + (uint32_t)one->id.length };
}

bool att_entry_valid(const att_entry *self, att_str date)
{
    if (!self->is_dated || !date.data) return true;
    const att_term valid = self->more->valid;
    const att_date now = att_date_read(date);
    return now >= valid.from && (!valid.to || att_dates_compare(now, valid.to) <= 0);
}

/* ---- room ---- */

/* `size` bytes of zeros. */
static void *take(const entry_reader *self, chunk *from, size_t size)
{
    if (from->left < size) {
        from->left = size > CHUNK ? size : CHUNK;
        from->next = att_arena_zero(self->arena, 1, from->left);
    }
    from->left -= size;
    from->next += size;
    return from->next - size;
}

/* PACK/ID. */
static att_str origin_name(entry_reader *self, att_str pack, att_str id)
{
    size_t length = pack.length + (pack.length > 0) + id.length;
    char *name = take(self, &self->name_bytes, length + 1);
    if (pack.length) {
        memcpy(name, pack.data, pack.length);
        name[pack.length] = '/';
    }
    memcpy(name + length - id.length, id.data, id.length);
    return (att_str){ name, length };
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

bool att_entry_has_forms(att_str word)
{
    return form_word_named(word);
}

/* Fields of the DEMONYM forms of a COUNTRY: its code. */
static const att_str *demonym_fields(const entry_reader *self)
{
    const att_layer *layer = &self->layers->items[ATT_LAYER_DEMONYM];
    att_str *fields = att_arena_zero(self->arena, layer->field_count + 1, sizeof *fields);
    uint32_t code = att_layer_field(layer, ATT_STR("code"));
    if (code != ATT_NONE) fields[code] = self->more->code;
    return fields;
}

static void note_line(const entry_reader *self, uint32_t form, uint32_t line)
{
    att_entries *entries = self->entries;
    while (entries->form_lines.count <= form) {
        ATT_RESERVE(self->arena, &entries->form_lines, 1);
        entries->form_lines.items[entries->form_lines.count++] = (att_entry_line){ self->origin, line };
    }
}

static bool has_word(att_str form)
{
    att_rune rune;
    for (size_t at = 0; (rune = att_utf8_decode(form, at)).length; at += rune.length)
        if (att_rune_in_word(att_rune_classify(rune.code))) return true;
    return false;
}

/* Whether a form of a body of a state has nothing but capitals, so many that papers write them as a word, as they do everywhere
 * but in the United States. */
static bool is_for_word(const entry_reader *self, att_str form)
{
    enum { LEAST = 4, MOST = 8 };
    if (self->entry->layer != ATT_LAYER_AGENCY || self->entry->star || form.length < LEAST || form.length > MOST) return false;
    for (size_t i = 0; i < form.length; i++)
        if (form.data[i] < 'A' || form.data[i] > 'Z') return false;
    return self->more->country.data && !att_str_is(self->more->country, "USA");
}

/* Adds the form with one capital: "Nepra" for NEPRA. */
static void add_lettered(const entry_reader *self, att_str form, uint32_t line)
{
    char *word = att_arena_alloc(self->arena, form.length);
    for (size_t i = 0; i < form.length; i++) word[i] = (char)(form.data[i] | (i ? 0x20 : 0));
    const att_form made = att_form_of(self->index, ATT_LAYER_AGENCY, ATT_FORM_WEAK | ATT_FORM_LETTERED);
    const uint32_t added = att_names_add(self->names, (att_str){ word, form.length }, made);
    if (added != ATT_NONE) note_line(self, added, line);
    self->entry->has_weak = true;
}

static void read_forms(entry_reader *self, const form_word *kind, const att_line *line)
{
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at, number = att_line_number(self->block, line);
    if (kind->demonym && self->entry->layer != ATT_LAYER_COUNTRY) {
        att_blocks_report(self->blocks, "S005", att_line_word_place(self->block, line), "'%s' belongs to entries of COUNTRY",
                          kind->word);
        return;
    }
    while (att_next_form(self->arena, &rest, &rest_at, &form, &at)) {
        att_place place = { self->block->file->source, at, at + (uint32_t)form.length };
        if (!form.length) {
            att_blocks_report(self->blocks, "S015", place, "an empty form; write one name between two '|'");
            continue;
        }
        att_letters_apart(self->blocks->diags, place, form);
        att_form made = att_form_of(self->index, kind->demonym ? ATT_LAYER_DEMONYM : self->entry->layer, kind->flags);
        uint32_t added = has_word(form) ? att_names_add(self->names, form, made) : (uint32_t)ATT_NONE;
        if (added != ATT_NONE) note_line(self, added, number);
        else
            att_blocks_report(self->blocks, "S015", place, "no name: a form has a word and at most %d of them",
                              ATT_LONGEST_FORM);
        if (added != ATT_NONE && is_for_word(self, form)) add_lettered(self, form, number);
        if (!self->entry->name.data && !kind->demonym) self->entry->name = form;
        self->entry->has_weak = self->entry->has_weak || kind->flags & ATT_FORM_WEAK;
    }
}

static void read_valid(const entry_reader *self, const att_line *line)
{
    att_term term;
    if (!att_term_read(self->blocks->diags, line->text, att_line_place(self->block, line), &term)) return;
    self->more->valid = term;
    self->entry->is_dated = term.from || term.to;
}

/* C01 for a first word that is neither a line of all entries nor a field of the layer. */
static void unknown_line(const entry_reader *self, const att_layer *layer, const att_line *line)
{
    att_str names[ATT_MOST_WORDS + ATT_MAX_FIELDS];
    size_t count = att_block_words(ATT_BLOCK_ENTRY, names);
    for (uint32_t i = 0; i < layer->field_count; i++) names[count++] = layer->fields[i];
    att_blocks_report(self->blocks, "C01", att_line_word_place(self->block, line), "an entry of %.*s has no line '%.*s'%s",
                      ATT_STR_ARG(layer->name), ATT_STR_ARG(line->word),
                      att_did_you_mean(self->arena, line->word, names, count));
}

static void read_field(const entry_reader *self, att_str *fields, const att_line *line)
{
    const att_layer *layer = &self->layers->items[self->entry->layer];
    uint32_t field = att_layer_field(layer, line->word);
    if (field == ATT_NONE) {
        unknown_line(self, layer, line);
        return;
    }
    fields[field] = line->text;
}

static void read_line(entry_reader *self, att_str *fields, const att_line *line)
{
    const form_word *forms = form_word_named(line->word);
    if (forms) {
        return; /* in a second pass, when the fields are known */
    } else if (att_str_is(line->word, "default")) {
        self->entry->is_default = true;
    } else if (att_str_is(line->word, "valid")) {
        read_valid(self, line);
    } else if (att_str_is(line->word, "short")) {
        self->more->short_name = line->text;
    } else if (!att_str_is(line->word, "source")) {
        reference found = { line->text, att_line_place(self->block, line) };
        read_field(self, fields, line);
        if (att_str_is(line->word, "parent")) self->parents[self->index] = found;
        if (att_str_is(line->word, "country")) self->countries[self->index] = found;
    }
}

/* ---- entries ---- */

static uint32_t new_origin(entry_reader *self)
{
    att_entries *entries = self->entries;
    att_str pack = self->blocks->packs.items[self->block->pack].name;
    ATT_RESERVE(self->arena, &entries->origins, 1);
    entries->origins.items[entries->origins.count] =
        (att_origin){ origin_name(self, pack, self->block->name), self->block->file->source };
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
        att_blocks_report(self->blocks, "S004", att_head_place(self->block),
                          "an entry wants an id and a layer: entry KOR COUNTRY");
    } else if (layer == ATT_NONE) {
        att_str names[ATT_MAX_LAYERS];
        for (uint32_t i = 0; i < self->layers->count; i++) names[i] = self->layers->items[i].name;
        att_blocks_report(self->blocks, "C01", (att_place){ self->block->file->source, at, at + (uint32_t)word.length },
                          "unknown layer '%.*s'%s", ATT_STR_ARG(word),
                          att_did_you_mean(self->arena, word, names, self->layers->count));
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
    if (code != ATT_NONE) self->more->code = fields[code];
    if (country != ATT_NONE) self->more->country = fields[country];
    if (self->entry->layer == ATT_LAYER_COUNTRY) self->more->country = self->more->code;
}

/* What is added to an entry has the entry's layer. */
static void check_addition(const entry_reader *self)
{
    uint32_t layer = head_layer(self);
    const att_layer *own = &self->layers->items[self->entry->layer];
    if (layer == ATT_NONE || layer == self->entry->layer) return;
    att_blocks_report(self->blocks, "S004", att_head_place(self->block), "'%.*s' is an entry of %.*s, not of %.*s",
                      ATT_STR_ARG(self->entry->id), ATT_STR_ARG(own->name), ATT_STR_ARG(self->layers->items[layer].name));
}

static void begin_entry(entry_reader *self, uint32_t layer)
{
    ATT_RESERVE(self->arena, &self->entries->entries, 1);
    self->index = self->entries->entries.count++;
    self->entry = &self->entries->entries.items[self->index];
    self->more = &self->mores[self->index];
    self->origin = new_origin(self);
    att_str origin = self->entries->origins.items[self->origin].rule;
    *self->entry = (att_entry){ .id = att_str_slice(origin, origin.length - self->block->name.length, origin.length),
                                .more = self->more,
                                .parent = ATT_NONE,
                                .origin = self->origin,
                                .head_at = att_head_place(self->block).start,
                                .layer = (uint8_t)layer,
                                .star = att_str_starts(self->block->name, ATT_STR("*-")) };
}

static void read_all_fields(entry_reader *self, const att_lines_block *block)
{
    const att_layer *layer = &self->layers->items[self->entry->layer];
    att_str *fields = take(self, &self->strings, layer->field_count * sizeof *fields);
    self->entry->fields = fields;
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) read_line(self, fields, line);
    fill_fields(self, fields);
    if (self->entry->layer == ATT_LAYER_COUNTRY) self->more->demonym = demonym_fields(self);
}

/* Reads the forms of the block and of those that add to it, each under its own origin. Returns whether there are any. */
static bool read_all_forms(entry_reader *self, const att_lines_block *block)
{
    const att_lines_block *origin_of = block;
    const att_line *line = NULL;
    bool named = false;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) {
        if (self->block != origin_of) {
            self->origin = new_origin(self);
            check_addition(self);
        }
        origin_of = self->block;
        const form_word *forms = form_word_named(line->word);
        if (forms) read_forms(self, forms, line);
        named = named || forms;
    }
    return named;
}

static void read_entry(entry_reader *self, const att_lines_block *block)
{
    const uint32_t errors = self->blocks->diags->errors; /* a line that is none may have been its name */
    self->block = block;
    uint32_t layer = head_layer(self);
    if (layer == ATT_NONE) return;
    begin_entry(self, layer);
    read_all_fields(self, block);
    bool named = read_all_forms(self, block);
    self->block = block;
    if (!named && !block->torn && self->blocks->diags->errors == errors)
        att_blocks_report(self->blocks, "S011", att_head_place(block),
                          "an entry without a name is never found; write a line 'name'");
}

/* The table by id; of entries with one id the last one counts. */
static void make_slots(entry_reader *self)
{
    att_entries *entries = self->entries;
    entries->slot_count = 1;
    while (entries->slot_count <= entries->entries.count + entries->entries.count / 6) entries->slot_count *= 2;
    entries->slots = att_arena_zero(self->arena, entries->slot_count, sizeof *entries->slots);
    for (uint32_t i = 0; i < entries->entries.count; i++) {
        uint64_t hash = att_hash(entries->entries.items[i].id);
        *slot_of(entries, entries->entries.items[i].id, hash) = att_slot_of(i, hash, entries->slot_count - 1);
    }
}

/* ---- what an unknown id may have meant ---- */

/* What an id has behind the code of the country, or behind the star of a body that the country may have; else null. */
static att_str behind_code(const att_entry *entry, att_str code)
{
    if (entry->star) return att_str_slice(entry->id, 2, entry->id.length);
    return att_str_starts(entry->id, code) ? att_str_slice(entry->id, code.length, entry->id.length) : (att_str){ 0 };
}

/* Whether the name has these words, parted by "-" in an id, in any case. */
static bool has_words(att_str name, att_str words)
{
    for (size_t at = 0, i; words.length && at + words.length <= name.length; at++) {
        for (i = 0; i < words.length; i++) {
            const char c = name.data[at + i], lower = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
            if (lower != (words.data[i] == '-' ? ' ' : words.data[i])) break;
        }
        const size_t end = at + words.length;
        if (i == words.length && (!at || name.data[at - 1] == ' ') && (end == name.length || name.data[end] == ' '))
            return true;
    }
    return false;
}

/* The same among the bodies of one country, whose code with its "-" is `code`: the nearest id, else the shortest name. */
static const char *near_in_country(const att_entries *self, att_arena *arena, att_str id, att_str code, uint32_t layers)
{
    const att_str words = att_str_slice(id, code.length, id.length);
    att_str *rests = att_arena_alloc(arena, sizeof *rests * (self->entries.count + 1));
    const att_entry *named = NULL;
    size_t count = 0;
    for (uint32_t i = 0; i < 2 * self->entries.count; i++) { /* the country's own first */
        const att_entry *entry = &self->entries.items[i % self->entries.count];
        const att_str rest = layers >> entry->layer & 1 ? behind_code(entry, code) : (att_str){ 0 };
        if (!rest.data || entry->star != (i >= self->entries.count)) continue;
        rests[count++] = rest;
        if (has_words(entry->name, words) && (!named || entry->name.length < named->name.length)) named = entry;
    }
    const att_str near = att_str_nearest(words, rests, count);
    if (near.data) return att_str_format(arena, "; did you mean '%.*s%.*s'?", ATT_STR_ARG(code), ATT_STR_ARG(near)).data;
    if (!named) return "";
    return att_str_format(arena, "; did you mean '%.*s%.*s', %.*s?", ATT_STR_ARG(code), ATT_STR_ARG(behind_code(named, code)),
                          ATT_STR_ARG(named->name))
        .data;
}

/* "KR" is near KIR only by its letters. */
static bool has_two_letters(att_str id)
{
    return id.length == 2 && (id.data[0] | 0x20) >= 'a' && (id.data[0] | 0x20) <= 'z' && (id.data[1] | 0x20) >= 'a'
           && (id.data[1] | 0x20) <= 'z';
}

const char *att_entries_near(const att_entries *self, att_arena *arena, att_str id, uint32_t layers)
{
    if (layers == 1u << ATT_LAYER_COUNTRY && has_two_letters(id)) return "; a country's code has three letters, such as KOR";
    if (country_before(self, id) != ATT_NONE) {
        const size_t code = (size_t)((const char *)memchr(id.data, '-', id.length) - id.data) + 1;
        return near_in_country(self, arena, id, att_str_slice(id, 0, code), layers);
    }
    att_str *names = att_arena_alloc(arena, sizeof *names * (self->entries.count + 1));
    size_t count = 0;
    for (uint32_t i = 0; i < self->entries.count; i++)
        if (layers >> self->entries.items[i].layer & 1) names[count++] = self->entries.items[i].id;
    return att_did_you_mean(arena, id, names, count);
}

/* The entry of the layers that is called so; ATT_NONE, with C01, when there is none. */
static uint32_t resolve(entry_reader *self, const reference *called, const char *what, uint32_t layers)
{
    uint32_t found = att_entries_find(self->entries, called->id);
    if (found != ATT_NONE && layers >> self->entries->entries.items[found].layer & 1) return found;
    if (att_block_missed(self->blocks, ATT_BLOCK_ENTRY, called->id, called->place)) return ATT_NONE;
    bool suggests = self->suggestions++ < MOST_SUGGESTIONS;
    att_blocks_report(self->blocks, "C01", called->place, "unknown %s '%.*s'%s", what, ATT_STR_ARG(called->id),
                      suggests ? att_entries_near(self->entries, self->arena, called->id, layers) : "");
    return ATT_NONE;
}

static void set_country(const entry_reader *self, uint32_t index, att_str country)
{
    const att_entry *entry = &self->entries->entries.items[index];
    const uint32_t field = att_layer_field(&self->layers->items[entry->layer], ATT_STR("country"));
    self->mores[index].country = country;
    if (field != ATT_NONE) ((att_str *)entry->fields)[field] = country;
}

/* The parent may be a body that many states have: "ury-moi" where there is "*-moi". It is then an id alone, with its country.
 */
static void link_parent(entry_reader *self, uint32_t index)
{
    const reference *parent = &self->parents[index];
    uint32_t country = att_entries_find(self->entries, parent->id) == ATT_NONE
                           ? att_entries_star_country(self->entries, self->arena, parent->id)
                           : (uint32_t)ATT_NONE;
    if (country == ATT_NONE) self->entries->entries.items[index].parent = resolve(self, parent, "entry", UINT32_MAX);
    else if (!self->mores[index].country.data) set_country(self, index, self->mores[country].code);
}

/* Such a parent is an entry all the same where the country has one of its own for it. */
static void link_own_parents(entry_reader *self)
{
    for (uint32_t i = 0; i < self->entries->entries.count; i++) {
        att_entry *entry = &self->entries->entries.items[i];
        const reference *parent = &self->parents[i];
        if (!parent->id.data || entry->parent != ATT_NONE) continue;
        uint32_t own = att_own_body_named(self->entries, self->blocks, parent->id, parent->place);
        if (own == ATT_NONE || own == i) continue;
        const uint32_t field = att_layer_field(&self->layers->items[entry->layer], ATT_STR("parent"));
        entry->parent = own;
        if (field != ATT_NONE) ((att_str *)entry->fields)[field] = self->entries->entries.items[own].id;
    }
}

static void link_entries(entry_reader *self)
{
    for (uint32_t i = 0; i < self->entries->entries.count; i++) {
        const reference *country = &self->countries[i];
        if (self->parents[i].id.data) link_parent(self, i);
        if (country->id.data) resolve(self, country, "country", 1u << ATT_LAYER_COUNTRY);
    }
}

/* The country of the nearest parent that has one; C11 for a circle of parents. */
static void inherit_country(const entry_reader *self, uint32_t index)
{
    att_entry *entry = &self->entries->entries.items[index];
    att_entry_more *more = &self->mores[index];
    uint32_t steps = 0;
    for (uint32_t at = entry->parent; at != ATT_NONE; at = self->entries->entries.items[at].parent) {
        if (at == index || ++steps > 32) {
            if (at == index)
                att_blocks_report(self->blocks, "C11", self->parents[index].place, "'%.*s' is its own parent",
                                  ATT_STR_ARG(entry->id));
            entry->parent = ATT_NONE;
            return;
        }
        att_str country = self->mores[at].country;
        if (!more->country.data && country.data) set_country(self, index, country);
    }
}

/* Whether the entry, which is no country, has one that shares weak forms. */
static bool has_weak_country(const entry_reader *self, uint32_t index)
{
    const att_entry *entries = self->entries->entries.items;
    att_str country = self->mores[index].country;
    if (!country.data || att_is_nation_layer(entries[index].layer)) return false;
    uint32_t found = att_entries_find(self->entries, country);
    return found != ATT_NONE && entries[found].has_weak;
}

/* The lines of forms, when the forms are in the order of their nodes. */
static void close_names(const entry_reader *self)
{
    att_entries *entries = self->entries;
    const uint32_t *was = att_names_close(self->names), count = self->names->forms.count;
    const att_entry_line *lines = entries->form_lines.items;
    uint32_t read = entries->form_lines.count;
    entries->form_lines.items = att_arena_zero(self->arena, count, sizeof *lines);
    entries->form_lines.count = entries->form_lines.capacity = count;
    for (uint32_t form = 0; form < count; form++)
        if (was[form] < read) entries->form_lines.items[form] = lines[was[form]];
}

static void share_text(att_map *known, att_str *text)
{
    if (!text->data) return;
    uint32_t number = att_map_keep(known, *text);
    *text = known->items[number];
}

/* Entries that have the same come to share it. */
static void share_mores(const entry_reader *self)
{
    att_map texts, known;
    att_map_init(&texts, self->arena);
    att_map_init(&known, self->arena);
    for (uint32_t i = 0; i < self->entries->entries.count; i++) {
        att_entry_more *more = &self->mores[i];
        att_str *all[] = { &more->short_name, &more->code, &more->country };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) share_text(&texts, all[k]);
        uint32_t number = att_map_add(&known, (att_str){ (const char *)more, sizeof *more });
        self->entries->entries.items[i].more = (const att_entry_more *)(const void *)known.items[number].data;
    }
}

void att_entries_read(att_entries *self, const att_blocks *blocks, const att_layers *layers, att_names *names)
{
    *self = (att_entries){ 0 };
    entry_reader reader = { .entries = self, .blocks = blocks, .layers = layers, .names = names, .arena = blocks->arena };
    uint32_t count = 0;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) count += blocks->blocks.items[i].kind == ATT_BLOCK_ENTRY;
    reader.parents = att_arena_zero(blocks->arena, count + 1, sizeof *reader.parents);
    reader.countries = att_arena_zero(blocks->arena, count + 1, sizeof *reader.countries);
    reader.mores = att_arena_zero(blocks->arena, count + 1, sizeof *reader.mores);
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind == ATT_BLOCK_ENTRY && !block->dead) read_entry(&reader, block);
    }
    make_slots(&reader);
    link_entries(&reader);
    for (uint32_t i = 0; i < self->entries.count; i++) inherit_country(&reader, i);
    for (uint32_t i = 0; i < self->entries.count; i++) self->entries.items[i].of_weak = has_weak_country(&reader, i);
    close_names(&reader);
    att_shared_forms_check(self, blocks, names);
    att_own_bodies_find(self, blocks, names);
    link_own_parents(&reader);
    share_mores(&reader);
}

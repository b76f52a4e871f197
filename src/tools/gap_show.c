#include "tools/gap_show.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { LEAST_DOCUMENTS = 2, LEAST_GUESSES = 3, MOST_HOLDERS = 16, LONGEST_ID = 60 };

/* What one block that is shown defines: the name of a gap, or an office with all its gaps' holders. */
typedef struct {
    const att_gap *gaps[MOST_HOLDERS];
    uint32_t count;
    uint32_t office; /* of holders: index of the known office, or ATT_NONE */
    uint32_t documents, score;
} block;

typedef struct {
    const att_gaps *gaps;
    const att_knowledge *knowledge;
    att_arena *arena;
    att_buf *out;
    att_map taken; /* what earlier blocks define: forms with their layers, and ids */
    struct {
        block *items;
        uint32_t count, capacity;
    } blocks;
} shower;

/* ---- offices ---- */

static bool has_title(const att_offices *offices, const att_office *office, uint32_t title)
{
    for (uint32_t i = 0; i < office->title_count; i++)
        if (offices->titles_of.items[office->first_title + i] == title) return true;
    return false;
}

static bool knows_title(const shower *self, uint32_t office, att_str title)
{
    const att_offices *offices = &self->knowledge->offices;
    uint32_t number = att_index_find(&offices->titles, att_fold_title(self->arena, title));
    return number != ATT_NONE && has_title(offices, &offices->offices.items[office], number);
}

/* The office of the same body that the person is known to hold under another title; ATT_NONE for none. */
static uint32_t office_held(const shower *self, const att_gap *gap)
{
    const att_offices *offices = &self->knowledge->offices;
    att_str person = att_fold_person(self->arena, gap->name);
    for (uint32_t i = 0; gap->agency_id.data && i < offices->offices.count; i++)
        if (att_str_equal(offices->offices.items[i].agency, gap->agency_id)
            && att_office_term(offices, i, person, att_str_of(gap->first)))
            return i;
    return ATT_NONE;
}

/* The known office with this title and country, and this body where both name one; ATT_NONE when there is none. */
static uint32_t office_of(const shower *self, const att_gap *gap)
{
    const att_offices *offices = &self->knowledge->offices;
    uint32_t title = att_index_find(&offices->titles, att_fold_title(self->arena, gap->title));
    for (uint32_t i = 0; title != ATT_NONE && i < offices->offices.count; i++) {
        const att_office *one = &offices->offices.items[i];
        bool other = gap->agency_id.data && one->agency.data && !att_str_equal(gap->agency_id, one->agency);
        if (!other && att_str_equal(one->country, gap->country) && has_title(offices, one, title)) return i;
    }
    return office_held(self, gap);
}

/* A shorter date stands for all its days: no day of 2024 comes before or after "2024". */
static bool covers(att_term term, const att_gap *gap)
{
    const att_date first = att_date_read(att_str_of(gap->first)), last = att_date_read(att_str_of(gap->last));
    return (!term.to || att_dates_compare(term.to, first) >= 0) && (!term.from || att_dates_compare(term.from, last) <= 0);
}

/* Whether a known term of the office, of any holder, covers some of the days on which the person was seen in it. */
static bool is_held(const shower *self, uint32_t office, const att_gap *gap)
{
    const att_offices *offices = &self->knowledge->offices;
    for (uint32_t i = 0; i < offices->holdings.count; i++) {
        const att_holding *term = &offices->holdings.items[i];
        if (term->office == office && covers(term->term, gap)) return true;
    }
    return false;
}

/* Whether the office, if known, lacks the title or has room for one more term. */
static bool is_wanted(const shower *self, uint32_t office, const att_gap *gap)
{
    return !knows_title(self, office, gap->title) || !is_held(self, office, gap);
}

static bool overlap(const att_gap *a, const att_gap *b)
{
    return strcmp(a->first, b->last) <= 0 && strcmp(b->first, a->last) <= 0;
}

static bool one_at_a_time(const block *one)
{
    for (uint32_t i = 0; i < one->count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (overlap(one->gaps[i], one->gaps[j])) return false;
    return true;
}

static int by_office(const void *left, const void *right)
{
    const att_gap *a = *(const att_gap *const *)left, *b = *(const att_gap *const *)right;
    int order = att_str_compare(a->country, b->country);
    if (!order) order = att_str_compare(a->agency_id, b->agency_id);
    if (!order) order = att_str_compare(a->title, b->title);
    if (!order) order = strcmp(a->first, b->first);
    return order ? order : att_str_compare(a->name, b->name);
}

static bool same_office(const att_gap *a, const att_gap *b)
{
    return att_str_equal(a->country, b->country) && att_str_equal(a->agency_id, b->agency_id)
           && att_str_equal(a->title, b->title);
}

/* ---- which blocks ---- */

static void add_block(shower *self, block one)
{
    uint32_t signs = 0;
    for (uint32_t i = 0; i < one.count; i++) one.documents += one.gaps[i]->documents;
    for (uint32_t bits = one.gaps[0]->signs; bits; bits &= bits - 1) signs++;
    one.score = one.documents * signs;
    if (one.documents < LEAST_DOCUMENTS) return;
    ATT_RESERVE(self->arena, &self->blocks, 1);
    self->blocks.items[self->blocks.count++] = one;
}

/* Adds a block for an office. A post that several persons hold at a time, such as Senator, is none. For a known office those
 * holders are left out for whom its terms have no room. */
static void add_office(shower *self, const att_gap *const *gaps, uint32_t count)
{
    block all = { .office = office_of(self, gaps[0]) };
    if (count > MOST_HOLDERS) return;
    for (uint32_t i = 0; i < count; i++) all.gaps[all.count++] = gaps[i];
    if (!one_at_a_time(&all)) return;
    block one = { .office = all.office };
    for (uint32_t i = 0; i < count; i++)
        if (gaps[i]->documents >= LEAST_DOCUMENTS && (all.office == ATT_NONE || is_wanted(self, all.office, gaps[i])))
            one.gaps[one.count++] = gaps[i];
    if (one.count) add_block(self, one);
}

static void add_offices(shower *self)
{
    const att_gap **holders = att_arena_alloc(self->arena, sizeof *holders * (self->gaps->keys.count + 1));
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->gaps->keys.count; i++)
        if (self->gaps->items[i].kind == ATT_GAP_HOLDER && *self->gaps->items[i].first)
            holders[count++] = &self->gaps->items[i];
    qsort(holders, count, sizeof *holders, by_office);
    for (uint32_t first = 0, last; first < count; first = last) {
        for (last = first + 1; last < count && same_office(holders[first], holders[last]);) last++;
        add_office(self, holders + first, last - first);
    }
}

static int best_first(const void *left, const void *right)
{
    const block *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    int order = att_str_compare(a->gaps[0]->name, b->gaps[0]->name);
    if (!order) order = att_str_compare(a->gaps[0]->title, b->gaps[0]->title);
    return order ? order : by_office(&a->gaps[0], &b->gaps[0]);
}

/* ---- what is taken ---- */

/* Notes that a block defines the form. Returns false when one does so already. */
static bool take(shower *self, uint32_t layer, att_str form)
{
    uint64_t caps;
    att_str folded = att_utf8_fold(self->arena, form, &caps);
    uint32_t before = self->taken.count;
    return att_map_add(&self->taken, att_str_format(self->arena, "%u %.*s", layer, ATT_STR_ARG(folded))) == before;
}

static void add_slug(att_buf *out, att_str text)
{
    for (size_t i = 0; i < text.length && out->count < LONGEST_ID; i++) {
        char byte = text.data[i];
        if (isalnum((unsigned char)byte) && (unsigned char)byte < 0x80) att_buf_byte(out, (char)tolower(byte));
        else if (out->count && out->items[out->count - 1] != '-') att_buf_byte(out, '-');
    }
    while (out->count && out->items[out->count - 1] == '-') out->count--;
}

static bool is_known_id(const shower *self, att_str id)
{
    return att_entries_find(&self->knowledge->entries, id) != ATT_NONE
           || att_offices_named(&self->knowledge->offices, id) != ATT_NONE;
}

/* An id such as "usa-coast-guard", with a number behind it when the id is taken. */
static att_str new_id(shower *self, att_str before, att_str name)
{
    att_buf slug = { .arena = self->arena };
    add_slug(&slug, before);
    att_buf_byte(&slug, '-');
    add_slug(&slug, name);
    att_str id = att_buf_str(&slug);
    for (uint32_t n = 2; is_known_id(self, id) || !take(self, ATT_NONE, id); n++)
        id = att_str_format(self->arena, "%.*s-%u", ATT_STR_ARG(att_buf_str(&slug)), n);
    return id;
}

/* ---- lines ---- */

static void add_form(shower *self, att_str form)
{
    for (size_t i = 0; i < form.length; i++) {
        if (form.data[i] == '|' || form.data[i] == '(') att_buf_byte(self->out, '\\');
        att_buf_byte(self->out, form.data[i]);
    }
}

static void add_line(shower *self, const char *word, att_str form)
{
    att_buf_format(self->out, "  %-8s ", word);
    add_form(self, form);
    att_buf_byte(self->out, '\n');
}

static att_str layer_name(const shower *self, uint32_t layer)
{
    return self->knowledge->layers.items[layer].name;
}

/* The country that two thirds of the documents which tell one agree on. Where it never stands beside the name itself, at least
 * three must tell it. */
static att_str country_of(const att_gap *gap)
{
    uint32_t all = 0, best = 0;
    for (uint32_t i = 0; i < ATT_GAP_COUNTRIES; i++) {
        all += gap->countries[i].count;
        if (gap->countries[i].count > gap->countries[best].count) best = i;
    }
    bool sure = gap->signs >> ATT_SIGN_COUNTRY & 1 || gap->countries[best].count >= LEAST_GUESSES;
    bool clear = all && sure && gap->countries[best].count * 3 >= all * 2;
    return clear && gap->countries[best].code.length == 3 ? gap->countries[best].code : (att_str){ 0 };
}

static void show_entry(shower *self, const att_gap *gap)
{
    const att_layer *layer = &self->knowledge->layers.items[gap->layer];
    att_str country = att_layer_field(layer, ATT_STR("country")) == ATT_NONE ? (att_str){ 0 } : country_of(gap);
    att_str id = new_id(self, country.data ? country : layer->name, gap->name);
    att_buf_format(self->out, "entry %.*s %.*s\n", ATT_STR_ARG(id), ATT_STR_ARG(layer->name));
    add_line(self, "name", gap->name);
    if (gap->acronym.data && take(self, gap->layer, gap->acronym)) add_line(self, "alias", gap->acronym);
    if (country.data) add_line(self, "country", country);
}

static void show_alias(shower *self, const att_gap *gap)
{
    const att_entry *entry = &self->knowledge->entries.entries.items[gap->entry];
    att_buf_format(self->out, "add entry %.*s %.*s\n", ATT_STR_ARG(entry->id), ATT_STR_ARG(layer_name(self, entry->layer)));
    add_line(self, "alias", gap->name);
}

static void show_holders(shower *self, const block *one)
{
    for (uint32_t i = 0; i < one->count; i++) {
        const att_gap *gap = one->gaps[i];
        if (one->office != ATT_NONE && is_held(self, one->office, gap)) continue;
        att_buf_add(self->out, ATT_STR("  holder   "));
        add_form(self, gap->name);
        att_buf_format(self->out, "  (%s..%s)\n", gap->first, gap->last);
    }
}

static void show_office(shower *self, const block *one)
{
    const att_gap *gap = one->gaps[0];
    if (one->office != ATT_NONE) {
        const att_office *known = &self->knowledge->offices.offices.items[one->office];
        att_buf_format(self->out, "add office %.*s\n", ATT_STR_ARG(known->id));
        if (!knows_title(self, one->office, gap->title)) add_line(self, "title", gap->title);
    } else {
        att_str id = new_id(self, gap->agency_id.data ? gap->agency_id : gap->country, gap->title);
        att_buf_format(self->out, "office %.*s\n", ATT_STR_ARG(id));
        add_line(self, "title", gap->title);
        if (gap->agency_id.data) add_line(self, "agency", gap->agency_id);
        if (gap->country.length == 3) add_line(self, "country", gap->country);
    }
    show_holders(self, one);
}

static void show_post(shower *self, const att_gap *gap)
{
    att_buf_add(self->out, ATT_STR("add list title-whole\n  "));
    add_form(self, gap->name);
    att_buf_byte(self->out, '\n');
}

static void show_example(const shower *self, att_str text)
{
    att_buf_add(self->out, ATT_STR("#   "));
    att_utf8_show(self->out, text, false);
    att_buf_byte(self->out, '\n');
}

/* ---- what speaks for a block ---- */

static void show_evidence(shower *self, const block *one, uint32_t number)
{
    const att_gap *gap = one->gaps[0];
    const char *between = "";
    att_buf_format(self->out, "\n# %u: %u document%s", number, one->documents, one->documents == 1 ? "" : "s");
    if (*gap->first) att_buf_format(self->out, ", %s..%s", gap->first, one->gaps[one->count - 1]->last);
    att_buf_add(self->out, ATT_STR("; "));
    for (uint32_t sign = 0; sign < ATT_SIGN_COUNT; sign++) {
        if (!(gap->signs >> sign & 1)) continue;
        att_buf_format(self->out, "%s%s", between, att_gap_sign_words[sign]);
        between = ", ";
    }
    att_buf_byte(self->out, '\n');
    for (uint32_t i = 0; i < one->count; i++)
        for (uint32_t e = 0; e < ATT_GAP_EXAMPLES && one->gaps[i]->examples[e].data && e * one->count < ATT_GAP_EXAMPLES; e++)
            show_example(self, one->gaps[i]->examples[e]);
}

/* Whether an entry can be made of the block and no earlier one has its form. */
static bool is_new(shower *self, const block *one)
{
    const att_gap *gap = one->gaps[0];
    bool several = gap->country.data && att_str_starts(gap->country, ATT_STR("IGO:"));
    if (gap->kind == ATT_GAP_HOLDER) return !several || gap->agency_id.data || one->office != ATT_NONE;
    return take(self, gap->layer, gap->name);
}

static void show(shower *self, const block *one)
{
    switch (one->gaps[0]->kind) {
    case ATT_GAP_NAME: show_entry(self, one->gaps[0]); break;
    case ATT_GAP_ALIAS: show_alias(self, one->gaps[0]); break;
    case ATT_GAP_HOLDER: show_office(self, one); break;
    case ATT_GAP_POST: show_post(self, one->gaps[0]); break;
    }
}

void att_gaps_show(const att_gaps *self, const att_engine *engine, uint32_t documents, uint32_t limit, att_arena *arena,
                   att_buf *out)
{
    shower state = { .gaps = self, .knowledge = &engine->knowledge, .arena = arena, .out = out };
    att_map_init(&state.taken, arena);
    for (uint32_t i = 0; i < self->keys.count; i++)
        if (self->items[i].kind != ATT_GAP_HOLDER) add_block(&state, (block){ .gaps = { &self->items[i] }, .count = 1 });
    add_offices(&state);
    if (state.blocks.count) qsort(state.blocks.items, state.blocks.count, sizeof(block), best_first);
    att_buf_format(out, "# What %u document%s and the rules do not know: %u block%s, best first", documents,
                   documents == 1 ? " shows" : "s show", state.blocks.count, state.blocks.count == 1 ? "" : "s");
    att_buf_add(
        out,
        ATT_STR(" (documents times what speaks for it).\n"
                "# Read each, correct it and paste it where it belongs; terms of office are the days on which it was seen.\n"
                "pack suggested\n"));
    uint32_t shown = 0;
    for (uint32_t i = 0; i < state.blocks.count && shown < limit; i++) {
        if (!is_new(&state, &state.blocks.items[i])) continue;
        show_evidence(&state, &state.blocks.items[i], ++shown);
        show(&state, &state.blocks.items[i]);
    }
}

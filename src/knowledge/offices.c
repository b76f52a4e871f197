#include "knowledge/offices.h"

#include <stdlib.h>

#include "knowledge/letters.h"
#include "knowledge/overlay.h"
#include "knowledge/own_body.h"

enum { MOST_NAME_WORDS = 16, MOST_FORMS = 32, C12 = 12 };

/* ---- reading ---- */

typedef struct {
    att_offices *offices;
    const att_blocks *blocks;
    const att_entries *entries;
    att_arena *arena;
    const att_lines_block *block; /* the one whose line is read */
    uint32_t office;
    bool failed; /* agency or country is unknown and reported */
    struct {
        att_place *items;
        uint32_t count, capacity;
    } places;              /* by term: where it stands */
    att_map titles, names; /* of the offices, as far as they are read */
} office_reader;

static att_office *office_of(const office_reader *self)
{
    return &self->offices->offices.items[self->office];
}

static void unknown(const office_reader *self, const char *what, const att_line *line, uint32_t layers)
{
    if (att_block_missed(self->blocks, ATT_BLOCK_ENTRY, line->text, att_line_place(self->block, line))) return;
    att_blocks_report(self->blocks, "C01", att_line_place(self->block, line), "unknown %s '%.*s'%s", what,
                      ATT_STR_ARG(line->text), att_entries_near(self->entries, self->arena, line->text, layers));
}

static const att_entry *entry_named(const office_reader *self, att_str id)
{
    uint32_t entry = att_entries_find(self->entries, id);
    return entry == ATT_NONE ? NULL : &self->entries->entries.items[entry];
}

/* "kor-mofa" where "*-mofa" and KOR are known: the country's code; else null. */
static att_str star_country(const office_reader *self, att_str id)
{
    uint32_t country = att_entries_star_country(self->entries, self->arena, id);
    return country == ATT_NONE ? (att_str){ 0 } : self->entries->entries.items[country].more->code;
}

static void fill_country(const office_reader *self, att_str country)
{
    if (!office_of(self)->country.data) office_of(self)->country = country;
}

static void read_agency(office_reader *self, const att_line *line)
{
    const att_entry *entry = entry_named(self, line->text);
    att_str star = star_country(self, line->text);
    uint32_t own = entry ? (uint32_t)ATT_NONE
                         : att_own_body_named(self->entries, self->blocks, line->text, att_line_place(self->block, line));
    if (own != ATT_NONE) entry = &self->entries->entries.items[own];
    if (entry && (entry->layer == ATT_LAYER_AGENCY || entry->layer == ATT_LAYER_IGO)) {
        bool bloc = entry->layer == ATT_LAYER_IGO && entry->more->code.length;
        fill_country(self,
                     bloc ? att_str_format(self->arena, "IGO:%.*s", ATT_STR_ARG(entry->more->code)) : entry->more->country);
    } else if (star.data) {
        fill_country(self, star);
    } else {
        unknown(self, "agency", line, 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO);
        self->failed = true;
        return;
    }
    office_of(self)->agency = entry ? entry->id : line->text;
}

static void read_country(office_reader *self, const att_line *line)
{
    const att_entry *entry = entry_named(self, line->text);
    self->failed = self->failed || !entry || entry->layer != ATT_LAYER_COUNTRY;
    if (!entry || entry->layer != ATT_LAYER_COUNTRY) unknown(self, "country", line, 1u << ATT_LAYER_COUNTRY);
    else office_of(self)->country = entry->more->code;
}

/* The next form of a line, reporting empty ones; false at the end. */
static bool next_form(const office_reader *self, att_str *rest, uint32_t *rest_at, att_str *form, uint32_t *at)
{
    while (att_next_form(self->arena, rest, rest_at, form, at)) {
        att_place place = { self->block->file->source, *at, *at + (uint32_t)form->length };
        att_letters_apart(self->blocks->diags, place, *form);
        if (form->length) return true;
        att_blocks_report(self->blocks, "S015", place, "an empty form; write one name between two '|'");
    }
    return false;
}

static void read_titles(office_reader *self, const att_line *line)
{
    att_offices *offices = self->offices;
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at;
    while (next_form(self, &rest, &rest_at, &form, &at)) {
        uint32_t title = att_map_add(&self->titles, att_fold_title(self->arena, form));
        if (!office_of(self)->title.data) office_of(self)->title = form;
        ATT_RESERVE(self->arena, &offices->titles_of, 1);
        offices->titles_of.items[offices->titles_of.count++] = title;
        office_of(self)->title_count++;
    }
}

static bool has_digit(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9') return true;
    return false;
}

/* Where "(2021-01-26..)" begins at the end of a holder's line; its length when there is none. */
static size_t dates_at(att_str text)
{
    const char *open = text.length && text.data[text.length - 1] == ')' ? memrchr(text.data, '(', text.length) : NULL;
    bool none = !open || (open > text.data && open[-1] == '\\');
    return none ? text.length : (size_t)(open - text.data);
}

att_str att_holder_names(att_str line)
{
    return att_str_trim(att_str_slice(line, 0, dates_at(line)));
}

/* Cuts "(2021-01-26..)" off the end of `text`; false with a finding when it can't be read. */
static bool cut_dates(const office_reader *self, const att_line *line, att_str *text, att_holding *holding)
{
    size_t cut = dates_at(*text);
    bool none = cut == text->length;
    if (none && !has_digit(*text)) return true;
    if (none) cut = 0; /* the whole is read as dates, to say what is wrong */
    att_place place = { self->block->file->source, line->text_at + (uint32_t)cut, line->text_at + (uint32_t)text->length };
    if (!att_term_read(self->blocks->diags, att_str_slice(*text, cut, text->length), place, &holding->term)) return false;
    *text = att_str_trim(att_str_slice(*text, 0, cut));
    return true;
}

static void link_name(office_reader *self, att_str name, uint32_t holding, bool second)
{
    att_offices *offices = self->offices;
    uint32_t number = att_map_add(&self->names, name);
    if (number == offices->heads.count) {
        ATT_RESERVE(self->arena, &offices->heads, 1);
        offices->heads.items[offices->heads.count++] = ATT_NONE;
    }
    uint32_t head = offices->heads.items[number];
    if (head != ATT_NONE && offices->links.items[head].holding == holding) {
        if (!second) offices->links.items[head].second = 0;
        return;
    }
    ATT_RESERVE(self->arena, &offices->links, 1);
    offices->links.items[offices->links.count] = (att_held){ holding & INT32_MAX, second, head };
    offices->heads.items[number] = offices->links.count++;
}

/* The forms of one line, folded. */
typedef struct {
    att_str items[MOST_FORMS];
    uint32_t count;
} holder_forms;

/* Length of the longest form of two words or more that this one begins with: "oscar roe" for "oscar roe doe"; 0 for none. */
static size_t shorter_form(const holder_forms *forms, att_str form)
{
    size_t longest = 0;
    for (uint32_t i = 0; i < forms->count; i++) {
        att_str other = forms->items[i];
        bool begins = other.length < form.length && att_str_starts_words(form, other);
        if (begins && memchr(other.data, ' ', other.length) && other.length > longest) longest = other.length;
    }
    return longest;
}

/* All that the holder is called: the name, its tails and its first word. */
static void link_names(office_reader *self, const holder_forms *forms, att_str form, uint32_t holding)
{
    size_t shorter = shorter_form(forms, form);
    att_str rest = form, whole = form, first = att_str_first_word(&whole);
    if (whole.length) link_name(self, first, holding, false);
    for (int i = 0; rest.length && i < MOST_NAME_WORDS; i++) {
        bool second = shorter && form.length - rest.length > shorter;
        link_name(self, rest, holding, second);
        att_str_first_word(&rest);
    }
}

static void take_form(office_reader *self, holder_forms *forms, att_str form, uint32_t holding)
{
    const att_str folded = att_fold_person(self->arena, form);
    if (forms->count < MOST_FORMS) forms->items[forms->count++] = folded;
    else link_names(self, forms, folded, holding);
}

static void read_holder(office_reader *self, const att_line *line)
{
    att_offices *offices = self->offices;
    att_holding holding = { .office = self->office };
    holder_forms forms = { .count = 0 };
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at, index = offices->holdings.count;
    if (!cut_dates(self, line, &rest, &holding)) return;
    while (next_form(self, &rest, &rest_at, &form, &at)) {
        if (!holding.name.data) holding.name = form;
        take_form(self, &forms, form, index);
        const att_str written = att_write_out(self->arena, form);
        if (!att_str_equal(written, form)) take_form(self, &forms, written, index);
    }
    for (uint32_t i = 0; i < forms.count; i++) link_names(self, &forms, forms.items[i], index);
    if (!holding.name.data) return;
    ATT_RESERVE(self->arena, &offices->holdings, 1);
    offices->holdings.items[offices->holdings.count++] = holding;
    ATT_RESERVE(self->arena, &self->places, 1);
    self->places.items[self->places.count++] = att_line_place(self->block, line);
}

static void read_line(office_reader *self, const att_line *line)
{
    if (att_str_is(line->word, "title")) read_titles(self, line);
    else if (att_str_is(line->word, "country")) read_country(self, line);
    else if (att_str_is(line->word, "agency")) read_agency(self, line);
    else if (att_str_is(line->word, "holder")) read_holder(self, line);
}

static bool overlap(const att_holding *a, const att_holding *b)
{
    return att_terms_overlap(a->term, b->term);
}

static int by_from(const void *left, const void *right)
{
    const att_holding *a = *(const att_holding *const *)left, *b = *(const att_holding *const *)right;
    if (a->term.from != b->term.from) return a->term.from < b->term.from ? -1 : 1;
    return (a > b) - (a < b);
}

static att_place place_of(const office_reader *self, const att_holding *term)
{
    return self->places.items[term - self->offices->holdings.items];
}

/* Each term against the one before it that ends last. */
static void check_terms(const office_reader *self, uint32_t first)
{
    const att_holding *all = self->offices->holdings.items + first, *last = NULL;
    uint32_t count = self->offices->holdings.count - first;
    const att_holding **terms = att_arena_alloc(self->arena, sizeof *terms * (count + 1));
    for (uint32_t i = 0; i < count; i++) terms[i] = &all[i];
    if (count) qsort(terms, count, sizeof *terms, by_from);
    for (uint32_t i = 0; i < count; i++) {
        if (last && overlap(last, terms[i])) {
            att_blocks_report(self->blocks, "C12", place_of(self, terms[i]),
                              "two terms of '%.*s' overlap; one ends when the next begins", ATT_STR_ARG(office_of(self)->id));
            att_report_note(self->blocks->diags, place_of(self, last),
                            last->term.to ? "the other term" : "the other term is open");
        }
        if (!last || (last->term.to && (!terms[i]->term.to || last->term.to < terms[i]->term.to))) last = terms[i];
    }
}

static void read_office(office_reader *self, const att_lines_block *block)
{
    att_offices *offices = self->offices;
    uint32_t first = offices->holdings.count;
    bool accepted = block->accepted >> C12 & 1;
    ATT_RESERVE(self->arena, &offices->offices, 1);
    self->office = offices->offices.count++;
    att_map_add(&offices->ids, block->name);
    self->failed = false;
    *office_of(self) = (att_office){ .id = block->name, .first_title = offices->titles_of.count };
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) read_line(self, line);
    if (!office_of(self)->title_count && !block->torn)
        att_blocks_report(self->blocks, "S004", att_head_place(block), "office '%.*s' has no title", ATT_STR_ARG(block->name));
    if (!office_of(self)->agency.data && !office_of(self)->country.data && !self->failed && !accepted && !block->torn)
        att_blocks_report(self->blocks, "C12", att_head_place(block), "office '%.*s' has neither agency nor country",
                          ATT_STR_ARG(block->name));
    if (!accepted) check_terms(self, first);
}

/* ---- names of countries before a title ---- */

static void add_nation(const office_reader *self, att_str form, att_str code)
{
    att_offices *offices = self->offices;
    uint32_t number = att_map_add(&offices->nations, att_fold_words(self->arena, form));
    if (number == offices->codes.count) {
        ATT_RESERVE(self->arena, &offices->codes, 1);
        offices->codes.items[offices->codes.count++] = code;
    } else if (!att_str_equal(offices->codes.items[number], code)) {
        offices->codes.items[number] = ATT_EMPTY;
    }
}

static void read_nation(office_reader *self, const att_lines_block *block, att_str code)
{
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) {
        bool forms = att_entry_has_forms(line->word);
        att_str rest = line->text, form;
        uint32_t rest_at = line->text_at, at;
        while (forms && att_next_form(self->arena, &rest, &rest_at, &form, &at))
            if (form.length) add_nation(self, form, code);
    }
}

void att_offices_read(att_offices *self, const att_blocks *blocks, const att_entries *entries, const att_phrase_lists *lists)
{
    *self = (att_offices){ .lists = lists };
    office_reader reader = { .offices = self, .blocks = blocks, .entries = entries, .arena = blocks->arena };
    att_map_init(&self->ids, blocks->arena);
    att_map_init(&reader.titles, blocks->arena);
    att_map_init(&reader.names, blocks->arena);
    att_map_init(&self->nations, blocks->arena);
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->dead) continue;
        if (block->kind == ATT_BLOCK_OFFICE) read_office(&reader, block);
        const att_entry *entry = block->kind == ATT_BLOCK_ENTRY ? entry_named(&reader, block->name) : NULL;
        if (entry && entry->layer == ATT_LAYER_COUNTRY) read_nation(&reader, block, entry->more->code);
    }
    self->titles = att_map_index(&reader.titles, blocks->arena);
    self->names = att_map_index(&reader.names, blocks->arena);
}

/* ---- finding ---- */

bool att_office_has_title(const att_offices *self, uint32_t office, uint32_t title)
{
    const att_office *known = &self->offices.items[office];
    for (uint32_t i = 0; i < known->title_count; i++)
        if (self->titles_of.items[known->first_title + i] == title) return true;
    return false;
}

/* Cuts the longest country's name that begins the title; *code is its code, or empty when several have it. */
static att_str cut_nation(const att_offices *self, att_str title, att_str *code)
{
    for (size_t end = title.length; end-- > 1;) {
        if (title.data[end] != ' ') continue;
        uint32_t nation = att_map_find(&self->nations, att_str_slice(title, 0, end));
        if (nation == ATT_NONE) continue;
        *code = self->codes.items[nation];
        return att_str_slice(title, end + 1, title.length);
    }
    return title;
}

/* Cuts the country's name that ends the title, "minister of mines of the republic of ruritania"; *code is its code, or empty
 * when several have it. */
static att_str cut_nation_behind(const att_offices *self, att_str title, att_str *code)
{
    const att_str of = ATT_STR(" of "), the = ATT_STR("the ");
    for (size_t end = 1; end + of.length < title.length; end++) {
        if (title.data[end] != ' ' || !att_str_starts(att_str_slice(title, end, title.length), of)) continue;
        att_str rest = att_str_slice(title, end + of.length, title.length);
        if (att_str_starts(rest, the)) rest = att_str_slice(rest, the.length, rest.length);
        const uint32_t nation = att_map_find(&self->nations, rest);
        if (nation == ATT_NONE) continue;
        *code = self->codes.items[nation];
        return att_str_slice(title, 0, end);
    }
    return title;
}

/* Whether the singular of the word that ends at byte `end` of the title makes it one that is known: `*one` becomes that title.
 */
static bool is_known_singly(const att_offices *self, att_arena *arena, att_str title, size_t end, att_str *one)
{
    if (end < 3 || title.data[end - 1] != 's' || title.data[end - 2] == 's') return false;
    bool ies = title.data[end - 3] == 'i' && title.data[end - 2] == 'e';
    att_str stem = att_str_slice(title, 0, ies ? end - 3 : end - 1), rest = att_str_slice(title, end, title.length);
    *one = att_str_join(arena, stem, ies ? ATT_STR("y") : ATT_EMPTY, rest);
    return att_index_find(&self->titles, *one) != ATT_NONE;
}

/* "foreign ministers" of Roe and Doe is the post of each: "foreign minister"; a title that is none of several, as it is. */
static att_str singly(const att_offices *self, att_arena *arena, att_str title)
{
    att_str one;
    for (size_t end = title.length; end > 0; end--)
        if ((end == title.length || title.data[end] == ' ') && is_known_singly(self, arena, title, end, &one)) return one;
    return title;
}

static att_title read_known(const att_offices *self, att_arena *arena, att_str title)
{
    att_title read = { 0 };
    att_str status, plain = att_title_core(title, &read.status), whole = att_fold_title(arena, title);
    read.core = plain.length == title.length ? whole : att_fold_title(arena, plain);
    read.number = att_index_find(&self->titles, whole);
    if (read.number != ATT_NONE) return read;
    att_str bare = att_title_core(cut_nation(self, read.core, &read.code), &status);
    if (plain.length != title.length) read.number = att_index_find(&self->titles, read.core);
    if (read.number == ATT_NONE) read.number = att_index_find(&self->titles, bare);
    if (read.number == ATT_NONE && !read.code.data)
        read.number = att_index_find(&self->titles, cut_nation_behind(self, read.core, &read.code));
    return read;
}

/* A title with its Secretary written out, "Health Sec", "Sec. of State"; null when it neither ends nor begins with one in
 * short. */
static att_str secretary_in_full(att_arena *arena, att_str title)
{
    const size_t end = title.length && title.data[title.length - 1] == '.' ? title.length - 1 : title.length;
    if (end < 4) return (att_str){ 0 };
    if (title.data[end - 1] == 'c' && memcmp(title.data + end - 4, " Sec", 4) == 0)
        return att_str_join(arena, att_str_slice(title, 0, end - 3), ATT_STR("Secretary"), ATT_EMPTY);
    if (title.data[2] != 'c' || memcmp(title.data, "Sec", 3) != 0) return (att_str){ 0 };
    const size_t rest = title.data[3] == '.' ? 4 : 3;
    if (rest < title.length && title.data[rest] != ' ') return (att_str){ 0 };
    return att_str_join(arena, ATT_STR("Secretary"), att_str_slice(title, rest, title.length), ATT_EMPTY);
}

att_title att_title_read(const att_offices *self, att_arena *arena, att_str title)
{
    const att_str meant = att_lists_meaning(self->lists, ATT_LIST_TITLE_MEANS, title);
    const att_str full = meant.data ? meant : secretary_in_full(arena, title);
    att_title read = read_known(self, arena, full.data ? full : title);
    if (read.number != ATT_NONE) return read;
    const char *pair = title.length ? memchr(title.data, ';', title.length) : NULL; /* "Commissioner for Trade; Science" */
    if (pair) return att_title_read(self, arena, att_str_slice(title, 0, (size_t)(pair - title.data)));
    att_str one = singly(self, arena, read.core);
    if (one.data == read.core.data) return read;
    read.core = one;
    read.plural = true;
    read.number = att_index_find(&self->titles, one);
    return read;
}

typedef enum { TO_COME, OVER, HELD } term_group;

/* How a term stands to a date: the better, the higher. Held at the date, else the last before, else the first after. */
typedef struct {
    term_group group;
    att_date key;
} standing;

static standing standing_of(const att_term *term, att_date now)
{
    const att_date from = term->from, to = term->to;
    if (now && from && att_dates_compare(now, from) < 0) return (standing){ TO_COME, from };
    if (now && to && att_dates_compare(now, to) > 0) return (standing){ OVER, to };
    return (standing){ HELD, from };
}

static bool is_better(standing a, standing b)
{
    if (a.group != b.group) return a.group > b.group;
    return a.group == TO_COME ? a.key < b.key : a.key > b.key;
}

/* What is asked for: a title by number, one office, or what is left of a title when its body stands apart; the day and the
 * states named, which tell of several who is meant. */
typedef struct {
    uint32_t title, office;
    att_str code;              /* of the country; empty or null for any */
    att_str agency, core;      /* null when not asked for */
    att_date now;              /* 0 for none */
    const att_code_set *named; /* or NULL */
} wanted_term;

/* A deputy's title ends like the head's: "Bank of Ruritania Deputy Governor". */
static bool has_lesser_word(const att_offices *self, att_str text)
{
    return att_lists_have_any(self->lists, ATT_LIST_RANK_BELOW, text)
           || att_lists_have_any(self->lists, ATT_LIST_STAND_IN, text);
}

/* Whether the title is `core` with the body behind or before it: "governor of the bank of ruritania", "bank of ruritania
 * governor". */
static bool is_core_of(const att_offices *self, att_str title, att_str core)
{
    if (title.length <= core.length + 1) return false;
    size_t rest = title.length - core.length;
    if (att_str_equal(att_str_slice(title, rest, title.length), core))
        return title.data[rest - 1] == ' ' && !has_lesser_word(self, att_str_slice(title, 0, rest - 1));
    const att_str behind = att_str_slice(title, core.length, title.length);
    return att_str_starts(title, core) && (att_str_starts(behind, ATT_STR(" of ")) || att_str_starts(behind, ATT_STR(" for ")));
}

static bool has_core(const att_offices *self, const att_office *office, att_str core)
{
    for (uint32_t i = 0; i < office->title_count; i++)
        if (is_core_of(self, att_index_at(&self->titles, self->titles_of.items[office->first_title + i]), core)) return true;
    return false;
}

static bool is_wanted(const att_offices *self, const wanted_term *wanted, const att_holding *term)
{
    const att_office *office = &self->offices.items[term->office];
    if (wanted->office != ATT_NONE) return term->office == wanted->office;
    if (wanted->agency.data) return att_str_equal(office->agency, wanted->agency) && has_core(self, office, wanted->core);
    if (wanted->code.length && !att_str_equal(office->country, wanted->code)) return false;
    if (wanted->core.data) return standing_of(&term->term, wanted->now).group == HELD && has_core(self, office, wanted->core);
    return att_office_has_title(self, term->office, wanted->title);
}

static att_str country_held(const att_offices *self, const att_holding *term)
{
    return self->offices.items[term->office].country;
}

/* Whether `a` is meant rather than `b`. Of holders in two states of whom none is in office, or of whom the date says the same,
 * it is one whose state the document names: "President Castro" of Honduras before her term. Else it is the one longest in
 * office. */
static bool is_meant(const att_offices *self, const wanted_term *wanted, const att_holding *a, const att_holding *b)
{
    standing left = standing_of(&a->term, wanted->now), right = standing_of(&b->term, wanted->now);
    att_str country = country_held(self, a), other = country_held(self, b);
    const bool out = left.group != HELD && right.group != HELD;
    if ((left.group != right.group && !out) || att_str_equal(country, other)) return is_better(left, right);
    bool named = wanted->named && att_code_set_has(wanted->named, country);
    if (named != (wanted->named && att_code_set_has(wanted->named, other))) return named;
    if (left.group != right.group) return is_better(left, right);
    return wanted->now && left.group == HELD ? is_better(right, left) : is_better(left, right);
}

/* Whether the two are different holders in one state on that day: of two Senators Roe neither is meant. */
static bool are_rivals(const att_offices *self, const att_holding *a, const att_holding *b, att_date now)
{
    return now && standing_of(&a->term, now).group == HELD && standing_of(&b->term, now).group == HELD
           && att_str_equal(country_held(self, a), country_held(self, b)) && !att_str_equal(a->name, b->name);
}

/* The best term of somebody of that name, and another one that may be as good; null where there is none. */
typedef struct {
    const att_holding *best, *rival;
} found_terms;

/* Whether the link is a second family name of somebody whose term is not now: whoever else has that name is meant rather. */
static bool is_past_second(const att_offices *self, uint32_t link, att_date now)
{
    const att_held *held = &self->links.items[link];
    return held->second && standing_of(&self->holdings.items[held->holding].term, now).group != HELD;
}

/* Among the links of a person those that are second names out of office (`past`), or the others. */
static found_terms find_terms_of(const att_offices *self, const wanted_term *wanted, uint32_t link, bool past)
{
    found_terms found = { 0 };
    for (; link != ATT_NONE; link = self->links.items[link].next) {
        const att_holding *term = &self->holdings.items[self->links.items[link].holding];
        if (is_past_second(self, link, wanted->now) != past || !is_wanted(self, wanted, term)) continue;
        bool rivals = found.best && are_rivals(self, found.best, term, wanted->now);
        /* Links run from the last term to the first: of equals the first of the rules wins. */
        bool better = !found.best || !is_meant(self, wanted, found.best, term);
        if (rivals) found.rival = better ? found.best : term;
        if (better) found.best = term;
    }
    return found;
}

static found_terms find_terms(const att_offices *self, const wanted_term *wanted, att_str person)
{
    uint32_t number = att_index_find(&self->names, person);
    uint32_t link = number == ATT_NONE ? (uint32_t)ATT_NONE : self->heads.items[number];
    found_terms found = find_terms_of(self, wanted, link, false);
    return found.best ? found : find_terms_of(self, wanted, link, true);
}

/* The office of the best term; ATT_NONE for none, and where two are as good. */
static uint32_t office_meant(const att_offices *self, wanted_term wanted, att_str person, const att_document *doc)
{
    wanted.now = att_date_read(doc->date);
    wanted.named = doc->named;
    found_terms found = find_terms(self, &wanted, person);
    if (!found.best || (found.rival && are_rivals(self, found.best, found.rival, wanted.now))) return ATT_NONE;
    return found.best->office;
}

uint32_t att_offices_named(const att_offices *self, att_str id)
{
    return att_map_find(&self->ids, id);
}

uint32_t att_office_find(const att_offices *self, att_arena *arena, att_str title, att_str name, const att_document *doc)
{
    if (!self->offices.count || !title.length || !name.length) return ATT_NONE;
    att_str person = att_fold_person(arena, name);
    if (att_index_find(&self->names, person) == ATT_NONE) return ATT_NONE; /* holds none: as most */
    att_title read = att_title_read(self, arena, title);
    if (!att_office_is_told(self, read.core, person)) return ATT_NONE;
    return att_office_find_in(self, &read, person, doc, (att_str){ 0 });
}

uint32_t att_office_find_in(const att_offices *self, const att_title *title, att_str person, const att_document *doc,
                            att_str country)
{
    if (title->number == ATT_NONE || !person.length) return ATT_NONE;
    wanted_term wanted = { .office = ATT_NONE, .title = title->number, .code = country.data ? country : title->code };
    return office_meant(self, wanted, person, doc);
}

uint32_t att_office_of_body(const att_offices *self, att_str agency, const att_title *title, att_str person,
                            const att_document *doc)
{
    if (!agency.length || !title->core.length || !person.length) return ATT_NONE;
    wanted_term wanted = { .office = ATT_NONE, .title = ATT_NONE, .agency = agency, .core = title->core };
    return office_meant(self, wanted, person, doc);
}

uint32_t att_office_by_head(const att_offices *self, const att_title *title, att_str person, const att_document *doc,
                            att_str country)
{
    if (!title->core.length || !person.length) return ATT_NONE;
    const att_str code = country.data ? country : title->code;
    wanted_term wanted = { .office = ATT_NONE, .title = ATT_NONE, .code = code, .core = title->core };
    return office_meant(self, wanted, person, doc);
}

att_str att_office_country_of(const att_offices *self, att_str person, att_str date, bool *now)
{
    uint32_t name = att_index_find(&self->names, person);
    att_str country = { 0 };
    const att_date day = att_date_read(date);
    *now = false;
    for (uint32_t i = name == ATT_NONE ? name : self->heads.items[name]; i != ATT_NONE; i = self->links.items[i].next) {
        const att_holding *term = &self->holdings.items[self->links.items[i].holding];
        att_str one = country_held(self, term);
        *now = *now || (day && standing_of(&term->term, day).group == HELD);
        if (att_str_starts(one, ATT_STR("IGO:"))) continue;
        if (country.data && !att_str_equal(country, one)) return (att_str){ 0 };
        country = one;
    }
    return country;
}

/* Whether the word stands in the title among others, or alone. */
static bool title_has_word(att_str title, att_str word)
{
    for (size_t i = 0; i + word.length <= title.length; i++)
        if ((!i || title.data[i - 1] == ' ') && att_str_starts_words(att_str_slice(title, i, title.length), word)) return true;
    return false;
}

static bool has_word(const att_offices *self, const att_office *office, att_str word)
{
    for (uint32_t i = 0; i < office->title_count; i++)
        if (title_has_word(att_index_at(&self->titles, self->titles_of.items[office->first_title + i]), word)) return true;
    return false;
}

/* Whether the term ended so long before the day that nobody gives its holder the bare title. */
static bool is_long_over(const att_term *term, att_date day)
{
    enum { YEARS = 15, OF_YEAR = 10000 };
    return day && term->to && standing_of(term, day).group == OVER && term->to / OF_YEAR + YEARS < day / OF_YEAR;
}

att_str att_office_country_by_word(const att_offices *self, att_str person, att_str word, att_str date)
{
    const uint32_t name = att_index_find(&self->names, person);
    const att_date day = att_date_read(date);
    att_str country = { 0 };
    bool now = false;
    for (uint32_t i = name == ATT_NONE ? name : self->heads.items[name]; i != ATT_NONE; i = self->links.items[i].next) {
        const att_holding *term = &self->holdings.items[self->links.items[i].holding];
        if (!has_word(self, &self->offices.items[term->office], word) || is_long_over(&term->term, day)) continue;
        const att_str one = country_held(self, term);
        now |= standing_of(&term->term, day).group == HELD;
        if (country.data && !att_str_equal(country, one)) return (att_str){ 0 };
        country = one;
    }
    return now ? country : (att_str){ 0 };
}

att_str att_office_country_of_soldier(const att_offices *self, att_str person, att_str date)
{
    static const char *const words[] = { "commander",      "commander-in-chief",         "chief of the general staff",
                                         "chief of staff", "chief of the defence staff", "commandant" };
    const att_date day = att_date_read(date);
    bool now, leads = false;
    const att_str country = att_office_country_of(self, person, date, &now);
    const uint32_t name = country.length ? att_index_find(&self->names, person) : (uint32_t)ATT_NONE;
    for (uint32_t i = name == ATT_NONE ? name : self->heads.items[name]; i != ATT_NONE; i = self->links.items[i].next) {
        const att_holding *term = &self->holdings.items[self->links.items[i].holding];
        if (standing_of(&term->term, day).group != HELD) continue;
        for (size_t k = 0; !leads && k < sizeof words / sizeof *words; k++)
            leads = has_word(self, &self->offices.items[term->office], att_str_of(words[k]));
    }
    return leads ? country : (att_str){ 0 };
}

bool att_office_has_holder(const att_offices *self, att_str person, att_str country, att_str word)
{
    const uint32_t name = att_index_find(&self->names, person);
    for (uint32_t i = name == ATT_NONE ? name : self->heads.items[name]; i != ATT_NONE; i = self->links.items[i].next) {
        const att_office *office = &self->offices.items[self->holdings.items[self->links.items[i].holding].office];
        if (att_str_equal(office->country, country) && has_word(self, office, word)) return true;
    }
    return false;
}

const att_holding *att_office_term(const att_offices *self, uint32_t office, att_str person, att_str date)
{
    wanted_term wanted = { .office = office, .title = ATT_NONE, .now = att_date_read(date) };
    return find_terms(self, &wanted, person).best;
}

att_str att_holding_status(const att_holding *self, att_str date)
{
    static const char *const names[] = { "designate", "former", "current" };
    return att_str_of(names[standing_of(&self->term, att_date_read(date)).group]);
}

#include "knowledge/topics.h"

#include <stdlib.h>

#include "knowledge/letters.h"
#include "knowledge/overlay.h"
#include "knowledge/spelling.h"
#include "knowledge/triggers.h"

static const char *const role_names[] = {
#define X(id, word) word,
    ATT_ROLES(X)
#undef X
};
enum { ROLE_COUNT = sizeof role_names / sizeof *role_names };

bool att_is_role(att_str word)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (att_str_is(word, role_names[i])) return true;
    return false;
}

const char *att_role_list(void)
{
#define X(id, word) ", " word
    static const char list[] = ATT_ROLES(X);
#undef X
    return list + 2;
}

static const struct {
    const char *word;
    uint32_t kind;
} kind_words[] = { { "strong", ATT_TRIGGER_STRONG },
                   { "support", ATT_TRIGGER_SUPPORT },
                   { "pair", ATT_TRIGGER_PAIR },
                   { "block", ATT_TRIGGER_BLOCK } };

typedef struct {
    att_topics *topics;
    const att_blocks *blocks;
    const att_entries *entries;
    att_arena *arena;
    att_map spellings; /* "topic kind words": every form made so far */
    att_map stems;
    struct {
        att_place *items;
        uint32_t count, capacity;
    } places;                     /* by spelling: where it is written; no source for a made one */
    const att_lines_block *block; /* the one whose line is read */
    uint32_t topic, origin;
} topic_reader;

/* C01 for a word that none of `names` is. */
static void unknown(const topic_reader *self, att_severity severity, att_place place, const char *what, att_str word,
                    const att_str *names, size_t count)
{
    att_report(self->blocks->diags, severity, "C01", place, "unknown %s '%.*s'%s", what, ATT_STR_ARG(word),
               att_did_you_mean(self->blocks->arena, word, names, count));
}

static att_place place_at(const topic_reader *self, uint32_t at, att_str text)
{
    return (att_place){ self->block->file->source, at, at + (uint32_t)text.length };
}

uint32_t att_topics_named(const att_topics *self, att_str id)
{
    return att_map_find(&self->ids, id);
}

/* ---- triggers ---- */

/* Notes a spelling of the topic and kind; false when it is known. */
static bool note_spelling(topic_reader *self, uint32_t kind, att_str spelling, att_place place, uint32_t *number)
{
    att_buf key = { .arena = self->arena };
    att_buf_number(&key, self->topic);
    att_buf_byte(&key, ' ');
    att_buf_number(&key, kind);
    att_buf_byte(&key, ' ');
    for (size_t i = 0; i < spelling.length; i++) att_buf_byte(&key, spelling.data[i] == '-' ? ' ' : spelling.data[i]);
    *number = att_map_add(&self->spellings, att_buf_str(&key));
    if (*number < self->places.count) return false;
    ATT_RESERVE(self->arena, &self->places, 1);
    self->places.items[self->places.count++] = place;
    return true;
}

static bool add_words(topic_reader *self, att_str spelling, uint32_t trigger, uint32_t kind)
{
    att_form form = att_form_of(trigger, ATT_LAYER_TOPIC, kind == ATT_TRIGGER_BLOCK ? ATT_FORM_BLOCKS : 0);
    return att_names_add(&self->topics->names, spelling, form) != ATT_NONE;
}

/* The spelling with blanks around the hyphens of words that have a capital: a text is cut there where a name begins or ends
 * ("Trans-Pacific", "UN-led"). The spelling itself where there is none. */
static att_str with_hyphens_apart(att_arena *arena, att_str spelling)
{
    att_buf out = { .arena = arena };
    bool any = false;
    for (size_t at = 0, end; at < spelling.length; at = end) {
        bool capital = false;
        for (end = at; end < spelling.length && (end == at || spelling.data[end - 1] != ' '); end++)
            capital = capital || (spelling.data[end] >= 'A' && spelling.data[end] <= 'Z');
        for (size_t i = at; i < end; i++) {
            bool apart = capital && spelling.data[i] == '-' && i > at && i + 1 < end;
            any = any || apart;
            if (apart) att_buf_add(&out, ATT_STR(" - "));
            else att_buf_byte(&out, spelling.data[i]);
        }
    }
    return any ? att_buf_str(&out) : spelling;
}

static bool add_form(topic_reader *self, att_str spelling, uint32_t trigger, uint32_t kind)
{
    att_str apart = with_hyphens_apart(self->arena, spelling);
    if (apart.data != spelling.data) add_words(self, apart, trigger, kind);
    return add_words(self, spelling, trigger, kind);
}

/* Whether a trigger that is met again was written before, which is a finding; else it is now. */
static bool written_before(topic_reader *self, uint32_t number, att_place place)
{
    att_place *known = &self->places.items[number];
    if (!known->source) {
        *known = place;
        return false;
    }
    att_blocks_report(self->blocks, "C10", place, "a trigger given twice in one topic and kind");
    att_report_note(self->blocks->diags, *known, "the other one");
    return true;
}

static void add_trigger(topic_reader *self, uint32_t kind, att_str text, att_place place, uint32_t line)
{
    att_topics *topics = self->topics;
    att_str spellings[ATT_MOST_SPELLINGS];
    uint64_t caps;
    uint32_t number, trigger = topics->triggers.count;
    if (!note_spelling(self, kind, text, place, &number)) {
        written_before(self, number, place);
        return;
    }
    if (!add_form(self, text, trigger, kind)) {
        att_blocks_report(self->blocks, "S015", place, "no trigger: it has a word and at most %d of them", ATT_LONGEST_FORM);
        return;
    }
    uint32_t count = att_spellings(self->arena, text, spellings);
    for (uint32_t i = 1; i < count; i++)
        if (note_spelling(self, kind, spellings[i], (att_place){ 0 }, &number)) add_form(self, spellings[i], trigger, kind);
    att_str stem = att_word_fold(self->arena, att_spelling_stem(self->arena, text), &caps);
    ATT_RESERVE(self->arena, &topics->triggers, 1);
    topics->triggers.items[topics->triggers.count++] =
        (att_trigger){ self->topic, kind, att_map_add(&self->stems, stem), self->origin, line };
}

static void read_triggers(topic_reader *self, uint32_t kind, const att_line *line)
{
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at, number = att_line_number(self->block, line);
    while (att_next_form(self->arena, &rest, &rest_at, &form, &at)) {
        att_letters_apart(self->blocks->diags, place_at(self, at, form), form);
        if (form.length) add_trigger(self, kind, form, place_at(self, at, form), number);
        else
            att_blocks_report(self->blocks, "S015", place_at(self, at, form),
                              "an empty form; write one trigger between two '|'");
    }
}

enum { MOST_DIGITS = 6 };

bool att_setting(att_str text, uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        *number = *number * 10 + (uint32_t)(text.data[i] - '0');
    }
    return text.length > 0 && text.length <= MOST_DIGITS && *number > 0;
}

/* ---- topics ---- */

static void read_role(const topic_reader *self, att_topic *topic, const att_line *line)
{
    att_str names[ROLE_COUNT];
    for (int i = 0; i < ROLE_COUNT; i++) {
        names[i] = att_str_of(role_names[i]);
        if (att_str_equal(line->text, names[i])) topic->role = line->text;
    }
    if (!topic->role.data || !att_str_equal(topic->role, line->text))
        unknown(self, ATT_ERROR, att_line_place(self->block, line), "role", line->text, names, ROLE_COUNT);
}

static void read_topic_line(topic_reader *self, const att_line *line)
{
    att_topic *topic = &self->topics->topics.items[self->topic];
    if (att_str_is(line->word, "title")) topic->title = line->text;
    if (att_str_is(line->word, "role")) read_role(self, topic, line);
    if (att_str_is(line->word, "others") && !att_setting(line->text, &topic->others))
        att_blocks_report(self->blocks, "S004", att_line_place(self->block, line), "'others' wants a number from 1 to 999999");
    if (att_str_is(line->word, "rarest") && !att_setting(line->text, &topic->rarest))
        att_blocks_report(self->blocks, "S004", att_line_place(self->block, line), "'rarest' wants a number from 1 to 999999");
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (att_str_is(line->word, kind_words[i].word)) read_triggers(self, kind_words[i].kind, line);
}

static uint32_t new_origin(topic_reader *self)
{
    att_topics *topics = self->topics;
    att_str pack = self->blocks->packs.items[self->block->pack].name;
    ATT_RESERVE(self->arena, &topics->origins, 1);
    topics->origins.items[topics->origins.count] =
        (att_origin){ att_str_format(self->arena, "%.*s%s%.*s", ATT_STR_ARG(pack), pack.length ? "/" : "",
                                     ATT_STR_ARG(self->block->name)),
                      self->block->file->source };
    return topics->origins.count++;
}

/* "cyber-threats" as "Cyber threats". */
static att_str title_from(att_arena *arena, att_str id)
{
    att_str title = att_str_copy(arena, id);
    for (size_t i = 0; i < title.length; i++)
        if (title.data[i] == '-') ((char *)title.data)[i] = ' ';
    if (title.length && title.data[0] >= 'a' && title.data[0] <= 'z')
        ((char *)title.data)[0] = (char)(title.data[0] - 'a' + 'A');
    return title;
}

static void read_topic(topic_reader *self, const att_lines_block *block)
{
    att_topics *topics = self->topics;
    self->topic = att_map_add(&topics->ids, block->name);
    ATT_RESERVE(self->arena, &topics->topics, 1);
    topics->topics.items[topics->topics.count++] = (att_topic){ .id = block->name, .place = att_head_place(block) };
    const att_lines_block *origin_of = NULL;
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) {
        if (self->block != origin_of) self->origin = new_origin(self);
        origin_of = self->block;
        read_topic_line(self, line);
    }
    att_topic *topic = &topics->topics.items[self->topic];
    if (!topic->title.data) topic->title = title_from(self->arena, topic->id);
}

/* ---- views: a theme that can't be is a warning, since the view's others still hold ---- */

static int by_code(const void *left, const void *right)
{
    return att_str_compare(*(const att_str *)left, *(const att_str *)right);
}

enum { MOST_ACTORS = 16 };

/* The codes of "KOR+USA", sorted, each once; unknown ones are C01. */
static uint32_t read_codes(const topic_reader *self, att_str text, uint32_t text_at, att_str codes[MOST_ACTORS])
{
    const att_map *actors = &self->topics->actors;
    uint32_t count = 0;
    for (size_t start = 0, end; start <= text.length; start = end + 1) {
        for (end = start; end < text.length && text.data[end] != '+'; end++)
            ;
        att_str code = att_str_slice(text, start, end);
        bool known = att_map_find(actors, code) != ATT_NONE;
        att_place place = place_at(self, text_at + (uint32_t)start, code);
        if (!known) unknown(self, ATT_WARNING, place, "actor", code, actors->items, actors->count);
        for (uint32_t i = 0; i < count; i++) known = known && !att_str_equal(codes[i], code);
        if (known && count < MOST_ACTORS) codes[count++] = code;
    }
    qsort(codes, count, sizeof *codes, by_code);
    return count;
}

uint64_t att_code_bits(att_str codes)
{
    uint64_t bits = 0;
    for (size_t start = 0, end; start < codes.length; start = end + 1) {
        for (end = start; end < codes.length && codes.data[end] != '+';) end++;
        bits |= UINT64_C(1) << att_hash(att_str_slice(codes, start, end)) % 64;
    }
    return bits;
}

static void read_view_theme(const topic_reader *self, att_str text, uint32_t at)
{
    const char *slash = memchr(text.data, '/', text.length);
    size_t cut = slash ? (size_t)(slash - text.data) : text.length;
    att_str topic = att_str_slice(text, 0, cut), codes[MOST_ACTORS];
    const att_map *ids = &self->topics->ids;
    uint32_t number = att_map_find(ids, topic);
    if (number == ATT_NONE && memchr(topic.data, ' ', topic.length))
        att_blocks_report(self->blocks, "S004", place_at(self, at, topic), "between two themes stands '|'");
    else if (number == ATT_NONE && !att_block_removed(self->blocks, ATT_BLOCK_TOPIC, topic))
        unknown(self, ATT_WARNING, place_at(self, at, topic), "topic", topic, ids->items, ids->count);
    att_buf actors = { .arena = self->arena };
    uint32_t count = slash ? read_codes(self, att_str_slice(text, cut + 1, text.length), at + (uint32_t)cut + 1, codes) : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i) att_buf_byte(&actors, '+');
        att_buf_add(&actors, codes[i]);
    }
    att_str joined = att_buf_str(&actors);
    ATT_RESERVE(self->arena, &self->topics->view_themes, 1);
    self->topics->view_themes.items[self->topics->view_themes.count++] =
        (att_view_theme){ number, topic, joined, att_code_bits(joined) };
}

static void read_view_themes(const topic_reader *self, const att_line *line)
{
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at;
    while (att_next_form(self->arena, &rest, &rest_at, &form, &at)) {
        if (form.length) read_view_theme(self, form, at);
        else att_blocks_report(self->blocks, "S015", place_at(self, at, form), "an empty theme; write one between two '|'");
    }
}

/* Whether a title in quotation marks stands behind the view's name. */
static bool has_title(att_str head)
{
    const char *quote = memchr(head.data, '"', head.length);
    return quote && quote + 1 < head.data + head.length && head.data[head.length - 1] == '"';
}

static void read_view(topic_reader *self, const att_lines_block *block)
{
    static const char *const words[] = { "any", "all" };
    self->block = block;
    att_view view = { .name = block->name, .place = att_head_place(block) };
    if (!has_title(block->head))
        att_blocks_report(self->blocks, "S004", view.place,
                          "a view wants a name and a title: view dprk-threats \"DPRK threats\"");
    for (int i = 0; i < 2; i++) {
        const att_line *line = NULL;
        view.first[i] = self->topics->view_themes.count;
        for (self->block = block; att_block_next(self->blocks, &self->block, &line);)
            if (att_str_is(line->word, words[i])) read_view_themes(self, line);
        view.count[i] = self->topics->view_themes.count - view.first[i];
    }
    if (!block->torn && !view.count[0] && !view.count[1])
        att_blocks_report(self->blocks, "S004", view.place, "view '%.*s' names no theme; write them behind 'any' or 'all'",
                          ATT_STR_ARG(view.name));
    ATT_RESERVE(self->arena, &self->topics->views, 1);
    self->topics->views.items[self->topics->views.count++] = view;
}

static att_view_needs needs_of(const att_topics *self, const att_view *view)
{
    const att_view_theme *any = &self->view_themes.items[view->first[0]], *all = &self->view_themes.items[view->first[1]];
    att_view_needs needs = { .any = view->count[0] ? 0 : UINT64_MAX, .codes = view->count[0] ? UINT64_MAX : 0 };
    for (uint32_t i = 0; i < view->count[0]; i++) {
        needs.any |= att_topic_bit(any[i].number);
        needs.codes &= any[i].codes;
    }
    for (uint32_t i = 0; i < view->count[1]; i++) {
        needs.all |= att_topic_bit(all[i].number);
        needs.codes |= all[i].codes;
    }
    return needs;
}

static int by_name(const void *left, const void *right)
{
    return att_str_compare(((const att_view *)left)->name, ((const att_view *)right)->name);
}

/* ---- settings ---- */

static const char *const need_names[] = { "distinct-triggers", "words-per-mention", "percent-of-best", "passing-times",
                                          "percent-once" };
enum { NEEDS = sizeof need_names / sizeof *need_names };

uint32_t *att_topic_need(att_topic_needs *self, att_str name)
{
    uint32_t *const needs[NEEDS] = { &self->distinct_triggers, &self->words_per_mention, &self->percent_of_best,
                                     &self->passing_times, &self->percent_once };
    for (int i = 0; i < NEEDS; i++)
        if (att_str_is(name, need_names[i])) return needs[i];
    return NULL;
}

static void read_setting(const topic_reader *self, const att_line *line)
{
    att_str rest = line->text, name, value, names[NEEDS + 1] = { ATT_STR("max-topics") };
    uint32_t rest_at = line->text_at, at, value_at, number;
    att_next_word(&rest, &rest_at, &name, &at);
    uint32_t *setting = att_str_is(name, "max-topics") ? &self->topics->max_topics : att_topic_need(&self->topics->needs, name);
    if (!setting) {
        for (int i = 0; i < NEEDS; i++) names[i + 1] = att_str_of(need_names[i]);
        unknown(self, ATT_ERROR, place_at(self, at, name), "setting", name, names, NEEDS + 1);
        return;
    }
    att_next_word(&rest, &rest_at, &value, &value_at);
    if (att_setting(value, &number) && !att_str_trim(rest).length) *setting = number;
    else
        att_blocks_report(self->blocks, "S004", att_line_place(self->block, line), "'set %.*s' wants a number from 1 to 999999",
                          ATT_STR_ARG(name));
}

static void read_pack(topic_reader *self, const att_lines_block *block)
{
    const att_line *line = NULL;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);)
        if (att_str_is(line->word, "set")) read_setting(self, line);
}

static void each(topic_reader *self, att_block_kind kind, void (*read)(topic_reader *, const att_lines_block *))
{
    for (uint32_t i = 0; i < self->blocks->blocks.count; i++) {
        const att_lines_block *block = &self->blocks->blocks.items[i];
        if (block->kind == kind && !block->dead) read(self, block);
    }
}

static void list_codes(topic_reader *self)
{
    for (uint32_t i = 0; i < self->entries->entries.count; i++) {
        const att_entry *entry = &self->entries->entries.items[i];
        if (entry->more->code.length && (entry->layer == ATT_LAYER_COUNTRY || entry->layer == ATT_LAYER_IGO))
            att_map_add(&self->topics->actors, entry->more->code);
    }
}

void att_topics_read(att_topics *self, const att_blocks *blocks, const att_entries *entries, att_lexicon *lexicon)
{
    *self =
        (att_topics){ .max_topics = 6, .needs = { .distinct_triggers = 2, .words_per_mention = 200, .percent_of_best = 15 } };
    topic_reader reader = { .topics = self, .blocks = blocks, .entries = entries, .arena = blocks->arena };
    att_map_init(&self->ids, blocks->arena);
    att_map_init(&reader.stems, blocks->arena);
    att_map_init(&reader.spellings, blocks->arena);
    att_map_init(&self->actors, blocks->arena);
    att_names_init(&self->names, lexicon, blocks->arena);
    self->names.trie = ATT_TRIE_TRIGGERS;
    list_codes(&reader);
    each(&reader, ATT_BLOCK_PACK, read_pack);
    each(&reader, ATT_BLOCK_TOPIC, read_topic);
    each(&reader, ATT_BLOCK_VIEW, read_view);
    att_names_close(&self->names);
    self->stems = att_map_texts(&reader.stems, blocks->arena);
    if (self->views.count) qsort(self->views.items, self->views.count, sizeof *self->views.items, by_name);
    self->view_needs = att_arena_zero(blocks->arena, self->views.count + 1, sizeof *self->view_needs);
    for (uint32_t i = 0; i < self->views.count; i++) self->view_needs[i] = needs_of(self, &self->views.items[i]);
}

/* ---- fields ---- */

static att_str kind_name(uint32_t kinds)
{
    bool pair = kinds & ATT_TRIGGER_PAIR;
    if (kinds & ATT_TRIGGER_STRONG) return pair ? ATT_STR("pair+strong") : ATT_STR("strong");
    if (kinds & ATT_TRIGGER_SUPPORT) return pair ? ATT_STR("pair+support") : ATT_STR("support");
    return ATT_STR("pair");
}

static void set(att_str *fields, uint32_t field, att_str value)
{
    if (field != ATT_NONE) fields[field] = value;
}

static void fill_fields(att_topics *self, const att_layer *layer, att_arena *arena)
{
    uint32_t topic = att_layer_field(layer, ATT_STR("topic")), kind = att_layer_field(layer, ATT_STR("kind"));
    uint32_t role = att_layer_field(layer, ATT_STR("role")), variants = self->topics.count * ATT_TRIGGER_SETS;
    if (topic == ATT_NONE) return;
    self->fields = att_arena_zero(arena, (size_t)variants * ATT_MAX_FIELDS + 1, sizeof *self->fields);
    for (uint32_t variant = 0; variant < variants; variant++) {
        att_str *fields = self->fields + (size_t)variant * ATT_MAX_FIELDS;
        set(fields, topic, self->topics.items[variant / ATT_TRIGGER_SETS].id);
        set(fields, kind, kind_name(variant % ATT_TRIGGER_SETS));
        set(fields, role, self->topics.items[variant / ATT_TRIGGER_SETS].role);
    }
}

void att_topics_fill(att_topics *self, const att_layer *layer, att_arena *arena)
{
    fill_fields(self, layer, arena);
    att_triggers_fill(self, arena);
}

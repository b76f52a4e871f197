#include "knowledge/topics.h"

#include <stdlib.h>

#include "knowledge/spelling.h"

static const char *const role_names[] = {
#define X(id, word) word,
    ATT_ROLES(X)
#undef X
};
enum { ROLE_COUNT = sizeof role_names / sizeof *role_names };

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
    att_map codes;                /* of all actors */
    const att_lines_block *block; /* the one whose line is read */
    uint32_t topic, origin;
} topic_reader;

static void report(const topic_reader *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(const topic_reader *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->blocks->diags, ATT_ERROR, code, place, format, arguments);
    va_end(arguments);
}

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

static bool add_form(topic_reader *self, att_str spelling, uint32_t trigger, uint32_t kind)
{
    att_form form = { .owner = trigger, .layer = ATT_LAYER_TOPIC };
    if (kind == ATT_TRIGGER_BLOCK) form.flags = ATT_FORM_BLOCKS;
    return att_names_add(&self->topics->names, spelling, form) != ATT_NONE;
}

/* Whether a trigger that is met again was written before, which is a finding; else it is now. */
static bool written_before(topic_reader *self, uint32_t number, att_place place)
{
    att_place *known = &self->places.items[number];
    if (!known->source) {
        *known = place;
        return false;
    }
    report(self, "C10", place, "a trigger given twice in one topic and kind");
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
        report(self, "S015", place, "'%.*s' is no trigger: it has a word and at most 64 of them", ATT_STR_ARG(text));
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
        if (form.length) add_trigger(self, kind, form, place_at(self, at, form), number);
        else report(self, "S015", place_at(self, at, form), "an empty form; write one trigger between two '|'");
    }
}

enum { MOST_DIGITS = 6 };

static bool read_number(att_str text, uint32_t *number)
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
    if (!line->text.length) {
        report(self, "S011", att_line_word_place(self->block, line), "'%.*s' says nothing", ATT_STR_ARG(line->word));
        return;
    }
    if (att_str_is(line->word, "title")) topic->title = line->text;
    if (att_str_is(line->word, "role")) read_role(self, topic, line);
    if (att_str_is(line->word, "others") && !read_number(line->text, &topic->others))
        report(self, "S004", att_line_place(self->block, line), "'others' wants a number from 1 to 999999");
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
    uint32_t count = 0;
    for (size_t start = 0, end; start <= text.length; start = end + 1) {
        for (end = start; end < text.length && text.data[end] != '+'; end++)
            ;
        att_str code = att_str_slice(text, start, end);
        bool known = att_map_find(&self->codes, code) != ATT_NONE;
        att_place place = place_at(self, text_at + (uint32_t)start, code);
        if (!known) unknown(self, ATT_WARNING, place, "actor", code, self->codes.items, self->codes.count);
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
    if (number == ATT_NONE) unknown(self, ATT_WARNING, place_at(self, at, topic), "topic", topic, ids->items, ids->count);
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
        else report(self, "S015", place_at(self, at, form), "an empty theme; write one between two '|'");
    }
}

/* The text between the quotation marks behind the view's name. */
static att_str view_label(const topic_reader *self)
{
    att_str head = self->block->head;
    const char *quote = memchr(head.data, '"', head.length);
    size_t start = quote ? (size_t)(quote - head.data) + 1 : 0;
    if (quote && head.length > start && head.data[head.length - 1] == '"') return att_str_slice(head, start, head.length - 1);
    report(self, "S004", att_head_place(self->block), "a view wants a name and a title: view dprk-threats \"DPRK threats\"");
    return (att_str){ 0 };
}

static void read_view(topic_reader *self, const att_lines_block *block)
{
    static const char *const words[] = { "any", "all" };
    self->block = block;
    att_view view = { .name = block->name, .label = view_label(self), .place = att_head_place(block) };
    for (int i = 0; i < 2; i++) {
        const att_line *line = NULL;
        view.first[i] = self->topics->view_themes.count;
        for (self->block = block; att_block_next(self->blocks, &self->block, &line);)
            if (att_str_is(line->word, words[i])) read_view_themes(self, line);
        view.count[i] = self->topics->view_themes.count - view.first[i];
    }
    if (!view.count[0] && !view.count[1])
        report(self, "S004", view.place, "view '%.*s' names no theme; write them behind 'any' or 'all'",
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

static void read_setting(const topic_reader *self, const att_line *line)
{
    const struct {
        const char *name;
        uint32_t *number;
    } settings[] = {
        { "max-topics", &self->topics->max_topics },
        { "distinct-triggers", &self->topics->distinct_triggers },
        { "words-per-mention", &self->topics->words_per_mention },
        { "percent-of-best", &self->topics->percent_of_best },
    };
    enum { SETTINGS = sizeof settings / sizeof *settings };
    att_str rest = line->text, name, value, names[SETTINGS];
    uint32_t rest_at = line->text_at, at, value_at, number;
    att_next_word(&rest, &rest_at, &name, &at);
    for (int i = 0; i < SETTINGS; i++) {
        names[i] = att_str_of(settings[i].name);
        if (!att_str_equal(name, names[i])) continue;
        att_next_word(&rest, &rest_at, &value, &value_at);
        if (read_number(value, &number)) *settings[i].number = number;
        else
            report(self, "S004", att_line_place(self->block, line), "'set %s' wants a number from 1 to 999999",
                   settings[i].name);
        return;
    }
    unknown(self, ATT_ERROR, place_at(self, at, name), "setting", name, names, SETTINGS);
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
            att_map_add(&self->codes, entry->more->code);
    }
}

void att_topics_read(att_topics *self, const att_blocks *blocks, const att_entries *entries, att_lexicon *lexicon)
{
    *self = (att_topics){ .max_topics = 6, .distinct_triggers = 2, .words_per_mention = 200, .percent_of_best = 15 };
    topic_reader reader = { .topics = self, .blocks = blocks, .entries = entries, .arena = blocks->arena };
    att_map_init(&self->ids, blocks->arena);
    att_map_init(&reader.stems, blocks->arena);
    att_map_init(&reader.spellings, blocks->arena);
    att_map_init(&reader.codes, blocks->arena);
    att_names_init(&self->names, lexicon, blocks->arena);
    self->names.trie = ATT_TRIE_TRIGGERS;
    list_codes(&reader);
    each(&reader, ATT_BLOCK_PACK, read_pack);
    each(&reader, ATT_BLOCK_TOPIC, read_topic);
    each(&reader, ATT_BLOCK_VIEW, read_view);
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

/* ---- finding ---- */

/* Chooses among hits that overlap, one with the next; what belongs to tokens is counted from the first of them. */
typedef struct {
    const att_topics *topics;
    const att_document *doc;
    const att_vocabulary *vocabulary;
    att_arena *arena;
    uint32_t first;  /* token */
    bool *taken;     /* by token: a trigger was accepted there */
    uint32_t *heads; /* by token: the blockers that touch it, index plus one */
    struct {
        struct {
            uint32_t topic, next;
        } * items;
        uint32_t count, capacity;
    } blockers;
    att_topic_hits accepted; /* place by place as they were chosen; of one place by trigger */
} hit_chooser;

static bool is_taken(const hit_chooser *self, const att_hit *hit)
{
    for (uint32_t token = hit->first; token <= hit->last; token++)
        if (self->taken[token - self->first]) return true;
    return false;
}

static bool is_blocked(const hit_chooser *self, const att_hit *hit, uint32_t topic)
{
    for (uint32_t token = hit->first; token <= hit->last; token++)
        for (uint32_t i = self->heads[token - self->first]; i; i = self->blockers.items[i - 1].next)
            if (self->blockers.items[i - 1].topic == topic) return true;
    return false;
}

static void block(hit_chooser *self, const att_hit *hit, uint32_t topic)
{
    for (uint32_t token = hit->first; token <= hit->last; token++) {
        uint32_t *head = &self->heads[token - self->first];
        ATT_RESERVE(self->arena, &self->blockers, 1);
        self->blockers.items[self->blockers.count].topic = topic;
        self->blockers.items[self->blockers.count].next = *head;
        *head = ++self->blockers.count;
    }
}

/* Adds the trigger to the topics of the hit's place, which are those from `first` on: its topic's other kinds there are joined
 * with it. */
static void accept(const att_topics *self, att_arena *arena, const att_hit *hit, uint32_t trigger, att_topic_hits *out,
                   uint32_t first)
{
    const att_trigger *known = &self->triggers.items[trigger];
    att_topic_hit made = { hit->start, hit->end, { hit->first, hit->last + 1 }, known->topic, trigger, known->kind };
    uint32_t at = first;
    while (at < out->count && out->items[at].topic != known->topic) at++;
    ATT_RESERVE(arena, out, 1);
    if (at == out->count) {
        out->count++;
    } else {
        made.kinds |= out->items[at].kinds;
        if (out->items[at].trigger < trigger) made.trigger = out->items[at].trigger;
    }
    for (; at > first && out->items[at - 1].trigger > made.trigger; at--) out->items[at] = out->items[at - 1];
    out->items[at] = made;
}

/* Whether the node's forms fit wherever it stands, and none is a blocker. */
static bool is_sure(const att_names *names, uint32_t node)
{
    for (uint32_t f = names->nodes.items[node]; f != ATT_NONE; f = names->forms.items[f].next)
        if (names->forms.items[f].flags & ATT_FORM_BLOCKS || !(names->forms.items[f].flags & ATT_FORM_ANY_CASE)) return false;
    return true;
}

static void fill_sure(att_topics *self, att_arena *arena)
{
    const att_names *names = &self->names;
    const att_hit anywhere = { 0 };
    att_topic_hits hits = { 0 };
    self->sure_at = att_arena_alloc(arena, sizeof *self->sure_at * (names->nodes.count + 1));
    for (uint32_t node = 0; node < names->nodes.count; node++) {
        self->sure_at[node] = self->sure.count;
        hits.count = 0;
        for (uint32_t f = is_sure(names, node) ? names->nodes.items[node] : (uint32_t)ATT_NONE; f != ATT_NONE;
             f = names->forms.items[f].next)
            accept(self, arena, &anywhere, names->forms.items[f].owner, &hits, 0);
        ATT_RESERVE(arena, &self->sure, hits.count);
        for (uint32_t i = 0; i < hits.count; i++)
            self->sure.items[self->sure.count++] =
                (att_sure_topic){ hits.items[i].topic, hits.items[i].trigger, hits.items[i].kinds };
    }
    self->sure_at[names->nodes.count] = self->sure.count;
}

void att_topics_fill(att_topics *self, const att_layer *layer, att_arena *arena)
{
    fill_fields(self, layer, arena);
    fill_sure(self, arena);
}

/* Blockers first, so that one bars a trigger of its topic that has the same words. Returns how many triggers were accepted. */
static uint32_t choose_hit(hit_chooser *self, const att_hit *hit)
{
    const att_names *names = &self->topics->names;
    const att_form *forms = names->forms.items;
    uint32_t first = self->accepted.count;
    for (uint32_t f = hit->form; f != ATT_NONE; f = att_names_fitting(names, forms[f].next, self->doc, self->vocabulary, hit))
        if (forms[f].flags & ATT_FORM_BLOCKS) block(self, hit, self->topics->triggers.items[forms[f].owner].topic);
    if (is_taken(self, hit)) return 0;
    for (uint32_t f = hit->form; f != ATT_NONE; f = att_names_fitting(names, forms[f].next, self->doc, self->vocabulary, hit))
        if (!(forms[f].flags & ATT_FORM_BLOCKS) && !is_blocked(self, hit, self->topics->triggers.items[forms[f].owner].topic))
            accept(self->topics, self->arena, hit, forms[f].owner, &self->accepted, first);
    uint32_t count = self->accepted.count - first;
    for (uint32_t token = hit->first; count && token <= hit->last; token++) self->taken[token - self->first] = true;
    return count;
}

/* The numbers of the hits by length, the longest first; equals in text order. */
static uint32_t *longest_first(att_arena *arena, uint32_t longest, const att_hit *hits, uint32_t count)
{
    uint32_t *places = att_arena_zero(arena, (size_t)longest + 1, sizeof *places), next = 0;
    uint32_t *sorted = att_arena_alloc(arena, sizeof *sorted * count);
    for (uint32_t i = 0; i < count; i++) places[hits[i].length]++;
    for (uint32_t length = longest + 1; length-- > 0;) {
        uint32_t here = places[length];
        places[length] = next;
        next += here;
    }
    for (uint32_t i = 0; i < count; i++) sorted[places[hits[i].length]++] = i;
    return sorted;
}

/* Hits that overlap, one with the next. */
typedef struct {
    const att_hit *hits, *longest; /* the first of the longest */
    uint32_t count, last;          /* the last token that one touches */
} hit_cluster;

static hit_cluster next_cluster(const att_hit *hits, uint32_t count)
{
    hit_cluster out = { hits, hits, 1, hits->last };
    for (; out.count < count && hits[out.count].first <= out.last; out.count++) {
        const att_hit *hit = &hits[out.count];
        if (hit->last > out.last) out.last = hit->last;
        if (hit->length > out.longest->length) out.longest = hit;
    }
    return out;
}

static void choose_among(const att_topics *self, const att_document *doc, const att_vocabulary *vocabulary,
                         const hit_cluster *cluster, att_topic_hits *out)
{
    typedef struct {
        uint32_t first, count;
    } accepted_range;
    att_arena *arena = doc->arena;
    const att_hit *hits = cluster->hits;
    uint32_t count = cluster->count, tokens = cluster->last + 1 - hits->first;
    const uint32_t *order = longest_first(arena, self->names.longest, hits, count);
    accepted_range *ranges = att_arena_alloc(arena, sizeof *ranges * count);
    hit_chooser chooser = { .topics = self, .doc = doc, .vocabulary = vocabulary, .arena = arena, .first = hits->first };
    chooser.taken = att_arena_zero(arena, tokens, sizeof *chooser.taken);
    chooser.heads = att_arena_zero(arena, tokens, sizeof *chooser.heads);
    for (uint32_t i = 0; i < count; i++) {
        ranges[order[i]].first = chooser.accepted.count;
        ranges[order[i]].count = choose_hit(&chooser, &hits[order[i]]);
    }
    ATT_RESERVE(arena, out, chooser.accepted.count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t h = 0; h < ranges[i].count; h++) out->items[out->count++] = chooser.accepted.items[ranges[i].first + h];
    const void *const done[] = { order, ranges, chooser.taken, chooser.heads, chooser.blockers.items, chooser.accepted.items };
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) att_arena_free(arena, done[i]);
}

/* Takes what the node of the hit surely says; false when it says nothing so. */
static bool take_sure(const att_topics *self, att_arena *arena, const att_hit *hit, att_topic_hits *out)
{
    const att_sure_topic *sure = &self->sure.items[self->sure_at[hit->node]],
                         *end = &self->sure.items[self->sure_at[hit->node + 1]];
    ATT_RESERVE(arena, out, (uint32_t)(end - sure));
    for (const att_sure_topic *at = sure; at < end; at++) {
        __builtin_prefetch(&self->triggers.items[at->trigger].line);
        out->items[out->count++] =
            (att_topic_hit){ hit->start, hit->end, { hit->first, hit->last + 1 }, at->topic, at->trigger, at->kinds };
    }
    return sure < end;
}

/* Takes the longest hit of a cluster alone; false when it leaves a token to others or has a blocker among its triggers. */
static bool take_longest(const att_topics *self, const att_document *doc, const att_vocabulary *vocabulary,
                         const hit_cluster *cluster, att_topic_hits *out)
{
    const att_names *names = &self->names;
    const att_hit *hit = cluster->longest;
    if (hit->first > cluster->hits->first || hit->last < cluster->last) return false;
    if (take_sure(self, doc->arena, hit, out)) return true;
    uint32_t first = out->count;
    for (uint32_t f = hit->form; f != ATT_NONE;) {
        const att_form *form = &names->forms.items[f];
        if (form->flags & ATT_FORM_BLOCKS) {
            out->count = first;
            return false;
        }
        accept(self, doc->arena, hit, form->owner, out, first);
        f = att_names_fitting(names, form->next, doc, vocabulary, hit);
    }
    return true;
}

/* Fetches what the nodes of the hits surely say, which lies far away; where it lies was fetched before. */
static void fetch_sure(const att_topics *self, const att_hits *hits)
{
    for (uint32_t i = 0; i < hits->count; i++) __builtin_prefetch(&self->sure.items[self->sure_at[hits->items[i].node]]);
}

static bool leaves_out(const att_hit_filter *self, const att_hit *hit)
{
    return self && self->tokens[hit->first / 64] >> hit->first % 64 & 1 && self->leaves_out(self->context, hit);
}

/* Without hits in boilerplate and those that the caller leaves out. Hits are in text order. */
static void thin_out(const att_topics *self, const att_document *doc, const att_hit_filter *filter, att_hits *hits)
{
    const att_paragraph *paragraph = doc->paragraphs.items;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hits->count; i++) {
        const att_hit *hit = &hits->items[i];
        while (paragraph->end < hit->end) paragraph++;
        if (paragraph->kind == ATT_ZONE_BOILERPLATE || paragraph->kind == ATT_ZONE_METADATA) continue;
        if (leaves_out(filter, hit)) continue;
        __builtin_prefetch(&self->sure_at[hit->node]);
        hits->items[kept++] = *hit;
    }
    hits->count = kept;
}

void att_topics_find(const att_topics *self, att_document *doc, const att_vocabulary *vocabulary, const att_hit_filter *filter,
                     att_topic_hits *hits)
{
    att_hits found = { 0 };
    if (!self->triggers.count) return;
    att_names_find(&self->names, doc, vocabulary, &found);
    thin_out(self, doc, filter, &found);
    fetch_sure(self, &found);
    for (uint32_t i = 0; i < found.count;) {
        hit_cluster cluster = next_cluster(&found.items[i], found.count - i);
        if (!take_longest(self, doc, vocabulary, &cluster, hits)) choose_among(self, doc, vocabulary, &cluster, hits);
        i += cluster.count;
    }
    att_arena_free(doc->arena, found.items);
}

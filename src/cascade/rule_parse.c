#include "cascade/rule_parse.h"

#include <stdlib.h>

#include "cascade/rule_pattern.h"
#include "cascade/rule_value.h"
#include "knowledge/overlay.h"

enum { MOST_ITEMS = 30, MOST_CONDITIONS = 16, MOST_SUGGESTIONS = 200 };

/* The parts of an expand block, put together when all are read. */
enum { LEAD, ITEM, SEP, FINAL, CHILD, PART_COUNT };
static const char *const part_names[PART_COUNT] = { "lead", "item", "sep", "final", "child" };

typedef struct {
    att_rule_room *room;
    att_rule *rule;
    att_rule_line line; /* keeps what belongs to the whole rule */
    const att_lines_block *block;
    const att_line *source_line;
    att_pattern *parts[PART_COUNT];
    uint64_t weights[PART_COUNT];
    att_condition *where;
    uint32_t conditions;
    bool broken;   /* by a line that can't be read, so that what lacks is not its own finding */
    uint32_t seen; /* bit set of the words met, by their index in the table below */
} rule_reader;

static void report(rule_reader *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(rule_reader *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->room->knowledge->diags, ATT_ERROR, code, place, format, arguments);
    va_end(arguments);
    self->broken = true;
}

/* ---- words of lines that are no patterns ---- */

typedef struct {
    att_str rest;
    uint32_t at;
} word_cursor;

/* The next word of the line and its place. */
static bool next_word(const rule_reader *self, word_cursor *cursor, att_str *word, att_place *place)
{
    uint32_t at;
    if (!att_next_word(&cursor->rest, &cursor->at, word, &at)) return false;
    *place = (att_place){ self->block->file->source, at, at + (uint32_t)word->length };
    return true;
}

static word_cursor words_of_line(const rule_reader *self)
{
    return (word_cursor){ self->source_line->text, self->source_line->text_at };
}

/* The index of the word in a closed set, or ATT_NONE with C01 or S004. */
static uint32_t one_of(rule_reader *self, const char *what, att_str word, att_place place, const char *const *words,
                       uint32_t count)
{
    att_str names[16] = { { 0 } };
    for (uint32_t i = 0; i < count; i++) {
        names[i] = att_str_of(words[i]);
        if (att_str_equal(names[i], word)) return i;
    }
    att_str near = att_str_nearest(word, names, count);
    att_buf hint = { .arena = self->room->arena };
    if (near.data) att_buf_format(&hint, "; did you mean '%.*s'?", ATT_STR_ARG(near));
    for (uint32_t i = 0; i < count && !near.data; i++) att_buf_format(&hint, "%s%s", i ? ", " : "; there is ", words[i]);
    report(self, "S004", place, "'%.*s' is not a %s%.*s", ATT_STR_ARG(word), what, ATT_STR_ARG(att_buf_str(&hint)));
    return ATT_NONE;
}

static void start_line(rule_reader *self)
{
    att_rule_line_start(&self->line, self->block->file->source, self->source_line->text, self->source_line->text_at);
}

static void end_line(rule_reader *self)
{
    self->broken = self->broken || self->line.findings;
}

/* The layers that the line names, as a bit set. */
static uint32_t layer_set(rule_reader *self)
{
    uint32_t set = 0;
    start_line(self);
    while (self->line.symbol.kind != ATT_SYMBOL_END) {
        uint32_t layer = att_rule_read_layer(&self->line);
        if (layer != ATT_NONE) set |= 1u << layer;
    }
    end_line(self);
    return set;
}

/* ---- lines ---- */

static void read_stage(rule_reader *self)
{
    const att_pipeline *pipeline = &self->room->knowledge->pipeline;
    att_str names[ATT_MAX_STAGES], name = att_str_trim(self->source_line->text);
    att_place place = att_line_place(self->block, self->source_line);
    self->rule->stage_place = place;
    for (uint32_t i = 0; i < pipeline->count; i++) {
        names[i] = pipeline->stages[i].name;
        if (att_str_equal(names[i], name)) self->rule->stage = i;
    }
    if (self->rule->stage != ATT_NONE) return;
    start_line(self);
    att_rule_line_unknown(&self->line, "stage", name, place, names, pipeline->count);
    end_line(self);
}

static att_pattern *read_pattern(rule_reader *self)
{
    start_line(self);
    att_pattern *pattern = att_rule_read_pattern(&self->line);
    end_line(self);
    return pattern;
}

static void read_match(rule_reader *self)
{
    self->rule->pattern = read_pattern(self);
}

/* The items of an array with room for one more behind them, zero: most rules have none or one. */
static void *longer(const rule_reader *self, const void *items, uint32_t count, size_t size)
{
    void *made = att_arena_zero(self->room->arena, count + 1, size);
    if (count) memcpy(made, items, count * size);
    return made;
}

static void read_context(rule_reader *self)
{
    static const char *const words[] = { [ATT_PRECEDED] = "preceded-by",
                                         [ATT_FOLLOWED] = "followed-by",
                                         [ATT_NOT_PRECEDED] = "not-preceded-by",
                                         [ATT_NOT_FOLLOWED] = "not-followed-by" };
    att_rule *rule = self->rule;
    att_context_kind kind = ATT_PRECEDED;
    while (!att_str_is(self->source_line->word, words[kind])) kind++;
    if (rule->context_count == ATT_MAX_CONTEXTS) {
        report(self, "S021", att_line_word_place(self->block, self->source_line), "more than %d contexts", ATT_MAX_CONTEXTS);
        return;
    }
    self->line.in_context = true;
    self->line.captures_refused = kind == ATT_NOT_PRECEDED || kind == ATT_NOT_FOLLOWED;
    att_pattern *pattern = read_pattern(self);
    self->line.in_context = self->line.captures_refused = false;
    rule->contexts = longer(self, rule->contexts, rule->context_count, sizeof *rule->contexts);
    rule->contexts[rule->context_count++] =
        (att_context){ .kind = kind, .pattern = pattern, .line = att_line_number(self->block, self->source_line) };
}

static void read_part(rule_reader *self)
{
    int part = 0;
    while (!att_str_is(self->source_line->word, part_names[part])) part++;
    uint64_t before = self->line.weight;
    self->parts[part] = read_pattern(self);
    self->weights[part] = self->line.weight - before;
}

static void add_region(rule_reader *self, att_region region)
{
    att_rule *rule = self->rule;
    rule->regions = longer(self, rule->regions, rule->region_count, sizeof *rule->regions);
    rule->regions[rule->region_count++] = region;
}

static void read_region(rule_reader *self)
{
    static const char *const words[] = {
        [ATT_IN_SENTENCE] = "sentence", [ATT_IN_CLAUSE] = "clause",   [ATT_IN_TITLE] = "title",
        [ATT_IN_QUOTE] = "quote",       [ATT_IN_BRACKET] = "bracket", [ATT_IN_BOILERPLATE] = "boilerplate"
    };
    att_str word = self->source_line->text;
    att_place place = att_line_place(self->block, self->source_line);
    att_region region = { .layer = ATT_NONE, .not = att_str_is(self->source_line->word, "not-inside"), .place = place };
    if (self->rule->region_count == ATT_MAX_REGIONS) {
        report(self, "S021", place, "more than %d regions", ATT_MAX_REGIONS);
    } else if (att_is_layer(word)) {
        start_line(self);
        region.kind = ATT_IN_LAYER;
        region.layer = att_rule_read_layer(&self->line);
        end_line(self);
        add_region(self, region);
    } else {
        uint32_t kind = one_of(self, "region", word, place, words, sizeof words / sizeof *words);
        if (kind != ATT_NONE) region.kind = (att_region_kind)kind;
        add_region(self, region);
    }
}

static void read_condition(rule_reader *self)
{
    bool alias = self->rule->kind == ATT_RULE_ALIAS;
    if (self->conditions++ == MOST_CONDITIONS) {
        report(self, "S021", att_line_word_place(self->block, self->source_line), "more than %d conditions", MOST_CONDITIONS);
        return;
    }
    if (self->conditions > MOST_CONDITIONS) return;
    start_line(self);
    att_condition *made = att_rule_read_condition(&self->line, alias);
    end_line(self);
    self->where = att_condition_join(self->room, alias ? ATT_IF_OR : ATT_IF_AND, self->where, made);
}

static void read_make(rule_reader *self)
{
    att_rule *rule = self->rule;
    if (rule->make_count == ATT_MAX_MAKES) {
        report(self, "S021", att_line_word_place(self->block, self->source_line), "more than %d makes", ATT_MAX_MAKES);
        return;
    }
    start_line(self);
    rule->makes = longer(self, rule->makes, rule->make_count, sizeof *rule->makes);
    att_make *make = &rule->makes[rule->make_count++];
    att_rule_read_make(&self->line, make);
    make->line = att_line_number(self->block, self->source_line);
    end_line(self);
}

static void read_block(rule_reader *self)
{
    self->rule->blocks |= layer_set(self);
}

static void read_tier(rule_reader *self)
{
    static const char *const tiers[] = {
        [ATT_TIER_FALLBACK] = "fallback", [ATT_TIER_NORMAL] = "normal", [ATT_TIER_OVERRIDE] = "override"
    };
    uint32_t tier = one_of(self, "tier", self->source_line->text, att_line_place(self->block, self->source_line), tiers, 3);
    if (tier != ATT_NONE) self->rule->tier = (att_tier)tier;
}

/* The text of `each`: a form with {item} in it. */
static void read_each(rule_reader *self)
{
    start_line(self);
    const char *hole;
    att_str text = self->line.symbol.text;
    if (self->line.symbol.kind != ATT_SYMBOL_STRING) {
        att_rule_line_unexpected(&self->line, "a form in '\"' with {item} in it");
    } else if (!(hole = memmem(text.data, text.length, "{item}", 6))
               || memmem(hole + 6, text.length - (size_t)(hole + 6 - text.data), "{item}", 6)) {
        att_rule_line_fail(&self->line, "S004", self->line.symbol.place, "the form has {item} once: \"Department of {item}\"");
    } else {
        self->rule->each = text;
        att_rule_line_advance(&self->line);
        if (self->line.symbol.kind != ATT_SYMBOL_END) att_rule_line_unexpected(&self->line, "nothing behind the form");
    }
    end_line(self);
}

static void read_of(rule_reader *self)
{
    self->rule->of |= layer_set(self);
}

static void read_form(rule_reader *self)
{
    static const char *const forms[] = { "last-word", "first-word",  "family-name", "bracketed",
                                         "only-word", "first-words", "middle-word", "initials" }; /* bits of ATT_FORM_… */
    word_cursor cursor = words_of_line(self);
    att_str word;
    att_place place;
    while (next_word(self, &cursor, &word, &place)) {
        uint32_t form = one_of(self, "form", word, place, forms, sizeof forms / sizeof *forms);
        if (form != ATT_NONE) self->rule->forms |= 1u << form;
    }
}

static void read_scope(rule_reader *self)
{
    static const char *const scopes[] = {
        [ATT_SCOPE_DOCUMENT] = "document", [ATT_SCOPE_AFTER] = "after", [ATT_SCOPE_PARAGRAPH] = "paragraph"
    };
    uint32_t scope = one_of(self, "scope", self->source_line->text, att_line_place(self->block, self->source_line), scopes, 3);
    if (scope != ATT_NONE) self->rule->scope = (att_scope)scope;
}

/* Which lines there are; in which pass they are read, as values name the captures of patterns; whether one is enough. */
static const struct {
    const char *word;
    int pass;
    bool once;
    void (*read)(rule_reader *);
} line_kinds[] = {
    { "stage", 0, true, read_stage },
    { "match", 0, true, read_match },
    { "preceded-by", 1, false, read_context },
    { "followed-by", 1, false, read_context },
    { "not-preceded-by", 1, false, read_context },
    { "not-followed-by", 1, false, read_context },
    { "lead", 1, true, read_part },
    { "item", 1, true, read_part },
    { "sep", 1, true, read_part },
    { "final", 1, true, read_part },
    { "child", 1, true, read_part },
    { "inside", 1, false, read_region },
    { "not-inside", 1, false, read_region },
    { "block", 1, false, read_block },
    { "tier", 1, true, read_tier },
    { "of", 1, false, read_of },
    { "form", 1, false, read_form },
    { "scope", 1, true, read_scope },
    { "each", 1, true, read_each },
    { "where", 2, false, read_condition },
    { "unless", 2, false, read_condition },
    { "make", 2, false, read_make },
    { "beats", 3, false, NULL }, /* when all rules have their numbers */
};

enum { LINE_KINDS = sizeof line_kinds / sizeof *line_kinds, PASSES = 3 };

static int kind_of_line(att_str word)
{
    int kind = 0;
    while (kind < LINE_KINDS && !att_str_is(word, line_kinds[kind].word)) kind++;
    return kind;
}

static bool saw(const rule_reader *self, const char *word)
{
    return self->seen >> kind_of_line(att_str_of(word)) & 1;
}

static void read_line(rule_reader *self, int pass)
{
    int kind = kind_of_line(self->source_line->word);
    if (kind == LINE_KINDS || line_kinds[kind].pass != pass || !line_kinds[kind].read) return;
    if (line_kinds[kind].once && self->seen >> kind & 1) {
        report(self, "S037", att_line_word_place(self->block, self->source_line), "a second '%s'; one is enough",
               line_kinds[kind].word);
    } else {
        line_kinds[kind].read(self);
    }
    self->seen |= 1u << kind;
}

/* ---- expand ---- */

static att_pattern *sequence(rule_reader *self, att_pattern **children, uint32_t count)
{
    att_pattern *made = att_pattern_new(self->room, ATT_PATTERN_SEQUENCE, children[0]->place), **tail = &made->children;
    for (uint32_t i = 0; i < count; i++) {
        *tail = children[i];
        tail = &(*tail)->next;
    }
    return made;
}

static att_pattern *repeat(rule_reader *self, att_pattern *child, uint32_t most, bool lazy)
{
    att_pattern *made = att_pattern_around(self->room, ATT_PATTERN_REPEAT, child);
    made->most = most;
    made->lazy = lazy;
    return made;
}

/* Words that can be an item or go on with a child are an item: repeats in children take the fewest first. */
static att_pattern *made_lazy(rule_reader *self, const att_pattern *pattern)
{
    att_pattern *copy = att_pattern_again(self->room, pattern), **tail = &copy->children;
    if (copy->kind == ATT_PATTERN_REPEAT) copy->lazy = true;
    for (const att_pattern *child = att_pattern_parts(pattern); child; child = child->next) {
        *tail = made_lazy(self, child);
        tail = &(*tail)->next;
    }
    return copy;
}

/* `before` (or nothing), an item, maybe a child. */
static att_pattern *item_behind(rule_reader *self, const att_pattern *before)
{
    att_pattern *children[3];
    uint32_t count = 0;
    if (before) children[count++] = att_pattern_again(self->room, before);
    children[count++] = att_pattern_again(self->room, self->parts[ITEM]);
    if (self->parts[CHILD]) children[count++] = repeat(self, att_pattern_again(self->room, self->parts[CHILD]), 1, true);
    return sequence(self, children, count);
}

static uint64_t weight_of_list(const rule_reader *self)
{
    uint64_t item = self->weights[ITEM] + self->weights[CHILD] + 4;
    return self->weights[LEAD] + self->weights[FINAL] + 2 * item + MOST_ITEMS * (item + self->weights[SEP]);
}

/* lead item [child] { sep item [child] } final item [child] */
static void put_list_together(rule_reader *self)
{
    for (int part = 0; part < PART_COUNT; part++)
        if (part != SEP && part != CHILD && !self->parts[part]) return;
    if (weight_of_list(self) > ATT_HEAVIEST_PATTERN) {
        report(self, "S034", self->rule->place, "too large a list; %d parts are the most, repeats counted out",
               ATT_HEAVIEST_PATTERN);
        return;
    }
    self->parts[ITEM] = att_pattern_captured(self->room, self->parts[ITEM], self->rule->item);
    self->parts[LEAD] = att_pattern_captured(self->room, self->parts[LEAD], self->rule->lead_end);
    if (self->parts[CHILD]) self->parts[CHILD] = made_lazy(self, self->parts[CHILD]);
    att_pattern *all[4];
    uint32_t count = 0;
    all[count++] = self->parts[LEAD];
    all[count++] = item_behind(self, NULL);
    if (self->parts[SEP]) all[count++] = repeat(self, item_behind(self, self->parts[SEP]), MOST_ITEMS, false);
    all[count++] = item_behind(self, self->parts[FINAL]);
    self->rule->pattern = sequence(self, all, count);
    self->line.weight = weight_of_list(self);
}

/* ---- rules ---- */

static void want_lines(rule_reader *self)
{
    if (self->block->torn) return;
    static const char *const wanted[][6] = {
        [ATT_RULE_MATCH] = { "stage names", "match [cap] \"Office\"", NULL },
        [ATT_RULE_EXPAND] = { "stage chains", "lead \"Ministries\" \"of\"", "item [cap]", "final \"and\"", "make AGENCY",
                              NULL },
        [ATT_RULE_ALIAS] = { "stage aliases", "of AGENCY", "form last-word", NULL },
    };
    att_buf lacks = { .arena = self->room->arena };
    const char *example = NULL;
    for (const char *const *line = wanted[self->rule->kind]; *line; line++) {
        const att_str word = { *line, strcspn(*line, " ") };
        if (self->seen >> kind_of_line(word) & 1) continue;
        att_buf_format(&lacks, "%s'%.*s'", example ? ", " : "", ATT_STR_ARG(word));
        if (!example) example = *line;
    }
    if (self->rule->kind == ATT_RULE_MATCH && !saw(self, "make") && !saw(self, "block")) {
        att_buf_format(&lacks, "%s'make' or 'block'", example ? ", " : "");
        if (!example) example = "make AGENCY";
    }
    if (example)
        report(self, "S036", self->rule->place, "no line %.*s; such as: %s", ATT_STR_ARG(att_buf_str(&lacks)), example);
}

static void read_lines(rule_reader *self, const att_lines_block *block)
{
    for (int pass = 0; pass < PASSES; pass++) {
        const att_lines_block *part = block;
        self->source_line = NULL;
        if (pass == 2 && self->rule->kind == ATT_RULE_EXPAND) put_list_together(self);
        while (att_block_next(&self->room->knowledge->blocks, &part, &self->source_line)) {
            self->block = part;
            read_line(self, pass);
        }
    }
    self->block = block;
}

/* What may stand behind the name in a head: nothing. */
static void check_head(rule_reader *self)
{
    const att_lines_block *block = self->block;
    if (block->head.length > block->name.length)
        report(self, "S030",
               (att_place){ block->file->source, block->head_at + (uint32_t)block->name.length,
                            block->head_at + (uint32_t)block->head.length },
               "a head has one name and nothing behind it");
}

static void read_rule(att_rule_room *room, att_rule *rule)
{
    const att_lines_block *block = rule->block;
    rule_reader self = { .room = room, .rule = rule, .block = block };
    self.line = (att_rule_line){
        .room = room, .block = block, .pack = block->pack, .captures = rule->captures, .capture_count = &rule->capture_count
    };
    check_head(&self);
    if (rule->kind == ATT_RULE_EXPAND) {
        rule->item = att_rule_capture(&self.line, ATT_STR("item"), rule->place);
        rule->lead_end = att_rule_capture(&self.line, ATT_EMPTY, rule->place);
    }
    if (room->weight <= ATT_HEAVIEST_RULES) read_lines(&self, block);
    rule->where = rule->rest = self.where;
    if (rule->kind == ATT_RULE_MATCH) {
        rule->first = att_condition_first(room, self.where);
        rule->rest = att_condition_rest(room, self.where);
        rule->whole = att_condition_whole(room, self.where);
    }
    want_lines(&self);
    bool fitted = room->weight <= ATT_HEAVIEST_RULES;
    room->weight += self.line.weight;
    if (fitted && room->weight > ATT_HEAVIEST_RULES)
        report(&self, "S034", rule->place, "all rules together are too large; %d parts are the most", ATT_HEAVIEST_RULES);
}

static att_str origin_name(att_rule_room *room, const att_lines_block *block)
{
    att_str pack = room->knowledge->blocks.packs.items[block->pack].name;
    return att_str_format(room->arena, "%.*s%s%.*s", ATT_STR_ARG(pack), pack.length ? "/" : "", ATT_STR_ARG(block->name));
}

static void name_rule(att_rule_room *room, const att_lines_block *block, att_rule_kind kind)
{
    att_rules *rules = room->rules;
    ATT_RESERVE(room->arena, &rules->rules, 1);
    rules->rules.items[rules->rules.count++] =
        (att_rule){ .kind = kind,
                    .name = block->name,
                    .origin = { origin_name(room, block), block->file->source },
                    .captures = att_arena_alloc(room->arena, sizeof(att_str) * ATT_MAX_CAPTURES),
                    .block = block,
                    .place = { block->file->source, block->head_at, block->head_at + (uint32_t)block->name.length },
                    .line = att_source_locate(block->file->source, block->head_at).line,
                    .pack = block->pack,
                    .stage = ATT_NONE,
                    .tier = ATT_TIER_NORMAL,
                    .item = ATT_NONE,
                    .lead_end = ATT_NONE };
}

static void name_rules(att_rule_room *room)
{
    const att_blocks *blocks = &room->knowledge->blocks;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->dead) continue;
        if (block->kind == ATT_BLOCK_RULE) name_rule(room, block, ATT_RULE_MATCH);
        else if (block->kind == ATT_BLOCK_EXPAND) name_rule(room, block, ATT_RULE_EXPAND);
        else if (block->kind == ATT_BLOCK_ALIAS) name_rule(room, block, ATT_RULE_ALIAS);
    }
    ATT_TRIM(room->arena, &room->rules->rules);
}

/* ---- beats ---- */

typedef struct {
    rule_reader reader;
    att_map names;   /* of rules and expands */
    uint32_t *first; /* by the number of the name: one rule of it */
    uint32_t *same;  /* by rule: another one of its name, or ATT_NONE */
} beats_reader;

/* The rule that pack `pack` means by the name of number `name`. */
static uint32_t find_rule(const beats_reader *self, uint32_t name, uint32_t pack)
{
    const att_rule_room *room = self->reader.room;
    const att_rule *rules = room->rules->rules.items;
    uint32_t best = self->first[name];
    for (uint32_t i = self->same[best]; i != ATT_NONE; i = self->same[i])
        if (att_pack_nearer(&room->knowledge->blocks, pack, rules[i].block->home, rules[best].block->home)) best = i;
    return best;
}

static void add_beaten(beats_reader *self, att_str word, att_place place)
{
    rule_reader *reader = &self->reader;
    att_rule *rule = reader->rule;
    uint32_t id = att_map_find(&self->names, word);
    if (id == ATT_NONE && att_block_removed(&reader->room->knowledge->blocks, ATT_BLOCK_RULE, word)) return;
    if (id == ATT_NONE) {
        att_rule_line_unknown(&reader->line, "rule", word, place, self->names.items, self->names.count);
        return;
    }
    uint32_t beaten = find_rule(self, id, reader->line.pack);
    att_rule_sees(&reader->line, reader->room->rules->rules.items[beaten].block->home, "rule", word, place);
    if (!rule->beats) rule->beats = att_arena_alloc(reader->room->arena, sizeof *rule->beats * ATT_MAX_BEATS);
    if (rule->beat_count == ATT_MAX_BEATS)
        att_rule_line_fail(&reader->line, "S021", place, "more than %d rules beaten", ATT_MAX_BEATS);
    else rule->beats[rule->beat_count++] = beaten;
}

static void read_beats(beats_reader *self, att_rule *rule)
{
    rule_reader *reader = &self->reader;
    const att_lines_block *block = rule->block;
    reader->rule = rule;
    reader->source_line = NULL;
    reader->line = (att_rule_line){
        .room = reader->room, .pack = block->pack, .captures = rule->captures, .capture_count = &rule->capture_count
    };
    while (att_block_next(&reader->room->knowledge->blocks, &block, &reader->source_line)) {
        reader->block = block;
        if (!att_str_is(reader->source_line->word, "beats")) continue;
        att_str word;
        att_place place;
        word_cursor cursor = words_of_line(reader);
        while (reader->line.findings < 10 && next_word(reader, &cursor, &word, &place)) add_beaten(self, word, place);
    }
}

static void read_all_beats(att_rule_room *room)
{
    att_rules *rules = room->rules;
    beats_reader self = { .reader = { .room = room } };
    att_map_init(&self.names, room->arena);
    self.first = att_arena_alloc(room->arena, sizeof *self.first * (rules->rules.count + 1));
    self.same = att_arena_alloc(room->arena, sizeof *self.same * (rules->rules.count + 1));
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        if (rules->rules.items[i].kind == ATT_RULE_ALIAS) continue;
        uint32_t known = self.names.count, name = att_map_add(&self.names, rules->rules.items[i].name);
        self.same[i] = name < known ? self.first[name] : (uint32_t)ATT_NONE;
        self.first[name] = i;
    }
    for (uint32_t i = 0; i < rules->rules.count; i++) read_beats(&self, &rules->rules.items[i]);
}

/* ---- rank ---- */

typedef struct {
    uint32_t pack; /* its place in loading order */
    att_str name;
    att_rule_kind kind;
    att_rule *rule;
} ranked_rule;

static int by_pack_and_name(const void *left, const void *right)
{
    const ranked_rule *a = left, *b = right;
    if (a->pack != b->pack) return a->pack < b->pack ? -1 : 1;
    int order = att_str_compare(a->name, b->name);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static void rank_rules(att_rule_room *room)
{
    att_rules *rules = room->rules;
    uint32_t count = rules->rules.count;
    ranked_rule *order = att_arena_alloc(room->arena, sizeof *order * (count + 1));
    for (uint32_t i = 0; i < count; i++) {
        att_rule *rule = &rules->rules.items[i];
        order[i] = (ranked_rule){ room->knowledge->blocks.packs.items[rule->pack].rank, rule->name, rule->kind, rule };
    }
    if (count) qsort(order, count, sizeof *order, by_pack_and_name);
    for (uint32_t i = 0; i < count; i++) order[i].rule->rank = i;
}

/* ---- room ---- */

static void *copy(att_rule_room *room, const void *bytes, size_t size)
{
    return size ? memcpy(att_arena_alloc(room->arena, size), bytes, size) : NULL;
}

/* Leaves rules and phrases just what they have. */
static void trim(att_rule_room *room)
{
    att_rules *rules = room->rules;
    for (uint32_t i = 0; i < rules->rules.count; i++) {
        att_rule *rule = &rules->rules.items[i];
        rule->captures = copy(room, rule->captures, sizeof *rule->captures * rule->capture_count);
        rule->beats = copy(room, rule->beats, sizeof *rule->beats * rule->beat_count);
    }
    for (uint32_t i = 0; i < rules->phrases.count; i++) {
        att_rule_phrase *phrase = &rules->phrases.items[i];
        phrase->captures = copy(room, phrase->captures, sizeof *phrase->captures * phrase->capture_count);
    }
    ATT_TRIM(room->arena, &rules->phrases);
}

void att_rules_read(att_rules *self, att_knowledge *knowledge)
{
    *self = (att_rules){ 0 };
    att_rule_room room = { .rules = self, .knowledge = knowledge, .arena = knowledge->arena, .suggestions = MOST_SUGGESTIONS };
    room.words = att_arena_alloc(room.arena, sizeof *room.words);
    room.words->arena = room.arena;
    att_map_init(&room.phrase_names, room.arena);
    att_map_init(&room.regex_texts, room.arena);
    att_rule_find_phrases(&room);
    name_rules(&room);
    for (uint32_t i = 0; i < self->rules.count; i++) read_rule(&room, &self->rules.items[i]);
    att_rule_read_phrases(&room);
    read_all_beats(&room);
    rank_rules(&room);
    trim(&room);
}

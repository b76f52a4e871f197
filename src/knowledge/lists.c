#include "knowledge/lists.h"

#include "knowledge/offices.h"
#include "knowledge/overlay.h"

static const char boilerplate_list[] = "boilerplate";

const char *const att_profile_list_names[ATT_PROFILE_LIST_COUNT] = {
#define X(id, name) name,
    ATT_PROFILE_LISTS(X)
#undef X
};

static const char *const program_list_names[ATT_PROGRAM_LIST_COUNT] = {
#define X(id, name) name,
    ATT_PROGRAM_LISTS(X)
#undef X
};

typedef struct {
    att_phrase_lists *lists;
    const att_blocks *blocks;
    const att_rule_files *files;
    att_names *names; /* of the entries */
    att_arena *arena;
    const att_lines_block *block; /* the one whose line is read */
    uint32_t list, next;          /* the list that is read, and the one after it */
    bool first;                   /* of two passes: words for the text floor */
    att_list_visitor *visit;      /* takes the phrases instead, in a pass of its own */
    void *user;
} list_reader;

static void report(const list_reader *self, const char *code, uint32_t at, size_t length, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void report(const list_reader *self, const char *code, uint32_t at, size_t length, const char *format, ...)
{
    if (self->first) return; /* the second pass meets it again */
    self->lists->lists.items[self->list].broken = true;
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->blocks->diags, ATT_ERROR, code, (att_place){ self->block->file->source, at, at + (uint32_t)length },
                    format, arguments);
    va_end(arguments);
}

uint32_t att_lists_find(const att_phrase_lists *self, const att_blocks *blocks, att_str name, uint32_t pack)
{
    uint32_t best = ATT_NONE, number = att_map_find(&self->by_name, name);
    if (number == ATT_NONE) return ATT_NONE;
    for (uint32_t i = self->first_of[number]; i != ATT_NONE; i = self->lists.items[i].same)
        if (best == ATT_NONE
            || att_pack_nearer(blocks, pack, self->lists.items[i].block->home, self->lists.items[best].block->home))
            best = i;
    return best;
}

uint32_t att_lists_any(const att_phrase_lists *self, att_str name)
{
    uint32_t number = att_map_find(&self->by_name, name);
    return number == ATT_NONE ? (uint32_t)ATT_NONE : self->first_of[number];
}

/* ---- phrases ---- */

/* Whether one token can be the phrase: it has no blank, or stands at a hyphen. */
static bool is_one_word(att_str phrase)
{
    return !memchr(phrase.data, ' ', phrase.length);
}

static bool is_simple(att_str phrase)
{
    for (size_t i = 0; i < phrase.length; i++) {
        char c = phrase.data[i], small = c | 0x20;
        if (c != ' ' && !(c >= '0' && c <= '9') && !(small >= 'a' && small <= 'z')) return false;
    }
    return true;
}

/* Whether the phrases of the list, which the program reads, say what others mean. */
static bool has_meanings(const list_reader *self)
{
    const uint32_t *of_program = self->lists->of_program;
    return self->list == of_program[ATT_LIST_TITLE_MEANS] || self->list == of_program[ATT_LIST_NAMES_TOO]
           || self->list == of_program[ATT_LIST_WIRE];
}

/* What the list that is read says already of the text; or null. */
static const att_meaning *meaning_known(const list_reader *self, att_str text)
{
    const att_phrase_lists *lists = self->lists;
    for (uint32_t i = 0; i < lists->meanings.count; i++)
        if (lists->meanings.items[i].list == self->list && att_str_equal(lists->meanings.items[i].text, text))
            return &lists->meanings.items[i];
    return NULL;
}

static void add_meaning(const list_reader *self, att_str phrase, uint32_t at)
{
    att_phrase_lists *lists = self->lists;
    const char *mark = memmem(phrase.data, phrase.length, " = ", 3);
    const size_t end = mark ? (size_t)(mark - phrase.data) : 0;
    const att_str text = att_str_trim(att_str_slice(phrase, 0, end));
    const att_str meaning = mark ? att_str_trim(att_str_slice(phrase, end + 3, phrase.length)) : text;
    if (!text.length || !meaning.length) {
        report(self, "S015", at, phrase.length, "a phrase of this list says what another means: PM = Prime Minister");
        return;
    }
    const att_meaning *known = meaning_known(self, text);
    if (known && !att_str_equal(known->meaning, meaning)) {
        report(self, "S015", at, phrase.length, "the list says already that '%.*s' means '%.*s'", ATT_STR_ARG(text),
               ATT_STR_ARG(known->meaning));
        return;
    }
    ATT_RESERVE(self->arena, &lists->meanings, 1);
    lists->meanings.items[lists->meanings.count++] = (att_meaning){ .text = att_str_copy(self->arena, text),
                                                                    .meaning = att_str_copy(self->arena, meaning),
                                                                    .list = self->list };
    att_list *list = &lists->lists.items[self->list];
    if (!list->meant_end) list->meant = lists->meanings.count - 1;
    list->meant_end = lists->meanings.count;
}

static void add_phrase(const list_reader *self, att_str phrase, uint32_t at)
{
    att_list *list = &self->lists->lists.items[self->list];
    if (self->first) {
        for (int i = 0; i < ATT_WORD_LIST_COUNT; i++)
            if (att_str_is(list->name, att_word_list_names[i]))
                att_lexicon_add_listed(self->names->lexicon, (att_word_list)i, phrase);
        return;
    }
    uint32_t number = att_names_add(&self->lists->names, phrase, att_form_of(self->list, 0, 0));
    if (number == ATT_NONE) {
        report(self, "S015", at, phrase.length, "no phrase: it has a word and at most %d of them", ATT_LONGEST_FORM);
        return;
    }
    if (has_meanings(self)) add_meaning(self, phrase, at);
    uint32_t length = att_form_length(&self->lists->names, &self->lists->names.forms.items[number]);
    if (length > list->longest) list->longest = length;
    bool shorter = !list->sample.length || phrase.length < list->sample.length;
    if (shorter && is_simple(phrase)) list->sample = att_str_copy(self->arena, phrase);
    list->phrases++;
    list->words += is_one_word(phrase);
    if (att_str_is(list->name, boilerplate_list))
        att_names_add(self->names, phrase, att_form_of(ATT_OWNER_BOILERPLATE, ATT_MAX_LAYERS, 0));
}

/* `size`: bytes of the source that say it. */
static void take_phrase(const list_reader *self, att_str phrase, uint32_t at, size_t size)
{
    if (self->visit) self->visit(self->user, self->list, self->block->file, phrase, at, size);
    else add_phrase(self, phrase, at);
}

/* Without the backslashes of "\"" and "\\". */
static att_str unescape(att_arena *arena, att_str text)
{
    if (!memchr(text.data, '\\', text.length)) return text;
    att_buf out = { .arena = arena };
    for (size_t i = 0; i < text.length; i++) {
        bool escape = text.data[i] == '\\' && i + 1 < text.length && (text.data[i + 1] == '"' || text.data[i + 1] == '\\');
        att_buf_byte(&out, text.data[escape ? ++i : i]);
    }
    return att_buf_str(&out);
}

/* Phrases in quotation marks, parted by blanks. */
static void read_quoted(const list_reader *self, att_str text, uint32_t text_at)
{
    for (size_t at = 0; at < text.length;) {
        size_t end = at + 1;
        while (end < text.length && text.data[end] != '"') end += text.data[end] == '\\' ? 2 : 1;
        bool apart = end + 1 >= text.length || text.data[end + 1] == ' ';
        if (text.data[at] != '"' || end >= text.length || !apart) {
            report(self, "S007", text_at + (uint32_t)at, 1, "a quoted phrase wants '\"' at both ends and blanks around it");
            return;
        }
        take_phrase(self, unescape(self->arena, att_str_slice(text, at + 1, end)), text_at + (uint32_t)at, end + 1 - at);
        for (at = end + 1; at < text.length && text.data[at] == ' ';) at++;
    }
}

/* ---- list files ---- */

/* The part of a line before its comment. */
static att_str before_comment(att_str line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] == '#' && (!i || (i >= 2 && line.data[i - 1] == ' ' && line.data[i - 2] == ' ')))
            return att_str_slice(line, 0, i);
    return line;
}

static const att_rule_file *find_file(const list_reader *self, att_str path)
{
    const att_rule_file *own = self->block->file;
    for (uint32_t i = 0; i < self->files->count; i++) {
        const att_rule_file *file = &self->files->items[i];
        if (file->kind == ATT_FILE_LIST && file->overlay == own->overlay && att_str_equal(file->pack, own->pack)
            && att_str_equal(file->name, path))
            return file;
    }
    return NULL;
}

static const char *nearest_file(const list_reader *self, att_str path)
{
    att_str *names = att_arena_alloc(self->arena, sizeof *names * (self->files->count + 1));
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->files->count; i++)
        if (self->files->items[i].kind == ATT_FILE_LIST && att_str_equal(self->files->items[i].pack, self->block->file->pack))
            names[count++] = self->files->items[i].name;
    return att_did_you_mean(self->arena, path, names, count);
}

static void read_file(list_reader *self, att_str path, uint32_t at)
{
    const att_rule_file *file = find_file(self, path);
    if (!file) {
        if (self->first) return;
        report(self, "C01", at, path.length, "no list file of this path in the pack%s", nearest_file(self, path));
        return;
    }
    const att_lines_block *block = self->block;
    att_lines_block of_file = { .file = file };
    self->block = &of_file; /* where findings stand */
    for (uint32_t i = 0; i < file->source->line_count; i++) {
        att_str line = att_str_trim(before_comment(att_source_line(file->source, i + 1)));
        if (line.length) take_phrase(self, line, (uint32_t)(line.data - file->source->text.data), line.length);
    }
    self->block = block;
}

/* ---- holders of offices ---- */

/* The names of a line `holder` that have two words or more. */
static void read_names(list_reader *self, const att_line *line)
{
    att_str rest = att_holder_names(line->text), form;
    uint32_t rest_at = line->text_at, at;
    while (att_next_form(self->arena, &rest, &rest_at, &form, &at))
        if (form.length && !is_one_word(form)) take_phrase(self, form, at, form.length);
}

static void read_holders(list_reader *self)
{
    const att_lines_block *block = self->block;
    if (self->visit) return; /* they are no part of the list */
    for (uint32_t i = 0; i < self->blocks->blocks.count; i++) {
        const att_lines_block *office = &self->blocks->blocks.items[i];
        const att_line *line = NULL;
        if (office->kind != ATT_BLOCK_OFFICE || office->dead) continue;
        for (self->block = office; att_block_next(self->blocks, &self->block, &line);)
            if (att_str_is(line->word, "holder")) read_names(self, line);
    }
    self->block = block;
}

/* ---- blocks ---- */

/* The path in "file lists/x.txt"; null for any other line. */
static att_str path_of(att_str line)
{
    if (!att_str_starts(line, ATT_STR("file "))) return (att_str){ 0 };
    att_str path = att_str_trim(att_str_slice(line, 5, line.length));
    bool is_path = att_str_ends(path, ATT_STR(".txt")) && !memchr(path.data, ' ', path.length);
    return is_path ? path : (att_str){ 0 };
}

/* C15: a phrase that looks like a line of another kind, with a slip in it. In quotation marks it is meant. */
static void tell_slip(const list_reader *self, att_str text, uint32_t at)
{
    static const att_str holders[] = { { "holders of offices", 18 } };
    const char *meant = NULL;
    if ((text.data[0] | 0x20) == 'f' && att_str_starts(att_str_slice(text, 1, text.length), ATT_STR("ile ")))
        meant = "a line 'file' has one path, which ends in .txt";
    else if ((text.data[0] | 0x20) == 'h' && att_str_nearest(text, holders, 1).data)
        meant = "did you mean 'holders of offices'?";
    if (!meant || self->first || self->visit) return;
    att_place place = { self->block->file->source, at, at + (uint32_t)text.length };
    att_report(self->blocks->diags, ATT_WARNING, "C15", place, "taken for a phrase; %s", meant);
}

static void read_line(list_reader *self, const att_line *line)
{
    att_str path = path_of(line->text);
    if (path.data) read_file(self, path, line->text_at + (uint32_t)(path.data - line->text.data));
    else if (att_str_is(line->text, "holders of offices")) read_holders(self);
    else if (line->text.data[0] == '"') read_quoted(self, line->text, line->text_at);
    else {
        tell_slip(self, line->text, line->text_at);
        take_phrase(self, line->text, line->text_at, line->text.length);
    }
}

static void read_list(list_reader *self, const att_lines_block *block)
{
    const att_line *line = NULL;
    self->list = self->next++;
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) read_line(self, line);
}

static bool is_of_program(att_str name)
{
    if (att_str_is(name, boilerplate_list)) return true;
    for (int i = 0; i < ATT_PROGRAM_LIST_COUNT; i++)
        if (att_str_is(name, program_list_names[i])) return true;
    for (int i = 0; i < ATT_WORD_LIST_COUNT; i++)
        if (att_str_is(name, att_word_list_names[i])) return true;
    for (int i = 0; i < ATT_PROFILE_LIST_COUNT; i++)
        if (att_str_is(name, att_profile_list_names[i])) return true;
    return false;
}

static void name_list(list_reader *self, const att_lines_block *block)
{
    att_phrase_lists *lists = self->lists;
    uint32_t known = lists->by_name.count, number = att_map_add(&lists->by_name, block->name);
    ATT_RESERVE(self->arena, &lists->lists, 1);
    lists->lists.items[lists->lists.count] =
        (att_list){ .name = block->name, .block = block, .uses = is_of_program(block->name), .same = ATT_NONE };
    if (number < known) lists->lists.items[lists->lists.count].same = lists->first_of[number];
    lists->first_of[number] = lists->lists.count++;
}

static void each(list_reader *self, void (*work)(list_reader *, const att_lines_block *))
{
    for (uint32_t i = 0; i < self->blocks->blocks.count; i++) {
        const att_lines_block *block = &self->blocks->blocks.items[i];
        if (block->kind == ATT_BLOCK_LIST && !block->dead) work(self, block);
    }
}

static att_str file_key(const list_reader *self, const att_rule_file *of, att_str path)
{
    return att_str_format(self->arena, "%d%.*s/%.*s", of->overlay, ATT_STR_ARG(of->pack), ATT_STR_ARG(path));
}

/* C02: files of packs that were added which no list names, not even one that was taken away. In a whole set of rules such a
 * file may be what others are generated from. */
static void tell_unnamed(const list_reader *self)
{
    att_map named;
    att_map_init(&named, self->arena);
    for (uint32_t i = 0; i < self->blocks->blocks.count; i++) {
        const att_lines_block *block = &self->blocks->blocks.items[i];
        const att_line *line = NULL;
        while (block->kind == ATT_BLOCK_LIST && att_block_next(self->blocks, &block, &line))
            if (path_of(line->text).data) att_map_add(&named, file_key(self, block->file, path_of(line->text)));
    }
    for (uint32_t i = 0; i < self->files->count; i++) {
        const att_rule_file *file = &self->files->items[i];
        if (file->kind != ATT_FILE_LIST || !file->overlay || att_map_find(&named, file_key(self, file, file->name)) != ATT_NONE)
            continue;
        att_report(self->blocks->diags, ATT_WARNING, "C02", (att_place){ file->source, 0, 0 },
                   "not read: no list of the pack has a line 'file %.*s'", ATT_STR_ARG(file->name));
    }
}

static uint32_t count_lists(const att_blocks *blocks)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) count += blocks->blocks.items[i].kind == ATT_BLOCK_LIST;
    return count;
}

void att_lists_read(att_phrase_lists *self, const att_blocks *blocks, const att_rule_files *files, att_names *names)
{
    *self = (att_phrase_lists){ 0 };
    att_map_init(&self->by_name, blocks->arena);
    att_names_init(&self->names, names->lexicon, blocks->arena);
    self->names.trie = ATT_TRIE_LISTS;
    list_reader reader = { .lists = self, .blocks = blocks, .files = files, .names = names, .arena = blocks->arena };
    self->first_of = att_arena_alloc(blocks->arena, sizeof *self->first_of * (count_lists(blocks) + 1));
    each(&reader, name_list);
    for (int i = 0; i < ATT_PROGRAM_LIST_COUNT; i++)
        self->of_program[i] = att_lists_any(self, att_str_of(program_list_names[i]));
    reader.first = true;
    each(&reader, read_list);
    reader.first = false;
    reader.next = 0;
    each(&reader, read_list);
    tell_unnamed(&reader);
    att_names_close(&self->names);
}

void att_lists_visit(const att_blocks *blocks, const att_rule_files *files, att_arena *arena, att_list_visitor *visit,
                     void *user)
{
    list_reader reader = { .blocks = blocks, .files = files, .arena = arena, .first = true, .visit = visit, .user = user };
    each(&reader, read_list);
}

/* ---- asking ---- */

static bool is_common(const att_lexicon *lexicon, uint32_t norm)
{
    return att_lexicon_listed(lexicon, ATT_WORDS_COMMON, att_lexicon_word(lexicon, norm), 0) != ATT_NONE;
}

/* Whether the capitals of word `index` of the form agree with the word type. */
static bool word_fits(const att_names *names, const att_form *form, uint32_t index, const att_word_type *type, bool capitals)
{
    return capitals || !(names->words.items[form->words + index].caps & ~type->caps);
}

static bool form_fits(const att_names *names, const att_form *form, const att_vocabulary *vocabulary, const att_word_type *type,
                      bool capitals)
{
    if (form->flags & ATT_FORM_ANY_CASE) return true;
    if (capitals && form->flags & ATT_FORM_SHORT_CAPITALS && is_common(names->lexicon, type->norm)) return false;
    if (!type->part_count) return word_fits(names, form, 0, type, capitals);
    for (uint32_t i = 0; i < type->part_count; i++) {
        uint32_t part = vocabulary->parts.items[type->first_part + i].type;
        if (!word_fits(names, form, i, att_vocabulary_type(vocabulary, part), capitals)) return false;
    }
    return true;
}

/* The first form that is the word, with its hyphens opened; 0 for none. */
static uint32_t forms_of(const att_names *names, const att_vocabulary *vocabulary, const att_word_type *type)
{
    uint32_t node = 0;
    if (!type->part_count) return att_names_first(names, type->phrases);
    for (uint32_t i = 0; i < type->part_count && (node || !i); i++) {
        uint32_t norm = att_vocabulary_type(vocabulary, vocabulary->parts.items[type->first_part + i].type)->norm;
        node = norm == ATT_NONE ? 0 : att_names_step(names, node, norm);
    }
    return att_names_first(names, node);
}

bool att_lists_have_word(const att_phrase_lists *self, uint32_t list, const att_vocabulary *vocabulary,
                         const att_word_type *type, bool capitals)
{
    const att_names *names = &self->names;
    uint32_t first = forms_of(names, vocabulary, type);
    const att_form *form = &names->forms.items[first];
    for (bool more = first; more; form++) {
        if (form->owner == list && form_fits(names, form, vocabulary, type, capitals)) return true;
        more = form->flags & ATT_FORM_GOES_ON;
    }
    return false;
}

/* A word of a text, folded. Of other letters than ASCII the text must have small ones. */
typedef struct {
    uint32_t norm; /* ATT_NONE when no rule has the word */
    uint64_t caps;
} folded_word;

static folded_word fold_word(const att_lexicon *lexicon, att_str word)
{
    enum { LONGEST = 32 };
    char folded[LONGEST];
    folded_word out = { .norm = ATT_NONE };
    if (word.length > LONGEST) return out;
    for (uint32_t i = 0, letter = 0; i < word.length; i++) {
        const bool capital = word.data[i] >= 'A' && word.data[i] <= 'Z';
        folded[i] = (char)(word.data[i] | capital << 5);
        out.caps |= (uint64_t)capital << letter;
        letter += ((unsigned char)word.data[i] & 0xC0) != 0x80;
    }
    const att_str text = { folded, word.length };
    const att_word_key key = att_word_key_of(text);
    out.norm = att_lexicon_find(lexicon, &key, text);
    return out;
}

/* Whether a phrase of the list ends at the node, with these capitals in its words. */
static bool ends_at(const att_phrase_lists *self, uint32_t list, uint32_t node, const folded_word *words, uint32_t count)
{
    const att_names *names = &self->names;
    for (uint32_t at = att_names_first(names, node); at; at = att_names_next(names, at)) {
        const att_form *form = &names->forms.items[at];
        bool fits = form->owner == list;
        for (uint32_t i = 0; i < count && fits && !(form->flags & ATT_FORM_ANY_CASE); i++)
            fits = !(names->words.items[form->words + i].caps & ~words[i].caps);
        if (fits) return true;
    }
    return false;
}

/* Whether the ending of possession, a word of its own in phrases, begins at the byte: "General's Office". */
static bool is_ending(att_str text, size_t at)
{
    return text.data[at] == '\'' && at + 1 < text.length && text.data[at + 1] == 's'
           && (at + 2 == text.length || text.data[at + 2] == ' ');
}

static size_t word_end(att_str text, size_t start)
{
    size_t end = start;
    while (end < text.length && text.data[end] != ' ' && text.data[end] != '-' && (end == start || !is_ending(text, end)))
        end++;
    return end;
}

/* `whole`: the phrase is all of the text, rather than what it begins with. */
static bool has_phrase(const att_phrase_lists *self, att_program_list which, att_str text, bool whole)
{
    enum { MOST_WORDS = 8 };
    folded_word words[MOST_WORDS];
    const uint32_t list = self->of_program[which];
    uint32_t node = 0, count = 0;
    for (size_t start = 0, end; list != ATT_NONE && start < text.length && count < MOST_WORDS; start = end) {
        end = word_end(text, start);
        words[count] = fold_word(self->names.lexicon, att_str_slice(text, start, end));
        if (words[count].norm == ATT_NONE) return false;
        node = att_names_step(&self->names, node, words[count++].norm);
        if (!node) return false;
        if ((!whole || end == text.length) && ends_at(self, list, node, words, count)) return true;
        if (end < text.length && !is_ending(text, end)) end++;
    }
    return false;
}

bool att_lists_have_text(const att_phrase_lists *self, att_program_list which, att_str text)
{
    return has_phrase(self, which, text, true);
}

att_str att_lists_meaning(const att_phrase_lists *self, att_program_list which, att_str text)
{
    const uint32_t list = self->of_program[which];
    if (list == ATT_NONE) return (att_str){ 0 };
    for (uint32_t i = self->lists.items[list].meant; i < self->lists.items[list].meant_end; i++) {
        const att_meaning *one = &self->meanings.items[i];
        if (one->list == list && att_str_equal(one->text, text)) return one->meaning;
    }
    return (att_str){ 0 };
}

bool att_lists_have_start(const att_phrase_lists *self, att_program_list which, att_str text)
{
    return has_phrase(self, which, text, false);
}

bool att_lists_have_any(const att_phrase_lists *self, att_program_list which, att_str text)
{
    while (text.length)
        if (has_phrase(self, which, att_str_first_word(&text), true)) return true;
    return false;
}

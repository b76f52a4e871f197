#include "knowledge/blocks.h"

#include "base/utf8.h"
#include "knowledge/letters.h"

static const struct {
    const char *keyword, *words;
} kinds[ATT_BLOCK_KIND_COUNT] = {
#define X(id, keyword, words) [ATT_BLOCK_##id] = { keyword, words },
    ATT_BLOCK_KINDS(X)
#undef X
};

static const char *const modes[] = { [ATT_MODE_ADD] = "add", [ATT_MODE_REPLACE] = "replace", [ATT_MODE_REMOVE] = "remove" };

enum { MODE_COUNT = sizeof modes / sizeof *modes };

/* ---- places and small readers ---- */

static att_place place_of(const att_source *source, uint32_t at, size_t length)
{
    return (att_place){ source, at, at + (uint32_t)length };
}

att_place att_line_place(const att_lines_block *block, const att_line *line)
{
    return place_of(block->file->source, line->text_at, line->text.length);
}

att_place att_line_word_place(const att_lines_block *block, const att_line *line)
{
    if (!line->word.length) return att_line_place(block, line);
    return place_of(block->file->source, line->word_at, line->word.length);
}

att_place att_head_place(const att_lines_block *block)
{
    return place_of(block->file->source, block->head_at, block->head.length);
}

uint32_t att_line_number(const att_lines_block *block, const att_line *line)
{
    return att_source_locate(block->file->source, line->text_at).line;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool att_is_ident(att_str text)
{
    if (!text.length || !is_small(text.data[0])) return false;
    for (size_t i = 1; i < text.length; i++)
        if (!is_small(text.data[i]) && !is_digit(text.data[i]) && text.data[i] != '-') return false;
    return true;
}

bool att_is_layer(att_str text)
{
    if (!text.length || !is_capital(text.data[0])) return false;
    for (size_t i = 1; i < text.length; i++)
        if (!is_capital(text.data[i]) && !is_digit(text.data[i]) && text.data[i] != '_') return false;
    return true;
}

bool att_next_word(att_str *rest, uint32_t *rest_at, att_str *word, uint32_t *at)
{
    size_t start = 0;
    while (start < rest->length && (rest->data[start] == ' ' || rest->data[start] == ',')) start++;
    size_t end = start;
    while (end < rest->length && rest->data[end] != ' ' && rest->data[end] != ',') end++;
    *word = att_str_slice(*rest, start, end);
    *at = *rest_at + (uint32_t)start;
    *rest = att_str_slice(*rest, end, rest->length);
    *rest_at += (uint32_t)end;
    return end > start;
}

/* Without the backslashes of "\|", "\(" and "\\". */
static att_str unescape(att_arena *arena, att_str text)
{
    if (!text.length || !memchr(text.data, '\\', text.length)) return text;
    att_buf out = { .arena = arena };
    for (size_t i = 0; i < text.length; i++) {
        bool escape = text.data[i] == '\\' && i + 1 < text.length && strchr("|(\\", text.data[i + 1]);
        att_buf_byte(&out, text.data[escape ? ++i : i]);
    }
    return att_buf_str(&out);
}

bool att_next_form(att_arena *arena, att_str *rest, uint32_t *rest_at, att_str *form, uint32_t *at)
{
    if (!rest->data) return false;
    size_t end = 0;
    while (end < rest->length && (rest->data[end] != '|' || (end && rest->data[end - 1] == '\\'))) end++;
    att_str raw = att_str_slice(*rest, 0, end);
    size_t start = 0;
    while (start < end && raw.data[start] == ' ') start++;
    *at = *rest_at + (uint32_t)start;
    *form = unescape(arena, att_str_trim(raw));
    if (end < rest->length) {
        *rest_at += (uint32_t)end + 1;
        *rest = att_str_slice(*rest, end + 1, rest->length);
    } else {
        *rest = (att_str){ 0 };
    }
    return true;
}

void att_blocks_report(const att_blocks *self, const char *code, att_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->diags, ATT_ERROR, code, place, format, arguments);
    va_end(arguments);
}

bool att_block_next(const att_blocks *self, const att_lines_block **block, const att_line **line)
{
    const att_line *first = self->lines.items + (*block)->first_line, *next = *line ? *line + 1 : first;
    while (next == first + (*block)->line_count) {
        if ((*block)->addition == ATT_NONE) return false;
        *block = &self->blocks.items[(*block)->addition];
        next = first = self->lines.items + (*block)->first_line;
    }
    *line = next;
    return true;
}

/* ---- packs ---- */

static uint32_t pack_named(att_blocks *self, att_str name, bool overlay)
{
    for (uint32_t i = 0; i < self->packs.count; i++)
        if (att_str_equal(self->packs.items[i].name, name)) return i;
    ATT_RESERVE(self->arena, &self->packs, 1);
    self->packs.items[self->packs.count] = (att_pack){ .name = name, .overlay = overlay };
    return self->packs.count++;
}

/* ---- rule files ---- */

typedef struct {
    att_blocks *blocks;
    const att_rule_file *file;
    att_str text; /* cooked */
    uint32_t pack;
    att_lines_block *open; /* the block that lines go to; NULL before the first and after a bad head */
    bool started;          /* a block head was met, good or bad */
    bool blocks_told;      /* a finding named all kinds of blocks */
} file_reader;

static void report(const file_reader *self, const char *code, size_t at, size_t length, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void report(const file_reader *self, const char *code, size_t at, size_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->blocks->diags, ATT_ERROR, code, place_of(self->file->source, (uint32_t)at, length), format,
                    arguments);
    va_end(arguments);
    if (self->open) self->open->torn = true;
}

const char *att_block_keyword(att_block_kind kind)
{
    return kinds[kind].keyword;
}

size_t att_block_words(att_block_kind kind, att_str words[ATT_MOST_WORDS])
{
    att_str rest = att_str_of(kinds[kind].words), word;
    uint32_t at = 0, where;
    size_t count = 0;
    while (count < ATT_MOST_WORDS && att_next_word(&rest, &at, &word, &where)) words[count++] = word;
    return count;
}

static size_t line_end(att_str text, size_t at)
{
    const char *found = at < text.length ? memchr(text.data + at, '\n', text.length - at) : NULL;
    return found ? (size_t)(found - text.data) : text.length;
}

/* Where a comment begins in text[start, end), or `end`. */
static size_t comment_start(att_str text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (text.data[i] == '#' && (i == start || (i >= start + 2 && text.data[i - 1] == ' ' && text.data[i - 2] == ' ')))
            return i;
    return end;
}

/* Blanks the comments and joins continued lines, in a copy of the same length. */
static att_str cook(att_arena *arena, att_str text)
{
    att_str copy = att_str_copy(arena, text.length ? text : ATT_EMPTY);
    char *bytes = (char *)copy.data;
    for (size_t start = 0, end; start < copy.length; start = end + 1) {
        end = line_end(copy, start);
        if (end > start && bytes[end - 1] == '\r') bytes[end - 1] = ' ';
        size_t comment = comment_start(copy, start, end);
        memset(bytes + comment, ' ', end - comment);
        size_t first = start;
        while (first < end && bytes[first] == ' ') first++;
        if (start && first > start && first + 2 < end && memcmp(bytes + first, ".. ", 3) == 0) {
            memset(bytes + first, ' ', 2);
            bytes[start - 1] = ' ';
        }
    }
    return copy;
}

/* The kind whose keyword is `word`, or ATT_BLOCK_KIND_COUNT. */
static att_block_kind kind_named(att_str word)
{
    att_block_kind kind = 0;
    while (kind < ATT_BLOCK_KIND_COUNT && !att_str_is(word, kinds[kind].keyword)) kind++;
    return kind;
}

/* The last block of the file, whose lines these may be; NULL when there is none. */
static att_lines_block *block_before(const file_reader *self)
{
    const att_blocks *blocks = self->blocks;
    att_lines_block *last = blocks->blocks.count ? &blocks->blocks.items[blocks->blocks.count - 1] : NULL;
    return last && last->file == self->file ? last : NULL;
}

static bool has_word(att_block_kind kind, att_str word)
{
    att_str words[ATT_MOST_WORDS];
    size_t count = kinds[kind].words ? att_block_words(kind, words) : 0;
    for (size_t i = 0; i < count; i++)
        if (att_str_equal(words[i], word)) return true;
    return false;
}

/* "; blocks are entry, list, …", once in a file. */
static const char *known_blocks(file_reader *self, const att_str *names)
{
    att_buf told = { .arena = self->blocks->arena };
    for (int i = 0; i < ATT_BLOCK_KIND_COUNT && !self->blocks_told; i++)
        att_buf_format(&told, "%s%.*s", i ? ", " : "; blocks are ", ATT_STR_ARG(names[i]));
    self->blocks_told = true;
    att_buf_byte(&told, '\0');
    return told.items;
}

static void unknown_keyword(file_reader *self, att_str word, uint32_t at, att_block_mode mode)
{
    att_str names[ATT_BLOCK_KIND_COUNT + MODE_COUNT];
    size_t count = 0;
    for (int i = 0; i < ATT_BLOCK_KIND_COUNT; i++) names[count++] = att_str_of(kinds[i].keyword);
    for (int i = 1; i < MODE_COUNT && mode == ATT_MODE_DEFINE; i++) names[count++] = att_str_of(modes[i]);
    att_lines_block *before = block_before(self);
    const char *hint = att_did_you_mean(self->blocks->arena, word, names, count);
    if (mode != ATT_MODE_DEFINE && !*hint)
        hint = att_str_format(self->blocks->arena, "; write '%s entry KOR COUNTRY'", modes[mode]).data;
    if (before && has_word(before->kind, word)) {
        hint = "; lines of a block are indented";
        before->torn = true;
    }
    if (!*hint) hint = known_blocks(self, names);
    report(self, "S002", at, word.length, "unknown block '%.*s'%s", ATT_STR_ARG(word), hint);
}

/* Which blocks the word before a block goes with, for people; NULL when it goes with this one. */
static const char *goes_with(att_block_mode mode, att_block_kind kind)
{
    switch (kind) {
    case ATT_BLOCK_ENTRY:
    case ATT_BLOCK_OFFICE:
    case ATT_BLOCK_TOPIC:
    case ATT_BLOCK_LIST:
    case ATT_BLOCK_VIEW:
    case ATT_BLOCK_GENRE: return NULL;
    case ATT_BLOCK_PHRASE:
    case ATT_BLOCK_RULE:
    case ATT_BLOCK_EXPAND:
    case ATT_BLOCK_ALIAS:
        if (mode != ATT_MODE_ADD) return NULL;
        break;
    default: break;
    }
    if (mode == ATT_MODE_DEFINE) return NULL;
    return mode == ATT_MODE_ADD ? "entry, office, topic, list, view or genre"
                                : "entry, office, topic, list, view, genre, phrase, rule, expand or alias";
}

bool att_block_goes_with(att_block_kind kind, att_block_mode mode)
{
    return !goes_with(mode, kind);
}

/* Reads "add entry KOR COUNTRY" into mode, kind and head; false, with a finding, when it is none. */
static bool read_head(file_reader *self, att_str text, uint32_t text_at, att_lines_block *block)
{
    att_str word;
    uint32_t at;
    if (!att_next_word(&text, &text_at, &word, &at)) return false;
    for (int mode = 1; mode < MODE_COUNT; mode++) {
        if (!att_str_is(word, modes[mode])) continue;
        block->mode = (att_block_mode)mode;
        if (!att_next_word(&text, &text_at, &word, &at)) {
            report(self, "S004", at, 1, "'%s' wants a block behind it, such as '%s entry KOR COUNTRY'", modes[mode],
                   modes[mode]);
            return false;
        }
    }
    block->kind = kind_named(word);
    if (block->kind == ATT_BLOCK_KIND_COUNT) {
        unknown_keyword(self, word, at, block->mode);
        return false;
    }
    const char *others = goes_with(block->mode, block->kind);
    if (others) {
        report(self, "S004", at, word.length, "'%s' goes with %s, not with %.*s", modes[block->mode], others,
               ATT_STR_ARG(word));
        return false;
    }
    block->head = att_str_trim(text);
    block->head_at = block->head.length ? text_at + (uint32_t)(block->head.data - text.data) : at;
    return true;
}

/* An id: "KOR", "usa-state", "*-mofa", "igo-asean". */
static bool is_id(att_str text)
{
    if (att_str_starts(text, ATT_STR("*-"))) text = att_str_slice(text, 2, text.length);
    return att_is_ident(text) || att_is_layer(text);
}

/* Behind the name nothing stands, but what the room of the kind reads, and the layer of an entry. */
static bool has_no_more(const file_reader *self, const att_lines_block *block, att_str rest)
{
    bool alone = block->kind == ATT_BLOCK_PACK || block->kind == ATT_BLOCK_LIST || block->kind == ATT_BLOCK_OFFICE
                 || block->kind == ATT_BLOCK_TOPIC;
    if (block->kind == ATT_BLOCK_ENTRY) {
        uint32_t rest_at = 0, at;
        att_str layer;
        att_next_word(&rest, &rest_at, &layer, &at);
        rest = att_str_trim(rest);
        alone = true;
    }
    if (!alone || !rest.length) return true;
    report(self, "S030", (size_t)(rest.data - self->text.data), rest.length, "a head has one name%s and nothing behind it",
           block->kind == ATT_BLOCK_ENTRY ? " and a layer" : "");
    return false;
}

/* The name in the head of a block, checked; false with a finding. */
static bool read_name(const file_reader *self, att_lines_block *block)
{
    if (block->kind == ATT_BLOCK_PIPELINE || block->kind == ATT_BLOCK_LAYER || block->kind == ATT_BLOCK_TEST) return true;
    att_str rest = block->head;
    uint32_t rest_at = block->head_at, at = rest_at;
    att_next_word(&rest, &rest_at, &block->name, &at);
    bool good = block->kind == ATT_BLOCK_ENTRY ? is_id(block->name) : att_is_ident(block->name);
    if (good) return has_no_more(self, block, att_str_trim(rest));
    const char *wanted =
        block->kind == ATT_BLOCK_ENTRY ? "an id, such as KOR, usa-state or *-mofa" : "a name of small letters, digits and '-'";
    if (block->name.length) report(self, "S006", at, block->name.length, "'%.*s' is not %s", ATT_STR_ARG(block->name), wanted);
    else report(self, "S006", at, strlen(kinds[block->kind].keyword), "'%s' wants %s", kinds[block->kind].keyword, wanted);
    return false;
}

static att_lines_block *push_block(const file_reader *self, const att_lines_block *block)
{
    att_blocks *blocks = self->blocks;
    ATT_RESERVE(blocks->arena, &blocks->blocks, 1);
    att_lines_block *kept = &blocks->blocks.items[blocks->blocks.count++];
    *kept = *block;
    kept->file = self->file;
    kept->pack = kept->home = self->pack;
    kept->first_line = blocks->lines.count;
    kept->addition = ATT_NONE;
    return kept;
}

/* A `pack` block names the pack of what follows. In a pack's folder that is the folder's name. */
static void enter_pack(file_reader *self, const att_lines_block *block)
{
    bool in_folder =
        self->file->pack.length && !att_str_equal(self->file->pack, block->name) && att_str_is(self->file->name, "pack.rules");
    if (in_folder) {
        report(self, "S018", block->head_at, block->name.length, "pack '%.*s' stands in the folder '%.*s'; they have one name",
               ATT_STR_ARG(block->name), ATT_STR_ARG(self->file->pack));
        return;
    }
    self->pack = pack_named(self->blocks, block->name, self->file->overlay);
    att_pack *pack = &self->blocks->packs.items[self->pack];
    if (!pack->place.source) pack->place = place_of(self->file->source, block->head_at, block->name.length);
}

static void begin_block(file_reader *self, size_t start, size_t end)
{
    att_lines_block block = { 0 };
    self->started = true;
    self->open = NULL;
    if (!read_head(self, att_str_slice(self->text, start, end), (uint32_t)start, &block) || !read_name(self, &block)) return;
    if (block.kind == ATT_BLOCK_PACK) enter_pack(self, &block);
    self->open = push_block(self, &block);
}

static void push_line(const file_reader *self, att_line line)
{
    att_blocks *blocks = self->blocks;
    ATT_RESERVE(blocks->arena, &blocks->lines, 1);
    blocks->lines.items[blocks->lines.count++] = line;
    self->open->line_count++;
}

/* "note ok C03: reason" silences C03 in its block; any other note is for people. */
static bool read_note(const file_reader *self, att_str text)
{
    static const char *const silenced[] = { "C02", "C03", "C04", "C09", "C11", "C12", "C13", "C14", "C16", "C17", "C18" };
    if (!att_str_starts(text, ATT_STR("note "))) return att_str_is(text, "note");
    att_str rest = att_str_trim(att_str_slice(text, 5, text.length));
    if (!att_str_starts(rest, ATT_STR("ok C")) || rest.length < 5 || !is_digit(rest.data[4])) return true;
    att_str code = att_str_slice(rest, 3, rest.length < 6 ? rest.length : 6);
    for (size_t i = 0; i < sizeof silenced / sizeof *silenced && rest.length > 6 && rest.data[6] == ':'; i++) {
        if (!att_str_is(code, silenced[i])) continue;
        self->open->accepted |= 1u << ((code.data[1] - '0') * 10 + code.data[2] - '0');
        return true;
    }
    report(
        self, "S004", (size_t)(rest.data - self->text.data), rest.length,
        "a note that silences a finding has its code and why: note ok C03: reason; the codes are C02, C03, C04, C09, C11, C12, "
        "C13, C14, C16, C17 and C18");
    return true;
}

/* Whether body lines of the kind may begin with `word`; entries also take the fields of their layer, which are
 * checked where layers are known. */
static bool knows_word(att_block_kind kind, att_str word)
{
    return has_word(kind, word) || (kind == ATT_BLOCK_ENTRY && att_is_ident(word));
}

/* "name Foo Office # ours" would be a name with a comment in it. */
static bool check_comment(const file_reader *self, const att_line *line)
{
    const char *sign = memmem(line->text.data ? line->text.data : "", line->text.length, " # ", 3);
    att_block_kind kind = self->open->kind;
    if (!sign || kind == ATT_BLOCK_RULE || kind == ATT_BLOCK_EXPAND || kind == ATT_BLOCK_ALIAS) return true;
    report(self, "S004", (size_t)(sign + 1 - self->text.data), 1, "a comment has two blanks or more before its '#'");
    return false;
}

/* Words that a block has one line of; other blocks may add theirs. */
static const char *const once[ATT_BLOCK_KIND_COUNT] = {
    [ATT_BLOCK_PACK] = "language owner",
    [ATT_BLOCK_LAYER] = "nest",
    [ATT_BLOCK_OFFICE] = "agency country",
    [ATT_BLOCK_TOPIC] = "title role others rarest",
};

/* Of an entry they are all but its forms. */
static bool stands_once(att_block_kind kind, att_str word)
{
    static const char forms[] = "name alias demonym exact weak weak-demonym source";
    att_str rest = att_str_of(kind == ATT_BLOCK_ENTRY ? forms : once[kind]), listed;
    uint32_t rest_at = 0, at;
    while (rest.data && att_next_word(&rest, &rest_at, &listed, &at))
        if (att_str_equal(listed, word)) return kind != ATT_BLOCK_ENTRY;
    return kind == ATT_BLOCK_ENTRY;
}

static bool check_once(const file_reader *self, const att_line *line)
{
    const att_lines_block *block = self->open;
    if (!stands_once(block->kind, line->word)) return true;
    for (uint32_t i = 0; i < block->line_count; i++) {
        if (!att_str_equal(self->blocks->lines.items[block->first_line + i].word, line->word)) continue;
        report(self, "S037", line->word_at, line->word.length, "a second '%.*s'; one is enough", ATT_STR_ARG(line->word));
        return false;
    }
    return true;
}

/* "name" alone; "default" and "resolve" say all with their one word. */
static bool check_empty(const file_reader *self, const att_line *line)
{
    if (line->text.length || att_str_is(line->word, "default") || att_str_is(line->word, "resolve")) return true;
    report(self, "S011", line->word_at, line->word.length, "'%.*s' says nothing", ATT_STR_ARG(line->word));
    return false;
}

static void report_word(const file_reader *self, att_block_kind kind, const att_line *line)
{
    att_str words[ATT_MOST_WORDS];
    size_t count = att_block_words(kind, words);
    bool is_block = kind_named(line->word) != ATT_BLOCK_KIND_COUNT;
    report(self, "S005", line->word_at, line->word.length, "a line of '%s' does not begin with '%.*s'%s", kinds[kind].keyword,
           ATT_STR_ARG(line->word),
           is_block ? "; a block begins in the first column" : att_did_you_mean(self->blocks->arena, line->word, words, count));
}

/* A line in a block whose lines begin with a word. */
static void add_worded_line(const file_reader *self, att_str text, uint32_t at)
{
    att_str rest = text;
    uint32_t rest_at = at;
    att_line line = { 0 };
    att_next_word(&rest, &rest_at, &line.word, &line.word_at);
    line.text = att_str_trim(rest);
    line.text_at = line.text.length ? (uint32_t)(line.text.data - self->text.data) : rest_at;
    if (!knows_word(self->open->kind, line.word)) report_word(self, self->open->kind, &line);
    else if (check_empty(self, &line) && check_comment(self, &line) && check_once(self, &line)) push_line(self, line);
}

static void add_line(const file_reader *self, size_t start, size_t end)
{
    att_str text = att_str_trim(att_str_slice(self->text, start, end));
    uint32_t at = (uint32_t)(text.data - self->text.data);
    if (self->open->mode == ATT_MODE_REMOVE)
        report(self, "S004", at, text.length, "a block that begins with 'remove' has no lines");
    else if (read_note(self, text)) return;
    else if (kinds[self->open->kind].words) add_worded_line(self, text, at);
    else push_line(self, (att_line){ .text = text, .text_at = at });
}

/* S001 for a tab between the words of a line. The text of a test may have some. */
static bool has_tab(const file_reader *self, size_t start, size_t end)
{
    const char *tab = memchr(self->text.data + start, '\t', end - start);
    if (!tab || self->text.data[start] == '|') return false;
    report(self, "S001", (size_t)(tab - self->text.data), 1, "a tab; blanks stand between the words of a line");
    return true;
}

static void read_rules(file_reader *self)
{
    self->text = cook(self->blocks->arena, self->file->source->text);
    ATT_RESERVE(self->blocks->arena, &self->blocks->cooked, 1);
    self->blocks->cooked.items[self->blocks->cooked.count++] = self->text.data;
    for (size_t start = 0, end; start < self->text.length; start = end + 1) {
        end = line_end(self->text, start);
        size_t first = start;
        while (first < end && self->text.data[first] == ' ') first++;
        if (first == end) continue;
        if (self->text.data[first] == '\t') {
            report(self, "S001", first, 1, "a tab; lines of a block are indented with blanks");
            continue;
        }
        if (has_tab(self, first, end)) continue;
        if (first == start) begin_block(self, start, end);
        else if (self->open) add_line(self, first, end);
        else if (!self->started) {
            report(self, "S003", first, end - first, "an indented line before any block");
            self->started = true;
        }
    }
}

/* ---- data files ---- */

enum { MOST_COLUMNS = 32, HEAD_LINES = 4 };

typedef struct {
    att_str names[MOST_COLUMNS];
    uint32_t at[MOST_COLUMNS];
    uint32_t count, id;
} column_row;

static size_t next_cell(att_str text, size_t at, size_t end)
{
    while (at < end && text.data[at] != '\t') at++;
    return at;
}

static bool read_columns(const file_reader *self, size_t start, size_t end, column_row *result)
{
    *result = (column_row){ .id = ATT_NONE };
    for (size_t at = start; at <= end && result->count < MOST_COLUMNS;) {
        size_t to = next_cell(self->text, at, end);
        att_str name = att_str_trim(att_str_slice(self->text, at, to));
        if (att_str_is(name, "id") && result->id != ATT_NONE) {
            report(self, "S008", at, to - at, "a second column 'id'");
            return false;
        }
        if (att_str_is(name, "id")) result->id = result->count;
        result->names[result->count] = name;
        result->at[result->count++] = (uint32_t)at;
        at = to + 1;
    }
    if (result->id == ATT_NONE) report(self, "S008", start, end - start, "the row of column names has no column 'id'");
    return result->id != ATT_NONE;
}

/* One row: a block with a line for each cell that is not empty. */
static void read_row(file_reader *self, const att_lines_block *model, const column_row *columns, size_t start, size_t end)
{
    att_lines_block block = *model;
    self->open = push_block(self, &block);
    uint32_t column = 0;
    for (size_t at = start; at <= end; column++) {
        size_t to = next_cell(self->text, at, end);
        att_str cell = att_str_trim(att_str_slice(self->text, at, to));
        uint32_t cell_at = (uint32_t)(cell.data - self->text.data);
        at = to + 1;
        if (!cell.length) continue;
        if (column >= columns->count) {
            report(self, "S009", cell_at, cell.length, "a cell beyond the last column, '%.*s'",
                   ATT_STR_ARG(columns->names[columns->count - 1]));
            return;
        }
        if (column == columns->id) {
            self->open->name = cell;
            self->open->head_at = cell_at;
            self->open->head = att_str_join(self->blocks->arena, cell, ATT_STR(" "), model->head);
        } else {
            push_line(self, (att_line){ columns->names[column], cell, columns->at[column], cell_at });
        }
    }
    if (is_id(self->open->name)) return;
    report(self, "S006", start, self->open->name.length, "'%.*s' is not an id, such as KOR, usa-state or *-mofa",
           ATT_STR_ARG(self->open->name));
    self->open->dead = true;
}

static void check_columns(const file_reader *self, const column_row *columns, att_block_kind kind)
{
    for (uint32_t i = 0; i < columns->count; i++) {
        if (i == columns->id || knows_word(kind, columns->names[i])) continue;
        att_str words[ATT_MOST_WORDS];
        size_t count = att_block_words(kind, words);
        report(self, "S005", columns->at[i], columns->names[i].length, "'%.*s' is not a line of '%s'%s",
               ATT_STR_ARG(columns->names[i]), kinds[kind].keyword,
               att_did_you_mean(self->blocks->arena, columns->names[i], words, count));
    }
}

static const char *const data_heads[HEAD_LINES] = { "block", "source", "version", "licence" };

/* A data file, as far as it is read. */
typedef struct {
    att_lines_block model; /* what the block of each row begins as */
    column_row columns;    /* none before their row */
    bool seen[HEAD_LINES]; /* the head lines that said something */
} data_file;

/* A line "#% word …"; false when the rows can't be read because of it. */
static bool read_data_head(file_reader *self, data_file *data, size_t start, size_t stop)
{
    att_str rest = att_str_slice(self->text, start + 2, stop), word;
    uint32_t rest_at = (uint32_t)start + 2, at;
    if (!att_next_word(&rest, &rest_at, &word, &at)) return true;
    for (int i = 0; i < HEAD_LINES; i++)
        data->seen[i] = data->seen[i] || (att_str_is(word, data_heads[i]) && att_str_trim(rest).length);
    return !att_str_is(word, "block") || read_head(self, rest, rest_at, &data->model);
}

/* The row with the names of the columns, before which all head lines must stand. */
static bool begin_rows(file_reader *self, data_file *data, size_t start, size_t stop)
{
    for (int i = 0; i < HEAD_LINES; i++) {
        if (data->seen[i]) continue;
        report(self, "S008", start, stop - start, "no head line '#%% %s …' before the column names", data_heads[i]);
        return false;
    }
    if (!read_columns(self, start, stop, &data->columns)) return false;
    check_columns(self, &data->columns, data->model.kind);
    return true;
}

static void read_data(file_reader *self)
{
    data_file data = { .model.kind = ATT_BLOCK_KIND_COUNT };
    bool good = true;
    self->text = self->file->source->text;
    for (size_t start = 0, end; start < self->text.length && good; start = end + 1) {
        end = line_end(self->text, start);
        att_str line = att_str_trim(att_str_slice(self->text, start, end));
        size_t stop = end > start && self->text.data[end - 1] == '\r' ? end - 1 : end;
        if (att_str_starts(line, ATT_STR("#%"))) good = read_data_head(self, &data, start, stop);
        else if (!line.length || line.data[0] == '#') continue;
        else if (data.columns.count) read_row(self, &data.model, &data.columns, start, stop);
        else good = begin_rows(self, &data, start, stop);
    }
    if (good && !data.columns.count)
        att_report(self->blocks->diags, ATT_WARNING, "C02", place_of(self->file->source, 0, 0),
                   "not read: no row of column names in it");
}

/* ---- all files ---- */

static bool is_utf8(const file_reader *self)
{
    att_str text = self->file->source->text;
    size_t bad = att_utf8_check(text);
    if (bad == text.length) return true;
    bool wide = text.length > 1 && (memcmp(text.data, "\xFF\xFE", 2) == 0 || memcmp(text.data, "\xFE\xFF", 2) == 0);
    report(self, "S013", bad, 1, "not UTF-8%s; save the file as UTF-8", wide ? ", but UTF-16" : "");
    return false;
}

static void read_file(att_blocks *self, const att_rule_file *file)
{
    file_reader reader = { .blocks = self, .file = file };
    if (!is_utf8(&reader)) return;
    att_letters_check(self->diags, file->source);
    reader.pack = pack_named(self, file->pack, file->overlay);
    switch (file->kind) {
    case ATT_FILE_RULES: read_rules(&reader); break;
    case ATT_FILE_LIST: break; /* read where a list names it */
    case ATT_FILE_DATA: read_data(&reader); break;
    }
}

void att_blocks_read(att_blocks *self, att_arena *arena, att_diags *diags, const att_rule_files *files)
{
    *self = (att_blocks){ .arena = arena, .diags = diags };
    for (uint32_t i = 0; i < files->count; i++) read_file(self, &files->items[i]);
}

#include "tools/parts.h"

#include "cascade/rule_lex.h"

enum { DEEPEST = 2 * 64 /* levels of brackets */, C16 = 16 };

typedef struct {
    att_parts *parts;
    att_arena *arena;
    const att_engine *engine;
    att_parts_scope *scope;
    void *user;
    /* the line that is being read */
    uint32_t block;
    const att_rule_file *file;
    att_place line;
    att_str pattern; /* blanks instead of comments and line breaks, so that places stay */
    uint32_t pattern_at;
    bool widens;
} finder;

static uint32_t file_number(const finder *self, const att_rule_file *file)
{
    return (uint32_t)(file - self->engine->files.items);
}

static void add(finder *self, att_part_kind kind, bool widens, att_str text, uint32_t start, uint32_t end)
{
    ATT_RESERVE(self->arena, self->parts, 1);
    self->parts->items[self->parts->count++] = (att_part){ .kind = kind,
                                                           .block = self->block,
                                                           .widens = widens,
                                                           .line = self->line,
                                                           .text = att_str_one_line(self->arena, att_str_trim(text)),
                                                           .left_out = { file_number(self, self->file), start, end } };
}

/* ---- alternatives ---- */

/* An open bracket: where the current alternative begins, and where the '|' before it stands, if there is one. */
typedef struct {
    uint32_t start, bar;
    bool has_bar;
} bracket;

/* Adds the alternative [start, end). To leave it out, bytes [from, to) must go, with one of the '|' beside it. */
static void add_alternative(finder *self, uint32_t start, uint32_t end, uint32_t from, uint32_t to)
{
    att_str text = att_str_slice(self->pattern, start - self->pattern_at, end - self->pattern_at);
    add(self, ATT_PART_ALTERNATIVE, self->widens, text, from, to);
}

static void end_alternative(finder *self, const bracket *here, uint32_t at)
{
    if (here->has_bar) add_alternative(self, here->start, at, here->bar, at);
}

/* Adds all alternatives of a pattern, also those in sets and fields. */
static void find_alternatives(finder *self, att_str pattern, uint32_t pattern_at)
{
    att_rule_lexer lexer = { self->arena, self->file->source, pattern, pattern_at, 0 };
    bracket open[DEEPEST] = { { .start = pattern_at } };
    uint32_t depth = 0;
    self->pattern = pattern;
    self->pattern_at = pattern_at;
    for (;;) {
        att_symbol symbol = att_rule_next(&lexer);
        uint32_t at = symbol.place.start, behind = symbol.place.end;
        if (symbol.kind == ATT_SYMBOL_END || symbol.kind == ATT_SYMBOL_BAD) break;
        if (symbol.mark == '(' || symbol.mark == '[') {
            if (++depth == DEEPEST) return;
            open[depth] = (bracket){ .start = behind };
        } else if (symbol.mark == ')' || symbol.mark == ']') {
            end_alternative(self, &open[depth], at);
            if (depth) depth--;
        } else if (symbol.mark == '|') {
            bracket *here = &open[depth];
            if (here->has_bar) end_alternative(self, here, at);
            else add_alternative(self, here->start, at, here->start, behind);
            *here = (bracket){ behind, at, true };
        }
    }
    end_alternative(self, &open[0], pattern_at + (uint32_t)pattern.length);
}

/* ---- lines of rules ---- */

static bool is_pattern(att_str word)
{
    static const char *const words[] = {
        "match",           "lead", "item", "sep", "final", "preceded-by", "followed-by", "not-preceded-by", "child",
        "not-followed-by", NULL
    };
    return att_str_is_any(word, words);
}

/* Whether a line that begins with the word only keeps its rule from matches; without it the rule finds more. */
static bool narrows(att_str word)
{
    static const char *const words[] = { "preceded-by", "followed-by", "not-preceded-by", "not-followed-by",
                                         "inside",      "not-inside",  "where",           NULL };
    return att_str_is_any(word, words);
}

static bool may_go(const finder *self, att_str word)
{
    static const char *const orders[] = { "tier", "beats", NULL }, *const makes[] = { "make", "block", NULL };
    if (narrows(word) || att_str_is_any(word, orders)) return true;
    uint32_t count = 0;
    const att_lines_block *block = &self->engine->knowledge.blocks.blocks.items[self->block];
    const att_line *line = NULL;
    while (att_str_is_any(word, makes) && att_block_next(&self->engine->knowledge.blocks, &block, &line))
        count += att_str_is_any(line->word, makes);
    return count > 1;
}

static void find_in_rule(finder *self)
{
    const att_blocks *blocks = &self->engine->knowledge.blocks;
    const att_lines_block *block = &blocks->blocks.items[self->block];
    const att_line *line = NULL;
    while (att_block_next(blocks, &block, &line)) {
        uint32_t end = line->text_at + (uint32_t)line->text.length;
        self->file = block->file;
        self->line = att_line_word_place(block, line);
        self->widens = att_str_starts(line->word, ATT_STR("not-"));
        if (may_go(self, line->word)) add(self, ATT_PART_LINE, narrows(line->word), line->word, line->word_at, end);
        if (is_pattern(line->word)) find_alternatives(self, line->text, line->text_at);
    }
}

static void find_in_phrase(finder *self)
{
    const att_lines_block *block = &self->engine->knowledge.blocks.blocks.items[self->block];
    const char *sign = memchr(block->head.data, '=', block->head.length);
    if (!sign) return;
    size_t skip = (size_t)(sign - block->head.data) + 1;
    self->file = block->file;
    self->line = att_head_place(block);
    self->widens = false;
    find_alternatives(self, att_str_slice(block->head, skip, block->head.length), block->head_at + (uint32_t)skip);
}

/* ---- phrases of lists ---- */

static void find_phrase(void *user, uint32_t list, const att_rule_file *file, att_str phrase, uint32_t at, size_t size)
{
    finder *self = user;
    const att_lines_block *block = self->engine->knowledge.lists.lists.items[list].block;
    if (block->accepted >> C16 & 1 || !self->scope(self->user, block)) return;
    self->block = (uint32_t)(block - self->engine->knowledge.blocks.blocks.items);
    self->file = file;
    self->line = att_head_place(block);
    add(self, ATT_PART_PHRASE, true, phrase, at, at + (uint32_t)size);
}

void att_parts_find(att_parts *self, att_arena *arena, const att_engine *engine, att_parts_scope *scope, void *user)
{
    finder one = { .parts = self, .arena = arena, .engine = engine, .scope = scope, .user = user };
    const att_blocks *blocks = &engine->knowledge.blocks;
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->dead || block->accepted >> C16 & 1 || !scope(user, block)) continue;
        one.block = i;
        if (block->kind == ATT_BLOCK_RULE || block->kind == ATT_BLOCK_EXPAND) find_in_rule(&one);
        if (block->kind == ATT_BLOCK_PHRASE) find_in_phrase(&one);
    }
    att_lists_visit(blocks, &engine->files, arena, find_phrase, &one);
}

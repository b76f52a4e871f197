#include "text/tokenize.h"

#include "text/cut.h"
#include "text/emphasis.h"

enum { TOKENS_A_CUT = 64 }; /* words are split more seldom than that */

/* Room in the columns of types for so many more tokens than there are. */
static void reserve_types(att_tokens *self, att_arena *arena, uint32_t more)
{
    if (self->type && self->typed - self->count >= more) return;
    size_t wanted = (size_t)self->count + more;
    self->type = att_arena_grow(arena, self->type, self->count, wanted + ATT_TYPE_PADDING, sizeof *self->type);
    self->looks = att_arena_grow(arena, self->looks, self->count, wanted + ATT_TOKEN_PADDING, sizeof *self->looks);
    self->bits = att_arena_grow(arena, self->bits, self->count, wanted + 1, sizeof *self->bits);
    self->typed = (uint32_t)wanted;
}

static void pad(const att_tokens *self)
{
    memset(self->type + self->count, 0, sizeof *self->type * ATT_TYPE_PADDING);
    memset(self->flags + self->count, 0, ATT_TOKEN_PADDING);
    memset(self->looks + self->count, 0, ATT_TOKEN_PADDING);
}

/* Whether the token is a mark alone that stands at no word; the marks of emphasis are no tokens: "**Peru**'s". Of "'s" the cut
 * knows better, as it may stand apart: "Peru 's aim". */
static bool is_apart(const att_document *doc, uint32_t token)
{
    if (token == 0) return true;
    uint32_t start = doc->tokens.start[token], end = doc->tokens.end[token - 1];
    char last = doc->text.data[doc->tokens.end[token] - 1];
    bool marks = doc->markdown && (doc->text.data[start - 1] == '*' || doc->text.data[start - 1] == '_');
    return end != start && !marks && (last | 0x20) != 's';
}

static void intern_all(att_document *doc, att_vocabulary *vocabulary)
{
    att_tokens *tokens = &doc->tokens;
    reserve_types(tokens, doc->arena, tokens->count / TOKENS_A_CUT + 4);
    att_vocabulary_intern_tokens(vocabulary, doc->text, tokens);
    const uint32_t count = tokens->count;
    pad(tokens);
    for (uint32_t i = 0; (i = att_tokens_next(tokens->flags, i, count, ATT_FLAG_POSS)) < count; i++)
        if (att_vocabulary_type(vocabulary, tokens->type[i])->flags & ATT_FLAG_POSS && is_apart(doc, i))
            tokens->flags[i] &= (uint8_t)~ATT_FLAG_POSS;
}

enum { CAPITAL_LETTERS = 8 /* that a line of capitals has at least */ };

/* Lines of capitals are sought from words without a small letter, which are few. */
typedef struct {
    att_document *doc;
    uint32_t paragraph; /* of the word that was looked at last */
    uint32_t from, to;  /* tokens whose line is known */
} capital_finder;

/* Whether a line ends between the token and the one before it. */
static bool begins_line(const att_document *doc, uint32_t token)
{
    uint32_t start = doc->tokens.start[token];
    for (uint32_t at = doc->tokens.end[token - 1]; at < start; at++)
        if (doc->text.data[at] == '\n') return true;
    return false;
}

static bool has_small(const capital_finder *self, uint32_t token)
{
    return self->doc->tokens.flags[token] & ATT_FLAG_SMALL || (token >= self->from && token < self->to);
}

/* Finds the line of a token; true when it has no small letter. Else the search ends at the first token that has one, or that is
 * known to stand in such a line. */
static bool is_without_small(capital_finder *self, uint32_t token)
{
    const att_token_range *paragraph = &self->doc->paragraphs.items[self->paragraph].tokens;
    uint32_t first = token, last = token + 1;
    bool small = false;
    while (!small && first > paragraph->first && !begins_line(self->doc, first)) small = has_small(self, --first);
    while (!small && last < paragraph->last && !begins_line(self->doc, last)) small = has_small(self, last++);
    self->from = first;
    self->to = last;
    return !small;
}

static void mark_capitals(att_document *doc, const att_vocabulary *vocabulary, uint32_t first, uint32_t last)
{
    uint32_t letters = 0;
    for (uint32_t i = first; i < last; i++) letters += att_vocabulary_type(vocabulary, doc->tokens.type[i])->letters;
    if (letters < CAPITAL_LETTERS) return;
    for (uint32_t i = first; i < last; i++) doc->tokens.flags[i] |= ATT_FLAG_CAPITAL_LINE;
}

/* Marks the tokens of lines that have eight letters or more and no small one. */
static void mark_capital_lines(att_document *doc, const att_vocabulary *vocabulary)
{
    capital_finder finder = { .doc = doc };
    const att_paragraph *paragraphs = doc->paragraphs.items;
    for (uint32_t block = 0; block < doc->tokens.count; block += ATT_TOKEN_BLOCK) {
        const uint8_t *flags = doc->tokens.flags + block;
        uint64_t capitals = att_tokens_block(flags, ATT_FLAG_CAPITAL) & ~att_tokens_block(flags, ATT_FLAG_SMALL);
        for (; capitals; capitals &= capitals - 1) {
            uint32_t token = block + (uint32_t)__builtin_ctzll(capitals);
            if (token < finder.to) continue;
            while (paragraphs[finder.paragraph].tokens.last <= token) finder.paragraph++;
            if (is_without_small(&finder, token)) mark_capitals(doc, vocabulary, finder.from, finder.to);
        }
    }
}

static bool has_emphasis(const att_document *doc, const att_paragraph *paragraph)
{
    const char *start = doc->text.data + paragraph->start;
    size_t length = paragraph->end - paragraph->start;
    return memchr(start, '*', length) || memchr(start, '_', length);
}

/* Room for tokens is taken at once: memory that is never touched costs nothing, moving columns does. */
void att_find_tokens(att_document *doc, const att_lexicon *lexicon)
{
    enum { BYTES_A_TOKEN = 3 };
    att_tokens_reserve(&doc->tokens, doc->arena, (uint32_t)(doc->text.length / BYTES_A_TOKEN) + 16);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        att_paragraph *paragraph = &doc->paragraphs.items[i];
        paragraph->tokens.first = doc->tokens.count;
        if (paragraph->kind != ATT_ZONE_METADATA)
            att_cut(lexicon, doc->arena, doc->text, paragraph->start, paragraph->end, &doc->tokens);
        if (doc->markdown && has_emphasis(doc, paragraph)) att_drop_emphasis(doc->text, &doc->tokens, paragraph->tokens.first);
        paragraph->tokens.last = doc->tokens.count;
    }
}

void att_find_types(att_document *doc, att_vocabulary *vocabulary)
{
    intern_all(doc, vocabulary);
    mark_capital_lines(doc, vocabulary);
}

void att_tokenize(att_document *doc, att_vocabulary *vocabulary)
{
    att_find_tokens(doc, vocabulary->lexicon);
    att_find_types(doc, vocabulary);
}

/* ---- splitting hyphenated words ---- */

static void put_typed(const att_document *doc, att_vocabulary *vocabulary, uint32_t token, uint32_t start, uint32_t end,
                      uint8_t place_flags)
{
    const att_word_slot *slot = att_vocabulary_intern(vocabulary, att_str_slice(doc->text, start, end));
    const att_tokens *tokens = &doc->tokens;
    tokens->start[token] = start;
    tokens->end[token] = end;
    tokens->type[token] = slot->type - 1;
    tokens->looks[token] = slot->looks;
    tokens->bits[token] = slot->bits;
    tokens->flags[token] = slot->flags | place_flags;
}

/* Moves tokens [first, last) so many places up. */
static void move_tokens(const att_tokens *self, uint32_t first, uint32_t last, uint32_t up)
{
    uint32_t count = last - first, to = first + up;
    memmove(self->start + to, self->start + first, sizeof *self->start * count);
    memmove(self->end + to, self->end + first, sizeof *self->end * count);
    memmove(self->type + to, self->type + first, sizeof *self->type * count);
    memmove(self->flags + to, self->flags + first, count);
    memmove(self->looks + to, self->looks + first, count);
    memmove(self->bits + to, self->bits + first, sizeof *self->bits * count);
}

/* Puts the parts of a token at their places. Cuts [before, last) lie in the token, so it moves by `before` places and takes as
 * many more as it has cuts. */
static void cut_token(const att_document *doc, att_vocabulary *vocabulary, uint32_t token, const uint32_t *cuts,
                      uint32_t before, uint32_t last)
{
    uint32_t start = doc->tokens.start[token], end = doc->tokens.end[token];
    uint8_t capitals = doc->tokens.flags[token] & ATT_FLAG_CAPITAL_LINE;
    for (uint32_t cut = before; cut < last; start = cuts[cut++])
        put_typed(doc, vocabulary, token + cut, start, cuts[cut], capitals);
    put_typed(doc, vocabulary, token + last, start, end, capitals);
}

/* The paragraphs' tokens stand as far on as there are cuts before them. */
static void move_paragraphs(const att_document *doc, const uint32_t *cuts, uint32_t count)
{
    uint32_t cut = 0;
    for (uint32_t p = 0; p < doc->paragraphs.count; p++) {
        att_paragraph *paragraph = &doc->paragraphs.items[p];
        paragraph->tokens.first += cut;
        while (cut < count && cuts[cut] < paragraph->end) cut++;
        paragraph->tokens.last += cut;
    }
}

/* In place, from the last cut to the first: a copy of the columns would need as much memory again. */
void att_split_hyphens(att_document *doc, att_vocabulary *vocabulary, const uint32_t *cuts, uint32_t count)
{
    if (!count) return;
    att_tokens *tokens = &doc->tokens;
    att_tokens_reserve(tokens, doc->arena, count);
    reserve_types(tokens, doc->arena, count);
    att_tokens left = *tokens; /* those that were not moved */
    for (uint32_t last = count, before; last; last = before) {
        uint32_t token = att_tokens_at(&left, cuts[last - 1]);
        move_tokens(tokens, token + 1, left.count, last);
        for (before = last - 1; before && cuts[before - 1] > tokens->start[token];) before--;
        cut_token(doc, vocabulary, token, cuts, before, last);
        left.count = token;
    }
    tokens->count += count;
    pad(tokens);
    move_paragraphs(doc, cuts, count);
}

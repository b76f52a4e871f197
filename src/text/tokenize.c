#include "text/tokenize.h"

#include "text/cut.h"

static void intern_all(att_document *doc, att_vocabulary *vocabulary)
{
    att_tokens *tokens = &doc->tokens;
    tokens->type = att_arena_alloc(doc->arena, sizeof *tokens->type * (tokens->count + ATT_TYPE_PADDING));
    tokens->looks = att_arena_alloc(doc->arena, tokens->count + ATT_TOKEN_PADDING);
    tokens->bits = att_arena_alloc(doc->arena, sizeof *tokens->bits * (tokens->count + 1));
    att_vocabulary_intern_tokens(vocabulary, doc->text, tokens);
    const uint32_t count = tokens->count;
    memset(tokens->type + count, 0, sizeof *tokens->type * ATT_TYPE_PADDING);
    memset(tokens->flags + count, 0, ATT_TOKEN_PADDING);
    memset(tokens->looks + count, 0, ATT_TOKEN_PADDING);
    for (uint32_t i = 0; (i = att_tokens_next(tokens->flags, i, count, ATT_FLAG_POSS)) < count; i++)
        if (att_vocabulary_type(vocabulary, tokens->type[i])->flags & ATT_FLAG_POSS
            && (i == 0 || tokens->end[i - 1] != tokens->start[i]))
            tokens->flags[i] &= (uint8_t)~ATT_FLAG_POSS;
}

/* Room for tokens is taken at once: memory that is never touched costs nothing, moving columns does. */
enum { CAPITAL_LETTERS = 8, BYTES_A_TOKEN = 3 };

/* Lines of capitals are sought from the words without a small letter on, which are few. */
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

/* Finds the line of a token, as far as up to one with a small letter or one that has such a token in its line: true when there
 * is none. */
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
    for (uint32_t i = first; i < last; i++) doc->tokens.flags[i] |= ATT_FLAG_CAPITALS;
}

/* Marks the tokens of lines that have eight letters or more and no small one. */
static void mark_capital_lines(att_document *doc, const att_vocabulary *vocabulary)
{
    capital_finder finder = { .doc = doc };
    const att_paragraph *paragraphs = doc->paragraphs.items;
    for (uint32_t block = 0; block < doc->tokens.count; block += ATT_TOKEN_BLOCK) {
        const uint8_t *flags = doc->tokens.flags + block;
        uint64_t capitals = att_tokens_block(flags, ATT_FLAG_LETTERS) & ~att_tokens_block(flags, ATT_FLAG_SMALL);
        for (; capitals; capitals &= capitals - 1) {
            uint32_t token = block + (uint32_t)__builtin_ctzll(capitals);
            if (token < finder.to) continue;
            while (paragraphs[finder.paragraph].tokens.last <= token) finder.paragraph++;
            if (is_without_small(&finder, token)) mark_capitals(doc, vocabulary, finder.from, finder.to);
        }
    }
}

void att_find_tokens(att_document *doc, const att_lexicon *lexicon)
{
    att_tokens_reserve(&doc->tokens, doc->arena, (uint32_t)(doc->text.length / BYTES_A_TOKEN) + 16);
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        att_paragraph *paragraph = &doc->paragraphs.items[i];
        paragraph->tokens.first = doc->tokens.count;
        if (paragraph->kind != ATT_ZONE_METADATA)
            att_cut(lexicon, doc->arena, doc->text, paragraph->start, paragraph->end, &doc->tokens);
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

static void push_typed(att_document *doc, att_vocabulary *vocabulary, att_tokens *out, uint32_t start, uint32_t end,
                       uint8_t place_flags)
{
    const att_word_slot *slot = att_vocabulary_intern(vocabulary, att_str_slice(doc->text, start, end));
    out->start[out->count] = start;
    out->end[out->count] = end;
    out->type[out->count] = slot->type - 1;
    out->looks[out->count] = slot->looks;
    out->bits[out->count] = slot->bits;
    out->flags[out->count++] = slot->flags | place_flags;
}

static att_tokens room_for(att_arena *arena, uint32_t count)
{
    att_tokens out = { .capacity = count };
    out.start = att_arena_alloc(arena, sizeof *out.start * count);
    out.end = att_arena_alloc(arena, sizeof *out.end * count);
    out.type = att_arena_alloc(arena, sizeof *out.type * (count + ATT_TYPE_PADDING));
    out.flags = att_arena_alloc(arena, count + ATT_TOKEN_PADDING);
    out.looks = att_arena_alloc(arena, count + ATT_TOKEN_PADDING);
    out.bits = att_arena_alloc(arena, sizeof *out.bits * count);
    return out;
}

static void free_tokens(att_arena *arena, const att_tokens *tokens)
{
    att_arena_free(arena, tokens->start);
    att_arena_free(arena, tokens->end);
    att_arena_free(arena, tokens->type);
    att_arena_free(arena, tokens->flags);
    att_arena_free(arena, tokens->looks);
    att_arena_free(arena, tokens->bits);
}

/* Tokens [first, last) as they are. */
static void copy_tokens(const att_tokens *in, uint32_t first, uint32_t last, att_tokens *out)
{
    uint32_t count = last - first, to = out->count;
    memcpy(out->start + to, in->start + first, sizeof *in->start * count);
    memcpy(out->end + to, in->end + first, sizeof *in->end * count);
    memcpy(out->type + to, in->type + first, sizeof *in->type * count);
    memcpy(out->flags + to, in->flags + first, count);
    memcpy(out->looks + to, in->looks + first, count);
    memcpy(out->bits + to, in->bits + first, sizeof *in->bits * count);
    out->count += count;
}

/* The token with the cuts in it, which are counted on. */
static void cut_token(att_document *doc, att_vocabulary *vocabulary, uint32_t token, const uint32_t *cuts, uint32_t count,
                      uint32_t *cut, att_tokens *out)
{
    uint32_t start = doc->tokens.start[token], end = doc->tokens.end[token];
    uint8_t capitals = doc->tokens.flags[token] & ATT_FLAG_CAPITALS;
    for (; *cut < count && cuts[*cut] < end; start = cuts[(*cut)++])
        push_typed(doc, vocabulary, out, start, cuts[*cut], capitals);
    push_typed(doc, vocabulary, out, start, end, capitals);
}

void att_split_hyphens(att_document *doc, att_vocabulary *vocabulary, const uint32_t *cuts, uint32_t count)
{
    if (!count) return;
    const att_tokens *in = &doc->tokens;
    att_tokens out = room_for(doc->arena, in->count + count);
    uint32_t cut = 0;
    for (uint32_t p = 0; p < doc->paragraphs.count; p++) {
        att_token_range *range = &doc->paragraphs.items[p].tokens;
        uint32_t first = out.count, done = range->first;
        while (cut < count && cuts[cut] < doc->paragraphs.items[p].end) {
            uint32_t token = att_tokens_at(in, cuts[cut]);
            copy_tokens(in, done, token, &out);
            cut_token(doc, vocabulary, token, cuts, count, &cut, &out);
            done = token + 1;
        }
        copy_tokens(in, done, range->last, &out);
        *range = (att_token_range){ first, out.count };
    }
    memset(out.type + out.count, 0, sizeof *out.type * ATT_TYPE_PADDING);
    memset(out.flags + out.count, 0, ATT_TOKEN_PADDING);
    memset(out.looks + out.count, 0, ATT_TOKEN_PADDING);
    free_tokens(doc->arena, in);
    doc->tokens = out;
}

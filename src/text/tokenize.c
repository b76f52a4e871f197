#include "text/tokenize.h"

#include "text/cut.h"

static void intern_all(att_document *doc, att_vocabulary *vocabulary)
{
    att_tokens *tokens = &doc->tokens;
    tokens->type = att_arena_alloc(doc->arena, sizeof *tokens->type * (tokens->count + 1));
    tokens->looks = att_arena_alloc(doc->arena, tokens->count + ATT_TOKEN_PADDING);
    tokens->bits = att_arena_alloc(doc->arena, sizeof *tokens->bits * (tokens->count + 1));
    att_vocabulary_intern_tokens(vocabulary, doc->text, tokens);
    const uint32_t count = tokens->count;
    memset(tokens->flags + count, 0, ATT_TOKEN_PADDING);
    memset(tokens->looks + count, 0, ATT_TOKEN_PADDING);
    for (uint32_t i = 0; (i = att_tokens_next(tokens->flags, i, count, ATT_FLAG_POSS)) < count; i++)
        if (att_vocabulary_type(vocabulary, tokens->type[i])->flags & ATT_FLAG_POSS
            && (i == 0 || tokens->end[i - 1] != tokens->start[i]))
            tokens->flags[i] &= (uint8_t)~ATT_FLAG_POSS;
}

/* Room for tokens is taken at once: memory that is never touched costs nothing, moving columns does. */
enum { CAPITAL_LETTERS = 8, BYTES_A_TOKEN = 3 };

/* Marks the tokens [first, last) of a line that has eight letters or more and no small one. */
static void mark_capitals(att_document *doc, const att_vocabulary *vocabulary, uint32_t first, uint32_t last)
{
    uint32_t letters = 0;
    bool capital = false;
    for (uint32_t i = first; i < last; i++) {
        if (doc->tokens.flags[i] & ATT_FLAG_SMALL) return;
        capital = capital || doc->tokens.flags[i] & ATT_FLAG_LETTERS;
        letters += att_vocabulary_type(vocabulary, doc->tokens.type[i])->letters;
    }
    if (!capital || letters < CAPITAL_LETTERS) return;
    for (uint32_t i = first; i < last; i++) doc->tokens.flags[i] |= ATT_FLAG_CAPITALS;
}

static void mark_capital_lines(att_document *doc, const att_vocabulary *vocabulary, const att_paragraph *paragraph)
{
    const att_tokens *tokens = &doc->tokens;
    uint32_t first = paragraph->tokens.first, last = paragraph->tokens.last;
    const char *end = doc->text.data + paragraph->end;
    if (paragraph->one_line) {
        mark_capitals(doc, vocabulary, first, last);
        return;
    }
    while (first < last) {
        const char *from = doc->text.data + tokens->start[first];
        const char *found = memchr(from, '\n', (size_t)(end - from));
        uint32_t next = found ? att_tokens_at(tokens, (uint32_t)(found - doc->text.data)) : last;
        if (next > last || next <= first) next = last;
        mark_capitals(doc, vocabulary, first, next);
        first = next;
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
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) mark_capital_lines(doc, vocabulary, &doc->paragraphs.items[i]);
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
    out.type = att_arena_alloc(arena, sizeof *out.type * count);
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
    memset(out.flags + out.count, 0, ATT_TOKEN_PADDING);
    memset(out.looks + out.count, 0, ATT_TOKEN_PADDING);
    free_tokens(doc->arena, in);
    doc->tokens = out;
}

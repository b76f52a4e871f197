#include "resolve/quotes.h"

#include "base/utf8.h"

typedef enum { EITHER, OPENS, CLOSES, NEITHER } mark_kind;

static mark_kind kind_of(const att_document *doc, uint32_t token)
{
    switch (att_utf8_decode(doc->text, doc->tokens.start[token]).code) {
    case '"': return EITHER;
    case 0x201C:
    case 0x201E:
    case 0xAB:
    case 0x300C: return OPENS;
    case 0x201D:
    case 0xBB:
    case 0x300D: return CLOSES;
    default: return NEITHER;
    }
}

static void push(const att_document *doc, att_quotes *quotes, uint32_t open, uint32_t close)
{
    if (open + 1 >= close) return;
    ATT_RESERVE(doc->arena, quotes, 1);
    quotes->items[quotes->count++] = (att_quote){ .open = open, .close = close };
}

/* `next`: whether the next paragraph begins with a mark, so that a quote goes on there. */
static void find_in(const att_document *doc, att_token_range range, bool next, att_quotes *quotes)
{
    uint32_t open = ATT_NONE;
    bool sure = false;
    for (uint32_t at = range.first; (at = att_tokens_next(doc->tokens.flags, at, range.last, ATT_FLAG_QUOTE)) < range.last;
         at++) {
        const mark_kind kind = kind_of(doc, at);
        if (kind == NEITHER) continue;
        if (open == ATT_NONE && kind != CLOSES) {
            open = at;
            sure = kind == OPENS || at == range.first;
        } else if (open != ATT_NONE && kind != OPENS) {
            push(doc, quotes, open, at);
            open = ATT_NONE;
        }
    }
    if (open != ATT_NONE && (sure || next)) push(doc, quotes, open, range.last);
}

static bool begins_with_mark(const att_document *doc, uint32_t paragraph)
{
    if (paragraph >= doc->paragraphs.count) return false;
    const att_token_range tokens = doc->paragraphs.items[paragraph].tokens;
    return tokens.first < tokens.last && kind_of(doc, tokens.first) <= OPENS;
}

att_quotes att_quotes_find(const att_document *doc)
{
    att_quotes quotes = { 0 };
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        const att_paragraph *paragraph = &doc->paragraphs.items[i];
        if (paragraph->kind != ATT_ZONE_METADATA) find_in(doc, paragraph->tokens, begins_with_mark(doc, i + 1), &quotes);
    }
    return quotes;
}

uint32_t att_quotes_from(const att_quotes *self, uint32_t token)
{
    uint32_t low = 0, high = self->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->items[middle].open < token) low = middle + 1;
        else high = middle;
    }
    return low;
}

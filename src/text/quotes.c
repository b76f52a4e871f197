#include "text/quotes.h"

#include <ctype.h>

#include "base/utf8.h"

enum { LOW_MARK = 0x201E, HIGH_MARK = 0x201C /* which closes what a low one opens: „We sail“ */ };

typedef enum { EITHER, OPENS, CLOSES, OPENS_SINGLE, CLOSES_SINGLE, NEITHER } mark_kind;

/* A straight single mark opens behind a blank and before a letter, as '90s has it not, and closes behind what is no blank. "The
 * ships' crew" is no end. */
static mark_kind kind_of_straight(const att_document *doc, uint32_t token)
{
    const uint32_t start = doc->tokens.start[token], end = doc->tokens.end[token];
    const unsigned char before = start ? (unsigned char)doc->text.data[start - 1] : ' ';
    const unsigned char behind = end < doc->text.length ? (unsigned char)doc->text.data[end] : ' ';
    if (isspace(before) || before == '(') return isalpha(behind) || behind >= 0x80 ? OPENS_SINGLE : NEITHER;
    if (isalnum(behind) || doc->tokens.flags[token] & ATT_FLAG_POSS) return NEITHER;
    return (before | 0x20) == 's' && isspace(behind) ? NEITHER : CLOSES_SINGLE;
}

static mark_kind kind_of(const att_document *doc, uint32_t token)
{
    switch (att_utf8_decode(doc->text, doc->tokens.start[token]).code) {
    case '\'': return kind_of_straight(doc, token);
    case '"': return EITHER;
    case HIGH_MARK:
    case LOW_MARK:
    case 0xAB:
    case 0x300C: return OPENS;
    case 0x201D:
    case 0xBB:
    case 0x300D: return CLOSES;
    case 0x2018: return OPENS_SINGLE;
    case 0x2019: return CLOSES_SINGLE;
    default: return NEITHER;
    }
}

static void push(const att_document *doc, att_quotes *quotes, uint32_t open, uint32_t close)
{
    if (open + 1 >= close) return;
    ATT_RESERVE(doc->arena, quotes, 1);
    quotes->items[quotes->count++] = (att_quote){ .open = open, .close = close };
}

/* The paragraph at hand. */
typedef struct {
    uint32_t open, single; /* tokens of opening marks; ATT_NONE for none */
    bool sure;             /* what is open goes on to the paragraph's end if nothing closes it */
} open_marks;

/* A single mark may be an apostrophe: a quote in them has both, and stands in no other. */
static void take_single(const att_document *doc, open_marks *marks, mark_kind kind, uint32_t at, att_quotes *quotes)
{
    if (marks->open != ATT_NONE) return;
    if (kind == CLOSES_SINGLE && marks->single != ATT_NONE) push(doc, quotes, marks->single, at);
    marks->single = kind == OPENS_SINGLE ? at : (uint32_t)ATT_NONE;
}

/* Whether the mark stands behind one like it, as in texts that doubled their marks: ""We sail,"" said Roe. */
static bool is_doubled(const att_document *doc, uint32_t first, uint32_t at)
{
    return at > first && doc->tokens.end[at - 1] == doc->tokens.start[at] && kind_of(doc, at) == EITHER
           && kind_of(doc, at - 1) == EITHER;
}

static bool is_rune(const att_document *doc, uint32_t token, uint32_t code)
{
    return att_utf8_decode(doc->text, doc->tokens.start[token]).code == code;
}

/* Whether an opening mark stands where one should close: “We sail, “said Roe; or closes as in German: „We sail“, said Roe. */
static bool closes_by_place(const att_document *doc, const open_marks *marks, uint32_t at)
{
    if (marks->open != ATT_NONE && is_rune(doc, marks->open, LOW_MARK) && is_rune(doc, at, HIGH_MARK)) return true;
    return marks->open != ATT_NONE && at > marks->open + 1 && doc->text.data[doc->tokens.start[at - 1]] == ',';
}

static void take_double(const att_document *doc, open_marks *marks, mark_kind kind, uint32_t at, att_quotes *quotes)
{
    if (kind == OPENS && closes_by_place(doc, marks, at)) kind = CLOSES;
    if (marks->open == ATT_NONE && kind != CLOSES) {
        marks->open = at;
        marks->sure = kind == OPENS;
        marks->single = ATT_NONE;
    } else if (marks->open != ATT_NONE && kind != OPENS) {
        push(doc, quotes, marks->open, at);
        marks->open = ATT_NONE;
    }
}

static bool begins_with_mark(const att_document *doc, uint32_t paragraph)
{
    if (paragraph >= doc->paragraphs.count) return false;
    const att_token_range tokens = doc->paragraphs.items[paragraph].tokens;
    return tokens.first < tokens.last && kind_of(doc, tokens.first) <= OPENS;
}

void att_quotes_find(att_document *doc, uint32_t paragraph)
{
    const att_token_range range = doc->paragraphs.items[paragraph].tokens;
    const uint8_t *flags = doc->tokens.flags;
    open_marks marks = { .open = ATT_NONE, .single = ATT_NONE };
    for (uint32_t at = range.first; (at = att_tokens_next(flags, at, range.last, ATT_FLAG_QUOTE)) < range.last; at++) {
        const mark_kind kind = kind_of(doc, at);
        if (is_doubled(doc, range.first, at)) {
            if (marks.open == at - 1) marks.open = at;
            continue;
        }
        if (kind == OPENS_SINGLE || kind == CLOSES_SINGLE) take_single(doc, &marks, kind, at, &doc->quotes);
        else if (kind != NEITHER) take_double(doc, &marks, kind, at, &doc->quotes);
    }
    if (marks.open == ATT_NONE) return;
    if (marks.sure || marks.open == range.first || begins_with_mark(doc, paragraph + 1))
        push(doc, &doc->quotes, marks.open, range.last);
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

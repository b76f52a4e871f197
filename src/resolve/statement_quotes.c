#include "resolve/groups.h"
#include "resolve/statement_maker.h"

static bool is_small(const statement_maker *self, uint32_t token)
{
    const uint8_t flags = self->doc->tokens.flags[token];
    return flags & ATT_FLAG_SMALL && !(flags & ATT_FLAG_CAPITAL);
}

/* Whether words behind the quote go on in its sentence, and so may tell who says it: “Liars!” cried some. */
static bool has_words_behind(const statement_maker *self, const att_quote *quote)
{
    const uint32_t behind = behind_quote(self, quote);
    return behind < paragraph_of(self, quote->open)->tokens.last && is_small(self, behind)
           && !att_is_pronoun(word_at(self, behind));
}

/* ---- quotes beside the verb ---- */

/* Whether the quote is the paragraph before that which begins with the token, a dash, and those who sign are no list. */
static bool is_signed_below(const statement_maker *self, const att_quote *quote, uint32_t token)
{
    const uint32_t here = self->doc->paragraph_of[token], next = here + 1;
    const att_token_range before = paragraph_of(self, quote->open)->tokens;
    if (self->doc->paragraph_of[quote->open] + 1 != here || before.first != quote->open) return false;
    if (behind_quote(self, quote) != before.last || paragraph_of(self, token)->tokens.first != token) return false;
    if (!is_mark(self, token) || self->doc->tokens.flags[token] & ATT_FLAG_QUOTE) return false;
    if (!quote->close || !is_one_of(self, quote->close - 1, ".!?…")) return false; /* the title of a talk */
    return next >= self->doc->paragraphs.count
           || !att_str_equal(word_at(self, self->doc->paragraphs.items[next].tokens.first), word_at(self, token));
}

att_quote *att_statement_quote_before(const statement_maker *self, uint32_t token)
{
    uint32_t next = att_quotes_from(&self->doc->quotes, token);
    if (!next) return NULL;
    att_quote *quote = &self->doc->quotes.items[next - 1];
    if (quote->close >= token) return NULL;
    if (paragraph_of(self, quote->open) != paragraph_of(self, token)) return is_signed_below(self, quote, token) ? quote : NULL;
    if (quote->open && is_one_of(self, quote->open - 1, "(") && is_one_of(self, quote->close + 1, ")"))
        return NULL; /* letters */
    return only_marks(self, quote->close + 1, token) ? quote : NULL;
}

/* Whether a colon ends the cue's paragraph, or the cue is all of it, and the quote is what the next one begins with. */
static bool begins_next(const statement_maker *self, const cue *by, const att_quote *quote)
{
    const att_token_range here = paragraph_of(self, by->first)->tokens;
    const bool next = self->doc->paragraph_of[quote->open] == self->doc->paragraph_of[by->first] + 1;
    const bool all = by->kind == FOLLOWS && by->first == here.first && by->last == here.last;
    return next && by->kind != LABEL && by->kind != PRAISE && by->kind != TAG && (all || is_one_of(self, here.last - 1, ":"))
           && paragraph_of(self, quote->open)->tokens.first == quote->open;
}

att_quote *att_statement_quote_behind(const statement_maker *self, const cue *by)
{
    uint32_t from = by->kind == QUOTE ? by->last - 1 : by->last;
    uint32_t next = att_quotes_from(&self->doc->quotes, from);
    if (next == self->doc->quotes.count) return NULL;
    att_quote *quote = &self->doc->quotes.items[next];
    if (paragraph_of(self, quote->open) != paragraph_of(self, by->first) && !begins_next(self, by, quote)) return NULL;
    if (!only_marks(self, from, quote->open)) return NULL;
    const bool next_sentence = sentence_of(self, by->verb->tokens.first) != sentence_of(self, quote->open);
    return next_sentence && has_words_behind(self, quote) ? NULL : quote;
}

const att_quote *att_statement_quote_around(const statement_maker *self, uint32_t token)
{
    uint32_t next = att_quotes_from(&self->doc->quotes, token);
    const att_quote *quote = next ? &self->doc->quotes.items[next - 1] : NULL;
    return quote && quote->close > token ? quote : NULL;
}

bool att_statement_quote_is_whole(const statement_maker *self, const att_quote *quote)
{
    const uint32_t behind = behind_quote(self, quote);
    if (behind >= paragraph_of(self, quote->open)->tokens.last || is_one_of(self, quote->close - 1, ".!?,")) return true;
    if (quote->open && is_one_of(self, quote->open - 1, ",:")) return true;
    return is_one_of(self, behind, ".!?,;") || sentence_at(self, behind).first == behind;
}

bool att_statement_add_quote(statement_maker *self, const cue *by, att_quote *quote)
{
    if (!quote || quote->taken) return false;
    quote->taken = true;
    att_statement_add(self, by, (att_token_range){ quote->open + 1, quote->close }, ATT_STATEMENT_QUOTED);
    return true;
}

/* ---- quotes that go on ---- */

/* Whether a quote is one sentence or more, none of which it shares. */
static bool stands_alone(const statement_maker *self, const att_quote *quote)
{
    const att_token_range inside = { quote->open + 1, quote->close };
    return only_marks(self, sentence_at(self, quote->open).first, quote->open) && att_statement_quote_is_whole(self, quote)
           && (inside.last == paragraph_of(self, quote->open)->tokens.last || is_one_of(self, quote->close - 1, ".!?"))
           && count_words(self, inside, GOING_ON_WORDS) == GOING_ON_WORDS;
}

/* Whether the quote comes straight behind what was said: the next sentence, or the next paragraph's first. */
static bool goes_on(const statement_maker *self, const made *before, const att_quote *quote)
{
    const uint32_t reach = before->reach - 1;
    if (before->statement.kind == ATT_STATEMENT_SPOKEN || before->is_signed || reach >= quote->open) return false;
    const uint32_t here = self->doc->paragraph_of[quote->open], there = self->doc->paragraph_of[reach];
    if (here == there) return sentence_of(self, reach) + 1 >= sentence_of(self, quote->open);
    return there + 1 == here && self->doc->paragraphs.items[here].tokens.first == quote->open
           && sentence_of(self, reach) + 1 == sentence_of(self, quote->open);
}

/* Whether the sentence that begins there begins with the name of another person than the entity, titles before it. */
static bool names_another(const statement_maker *self, uint32_t token, uint32_t entity)
{
    enum { TITLE_WORDS = 5, ASKED = 32 };
    const uint32_t end = sentence_at(self, token).last;
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[token]); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first >= end || one->tokens.first > token + TITLE_WORDS || asked++ > ASKED) return false;
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED) continue;
        while (token < one->tokens.first && !is_small(self, token)) token++;
        return token == one->tokens.first && one->entity != entity;
    }
    return false;
}

/* Whether words behind the quote tell who says it, though no rule reads them: “Liars!” cried some. “No!” Lind was at a loss. A
 * sentence of another behind “…” counts where the quote begins a paragraph or ends so that it may go on. */
static bool has_own_speaker(const statement_maker *self, const made *before, const att_quote *quote)
{
    const att_token_range paragraph = paragraph_of(self, quote->open)->tokens;
    const uint32_t behind = behind_quote(self, quote);
    if (behind >= paragraph.last) return false;
    if (is_small(self, behind)) return has_words_behind(self, quote);
    return (quote->open == paragraph.first || is_one_of(self, quote->close - 1, "!?"))
           && names_another(self, behind, before->statement.entity);
}

static void push_quote(statement_maker *self, const att_quote *quote, const att_statement *like)
{
    const att_token_range said =
        att_statement_trim(self, (att_token_range){ quote->open + 1, quote->close }, ATT_STATEMENT_QUOTED);
    att_statement_push(self, said, like, behind_quote(self, quote));
    self->made.items[self->made.count - 1].statement.kind = ATT_STATEMENT_QUOTED;
}

/* The quote said by all who said what made `before`, of which the made are in order up to `by_cues`. */
static void push_again(statement_maker *self, const att_quote *quote, const made *before, uint32_t by_cues)
{
    const att_statement like = before->statement;
    for (uint32_t i = 0; i < by_cues; i++) {
        const att_statement *one = &self->made.items[i].statement;
        if (one->start == like.start && one->end == like.end && one->entity != like.entity) push_quote(self, quote, one);
    }
    push_quote(self, quote, &like);
}

void att_statement_go_on(statement_maker *self)
{
    const uint32_t by_cues = self->made.count;
    uint32_t next = 0;
    made before = { .reach = 0 };
    for (uint32_t i = 0; i < self->doc->quotes.count; i++) {
        att_quote *quote = &self->doc->quotes.items[i];
        const uint32_t byte = self->doc->tokens.start[quote->open];
        for (; next < by_cues && self->made.items[next].statement.start <= byte; next++)
            if (self->made.items[next].reach > before.reach) before = self->made.items[next];
        if (quote->taken || !before.reach || !stands_alone(self, quote) || !goes_on(self, &before, quote)
            || has_own_speaker(self, &before, quote))
            continue;
        push_again(self, quote, &before, by_cues);
        before = self->made.items[self->made.count - 1];
    }
}

/* What is said in the quote, or NULL. The statements are sorted up to `count`. */
static const made *made_of(const statement_maker *self, const att_quote *quote, uint32_t count)
{
    const uint32_t from = self->doc->tokens.start[quote->open], to = self->doc->tokens.end[quote->close - 1];
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (self->made.items[middle].statement.start < from) low = middle + 1;
        else high = middle;
    }
    const made *found = &self->made.items[low];
    return low < count && found->statement.kind == ATT_STATEMENT_QUOTED && found->statement.start < to ? found : NULL;
}

/* Whether the quote is a paragraph without a closing mark. */
static bool is_open_paragraph(const statement_maker *self, const att_quote *quote)
{
    const att_token_range all = paragraph_of(self, quote->open)->tokens;
    return quote->open == all.first && quote->close == all.last;
}

void att_statement_go_back(statement_maker *self)
{
    const uint32_t by_cues = self->made.count;
    const made *behind = NULL; /* of the quote that begins the next paragraph */
    made like;
    for (uint32_t i = self->doc->quotes.count; i-- > 0;) {
        att_quote *quote = &self->doc->quotes.items[i];
        const uint32_t here = self->doc->paragraph_of[quote->open];
        if (self->doc->paragraphs.items[here].tokens.first != quote->open) continue;
        const bool next = behind && i + 1 < self->doc->quotes.count;
        if (next && !quote->taken && is_open_paragraph(self, quote)
            && self->doc->paragraph_of[self->doc->quotes.items[i + 1].open] == here + 1) {
            like = *behind;
            push_again(self, quote, &like, by_cues);
            quote->taken = true;
            behind = &like;
        } else behind = quote->taken ? made_of(self, quote, by_cues) : NULL;
    }
}

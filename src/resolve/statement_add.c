#include "resolve/statement_maker.h"

#include <assert.h>

#include "resolve/groups.h"

/* ---- who says it ---- */

/* The state or its people named by just the words from or up to a token, or NULL. */
static const att_annotation *nation(const statement_maker *self, uint32_t token, bool ends)
{
    enum { LONGEST = 8, ASKED = 32 };
    const uint32_t from = !ends ? token : token > LONGEST ? token - LONGEST : 0;
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[from]); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first > token || asked++ > ASKED) return NULL;
        if ((one->layer != ATT_LAYER_COUNTRY && one->layer != ATT_LAYER_DEMONYM) || one->state & ATT_DROPPED) continue;
        if (ends ? one->tokens.last == token : one->tokens.first == token) return one;
    }
    return NULL;
}

/* The state beside a speaker of whom there is no record: "the Peruvian minister", "Peru's minister", "ROE (Peru)"; or NULL. */
static const att_annotation *state_beside(const statement_maker *self, uint32_t start, uint32_t end, bool title)
{
    const att_tokens *tokens = &self->doc->tokens;
    const uint32_t first = att_tokens_at(tokens, start), last = att_tokens_at(tokens, end - 1) + 1;
    if (title) return first ? nation(self, tokens->flags[first - 1] & ATT_FLAG_POSS ? first - 1 : first, true) : NULL;
    if (last + 2 >= tokens->count || !is_one_of(self, last, "(")) return NULL;
    const att_annotation *state = nation(self, last + 1, false);
    return state && state->tokens.last < tokens->count && is_one_of(self, state->tokens.last, ")") ? state : NULL;
}

/* A post of which only the state is known, by the words that name the speaker or, for a person, by those that did before. */
static const att_official *post_of_state(statement_maker *self, const att_statement *one)
{
    const att_entity *entity = &self->doc->entities.items[one->entity];
    const bool title = entity->layer == ATT_LAYER_TITLE;
    if (!title && entity->layer != ATT_LAYER_PERSON) return NULL;
    const att_annotation *state =
        one->speaker_start == ATT_NONE ? NULL : state_beside(self, one->speaker_start, one->speaker_end, title);
    if (!state) return title ? NULL : self->posts[one->entity];
    att_official *post = att_arena_zero(self->doc->arena, 1, sizeof *post);
    if (title) post->title = entity->name;
    post->country = att_annotation_get(state, &self->knowledge->layers, ATT_KEY_CODE);
    if (!title) self->posts[one->entity] = post;
    return post;
}

/* `words`: those that name him, a null view where only the title does. */
static void name_speaker(statement_maker *self, att_statement *statement, att_str words)
{
    const bool here = words.data >= self->doc->text.data && words.data < self->doc->text.data + self->doc->text.length;
    statement->speaker_start = here ? (uint32_t)(words.data - self->doc->text.data) : (uint32_t)ATT_NONE;
    statement->speaker_end = here ? statement->speaker_start + (uint32_t)words.length : (uint32_t)ATT_NONE;
    statement->official = att_speaker_record(&self->speakers, statement->entity, here ? statement->speaker_end : 0);
    if (statement->official == ATT_NONE && !statement->post) statement->post = post_of_state(self, statement);
}

/* Quotes in what is said are no statements of their own. */
static void take_quotes(statement_maker *self, att_token_range said)
{
    for (uint32_t i = att_quotes_from(&self->doc->quotes, said.first); i < self->doc->quotes.count; i++) {
        if (self->doc->quotes.items[i].open >= said.last) return;
        self->doc->quotes.items[i].taken = true;
    }
}

/* A quotation mark that opens no quote which ends before token `last`. */
static bool is_stray(const statement_maker *self, uint32_t token, uint32_t last)
{
    if (!(self->doc->tokens.flags[token] & ATT_FLAG_QUOTE)) return false;
    const uint32_t quote = att_quotes_from(&self->doc->quotes, token);
    return quote == self->doc->quotes.count || self->doc->quotes.items[quote].open != token
           || self->doc->quotes.items[quote].close >= last;
}

/* The dash behind a place that opens a report: "LIMA – Ships sail, the navy said". */
static bool is_leading_dash(const statement_maker *self, uint32_t token)
{
    static const char *const dashes[] = { "–", "—", "--", "---", NULL };
    return att_str_is_any(word_at(self, token), dashes);
}

att_token_range att_statement_trim(const statement_maker *self, att_token_range said, att_statement_kind kind)
{
    while (said.first < said.last
           && (is_one_of(self, said.first, ",:;-.") || (kind == ATT_STATEMENT_REPORTED && is_leading_dash(self, said.first))
               || is_stray(self, said.first, said.last)))
        said.first++;
    if (kind == ATT_STATEMENT_SPOKEN) return said;
    const char *const marks = kind == ATT_STATEMENT_QUOTED ? "," : ",.;:";
    while (said.first < said.last
           && (is_one_of(self, said.last - 1, marks) || (kind == ATT_STATEMENT_REPORTED && is_joining(self, said.last - 1))))
        said.last--;
    return said;
}

/* How many marks of emphasis stand there at a bound of what is said, `step` bytes from one to the next: they belong to no
 * token. */
static uint32_t marks_at(att_str text, uint32_t at, int step)
{
    enum { LONGEST = 3 };
    const char mark = text.data[at];
    uint32_t count = 0;
    if (mark != '*' && mark != '_') return 0;
    for (; count < LONGEST && at < text.length && text.data[at] == mark; at = (uint32_t)((int64_t)at + step)) count++;
    return count;
}

static uint32_t count_marks(att_str said, att_str mark)
{
    uint32_t count = 0;
    for (size_t i = 0; i + mark.length <= said.length; i++) {
        if (memcmp(said.data + i, mark.data, mark.length) != 0) continue;
        count++;
        i += mark.length - 1;
    }
    return count;
}

/* Takes in the marks beside what is said whose pairs it has: "**We sail** today" without its first mark is half of it. */
static void take_emphasis(const statement_maker *self, att_statement *one, att_token_range said)
{
    const att_str text = self->doc->text;
    const att_tokens *tokens = &self->doc->tokens;
    uint32_t before = one->start ? marks_at(text, one->start - 1, -1) : 0;
    uint32_t behind = one->end < text.length ? marks_at(text, one->end, 1) : 0;
    if (said.first && tokens->end[said.first - 1] + before > one->start) before = 0;
    if (said.last < tokens->count && tokens->start[said.last] < one->end + behind) behind = 0;
    if (!before && !behind) return;
    const att_str mark = att_str_slice(text, before ? one->start - before : one->end, before ? one->start : one->end + behind);
    const uint32_t inside = count_marks(att_str_slice(text, one->start, one->end), mark);
    if (!inside || (inside % 2 == 0 && !(before && behind))) return;
    if (before) one->start -= before;
    if (behind && (!before || inside % 2 == 0)) one->end += behind;
}

void att_statement_push(statement_maker *self, att_token_range said, const att_statement *like, uint32_t reach)
{
    assert(said.first < said.last && said.last <= self->doc->tokens.count);
    ATT_RESERVE(self->doc->arena, &self->made, 1);
    made *one = &self->made.items[self->made.count++];
    *one = (made){ *like, reach > said.last ? reach : said.last, false };
    one->statement.start = self->doc->tokens.start[said.first];
    one->statement.end = self->doc->tokens.end[said.last - 1];
    take_emphasis(self, &one->statement, said);
}

/* The same once more, said by another. */
static void push_fellow(statement_maker *self, att_token_range said, att_statement like, const att_fellow *fellow,
                        uint32_t reach)
{
    like.entity = fellow->entity;
    like.post = fellow->post;
    name_speaker(self, &like, fellow->words);
    att_statement_push(self, said, &like, reach);
}

void att_statement_add(statement_maker *self, const cue *by, att_token_range said, att_statement_kind kind)
{
    said = att_statement_trim(self, said, kind);
    if (!count_words(self, said, 1)) return;
    const att_annotation *verb = by->verb;
    att_statement like = { .entity = by->entity, .kind = kind, .origin = verb->origin, .line = verb->line, .post = by->post };
    if (!is_whole_text(by) && by->kind != ANSWER && !is_mark(self, verb->tokens.first))
        like.verb = att_str_slice(self->doc->text, verb->start, verb->end);
    name_speaker(self, &like, by->speaker);
    att_statement_push(self, said, &like, by->last);
    self->made.items[self->made.count - 1].is_signed = by->kind == TAG && is_mark(self, verb->tokens.first);
    for (uint32_t i = 0; i < by->fellows.count; i++) push_fellow(self, said, like, &by->fellows.items[i], by->last);
    take_quotes(self, said);
}

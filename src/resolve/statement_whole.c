#include "resolve/statement_maker.h"

/* ---- texts that are a statement from end to end ---- */

/* Whether the paragraph has a sentence: it is no place, hour or name that stands before and behind a speech. */
static bool is_of_speech(const statement_maker *self, const att_paragraph *paragraph)
{
    enum { WORDS = 12 };
    if (paragraph->kind != ATT_ZONE_BODY && paragraph->kind != ATT_ZONE_TITLE) return false;
    uint32_t last = paragraph->tokens.last;
    while (last > paragraph->tokens.first && self->doc->tokens.flags[last - 1] & ATT_FLAG_QUOTE) last--;
    if (last == paragraph->tokens.first) return false;
    return is_one_of(self, last - 1, ".!?:") || count_words(self, paragraph->tokens, WORDS) == WORDS;
}

/* The first paragraph of the body behind a title, without the lines before a speech that say where, when and before whom it was
 * made: "Committee on Ports", "Hearing on Peru". */
static uint32_t opening_behind(const statement_maker *self, uint32_t title)
{
    enum { MOST_LINES = 6 };
    const uint32_t count = self->doc->paragraphs.count;
    for (uint32_t i = title + 1; i < count && i <= title + MOST_LINES; i++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[i];
        if (paragraph->kind != ATT_ZONE_BODY) break;
        if (is_of_speech(self, paragraph) || is_one_of(self, paragraph->tokens.last - 1, ",")) return i;
    }
    return title + 1;
}

/* Whether somebody else tells what the quote behind is: "Today, Roe issued the following statement:" */
static bool is_narrated(const statement_maker *self, uint32_t index)
{
    if (index + 1 >= self->doc->paragraphs.count) return false;
    const att_token_range here = self->doc->paragraphs.items[index].tokens;
    const uint32_t next = self->doc->paragraphs.items[index + 1].tokens.first;
    if (here.first >= here.last || !is_one_of(self, here.last - 1, ":")) return false;
    if (!(self->doc->tokens.flags[next] & ATT_FLAG_QUOTE)) return false;
    for (uint32_t i = 0; i < self->cues.count; i++) {
        const cue *one = &self->cues.items[i];
        if (one->first >= here.first && one->last <= here.last && one->kind != LABEL && !is_whole_text(one)) return true;
    }
    return false;
}

/* The paragraphs behind a title, up to what is no body. */
static att_token_range text_behind(const statement_maker *self, const cue *title)
{
    const uint32_t first = opening_behind(self, self->doc->paragraph_of[title->first]);
    att_token_range said = { title->last, title->last };
    for (uint32_t i = first; i < self->doc->paragraphs.count; i++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[i];
        if (paragraph->kind != ATT_ZONE_BODY || (i == first && is_narrated(self, i))) break;
        if (i == first) said.first = sentence_start(self, paragraph->tokens.first);
        if (paragraph->tokens.last > said.last) said.last = paragraph->tokens.last;
    }
    return said;
}

/* Whether the text opens as an agency's report: "LIMA, May 2 (Xinhua) - ". A day in brackets is none. */
static bool is_report(const statement_maker *self, att_token_range said)
{
    enum { DATELINE = 24 };
    if (said.first >= said.last) return false;
    uint32_t i = paragraph_of(self, said.first)->tokens.first;
    if (i + DATELINE < said.first) return false;
    while (i < said.first && !is_one_of(self, i, "(")) i++;
    bool bracket = i < said.first;
    for (; i < said.first; i++)
        if (*word_at(self, i).data >= '0' && *word_at(self, i).data <= '9') return false;
    return bracket;
}

void att_statement_whole(statement_maker *self)
{
    for (uint32_t i = 0; !self->transcript && i < self->cues.count; i++) {
        cue *title = &self->cues.items[i];
        if (!is_whole_text(title) || paragraph_of(self, title->first)->kind != ATT_ZONE_TITLE) continue;
        title->entity = att_speaker_of(&self->speakers, title->speaker, title->verb->tokens.first, &title->fellows);
        if (title->kind == WHOLE_OF)
            att_fellows_list(&self->knowledge->lists, self->doc, title->last, title->entity, &title->fellows);
        att_token_range said = text_behind(self, title);
        if (title->entity != ATT_NONE && !is_report(self, said) && att_statement_is_speech(self, said))
            att_statement_add(self, title, said, ATT_STATEMENT_SPOKEN);
        return;
    }
}

/* ---- the same by a title that is not in the text, or by a heading ---- */

/* From the first paragraph of speech at or behind `first` up to the last. */
static att_token_range speech_from(const statement_maker *self, uint32_t first)
{
    att_token_range said = { 0, 0 };
    for (uint32_t i = first; i < self->doc->paragraphs.count; i++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[i];
        if (!is_of_speech(self, paragraph)) continue;
        if (!said.last) said.first = sentence_start(self, paragraph->tokens.first);
        said.last = paragraph->tokens.last;
    }
    return said;
}

/* Paragraphs that begin with a quotation mark are quotes, one by one. False where the first does not. */
static bool add_quotes(statement_maker *self, const cue *by, att_token_range said)
{
    if (said.first >= said.last || !(self->doc->tokens.flags[said.first] & ATT_FLAG_QUOTE)) return false;
    for (uint32_t i = att_quotes_from(&self->doc->quotes, said.first); i < self->doc->quotes.count; i++) {
        att_quote *quote = &self->doc->quotes.items[i];
        const att_token_range paragraph = paragraph_of(self, quote->open)->tokens;
        if (quote->open != paragraph.first) continue;
        if (!only_marks(self, quote->close < paragraph.last ? quote->close : paragraph.last, paragraph.last)) break;
        att_statement_add_quote(self, by, quote);
    }
    return true;
}

void att_statement_titled(statement_maker *self)
{
    const att_titled *titled = &self->titled;
    if (!titled->whole || self->transcript) return;
    cue by = { .verb = titled->whole, .kind = WHOLE, .entity = titled->items[0].entity, .post = titled->items[0].post };
    for (uint32_t i = 1; i < titled->whole_count; i++)
        by.fellows.items[by.fellows.count++] = (att_fellow){ .entity = titled->items[i].entity, .post = titled->items[i].post };
    const att_token_range said = speech_from(self, 0);
    if (is_report(self, said) || add_quotes(self, &by, said)) return;
    if (att_statement_is_speech(self, said)) att_statement_add(self, &by, said, ATT_STATEMENT_SPOKEN);
}

void att_statement_headed(statement_maker *self)
{
    for (uint32_t i = 0; !self->transcript && i < self->cues.count; i++) {
        cue *heading = &self->cues.items[i];
        const att_paragraph *paragraph = paragraph_of(self, heading->first);
        if (!is_whole_text(heading) || paragraph->kind != ATT_ZONE_BODY || !is_at_head(self, heading)) continue;
        if (heading->last + 1 != paragraph->tokens.last || !is_one_of(self, heading->last, ":")) continue;
        heading->entity = att_speaker_of(&self->speakers, heading->speaker, heading->verb->tokens.first, &heading->fellows);
        if (heading->entity == ATT_NONE) continue;
        const att_token_range said = speech_from(self, self->doc->paragraph_of[heading->first] + 1);
        if (!add_quotes(self, heading, said) && att_statement_is_speech(self, said))
            att_statement_add(self, heading, said, ATT_STATEMENT_SPOKEN);
        return;
    }
}

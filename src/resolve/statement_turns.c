#include "resolve/statement_maker.h"

/* Whether nothing stands there but marks or a short remark: "(Watch)", "Watch". */
static bool is_remark(const statement_maker *self, uint32_t first, uint32_t last)
{
    enum { REMARK = 10 };
    if (only_marks(self, first, last)) return true;
    while (first < last && self->doc->tokens.flags[first] & ATT_FLAG_QUOTE) first++;
    return first < last
           && (last - first == 1
               || (last - first <= REMARK && is_one_of(self, first, "([") && is_one_of(self, last - 1, ")]")));
}

att_quote *att_statement_praise(const statement_maker *self, const cue *label)
{
    att_quote *quote = (label->kind == LABEL || label->kind == PRAISE) && is_at_head(self, label)
                           ? att_statement_quote_behind(self, label)
                           : NULL;
    return quote && is_remark(self, quote->close, paragraph_of(self, label->first)->tokens.last) ? quote : NULL;
}

/* A name with no more than a title before it. */
static bool is_name_label(const cue *one)
{
    enum { LONGEST_LABEL = 5 };
    return one->kind == LABEL || (one->kind == PRAISE && one->verb->tokens.first - one->first <= LONGEST_LABEL);
}

/* The cue at the head of the paragraph behind that of `one`, or NULL. */
static const cue *head_of_next(const statement_maker *self, const cue *one)
{
    const cue *next = one + 1, *end = self->cues.items + self->cues.count;
    const uint32_t here = self->doc->paragraph_of[one->first];
    while (next < end && self->doc->paragraph_of[next->first] == here) next++;
    return next < end && self->doc->paragraph_of[next->first] == here + 1 && is_at_head(self, next) ? next : NULL;
}

/* Whether the next paragraph begins with the label of somebody who is named, be it behind few more that ask. */
static bool is_answered(const statement_maker *self, const cue *one)
{
    enum { MORE = 3 };
    const cue *next = head_of_next(self, one);
    for (uint32_t more = 0; next && next->kind == ASKER && more < MORE; more++) next = head_of_next(self, next);
    return next && (next->kind == ANSWER || is_name_label(next));
}

/* Whether somebody of whom no more is known takes a turn: he is answered, or he asks and has more than one word for a name.
 * "First: do we sail?" is a part of a speech. */
static bool is_asking(const statement_maker *self, const cue *one)
{
    if (one->kind != ASKER || !self->transcript) return false;
    const uint32_t last = paragraph_of(self, one->first)->tokens.last;
    for (uint32_t i = one->last; i < last && one->last - one->first > 2; i++)
        if (is_one_of(self, i, "?")) return true;
    return is_answered(self, one);
}

/* Whether the label of an answer has a colon, or stands shortly behind "Q." as "A." does: else it numbers a list. */
static bool is_answer(const statement_maker *self, const cue *one)
{
    enum { CUES = 8, PARAGRAPHS = 4 };
    if (one->kind != ANSWER) return false;
    if (is_one_of(self, one->last - 1, ":")) return true;
    const uint32_t here = self->doc->paragraph_of[one->first];
    for (uint32_t i = 1; i <= CUES && one - self->cues.items >= i; i++) {
        if (self->doc->paragraph_of[one[-(int)i].first] + PARAGRAPHS < here) return false;
        if (att_str_is(word_at(self, one[-(int)i].verb->tokens.first), "Q.")) return is_at_head(self, one - i);
    }
    return false;
}

static bool is_label(const statement_maker *self, const cue *one)
{
    return (is_name_label(one) || is_answer(self, one) || one->kind == OTHER || is_asking(self, one)) && is_at_head(self, one)
           && !att_statement_praise(self, one);
}

/* The next cue from `index` on that is a label, or how many there are. */
static uint32_t next_label(const statement_maker *self, uint32_t index)
{
    while (index < self->cues.count && !is_label(self, &self->cues.items[index])) index++;
    return index;
}

/* Whom the title names and the label means, or NULL. */
static const att_titled_one *titled_label(const statement_maker *self, const cue *label)
{
    if (!is_name_label(label) || !self->titled.count) return NULL;
    const uint32_t layer = att_speaker_layer(&self->speakers, label->speaker);
    return layer == ATT_NONE ? NULL : att_titled_label(&self->titled, &self->knowledge->lists, label->speaker, layer);
}

static uint32_t count_praise(const statement_maker *self)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->cues.count; i++) count += att_statement_praise(self, &self->cues.items[i]) != NULL;
    return count;
}

bool att_statement_is_transcript(const statement_maker *self)
{
    uint32_t labels = 0, named = 0, titled = 0;
    for (uint32_t i = next_label(self, 0); i < self->cues.count; i = next_label(self, i + 1)) {
        labels++;
        named += is_name_label(&self->cues.items[i]) || self->cues.items[i].kind == ANSWER;
        titled += labels == 1 && titled_label(self, &self->cues.items[i]);
    }
    return ((labels > 1 && named) || titled) && count_praise(self) < labels;
}

/* "5:24 P.M. EST", as it stands before and behind speeches. */
static bool is_hour(const statement_maker *self, const att_paragraph *paragraph)
{
    enum { MOST_TOKENS = 8 };
    const uint32_t first = paragraph->tokens.first, last = paragraph->tokens.last;
    if (first >= last || last - first > MOST_TOKENS) return false;
    const char head = *word_at(self, first).data;
    return head >= '0' && head <= '9'
           && memchr(self->doc->text.data + paragraph->start, ':', paragraph->end - paragraph->start);
}

/* "(The briefing was concluded at 1:58 p.m.)", which nobody says where it stands last. */
static bool is_note(const statement_maker *self, const att_paragraph *paragraph)
{
    enum { NOTE_WORDS = 4, LONGEST = 30 };
    const att_token_range all = paragraph->tokens;
    bool inside = false;
    if (all.last - all.first > LONGEST || count_words(self, all, NOTE_WORDS) < NOTE_WORDS) return false;
    for (uint32_t i = all.first; i < all.last; i++) {
        if (is_one_of(self, i, "([")) inside = true;
        else if (is_one_of(self, i, ")]")) inside = false;
        else if (!inside && !is_mark(self, i)) return false;
    }
    return true;
}

/* The paragraphs behind a label, up to the next or to what is no body. */
static att_token_range turn(const statement_maker *self, uint32_t index)
{
    const cue *label = &self->cues.items[index];
    const uint32_t next = next_label(self, index + 1);
    const uint32_t end =
        next < self->cues.count ? self->doc->paragraph_of[self->cues.items[next].first] : self->doc->paragraphs.count;
    att_token_range said = { label->last, label->last };
    for (uint32_t i = self->doc->paragraph_of[label->first]; i < end; i++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[i];
        if (paragraph->kind != ATT_ZONE_BODY && paragraph->kind != ATT_ZONE_TITLE) break;
        if (paragraph->tokens.last <= said.last || is_hour(self, paragraph) || is_note(self, paragraph)) continue;
        said.last = paragraph->tokens.last;
    }
    return said;
}

static bool is_dash(const statement_maker *self, uint32_t token)
{
    const att_str word = word_at(self, token);
    return att_str_is(word, "—") || att_str_is(word, "–") || att_str_is(word, "--");
}

bool att_statement_is_speech(const statement_maker *self, att_token_range said)
{
    enum { SPEECH_WORDS = 6, BROKEN_OFF = 3 };
    bool inside = false, ends = false;
    uint32_t words = 0;
    for (uint32_t i = said.first; i < said.last && !(ends && words) && words < SPEECH_WORDS; i++) {
        if (is_one_of(self, i, "([")) inside = true;
        else if (is_one_of(self, i, ")]")) inside = false;
        else if (!inside && is_mark(self, i))
            ends = ends || is_one_of(self, i, ".!?") || (words >= BROKEN_OFF && is_dash(self, i));
        else if (!inside) words++;
    }
    return words >= SPEECH_WORDS || (ends && words);
}

/* Whether "By" before the name says that he has written the text. */
static bool has_written(const statement_maker *self, const att_annotation *one)
{
    if (!one->tokens.first) return false;
    const att_str word = word_at(self, one->tokens.first - 1);
    return att_str_is(word, "By") || att_str_is(word, "by") || att_str_is(word, "BY");
}

/* The one person whom a title in the text names, or NULL. */
static const att_annotation *only_one_titled(const statement_maker *self)
{
    const att_annotation *found = NULL;
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (paragraph_of(self, one->tokens.first)->kind != ATT_ZONE_TITLE) break;
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED || has_written(self, one)) continue;
        if (found && found->entity != one->entity) return NULL;
        if (!found) found = one;
    }
    return found;
}

/* Whether the sentence around the token tells of an interview. */
static bool tells_of_interview(const statement_maker *self, uint32_t token)
{
    const att_token_range here = self->doc->sentences.items[sentence_of(self, token)].tokens;
    for (uint32_t i = here.first; i < here.last; i++)
        if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_INTERVIEW, word_at(self, i))) return true;
    return false;
}

/* The one person whom the text names before the first turn, in a sentence that tells of an interview: "We spoke to Minister
 * Roe."; or NULL. */
static const att_annotation *only_one_introduced(const statement_maker *self)
{
    const uint32_t label = next_label(self, 0), first = label < self->cues.count ? self->cues.items[label].first : 0;
    const att_annotation *found = NULL;
    bool asked = false;
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first >= first) break;
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED || has_written(self, one)) continue;
        if (found && found->entity != one->entity) return NULL;
        if (!found || !asked) asked = tells_of_interview(self, one->tokens.first);
        found = one;
    }
    return asked ? found : NULL;
}

/* Who answers: whom the title names, else who is introduced. The same in all turns, so asked for once. */
static const att_annotation *answerer(statement_maker *self)
{
    if (!self->asked) {
        self->asked = true;
        self->answerer = only_one_titled(self);
        if (!self->answerer) self->answerer = only_one_introduced(self);
    }
    return self->answerer;
}

static void make_answer(statement_maker *self, uint32_t index)
{
    cue *label = &self->cues.items[index];
    const att_annotation *here = answerer(self);
    const att_token_range said = turn(self, index);
    if (self->titled.count == 1) {
        label->entity = self->titled.items[0].entity;
        label->post = self->titled.items[0].post;
    } else if (here && here->entity < self->doc->entities.count) {
        label->entity = here->entity;
        label->speaker = att_str_slice(self->doc->text, here->start, here->end);
    }
    if (label->entity != ATT_NONE && att_statement_is_speech(self, said))
        att_statement_add(self, label, said, ATT_STATEMENT_SPOKEN);
}

void att_statement_turns(statement_maker *self)
{
    if (!self->transcript) return;
    for (uint32_t i = next_label(self, 0); i < self->cues.count; i = next_label(self, i + 1)) {
        cue *label = &self->cues.items[i];
        if (label->kind == ANSWER) make_answer(self, i);
        if (!is_name_label(label)) continue;
        const att_titled_one *titled = titled_label(self, label);
        if (titled) label->entity = titled->entity;
        else if (label->entity == ATT_NONE) /* else it is a name in capitals */
            label->entity = att_speaker_of(&self->speakers, label->speaker, label->verb->tokens.first, &label->fellows);
        if (titled) label->post = titled->post;
        att_token_range said = turn(self, i);
        if (label->entity != ATT_NONE && att_statement_is_speech(self, said))
            att_statement_add(self, label, said, ATT_STATEMENT_SPOKEN);
    }
}

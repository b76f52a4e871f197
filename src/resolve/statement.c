#include "resolve/statement_maker.h"

#include <stdlib.h>

#include "resolve/groups.h"

/* ---- what rules found ---- */

static bool read_kind(att_str name, cue_kind *kind)
{
    static const char *const names[] = {
#define X(id, name) name,
        CUE_KINDS(X)
#undef X
    };
    for (int i = 0; i < CUE_KIND_COUNT; i++) {
        if (!att_str_is(name, names[i])) continue;
        *kind = (cue_kind)i;
        return true;
    }
    return false;
}

static const att_annotation *mention_at(const statement_maker *self, uint32_t byte, uint32_t layer)
{
    for (uint32_t i = att_first_from(self->doc, byte); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->start != byte) return NULL;
        if (one->layer == layer && !(one->state & ATT_DROPPED)) return one;
    }
    return NULL;
}

/* A state between commas belongs to the place before it and does not speak: "to Lima, Peru, Captain Roe, an envoy, said". The
 * speaker is the person behind it, if only a title stands between. */
static void pass_over_state(const statement_maker *self, cue *by)
{
    enum { TITLE_WORDS = 4 };
    const att_str text = self->doc->text;
    if (by->speaker.data < text.data || by->speaker.data >= text.data + text.length) return; /* a word of the rule */
    const att_annotation *state = mention_at(self, (uint32_t)(by->speaker.data - text.data), ATT_LAYER_COUNTRY);
    if (!state || !state->tokens.first || !is_one_of(self, state->tokens.first - 1, ",")) return;
    const uint32_t first = state->tokens.last + 1, verb = by->verb->tokens.first;
    if (first >= verb || !is_one_of(self, first - 1, ",")) return;
    for (uint32_t at = first; at < verb && at <= first + TITLE_WORDS; at++) {
        const att_annotation *person = mention_at(self, self->doc->tokens.start[at], ATT_LAYER_PERSON);
        if (person) {
            by->speaker = att_str_slice(text, person->start, person->end);
            by->first = first;
        }
        if (person || !(self->doc->tokens.flags[at] & ATT_FLAG_CAPITAL)) return;
    }
}

/* The first person whom the tokens name, no more than a title before him; NULL for none. */
static const att_annotation *person_at_head(const statement_maker *self, uint32_t first, uint32_t last)
{
    enum { TITLE_WORDS = 5, ASKED = 32 };
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[first]); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.last >= last || one->tokens.first > first + TITLE_WORDS || asked++ > ASKED) return NULL;
        if (one->layer == ATT_LAYER_PERSON && !(one->state & ATT_DROPPED)) return one;
    }
    return NULL;
}

/* Behind a clause of another, "saying" is his: "Roe said it was late, and Minister Lind echoed that, saying it was". What Roe
 * said ends before that clause. */
static void pass_to_another(const statement_maker *self, cue *by)
{
    enum { CLAUSE_WORDS_BEFORE = 24 };
    const uint32_t start = sentence_at(self, by->first).first, comma = by->first;
    const att_str verb = word_at(self, by->verb->tokens.first);
    if (!is_one_of(self, comma, ",") || att_str_is(verb, "adding") || verb.length < 4
        || memcmp(verb.data + verb.length - 3, "ing", 3) != 0)
        return;
    uint32_t at = comma;
    while (at > start && comma - at < CLAUSE_WORDS_BEFORE && (at == comma || !is_mark(self, at))) at--;
    if (!is_one_of(self, at, ",") || at + 3 >= comma || !is_joining(self, at + 1)) return;
    const att_annotation *person = person_at_head(self, at + 2, comma);
    if (!person) return;
    const att_str did = word_at(self, person->tokens.last);
    if (did.length < 4 || memcmp(did.data + did.length - 2, "ed", 2) != 0) return;
    by->kind = SAYS;
    by->first = at + 2;
    by->speaker = att_str_slice(self->doc->text, person->start, person->end);
}

uint32_t att_statement_behind_place(const statement_maker *self, uint32_t first)
{
    enum { LONGEST = 14, YEAR = 4 };
    const att_token_range all = paragraph_of(self, first)->tokens;
    const bool bracket = is_one_of(self, first, "(");
    bool comma = false;
    if (all.first != first) return first;
    for (uint32_t i = first + 1; i + 1 < all.last && i < first + LONGEST; i++) {
        const att_str word = word_at(self, i), before = word_at(self, i - 1);
        if (att_str_is(word, "—") || att_str_is(word, "–") || att_str_is(word, "-") || att_str_is(word, "--")) {
            const bool year = before.length == YEAR && before.data[0] >= '1' && before.data[0] <= '2';
            return (bracket ? is_one_of(self, i - 1, ")") : year && comma) ? i + 1 : first;
        }
        comma = comma || is_one_of(self, i, ",");
        const uint8_t flags = self->doc->tokens.flags[i];
        if ((flags & ATT_FLAG_SMALL && !(flags & ATT_FLAG_CAPITAL)) || is_one_of(self, i, ".:;")) return first;
    }
    return first;
}

/* Notes that the person, who is named at the byte, bears the name. */
static void note_name(statement_maker *self, att_str name, uint32_t entity, uint32_t byte)
{
    const uint32_t known = self->families.count;
    const uint32_t family = att_map_keep(&self->families, att_fold_person(self->doc->arena, name));
    if (family == known) self->bearers[family] = (bearer){ entity, byte };
    else if (self->bearers[family].entity != entity) self->bearers[family].entity = ATT_NONE;
}

/* The last words of the persons' names, and the first ones, which are families in some tongues. */
static void list_families(statement_maker *self)
{
    const att_annotations *all = &self->doc->annotations;
    att_map_init(&self->families, self->doc->arena);
    self->bearers = att_arena_alloc(self->doc->arena, sizeof *self->bearers * (2 * (size_t)all->count + 1));
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *one = &all->items[i];
        if (one->layer != ATT_LAYER_PERSON || one->entity >= self->doc->entities.count || one->state & ATT_DROPPED) continue;
        att_str name = self->doc->entities.items[one->entity].name;
        note_name(self, att_str_last_word(name), one->entity, one->start);
        note_name(self, att_str_first_word(&name), one->entity, one->start);
    }
}

/* The one person of the text who has the word in his name, be it in capitals, and is named before the byte; ATT_NONE for none
 * and for several. */
static uint32_t only_one_called(statement_maker *self, att_str word, uint32_t byte)
{
    if (!self->bearers) list_families(self);
    const uint32_t family = att_map_find(&self->families, att_fold_person(self->doc->arena, word));
    return family == ATT_NONE || self->bearers[family].byte >= byte ? (uint32_t)ATT_NONE : self->bearers[family].entity;
}

/* Whether the token begins the name of a place or body: "LIMA: Ships sail." */
static bool is_place_or_body(const statement_maker *self, uint32_t token)
{
    const uint32_t byte = self->doc->tokens.start[token];
    return mention_at(self, byte, ATT_LAYER_LOCATION) || mention_at(self, byte, ATT_LAYER_COUNTRY)
           || mention_at(self, byte, ATT_LAYER_AGENCY) || mention_at(self, byte, ATT_LAYER_IGO);
}

/* A family name in capitals takes a turn where the text names just one person so: "ROE: We sail." */
static void name_label(statement_maker *self, cue *one)
{
    enum { SHORTEST = 3 };
    const uint32_t last = one->last - 1;
    if (one->kind != OTHER || !is_at_head(self, one) || !is_one_of(self, last, ":") || !last) return;
    const att_str word = word_at(self, last - 1);
    if (last - 1 != one->first || word.length < SHORTEST || is_place_or_body(self, one->first)) return;
    one->entity = only_one_called(self, word, self->doc->tokens.start[one->first]);
    if (one->entity == ATT_NONE) return;
    one->kind = LABEL;
    one->speaker = word;
    self->named_labels++;
}

/* Whether the label is a word, too: "RICE: Prices rose." */
static bool is_word_label(const statement_maker *self, att_str label)
{
    char small[24];
    if (label.length > sizeof small) return false;
    for (size_t i = 0; i < label.length; i++) small[i] = (char)(label.data[i] | 0x20);
    return att_lists_have_text(&self->knowledge->lists, ATT_LIST_ENGLISH, (att_str){ small, label.length });
}

/* A family name that is a word takes no turn where it is the only one and stands there once. */
static void take_back_label(statement_maker *self)
{
    for (uint32_t i = 0; i < self->cues.count; i++) {
        cue *one = &self->cues.items[i];
        if (one->kind != LABEL || !is_word_label(self, one->speaker)) continue;
        one->kind = OTHER;
        one->entity = ATT_NONE;
        one->speaker = ATT_EMPTY;
    }
}

static void add_cue(statement_maker *self, const att_annotation *verb)
{
    const att_layers *layers = &self->knowledge->layers;
    const att_tokens *tokens = &self->doc->tokens;
    cue one = { .verb = verb, .first = verb->tokens.first, .last = verb->tokens.last, .entity = ATT_NONE };
    if (!read_kind(att_annotation_get(verb, layers, ATT_KEY_KIND), &one.kind)) return;
    one.lent = one.kind == SPOKEN_FOR || one.kind == TAG_FOR;
    if (one.lent) one.kind = one.kind == SPOKEN_FOR ? SAYS : TAG;
    one.speaker = att_annotation_get(verb, layers, ATT_KEY_SPEAKER);
    if (verb->match_end) {
        one.first = att_tokens_at(tokens, verb->match_start);
        one.last = att_tokens_at(tokens, verb->match_end - 1) + 1;
    }
    if (one.kind == SAYS && one.speaker.length) pass_over_state(self, &one);
    if (one.kind == GOES_ON) pass_to_another(self, &one);
    if (one.kind == PRAISE) one.last--; /* the match ends with the quote's mark */
    name_label(self, &one);
    ATT_RESERVE(self->doc->arena, &self->cues, 1);
    self->cues.items[self->cues.count++] = one;
}

static void collect(statement_maker *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *verb = &self->doc->annotations.items[i];
        if (verb->layer == ATT_LAYER_SPEECH && !(verb->state & ATT_DROPPED)) add_cue(self, verb);
    }
    if (self->named_labels == 1) take_back_label(self);
}

/* ---- who speaks ---- */

/* The one person between commas behind a title that speaks: "the chairman of the board, Jane Roe, said"; else the title. */
static uint32_t person_beside(const statement_maker *self, cue *by, uint32_t entity)
{
    if (entity >= self->doc->entities.count || self->doc->entities.items[entity].layer != ATT_LAYER_TITLE) return entity;
    const att_annotation *found = NULL;
    const uint32_t end = (uint32_t)(by->speaker.data + by->speaker.length - self->doc->text.data);
    for (uint32_t i = att_first_from(self->doc, end); i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.last >= by->verb->tokens.first) break;
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED) continue;
        if (found || !is_one_of(self, one->tokens.first - 1, ",") || !is_one_of(self, one->tokens.last, ",")) return entity;
        found = one;
    }
    if (!found || found->entity >= self->doc->entities.count) return entity;
    by->speaker = att_str_slice(self->doc->text, found->start, found->end);
    return found->entity;
}

/* "Roe will sail, his spokesman said": whom the sentence begins with, else whom the text makes "he". */
static uint32_t whose_office(statement_maker *self, cue *by)
{
    const uint32_t verb = by->verb->tokens.first;
    att_str words;
    const uint32_t head = att_speaker_at_head(&self->speakers, sentence_start(self, verb), by->first, &words);
    if (head >= self->doc->entities.count || self->doc->entities.items[head].layer != ATT_LAYER_PERSON)
        return att_speaker_of(&self->speakers, by->speaker, verb, &by->fellows);
    by->speaker = words;
    return head;
}

/* Who speaks: for "and added that" the one whom the sentence had. */
static uint32_t speaker_of(statement_maker *self, uint32_t index)
{
    cue *by = &self->cues.items[index];
    const uint32_t verb = by->verb->tokens.first, sentence = sentence_of(self, verb);
    if (by->lent && (att_str_is(by->speaker, "his") || att_str_is(by->speaker, "her"))) return whose_office(self, by);
    if (by->kind != GOES_ON) return person_beside(self, by, att_speaker_of(&self->speakers, by->speaker, verb, &by->fellows));
    const cue *before = index && sentence_of(self, by[-1].verb->tokens.first) == sentence ? by - 1 : NULL;
    if (before && before->kind == NOBODY) return ATT_NONE;
    if (!before || before->entity == ATT_NONE) {
        uint32_t first = sentence_start(self, verb);
        while (first < verb && is_mark(self, first)) first++;
        return att_speaker_at_head(&self->speakers, first, verb, &by->speaker);
    }
    by->speaker = before->speaker;
    by->fellows = before->fellows;
    return before->entity;
}

/* Who say it with the speaker. False where he is none himself. */
static bool find_fellows(const statement_maker *self, cue *by)
{
    if (by->kind == LABEL || by->kind == PRAISE || by->kind == GOES_ON || by->fellows.count || att_is_pronoun(by->speaker))
        return true;
    if (by->kind == SOURCE || by->verb->tokens.first == by->first)
        by->last = att_fellows_behind(&self->knowledge->lists, self->doc, by->last, by->entity, &by->fellows);
    else return att_fellows_before(&self->knowledge->lists, self->doc, by->first, by->entity, &by->fellows);
    return true;
}

static void make_one(statement_maker *self, uint32_t index)
{
    cue *by = &self->cues.items[index];
    if (by->kind == OTHER || by->kind == ENDS || by->kind == ANSWER || by->kind == ASKER || is_whole_text(by)
        || (by->kind == PRAISE && self->transcript))
        return;
    if ((by->kind == LABEL || by->kind == PRAISE) && !att_statement_praise(self, by)) return;
    if (by->kind == NOBODY) {
        att_speakers_forget(&self->speakers, by->speaker);
        return;
    }
    if (by->verb->tokens.first < self->said_to) return; /* it is a part of what another says */
    const bool quoted = att_statement_quote_around(self, by->verb->tokens.first) != NULL;
    if ((quoted || self->transcript) && att_is_pronoun(by->speaker)) return;
    by->entity = speaker_of(self, index);
    if (by->entity == ATT_NONE || by->entity >= self->doc->entities.count || !find_fellows(self, by)) return;
    const uint32_t before = self->made.count;
    const bool clause = (by->kind == SAYS || by->kind == FOLLOWS || by->kind == GOES_ON) && !quoted;
    const cue *owner = clause ? att_statement_owner_behind(self, by) : NULL;
    if (owner && !att_statement_is_relayed(self, by, owner)) return;
    if (by->kind == LABEL || by->kind == PRAISE) att_statement_add_quote(self, by, att_statement_praise(self, by));
    else if (by->kind == SOURCE) att_statement_by_source(self, by);
    else att_statement_by_verb(self, by);
    if (owner && self->made.count > before && self->said_to < by->last) self->said_to = by->last;
    if (quoted) return;
    uint32_t reach = self->made.count > before ? self->made.items[self->made.count - 1].reach : by->last;
    att_speakers_note(&self->speakers, by->entity, by->verb->tokens.first, reach - 1);
    if (by->lent) att_speakers_lend(&self->speakers);
    att_speakers_note_all(&self->speakers, by->entity, &by->fellows);
}

/* ---- all ---- */

static int by_place(const void *left, const void *right)
{
    const att_statement *a = &((const made *)left)->statement, *b = &((const made *)right)->statement;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->speaker_start != b->speaker_start) return a->speaker_start < b->speaker_start ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

static void sort(statement_maker *self)
{
    if (self->made.count) qsort(self->made.items, self->made.count, sizeof *self->made.items, by_place);
}

void att_make_statements(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary)
{
    statement_maker self = { .knowledge = knowledge, .doc = doc };
    att_titled_find(&self.titled, knowledge, doc);
    att_speakers_init(&self.speakers, knowledge, doc, vocabulary);
    self.posts = att_arena_zero(doc->arena, doc->entities.count + 1, sizeof *self.posts);
    collect(&self);
    self.transcript = att_statement_is_transcript(&self);
    for (uint32_t i = 0; i < self.cues.count; i++) make_one(&self, i);
    sort(&self);
    att_statement_go_back(&self);
    sort(&self);
    att_statement_go_on(&self);
    att_statement_turns(&self);
    att_statement_whole(&self);
    att_statement_titled(&self);
    att_statement_headed(&self);
    sort(&self);
    att_statement_hand_over(&self);
}

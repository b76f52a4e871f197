#include "resolve/speaker.h"

#include <ctype.h>

#include "resolve/groups.h"

enum {
    SPEAKERS = 1 << ATT_LAYER_PERSON | 1 << ATT_LAYER_TITLE | 1 << ATT_LAYER_AGENCY | 1 << ATT_LAYER_IGO | 1 << ATT_LAYER_ORG
               | 1 << ATT_LAYER_COUNTRY | 1 << ATT_LAYER_DEMONYM,
    BODIES = 1 << ATT_LAYER_AGENCY | 1 << ATT_LAYER_IGO | 1 << ATT_LAYER_ORG,
    SEARCHED = 128,       /* the most annotations that one question looks at */
    MOST_POSTS = 16,      /* the most posts of one person that are looked at */
    HEAD_WORDS = 24,      /* tokens of a sentence before its subject */
    LONGEST_CLAUSE = 100, /* tokens between a subject and a verb */
    WORDS_BEFORE = 6,     /* tokens of a sentence before the one with whom it begins */
};

static bool is_listed(const att_speakers *self, const att_vocabulary *vocabulary, att_program_list which, uint32_t token)
{
    const att_word_type *type = att_vocabulary_type(vocabulary, self->doc->tokens.type[token]);
    return att_lists_have(&self->knowledge->lists, which, vocabulary, type, false);
}

static bool is_in(const att_speakers *self, att_program_list which, att_str word)
{
    return att_lists_have_text(&self->knowledge->lists, which, word);
}

/* Reads from the word before each person's name ("Mrs.") and, where that is more than a family name, from its first. */
static void find_called(att_speakers *self, const att_vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED || one->entity >= self->doc->entities.count) continue;
        const uint32_t first = one->tokens.first, last = one->tokens.last > first + 1 ? first + 1 : first;
        for (uint32_t token = first ? first - 1 : 0; token < last; token++) {
            if (is_listed(self, vocabulary, ATT_LIST_HE, token)) self->called[one->entity] |= ATT_CALLED_HE;
            if (is_listed(self, vocabulary, ATT_LIST_SHE, token)) self->called[one->entity] |= ATT_CALLED_SHE;
        }
    }
}

void att_speakers_init(att_speakers *self, const att_knowledge *knowledge, const att_document *doc,
                       const att_vocabulary *vocabulary)
{
    *self = (att_speakers){
        .knowledge = knowledge, .doc = doc, .person.entity = ATT_NONE, .body.entity = ATT_NONE, .third.sentence = ATT_NONE
    };
    self->titles = att_arena_zero(doc->arena, doc->entities.count + 1, sizeof *self->titles);
    self->next_title = att_arena_zero(doc->arena, doc->officials.count + 1, sizeof *self->next_title);
    for (uint32_t i = doc->officials.count; i-- > 0;) {
        uint32_t entity = doc->officials.items[i].entity;
        if (entity >= doc->entities.count) continue;
        self->next_title[i] = self->titles[entity];
        self->titles[entity] = i + 1;
    }
    self->called = att_arena_zero(doc->arena, doc->entities.count + 1, sizeof *self->called);
    find_called(self, vocabulary);
}

static const att_annotation *at(const att_speakers *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static bool is_of(const att_annotation *annotation, uint32_t layers)
{
    return layers >> annotation->layer & 1 && !(annotation->state & ATT_DROPPED);
}

static uint32_t paragraph_of(const att_speakers *self, uint32_t token)
{
    return self->doc->paragraph_of[token];
}

static uint32_t sentence_of(const att_speakers *self, uint32_t token)
{
    return att_stretches_at(&self->doc->sentences, token);
}

/* Whether the last one to speak did so in the paragraph of the token or in the one before it. */
static bool is_near(const att_speakers *self, const att_last_speaker *last, uint32_t token)
{
    return last->entity != ATT_NONE && paragraph_of(self, last->reach) + 1 >= paragraph_of(self, token);
}

/* Whether the last one to speak did so in the sentence of the token or in the one before it. */
static bool is_next(const att_speakers *self, const att_last_speaker *last, uint32_t token)
{
    return sentence_of(self, last->reach) + 1 >= sentence_of(self, token);
}

/* Whether the text has the word. `word` is in small letters; the text's letters are compared without regard to case. */
static bool has_word(att_str text, att_str word)
{
    for (size_t start = 0; start + word.length <= text.length; start++) {
        size_t same = 0;
        while (same < word.length && tolower((unsigned char)text.data[start + same]) == word.data[same]) same++;
        bool ends = start + same == text.length || !isalpha((unsigned char)text.data[start + same]);
        if (same == word.length && ends && (!start || !isalpha((unsigned char)text.data[start - 1]))) return true;
    }
    return false;
}

/* ---- pronouns ---- */

/* Whether the entity may be the one of ATT_CALLED_HE and ATT_CALLED_SHE: no name tells that it is the other. */
static bool may_be(const att_speakers *self, uint32_t entity, uint8_t called)
{
    return entity >= self->doc->entities.count || !self->called[entity] || self->called[entity] & called;
}

/* Whether a PERSON other than the entity, whom the pronoun may mean, is named between the bytes; true when there is too much to
 * look through. */
static bool is_other_named(const att_speakers *self, uint32_t entity, uint8_t called, uint32_t from, uint32_t to)
{
    const att_annotations *all = &self->doc->annotations;
    uint32_t searched = 0;
    for (uint32_t i = att_first_from(self->doc, from); i < all->count && at(self, i)->start < to; i++) {
        if (++searched > SEARCHED) return true;
        if (is_of(at(self, i), 1u << ATT_LAYER_PERSON) && at(self, i)->entity != entity
            && may_be(self, at(self, i)->entity, called))
            return true;
    }
    return false;
}

/* A bit for each of the tokens from `first` up to `last` that stands in a title: of "the army's chief, Roe" in small letters.
 */
static uint32_t titled_from(const att_speakers *self, uint32_t first, uint32_t last)
{
    uint32_t titled = 0, searched = 0;
    for (uint32_t i = att_first_from(self->doc, self->doc->tokens.start[first]); i < self->doc->annotations.count; i++) {
        if (at(self, i)->tokens.first >= last || ++searched > SEARCHED) break;
        if (!is_of(at(self, i), 1u << ATT_LAYER_TITLE)) continue;
        for (uint32_t token = at(self, i)->tokens.first; token < at(self, i)->tokens.last && token < last; token++)
            titled |= 1u << (token - first);
    }
    return titled;
}

/* Whether the person is the subject of the sentence: before him stand only words with capitals or of a title, "'s" and "the",
 * "of", "for". */
static bool is_subject(const att_speakers *self, const att_annotation *person)
{
    const att_document *doc = self->doc;
    const uint32_t first = doc->sentences.items[sentence_of(self, person->tokens.first)].tokens.first;
    uint32_t at = person->tokens.first;
    if (at > first + HEAD_WORDS) return false;
    const uint32_t titled = titled_from(self, first, at);
    while (at-- > first) {
        const att_str word = att_document_word(doc, at);
        const bool small =
            doc->tokens.flags[at] & ATT_FLAG_SMALL && !(doc->tokens.flags[at] & (ATT_FLAG_CAPITAL | ATT_FLAG_POSS));
        if (small && !(titled >> (at - first) & 1) && !att_str_is(word, "the") && !att_str_is(word, "of")
            && !att_str_is(word, "for"))
            return false;
    }
    return true;
}

/* The only person of those who are called so whom the paragraph names before the sentence of the token, if he is the subject of
 * a sentence; else ATT_NONE. */
static uint32_t only_person(const att_speakers *self, uint8_t called, uint32_t token)
{
    const uint32_t from = self->doc->paragraphs.items[paragraph_of(self, token)].start;
    const uint32_t to = self->doc->tokens.start[self->doc->sentences.items[sentence_of(self, token)].tokens.first];
    uint32_t found = ATT_NONE, searched = 0;
    bool acts = false;
    for (uint32_t i = att_first_from(self->doc, from); i < self->doc->annotations.count && at(self, i)->start < to; i++) {
        if (++searched > SEARCHED) return ATT_NONE;
        if (!is_of(at(self, i), 1u << ATT_LAYER_PERSON) || !may_be(self, at(self, i)->entity, called)) continue;
        if (found != ATT_NONE && at(self, i)->entity != found) return ATT_NONE;
        found = at(self, i)->entity;
        acts = acts || is_subject(self, at(self, i));
    }
    return acts ? found : (uint32_t)ATT_NONE;
}

/* Up to which token another person, if named, could be "he". Behind a quote or clause (", he said") that is where the sentence
 * begins: whoever is named in the quote is spoken of and does not speak. But in "When Roe arrived, he said" it is the pronoun
 * itself. */
static uint32_t heard_up_to(const att_speakers *self, uint32_t token)
{
    const att_document *doc = self->doc;
    const uint32_t first = doc->sentences.items[sentence_of(self, token)].tokens.first;
    if (token == first
        || !(doc->text.data[doc->tokens.start[token - 1]] == ',' || doc->tokens.flags[token - 1] & ATT_FLAG_QUOTE))
        return token;
    return is_in(self, ATT_LIST_SUBORDINATE, att_document_word(doc, first)) ? token : first;
}

static uint32_t who_is_he(const att_speakers *self, uint8_t called, uint32_t token)
{
    const att_last_speaker *last = &self->person;
    enum { PARAGRAPHS = 3 };
    if (last->entity == ATT_NONE || paragraph_of(self, last->reach) + PARAGRAPHS < paragraph_of(self, token)
        || !may_be(self, last->entity, called))
        return only_person(self, called, token);
    if (is_near(self, last, token) && is_next(self, last, token)) return last->entity;
    const uint32_t from = self->doc->tokens.end[last->reach], to = self->doc->tokens.start[heard_up_to(self, token)];
    return is_other_named(self, last->entity, called, from, to) ? (uint32_t)ATT_NONE : last->entity;
}

/* The body or state that "it" stands for: the last to speak, in this sentence or the one before; ATT_NONE for none. */
static uint32_t what_is_it(const att_speakers *self, uint32_t token)
{
    const att_last_speaker *last = &self->body;
    if (!is_near(self, last, token) || !is_next(self, last, token)) return ATT_NONE;
    bool newest = self->person.entity == ATT_NONE || self->person.token < last->token || self->person.entity == last->entity;
    return newest ? last->entity : (uint32_t)ATT_NONE;
}

/* ---- "they", "both ministers" ---- */

static bool has_record(const att_speakers *self, const att_annotation *mention)
{
    return is_of(mention, 1u << ATT_LAYER_PERSON) && mention->entity < self->doc->entities.count
           && self->titles[mention->entity];
}

static void add_once(att_fellows *all, uint32_t entity)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (all->items[i].entity == entity) return;
    if (all->count < ATT_MOST_FELLOWS) all->items[all->count++].entity = entity;
}

/* Finds the first sentence after byte `from`, and before that of the token, that names two officials or more. Returns it if
 * they are just two, who are then in `all`; else ATT_NONE. */
static uint32_t find_pair(const att_speakers *self, uint32_t from, uint32_t token, att_fellows *all)
{
    const uint32_t to = self->doc->tokens.start[self->doc->sentences.items[sentence_of(self, token)].tokens.first];
    uint32_t sentence = ATT_NONE, searched = 0;
    for (uint32_t i = att_first_from(self->doc, from); i < self->doc->annotations.count && at(self, i)->start < to; i++) {
        if (++searched > SEARCHED) break;
        if (!has_record(self, at(self, i))) continue;
        const uint32_t here = sentence_of(self, at(self, i)->tokens.first);
        if (here != sentence && all->count > 1) break;
        if (here != sentence) all->count = 0;
        sentence = here;
        add_once(all, at(self, i)->entity);
    }
    return all->count == 2 ? sentence : (uint32_t)ATT_NONE;
}

static bool is_other_official(const att_speakers *self, const att_annotation *mention, const uint32_t pair[2])
{
    return has_record(self, mention) && mention->entity != pair[0] && mention->entity != pair[1];
}

/* Whether an official who is not of the pair is named between the sentence and the token. The search keeps its place between
 * questions, so that the text is gone through once. */
static bool is_third_named(att_speakers *self, const att_fellows *pair, uint32_t sentence, uint32_t token)
{
    att_third_search *seen = &self->third;
    const uint32_t a = pair->items[0].entity, b = pair->items[1].entity;
    if (seen->sentence != sentence || seen->pair[0] != a || seen->pair[1] != b) {
        const uint32_t from = self->doc->tokens.end[self->doc->sentences.items[sentence].tokens.last - 1];
        *seen = (att_third_search){ sentence, { a, b }, att_first_from(self->doc, from), ATT_NONE };
    }
    for (; seen->third == ATT_NONE && seen->next < self->doc->annotations.count; seen->next++) {
        if (at(self, seen->next)->tokens.first >= token) break;
        if (is_other_official(self, at(self, seen->next), seen->pair)) seen->third = at(self, seen->next)->tokens.first;
    }
    return seen->third < token;
}

/* Whether the words can mean two persons whom a sentence names. "Both sides" cannot: it means persons only where they spoke
 * together. */
static bool are_persons(const att_speakers *self, att_str words)
{
    return !att_lists_have_any(&self->knowledge->lists, ATT_LIST_PARTIES, words);
}

/* Whether the words say that there are two: "both leaders", "the two sides". */
static bool are_two(att_str words)
{
    return has_word(words, ATT_STR("both")) || has_word(words, ATT_STR("two"));
}

/* Finds whom "they", "both ministers" and the like stand for: those who last spoke together; else the two officials whom the
 * text, for "they" the paragraph, names first. Returns false when nobody can be told. */
static bool who_are_they(att_speakers *self, att_str words, uint32_t token, att_fellows *all)
{
    enum { PARAGRAPHS = 3 };
    const bool they = att_is_pronoun(words);
    const uint32_t here = paragraph_of(self, token);
    all->count = 0;
    if (self->group.count) {
        const bool newest = (self->person.entity == ATT_NONE || self->person.token <= self->together.token)
                            && (self->body.entity == ATT_NONE || self->body.token <= self->together.token);
        const bool near = they ? newest && is_next(self, &self->together, token)
                               : paragraph_of(self, self->together.reach) + PARAGRAPHS >= here;
        if (near) *all = self->group;
        if (near || they) return near;
    }
    if (!are_persons(self, words)) return false;
    const uint32_t from = they ? self->doc->paragraphs.items[here].start : 0;
    const uint32_t sentence = find_pair(self, from, token, all);
    return sentence != ATT_NONE && (are_two(words) || !is_third_named(self, all, sentence, token));
}

/* ---- "the ministry", "the minister" ---- */

static bool fits_body(const att_speakers *self, const att_annotation *mention, att_str word)
{
    if (!is_of(mention, BODIES) || mention->entity >= self->doc->entities.count) return false;
    if (is_in(self, ATT_LIST_COMPANY, word)) return mention->layer == ATT_LAYER_ORG;
    return has_word(self->doc->entities.items[mention->entity].name, word)
           || has_word(att_str_slice(self->doc->text, mention->start, mention->end), word);
}

/* Whether the word is in the title of one of the person's posts. */
static bool has_title(const att_speakers *self, uint32_t entity, att_str word)
{
    uint32_t asked = 0;
    for (uint32_t i = self->titles[entity]; i && asked++ < MOST_POSTS; i = self->next_title[i - 1])
        if (has_word(self->doc->officials.items[i - 1].title, word)) return true;
    return false;
}

/* Whether he is only whom somebody met, who is meant before him: "her Peruvian counterpart Roe", "her counterpart, Roe". */
static bool is_counterpart(const att_speakers *self, const att_annotation *mention)
{
    uint32_t at = mention->tokens.first;
    if (at && att_document_mark_in(self->doc, at - 1, ",")) at--;
    return at && is_in(self, ATT_LIST_COUNTERPART, att_document_word(self->doc, at - 1));
}

static bool fits_person(const att_speakers *self, const att_annotation *mention, att_str word)
{
    if (!is_of(mention, 1u << ATT_LAYER_PERSON) || mention->entity >= self->doc->entities.count) return false;
    if (is_counterpart(self, mention)) return false;
    return has_title(self, mention->entity, word);
}

/* Whether the last one to speak is near and may be called by the word. */
static bool fits_last(const att_speakers *self, const att_last_speaker *last, att_str word, uint32_t token)
{
    if (!is_near(self, last, token)) return false;
    if (last == &self->body && is_in(self, ATT_LIST_COMPANY, word))
        return self->doc->entities.items[last->entity].layer == ATT_LAYER_ORG;
    if (last == &self->body) return has_word(self->doc->entities.items[last->entity].name, word);
    return has_title(self, last->entity, word);
}

/* Whether the word stands behind the state's name, as in "Peru's army", which is later "the army". */
static bool has_body_behind(const att_speakers *self, const att_annotation *state, att_str word)
{
    if (!is_of(state, 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM)) return false;
    uint32_t token = state->tokens.last;
    if (token < self->doc->tokens.count && self->doc->tokens.flags[token] & ATT_FLAG_POSS) token++;
    return token < self->doc->tokens.count && att_str_equal(att_document_word(self->doc, token), word);
}

/* Who wrote "the statement": the last to speak, in this paragraph or at the end of the one before. */
static uint32_t who_wrote(const att_speakers *self, uint32_t token)
{
    const att_last_speaker *last = &self->body;
    if (last->entity == ATT_NONE
        || (self->person.entity != ATT_NONE && self->person.token > last->token && !is_near(self, last, token)))
        last = &self->person;
    if (!is_near(self, last, token)) return ATT_NONE;
    return paragraph_of(self, last->reach) == paragraph_of(self, token) || is_next(self, last, token) ? last->entity
                                                                                                      : (uint32_t)ATT_NONE;
}

/* Whom "the" and the word mean: the last to speak, if the word fits; else the only one named before the token whom it fits. */
static uint32_t who_is_called(const att_speakers *self, att_str word, uint32_t token)
{
    if (is_in(self, ATT_LIST_WRITING, word)) return who_wrote(self, token); /* "the release said" */
    if (fits_last(self, &self->body, word, token)) return self->body.entity;
    if (fits_last(self, &self->person, word, token)) return self->person.entity;
    uint32_t i = att_first_from(self->doc, self->doc->tokens.start[token]), searched = 0, found = ATT_NONE;
    while (i-- > 0 && searched++ < SEARCHED) {
        if (!fits_body(self, at(self, i), word) && !fits_person(self, at(self, i), word)
            && !has_body_behind(self, at(self, i), word))
            continue;
        if (found != ATT_NONE && at(self, i)->entity != found) return ATT_NONE;
        found = at(self, i)->entity;
    }
    return found;
}

/* ---- "the NATO chief" ---- */

/* The body named before the post, or behind it as in "head of the WHO"; NULL for none. */
static const att_annotation *body_beside(const att_speakers *self, const att_annotation *post)
{
    enum { LONGEST_BODY = 8 };
    const att_document *doc = self->doc;
    const uint32_t first = post->tokens.first, last = post->tokens.last, count = doc->tokens.count;
    const uint32_t end = first && doc->tokens.flags[first - 1] & ATT_FLAG_POSS ? first - 1 : first;
    const bool of = last + 1 < count && att_str_is(att_document_word(doc, last), "of");
    const uint32_t behind = of ? last + 1 + att_str_is(att_document_word(doc, last + 1), "the") : count;
    const uint32_t from = first > LONGEST_BODY ? first - LONGEST_BODY : 0;
    uint32_t searched = 0;
    for (uint32_t i = att_first_from(doc, doc->tokens.start[from]); i < doc->annotations.count; i++) {
        if (at(self, i)->tokens.first > behind || (!of && at(self, i)->tokens.first > first) || ++searched > SEARCHED) break;
        if (is_of(at(self, i), BODIES) && (at(self, i)->tokens.last == end || at(self, i)->tokens.first == behind))
            return at(self, i);
    }
    return NULL;
}

/* The only person, staff aside, whose record has a post in the body. */
static uint32_t who_heads(const att_speakers *self, const att_annotation *body)
{
    if (body->entity >= self->doc->entities.count) return ATT_NONE;
    const att_officials *all = &self->doc->officials;
    const att_str id = self->doc->entities.items[body->entity].id;
    uint32_t found = ATT_NONE;
    for (uint32_t i = 0; i < all->count && i < SEARCHED; i++) {
        const att_official *one = &all->items[i];
        if (one->entity >= self->doc->entities.count || !att_str_equal(one->agency_id, id)) continue;
        if (att_lists_have_start(&self->knowledge->lists, ATT_LIST_STAFF, one->title)) continue;
        if (found != ATT_NONE && one->entity != found) return ATT_NONE;
        found = one->entity;
    }
    return found;
}

/* The entity of the mention, or for a bare "chief" that of the person whom it means. */
static uint32_t who_is_named(const att_speakers *self, const att_annotation *mention)
{
    const bool post = mention->layer == ATT_LAYER_TITLE && mention->entity < self->doc->entities.count
                      && self->doc->entities.items[mention->entity].layer == ATT_LAYER_TITLE;
    if (!post || !is_in(self, ATT_LIST_LEADER, att_str_slice(self->doc->text, mention->start, mention->end)))
        return mention->entity;
    const att_annotation *body = body_beside(self, mention);
    const uint32_t head = body ? who_heads(self, body) : (uint32_t)ATT_NONE;
    return head == ATT_NONE ? mention->entity : head;
}

/* ---- what is asked ---- */

/* The mention that covers just these bytes, or ATT_NONE. */
static uint32_t mention_at(const att_speakers *self, uint32_t start, uint32_t end)
{
    const att_annotations *all = &self->doc->annotations;
    for (uint32_t i = att_first_from(self->doc, start); i < all->count && at(self, i)->start == start; i++)
        /* LOCATION: "Moscow said". */
        if (at(self, i)->end == end && is_of(at(self, i), SPEAKERS | 1u << ATT_LAYER_LOCATION)) return i;
    return ATT_NONE;
}

static bool is_one_of(att_str word, const char *small, const char *large)
{
    return att_str_is(word, small) || att_str_is(word, large);
}

/* "His Excellency" is called so by the first word. */
static bool is_styled(att_str words, const char *first)
{
    return words.length > 4 && memcmp(words.data, first, 4) == 0;
}

static bool is_he(att_str words)
{
    return is_one_of(words, "he", "He") || is_one_of(words, "him", "his") || is_styled(words, "His ");
}

/* "According to her" and "her office said" mean her as well. */
static bool is_she(att_str words)
{
    return is_one_of(words, "she", "She") || att_str_is(words, "her") || is_styled(words, "Her ");
}

/* "HE", as an office writes of a man or a woman. */
static bool is_person_pronoun(att_str words)
{
    return is_he(words) || is_she(words) || att_str_is(words, "HE");
}

static uint8_t called_by(att_str pronoun)
{
    if (is_he(pronoun)) return ATT_CALLED_HE;
    return is_she(pronoun) ? ATT_CALLED_SHE : ATT_CALLED_HE | ATT_CALLED_SHE;
}

bool att_is_pronoun(att_str words)
{
    return is_person_pronoun(words) || is_one_of(words, "it", "It") || is_one_of(words, "they", "They");
}

/* Whether the words mean several at once: "both ministers", "the two leaders", "the sides". */
static bool is_several(const att_speakers *self, att_str words)
{
    return are_two(words) || is_in(self, ATT_LIST_SEVERAL, att_str_last_word(words));
}

static uint32_t one_of_several(att_speakers *self, att_str words, uint32_t token, att_fellows *fellows)
{
    att_fellows all;
    if (!who_are_they(self, words, token, &all)) return ATT_NONE;
    for (uint32_t i = 1; i < all.count; i++)
        fellows->items[fellows->count++] = (att_fellow){ .entity = all.items[i].entity, .words = words };
    return all.items[0].entity;
}

uint32_t att_speaker_of(att_speakers *self, att_str words, uint32_t verb, att_fellows *fellows)
{
    const att_str text = self->doc->text;
    if (words.data < text.data || words.data >= text.data + text.length) return ATT_NONE;
    uint32_t start = (uint32_t)(words.data - text.data), end = start + (uint32_t)words.length;
    uint32_t mention = mention_at(self, start, end), token = att_tokens_at(&self->doc->tokens, start);
    if (mention != ATT_NONE) return who_is_named(self, at(self, mention));
    if (is_person_pronoun(words)) return who_is_he(self, called_by(words), token);
    const bool several = is_several(self, words);
    if (several || is_one_of(words, "they", "They")) {
        const uint32_t first = one_of_several(self, words, token, fellows);
        if (several || first != ATT_NONE) return first;
    }
    if (att_is_pronoun(words)) return what_is_it(self, token);
    const char *blank = memchr(words.data, ' ', words.length);
    if (!blank || verb == ATT_NONE) return ATT_NONE;
    const uint32_t called = who_is_called(self, att_str_slice(words, (size_t)(blank - words.data) + 1, words.length), token);
    const att_str last = att_str_last_word(words);
    if (called != ATT_NONE || last.data == blank + 1) return called;
    /* "the central bank": "bank" is a body's, so it may be known by that word alone. */
    const uint32_t body = who_is_called(self, last, token);
    return body != ATT_NONE && self->doc->entities.items[body].layer != ATT_LAYER_PERSON ? body : (uint32_t)ATT_NONE;
}

uint32_t att_speaker_layer(const att_speakers *self, att_str words)
{
    const uint32_t start = (uint32_t)(words.data - self->doc->text.data);
    const uint32_t mention = mention_at(self, start, start + (uint32_t)words.length);
    return mention == ATT_NONE ? (uint32_t)ATT_NONE : at(self, mention)->layer;
}

uint32_t att_speaker_record(const att_speakers *self, uint32_t entity, uint32_t byte)
{
    uint32_t record = self->titles[entity] ? self->titles[entity] - 1 : (uint32_t)ATT_NONE, asked = 0;
    for (uint32_t i = self->titles[entity]; i && asked++ < MOST_POSTS; i = self->next_title[i - 1])
        if (self->doc->officials.items[i - 1].start <= byte) record = i - 1;
    return record;
}

void att_speakers_note(att_speakers *self, uint32_t entity, uint32_t verb, uint32_t reach)
{
    const uint32_t layer = self->doc->entities.items[entity].layer;
    bool person = layer == ATT_LAYER_PERSON || layer == ATT_LAYER_TITLE;
    *(person ? &self->person : &self->body) = (att_last_speaker){ entity, verb, reach };
}

void att_speakers_note_all(att_speakers *self, uint32_t entity, const att_fellows *fellows)
{
    if (!fellows->count) return;
    const uint32_t layer = self->doc->entities.items[entity].layer;
    self->together = layer == ATT_LAYER_PERSON || layer == ATT_LAYER_TITLE ? self->person : self->body;
    self->group.count = 0;
    add_once(&self->group, entity);
    for (uint32_t i = 0; i < fellows->count; i++) add_once(&self->group, fellows->items[i].entity);
}

void att_speakers_forget(att_speakers *self, att_str words)
{
    const bool several = words.length && words.data[words.length - 1] == 's';
    if (several) self->group.count = 0;
    else self->person.entity = ATT_NONE;
}

void att_speakers_lend(att_speakers *self)
{
    if (self->body.entity != ATT_NONE && (self->person.entity == ATT_NONE || self->person.token < self->body.token))
        self->person = self->body;
}

/* ---- who heads a sentence ---- */

/* Whether a dash or a semicolon stands among the tokens, or a clause begins with its own subject (", and the court"): what is
 * behind it may be said of another. */
static bool is_parted(const att_document *doc, uint32_t first, uint32_t last)
{
    static const char *const marks[] = { ";", "—", "–", "--", NULL };
    static const char *const joining[] = { "and", "but", "while", NULL };
    static const char *const subjects[] = { "the", "a", "an", "its", "his", "her", "their", "it", "he", "she", "they", NULL };
    if (last > first + LONGEST_CLAUSE) return true;
    for (uint32_t i = first; i < last; i++) {
        if (att_str_is_any(att_document_word(doc, i), marks)) return true;
        if (i + 2 >= last || !att_document_mark_in(doc, i, ",") || !att_str_is_any(att_document_word(doc, i + 1), joining))
            continue;
        if (doc->tokens.flags[i + 2] & ATT_FLAG_CAPITAL || att_str_is_any(att_document_word(doc, i + 2), subjects)) return true;
    }
    return false;
}

/* Whether the word may head a sentence before its subject: "But", "However". "MS." is part of a label, which tells who speaks.
 */
static bool is_head(const att_speakers *self, uint32_t token)
{
    const att_str word = att_document_word(self->doc, token);
    const bool label = word.length > 1 && !(self->doc->tokens.flags[token] & ATT_FLAG_SMALL);
    return !label && is_in(self, ATT_LIST_SENTENCE_HEAD, word);
}

/* Behind the words of that kind: "But the", "However,". */
static uint32_t pass_head(const att_speakers *self, uint32_t at)
{
    const att_document *doc = self->doc;
    const uint32_t end = at + HEAD_WORDS < doc->tokens.count ? at + HEAD_WORDS : doc->tokens.count, first = at;
    while (at < end && ((at > first && att_document_mark_in(doc, at, ",")) || is_head(self, at))) at++;
    return at;
}

/* Behind the words from token `at` on that belong to a name which comes: any with a capital, posts. */
static uint32_t pass_before_name(const att_speakers *self, uint32_t at)
{
    const att_document *doc = self->doc;
    const uint32_t end = at + HEAD_WORDS < doc->tokens.count ? at + HEAD_WORDS : doc->tokens.count;
    while (at < end
           && (doc->tokens.flags[at] & (ATT_FLAG_CAPITAL | ATT_FLAG_POSS) || att_str_is(att_document_word(doc, at), "of")
               || is_in(self, ATT_LIST_POST_BEFORE_NAME, att_document_word(doc, at))))
        at++;
    return at;
}

/* Whether a name comes behind a post in small letters: the body before "leader Jan Roe". */
static bool is_before_post(const att_speakers *self, uint32_t token)
{
    const att_document *doc = self->doc;
    const uint32_t first = token;
    while (token < doc->tokens.count && is_in(self, ATT_LIST_POST_BEFORE_NAME, att_document_word(doc, token))) token++;
    return token > first && token < doc->tokens.count && doc->tokens.flags[token] & ATT_FLAG_CAPITAL;
}

/* Whether it is no subject, but belongs to a name which comes: a title, "Peru's", "Lima Harbour" before "Commissioner Roe". */
static bool is_before_name(const att_speakers *self, const att_annotation *one)
{
    const att_document *doc = self->doc;
    const uint32_t none = 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_LOCATION;
    if (none >> one->layer & 1) return true;
    if (one->tokens.last >= doc->tokens.count) return false;
    const uint8_t next = doc->tokens.flags[one->tokens.last];
    if (next & ATT_FLAG_POSS) return true;
    return one->layer != ATT_LAYER_PERSON && (next & ATT_FLAG_CAPITAL || is_before_post(self, one->tokens.last));
}

uint32_t att_speaker_at_head(const att_speakers *self, uint32_t first, uint32_t verb, att_str *words)
{
    const att_document *doc = self->doc;
    const uint32_t head = pass_head(self, first);
    uint32_t reach = head > first && doc->tokens.flags[head - 1] & ATT_FLAG_CAPITAL ? pass_before_name(self, head) : head;
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(doc, doc->tokens.start[first]); i < doc->annotations.count && asked++ < SEARCHED; i++) {
        const att_annotation *one = at(self, i);
        if (one->tokens.first > reach || one->tokens.last > verb || one->tokens.first > head + WORDS_BEFORE) return ATT_NONE;
        if (!is_of(one, SPEAKERS | 1u << ATT_LAYER_LOCATION)) continue;
        if (one->tokens.last > reach) reach = pass_before_name(self, one->tokens.last);
        if (is_before_name(self, one)) continue;
        if (is_parted(doc, one->tokens.last, verb)) return ATT_NONE;
        *words = att_str_slice(doc->text, one->start, one->end);
        return one->entity;
    }
    return ATT_NONE;
}

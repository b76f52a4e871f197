#include "resolve/fellows.h"

#include "resolve/groups.h"

enum {
    SPEAKERS = 1 << ATT_LAYER_PERSON | 1 << ATT_LAYER_AGENCY | 1 << ATT_LAYER_IGO | 1 << ATT_LAYER_ORG | 1 << ATT_LAYER_COUNTRY,
    LONGEST_NAME = 12, /* tokens */
    LONGEST_ASIDE = 12,
    LONGEST_BRACKET = 8,
    LONGEST_POST = 6,
    MOST_ASKED = 64 /* annotations */
};

static att_str word_at(const att_document *doc, uint32_t token)
{
    return att_document_word(doc, token);
}

static bool is_word(const att_document *doc, uint32_t token, const char *const *words)
{
    const att_str word = word_at(doc, token);
    for (; *words; words++)
        if (att_str_is(word, *words)) return true;
    return false;
}

static bool is_small(const att_document *doc, uint32_t token)
{
    const uint8_t flags = doc->tokens.flags[token];
    return flags & ATT_FLAG_SMALL && !(flags & ATT_FLAG_CAPITAL);
}

static bool is_named(const att_annotation *one)
{
    return SPEAKERS >> one->layer & 1 && !(one->state & ATT_DROPPED);
}

/* A title counts where it is known whose it is. */
static bool is_speaker(const att_document *doc, const att_annotation *one)
{
    if (one->layer != ATT_LAYER_TITLE) return is_named(one);
    if (one->state & ATT_DROPPED || one->entity >= doc->entities.count) return false;
    return doc->entities.items[one->entity].layer == ATT_LAYER_PERSON;
}

/* The longest that ends before token `end`, or NULL. */
static const att_annotation *speaker_before(const att_document *doc, uint32_t end)
{
    const uint32_t from = end > LONGEST_NAME ? end - LONGEST_NAME : 0;
    uint32_t asked = 0;
    for (uint32_t i = att_first_from(doc, doc->tokens.start[from]); i < doc->annotations.count; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->tokens.first >= end || asked++ >= MOST_ASKED) return NULL;
        if (one->tokens.last == end && is_speaker(doc, one)) return one;
    }
    return NULL;
}

/* The token behind a name whose party and state stand in brackets before token `end`: "Roe (D-Ohio)"; else `end`. */
static uint32_t before_brackets(const att_document *doc, uint32_t end)
{
    if (!end || !att_document_mark_in(doc, end - 1, ")")) return end;
    for (uint32_t i = end - 1; i > 0 && end - i <= LONGEST_BRACKET; i--)
        if (att_document_mark_in(doc, i - 1, "(")) return i - 1;
    return end;
}

/* The longest that ends before token `end`, with what may stand behind the name: "Roe (D-Ohio)", "Minister Roe of Peru". */
static const att_annotation *holder_before(const att_document *doc, uint32_t end)
{
    static const char *const whose[] = { "of", "for", NULL };
    const att_annotation *one = speaker_before(doc, before_brackets(doc, end));
    if (!one) return NULL;
    uint32_t of = one->tokens.first;
    if (of && att_str_is(word_at(doc, of - 1), "the")) of--;
    const att_annotation *holder = of > 1 && is_word(doc, of - 1, whose) ? speaker_before(doc, of - 1) : NULL;
    return holder ? holder : one;
}

/* The same, also before a post between commas: "Roe, the envoy to Peru,". */
static const att_annotation *named_before(const att_document *doc, uint32_t end)
{
    const att_annotation *one = holder_before(doc, end);
    if (one) return one;
    if (!end || !att_document_mark_in(doc, end - 1, ",")) return NULL;
    for (uint32_t i = end - 1; i > 0 && end - i <= LONGEST_ASIDE; i--)
        if (att_document_mark_in(doc, i - 1, ",;."))
            return att_document_mark_in(doc, i - 1, ",") ? speaker_before(doc, i - 1) : NULL;
    return NULL;
}

/* Where the words before a name begin that are his title, his state and the like. */
static uint32_t head_of(const att_phrase_lists *lists, const att_document *doc, const att_annotation *name)
{
    static const char *const of[] = { "of", "for", NULL };
    static const char *const small[] = { "the", "of", "for", "both", "its", NULL };
    uint32_t first = name->tokens.first;
    if (first && att_str_is(word_at(doc, first - 1), "the")) first--;
    if (first && is_word(doc, first - 1, of)) return first;
    while (first) {
        const uint32_t before = first - 1;
        const bool title =
            doc->tokens.flags[before] & (ATT_FLAG_CAPITAL | ATT_FLAG_POSS) && !(doc->tokens.flags[before] & ATT_FLAG_QUOTE);
        if (!title && !att_str_is_any(word_at(doc, before), small)
            && !att_lists_have_text(lists, ATT_LIST_TITLE_PART, word_at(doc, before)))
            break;
        if (doc->paragraph_of[before] != doc->paragraph_of[first]) break;
        first = before;
    }
    return first;
}

typedef enum { HEADS_CLAUSE, IS_PART, IS_NONE } place;

/* What stands before a name that begins with the token. */
static place place_of(const att_document *doc, uint32_t first)
{
    static const char *const of[] = { "of",  "between", "from", "in",    "by",   "among", "with",
                                      "for", "to",      "on",   "about", "over", "near",  NULL };
    static const char *const clause[] = { "that", "but", "while", "when", "as", "because", "after", "before", NULL };
    const att_token_range sentence = doc->sentences.items[att_stretches_at(&doc->sentences, first)].tokens;
    if (first == sentence.first) return HEADS_CLAUSE;
    if (doc->tokens.flags[first - 1] & ATT_FLAG_QUOTE || att_document_mark_in(doc, first - 1, ",:;-)")
        || is_word(doc, first - 1, clause))
        return HEADS_CLAUSE;
    if (!is_small(doc, first - 1)) {
        const att_str word = word_at(doc, first - 1);
        return word.length && (unsigned char)word.data[0] >= 0x80 ? HEADS_CLAUSE : IS_NONE; /* a dash */
    }
    if (att_str_is(word_at(doc, first - 1), "and"))
        return first - 1 > sentence.first && is_small(doc, first - 2) ? HEADS_CLAUSE : IS_NONE;
    return is_word(doc, first - 1, of) ? IS_PART : IS_NONE;
}

static void add(const att_document *doc, att_fellows *out, const att_annotation *one)
{
    for (uint32_t i = 0; i < out->count; i++)
        if (out->items[i].entity == one->entity) return;
    if (out->count == ATT_MOST_FELLOWS || one->entity >= doc->entities.count) return;
    out->items[out->count++] = (att_fellow){ .entity = one->entity, .words = att_str_slice(doc->text, one->start, one->end) };
}

/* Whether the words before the token say what somebody is: "her counterpart", "the minister of trade". */
static bool is_post_before(const att_phrase_lists *lists, const att_document *doc, uint32_t end)
{
    if (!end) return false;
    if (att_lists_have_text(lists, ATT_LIST_POST, word_at(doc, end - 1))) return true;
    uint32_t asked = 0;
    const uint32_t from = end > LONGEST_POST ? end - LONGEST_POST : 0;
    for (uint32_t i = att_first_from(doc, doc->tokens.start[from]); i < doc->annotations.count && asked++ < MOST_ASKED; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->tokens.first >= end) return false;
        if (one->layer == ATT_LAYER_TITLE && one->tokens.last == end && !(one->state & ATT_DROPPED)) return true;
    }
    return false;
}

/* The token of the "and" before the speaker, whom a post may stand before: "and her counterpart, Roe"; ATT_NONE for none. */
static uint32_t joint_before(const att_phrase_lists *lists, const att_document *doc, uint32_t first)
{
    const uint32_t start = doc->sentences.items[att_stretches_at(&doc->sentences, first)].tokens.first;
    if (first <= start) return ATT_NONE;
    uint32_t at = first - 1;
    const bool post = is_post_before(lists, doc, att_document_mark_in(doc, at, ",") ? at : first);
    if (post && (att_document_mark_in(doc, at, ",") || is_small(doc, at)))
        for (at--; at > start && first - at <= LONGEST_POST; at--)
            if (att_str_is(word_at(doc, at), "and") || att_document_mark_in(doc, at, ",;:.")) break;
    return at > start && att_str_is(word_at(doc, at), "and") ? at : (uint32_t)ATT_NONE;
}

/* Whether both are persons, or neither is. */
static bool are_alike(const att_document *doc, const att_annotation *name, uint32_t entity)
{
    const uint32_t layer = doc->entities.items[entity].layer;
    return (name->layer == ATT_LAYER_PERSON) == (layer == ATT_LAYER_PERSON || layer == ATT_LAYER_TITLE);
}

/* One more of those before the "and" or comma `at`, which moves to the comma before him or to none. */
static const att_annotation *next_before(const att_phrase_lists *lists, const att_document *doc, uint32_t *at, uint32_t *head,
                                         place *where)
{
    const bool comma = *at && att_document_mark_in(doc, *at - 1, ",");
    const att_annotation *name = comma ? holder_before(doc, *at - 1) : NULL;
    if (!name) name = named_before(doc, *at);
    if (!name) return NULL;
    *head = head_of(lists, doc, name);
    *where = place_of(doc, *head);
    *at = *head && att_document_mark_in(doc, *head - 1, ",") ? *head - 1 : (uint32_t)ATT_NONE;
    return name;
}

bool att_fellows_before(const att_phrase_lists *lists, const att_document *doc, uint32_t first, uint32_t entity,
                        att_fellows *out)
{
    uint32_t at = joint_before(lists, doc, first), head;
    const bool direct = at != ATT_NONE && at + 1 == first && !att_str_is(word_at(doc, first), "the");
    place where;
    while (at != ATT_NONE) {
        const att_annotation *name = next_before(lists, doc, &at, &head, &where);
        if (!name) break;
        if (where == IS_PART && !out->count && direct && name->entity != entity && are_alike(doc, name, entity)) return false;
        if (where != HEADS_CLAUSE) break;
        if (name->entity != entity) add(doc, out, name);
    }
    return true;
}

uint32_t att_fellows_head(const att_phrase_lists *lists, const att_document *doc, uint32_t first)
{
    uint32_t at = joint_before(lists, doc, first), head;
    place where;
    while (at != ATT_NONE && next_before(lists, doc, &at, &head, &where) && where == HEADS_CLAUSE) first = head;
    return first;
}

/* What the words that name him begin with: a post before a comma ("the minister, Roe"), or his name. */
static const att_annotation *post_or_name(const att_document *doc, const att_annotation *post, const att_annotation *name)
{
    const uint32_t first = name->tokens.first;
    return post && post->tokens.last + 1 == first && att_document_mark_in(doc, first - 1, ",") ? post : name;
}

void att_fellows_list(const att_phrase_lists *lists, const att_document *doc, uint32_t last, uint32_t entity, att_fellows *out)
{
    static const char *const joining[] = { "and", "AND", NULL };
    const uint32_t end = doc->sentences.items[att_stretches_at(&doc->sentences, last ? last - 1 : 0)].tokens.last;
    const att_annotation *post = NULL;
    uint32_t asked = 0;
    for (uint32_t i = last < end ? att_first_from(doc, doc->tokens.start[last]) : doc->annotations.count;
         i < doc->annotations.count; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->tokens.last > end || asked++ >= MOST_ASKED) return;
        if (one->tokens.first < last) continue; /* a part of the name before */
        if (post && one->tokens.last <= post->tokens.last) continue;
        if (one->layer == ATT_LAYER_TITLE && !(one->state & ATT_DROPPED)) post = one;
        if (!is_named(one)) continue;
        const att_annotation *first = post_or_name(doc, post, one);
        if (first->tokens.first > last + LONGEST_POST || head_of(lists, doc, first) > last + 2) return;
        if (!att_document_mark_in(doc, last, ",") && !is_word(doc, last, joining)) return;
        if (one->entity != entity) add(doc, out, one);
        last = one->tokens.last;
        if (last >= end) return;
    }
}

uint32_t att_fellows_behind(const att_phrase_lists *lists, const att_document *doc, uint32_t last, uint32_t entity,
                            att_fellows *out)
{
    static const char *const preposition[] = { "in", "on", "at", "after", "during", NULL };
    const att_token_range sentence = doc->sentences.items[att_stretches_at(&doc->sentences, last ? last - 1 : 0)].tokens;
    uint32_t at = last, asked = 0;
    if (at < sentence.last && att_document_mark_in(doc, at, ",")) at++;
    if (at >= sentence.last || !att_str_is(word_at(doc, at), "and")) return last;
    for (uint32_t i = att_first_from(doc, doc->tokens.start[at]); i < doc->annotations.count && asked++ < MOST_ASKED; i++) {
        const att_annotation *one = &doc->annotations.items[i];
        if (one->tokens.first > at + LONGEST_POST || one->tokens.last > sentence.last) return last;
        if (!is_named(one) || head_of(lists, doc, one) > at + 1) continue;
        const uint32_t end = one->tokens.last;
        if (one->entity == entity
            || (end < sentence.last && !att_document_mark_in(doc, end, ",.;") && !is_word(doc, end, preposition)))
            return last;
        add(doc, out, one);
        return end;
    }
    return last;
}

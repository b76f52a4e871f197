#include "resolve/statement.h"

#include <stdlib.h>

#include "base/order.h"
#include "resolve/fellows.h"
#include "resolve/groups.h"
#include "resolve/quotes.h"
#include "resolve/speaker.h"
#include "resolve/titled.h"

/* What a rule says of the place of what is said (rules/speech). X(enumerator, name) */
#define CUE_KINDS(X)                                                                                                           \
    X(SAYS, "says")         /* behind it or before it */                                                                       \
    X(FOLLOWS, "follows")   /* behind it */                                                                                    \
    X(QUOTE, "quote")       /* a quote behind it, whose mark the match ends with */                                            \
    X(TAG, "tag")           /* before it */                                                                                    \
    X(SOURCE, "source")     /* "according to": behind it at the head of a sentence, else before it */                          \
    X(GOES_ON, "goes-on")   /* behind it; said by whom the sentence has had */                                                 \
    X(LABEL, "label")       /* the paragraphs behind it */                                                                     \
    X(PRAISE, "praise")     /* the quote behind it, which is all of the paragraph; else a label, if it is short */             \
    X(ANSWER, "answer")     /* the same, of the one who is interviewed */                                                      \
    X(OTHER, "other")       /* the same, of nobody */                                                                          \
    X(WHOLE, "whole")       /* all behind the title that it stands in */                                                       \
    X(WHOLE_OF, "whole-of") /* the same, said by all whom the title names there */                                             \
    X(NOBODY, "nobody")     /* nothing is made of it, but what others say ends before it */
typedef enum {
#define X(id, name) id,
    CUE_KINDS(X)
#undef X
        CUE_KIND_COUNT
} cue_kind;

enum {
    MARKS_BETWEEN = 3,  /* at most, of a quote and who says it */
    CLAUSE_WORDS = 2,   /* that a reported clause has at least */
    GOING_ON_WORDS = 2, /* and a quote that goes on */
};

typedef struct {
    const att_annotation *verb;
    att_str speaker;          /* its words, or null */
    uint32_t first, last;     /* tokens of the whole match */
    uint32_t entity;          /* ATT_NONE for nobody */
    att_fellows fellows;      /* who say it with him */
    const att_official *post; /* of the title that names him, or NULL */
    cue_kind kind;
} cue;

/* A statement while others may still come before it. */
typedef struct {
    att_statement statement;
    uint32_t reach; /* token behind what is said and who says it */
} made;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    att_speakers speakers;
    att_titled titled;
    att_quotes quotes;
    struct {
        cue *items;
        uint32_t count, capacity;
    } cues;
    struct {
        made *items;
        uint32_t count, capacity;
    } made;
    uint32_t said_to; /* token behind what the last clause says */
    bool transcript;  /* the text is one, so that "he" may be anybody */
} statement_maker;

/* ---- tokens ---- */

static att_str word_at(const statement_maker *self, uint32_t token)
{
    return att_document_word(self->doc, token);
}

static bool is_mark(const statement_maker *self, uint32_t token)
{
    if (self->doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL)) return false;
    const char first = *word_at(self, token).data;
    return !(first >= '0' && first <= '9');
}

static bool is_one_of(const statement_maker *self, uint32_t token, const char *marks)
{
    att_str word = word_at(self, token);
    return word.length == 1 && strchr(marks, *word.data);
}

static bool is_joining(const statement_maker *self, uint32_t token)
{
    att_str word = word_at(self, token);
    return att_str_is(word, ",") || att_str_is(word, "and") || att_str_is(word, "but") || att_str_is(word, "while")
           || att_str_is(word, ";");
}

static uint32_t count_words(const statement_maker *self, att_token_range range, uint32_t most)
{
    uint32_t count = 0;
    for (uint32_t i = range.first; i < range.last && count < most; i++) count += !is_mark(self, i);
    return count;
}

static const att_paragraph *paragraph_of(const statement_maker *self, uint32_t token)
{
    return &self->doc->paragraphs.items[self->doc->paragraph_of[token]];
}

static uint32_t sentence_of(const statement_maker *self, uint32_t token)
{
    return att_stretches_at(&self->doc->sentences, token);
}

static att_token_range sentence_at(const statement_maker *self, uint32_t token)
{
    return self->doc->sentences.items[sentence_of(self, token)].tokens;
}

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

static void add_cue(statement_maker *self, const att_annotation *verb)
{
    const att_layers *layers = &self->knowledge->layers;
    const att_tokens *tokens = &self->doc->tokens;
    cue one = { .verb = verb, .first = verb->tokens.first, .last = verb->tokens.last, .entity = ATT_NONE };
    if (!read_kind(att_annotation_get(verb, layers, ATT_KEY_KIND), &one.kind)) return;
    one.speaker = att_annotation_get(verb, layers, ATT_KEY_SPEAKER);
    if (verb->match_end) {
        one.first = att_tokens_at(tokens, verb->match_start);
        one.last = att_tokens_at(tokens, verb->match_end - 1) + 1;
    }
    if (one.kind == PRAISE) one.last--; /* the match ends with the quote's mark */
    ATT_RESERVE(self->doc->arena, &self->cues, 1);
    self->cues.items[self->cues.count++] = one;
}

static void collect(statement_maker *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *verb = &self->doc->annotations.items[i];
        if (verb->layer == ATT_LAYER_SPEECH && !(verb->state & ATT_DROPPED)) add_cue(self, verb);
    }
}

/* ---- making ---- */

/* `words`: those that name him, a null view where only the title does. */
static void name_speaker(const statement_maker *self, att_statement *statement, att_str words)
{
    const bool here = words.data >= self->doc->text.data && words.data < self->doc->text.data + self->doc->text.length;
    statement->speaker_start = here ? (uint32_t)(words.data - self->doc->text.data) : (uint32_t)ATT_NONE;
    statement->speaker_end = here ? statement->speaker_start + (uint32_t)words.length : (uint32_t)ATT_NONE;
    statement->official = att_speaker_record(&self->speakers, statement->entity, here ? statement->speaker_end : 0);
}

static bool is_whole_text(const cue *by)
{
    return by->kind == WHOLE || by->kind == WHOLE_OF;
}

/* Quotes in what is said are no statements of their own. */
static void take_quotes(statement_maker *self, att_token_range said)
{
    for (uint32_t i = att_quotes_from(&self->quotes, said.first); i < self->quotes.count; i++) {
        if (self->quotes.items[i].open >= said.last) return;
        self->quotes.items[i].taken = true;
    }
}

/* A quotation mark that opens no quote which ends before token `last`. */
static bool is_stray(const statement_maker *self, uint32_t token, uint32_t last)
{
    if (!(self->doc->tokens.flags[token] & ATT_FLAG_QUOTE)) return false;
    const uint32_t quote = att_quotes_from(&self->quotes, token);
    return quote == self->quotes.count || self->quotes.items[quote].open != token || self->quotes.items[quote].close >= last;
}

/* What is said without the marks and joining words at its ends. */
static att_token_range trim(const statement_maker *self, att_token_range said, att_statement_kind kind)
{
    while (said.first < said.last && (is_one_of(self, said.first, ",:;-.") || is_stray(self, said.first, said.last)))
        said.first++;
    if (kind == ATT_STATEMENT_SPOKEN) return said;
    const char *const marks = kind == ATT_STATEMENT_QUOTED ? "," : ",.;:";
    while (said.first < said.last
           && (is_one_of(self, said.last - 1, marks) || (kind == ATT_STATEMENT_REPORTED && is_joining(self, said.last - 1))))
        said.last--;
    return said;
}

static void push(statement_maker *self, att_token_range said, const att_statement *like, uint32_t reach)
{
    ATT_RESERVE(self->doc->arena, &self->made, 1);
    made *one = &self->made.items[self->made.count++];
    *one = (made){ *like, reach > said.last ? reach : said.last };
    one->statement.start = self->doc->tokens.start[said.first];
    one->statement.end = self->doc->tokens.end[said.last - 1];
}

/* The same once more, said by another. */
static void push_fellow(statement_maker *self, att_token_range said, att_statement like, const att_fellow *fellow,
                        uint32_t reach)
{
    like.entity = fellow->entity;
    like.post = fellow->post;
    name_speaker(self, &like, fellow->words);
    push(self, said, &like, reach);
}

static void add(statement_maker *self, const cue *by, att_token_range said, att_statement_kind kind)
{
    said = trim(self, said, kind);
    if (!count_words(self, said, 1)) return;
    const att_annotation *verb = by->verb;
    att_statement like = { .entity = by->entity, .kind = kind, .origin = verb->origin, .line = verb->line, .post = by->post };
    if (!is_whole_text(by) && by->kind != ANSWER && !is_mark(self, verb->tokens.first))
        like.verb = att_str_slice(self->doc->text, verb->start, verb->end);
    name_speaker(self, &like, by->speaker);
    push(self, said, &like, by->last);
    for (uint32_t i = 0; i < by->fellows.count; i++) push_fellow(self, said, like, &by->fellows.items[i], by->last);
    take_quotes(self, said);
}

/* ---- quotes beside the verb ---- */

static bool only_marks(const statement_maker *self, uint32_t first, uint32_t last)
{
    if (last - first > MARKS_BETWEEN) return false;
    for (uint32_t i = first; i < last; i++)
        if (!is_mark(self, i)) return false;
    return true;
}

static att_quote *quote_before(const statement_maker *self, uint32_t token)
{
    uint32_t next = att_quotes_from(&self->quotes, token);
    if (!next) return NULL;
    att_quote *quote = &self->quotes.items[next - 1];
    if (quote->close >= token || paragraph_of(self, quote->open) != paragraph_of(self, token)) return NULL;
    return only_marks(self, quote->close + 1, token) ? quote : NULL;
}

static att_quote *quote_behind(const statement_maker *self, const cue *by)
{
    uint32_t from = by->kind == QUOTE ? by->last - 1 : by->last;
    uint32_t next = att_quotes_from(&self->quotes, from);
    if (next == self->quotes.count) return NULL;
    att_quote *quote = &self->quotes.items[next];
    if (paragraph_of(self, quote->open) != paragraph_of(self, by->first)) return NULL;
    return only_marks(self, from, quote->open) ? quote : NULL;
}

/* The quote around the token, or NULL. */
static const att_quote *quote_around(const statement_maker *self, uint32_t token)
{
    uint32_t next = att_quotes_from(&self->quotes, token);
    const att_quote *quote = next ? &self->quotes.items[next - 1] : NULL;
    return quote && quote->close > token ? quote : NULL;
}

/* Whether the sentence ends with the quote, or a comma or colon leads to it: else it is a part of a clause. */
static bool is_whole(const statement_maker *self, const att_quote *quote)
{
    const uint32_t behind = quote->close + 1;
    if (behind >= paragraph_of(self, quote->open)->tokens.last || is_one_of(self, quote->close - 1, ".!?,")) return true;
    if (quote->open && is_one_of(self, quote->open - 1, ",:")) return true;
    return is_one_of(self, behind, ".!?,;") || sentence_at(self, behind).first == behind;
}

static bool add_quote(statement_maker *self, const cue *by, att_quote *quote)
{
    if (!quote || quote->taken) return false;
    quote->taken = true;
    add(self, by, (att_token_range){ quote->open + 1, quote->close }, ATT_STATEMENT_QUOTED);
    return true;
}

/* ---- clauses beside the verb ---- */

/* The first token of the sentence around the token, behind a dateline. */
static uint32_t sentence_start(const statement_maker *self, uint32_t token)
{
    const uint32_t first = sentence_at(self, token).first, byte = self->doc->tokens.start[first];
    const att_zones *zones = &self->doc->zones;
    uint32_t low = 0, high = zones->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (zones->items[middle].start < byte) low = middle + 1;
        else high = middle;
    }
    bool dated = low < zones->count && zones->items[low].start == byte && zones->items[low].kind == ATT_ZONE_DATELINE;
    return dated ? att_tokens_at(&self->doc->tokens, zones->items[low].end) : first;
}

/* The end of the sentence around the token; a quote that begins in it is not cut. */
static uint32_t sentence_end(const statement_maker *self, uint32_t token)
{
    const uint32_t end = sentence_at(self, token).last;
    const att_quote *quote = end < self->doc->tokens.count ? quote_around(self, end) : NULL;
    return quote && paragraph_of(self, quote->open) == paragraph_of(self, token) ? quote->close + 1 : end;
}

static bool is_one_word(att_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (att_str_is(word, words[i])) return true;
    return false;
}

/* Whether the verb is the first of two that one has done: "and released the list", "and discussed ways to". */
static bool is_deed(const statement_maker *self, uint32_t token, uint32_t last)
{
    static const char *const deeds[] = {
        "made", "took", "gave", "met", "held", "set", "spoke", "sent", "went", "left", "began"
    };
    static const char *const heads[] = { "the",   "a",    "an", "its",  "his", "her",   "their", "our", "this",
                                         "these", "that", "to", "with", "$",   "plans", "ways",  "how" };
    if (token + 1 >= last) return false;
    const att_str word = word_at(self, token), next = word_at(self, token + 1);
    const uint8_t flags = self->doc->tokens.flags[token];
    const bool past = word.length > 4 && memcmp(word.data + word.length - 2, "ed", 2) == 0;
    if (flags & ATT_FLAG_CAPITAL || (!past && !is_one_word(word, deeds, sizeof deeds / sizeof *deeds))) return false;
    return is_one_word(next, heads, sizeof heads / sizeof *heads) || (next.data[0] >= '0' && next.data[0] <= '9')
           || self->doc->tokens.flags[token + 1] & ATT_FLAG_CAPITAL;
}

/* Whether behind the "and" somebody else does something: "and the ministry will act". */
static bool is_other_clause(const statement_maker *self, uint32_t token, uint32_t last)
{
    static const char *const verbs[] = { "will", "would", "is", "are", "was", "were", "has", "have", "had", "said", "says" };
    enum { SUBJECT = 8 };
    for (uint32_t i = token; i < last && i < token + SUBJECT && !is_mark(self, i); i++)
        if (is_one_word(word_at(self, i), verbs, sizeof verbs / sizeof *verbs)) return i > token;
    return false;
}

static bool is_subject_word(att_str word)
{
    static const char *const words[] = { "he", "she", "they", "we", "I" };
    return is_one_word(word, words, sizeof words / sizeof *words);
}

/* Where the thing ends that somebody called for or condemned: before what he did besides, or what others do. */
static uint32_t end_of_thing(const statement_maker *self, att_token_range said)
{
    static const char *const clause[] = { "that", "which", "who",  "whom", "will", "would", "is",
                                          "are",  "was",   "were", "has",  "have", "had",   "if" };
    for (uint32_t i = said.first + 1; i + 1 < said.last; i++) {
        const att_str word = word_at(self, i);
        if (is_one_word(word, clause, sizeof clause / sizeof *clause) || self->doc->tokens.flags[i] & ATT_FLAG_QUOTE)
            return said.last;
        if (!att_str_is(word, "and") && !att_str_is(word, "but")) continue;
        if (is_deed(self, i + 1, said.last) || is_subject_word(word_at(self, i + 1))) return i;
        if (is_one_of(self, i - 1, ",") && is_other_clause(self, i + 1, said.last)) return i;
    }
    return said.last;
}

/* The clause behind the verb, up to the next that has a verb of saying. */
static att_token_range clause_behind(const statement_maker *self, const cue *by)
{
    att_token_range said = { by->last, sentence_end(self, by->verb->tokens.first) };
    const att_quote *around = quote_around(self, by->verb->tokens.first);
    if (around && around->close < said.last) said.last = around->close;
    for (const cue *next = by + 1; next < self->cues.items + self->cues.count && next->first < said.last; next++) {
        const bool alone = next->kind == GOES_ON || next->kind == NOBODY || att_is_pronoun(next->speaker);
        const uint32_t head = alone ? next->first : att_fellows_head(self->doc, next->first);
        bool joined = next->kind == GOES_ON || (head > said.first && is_joining(self, head - 1));
        if (head < said.first || !joined || next->kind == SOURCE) continue;
        said.last = head;
    }
    const bool thing = (by->kind == FOLLOWS || by->kind == GOES_ON) && !att_str_is(word_at(self, by->last - 1), "that");
    if (thing) said.last = end_of_thing(self, said);
    return said;
}

/* Whether the token is in a question: "Roe said it was late?" */
static bool is_asked(const statement_maker *self, uint32_t token)
{
    uint32_t last = sentence_at(self, token).last;
    while (last > token + 1 && is_mark(self, last - 1) && !is_one_of(self, last - 1, "?")) {
        if (self->doc->tokens.flags[last - 1] & ATT_FLAG_QUOTE) return false; /* what is quoted may be a question */
        last--;
    }
    return is_one_of(self, last - 1, "?");
}

/* The quote that is all of it, or NULL. */
static att_quote *only_quote(const statement_maker *self, att_token_range said)
{
    const uint32_t next = att_quotes_from(&self->quotes, said.first);
    att_quote *quote = next < self->quotes.count ? &self->quotes.items[next] : NULL;
    if (!quote || quote->open >= said.last || !only_marks(self, said.first, quote->open)) return NULL;
    return quote->close < said.last && only_marks(self, quote->close, said.last) ? quote : NULL;
}

/* Whether a sentence, or what is left of it, has nothing behind the token. */
static bool ends_sentence(const statement_maker *self, const cue *by)
{
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    return by->last >= last || count_words(self, (att_token_range){ by->last, last }, 1) == 0;
}

/* Whether the sentence ends with who says all of it: "Roe thanked Chile, the ministry said." */
static bool has_owner_behind(const statement_maker *self, const cue *by)
{
    enum { CUES = 8 };
    const uint32_t sentence = sentence_of(self, by->verb->tokens.first);
    const cue *end = self->cues.items + self->cues.count;
    for (const cue *next = by + 1; next < end && next < by + CUES; next++) {
        if (sentence_of(self, next->verb->tokens.first) != sentence) return false;
        if (next->kind != SAYS && next->kind != TAG && next->kind != SOURCE) continue;
        if (is_one_of(self, next->first - 1, ",") && ends_sentence(self, next) && !quote_before(self, next->first)) return true;
    }
    return false;
}

static bool add_clause_behind(statement_maker *self, const cue *by)
{
    if (is_asked(self, by->verb->tokens.first)) return false;
    att_token_range said = clause_behind(self, by);
    const uint32_t least = by->kind == SAYS ? CLAUSE_WORDS : 1;
    if (said.first >= said.last || count_words(self, said, least) < least) return false;
    att_quote *quote = only_quote(self, said);
    if (quote && add_quote(self, by, quote)) return true;
    add(self, by, said, ATT_STATEMENT_REPORTED);
    self->said_to = said.last;
    return true;
}

/* "The talks, the ministry said, will go on." */
static bool is_between(const statement_maker *self, const cue *by)
{
    if (att_str_is(word_at(self, by->last - 1), "that")) return false;
    const uint32_t behind = is_one_of(self, by->last - 1, ",") ? by->last : by->last + 1, count = self->doc->tokens.count;
    bool before = by->first && is_one_of(self, by->first - 1, ",");
    bool comma = behind <= count && is_one_of(self, behind - 1, ",");
    bool marked = behind < count && self->doc->tokens.flags[behind] & ATT_FLAG_QUOTE;
    return before && comma && !marked && sentence_at(self, by->verb->tokens.first).first + 1 < by->first;
}

/* "Talks go on, the ministry said." */
static void add_clause_before(statement_maker *self, const cue *by)
{
    att_token_range said = { sentence_start(self, by->verb->tokens.first), by->first };
    if (said.first < self->said_to) said.first = self->said_to;
    if (is_asked(self, by->verb->tokens.first)) return;
    if (said.first >= said.last || !is_one_of(self, said.last - 1, ",")) return;
    if (is_between(self, by)) said.last = sentence_at(self, by->verb->tokens.first).last;
    add(self, by, said, ATT_STATEMENT_REPORTED);
    self->said_to = by->last;
}

/* A word that begins no clause, in small letters or with a capital. */
static bool is_preposition(const statement_maker *self, uint32_t token)
{
    static const char *const words[] = { "in", "at",      "on", "during", "to",   "from", "after",
                                         "of", "through", "as", "for",    "with", "who",  "by" };
    const att_str word = word_at(self, token);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const att_str other = att_str_of(words[i]);
        if (word.length == other.length && (word.data[0] | ' ') == other.data[0]
            && memcmp(word.data + 1, other.data + 1, other.length - 1) == 0)
            return true;
    }
    return false;
}

/* "Ships sail, the navy said in its yearly report.": what stands behind is no clause, what stands before may be one. */
static bool has_tail(const statement_maker *self, const cue *by)
{
    enum { CLAUSE_BEFORE = 4 };
    const uint32_t start = sentence_start(self, by->verb->tokens.first);
    if (!by->first || !is_one_of(self, by->first - 1, ",") || is_preposition(self, start)) return false;
    if (count_words(self, (att_token_range){ start, by->first }, CLAUSE_BEFORE) < CLAUSE_BEFORE) return false;
    const uint32_t last = sentence_at(self, by->verb->tokens.first).last;
    return is_preposition(self, by->last) || count_words(self, (att_token_range){ by->last, last }, 2) < 2;
}

/* Whether nothing behind the speaker is said of him: "said Roe, an envoy", "said Roe in Lima", not "said Roe would go". */
static bool ends_clause(const statement_maker *self, const cue *by)
{
    return by->last >= sentence_at(self, by->verb->tokens.first).last || is_one_of(self, by->last, ",.;")
           || is_preposition(self, by->last);
}

/* ---- by kind ---- */

/* The quote before the verb that it speaks of: one that ends a sentence only where there is nothing behind. */
static att_quote *quote_told(const statement_maker *self, const cue *by)
{
    att_quote *quote = by->kind == FOLLOWS ? NULL : quote_before(self, by->first);
    if (quote && by->kind == QUOTE) { /* “The sea,” she added, “is ours.” */
        const uint32_t behind = quote->close + 1;
        return is_one_of(self, quote->close - 1, ",") || is_one_of(self, behind, ",") ? quote : NULL;
    }
    if (!quote || by->kind == TAG || !is_one_of(self, quote->close - 1, ".!?")) return quote;
    bool goes_on = is_one_of(self, quote->close + 1, ",");
    return goes_on || ends_sentence(self, by) ? quote : NULL;
}

static void make_says(statement_maker *self, const cue *by)
{
    bool quoted = add_quote(self, by, quote_told(self, by));
    att_quote *behind = by->kind == TAG && !quoted ? NULL : quote_behind(self, by);
    if (behind && is_whole(self, behind) && add_quote(self, by, behind)) quoted = true;
    if (quoted) return;
    if (by->kind == TAG && !ends_clause(self, by)) return;
    bool before = by->kind == SAYS && (ends_sentence(self, by) || is_between(self, by) || has_tail(self, by));
    if (by->kind == TAG || before) add_clause_before(self, by);
    else add_clause_behind(self, by);
}

static void make_source(statement_maker *self, const cue *by)
{
    const uint32_t start = sentence_start(self, by->verb->tokens.first);
    att_quote *before = quote_before(self, by->first);
    if (count_words(self, (att_token_range){ start, by->verb->tokens.first }, 2) < 2) add_clause_behind(self, by);
    else if (!before || !add_quote(self, by, before)) {
        att_token_range said = { start < self->said_to ? self->said_to : start, by->first };
        if (said.first < said.last) add(self, by, said, ATT_STATEMENT_REPORTED);
        self->said_to = by->last;
    }
}

/* ---- labels: of quotes, and of the turns of a transcript ---- */

static bool is_at_head(const statement_maker *self, const cue *one)
{
    const uint32_t first = paragraph_of(self, one->first)->tokens.first;
    return only_marks(self, first, one->first);
}

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

/* A name, a colon and a quote that is the rest of the paragraph, as in lists of praise. */
static att_quote *praise(const statement_maker *self, const cue *label)
{
    att_quote *quote =
        (label->kind == LABEL || label->kind == PRAISE) && is_at_head(self, label) ? quote_behind(self, label) : NULL;
    return quote && is_remark(self, quote->close, paragraph_of(self, label->first)->tokens.last) ? quote : NULL;
}

/* A name with no more than a title before it. */
static bool is_name_label(const cue *one)
{
    enum { LONGEST_LABEL = 5 };
    return one->kind == LABEL || (one->kind == PRAISE && one->verb->tokens.first - one->first <= LONGEST_LABEL);
}

static bool is_label(const statement_maker *self, const cue *one)
{
    return (is_name_label(one) || one->kind == ANSWER || one->kind == OTHER) && is_at_head(self, one) && !praise(self, one);
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
    return layer == ATT_NONE ? NULL : att_titled_label(&self->titled, label->speaker, layer);
}

static uint32_t count_praise(const statement_maker *self)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->cues.count; i++) count += praise(self, &self->cues.items[i]) != NULL;
    return count;
}

/* Two labels or more, one of which names somebody, or one of somebody whom the title names; more than quotes behind names. */
static bool is_transcript(const statement_maker *self)
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
        if (paragraph->tokens.last > said.last && !is_hour(self, paragraph)) said.last = paragraph->tokens.last;
    }
    return said;
}

static bool is_dash(const statement_maker *self, uint32_t token)
{
    const att_str word = word_at(self, token);
    return att_str_is(word, "—") || att_str_is(word, "–") || att_str_is(word, "--");
}

/* Whether it is more than a name and more than what a bracket tells: "(Laughs.)"; a sentence may be broken off. */
static bool is_speech(const statement_maker *self, att_token_range said)
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

/* The one person whom a title in the text names, or NULL. */
static const att_annotation *only_one_titled(const statement_maker *self)
{
    const att_annotation *found = NULL;
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (paragraph_of(self, one->tokens.first)->kind != ATT_ZONE_TITLE) break;
        if (one->layer != ATT_LAYER_PERSON || one->state & ATT_DROPPED) continue;
        if (found && found->entity != one->entity) return NULL;
        if (!found) found = one;
    }
    return found;
}

/* "A:" is whom the title names. */
static void make_answer(statement_maker *self, uint32_t index)
{
    cue *label = &self->cues.items[index];
    const att_annotation *here = only_one_titled(self);
    const att_token_range said = turn(self, index);
    if (self->titled.count == 1) {
        label->entity = self->titled.items[0].entity;
        label->post = self->titled.items[0].post;
    } else if (here && here->entity < self->doc->entities.count) {
        label->entity = here->entity;
        label->speaker = att_str_slice(self->doc->text, here->start, here->end);
    }
    if (label->entity != ATT_NONE && is_speech(self, said)) add(self, label, said, ATT_STATEMENT_SPOKEN);
}

static void make_turns(statement_maker *self)
{
    if (!self->transcript) return;
    for (uint32_t i = next_label(self, 0); i < self->cues.count; i = next_label(self, i + 1)) {
        cue *label = &self->cues.items[i];
        if (label->kind == ANSWER) make_answer(self, i);
        if (!is_name_label(label)) continue;
        const att_titled_one *titled = titled_label(self, label);
        label->entity = titled ? titled->entity
                               : att_speaker_of(&self->speakers, label->speaker, label->verb->tokens.first, &label->fellows);
        if (titled) label->post = titled->post;
        att_token_range said = turn(self, i);
        if (label->entity != ATT_NONE && is_speech(self, said)) add(self, label, said, ATT_STATEMENT_SPOKEN);
    }
}

/* ---- texts that are a statement from end to end ---- */

/* The paragraphs behind a title, up to what is no body. */
static att_token_range text_behind(const statement_maker *self, const cue *title)
{
    const uint32_t first = self->doc->paragraph_of[title->first];
    att_token_range said = { title->last, title->last };
    for (uint32_t i = first + 1; i < self->doc->paragraphs.count; i++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[i];
        if (paragraph->kind != ATT_ZONE_BODY) break;
        if (i == first + 1) said.first = sentence_start(self, paragraph->tokens.first);
        if (paragraph->tokens.last > said.last) said.last = paragraph->tokens.last;
    }
    return said;
}

/* Not where somebody else has a turn. */
static void make_whole(statement_maker *self)
{
    for (uint32_t i = 0; !self->transcript && i < self->cues.count; i++) {
        cue *title = &self->cues.items[i];
        if (!is_whole_text(title) || paragraph_of(self, title->first)->kind != ATT_ZONE_TITLE) continue;
        title->entity = att_speaker_of(&self->speakers, title->speaker, title->verb->tokens.first, &title->fellows);
        if (title->kind == WHOLE_OF) att_fellows_list(self->doc, title->last, title->entity, &title->fellows);
        att_token_range said = text_behind(self, title);
        if (title->entity != ATT_NONE && is_speech(self, said)) add(self, title, said, ATT_STATEMENT_SPOKEN);
        return;
    }
}

/* ---- the same by a title that is not in the text, or by a heading ---- */

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
    for (uint32_t i = att_quotes_from(&self->quotes, said.first); i < self->quotes.count; i++) {
        att_quote *quote = &self->quotes.items[i];
        const att_token_range paragraph = paragraph_of(self, quote->open)->tokens;
        if (quote->open != paragraph.first) continue;
        if (!only_marks(self, quote->close < paragraph.last ? quote->close : paragraph.last, paragraph.last)) break;
        add_quote(self, by, quote);
    }
    return true;
}

static void make_titled(statement_maker *self)
{
    const att_titled *titled = &self->titled;
    if (!titled->whole || self->transcript) return;
    cue by = { .verb = titled->whole, .kind = WHOLE, .entity = titled->items[0].entity, .post = titled->items[0].post };
    for (uint32_t i = 1; i < titled->whole_count; i++)
        by.fellows.items[by.fellows.count++] = (att_fellow){ .entity = titled->items[i].entity, .post = titled->items[i].post };
    const att_token_range said = speech_from(self, 0);
    if (add_quotes(self, &by, said)) return;
    if (is_speech(self, said)) add(self, &by, said, ATT_STATEMENT_SPOKEN);
}

/* "Statement from Minister Roe:" on a line of its own. */
static void make_headed(statement_maker *self)
{
    for (uint32_t i = 0; !self->transcript && i < self->cues.count; i++) {
        cue *heading = &self->cues.items[i];
        const att_paragraph *paragraph = paragraph_of(self, heading->first);
        if (!is_whole_text(heading) || paragraph->kind != ATT_ZONE_BODY || !is_at_head(self, heading)) continue;
        if (heading->last + 1 != paragraph->tokens.last || !is_one_of(self, heading->last, ":")) continue;
        heading->entity = att_speaker_of(&self->speakers, heading->speaker, heading->verb->tokens.first, &heading->fellows);
        if (heading->entity == ATT_NONE) continue;
        const att_token_range said = speech_from(self, self->doc->paragraph_of[heading->first] + 1);
        if (!add_quotes(self, heading, said) && is_speech(self, said)) add(self, heading, said, ATT_STATEMENT_SPOKEN);
        return;
    }
}

/* ---- all ---- */

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

/* Who speaks: for "and added that" the one whom the sentence had. */
static uint32_t speaker_of(statement_maker *self, uint32_t index)
{
    cue *by = &self->cues.items[index];
    const uint32_t verb = by->verb->tokens.first, sentence = sentence_of(self, verb);
    if (by->kind != GOES_ON) return person_beside(self, by, att_speaker_of(&self->speakers, by->speaker, verb, &by->fellows));
    const cue *before = index ? by - 1 : NULL;
    if (!before || before->entity == ATT_NONE || sentence_of(self, before->verb->tokens.first) != sentence)
        return att_speaker_at_head(&self->speakers, verb, &by->speaker);
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
        by->last = att_fellows_behind(self->doc, by->last, by->entity, &by->fellows);
    else return att_fellows_before(self->doc, by->first, by->entity, &by->fellows);
    return true;
}

static void make_one(statement_maker *self, uint32_t index)
{
    cue *by = &self->cues.items[index];
    if (by->kind == OTHER || by->kind == ANSWER || is_whole_text(by) || (by->kind == PRAISE && self->transcript)) return;
    if ((by->kind == LABEL || by->kind == PRAISE) && !praise(self, by)) return;
    if (by->kind == NOBODY) {
        att_speakers_forget(&self->speakers, by->speaker);
        return;
    }
    if (by->verb->tokens.first < self->said_to) return; /* it is a part of what another says */
    const bool quoted = quote_around(self, by->verb->tokens.first) != NULL;
    if ((quoted || self->transcript) && att_is_pronoun(by->speaker)) return;
    by->entity = speaker_of(self, index);
    if (by->entity == ATT_NONE || by->entity >= self->doc->entities.count || !find_fellows(self, by)) return;
    const uint32_t before = self->made.count;
    if ((by->kind == SAYS || by->kind == FOLLOWS || by->kind == GOES_ON) && !quoted && has_owner_behind(self, by)) return;
    if (by->kind == LABEL || by->kind == PRAISE) add_quote(self, by, praise(self, by));
    else if (by->kind == SOURCE) make_source(self, by);
    else make_says(self, by);
    if (quoted) return;
    uint32_t reach = self->made.count > before ? self->made.items[self->made.count - 1].reach : by->last;
    att_speakers_note(&self->speakers, by->entity, by->verb->tokens.first, reach - 1);
    att_speakers_note_all(&self->speakers, by->entity, &by->fellows);
}

/* ---- quotes that go on ---- */

static int by_place(const void *left, const void *right)
{
    const att_statement *a = &((const made *)left)->statement, *b = &((const made *)right)->statement;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->speaker_start != b->speaker_start) return a->speaker_start < b->speaker_start ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

/* Whether a quote is one sentence or more, none of which it shares. */
static bool stands_alone(const statement_maker *self, const att_quote *quote)
{
    const att_token_range inside = { quote->open + 1, quote->close };
    return only_marks(self, sentence_at(self, quote->open).first, quote->open) && is_whole(self, quote)
           && (inside.last == paragraph_of(self, quote->open)->tokens.last || is_one_of(self, quote->close - 1, ".!?"))
           && count_words(self, inside, GOING_ON_WORDS) == GOING_ON_WORDS;
}

/* Whether the quote comes straight behind what was said: the next sentence, or the next paragraph's first. */
static bool goes_on(const statement_maker *self, const made *before, const att_quote *quote)
{
    const uint32_t reach = before->reach - 1;
    if (before->statement.kind == ATT_STATEMENT_SPOKEN || reach >= quote->open) return false;
    const uint32_t here = self->doc->paragraph_of[quote->open], there = self->doc->paragraph_of[reach];
    if (here == there) return sentence_of(self, reach) + 1 >= sentence_of(self, quote->open);
    return there + 1 == here && self->doc->paragraphs.items[here].tokens.first == quote->open
           && sentence_of(self, reach) + 1 == sentence_of(self, quote->open);
}

/* The quote said by all who said what made `before`, of which the made are in order up to `by_cues`. */
static void push_again(statement_maker *self, const att_quote *quote, const made *before, uint32_t by_cues)
{
    const att_token_range said = trim(self, (att_token_range){ quote->open + 1, quote->close }, ATT_STATEMENT_QUOTED);
    const att_statement like = before->statement;
    for (uint32_t i = 0; i < by_cues; i++) {
        const att_statement *one = &self->made.items[i].statement;
        if (one->start == like.start && one->end == like.end && one->entity != like.entity)
            push(self, said, one, quote->close + 1);
    }
    push(self, said, &like, quote->close + 1);
}

static void make_going_on(statement_maker *self)
{
    const uint32_t by_cues = self->made.count;
    uint32_t next = 0;
    made before = { .reach = 0 };
    for (uint32_t i = 0; i < self->quotes.count; i++) {
        att_quote *quote = &self->quotes.items[i];
        const uint32_t byte = self->doc->tokens.start[quote->open];
        for (; next < by_cues && self->made.items[next].statement.start <= byte; next++)
            if (self->made.items[next].reach > before.reach) before = self->made.items[next];
        if (quote->taken || !before.reach || !stands_alone(self, quote) || !goes_on(self, &before, quote)) continue;
        push_again(self, quote, &before, by_cues);
        before = self->made.items[self->made.count - 1];
    }
}

static void sort(statement_maker *self)
{
    if (self->made.count) qsort(self->made.items, self->made.count, sizeof *self->made.items, by_place);
}

/* ---- topics and themes ---- */

typedef struct {
    att_ranked *items; /* by place: which theme */
    uint32_t count;
} evidence_list;

/* Where the words of the topic stand, else the whole evidence. */
static att_evidence place_of(const att_document *doc, const att_evidence *evidence)
{
    att_evidence place = *evidence;
    if (evidence->trigger.data >= doc->text.data && evidence->trigger.data < doc->text.data + doc->text.length) {
        place.start = (uint32_t)(evidence->trigger.data - doc->text.data);
        place.end = place.start + (uint32_t)evidence->trigger.length;
    }
    return place;
}

static evidence_list list_evidence(const att_document *doc)
{
    evidence_list list = { 0 };
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->themes.count; i++) count += doc->themes.items[i].evidence_count;
    list.items = att_arena_alloc(doc->arena, sizeof *list.items * (count + 1));
    for (uint32_t i = 0; i < doc->themes.count; i++)
        for (uint32_t e = 0; e < doc->themes.items[i].evidence_count; e++) {
            att_evidence place = place_of(doc, &doc->themes.items[i].evidence[e]);
            list.items[list.count++] = (att_ranked){ (uint64_t)place.start << 32 | place.end, i };
        }
    att_order(doc->arena, list.items, list.count);
    return list;
}

/* Unless it is among them: themes that differ in modality have one name. */
static void add_name(att_arena *arena, att_strs *names, att_str name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (att_str_equal(names->items[i], name)) return;
    ATT_RESERVE(arena, names, 1);
    names->items[names->count++] = name;
}

/* `seen`: by theme, the last statement that has it plus one. */
static void add_themes(att_document *doc, uint32_t number, const evidence_list *list, uint32_t *seen)
{
    att_statement *statement = &doc->statements.items[number];
    uint32_t i = att_order_from(list->items, list->count, (uint64_t)statement->start << 32);
    for (; i < list->count; i++) {
        const uint32_t index = list->items[i].index;
        const att_theme *theme = &doc->themes.items[index];
        if (list->items[i].key >> 32 >= statement->end) return;
        if ((uint32_t)list->items[i].key > statement->end || seen[index] == number + 1) continue;
        seen[index] = number + 1;
        add_name(doc->arena, &statement->themes, theme->theme);
        if (theme->document_topic) add_name(doc->arena, &statement->topics, theme->topic);
    }
}

static void hand_over(statement_maker *self)
{
    att_document *doc = self->doc;
    const evidence_list list = list_evidence(doc);
    uint32_t *seen = att_arena_zero(doc->arena, doc->themes.count + 1, sizeof *seen);
    ATT_RESERVE(doc->arena, &doc->statements, self->made.count + 1);
    for (uint32_t i = 0; i < self->made.count; i++) {
        doc->statements.items[doc->statements.count++] = self->made.items[i].statement;
        add_themes(doc, i, &list, seen);
    }
}

void att_make_statements(const att_knowledge *knowledge, att_document *doc)
{
    statement_maker self = { .knowledge = knowledge, .doc = doc };
    att_titled_find(&self.titled, &knowledge->layers, doc);
    att_speakers_init(&self.speakers, knowledge, doc);
    self.quotes = att_quotes_find(doc);
    collect(&self);
    self.transcript = is_transcript(&self);
    for (uint32_t i = 0; i < self.cues.count; i++) make_one(&self, i);
    sort(&self);
    make_going_on(&self);
    make_turns(&self);
    make_whole(&self);
    make_titled(&self);
    make_headed(&self);
    sort(&self);
    hand_over(&self);
}

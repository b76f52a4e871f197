/* statement_maker.h - what the rooms that make statements share: the cues that rules found, the statements made of them.
 *
 * Private to statement and the rooms named after it, which are one step: so the small helpers have the short names that they
 * would have in one file. Data go one way: cues are collected, what each says is found beside it, then quotes that go on, turns
 * and whole texts, at last the themes in them.
 */
#ifndef ATT_STATEMENT_MAKER_H
#define ATT_STATEMENT_MAKER_H

#include "resolve/fellows.h"
#include "resolve/speaker.h"
#include "resolve/statement.h"
#include "resolve/titled.h"
#include "text/quotes.h"

/* What a rule says of the place of what is said (rules/speech). X(enumerator, name) */
#define CUE_KINDS(X)                                                                                                           \
    X(SAYS, "says")             /* behind it or before it */                                                                   \
    X(FOLLOWS, "follows")       /* behind it */                                                                                \
    X(QUOTE, "quote")           /* a quote behind it, whose mark the match ends with */                                        \
    X(TAG, "tag")               /* before it */                                                                                \
    X(SOURCE, "source")         /* "according to": behind it at the head of a sentence, else before it */                      \
    X(GOES_ON, "goes-on")       /* behind it; said by whom the sentence has had */                                             \
    X(LABEL, "label")           /* the paragraphs behind it */                                                                 \
    X(PRAISE, "praise")         /* the quote behind it, which is all of the paragraph; else a label, if it is short */         \
    X(ANSWER, "answer")         /* the same, of the one who is interviewed */                                                  \
    X(OTHER, "other")           /* the same, of nobody */                                                                      \
    X(ASKER, "asker")           /* the same, in a transcript, of one who asks or who is answered */                            \
    X(WHOLE, "whole")           /* all behind the title that it stands in */                                                   \
    X(WHOLE_OF, "whole-of")     /* the same, said by all whom the title names there */                                         \
    X(SPOKEN_FOR, "spoken-for") /* "says" of a body or person for whom somebody without a name speaks */                       \
    X(TAG_FOR, "tag-for")       /* "tag" of them */                                                                            \
    X(NOBODY, "nobody")         /* nothing is made of it, but what others say ends before it */                                \
    X(ENDS, "ends")             /* the same of what is no saying: "but gave no reason" */
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
    cue_kind kind;            /* SAYS and TAG also where it was SPOKEN_FOR and TAG_FOR */
    bool lent;                /* somebody without a name speaks for him */
} cue;

/* A statement while others may still come before it. */
typedef struct {
    att_statement statement;
    uint32_t reach; /* token behind what is said and who says it */
    bool is_signed; /* by a name behind a dash, so that nothing goes on behind it */
} made;

/* Who bears a name, ATT_NONE for several, and the byte where he is named first. */
typedef struct {
    uint32_t entity, byte;
} bearer;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    att_speakers speakers;
    att_titled titled;
    struct {
        cue *items;
        uint32_t count, capacity;
    } cues;
    struct {
        made *items;
        uint32_t count, capacity;
    } made;
    att_map families;               /* words of the persons' names, folded; made for the first label */
    bearer *bearers;                /* by family */
    const att_official **posts;     /* by entity: one of the state that stands beside the name, or NULL */
    const att_annotation *answerer; /* of "A:", if `asked` */
    bool asked;
    uint32_t named_labels; /* by family names in capitals alone */
    uint32_t said_to;      /* token behind what the last clause says */
    bool transcript;       /* the text is one, so that "he" may be anybody */
} statement_maker;

static inline att_str word_at(const statement_maker *self, uint32_t token)
{
    return att_document_word(self->doc, token);
}

static inline bool is_mark(const statement_maker *self, uint32_t token)
{
    if (self->doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL)) return false;
    const char first = *word_at(self, token).data;
    return !(first >= '0' && first <= '9');
}

static inline bool is_one_of(const statement_maker *self, uint32_t token, const char *marks)
{
    return att_document_mark_in(self->doc, token, marks);
}

static inline bool is_joining(const statement_maker *self, uint32_t token)
{
    att_str word = word_at(self, token);
    return att_str_is(word, ",") || att_str_is(word, "and") || att_str_is(word, "but") || att_str_is(word, "while")
           || att_str_is(word, ";");
}

static inline uint32_t count_words(const statement_maker *self, att_token_range range, uint32_t most)
{
    uint32_t count = 0;
    for (uint32_t i = range.first; i < range.last && count < most; i++) count += !is_mark(self, i);
    return count;
}

static inline const att_paragraph *paragraph_of(const statement_maker *self, uint32_t token)
{
    return &self->doc->paragraphs.items[self->doc->paragraph_of[token]];
}

/* The token behind the quote and its closing mark. */
static inline uint32_t behind_quote(const statement_maker *self, const att_quote *quote)
{
    const uint32_t last = paragraph_of(self, quote->open)->tokens.last;
    return quote->close < last ? quote->close + 1 : last;
}

static inline uint32_t sentence_of(const statement_maker *self, uint32_t token)
{
    return att_stretches_at(&self->doc->sentences, token);
}

static inline att_token_range sentence_at(const statement_maker *self, uint32_t token)
{
    return self->doc->sentences.items[sentence_of(self, token)].tokens;
}

static inline bool is_whole_text(const cue *by)
{
    return by->kind == WHOLE || by->kind == WHOLE_OF;
}

static inline bool only_marks(const statement_maker *self, uint32_t first, uint32_t last)
{
    if (last - first > MARKS_BETWEEN) return false;
    for (uint32_t i = first; i < last; i++)
        if (!is_mark(self, i)) return false;
    return true;
}

/* Behind the dash that ends where and when a report was made, which no zone tells: "(Lima, May 2, 2025) – Ships sail",
 * "Lima, May 2, 2025—Ships sail"; or the token that begins a paragraph. */
uint32_t att_statement_behind_place(const statement_maker *self, uint32_t first);

/* The first token of the sentence around the token, behind a dateline. */
static inline uint32_t sentence_start(const statement_maker *self, uint32_t token)
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
    return dated ? att_tokens_at(&self->doc->tokens, zones->items[low].end) : att_statement_behind_place(self, first);
}

static inline bool is_at_head(const statement_maker *self, const cue *one)
{
    const uint32_t first = paragraph_of(self, one->first)->tokens.first;
    return only_marks(self, first, one->first);
}

/* ---- statement_add.c ---- */

/* What is said without the marks and joining words at its ends. */
att_token_range att_statement_trim(const statement_maker *self, att_token_range said, att_statement_kind kind);

/* Adds a statement of other words by the same speaker; `reach` as in made. */
void att_statement_push(statement_maker *self, att_token_range said, const att_statement *like, uint32_t reach);

/* Adds what the cue's speaker says there, once for each who says it with him. */
void att_statement_add(statement_maker *self, const cue *by, att_token_range said, att_statement_kind kind);

/* ---- statement_quotes.c ---- */

/* The quote that ends before the token, marks between; one that begins behind the cue; the one around the token. NULL for none.
 */
att_quote *att_statement_quote_before(const statement_maker *self, uint32_t token);
att_quote *att_statement_quote_behind(const statement_maker *self, const cue *by);
const att_quote *att_statement_quote_around(const statement_maker *self, uint32_t token);

/* Whether the sentence ends with the quote, or a comma or colon leads to it: else it is a part of a clause. */
bool att_statement_quote_is_whole(const statement_maker *self, const att_quote *quote);

/* False for NULL, and for one that was taken. */
bool att_statement_add_quote(statement_maker *self, const cue *by, att_quote *quote);

/* Adds the paragraphs before a quote that nothing closes before its speaker is named; the quotes that go on what the one before
 * them says. The statements are sorted. */
void att_statement_go_back(statement_maker *self);
void att_statement_go_on(statement_maker *self);

/* ---- statement_said.c ---- */

/* Who says all of the sentence at its end, or NULL: "Roe thanked Chile, the ministry said." */
const cue *att_statement_owner_behind(const statement_maker *self, const cue *by);

/* Whether that one only passes on what `by` says: "Roe said it was late, Lima Radio reported." */
bool att_statement_is_relayed(const statement_maker *self, const cue *by, const cue *owner);

/* Adds the quotes and clauses that belong to a verb; to "according to". */
void att_statement_by_verb(statement_maker *self, const cue *by);
void att_statement_by_source(statement_maker *self, const cue *by);

/* ---- statement_turns.c ---- */

/* The quote behind a name and a colon that is the rest of the paragraph, as in lists of praise; or NULL. */
att_quote *att_statement_praise(const statement_maker *self, const cue *label);

/* Two labels or more, one of which names somebody, or one of somebody whom the title names; more than quotes behind names. */
bool att_statement_is_transcript(const statement_maker *self);

/* Whether it is more than a name and more than what a bracket tells: "(Laughs.)"; a sentence may be broken off. */
bool att_statement_is_speech(const statement_maker *self, att_token_range said);

/* Adds the turns of a transcript. */
void att_statement_turns(statement_maker *self);

/* ---- statement_whole.c ---- */

/* Adds texts that are a statement from end to end: by a title in them, by one that is not, by a heading "Statement from Roe:".
 */
void att_statement_whole(statement_maker *self);
void att_statement_titled(statement_maker *self);
void att_statement_headed(statement_maker *self);

/* ---- statement_themes.c ---- */

/* Gives the document its statements, with the topics and themes in them. */
void att_statement_hand_over(statement_maker *self);

#endif

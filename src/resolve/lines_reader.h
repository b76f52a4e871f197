/* lines_reader.h - what the rooms that read lists line by line share: a line, the person above, how they look at both.
 *
 * Private to line and lines, which are one reader: so the small helpers have the short names that they would have in one file.
 */
#ifndef ATT_RESOLVE_LINES_READER_H
#define ATT_RESOLVE_LINES_READER_H

#include "resolve/lines.h"

enum { MOST_TITLES = 3 };

/* What a line is by what stands in it. */
typedef enum {
    LINE_TEXT,    /* a sentence, or what ends a list */
    LINE_OTHER,   /* capitalised words that are none of the following */
    LINE_BOX,     /* "In office", "Succeeded by: Jane Roe" in the box of an encyclopaedia */
    LINE_NEUTRAL, /* an address, a telephone number, "Members:" */
    LINE_PERSON,
    LINE_TITLE,
    LINE_BODY,
    LINE_NATION
} line_kind;

typedef struct {
    uint32_t index; /* annotation */
    uint32_t body;  /* that stands behind it, or ATT_NONE */
    att_token_range tokens;
    att_token_range unit; /* words that are a body's name or its beginning: "Naval Sea Logistics Command"; or empty */
} title_in_line;

typedef struct {
    att_token_range tokens;
    uint32_t from, next; /* annotations that start in it */
    bool apart;          /* an empty line stands before it */
    line_kind kind;
    uint32_t person, body, nation; /* annotations, or ATT_NONE */
    att_token_range name;          /* of the person; empty where there is none */
    title_in_line titles[MOST_TITLES];
    uint32_t title_count;
    bool has_official; /* a rule made one in it */
    bool company;      /* an ORG */
    bool colon;        /* at its end */
    bool row;          /* of a table: cells with bars or tabs between */
    bool of_box;       /* "In office", "Succeeded by: Jane Roe": as in the box of an encyclopaedia, if others do so, too */
    bool title_first;
    uint32_t after_mark;   /* token behind the mark behind a title at the head: "Minister of Mines: Jane Roe"; or 0 */
    bool label;            /* a colon behind a title */
    bool speaker;          /* a colon behind a name in capitals or of one word: a transcript */
    bool side_by_side;     /* two titles without a mark between */
    uint32_t nation_first; /* first token of the last state */
    uint32_t after_nation; /* token behind it */
    uint32_t persons, places, numbers;
    att_token_range caps;            /* words with a capital that were read last and are no item */
    uint32_t foreign, small, listed; /* words that are no item: with a capital, without one, of the list */
} line;

/* A person and what stands below. */
typedef struct {
    bool open, gap;                /* an empty line stands between its lines */
    uint32_t person, body, nation; /* no person: a name that no rule knows */
    att_token_range name;
    uint32_t from, next; /* annotations in the line of the person */
    title_in_line titles[2 * MOST_TITLES];
    uint32_t title_count;
    title_in_line seen[MOST_TITLES]; /* in the line of the person, where rules made officials of them */
    uint32_t seen_count;
    bool written, named;   /* its officials were made by rules; its person here */
    bool company, unknown; /* a company, a body that nobody knows */
    bool row;              /* its line is one of a table */
    bool label;            /* a colon stands between the title and the person */
    bool any_below;        /* a title, a body or a state stands below the person */
    bool bare;             /* nothing but the name stands in its line */
    bool below_post;       /* its line stands below that of a post */
} entry;

/* Where a line begins in a run of paragraphs. */
typedef struct {
    uint32_t paragraph, start; /* a byte; 0 at the head of the paragraph */
    uint32_t token;            /* the first one of the line, where `start` is none */
} place;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    uint32_t at; /* the first annotation that is not yet read */
    place next;  /* of the line behind the one that was read last */
    entry entry;
    entry subject;                    /* of whom a box is: the name at its head; not open where there is none */
    bool in_box;                      /* two lines of the run are of a box, */
    bool box_asked;                   /* which was asked */
    bool name_next;                   /* the last line of the box was "Succeeded by" alone */
    title_in_line above[MOST_TITLES]; /* titles of a line that no person stands before */
    uint32_t above_count;
    bool above_bare;         /* the line says nothing else */
    bool titles_above;       /* titles stand above their persons */
    bool posts_first;        /* they do in paragraphs of their own, until other text comes */
    uint32_t names_first_to; /* before this token no posts stand above names: it was asked and answered */
    att_str scope;           /* code of the state that heads the lines */
    uint32_t scope_body;     /* the body that does, or ATT_NONE */
    bool scope_bare;         /* the heading is a state and nothing else */
    att_str members;         /* what the heading calls those in the lines, of its body; or empty */
    uint32_t last_end;       /* byte where the last line ended */
    bool changed;
    att_annotations added;
} reader;

static inline att_annotation *at(const reader *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static inline att_str get(const reader *self, uint32_t index, att_key key)
{
    return att_annotation_get(at(self, index), &self->knowledge->layers, key);
}

static inline bool is_word(const reader *self, uint32_t token, const char *word)
{
    if (token >= self->doc->tokens.count) return false;
    att_str there = att_document_word(self->doc, token);
    return *there.data == *word && att_str_is(there, word);
}

static inline bool in_list(const reader *self, att_program_list which, uint32_t token)
{
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    return att_lists_have(&self->knowledge->lists, which, self->vocabulary, type, true);
}

static inline bool is_item(uint32_t layer)
{
    const uint32_t items = 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_TITLE | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO
                           | 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_LOCATION
                           | 1u << ATT_LAYER_DATE;
    return items >> layer & 1;
}

/* ---- line.c: what stands in a line ---- */

/* Reads the line of these bytes whose first token is `tokens.first`, in a paragraph that ends with these tokens. `last`: no
 * line of the paragraph stands behind it. */
line att_line_read(reader *self, att_token_range tokens, uint32_t start, uint32_t end, bool last);

/* Whether companies have the post too, with or without its field: "Director", "Head of Sales", "President and CEO", not
 * "Secretary of the Interior", "Chief of Police". */
bool att_line_is_common(const reader *self, att_token_range title);

/* Whether the line says which post its person has, behind the name; or without a person, whether a post stands in it. */
bool att_line_tells_post(const reader *self, const line *here);

/* The first state in the body's name, or ATT_NONE. */
uint32_t att_line_nation_within(const reader *self, uint32_t body);

/* Whether the body tells its state itself: by its name, or as one of several states; ATT_NONE does not. */
bool att_line_tells_state(const reader *self, uint32_t body);

/* The body to which those in the lines below belong: "to appoint the following to the Mint Board:"; ATT_NONE where none is
 * told. */
uint32_t att_line_appoints_to(const reader *self, const line *here);

/* The token before token `first`, its article aside: that of "of" in "of the Board"; ATT_NONE where nothing stands before. */
uint32_t att_line_lead(const reader *self, uint32_t first);

/* Whether the tokens may be a name that no rule knows: two words to four with capitals, none of them a word of English. */
bool att_line_may_be_name(const reader *self, att_token_range tokens);

#endif

/* rule_line.h - one line of a rule while it is read: the symbol at hand, findings, and the names that it may use.
 *
 * Owner   the engine's arena.
 * Errors  findings with their places. One about the syntax ends the line; one about a name that isn't known doesn't.
 */
#ifndef ATT_RULE_LINE_H
#define ATT_RULE_LINE_H

#include "cascade/rule_ast.h"
#include "cascade/rule_lex.h"

enum {
    ATT_DEEPEST_PATTERN = 64,     /* levels of groups and phrases */
    ATT_HEAVIEST_PATTERN = 20000, /* parts of one pattern, with phrases and repeats written out */
    ATT_HEAVIEST_RULES = 4000000  /* parts of all rules */
};

/* The words of one literal. */
typedef struct {
    att_arena *arena;
    att_str words[ATT_LONGEST_FORM_BYTES + 1];
    uint32_t count;
} att_rule_words;

/* What all rules are read with. */
typedef struct {
    att_rules *rules;
    att_knowledge *knowledge;
    att_arena *arena;
    att_map phrase_names;
    uint32_t *first_phrase; /* by the number of the name: one phrase of it */
    att_map regex_texts;    /* the id is the regex's number */
    uint32_t suggestions;   /* "did you mean" that may still be looked for: each takes time */
    uint32_t levels;        /* groups and phrases that the phrase being read stands in */
    att_rule_words *words;  /* of the literal at hand */
    uint64_t weight;        /* parts of all rules so far */
    att_pattern *patterns;  /* room for so many nodes of patterns, and for tests */
    att_test *tests;
    uint32_t free_patterns, free_tests;
} att_rule_room;

/* One line being read. */
typedef struct {
    att_rule_room *room;
    const att_lines_block *block;
    uint32_t pack; /* whose names are seen */
    att_rule_lexer lexer;
    att_symbol symbol; /* the next one */
    att_str *captures; /* of the rule or phrase */
    uint32_t *capture_count;
    bool in_context, in_phrase;
    bool captures_refused; /* in a context that must not hold */
    bool has_end;          /* the class `end` was met */
    uint32_t depth;        /* levels that the symbol at hand stands in */
    uint32_t height;       /* the deepest level so far */
    uint64_t weight;       /* parts so far, with phrases and repeats written out */
    uint32_t findings;
} att_rule_line;

/* Starts at the first symbol of a line's text. */
void att_rule_line_start(att_rule_line *self, const att_source *source, att_str text, uint32_t text_at);

/* Goes to the next symbol; one that can't be read ends the line with a finding. */
void att_rule_line_advance(att_rule_line *self);

/* Whether the symbol at hand is this mark, or this name. */
bool att_rule_line_at(const att_rule_line *self, char mark);
bool att_rule_line_at_word(const att_rule_line *self, const char *word);

/* Whether the line has ended by a finding. */
bool att_rule_line_failed(const att_rule_line *self);

/* Takes the mark; else a finding that says where it was missed. */
bool att_rule_line_expect(att_rule_line *self, char mark, const char *where);

/* A finding about the syntax; the rest of the line is not read. */
void att_rule_line_fail(att_rule_line *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The symbol is not what stands there: "expected …". */
void att_rule_line_unexpected(att_rule_line *self, const char *expected);

/* A finding about what the line says; reading goes on. */
void att_rule_line_report(att_rule_line *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* C01 with the nearest of `names`. */
void att_rule_line_unknown(att_rule_line *self, const char *what, att_str name, att_place place, const att_str *names,
                           size_t count);

/* A layer's name, a list's name in "<" ">": their numbers, or ATT_NONE with a finding. */
uint32_t att_rule_read_layer(att_rule_line *self);
uint32_t att_rule_read_list(att_rule_line *self);

/* Whether names of pack `home` are seen; else a finding. */
bool att_rule_sees(att_rule_line *self, uint32_t home, const char *what, att_str name, att_place place);

/* Adds `more` parts to what is read; false, with a finding, when the pattern is too large. */
bool att_rule_line_weigh(att_rule_line *self, uint64_t more);

/* Notes that the class `end` stands there, the edge of a paragraph; a finding where only the text of a match is seen. */
void att_rule_line_note_end(att_rule_line *self, att_place place);

/* The number of a capture of that name, made where there is none; ATT_NONE with a finding when there are too many. */
uint32_t att_rule_capture(att_rule_line *self, att_str name, att_place place);

#endif

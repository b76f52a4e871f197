/* rule_line.h - the state of reading one line of a rule: the current symbol, findings, and the names that it may use.
 *
 * Owner   the engine's arena.
 * Errors  findings with their places. A syntax error ends the line; an unknown name does not.
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
    uint32_t suggestions;   /* how many more "did you mean" may be looked for, because each takes time */
    uint32_t levels;        /* nesting depth of the phrase being read */
    att_rule_words *words;  /* of the current literal */
    uint64_t weight;        /* parts of all rules so far */
    att_pattern *patterns;  /* memory for the next pattern nodes and tests; the counts below say for how many */
    att_test *tests;
    uint32_t free_patterns, free_tests;
} att_rule_room;

/* One line being read. */
typedef struct {
    att_rule_room *room;
    const att_lines_block *block;
    uint32_t pack; /* the pack whose names it can see */
    att_rule_lexer lexer;
    att_symbol symbol; /* the next one */
    att_str *captures; /* of the rule or phrase */
    uint32_t *capture_count;
    bool in_context, in_phrase;
    bool captures_refused; /* in a negative context */
    bool has_end;          /* the class `end` was met */
    uint32_t depth;        /* nesting depth of the current symbol */
    uint32_t height;       /* the greatest depth so far */
    uint64_t weight;       /* parts so far, with phrases and repeats written out */
    uint32_t findings;
} att_rule_line;

/* Starts at the first symbol of a line's text. */
void att_rule_line_start(att_rule_line *self, const att_source *source, att_str text, uint32_t text_at);

/* Goes to the next symbol. A bad symbol ends the line with a finding. */
void att_rule_line_advance(att_rule_line *self);

/* Whether the current symbol is this mark, or this name. */
bool att_rule_line_at(const att_rule_line *self, char mark);
bool att_rule_line_at_word(const att_rule_line *self, const char *word);

/* Whether a finding has ended the line. */
bool att_rule_line_failed(const att_rule_line *self);

/* Takes the mark; if it is missing, reports that with `where`. */
bool att_rule_line_expect(att_rule_line *self, char mark, const char *where);

/* Reports a syntax error; the rest of the line is not read. */
void att_rule_line_fail(att_rule_line *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reports that another symbol was expected: "expected …". */
void att_rule_line_unexpected(att_rule_line *self, const char *expected);

/* Reports an error in what the line says; reading goes on. */
void att_rule_line_report(att_rule_line *self, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reports an unknown name (C01) and suggests the nearest of `names`. */
void att_rule_line_unknown(att_rule_line *self, const char *what, att_str name, att_place place, const att_str *names,
                           size_t count);

/* Read the name of a layer, or the name of a list in "<" ">". Return its number, or ATT_NONE after a finding. */
uint32_t att_rule_read_layer(att_rule_line *self);
uint32_t att_rule_read_list(att_rule_line *self);

/* Whether the line can see names of pack `home`; if not, reports it. */
bool att_rule_sees(att_rule_line *self, uint32_t home, const char *what, att_str name, att_place place);

/* Counts `more` parts; false, with a finding, when the pattern becomes too large. */
bool att_rule_line_weigh(att_rule_line *self, uint64_t more);

/* Notes a use of the class `end` (the edge of a paragraph); a finding outside of contexts, where only the matched text is
 * seen. */
void att_rule_line_note_end(att_rule_line *self, att_place place);

/* The number of the capture with that name, which is added when new; ATT_NONE, with a finding, when there are too many. */
uint32_t att_rule_capture(att_rule_line *self, att_str name, att_place place);

#endif

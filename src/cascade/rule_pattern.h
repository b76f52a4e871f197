/* rule_pattern.h - patterns: symbols to trees, names resolved, phrases put in their places.
 *
 * Owner   the engine's arena.
 * Errors  findings with their places. The first that can't be read ends the line; names that aren't known don't.
 */
#ifndef ATT_RULE_PATTERN_H
#define ATT_RULE_PATTERN_H

#include "cascade/rule_ast.h"
#include "cascade/rule_lex.h"

enum { ATT_DEEPEST_PATTERN = 64, ATT_HEAVIEST_PATTERN = 20000, ATT_HEAVIEST_RULES = 4000000, ATT_LONGEST_GAP = 100 };

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
    uint32_t suggestions;   /* still to make: they take time */
    uint32_t levels;        /* groups and phrases that the phrase being read stands in */
    att_rule_words *words;  /* of the literal at hand */
    uint64_t weight;        /* of all rules so far */
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
    bool in_context, in_phrase, has_end, captures_refused;
    uint32_t depth, height;
    uint64_t weight;
    uint32_t findings;
} att_rule_line;

/* Starts at the first symbol of a line's text. */
void att_rule_line_start(att_rule_line *self, const att_source *source, att_str text, uint32_t text_at);
void att_rule_line_advance(att_rule_line *self);
bool att_rule_line_at(const att_rule_line *self, char mark);
bool att_rule_line_at_word(const att_rule_line *self, const char *word);

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

/* The number of a capture of that name, made where there is none; ATT_NONE with a finding when there are too many. */
uint32_t att_rule_capture(att_rule_line *self, att_str name, att_place place);

/* Reads a pattern up to the end of the line; NULL when it can't be read. */
att_pattern *att_rule_read_pattern(att_rule_line *self);

/* A node; a copy of a node that stands in a second place, its children shared; a node around others. */
att_pattern *att_pattern_new(att_rule_room *room, att_pattern_kind kind, att_place place);
att_pattern *att_pattern_again(att_rule_room *room, const att_pattern *pattern);
att_pattern *att_pattern_around(att_rule_room *room, att_pattern_kind kind, att_pattern *child);

/* The pattern with a capture on it, on a node of its own where it has one already. Of a repeat that may be empty the capture
 * holds what is not. */
att_pattern *att_pattern_captured(att_rule_room *room, att_pattern *pattern, uint32_t capture);

/* Registers all phrases, to be read when they are first used. */
void att_rule_find_phrases(att_rule_room *room);

/* Reads the phrases that no rule has used, for their findings. */
void att_rule_read_phrases(att_rule_room *room);

#endif

/* rule_token.h - reads what a rule asks of one token: literals, regular expressions, and sets in "[" "]".
 *
 * Owner   the engine's arena.
 * Errors  findings, as in rule_line.h.
 */
#ifndef ATT_RULE_TOKEN_H
#define ATT_RULE_TOKEN_H

#include "cascade/rule_line.h"

/* A test of this kind without children, in the arena of the rules. */
att_test *att_rule_new_test(att_rule_line *self, att_test_kind kind, att_place place);

/* Reads a set up to "]": properties joined by "&", "|" and "!". */
att_test *att_rule_read_test(att_rule_line *self);

/* Reads the current regular expression. */
att_test *att_rule_read_regex(att_rule_line *self);

/* Cuts a literal into room->words, splitting at hyphens. Returns the number of tokens; ATT_NONE when there are too many.
 * "'s" is read as after a word. */
uint32_t att_rule_cut_literal(att_rule_line *self, att_str text);

/* Whether this is the name of a token class, which belongs in "[" "]". */
bool att_rule_is_class(att_str name);

#endif

/* rule_token.h - what a rule asks of one token: literals, regexes, and the properties in "[" "]".
 *
 * Owner   the engine's arena.
 * Errors  findings, as rule_line.h has them.
 */
#ifndef ATT_RULE_TOKEN_H
#define ATT_RULE_TOKEN_H

#include "cascade/rule_line.h"

att_test *att_rule_new_test(att_rule_line *self, att_test_kind kind, att_place place);

/* The properties up to "]", with "&", "|" and "!". */
att_test *att_rule_read_test(att_rule_line *self);

/* The regex at hand. */
att_test *att_rule_read_regex(att_rule_line *self);

/* Cuts a literal into room->words, opened at hyphens. Returns how many tokens it has, ATT_NONE when they are too many. "'s" is
 * read as it stands behind a word. */
uint32_t att_rule_cut_literal(att_rule_line *self, att_str text);

/* Whether the name is one of a class, which stands in "[" "]". */
bool att_rule_is_class(att_str name);

#endif

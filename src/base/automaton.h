/* automaton.h - a regular expression as a transition table: one table look-up for each byte, no memory but the state.
 *
 * Shape   a deterministic finite automaton over ASCII: the state and the column of a byte give the next state. Bytes that
 *         the pattern never tells apart share a column. Supported are literals, sets, dots, groups, alternatives and
 *         repeats, as long as the table stays small; patterns with look-around, back references, options or named
 *         classes are not.
 * Owner   the arena that it is made in. Matching only reads it.
 */
#ifndef ATT_AUTOMATON_H
#define ATT_AUTOMATON_H

#include "base/str.h"

typedef struct att_automaton_table att_automaton;

typedef enum { ATT_AUTOMATON_NO, ATT_AUTOMATON_YES, ATT_AUTOMATON_UNKNOWN } att_automaton_answer;

/* Builds the automaton of a pattern that PCRE2 accepts; NULL when the pattern is not supported. */
const att_automaton *att_automaton_new(att_arena *arena, att_str pattern);

/* Whether the pattern matches the whole of `token`; ATT_AUTOMATON_UNKNOWN when that depends on bytes beyond ASCII. */
att_automaton_answer att_automaton_matches(const att_automaton *self, att_str token);

/* Whether the pattern can match a word made of ASCII letters only. */
bool att_automaton_takes_letters(const att_automaton *self);

#endif

/* automaton.h - a regular expression as a table: one step a byte, no memory but the state.
 *
 * Shape   a deterministic automaton over ASCII: state and column of a byte give the next state. Bytes that no part of the
 *         pattern tells apart share a column. Patterns of literals, sets, dots, groups, choices and repeats have one, unless
 *         it grows too large; those with a look ahead, a reference, an option or a class by name have none.
 * Owner   the arena that it is made in. Matching only reads it.
 */
#ifndef ATT_AUTOMATON_H
#define ATT_AUTOMATON_H

#include "base/str.h"

typedef struct att_automaton_table att_automaton;

typedef enum { ATT_AUTOMATON_NO, ATT_AUTOMATON_YES, ATT_AUTOMATON_UNKNOWN } att_automaton_answer;

/* NULL for a pattern of another kind. The pattern is one that PCRE2 compiles. */
const att_automaton *att_automaton_new(att_arena *arena, att_str pattern);

/* Whether the pattern matches the whole of `token`; unknown where that depends on bytes beyond ASCII. */
att_automaton_answer att_automaton_matches(const att_automaton *self, att_str token);

/* Whether it matches some word of letters of ASCII. */
bool att_automaton_takes_letters(const att_automaton *self);

#endif

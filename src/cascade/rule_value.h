/* rule_value.h - reads values, `make` lines and conditions.
 *
 * They are read after the patterns of the rule, because they refer to its captures.
 */
#ifndef ATT_RULE_VALUE_H
#define ATT_RULE_VALUE_H

#include "cascade/rule_line.h"

/* Reads a `make` line such as "AGENCY on unit parent=item.id"; false when it can't be read. */
bool att_rule_read_make(att_rule_line *self, att_make *make);

/* Reads a condition up to the end of the line; NULL when it can't be read. `ambiguous` is known in an alias only. */
att_condition *att_rule_read_condition(att_rule_line *self, bool in_alias);

/* Joins `more` to the conditions of earlier lines. */
att_condition *att_condition_join(att_rule_room *room, att_condition_kind kind, att_condition *first, att_condition *more);

/* The part of a condition that depends on the document and the sentence but on no capture; NULL for nothing. */
const att_condition *att_condition_first(att_rule_room *room, const att_condition *all);

/* The remaining part; NULL for nothing. */
const att_condition *att_condition_rest(att_rule_room *room, const att_condition *all);

/* The part that depends on the document alone; NULL for nothing. */
const att_condition *att_condition_whole(att_rule_room *room, const att_condition *all);

#endif

/* rule_value.h - what rules make and ask: values, `make` and conditions to trees.
 *
 * Read behind the patterns of the rule, whose captures they name.
 */
#ifndef ATT_RULE_VALUE_H
#define ATT_RULE_VALUE_H

#include "cascade/rule_line.h"

/* "AGENCY on unit parent=item.id"; false when it can't be read. */
bool att_rule_read_make(att_rule_line *self, att_make *make);

/* A condition up to the end of the line; NULL when it can't be read. In an alias `ambiguous` is known, in a rule it isn't. */
att_condition *att_rule_read_condition(att_rule_line *self, bool in_alias);

/* `more` joined to what earlier lines said. */
att_condition *att_condition_join(att_rule_room *room, att_condition_kind kind, att_condition *first, att_condition *more);

/* What must hold of it that asks of the document and the sentence, but of no capture; NULL for nothing. */
const att_condition *att_condition_first(att_rule_room *room, const att_condition *all);

/* What else must hold of it; NULL for nothing. */
const att_condition *att_condition_rest(att_rule_room *room, const att_condition *all);

/* What must hold of it that asks of the document alone; NULL for nothing. */
const att_condition *att_condition_whole(att_rule_room *room, const att_condition *all);

#endif

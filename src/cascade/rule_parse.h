/* rule_parse.h - reads the blocks `phrase`, `rule`, `expand` and `alias`.
 *
 * Errors  findings go to the knowledge's diags. With errors among them the rules must not be run, though each rule with a
 *         valid name exists, so that others can refer to it.
 */
#ifndef ATT_RULE_PARSE_H
#define ATT_RULE_PARSE_H

#include "cascade/rule_ast.h"

/* Reads all rules. Adds their words to the knowledge's lexicon, so no document may be read before. */
void att_rules_read(att_rules *self, att_knowledge *knowledge);

#endif

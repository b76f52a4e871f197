/* rule_parse.h - the blocks `phrase`, `rule`, `expand` and `alias` to rules (RULES section 4).
 *
 * Errors  findings to the knowledge's diags; with errors among them the rules must not be run, though each rule that has a
 *         good name is there, so that others may name it.
 */
#ifndef ATT_RULE_PARSE_H
#define ATT_RULE_PARSE_H

#include "cascade/rule_ast.h"

/* Reads all rules. Their words go into the knowledge's lexicon, so no document may be read before. */
void att_rules_read(att_rules *self, att_knowledge *knowledge);

#endif

/* lines.h - officials that stand over several lines: who signed, who took part, whom to ask.
 *
 * A line is a person ("Mr Juan ROE,"), a title ("Minister of Mines"), a body ("Ministry of Mines"), a state ("Republic of
 * Chile") or all of them with marks between. Titles, a body and a state below a person are his until the next person; a state
 * or a body that heads such lines ("Chile:", "For the Government of Chile", "Chilean delegation") is that of all below it until
 * other text comes.
 */
#ifndef ATT_RESOLVE_LINES_H
#define ATT_RESOLVE_LINES_H

#include "knowledge/knowledge.h"
#include "resolve/groups.h"

/* Adds OFFICIAL annotations for titles of such lines, fills in states and bodies of those that rules made in one line, and
 * makes titles whole ("Director of Public Health"). Returns whether annotations were added or changed; then they are sorted
 * anew. */
bool att_read_lines(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                    const att_groups *groups);

#endif

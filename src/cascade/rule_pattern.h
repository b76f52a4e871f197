/* rule_pattern.h - patterns: symbols to trees, phrases put in their places.
 *
 * Owner   the engine's arena.
 * Errors  findings, as rule_line.h has them.
 */
#ifndef ATT_RULE_PATTERN_H
#define ATT_RULE_PATTERN_H

#include "cascade/rule_line.h"

/* Reads a pattern up to the end of the line; NULL when it can't be read. */
att_pattern *att_rule_read_pattern(att_rule_line *self);

/* A node without children. */
att_pattern *att_pattern_new(att_rule_room *room, att_pattern_kind kind, att_place place);

/* A copy for a second place; the two share their children. */
att_pattern *att_pattern_again(att_rule_room *room, const att_pattern *pattern);

/* A node with `child`, and those behind it in its row, as children. */
att_pattern *att_pattern_around(att_rule_room *room, att_pattern_kind kind, att_pattern *child);

/* The pattern with a capture on it, on a node of its own where it has one already. Of a repeat that may be empty the capture
 * holds what is not. */
att_pattern *att_pattern_captured(att_rule_room *room, att_pattern *pattern, uint32_t capture);

/* Registers all phrases, to be read when they are first used. */
void att_rule_find_phrases(att_rule_room *room);

/* Reads the phrases that no rule has used, for their findings. */
void att_rule_read_phrases(att_rule_room *room);

#endif

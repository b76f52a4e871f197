/* rule_pattern.h - reads patterns: symbols become trees, phrases are put where they are named.
 *
 * Owner   the engine's arena.
 * Errors  findings, as in rule_line.h.
 */
#ifndef ATT_RULE_PATTERN_H
#define ATT_RULE_PATTERN_H

#include "cascade/rule_line.h"

/* Reads a pattern up to the end of the line; NULL when it can't be read. */
att_pattern *att_rule_read_pattern(att_rule_line *self);

/* A new node without children. */
att_pattern *att_pattern_new(att_rule_room *room, att_pattern_kind kind, att_place place);

/* A copy of the node for use in a second place; both share their children. */
att_pattern *att_pattern_again(att_rule_room *room, const att_pattern *pattern);

/* A node whose children are `child` and its following siblings. */
att_pattern *att_pattern_around(att_rule_room *room, att_pattern_kind kind, att_pattern *child);

/* The pattern with a capture; a pattern that already has one is wrapped in a new node. For a repeat that can be empty, the
 * capture applies only when it is not. */
att_pattern *att_pattern_captured(att_rule_room *room, att_pattern *pattern, uint32_t capture);

/* Registers all phrases; each is read when it is first used. */
void att_rule_find_phrases(att_rule_room *room);

/* Reads the phrases that no rule uses, so that their mistakes are reported too. */
void att_rule_read_phrases(att_rule_room *room);

#endif

/* rule_probe.h - for `explain`: how much of a pattern matches from a token, and which element fails next. */
#ifndef ATT_RULE_PROBE_H
#define ATT_RULE_PROBE_H

#include "cascade/rule_match.h"

enum { ATT_MOST_FAILED = 4 };

typedef struct {
    uint32_t start, reached;                    /* tokens [start, reached) matched */
    const att_pattern *failed[ATT_MOST_FAILED]; /* elements that the next token does not match, in the order of the rule */
    uint32_t failed_count;
} att_probe;

/* Among the starts [first, last), finds the one from which most tokens match and the token `least` is reached; the first of
 * several. `start` is ATT_NONE when there is none. `program` must be a forward one. */
att_probe att_probe_pattern(const att_predicates *predicates, att_scene *scene, const att_program *program, uint32_t first,
                            uint32_t last, uint32_t least);

#endif

/* rule_probe.h - how far a pattern comes from a token at which it doesn't match, and what failed there. For `explain`. */
#ifndef ATT_RULE_PROBE_H
#define ATT_RULE_PROBE_H

#include "cascade/rule_match.h"

enum { ATT_MOST_FAILED = 4 };

typedef struct {
    uint32_t start, reached;                     /* tokens [start, reached) were met */
    const att_pattern *failed[ATT_MOST_FAILED];  /* elements that the next token is not, in the order of the rule */
    uint32_t failed_count;
} att_probe;

/* Of the starts [first, last) the one from which most words are met, among those that come to token `least` or beyond; the
 * first of several. `start` is ATT_NONE when there is none. `program` is a forward one. */
att_probe att_probe_pattern(const att_predicates *predicates, att_scene *scene, const att_program *program, uint32_t first,
                            uint32_t last, uint32_t least);

#endif

/* shadow.h - rules in the shadow of another (C03), which matches all that they match, as long or longer, and is chosen before
 * them.
 *
 * Such a rule never wins where the two match the same words each time. Else it may win where the longer match of the other
 * gives way to a third rule's. What is reported holds: the pattern of the other is followed beside that of the rule, place by
 * place. What is not reported may still be in a shadow: the words of lists and regexes, and what conditions take away, are not
 * looked at.
 */
#ifndef ATT_SHADOW_H
#define ATT_SHADOW_H

#include "engine/engine.h"

typedef struct {
    const att_rule *by; /* or NULL */
    bool always;        /* the rule never wins */
} att_shadow;

/* Whether each way through one pattern is also a way through the other; false may also mean that this is not known. */
bool att_pattern_covers(const att_pattern *wide, const att_pattern *narrow);

/* A short text that the rule matches, of words and phrases of lists; null where it needs an annotation, a class or a regex, or
 * asks for more than its pattern. */
att_str att_shadow_example(const att_engine *engine, att_arena *arena, const att_rule *rule);

/* How the matches of a rule may begin, as bits of words, lists and layers: what others have that are in its shadow, what others
 * must have in whose shadow it is. Most pairs of rules need no other look. */
typedef struct {
    uint64_t takes, wants;
} att_opening;

/* Of all rules, by number. */
att_opening *att_openings_of(const att_engine *engine, att_arena *arena);

/* A rule in whose shadow rule `number` stands; one that it never wins against before others. */
att_shadow att_shadow_of(const att_engine *engine, const att_opening *openings, uint32_t number);

#endif

/* shorten.h - short forms of what the document names in full: surnames, acronyms in brackets (blocks `alias`).
 *
 * A short form is one token. It refers to the same thing as its long form: both annotations get the same chain number.
 */
#ifndef ATT_SHORTEN_H
#define ATT_SHORTEN_H

#include "cascade/rule_results.h"
#include "cascade/wake.h"

/* A short form in the text, and the `alias` block that found it. */
typedef struct {
    const att_rule *rule;
    att_annotation annotation;
} att_short_mention;

typedef struct {
    att_short_mention *items;
    uint32_t count, capacity;
} att_short_mentions;

/* Finds the short forms that some `alias` blocks (given by number) describe. `annotations` are the document's, as in the
 * scene; one whose short form is found gets a chain number, counting on from `*chains`. */
att_short_mentions att_shorten(const att_rules *rules, const att_numbers *aliases, att_scene *scene,
                               att_annotation *annotations, uint32_t *chains);

#endif

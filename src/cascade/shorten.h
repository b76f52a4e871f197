/* shorten.h - short forms of what the document names in full: surnames, bracketed acronyms (RULES 7.4, `alias`).
 *
 * A short form is one token. It names what its long form names: both annotations get one chain.
 */
#ifndef ATT_SHORTEN_H
#define ATT_SHORTEN_H

#include "cascade/rule_results.h"
#include "cascade/wake.h"

/* A short form where it stands, and the `alias` block that found it. */
typedef struct {
    const att_rule *rule;
    att_annotation annotation;
} att_short_mention;

typedef struct {
    att_short_mention *items;
    uint32_t count, capacity;
} att_short_mentions;

/* The mentions that some `alias` blocks find, by their numbers. `annotations` are the document's, as in the scene; those that
 * have a short form in the text get a chain, numbered on from `*chains`. */
att_short_mentions att_shorten(const att_rules *rules, const att_numbers *aliases, att_scene *scene,
                               att_annotation *annotations, uint32_t *chains);

#endif

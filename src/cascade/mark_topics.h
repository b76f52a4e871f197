/* mark_topics.h - the stage `topics`: turns triggers in the text into TOPIC annotations.
 *
 * Their fields are topic, kind and role. `kind` is strong, support or pair, or pair+strong or pair+support when the form is
 * listed as both. `name` of the annotation is the trigger, an index into att_topics.triggers.
 */
#ifndef ATT_MARK_TOPICS_H
#define ATT_MARK_TOPICS_H

#include "knowledge/knowledge.h"

/* Adds TOPIC annotations to the document's annotations, sorted. Does nothing when the rules give TOPIC no field `topic`. A
 * trigger that is only part of an AGENCY, ORG, TITLE or PERSON is left out, but the whole name may be a trigger, also after
 * a country ("U.S. Supreme Court"). */
void att_mark_topics(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary);

#endif

/* topics.h - the stage `topics`: triggers in the text become TOPIC annotations.
 *
 * Fields topic, kind and role. `kind` is strong, support, pair, or pair+strong and pair+support for a form that is listed
 * so; `name` is the trigger, an index into att_topics.triggers.
 */
#ifndef ATT_CASCADE_TOPICS_H
#define ATT_CASCADE_TOPICS_H

#include "knowledge/knowledge.h"

/* Sorts the annotations and puts them among those; nothing where the rules give TOPIC no field `topic`. A trigger that is a
 * part of an AGENCY, ORG, TITLE or PERSON makes none; the whole name may be one, also behind a country ("U.S. Supreme Court").
 */
void att_mark_topics(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary);

#endif

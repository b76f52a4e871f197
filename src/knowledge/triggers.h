/* triggers.h - where the words of topics stand in a text.
 *
 * Owner   hits lie in the document's arena; what is found changes nothing in the topics.
 */
#ifndef ATT_TRIGGERS_H
#define ATT_TRIGGERS_H

#include "knowledge/topics.h"

/* A place where the words of a topic stand: one for each topic that lists them. */
typedef struct {
    uint32_t start, end;    /* bytes */
    att_token_range tokens; /* those that it touches */
    uint32_t topic, trigger;
    uint32_t kinds; /* ATT_TRIGGER_* of all the topic's triggers there */
} att_topic_hit;

typedef struct {
    att_topic_hit *items;
    uint32_t count, capacity;
} att_topic_hits;

/* Which hits are left out; asked where the bit of a hit's first token is set. */
typedef struct {
    const uint64_t *tokens; /* as bits */
    bool (*leaves_out)(const void *context, const att_hit *hit);
    const void *context;
} att_hit_filter;

/* Once all triggers are read: notes what nodes of their names surely say. */
void att_triggers_fill(att_topics *self, att_arena *arena);

/* Triggers in the text, by start, those of one place by trigger: of those that overlap the longest, then the first. A blocker
 * keeps its own topic out of what it touches. Boilerplate and metadata are passed over. `filter` may be NULL. */
void att_triggers_find(const att_topics *self, att_document *doc, const att_vocabulary *vocabulary,
                       const att_hit_filter *filter, att_topic_hits *hits);

#endif

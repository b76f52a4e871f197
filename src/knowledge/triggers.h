/* triggers.h - finds the triggers of topics in a text.
 *
 * Owner   hits lie in the document's arena; the topics are only read.
 */
#ifndef ATT_TRIGGERS_H
#define ATT_TRIGGERS_H

#include "knowledge/topics.h"

/* A place where a trigger stands; one for each topic that lists it. */
typedef struct {
    uint32_t start, end;    /* bytes */
    att_token_range tokens; /* those that it touches */
    uint32_t topic, trigger;
    uint32_t kinds; /* ATT_TRIGGER_* of all triggers that the topic has there */
} att_topic_hit;

typedef struct {
    att_topic_hit *items;
    uint32_t count, capacity;
} att_topic_hits;

/* Says which hits to leave out; asked only for hits whose first token has its bit set. */
typedef struct {
    const uint64_t *tokens; /* as bits */
    bool (*leaves_out)(const void *context, const att_hit *hit);
    const void *context;
} att_hit_filter;

/* Call it once all triggers are read: notes what nodes of the trie say in any text (att_sure_topic). */
void att_triggers_fill(att_topics *self, att_arena *arena);

/* Finds the triggers in the text, sorted by start, then by trigger. Of overlapping ones the longest counts, then the first.
 * A blocker keeps its own topic from being found where it stands. Boilerplate and metadata are skipped. `filter` may be
 * NULL. */
void att_triggers_find(const att_topics *self, att_document *doc, const att_vocabulary *vocabulary,
                       const att_hit_filter *filter, att_topic_hits *hits);

#endif

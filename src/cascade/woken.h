/* woken.h - which anchors the words of a document wake: found once for each word type, then asked at each of its tokens what
 * stands beside it.
 *
 * Owner   what a type wakes is the vocabulary's, what tokens wake the document's.
 */
#ifndef ATT_WOKEN_H
#define ATT_WOKEN_H

#include "cascade/wake.h"

/* A token that woke an anchor. */
typedef struct {
    uint32_t anchor, token;
} att_woken;
typedef struct {
    att_woken *items;
    uint32_t count, capacity;
} att_wokens;

/* The describer for vocabularies: `user` is the waker. Its bits are those of att_glance_type, its number the index in
 * vocabulary->pool of a count and as many anchors, rising, with what is known of each; 0 for none. */
att_type_note att_waker_describe(const void *user, att_vocabulary *vocabulary, att_word_type *type);

/* Adds to `wokens`, by stage, the anchors that the tokens of a document wake, in the order of the text. Its places must be
 * known (att_scene_index), and the vocabulary be the one that its words are types of. */
void att_wake_all(const att_waker *waker, att_document *doc, att_vocabulary *vocabulary, att_wokens wokens[ATT_MAX_STAGES]);

#endif

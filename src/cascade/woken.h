/* woken.h - finds which anchors the words of a document wake: once for each word type, then for each of its tokens by what
 * stands beside it.
 *
 * Owner   what a type wakes belongs to the vocabulary, what tokens wake to the document.
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

/* The describer for vocabularies; `user` is the waker. The note's bits are those of att_glance_type. Its number is an index
 * into vocabulary->pool, where a count is followed by that many anchors, ascending, with what is known of each; 0 for none. */
att_type_note att_waker_describe(const void *user, att_vocabulary *vocabulary, att_word_type *type);

/* Adds to `wokens`, by stage, the anchors that the document's tokens wake, in text order. Call att_scene_index before;
 * `vocabulary` must hold the document's word types. */
void att_wake_all(const att_waker *waker, att_document *doc, att_vocabulary *vocabulary, att_wokens wokens[ATT_MAX_STAGES]);

#endif

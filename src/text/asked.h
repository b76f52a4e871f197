/* asked.h - a cache of what was found out about word types: an answer of two bits for each type and question.
 *
 * Shape   a table with one entry for each hash value, which grows up to a size that stays in the processor's cache. From then
 *         on a newer answer overwrites an older one, which is found out again when it is asked for. The hash is the number
 *         of type and question times an odd number, so that no two have the same: some of its bits are the index of the
 *         entry, the lowest ATT_ASKED_KEPT are kept in it to tell it from others. So an entry has two bytes.
 * Owner   the arena that the notes are made in.
 */
#ifndef ATT_ASKED_H
#define ATT_ASKED_H

#include "base/arena.h"

enum { ATT_ASKED_KEPT = 14 /* bits of the hash */ };

typedef struct {
    uint16_t *items;     /* by index: the lowest bits of the hash, above the answer; 0 for none */
    uint32_t mask;       /* the number of entries, a power of 2, less 1 */
    uint32_t count;      /* of notes, with those that were overwritten */
    uint32_t questions;  /* that can be asked of each type */
    uint32_t type_limit; /* nothing is kept of types from here on: index and kept bits could not tell their hashes apart */
} att_asked;

/* Nothing is known. */
void att_asked_init(att_asked *self, uint32_t questions);

static inline uint32_t att_asked_hash(const att_asked *self, uint32_t type, uint32_t question)
{
    return (type * self->questions + question) * 0xcc9e2d51u; /* odd, so that no two numbers become one */
}

/* The answer, 1 to 3, or 0 when none is known. */
static inline unsigned att_asked_find(const att_asked *self, uint32_t type, uint32_t question)
{
    uint32_t hash = att_asked_hash(self, type, question);
    unsigned found = self->items[hash >> ATT_ASKED_KEPT & self->mask] ^ (uint16_t)(hash << 2);
    return found < 4 && type < self->type_limit ? found : 0;
}

/* Keeps an answer, 1 to 3, that is not known. */
void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer);

#endif

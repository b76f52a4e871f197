/* asked.h - a cache of answers about word types: two bits for each pair of word type and question.
 *
 * Shape   a hash table that grows up to a size that stays in the processor's cache. From then on a new answer overwrites an
 *         old one, which is worked out again when needed. The hash is the number of the pair times an odd number, so that no
 *         two pairs have the same hash. Some bits of it are the index of the entry; the lowest ATT_ASKED_KEPT bits are stored
 *         in the entry to identify it. So an entry takes two bytes.
 * Owner   the arena given when answers are noted.
 */
#ifndef ATT_ASKED_H
#define ATT_ASKED_H

#include "base/arena.h"

enum { ATT_ASKED_KEPT = 14 /* bits of the hash */ };

typedef struct {
    uint16_t *items;     /* by index: the lowest bits of the hash, shifted above the answer; 0 when free */
    uint32_t mask;       /* the number of entries, a power of 2, less 1 */
    uint32_t count;      /* answers noted, including overwritten ones */
    uint32_t questions;  /* number of questions that can be asked about each type */
    uint32_t type_limit; /* types from here on are not cached: index and stored bits could not tell their hashes apart */
} att_asked;

/* Starts an empty cache. */
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

/* Stores an answer, 1 to 3, that is not in the cache. */
void att_asked_note(att_asked *self, att_arena *arena, uint32_t type, uint32_t question, unsigned answer);

#endif

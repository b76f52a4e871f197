/* seen.h - names that came before, as 64-bit hashes: each with a number that says by what.
 *
 * Owner   malloc'ed memory, 16 MiB at most; att_seen_clear gives it back.
 * Errors  none: without memory, and whenever 524,288 names are known, all are forgotten.
 */
#ifndef ATT_SEEN_H
#define ATT_SEEN_H

#include "base/str.h"

typedef struct {
    uint64_t name, by; /* `name` 0: a free slot */
} att_seen_slot;

typedef struct {
    att_seen_slot *slots;
    size_t capacity, count;
} att_seen;

/* A number for a name, never 0. */
uint64_t att_seen_hash(att_str name);

/* Whether the name came before by another; else it is noted as this one's. */
bool att_seen_by_other(att_seen *self, att_str name, uint64_t by);

/* Forgets all names. */
void att_seen_forget(att_seen *self);
void att_seen_clear(att_seen *self);

#endif

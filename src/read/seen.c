#include "read/seen.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1 << 10, MOST_SLOTS = 1 << 20 };

uint64_t att_seen_hash(att_str name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < name.length; i++) hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(0x100000001b3);
    return hash ? hash : 1;
}

static att_seen_slot *slot_of(att_seen_slot *slots, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 29) & (capacity - 1);
    while (slots[at].name && slots[at].name != hash) at = (at + 1) & (capacity - 1);
    return &slots[at];
}

/* Room for one more; when so many are known that memory would grow, or there is none, all are forgotten. */
static bool make_room(att_seen *self)
{
    size_t capacity = self->capacity, wanted = capacity ? capacity * 2 : FIRST_SLOTS;
    if (self->count < capacity / 2) return true;
    att_seen_slot *larger = wanted <= MOST_SLOTS ? calloc(wanted, sizeof *larger) : NULL;
    for (size_t i = 0; larger && i < capacity; i++)
        if (self->slots[i].name) *slot_of(larger, wanted, self->slots[i].name) = self->slots[i];
    if (!larger) {
        att_seen_forget(self);
        return capacity > 0;
    }
    free(self->slots);
    self->slots = larger;
    self->capacity = wanted;
    return true;
}

bool att_seen_by_other(att_seen *self, att_str name, uint64_t by)
{
    if (!make_room(self)) return false;
    const uint64_t hash = att_seen_hash(name);
    att_seen_slot *slot = slot_of(self->slots, self->capacity, hash);
    if (slot->name) return slot->by != by;
    *slot = (att_seen_slot){ hash, by };
    self->count++;
    return false;
}

void att_seen_forget(att_seen *self)
{
    if (self->count) memset(self->slots, 0, sizeof *self->slots * self->capacity);
    self->count = 0;
}

void att_seen_clear(att_seen *self)
{
    free(self->slots);
    *self = (att_seen){ 0 };
}

#include "base/map.h"

enum { FIRST_SLOTS = 64 };

uint64_t att_hash(att_str key)
{
    const uint64_t k = 0x9e3779b97f4a7c15u;
    uint64_t h = key.length * k;
    size_t i = 0;
    for (; i + 8 <= key.length; i += 8) {
        uint64_t word;
        memcpy(&word, key.data + i, 8);
        h = (h ^ word) * k;
        h ^= h >> 29;
    }
    uint64_t tail = 0;
    if (i < key.length) memcpy(&tail, key.data + i, key.length - i);
    h = (h ^ tail) * k;
    return h ^ h >> 32;
}

void att_map_init(att_map *self, att_arena *arena)
{
    *self = (att_map){ .arena = arena };
}

static uint32_t slot_of(const att_map *self, att_str key)
{
    uint32_t at = (uint32_t)att_hash(key) & (self->slot_count - 1);
    while (self->slots[at] && !att_str_equal(self->items[self->slots[at] - 1], key)) at = (at + 1) & (self->slot_count - 1);
    return at;
}

static void widen(att_map *self)
{
    self->slot_count = self->slot_count ? self->slot_count * 2 : FIRST_SLOTS;
    self->slots = att_arena_zero(self->arena, self->slot_count, sizeof *self->slots);
    for (uint32_t id = 0; id < self->count; id++) self->slots[slot_of(self, self->items[id])] = id + 1;
}

uint32_t att_map_find(const att_map *self, att_str key)
{
    if (!self->count) return ATT_NONE;
    uint32_t found = self->slots[slot_of(self, key)];
    return found ? found - 1 : ATT_NONE;
}

uint32_t att_map_add(att_map *self, att_str key)
{
    if (self->count * 2 >= self->slot_count) widen(self);
    uint32_t at = slot_of(self, key);
    if (self->slots[at]) return self->slots[at] - 1;
    ATT_RESERVE(self->arena, self, 1);
    self->items[self->count] = att_str_copy(self->arena, key.data ? key : ATT_STR(""));
    self->slots[at] = ++self->count;
    return self->count - 1;
}

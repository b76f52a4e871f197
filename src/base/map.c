#include "base/map.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

/* The last eight bytes as a number; of fewer, all of them. */
static inline uint64_t tail_of(att_str key)
{
    const unsigned char *bytes = (const unsigned char *)key.data;
    uint64_t tail = 0;
    uint32_t first, last;
    if (key.length >= 8) {
        memcpy(&tail, bytes + key.length - 8, 8);
    } else if (key.length >= 4) {
        memcpy(&first, bytes, 4);
        memcpy(&last, bytes + key.length - 4, 4);
        tail = first | (uint64_t)last << 32;
    } else if (key.length) {
        tail = bytes[0] | (uint64_t)bytes[key.length / 2] << 8 | (uint64_t)bytes[key.length - 1] << 16;
    }
    return tail;
}

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
    h = (h ^ tail_of(key)) * k;
    return h ^ h >> 32;
}

void att_map_init(att_map *self, att_arena *arena)
{
    *self = (att_map){ .arena = arena };
}

static att_slot *slot_of(const att_map *self, att_str key, uint64_t hash)
{
    const uint32_t mask = self->slot_count - 1;
    for (uint32_t at = (uint32_t)hash;; at++) {
        att_slot *slot = &self->slots[at & mask];
        if (!*slot) return slot;
        if (att_slot_fits(*slot, hash, mask) && att_str_equal(self->items[att_slot_number(*slot, mask)], key)) return slot;
    }
}

static void place_all(att_map *self, uint32_t slot_count)
{
    self->slot_count = slot_count;
    self->slots = att_arena_zero(self->arena, self->slot_count, sizeof *self->slots);
    for (uint32_t id = 0; id < self->count; id++) {
        uint64_t hash = att_hash(self->items[id]);
        *slot_of(self, self->items[id], hash) = att_slot_of(id, hash, self->slot_count - 1);
    }
}

static void widen(att_map *self)
{
    place_all(self, self->slot_count ? self->slot_count * 2 : FIRST_SLOTS);
}

/* Copies the strings into one piece, where small ones take less. */
static void move_together(att_map *self)
{
    size_t size = 0;
    for (uint32_t id = 0; id < self->count; id++) size += self->items[id].length + 1;
    char *at = att_arena_zero(self->arena, size, 1);
    for (uint32_t id = 0; id < self->count; id++) {
        memcpy(at, self->items[id].data, self->items[id].length);
        self->items[id].data = at;
        at += self->items[id].length + 1;
    }
}

/* Halves the table as long as it then is at most 60 % full. */
static void halve(att_map *self)
{
    uint32_t slots = self->slot_count;
    while (slots > FIRST_SLOTS && self->count <= slots / 10 * 3) slots /= 2;
    if (slots < self->slot_count) place_all(self, slots);
}

void att_map_tighten(att_map *self)
{
    move_together(self);
    halve(self);
}

uint32_t att_map_find(const att_map *self, att_str key)
{
    if (!self->count) return ATT_NONE;
    att_slot found = *slot_of(self, key, att_hash(key));
    return found ? att_slot_number(found, self->slot_count - 1) : ATT_NONE;
}

static uint32_t add(att_map *self, att_str key, bool copy)
{
    if (self->count * 2 >= self->slot_count) widen(self);
    uint64_t hash = att_hash(key);
    att_slot *slot = slot_of(self, key, hash);
    if (*slot) return att_slot_number(*slot, self->slot_count - 1);
    ATT_RESERVE(self->arena, self, 1);
    if (!key.data) key = ATT_EMPTY;
    self->items[self->count] = copy ? att_str_copy(self->arena, key) : key;
    *slot = att_slot_of(self->count, hash, self->slot_count - 1);
    return self->count++;
}

uint32_t att_map_add(att_map *self, att_str key)
{
    return add(self, key, true);
}

uint32_t att_map_keep(att_map *self, att_str key)
{
    return add(self, key, false);
}

att_texts att_map_texts(const att_map *self, att_arena *arena)
{
    uint32_t *starts = att_arena_zero(arena, self->count + 1, sizeof *starts);
    for (uint32_t i = 0; i < self->count; i++) starts[i + 1] = starts[i] + (uint32_t)self->items[i].length;
    char *bytes = att_arena_alloc(arena, starts[self->count]);
    for (uint32_t i = 0; i < self->count; i++) memcpy(bytes + starts[i], self->items[i].data, self->items[i].length);
    return (att_texts){ bytes, starts, self->count, 0 };
}

/* ---- the compact form ---- */

typedef struct {
    att_str text;
    uint32_t number;
} numbered;

/* Orders strings from their ends, so that those that end one stand before it. */
static int by_ends(const void *left, const void *right)
{
    const numbered *a = left, *b = right;
    size_t i = a->text.length, j = b->text.length;
    while (i && j && a->text.data[i - 1] == b->text.data[j - 1]) i--, j--;
    if (!i || !j) return (i > 0) - (j > 0);
    return (unsigned char)a->text.data[i - 1] < (unsigned char)b->text.data[j - 1] ? -1 : 1;
}

static numbered *sorted_by_ends(const att_map *self, att_arena *arena)
{
    numbered *out = att_arena_alloc(arena, sizeof *out * (self->count + 1));
    for (uint32_t id = 0; id < self->count; id++) out[id] = (numbered){ self->items[id], id };
    qsort(out, self->count, sizeof *out, by_ends);
    return out;
}

att_index att_map_index(const att_map *self, att_arena *arena)
{
    att_map tight = *self;
    halve(&tight);
    const numbered *order = sorted_by_ends(self, arena);
    uint32_t *starts = att_arena_zero(arena, self->count + 1, sizeof *starts);
    att_buf bytes = { .arena = arena };
    for (uint32_t i = self->count; i-- > 0;) {
        att_str text = order[i].text, after = i + 1 < self->count ? order[i + 1].text : (att_str){ 0 };
        if (after.data && att_str_ends(after, text)) {
            starts[order[i].number] = starts[order[i + 1].number] + (uint32_t)(after.length - text.length);
            continue;
        }
        starts[order[i].number] = (uint32_t)bytes.count;
        att_buf_add(&bytes, text);
        att_buf_byte(&bytes, '\0');
    }
    att_str all = att_str_copy(arena, att_buf_str(&bytes));
    return (att_index){ all.data, starts, tight.slots, tight.count, tight.slot_count };
}

/* Whether the string is `key`; it may be shorter, and bytes behind its NUL are not to be read. */
static bool is_key(const char *text, att_str key)
{
    size_t i = 0;
    while (i < key.length && text[i] && text[i] == key.data[i]) i++;
    return i == key.length && !text[i];
}

uint32_t att_index_find(const att_index *self, att_str key)
{
    const uint32_t mask = self->slot_count - 1;
    const uint64_t hash = att_hash(key);
    for (uint32_t at = (uint32_t)hash; self->count; at++) {
        att_slot slot = self->slots[at & mask];
        if (!slot) break;
        uint32_t number = att_slot_number(slot, mask);
        if (att_slot_fits(slot, hash, mask) && is_key(self->bytes + self->starts[number], key)) return number;
    }
    return ATT_NONE;
}

#include "tools/gap.h"

#include <stdio.h>

enum { DATE_BYTES = 10 /* of a date such as 2024-01-19 */, KEPT_MEMORY = 1 << 16 };

const char *const att_gap_sign_words[ATT_SIGN_COUNT] = {
#define X(id, words) words,
    ATT_GAP_SIGNS(X)
#undef X
};

static void start(att_gaps *self, uint32_t current)
{
    att_arena *arena = &self->arenas[current];
    self->current = current;
    att_map_init(&self->keys, arena);
    self->items = att_arena_zero(arena, self->most, sizeof *self->items);
}

void att_gaps_init(att_gaps *self, att_guard *guard, uint32_t most)
{
    *self = (att_gaps){ .most = most };
    for (int i = 0; i < 2; i++) att_arena_init(&self->arenas[i], guard, 0);
    att_arena_init(&self->scratch, guard, 0);
    start(self, 0);
}

void att_gaps_clear(att_gaps *self)
{
    for (int i = 0; i < 2; i++) att_arena_clear(&self->arenas[i]);
    att_arena_clear(&self->scratch);
}

/* ---- room ---- */

static att_str keep(att_arena *arena, att_str text)
{
    return text.data ? att_str_copy(arena, text) : text;
}

static void keep_all(att_arena *arena, att_gap *gap)
{
    att_str *texts[] = { &gap->name, &gap->title, &gap->agency_id, &gap->country, &gap->acronym };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = keep(arena, *texts[i]);
    for (int i = 0; i < ATT_GAP_EXAMPLES; i++) gap->examples[i] = keep(arena, gap->examples[i]);
    for (int i = 0; i < ATT_GAP_COUNTRIES; i++) gap->countries[i].code = keep(arena, gap->countries[i].code);
}

static uint32_t count_above(const att_gaps *self, uint32_t documents)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->keys.count; i++) count += self->items[i].documents > documents;
    return count;
}

/* Makes room: moves the gaps that most documents have into the other arena, at most half of what it may hold, and drops the
 * rest. */
static void drop_rare(att_gaps *self)
{
    att_map keys = self->keys;
    const att_gap *items = self->items;
    uint32_t old = self->current, least = 1;
    while (count_above(self, least) > self->most / 2) least *= 2;
    start(self, !old);
    for (uint32_t i = 0; i < keys.count; i++) {
        if (items[i].documents <= least) continue;
        att_gap *gap = &self->items[att_map_add(&self->keys, keys.items[i])];
        *gap = items[i];
        keep_all(&self->arenas[self->current], gap);
    }
    att_arena_clear(&self->arenas[old]);
}

/* ---- counting ---- */

static void count_country(att_arena *arena, att_gap *gap, att_str code)
{
    for (int i = 0; code.data && i < ATT_GAP_COUNTRIES; i++) {
        att_gap_country *one = &gap->countries[i];
        if (one->count && !att_str_equal(one->code, code)) continue;
        if (!one->count) one->code = keep(arena, code);
        one->count++;
        return;
    }
}

static void count_document(att_arena *arena, att_gap *gap, const att_gap_sight *sight)
{
    gap->last_document = sight->document;
    if (gap->documents++ < ATT_GAP_EXAMPLES) gap->examples[gap->documents - 1] = keep(arena, sight->example);
    if (sight->date.length != DATE_BYTES) return;
    if (!*gap->first || memcmp(sight->date.data, gap->first, DATE_BYTES) < 0) memcpy(gap->first, sight->date.data, DATE_BYTES);
    if (memcmp(sight->date.data, gap->last, DATE_BYTES) > 0) memcpy(gap->last, sight->date.data, DATE_BYTES);
}

static uint32_t number_of(att_gaps *self, const att_gap *gap)
{
    char head[32];
    snprintf(head, sizeof head, "%d\x1f%u\x1f%u\x1f", (int)gap->kind, gap->layer, gap->entry);
    const att_str parts[] = { att_str_of(head), gap->name, gap->title, gap->agency_id, gap->country };
    att_arena_reset(&self->scratch, KEPT_MEMORY);
    att_buf key = { .arena = &self->scratch };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].data) att_buf_add(&key, parts[i]);
        att_buf_byte(&key, '\x1f');
    }
    return att_map_add(&self->keys, att_buf_str(&key));
}

void att_gaps_see(att_gaps *self, const att_gap_sight *sight)
{
    if (self->keys.count == self->most) drop_rare(self);
    uint32_t before = self->keys.count, number = number_of(self, &sight->gap);
    att_arena *arena = &self->arenas[self->current];
    att_gap *gap = &self->items[number];
    if (number == before) {
        *gap = sight->gap;
        keep_all(arena, gap);
    }
    gap->signs |= sight->gap.signs;
    if (!gap->acronym.data) gap->acronym = keep(arena, sight->gap.acronym);
    if (gap->last_document == sight->document) return;
    count_document(arena, gap, sight);
    count_country(arena, gap, sight->country);
}

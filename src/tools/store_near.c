#include "tools/store_near.h"

#include <stdlib.h>

#include "base/map.h"

/* A mention of an official. Offsets are code points, officials are counted from 0. */
typedef struct {
    uint32_t start, end, official;
} place;

typedef struct {
    att_arena *arena;
    struct {
        place *items;
        uint32_t count, capacity;
    } places; /* sorted by start */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } breaks; /* code points at which paragraphs begin; the first one is left out */
    bool has_text;
    uint32_t official_count;
    /* By official: the nearest evidence of the theme in hand. An entry is free while its `official` is 0. */
    att_near_pair *best;
    uint32_t *touched; /* the officials whose entry is in use */
    uint32_t touched_count;
    att_near_pairs pairs;
} finder;

/* ---- paragraphs ---- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Whether the line that begins at byte `at` has only blanks. */
static bool is_empty_line(att_str text, size_t at)
{
    while (at < text.length && is_blank(text.data[at])) at++;
    return at < text.length && text.data[at] == '\n';
}

static bool has_empty_lines(att_str text)
{
    const char *end = text.data + text.length, *at = text.data;
    while (at && (at = memchr(at, '\n', (size_t)(end - at))))
        if (is_empty_line(text, (size_t)(++at - text.data))) return true;
    return false;
}

/* Paragraphs end at empty lines, or at every line break in a text without empty lines. */
static void find_breaks(finder *self, att_str text)
{
    uint32_t point = 0;
    bool empty_lines = has_empty_lines(text);
    for (size_t i = 0; i < text.length; i++) {
        point += ((unsigned char)text.data[i] & 0xC0) != 0x80;
        if (text.data[i] != '\n' || (empty_lines && !is_empty_line(text, i + 1))) continue;
        ATT_RESERVE(self->arena, &self->breaks, 1);
        self->breaks.items[self->breaks.count++] = point;
    }
}

/* The number of the paragraph that has this code point. */
static uint32_t paragraph_at(const finder *self, uint32_t point)
{
    uint32_t low = 0, high = self->breaks.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->breaks.items[middle] <= point) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* ---- where officials are named ---- */

static void add_place(finder *self, const att_json *item, uint32_t official)
{
    uint32_t start = att_json_number(item, "start"), end = att_json_number(item, "end");
    if (end < start) return;
    ATT_RESERVE(self->arena, &self->places, 1);
    self->places.items[self->places.count++] = (place){ start, end, official };
}

static int by_start(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return a->official < b->official ? -1 : a->official > b->official;
}

/* Adds the mentions of officials by their entities. A person with two offices is two officials of one entity. */
static void add_mentions(finder *self, const att_json *mentions, const att_map *entities, const uint32_t *first,
                         const uint32_t *next)
{
    for (size_t i = 0; i < att_json_count(mentions); i++) {
        const att_json *item = att_json_item(mentions, i);
        att_str entity = att_json_text(item, "entity");
        uint32_t known = entity.data ? att_map_find(entities, entity) : ATT_NONE;
        if (known == ATT_NONE) continue;
        for (uint32_t official = first[known]; official != ATT_NONE; official = next[official]) add_place(self, item, official);
    }
}

static void find_places(finder *self, const att_json *officials, const att_json *mentions)
{
    att_map entities;
    uint32_t count = self->official_count;
    uint32_t *first = att_arena_alloc(self->arena, sizeof *first * (count + 1));
    uint32_t *next = att_arena_alloc(self->arena, sizeof *next * (count + 1));
    att_map_init(&entities, self->arena);
    for (uint32_t i = 0; i < count; i++) {
        const att_json *official = att_json_item(officials, i);
        att_str entity = att_json_text(official, "entity");
        add_place(self, official, i);
        if (!entity.data) continue;
        uint32_t before = entities.count, number = att_map_keep(&entities, entity);
        next[i] = number < before ? first[number] : ATT_NONE;
        first[number] = i;
    }
    add_mentions(self, mentions, &entities, first, next);
    if (self->places.count) qsort(self->places.items, self->places.count, sizeof *self->places.items, by_start);
}

/* ---- pairs ---- */

static uint32_t first_place(const finder *self, uint32_t from)
{
    uint32_t low = 0, high = self->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->places.items[middle].start < from) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void consider(finder *self, const place *named, const att_near_pair *pair)
{
    att_near_pair *best = &self->best[named->official];
    if (!best->official) self->touched[self->touched_count++] = named->official;
    if (!best->official || pair->distance < best->distance) *best = *pair;
}

/* Considers all officials near the evidence [start, end). The search begins 2 * ATT_NEAR before it, as no mention is longer
 * than ATT_NEAR. */
static void meet(finder *self, uint32_t theme, uint32_t evidence, uint32_t start, uint32_t end)
{
    uint32_t from = start > 2 * ATT_NEAR ? start - 2 * ATT_NEAR : 0, at = paragraph_at(self, start);
    for (uint32_t i = first_place(self, from); i < self->places.count; i++) {
        const place *named = &self->places.items[i];
        if (named->start > end && named->start - end > ATT_NEAR) break;
        uint32_t distance = named->start > end ? named->start - end : start > named->end ? start - named->end : 0;
        if (distance > ATT_NEAR) continue;
        int same = !self->has_text ? -1 : paragraph_at(self, named->start) == at;
        consider(self, named,
                 &(att_near_pair){ named->official + 1, theme, evidence, named->start, named->end, distance, same });
    }
}

static void end_theme(finder *self)
{
    for (uint32_t i = 0; i < self->touched_count; i++) {
        att_near_pair *best = &self->best[self->touched[i]];
        ATT_RESERVE(self->arena, &self->pairs, 1);
        self->pairs.items[self->pairs.count++] = *best;
        best->official = 0;
    }
    self->touched_count = 0;
}

static void find_pairs(finder *self, const att_json *themes)
{
    for (uint32_t t = 0; t < att_json_count(themes); t++) {
        const att_json *evidence = att_json_at(att_json_item(themes, t), "evidence");
        for (uint32_t i = 0; i < att_json_count(evidence); i++) {
            const att_json *item = att_json_item(evidence, i);
            uint32_t start = att_json_number(item, "start"), end = att_json_number(item, "end");
            if (start <= end) meet(self, t + 1, i + 1, start, end);
        }
        end_theme(self);
    }
}

att_near_pairs att_near_find(att_arena *arena, const att_json *record)
{
    finder self = { .arena = arena };
    const att_json *officials = att_json_at(record, "officials");
    att_str text = att_json_text(record, "text");
    self.official_count = (uint32_t)att_json_count(officials);
    if (!self.official_count) return self.pairs;
    self.has_text = text.data;
    find_breaks(&self, text);
    self.best = att_arena_zero(arena, self.official_count, sizeof *self.best);
    self.touched = att_arena_alloc(arena, sizeof *self.touched * self.official_count);
    find_places(&self, officials, att_json_at(record, "mentions"));
    find_pairs(&self, att_json_at(record, "themes"));
    return self.pairs;
}

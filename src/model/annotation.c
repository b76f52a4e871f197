#include "model/annotation.h"

#include "base/order.h"

const char *const att_country_step_names[ATT_BY_COUNT] = {
#define X(id, name) name,
    ATT_COUNTRY_STEPS(X)
#undef X
};

uint32_t att_layers_find(const att_layers *self, att_str name)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (att_str_equal(self->items[i].name, name)) return i;
    return ATT_NONE;
}

uint32_t att_layer_field(const att_layer *self, att_str name)
{
    for (uint32_t i = 0; i < self->field_count; i++)
        if (att_str_equal(self->fields[i], name)) return i;
    return ATT_NONE;
}

static const char *const key_names[ATT_KEY_COUNT] = {
#define X(id, name) name,
    ATT_KEYS(X)
#undef X
};

uint8_t att_key_of(att_str name)
{
    for (int key = 0; key < ATT_KEY_COUNT; key++)
        if (att_str_is(name, key_names[key])) return (uint8_t)(key + 1);
    return 0;
}

void att_layer_add_field(att_layer *self, att_str name)
{
    uint8_t key = att_key_of(name);
    self->field_keys[self->field_count] = key;
    self->fields[self->field_count++] = name;
    if (key && !self->keys[key - 1]) self->keys[key - 1] = (uint8_t)self->field_count;
}

att_str att_annotation_field(const att_annotation *self, const att_layers *layers, att_str field)
{
    uint32_t index = att_layer_field(&layers->items[self->layer], field);
    return index == ATT_NONE || !self->fields ? (att_str){ 0 } : self->fields[index];
}

/* Fields may be shared with other annotations, so they are copied, but where the field has these very bytes already. */
static void set(att_annotation *self, const att_layer *layer, att_arena *arena, uint32_t index, att_str value)
{
    if (self->fields && self->fields[index].data == value.data && self->fields[index].length == value.length) return;
    att_str *fields = att_arena_zero(arena, layer->field_count, sizeof *fields);
    if (self->fields) memcpy(fields, self->fields, layer->field_count * sizeof *fields);
    fields[index] = value;
    self->fields = fields;
}

void att_annotation_set(att_annotation *self, const att_layers *layers, att_arena *arena, att_str field, att_str value)
{
    const att_layer *layer = &layers->items[self->layer];
    uint32_t index = att_layer_field(layer, field);
    if (index != ATT_NONE) set(self, layer, arena, index, value);
}

bool att_annotation_same_fields(const att_layer *layer, const att_annotation *a, const att_annotation *b)
{
    for (uint32_t i = 0; i < layer->field_count; i++) {
        att_str x = a->fields ? a->fields[i] : (att_str){ 0 }, y = b->fields ? b->fields[i] : (att_str){ 0 };
        if (!att_str_equal(x, y)) return false;
    }
    return true;
}

void att_annotation_put(att_annotation *self, const att_layers *layers, att_arena *arena, att_key key, att_str value)
{
    const att_layer *layer = &layers->items[self->layer];
    if (layer->keys[key]) set(self, layer, arena, layer->keys[key] - 1u, value);
}

int att_annotation_order(const void *left, const void *right)
{
    const att_annotation *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->layer != b->layer) return a->layer < b->layer ? -1 : 1;
    if (a->name != b->name) return a->name < b->name ? -1 : 1;
    int rule = a->origin && b->origin ? att_str_compare(a->origin->rule, b->origin->rule) : 0;
    if (rule) return rule;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->fields && b->fields ? att_str_compare(a->fields[0], b->fields[0]) : 0;
}

/* Whether two neighbours stand in order. Most start at different bytes. */
static bool in_order(const att_annotation *a, const att_annotation *b)
{
    return a->start != b->start ? a->start < b->start : att_annotation_order(a, b) <= 0;
}

/* How many from `sorted` on, all of which stand in order, do so too. */
static uint32_t sorted_until(const att_annotation *items, uint32_t sorted, uint32_t count)
{
    while (sorted < count && (!sorted || in_order(&items[sorted - 1], &items[sorted]))) sorted++;
    return sorted;
}

/* Moves each item to its place among those before it; gives up, with false, when that takes more than `steps` steps. */
static bool insert_each(att_annotation *items, uint32_t count, uint64_t steps)
{
    for (uint32_t i = sorted_until(items, 0, count); i < count; i = sorted_until(items, i, count)) {
        att_annotation moved = items[i];
        uint32_t at = i;
        for (; at && !in_order(&items[at - 1], &moved); at--, steps--) {
            if (!steps) return items[at] = moved, false;
            items[at] = items[at - 1];
        }
        items[at] = moved;
    }
    return true;
}

/* By start and end as one number first; then only those of one span may stand wrong. */
static void sort_all(att_annotation *items, uint32_t count, att_arena *arena)
{
    att_ranked *order = att_arena_alloc(arena, sizeof *order * count);
    att_annotation *copies = att_arena_alloc(arena, sizeof *copies * count);
    memcpy(copies, items, sizeof *copies * count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = (att_ranked){ (uint64_t)items[i].start << 32 | (UINT32_MAX - items[i].end), i };
    att_order(arena, order, count);
    for (uint32_t i = 0; i < count; i++) items[i] = copies[order[i].index];
    insert_each(items, count, UINT64_MAX);
}

void att_annotations_sort(att_annotations *self, att_arena *arena)
{
    uint32_t sorted = sorted_until(self->items, self->sorted, self->count), rest = self->count - sorted;
    self->sorted = self->count;
    if (!rest) return;
    att_annotation *others = att_arena_alloc(arena, sizeof *others * rest);
    memcpy(others, self->items + sorted, sizeof *others * rest);
    if (!insert_each(others, rest, rest)) sort_all(others, rest, arena);
    while (rest) {
        const att_annotation *other = &others[--rest];
        for (; sorted && !in_order(&self->items[sorted - 1], other); sorted--)
            self->items[sorted + rest] = self->items[sorted - 1];
        self->items[sorted + rest] = *other;
    }
    att_arena_free(arena, others);
}

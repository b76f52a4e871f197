#include "model/annotation.h"

#include <stdlib.h>

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

att_str att_annotation_get(const att_annotation *self, const att_layers *layers, att_str field)
{
    uint32_t index = att_layer_field(&layers->items[self->layer], field);
    return index == ATT_NONE || !self->fields ? (att_str){ 0 } : self->fields[index];
}

void att_annotation_set(att_annotation *self, const att_layers *layers, att_arena *arena, att_str field, att_str value)
{
    const att_layer *layer = &layers->items[self->layer];
    uint32_t index = att_layer_field(layer, field);
    if (index == ATT_NONE) return;
    att_str *fields = att_arena_zero(arena, layer->field_count, sizeof *fields);
    if (self->fields) memcpy(fields, self->fields, layer->field_count * sizeof *fields);
    fields[index] = value;
    self->fields = fields;
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

void att_annotations_sort(att_annotations *self, att_arena *arena)
{
    uint32_t sorted = self->count ? 1 : 0;
    while (sorted < self->count && att_annotation_order(&self->items[sorted - 1], &self->items[sorted]) <= 0) sorted++;
    uint32_t rest = self->count - sorted, at = self->count;
    if (!rest) return;
    att_annotation *others = att_arena_alloc(arena, sizeof *others * rest);
    memcpy(others, self->items + sorted, sizeof *others * rest);
    qsort(others, rest, sizeof *others, att_annotation_order);
    while (rest) {
        bool behind = sorted && att_annotation_order(&self->items[sorted - 1], &others[rest - 1]) > 0;
        self->items[--at] = behind ? self->items[--sorted] : others[--rest];
    }
    att_arena_free(arena, others);
}

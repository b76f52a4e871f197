#include "cascade/field_bits.h"

enum { MOST_BITS = 64 };

void att_field_bits_init(att_field_bits *self, att_arena *arena)
{
    *self = (att_field_bits){ .arena = arena };
    att_map_init(&self->tests, arena);
}

static att_str write_out(att_arena *arena, uint32_t layer, const att_field_test *test)
{
    att_buf out = { .arena = arena };
    att_buf_add(&out, att_str_format(arena, "%u %u", layer, test->field));
    for (uint32_t i = 0; i < test->count; i++) att_buf_add(&out, att_str_format(arena, "\n%.*s", ATT_STR_ARG(test->values[i])));
    return att_buf_str(&out);
}

/* The first with the mark or a larger one. */
static uint32_t first_of(const att_field_values *self, uint32_t mark)
{
    uint32_t low = 0, left = self->count;
    while (left) {
        uint32_t half = left / 2;
        bool behind = self->marks[low + half] < mark;
        low += behind ? left - half : 0;
        left = half;
    }
    return low;
}

/* The value, if it is there. */
static att_field_value *find(const att_field_values *self, att_str value)
{
    uint32_t mark = att_value_mark(value);
    for (uint32_t i = first_of(self, mark); i < self->count && self->marks[i] == mark; i++)
        if (att_str_equal(self->items[i].value, value)) return &self->items[i];
    return NULL;
}

static att_field_value *add(att_arena *arena, att_field_values *self, att_str value)
{
    uint32_t before = self->capacity, mark = att_value_mark(value), at = first_of(self, mark);
    ATT_RESERVE(arena, self, 1);
    if (self->capacity > before) self->marks = att_arena_grow(arena, self->marks, before, self->capacity, sizeof *self->marks);
    memmove(self->marks + at + 1, self->marks + at, sizeof *self->marks * (self->count - at));
    memmove(self->items + at + 1, self->items + at, sizeof *self->items * (self->count - at));
    self->count++;
    self->marks[at] = mark;
    self->items[at] = (att_field_value){ value, 0 };
    return &self->items[at];
}

uint64_t att_field_bits_take(att_field_bits *self, uint32_t layer)
{
    return self->given[layer] == MOST_BITS ? 0 : UINT64_C(1) << self->given[layer]++;
}

static uint64_t new_bit(att_field_bits *self, uint32_t layer, const att_field_test *test)
{
    uint64_t bit = att_field_bits_take(self, layer);
    if (!bit) return 0;
    att_field_values *values = &self->values[layer][test->field];
    self->fields[layer] |= 1u << test->field;
    for (uint32_t i = 0; i < test->count; i++) {
        att_field_value *value = find(values, test->values[i]);
        if (!value) value = add(self->arena, values, test->values[i]);
        value->bits |= bit;
    }
    return bit;
}

uint64_t att_field_bits_add(att_field_bits *self, uint32_t layer, const att_field_test *test)
{
    uint32_t number = att_map_add(&self->tests, write_out(self->arena, layer, test));
    if (number == self->test_bits.count) {
        ATT_RESERVE(self->arena, &self->test_bits, 1);
        self->test_bits.items[self->test_bits.count++] = new_bit(self, layer, test);
    }
    return self->test_bits.items[number];
}

static uint64_t bits_of(const att_field_bits *self, uint32_t layer, const att_str *fields)
{
    uint64_t bits = 0;
    for (uint32_t left = fields ? self->fields[layer] : 0; left; left &= left - 1) {
        uint32_t field = (uint32_t)__builtin_ctz(left);
        const att_field_value *value = find(&self->values[layer][field], fields[field]);
        if (value) bits |= value->bits;
    }
    return bits;
}

void att_field_bits_close(att_field_bits *self, const att_topics *topics)
{
    uint32_t count = topics->fields ? topics->topics.count * ATT_TRIGGER_SETS : 0;
    self->topics = topics;
    self->of_variants = att_arena_zero(self->arena, count + 1, sizeof *self->of_variants);
    for (uint32_t i = 0; i < count; i++) self->of_variants[i] = bits_of(self, ATT_LAYER_TOPIC, att_topics_fields(topics, i));
}

uint64_t att_field_bits_of(const att_field_bits *self, const att_annotation *annotation)
{
    uint32_t variant =
        annotation->layer == ATT_LAYER_TOPIC ? att_topics_variant(self->topics, annotation->fields) : (uint32_t)ATT_NONE;
    return variant == ATT_NONE ? bits_of(self, annotation->layer, annotation->fields) : self->of_variants[variant];
}

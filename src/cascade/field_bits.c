#include "cascade/field_bits.h"

enum { MOST_BITS = 64, LONGEST_VALUE = 64 };

void att_field_bits_init(att_field_bits *self, att_arena *arena)
{
    *self = (att_field_bits){ .given = { 0 } };
    att_map_init(&self->tests, arena);
    att_map_init(&self->values, arena);
}

/* In `room`, which has place for the longest value and two bytes more. */
static att_str write_out(char *room, uint32_t layer, uint32_t field, att_str value)
{
    room[0] = (char)layer;
    room[1] = (char)field;
    memcpy(room + 2, value.data, value.length);
    return (att_str){ room, value.length + 2 };
}

static att_str write_test_out(att_arena *arena, uint32_t layer, const att_field_test *test)
{
    att_buf out = { .arena = arena };
    att_buf_add(&out, att_str_format(arena, "%u %u", layer, test->field));
    for (uint32_t i = 0; i < test->count; i++) att_buf_add(&out, att_str_format(arena, "\n%.*s", ATT_STR_ARG(test->values[i])));
    return att_buf_str(&out);
}

static void add_value(att_field_bits *self, att_str key, uint64_t bit)
{
    uint32_t number = att_map_add(&self->values, key);
    if (number == self->value_bits.count) {
        ATT_RESERVE(self->values.arena, &self->value_bits, 1);
        self->value_bits.items[self->value_bits.count++] = 0;
    }
    self->value_bits.items[number] |= bit;
}

static uint64_t new_bit(att_field_bits *self, uint32_t layer, const att_field_test *test)
{
    char room[LONGEST_VALUE + 2];
    for (uint32_t i = 0; i < test->count; i++)
        if (test->values[i].length > LONGEST_VALUE) return 0;
    if (self->given[layer] == MOST_BITS) return 0;
    uint64_t bit = UINT64_C(1) << self->given[layer]++;
    self->fields[layer] |= 1u << test->field;
    for (uint32_t i = 0; i < test->count; i++) add_value(self, write_out(room, layer, test->field, test->values[i]), bit);
    return bit;
}

uint64_t att_field_bits_add(att_field_bits *self, uint32_t layer, const att_field_test *test)
{
    uint32_t number = att_map_add(&self->tests, write_test_out(self->tests.arena, layer, test));
    if (number == self->test_bits.count) {
        ATT_RESERVE(self->tests.arena, &self->test_bits, 1);
        self->test_bits.items[self->test_bits.count++] = new_bit(self, layer, test);
    }
    return self->test_bits.items[number];
}

uint64_t att_field_bits_of(const att_field_bits *self, const att_annotation *annotation)
{
    char room[LONGEST_VALUE + 2];
    uint64_t bits = 0;
    for (uint32_t left = annotation->fields ? self->fields[annotation->layer] : 0; left; left &= left - 1) {
        uint32_t field = (uint32_t)__builtin_ctz(left);
        att_str value = annotation->fields[field];
        if (!value.length || value.length > LONGEST_VALUE) continue;
        uint32_t number = att_map_find(&self->values, write_out(room, annotation->layer, field, value));
        if (number != ATT_NONE) bits |= self->value_bits.items[number];
    }
    return bits;
}

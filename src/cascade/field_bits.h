/* field_bits.h - what rules that wait for annotations ask of their fields, as bits: one for each test, exactly.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_FIELD_BITS_H
#define ATT_FIELD_BITS_H

#include "cascade/rule_ast.h"

typedef struct {
    att_map tests, values; /* written out: layer, field and values; layer, field and one value */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } test_bits, value_bits;         /* by number in the maps; of a value: all tests that it passes */
    uint32_t given[ATT_MAX_LAYERS];  /* how many bits */
    uint32_t fields[ATT_MAX_LAYERS]; /* bit set of those that are asked */
} att_field_bits;

void att_field_bits_init(att_field_bits *self, att_arena *arena);

/* The bit of the test, which equal ones share; 0 when there is none left for the layer. */
uint64_t att_field_bits_add(att_field_bits *self, uint32_t layer, const att_field_test *test);

/* Of all tests that the fields of the annotation pass. */
uint64_t att_field_bits_of(const att_field_bits *self, const att_annotation *annotation);

#endif

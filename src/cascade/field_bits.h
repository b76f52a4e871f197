/* field_bits.h - what rules that wait for annotations ask of their fields: a bit for each test, set in what passes it.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_FIELD_BITS_H
#define ATT_FIELD_BITS_H

#include "cascade/rule_ast.h"

/* A value that some test of a field takes. */
typedef struct {
    att_str value;
    uint64_t bits; /* of all tests that it passes */
} att_field_value;

typedef struct {
    att_field_value *items;
    uint32_t *marks; /* of the items, rising */
    uint32_t count, capacity;
} att_field_values;

typedef struct {
    att_arena *arena;
    att_map tests; /* written out: layer, field and values */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } test_bits;                     /* by number in the map */
    uint32_t given[ATT_MAX_LAYERS];  /* how many bits */
    uint32_t fields[ATT_MAX_LAYERS]; /* bit set of those that are asked */
    att_field_values values[ATT_MAX_LAYERS][ATT_MAX_FIELDS];
    const att_topics *topics;
    uint64_t *of_variants; /* of topics: their bits, made once as most annotations that are asked are topics */
} att_field_bits;

void att_field_bits_init(att_field_bits *self, att_arena *arena);

/* The bit of the test, which equal ones share; 0 when there is none left for the layer. */
uint64_t att_field_bits_add(att_field_bits *self, uint32_t layer, const att_field_test *test);

/* A bit that no test of the layer has; 0 when there is none left. */
uint64_t att_field_bits_take(att_field_bits *self, uint32_t layer);

/* When all tests are there. */
void att_field_bits_close(att_field_bits *self, const att_topics *topics);

/* Of all tests that the annotation's fields pass. */
uint64_t att_field_bits_of(const att_field_bits *self, const att_annotation *annotation);

#endif

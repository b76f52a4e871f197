/* field_bits.h - what waiting rules ask about the fields of an annotation, as bits: each test has a bit, which is set for a
 * value that passes the test.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_FIELD_BITS_H
#define ATT_FIELD_BITS_H

#include "cascade/rule_ast.h"

/* A value that at least one test of a field accepts. */
typedef struct {
    att_str value;
    uint64_t bits; /* of all tests that it passes */
} att_field_value;

typedef struct {
    att_field_value *items;
    uint32_t *marks; /* of the items (att_value_mark), ascending */
    uint32_t count, capacity;
} att_field_values;

typedef struct {
    att_arena *arena;
    att_map tests; /* each written out as layer, field and values */
    struct {
        uint64_t *items;
        uint32_t count, capacity;
    } test_bits;                     /* by number in `tests` */
    uint32_t given[ATT_MAX_LAYERS];  /* how many bits are in use */
    uint32_t fields[ATT_MAX_LAYERS]; /* bit set of the fields that tests ask about */
    att_field_values values[ATT_MAX_LAYERS][ATT_MAX_FIELDS];
    const att_topics *topics;
    uint64_t *of_variants; /* bits of each topic variant, computed once because most annotations asked about are topics */
} att_field_bits;

/* Makes an empty set of tests. */
void att_field_bits_init(att_field_bits *self, att_arena *arena);

/* The bit of a test; equal tests share one. 0 when the layer has no bit left. */
uint64_t att_field_bits_add(att_field_bits *self, uint32_t layer, const att_field_test *test);

/* Reserves a bit that no test of the layer uses; 0 when the layer has no bit left. */
uint64_t att_field_bits_take(att_field_bits *self, uint32_t layer);

/* Call this when all tests have been added. */
void att_field_bits_close(att_field_bits *self, const att_topics *topics);

/* The bits of all tests that the annotation's fields pass. */
uint64_t att_field_bits_of(const att_field_bits *self, const att_annotation *annotation);

#endif

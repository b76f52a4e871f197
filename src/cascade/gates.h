/* gates.h - the first test where a rule is woken: a few bits about what stands around the anchor, for many rules at once.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_GATES_H
#define ATT_GATES_H

#include "cascade/glance.h"

enum { ATT_MOST_HELD = 2, ATT_GATES_AT_ONCE = 64 };

typedef struct {
    att_glance behind;            /* what may follow the anchor */
    att_glance before;            /* what may precede the anchor's first token */
    uint32_t held[ATT_MOST_HELD]; /* bit sets of layers, 0 for none: the paragraph must have an annotation of one layer of each
                                     set */
} att_gate;

/* An anchor that waits for annotations of a layer. */
typedef struct {
    att_gate gate;
    uint64_t fields; /* bits of the tests that the fields of its annotation must pass (field_bits.h) */
    uint32_t anchor;
    uint32_t
        unsure; /* 1 when `fields` has no bit for some of its tests. As wide as `anchor`, so that the struct has no padding */
} att_layer_gate;

/* All gates of one layer. */
typedef struct {
    att_layer_gate *items;
    uint32_t count, capacity;
    uint64_t fields;   /* bits that at least one of them asks for */
    uint64_t *columns; /* the gates' bits column by column, made when all gates are there; NULL before */
} att_gates;

/* What stands on one side of a token boundary: the bits of its word, and its layers as att_glance_layers gives them. */
typedef struct {
    uint64_t words, layers;
} att_side;

/* What stands around an anchor. */
typedef struct {
    att_side before, behind;
    uint64_t fields; /* bits of tests that the fields of its annotation fail */
    uint32_t held;   /* layers with an annotation in the paragraph */
} att_around;

/* Whether what stands on a side may be what the glance asks for. */
static inline bool att_side_passes(const att_glance *glance, const att_side *side)
{
    return att_glance_passes(glance, side->words, side->layers);
}

static inline bool att_gate_is_held(const att_gate *self, uint32_t held)
{
    return !self->held[0] || (self->held[0] & held && (!self->held[1] || self->held[1] & held));
}

/* Whether the gate lets a rule pass in these surroundings. */
static inline bool att_gate_opens(const att_gate *self, const att_around *around)
{
    return att_side_passes(&self->behind, &around->behind) && att_side_passes(&self->before, &around->before)
           && att_gate_is_held(self, around->held);
}

/* Call this when all gates are there: lays their bits out in columns, for att_gates_open. */
void att_gates_make_columns(att_gates *self, att_arena *arena);

/* Tests ATT_GATES_AT_ONCE gates from `first` on, which must be a multiple of that number; bit i is set when gate first + i
 * opens. */
uint64_t att_gates_open(const att_gates *self, uint32_t first, const att_around *around);

/* The same one gate at a time, for machines without AVX2. */
uint64_t att_gates_open_plainly(const att_gates *self, uint32_t first, const att_around *around);

#endif

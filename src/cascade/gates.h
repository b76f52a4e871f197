/* gates.h - what is asked first where a rule is woken: a few bits of what stands around, for many rules at once.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_GATES_H
#define ATT_GATES_H

#include "cascade/glance.h"

enum { ATT_MOST_HELD = 2, ATT_GATES_AT_ONCE = 64 };

typedef struct {
    att_glance behind;            /* what may stand behind its element */
    att_glance before;            /* what may stand before its first token */
    uint32_t held[ATT_MOST_HELD]; /* bit sets of layers, 0 for none: of each the paragraph must have an annotation */
} att_gate;

/* An anchor that waits for annotations of a layer. */
typedef struct {
    att_gate gate;
    uint64_t fields; /* bits of what it asks of the fields of its annotation */
    uint32_t anchor;
    uint32_t unsure; /* 1: `fields` has no bit for some of its tests; as wide as `anchor`, so that the struct has no padding */
} att_layer_gate;

/* Those of a layer. */
typedef struct {
    att_layer_gate *items;
    uint32_t count, capacity;
    uint64_t fields;   /* what some of them ask of fields */
    uint64_t *columns; /* their bits, made when all are there; NULL before */
} att_gates;

/* What stands on one side of a boundary: its word's bits, and layers as glances ask for them. */
typedef struct {
    uint64_t words, layers;
} att_side;

/* What stands around an anchor. */
typedef struct {
    att_side before, behind;
    uint64_t fields; /* bits that the fields of its annotation do not have */
    uint32_t held;   /* layers that have an annotation in the paragraph */
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

/* Whether the gate lets what stands there pass. */
static inline bool att_gate_opens(const att_gate *self, const att_around *around)
{
    return att_side_passes(&self->behind, &around->behind) && att_side_passes(&self->before, &around->before)
           && att_gate_is_held(self, around->held);
}

void att_gates_make_columns(att_gates *self, att_arena *arena);

/* A bit for each gate from `first` on, of ATT_GATES_AT_ONCE: whether it opens. `first` is a multiple of that. */
uint64_t att_gates_open(const att_gates *self, uint32_t first, const att_around *around);

/* The same one by one, as where there is no AVX2. */
uint64_t att_gates_open_plainly(const att_gates *self, uint32_t first, const att_around *around);

#endif

/* order.h - sorting by a number: a stable sort that is fast for items that are mostly in order, or that consist of a few
 * sorted runs.
 */
#ifndef ATT_ORDER_H
#define ATT_ORDER_H

#include "base/arena.h"

typedef struct {
    uint64_t key;
    uint32_t index; /* of the item that the key belongs to */
} att_ranked;

/* Sorts by key; items with equal keys stay in their order. Scratch goes to the arena. */
void att_order(att_arena *arena, att_ranked *items, uint32_t count);

/* The position of the first item whose key is `key` or more; `count` when there is none. The items must be sorted. */
uint32_t att_order_from(const att_ranked *items, uint32_t count, uint64_t key);

#endif

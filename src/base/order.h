/* order.h - sorting by a number.
 *
 * What is mostly in order, or a few ordered parts behind each other, takes little more than a look at each item. Equals keep
 * their order.
 */
#ifndef ATT_ORDER_H
#define ATT_ORDER_H

#include "base/arena.h"

typedef struct {
    uint64_t key;
    uint32_t index; /* of what the key belongs to */
} att_ranked;

void att_order(att_arena *arena, att_ranked *items, uint32_t count);

/* The place of the first whose key is `key` or more, `count` when there is none. They must be in order. */
uint32_t att_order_from(const att_ranked *items, uint32_t count, uint64_t key);

#endif

#include "base/order.h"

#include <string.h>

enum { SHORT_PART = 16 };

static void sort_short(att_ranked *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (items[i - 1].key <= items[i].key) continue;
        const att_ranked one = items[i];
        uint32_t at = i;
        for (; at && items[at - 1].key > one.key; at--) items[at] = items[at - 1];
        items[at] = one;
    }
}

/* Joins the first `left` items and those behind them. */
static void merge(att_ranked *items, uint32_t left, uint32_t count, att_ranked *spare)
{
    if (items[left - 1].key <= items[left].key) return;
    memcpy(spare, items, sizeof *spare * left);
    for (uint32_t at = 0, from = 0, right = left; from < left; at++)
        items[at] = right < count && items[right].key < spare[from].key ? items[right++] : spare[from++];
}

/* Behind the last item of those from `first` on that stand in order. */
static uint32_t end_of_run(const att_ranked *items, uint32_t first, uint32_t count)
{
    uint32_t end = first + 1;
    while (end < count && items[end - 1].key <= items[end].key) end++;
    return end;
}

void att_order(att_arena *arena, att_ranked *items, uint32_t count)
{
    uint32_t run = count ? end_of_run(items, 0, count) : 0;
    if (run == count) return;
    if (end_of_run(items, run, count) == count) {
        merge(items, run, count, att_arena_alloc(arena, sizeof *items * run));
        return;
    }
    for (uint32_t first = 0; first < count; first += SHORT_PART)
        sort_short(items + first, count - first < SHORT_PART ? count - first : SHORT_PART);
    if (count <= SHORT_PART) return;
    att_ranked *spare = att_arena_alloc(arena, sizeof *spare * count);
    for (uint64_t part = SHORT_PART; part < count; part *= 2)
        for (uint64_t first = 0; first + part < count; first += 2 * part) {
            uint64_t both = count - first < 2 * part ? count - first : 2 * part;
            merge(items + first, (uint32_t)part, (uint32_t)both, spare);
        }
}

uint32_t att_order_from(const att_ranked *items, uint32_t count, uint64_t key)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle].key < key) low = middle + 1;
        else high = middle;
    }
    return low;
}

#include "model/token.h"

const char *const att_class_names[ATT_CLASS_COUNT] = {
#define X(id, name) name,
    ATT_TOKEN_CLASSES(X)
#undef X
};

void att_tokens_reserve(att_tokens *self, att_arena *arena, uint32_t more)
{
    if (self->capacity - self->count >= more) return;
    size_t wanted = (size_t)self->capacity * 2;
    if (wanted - self->count < more) wanted = (size_t)self->count + more;
    if (wanted > UINT32_MAX) wanted = UINT32_MAX; /* a text has fewer bytes */
    self->start = att_arena_grow(arena, self->start, self->count, wanted, sizeof *self->start);
    self->end = att_arena_grow(arena, self->end, self->count, wanted, sizeof *self->end);
    self->flags = att_arena_grow(arena, self->flags, self->count, wanted + ATT_TOKEN_PADDING, sizeof *self->flags);
    self->capacity = (uint32_t)wanted;
}

uint32_t att_tokens_at(const att_tokens *self, uint32_t at)
{
    uint32_t low = 0, high = self->count; /* every token before low ends at or before `at` */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->end[middle] <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

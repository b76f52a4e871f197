#include "model/section.h"

const char *const att_zone_names[ATT_ZONE_COUNT] = {
#define X(id, name) name,
    ATT_ZONES(X)
#undef X
};

uint32_t att_stretches_at(const att_stretches *self, uint32_t token)
{
    uint32_t low = 0;
    for (uint32_t count = self->count; count > 1;) { /* without a branch that nobody could foresee */
        uint32_t half = count / 2;
        low += self->items[low + half].tokens.first <= token ? half : 0;
        count -= half;
    }
    return low;
}

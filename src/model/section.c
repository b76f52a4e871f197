#include "model/section.h"

const char *const att_zone_names[ATT_ZONE_COUNT] = {
#define X(id, name) name,
    ATT_ZONES(X)
#undef X
};

uint32_t att_stretches_at(const att_stretches *self, uint32_t token)
{
    uint32_t low = 0, high = self->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (self->items[middle].tokens.first <= token) low = middle;
        else high = middle;
    }
    return low;
}

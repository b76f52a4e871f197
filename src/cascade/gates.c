#include "cascade/gates.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Gates go four at a time; their bits stand in rows of four. */
enum { LANES = 4, BEHIND_WORDS = 0, BEHIND_LAYERS, BEFORE_WORDS, BEFORE_LAYERS, FIELDS, ROWS };

static uint32_t last_of(const att_gates *self, uint32_t first)
{
    return self->count - first < ATT_GATES_AT_ONCE ? self->count : first + ATT_GATES_AT_ONCE;
}

void att_gates_make_columns(att_gates *self, att_arena *arena)
{
    size_t blocks = (self->count + LANES - 1) / LANES;
    self->columns = att_arena_zero(arena, blocks * ROWS * LANES + 1, sizeof *self->columns);
    for (uint32_t i = 0; i < self->count; i++) {
        const att_layer_gate *one = &self->items[i];
        uint64_t *block = self->columns + (size_t)(i / LANES) * ROWS * LANES + i % LANES;
        block[BEHIND_WORDS * LANES] = one->gate.behind.words;
        block[BEHIND_LAYERS * LANES] = att_glance_layers(one->gate.behind.edges, one->gate.behind.inside);
        block[BEFORE_WORDS * LANES] = one->gate.before.words;
        block[BEFORE_LAYERS * LANES] = att_glance_layers(one->gate.before.edges, one->gate.before.inside);
        block[FIELDS * LANES] = one->fields;
    }
}

uint64_t att_gates_open_plainly(const att_gates *self, uint32_t first, const att_around *around)
{
    uint64_t open = 0;
    for (uint32_t i = first; i < last_of(self, first); i++)
        if (!(self->items[i].fields & around->fields) && att_gate_opens(&self->items[i].gate, around))
            open |= UINT64_C(1) << (i - first);
    return open;
}

#if defined(__x86_64__)
#define FAST __attribute__((target("avx2")))

static FAST inline __m256i row_of(const uint64_t *block, int row)
{
    return _mm256_loadu_si256((const void *)(block + row * LANES));
}

/* Lanes of ones where neither of two rows has a bit of what stands there. */
static FAST inline __m256i misses(const uint64_t *block, int row, __m256i words, __m256i layers)
{
    __m256i hit =
        _mm256_or_si256(_mm256_and_si256(row_of(block, row), words), _mm256_and_si256(row_of(block, row + 1), layers));
    return _mm256_cmpeq_epi64(hit, _mm256_setzero_si256());
}

static FAST inline __m256i all(uint64_t bits)
{
    return _mm256_set1_epi64x((long long)bits);
}

static FAST uint64_t open_by_columns(const att_gates *self, uint32_t first, const att_around *around)
{
    __m256i behind = all(around->behind.words), behind_layers = all(around->behind.layers);
    __m256i before = all(around->before.words), before_layers = all(around->before.layers), fields = all(around->fields);
    const uint64_t *block = self->columns + (size_t)first * ROWS;
    uint64_t open = 0;
    for (uint32_t i = 0; first + i < last_of(self, first); i += LANES, block += ROWS * LANES) {
        __m256i shut = _mm256_or_si256(misses(block, BEHIND_WORDS, behind, behind_layers),
                                       misses(block, BEFORE_WORDS, before, before_layers));
        __m256i fits = _mm256_cmpeq_epi64(_mm256_and_si256(row_of(block, FIELDS), fields), _mm256_setzero_si256());
        int lanes = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_andnot_si256(shut, fits)));
        open |= (uint64_t)(unsigned)lanes << i;
    }
    return open;
}
#endif

uint64_t att_gates_open(const att_gates *self, uint32_t first, const att_around *around)
{
#if defined(__x86_64__)
    if (self->columns && __builtin_cpu_supports("avx2")) {
        uint64_t open = open_by_columns(self, first, around), held = 0;
        for (uint64_t left = open; left; left &= left - 1) {
            uint32_t i = (uint32_t)__builtin_ctzll(left);
            if (att_gate_is_held(&self->items[first + i].gate, around->held)) held |= UINT64_C(1) << i;
        }
        return held;
    }
#endif
    return att_gates_open_plainly(self, first, around);
}

#include "text/lexicon.h"

#include "base/utf8.h"

const char *const att_word_list_names[ATT_WORD_LIST_COUNT] = {
#define X(id, name) name,
    ATT_WORD_LISTS(X)
#undef X
};

void att_lexicon_init(att_lexicon *self, att_arena *arena)
{
    *self = (att_lexicon){ .arena = arena };
    att_map_init(&self->words, arena);
    for (int i = 0; i < ATT_WORD_LIST_COUNT; i++) att_map_init(&self->lists[i].words, arena);
}

static bool is_ascii(att_str text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++) all |= (unsigned char)text.data[i];
    return all < 0x80;
}

att_str att_word_fold(att_arena *arena, att_str surface, uint64_t *caps)
{
    if (!is_ascii(surface)) return att_utf8_fold(arena, surface, caps);
    char *folded = att_arena_alloc(arena, surface.length + 1);
    uint64_t bits = 0;
    for (size_t i = 0; i < surface.length; i++) {
        bool capital = surface.data[i] >= 'A' && surface.data[i] <= 'Z';
        folded[i] = (char)(capital ? surface.data[i] + ('a' - 'A') : surface.data[i]);
        bits |= (uint64_t)capital << (i < 63 ? i : 63);
    }
    *caps = bits;
    return (att_str){ folded, surface.length };
}

att_str att_word_exact(att_arena *arena, att_str surface)
{
    return is_ascii(surface) ? surface : att_utf8_exact(arena, surface);
}

uint32_t att_lexicon_add(att_lexicon *self, att_str surface, uint64_t *caps)
{
    return att_map_add(&self->words, att_word_fold(self->arena, surface, caps));
}

uint32_t att_lexicon_add_exact(att_lexicon *self, att_str surface)
{
    return att_map_add(&self->words, att_word_exact(self->arena, surface));
}

void att_lexicon_add_start(att_lexicon *self, uint32_t norm, uint64_t caps)
{
    if (norm >= self->start_capacity) {
        uint32_t wanted = self->start_capacity ? self->start_capacity * 2 : 1024;
        while (wanted <= norm) wanted *= 2;
        self->starts = att_arena_grow(self->arena, self->starts, self->start_count, wanted, sizeof *self->starts);
        self->start_capacity = wanted;
    }
    while (self->start_count <= norm) self->starts[self->start_count++] = (att_word_start){ UINT64_MAX, false };
    self->starts[norm].needed_caps &= caps;
    self->starts[norm].starts = true;
}

bool att_lexicon_starts(const att_lexicon *self, uint32_t norm, uint64_t caps)
{
    return norm < self->start_count && self->starts[norm].starts && !(self->starts[norm].needed_caps & ~caps);
}

void att_lexicon_add_listed(att_lexicon *self, att_word_list list, att_str surface)
{
    att_words *words = &self->lists[list];
    uint64_t caps;
    uint32_t index = att_map_add(&words->words, att_word_fold(self->arena, surface, &caps));
    if (index < words->caps.count) {
        words->caps.items[index] &= caps;
        return;
    }
    ATT_RESERVE(self->arena, &words->caps, 1);
    words->caps.items[words->caps.count++] = caps;
}

uint32_t att_lexicon_listed(const att_lexicon *self, att_word_list list, att_str folded, uint64_t caps)
{
    const att_words *words = &self->lists[list];
    uint32_t index = att_map_find(&words->words, folded);
    return index != ATT_NONE && (words->caps.items[index] & ~caps) ? ATT_NONE : index;
}

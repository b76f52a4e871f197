#include "write/pieces.h"

#include "write/escape.h"

enum { FIRST_SLOTS = 1024 };

/* The entity tells the id; the others are keys of every mention, which a layer's field may not write twice. */
static bool is_taken(att_str field)
{
    static const char *const taken[] = { "id", "start", "end", "type", "text", "entity", "rule", "line" };
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (att_str_is(field, taken[i])) return true;
    return false;
}

/* `before`, the text as a JSON string, `behind`. */
static att_str make(att_arena *arena, att_str before, att_str text, att_str behind)
{
    att_buf out = { .arena = arena };
    att_escape_none(&out, before);
    att_escape_json(&out, text);
    att_escape_none(&out, behind);
    att_buf_reserve(&out, ATT_PIECE_STEP);
    memset(out.items + out.count, 0, ATT_PIECE_STEP);
    return att_buf_str(&out);
}

void att_pieces_init(att_pieces *self, att_arena *arena, const att_layers *layers)
{
    *self = (att_pieces){ .arena = arena };
    for (uint32_t i = 0; i < layers->count; i++) {
        const att_layer *layer = &layers->items[i];
        self->layers[i].mention = make(arena, ATT_STR(",\"type\":"), layer->name, ATT_STR(",\"text\":"));
        self->layers[i].entity = make(arena, ATT_STR(",\"type\":"), layer->name, ATT_STR(",\"name\":"));
        for (uint32_t f = 0; f < layer->field_count; f++)
            if (!is_taken(layer->fields[f]))
                self->layers[i].fields[f] = make(arena, ATT_STR(","), layer->fields[f], ATT_STR(":"));
    }
}

static att_origin_piece *slot_of(const att_pieces *self, const att_origin *origin)
{
    uint32_t at = (uint32_t)((uint64_t)(uintptr_t)origin * 0x9e3779b97f4a7c15u >> 32);
    for (;; at++) {
        att_origin_piece *slot = &self->slots[at & (self->slot_count - 1)];
        if (!slot->origin || slot->origin == origin) return slot;
    }
}

static void widen(att_pieces *self)
{
    att_origin_piece *old = self->slots;
    uint32_t count = self->slot_count;
    self->slot_count = count ? count * 2 : FIRST_SLOTS;
    self->slots = att_arena_zero(self->arena, self->slot_count, sizeof *self->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].origin) *slot_of(self, old[i].origin) = old[i];
}

static __attribute__((noinline)) const att_origin_piece *add_piece(att_pieces *self, const att_origin *origin)
{
    if (self->count * 2 >= self->slot_count) widen(self);
    self->count++;
    att_origin_piece *piece = slot_of(self, origin);
    piece->rule = make(self->arena, ATT_STR(",\"rule\":"), origin->rule, ATT_STR(""));
    if (origin->source) {
        piece->line = make(self->arena, ATT_STR(",\"line\":"), origin->source->path, ATT_STR(":"));
        ((char *)piece->line.data)[piece->line.length - 2] = ':'; /* the line's number goes inside the quotation marks */
        piece->line.length--;
    }
    piece->origin = origin; /* last: making may not return */
    return piece;
}

const att_origin_piece *att_pieces_of(att_pieces *self, const att_origin *origin)
{
    const att_origin_piece *known = self->slot_count ? slot_of(self, origin) : NULL;
    return known && known->origin ? known : add_piece(self, origin);
}

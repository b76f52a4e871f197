#include "write/pieces.h"

#include "write/escape.h"

enum { FIRST_SLOTS = 1024, CACHE_LINE = 64 };

/* Keys that every mention has anyway, so that a field of that name is not written; the id is told by the entity. */
static bool is_taken(att_str field)
{
    static const char *const taken[] = { "id", "start", "end", "type", "text", "entity", "rule", "line" };
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (att_str_is(field, taken[i])) return true;
    return false;
}

/* What was drafted, with room behind it for whole steps. */
static att_str keep(att_pieces *self)
{
    size_t length = self->draft.count;
    char *bytes = att_arena_zero(self->arena, length + ATT_PIECE_STEP, 1);
    memcpy(bytes, self->draft.items, length);
    self->draft.count = 0;
    return (att_str){ bytes, length };
}

/* `before`, the text as a JSON string, `behind`. */
static att_str make(att_pieces *self, att_str before, att_str text, att_str behind)
{
    att_buf_add(&self->draft, before);
    att_escape_json(&self->draft, text);
    att_buf_add(&self->draft, behind);
    return keep(self);
}

static uint32_t hash(const att_origin *origin, uint32_t line)
{
    return (uint32_t)(((uint64_t)(uintptr_t)origin + line) * 0x9e3779b97f4a7c15u >> 32);
}

static inline bool is_of(const att_origin_piece *piece, const att_origin *origin, uint32_t line)
{
    return piece->origin == origin && piece->line == line;
}

static const att_origin_piece **slot_of(const att_pieces *self, const att_origin *origin, uint32_t line)
{
    for (uint32_t at = hash(origin, line);; at++) {
        const att_origin_piece **slot = &self->slots[at & (self->slot_count - 1)];
        if (!*slot || is_of(*slot, origin, line)) return slot;
    }
}

static void widen(att_pieces *self)
{
    const att_origin_piece **old = self->slots;
    uint32_t count = self->slot_count;
    self->slot_count = count ? count * 2 : (uint32_t)FIRST_SLOTS;
    self->slots = att_arena_zero(self->arena, self->slot_count, sizeof *self->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i]) *slot_of(self, old[i]->origin, old[i]->line) = old[i];
}

void att_pieces_init(att_pieces *self, att_arena *arena, const att_layers *layers)
{
    *self = (att_pieces){ .arena = arena, .draft.arena = arena };
    for (uint32_t i = 0; i < layers->count; i++) {
        const att_layer *layer = &layers->items[i];
        self->layers[i].mention = make(self, ATT_STR(",\"type\":"), layer->name, ATT_STR(",\"text\":"));
        self->layers[i].entity = make(self, ATT_STR(",\"type\":"), layer->name, ATT_STR(",\"name\":"));
        for (uint32_t f = 0; f < layer->field_count; f++)
            if (!is_taken(layer->fields[f]))
                self->layers[i].fields[f] = make(self, ATT_STR(","), layer->fields[f], ATT_STR(":"));
    }
    for (int i = 0; i < ATT_BY_COUNT; i++) {
        att_str name = i == ATT_BY_NONE ? (att_str){ 0 } : att_str_of(att_country_step_names[i]);
        self->country_by[i] = make(self, ATT_STR(",\"country_by\":"), name, ATT_EMPTY);
    }
    widen(self);
}

/* An annotation put in by hand has no origin. */
static void draft_line(att_buf *draft, const att_origin *origin, uint32_t line)
{
    att_str path = origin && origin->source ? origin->source->path : (att_str){ 0 };
    att_buf_add(draft, ATT_STR(",\"line\":"));
    att_escape_json(draft, path);
    if (path.data) {
        draft->items[draft->count - 1] = ':'; /* the line's number goes inside the quotation marks */
        att_buf_number(draft, line);
        att_buf_byte(draft, '"');
    }
}

/* Memory from the start of a line of the cache on: most pieces are in two lines then. */
static void *take_lines(att_arena *arena, size_t size)
{
    char *bytes = att_arena_zero(arena, size + CACHE_LINE, 1);
    return bytes + (CACHE_LINE - (uintptr_t)bytes % CACHE_LINE) % CACHE_LINE;
}

static __attribute__((noinline)) const att_origin_piece *add_piece(att_pieces *self, const att_origin *origin, uint32_t line)
{
    att_buf *draft = &self->draft;
    if (self->count * 2 >= self->slot_count) widen(self);
    draft->count = 0; /* what an allocation that failed has left */
    att_buf_add(draft, ATT_STR(",\"rule\":"));
    att_escape_json(draft, origin ? origin->rule : (att_str){ 0 });
    uint32_t rule_length = (uint32_t)draft->count;
    draft_line(draft, origin, line);
    att_buf_add(draft, ATT_STR("},"));
    att_origin_piece *piece = take_lines(self->arena, sizeof *piece + draft->count + ATT_LONG_STEP);
    *piece = (att_origin_piece){ origin, line, (uint32_t)draft->count, rule_length };
    memcpy(piece->bytes, draft->items, draft->count);
    self->count++;
    return *slot_of(self, origin, line) = piece;
}

const att_origin_piece *att_pieces_of(att_pieces *self, const att_origin *origin, uint32_t line)
{
    const att_origin_piece *known = *slot_of(self, origin, line);
    return known ? known : add_piece(self, origin, line);
}

void att_pieces_of_all(att_pieces *self, const att_annotation *const *annotations, uint32_t count,
                       const att_origin_piece **pieces)
{
    uint32_t last = self->slot_count - 1;
    for (uint32_t i = 0; i < count; i++) pieces[i] = self->slots[hash(annotations[i]->origin, annotations[i]->line) & last];
    for (uint32_t i = 0; i < count; i++) {
        if (!pieces[i]) continue;
        __builtin_prefetch(pieces[i]);
        __builtin_prefetch((const char *)pieces[i] + CACHE_LINE);
    }
    for (uint32_t i = 0; i < count; i++) {
        const att_annotation *asked = annotations[i];
        if (!pieces[i] || !is_of(pieces[i], asked->origin, asked->line))
            pieces[i] = att_pieces_of(self, asked->origin, asked->line);
    }
}

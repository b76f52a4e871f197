#include "knowledge/overlay.h"

#include <assert.h>

/* ---- what packs see ---- */

bool att_pack_sees(const att_blocks *self, uint32_t from, uint32_t to)
{
    return self->packs.items[from].sees[to / 64] >> (to % 64) & 1;
}

bool att_pack_nearer(const att_blocks *self, uint32_t from, uint32_t a, uint32_t b)
{
    if (a == from || b == from) return a == from;
    bool sees_a = att_pack_sees(self, from, a), sees_b = att_pack_sees(self, from, b);
    if (sees_a != sees_b) return sees_a;
    return self->packs.items[a].rank > self->packs.items[b].rank;
}

/* ---- packs in order ---- */

/* Packs placed so far, each behind those it needs. */
typedef struct {
    att_blocks *blocks;
    uint8_t *state; /* 0 not visited, 1 on the way, 2 done */
    uint32_t words, placed;
} pack_order;

static void place_pack(pack_order *order, uint32_t pack);

static void place_needed(pack_order *order, uint32_t pack, const att_lines_block *block, const att_line *line)
{
    att_blocks *self = order->blocks;
    att_str rest = line->text, word;
    uint32_t rest_at = line->text_at, at;
    while (att_next_word(&rest, &rest_at, &word, &at)) {
        uint32_t needed = 0;
        while (needed < self->packs.count && !att_str_equal(self->packs.items[needed].name, word)) needed++;
        att_place place = { block->file->source, at, at + (uint32_t)word.length };
        if (needed == self->packs.count) {
            att_str *names = att_arena_alloc(self->arena, sizeof *names * self->packs.count);
            for (uint32_t i = 0; i < self->packs.count; i++) names[i] = self->packs.items[i].name;
            att_report(self->diags, ATT_ERROR, "C01", place, "unknown pack '%.*s'%s", ATT_STR_ARG(word),
                       att_did_you_mean(self->arena, word, names, self->packs.count));
            continue;
        }
        if (order->state[needed] == 1) {
            att_report(self->diags, ATT_ERROR, "C11", place, "pack '%.*s' needs itself by way of '%.*s'",
                       ATT_STR_ARG(self->packs.items[pack].name), ATT_STR_ARG(word));
            continue;
        }
        place_pack(order, needed);
        for (uint32_t i = 0; i < order->words; i++) self->packs.items[pack].sees[i] |= self->packs.items[needed].sees[i];
    }
}

static void see(att_pack *pack, uint32_t other)
{
    pack->sees[other / 64] |= UINT64_C(1) << (other % 64);
}

static void place_pack(pack_order *order, uint32_t pack)
{
    att_blocks *self = order->blocks;
    if (order->state[pack]) return;
    order->state[pack] = 1;
    self->packs.items[pack].sees = att_arena_zero(self->arena, order->words, sizeof(uint64_t));
    see(&self->packs.items[pack], pack);
    for (uint32_t b = 0; b < self->blocks.count; b++) {
        const att_lines_block *block = &self->blocks.items[b];
        if (block->kind != ATT_BLOCK_PACK || block->pack != pack) continue;
        for (uint32_t i = 0; i < block->line_count; i++) {
            const att_line *line = &self->lines.items[block->first_line + i];
            if (att_str_is(line->word, "needs")) place_needed(order, pack, block, line);
        }
    }
    for (uint32_t other = 0; other < self->packs.count; other++)
        if (!self->packs.items[other].name.length || (self->packs.items[pack].overlay && !self->packs.items[other].overlay))
            see(&self->packs.items[pack], other);
    order->state[pack] = 2;
    self->packs.items[pack].rank = order->placed++;
}

/* Of the packs that are not placed yet, overlays or others, the first by name; ATT_NONE when all are. */
static uint32_t next_pack(const pack_order *order, bool overlay)
{
    const att_blocks *self = order->blocks;
    uint32_t next = ATT_NONE;
    for (uint32_t i = 0; i < self->packs.count; i++) {
        const att_pack *pack = &self->packs.items[i];
        if (order->state[i] || pack->overlay != overlay) continue;
        if (next == ATT_NONE || att_str_compare(pack->name, self->packs.items[next].name) < 0) next = i;
    }
    return next;
}

/* Ranks the packs: the ones needed first, then by name; overlays behind what they are laid over. */
static void order_packs(att_blocks *self)
{
    pack_order order = { self, att_arena_zero(self->arena, self->packs.count + 1, 1), self->packs.count / 64 + 1, 0 };
    for (int overlay = 0; overlay < 2; overlay++)
        for (uint32_t next; (next = next_pack(&order, overlay)) != ATT_NONE;) place_pack(&order, next);
}

static void sort_blocks(att_blocks *self)
{
    uint32_t *firsts = att_arena_zero(self->arena, self->packs.count + 1, sizeof *firsts);
    for (uint32_t i = 0; i < self->blocks.count; i++) firsts[self->packs.items[self->blocks.items[i].pack].rank + 1]++;
    for (uint32_t i = 1; i <= self->packs.count; i++) firsts[i] += firsts[i - 1];
    att_lines_block *sorted = att_arena_alloc(self->arena, sizeof *sorted * (self->blocks.count + 1));
    for (uint32_t i = 0; i < self->blocks.count; i++)
        sorted[firsts[self->packs.items[self->blocks.items[i].pack].rank]++] = self->blocks.items[i];
    self->blocks.items = sorted;
    self->blocks.capacity = self->blocks.count;
}

/* ---- overlays ---- */

/* Whether names of the kind belong to their pack; the others are known everywhere. */
static bool is_of_pack(att_block_kind kind)
{
    return kind == ATT_BLOCK_LIST || kind == ATT_BLOCK_PHRASE || kind == ATT_BLOCK_RULE || kind == ATT_BLOCK_EXPAND
           || kind == ATT_BLOCK_ALIAS;
}

static att_str named(const att_blocks *self, att_block_kind kind, att_str name)
{
    char head = (char)('A' + (int)kind);
    return att_str_join(self->arena, (att_str){ &head, 1 }, ATT_EMPTY, name);
}

/* What no two blocks have in common: kind and name, and the pack where names belong to it. */
static att_str key_of(att_blocks *self, att_block_kind kind, uint32_t pack, att_str name)
{
    att_str key = named(self, kind, name);
    return is_of_pack(kind) ? att_str_join(self->arena, key, ATT_STR(" "), self->packs.items[pack].name) : key;
}

/* The number of the key that a block with `add`, `replace` or `remove` means, or ATT_NONE. */
static uint32_t meant(att_blocks *self, const att_map *names, const uint32_t *owners, const att_lines_block *block)
{
    uint32_t best = ATT_NONE, home = 0;
    for (uint32_t pack = 0; pack < self->packs.count; pack++) {
        if (!is_of_pack(block->kind) && pack) break;
        if (is_of_pack(block->kind) && !att_pack_sees(self, block->pack, pack)) continue;
        uint32_t id = att_map_find(names, key_of(self, block->kind, pack, block->name));
        if (id == ATT_NONE || owners[id] == ATT_NONE) continue;
        if (best != ATT_NONE && !att_pack_nearer(self, block->pack, pack, home)) continue;
        best = id;
        home = pack;
    }
    return best;
}

/* Rows of one data file with the same id make one block. */
static bool join_rows(att_blocks *self, uint32_t owner, uint32_t index)
{
    att_lines_block *target = &self->blocks.items[owner], *block = &self->blocks.items[index];
    if (block->file->kind != ATT_FILE_DATA || block->file != target->file) return false;
    while (target->addition != ATT_NONE) target = &self->blocks.items[target->addition];
    target->addition = index;
    return block->dead = true;
}

/* Registers a defining block; a second one of its name is S010. */
static void define(att_blocks *self, att_map *names, uint32_t *owners, uint32_t index)
{
    att_lines_block *block = &self->blocks.items[index];
    uint32_t known = names->count, id = att_map_add(names, key_of(self, block->kind, block->pack, block->name));
    if (id == known || owners[id] == ATT_NONE) {
        owners[id] = index;
        return;
    }
    if (join_rows(self, owners[id], index)) return;
    const bool adds = att_block_goes_with(block->kind, ATT_MODE_ADD),
               replaces = att_block_goes_with(block->kind, ATT_MODE_REPLACE);
    att_report(self->diags, ATT_ERROR, "S010", att_head_place(block), "a second %s '%.*s'; %sgive it another name",
               att_block_keyword(block->kind), ATT_STR_ARG(block->name),
               adds       ? "write 'add' or 'replace' before it, or "
               : replaces ? "write 'replace' before it, or "
                          : "");
    att_report_note(self->diags, att_head_place(&self->blocks.items[owners[id]]), "first defined here");
    block->dead = true;
}

static void note_removal(att_blocks *self, uint32_t index)
{
    const att_lines_block *block = &self->blocks.items[index];
    uint32_t known = self->removed.count;
    if (att_map_add(&self->removed, named(self, block->kind, block->name)) < known) return;
    ATT_RESERVE(self->arena, &self->removals, 1);
    self->removals.items[self->removals.count++] = index;
}

/* The block that took away what is called so, or NULL. */
static att_lines_block *removal_of(const att_blocks *self, att_block_kind kind, att_str name)
{
    uint32_t number = self->removals.count ? att_map_find(&self->removed, named(self, kind, name)) : (uint32_t)ATT_NONE;
    return number == ATT_NONE ? NULL : &self->blocks.items[self->removals.items[number]];
}

static void tell_unknown(att_blocks *self, const att_map *names, const uint32_t *owners, uint32_t index)
{
    att_lines_block *block = &self->blocks.items[index];
    att_str *of_kind = att_arena_alloc(self->arena, sizeof *of_kind * (names->count + 1));
    const att_lines_block *removed = removal_of(self, block->kind, block->name);
    size_t count = 0;
    for (uint32_t i = 0; i < names->count; i++)
        if (owners[i] != ATT_NONE && names->items[i].data[0] == 'A' + (int)block->kind) {
            const char *end = memchr(names->items[i].data, ' ', names->items[i].length);
            size_t length = end ? (size_t)(end - names->items[i].data) : names->items[i].length;
            of_kind[count++] = att_str_slice(names->items[i], 1, length);
        }
    att_report(self->diags, ATT_ERROR, "C01", att_head_place(block), "unknown %s '%.*s'%s", att_block_keyword(block->kind),
               ATT_STR_ARG(block->name), removed ? "" : att_did_you_mean(self->arena, block->name, of_kind, count));
    if (removed) att_report_note(self->diags, att_head_place(removed), "removed here");
    block->dead = true;
}

static void lay_over(att_blocks *self, att_map *names, uint32_t *owners, uint32_t index)
{
    att_lines_block *block = &self->blocks.items[index];
    uint32_t id = meant(self, names, owners, block);
    if (id == ATT_NONE) {
        tell_unknown(self, names, owners, index);
        return;
    }
    att_lines_block *target = &self->blocks.items[owners[id]];
    switch (block->mode) {
    case ATT_MODE_DEFINE: assert(0); break;
    case ATT_MODE_ADD:
        block->dead = true;
        while (target->addition != ATT_NONE) target = &self->blocks.items[target->addition];
        target->addition = index;
        break;
    case ATT_MODE_REPLACE:
        target->dead = true;
        block->home = target->home;
        owners[id] = index;
        break;
    case ATT_MODE_REMOVE:
        target->dead = block->dead = true;
        owners[id] = ATT_NONE;
        note_removal(self, index);
        break;
    }
}

static void apply(att_blocks *self)
{
    att_map names;
    att_map_init(&names, self->arena);
    att_map_init(&self->removed, self->arena);
    uint32_t *owners = att_arena_alloc(self->arena, sizeof *owners * (self->blocks.count + 1));
    for (uint32_t i = 0; i < self->blocks.count; i++) {
        const att_lines_block *block = &self->blocks.items[i];
        if (block->mode == ATT_MODE_DEFINE && !block->dead && block->name.length) define(self, &names, owners, i);
    }
    for (uint32_t i = 0; i < self->blocks.count; i++)
        if (self->blocks.items[i].mode && !self->blocks.items[i].dead) lay_over(self, &names, owners, i);
}

bool att_block_removed(const att_blocks *self, att_block_kind kind, att_str name)
{
    return removal_of(self, kind, name) != NULL;
}

bool att_block_missed(const att_blocks *self, att_block_kind kind, att_str name, att_place user)
{
    att_lines_block *block = removal_of(self, kind, name);
    if (!block || block->missed) return block != NULL;
    block->missed = true;
    att_report(self->diags, ATT_ERROR, "C01", att_head_place(block),
               "%s '%.*s' is removed, but others name it; write 'replace', or remove or replace them too",
               att_block_keyword(kind), ATT_STR_ARG(name));
    att_report_note(self->diags, user, "the first of them");
    return true;
}

void att_blocks_lay_over(att_blocks *self)
{
    order_packs(self);
    sort_blocks(self);
    apply(self);
}

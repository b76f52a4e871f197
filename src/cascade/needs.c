#include "cascade/needs.h"

#include <string.h>

enum { FAR = 32 }; /* tokens that are looked through one by one */

typedef struct {
    const att_knowledge *knowledge;
    bool backwards;
    uint32_t count;
    att_need needs[ATT_MOST_NEEDS];
} collector;

/* ---- how long a pattern is ---- */

static uint32_t cap(uint64_t tokens)
{
    return tokens > FAR ? (uint32_t)ATT_NONE : (uint32_t)tokens;
}

static att_extent add(att_extent a, att_extent b)
{
    uint64_t least = (uint64_t)a.least + b.least;
    return (att_extent){ least > FAR ? FAR : (uint32_t)least, cap((uint64_t)a.most + b.most) };
}

static att_extent sum(const att_knowledge *knowledge, const att_pattern *child)
{
    att_extent all = { 0, 0 };
    for (; child; child = child->next) all = add(all, att_extent_of(knowledge, child));
    return all;
}

static att_extent widest(const att_knowledge *knowledge, const att_pattern *child)
{
    att_extent all = att_extent_of(knowledge, child);
    for (child = child->next; child; child = child->next) {
        att_extent one = att_extent_of(knowledge, child);
        if (one.least < all.least) all.least = one.least;
        if (one.most > all.most) all.most = one.most;
    }
    return all;
}

static att_extent repeated(att_extent once, const att_pattern *node)
{
    uint64_t least = (uint64_t)once.least * node->least;
    return (att_extent){ least > FAR ? FAR : (uint32_t)least, cap((uint64_t)once.most * node->most) };
}

att_extent att_extent_of(const att_knowledge *knowledge, const att_pattern *node)
{
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE: return sum(knowledge, node->children);
    case ATT_PATTERN_CHOICE: return widest(knowledge, node->children);
    case ATT_PATTERN_REPEAT: return repeated(att_extent_of(knowledge, node->children), node);
    case ATT_PATTERN_WORDS: return (att_extent){ 1, cap(node->word_count) };
    case ATT_PATTERN_LIST: return (att_extent){ 1, cap(knowledge->lists.lists.items[node->number].longest) };
    case ATT_PATTERN_LAYER: return (att_extent){ 1, ATT_NONE };
    case ATT_PATTERN_GAP: return (att_extent){ 0, cap(node->most) };
    case ATT_PATTERN_TOKEN: break;
    }
    return (att_extent){ 1, 1 };
}

/* ---- what it needs ---- */

static void collect(collector *self, const att_pattern *node, att_extent from);

static void add_need(collector *self, uint32_t layers, att_extent from)
{
    if (self->count == ATT_MOST_NEEDS) return;
    self->needs[self->count++] = (att_need){ layers, from.least, from.most };
}

/* The nodes in the order in which they are met. Returns where the next one begins. */
static att_extent collect_row(collector *self, const att_pattern *node, att_extent from)
{
    if (!node) return from;
    if (self->backwards) from = collect_row(self, node->next, from);
    collect(self, node, from);
    from = add(from, att_extent_of(self->knowledge, node));
    return self->backwards ? from : collect_row(self, node->next, from);
}

/* What is first in each of the alternatives, when all need something. */
static void collect_choice(collector *self, const att_pattern *child, att_extent from)
{
    att_need all = { 0, ATT_NONE, 0 };
    for (; child; child = child->next) {
        collector one = { .knowledge = self->knowledge, .backwards = self->backwards };
        collect(&one, child, from);
        if (!one.count) return;
        const att_need *first = &one.needs[0];
        all.layers |= first->layers;
        if (first->least < all.least) all.least = first->least;
        if (first->most > all.most) all.most = first->most;
    }
    add_need(self, all.layers, (att_extent){ all.least, all.most });
}

static void collect(collector *self, const att_pattern *node, att_extent from)
{
    switch (node->kind) {
    case ATT_PATTERN_SEQUENCE: collect_row(self, node->children, from); break;
    case ATT_PATTERN_CHOICE: collect_choice(self, node->children, from); break;
    case ATT_PATTERN_REPEAT:
        if (node->least) collect(self, node->children, from);
        break;
    case ATT_PATTERN_LAYER: add_need(self, 1u << node->number, from); break;
    case ATT_PATTERN_WORDS:
    case ATT_PATTERN_TOKEN:
    case ATT_PATTERN_LIST:
    case ATT_PATTERN_GAP: break;
    }
}

static void collect_after(collector *self, att_row row)
{
    att_extent from = { 0, 0 };
    for (uint32_t i = 0; i < row.count; i++) {
        collect(self, row.nodes[i], from);
        from = add(from, att_extent_of(self->knowledge, row.nodes[i]));
    }
}

static void collect_before(collector *self, att_row row, uint32_t words)
{
    att_extent from = { 0, cap(words) };
    for (uint32_t i = row.count; i-- > 0;) {
        collect(self, row.nodes[i], from);
        from = add(from, att_extent_of(self->knowledge, row.nodes[i]));
    }
}

const att_needs *att_needs_around(const att_knowledge *knowledge, att_row after, att_row before, uint32_t words)
{
    collector behind = { .knowledge = knowledge }, front = { .knowledge = knowledge, .backwards = true };
    collect_after(&behind, after);
    collect_before(&front, before, words);
    uint32_t count = behind.count + front.count;
    if (!count) return NULL;
    att_needs *self = att_arena_alloc(knowledge->arena, sizeof *self + sizeof *self->items * count);
    *self = (att_needs){ behind.count, front.count };
    memcpy(self->items, behind.needs, sizeof *self->items * behind.count);
    memcpy(self->items + behind.count, front.needs, sizeof *self->items * front.count);
    return self;
}

/* ---- whether it is there ---- */

static bool is_after(const att_need *need, const att_scene *scene, uint32_t at, att_token_range paragraph)
{
    if (need->most == ATT_NONE) return need->layers & att_scene_layers(scene, paragraph.first);
    uint32_t first = at + need->least, last = paragraph.last - at > need->most ? at + need->most : paragraph.last - 1;
    if (first > last) return false;
    for (; first <= last; first++)
        if (scene->spots[first].begins & need->layers) return true;
    return false;
}

static bool is_before(const att_need *need, const att_scene *scene, uint32_t at, att_token_range paragraph)
{
    if (need->most == ATT_NONE) return need->layers & att_scene_layers(scene, paragraph.first);
    uint32_t first = at - paragraph.first > need->most ? at - need->most : paragraph.first + 1;
    for (uint32_t end = at - paragraph.first >= need->least ? at - need->least : 0; end >= first; end--)
        if (scene->spots[end].closes & need->layers) return true;
    return false;
}

bool att_needs_hold(const att_needs *self, att_scene *scene, uint32_t at, uint32_t behind)
{
    att_token_range paragraph = att_scene_paragraph(scene, at);
    const att_need *before = self->items + self->after;
    for (uint32_t i = 0; i < self->after; i++)
        if (!is_after(&self->items[i], scene, behind, paragraph)) return false;
    for (uint32_t i = 0; i < self->before; i++)
        if (!is_before(&before[i], scene, at, paragraph)) return false;
    return true;
}

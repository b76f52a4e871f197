/* name_edges.h - the edges of the trie of names, for the two rooms that follow them: names.c, which builds the trie, and
 * names_find.c, which finds names with it.
 *
 * Shape   a hash table over (node, norm), open addressing. Edges from the root are not in it but with the words of the lexicon.
 */
#ifndef ATT_NAME_EDGES_H
#define ATT_NAME_EDGES_H

#include "knowledge/names.h"

enum {
    ATT_NAMES_ROOT = 0,
    ATT_MOST_NODES = (1 << 30) - 1,
    ATT_SHORT_CAPITALS = 4 /* letters of the longest form that may be a common word in a line of capitals */
};

/* The slot at which the search for an edge begins; worth prefetching. */
static inline uint32_t first_slot(const att_names *self, uint32_t node, uint32_t norm)
{
    uint64_t hash = ((uint64_t)node << 32 | norm) * 0x9e3779b97f4a7c15u;
    return (uint32_t)((hash >> 32) * self->edge_slots >> 32);
}

/* The slot of the edge, or the free one where it would be. */
static inline uint32_t slot_of(const att_names *self, uint32_t node, uint32_t norm)
{
    uint32_t at = first_slot(self, node, norm);
    while (self->edges[at].target && (self->edges[at].node != node || self->edges[at].norm != norm))
        at = at + 1 < self->edge_slots ? at + 1 : 0;
    return at;
}

/* The edge from the root for this norm; the lexicon keeps these. */
static inline att_edge edge_of_root(const att_names *self, uint32_t norm)
{
    uint32_t target = self->lexicon->words.items[norm].nodes[self->trie];
    return (att_edge){ ATT_NAMES_ROOT, norm, att_names_first(self, target) != 0, true, target & ATT_MOST_NODES };
}

/* The edge from `node` for this norm; its target is 0 when there is none. */
static inline att_edge edge_of(const att_names *self, uint32_t node, uint32_t norm)
{
    if (node == ATT_NAMES_ROOT) return edge_of_root(self, norm);
    bool likely = att_word_set_has(&self->likely, att_word_pair(node, norm));
    return likely ? self->edges[slot_of(self, node, norm)] : (att_edge){ 0 };
}

#endif

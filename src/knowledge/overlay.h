/* overlay.h - orders the packs by what they need, and applies the blocks that begin with `add`, `replace` or `remove`. */
#ifndef ATT_OVERLAY_H
#define ATT_OVERLAY_H

#include "knowledge/blocks.h"

/* Ranks the packs, sorts the blocks of all files accordingly, and applies `add`, `replace` and `remove`. */
void att_blocks_lay_over(att_blocks *self);

/* Whether pack `from` can see names of pack `to`. */
bool att_pack_sees(const att_blocks *self, uint32_t from, uint32_t to);

/* Names of lists, phrases and rules belong to their pack. When packs `a` and `b` both have a name, whether `from` means that
 * of `a`: its own comes first, then those of packs that it can see, later ones first. */
bool att_pack_nearer(const att_blocks *self, uint32_t from, uint32_t a, uint32_t b);

/* Whether `remove` took away the block of that kind and name. */
bool att_block_removed(const att_blocks *self, att_block_kind kind, att_str name);

/* The same for one who cannot do without it: C01 at `remove`, once, whoever else names it. */
bool att_block_missed(const att_blocks *self, att_block_kind kind, att_str name, att_place user);

#endif

/* overlay.h - which block lies over which: packs in the order of what they need, then `add`, `replace` and `remove` (RULES
 * section 3). */
#ifndef ATT_OVERLAY_H
#define ATT_OVERLAY_H

#include "knowledge/blocks.h"

/* Ranks the packs, puts the blocks of all files into their order and applies what begins with `add`, `replace` or `remove`. */
void att_blocks_lay_over(att_blocks *self);

/* Whether pack `from` sees names of pack `to`. */
bool att_pack_sees(const att_blocks *self, uint32_t from, uint32_t to);

/* Names of lists, phrases and rules belong to their pack. Of two packs that have the name, whether `a` is the one that
 * `from` means rather than `b`: itself, else one that it sees, the later one first. */
bool att_pack_nearer(const att_blocks *self, uint32_t from, uint32_t a, uint32_t b);

/* Whether `remove` took away the block of that kind and name. */
bool att_block_removed(const att_blocks *self, att_block_kind kind, att_str name);

/* The same for one who cannot do without it: C01 at `remove`, once, whoever else names it. */
bool att_block_missed(const att_blocks *self, att_block_kind kind, att_str name, att_place user);

#endif

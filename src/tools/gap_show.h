/* gap_show.h - gaps as blocks of rules, best first: each can be pasted into a pack, or the whole loaded with --with. */
#ifndef ATT_GAP_SHOW_H
#define ATT_GAP_SHOW_H

#include "tools/gap.h"

/* Adds a rule file of up to `limit` blocks. `documents` is how many were read; `arena` is for scratch. */
void att_gaps_show(const att_gaps *self, const att_engine *engine, uint32_t documents, uint32_t limit, att_arena *arena,
                   att_buf *out);

#endif

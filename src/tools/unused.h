/* unused.h - what in the rules fires nowhere in a corpus: entries, triggers, rules. */
#ifndef ATT_UNUSED_H
#define ATT_UNUSED_H

#include "engine/engine.h"

typedef struct {
    const att_engine *engine;
    bool *entries, *triggers, *rules; /* by number: whether it fired */
} att_used;

/* Nothing fired yet. Lies in the arena. */
void att_used_init(att_used *self, const att_engine *engine, att_arena *arena);

/* Notes what fired in an annotated document. */
void att_used_see(att_used *self, att_document *doc, const att_vocabulary *vocabulary);

/* One line for each that fired nowhere, by place, `limit` at most where it is not 0; then how many. */
void att_used_show(const att_used *self, uint32_t documents, uint32_t limit, att_buf *out);

#endif

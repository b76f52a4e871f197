/* diag.h - findings about rules: collected with their places, printed in order.
 *
 * A message says what is wrong, then what would be right; no full stop at its end. Codes are
 * never reused: S… syntax, C… static checks.
 */
#ifndef ATT_DIAG_H
#define ATT_DIAG_H

#include "base/source.h"

typedef struct {
    att_severity severity;
    const char *code; /* "S010"; empty for a note to the finding before it */
    att_place place;
    att_str message;
    uint32_t order; /* of reporting: keeps notes behind their findings */
} att_diag;

typedef struct {
    att_arena *arena;
    att_diag *items;
    uint32_t count, capacity;
    uint32_t errors, warnings;
} att_diags;

void att_diags_init(att_diags *self, att_arena *arena);
void att_report(att_diags *self, att_severity severity, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* A note to the last finding: "first defined here". */
void att_report_note(att_diags *self, att_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds the line of a place with a caret under each of its code points. */
void att_place_draw(att_buf *out, att_place place);

/* Hands every finding to `sink`, by path, then place; each with the line and a caret under it. */
void att_diags_send(const att_diags *self, att_arena *arena, att_sink sink, void *user);

#endif

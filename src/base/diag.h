/* diag.h - findings about rules: collected with their places in the source, then printed in order.
 *
 * A message first says what is wrong, then what would be right, without a full stop at its end. Codes start with S (syntax)
 * or C (static checks) and are never reused for another finding.
 */
#ifndef ATT_DIAG_H
#define ATT_DIAG_H

#include "base/source.h"

typedef struct {
    att_severity severity;
    const char *code; /* "S010"; empty for a note, which belongs to the finding before it */
    att_place place;
    att_str message;
    uint32_t order; /* when it was reported: keeps notes behind their findings */
} att_diag;

typedef struct {
    att_arena *arena;
    att_diag *items;
    uint32_t count, capacity;
    uint32_t errors, warnings;
} att_diags;

/* Makes an empty list; messages will be copied into the arena. */
void att_diags_init(att_diags *self, att_arena *arena);
/* Adds a finding and counts it. `code` must be a string literal; the message is formatted as by printf. */
void att_report(att_diags *self, att_severity severity, const char *code, att_place place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The same with a va_list, for functions that wrap att_report. */
void att_report_list(att_diags *self, att_severity severity, const char *code, att_place place, const char *format,
                     va_list arguments);

/* Adds a note to the last finding, for example "first defined here". */
void att_report_note(att_diags *self, att_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds the source line of a place to `out`, and below it a caret under each code point of the place. */
void att_place_draw(att_buf *out, att_place place);

/* Passes every finding to `sink`, sorted by path and place, each with its source line and carets. */
void att_diags_send(const att_diags *self, att_arena *arena, att_sink sink, void *user);

#endif

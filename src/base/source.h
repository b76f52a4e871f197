/* source.h - one rule file as read: its path, its bytes and where its lines start.
 *
 * Units   offsets are bytes from the start of the file. Lines and columns count from 1, columns in code points.
 * Owner   the arena given to att_source_new.
 */
#ifndef ATT_SOURCE_H
#define ATT_SOURCE_H

#include "base/str.h"

typedef struct {
    att_str path; /* as shown to people: rules/officials/pack.rules */
    att_str text;
    const uint32_t *line_starts;
    uint32_t line_count;
} att_source;

/* Bytes [start, end) of one source. */
typedef struct {
    const att_source *source;
    uint32_t start, end;
} att_place;

typedef struct {
    uint32_t line, column;
} att_line_column;

/* Makes a source. Neither path nor text is copied: both must live as long as the arena. `text` is under 4 GiB. */
att_source *att_source_new(att_arena *arena, att_str path, att_str text);

/* Replaces the text of a source; the rules of att_source_new hold. */
void att_source_put(att_source *self, att_arena *arena, att_str text);

/* The line and column of byte `offset`, both from 1. A column is a code point. */
att_line_column att_source_locate(const att_source *self, uint32_t offset);

/* The text of line `line` (from 1) without its line break. */
att_str att_source_line(const att_source *self, uint32_t line);

#endif

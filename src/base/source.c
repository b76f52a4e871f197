#include "base/source.h"

#include <assert.h>

void att_source_put(att_source *self, att_arena *arena, att_str text)
{
    assert(text.length < UINT32_MAX);
    uint32_t count = 1;
    for (size_t i = 0; i < text.length; i++) count += text.data[i] == '\n';
    uint32_t *starts = att_arena_alloc(arena, sizeof *starts * count);
    starts[0] = 0;
    uint32_t line = 1;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\n') starts[line++] = (uint32_t)i + 1;
    self->text = text;
    self->line_starts = starts;
    self->line_count = count;
}

att_source *att_source_new(att_arena *arena, att_str path, att_str text)
{
    att_source *self = att_arena_alloc(arena, sizeof *self);
    *self = (att_source){ .path = path };
    att_source_put(self, arena, text);
    return self;
}

att_line_column att_source_locate(const att_source *self, uint32_t offset)
{
    uint32_t low = 0, high = self->line_count; /* line_starts[low] <= offset */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (self->line_starts[middle] <= offset) low = middle;
        else high = middle;
    }
    uint32_t column = 1;
    for (uint32_t i = self->line_starts[low]; i < offset && i < self->text.length; i++)
        column += (self->text.data[i] & 0xC0) != 0x80; /* not a continuation byte */
    return (att_line_column){ low + 1, column };
}

att_str att_source_line(const att_source *self, uint32_t line)
{
    assert(line >= 1 && line <= self->line_count);
    size_t start = self->line_starts[line - 1];
    size_t end = line < self->line_count ? self->line_starts[line] : self->text.length;
    while (end > start && (self->text.data[end - 1] == '\n' || self->text.data[end - 1] == '\r')) end--;
    return att_str_slice(self->text, start, end);
}

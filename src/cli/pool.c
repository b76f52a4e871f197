#include "cli/pool.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"

enum { USUAL_BLOCK = 64 * 1024 };

struct cli_block {
    cli_block *next;
    size_t used, size;
    max_align_t bytes[];
};

static void out_of_memory(void)
{
    fputs("attache: out of memory\n", stderr);
    exit(EXIT_SYSTEM);
}

static void add_block(cli_pool *self, size_t size)
{
    if (size < USUAL_BLOCK) size = USUAL_BLOCK;
    cli_block *block = size < SIZE_MAX / 2 ? calloc(1, sizeof *block + size) : NULL;
    if (!block) {
        out_of_memory();
        return;
    }
    block->size = size;
    block->next = self->newest;
    self->newest = block;
}

void *cli_pool_take(cli_pool *self, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 4) out_of_memory();
    size = (size + unit - 1) / unit * unit;
    if (!self->newest || self->newest->size - self->newest->used < size) add_block(self, size);
    void *piece = (char *)self->newest->bytes + self->newest->used;
    self->newest->used += size;
    return piece;
}

char *cli_pool_copy(cli_pool *self, const char *text, size_t length)
{
    if (!text) return NULL;
    char *copy = cli_pool_take(self, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *cli_pool_word(cli_pool *self, const char *text)
{
    return text ? cli_pool_copy(self, text, strlen(text)) : NULL;
}

char *cli_pool_format(cli_pool *self, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) out_of_memory();
    char *text = cli_pool_take(self, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

void *cli_pool_grow(cli_pool *self, void *items, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 16;
    if (wanted > SIZE_MAX / 4 / size) out_of_memory();
    void *larger = cli_pool_take(self, wanted * size);
    if (*capacity) memcpy(larger, items, *capacity * size);
    *capacity = wanted;
    return larger;
}

void cli_pool_clear(cli_pool *self)
{
    while (self->newest) {
        cli_block *next = self->newest->next;
        free(self->newest);
        self->newest = next;
    }
}

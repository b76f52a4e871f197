/* pool.h - memory of a command that holds many small things: given back as a whole.
 *
 * Errors  when memory is used up the program says so and ends with status 4; nothing returns NULL.
 */
#ifndef ATT_CLI_POOL_H
#define ATT_CLI_POOL_H

#include <stddef.h>

typedef struct cli_block cli_block;

typedef struct {
    cli_block *newest;
} cli_pool;

/* `size` bytes, all zero. */
void *cli_pool_take(cli_pool *self, size_t size);

/* A copy with a NUL behind; NULL of NULL. */
char *cli_pool_copy(cli_pool *self, const char *text, size_t length);
char *cli_pool_word(cli_pool *self, const char *text);
char *cli_pool_format(cli_pool *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A piece of twice the capacity with the old items in it; `capacity` 0 makes the first one. */
void *cli_pool_grow(cli_pool *self, void *items, size_t *capacity, size_t size);

void cli_pool_clear(cli_pool *self);

/* Makes room for one more item in an array of three fields: items, count, capacity. */
#define CLI_RESERVE(pool, array)                                                                                               \
    do {                                                                                                                       \
        if ((array)->count == (array)->capacity)                                                                               \
            (array)->items = cli_pool_grow((pool), (array)->items, &(array)->capacity, sizeof *(array)->items);                \
    } while (0)

#endif

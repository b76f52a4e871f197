/* nearest.h - what a misspelt word was meant to be, for "did you mean". */
#ifndef ATT_CLI_NEAREST_H
#define ATT_CLI_NEAREST_H

#include <stddef.h>

/* Steps from one word to the other: a letter added, dropped or changed, two neighbours swapped, whatever the case. */
size_t cli_distance(const char *left, const char *right);

/* True if a word at this distance is near enough to be what was meant. */
int cli_is_near(const char *written, size_t distance);

#endif

/* say.h - messages on standard error. Names and texts in them come from anywhere: what could steer a terminal, and a byte that
 * is no UTF-8, are shown as C writes them, `\n` or `\x1B`.
 */
#ifndef ATT_CLI_SAY_H
#define ATT_CLI_SAY_H

#include <stdbool.h>
#include <stdio.h>

/* A message or a part of one; of line breaks only one at the end of `format` is one. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same of a text that goes elsewhere; `lines`: all line breaks stay. */
void cli_print_clean(FILE *out, const char *text, bool lines);

/* Tells that nothing can be written there. Returns the exit status: EXIT_USAGE where the path leads nowhere or to a folder. */
int cli_cannot_write(const char *path, int error);

#endif

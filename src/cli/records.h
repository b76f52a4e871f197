/* records.h - files of records as `tag` writes them, line by line; compressed with gzip or not.
 *
 * Errors  told on standard error.
 */
#ifndef ATT_CLI_RECORDS_H
#define ATT_CLI_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/options.h"

typedef struct gzFile_s *cli_gz_file;

typedef struct {
    const char *path;
    cli_gz_file file;
    char *line; /* the one at hand, without its line break */
    size_t size, capacity;
    uint64_t number; /* of the line, from 1 */
} cli_records;

/* Whether what is named is records: a stream when no format of documents is named; a
 * file that begins as they do, whatever packed it. */
bool cli_records_are(const char *path, const char *input_format);

/* Whether no option asks for what documents alone have; else the first that does is told. For where all input is records. */
bool cli_records_alone(const cli_options *options);

/* "-" is standard input. */
bool cli_records_open(cli_records *self, const char *path);

/* The next line that is not empty. False at the end and, with *status no longer EXIT_DONE, after an error. */
bool cli_records_next(cli_records *self, int *status);

/* Tells what is wrong with the line at hand. */
void cli_records_refuse(const cli_records *self, const char *why);

void cli_records_close(cli_records *self);

/* What stands for the operands: standard input for none, and for a folder into which records were written what is in it. */
typedef struct {
    const char **items;
    size_t count;
} cli_operands;

/* False without memory. */
bool cli_operands_take(cli_operands *self, const cli_options *options);

void cli_operands_clear(cli_operands *self);

#endif

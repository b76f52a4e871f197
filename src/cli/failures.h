/* failures.h - documents that could not be annotated, on standard error: each of the first ones, in the end how many. */
#ifndef ATT_CLI_FAILURES_H
#define ATT_CLI_FAILURES_H

#include <stdbool.h>
#include <stdint.h>

#include "attache.h"
#include "cli/options.h"

/* `number`: how many failed, with this one. `message` may be NULL. */
void cli_failures_tell(uint64_t number, const char *source, const char *code, const char *message);

/* `skipped`: no record was written for them. */
void cli_failures_count(uint64_t failed, uint64_t documents, bool skipped);

/* Documents with warnings in their records, told in one line in the end, with the first of them. */
typedef struct {
    uint64_t count;
    char first[512]; /* cut off where it is longer */
} cli_warned;

/* `code` NULL: none. */
void cli_warned_note(cli_warned *self, const char *id, const char *code, const char *message);
void cli_warned_tell(const cli_warned *self);

/* Names of fields that options gave and no line had; options about lines where there were no lines. */
void cli_failures_fields(const cli_options *options, const att_reader *reader);

#endif

/* failures.h - documents that could not be annotated, on standard error: each of the first ones, in the end how many. */
#ifndef ATT_CLI_FAILURES_H
#define ATT_CLI_FAILURES_H

#include <stdbool.h>
#include <stdint.h>

#include "attache.h"

/* `number`: how many failed, with this one. `message` may be NULL. */
void cli_failures_tell(uint64_t number, const char *source, const char *code, const char *message);

/* `skipped`: no record was written for them. */
void cli_failures_count(uint64_t failed, uint64_t documents, bool skipped);

/* Names of fields that options gave and no line had. */
void cli_failures_fields(const att_reader *reader);

#endif

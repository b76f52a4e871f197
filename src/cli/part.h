/* part.h - the records of a run as one output: standard output, a file, or a part in a folder, with a journal where it is asked
 * for.
 *
 * A part is FOLDER/part-0001-of-0008.jsonl, one a shard. With a journal the file is written as .NAME.part beside its place, and
 * a run that was killed goes on behind what is whole.
 */
#ifndef ATT_CLI_PART_H
#define ATT_CLI_PART_H

#include "cli/journal.h"
#include "cli/options.h"
#include "cli/output.h"

typedef struct {
    cli_output output;
    cli_journal journal;
    bool journaled;
    bool whole;                  /* an earlier run made all of it */
    bool unfit;                  /* the file that an earlier run made is not what the journal says */
    char *target;                /* of the journal */
    uint64_t documents, errors;  /* what has gone into it; the errors are among the documents */
    uint64_t read;               /* documents of the inputs, with those that were passed over */
    uint64_t noted, noted_bytes; /* `documents` and bytes at the journal's last line */
    att_output_frame frame;
    bool begun; /* holds a record */
    int folder; /* of files that the part speaks of: they are on the disk before the journal says so; -1 */
} cli_part;

/* Returns an exit status, EXIT_DONE to go on. `rules` is their digest. */
int cli_part_open(cli_part *self, const cli_options *options, const char *rules);

/* Adds what came of the document `number` of the inputs; `bytes` may be NULL. */
bool cli_part_add(cli_part *self, const char *bytes, size_t size, uint64_t number, bool failed);

/* Writes what is still in memory, so that a later run can go on from there. */
bool cli_part_flush(cli_part *self);

/* Writes the rest and gives the file its name. */
bool cli_part_finish(cli_part *self);

void cli_part_clear(cli_part *self);

#endif

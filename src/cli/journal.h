/* journal.h - how far the file that a run writes is, so that a run that was killed can go on.
 *
 * Shape   FILE.journal beside FILE, a line of JSON each time records were written: checksum and bytes of what is whole so far,
 *         documents, errors, documents read, the rules' digest, options and inputs, seconds, name; "done" once FILE has its
 *         name. Only a line whose checksum fits the file counts, so no order of writing to the disk is relied on.
 * Owner   one run at a time: the journal is locked.
 */
#ifndef ATT_CLI_JOURNAL_H
#define ATT_CLI_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What has to be the same for a run to go on. */
typedef struct {
    char rules[72]; /* digest */
    uint32_t options;
    uint64_t inputs;
} cli_journal_key;

typedef struct {
    uint64_t bytes;             /* of the file */
    uint64_t documents, errors; /* that have gone into it */
    uint64_t read;              /* documents of the inputs: those, and those that were passed over */
    double seconds;
    bool done;
} cli_journal_entry;

typedef struct {
    cli_journal_key key;
    cli_journal_entry last;
    bool damaged;        /* its last line was no line of a journal */
    const char *changed; /* what is not as it was in the journal that was there, or NULL */
    const char *name;    /* of the file, without folder; in `path` */
    char *path;
    int fd;
    uint32_t checksum; /* of the bytes so far */
    double start;
    int error; /* errno of what failed, or 0 */
} cli_journal;

/* Opens the journal of `target` and takes `last` from it when the run is to go on, else begins anew. False: self->error;
 * EWOULDBLOCK when another run has it. */
bool cli_journal_open(cli_journal *self, const char *target, const cli_journal_key *key, bool resume);

/* Whether the first last.bytes of the file, all of one that is done, are those that were written; then their checksum goes on
 * from there. */
bool cli_journal_fits(cli_journal *self, const char *file);

/* Forgets what was there. */
bool cli_journal_begin(cli_journal *self);

/* Adds bytes that go to the file to the checksum. */
void cli_journal_add(cli_journal *self, const char *bytes, size_t size);

/* Writes a line: `last` with the counts given, which are those of the bytes added. */
bool cli_journal_write(cli_journal *self, uint64_t documents, uint64_t errors, uint64_t read, bool done);

void cli_journal_close(cli_journal *self);

#endif

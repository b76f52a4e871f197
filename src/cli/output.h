/* output.h - whole records to a file descriptor: a buffer that stays in the cache, and a count that never includes half a
 * record.
 *
 * A regular file named with --out is written under a temporary name beside it and renamed by cli_output_finish.
 * After a write has failed every call returns false, and cli_output_failed says what happened.
 */
#ifndef ATT_CLI_OUTPUT_H
#define ATT_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLI_OUTPUT_BYTES = 1 << 16, CLI_OUTPUT_RECORDS = 4096 };

typedef struct {
    int fd;
    const char *name; /* for people */
    char *target;     /* what the temporary file becomes, or NULL */
    char *temporary;
    char *bytes; /* records not yet written */
    size_t size;
    size_t ends[CLI_OUTPUT_RECORDS]; /* where each of them ends in `bytes` */
    size_t end_count;
    uint64_t whole; /* records written to their last byte */
    int error;      /* errno of what failed, or 0 */
    bool opened;
    bool stays; /* the temporary file holds records of an earlier run */
    bool each;  /* write each record at once */
} cli_output;

/* `path` NULL or "-": standard output. False: cli_output_failed says why. */
bool cli_output_open(cli_output *self, const char *path, bool unbuffered);

/* A part: its temporary file has the name cli_output_part_name, and keeps its first `keep` bytes. */
bool cli_output_open_part(cli_output *self, const char *target, uint64_t keep, bool unbuffered);

/* Writes all bytes; *done is how many are written, also where errno says why they are not all. */
bool cli_output_bytes(int fd, const char *bytes, size_t size, size_t *done);

/* FOLDER/.NAME.part, to be freed; NULL when there is no memory. */
char *cli_output_part_name(const char *target);

/* A few bytes that belong to no record, written with the next one. */
bool cli_output_frame(cli_output *self, const char *bytes, size_t size);

bool cli_output_record(cli_output *self, const char *bytes, size_t size);
bool cli_output_flush(cli_output *self);

/* Writes the rest and gives the file its name. */
bool cli_output_finish(cli_output *self);

/* Tells what failed, on standard error, and of `records` how many are whole; returns the exit status. A closed pipe is not
 * told. */
int cli_output_failed(const cli_output *self, bool records);

/* Writes one whole result to `path`, as above. Returns the exit status, having told what failed. */
int cli_output_whole(const char *path, const char *bytes, size_t size);

/* Releases all. An unfinished temporary file stays if it holds a record. */
void cli_output_clear(cli_output *self);

#endif

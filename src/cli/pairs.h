/* pairs.h - records that are two files each, NAME.txt and NAME.ann below a folder, and the line that stands for each in a part.
 *
 * Names   the id, each "/" a folder. What could leave the folder, hide a file or be no name elsewhere is %XX: a dot in front,
 *         control characters, \ : * ? " < > | % ~, and in a folder's name the dot of an ending that files here have, such as
 *         .txt; an empty part is %. Long parts and ids end in ~ and a checksum. So other ids have other names; another document
 *         of the same id, or of one with other capitals (A-Z alone), has ~2 behind it, and so on.
 * Shape   a line: name, tab, id; of a document that failed no name, and behind a second tab "error CODE: MESSAGE".
 * Owner   the folder's path is borrowed. Memory: eight bytes for each name, up to four times as many in the table.
 */
#ifndef ATT_CLI_PAIRS_H
#define ATT_CLI_PAIRS_H

#include "cli/batch.h"

enum { CLI_PAIRS_PART = 200, CLI_PAIRS_NAME = 1024 }; /* bytes of a part of a name, of a whole name */

typedef struct {
    const char *folder; /* NULL when records are no pairs */
    uint64_t *known;    /* checksums of the names that there are; 0 for a free place */
    size_t count, capacity;
    char *line; /* the last one */
    char *file; /* the last one, for messages */
    int error;  /* errno of what failed, or 0 */
} cli_pairs;

/* Takes the names in the first lines of the part that an earlier run has begun, if `part` is not NULL; writes annotation.conf,
 * with the types of the rules, where there is none. False: cli_pairs_failed. */
bool cli_pairs_open(cli_pairs *self, const char *folder, const char *part, const att_engine *engine);

/* Writes the two files of a result that has bytes; *line lives until the next call. */
bool cli_pairs_write(cli_pairs *self, const cli_result *result, const char **line, size_t *size);

/* Tells what failed, on standard error; returns the exit status. */
int cli_pairs_failed(const cli_pairs *self);

void cli_pairs_close(cli_pairs *self);

#endif

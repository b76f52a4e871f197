/* inputs.h - what is known of the inputs before they are read. */
#ifndef ATT_CLI_INPUTS_H
#define ATT_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    bool files;     /* files and folders only: neither pipes nor devices */
    uint64_t bytes; /* of all files */
    uint64_t state; /* changes when a file comes, goes, or changes its size or time */
} cli_inputs;

cli_inputs cli_inputs_look(const char *const *paths, size_t count);

/* False, told as a usage error, when `out` is one of the files in `paths`, at any depth of a folder: what is written to it
 * would take their place. `out` NULL or "-" is standard output. */
bool cli_inputs_spare(const char *const *paths, size_t count, const char *out);

/* The same where the inputs are documents: also when `out` would lie in one of the folders, at any depth, as the next run would
 * read it, and this one too where it is standard output. No paths are standard input. */
bool cli_inputs_apart(const char *const *paths, size_t count, const char *out);

/* Whether none of the inputs lies in the folder, where files of any name will be written; told as above. */
bool cli_inputs_outside(const char *const *paths, size_t count, const char *folder);

#endif

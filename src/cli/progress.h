/* progress.h - how far a run is: a line that overwrites itself on a terminal, a summary at the end. */
#ifndef ATT_CLI_PROGRESS_H
#define ATT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool shown;         /* the line is wanted */
    bool visible;       /* and stands on the terminal */
    uint64_t total;     /* bytes of the inputs, or 0 when not known */
    double start, last; /* seconds of a clock that never goes back */
} cli_progress;

void cli_progress_start(cli_progress *self, bool shown, uint64_t total);

/* At most five times a second. */
void cli_progress_tell(cli_progress *self, uint64_t documents, uint64_t bytes);

/* Takes the line off the terminal, before anything else is printed there. */
void cli_progress_hide(cli_progress *self);

void cli_progress_summary(cli_progress *self, uint64_t documents, uint64_t failed, uint64_t bytes);

#endif

/* load.h - the engine and the reader that a command's options ask for, and what is told when there is none. */
#ifndef ATT_CLI_LOAD_H
#define ATT_CLI_LOAD_H

#include "attache.h"
#include "cli/options.h"

/* Tells what the system refused. Returns the exit status. */
int cli_cannot_go_on(att_status status);

/* The same of rules that could not be read at all. */
int cli_cannot_read_rules(const cli_options *options, att_status status);

/* What was found in rules, shown on standard error. */
typedef struct {
    bool warnings; /* shown too */
    bool shown;    /* the last finding was: so are the notes that belong to it */
    size_t errors; /* only the first ones are shown; `attache lint` shows all */
} cli_findings;

/* An att_sink; `user` is a cli_findings. */
void cli_hear(void *user, const att_finding *finding);

/* How many errors there were, and what was not done for them. */
void cli_tell_findings(const cli_findings *self, const char *undone);

/* Loads the rules, showing errors in them, with --verbose warnings; `texts` as in att_engine_options. Refuses an output that
 * would take the place of a rule file. Returns the exit status. */
int cli_load_rules(const cli_options *options, bool texts, att_engine **engine);

/* False, told as a usage error, when no input is named and standard input is a terminal. */
bool cli_has_input(const cli_options *options);

/* A reader of the operands, or of standard input without any. */
att_status cli_open_reader(const cli_options *options, att_reader **reader);

#endif

/* load.h - the engine and the reader that a command's options ask for, and what is told when there is none. */
#ifndef ATT_CLI_LOAD_H
#define ATT_CLI_LOAD_H

#include "attache.h"
#include "cli/options.h"

/* Tells what the system refused. Returns the exit status. */
int cli_cannot_go_on(att_status status);

/* Loads the rules, showing errors in them with the notes that belong to them. Returns the exit status. */
int cli_load_rules(const cli_options *options, att_engine **engine);

/* A reader of the operands, or of standard input without any. */
att_status cli_open_reader(const cli_options *options, att_reader **reader);

#endif

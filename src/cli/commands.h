/* commands.h - the commands of the program. Each returns the exit status. */
#ifndef ATT_CLI_COMMANDS_H
#define ATT_CLI_COMMANDS_H

#include "cli/options.h"

enum {
    EXIT_DONE,
    EXIT_FINDINGS, /* broken rules, a lint error, a failed test */
    EXIT_USAGE,
    EXIT_DOCUMENTS, /* some documents failed; each has its record */
    EXIT_SYSTEM,    /* disk full, no memory */
    EXIT_BY_SIGNAL = 128,
    EXIT_PIPE = 141 /* the reader of our output went away */
};

int cmd_tag(const cli_options *options);
int cmd_explain(const cli_options *options);
int cmd_compile(const cli_options *options);
int cmd_lint(const cli_options *options);
int cmd_test(const cli_options *options);
int cmd_schema(const cli_options *options);
int cmd_rules(const cli_options *options);

#endif

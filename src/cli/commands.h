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

/* Words that options of `eval` take; NULL past the end. */
const char *cli_eval_format(size_t index);
const char *cli_eval_way(size_t index);
const char *cli_eval_measure(size_t index); /* the lines of the table that are no types */
const char *cli_eval_line(size_t index);    /* they, then the usual types */

int cmd_tag(const cli_options *options);
int cmd_explain(const cli_options *options);
int cmd_compile(const cli_options *options);
int cmd_eval(const cli_options *options);
int cmd_suggest(const cli_options *options);
int cmd_profile(const cli_options *options);
int cmd_lint(const cli_options *options);
int cmd_stats(const cli_options *options);
int cmd_import(const cli_options *options);
int cmd_fmt(const cli_options *options);
int cmd_diff(const cli_options *options);
int cmd_report(const cli_options *options);
int cmd_store(const cli_options *options);
int cmd_test(const cli_options *options);
int cmd_schema(const cli_options *options);
int cmd_rules(const cli_options *options);

#endif

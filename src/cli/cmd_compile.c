/* cmd_compile.c - rules, read and checked, as one file that `--rules` takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/say.h"

static void print(void *user, const att_finding *finding)
{
    (void)user;
    fputs(finding->text, stderr);
}

int cmd_compile(const cli_options *options)
{
    if (options->operand_count > 1 || !options->out) {
        fputs("attache: 'compile' wants a file to write, and one folder of rules at most: attache compile [DIR] -o FILE\n",
              stderr);
        return EXIT_USAGE;
    }
    if (!cli_inputs_spare(options->operands, options->operand_count, options->out)) return EXIT_USAGE;
    if (!cli_inputs_spare(options->with, options->with_count, options->out)) return EXIT_USAGE;
    if (strcmp(options->out, "-") == 0 && isatty(STDOUT_FILENO)) {
        fputs("attache: compiled rules are nothing for a terminal; name a file\n", stderr);
        return EXIT_USAGE;
    }
    att_engine_options rules = { .rules = options->operand_count ? options->operands[0] : NULL,
                                 .with = options->with,
                                 .with_count = options->with_count };
    char *bytes;
    size_t size;
    att_status status = att_compile(&rules, print, NULL, &bytes, &size);
    if (status != ATT_OK) {
        cli_say("attache: %s; nothing was written\n", att_status_text(status));
        return status == ATT_RULES ? EXIT_FINDINGS : EXIT_SYSTEM;
    }
    int written = cli_output_whole(options->out, bytes, size);
    free(bytes);
    return written;
}

/* cmd_stats.c - what the rules hold, counted. */
#include <stdio.h>
#include <stdlib.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/say.h"
#include "tools/tools.h"

int cmd_stats(const cli_options *options)
{
    if (options->operand_count > 0) {
        cli_say("attache: 'stats' takes no file; did you mean 'stats --rules %s'?\n", options->operands[0]);
        return EXIT_USAGE;
    }
    att_engine_options rules = { .rules = options->rules, .with = options->with, .with_count = options->with_count };
    att_stats_options wanted = { options->by, options->format };
    char *bytes;
    size_t size;
    cli_findings findings = { 0 };
    att_status status = att_stats(&rules, &wanted, cli_hear, &findings, &bytes, &size);
    if (status == ATT_RULES) {
        cli_tell_findings(&findings, "nothing was counted");
        return EXIT_FINDINGS;
    }
    if (status != ATT_OK) return cli_cannot_go_on(status);
    fwrite(bytes, 1, size, stdout);
    free(bytes);
    return EXIT_DONE;
}

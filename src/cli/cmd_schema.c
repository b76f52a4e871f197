/* cmd_schema.c - the JSON Schema of the record, as it was built in. */
#include <stdio.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/say.h"

int cmd_schema(const cli_options *options)
{
    if (options->operand_count > 0) {
        cli_say("attache: 'schema' takes no file, as in '%s'\n", options->operands[0]);
        return EXIT_USAGE;
    }
    fputs(att_schema(), stdout);
    return EXIT_DONE;
}

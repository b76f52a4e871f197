/* cmd_import.c - names and patterns of other systems as a rule file. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/say.h"
#include "tools/tools.h"

static void tell(void *user, const char *text)
{
    (void)user;
    cli_say("attache: %s\n", text);
}

static int write_rules(const cli_options *options, const att_import_result *result)
{
    int status = cli_output_whole(options->out, result->bytes, result->size);
    if (status) return status;
    cli_say("attache: %zu name%s taken, %zu left out\n", result->taken, result->taken == 1 ? " or pattern" : "s and patterns",
            result->left_out);
    return result->left_out ? EXIT_DOCUMENTS : EXIT_DONE;
}

static int import(const cli_options *options, const att_engine *engine)
{
    att_import_options wanted = { .format = options->from, .map = options->map, .pack = options->pack, .left_out = tell };
    att_import_result result;
    att_status made = att_import(engine, options->operands, options->operand_count, &wanted, &result);
    int status = EXIT_DONE;
    if (made == ATT_OPTION) {
        cli_say("attache: '--map': %s\n", result.problem);
        status = EXIT_USAGE;
    } else if (made != ATT_OK) status = cli_cannot_go_on(made);
    else if (result.broken) status = EXIT_DOCUMENTS;
    else if (!result.taken) {
        fputs(
            "attache: nothing there to import; a plain list or a table of names needs none: rules/README.md, \"Data files\"\n",
            stderr);
        status = EXIT_DOCUMENTS;
    } else status = write_rules(options, &result);
    free(result.bytes);
    free(result.problem);
    return status;
}

int cmd_import(const cli_options *options)
{
    if (!options->operand_count) {
        fputs("attache: 'import' wants files; see attache import --help\n", stderr);
        return EXIT_USAGE;
    }
    if (!cli_inputs_spare(options->operands, options->operand_count, options->out)) return EXIT_USAGE;
    att_engine *engine = NULL;
    int status = cli_load_rules(options, true, &engine);
    if (!status) status = import(options, engine);
    att_engine_free(engine);
    return status;
}

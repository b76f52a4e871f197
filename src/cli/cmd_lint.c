/* cmd_lint.c - rules checked without reading documents; the findings are the output. */
#include <stdio.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/say.h"
#include "tools/tools.h"

static void print(void *user, const att_finding *finding)
{
    (void)user;
    fputs(finding->text, stdout);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

int cmd_lint(const cli_options *options)
{
    if (options->operand_count > 0) {
        cli_say("attache: 'lint' takes no file; did you mean 'lint --rules %s'?\n", options->operands[0]);
        return EXIT_USAGE;
    }
    att_engine_options rules = { .rules = options->rules, .with = options->with, .with_count = options->with_count };
    size_t errors = 0, warnings = 0, files = 0;
    att_status status = att_lint(&rules, options->strict, print, NULL, &errors, &warnings, &files);
    if (status != ATT_OK && status != ATT_RULES) return cli_cannot_read_rules(options, status);
    printf("%zu error%s, %zu warning%s in %zu rule file%s\n", errors, plural(errors), warnings, plural(warnings), files,
           plural(files));
    return status == ATT_OK ? EXIT_DONE : EXIT_FINDINGS;
}

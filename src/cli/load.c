#include "cli/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"

int cli_cannot_go_on(att_status status)
{
    fprintf(stderr, "attache: %s\n", status == ATT_IO ? strerror(errno) : att_status_text(status));
    return EXIT_SYSTEM;
}

static void hear(void *user, const att_finding *finding)
{
    bool *shown = user;
    if (finding->severity != ATT_NOTE) *shown = finding->severity == ATT_ERROR;
    if (*shown) fputs(finding->text, stderr);
}

int cli_load_rules(const cli_options *options, att_engine **engine)
{
    att_engine_options rules = {
        .rules = options->rules, .with = options->with, .with_count = options->with_count, .texts = true
    };
    bool shown = false;
    att_status status = att_engine_new(engine, &rules, hear, &shown);
    if (status != ATT_RULES) return status == ATT_OK ? EXIT_DONE : cli_cannot_go_on(status);
    fputs("attache: errors in the rules; no document was read\n", stderr);
    return EXIT_FINDINGS;
}

att_status cli_open_reader(const cli_options *options, att_reader **reader)
{
    att_reader_options reading = cli_reader_options(options);
    att_status status = att_reader_new(reader, &reading);
    if (status == ATT_OK && options->operand_count == 0) status = att_reader_add(*reader, "-");
    for (size_t i = 0; i < options->operand_count && status == ATT_OK; i++)
        status = att_reader_add(*reader, options->operands[i]);
    return status;
}

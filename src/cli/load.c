#include "cli/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/say.h"

enum { MOST_ERRORS = 20 };

int cli_cannot_go_on(att_status status)
{
    cli_say("attache: %s\n", status == ATT_IO ? strerror(errno) : att_status_text(status));
    return EXIT_SYSTEM;
}

int cli_cannot_read_rules(const cli_options *options, att_status status)
{
    const char *in = options->rules ? " in " : "", *rules = options->rules ? options->rules : "";
    cli_say("attache: cannot read the rules%s%s: %s\n", in, rules,
            status == ATT_IO ? strerror(errno) : att_status_text(status));
    return EXIT_SYSTEM;
}

void cli_hear(void *user, const att_finding *finding)
{
    cli_findings *self = user;
    bool told = finding->severity == ATT_ERROR || self->warnings;
    if (finding->severity != ATT_NOTE) self->shown = told && self->errors < MOST_ERRORS;
    self->errors += finding->severity == ATT_ERROR;
    if (self->shown) fputs(finding->text, stderr);
}

void cli_tell_findings(const cli_findings *self, const char *undone)
{
    cli_say("attache: %zu error%s in the rules; %s", self->errors, self->errors == 1 ? "" : "s", undone);
    if (self->errors > MOST_ERRORS) cli_say("; the first %d are shown; attache lint shows all", MOST_ERRORS);
    fputc('\n', stderr);
}

/* Whether the output leaves the rules alone. */
static bool spares_rules(const cli_options *options)
{
    return (!options->rules || cli_inputs_spare(&options->rules, 1, options->out))
           && cli_inputs_spare(options->with, options->with_count, options->out);
}

/* Whether the country that --origin gives is one of ISO 3166-1 or of the rules. */
static bool knows_origin(const char *origin, const att_engine *engine)
{
    const char *name;
    if (!origin || att_is_country(origin)) return true;
    for (size_t i = 0; (name = att_engine_name(engine, ATT_NAMED_ACTOR, i)); i++)
        if (strcasecmp(name, origin) == 0) return true;
    cli_say("attache: '--origin' has '%s', which is no country's code, neither in ISO 3166-1 alpha-3 nor in the rules\n",
            origin);
    return false;
}

int cli_load_rules(const cli_options *options, bool texts, att_engine **engine)
{
    if (!spares_rules(options)) return EXIT_USAGE;
    att_engine_options rules = {
        .rules = options->rules,
        .with = options->with,
        .with_count = options->with_count,
        .max_topics = (uint32_t)options->max_topics,
        .reference = options->engine && strcmp(options->engine, "reference") == 0,
        .texts = texts,
    };
    cli_findings findings = { .warnings = options->verbose };
    att_status status = att_engine_new(engine, &rules, cli_hear, &findings);
    if (status == ATT_OK && knows_origin(options->origin, *engine)) return EXIT_DONE;
    if (status == ATT_OK) return EXIT_USAGE; /* the engine goes with the command */
    if (status != ATT_RULES) return cli_cannot_read_rules(options, status);
    cli_tell_findings(&findings, "no document was read");
    return EXIT_FINDINGS;
}

bool cli_has_input(const cli_options *options)
{
    if (options->operand_count || !isatty(STDIN_FILENO)) return true;
    fputs("attache: no input; give files, folders or -\n", stderr);
    return false;
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

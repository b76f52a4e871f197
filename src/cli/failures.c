#include "cli/failures.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/say.h"

enum { SHOWN = 20 };

void cli_failures_tell(uint64_t number, const char *source, const char *code, const char *message)
{
    if (number <= SHOWN) cli_say("attache: %s: %s %s\n", source, code, message ? message : "");
}

void cli_warned_note(cli_warned *self, const char *id, const char *code, const char *message)
{
    if (code && !self->count++) snprintf(self->first, sizeof self->first, "%s: %s %s", id, code, message);
}

void cli_warned_tell(const cli_warned *self)
{
    if (self->count == 1) cli_say("attache: 1 document has a warning: %s\n", self->first);
    else if (self->count) cli_say("attache: %" PRIu64 " documents have warnings; the first: %s\n", self->count, self->first);
}

void cli_failures_fields(const cli_options *options, const att_reader *reader)
{
    const char *name;
    for (size_t i = 0; (name = att_reader_empty_field(reader, i)); i++)
        cli_say("attache: no line has a value in the field '%s'\n", name);
    if (att_reader_met_lines(reader) || !att_reader_bytes(reader)) return;
    for (size_t i = 0; (name = cli_options_given(options, CLI_ABOUT_LINES, i)); i++)
        cli_say("attache: '--%s' is for JSON Lines, and no input was that\n", name);
}

void cli_failures_count(uint64_t failed, uint64_t documents, bool skipped)
{
    if (!failed) return;
    cli_say("attache: %" PRIu64 " of %" PRIu64 " document%s failed", failed, documents, documents == 1 ? "" : "s");
    if (failed > SHOWN) cli_say("; the first %d are shown", SHOWN);
    if (skipped) fputs("; no record was written for them", stderr);
    fputc('\n', stderr);
}

#include "cli/failures.h"

#include <inttypes.h>
#include <stdio.h>

enum { SHOWN = 20 };

void cli_print_clean(const char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        fputc(byte < 0x20 || byte == 0x7f ? '?' : byte, stderr);
    }
}

void cli_failures_tell(uint64_t number, const char *source, const char *code, const char *message)
{
    if (number > SHOWN) return;
    fputs("attache: ", stderr);
    cli_print_clean(source);
    fprintf(stderr, ": %s ", code);
    cli_print_clean(message ? message : "");
    fputc('\n', stderr);
}

void cli_failures_count(uint64_t failed, uint64_t documents, bool skipped)
{
    if (!failed) return;
    fprintf(stderr, "attache: %" PRIu64 " of %" PRIu64 " document%s failed", failed, documents, documents == 1 ? "" : "s");
    if (failed > SHOWN) fprintf(stderr, "; the first %d are shown", SHOWN);
    if (skipped) fputs("; no record was written for them", stderr);
    fputc('\n', stderr);
}

#include "cli/failures.h"

#include <inttypes.h>
#include <stdio.h>

enum { SHOWN = 20 };

/* Bytes of the control character there, 0 where none is: ASCII's, and U+0080 to U+009F, which some terminals obey too. */
static int control(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] == 0xC2 && bytes[1] >= 0x80 && bytes[1] < 0xA0) return 2;
    return bytes[0] < 0x20 || bytes[0] == 0x7F;
}

void cli_print_clean(FILE *out, const char *text, bool lines)
{
    while (*text) {
        int length = lines && *text == '\n' ? 0 : control(text);
        fputc(length ? '?' : *text, out);
        text += length ? length : 1;
    }
}

void cli_failures_tell(uint64_t number, const char *source, const char *code, const char *message)
{
    if (number > SHOWN) return;
    fputs("attache: ", stderr);
    cli_print_clean(stderr, source, false);
    fprintf(stderr, ": %s ", code);
    cli_print_clean(stderr, message ? message : "", false);
    fputc('\n', stderr);
}

void cli_failures_fields(const att_reader *reader)
{
    const char *name;
    for (size_t i = 0; (name = att_reader_empty_field(reader, i)); i++)
        fprintf(stderr, "attache: no line has a value in the field '%s'\n", name);
}

void cli_failures_count(uint64_t failed, uint64_t documents, bool skipped)
{
    if (!failed) return;
    fprintf(stderr, "attache: %" PRIu64 " of %" PRIu64 " document%s failed", failed, documents, documents == 1 ? "" : "s");
    if (failed > SHOWN) fprintf(stderr, "; the first %d are shown", SHOWN);
    if (skipped) fputs("; no record was written for them", stderr);
    fputc('\n', stderr);
}

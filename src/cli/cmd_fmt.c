/* cmd_fmt.c - rule files in their usual layout. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/say.h"
#include "tools/tools.h"

enum { STEP = 1 << 16 };

static void hear(void *user, const att_finding *finding)
{
    (void)user;
    fputs(finding->text, stderr);
}

static void print(void *user, const char *path)
{
    (void)user;
    puts(path);
}

/* ---- standard input ---- */

static char *read_all(size_t *size)
{
    char *bytes = NULL;
    size_t capacity = 0, got = 0;
    *size = 0;
    do {
        *size += got;
        if (capacity - *size < STEP) {
            char *larger = realloc(bytes, capacity = capacity * 2 + STEP);
            if (!larger) free(bytes);
            if (!larger) return NULL;
            bytes = larger;
        }
        got = fread(bytes + *size, 1, STEP, stdin);
    } while (got);
    return bytes;
}

static int format_input(const cli_options *options)
{
    size_t size, length = 0;
    char *bytes = read_all(&size), *formatted = NULL;
    if (bytes && ferror(stdin)) {
        cli_say("attache: cannot read standard input: %s\n", strerror(errno));
        free(bytes);
        return EXIT_DOCUMENTS;
    }
    att_status status = bytes ? att_fmt_text(bytes, size, hear, NULL, &formatted, &length) : ATT_NOMEM;
    bool same = formatted && size == length && memcmp(bytes, formatted, size) == 0;
    if (formatted && !options->check) fwrite(formatted, 1, length, stdout);
    free(bytes);
    free(formatted);
    if (status == ATT_RULES) return EXIT_FINDINGS;
    if (status != ATT_OK) return cli_cannot_go_on(status);
    return options->check && !same ? EXIT_FINDINGS : EXIT_DONE;
}

/* ---- files ---- */

static int format_files(const cli_options *options)
{
    att_fmt_options wanted = { .check = options->check, .print = print };
    att_fmt_result result;
    att_status status = att_fmt(options->operands, options->operand_count, &wanted, hear, NULL, &result);
    if (status == ATT_IO) {
        cli_say("attache: cannot write %s: %s\n", result.path, strerror(errno));
        return EXIT_SYSTEM;
    }
    if (status == ATT_RULES) return result.unread ? EXIT_DOCUMENTS : EXIT_FINDINGS;
    if (status != ATT_OK) return cli_cannot_go_on(status);
    if (!result.files) {
        fputs("attache: no rule files there (*.rules)\n", stderr);
        return EXIT_USAGE;
    }
    return options->check && result.changed ? EXIT_FINDINGS : EXIT_DONE;
}

int cmd_fmt(const cli_options *options)
{
    if (!options->operand_count) {
        fputs("attache: 'fmt' wants files or folders of rules, or - for standard input\n", stderr);
        return EXIT_USAGE;
    }
    bool input = false;
    for (size_t i = 0; i < options->operand_count; i++) input = input || strcmp(options->operands[i], "-") == 0;
    if (!input) return format_files(options);
    if (options->operand_count == 1) return format_input(options);
    fputs("attache: standard input (-) stands alone\n", stderr);
    return EXIT_USAGE;
}

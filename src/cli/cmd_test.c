/* cmd_test.c - the tests in the rules, run. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/say.h"
#include "tools/tools.h"

static void show(void *user, const char *text)
{
    (void)user;
    fputs(text, stdout);
}

/* How many parts of the rules were left out, on a terminal. */
static void show_progress(void *user, size_t done, size_t all)
{
    (void)user;
    if (done < all) fprintf(stderr, "\r%zu of %zu parts left out\033[K", done, all);
    else fputs("\r\033[K", stderr);
}

/* Errors, with the notes that belong to them; what no test tries or would miss, which is what was asked for. */
static void hear(void *user, const att_finding *finding)
{
    bool *shown = user, asked = strcmp(finding->code, "C13") == 0 || strcmp(finding->code, "C16") == 0;
    if (finding->severity != ATT_NOTE) *shown = finding->severity == ATT_ERROR || asked;
    if (*shown) fputs(finding->text, asked ? stdout : stderr);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static int refused(const cli_options *options)
{
    if (options->operand_count) {
        cli_say("attache: 'test' takes no file; did you mean 'test --with %s'?\n", options->operands[0]);
        return EXIT_USAGE;
    }
    if (options->update && !options->rules && !options->with_count) {
        fputs("attache: '--update' rewrites files; say which with --rules or --with\n", stderr);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int failed(const cli_options *options, att_status status, const att_test_result *result)
{
    if (!*result->path) return cli_cannot_read_rules(options, status);
    const char *why = status == ATT_IO ? strerror(errno) : att_status_text(status);
    cli_say("attache: cannot rewrite %s: %s\n", result->path, why);
    return EXIT_SYSTEM;
}

static int summary(const cli_options *options, const att_test_result *result)
{
    if (result->rewritten) printf("%zu line%s rewritten\n", result->rewritten, plural(result->rewritten));
    printf("%zu test%s passed, %zu failed, %zu known miss%s\n", result->passed, plural(result->passed), result->failed,
           result->known, result->known == 1 ? "" : "es");
    if (options->coverage)
        printf("%zu rule%s without a positive or a negative test\n", result->untried, plural(result->untried));
    if (options->mutate && result->failed) {
        if (fflush(stdout) == 0) cli_say("attache: no part was left out, as a test fails with all of them\n");
    } else if (options->mutate)
        printf("%zu part%s tested, %zu untested, %zu that the rules need to be read\n", result->tested, plural(result->tested),
               result->untested, result->needed);
    if (result->unused == options->only_count)
        return result->failed + result->untried + result->untested ? EXIT_FINDINGS : EXIT_DONE;
    cli_say("attache: '--only' has '%s', and no pack, rule or test is called so\n", options->only[result->unused]);
    return EXIT_USAGE;
}

int cmd_test(const cli_options *options)
{
    int status = refused(options);
    if (status != EXIT_DONE) return status;
    bool shown = false;
    att_engine_options rules = {
        .rules = options->rules, .with = options->with, .with_count = options->with_count, .texts = true
    };
    att_test_options test = { .only = options->only,
                              .only_count = options->only_count,
                              .update = options->update,
                              .coverage = options->coverage,
                              .mutate = options->mutate,
                              .progress = isatty(STDERR_FILENO) && !options->quiet ? show_progress : NULL,
                              .quiet = options->quiet,
                              .print = show };
    att_test_result result;
    att_status done = att_run_tests(&rules, &test, hear, &shown, &result);
    if (done != ATT_OK && done != ATT_RULES) return failed(options, done, &result);
    if (!result.findings) return summary(options, &result);
    cli_say("attache: %zu error%s in the rules; no test was run\n", result.findings, plural(result.findings));
    return EXIT_FINDINGS;
}

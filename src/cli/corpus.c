#include "cli/corpus.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/failures.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/stop.h"

int cli_corpus_open(cli_corpus *self, const cli_options *options)
{
    *self = (cli_corpus){ .options = options };
    if (!cli_has_input(options)) return EXIT_USAGE;
    if (!cli_inputs_apart(options->operands, options->operand_count, options->out)) return EXIT_USAGE;
    int loaded = cli_load_rules(options, true, &self->engine);
    if (loaded) return loaded;
    att_status status = cli_open_reader(options, &self->reader);
    if (status == ATT_OK) status = att_doc_new(&self->doc, self->engine);
    if (status == ATT_OK) att_doc_set_statements(self->doc, options->statements || options->unused);
    return status == ATT_OK ? EXIT_DONE : cli_cannot_go_on(status);
}

/* A document that can't be read is told in its place, as by tag; warnings in the end. */
static void tell_failed(cli_corpus *self, cli_progress *progress)
{
    const char *message, *code = att_doc_error(self->doc, &message);
    if (!code) {
        code = att_doc_warning(self->doc, &message);
        cli_warned_note(&self->warned, att_doc_id(self->doc), code, message);
        return;
    }
    self->failed++;
    if (self->options->quiet) return;
    cli_progress_hide(progress);
    cli_failures_tell(self->failed, att_doc_source(self->doc), code, message);
}

int cli_corpus_read(cli_corpus *self, att_status (*take)(void *user), void *user)
{
    cli_progress progress;
    cli_progress_start(&progress, isatty(STDERR_FILENO) && !self->options->quiet, 0);
    cli_stop_watch();
    while (!cli_stop_signal()) {
        cli_stop_reading(true);
        att_status status = att_reader_next(self->reader, self->doc);
        cli_stop_reading(false);
        if (status == ATT_END) break;
        if (status == ATT_OK) status = take(user);
        if (status != ATT_OK) return cli_cannot_go_on(status);
        self->documents++;
        tell_failed(self, &progress);
        cli_progress_tell(&progress, self->documents, att_reader_bytes(self->reader));
    }
    cli_progress_hide(&progress);
    return EXIT_DONE;
}

int cli_corpus_stopped(const cli_corpus *self, const char *what)
{
    cli_say("attache: stopped by %s after %" PRIu64 " document%s; %s\n", cli_stop_signal() == SIGINT ? "SIGINT" : "SIGTERM",
            self->documents, self->documents == 1 ? "" : "s", what);
    return EXIT_BY_SIGNAL + cli_stop_signal();
}

int cli_corpus_tell(const cli_corpus *self, const char *bytes, size_t size)
{
    fwrite(bytes, 1, size, stdout);
    if (cli_stop_signal()) return cli_corpus_stopped(self, "what was written is of these");
    if (self->reader && !self->options->quiet) {
        cli_failures_fields(self->options, self->reader);
        cli_warned_tell(&self->warned);
    }
    if (!self->failed) return EXIT_DONE;
    if (!self->options->quiet) cli_failures_count(self->failed, self->documents, false);
    return EXIT_DOCUMENTS;
}

void cli_corpus_close(cli_corpus *self)
{
    att_doc_free(self->doc);
    att_reader_free(self->reader);
    att_engine_free(self->engine);
}

static int write_survey(const cli_corpus *self, const cli_survey *survey, void *made)
{
    const char *bytes;
    size_t size;
    att_status status = survey->write(made, self->options, &bytes, &size);
    return status == ATT_OK ? cli_corpus_tell(self, bytes, size) : cli_cannot_go_on(status);
}

int cli_corpus_survey(const cli_options *options, const cli_survey *survey)
{
    cli_corpus corpus;
    void *made = NULL;
    int status = cli_corpus_open(&corpus, options);
    if (!status) {
        att_status begun = survey->make(&made, corpus.engine, corpus.doc);
        status = begun == ATT_OK ? cli_corpus_read(&corpus, survey->take, made) : cli_cannot_go_on(begun);
    }
    if (!status) status = write_survey(&corpus, survey, made);
    survey->free(made);
    cli_corpus_close(&corpus);
    return status;
}

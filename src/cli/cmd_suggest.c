/* cmd_suggest.c - what the rules miss in a corpus, as blocks ready to paste; with --unused, what in them fires nowhere. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/stop.h"
#include "tools/tools.h"

enum { BLOCKS = 100 };

typedef struct {
    const cli_options *options;
    att_engine *engine;
    att_reader *reader;
    att_doc *doc;
    att_suggest *suggest;
    cli_progress progress;
    uint64_t documents, failed;
} run;

static int make_reader(run *self)
{
    att_status status = cli_open_reader(self->options, &self->reader);
    if (status == ATT_OK) status = att_doc_new(&self->doc, self->engine);
    if (status == ATT_OK) status = att_suggest_new(&self->suggest, self->engine, self->doc);
    return status == ATT_OK ? EXIT_DONE : cli_cannot_go_on(status);
}

static int read_all(run *self)
{
    cli_progress_start(&self->progress, isatty(STDERR_FILENO) && !self->options->quiet, 0);
    cli_stop_watch(); /* stopped, it shows what it has */
    while (!cli_stop_signal()) {
        cli_stop_reading(true);
        att_status status = att_reader_next(self->reader, self->doc);
        cli_stop_reading(false);
        if (status == ATT_END) break;
        if (status == ATT_OK) status = att_suggest_take(self->suggest);
        if (status != ATT_OK) return cli_cannot_go_on(status);
        self->documents++;
        self->failed += att_doc_error(self->doc, NULL) != NULL;
        cli_progress_tell(&self->progress, self->documents, att_reader_bytes(self->reader));
    }
    cli_progress_hide(&self->progress);
    return EXIT_DONE;
}

static int write_all(run *self)
{
    att_suggest_options wanted = { .unused = self->options->unused,
                                   .limit = self->options->limit ? (uint32_t)self->options->limit : BLOCKS };
    const char *bytes;
    size_t size;
    att_status status = att_suggest_write(self->suggest, &wanted, &bytes, &size);
    if (status != ATT_OK) return cli_cannot_go_on(status);
    fwrite(bytes, 1, size, stdout);
    if (cli_stop_signal()) return EXIT_BY_SIGNAL + cli_stop_signal();
    if (!self->failed) return EXIT_DONE;
    fprintf(stderr, "attache: %llu of %llu documents failed\n", (unsigned long long)self->failed,
            (unsigned long long)self->documents);
    return EXIT_DOCUMENTS;
}

int cmd_suggest(const cli_options *options)
{
    if (options->operand_count == 0 && isatty(STDIN_FILENO)) {
        fputs("attache: no input; give files, folders or -\n", stderr);
        return EXIT_USAGE;
    }
    run self = { .options = options };
    int status = cli_load_rules(self.options, &self.engine);
    if (!status) status = make_reader(&self);
    if (!status) status = read_all(&self);
    if (!status) status = write_all(&self);
    att_suggest_free(self.suggest);
    att_doc_free(self.doc);
    att_reader_free(self.reader);
    att_engine_free(self.engine);
    return status;
}

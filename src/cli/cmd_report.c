/* cmd_report.c - a corpus, or the records of one, as one HTML page. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/corpus.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/records.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "tools/tools.h"

typedef struct {
    const cli_options *options;
    att_page *report;
    cli_corpus corpus;
    att_writer *writer;
    cli_operands operands;
    const char **documents; /* those that are no records */
    size_t document_count;
    bool damaged; /* records were left out */
} run;

/* ---- records ---- */

static int take_records(run *self, const char *path)
{
    cli_records records;
    const char *why = NULL;
    int status = EXIT_DONE;
    if (!cli_records_open(&records, path)) return EXIT_DOCUMENTS;
    while (!status && cli_records_next(&records, &status)) {
        att_status added = att_page_add(self->report, records.line, records.size, &why);
        if (added != ATT_OK) status = cli_cannot_go_on(added);
        else if (why) {
            cli_records_refuse(&records, why);
            self->damaged = self->damaged || att_is_damaged(why);
            if (!att_is_damaged(why)) status = EXIT_DOCUMENTS;
        }
    }
    cli_records_close(&records);
    return status;
}

static bool is_any_document(const run *self)
{
    for (size_t i = 0; i < self->operands.count; i++)
        if (!cli_records_are(self->operands.items[i], self->options->input_format)) return true;
    return false;
}

/* Whether an option about documents was given, and all operands are records. Their heads are read only where one was. */
static bool is_in_vain(const run *self)
{
    return cli_options_given(self->options, CLI_ABOUT_DOCUMENTS, 0) && !is_any_document(self)
           && !cli_records_alone(self->options);
}

/* What is no records is annotated. */
static int take_operands(run *self)
{
    int status = is_in_vain(self) ? EXIT_USAGE : EXIT_DONE;
    for (size_t i = 0; i < self->operands.count && !status; i++) {
        const char *path = self->operands.items[i];
        if (cli_records_are(path, self->options->input_format)) status = take_records(self, path);
        else self->documents[self->document_count++] = path;
    }
    return status;
}

/* ---- documents ---- */

static att_status take_document(void *user)
{
    run *self = user;
    const char *bytes, *why;
    size_t size;
    att_status status = att_doc_tag(self->corpus.doc);
    if (status == ATT_OK) status = att_writer_write(self->writer, self->corpus.doc, &bytes, &size);
    if (status == ATT_OK) status = att_page_add(self->report, bytes, size, &why);
    return status;
}

static int annotate(run *self)
{
    cli_options options = *self->options;
    if (!self->document_count) return EXIT_DONE;
    options.operands = self->documents;
    options.operand_count = self->document_count;
    att_writer_options writing = { .text = true };
    int status = cli_corpus_open(&self->corpus, &options);
    if (status) return status;
    att_status made = att_writer_new(&self->writer, self->corpus.engine, &writing);
    if (made != ATT_OK) return cli_cannot_go_on(made);
    status = cli_corpus_read(&self->corpus, take_document, self);
    self->corpus.options = self->options;
    return status;
}

/* ---- the page ---- */

/* Records bring their statements or have none. */
static void tell_unsaid(const run *self)
{
    const uint64_t count = att_page_unsaid(self->report);
    if (!self->options->statements || self->options->quiet || !count) return;
    cli_say("attache: %" PRIu64 " record%s made without statements; attache tag --statements puts them in\n", count,
            count == 1 ? " was" : "s were");
}

static int write_page(run *self)
{
    const char *bytes;
    size_t size;
    if (cli_stop_signal()) return cli_corpus_stopped(&self->corpus, "the page was not written");
    att_status made = att_page_write(self->report, &bytes, &size);
    if (made != ATT_OK) return cli_cannot_go_on(made);
    int status = cli_output_whole(self->options->out, bytes, size);
    if (!status) tell_unsaid(self);
    if (!status) status = cli_corpus_tell(&self->corpus, "", 0);
    return !status && self->damaged ? EXIT_DOCUMENTS : status;
}

int cmd_report(const cli_options *options)
{
    if (options->operand_count == 0 && isatty(STDIN_FILENO)) {
        fputs("attache: no input; give files, folders, records of tag, or - for records on standard input\n", stderr);
        return EXIT_USAGE;
    }
    if (!cli_inputs_apart(options->operands, options->operand_count, options->out)) return EXIT_USAGE;
    run self = { .options = options };
    if (cli_operands_take(&self.operands, options)) self.documents = calloc(self.operands.count + 1, sizeof *self.documents);
    att_status made = self.documents ? att_page_new(&self.report, (uint32_t)options->limit) : ATT_NOMEM;
    int status = made == ATT_OK ? take_operands(&self) : cli_cannot_go_on(made);
    if (!status) status = annotate(&self);
    if (!status) status = write_page(&self);
    att_writer_free(self.writer);
    cli_corpus_close(&self.corpus);
    att_page_free(self.report);
    free(self.documents);
    cli_operands_clear(&self.operands);
    return status;
}

/* cmd_store.c - a corpus, or the records of one, as rows of one SQLite file. */
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/batch.h"
#include "cli/commands.h"
#include "cli/failures.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/records.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "tools/tools.h"

enum { SHOWN = 20 };

typedef struct {
    const cli_options *options;
    att_engine *engine; /* NULL until there is something to annotate */
    att_store *store;
    cli_progress progress;
    cli_warned warned;
    uint64_t read, failed, refused; /* documents annotated; those of them that failed; lines that are no records */
    uint64_t unread;                /* files of records that could not be read to their end */
    uint64_t bytes;                 /* read before the inputs at hand */
    bool broken;                    /* nothing more can be stored; that was told */
    int status;                     /* of what ended the run before its end */
} run;

/* ---- messages ---- */

static const char *documents(uint64_t count)
{
    return count == 1 ? "document" : "documents";
}

/* The store can't be opened or written any more. */
static int cannot_store(run *self, att_status status)
{
    const char *path = self->options->out, *why = att_store_problem(self->store);
    uint64_t whole = self->store ? att_store_counted(self->store).whole : 0;
    cli_progress_hide(&self->progress);
    self->broken = true;
    cli_say("attache: cannot write %s: %s", path, why);
    if (whole) cli_say("; %" PRIu64 " %s of this run %s in it", whole, documents(whole), whole == 1 ? "is" : "are");
    fputc('\n', stderr);
    return status == ATT_OPTION ? EXIT_USAGE : EXIT_SYSTEM;
}

static void tell_failures(run *self)
{
    uint64_t replaced = att_store_counted(self->store).replaced;
    if (!att_store_counted(self->store).documents && !self->refused && !self->unread)
        fputs("attache: there was no document to read\n", stderr);
    cli_warned_tell(&self->warned);
    cli_failures_count(self->failed, self->read, false);
    if (self->refused)
        cli_say("attache: %" PRIu64 " line%s no record and %s left out\n", self->refused, self->refused == 1 ? " is" : "s are",
                self->refused == 1 ? "was" : "were");
    if (replaced)
        cli_say("attache: %" PRIu64 " %s took the place of %s with the same id%s\n", replaced, documents(replaced),
                replaced == 1 ? "one" : "ones", replaced == 1 ? "" : "s");
}

static void tell_summary(run *self)
{
    if (self->options->quiet || !(self->options->verbose || isatty(STDERR_FILENO))) return;
    cli_progress_summary(&self->progress, att_store_counted(self->store).documents, att_store_counted(self->store).failed,
                         self->bytes);
}

/* ---- records ---- */

/* What is no record is told and passed over. */
static void refuse(run *self, const cli_records *records, const char *why)
{
    self->refused++;
    if (self->options->quiet || self->refused > SHOWN) return;
    cli_progress_hide(&self->progress);
    cli_records_refuse(records, why);
}

static bool take_line(run *self, const cli_records *records)
{
    att_store_record *record = att_store_read(records->line, records->size);
    att_status status = ATT_NOMEM;
    self->bytes += records->size + 1;
    cli_progress_tell(&self->progress, att_store_counted(self->store).documents, self->bytes);
    if (record && att_store_refused(record)) {
        refuse(self, records, att_store_refused(record));
        att_store_drop(record);
        return true;
    }
    if (record) status = att_store_add(self->store, record);
    if (status != ATT_OK) self->status = cannot_store(self, status);
    return status == ATT_OK;
}

/* A file that can't be read to its end leaves what stands before in the store. */
static void take_records(run *self, const char *path)
{
    cli_records records;
    int status = EXIT_DONE;
    bool open = cli_records_open(&records, path);
    while (open && !cli_stop_signal() && !self->status && cli_records_next(&records, &status)) take_line(self, &records);
    self->unread += !open || status == EXIT_DOCUMENTS;
    if (status == EXIT_SYSTEM) self->status = status;
    if (open) cli_records_close(&records);
}

/* ---- documents ---- */

static bool is_wanted(void *user, const char *id, uint64_t number)
{
    (void)user, (void)id, (void)number;
    return true;
}

static void *prepare(const char *bytes, size_t size)
{
    return att_store_read(bytes, size);
}

static void drop(void *made)
{
    att_store_drop(made);
}

static bool deliver(void *user, const cli_result *result)
{
    run *self = user;
    att_status status = att_store_add(self->store, result->made);
    self->read++;
    self->failed += result->code != NULL;
    cli_warned_note(&self->warned, result->id, result->warning, result->message);
    if (result->code && !self->options->quiet) {
        cli_progress_hide(&self->progress);
        cli_failures_tell(self->failed, result->source, result->code, result->message);
    }
    if (status != ATT_OK) self->status = cannot_store(self, status);
    cli_progress_tell(&self->progress, att_store_counted(self->store).documents, self->bytes + result->taken);
    return status == ATT_OK;
}

static att_status annotate_all(run *self, att_reader *reader)
{
    att_writer_options writing = { .text = true };
    cli_batch batch = {
        .engine = self->engine,
        .reader = reader,
        .writing = &writing,
        .statements = true,
        .threads = self->options->threads ? self->options->threads : cli_batch_cores(),
        .wanted = is_wanted,
        .prepare = prepare,
        .drop = drop,
        .deliver = deliver,
        .user = self,
    };
    return cli_batch_run(&batch);
}

static void annotate(run *self, const char **operands, size_t count)
{
    cli_options options = *self->options;
    att_reader *reader = NULL;
    options.operands = operands;
    options.operand_count = count;
    att_status status = cli_open_reader(&options, &reader);
    if (status == ATT_OK) status = annotate_all(self, reader);
    cli_progress_hide(&self->progress);
    if (status != ATT_OK) self->status = cli_cannot_go_on(status);
    else if (!self->options->quiet && !cli_stop_signal()) cli_failures_fields(self->options, reader);
    if (reader) self->bytes += att_reader_bytes(reader);
    att_reader_free(reader);
}

/* ---- inputs, in their order ---- */

/* Streams are records unless their format is named; so is a file that begins as they do. What else there is, is annotated. */
static bool is_records(const run *self, const char *path)
{
    return cli_records_are(path, self->options->input_format);
}

/* The first operand from `from` on that is records, or their count. */
static size_t next_records(const run *self, size_t from)
{
    while (from < self->options->operand_count && !is_records(self, self->options->operands[from])) from++;
    return from;
}

/* The whole is known where all is to be annotated. */
static void start_progress(run *self)
{
    const cli_options *options = self->options;
    bool shown = isatty(STDERR_FILENO) && !options->quiet, known = next_records(self, 0) == options->operand_count;
    cli_inputs inputs = shown && known ? cli_inputs_look(options->operands, options->operand_count) : (cli_inputs){ 0 };
    cli_progress_start(&self->progress, shown, inputs.files ? inputs.bytes : 0);
}

static void take_all(run *self)
{
    const cli_options *options = self->options;
    for (size_t i = 0; i < options->operand_count && !self->status && !cli_stop_signal();) {
        size_t end = next_records(self, i);
        if (end == i) take_records(self, options->operands[i++]);
        else annotate(self, options->operands + i, end - i);
        if (end > i) i = end;
    }
}

/* ---- the run ---- */

static int open_all(run *self)
{
    const cli_options *options = self->options;
    bool annotates = false;
    for (size_t i = 0; i < options->operand_count; i++) annotates = annotates || !is_records(self, options->operands[i]);
    if (!annotates && !cli_records_alone(options)) return EXIT_USAGE;
    int status = annotates ? cli_load_rules(options, false, &self->engine) : EXIT_DONE;
    if (status) return status;
    cli_stop_watch();
    att_status opened = att_store_open(&self->store, options->out);
    return opened == ATT_OK ? EXIT_DONE : cannot_store(self, opened);
}

static int stopped(const run *self)
{
    uint64_t whole = att_store_counted(self->store).whole;
    cli_say("attache: stopped by %s; %" PRIu64 " %s of this run %s in %s\n", cli_stop_signal() == SIGINT ? "SIGINT" : "SIGTERM",
            whole, documents(whole), whole == 1 ? "is" : "are", self->options->out);
    return EXIT_BY_SIGNAL + cli_stop_signal();
}

/* What was taken stays, whatever ended the run. */
static int finish(run *self)
{
    cli_progress_hide(&self->progress);
    if (self->broken) return self->status;
    att_status status = att_store_finish(self->store);
    if (status != ATT_OK) return cannot_store(self, status);
    if (cli_stop_signal()) return stopped(self);
    if (!self->options->quiet) tell_failures(self);
    tell_summary(self);
    if (self->status) return self->status;
    bool failed = self->failed || self->refused || self->unread;
    return failed && !self->options->errors_ok ? EXIT_DOCUMENTS : EXIT_DONE;
}

static int store(const cli_options *options)
{
    run self = { .options = options };
    int status = open_all(&self);
    if (!status) {
        start_progress(&self);
        take_all(&self);
        status = finish(&self);
    }
    att_store_free(self.store);
    att_engine_free(self.engine);
    return status;
}

static int refuse_options(const cli_options *options)
{
    if (!att_store_built_in()) {
        fputs("attache: 'store' was left out of this program, as SQLite was not there when it was built; install it\n"
              "(Debian: libsqlite3-dev), build again, or take 'tag' and load its records elsewhere\n",
              stderr);
        return EXIT_SYSTEM;
    }
    if (!options->out || strcmp(options->out, "-") == 0) {
        fputs("attache: a store is a file that can be added to; name it with --out FILE\n", stderr);
        return EXIT_USAGE;
    }
    if (!cli_has_input(options)) return EXIT_USAGE;
    return cli_inputs_apart(options->operands, options->operand_count, options->out) ? EXIT_DONE : EXIT_USAGE;
}

int cmd_store(const cli_options *options)
{
    if (options->schema) {
        fputs(att_store_sql(), stdout);
        return EXIT_DONE;
    }
    int status = refuse_options(options);
    if (status) return status;
    cli_operands operands;
    cli_options all = *options;
    if (!cli_operands_take(&operands, options)) status = cli_cannot_go_on(ATT_NOMEM);
    all.operands = operands.items;
    all.operand_count = operands.count;
    if (!status) status = store(&all);
    cli_operands_clear(&operands);
    return status;
}

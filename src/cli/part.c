#include "cli/part.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/say.h"

enum { NOTED_DOCUMENTS = 1024, NOTED_BYTES = 1 << 20 }; /* a line in the journal after so many at most */

/* ---- opening ---- */

/* Whether `out` is a folder, or will be: one that is written with "/" at its end is made, when nothing is wrong with the
 * options. */
static bool is_folder(const char *out)
{
    struct stat about;
    if (stat(out, &about) == 0) return S_ISDIR(about.st_mode);
    return errno == ENOENT && out[strlen(out) - 1] == '/';
}

/* The format is the extension; "-csv" becomes ".csv". NULL when there is no memory. */
static char *part_name(const cli_options *options)
{
    char *name = NULL, *dash;
    const char *out = options->out, *between = out[strlen(out) - 1] == '/' ? "" : "/";
    uint64_t index = options->shard.count ? options->shard.index : 1, count = options->shard.count ? options->shard.count : 1;
    if (asprintf(&name, "%s%spart-%04" PRIu64 "-of-%04" PRIu64 ".%s", out, between, index, count,
                 options->format ? options->format : "jsonl")
        < 0)
        return NULL;
    if ((dash = strrchr(name, '-')) > strrchr(name, '.')) *dash = '.';
    return name;
}

static int cannot_resume(const char *why)
{
    cli_say("attache: '--resume' %s\n", why);
    return EXIT_USAGE;
}

static int cannot_write(const char *path, int error)
{
    if (error != EWOULDBLOCK) return cli_cannot_write(path, error);
    cli_say("attache: cannot write %s: another run is writing it\n", path);
    return EXIT_SYSTEM;
}

/* Records that are files of their own go below a folder, where they take the place of nothing that is read. */
static int check_pairs(const cli_options *options, bool folder)
{
    if (!folder) {
        cli_say("attache: '--format %s' wants a folder, which is made when it ends in '/': --out DIR/\n", options->format);
        return EXIT_USAGE;
    }
    return cli_inputs_outside(options->operands, options->operand_count, options->out) ? EXIT_DONE : EXIT_USAGE;
}

static int find_target(cli_part *self, const cli_options *options)
{
    bool standard = !options->out || strcmp(options->out, "-") == 0, folder = !standard && is_folder(options->out);
    struct stat about;
    int status = att_output_pairs(options->format) ? check_pairs(options, folder) : EXIT_DONE;
    if (status) return status;
    if (options->resume && standard) return cannot_resume("wants a file or folder to write to: --out");
    if (options->resume && !folder && stat(options->out, &about) == 0 && !S_ISREG(about.st_mode))
        return cannot_resume("wants a file or folder to write to, no device or pipe");
    self->journaled = folder || options->resume;
    if (self->journaled) self->target = folder ? part_name(options) : strdup(options->out);
    if (self->journaled && !self->target) return cannot_write(options->out, ENOMEM);
    const char *file = self->journaled ? self->target : options->out;
    return cli_inputs_apart(options->operands, options->operand_count, file) ? EXIT_DONE : EXIT_USAGE;
}

static int open_folder(cli_part *self, const cli_options *options)
{
    const char *out = options->out;
    if (is_folder(out) && mkdir(out, 0777) != 0 && errno != EEXIST) return cannot_write(out, errno);
    if (!att_output_pairs(options->format)) return EXIT_DONE;
    self->folder = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return self->folder < 0 ? cannot_write(out, errno) : EXIT_DONE;
}

static bool is_there(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

/* What the journal says, held against the files. */
static bool take_up(cli_part *self, bool resume, uint64_t *keep)
{
    cli_journal *journal = &self->journal;
    char *temporary = cli_output_part_name(self->target);
    self->whole = journal->last.done && cli_journal_fits(journal, self->target);
    bool fits = self->whole || (temporary && !journal->last.done && cli_journal_fits(journal, temporary));
    free(temporary);
    self->unfit =
        resume && !fits && !journal->changed && (journal->damaged || journal->last.documents || is_there(self->target));
    if (!fits && !cli_journal_begin(journal)) return false;
    self->documents = self->noted = journal->last.documents;
    self->errors = journal->last.errors;
    self->read = journal->last.read;
    *keep = self->noted_bytes = journal->last.bytes;
    return true;
}

static void tell_begin(const cli_part *self, bool quiet)
{
    if (quiet) return;
    if (self->journal.changed)
        cli_say("attache: %s changed since %s was begun; it is made anew\n", self->journal.changed, self->target);
    else if (self->unfit) cli_say("attache: %s and its journal do not fit each other; it is made anew\n", self->target);
    else if (self->whole)
        cli_say("attache: %s is done: %" PRIu64 " document%s, %" PRIu64 " failed\n", self->target, self->documents,
                self->documents == 1 ? "" : "s", self->errors);
    else if (self->read)
        cli_say("attache: %s goes on behind %" PRIu64 " document%s\n", self->target, self->documents,
                self->documents == 1 ? "" : "s");
}

static int open_journaled(cli_part *self, const cli_options *options, const char *rules)
{
    cli_journal_key key = { .options = cli_options_digest(options, CLI_TAG) };
    cli_inputs inputs = cli_inputs_look(options->operands, options->operand_count);
    uint64_t keep = 0;
    if (options->resume && !inputs.files) return cannot_resume("wants files or folders to read, no pipe");
    int status = open_folder(self, options);
    if (status) return status;
    key.inputs = inputs.state;
    snprintf(key.rules, sizeof key.rules, "%s", rules);
    if (!cli_journal_open(&self->journal, self->target, &key, options->resume) || !take_up(self, options->resume, &keep))
        return cannot_write(self->journal.path ? self->journal.path : self->target, self->journal.error);
    tell_begin(self, options->quiet);
    if (self->whole || cli_output_open_part(&self->output, self->target, keep, options->unbuffered)) return EXIT_DONE;
    return cli_output_failed(&self->output, true);
}

/* What stands around records and is none. */
static bool add_frame(cli_part *self, const char *bytes)
{
    size_t size = bytes ? strlen(bytes) : 0;
    if (!size) return true;
    if (self->journaled) cli_journal_add(&self->journal, bytes, size);
    return cli_output_frame(&self->output, bytes, size);
}

/* An earlier run may have begun the part. */
static int begin(cli_part *self, const cli_options *options)
{
    self->frame = att_output_frame_of(options->format);
    self->begun = self->noted_bytes > (self->frame.before ? strlen(self->frame.before) : 0);
    bool good = self->whole || self->noted_bytes || add_frame(self, self->frame.before);
    return good ? EXIT_DONE : cli_output_failed(&self->output, true);
}

int cli_part_open(cli_part *self, const cli_options *options, const char *rules)
{
    *self = (cli_part){ .output.fd = -1, .journal.fd = -1, .folder = -1 };
    int status = find_target(self, options);
    if (!status && self->journaled) status = open_journaled(self, options, rules);
    else if (!status && !cli_output_open(&self->output, options->out, options->unbuffered))
        status = cli_output_failed(&self->output, true);
    return status ? status : begin(self, options);
}

/* ---- writing ---- */

static bool note(cli_part *self, bool done)
{
    if (!self->journaled) return true;
    self->noted = self->documents;
    self->noted_bytes = self->journal.last.bytes;
    bool written = self->folder < 0 || syncfs(self->folder) == 0;
    if (!written) self->journal.error = errno;
    if (written && cli_journal_write(&self->journal, self->documents, self->errors, self->read, done)) return true;
    self->output.name = self->journal.path;
    self->output.error = self->journal.error;
    return false;
}

bool cli_part_flush(cli_part *self)
{
    return cli_output_flush(&self->output) && note(self, false);
}

bool cli_part_add(cli_part *self, const char *bytes, size_t size, uint64_t number, bool failed)
{
    if (bytes && self->begun && !add_frame(self, self->frame.between)) return false;
    if (bytes && !cli_output_record(&self->output, bytes, size)) return false;
    self->begun |= bytes != NULL;
    self->documents++;
    self->errors += failed;
    self->read = number;
    if (!self->journaled) return true;
    if (bytes) cli_journal_add(&self->journal, bytes, size);
    bool due = self->output.each || self->documents - self->noted >= NOTED_DOCUMENTS
               || self->journal.last.bytes - self->noted_bytes >= NOTED_BYTES;
    return !due || cli_part_flush(self);
}

bool cli_part_finish(cli_part *self)
{
    return self->whole || (add_frame(self, self->frame.behind) && cli_output_finish(&self->output) && note(self, true));
}

void cli_part_clear(cli_part *self)
{
    cli_output_clear(&self->output);
    cli_journal_close(&self->journal);
    if (self->folder >= 0) close(self->folder);
    free(self->target);
}

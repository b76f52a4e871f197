/* cmd_tag.c - documents in, records out, in order; an error is a record in its place. Lives on attache.h alone. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "attache.h"
#include "cli/batch.h"
#include "cli/commands.h"
#include "cli/failures.h"
#include "cli/inputs.h"
#include "cli/load.h"
#include "cli/nearest.h"
#include "cli/pairs.h"
#include "cli/part.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/stop.h"

enum { ID_BYTES = 256 };

typedef struct {
    const cli_options *options;
    att_engine *engine;
    att_reader *reader;
    att_writer_options writing;
    cli_part part;
    cli_pairs pairs;  /* where records are files of their own */
    uint64_t skipped; /* documents of the inputs that an earlier run has dealt with */
    cli_progress progress;
    cli_warned warned;
    char last_id[ID_BYTES]; /* cut off where it is longer */
    int status;             /* of what ended the run before the last document */
} run;

/* ---- messages ---- */

static int cannot_go_on(run *self, att_status status)
{
    int error = errno;
    cli_progress_hide(&self->progress);
    errno = error;
    return cli_cannot_go_on(status);
}

static void tell_failed(run *self, const cli_result *result)
{
    if (self->options->quiet) return;
    cli_progress_hide(&self->progress);
    cli_failures_tell(self->part.errors, result->source, result->code, result->message);
}

/* A folder without files and a line behind the last are most likely mistakes; a shard may well have no document. */
static void tell_failures(run *self)
{
    if (self->options->quiet) return;
    cli_progress_hide(&self->progress);
    if (!self->part.read && !self->options->shard.count && (self->options->operand_count || self->options->out))
        fputs("attache: there was no document to read\n", stderr);
    cli_failures_fields(self->options, self->reader);
    cli_warned_tell(&self->warned);
    cli_failures_count(self->part.errors, self->part.documents, self->options->skip_errors);
}

static void tell_summary(run *self)
{
    cli_progress_hide(&self->progress);
    if (self->options->quiet || !(self->options->verbose || isatty(STDERR_FILENO))) return;
    cli_progress_summary(&self->progress, self->part.documents, self->part.errors, att_reader_bytes(self->reader));
}

/* ---- setting up: each step returns an exit status, EXIT_DONE to go on ---- */

/* What the rules call so, for a message: "; did you mean 'x'?". */
static void tell_nearest(const run *self, att_named kind, const char *written)
{
    const char *name, *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; (name = att_engine_name(self->engine, kind, i)); i++) {
        size_t distance = 2 * cli_distance(written, name) + (*name != *written); /* of two as near, one that begins alike */
        if (!cli_is_near(written, distance / 2) || distance >= least) continue;
        least = distance;
        best = name;
    }
    if (best) cli_say("; did you mean '%s'?", best);
    fputc('\n', stderr);
}

static bool is_named(const run *self, att_named kind, const char *written)
{
    const char *name;
    for (size_t i = 0; (name = att_engine_name(self->engine, kind, i)); i++)
        if (strcmp(name, written) == 0) return true;
    return false;
}

static att_status try_writer(const run *self, const att_writer_options *options)
{
    att_writer *writer;
    att_status status = att_writer_new(&writer, self->engine, options);
    if (status == ATT_OK) att_writer_free(writer);
    return status;
}

/* Which of the types with commas between is none: each is tried alone. */
static int wrong_type(const run *self)
{
    const char *rest = self->options->types;
    for (size_t length; (length = strcspn(rest, ",")) > 0;) {
        char *type = strndup(rest, length);
        att_writer_options only = { .types = type };
        att_status status = type ? try_writer(self, &only) : ATT_NOMEM;
        if (status == ATT_OPTION) {
            cli_say("attache: '--types' has '%s', which no rule makes", type);
            tell_nearest(self, ATT_NAMED_TYPE, type);
        }
        free(type);
        if (status == ATT_OPTION) return EXIT_USAGE;
        rest += length + (rest[length] == ',');
    }
    cli_say("attache: '--types' wants names with commas between, not '%s'\n", self->options->types);
    return EXIT_USAGE;
}

/* Of a theme, such as "missiles/KOR+PRK", the part that names nothing. */
static int wrong_theme(const run *self)
{
    char *words = strdup(self->options->theme), *rest = words, *word = strsep(&rest, "/");
    att_named kind = ATT_NAMED_TOPIC;
    if (!words) {
        fputs("attache: out of memory\n", stderr);
        return EXIT_SYSTEM;
    }
    while (word && is_named(self, kind, word)) {
        kind = ATT_NAMED_ACTOR;
        word = strsep(&rest, "+");
    }
    if (word && *word) {
        cli_say("attache: no rule has the %s '%s'", kind == ATT_NAMED_TOPIC ? "topic" : "actor", word);
        tell_nearest(self, kind, word);
    } else
        cli_say("attache: '--theme' wants a topic, or one with actors, such as missiles/KOR+PRK, not '%s'\n",
                self->options->theme);
    free(words);
    return EXIT_USAGE;
}

/* A format has one unit, or no places at all. */
static int wrong_unit(const run *self)
{
    cli_say("attache: '--offsets %s' is not for '--format %s'\n", self->options->offsets, self->options->format);
    return EXIT_USAGE;
}

/* Of the options that name something in the rules, or do not go together, the wrong one: each is tried alone. */
static int wrong_option(const run *self)
{
    const cli_options *options = self->options;
    att_writer_options view = { .view = options->view }, theme = { .theme = options->theme };
    att_writer_options unit = { .format = options->format, .offsets = options->offsets };
    if (try_writer(self, &unit) == ATT_OPTION) return wrong_unit(self);
    if (try_writer(self, &theme) == ATT_OPTION) return wrong_theme(self);
    if (try_writer(self, &view) != ATT_OPTION) return wrong_type(self);
    cli_say("attache: no rule has the view '%s'", options->view);
    tell_nearest(self, ATT_NAMED_VIEW, options->view);
    return EXIT_USAGE;
}

static int choose_stages(run *self)
{
    const char *until = self->options->until, *name;
    if (!until) return EXIT_DONE;
    if (is_named(self, ATT_NAMED_STAGE, until)) return EXIT_DONE;
    cli_say("attache: no stage is called '%s'; the stages are", until);
    for (size_t i = 0; (name = att_engine_name(self->engine, ATT_NAMED_STAGE, i)); i++) cli_say("%s %s", i ? "," : "", name);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

static size_t stage_number(const run *self, const char *stage)
{
    const char *name;
    size_t number = 0;
    while ((name = att_engine_name(self->engine, ATT_NAMED_STAGE, number)) && strcmp(name, stage) != 0) number++;
    return number;
}

/* Whether an option waits in vain for what a later stage makes than the one that is the last. */
static bool is_in_vain(const run *self, const char *option, const char *value, const char *layer)
{
    const char *until = self->options->until, *first = att_engine_first_stage(self->engine, layer);
    if (!until || !first || stage_number(self, first) <= stage_number(self, until)) return false;
    cli_say("attache: '--until %s' leaves nothing for '%s%s%s': stage '%s' comes later\n", until, option, value ? " " : "",
            value ? value : "", first);
    return true;
}

/* Whether an option changes nothing of what the format writes. Topics that are cut off are no longer found by --theme and
 * --view. */
static bool is_unshown(const cli_options *options)
{
    const struct {
        const char *name;
        bool given;
        const char *instead;
    } asked[] = {
        { "statements", options->statements, "; jsonl has them, and statements-csv is a table of them" },
        { "types", options->types, ", which has no mentions" },
        { "profile", options->profile, ", which has no mentions" },
        { "text", options->text, "; it is for jsonl" },
        { "duplicates", options->duplicates, ", which does not name them" },
        { "max-topics", options->max_topics && !options->theme && !options->view, ", which has no topics" },
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        if (!asked[i].given || att_output_takes(options->format, asked[i].name)) continue;
        cli_say("attache: '--%s' adds nothing to '--format %s'%s\n", asked[i].name, options->format, asked[i].instead);
        return true;
    }
    return false;
}

static bool is_any_in_vain(const run *self)
{
    const cli_options *options = self->options;
    const char *format = options->format ? options->format : "";
    const bool actors = options->theme && strchr(options->theme, '/');
    if (is_unshown(options)) return true;
    if (options->theme && is_in_vain(self, "--theme", options->theme, actors ? "THEME" : "TOPIC")) return true;
    if (options->view && is_in_vain(self, "--view", options->view, "THEME")) return true;
    if (options->max_topics && is_in_vain(self, "--max-topics", NULL, "TOPIC")) return true;
    if (options->statements && is_in_vain(self, "--statements", NULL, "SPEECH")) return true;
    if (att_output_statements(format) && is_in_vain(self, "--format", format, "SPEECH")) return true;
    if (strcmp(format, "officials-csv") == 0 && is_in_vain(self, "--format", format, "OFFICIAL")) return true;
    return strcmp(format, "themes-csv") == 0 && is_in_vain(self, "--format", format, "THEME");
}

/* The first of the types with commas between that the profile turns into another one or leaves out; false when none is. */
static bool is_type_cut(const run *self)
{
    const char *profile = self->options->profile, *rest = self->options->types ? self->options->types : "";
    for (size_t length; profile && (length = strcspn(rest, ",")) > 0; rest += length + (rest[length] == ',')) {
        char type[64];
        snprintf(type, sizeof type, "%.*s", (int)length, rest);
        if (att_profile_has(profile, type)) continue;
        cli_say("attache: '--profile %s' has no %s: %s\n", profile, type,
                strcmp(type, "TITLE") == 0 ? "titles are left out" : "it is ORG there");
        return true;
    }
    return false;
}

static int choose_writing(run *self)
{
    const cli_options *options = self->options;
    self->writing = (att_writer_options){
        .format = options->format,
        .offsets = options->offsets,
        .types = options->types,
        .text = options->text,
        .view = options->view,
        .theme = options->theme,
    };
    att_status status = try_writer(self, &self->writing);
    if (status == ATT_OK) return is_any_in_vain(self) || is_type_cut(self) ? EXIT_USAGE : EXIT_DONE;
    return status == ATT_OPTION ? wrong_option(self) : cannot_go_on(self, status);
}

static int make_reader(run *self)
{
    att_status status = cli_open_reader(self->options, &self->reader);
    return status == ATT_OK ? EXIT_DONE : cannot_go_on(self, status);
}

static int open_part(run *self)
{
    const cli_options *options = self->options;
    int status = cli_part_open(&self->part, options, att_engine_digest(self->engine));
    if (status || self->part.whole || !att_output_pairs(options->format)) return status;
    bool good = cli_pairs_open(&self->pairs, options->out, self->part.output.temporary, self->engine);
    return good ? EXIT_DONE : cli_pairs_failed(&self->pairs);
}

static int open_all(run *self)
{
    int status = cli_load_rules(self->options, false, &self->engine);
    if (!status) status = choose_stages(self);
    if (!status) status = choose_writing(self);
    if (!status) status = make_reader(self);
    if (status) return status;
    cli_stop_watch(); /* from here on there is something to finish */
    status = open_part(self);
    bool terminals = isatty(STDERR_FILENO) && !isatty(self->part.output.fd), shown = terminals && !self->options->quiet;
    cli_inputs inputs = shown ? cli_inputs_look(self->options->operands, self->options->operand_count) : (cli_inputs){ 0 };
    cli_progress_start(&self->progress, shown, inputs.files ? inputs.bytes : 0);
    return status;
}

/* ---- the run ---- */

static int write_failed(run *self)
{
    cli_progress_hide(&self->progress);
    return cli_output_failed(&self->part.output, true);
}

/* True if the lines of one input are the documents, so that a later run can start at one of them. Only a file of many
 * documents has more than one. */
static bool can_go_on(const run *self)
{
    const cli_options *options = self->options;
    struct stat input;
    if (options->operand_count > 1) return false;
    if (options->input_format && strcmp(options->input_format, "jsonl") == 0) return true;
    if (options->operand_count == 1 && stat(options->operands[0], &input) == 0 && S_ISDIR(input.st_mode)) return false;
    return self->part.read > 1;
}

static int stopped(run *self)
{
    int signal = cli_stop_signal(); /* one of two */
    if (!cli_part_flush(&self->part)) return write_failed(self);
    cli_progress_hide(&self->progress);
    cli_say("attache: stopped by %s after %" PRIu64 " document%s", signal == SIGINT ? "SIGINT" : "SIGTERM",
            self->part.documents, self->part.documents == 1 ? "" : "s");
    if (self->part.documents) cli_say(", last id %s", self->last_id);
    if (self->part.output.temporary && self->part.output.whole) cli_say("; they are in %s", self->part.output.temporary);
    uint64_t first = self->options->from_line ? self->options->from_line : 1;
    if (self->part.journaled) fputs("; continue with --resume", stderr);
    else if (can_go_on(self)) cli_say("; continue with --from-line %" PRIu64, first + self->part.read);
    fputc('\n', stderr);
    return EXIT_BY_SIGNAL + signal;
}

/* The shard of a document follows from its id alone: the same on every machine, for any inputs. */
static bool is_wanted(void *user, const char *id, uint64_t number)
{
    const run *self = user;
    const cli_shard *shard = &self->options->shard;
    if (number <= self->skipped) return false;
    return !shard->count || crc32_z(0, (const Bytef *)id, strlen(id)) % shard->count + 1 == shard->index;
}

static bool pair_failed(run *self)
{
    cli_progress_hide(&self->progress);
    self->status = cli_pairs_failed(&self->pairs);
    return false;
}

static bool deliver(void *user, const cli_result *result)
{
    run *self = user;
    bool left_out = result->size == 0 || (result->code && self->options->skip_errors), pair = self->pairs.folder && !left_out;
    const char *bytes = result->bytes;
    size_t size = result->size;
    snprintf(self->last_id, sizeof self->last_id, "%s", result->id);
    if (pair && !cli_pairs_write(&self->pairs, result, &bytes, &size)) return pair_failed(self);
    bool good = cli_part_add(&self->part, left_out ? NULL : bytes, size, result->number, result->code != NULL);
    if (result->code) tell_failed(self, result);
    cli_warned_note(&self->warned, result->id, result->warning, result->message);
    if (!good) self->status = write_failed(self);
    cli_progress_tell(&self->progress, self->part.documents, result->taken);
    return good;
}

/* A run that breaks off keeps what is whole, also when the journal can't say so any more. */
static int broken_off(run *self)
{
    const cli_output *output = &self->part.output;
    bool told = output->error; /* by cli_output_failed */
    cli_part_flush(&self->part);
    if (!told && output->temporary && output->whole)
        cli_say("attache: the first %" PRIu64 " records are in %s\n", output->whole, output->temporary);
    return self->status;
}

static int finish(run *self)
{
    if (!cli_part_finish(&self->part)) return write_failed(self);
    tell_failures(self);
    tell_summary(self);
    return self->part.errors && !self->options->errors_ok ? EXIT_DOCUMENTS : EXIT_DONE;
}

static int tag_all(run *self)
{
    cli_batch batch = {
        .engine = self->engine,
        .reader = self->reader,
        .writing = &self->writing,
        .until = self->options->until,
        .profile = self->options->profile,
        .statements = self->options->statements || att_output_statements(self->options->format),
        .threads = self->options->threads ? self->options->threads : cli_batch_cores(),
        .wanted = is_wanted,
        .deliver = deliver,
        .user = self,
    };
    self->skipped = self->part.read;
    att_status status = self->part.whole ? ATT_OK : cli_batch_run(&batch);
    if (status != ATT_OK) self->status = cannot_go_on(self, status);
    if (self->status) return broken_off(self);
    return cli_stop_signal() ? stopped(self) : finish(self);
}

static void close_all(run *self)
{
    cli_part_clear(&self->part);
    cli_pairs_close(&self->pairs);
    att_reader_free(self->reader);
    att_engine_free(self->engine);
}

int cmd_tag(const cli_options *options)
{
    if (!cli_has_input(options)) return EXIT_USAGE;
    run *self = calloc(1, sizeof *self);
    if (!self) {
        fputs("attache: out of memory\n", stderr);
        return EXIT_SYSTEM;
    }
    self->options = options;
    self->part.output.fd = self->part.journal.fd = self->part.folder = -1;
    int status = open_all(self);
    if (!status) status = tag_all(self);
    close_all(self);
    free(self);
    return status;
}

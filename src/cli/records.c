#include "cli/records.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/commands.h"
#include "cli/say.h"
#include "cli/stop.h"
#include "tools/tools.h"

enum { STEP = 1 << 16 };

/* Whether the file begins as a record does; what can't be unpacked here is refused when it is opened. */
static bool begin(const char *path)
{
    static const char start[] = "{\"schema\":";
    char head[sizeof start - 1];
    gzFile file = gzopen(path, "rb");
    bool begins = file && gzread(file, head, sizeof head) == (int)sizeof head && memcmp(head, start, sizeof head) == 0;
    if (file) gzclose(file);
    return begins || att_packed_begins(path, start);
}

/* Whether it can be read but once: "-", a pipe. */
static bool is_stream(const char *path)
{
    struct stat about;
    return strcmp(path, "-") == 0 || (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode));
}

bool cli_records_alone(const cli_options *options)
{
    const char *name = cli_options_given(options, CLI_ABOUT_DOCUMENTS, 0);
    if (name) cli_say("attache: '--%s' is for documents, and the input is records\n", name);
    return !name;
}

bool cli_records_are(const char *path, const char *input_format)
{
    struct stat about;
    if (is_stream(path)) return !input_format;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && begin(path);
}

/* zlib may begin with the path. */
static bool refuse(const cli_records *self, const char *why)
{
    size_t length = strlen(self->path);
    if (strncmp(why, self->path, length) == 0 && strncmp(why + length, ": ", 2) == 0) why += length + 2;
    cli_say("attache: %s: %s\n", self->path, why);
    return false;
}

bool cli_records_open(cli_records *self, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    *self = (cli_records){ .path = standard ? "standard input" : path };
    self->file = standard ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb");
    return self->file || refuse(self, strerror(errno));
}

static bool widen(cli_records *self)
{
    size_t wanted = self->capacity ? self->capacity * 2 : STEP;
    char *larger = wanted < SIZE_MAX / 4 ? realloc(self->line, wanted) : NULL;
    if (!larger) return refuse(self, "out of memory");
    self->line = larger;
    self->capacity = wanted;
    return true;
}

/* A whole line, its break left out. */
static bool read_line(cli_records *self, int *status)
{
    self->size = 0;
    for (;;) {
        if (self->capacity - self->size < 2 && !widen(self)) {
            *status = EXIT_SYSTEM;
            return false;
        }
        size_t room = self->capacity - self->size;
        z_off_t before = gztell(self->file);
        if (!gzgets(self->file, self->line + self->size, room > STEP ? STEP : (int)room)) break;
        self->size += (size_t)(gztell(self->file) - before); /* a line may have NULs */
        if (self->size && self->line[self->size - 1] == '\n') {
            self->size--;
            return true;
        }
    }
    int code = Z_OK;
    const char *why = gzerror(self->file, &code);
    if (cli_stop_signal()) return false;                             /* it breaks off a wait for input */
    if (code == Z_OK || code == Z_STREAM_END) return self->size > 0; /* a last line without its break */
    *status = EXIT_DOCUMENTS;
    return refuse(self, code == Z_ERRNO ? strerror(errno) : why);
}

/* What zlib can't unpack comes as it is: the first line tells. */
static bool is_packed(const cli_records *self)
{
    const char *how, *what = att_packed_as(self->line, self->size, &how);
    if (!what) return false;
    cli_say("attache: %s: %s, which records are not read from", self->path, what);
    if (how) cli_say("; let %s make text of it first", how);
    fputc('\n', stderr);
    return true;
}

bool cli_records_next(cli_records *self, int *status)
{
    while (read_line(self, status)) {
        self->number++;
        if (self->number == 1 && is_packed(self)) {
            *status = EXIT_DOCUMENTS;
            return false;
        }
        if (self->size) return true;
    }
    return false;
}

void cli_records_refuse(const cli_records *self, const char *why)
{
    cli_say("attache: %s:%llu: %s\n", self->path, (unsigned long long)self->number, why);
}

void cli_records_close(cli_records *self)
{
    if (self->file) gzclose(self->file);
    free(self->line);
    *self = (cli_records){ 0 };
}

/* ---- operands ---- */

/* `path` becomes ours. */
static bool push(cli_operands *self, char *path)
{
    const char **items = path ? realloc(self->items, (self->count + 1) * sizeof *items) : NULL;
    if (items) (self->items = items)[self->count++] = path;
    else free(path);
    return items;
}

static void drop(cli_operands *self, size_t from)
{
    while (self->count > from) free((char *)self->items[--self->count]);
}

static int is_listed(const struct dirent *entry)
{
    const char *name = entry->d_name, *end = strrchr(name, '.');
    return *name != '.' && (!end || strcmp(end, ".journal") != 0);
}

/* Only what is called .jsonl, or .jsonl.gz, is looked into: a folder may have any number of other files. */
static bool push_folder(cli_operands *self, const char *folder)
{
    struct dirent **entries;
    size_t before = self->count;
    bool good = true, records = false;
    int count = scandir(folder, &entries, is_listed, alphasort);
    for (int i = 0; i < count; i++) {
        char *path = NULL;
        const char *between = folder[strlen(folder) - 1] == '/' ? "" : "/";
        good = good && asprintf(&path, "%s%s%s", folder, between, entries[i]->d_name) >= 0 && push(self, path);
        records = records || (good && strstr(entries[i]->d_name, ".jsonl") && cli_records_are(path, "jsonl"));
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    if (records || !good) return good;
    drop(self, before);
    return push(self, strdup(folder));
}

bool cli_operands_take(cli_operands *self, const cli_options *options)
{
    *self = (cli_operands){ 0 };
    bool good = options->operand_count || push(self, strdup("-"));
    for (size_t i = 0; i < options->operand_count && good; i++) {
        struct stat about;
        const char *path = options->operands[i];
        bool folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
        good = folder ? push_folder(self, path) : push(self, strdup(path));
    }
    return good;
}

void cli_operands_clear(cli_operands *self)
{
    drop(self, 0);
    free(self->items);
}

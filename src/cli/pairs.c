#include "cli/pairs.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/say.h"

enum { FIRST_NAMES = 1024, CHECKSUM_BYTES = 17, KEPT_OF_LONG = CLI_PAIRS_PART - CHECKSUM_BYTES - 4 };

static bool fail(cli_pairs *self, int error)
{
    self->error = error;
    return false;
}

static int as_is(int byte)
{
    return byte;
}

static int small(int byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

/* FNV-1a of 64 bits; never 0. */
static uint64_t checksum(const char *text, size_t length, int (*of)(int byte))
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++) sum = (sum ^ (uint64_t)of((unsigned char)text[i])) * UINT64_C(0x100000001b3);
    return sum ? sum : 1;
}

/* ---- names ---- */

static bool is_odd(const char *part, size_t at)
{
    unsigned char byte = (unsigned char)part[at];
    return byte < 0x20 || byte == 0x7F || strchr("\\/:*?\"<>|%~", byte) || (byte == '.' && at == 0);
}

/* Where the ending of a folder's name begins that would make it one of the files that are written; its length if it has none.
 */
static size_t own_ending(const char *part, size_t length)
{
    static const char *const endings[] = { ".txt", ".ann", ".conf", ".brat", ".journal", ".part" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (length > size && strncasecmp(part + length - size, endings[i], size) == 0) return length - size;
    }
    return length;
}

/* Adds a part of an id to the name; returns where it ends. */
static char *put_part(char *to, const char *part, size_t length, bool folder)
{
    char *start = to;
    size_t ending = folder ? own_ending(part, length) : length;
    if (!length) *to++ = '%';
    for (size_t i = 0; i < length && to - start <= CLI_PAIRS_PART; i++) {
        if (i == ending || is_odd(part, i)) to += sprintf(to, "%%%02X", (unsigned char)part[i]);
        else *to++ = part[i];
    }
    if (to - start <= CLI_PAIRS_PART) return to;
    to = start + KEPT_OF_LONG;
    while (((unsigned char)*to & 0xC0) == 0x80) to--; /* not within a character */
    return to + sprintf(to, "~%016" PRIx64, checksum(part, length, as_is));
}

/* The name of the id's files, of CLI_PAIRS_NAME bytes at most with its NUL. */
static void name_of(char *name, const char *id)
{
    char *to = name;
    const char *rest = id, *slash;
    while ((slash = strchr(rest, '/')) && to - name < CLI_PAIRS_NAME - 3 * CLI_PAIRS_PART) {
        to = put_part(to, rest, (size_t)(slash - rest), true);
        *to++ = '/';
        rest = slash + 1;
    }
    if (slash) to = put_part(name, id, strlen(id), false); /* too deep for a path */
    else to = put_part(to, rest, strlen(rest), false);
    *to = '\0';
}

/* The place of a checksum, or the free one where it would go. */
static uint64_t *place_of(const cli_pairs *self, uint64_t sum)
{
    size_t at = (size_t)sum & (self->capacity - 1);
    while (self->known[at] && self->known[at] != sum) at = (at + 1) & (self->capacity - 1);
    return &self->known[at];
}

static bool widen(cli_pairs *self)
{
    cli_pairs wider = { .capacity = self->capacity ? 2 * self->capacity : FIRST_NAMES };
    wider.known = calloc(wider.capacity, sizeof *wider.known);
    if (!wider.known) return fail(self, ENOMEM);
    for (size_t i = 0; i < self->capacity; i++)
        if (self->known[i]) *place_of(&wider, self->known[i]) = self->known[i];
    free(self->known);
    self->known = wider.known;
    self->capacity = wider.capacity;
    return true;
}

/* Adds a name; *known when it was there, with whichever capitals: to some systems these are one file. */
static bool add_name(cli_pairs *self, const char *name, bool *known)
{
    if (self->count * 2 >= self->capacity && !widen(self)) return false;
    uint64_t sum = checksum(name, strlen(name), small), *place = place_of(self, sum);
    *known = *place != 0;
    self->count += !*known;
    *place = sum;
    return true;
}

/* A name that no document before has. */
static bool choose_name(cli_pairs *self, char *name, const char *id)
{
    bool known;
    name_of(name, id);
    char *end = name + strlen(name);
    for (uint64_t number = 2;; number++) {
        if (!add_name(self, name, &known)) return false;
        if (!known) return true;
        sprintf(end, "~%" PRIu64, number);
    }
}

/* ---- files ---- */

/* Makes the folders of the file, below the one that there is. */
static bool make_folders(const cli_pairs *self)
{
    for (char *slash = self->file + strlen(self->folder); (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        bool made = mkdir(self->file, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) return false;
    }
    return true;
}

/* The name of the temporary file becomes `file` when all is in it. Returns errno of what failed, or 0. */
static int put_whole(const char *temporary, const char *file, const char *bytes, size_t size)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return errno;
    size_t done;
    int error = cli_output_bytes(fd, bytes, size, &done) ? 0 : errno;
    if (close(fd) != 0 && !error) error = errno;
    if (!error && rename(temporary, file) != 0) error = errno;
    if (error) unlink(temporary);
    return error;
}

/* The path of a file in the folder becomes the last one. */
static bool take_file(cli_pairs *self, const char *name, const char *extension)
{
    size_t length = strlen(self->folder);
    free(self->file);
    self->file = NULL;
    if (asprintf(&self->file, "%s%s%s%s", self->folder, self->folder[length - 1] == '/' ? "" : "/", name, extension) >= 0)
        return true;
    self->file = NULL;
    return fail(self, ENOMEM);
}

static bool write_file(cli_pairs *self, const char *name, const char *extension, const char *bytes, size_t size)
{
    if (!take_file(self, name, extension)) return false;
    char *temporary = cli_output_part_name(self->file);
    if (!temporary) return fail(self, ENOMEM);
    int error = put_whole(temporary, self->file, bytes, size);
    if (error == ENOENT) error = make_folders(self) ? put_whole(temporary, self->file, bytes, size) : errno;
    free(temporary);
    return !error || fail(self, error);
}

/* ---- opening ---- */

/* A line of the part: its name is up to the tab. */
static bool take_name(cli_pairs *self, char *line)
{
    bool known;
    line[strcspn(line, "\t\n")] = '\0';
    return !*line || add_name(self, line, &known);
}

static bool take_names(cli_pairs *self, const char *part)
{
    FILE *in = fopen(part, "r");
    char *line = NULL;
    size_t size = 0;
    bool good = in || errno == ENOENT;
    if (!good) fail(self, errno);
    while (in && good && getline(&line, &size, in) > 0) good = take_name(self, line);
    free(line);
    if (in) fclose(in);
    return good;
}

/* What brat has to know of the types, which may overlap. */
static char *configuration(const att_engine *engine, size_t *size)
{
    char *text = NULL;
    const char *name;
    FILE *out = open_memstream(&text, size);
    if (!out) return NULL;
    fputs("[entities]\n", out);
    for (size_t i = 0; (name = att_engine_name(engine, ATT_NAMED_TYPE, i)); i++) fprintf(out, "%s\n", name);
    fputs("[relations]\n<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n[events]\n[attributes]\n", out);
    return fclose(out) == 0 ? text : NULL;
}

/* Another shard may be at it with the same bytes; the later one finds no temporary file any more. */
static bool write_configuration(cli_pairs *self, const att_engine *engine)
{
    size_t size = 0;
    if (!take_file(self, "annotation", ".conf")) return false;
    if (access(self->file, F_OK) == 0) return true;
    char *text = configuration(engine, &size);
    bool good = text ? write_file(self, "annotation", ".conf", text, size) : fail(self, ENOMEM);
    free(text);
    return good || access(self->file, F_OK) == 0;
}

bool cli_pairs_open(cli_pairs *self, const char *folder, const char *part, const att_engine *engine)
{
    *self = (cli_pairs){ .folder = folder };
    return (!part || take_names(self, part)) && write_configuration(self, engine);
}

/* ---- records ---- */

/* The line of the part; `behind` is what stands behind the id. */
static bool make_line(cli_pairs *self, const char *name, const char *id, const char *behind, size_t length, size_t *size)
{
    free(self->line);
    self->line = NULL;
    FILE *out = open_memstream(&self->line, size);
    if (!out) return fail(self, errno);
    fprintf(out, "%s\t", name);
    cli_print_clean(out, id, false);
    fprintf(out, "%.*s", (int)length, behind);
    return fclose(out) == 0 || fail(self, errno);
}

/* "error …", of a document that failed. */
static bool failed_line(cli_pairs *self, const cli_result *result, size_t *size)
{
    char *behind = NULL;
    int length = asprintf(&behind, "\t%.*s", (int)result->size, result->bytes);
    bool good = length >= 0 ? make_line(self, "", result->id, behind, (size_t)length, size) : fail(self, ENOMEM);
    free(behind);
    return good;
}

bool cli_pairs_write(cli_pairs *self, const cli_result *result, const char **line, size_t *size)
{
    char name[CLI_PAIRS_NAME + CHECKSUM_BYTES + 4], *text;
    bool good;
    if (result->code) {
        good = failed_line(self, result, size);
    } else {
        size_t length = strtoul(result->bytes, &text, 10), before = (size_t)(++text - result->bytes);
        good = choose_name(self, name, result->id) && write_file(self, name, ".txt", text, length)
               && write_file(self, name, ".ann", text + length, result->size - before - length)
               && make_line(self, name, result->id, "\n", 1, size);
    }
    *line = self->line;
    return good;
}

int cli_pairs_failed(const cli_pairs *self)
{
    return cli_cannot_write(self->file ? self->file : self->folder, self->error);
}

void cli_pairs_close(cli_pairs *self)
{
    free(self->known);
    free(self->line);
    free(self->file);
    *self = (cli_pairs){ 0 };
}

#include "cli/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/output.h"

enum { LONGEST_LINE = 1024, BLOCK = 1 << 16 };

static bool fail(cli_journal *self)
{
    self->error = errno;
    return false;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- lines ---- */

/* What scanf reads has to be what printf wrote. The name comes last, since it may hold anything. */
static bool read_line(const char *line, cli_journal_key *key, cli_journal_entry *entry, uint32_t *checksum)
{
    char done[6];
    int fields = sscanf(line,
                        "{\"digest\":\"crc32:%8" SCNx32 "\",\"bytes\":%" SCNu64 ",\"documents\":%" SCNu64 ",\"errors\":%" SCNu64
                        ",\"read\":%" SCNu64 ",\"rules\":\"%71[0-9a-z:]\",\"options\":\"%8" SCNx32 "\",\"inputs\":\"%16" SCNx64
                        "\",\"seconds\":%lf,\"done\":%5[a-z],\"path\":",
                        checksum, &entry->bytes, &entry->documents, &entry->errors, &entry->read, key->rules, &key->options,
                        &key->inputs, &entry->seconds, done);
    entry->done = fields == 10 && strcmp(done, "true") == 0;
    return fields == 10;
}

/* A file name as a JSON string. */
static void print_name(FILE *out, const char *name)
{
    fputc('"', out);
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;
        if (byte < 0x20 || byte == '"' || byte == '\\') fprintf(out, "\\u%04x", byte);
        else fputc(byte, out);
    }
    fputc('"', out);
}

/* The line, to be freed; NULL when there is no memory. */
static char *make_line(const cli_journal *self, size_t *size)
{
    const cli_journal_entry *last = &self->last;
    char *line = NULL;
    FILE *out = open_memstream(&line, size);
    if (!out) return NULL;
    fprintf(out,
            "{\"digest\":\"crc32:%08" PRIx32 "\",\"bytes\":%" PRIu64 ",\"documents\":%" PRIu64 ",\"errors\":%" PRIu64
            ",\"read\":%" PRIu64 ",\"rules\":\"%s\",\"options\":\"%08" PRIx32 "\",\"inputs\":\"%016" PRIx64
            "\",\"seconds\":%.2f,\"done\":%s,\"path\":",
            self->checksum, last->bytes, last->documents, last->errors, last->read, self->key.rules, self->key.options,
            self->key.inputs, last->seconds, last->done ? "true" : "false");
    print_name(out, self->name);
    fputs("}\n", out);
    if (fclose(out) == 0) return line;
    free(line);
    return NULL;
}

/* ---- opening ---- */

static const char *change(const cli_journal_key *was, const cli_journal_key *is)
{
    if (strcmp(was->rules, is->rules) != 0) return "the rules have";
    if (was->options != is->options) return "the options have";
    return was->inputs != is->inputs ? "the inputs have" : NULL;
}

/* The last whole line. A half one behind it, of a run that was killed, is cut off. */
static bool read_last(cli_journal *self)
{
    char bytes[2 * LONGEST_LINE + 1];
    struct stat about;
    if (fstat(self->fd, &about) != 0) return false;
    off_t from = about.st_size > 2 * LONGEST_LINE ? about.st_size - 2 * LONGEST_LINE : 0;
    ssize_t count = pread(self->fd, bytes, sizeof bytes - 1, from);
    while (count > 0 && bytes[count - 1] != '\n') count--;
    if (count <= 0 || ftruncate(self->fd, from + count) != 0) return false;
    bytes[count - 1] = '\0';
    const char *before = strrchr(bytes, '\n');
    cli_journal_key key;
    self->damaged = !read_line(before ? before + 1 : bytes, &key, &self->last, &self->checksum);
    if (self->damaged) return false;
    self->changed = change(&key, &self->key);
    return !self->changed;
}

bool cli_journal_open(cli_journal *self, const char *target, const cli_journal_key *key, bool resume)
{
    const char *slash = strrchr(target, '/');
    *self = (cli_journal){ .key = *key, .name = slash ? slash + 1 : target, .fd = -1, .start = now() };
    if (asprintf(&self->path, "%s.journal", target) < 0) return fail(self);
    self->fd = open(self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (self->fd < 0 || flock(self->fd, LOCK_EX | LOCK_NB) != 0) return fail(self);
    return (resume && read_last(self)) || cli_journal_begin(self);
}

bool cli_journal_begin(cli_journal *self)
{
    self->last = (cli_journal_entry){ 0 };
    self->checksum = 0;
    return ftruncate(self->fd, 0) == 0 || fail(self);
}

bool cli_journal_fits(cli_journal *self, const char *file)
{
    unsigned char block[BLOCK];
    uint32_t checksum = 0;
    uint64_t left = self->last.bytes;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && left) {
        ssize_t count = read(fd, block, left < BLOCK ? (size_t)left : BLOCK);
        if (count <= 0) break;
        checksum = (uint32_t)crc32_z(checksum, block, (size_t)count);
        left -= (uint64_t)count;
    }
    bool behind = self->last.done && fd >= 0 && read(fd, block, 1) != 0;
    if (fd >= 0) close(fd);
    return fd >= 0 && left == 0 && !behind && checksum == self->checksum;
}

/* ---- writing ---- */

void cli_journal_add(cli_journal *self, const char *bytes, size_t size)
{
    self->checksum = (uint32_t)crc32_z(self->checksum, (const Bytef *)bytes, size);
    self->last.bytes += size;
}

bool cli_journal_write(cli_journal *self, uint64_t documents, uint64_t errors, uint64_t read, bool done)
{
    size_t size, written;
    double time = now();
    self->last.documents = documents;
    self->last.errors = errors;
    self->last.read = read;
    self->last.seconds += time - self->start;
    self->last.done = done;
    self->start = time;
    char *line = make_line(self, &size);
    if (!line) errno = ENOMEM;
    bool good = line && cli_output_bytes(self->fd, line, size, &written) && (!done || fsync(self->fd) == 0);
    if (!good) fail(self);
    free(line);
    return good;
}

void cli_journal_close(cli_journal *self)
{
    if (self->fd >= 0) close(self->fd);
    free(self->path);
    self->path = NULL;
    self->fd = -1;
}

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/say.h"

static bool fail(cli_output *self, int error)
{
    if (!self->error) self->error = error;
    return false;
}

/* ---- opening ---- */

/* The rights that a new file gets, or those of the file it replaces. */
static mode_t rights(const char *target)
{
    struct stat now;
    if (stat(target, &now) == 0) return now.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* FOLDER/.NAME.part, with more behind: the leading dot keeps it out of a folder that is being read. */
static char *temporary_name(const char *target, const char *behind)
{
    const char *slash = strrchr(target, '/');
    const char *name = slash ? slash + 1 : target;
    char *temporary = NULL;
    if (asprintf(&temporary, "%.*s.%s.part%s", (int)(name - target), target, name, behind) < 0) return NULL;
    return temporary;
}

char *cli_output_part_name(const char *target)
{
    return temporary_name(target, "");
}

/* A link is followed, so that what it points to is replaced and not the link. */
static bool open_temporary(cli_output *self, const char *path)
{
    self->target = realpath(path, NULL);
    if (!self->target && errno != ENOENT) return fail(self, errno);
    if (!self->target) self->target = strdup(path);
    self->temporary = self->target ? temporary_name(self->target, "-XXXXXX") : NULL;
    if (!self->temporary) return fail(self, ENOMEM);
    self->fd = mkostemp(self->temporary, O_CLOEXEC);
    if (self->fd >= 0 && fchmod(self->fd, rights(self->target)) == 0) return true;
    int error = errno;
    if (self->fd < 0) {
        free(self->temporary);
        self->temporary = NULL;
    }
    return fail(self, error);
}

static bool open_path(cli_output *self, const char *path)
{
    struct stat now;
    if (stat(path, &now) != 0 || S_ISREG(now.st_mode)) return open_temporary(self, path);
    self->fd = open(path, O_WRONLY | O_CLOEXEC); /* a device or a pipe can't be renamed over */
    return self->fd >= 0 || fail(self, errno);
}

static bool begin(cli_output *self, const char *name, bool unbuffered)
{
    memset(self, 0, sizeof *self);
    self->fd = -1;
    self->name = name;
    self->each = unbuffered;
    self->bytes = malloc(CLI_OUTPUT_BYTES);
    return self->bytes || fail(self, ENOMEM);
}

bool cli_output_open(cli_output *self, const char *path, bool unbuffered)
{
    bool standard = !path || strcmp(path, "-") == 0;
    if (!begin(self, standard ? "standard output" : path, unbuffered)) return false;
    if (standard) self->fd = STDOUT_FILENO;
    else if (!open_path(self, path)) return false;
    self->opened = true;
    self->each = unbuffered || isatty(self->fd);
    return true;
}

bool cli_output_open_part(cli_output *self, const char *target, uint64_t keep, bool unbuffered)
{
    if (!begin(self, target, unbuffered)) return false;
    self->target = strdup(target);
    self->temporary = cli_output_part_name(target);
    if (!self->target || !self->temporary) return fail(self, ENOMEM);
    self->fd = open(self->temporary, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    self->stays = self->fd < 0 || keep;
    bool placed = self->fd >= 0 && ftruncate(self->fd, (off_t)keep) == 0 && lseek(self->fd, (off_t)keep, SEEK_SET) >= 0;
    self->opened = placed;
    return placed || fail(self, errno);
}

/* ---- writing ---- */

/* Cuts the half record at the end of a plain file off again, where it is the last thing in the file. */
static void cut(const cli_output *self, size_t half)
{
    struct stat now;
    off_t here = lseek(self->fd, 0, SEEK_CUR);
    if (half == 0 || here < (off_t)half || fstat(self->fd, &now) != 0) return;
    if (!S_ISREG(now.st_mode) || now.st_size != here) return;
    if (ftruncate(self->fd, here - (off_t)half) == 0) lseek(self->fd, here - (off_t)half, SEEK_SET);
}

bool cli_output_bytes(int fd, const char *bytes, size_t size, size_t *done)
{
    for (*done = 0; *done < size;) {
        ssize_t count = write(fd, bytes + *done, size - *done);
        if (count > 0) *done += (size_t)count;
        else if (count == 0) errno = EIO;
        if (count == 0 || (count < 0 && errno != EINTR)) return false;
    }
    return true;
}

/* Writes `size` bytes, in which the records end at `ends`. */
static bool put(cli_output *self, const char *bytes, size_t size, const size_t *ends, size_t end_count)
{
    size_t done, whole = 0;
    int error = cli_output_bytes(self->fd, bytes, size, &done) ? 0 : errno;
    while (whole < end_count && ends[whole] <= done) whole++;
    self->whole += whole;
    if (!error) return true;
    cut(self, done - (whole ? ends[whole - 1] : 0));
    return fail(self, error);
}

bool cli_output_flush(cli_output *self)
{
    if (self->error) return false;
    size_t size = self->size, end_count = self->end_count;
    self->size = self->end_count = 0;
    return put(self, self->bytes, size, self->ends, end_count);
}

bool cli_output_frame(cli_output *self, const char *bytes, size_t size)
{
    if (self->error || (size > CLI_OUTPUT_BYTES - self->size && !cli_output_flush(self))) return false;
    memcpy(self->bytes + self->size, bytes, size);
    self->size += size;
    return true;
}

bool cli_output_record(cli_output *self, const char *bytes, size_t size)
{
    if (self->error) return false;
    bool full = size > CLI_OUTPUT_BYTES - self->size || self->end_count == CLI_OUTPUT_RECORDS;
    if (full && !cli_output_flush(self)) return false;
    if (size > CLI_OUTPUT_BYTES) return put(self, bytes, size, &size, 1);
    memcpy(self->bytes + self->size, bytes, size);
    self->size += size;
    self->ends[self->end_count++] = self->size;
    return self->each ? cli_output_flush(self) : true;
}

/* ---- the end ---- */

bool cli_output_finish(cli_output *self)
{
    if (!cli_output_flush(self)) return false;
    if (!self->temporary) return true;
    if (fsync(self->fd) != 0 && errno != EINVAL) return fail(self, errno);
    if (close(self->fd) != 0 && errno != EINTR) {
        self->fd = -1;
        return fail(self, errno);
    }
    self->fd = -1;
    if (rename(self->temporary, self->target) != 0) return fail(self, errno);
    free(self->temporary);
    self->temporary = NULL;
    return true;
}

int cli_output_failed(const cli_output *self, bool records)
{
    if (self->error == EPIPE) return EXIT_PIPE;
    if (!self->opened) return cli_cannot_write(self->name, self->error);
    cli_say("attache: cannot write %s: %s", self->name, strerror(self->error));
    if (records) cli_say("; %" PRIu64 " record%s written whole", self->whole, self->whole == 1 ? " was" : "s were");
    if (self->whole && self->temporary) cli_say(" to %s", self->temporary);
    fputc('\n', stderr);
    return EXIT_SYSTEM;
}

void cli_output_clear(cli_output *self)
{
    if (self->temporary && !self->whole && !self->stays) unlink(self->temporary);
    if (self->fd >= 0 && self->fd != STDOUT_FILENO) close(self->fd);
    free(self->target);
    free(self->temporary);
    free(self->bytes);
    self->target = self->temporary = self->bytes = NULL;
}

int cli_output_whole(const char *path, const char *bytes, size_t size)
{
    cli_output output;
    bool good = cli_output_open(&output, path, true) && cli_output_record(&output, bytes, size) && cli_output_finish(&output);
    int status = good ? EXIT_DONE : cli_output_failed(&output, false);
    cli_output_clear(&output);
    return status;
}

/* cmd_rules.c - `rules export DIR`: the shipped rule files, written out. All are compared before the first is written. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/say.h"

enum { SHOWN = 10 };

typedef enum { ABSENT, SAME, DIFFERENT, UNREADABLE } comparison;

static bool same_bytes(FILE *file, const char *bytes, size_t size)
{
    char block[4096];
    size_t done = 0, count;
    while ((count = fread(block, 1, sizeof block, file)) > 0) {
        if (count > size - done || memcmp(block, bytes + done, count) != 0) return false;
        done += count;
    }
    return done == size && !ferror(file);
}

static comparison compare(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (!file) return errno == ENOENT ? ABSENT : UNREADABLE;
    comparison result = same_bytes(file, bytes, size) ? SAME : DIFFERENT;
    fclose(file);
    return result;
}

/* Makes the folders that `path` runs through. This and what follows return an exit status. */
static int make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        int status = made ? EXIT_DONE : cli_cannot_write(path, errno);
        *slash = '/';
        if (status) return status;
    }
    return EXIT_DONE;
}

static int write_file(char *path, const char *bytes, size_t size)
{
    int status = make_folders(path);
    return status ? status : cli_output_whole(path, bytes, size);
}

typedef struct {
    const char *folder;
    bool force;
    size_t differing, same, written;
} export;

/* Both passes over the shipped files take one at a time. */
typedef int (*visit)(export *self, char *path, const char *bytes, size_t size);

static int check_one(export *self, char *path, const char *bytes, size_t size)
{
    comparison result = compare(path, bytes, size);
    if (result == UNREADABLE) return cli_cannot_write(path, errno);
    if (result != DIFFERENT || self->force) return EXIT_DONE;
    if (self->differing++ < SHOWN) cli_say("attache: %s differs from the shipped file\n", path);
    return EXIT_DONE;
}

static int write_one(export *self, char *path, const char *bytes, size_t size)
{
    if (compare(path, bytes, size) == SAME) {
        self->same++;
        return EXIT_DONE;
    }
    self->written++;
    return write_file(path, bytes, size);
}

static int each_file(export *self, visit action)
{
    const char *name, *bytes;
    size_t size;
    for (size_t i = 0; att_shipped_file(i, &name, &bytes, &size); i++) {
        char *path;
        if (!bytes) return cli_cannot_go_on(ATT_NOMEM);
        if (asprintf(&path, "%s/%s", self->folder, name) < 0) return cli_cannot_write(name, ENOMEM);
        int status = action(self, path, bytes, size);
        free(path);
        if (status) return status;
    }
    return EXIT_DONE;
}

static int export_to(const char *folder, bool force)
{
    export self = { .folder = folder, .force = force };
    int status = each_file(&self, check_one);
    if (status) return status;
    if (self.differing) {
        cli_say("attache: %zu file%s; nothing was written (--force overwrites)\n", self.differing,
                self.differing == 1 ? " differs" : "s differ");
        return EXIT_FINDINGS;
    }
    status = each_file(&self, write_one);
    if (status) return status;
    printf("%zu file%s written to %s", self.written, self.written == 1 ? "" : "s", folder);
    if (self.same) printf(", %zu as shipped already", self.same);
    putchar('\n');
    return EXIT_DONE;
}

int cmd_rules(const cli_options *options)
{
    if (options->operand_count == 0 || strcmp(options->operands[0], "export") != 0) {
        fputs("attache: 'rules' knows one thing to do: attache rules export DIR\n", stderr);
        return EXIT_USAGE;
    }
    if (options->operand_count != 2) {
        fputs("attache: 'rules export' wants one folder: attache rules export DIR\n", stderr);
        return EXIT_USAGE;
    }
    struct stat about;
    const char *folder = options->operands[1];
    if (strcmp(folder, "-") == 0 || (stat(folder, &about) == 0 && !S_ISDIR(about.st_mode))) {
        cli_say("attache: 'rules export' wants a folder, and '%s' is none\n", folder);
        return EXIT_USAGE;
    }
    return export_to(folder, options->force);
}

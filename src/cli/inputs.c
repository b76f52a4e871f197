#include "cli/inputs.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/say.h"

enum { OPEN_FOLDERS = 64 };

static cli_inputs found; /* nftw hands nothing on */

/* A sum, so that the order in which the system lists a folder says nothing. */
static int add(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    char state[64];
    (void)place;
    if (kind != FTW_F) return 0;
    if (!S_ISREG(about->st_mode)) found.files = false;
    found.bytes += (uint64_t)about->st_size;
    int length = snprintf(state, sizeof state, "%jd %jd.%09ld", (intmax_t)about->st_size, (intmax_t)about->st_mtim.tv_sec,
                          about->st_mtim.tv_nsec);
    uint64_t name = crc32_z(0, (const Bytef *)path, strlen(path)), when = crc32_z(0, (const Bytef *)state, (size_t)length);
    found.state += (name << 32 | when) * UINT64_C(0x9e3779b97f4a7c15);
    return 0;
}

cli_inputs cli_inputs_look(const char *const *paths, size_t count)
{
    found = (cli_inputs){ .files = count > 0 };
    for (size_t i = 0; i < count; i++) {
        bool standard = strcmp(paths[i], "-") == 0;
        if (standard || nftw(paths[i], add, OPEN_FOLDERS, 0) != 0) found.files = found.files && !standard;
        found.state = found.state * 31 + i + 1;
    }
    return found;
}

static bool look(const char *path, struct stat *about)
{
    return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, about) : stat(path, about)) == 0;
}

/* `name` is what messages call the output. */
static bool spares(const char *const *paths, size_t count, const char *out, const char *name)
{
    struct stat written, read;
    if (stat(out, &written) != 0 || !S_ISREG(written.st_mode)) return true;
    for (size_t i = 0; i < count; i++) {
        if (!look(paths[i], &read) || read.st_dev != written.st_dev || read.st_ino != written.st_ino) continue;
        cli_say("attache: %s would take the place of %s, which is read\n", name,
                strcmp(paths[i], "-") == 0 ? "standard input" : paths[i]);
        return false;
    }
    return true;
}

/* How messages call it, to be freed. */
static char *name_of(const char *out, bool standard)
{
    char *name = NULL;
    return asprintf(&name, standard ? "standard output (%s)" : "'--out %s'", out) < 0 ? NULL : name;
}

static struct {
    struct stat about;
    char *path; /* where it was found, to be freed */
} sought;       /* by nftw */

static int is_sought(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)place;
    if (kind != FTW_F || about->st_dev != sought.about.st_dev || about->st_ino != sought.about.st_ino) return 0;
    sought.path = strdup(path);
    return 1;
}

/* Whether none of the files in those of `paths` that are folders is the output. */
static bool spares_within(const char *const *paths, size_t count, const char *out)
{
    if (stat(out, &sought.about) != 0 || !S_ISREG(sought.about.st_mode)) return true;
    for (size_t i = 0; i < count; i++) {
        sought.path = NULL;
        if (nftw(paths[i], is_sought, OPEN_FOLDERS, 0) != 1) continue;
        cli_say("attache: '--out %s' would take the place of %s, which is read\n", out, sought.path ? sought.path : paths[i]);
        free(sought.path);
        return false;
    }
    return true;
}

bool cli_inputs_spare(const char *const *paths, size_t count, const char *out)
{
    if (!out || strcmp(out, "-") == 0) return true;
    char *name = name_of(out, false);
    bool spared = spares(paths, count, out, name ? name : out) && spares_within(paths, count, out);
    free(name);
    return spared;
}

/* The folder of a file, without links, and where it is still to be made the one around it; NULL where there is none. */
static char *folder_of(const char *file)
{
    char *folder = strdup(file), *real = NULL;
    for (int step = 0; folder && !real && step < 2; step++) {
        for (size_t end = strlen(folder); step && end > 1 && folder[end - 1] == '/';) folder[--end] = '\0';
        char *slash = strrchr(folder, '/');
        if (!slash) strcpy(folder, "."); /* no name is empty */
        else slash[1] = '\0';            /* with its slash it is no file */
        real = realpath(folder, NULL);
        if (!slash || errno != ENOENT) break;
    }
    free(folder);
    return real;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The one of `paths` that is a folder in which `file` lies or would lie; NULL when there is none. */
static const char *around(const char *const *paths, size_t count, const char *file)
{
    const char *outer = NULL;
    char *folder = folder_of(file);
    for (size_t i = 0; i < count && folder && !outer; i++) {
        if (!is_folder(paths[i])) continue;
        char *path = realpath(paths[i], NULL);
        size_t length = path ? strlen(path) : 0;
        if (length == 1) length = 0; /* "/" */
        if (path && strncmp(folder, path, length) == 0 && (!folder[length] || folder[length] == '/')) outer = paths[i];
        free(path);
    }
    free(folder);
    return outer;
}

/* What a shell's ">" wrote to: the path of the file, to be freed, and NULL for anything else. */
static char *standard_output(void)
{
    struct stat about;
    return fstat(STDOUT_FILENO, &about) == 0 && S_ISREG(about.st_mode) ? realpath("/dev/stdout", NULL) : NULL;
}

static bool is_apart(const char *const *paths, size_t count, const char *out, const char *name)
{
    if (!spares(paths, count, out, name)) return false;
    const char *folder = around(paths, count, out);
    if (folder) cli_say("attache: %s lies in %s, which is read: the next run would take it for documents\n", name, folder);
    return !folder;
}

bool cli_inputs_outside(const char *const *paths, size_t count, const char *folder)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(paths[i], "-") == 0 || !around(&folder, 1, paths[i])) continue;
        cli_say("attache: %s, which is read, lies in '--out %s', where files of that name are written\n", paths[i], folder);
        return false;
    }
    return true;
}

bool cli_inputs_apart(const char *const *paths, size_t count, const char *out)
{
    static const char *const standard_input[] = { "-" };
    bool standard = !out || strcmp(out, "-") == 0;
    char *file = standard ? standard_output() : strdup(out);
    if (!file) return true;
    char *name = name_of(file, standard);
    bool apart = is_apart(count ? paths : standard_input, count ? count : 1, file, name ? name : file);
    free(name);
    free(file);
    return apart;
}

#include "cli/inputs.h"

#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

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

bool cli_inputs_spare(const char *const *paths, size_t count, const char *out)
{
    struct stat written, read;
    if (!out || strcmp(out, "-") == 0 || stat(out, &written) != 0 || !S_ISREG(written.st_mode)) return true;
    for (size_t i = 0; i < count; i++) {
        if (!look(paths[i], &read) || read.st_dev != written.st_dev || read.st_ino != written.st_ino) continue;
        fprintf(stderr, "attache: '--out %s' would take the place of %s, which is read\n", out,
                strcmp(paths[i], "-") == 0 ? "standard input" : paths[i]);
        return false;
    }
    return true;
}

/* The folder of a file, without links; NULL where there is none. */
static char *folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    if (!slash) return realpath(".", NULL);
    char *folder = strndup(file, (size_t)(slash - file) + 1), *real = folder ? realpath(folder, NULL) : NULL;
    free(folder);
    return real;
}

const char *cli_inputs_around(const char *const *paths, size_t count, const char *file)
{
    const char *around = NULL;
    char *folder = folder_of(file);
    for (size_t i = 0; i < count && folder && !around; i++) {
        char *path = realpath(paths[i], NULL);
        size_t length = path ? strlen(path) : 0;
        if (length == 1) length = 0; /* "/" */
        if (path && strncmp(folder, path, length) == 0 && (!folder[length] || folder[length] == '/')) around = paths[i];
        free(path);
    }
    free(folder);
    return around;
}

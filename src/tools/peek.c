/* peek.c - tells what a file that is not plain text begins with, before anything of it is read as a document, and why one
 * can't be made. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/archive.h"
#include "tools/tools.h"

enum { HEAD = 4096 };

const char *att_packed_as(const char *bytes, size_t size, const char **how)
{
    const att_packed *kind = att_packed_find((att_str){ bytes, size }, ATT_EMPTY);
    *how = kind && kind->verb ? kind->how : NULL;
    return kind ? kind->what : NULL;
}

static att_packing packing_of(att_input *file)
{
    while (!att_input_unread(file).length || att_may_be_packed(att_input_unread(file)))
        if (att_input_more(file, HEAD) != ATT_MORE) break;
    const att_packed *kind = att_packed_find(att_input_unread(file), ATT_EMPTY);
    return kind && kind->packing < ATT_PACKING_TAR ? kind->packing : ATT_PACKING_NONE;
}

/* For a file that is compressed but no archive: whether its text begins with `start`. */
static bool begins(att_archive *archive, att_str start)
{
    char head[HEAD];
    att_member member;
    size_t size = 0, got = 0;
    if (start.length > sizeof head || att_archive_next(archive, &member) != ATT_MEMBER) return false;
    for (; size < start.length; size += got)
        if (att_archive_read(archive, head + size, sizeof head - size, &got) != ATT_MORE) break;
    return size >= start.length && memcmp(head, start.data, start.length) == 0;
}

bool att_packed_begins(const char *path, const char *start)
{
    att_input file = { .fd = -1 };
    struct stat about;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return false;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return false;
    }
    att_input_open(&file, fd, true, &about);
    att_packing packing = packing_of(&file);
    att_archive *archive = packing ? att_archive_open(packing, &file) : NULL;
    bool found = archive && begins(archive, att_str_of(start));
    if (archive) att_archive_close(archive);
    att_input_clear(&file);
    return found;
}

/* Whether the folder is there in which the path names something. */
static bool has_folder(const char *path)
{
    struct stat about;
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (!slash) return true;
    snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return stat(folder, &about) == 0 && S_ISDIR(about.st_mode);
}

const char *att_why_not_made(const char *path, int error, bool *nowhere)
{
    struct stat about;
    const bool refuses = error == ENOENT && lstat(path, &about) != 0 && has_folder(path); /* as /proc does; no link does */
    const bool folder = error == EISDIR && stat(path, &about) == 0; /* else a name of nothing that ends in a slash */
    const bool no_folder = (error == ENOENT && !refuses) || (error == EISDIR && !folder);
    *nowhere = no_folder || folder || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
    return refuses     ? "its folder takes no files"
           : no_folder ? "its folder is not there"
           : folder    ? "it is a folder"
                       : strerror(error);
}

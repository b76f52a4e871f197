#include "tools/rewrite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/utf8.h"

/* Whether the file at `path` still has the bytes that were read; a byte order mark may stand before them. */
static bool is_unchanged(att_arena *arena, const char *path, att_str text)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char *bytes = att_arena_alloc(arena, text.length + ATT_BYTE_ORDER_MARK.length + 1);
    att_str now = { bytes, fread(bytes, 1, text.length + ATT_BYTE_ORDER_MARK.length + 1, file) };
    if (att_str_starts(now, ATT_BYTE_ORDER_MARK)) now = att_str_slice(now, ATT_BYTE_ORDER_MARK.length, now.length);
    bool same = att_str_equal(now, text);
    if (fclose(file) != 0) return false;
    if (!same) errno = ESTALE;
    return same;
}

/* Writes a new file beside the old one first, so that a full disk leaves the old one whole. `path` may not be a link. */
static bool replace_file(att_arena *arena, const char *path, att_str text)
{
    const char *beside = att_str_format(arena, "%s.new", path).data;
    struct stat old;
    FILE *file = stat(path, &old) == 0 ? fopen(beside, "wbx") : NULL;
    if (!file) return false;
    bool written = fwrite(text.data, 1, text.length, file) == text.length && fchmod(fileno(file), old.st_mode & 07777) == 0;
    if (fclose(file) == 0 && written && rename(beside, path) == 0) return true;
    int error = errno;
    remove(beside);
    errno = error;
    return false;
}

bool att_rewrite(att_arena *arena, const char *path, att_str old, att_str text)
{
    if (!is_unchanged(arena, path, old)) return false;
    char *file = realpath(path, NULL);
    bool done = file && replace_file(arena, file, text);
    int error = errno;
    free(file);
    errno = error;
    return done;
}

#include "read/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct {
    att_str text;
    bool file;
} folder_name;

typedef struct {
    folder_name *items;
    uint32_t count, capacity;
} names;

struct att_folder {
    att_folder *outer;
    att_arena arena;
    dev_t device;
    ino_t inode;
    names names; /* sorted; folders end in '/' */
    uint32_t next;
    char *path;  /* the folder's with '/', then room for the longest name */
    size_t head; /* bytes of the folder's part */
};

/* A listing on its way: what must be put away when memory runs out lies here and not in the folder. */
typedef struct {
    att_folder *folder;
    const char *path;
    DIR *stream;
    int error;
} listing;

static bool is_folder(const listing *work, const struct dirent *entry)
{
    if (entry->d_type == DT_DIR) return true;
    if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN) return false;
    struct stat about;
    return fstatat(dirfd(work->stream), entry->d_name, &about, 0) == 0 && S_ISDIR(about.st_mode);
}

static int compare(const void *a, const void *b)
{
    return att_str_compare(((const folder_name *)a)->text, ((const folder_name *)b)->text);
}

static void set_path(att_folder *folder, const char *path, size_t longest)
{
    size_t length = strlen(path);
    folder->path = att_arena_alloc(&folder->arena, length + longest + 2);
    memcpy(folder->path, path, length + 1);
    if (length && path[length - 1] != '/') folder->path[length++] = '/';
    folder->head = length;
}

/* What `tag` keeps beside a file that it writes, whole or not yet. */
static bool is_journal(const listing *work, att_str name)
{
    static const char behind[] = ".journal";
    if (!att_str_ends(name, ATT_STR(".journal"))) return false;
    att_arena *arena = &work->folder->arena;
    att_str file = att_str_slice(name, 0, name.length - (sizeof behind - 1));
    att_str whole = att_str_copy(arena, file), part = att_str_format(arena, ".%.*s.part", ATT_STR_ARG(file));
    struct stat about;
    int folder = dirfd(work->stream);
    return fstatat(folder, whole.data, &about, 0) == 0 || fstatat(folder, part.data, &about, 0) == 0;
}

static void list(void *argument)
{
    listing *work = argument;
    att_folder *folder = work->folder;
    size_t longest = 0;
    for (const struct dirent *entry; (errno = 0, entry = readdir(work->stream));) {
        if (entry->d_name[0] == '.' || is_journal(work, att_str_of(entry->d_name))) continue;
        ATT_RESERVE(&folder->arena, &folder->names, 1);
        att_str name = att_str_format(&folder->arena, "%s%s", entry->d_name, is_folder(work, entry) ? "/" : "");
        folder->names.items[folder->names.count++] = (folder_name){ name, entry->d_type == DT_REG };
        if (name.length > longest) longest = name.length;
    }
    work->error = errno;
    if (folder->names.count) qsort(folder->names.items, folder->names.count, sizeof(folder_name), compare);
    set_path(folder, work->path, longest);
}

static void discard(att_folder *folder)
{
    att_arena_clear(&folder->arena);
    free(folder);
}

static bool is_entered(const att_walk *self, const struct stat *about)
{
    for (const att_folder *folder = self->innermost; folder; folder = folder->outer)
        if (folder->device == about->st_dev && folder->inode == about->st_ino) return true;
    return false;
}

static int enter(att_walk *self, listing *work)
{
    struct stat about;
    if (fstat(dirfd(work->stream), &about) != 0) return errno;
    if (is_entered(self, &about)) return 0;
    att_folder *folder = calloc(1, sizeof *folder);
    if (!folder) return ENOMEM;
    work->folder = folder;
    folder->device = about.st_dev;
    folder->inode = about.st_ino;
    att_arena_init(&folder->arena, self->guard, 0);
    if (att_guard_run(self->guard, list, work) != ATT_OK) work->error = ENOMEM;
    if (work->error) {
        discard(folder);
        return work->error;
    }
    folder->outer = self->innermost;
    self->innermost = folder;
    return 0;
}

int att_walk_enter(att_walk *self, const char *path)
{
    listing work = { .path = path, .stream = opendir(path) };
    if (!work.stream) return errno;
    int error = enter(self, &work);
    closedir(work.stream);
    return error;
}

static void leave(att_walk *self)
{
    att_folder *folder = self->innermost;
    self->innermost = folder->outer;
    discard(folder);
}

const char *att_walk_next(att_walk *self)
{
    while (self->innermost && self->innermost->next == self->innermost->names.count) leave(self);
    att_folder *folder = self->innermost;
    self->at_file = false;
    if (!folder) return NULL;
    const folder_name *name = &folder->names.items[folder->next++];
    self->at_file = name->file;
    memcpy(folder->path + folder->head, name->text.data, name->text.length + 1);
    return folder->path;
}

void att_walk_clear(att_walk *self)
{
    while (self->innermost) leave(self);
}

#include "knowledge/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/utf8.h"

static const att_rule_file *same_path(const att_rule_files *self, att_str path)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (att_str_equal(self->items[i].source->path, path)) return &self->items[i];
    return NULL;
}

/* What the place and name in its pack say that a file is; false when it is none of ours. */
static bool has_kind(att_str name, att_rule_file *file)
{
    bool list = att_str_starts(name, ATT_STR("lists/")) && att_str_ends(name, ATT_STR(".txt"));
    bool data = att_str_starts(name, ATT_STR("data/")) && att_str_ends(name, ATT_STR(".tsv"));
    file->kind = list ? ATT_FILE_LIST : data ? ATT_FILE_DATA : ATT_FILE_RULES;
    return list || data || att_str_ends(name, ATT_STR(".rules"));
}

/* Adds a file that is not there yet; `file` says all but its source. */
static void add(att_rule_files *self, att_arena *arena, att_rule_file file, att_str path, att_str text)
{
    if (same_path(self, path)) return;
    if (att_str_starts(text, ATT_BYTE_ORDER_MARK)) text = att_str_slice(text, ATT_BYTE_ORDER_MARK.length, text.length);
    file.source = att_source_new(arena, path, text);
    ATT_RESERVE(arena, self, 1);
    self->items[self->count++] = file;
}

/* Cuts "agencies/data/usa.tsv" into pack and name; a file without a folder has an empty pack. */
static void cut_path(att_str path, att_str *pack, att_str *name)
{
    const char *slash = memchr(path.data, '/', path.length);
    size_t at = slash ? (size_t)(slash - path.data) : 0;
    *pack = att_str_slice(path, 0, at);
    *name = slash ? att_str_slice(path, at + 1, path.length) : path;
}

/* A file beside the packs is a pack of its own, named after itself; pipeline.rules is none. */
static att_str pack_of_file(att_str name)
{
    if (att_str_is(name, "pipeline.rules")) return ATT_EMPTY;
    return att_str_ends(name, ATT_STR(".rules")) ? att_str_slice(name, 0, name.length - 6) : name;
}

void att_files_add_shipped(att_rule_files *self, att_arena *arena, att_shipped_files *shipped, const char *pack)
{
    const char *path, *bytes;
    size_t size;
    for (size_t i = 0; shipped(i, &path, &bytes, &size); i++) {
        if (!bytes) att_arena_give_up(arena);
        att_str of, name;
        cut_path(att_str_copy(arena, att_str_of(path)), &of, &name);
        if (pack && !att_str_is(of, pack)) continue;
        att_str text = att_str_copy(arena, (att_str){ bytes, size });
        att_rule_file file = { .pack = of, .name = name };
        if (has_kind(name, &file)) add(self, arena, file, att_str_format(arena, ATT_SHIPPED_FOLDER "%s", path), text);
    }
}

/* ---- the file system ---- */

typedef struct {
    att_rule_files *files;
    att_arena *arena;
    att_diags *diags;
    bool overlay;
    bool met;         /* a file of ours, be it there already */
    uint32_t entries; /* of folders, so far */
} folder_loader;

/* A folder on the way to the one at hand. */
typedef struct folder_above {
    const struct folder_above *above;
    dev_t device;
    ino_t number;
} folder_above;

enum { DEEPEST_FOLDER = 8, MOST_ENTRIES = 200000, LARGEST_FILE = 1 << 30 };

static void report(const folder_loader *self, att_str path, const char *what)
{
    const att_source *source = att_source_new(self->arena, path, ATT_EMPTY);
    att_report(self->diags, ATT_ERROR, "S020", (att_place){ source, 0, 0 }, "cannot read: %s", what);
}

/* Adds the bytes of a file; returns what is wrong, or NULL. */
static const char *read_file(const char *path, att_buf *text)
{
    static const char too_large[] = "larger than 1 GiB";
    FILE *file = fopen(path, "rb");
    struct stat info;
    if (!file) return strerror(errno);
    const char *wrong = fstat(fileno(file), &info) ? strerror(errno) : info.st_size > LARGEST_FILE ? too_large : NULL;
    char block[65536];
    size_t size;
    if (!wrong) att_buf_reserve(text, (size_t)info.st_size + 1);
    while (!wrong && (size = fread(block, 1, sizeof block, file)) > 0) {
        att_buf_add(text, (att_str){ block, size });
        if (text->count > LARGEST_FILE) wrong = too_large; /* a device may have no end */
    }
    if (ferror(file)) wrong = strerror(errno);
    fclose(file);
    return wrong;
}

/* Tells of a table or list that stands or is called so that nobody reads it. */
static void tell_unread(folder_loader *self, att_str path, att_str name)
{
    bool listed = att_str_starts(name, ATT_STR("lists/"));
    const char *why = att_str_ends(path, ATT_STR(".tsv")) ? "a data file stands in the folder 'data' of a pack"
                      : listed                            ? "a file of a list ends in .txt, with a phrase a line"
                                                          : "a data file ends in .tsv, with tabs between its columns";
    att_report(self->diags, ATT_WARNING, "C02", (att_place){ att_source_new(self->arena, path, ATT_EMPTY), 0, 0 },
               "not read: %s", why);
}

/* Whether a file is there to be read, though it is not called so: "data/names.csv", but no "data/README.md". */
static bool is_meant(att_str name)
{
    static const char *const tables[] = { ".tsv", ".csv", ".xls", ".xlsx", ".ods" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (att_str_ends(name, att_str_of(tables[i]))) return true;
    bool placed = att_str_starts(name, ATT_STR("data/")) || att_str_starts(name, ATT_STR("lists/"));
    return placed && memchr(name.data, '.', name.length) && !att_str_ends(name, ATT_STR(".md"));
}

static void load(folder_loader *self, att_str path, att_str pack, att_str name)
{
    att_buf text = { .arena = self->arena };
    att_rule_file file = { .pack = pack, .name = name, .overlay = self->overlay };
    if (!has_kind(name, &file)) {
        if (is_meant(name)) tell_unread(self, path, name);
        return;
    }
    const char *wrong = read_file(path.data, &text);
    self->met = self->met || !wrong;
    if (wrong) report(self, path, wrong);
    else add(self->files, self->arena, file, path, att_buf_str(&text));
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Whether the folder has a file of that name. */
static bool holds(att_arena *arena, const char *path, const char *name)
{
    struct stat info;
    return stat(att_str_format(arena, "%s/%s", path, name).data, &info) == 0;
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int byte_order(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Whether the folder is one that it lies in, by a link. */
static bool is_above(const folder_above *above, const struct stat *folder)
{
    while (above && (above->device != folder->st_dev || above->number != folder->st_ino)) above = above->above;
    return above;
}

/* The names in the folder, or less than 0 when they can't be read or are too many. */
static int list(folder_loader *self, att_str path, struct dirent ***entries)
{
    int count = self->entries > MOST_ENTRIES ? -1 : scandir(path.data, entries, not_hidden, byte_order);
    if (self->entries > MOST_ENTRIES) return count; /* told */
    if (count < 0) report(self, path, strerror(errno));
    else self->entries += (uint32_t)count;
    if (self->entries <= MOST_ENTRIES) return count;
    report(self, path, "too many files on the way here; name the folder of the packs");
    for (int i = 0; i < count; i++) free((*entries)[i]);
    free(*entries);
    return -1;
}

/* Loads the files below `path`; `pack` empty at the top of a folder of packs. `below` is the path inside the pack. */
static void walk(folder_loader *self, att_str path, att_str pack, att_str below, const folder_above *above, int depth)
{
    struct dirent **entries = NULL;
    struct stat info;
    if (depth > DEEPEST_FOLDER || (stat(path.data, &info) == 0 && is_above(above, &info))) return;
    const folder_above here = { above, info.st_dev, info.st_ino };
    int count = list(self, path, &entries);
    for (int i = 0; i < count; i++) {
        att_str entry = att_str_copy(self->arena, att_str_of(entries[i]->d_name));
        att_str full = att_str_format(self->arena, "%.*s/%s", ATT_STR_ARG(path), entry.data);
        att_str name = att_str_format(self->arena, "%.*s%s", ATT_STR_ARG(below), entry.data);
        bool top = !pack.length && !below.length;
        if (is_folder(full.data))
            walk(self, full, top ? entry : pack, top ? ATT_EMPTY : att_str_format(self->arena, "%s/", name.data), &here,
                 depth + 1);
        else load(self, full, top ? pack_of_file(entry) : pack, name);
        free(entries[i]);
    }
    if (count >= 0) free(entries);
}

static att_str last_part(att_str path)
{
    while (path.length > 1 && path.data[path.length - 1] == '/') path.length--;
    size_t start = path.length;
    while (start && path.data[start - 1] != '/') start--;
    return att_str_slice(path, start, path.length);
}

void att_files_add(att_rule_files *self, att_arena *arena, att_diags *diags, const char *path, bool overlay)
{
    folder_loader loader = { .files = self, .arena = arena, .diags = diags, .overlay = overlay };
    att_str whole = att_str_copy(arena, att_str_of(path));
    while (whole.length > 1 && whole.data[whole.length - 1] == '/')
        whole = att_str_copy(arena, att_str_slice(whole, 0, whole.length - 1));
    struct stat info;
    if (stat(path, &info)) {
        report(&loader, whole, strerror(errno));
        return;
    }
    bool folder = S_ISDIR(info.st_mode);
    if (folder && overlay && holds(arena, path, "pipeline.rules")) { /* each block of it would be told as a second one */
        report(&loader, whole, "a whole set of rules, with a pipeline; --rules takes it in the place of the shipped ones");
        return;
    }
    if (!folder) load(&loader, whole, pack_of_file(last_part(whole)), last_part(whole));
    else if (holds(arena, path, "pack.rules")) walk(&loader, whole, last_part(whole), ATT_EMPTY, NULL, 0);
    else walk(&loader, whole, ATT_EMPTY, ATT_EMPTY, NULL, 0);
    if (loader.met || diags->errors) return;
    const bool empty = S_ISREG(info.st_mode) && !info.st_size;
    report(&loader, whole, folder ? "no rule files there" : empty ? "it is empty" : "its name does not end in .rules");
}

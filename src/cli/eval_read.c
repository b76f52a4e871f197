#include "cli/eval_doc.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/say.h"

enum { USUAL_READ = 1 << 20 };

typedef struct {
    char *items;
    size_t count, capacity;
} bytes;

static bool is_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static const char *name_of(const char *path)
{
    return is_input(path) ? "standard input" : path;
}

static bool refused(const char *path, const char *why)
{
    cli_say("attache: %s: %s\n", name_of(path), why);
    return false;
}

static bool refused_at(const char *path, size_t line, const char *why)
{
    cli_say("attache: %s:%zu: %s\n", name_of(path), line, why);
    return false;
}

/* The whole file, "-" for standard input; zlib passes on what is not compressed. */
static bool read_file(bytes *to, cli_pool *pool, const char *path)
{
    gzFile file = is_input(path) ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb");
    int got = 0;
    if (!file) return refused(path, strerror(errno));
    do {
        to->count += (size_t)got;
        while (to->capacity - to->count < USUAL_READ) to->items = cli_pool_grow(pool, to->items, &to->capacity, 1);
        got = gzread(file, to->items + to->count, USUAL_READ);
    } while (got > 0);
    if (got < 0) {
        int number;
        const char *why = gzerror(file, &number);
        refused(path, number == Z_ERRNO ? strerror(errno) : why);
    }
    gzclose(file);
    return got == 0;
}

static eval_doc *add(eval_docs *self, cli_pool *pool)
{
    CLI_RESERVE(pool, self);
    return &self->items[self->count++];
}

static bool read_json(eval_docs *self, cli_pool *pool, const char *path, const bytes *file)
{
    const char *why;
    size_t number = 0;
    for (size_t at = 0, end; at < file->count; at = end + 1) {
        const char *feed = memchr(file->items + at, '\n', file->count - at);
        end = feed ? (size_t)(feed - file->items) : file->count;
        number++;
        if (strspn(file->items + at, " \t\r") >= end - at) continue; /* a NUL stands behind the file */
        if (!eval_doc_from_json(add(self, pool), pool, file->items + at, end - at, &why)) return refused_at(path, number, why);
    }
    return true;
}

/* ---- brat: DOC.ann beside DOC.txt ---- */

/* The document's id is its path behind `id`. */
static bool read_brat(eval_docs *self, cli_pool *pool, const char *path, size_t id)
{
    size_t stem = strlen(path) - strlen(".ann"), line;
    const char *why;
    char *text_path = cli_pool_format(pool, "%.*s.txt", (int)stem, path);
    bytes text = { 0 }, marks = { 0 };
    if (!read_file(&text, pool, text_path) || !read_file(&marks, pool, path)) return false;
    eval_doc *doc = add(self, pool);
    *doc = (eval_doc){ .id = cli_pool_copy(pool, path + id, stem - id), .text = text.items, .length = text.count };
    if (!eval_doc_from_brat(doc, pool, marks.items, marks.count, &why, &line)) return refused_at(path, line, why);
    why = eval_doc_misplaced(doc, pool);
    return !why || refused(path, why);
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), most = strlen(tail);
    return length >= most && strcmp(text + length - most, tail) == 0;
}

/* An .ann file or perhaps a folder. */
static int may_hold_ann(const struct dirent *entry)
{
    bool folder = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;
    return entry->d_name[0] != '.' && (folder || ends_with(entry->d_name, ".ann"));
}

static bool is_folder(const char *path)
{
    struct stat entry;
    return stat(path, &entry) == 0 && S_ISDIR(entry.st_mode);
}

/* By name, and below it, too; the ids are paths behind `id`. */
static bool read_folder(eval_docs *self, cli_pool *pool, const char *path, size_t id)
{
    struct dirent **names;
    int count = scandir(path, &names, may_hold_ann, alphasort);
    if (count < 0) return refused(path, strerror(errno));
    bool good = true;
    for (int i = 0; i < count; i++) {
        const char *inner = cli_pool_format(pool, "%s/%s", path, names[i]->d_name);
        if (good && is_folder(inner)) good = read_folder(self, pool, inner, id);
        else if (good && ends_with(inner, ".ann")) good = read_brat(self, pool, inner, id);
        free(names[i]);
    }
    free(names);
    return good;
}

static bool read_all_brat(eval_docs *self, cli_pool *pool, const char *path)
{
    if (!read_folder(self, pool, path, strlen(path) + 1)) return false;
    return self->count || refused(path, "a folder without .ann files; gold is JSON Lines, CoNLL, or brat's .ann beside .txt");
}

/* ---- ids ---- */

static int by_id(const void *left, const void *right)
{
    const eval_doc *const *a = left, *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

/* Two documents of one id would be compared with each other's answers. */
static bool sort_by_id(eval_docs *self, cli_pool *pool, const char *path)
{
    self->by_id = cli_pool_take(pool, (self->count + 1) * sizeof *self->by_id);
    for (size_t i = 0; i < self->count; i++) self->by_id[i] = &self->items[i];
    qsort(self->by_id, self->count, sizeof *self->by_id, by_id);
    for (size_t i = 1; i < self->count; i++)
        if (by_id(&self->by_id[i - 1], &self->by_id[i]) == 0)
            return refused(path, cli_pool_format(pool, "two documents have the id '%s'", self->by_id[i]->id));
    return true;
}

const eval_doc *eval_docs_find(const eval_docs *self, const char *id)
{
    const eval_doc key = { .id = id }, *wanted = &key;
    const eval_doc **found = bsearch(&wanted, self->by_id, self->count, sizeof *self->by_id, by_id);
    return found ? *found : NULL;
}

/* ---- all ---- */

static bool read_conll(eval_docs *self, cli_pool *pool, const char *path, const bytes *file)
{
    const char *why;
    size_t line;
    return eval_docs_from_conll(self, pool, file->items, file->count, &why, &line) || refused_at(path, line, why);
}

static bool read_any(eval_docs *self, cli_pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');
    bytes file = { 0 };
    if (!is_input(path) && is_folder(path)) return read_all_brat(self, pool, path);
    if (ends_with(path, ".ann")) return read_brat(self, pool, path, slash ? (size_t)(slash - path) + 1 : 0);
    if (!read_file(&file, pool, path)) return false;
    bool json = file.items[strspn(file.items, " \t\r\n")] == '{';
    return json ? read_json(self, pool, path, &file) : read_conll(self, pool, path, &file);
}

bool eval_docs_read(eval_docs *self, cli_pool *pool, const char *path)
{
    *self = (eval_docs){ 0 };
    return read_any(self, pool, path) && (self->count || refused(path, "no document in it")) && sort_by_id(self, pool, path);
}

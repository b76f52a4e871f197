#include "tools/database.h"

#ifdef ATT_HAVE_SQLITE3

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/tools.h"

enum {
    PROBLEM_BYTES = 256,
    PATIENCE = 60000,    /* milliseconds to wait for readers */
    CACHE_KIB = 1 << 16, /* of pages: holds what one transaction changes, so that readers have to wait for its end only */
    PAGE_BYTES = 8192,
    HEAD_BYTES = 100,
    VERSION_AT = 60, /* where the version stands in the head of the file: 4 bytes, the highest first */
    ID_AT = 68,
    LOCKED_AT = 0x40000000 - 4096, /* a byte that SQLite itself never locks */
};

struct att_database {
    sqlite3 *file;
    sqlite3_stmt **statements;
    uint32_t count;
    sqlite3_stmt *row; /* the statement whose row is being filled */
    int column;        /* the number of the value that was bound last */
    char *path;        /* absolute, with links followed */
    /* A second descriptor of the file, which holds our lock. Closing it would drop SQLite's locks, so it is closed last. */
    int guard;
    bool made, open; /* made: by this object; open: a transaction is */
    att_status status;
    char problem[PROBLEM_BYTES];
};

bool att_database_built_in(void)
{
    return true;
}

/* ---- what failed ---- */

static bool fail(att_database *self, att_status status, const char *problem)
{
    if (self->status != ATT_OK) return false;
    self->status = status;
    snprintf(self->problem, sizeof self->problem, "%s", problem);
    return false;
}

/* Notes that a call failed, in SQLite's words where there are no better ones. Returns whether all is well. */
static bool check(att_database *self, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return self->status == ATT_OK;
    int error = self->file ? sqlite3_system_errno(self->file) : 0;
    if (code == SQLITE_NOMEM) return fail(self, ATT_NOMEM, "out of memory");
    if (code == SQLITE_FULL) return fail(self, ATT_IO, strerror(ENOSPC));
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return fail(self, ATT_IO, "another program keeps it locked");
    if (code == SQLITE_IOERR && error) return fail(self, ATT_IO, strerror(error));
    return fail(self, ATT_IO, self->file ? sqlite3_errmsg(self->file) : sqlite3_errstr(code));
}

const char *att_database_problem(const att_database *self)
{
    return self->problem;
}

att_status att_database_status(const att_database *self)
{
    return self->status;
}

/* ---- opening ---- */

/* Opens the file before SQLite sees it, so that folders, devices and other programs' files are never touched. */
static bool open_file(att_database *self, const char *path)
{
    enum { FLAGS = O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return fail(self, ATT_OPTION, "it is a folder");
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) return fail(self, ATT_OPTION, "it is no regular file");
    self->guard = open(path, FLAGS | O_EXCL, 0666);
    self->made = self->guard >= 0;
    if (self->guard < 0 && errno == EEXIST) self->guard = open(path, FLAGS, 0666);
    if (self->guard < 0) {
        bool nowhere;
        const char *why = att_why_not_made(path, errno, &nowhere);
        return fail(self, nowhere ? ATT_OPTION : ATT_IO, why);
    }
    self->path = realpath(path, NULL);
    return self->path || fail(self, ATT_IO, strerror(errno));
}

/* Only one process may write at a time. The lock goes with the process. */
static bool lock_file(att_database *self)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKED_AT, .l_len = 1 };
    if (fcntl(self->guard, F_OFD_SETLK, &lock) == 0) return true;
    if (errno != EAGAIN && errno != EACCES) return fail(self, ATT_IO, strerror(errno));
    self->made = false; /* by now it is the other process's */
    return fail(self, ATT_IO, "another run of attache is writing to it");
}

static uint32_t number_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* An empty file may become a database. Any other must say in its head that it is one of ours. */
static bool check_head(att_database *self, const att_database_kind *kind)
{
    unsigned char head[HEAD_BYTES];
    char problem[PROBLEM_BYTES];
    ssize_t size = pread(self->guard, head, sizeof head, 0);
    if (size < 0) return fail(self, ATT_IO, strerror(errno));
    if (size == 0) return true;
    bool database = size == (ssize_t)sizeof head && memcmp(head, "SQLite format 3", 16) == 0;
    const char *what = database ? "it is another program's database" : "it is another kind of file";
    snprintf(problem, sizeof problem, "%s, no %s", what, kind->name);
    if (!database || number_at(head + ID_AT) != kind->id) return fail(self, ATT_OPTION, problem);
    if (number_at(head + VERSION_AT) == kind->version) return true;
    snprintf(problem, sizeof problem, "it is a %s of version %u, and this one writes version %u; make a new one", kind->name,
             number_at(head + VERSION_AT), kind->version);
    return fail(self, ATT_OPTION, problem);
}

/* The version of the database, once SQLite has undone what a broken run left; 0 in a new file. */
static uint32_t version(att_database *self)
{
    sqlite3_stmt *ask = NULL;
    uint32_t found = 0;
    if (check(self, sqlite3_prepare_v2(self->file, "PRAGMA user_version", -1, &ask, NULL)) && check(self, sqlite3_step(ask)))
        found = (uint32_t)sqlite3_column_int64(ask, 0);
    sqlite3_finalize(ask);
    return found;
}

static bool make_tables(att_database *self, const att_database_kind *kind)
{
    char head[128];
    snprintf(head, sizeof head, "PRAGMA application_id = %u; PRAGMA user_version = %u;", kind->id, kind->version);
    return att_database_run(self, head) && att_database_run(self, kind->tables) && att_database_commit(self);
}

static bool open_database(att_database *self, const att_database_kind *kind)
{
    char settings[128];
    int code = sqlite3_open_v2(self->path, &self->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!check(self, code)) return false;
    sqlite3_busy_timeout(self->file, PATIENCE);
    snprintf(settings, sizeof settings, "PRAGMA page_size = %d; PRAGMA cache_size = -%d; PRAGMA foreign_keys = ON", PAGE_BYTES,
             CACHE_KIB);
    if (!att_database_run(self, settings) || !att_database_begin(self)) return false;
    return version(self) == kind->version ? att_database_commit(self) : make_tables(self, kind);
}

att_status att_database_open(att_database **opened, const char *path, const att_database_kind *kind)
{
    att_database *self = *opened = calloc(1, sizeof *self);
    if (!self) return ATT_NOMEM;
    self->guard = -1;
    if (open_file(self, path) && lock_file(self) && check_head(self, kind)) open_database(self, kind);
    return self->status;
}

void att_database_close(att_database *self)
{
    struct stat about;
    if (!self) return;
    for (uint32_t i = 0; i < self->count; i++) sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->file); /* undoes what was not committed */
    if (self->made && fstat(self->guard, &about) == 0 && about.st_size == 0 && self->path) unlink(self->path);
    if (self->guard >= 0) close(self->guard);
    free(self->statements);
    free(self->path);
    free(self);
}

/* ---- statements ---- */

bool att_database_run(att_database *self, const char *sql)
{
    return self->status == ATT_OK && check(self, sqlite3_exec(self->file, sql, NULL, NULL, NULL));
}

bool att_database_prepare(att_database *self, const char *const *texts, uint32_t count)
{
    self->statements = calloc(count, sizeof *self->statements);
    if (!self->statements) return fail(self, ATT_NOMEM, "out of memory");
    self->count = count;
    for (uint32_t i = 0; i < count && self->status == ATT_OK; i++)
        check(self, sqlite3_prepare_v3(self->file, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[i], NULL));
    return self->status == ATT_OK;
}

bool att_database_begin(att_database *self)
{
    if (!self->open) self->open = att_database_run(self, "BEGIN IMMEDIATE");
    return self->status == ATT_OK;
}

bool att_database_commit(att_database *self)
{
    if (self->open && att_database_run(self, "COMMIT")) self->open = false;
    return self->status == ATT_OK;
}

/* ---- rows ---- */

void att_row(att_database *self, uint32_t statement)
{
    self->row = self->statements[statement];
    self->column = 0;
}

void att_row_text(att_database *self, att_str text)
{
    self->column++;
    check(self, text.data ? sqlite3_bind_text64(self->row, self->column, text.data, text.length, SQLITE_STATIC, SQLITE_UTF8)
                          : sqlite3_bind_null(self->row, self->column));
}

void att_row_number(att_database *self, int64_t number)
{
    check(self, sqlite3_bind_int64(self->row, ++self->column, number));
}

void att_row_real(att_database *self, double number)
{
    check(self, sqlite3_bind_double(self->row, ++self->column, number));
}

void att_row_null(att_database *self)
{
    check(self, sqlite3_bind_null(self->row, ++self->column));
}

bool att_row_end(att_database *self, int64_t *found)
{
    if (self->status != ATT_OK) return false;
    int code = sqlite3_step(self->row);
    if (code == SQLITE_ROW && found) *found = sqlite3_column_int64(self->row, 0);
    check(self, code);
    sqlite3_reset(self->row);
    return code == SQLITE_ROW;
}

#else /* without SQLite opening fails, so the other functions are never called */

#include <stdlib.h>

bool att_database_built_in(void)
{
    return false;
}

att_status att_database_open(att_database **self, const char *path, const att_database_kind *kind)
{
    (void)path, (void)kind;
    *self = NULL;
    return ATT_OPTION;
}

void att_database_close(att_database *self)
{
    (void)self;
}

const char *att_database_problem(const att_database *self)
{
    (void)self;
    return "SQLite is not built in";
}

att_status att_database_status(const att_database *self)
{
    (void)self;
    return ATT_OPTION;
}

bool att_database_run(att_database *self, const char *sql)
{
    return self && sql;
}

bool att_database_prepare(att_database *self, const char *const *texts, uint32_t count)
{
    return self && texts && count;
}

bool att_database_begin(att_database *self)
{
    return self;
}

bool att_database_commit(att_database *self)
{
    return self;
}

void att_row(att_database *self, uint32_t statement)
{
    (void)self, (void)statement;
}

void att_row_text(att_database *self, att_str text)
{
    (void)self, (void)text;
}

void att_row_number(att_database *self, int64_t number)
{
    (void)self, (void)number;
}

void att_row_real(att_database *self, double number)
{
    (void)self, (void)number;
}

void att_row_null(att_database *self)
{
    (void)self;
}

bool att_row_end(att_database *self, int64_t *found)
{
    return self && found;
}

#endif

/* database.h - one SQLite file that is ours to write: the one room with sqlite3.h. Without it all calls are there and refuse.
 *
 * Shape   a file that says in its head whose it is and of which version. Work goes on in transactions: what the last commit
 *         wrote is whole, whatever happens then. Rows are written through prepared statements, by number; values are
 *         only bound, never made SQL of.
 * Owner   att_database_close gives all back, of NULL too, and removes a file that was made here and is still empty.
 * Errors  the first failure stays: later calls do nothing and say false; att_database_problem tells it in words.
 */
#ifndef ATT_DATABASE_H
#define ATT_DATABASE_H

#include "attache.h"
#include "base/str.h"

typedef struct att_database att_database;

/* What a file of this kind is. */
typedef struct {
    const char *name; /* "store of attache", for messages */
    uint32_t id, version;
    const char *tables; /* SQL that makes a new one */
} att_database_kind;

/* Whether SQLite was there when this was built. */
bool att_database_built_in(void);

/* Opens the file, or makes it, for this process to write alone; another one may read it. ATT_OPTION: the file is none of this
 * kind and was not touched; ATT_IO: the system refused. Both with a problem, so *self is there unless memory was lacking. */
att_status att_database_open(att_database **self, const char *path, const att_database_kind *kind);
void att_database_close(att_database *self);
const char *att_database_problem(const att_database *self);
att_status att_database_status(const att_database *self); /* ATT_OK, or why it failed */

/* SQL without values. */
bool att_database_run(att_database *self, const char *sql);

/* Statements, by their numbers in the list from now on. */
bool att_database_prepare(att_database *self, const char *const *texts, uint32_t count);

/* One transaction; each does nothing where it is already so. */
bool att_database_begin(att_database *self);
bool att_database_commit(att_database *self);

/* One statement: its values in order, then its end. A value that is there as a null view, as when no value is given, is null.
 */
void att_row(att_database *self, uint32_t statement);
void att_row_text(att_database *self, att_str text); /* has to stay until the end; a NUL in it is for the caller to avoid */
void att_row_number(att_database *self, int64_t number);
void att_row_real(att_database *self, double number);
void att_row_null(att_database *self);

/* Runs it. True when it gave a row, the first number of which goes to *found; which may be NULL. */
bool att_row_end(att_database *self, int64_t *found);

#endif

/* tools.h - what works on the rules themselves. */
#ifndef ATT_TOOLS_H
#define ATT_TOOLS_H

#include "attache.h"

/* Checks all rules without tagging; every finding goes to `sink`. ATT_OK, or ATT_RULES when there are errors (or, if
 * strict, warnings). The counts may be NULL. */
att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files);

typedef struct {
    const char *const *only; /* packs, rules, or words of tests' names; a test runs when one of them fits it */
    size_t only_count;
    bool update;                                 /* rewrites lines `=` to what is there */
    bool coverage;                               /* tell of rules that no test tries */
    bool mutate;                                 /* when all pass: tell of parts of the rules that no test would miss */
    bool quiet;                                  /* no known misses */
    void (*print)(void *user, const char *text); /* failures and known misses, as a person reads them */
    void (*progress)(void *user, size_t done, size_t all); /* parts left out so far; may be NULL */
    void *user;
} att_test_options;

typedef struct {
    size_t passed, failed;   /* tests */
    size_t known, rewritten; /* lines */
    size_t untried;          /* rules, when coverage is asked for */
    size_t tested, untested; /* parts of the rules, when `mutate` is asked for */
    size_t needed;           /* parts without which the rules have errors */
    size_t findings;         /* errors in the rules, for which no test was run */
    size_t unused;           /* the first of `only` that names nothing there is; only_count when each does */
    char path[256];          /* the file that could not be rewritten */
} att_test_result;

/* Runs the tests in the rules. ATT_OK; ATT_RULES when the rules have errors, each told to `sink`, or a test failed; ATT_IO when
 * a file could not be rewritten. */
att_status att_run_tests(const att_engine_options *rules, const att_test_options *options, att_sink sink, void *user,
                         att_test_result *result);

typedef struct {
    bool placed;
    uint64_t start, end; /* code points, when `placed` */
    const char *rule;    /* "pack/name" or "name": why it made nothing there; or NULL */
    const char *format;  /* a name of att_explain_format, or NULL for "text" */
} att_explain_options;

/* Annotates a document that was just read and says, for each annotation or those at the place, which line made it, what it
 * rests on and what lost to it. `*bytes` dies with the document. ATT_OPTION: there is no such rule, `*bytes` says so. */
att_status att_explain(const att_engine *engine, att_doc *doc, const att_explain_options *options, const char **bytes,
                       size_t *size);

/* Formats in order of the table; NULL past the end. */
const char *att_explain_format(size_t index);

/* What the rules miss in a corpus. */
typedef struct att_suggest att_suggest;
typedef struct {
    bool unused;    /* instead: what in the rules fires nowhere */
    uint32_t limit; /* blocks at most */
} att_suggest_options;

/* `doc` is where documents are read to; it must outlive the call's result. Memory does not grow with the corpus. */
att_status att_suggest_new(att_suggest **self, const att_engine *engine, att_doc *doc);
void att_suggest_free(att_suggest *self);

/* Annotates the document that was just read and takes what it shows. */
att_status att_suggest_take(att_suggest *self);

/* A rule file, which loads; or lines with places. `*bytes` dies with `self`. */
att_status att_suggest_write(att_suggest *self, const att_suggest_options *options, const char **bytes, size_t *size);

/* What the rules cost on a corpus. */
typedef struct att_costs att_costs;
typedef struct {
    uint32_t limit;     /* rules at most */
    const char *format; /* a name of att_costs_format, or NULL for "text" */
} att_costs_options;

/* As att_suggest_new. */
att_status att_costs_new(att_costs **self, const att_engine *engine, att_doc *doc);
void att_costs_free(att_costs *self);

/* Annotates the document that was just read and measures it. */
att_status att_costs_take(att_costs *self);

/* `*bytes` dies with `self`. */
att_status att_costs_write(att_costs *self, const att_costs_options *options, const char **bytes, size_t *size);

/* Formats in order of the table; NULL past the end. */
const char *att_costs_format(size_t index);

/* What rules hold, counted. */
typedef struct {
    const char *by;     /* a name of att_stats_way, or NULL for "pack"; for text */
    const char *format; /* a name of att_stats_format, or NULL for "text" */
} att_stats_options;

/* `*bytes` is to be freed. ATT_RULES: they have errors, each told to `sink`. */
att_status att_stats(const att_engine_options *rules, const att_stats_options *options, att_sink sink, void *user, char **bytes,
                     size_t *size);

/* Ways and formats in order of their tables; NULL past the end. */
const char *att_stats_way(size_t index);
const char *att_stats_format(size_t index);

/* Records, as `tag` writes them, as one HTML page. */
typedef struct att_page att_page;

/* `limit`: documents that are shown with their text; 0 for 200. */
att_status att_page_new(att_page **self, uint32_t limit);
void att_page_free(att_page *self);

/* Takes one record, of a document that failed too. `*why` says what is wrong with the line when it is none, else is NULL; it
 * dies with the next call. */
att_status att_page_add(att_page *self, const char *line, size_t length, const char **why);

/* `*bytes` dies with `self`. */
att_status att_page_write(att_page *self, const char **bytes, size_t *size);

/* Records, as `tag` writes them, as rows of one SQLite file. */
typedef struct att_store att_store;
typedef struct {
    uint64_t documents, failed; /* taken; failed ones among them */
    uint64_t replaced;          /* that took the place of ones with the same ids */
    uint64_t whole;             /* that are in the file for good */
} att_store_counts;

/* Whether SQLite was there when this was built; without it there is nothing but the SQL. */
bool att_store_built_in(void);

/* What makes the tables, views and indexes, newline at the end. */
const char *att_store_sql(void);

/* Opens the file or makes it; one process at a time writes to it. ATT_OPTION: it is no store of ours and was left as it is.
 * When a call fails att_store_problem says why, also where *self was not opened; all that is `whole` is in the file. */
att_status att_store_open(att_store **self, const char *path);
const char *att_store_problem(const att_store *self);

/* A record that was read, ready to be stored: that part of the work any threads may do at once. */
typedef struct att_store_record att_store_record;
att_store_record *att_store_read(const char *line, size_t length); /* NULL when there is no memory */
void att_store_drop(att_store_record *record);                     /* NULL too */

/* What is wrong with the line when it is no record that can be stored, or NULL. */
const char *att_store_refused(const att_store_record *record);

/* Stores one, of a document that failed too, in the place of the one that had its id; then drops it, whatever comes of it. */
att_status att_store_add(att_store *self, att_store_record *record);

/* Behind the last, or where a run is stopped: what was taken is whole. */
att_status att_store_finish(att_store *self);

att_store_counts att_store_counted(const att_store *self);
void att_store_free(att_store *self); /* what is not whole is gone */

/* Records of one corpus, old and new, compared. */
typedef struct att_diff att_diff;
typedef struct {
    uint32_t limit; /* differences that are listed; 0 for 100 */
    bool json;
} att_diff_options;

att_status att_diff_new(att_diff **self, const att_diff_options *options);
void att_diff_free(att_diff *self);

/* Takes the old or the new record of a document; when it has both, which it knows by the id, it compares them. `*why` says what
 * is wrong with the line when it is none, else is NULL. Lines are kept until their fellows come. */
att_status att_diff_add(att_diff *self, bool new, const char *line, size_t length, const char **why);

/* Behind the last: counts documents that one side only has. */
att_status att_diff_end(att_diff *self, bool *differs);

/* `*bytes` dies with `self`. */
att_status att_diff_write(att_diff *self, const char **bytes, size_t *size);

/* Rule files in their usual layout. */
typedef struct {
    bool check;                                  /* changes nothing */
    void (*print)(void *user, const char *path); /* each file that differs from its usual layout */
    void *user;
} att_fmt_options;

typedef struct {
    size_t files, changed;
    size_t unread;  /* files and folders that can't be read */
    char path[256]; /* the file that could not be written */
} att_fmt_result;

/* Files, and what is below folders. ATT_RULES: what is wrong, or can't be read, was told to `sink`; ATT_IO: errno says why. */
att_status att_fmt(const char *const *paths, size_t count, const att_fmt_options *options, att_sink sink, void *user,
                   att_fmt_result *result);

/* One text; `*formatted` is to be freed. */
att_status att_fmt_text(const char *bytes, size_t size, att_sink sink, void *user, char **formatted, size_t *length);

/* Names and patterns of other systems as a rule file. */
typedef struct {
    const char *format;                             /* a name of att_import_format, or NULL: by content */
    const char *map;                                /* "PER=PERSON GPE=LOCATION": which layers labels are; may be NULL */
    const char *pack;                               /* NULL for "imported" */
    void (*left_out)(void *user, const char *text); /* what is left out, and why */
    void *user;
} att_import_options;

typedef struct {
    char *bytes; /* of the rule file, to be freed */
    size_t size, taken, left_out;
    bool broken;   /* a file could not be read, which was told */
    char *problem; /* with ATT_OPTION: what is wrong with the map, to be freed */
} att_import_result;

att_status att_import(const att_engine *engine, const char *const *paths, size_t count, const att_import_options *options,
                      att_import_result *result);

/* Formats in order of the table; NULL past the end. */
const char *att_import_format(size_t index);

/* What bytes that begin so are, such as "compressed by zstd", or NULL for what may be text; `*how` is what makes text of them,
 * or NULL. */
const char *att_packed_as(const char *bytes, size_t size, const char **how);

/* Whether the file is compressed, and not by gzip, and the text in it begins so. */
bool att_packed_begins(const char *path, const char *start);

#endif

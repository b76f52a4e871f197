/* tools.h - what works on rules and records: lint, tests, explain, suggest, profile, stats, report, store, diff, fmt, import.
 * Together with attache.h it is all that the command line uses.
 */
#ifndef ATT_TOOLS_H
#define ATT_TOOLS_H

#include "attache.h"

/* Checks all rules without tagging; every finding goes to `sink`. ATT_OK, or ATT_RULES when there are errors (or, if
 * strict, warnings). The counts may be NULL. */
att_status att_lint(const att_engine_options *options, bool strict, att_sink sink, void *user, size_t *errors, size_t *warnings,
                    size_t *files);

typedef struct {
    const char *const *only; /* names of packs or rules, or words in the names of tests; a test runs when one of them fits */
    size_t only_count;
    bool update;   /* rewrites lines `=` to what is found */
    bool coverage; /* report rules that no test tries */
    bool mutate;   /* when all tests pass: report parts of the rules whose removal no test notices */
    bool quiet;    /* no known misses */
    void (*print)(void *user, const char *text);           /* receives failures and known misses as text for people */
    void (*progress)(void *user, size_t done, size_t all); /* receives how many parts were tried so far; may be NULL */
    void *user;
} att_test_options;

typedef struct {
    size_t passed, failed;   /* tests */
    size_t known, rewritten; /* lines */
    size_t untried;          /* rules, when coverage is asked for */
    size_t tested, untested; /* parts of the rules, when `mutate` is asked for */
    size_t needed;           /* parts that cannot be removed without an error in the rules */
    size_t findings;         /* errors in the rules, because of which no test was run */
    size_t unused;           /* index of the first of `only` that fits nothing; only_count when all fit */
    char path[256];          /* the file that could not be rewritten */
} att_test_result;

/* Runs the tests in the rules. ATT_RULES when the rules have errors (each reported to `sink`) or a test failed; ATT_IO when
 * a file could not be rewritten; else ATT_OK. */
att_status att_run_tests(const att_engine_options *rules, const att_test_options *options, att_sink sink, void *user,
                         att_test_result *result);

typedef struct {
    bool placed;
    uint64_t start, end; /* code points, when `placed` */
    const char *rule;    /* "pack/name" or "name" of a rule: explain why it made nothing there; or NULL */
    const char *format;  /* a name of att_explain_format, or NULL for "text" */
} att_explain_options;

/* Annotates a document that was just read and explains its annotations, or those at the given place: which line made each,
 * what it rests on and what lost to it. `*bytes` lives as long as the document. ATT_OPTION when there is no such rule;
 * `*bytes` then says so. */
att_status att_explain(const att_engine *engine, att_doc *doc, const att_explain_options *options, const char **bytes,
                       size_t *size);

/* Formats in order of the table; NULL past the end. */
const char *att_explain_format(size_t index);

/* What the rules miss in a corpus. */
typedef struct att_suggest att_suggest;
typedef struct {
    bool unused;    /* report what in the rules never applies, instead */
    uint32_t limit; /* blocks at most; of what never applies lines, 0 for all */
} att_suggest_options;

/* Documents are read into `doc`, which must outlive the result. Memory does not grow with the corpus. */
att_status att_suggest_new(att_suggest **self, const att_engine *engine, att_doc *doc);
void att_suggest_free(att_suggest *self);

/* Annotates the document that was just read and collects what it shows. */
att_status att_suggest_take(att_suggest *self);

/* Writes a valid rule file of suggestions or, for `unused`, lines with places. `*bytes` lives as long as `self`. */
att_status att_suggest_write(att_suggest *self, const att_suggest_options *options, const char **bytes, size_t *size);

/* Measures what the rules cost on a corpus. */
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

/* Makes one HTML page from records that `tag` wrote. */
typedef struct att_page att_page;

/* `limit`: how many documents are shown with their text; 0 for 200. */
att_status att_page_new(att_page **self, uint32_t limit);
void att_page_free(att_page *self);

/* Adds one record, also that of a failed document. `*why` says what is wrong with a line that is no record, else is NULL;
 * valid until the next call. */
att_status att_page_add(att_page *self, const char *line, size_t length, const char **why);

/* Whether it says that a record of ours is damaged, so that others beside it may be good. */
#define ATT_DAMAGED "a damaged record: "
bool att_is_damaged(const char *why);

/* How many records of those added were made without statements. */
uint64_t att_page_unsaid(const att_page *self);

/* `*bytes` dies with `self`. */
att_status att_page_write(att_page *self, const char **bytes, size_t *size);

/* Stores records that `tag` wrote as rows of an SQLite file. */
typedef struct att_store att_store;
typedef struct {
    uint64_t documents, failed; /* added so far; failed ones among them */
    uint64_t replaced;          /* those that replaced one with the same id */
    uint64_t whole;             /* those that are safely in the file */
} att_store_counts;

/* Whether SQLite is built in; without it only att_store_sql works. */
bool att_store_built_in(void);

/* The SQL that makes the tables, views and indexes, with a newline at its end. */
const char *att_store_sql(void);

/* Opens or creates the file; one process at a time can write to it. ATT_OPTION when it is not a store of ours; it is left as
 * it was. When a call fails, att_store_problem says why, even if *self was not opened; everything counted in `whole` is in
 * the file. */
att_status att_store_open(att_store **self, const char *path);
const char *att_store_problem(const att_store *self);

/* A parsed record, ready to be stored. Any number of threads may parse at the same time. */
typedef struct att_store_record att_store_record;
att_store_record *att_store_read(const char *line, size_t length); /* NULL when there is no memory */
void att_store_drop(att_store_record *record);                     /* NULL too */

/* What is wrong with a line that can't be stored as a record, or NULL. */
const char *att_store_refused(const att_store_record *record);

/* Stores a record, also that of a failed document, replacing any with the same id; then frees it, whatever the result. */
att_status att_store_add(att_store *self, att_store_record *record);

/* Call it after the last record, or when a run is stopped: makes everything added safe. */
att_status att_store_finish(att_store *self);

/* What was added through this object so far. */
att_store_counts att_store_counted(const att_store *self);
void att_store_free(att_store *self); /* discards what is not safely in the file */

/* Compares old and new records of one corpus. */
typedef struct att_diff att_diff;
typedef struct {
    uint32_t limit; /* how many differences are listed; 0 for 100 */
    bool json;
} att_diff_options;

/* Begins a comparison. ATT_NOMEM leaves *self NULL, which att_diff_free accepts. */
att_status att_diff_new(att_diff **self, const att_diff_options *options);
void att_diff_free(att_diff *self);

/* Adds the old or the new record of a document; once it has both, recognised by their id, it compares them. `*why` says what
 * is wrong with a line that is no record, else is NULL. A record is kept until its counterpart comes. */
att_status att_diff_add(att_diff *self, bool new, const char *line, size_t length, const char **why);

/* Call it after the last record: counts documents that only one side has. */
att_status att_diff_end(att_diff *self, bool *differs);

/* `*bytes` dies with `self`. */
att_status att_diff_write(att_diff *self, const char **bytes, size_t *size);

/* Puts rule files into the usual layout. */
typedef struct {
    bool check;                                  /* changes nothing */
    void (*print)(void *user, const char *path); /* receives each file that differs from the usual layout */
    void *user;
} att_fmt_options;

typedef struct {
    size_t files, changed;
    size_t unread;  /* files and folders that can't be read */
    char path[256]; /* the file that could not be written */
} att_fmt_result;

/* Formats files, and all rule files below folders. ATT_RULES when something is wrong or can't be read, as reported to
 * `sink`; ATT_IO when errno says why. */
att_status att_fmt(const char *const *paths, size_t count, const att_fmt_options *options, att_sink sink, void *user,
                   att_fmt_result *result);

/* Formats one text; the caller frees `*formatted`. */
att_status att_fmt_text(const char *bytes, size_t size, att_sink sink, void *user, char **formatted, size_t *length);

/* Converts names and patterns of other systems to a rule file. */
typedef struct {
    const char *format;                             /* a name of att_import_format, or NULL: by content */
    const char *map;                                /* which layers labels stand for, "PER=PERSON GPE=LOCATION"; may be NULL */
    const char *pack;                               /* NULL for "imported" */
    void (*left_out)(void *user, const char *text); /* receives what was left out, and why */
    void *user;
} att_import_options;

typedef struct {
    char *bytes; /* the rule file; the caller frees it */
    size_t size, taken, left_out;
    bool broken;   /* a file could not be read, as was reported */
    char *problem; /* with ATT_OPTION: what is wrong with the map; the caller frees it */
} att_import_result;

/* Converts files one after the other. ATT_OPTION when the map is wrong. The caller frees what `result` has, whatever the
 * status. */
att_status att_import(const att_engine *engine, const char *const *paths, size_t count, const att_import_options *options,
                      att_import_result *result);

/* Formats in order of the table; NULL past the end. */
const char *att_import_format(size_t index);

/* What kind of packed data begins with these bytes, such as "compressed by zstd"; NULL when it may be text. `*how` is a
 * command that makes text of it, or NULL. */
const char *att_packed_as(const char *bytes, size_t size, const char **how);

/* Whether the file is compressed, but not with gzip, and its unpacked text begins with `start`. */
bool att_packed_begins(const char *path, const char *start);

/* Why no file can be made at the path, of the errno that trying gave. `*nowhere`: the path is wrong, not the system. */
const char *att_why_not_made(const char *path, int error, bool *nowhere);

#endif

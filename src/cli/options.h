/* options.h - the options of all commands: one table, from which both parsing and help are made.
 *
 * Owner   an option's value points into argv; the two lists belong to cli_options_clear.
 * Errors  told on standard error, as a usage error.
 */
#ifndef ATT_CLI_OPTIONS_H
#define ATT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "attache.h"

/* The commands as a bit set: an option says which of them take it. */
typedef enum {
    CLI_TAG = 1,
    CLI_LINT = 2,
    CLI_RULES = 4,
    CLI_SCHEMA = 8,
    CLI_HELP = 16,
    CLI_TEST = 32,
    CLI_EXPLAIN = 64,
    CLI_COMPILE = 128,
    CLI_EVAL = 256,
    CLI_SUGGEST = 512,
    CLI_PROFILE = 1024,
    CLI_STATS = 2048,
    CLI_REPORT = 4096,
    CLI_DIFF = 8192,
    CLI_FMT = 16384,
    CLI_IMPORT = 32768,
    CLI_STORE = 65536,
    CLI_ALL = 131071
} cli_command;

/* Code points [start, end). */
typedef struct {
    uint64_t start, end;
    bool given;
} cli_span;

/* Number `index` of `count`, from 1; count 0 when not given. */
typedef struct {
    uint64_t index, count;
} cli_shard;

typedef struct {
    /* rules */
    const char *rules, *engine;
    const char **with;
    size_t with_count;
    const char **only;
    size_t only_count;
    /* reading */
    const char *input_format;
    const char *text_field, *id_field, *date_field, *title_field, *origin_field, *lang_field;
    const char *date, *origin, *duplicates;
    uint64_t max_bytes, from_line; /* 0: not given */
    /* explaining */
    cli_span at;
    const char *rule, *doc;
    /* suggesting, measuring */
    uint64_t limit; /* fits 32 bits; 0: not given */
    bool unused;
    /* comparing */
    const char *misses, *by, *min, *map, *gold_map; /* misses: "" for all */
    bool names_only;
    /* importing */
    const char *from, *pack;
    /* writing */
    const char *format, *out, *types, *offsets, *until, *profile;
    bool text, statements, unbuffered, schema;
    /* running */
    uint64_t threads, max_topics; /* fit 32 bits; 0: not given */
    cli_shard shard;
    const char *view, *theme;
    bool resume, skip_errors, errors_ok, quiet, verbose, strict, force, update, check, coverage, mutate, help;
    /* what is no option, in the order written */
    const char **operands;
    size_t operand_count;
} cli_options;

/* Reads argv[1..]; argv[0] is the name of the command. False after a usage error was told. */
bool cli_options_read(cli_options *self, cli_command command, int argc, char **argv);
void cli_options_clear(cli_options *self);

/* What options may be about, beside the output. */
typedef enum {
    CLI_ABOUT_LINES,    /* lines of JSON: which fields, from which line on */
    CLI_ABOUT_DOCUMENTS /* these, and what else is asked of documents; rules are for them, too, but may stand in every call */
} cli_about;

/* The names of such options that were given, by index; NULL past the end. */
const char *cli_options_given(const cli_options *self, cli_about about, size_t index);

/* Says whether two runs of a command are asked for the same output of the same rules and inputs. */
uint32_t cli_options_digest(const cli_options *self, cli_command command);

/* What a reader is asked for. Borrows from the options. */
att_reader_options cli_reader_options(const cli_options *self);

/* Prints the options that the command takes, one a line. */
void cli_options_help(FILE *out, cli_command command);

#endif

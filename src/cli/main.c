/* main.c - the commands in a table: the usage text is printed from it, so that it cannot be out of date. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/nearest.h"
#include "cli/say.h"

static int cmd_help(const cli_options *options);

typedef struct {
    const char *name;
    cli_command bit;
    int (*run)(const cli_options *options);
    const char *arguments;
    const char *help;
} command;

static const command commands[] = {
    { "tag", CLI_TAG, cmd_tag, "[OPTION...] [FILE|DIR|-]...", "annotate documents" },
    { "explain", CLI_EXPLAIN, cmd_explain, "[OPTION...] FILE|-", "say why each annotation is there, or why not" },
    { "eval", CLI_EVAL, cmd_eval, "[OPTION...] GOLD [PRED]", "score what is found against gold annotations" },
    { "diff", CLI_DIFF, cmd_diff, "[OPTION...] OLD NEW [CORPUS]...",
      "compare two sets of rules over a corpus, or two outputs" },
    { "report", CLI_REPORT, cmd_report, "[OPTION...] [FILE|DIR|-]...", "show a corpus, or records of tag, as one HTML page" },
    { "store", CLI_STORE, cmd_store, "[OPTION...] FILE|DIR|-... -o DB",
      "put a corpus, or records of tag, into an SQLite file" },
    { "suggest", CLI_SUGGEST, cmd_suggest, "[OPTION...] [FILE|DIR|-]...", "say what the rules miss in a corpus, as blocks" },
    { "profile", CLI_PROFILE, cmd_profile, "[OPTION...] [FILE|DIR|-]...", "say what the rules cost on a corpus, and why" },
    { "lint", CLI_LINT, cmd_lint, "[OPTION...]", "check rules without reading documents" },
    { "import", CLI_IMPORT, cmd_import, "[OPTION...] FILE|DIR|-...", "make rules of names and patterns of other systems" },
    { "fmt", CLI_FMT, cmd_fmt, "[--check] FILE|DIR|-...", "put rule files into their usual layout" },
    { "stats", CLI_STATS, cmd_stats, "[OPTION...]", "count what the rules hold" },
    { "test", CLI_TEST, cmd_test, "[OPTION...]", "run the tests in the rules" },
    { "compile", CLI_COMPILE, cmd_compile, "[OPTION...] [DIR] -o FILE", "make rules a file that is ready at once" },
    { "rules", CLI_RULES, cmd_rules, "export [--force] DIR", "write the shipped rules out, to read or to change" },
    { "schema", CLI_SCHEMA, cmd_schema, "", "print the JSON Schema of the record" },
    { "help", CLI_HELP, cmd_help, "[COMMAND]", "print what a command takes" },
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

/* ---- help ---- */

static int usage(FILE *out, int status)
{
    fputs("usage: attache COMMAND [OPTION...] [FILE...]\n"
          "Annotates news and government text: officials, agencies, countries and other names.\n\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-7s %-31s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    fputs("\nattache COMMAND --help lists the options of a command, attache --version says what this is.\n"
          "Results go to standard output, messages to standard error.\n\n"
          "Exit status: 0 done; 1 broken rules, lint errors, failed tests, figures under --min, differences;\n"
          "2 usage; 3 some documents failed (each has its record), or files that can't be read;\n"
          "4 system (disk full, no memory); 130, 143 stopped by a signal; 141 closed pipe.\n\n"
          "Example: attache tag --out notes.jsonl notes/\n",
          out);
    return status;
}

static void profiles(void)
{
    const char *name, *help;
    puts("\nProfiles:");
    for (size_t i = 0; (name = att_profile(i, &help)); i++) printf("  %-8s %s\n", name, help);
}

static void formats(void)
{
    const char *name, *help;
    puts("\nFormats:");
    for (size_t i = 0; (name = att_output_format(i, &help)); i++)
        printf("  %-27s %s%s\n", name, help ? help : "", i == 0 ? " (default)" : "");
    fputs("Input formats:", stdout);
    for (size_t i = 0; (name = att_input_format(i)); i++) printf("%s %s", i ? "," : "", name);
    puts("\n\nWithout FILE, or with -, reads standard input. A folder stands for the files below it, by name;\n"
         "an archive (tar, zip, 7z, cpio, RAR, CAB) for its members, one of the web (WARC) for its pages;\n"
         "what gzip, zstd, xz, bzip2, lz4 or lzip packed is unpacked. (Archives and all but gzip where attache\n"
         "was built with libarchive.)\n"
         "A document that can't be read becomes an error record in its place, and the run goes on.");
}

static void gold(void)
{
    const char *name;
    puts("\nGOLD is JSON Lines (id, text, spans with start, end, label, code; officials, doc), CoNLL columns\n"
         "with IOB tags, or brat's .ann beside .txt; PRED the same, or attache's records. Either may be\n"
         "compressed with gzip, or - for standard input. Without PRED the rules annotate the texts of GOLD.\n"
         "Lines of the table beside the types:");
    for (size_t i = 0; (name = cli_eval_measure(i)); i++) printf(i % 6 ? ", %s" : i ? ",\n  %s" : "  %s", name);
    puts("\n\nP, R and F1 are strict: span and type. The interval is of F1, by bootstrap over documents. `span F1`\n"
         "asks for the same bounds, `overlap` gives half for one of the same type that overlaps.");
}

/* What options alone do not tell. */
static const struct {
    cli_command command;
    const char *text;
} appendices[] = {
    { CLI_DIFF, "With a CORPUS, OLD and NEW are folders of rules, compiled rules or the word shipped; without\n"
                "one, files of records. Documents are told by their ids, in any order. Exits 1 when anything\n"
                "differs." },
    { CLI_REPORT, "Files that begin as records of tag do, folders with such .jsonl files, standard input and\n"
                  "pipes are records (these two are documents with --input-format; made with --text, records\n"
                  "show their texts); all else is annotated. The page needs nothing but itself." },
    { CLI_STORE, "Files that begin as records of tag do, folders with such .jsonl files, standard input and\n"
                 "pipes are records (these two are documents with --input-format); all else is annotated. What\n"
                 "comes with the id of a document of the store takes its place. Read the file with the sqlite3\n"
                 "shell, where `.schema` explains the tables, with Datasette, or with whatever else reads SQLite." },
    { CLI_PROFILE, "wakes: how often a word or annotation wakes the rule; in vain: where it then finds nothing;\n"
                   "tries: places that it is tried at; found: its candidates; stand: what is left of them in the\n"
                   "end." },
    { CLI_IMPORT, "FILE is of spaCy's EntityRuler (JSON Lines), a table of RegexNER, a list or lists.def of GATE, or\n"
                  "CSV whose first line names its columns: name, type and, where there are some, id and aliases\n"
                  "(with | between them). Phrases become lists with a rule, phrases with an id entries, patterns\n"
                  "rules; what is left out is told." },
    { CLI_FMT, "Changes nothing but blanks and line breaks, and names the files that it changes." },
};

static int help(const command *item)
{
    printf("usage: attache %s%s%s\n%s\n\n", item->name, *item->arguments ? " " : "", item->arguments, item->help);
    cli_options_help(stdout, item->bit);
    for (size_t i = 0; i < sizeof appendices / sizeof *appendices; i++)
        if (appendices[i].command == item->bit) printf("\n%s\n", appendices[i].text);
    if (item->bit == CLI_TAG) formats();
    if (item->bit == CLI_EVAL) gold();
    if (item->bit == CLI_TAG || item->bit == CLI_EVAL) profiles();
    return EXIT_DONE;
}

/* ---- the table ---- */

static const command *find(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* What may stand in the first place: the commands, then these two. */
static const char *first_word(int index)
{
    static const char *const others[] = { "--help", "--version" };
    return index < COMMAND_COUNT ? commands[index].name : others[index - COMMAND_COUNT];
}

static int unknown(const char *name)
{
    const char *near = NULL, *what = name[0] == '-' ? "option" : "command";
    size_t least = (size_t)-1;
    for (int i = 0; i < COMMAND_COUNT + 2; i++) {
        size_t distance = cli_distance(name, first_word(i));
        if (!cli_is_near(name, distance) || distance >= least) continue;
        least = distance;
        near = first_word(i);
    }
    if (near) cli_say("attache: unknown %s '%s'; did you mean '%s'?\n", what, name, near);
    else cli_say("attache: unknown %s '%s'; see attache --help\n", what, name);
    return EXIT_USAGE;
}

static int cmd_help(const cli_options *options)
{
    if (options->operand_count == 0) return usage(stdout, EXIT_DONE);
    if (options->operand_count > 1) {
        fputs("attache: 'help' wants one command at most: attache help COMMAND\n", stderr);
        return EXIT_USAGE;
    }
    const command *item = find(options->operands[0]);
    return item ? help(item) : unknown(options->operands[0]);
}

static int version(void)
{
    att_engine *engine;
    const char *library;
    printf("attache %s\nrecord schema %d\nbuilt with", ATT_VERSION, ATT_SCHEMA_VERSION);
    for (size_t i = 0; (library = att_built_with(i)); i++) printf("%s %s", i ? "," : "", library);
    puts(att_built_with(0) ? "" : "out libxml2, libarchive and SQLite");
    att_status status = att_engine_new(&engine, NULL, NULL, NULL);
    printf("shipped rules %s\n", status == ATT_OK ? att_engine_digest(engine) : att_status_text(status));
    att_engine_free(engine);
    return status == ATT_OK ? EXIT_DONE : EXIT_FINDINGS;
}

static int run_command(const command *item, int argc, char **argv)
{
    cli_options options;
    int status = EXIT_USAGE;
    if (cli_options_read(&options, item->bit, argc, argv)) status = options.help ? help(item) : item->run(&options);
    cli_options_clear(&options);
    return status;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) return usage(stderr, EXIT_USAGE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return usage(stdout, EXIT_DONE);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) return version();
    const command *item = find(argv[1]);
    return item ? run_command(item, argc - 1, argv + 1) : unknown(argv[1]);
}

/* ---- the process ---- */

/* A closed standard stream is opened in the direction that it is not used in: it still fails, and no other file can
 * come to stand in its place. */
static void fill_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1) (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* What was printed must have arrived, or the status says that it did not. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    if (errno == EPIPE) return EXIT_PIPE;
    cli_say("attache: cannot write standard output: %s\n", strerror(errno));
    return EXIT_SYSTEM;
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe and a file over its limit are errors of write */
    signal(SIGXFSZ, SIG_IGN);
    return finish(dispatch(argc, argv));
}

#include "cli/options.h"

#include <ctype.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/nearest.h"
#include "cli/say.h"
#include "cli/values.h"
#include "tools/tools.h"

typedef enum { FLAG, WORD, CHOICE, LIST, SIZE, COUNT, DATE, COUNTRY, SPAN, MAYBE, SHARD, IDENT } value_kind;

typedef struct {
    const char *name;
    char letter;          /* or 0 */
    const char *argument; /* NULL: takes none */
    const char *help;
    unsigned commands; /* a set of cli_command */
    value_kind kind;
    size_t member;                       /* where in cli_options the value goes */
    const char *(*choice)(size_t index); /* CHOICE: the words there are; NULL past the end */
} option;

static const char *output_format(size_t index)
{
    return att_output_format(index, NULL);
}

static const char *profile_name(size_t index)
{
    return att_profile(index, NULL);
}

static const char *offset_unit(size_t index)
{
    static const char *const units[] = { "codepoint", "byte", "utf16" };
    return index < sizeof units / sizeof units[0] ? units[index] : NULL;
}

static const char *engine_name(size_t index)
{
    static const char *const names[] = { "fast", "reference" };
    return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

enum {
    READERS = CLI_TAG | CLI_EXPLAIN | CLI_SUGGEST | CLI_PROFILE | CLI_REPORT | CLI_DIFF | CLI_STORE,
    RULE_USERS = (READERS & ~CLI_DIFF) | CLI_EVAL | CLI_LINT | CLI_TEST | CLI_STATS | CLI_IMPORT
};

#define AT(member) offsetof(cli_options, member)
static const option table[] = {
    { "format", 'f', "FORMAT", "what to write; the formats are listed below", CLI_TAG, CHOICE, AT(format), output_format },
    { "out", 'o', "FILE|DIR", "write to FILE, whole or not at all, or to a part in DIR; - for stdout", CLI_TAG, WORD, AT(out),
      NULL },
    { "out", 'o', "FILE", "write the compiled rules to FILE, for --rules FILE", CLI_COMPILE, WORD, AT(out), NULL },
    { "types", 0, "A,B", "write mentions of these types only", CLI_TAG, WORD, AT(types), NULL },
    { "view", 0, "VIEW", "write only documents that have this view", CLI_TAG, WORD, AT(view), NULL },
    { "theme", 0, "THEME", "write only documents with this theme or topic: missiles/PRK, missiles", CLI_TAG, WORD, AT(theme),
      NULL },
    { "max-topics", 0, "N", "name at most N topics of a document", CLI_TAG | CLI_STORE, COUNT, AT(max_topics), NULL },
    { "until", 0, "STAGE", "stop behind a stage; lists: names alone, several times as fast", CLI_TAG, WORD, AT(until), NULL },
    { "text", 0, NULL, "add the text to each record", CLI_TAG, FLAG, AT(text), NULL },
    { "statements", 0, NULL, "add who says what: quotes, reported speech, transcripts", CLI_TAG, FLAG, AT(statements), NULL },
    { "statements", 0, NULL, "add who said what in the documents; records bring their own", CLI_REPORT, FLAG, AT(statements),
      NULL },
    { "statements", 0, NULL, "measure the stage that finds who says what, too", CLI_PROFILE, FLAG, AT(statements), NULL },
    { "offsets", 0, "UNIT", "count start and end in codepoint (default), byte or utf16", CLI_TAG, CHOICE, AT(offsets),
      offset_unit },

    { "at", 0, "START-END", "what is there: code points of the text, as in records", CLI_EXPLAIN, SPAN, AT(at), NULL },
    { "rule", 0, "RULE", "why this rule, name, topic or office made nothing: NAME or PACK/NAME", CLI_EXPLAIN, WORD, AT(rule),
      NULL },
    { "doc", 0, "ID", "the document of FILE to explain", CLI_EXPLAIN, WORD, AT(doc), NULL },
    { "format", 'f', "FORMAT", "text (default) or json", CLI_EXPLAIN, CHOICE, AT(format), att_explain_format },

    { "limit", 0, "N", "N blocks at most, 100 when not given; of --unused N lines", CLI_SUGGEST, COUNT, AT(limit), NULL },
    { "limit", 0, "N", "N rules at most; 25 when not given", CLI_PROFILE, COUNT, AT(limit), NULL },
    { "limit", 0, "N", "list N differences; 100 when not given", CLI_DIFF, COUNT, AT(limit), NULL },
    { "format", 'f', "FORMAT", "text (default) or json", CLI_PROFILE | CLI_DIFF, CHOICE, AT(format), att_costs_format },
    { "limit", 0, "N", "show the text of N documents; 200 when not given", CLI_REPORT, COUNT, AT(limit), NULL },
    { "out", 'o', "FILE", "write the page to FILE, whole or not at all; - for stdout", CLI_REPORT, WORD, AT(out), NULL },
    { "out", 'o', "FILE", "the store to add to; made where there is none yet", CLI_STORE, WORD, AT(out), NULL },
    { "schema", 0, NULL, "print the SQL of its tables, views and indexes, and do nothing else", CLI_STORE, FLAG, AT(schema),
      NULL },
    { "unused", 0, NULL, "instead: entries, triggers and rules that fire nowhere in the corpus", CLI_SUGGEST, FLAG, AT(unused),
      NULL },

    { "profile", 0, "PROFILE", "cut mentions as another set of annotations does; listed below", CLI_TAG | CLI_EVAL, CHOICE,
      AT(profile), profile_name },

    { "format", 'f', "FORMAT", "text (default), json or html", CLI_EVAL, CHOICE, AT(format), cli_eval_format },
    { "misses", 0, "[MEASURE]", "list what was missed or invented: all, or of one line of the table", CLI_EVAL, MAYBE,
      AT(misses), cli_eval_line },
    { "by", 0, "WAY", "mentions by rule, source or type too", CLI_EVAL, CHOICE, AT(by), cli_eval_way },
    { "min", 0, "FLOORS", "exit 1 below these F1: 'mentions=0.90 officials=0.80'", CLI_EVAL, WORD, AT(min), NULL },
    { "types", 0, "A,B", "score these types of gold only", CLI_EVAL, WORD, AT(types), NULL },
    { "map", 0, "MAP", "what found types count as: 'ORG=AGENCY+IGO+ORG LOCATION=COUNTRY'", CLI_EVAL, WORD, AT(map), NULL },
    { "gold-map", 0, "MAP", "what gold's types count as, written alike", CLI_EVAL, WORD, AT(gold_map), NULL },
    { "names-only", 0, NULL, "set gold's spans without a name aside: 'the rebels'", CLI_EVAL, FLAG, AT(names_only), NULL },

    { "rules", 0, "DIR|FILE", "take the rules in DIR, or compiled ones, instead of the shipped ones", RULE_USERS, WORD,
      AT(rules), NULL },
    { "with", 0, "DIR", "add the rules in DIR; may be given again", CLI_COMPILE | RULE_USERS, LIST, AT(with), NULL },
    { "with", 0, "DIR", "add the rules in DIR to the new ones; may be given again", CLI_DIFF, LIST, AT(with), NULL },
    { "by", 0, "WAY", "count by pack (default), layer, country or office", CLI_STATS, CHOICE, AT(by), att_stats_way },
    { "format", 'f', "FORMAT", "text (default) or json, which has all", CLI_STATS, CHOICE, AT(format), att_stats_format },
    { "only", 0, "NAME", "run the tests of this pack or rule, or with these words in their names", CLI_TEST, LIST, AT(only),
      NULL },
    { "update", 'u', NULL, "rewrite the lines '=' that fail to what is there", CLI_TEST, FLAG, AT(update), NULL },
    { "coverage", 0, NULL, "tell of rules that no test tries; fail when there are some", CLI_TEST, FLAG, AT(coverage), NULL },
    { "mutate", 0, NULL, "tell of parts that no test would miss; fail when there are some", CLI_TEST, FLAG, AT(mutate), NULL },
    { "strict", 0, NULL, "fail on warnings too", CLI_LINT, FLAG, AT(strict), NULL },
    { "from", 0, "FORMAT", "spacy, regexner, gate or csv; by content when not given", CLI_IMPORT, CHOICE, AT(from),
      att_import_format },
    { "map", 0, "MAP", "which layers labels are: 'PER=PERSON GPE=LOCATION'", CLI_IMPORT, WORD, AT(map), NULL },
    { "pack", 0, "NAME", "the name of the pack; imported when not given", CLI_IMPORT, IDENT, AT(pack), NULL },
    { "out", 'o', "FILE", "write the rules to FILE, whole or not at all; - for stdout", CLI_IMPORT, WORD, AT(out), NULL },
    { "check", 0, NULL, "change nothing; exit 1 where a file differs", CLI_FMT, FLAG, AT(check), NULL },
    { "force", 0, NULL, "overwrite files that differ", CLI_RULES, FLAG, AT(force), NULL },

    { "input-format", 0, "FORMAT", "what the input is; by content when not given", READERS, CHOICE, AT(input_format),
      att_input_format },
    { "text-field", 0, "NAME", "JSON Lines: the field that holds the text", READERS, WORD, AT(text_field), NULL },
    { "id-field", 0, "NAME", "JSON Lines: the field that holds the id", READERS, WORD, AT(id_field), NULL },
    { "date-field", 0, "NAME", "JSON Lines: the field that holds the date", READERS, WORD, AT(date_field), NULL },
    { "title-field", 0, "NAME", "JSON Lines: the field that holds the title", READERS, WORD, AT(title_field), NULL },
    { "origin-field", 0, "NAME", "JSON Lines: the field that holds the country of origin", READERS, WORD, AT(origin_field),
      NULL },
    { "lang-field", 0, "NAME", "JSON Lines: the field that holds the language", READERS, WORD, AT(lang_field), NULL },
    { "date", 0, "DATE", "date of documents that have none: 2024-01-19", READERS, DATE, AT(date), NULL },
    { "origin", 0, "CODE", "country that documents without an origin speak for: KOR", READERS, COUNTRY, AT(origin), NULL },
    { "max-bytes", 0, "N[K|M|G]", "refuse larger documents; 64M when not given", READERS, SIZE, AT(max_bytes), NULL },
    { "from-line", 0, "N", "JSON Lines: start at line N",
      CLI_TAG | CLI_SUGGEST | CLI_PROFILE | CLI_REPORT | CLI_DIFF | CLI_STORE, COUNT, AT(from_line), NULL },

    { "duplicates", 0, "WAY", "name the first document with the same text, exact or near", CLI_TAG | CLI_STORE, CHOICE,
      AT(duplicates), att_duplicates_way },
    { "threads", 0, "N", "annotate N documents at once; one a core when not given", CLI_TAG | CLI_STORE, COUNT, AT(threads),
      NULL },
    { "shard", 0, "I/N", "annotate the documents of shard I of N only, chosen by their ids", CLI_TAG, SHARD, AT(shard), NULL },
    { "resume", 0, NULL, "go on where an earlier run with the same --out broke off", CLI_TAG, FLAG, AT(resume), NULL },
    { "skip-errors", 0, NULL, "leave out the records of documents that failed", CLI_TAG, FLAG, AT(skip_errors), NULL },
    { "errors-ok", 0, NULL, "exit 0 even if documents failed", CLI_TAG | CLI_STORE, FLAG, AT(errors_ok), NULL },
    { "unbuffered", 0, NULL, "write each record as soon as it is made", CLI_TAG, FLAG, AT(unbuffered), NULL },
    { "quiet", 'q', NULL, "no messages about documents, no progress, no summary", CLI_TAG | CLI_STORE, FLAG, AT(quiet), NULL },
    { "quiet", 'q', NULL, "no messages about documents, no progress", CLI_SUGGEST | CLI_PROFILE | CLI_REPORT | CLI_DIFF, FLAG,
      AT(quiet), NULL },
    { "quiet", 'q', NULL, "print no known misses", CLI_TEST, FLAG, AT(quiet), NULL },
    { "verbose", 'v', NULL, "warnings about rules; a summary even if stderr is no terminal", CLI_TAG | CLI_STORE, FLAG,
      AT(verbose), NULL },
    { "engine", 0, "ENGINE", "match rules the fast way (default) or as the slow reference does", CLI_TAG, CHOICE, AT(engine),
      engine_name },
    { "help", 'h', NULL, "print this", CLI_ALL, FLAG, AT(help), NULL },
};
enum { OPTION_COUNT = sizeof table / sizeof table[0], LONG_BASE = 256, OPERAND = 1, MOST_THREADS = 1024 };

/* ---- help ---- */

void cli_options_help(FILE *out, cli_command command)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const option *item = &table[i];
        if (!(item->commands & command)) continue;
        char letter[] = "    ", name[64];
        if (item->letter) snprintf(letter, sizeof letter, "-%c, ", item->letter);
        snprintf(name, sizeof name, "--%s%s%s", item->name, item->argument ? " " : "", item->argument ? item->argument : "");
        fprintf(out, "  %s%-23s %s\n", letter, name, item->help);
    }
}

/* ---- what is wrong ---- */

/* The name that `written` was meant to be, among the command's own. Names that it is the beginning of come first. */
static const option *nearest(cli_command command, const char *written)
{
    const option *best = NULL;
    size_t least = SIZE_MAX;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(table[i].commands & command)) continue;
        bool begins = strncmp(table[i].name, written, strlen(written)) == 0;
        size_t distance = begins ? 0 : cli_distance(written, table[i].name);
        if (!begins && !cli_is_near(written, distance)) continue;
        if (distance < least) {
            least = distance;
            best = &table[i];
        }
    }
    return best;
}

static const option *by_name(const char *name)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (strcmp(table[i].name, name) == 0) return &table[i];
    return NULL;
}

static bool unknown_letter(const char *command, int letter)
{
    cli_say(isprint(letter) ? "attache: unknown option '-%c'; see attache %s --help\n"
                            : "attache: unknown option (byte %d); see attache %s --help\n",
            letter, command);
    return false;
}

static bool unknown_name(cli_command command, const char *command_name, const char *written)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(written + 2, "="), written + 2);
    const option *other = by_name(name), *near = nearest(command, name);
    if (other)
        cli_say("attache: '%s' does not take the option '--%s'; see attache %s --help\n", command_name, name, command_name);
    else if (near) cli_say("attache: unknown option '--%s'; did you mean '--%s'?\n", name, near->name);
    else cli_say("attache: unknown option '--%s'; see attache %s --help\n", name, command_name);
    return false;
}

static bool wrong_value(const option *item, const char *value, const char *wanted)
{
    cli_say("attache: '--%s' wants %s, not '%s'\n", item->name, wanted, value);
    return false;
}

static bool wrong_choice(const option *item, const char *value)
{
    cli_say("attache: '--%s' has no '%s'; it knows", item->name, value);
    for (size_t i = 0; item->choice(i); i++) cli_say("%s %s", i ? "," : "", item->choice(i));
    fputc('\n', stderr);
    return false;
}

/* ---- one value ---- */

static bool is_choice(const option *item, const char *value)
{
    for (size_t i = 0; item->choice(i); i++)
        if (strcmp(item->choice(i), value) == 0) return true;
    return false;
}

static bool set_size(cli_options *self, const option *item, const char *value)
{
    uint64_t bytes;
    if (!cli_size(value, &bytes) || bytes > UINT32_MAX)
        return wrong_value(item, value, "a number of bytes below 4G such as 500000, 64K or 64M");
    memcpy((char *)self + item->member, &bytes, sizeof bytes);
    return true;
}

static bool set_count(cli_options *self, const option *item, const char *value)
{
    bool threads = item->member == AT(threads), line = item->member == AT(from_line);
    uint64_t count, most = threads ? MOST_THREADS : line ? UINT64_MAX : UINT32_MAX;
    char wanted[64];
    snprintf(wanted, sizeof wanted, "a number from 1 to %" PRIu64, most);
    if (!cli_count(value, &count) || count > most) return wrong_value(item, value, wanted);
    memcpy((char *)self + item->member, &count, sizeof count);
    return true;
}

static void add(cli_options *self, const option *item, const char *value)
{
    if (item->member == AT(with)) self->with[self->with_count++] = value;
    else self->only[self->only_count++] = value;
}

static bool set_span(cli_options *self, const option *item, const char *value)
{
    cli_span span = { .given = true };
    if (!cli_span_of(value, &span.start, &span.end)) return wrong_value(item, value, "code points from and to, such as 12-17");
    memcpy((char *)self + item->member, &span, sizeof span);
    return true;
}

static bool set_shard(cli_options *self, const option *item, const char *value)
{
    cli_shard shard;
    if (!cli_shard_of(value, &shard.index, &shard.count))
        return wrong_value(item, value, "a number and how many there are, from 1/8 to 8/8");
    memcpy((char *)self + item->member, &shard, sizeof shard);
    return true;
}

static bool set(cli_options *self, const option *item, const char *value)
{
    switch (item->kind) {
    case FLAG: *(bool *)((char *)self + item->member) = true; return true;
    case LIST:
        if (!*value) return wrong_value(item, value, item->argument);
        add(self, item, value);
        return true;
    case SIZE: return set_size(self, item, value);
    case COUNT: return set_count(self, item, value);
    case SPAN: return set_span(self, item, value);
    case SHARD: return set_shard(self, item, value);
    case CHOICE:
        if (!is_choice(item, value)) return wrong_choice(item, value);
        break;
    case DATE:
        if (!cli_is_date(value)) return wrong_value(item, value, "a date such as 2024-01-19");
        break;
    case COUNTRY:
        if (!cli_is_code(value)) return wrong_value(item, value, "a country's code of three letters such as KOR");
        break;
    case IDENT:
        if (!cli_is_ident(value)) return wrong_value(item, value, "a name of small letters, digits and '-'");
        break;
    case MAYBE: break; /* "" when it was left out */
    case WORD:
        if (!*value) return wrong_value(item, value, item->argument);
        break;
    }
    memcpy((char *)self + item->member, &value, sizeof value);
    return true;
}

/* ---- the line ---- */

/* getopt's table and letters, made from ours. The values of long options are LONG_BASE + index. */
typedef struct {
    struct option names[OPTION_COUNT + 1];
    char letters[3 * OPTION_COUNT + 3];
} getopt_tables;

static void make_tables(getopt_tables *self, cli_command command)
{
    char *letter = self->letters;
    *letter++ = '-'; /* operands are returned in their place, so that options may follow them */
    *letter++ = ':'; /* a missing argument is told apart from an unknown option */
    int count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(table[i].commands & command)) continue;
        int argument = table[i].kind == MAYBE ? optional_argument : table[i].argument ? required_argument : no_argument;
        self->names[count++] = (struct option){ table[i].name, argument, NULL, LONG_BASE + i };
        if (!table[i].letter) continue;
        *letter++ = table[i].letter;
        if (table[i].argument) *letter++ = ':';
    }
    self->names[count] = (struct option){ 0 };
    *letter = '\0';
}

/* The table's row for what getopt returned or left in optopt. */
static const option *row(cli_command command, int value)
{
    if (value >= LONG_BASE) return &table[value - LONG_BASE];
    for (int i = 0; i < OPTION_COUNT; i++)
        if (table[i].commands & command && table[i].letter && table[i].letter == value) return &table[i];
    return NULL;
}

static bool refused(cli_command command, char **argv, int returned)
{
    const option *item = row(command, optopt);
    if (returned == ':') cli_say("attache: '--%s' needs an argument: --%s %s\n", item->name, item->name, item->argument);
    else if (optopt >= LONG_BASE) cli_say("attache: '--%s' takes no argument\n", item->name);
    else if (optopt) return unknown_letter(argv[0], optopt);
    else return unknown_name(command, argv[0], argv[optind - 1]);
    return false;
}

/* The value of an option that may have one: behind "=", or the next word where it is one of the choices. */
static const char *maybe(const option *item, int argc, char **argv)
{
    if (optarg) return optarg;
    return optind < argc && is_choice(item, argv[optind]) ? argv[optind++] : "";
}

static bool read_all(cli_options *self, cli_command command, int argc, char **argv)
{
    getopt_tables tables;
    make_tables(&tables, command);
    optind = 1;
    opterr = 0;
    for (;;) {
        optopt = 0;
        int returned = getopt_long(argc, argv, tables.letters, tables.names, NULL);
        if (returned == -1) break;
        if (returned == '?' || returned == ':') return refused(command, argv, returned);
        if (returned == OPERAND) {
            self->operands[self->operand_count++] = optarg;
            continue;
        }
        const option *item = row(command, returned);
        if (!set(self, item, item->kind == MAYBE ? maybe(item, argc, argv) : optarg)) return false;
    }
    while (optind < argc) self->operands[self->operand_count++] = argv[optind++]; /* behind "--" */
    return true;
}

/* An empty name is most likely an empty variable of the shell. */
static bool check_operands(const cli_options *self, cli_command command, const char *name)
{
    bool reads = command & (READERS | CLI_EVAL | CLI_IMPORT | CLI_FMT);
    int inputs = 0;
    for (size_t i = 0; i < self->operand_count; i++) {
        inputs += reads && strcmp(self->operands[i], "-") == 0;
        if (*self->operands[i] && inputs < 2) continue;
        if (inputs < 2) cli_say("attache: '%s' was given an empty name ('') of a file; is a variable empty?\n", name);
        else cli_say("attache: '%s' was given standard input (-) twice, which can be read once\n", name);
        return false;
    }
    return true;
}

bool cli_options_read(cli_options *self, cli_command command, int argc, char **argv)
{
    *self = (cli_options){ 0 };
    size_t most = (size_t)argc;
    self->with = calloc(most, sizeof *self->with);
    self->only = calloc(most, sizeof *self->only);
    self->operands = calloc(most, sizeof *self->operands);
    if (!self->with || !self->only || !self->operands) {
        fputs("attache: out of memory\n", stderr);
        return false;
    }
    return read_all(self, command, argc, argv) && check_operands(self, command, argv[0]);
}

void cli_options_clear(cli_options *self)
{
    free(self->with);
    free(self->only);
    free(self->operands);
    *self = (cli_options){ 0 };
}

/* ---- which were given ---- */

static bool is_given(const cli_options *self, const option *item)
{
    const char *member = (const char *)self + item->member;
    const void *word;
    uint64_t number;
    if (item->kind == SIZE || item->kind == COUNT) return memcpy(&number, member, sizeof number), number != 0;
    return memcpy(&word, member, sizeof word), word != NULL;
}

static const char *given(const cli_options *self, size_t member)
{
    int i = 0;
    while (table[i].member != member) i++;
    return is_given(self, &table[i]) ? table[i].name : NULL;
}

const char *cli_options_given(const cli_options *self, cli_about about, size_t index)
{
    static const size_t members[] = { AT(text_field), AT(id_field),   AT(date_field),   AT(title_field), AT(origin_field),
                                      AT(lang_field), AT(from_line),  AT(input_format), AT(date),        AT(origin),
                                      AT(max_bytes),  AT(duplicates), AT(max_topics) };
    enum { OF_LINES = 7, ALL = sizeof members / sizeof members[0] };
    for (size_t i = 0; i < (about == CLI_ABOUT_LINES ? OF_LINES : ALL); i++) {
        const char *name = given(self, members[i]);
        if (name && index-- == 0) return name;
    }
    return NULL;
}

/* ---- for a journal ---- */

/* Whether the output depends on the option. What rules say has a digest of its own; here it is about their names,
 * which records show. */
static bool matters(const option *item)
{
    static const size_t others[] = { AT(out),   AT(engine),  AT(threads),    AT(resume), AT(errors_ok),
                                     AT(quiet), AT(verbose), AT(unbuffered), AT(help) };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (item->member == others[i]) return false;
    return true;
}

static uLong add_word(uLong digest, const char *word)
{
    static const char none = '\0';
    return word ? crc32_z(digest, (const Bytef *)word, strlen(word) + 1) : crc32_z(digest, (const Bytef *)&none, 1);
}

/* Compiled rules keep the names that their files had, wherever they lie. */
static const char *shown_rules(const char *rules)
{
    return rules && !att_rules_are_compiled(rules) ? rules : NULL;
}

/* The value, as bytes that do not depend on where it lies. */
static uLong add_value(uLong digest, const option *item, const void *member)
{
    size_t size = item->kind == FLAG ? sizeof(bool) : sizeof(uint64_t);
    if (item->kind == SPAN || item->kind == LIST) return digest; /* tag has none of these but --with, which is added apart */
    if (item->kind == SHARD) size = sizeof(cli_shard);
    if (item->kind == FLAG || item->kind == SIZE || item->kind == COUNT || item->kind == SHARD)
        return crc32_z(digest, member, size);
    const char *word;
    memcpy(&word, member, sizeof word);
    return add_word(digest, item->member == AT(rules) ? shown_rules(word) : word);
}

uint32_t cli_options_digest(const cli_options *self, cli_command command)
{
    uLong digest = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const option *item = &table[i];
        if (!(item->commands & command) || !matters(item)) continue;
        digest = crc32_z(digest, (const Bytef *)item->name, strlen(item->name));
        digest = add_value(digest, item, (const char *)self + item->member);
    }
    for (size_t i = 0; i < self->with_count; i++) digest = add_word(digest, self->with[i]);
    return (uint32_t)crc32_z(digest, (const Bytef *)ATT_VERSION, sizeof ATT_VERSION);
}

att_reader_options cli_reader_options(const cli_options *self)
{
    return (att_reader_options){
        .input_format = self->input_format,
        .text_field = self->text_field,
        .id_field = self->id_field,
        .date_field = self->date_field,
        .title_field = self->title_field,
        .origin_field = self->origin_field,
        .lang_field = self->lang_field,
        .date = self->date,
        .origin = self->origin,
        .max_bytes = (size_t)self->max_bytes,
        .from_line = self->from_line,
        .duplicates = self->duplicates,
    };
}

/* cmd_diff.c - two sets of rules over one corpus, or two files of records: what was gained, lost and changed. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/commands.h"
#include "cli/corpus.h"
#include "cli/load.h"
#include "cli/records.h"
#include "tools/tools.h"

enum { SIDES = 2 };

typedef struct {
    const cli_options *options;
    att_diff *diff;
    cli_corpus corpora[SIDES]; /* the same documents, each under its rules */
    att_writer *writers[SIDES];
} run;

/* ---- two files of records ---- */

static int take_line(run *self, int side, const cli_records *records)
{
    const char *why;
    att_status status = att_diff_add(self->diff, side, records->line, records->size, &why);
    if (status != ATT_OK) return cli_cannot_go_on(status);
    if (!why) return EXIT_DONE;
    cli_records_refuse(records, why);
    return EXIT_DOCUMENTS;
}

/* A line of the one, a line of the other. */
static int compare_records(run *self)
{
    cli_records records[SIDES] = { { 0 } };
    bool open[SIDES];
    int status = EXIT_DONE;
    for (int side = 0; side < SIDES; side++) {
        open[side] = cli_records_open(&records[side], self->options->operands[side]);
        if (!open[side]) status = EXIT_DOCUMENTS;
    }
    while (!status && (open[0] || open[1]))
        for (int side = 0; side < SIDES && !status; side++) {
            open[side] = open[side] && cli_records_next(&records[side], &status);
            if (open[side]) status = take_line(self, side, &records[side]);
        }
    for (int side = 0; side < SIDES; side++) cli_records_close(&records[side]);
    return status;
}

/* ---- two sets of rules ---- */

/* "shipped" stands for the shipped rules; what is added with --with is new. */
static int open_side(run *self, int side)
{
    cli_options options = *self->options;
    options.rules = strcmp(options.operands[side], "shipped") == 0 ? NULL : options.operands[side];
    if (side == 0) options.with_count = 0;
    options.operands += SIDES;
    options.operand_count -= SIDES;
    int status = cli_corpus_open(&self->corpora[side], &options);
    self->corpora[side].options = self->options;
    if (status) return status;
    att_writer_options writing = { .text = true };
    att_status made = att_writer_new(&self->writers[side], self->corpora[side].engine, &writing);
    return made == ATT_OK ? EXIT_DONE : cli_cannot_go_on(made);
}

static att_status take_document(run *self, int side)
{
    const char *bytes, *why;
    size_t size;
    att_doc *doc = self->corpora[side].doc;
    att_status status = att_doc_tag(doc);
    if (status == ATT_OK) status = att_writer_write(self->writers[side], doc, &bytes, &size);
    if (status == ATT_OK) status = att_diff_add(self->diff, side, bytes, size, &why);
    return status;
}

/* Called with the old side's document; reads the new side's, which is the same. */
static att_status take_both(void *user)
{
    run *self = user;
    att_status status = take_document(self, 0);
    if (status == ATT_OK) status = att_reader_next(self->corpora[1].reader, self->corpora[1].doc);
    return status == ATT_OK ? take_document(self, 1) : status;
}

static int compare_rules(run *self)
{
    int status = EXIT_DONE;
    for (size_t i = SIDES; i < self->options->operand_count; i++)
        if (strcmp(self->options->operands[i], "-") == 0) {
            fputs("attache: 'diff' reads its corpus twice; it can't be standard input\n", stderr);
            return EXIT_USAGE;
        }
    for (int side = 0; side < SIDES && !status; side++) status = open_side(self, side);
    if (!status) status = cli_corpus_read(&self->corpora[0], take_both, self);
    return status;
}

/* ---- all ---- */

static int finish(run *self)
{
    const char *bytes;
    size_t size;
    bool differs;
    att_status status = att_diff_end(self->diff, &differs);
    if (status == ATT_OK) status = att_diff_write(self->diff, &bytes, &size);
    if (status != ATT_OK) return cli_cannot_go_on(status);
    int told = cli_corpus_tell(&self->corpora[0], bytes, size);
    return told ? told : differs ? EXIT_FINDINGS : EXIT_DONE;
}

/* Whether an operand can only be meant as rules, as no file of records. */
static bool names_rules(const char *operand)
{
    struct stat about;
    if (stat(operand, &about) == 0) return S_ISDIR(about.st_mode);
    return strcmp(operand, "shipped") == 0;
}

static int wrong_use(const cli_options *options)
{
    if (options->operand_count == SIDES && (names_rules(options->operands[0]) || names_rules(options->operands[1])))
        fputs("attache: two sets of rules are compared over a corpus: attache diff OLD NEW CORPUS\n", stderr);
    else if (options->operand_count < SIDES)
        fputs("attache: 'diff' wants two files of records, or two sets of rules and a corpus; see attache diff --help\n",
              stderr);
    else if (options->operand_count == SIDES && options->with_count)
        fputs("attache: '--with' adds to the new rules; records have theirs already\n", stderr);
    else return options->operand_count > SIDES || cli_records_alone(options) ? EXIT_DONE : EXIT_USAGE;
    return EXIT_USAGE;
}

int cmd_diff(const cli_options *options)
{
    run self = { .options = options };
    int status = wrong_use(options);
    if (status) return status;
    att_diff_options wanted = { (uint32_t)options->limit, options->format && strcmp(options->format, "json") == 0 };
    att_status made = att_diff_new(&self.diff, &wanted);
    if (made != ATT_OK) status = cli_cannot_go_on(made);
    if (!status) status = options->operand_count == SIDES ? compare_records(&self) : compare_rules(&self);
    if (!status) status = finish(&self);
    for (int side = 0; side < SIDES; side++) {
        att_writer_free(self.writers[side]);
        cli_corpus_close(&self.corpora[side]);
    }
    att_diff_free(self.diff);
    return status;
}

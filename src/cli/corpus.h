/* corpus.h - a corpus read from end to end by a command that says something about all of it.
 *
 * Owner   cli_corpus_close gives back what cli_corpus_open made, also after a failure; a zeroed corpus too.
 */
#ifndef ATT_CLI_CORPUS_H
#define ATT_CLI_CORPUS_H

#include "attache.h"
#include "cli/failures.h"
#include "cli/options.h"

typedef struct {
    const cli_options *options;
    att_engine *engine;
    att_reader *reader;
    att_doc *doc;
    uint64_t documents, failed;
    cli_warned warned;
} cli_corpus;

/* Each returns EXIT_DONE or what to exit with, having told why. */
int cli_corpus_open(cli_corpus *self, const cli_options *options);

/* Calls `take` for each document; stopped by a signal it goes no further, so that what is known can be shown. */
int cli_corpus_read(cli_corpus *self, att_status (*take)(void *user), void *user);

/* Tells that a signal ended the run, and `what` that means for the output. Returns what to exit with. */
int cli_corpus_stopped(const cli_corpus *self, const char *what);

/* Prints what was found out, and how many documents failed. */
int cli_corpus_tell(const cli_corpus *self, const char *bytes, size_t size);

void cli_corpus_close(cli_corpus *self);

/* What a command finds out about a corpus: `made` takes each document, which lies in `doc`, and tells at the end. */
typedef struct {
    att_status (*make)(void **made, const att_engine *engine, att_doc *doc);
    att_status (*take)(void *made);
    att_status (*write)(void *made, const cli_options *options, const char **bytes, size_t *size); /* they die with `made` */
    void (*free)(void *made);                                                                      /* NULL too */
} cli_survey;

/* The whole command: opens, reads, tells and closes. Returns what to exit with. */
int cli_corpus_survey(const cli_options *options, const cli_survey *survey);

#endif

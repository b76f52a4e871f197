/* cmd_suggest.c - what the rules miss in a corpus, as blocks ready to paste; with --unused, what in them fires nowhere. */
#include "cli/commands.h"
#include "cli/corpus.h"
#include "cli/load.h"
#include "tools/tools.h"

enum { BLOCKS = 100 };

static att_status take(void *user)
{
    return att_suggest_take(user);
}

static int write_all(const cli_corpus *corpus, att_suggest *suggest)
{
    const cli_options *options = corpus->options;
    att_suggest_options wanted = { options->unused, options->limit ? (uint32_t)options->limit : BLOCKS };
    const char *bytes;
    size_t size;
    att_status status = att_suggest_write(suggest, &wanted, &bytes, &size);
    return status == ATT_OK ? cli_corpus_tell(corpus, bytes, size) : cli_cannot_go_on(status);
}

int cmd_suggest(const cli_options *options)
{
    cli_corpus corpus;
    att_suggest *suggest = NULL;
    int status = cli_corpus_open(&corpus, options);
    if (!status) {
        att_status made = att_suggest_new(&suggest, corpus.engine, corpus.doc);
        status = made == ATT_OK ? cli_corpus_read(&corpus, take, suggest) : cli_cannot_go_on(made);
    }
    if (!status) status = write_all(&corpus, suggest);
    att_suggest_free(suggest);
    cli_corpus_close(&corpus);
    return status;
}

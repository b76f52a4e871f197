/* cmd_profile.c - what the rules cost on a corpus: time by step and by rule, what wakes each, what would make it fast. */
#include "cli/commands.h"
#include "cli/corpus.h"
#include "cli/load.h"
#include "tools/tools.h"

enum { RULES = 25 };

static att_status take(void *user)
{
    return att_costs_take(user);
}

static int write_all(const cli_corpus *corpus, att_costs *costs)
{
    const cli_options *options = corpus->options;
    att_costs_options wanted = { options->limit ? (uint32_t)options->limit : RULES, options->format };
    const char *bytes;
    size_t size;
    att_status status = att_costs_write(costs, &wanted, &bytes, &size);
    return status == ATT_OK ? cli_corpus_tell(corpus, bytes, size) : cli_cannot_go_on(status);
}

int cmd_profile(const cli_options *options)
{
    cli_corpus corpus;
    att_costs *costs = NULL;
    int status = cli_corpus_open(&corpus, options);
    if (!status) {
        att_status made = att_costs_new(&costs, corpus.engine, corpus.doc);
        status = made == ATT_OK ? cli_corpus_read(&corpus, take, costs) : cli_cannot_go_on(made);
    }
    if (!status) status = write_all(&corpus, costs);
    att_costs_free(costs);
    cli_corpus_close(&corpus);
    return status;
}

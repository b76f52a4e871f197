/* cmd_suggest.c - what the rules miss in a corpus, as blocks ready to paste; with --unused, what in them fires nowhere. */
#include "cli/commands.h"
#include "cli/corpus.h"
#include "tools/tools.h"

enum { BLOCKS = 100 };

static att_status make(void **made, const att_engine *engine, att_doc *doc)
{
    att_suggest *self = NULL;
    att_status status = att_suggest_new(&self, engine, doc);
    *made = self;
    return status;
}

static att_status take(void *made)
{
    return att_suggest_take(made);
}

static att_status write(void *made, const cli_options *options, const char **bytes, size_t *size)
{
    att_suggest_options wanted = { options->unused, options->limit || options->unused ? (uint32_t)options->limit : BLOCKS };
    return att_suggest_write(made, &wanted, bytes, size);
}

static void let_go(void *made)
{
    att_suggest_free(made);
}

int cmd_suggest(const cli_options *options)
{
    static const cli_survey survey = { make, take, write, let_go };
    return cli_corpus_survey(options, &survey);
}

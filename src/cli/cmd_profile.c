/* cmd_profile.c - what the rules cost on a corpus: time by step and by rule, what wakes each, what would make it fast. */
#include "cli/commands.h"
#include "cli/corpus.h"
#include "tools/tools.h"

enum { RULES = 25 };

static att_status make(void **made, const att_engine *engine, att_doc *doc)
{
    att_costs *self = NULL;
    att_status status = att_costs_new(&self, engine, doc);
    *made = self;
    return status;
}

static att_status take(void *made)
{
    return att_costs_take(made);
}

static att_status write(void *made, const cli_options *options, const char **bytes, size_t *size)
{
    att_costs_options wanted = { options->limit ? (uint32_t)options->limit : RULES, options->format };
    return att_costs_write(made, &wanted, bytes, size);
}

static void let_go(void *made)
{
    att_costs_free(made);
}

int cmd_profile(const cli_options *options)
{
    static const cli_survey survey = { make, take, write, let_go };
    return cli_corpus_survey(options, &survey);
}

/* cmd_explain.c - why each annotation of a document is there; with --rule, why a rule made none. */
#include <stdio.h>
#include <string.h>

#include "attache.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/say.h"
#include "tools/tools.h"

typedef struct {
    const cli_options *options;
    att_engine *engine;
    att_reader *reader;
    att_doc *doc, *next;
    const char *path;
} run;

static int make_reader(run *self)
{
    att_status status = cli_open_reader(self->options, &self->reader);
    if (status == ATT_OK) status = att_doc_new(&self->doc, self->engine);
    if (status == ATT_OK) status = att_doc_new(&self->next, self->engine);
    if (status == ATT_OK) att_doc_set_statements(self->doc, true);
    return status == ATT_OK ? EXIT_DONE : cli_cannot_go_on(status);
}

/* ---- which document ---- */

static int find_document(run *self)
{
    for (;;) {
        att_status status = att_reader_next(self->reader, self->doc);
        if (status == ATT_OK && strcmp(att_doc_id(self->doc), self->options->doc) == 0) return EXIT_DONE;
        if (status == ATT_OK) continue;
        if (status != ATT_END) return cli_cannot_go_on(status);
        cli_say("attache: %s has no document with the id '%s'\n", self->path, self->options->doc);
        return EXIT_USAGE;
    }
}

static int only_document(run *self)
{
    att_status status = att_reader_next(self->reader, self->doc);
    if (status == ATT_END) {
        cli_say("attache: %s holds no document\n", self->path);
        return EXIT_USAGE;
    }
    if (status != ATT_OK) return cli_cannot_go_on(status);
    status = att_reader_next(self->reader, self->next);
    if (status == ATT_END) return EXIT_DONE;
    if (status != ATT_OK) return cli_cannot_go_on(status);
    cli_say("attache: %s holds several documents; say which: --doc %s\n", self->path, att_doc_id(self->doc));
    return EXIT_USAGE;
}

static int check_document(const run *self)
{
    const char *message, *code = att_doc_error(self->doc, &message);
    if (!code) return EXIT_DONE;
    cli_say("attache: %s: %s %s\n", self->path, code, message ? message : "");
    return EXIT_DOCUMENTS;
}

/* ---- the run ---- */

static int explain(run *self)
{
    const cli_options *options = self->options;
    att_explain_options wanted = { options->at.given, options->at.start, options->at.end, options->rule, options->format };
    const char *bytes;
    size_t size;
    att_status status = att_explain(self->engine, self->doc, &wanted, &bytes, &size);
    if (status == ATT_OPTION) {
        cli_say("attache: %.*s\n", (int)size, bytes);
        return EXIT_USAGE;
    }
    if (status != ATT_OK) return cli_cannot_go_on(status);
    fwrite(bytes, 1, size, stdout);
    return EXIT_DONE;
}

static int run_all(run *self)
{
    int status = cli_load_rules(self->options, true, &self->engine);
    if (!status) status = make_reader(self);
    if (!status) status = self->options->doc ? find_document(self) : only_document(self);
    if (!status) status = check_document(self);
    return status ? status : explain(self);
}

int cmd_explain(const cli_options *options)
{
    if (options->operand_count != 1) {
        fputs("attache: 'explain' wants one document: attache explain FILE [--at START-END] [--rule RULE]\n", stderr);
        return EXIT_USAGE;
    }
    run self = { .options = options, .path = options->operands[0] };
    int status = run_all(&self);
    att_doc_free(self.next);
    att_doc_free(self.doc);
    att_reader_free(self.reader);
    att_engine_free(self.engine);
    return status;
}

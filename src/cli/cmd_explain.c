/* cmd_explain.c - why each annotation of a document is there; with --rule, why a rule made none. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "attache.h"
#include "cli/commands.h"
#include "tools/tools.h"

typedef struct {
    const cli_options *options;
    att_engine *engine;
    att_reader *reader;
    att_doc *doc, *next;
    const char *path;
} run;

static int cannot_go_on(att_status status)
{
    fprintf(stderr, "attache: %s\n", status == ATT_IO ? strerror(errno) : att_status_text(status));
    return EXIT_SYSTEM;
}

static void hear(void *user, const att_finding *finding)
{
    bool *shown = user;
    if (finding->severity != ATT_NOTE) *shown = finding->severity == ATT_ERROR;
    if (*shown) fputs(finding->text, stderr);
}

static int load_rules(run *self)
{
    att_engine_options rules = { .rules = self->options->rules,
                                 .with = self->options->with,
                                 .with_count = self->options->with_count };
    bool shown = false;
    att_status status = att_engine_new(&self->engine, &rules, hear, &shown);
    if (status != ATT_RULES) return status == ATT_OK ? EXIT_DONE : cannot_go_on(status);
    fputs("attache: errors in the rules; no document was read\n", stderr);
    return EXIT_FINDINGS;
}

static int make_reader(run *self)
{
    const cli_options *options = self->options;
    att_reader_options reading = {
        .input_format = options->input_format,
        .text_field = options->text_field,
        .id_field = options->id_field,
        .date_field = options->date_field,
        .title_field = options->title_field,
        .origin_field = options->origin_field,
        .lang_field = options->lang_field,
        .date = options->date,
        .origin = options->origin,
        .max_bytes = (size_t)options->max_bytes,
    };
    att_status status = att_reader_new(&self->reader, &reading);
    if (status == ATT_OK) status = att_reader_add(self->reader, self->path);
    if (status == ATT_OK) status = att_doc_new(&self->doc, self->engine);
    if (status == ATT_OK) status = att_doc_new(&self->next, self->engine);
    return status == ATT_OK ? EXIT_DONE : cannot_go_on(status);
}

/* ---- which document ---- */

static int find_document(run *self)
{
    for (;;) {
        att_status status = att_reader_next(self->reader, self->doc);
        if (status == ATT_OK && strcmp(att_doc_id(self->doc), self->options->doc) == 0) return EXIT_DONE;
        if (status == ATT_OK) continue;
        if (status != ATT_END) return cannot_go_on(status);
        fprintf(stderr, "attache: %s has no document with the id '%s'\n", self->path, self->options->doc);
        return EXIT_USAGE;
    }
}

static int only_document(run *self)
{
    att_status status = att_reader_next(self->reader, self->doc);
    if (status == ATT_END) {
        fprintf(stderr, "attache: %s holds no document\n", self->path);
        return EXIT_USAGE;
    }
    if (status != ATT_OK) return cannot_go_on(status);
    status = att_reader_next(self->reader, self->next);
    if (status == ATT_END) return EXIT_DONE;
    if (status != ATT_OK) return cannot_go_on(status);
    fprintf(stderr, "attache: %s holds several documents; say which: --doc %s\n", self->path, att_doc_id(self->doc));
    return EXIT_USAGE;
}

static int check_document(const run *self)
{
    const char *message, *code = att_doc_error(self->doc, &message);
    if (!code) return EXIT_DONE;
    fprintf(stderr, "attache: %s: %s %s\n", self->path, code, message ? message : "");
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
        fprintf(stderr, "attache: %.*s\n", (int)size, bytes);
        return EXIT_USAGE;
    }
    if (status != ATT_OK) return cannot_go_on(status);
    fwrite(bytes, 1, size, stdout);
    return EXIT_DONE;
}

static int run_all(run *self)
{
    int status = load_rules(self);
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

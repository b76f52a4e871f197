/* cost_profile.c - reads a corpus, document by document, and tells what the rules cost on it. */
#include <stdlib.h>

#include "tools/cost.h"
#include "tools/tools.h"

struct att_costs {
    att_doc *doc;
    att_arena arena;
    att_cost_record record;
    const att_engine *engine;
    att_costs_options options; /* as last written */
    att_buf out;
};

static const struct {
    const char *name;
    void (*write)(const att_cost_record *self, uint32_t limit, att_buf *out);
} formats[] = { { "text", att_cost_text }, { "json", att_cost_json } };

const char *att_costs_format(size_t index)
{
    return index < sizeof formats / sizeof formats[0] ? formats[index].name : NULL;
}

static void prepare(void *argument)
{
    att_costs *self = argument;
    att_cost_init(&self->record, self->engine, &self->arena);
}

att_status att_costs_new(att_costs **self, const att_engine *engine, att_doc *doc)
{
    *self = calloc(1, sizeof **self);
    if (!*self) return ATT_NOMEM;
    (*self)->engine = engine;
    (*self)->doc = doc;
    /* Both arenas fill while a document is read, so one guard serves both. */
    att_guard *guard = att_doc_inside(doc)->arena->guard;
    att_arena_init(&(*self)->arena, guard, 0);
    att_status status = att_guard_run(guard, prepare, *self);
    if (status == ATT_OK) return ATT_OK;
    att_costs_free(*self);
    *self = NULL;
    return status;
}

void att_costs_free(att_costs *self)
{
    if (!self) return;
    att_arena_clear(&self->arena);
    free(self);
}

att_status att_costs_take(att_costs *self)
{
    att_document *doc = att_doc_inside(self->doc);
    att_cost_begin(&self->record, doc);
    att_status status = att_doc_tag(self->doc);
    if (!doc->error_code) att_cost_end(&self->record, doc);
    return status;
}

static void write_all(void *argument)
{
    att_costs *self = argument;
    size_t format = 0;
    while (self->options.format && strcmp(formats[format].name, self->options.format) != 0) format++;
    self->out = (att_buf){ .arena = &self->arena };
    att_cost_finish(&self->record);
    formats[format].write(&self->record, self->options.limit, &self->out);
}

att_status att_costs_write(att_costs *self, const att_costs_options *options, const char **bytes, size_t *size)
{
    self->options = *options;
    att_status status = att_guard_run(self->arena.guard, write_all, self);
    *bytes = self->out.items ? self->out.items : "";
    *size = self->out.count;
    return status;
}

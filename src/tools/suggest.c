/* suggest.c - reads a corpus, document by document, and tells what the rules miss in it and which of them find nothing. */
#include <stdlib.h>

#include "tools/gap_find.h"
#include "tools/gap_show.h"
#include "tools/tools.h"
#include "tools/unused.h"

struct att_suggest {
    const att_engine *engine;
    att_doc *doc;
    att_arena arena;
    att_makeup makeup;
    att_gaps gaps;
    att_used used;
    uint32_t documents;
    att_suggest_options options; /* as last written */
    att_buf out;
};

static void prepare(void *argument)
{
    att_suggest *self = argument;
    att_makeup_learn(&self->makeup, &self->arena, &self->engine->knowledge.entries);
    att_used_init(&self->used, self->engine, &self->arena);
    att_gaps_init(&self->gaps, self->arena.guard, ATT_MOST_GAPS);
}

att_status att_suggest_new(att_suggest **self, const att_engine *engine, att_doc *doc)
{
    *self = calloc(1, sizeof **self);
    if (!*self) return ATT_NOMEM;
    (*self)->engine = engine;
    (*self)->doc = doc;
    /* All arenas fill while a document is read, so one guard serves them. */
    att_guard *guard = att_doc_inside(doc)->arena->guard;
    att_arena_init(&(*self)->arena, guard, 0);
    att_status status = att_guard_run(guard, prepare, *self);
    if (status == ATT_OK) return ATT_OK;
    att_suggest_free(*self);
    *self = NULL;
    return status;
}

void att_suggest_free(att_suggest *self)
{
    if (!self) return;
    att_gaps_clear(&self->gaps);
    att_arena_clear(&self->arena);
    free(self);
}

static void take(void *argument)
{
    att_suggest *self = argument;
    att_document *doc = att_doc_inside(self->doc);
    const att_vocabulary *vocabulary = att_doc_words(self->doc);
    att_gaps_find(&self->gaps, self->engine, &self->makeup, doc, vocabulary, self->documents);
    att_used_see(&self->used, doc, vocabulary);
}

att_status att_suggest_take(att_suggest *self)
{
    att_status status = att_doc_tag(self->doc);
    self->documents++;
    return status == ATT_OK ? att_guard_run(self->arena.guard, take, self) : status;
}

static void write_all(void *argument)
{
    att_suggest *self = argument;
    self->out = (att_buf){ .arena = &self->arena };
    if (self->options.unused) att_used_show(&self->used, self->documents, self->options.limit, &self->out);
    else att_gaps_show(&self->gaps, self->engine, self->documents, self->options.limit, &self->arena, &self->out);
}

att_status att_suggest_write(att_suggest *self, const att_suggest_options *options, const char **bytes, size_t *size)
{
    self->options = *options;
    att_status status = att_guard_run(self->arena.guard, write_all, self);
    *bytes = self->out.items ? self->out.items : "";
    *size = self->out.count;
    return status;
}

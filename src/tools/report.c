/* report.c - takes records one after the other and makes one page of them. */
#include "tools/report.h"

#include <stdlib.h>

#include "tools/tools.h"

enum { KEPT = 8 << 20, USUAL_SHOWN = 200 };

struct att_page {
    att_guard guard;
    att_arena arena, scratch;
    att_page_all all;
    att_buf out;
    att_str line; /* the record that is being added */
    att_json *json;
    const char *why;
    uint32_t limit;
    uint64_t unsaid; /* records that were made without statements */
};

static void prepare(void *argument)
{
    att_page *self = argument;
    att_page_init(&self->all, &self->arena, &self->scratch, self->limit ? self->limit : USUAL_SHOWN);
}

att_status att_page_new(att_page **self, uint32_t limit)
{
    *self = calloc(1, sizeof **self);
    if (!*self) return ATT_NOMEM;
    (*self)->limit = limit;
    att_arena_init(&(*self)->arena, &(*self)->guard, 0);
    att_arena_init(&(*self)->scratch, &(*self)->guard, 0);
    att_status status = att_guard_run(&(*self)->guard, prepare, *self);
    if (status == ATT_OK) return ATT_OK;
    att_page_free(*self);
    *self = NULL;
    return status;
}

void att_page_free(att_page *self)
{
    if (!self) return;
    att_arena_clear(&self->arena);
    att_arena_clear(&self->scratch);
    free(self);
}

/* Counts a record. The first documents are also shown. */
static void count(att_page_all *all, att_record *record)
{
    const uint32_t number = all->shown < all->most_shown ? all->shown + 1 : 0; /* 0 when the document is only counted */
    att_page_count_record(all, record);
    if (record->error.data) return;
    if (record->statements.count) att_page_count_statements(all, record, number);
    if (!number) return;
    all->shown = number;
    att_page_document(&all->pages, record, number);
}

static void add(void *argument)
{
    att_page *self = argument;
    att_record record;
    att_arena_reset(&self->scratch, KEPT);
    if (!att_record_read(&record, &self->scratch, self->line, &self->json, &self->why)) return;
    count(&self->all, &record);
    self->unsaid += !record.error.data && !att_json_at(self->json, "statements");
}

att_status att_page_add(att_page *self, const char *line, size_t length, const char **why)
{
    self->line = (att_str){ line, length };
    self->json = NULL;
    self->why = NULL;
    att_status status = att_guard_run(&self->guard, add, self);
    att_json_drop(self->json);
    *why = self->why;
    return status;
}

uint64_t att_page_unsaid(const att_page *self)
{
    return self->unsaid;
}

static void write_page(void *argument)
{
    att_page *self = argument;
    self->out = (att_buf){ .arena = &self->arena };
    att_page_show(&self->all, &self->out);
}

att_status att_page_write(att_page *self, const char **bytes, size_t *size)
{
    att_status status = att_guard_run(&self->guard, write_page, self);
    *bytes = self->out.items ? self->out.items : "";
    *size = self->out.count;
    return status;
}

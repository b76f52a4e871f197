/* eval_brat.c - brat's standoff lines as spans: text-bound annotations, and codes from normalizations. */
#include <stdlib.h>
#include <string.h>

#include "cli/eval_doc.h"

typedef struct {
    char *id; /* "T1" */
    size_t index;
} mark;

typedef struct {
    eval_doc *doc;
    cli_pool *pool;
    struct {
        mark *items;
        size_t count, capacity;
    } marks;
} brat;

static bool read_number(const char **at, uint32_t *number)
{
    char *end;
    unsigned long value = strtoul(*at, &end, 10);
    if (end == *at || value > UINT32_MAX) return false;
    *number = (uint32_t)value;
    *at = end;
    return true;
}

/* "T1 TAB Type 0 5;16 23 TAB text": fragments count from the first to the last. */
static const char *read_text_bound(brat *self, char *line)
{
    static const char bad[] = "not of the form T1, tab, Type START END, tab, text";
    char *tab = strchr(line, '\t'), *blank = tab ? strchr(tab, ' ') : NULL;
    eval_span span = { 0 };
    uint32_t start;
    if (!blank) return bad;
    *tab = *blank = '\0';
    span.type = tab + 1;
    const char *at = blank + 1, *words = strchr(at, '\t');
    bool pieces = words && memchr(at, ';', (size_t)(words - at));
    if (words && !pieces) span.words = words + 1;
    if (!read_number(&at, &span.start) || !read_number(&at, &span.end)) return bad;
    while (*at == ';') {
        at++;
        if (!read_number(&at, &start) || !read_number(&at, &span.end)) return bad;
    }
    if (span.start >= span.end) return bad;
    CLI_RESERVE(self->pool, &self->marks);
    self->marks.items[self->marks.count++] = (mark){ line, self->doc->spans.count };
    CLI_RESERVE(self->pool, &self->doc->spans);
    self->doc->spans.items[self->doc->spans.count++] = span;
    return NULL;
}

/* "N1 TAB Reference T1 ISO3166-1:KOR TAB name": the span's code. */
static void read_normalization(brat *self, char *line)
{
    char *target = strchr(line, ' '), *blank = target ? strchr(target + 1, ' ') : NULL;
    char *colon = blank ? strchr(blank, ':') : NULL;
    if (!colon) return;
    *blank = '\0';
    colon[strcspn(colon, "\t")] = '\0';
    for (size_t i = 0; i < self->marks.count; i++)
        if (strcmp(self->marks.items[i].id, target + 1) == 0)
            self->doc->spans.items[self->marks.items[i].index].code = colon + 1;
}

bool eval_doc_from_brat(eval_doc *doc, cli_pool *pool, const char *bytes, size_t size, const char **why, size_t *line)
{
    brat self = { .doc = doc, .pool = pool };
    *line = 0;
    *why = NULL;
    for (size_t at = 0, end; at < size && !*why; at = end + 1) {
        const char *feed = memchr(bytes + at, '\n', size - at);
        end = feed ? (size_t)(feed - bytes) : size;
        size_t length = end - at;
        while (length && bytes[at + length - 1] == '\r') length--;
        char *row = cli_pool_copy(pool, bytes + at, length);
        ++*line;
        if (row[0] == 'T') *why = read_text_bound(&self, row);
        if (row[0] == 'N') read_normalization(&self, row);
    }
    return !*why;
}

#include "read/html_data.h"

enum { MOST_OPEN = 32 /* objects and lists in one another of which more is known than that they are there */ };

/* An object or a list that is open. */
typedef struct {
    att_str day;
    bool list, article, page;
    bool within; /* it describes something within something else */
    bool types;  /* the list of an object's types */
} node;

typedef struct {
    att_str rest;
    att_str key, word; /* the key whose value is due, or a null view; the string before */
    node open[MOST_OPEN + 1];
    unsigned depth;
    att_html_data_days found;
} reading;

static node *at(reading *self)
{
    return &self->open[self->depth < MOST_OPEN ? self->depth : MOST_OPEN];
}

/* Up to the quote that closes it, as it is written. */
static att_str take_string(reading *self)
{
    size_t end = 0;
    while (end < self->rest.length && self->rest.data[end] != '"')
        end += self->rest.data[end] == '\\' && end + 1 < self->rest.length ? 2 : 1;
    att_str string = att_str_slice(self->rest, 0, end);
    self->rest = att_str_slice(self->rest, end + (end < self->rest.length), self->rest.length);
    return string;
}

static void take_type(node *of, att_str type)
{
    of->article |= att_str_ends(type, ATT_STR("Article")) || att_str_ends(type, ATT_STR("Posting"))
                   || att_str_ends(type, ATT_STR("Report"));
    of->page |= att_str_ends(type, ATT_STR("Page"));
}

/* A string: a value where a key waits for one, else it may be a key. */
static void take_word(reading *self)
{
    att_str word = self->word = take_string(self);
    node *here = at(self);
    if (here->types) take_type(here - 1, word);
    if (att_str_is(self->key, "@type")) take_type(here, word);
    if (att_str_is(self->key, "datePublished") && !here->day.data) here->day = word;
}

static void enter(reading *self, bool list)
{
    const node *outer = at(self);
    bool value = self->key.data && !att_str_is(self->key, "@graph");
    node inner = { .list = list, .within = outer->within || value };
    inner.types = list && att_str_is(self->key, "@type") && self->depth + 1 < MOST_OPEN;
    self->depth++;
    *at(self) = inner;
    self->key = (att_str){ 0 };
}

static void leave(reading *self)
{
    const node *here = at(self);
    att_str *found = here->article ? &self->found.article : &self->found.other;
    bool counts = here->article || here->page || !here->within;
    if (counts && here->day.data && !found->data) *found = here->day;
    if (self->depth) self->depth--;
}

att_html_data_days att_html_data_read(att_str data)
{
    reading self = { .rest = data };
    while (self.rest.length) {
        const char c = self.rest.data[0];
        self.rest = att_str_slice(self.rest, 1, self.rest.length);
        if (c == '"') take_word(&self);
        else if (c == ':') self.key = self.word;
        else if (c == '{' || c == '[') enter(&self, c == '[');
        else if (c == '}' || c == ']') leave(&self);
        if (c == ',' || c == '}' || c == ']') self.key = (att_str){ 0 };
    }
    while (self.depth) leave(&self);
    return self.found;
}

/* eval_conll.c - columns of tokens and IOB tags (CoNLL-2002, -2003, IOB2) as documents to compare.
 *
 * The text is made anew from the tokens: a blank between two, none where writing has none; a line for each sentence. So two
 * files with the same tokens give the same text, and the rules can read it. A document starts at "-DOCSTART-" or
 * "# newdoc id = ID"; its id is that one, or the one behind "-DOCSTART- -X- O O", up to a tab, or counts the documents.
 */
#include <string.h>

#include "cli/eval_doc.h"

typedef struct {
    eval_docs *docs;
    cli_pool *pool;
    struct {
        char *items;
        size_t count, capacity;
    } text;
    uint32_t code_points;
    bool line_start, glued; /* no blank before the next token */
    bool in_quotes;
    eval_span open; /* its type is NULL when none is */
} conll;

typedef struct {
    const char *text;
    size_t length;
} field;

static eval_doc *current(conll *self)
{
    return &self->docs->items[self->docs->count - 1];
}

static void put(conll *self, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        CLI_RESERVE(self->pool, &self->text);
        self->text.items[self->text.count++] = text[i];
        self->code_points += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
}

static void close_span(conll *self)
{
    eval_doc *doc = current(self);
    if (!self->open.type) return;
    CLI_RESERVE(self->pool, &doc->spans);
    doc->spans.items[doc->spans.count++] = self->open;
    self->open.type = NULL;
}

static void finish_doc(conll *self)
{
    if (!self->docs->count) return;
    eval_doc *doc = current(self);
    close_span(self);
    doc->text = cli_pool_copy(self->pool, self->text.items ? self->text.items : "", self->text.count);
    doc->length = self->text.count;
}

static void start_doc(conll *self, field id)
{
    finish_doc(self);
    CLI_RESERVE(self->pool, self->docs);
    const char *name =
        id.length ? cli_pool_copy(self->pool, id.text, id.length) : cli_pool_format(self->pool, "%zu", self->docs->count + 1);
    self->docs->items[self->docs->count++] = (eval_doc){ .id = name };
    self->text.count = 0;
    self->code_points = 0;
    self->line_start = true;
    self->in_quotes = self->glued = false;
}

static bool is(field text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

static bool is_one_of(field text, const char *const *words)
{
    for (; *words; words++)
        if (is(text, *words)) return true;
    return false;
}

/* Marks that stand close to what is before or behind them. */
static void put_blank(conll *self, field token)
{
    static const char *const before[] = { ",",  ".", ";", ":",   "!", "?",  ")", "]", "'s",
                                          "’s", "'", "’", "n't", "%", "''", "”", NULL };
    static const char *const behind[] = { "(", "[", "$", "``", "“", "‘", NULL };
    bool quote = is(token, "\""), closing = quote && self->in_quotes;
    if (!self->line_start && !self->glued && !closing && !is_one_of(token, before)) put(self, " ", 1);
    self->glued = is_one_of(token, behind) || (quote && !closing);
    if (quote) self->in_quotes = !self->in_quotes;
    self->line_start = false;
}

/* The house's name of a type that CoNLL abbreviates. */
static const char *type_of(conll *self, field tag)
{
    static const char *const names[][2] = { { "PER", "PERSON" }, { "LOC", "LOCATION" } };
    field type = { tag.text + 2, tag.length - 2 };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is(type, names[i][0])) return names[i][1];
    return cli_pool_copy(self->pool, type.text, type.length);
}

static bool add_token(conll *self, field token, field tag)
{
    bool inside = tag.length > 2 && tag.text[1] == '-' && (tag.text[0] == 'I' || tag.text[0] == 'B');
    if (!inside && !is(tag, "O")) return false;
    const char *type = inside ? type_of(self, tag) : NULL;
    bool goes_on = inside && tag.text[0] == 'I' && self->open.type && strcmp(self->open.type, type) == 0;
    if (!goes_on) close_span(self);
    put_blank(self, token);
    if (inside && !goes_on) self->open = (eval_span){ .start = self->code_points, .type = type };
    put(self, token.text, token.length);
    self->open.end = self->code_points;
    return true;
}

static void end_sentence(conll *self)
{
    if (!self->docs->count || self->line_start) return;
    close_span(self);
    put(self, "\n", 1);
    self->line_start = true;
    self->in_quotes = false;
}

static field first_field(field line)
{
    size_t length = 0;
    while (length < line.length && line.text[length] != ' ' && line.text[length] != '\t') length++;
    return (field){ line.text, length };
}

static field last_field(field line)
{
    size_t start = line.length;
    while (start && line.text[start - 1] != ' ' && line.text[start - 1] != '\t') start--;
    return (field){ line.text + start, line.length - start };
}

/* The id in "# newdoc id = ID"; an empty field with data for "# newdoc" alone; no data for any other comment. */
static field new_doc_id(field line)
{
    static const char head[] = "# newdoc", key[] = " id = ";
    size_t length = sizeof head - 1, most = sizeof key - 1;
    if (line.length < length || memcmp(line.text, head, length) != 0) return (field){ 0 };
    line = (field){ line.text + length, line.length - length };
    if (line.length <= most || memcmp(line.text, key, most) != 0) return (field){ line.text, 0 };
    return (field){ line.text + most, line.length - most };
}

/* The id in "-DOCSTART- -X- O O ID", as `tag` writes it; an empty field where there is none. */
static field doc_start_id(field line)
{
    static const char head[] = "-DOCSTART- -X- O O ";
    size_t length = sizeof head - 1;
    if (line.length <= length || memcmp(line.text, head, length) != 0) return (field){ 0 };
    const char *id = line.text + length, *tab = memchr(id, '\t', line.length - length);
    return (field){ id, tab ? (size_t)(tab - id) : line.length - length };
}

static const char no_tag[] =
    "no IOB tag (O, B-TYPE, I-TYPE) in a last column; gold is JSON Lines, CoNLL columns, or brat's .ann beside .txt";

static const char *read_line(conll *self, field line)
{
    field token = first_field(line), tag = last_field(line), id = new_doc_id(line);
    if (id.text) start_doc(self, id);
    else if (is(token, "-DOCSTART-")) start_doc(self, doc_start_id(line));
    else if (!line.length) end_sentence(self);
    else if (!is(token, "#") || tag.text == token.text) {
        if (!self->docs->count) start_doc(self, (field){ 0 });
        if (token.length == line.length) return no_tag;
        if (!add_token(self, token, tag)) return no_tag;
    }
    return NULL;
}

bool eval_docs_from_conll(eval_docs *docs, cli_pool *pool, const char *bytes, size_t size, const char **why, size_t *line)
{
    conll self = { .docs = docs, .pool = pool };
    *line = 0;
    for (size_t at = 0, end; at < size; at = end + 1) {
        const char *feed = memchr(bytes + at, '\n', size - at);
        end = feed ? (size_t)(feed - bytes) : size;
        field row = { bytes + at, end - at };
        while (row.length && strchr(" \t\r", row.text[row.length - 1])) row.length--;
        ++*line;
        if ((*why = read_line(&self, row))) return false;
    }
    finish_doc(&self);
    return true;
}

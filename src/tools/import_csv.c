/* import_csv.c - tables as spreadsheets save them: a row with the names of the columns, then a name a row. */
#include "tools/import.h"

typedef enum { NAME, TYPE, ID, ALIASES, COLUMN_COUNT } csv_column;

static const char *const columns[COLUMN_COUNT] = { "name", "type", "id", "aliases" };

enum { MOST_CELLS = 64 };

typedef struct {
    att_arena *arena;
    att_str rest;
    char mark; /* between cells */
    att_str cells[MOST_CELLS];
    uint32_t count;
    uint64_t lines; /* that the row takes */
    bool open;      /* a quotation mark in it is never closed */
} csv_row;

/* ---- cells ---- */

/* What stands between quotation marks, of which two stand for one, from `at` behind the first of them; returns where it ends.
 */
static size_t read_quoted(csv_row *self, size_t at, att_buf *cell)
{
    for (; at < self->rest.length; at++) {
        char c = self->rest.data[at];
        bool twice = c == '"' && at + 1 < self->rest.length && self->rest.data[at + 1] == '"';
        if (c == '"' && !twice) return at + 1;
        att_buf_byte(cell, c);
        self->lines += c == '\n';
        at += twice;
    }
    self->open = true;
    return at;
}

static size_t cell_end(const csv_row *self, size_t at)
{
    while (at < self->rest.length && self->rest.data[at] != self->mark && self->rest.data[at] != '\n') at++;
    return at;
}

/* The cell at `at`; returns where it ends. */
static size_t read_cell(csv_row *self, size_t at)
{
    while (at < self->rest.length && self->rest.data[at] == ' ') at++;
    bool quoted = at < self->rest.length && self->rest.data[at] == '"';
    att_buf inside = { .arena = self->arena };
    size_t start = quoted ? read_quoted(self, at + 1, &inside) : at, end = cell_end(self, start);
    att_str cell = att_str_slice(self->rest, start, end);
    if (quoted) {
        att_buf_add(&inside, cell);
        cell = att_buf_str(&inside);
    }
    if (self->count < MOST_CELLS) self->cells[self->count++] = att_str_trim(cell);
    return end;
}

static size_t line_length(att_str text)
{
    const char *end = memchr(text.data, '\n', text.length);
    return end ? (size_t)(end - text.data) : text.length;
}

/* The next row; a row with an open quotation mark ends with its first line. */
static bool read_row(csv_row *self)
{
    if (!self->rest.length) return false;
    size_t first = line_length(self->rest), at = 0;
    self->count = 0;
    self->lines = 1;
    self->open = false;
    for (at = read_cell(self, 0); at < self->rest.length && self->rest.data[at] == self->mark;) at = read_cell(self, at + 1);
    if (self->open) {
        at = first;
        self->lines = 1;
    }
    self->rest = att_str_slice(self->rest, at < self->rest.length ? at + 1 : at, self->rest.length);
    return true;
}

/* ---- columns ---- */

static csv_column column_named(att_str name)
{
    static const struct {
        const char *name;
        csv_column column;
    } others[] = { { "label", TYPE }, { "layer", TYPE }, { "alias", ALIASES } };
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (att_import_same_word(name, att_str_of(columns[i]))) return (csv_column)i;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (att_import_same_word(name, att_str_of(others[i].name))) return others[i].column;
    return COLUMN_COUNT;
}

/* What the first line has most of. */
static char mark_of(att_str bytes)
{
    static const char marks[] = ",;\t";
    uint32_t most = 0;
    char best = ',';
    size_t length = bytes.length ? line_length(bytes) : 0;
    for (size_t i = 0; marks[i]; i++) {
        uint32_t count = 0;
        for (size_t at = 0; at < length; at++) count += bytes.data[at] == marks[i];
        if (count > most) best = marks[i];
        if (count > most) most = count;
    }
    return best;
}

/* Which cell is which column; ATT_NONE where there is none. Returns whether names and types are there. */
static bool find_columns(const csv_row *row, uint32_t *places)
{
    for (int i = 0; i < COLUMN_COUNT; i++) places[i] = ATT_NONE;
    for (uint32_t i = 0; i < row->count; i++) {
        csv_column column = column_named(row->cells[i]);
        if (column != COLUMN_COUNT && places[column] == ATT_NONE) places[column] = i;
    }
    return places[NAME] != ATT_NONE && places[TYPE] != ATT_NONE;
}

bool att_import_is_csv(att_arena *arena, att_str bytes)
{
    uint32_t places[COLUMN_COUNT];
    csv_row row = { .arena = arena,
                    .rest = att_str_slice(bytes, 0, bytes.length ? line_length(bytes) : 0),
                    .mark = mark_of(bytes) };
    return read_row(&row) && find_columns(&row, places);
}

/* ---- rows ---- */

static att_str cell(const csv_row *row, uint32_t place)
{
    return place < row->count ? row->cells[place] : ATT_EMPTY;
}

static void take_row(att_importing *self, const csv_row *row, const uint32_t *places)
{
    att_str name = cell(row, places[NAME]), type = cell(row, places[TYPE]), id = cell(row, places[ID]);
    att_str aliases = cell(row, places[ALIASES]);
    if (row->open) att_import_leave_out(self, "a quotation mark that is never closed");
    else if (!type.length) att_import_leave_out(self, "no type");
    else if (!name.length) att_import_leave_out(self, "no name");
    else att_import_named(self, type, id, name);
    if (row->open || !type.length || !name.length) return;
    for (size_t start = 0, at = 0; at <= aliases.length; at++) {
        if (at < aliases.length && aliases.data[at] != '|' && aliases.data[at] != ';') continue;
        att_str alias = att_str_trim(att_str_slice(aliases, start, at));
        if (alias.length) att_import_named(self, type, id, alias);
        start = at + 1;
    }
}

static bool is_empty(const csv_row *row)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (row->cells[i].length) return false;
    return !row->open;
}

void att_import_csv(att_importing *self, att_str bytes)
{
    uint32_t places[COLUMN_COUNT];
    csv_row row = { .arena = self->arena, .rest = bytes, .mark = mark_of(bytes) };
    if (!read_row(&row)) return;
    self->line = 1;
    if (!find_columns(&row, places)) {
        att_import_leave_out(self,
                             "its first line names no columns 'name' and 'type'; 'id' and 'aliases' may stand beside them");
        return;
    }
    for (uint32_t i = 0; i < row.count; i++)
        if (row.cells[i].length && column_named(row.cells[i]) == COLUMN_COUNT)
            self->left_out(self->user, att_str_format(self->arena, "%.*s:1: the column '%.*s' is not taken",
                                                      ATT_STR_ARG(self->path), ATT_STR_ARG(row.cells[i]))
                                           .data);
    for (uint64_t lines = row.lines; self->line += lines, read_row(&row); lines = row.lines)
        if (!is_empty(&row)) take_row(self, &row, places);
}

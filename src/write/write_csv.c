/* write_csv.c - tables for a spreadsheet: officials, themes, mentions or statements, a row each.
 *
 *     id,date,name,title,…,error
 *     kcna-17,2024-03-25,Jane Roe,"Minister of Trade, Industry and Energy",…,
 *     notes/9,,,,…,E003: not text
 *
 * Source  RFC 4180: CR LF ends a row, marks that a cell may not have stand in quotation marks. The first row, with the columns'
 *         names, is no document's: att_output_frame_of has it, behind a byte order mark, without which Excel takes UTF-8 for
 *         something else.
 * Shape   a cell is one line, with one blank for each run of blanks and breaks. What a spreadsheet would take for a formula
 *         (it begins with = + - @) has an apostrophe in front, as texts come from anywhere. A document that failed has one row.
 * Units   as --offsets has it.
 */
#include "base/utf8.h"
#include "write/post.h"
#include "write/writer.h"

#define HEADER(columns) "\xEF\xBB\xBFid,date," columns ",error\r\n"
const char att_officials_header[] = HEADER("name,title,agency,agency_id,country,office,status,start,end,rule");
const char att_themes_header[] =
    HEADER("theme,topic,actors,role,label,score,document_topic,modality,evidence,start,end,places,rule");
const char att_mentions_header[] = HEADER("type,text,entity,name,code,country,start,end,rule");
const char att_statements_header[] = HEADER("kind,speaker,type,title,agency,country,verb,topics,themes,text,start,end,rule");

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_offsets offsets;
    att_buf cell;
    att_buf *out;
} table;

/* ---- cells: each has a comma behind it ---- */

static void quote(table *self)
{
    att_buf_byte(self->out, '"');
    for (size_t i = 0; i < self->cell.count; i++) {
        if (self->cell.items[i] == '"') att_buf_byte(self->out, '"');
        att_buf_byte(self->out, self->cell.items[i]);
    }
    att_buf_byte(self->out, '"');
}

static bool needs_quotes(att_str cell)
{
    return cell.length && (memchr(cell.data, ',', cell.length) || memchr(cell.data, '"', cell.length));
}

static void put_cell(table *self, att_str text)
{
    if (text.length) {
        self->cell.count = 0;
        text = att_str_trim(att_str_one_line(self->out->arena, text));
        if (text.length && memchr("=+-@", *text.data, 4)) att_buf_byte(&self->cell, '\'');
        att_utf8_show(&self->cell, text, false);
        if (needs_quotes(att_buf_str(&self->cell))) quote(self);
        else att_buf_add(self->out, att_buf_str(&self->cell));
    }
    att_buf_byte(self->out, ',');
}

static void put_number(table *self, uint64_t number)
{
    att_buf_number(self->out, number);
    att_buf_byte(self->out, ',');
}

static void put_place(table *self, uint32_t start, uint32_t end)
{
    put_number(self, att_offsets_at(&self->offsets, start));
    put_number(self, att_offsets_at(&self->offsets, end));
}

static void put_score(table *self, double score)
{
    att_pen_put_down(self->out, att_pen_add(att_pen_score(att_pen_take(self->out, 0), score), ATT_STR(",")));
}

static void put_rule(table *self, const att_origin *origin)
{
    put_cell(self, origin ? origin->rule : ATT_EMPTY);
}

/* ---- rows ---- */

static void start_row(table *self)
{
    put_cell(self, self->doc->id);
    put_cell(self, self->doc->date);
}

/* No error: the last cell is empty. */
static void end_row(table *self)
{
    att_buf_add(self->out, ATT_STR("\r\n"));
}

static void put_error(table *self, const char *header)
{
    att_buf error = { .arena = self->out->arena };
    put_cell(self, self->doc->id);
    for (const char *comma = strchr(header, ','); (comma = strchr(comma + 1, ','));) att_buf_byte(self->out, ',');
    att_writer_error(self->doc, &error);
    put_cell(self, att_buf_str(&error));
    self->out->count--;
    end_row(self);
}

static void put_official(table *self, const att_official *official)
{
    start_row(self);
    put_cell(self, official->name);
    put_cell(self, official->title);
    put_cell(self, official->agency);
    put_cell(self, official->agency_id);
    put_cell(self, official->country);
    put_cell(self, official->office);
    put_cell(self, official->status);
    put_place(self, official->start, official->end);
    put_rule(self, official->origin);
    end_row(self);
}

static void put_theme(table *self, const att_theme *theme)
{
    static const att_evidence none;
    const att_evidence *first = theme->evidence_count ? theme->evidence : &none;
    start_row(self);
    put_cell(self, theme->theme);
    put_cell(self, theme->topic);
    put_cell(self, theme->actors);
    put_cell(self, theme->role);
    put_cell(self, theme->label);
    put_score(self, theme->score);
    put_cell(self, theme->document_topic ? ATT_STR("yes") : ATT_STR("no"));
    put_cell(self, theme->modality);
    put_cell(self, att_str_slice(self->doc->text, first->start, first->end));
    put_place(self, first->start, first->end);
    put_number(self, theme->evidence_count);
    put_rule(self, first->origin);
    end_row(self);
}

static void put_mention(table *self, const att_annotation *mention)
{
    static const att_entity none;
    const att_entity *entity = att_writer_entity(self->doc, mention);
    if (!entity) entity = &none;
    start_row(self);
    put_cell(self, att_writer_type(self->writer, mention->layer));
    put_cell(self, att_str_slice(self->doc->text, mention->start, mention->end));
    put_cell(self, entity->id);
    put_cell(self, entity->name);
    put_cell(self, att_annotation_get(mention, self->writer->layers, ATT_KEY_CODE));
    put_cell(self, entity->country);
    put_place(self, mention->start, mention->end);
    put_rule(self, mention->origin);
    end_row(self);
}

/* With "; " between. */
static void put_list(table *self, const att_strs *names)
{
    att_buf list = { .arena = self->out->arena };
    for (uint32_t i = 0; i < names->count; i++) {
        if (i) att_buf_add(&list, ATT_STR("; "));
        att_buf_add(&list, names->items[i]);
    }
    put_cell(self, att_buf_str(&list));
}

/* What the speaker is, by his record or by what the body is. */
static void put_post(table *self, const att_statement *statement)
{
    const att_post post = att_post_of(self->doc, statement);
    put_cell(self, post.title);
    put_cell(self, post.agency);
    put_cell(self, post.country);
}

static void put_statement(table *self, const att_statement *statement)
{
    const att_entity *entity = &self->doc->entities.items[statement->entity];
    start_row(self);
    put_cell(self, att_str_of(att_statement_kind_names[statement->kind]));
    put_cell(self, entity->name);
    put_cell(self, att_writer_type(self->writer, entity->layer));
    put_post(self, statement);
    put_cell(self, statement->verb);
    put_list(self, &statement->topics);
    put_list(self, &statement->themes);
    put_cell(self, att_str_slice(self->doc->text, statement->start, statement->end));
    put_place(self, statement->start, statement->end);
    put_rule(self, statement->origin);
    end_row(self);
}

/* ---- documents ---- */

/* False for a document that failed: it has its row. */
static bool begin(table *self, const char *header)
{
    const att_document *doc = self->doc;
    self->cell.arena = self->out->arena;
    if (doc->error_code) put_error(self, header);
    else att_offsets_init(&self->offsets, self->out->arena, doc->text, doc->well_formed, self->writer->offsets);
    return !doc->error_code;
}

void att_write_officials(const att_writer *writer, const att_document *doc, att_buf *out)
{
    table self = { .writer = writer, .doc = doc, .out = out };
    if (!begin(&self, att_officials_header)) return;
    for (uint32_t i = 0; i < doc->officials.count; i++) put_official(&self, &doc->officials.items[i]);
}

void att_write_themes(const att_writer *writer, const att_document *doc, att_buf *out)
{
    table self = { .writer = writer, .doc = doc, .out = out };
    if (!begin(&self, att_themes_header)) return;
    for (uint32_t i = 0; i < doc->themes.count; i++) put_theme(&self, &doc->themes.items[i]);
}

void att_write_mentions(const att_writer *writer, const att_document *doc, att_buf *out)
{
    table self = { .writer = writer, .doc = doc, .out = out };
    att_mentions all = { .writer = writer, .doc = doc, .nested = true };
    if (!begin(&self, att_mentions_header)) return;
    for (const att_annotation *mention; (mention = att_mentions_next(&all));) put_mention(&self, mention);
}

void att_write_statements(const att_writer *writer, const att_document *doc, att_buf *out)
{
    table self = { .writer = writer, .doc = doc, .out = out };
    if (!begin(&self, att_statements_header)) return;
    for (uint32_t i = 0; i < doc->statements.count; i++) put_statement(&self, &doc->statements.items[i]);
}

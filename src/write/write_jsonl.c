/* write_jsonl.c - the record: one JSON object a line, as schema.json says it.
 *
 * Keys stand in one fixed order, so that equal documents give equal bytes.
 */
#include "write/escape.h"
#include "write/post.h"
#include "write/writer.h"

enum { USUAL_RECORD = 1024, USUAL_MENTION = 160, USUAL_ID = 16 }; /* bytes, for the first guess at a record's size */

/* What a record says of an entity wherever it stands. */
typedef struct {
    uint32_t id, id_length; /* in record.ids: as a JSON string */
    uint32_t mentions;      /* written so far */
    bool referred;          /* by the record of an official or a statement */
} entity_use;

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_offsets offsets;
    entity_use *entities; /* by entity; behind the last, one for mentions without an entity */
    att_buf ids;
    const att_origin_piece *rule; /* the last that was asked for without a line, or NULL */
    att_buf *out;
} record;

static inline att_pen put_string(const record *self, att_pen pen, att_str text)
{
    return text.data ? att_pen_json(self->out, pen, text) : att_pen_add(pen, ATT_STR("null"));
}

/* What stands in the document, behind which there is its padding. */
static inline att_pen put_text(const record *self, att_pen pen, uint32_t start, uint32_t end)
{
    return att_pen_json_padded(self->out, pen, att_str_slice(self->doc->text, start, end));
}

static inline att_pen put_piece(const record *self, att_pen pen, att_str piece)
{
    return att_pen_piece(self->out, pen, piece, ATT_PIECE_STEP);
}

static inline att_pen put_offset(const record *self, att_pen pen, uint32_t at)
{
    return att_pen_number(pen, att_offsets_at(&self->offsets, at));
}

/* `key` with the marks around it: ",\"mentions\":[". */
ATT_PEN_CALL att_pen open_array(const record *self, att_pen pen, att_str key)
{
    return att_pen_add(att_pen_need(self->out, pen, key.length), key);
}

/* Each item has put a comma behind itself. */
ATT_PEN_CALL att_pen close_array(att_pen pen)
{
    pen.to -= pen.to[-1] == ',';
    return att_pen_add(pen, ATT_STR("]"));
}

static att_pen put_strings(const record *self, att_pen pen, const att_strs *values)
{
    for (uint32_t i = 0; i < values->count; i++) pen = att_pen_add(put_string(self, pen, values->items[i]), ATT_STR(","));
    return close_array(pen);
}

static att_pen put_country_by(const record *self, att_pen pen, uint8_t step)
{
    return put_piece(self, pen, self->writer->pieces->country_by[step]);
}

static entity_use *use_of(const record *self, uint32_t entity)
{
    uint32_t known = self->doc->entities.count;
    return &self->entities[entity < known ? entity : known];
}

static att_pen put_id(const record *self, att_pen pen, const entity_use *use)
{
    return put_piece(self, pen, (att_str){ self->ids.items + use->id, use->id_length });
}

/* ---- mentions ---- */

static size_t skip_digits(att_str text, size_t at)
{
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at;
}

/* True for what JSON takes as a number; exponents are written as strings. */
static bool is_number(att_str text)
{
    size_t start = att_str_starts(text, ATT_STR("-")), end = skip_digits(text, start);
    if (end == start || (text.data[start] == '0' && end > start + 1)) return false;
    if (end == text.length) return true;
    return text.data[end] == '.' && end + 1 < text.length && skip_digits(text, end + 1) == text.length;
}

static att_pen put_fields(const record *self, att_pen pen, const att_annotation *mention)
{
    const att_layer *layer = &self->writer->layers->items[mention->layer];
    const att_str *keys = self->writer->pieces->layers[mention->layer].fields;
    for (uint32_t i = 0; i < layer->field_count; i++) {
        att_str value = mention->fields[i];
        if (!value.length || !keys[i].data) continue;
        pen = put_piece(self, pen, keys[i]);
        if (layer->field_types[i] == ATT_FIELD_NUMBER && is_number(value))
            pen = att_pen_add(att_pen_need(self->out, pen, value.length), value);
        else pen = put_string(self, pen, value);
    }
    return pen;
}

/* Where it stands. */
static inline att_pen put_place(const record *self, att_pen pen, uint32_t first, uint32_t last)
{
    pen = att_pen_add(pen, ATT_STR("{\"start\":"));
    pen = put_offset(self, pen, first);
    pen = att_pen_add(pen, ATT_STR(",\"end\":"));
    return put_offset(self, pen, last);
}

static att_pen put_mention(record *self, att_pen pen, const att_annotation *mention, const att_origin_piece *made)
{
    const att_pieces *pieces = self->writer->pieces;
    entity_use *use = use_of(self, mention->entity);
    use->mentions++;
    pen = put_place(self, pen, mention->start, mention->end);
    pen = att_pen_number(att_pen_add(pen, ATT_STR(",\"byte_start\":")), mention->start);
    pen = att_pen_number(att_pen_add(pen, ATT_STR(",\"byte_end\":")), mention->end);
    pen = put_piece(self, pen, pieces->layers[mention->layer].mention);
    pen = put_text(self, pen, mention->start, mention->end);
    if (mention->fields) pen = put_fields(self, pen, mention);
    pen = put_id(self, att_pen_add(pen, ATT_STR(",\"entity\":")), use);
    if (att_is_nation_layer(mention->layer)) pen = put_country_by(self, pen, ATT_BY_NONE);
    if (mention->layer == ATT_LAYER_AGENCY) pen = put_country_by(self, pen, mention->country_by);
    return att_pen_piece(self->out, pen, (att_str){ made->bytes, made->length }, ATT_LONG_STEP);
}

/* The mentions from annotation *next on, as many as are asked for together. */
static att_pen put_some(record *self, att_pen pen, uint32_t *next)
{
    const att_annotations *all = &self->doc->annotations;
    const att_annotation *mentions[ATT_PIECES_BATCH] = { 0 };
    const att_origin_piece *made[ATT_PIECES_BATCH];
    uint32_t count = 0;
    for (; *next < all->count && count < ATT_PIECES_BATCH; ++*next)
        if (att_writer_mentions(self->writer, &all->items[*next])) mentions[count++] = &all->items[*next];
    att_pieces_of_all(self->writer->pieces, mentions, count, made);
    for (uint32_t i = 0; i < count; i++) pen = put_mention(self, pen, mentions[i], made[i]);
    return pen;
}

static att_pen put_mentions(record *self, att_pen pen)
{
    pen = open_array(self, pen, ATT_STR(",\"mentions\":["));
    for (uint32_t next = 0; next < self->doc->annotations.count;) pen = put_some(self, pen, &next);
    return close_array(pen);
}

/* ---- entities ---- */

/* Whether the entity has keys for where it belongs: bodies and places always, with null where it is unknown; others where it is
 * known. */
static bool has_place(const att_entity *entity)
{
    if (att_is_nation_layer(entity->layer)) return false;
    return entity->layer == ATT_LAYER_AGENCY || entity->layer == ATT_LAYER_IGO || entity->layer == ATT_LAYER_LOCATION
           || entity->country.length || entity->parent.length;
}

static att_pen put_entity(const record *self, att_pen pen, uint32_t index)
{
    const att_entity *entity = &self->doc->entities.items[index];
    pen = put_id(self, att_pen_add(pen, ATT_STR("{\"id\":")), &self->entities[index]);
    pen = put_piece(self, pen, self->writer->pieces->layers[entity->layer].entity);
    pen = put_string(self, pen, entity->name);
    if (entity->code.length && !att_str_equal(entity->code, entity->id))
        pen = put_string(self, att_pen_add(pen, ATT_STR(",\"code\":")), entity->code);
    if (has_place(entity)) {
        pen = put_string(self, att_pen_add(pen, ATT_STR(",\"country\":")), entity->country);
        pen = put_country_by(self, pen, entity->country_by);
        pen = put_string(self, att_pen_add(pen, ATT_STR(",\"parent\":")), entity->parent);
    }
    pen = att_pen_number(att_pen_add(pen, ATT_STR(",\"mentions\":")), self->entities[index].mentions);
    return att_pen_add(pen, ATT_STR("},"));
}

/* Records name their entities, whatever types of mentions are written. */
static void note_referred(record *self)
{
    const att_document *doc = self->doc;
    for (uint32_t i = 0; i < doc->officials.count; i++) use_of(self, doc->officials.items[i].entity)->referred = true;
    for (uint32_t i = 0; doc->speaks && i < doc->statements.count; i++)
        use_of(self, doc->statements.items[i].entity)->referred = true;
}

static att_pen put_entities(const record *self, att_pen pen)
{
    pen = open_array(self, pen, ATT_STR(",\"entities\":["));
    for (uint32_t i = 0; i < self->doc->entities.count; i++)
        if (self->entities[i].mentions || self->entities[i].referred || self->writer->all_types) pen = put_entity(self, pen, i);
    return close_array(pen);
}

/* ---- officials and themes ---- */

/* The rule of an official or of evidence, and the end of the item. An annotation put in by hand has no origin. */
static att_pen put_rule(record *self, att_pen pen, const att_origin *origin)
{
    if (!origin) return att_pen_add(pen, ATT_STR(",\"rule\":\"\"},"));
    if (!self->rule || self->rule->origin != origin) self->rule = att_pieces_of(self->writer->pieces, origin, 0);
    pen = att_pen_piece(self->out, pen, (att_str){ self->rule->bytes, self->rule->rule_length }, ATT_LONG_STEP);
    return att_pen_add(pen, ATT_STR("},"));
}

static att_pen put_official(record *self, att_pen pen, const att_official *official)
{
    pen = put_id(self, att_pen_add(pen, ATT_STR("{\"entity\":")), use_of(self, official->entity));
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"name\":")), official->name);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"title\":")), official->title);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"agency\":")), official->agency);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"agency_id\":")), official->agency_id);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"country\":")), official->country);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"office\":")), official->office);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"status\":")), official->status);
    if (official->undated) pen = att_pen_add(pen, ATT_STR(",\"dated\":false"));
    pen = put_offset(self, att_pen_add(pen, ATT_STR(",\"start\":")), official->start);
    pen = put_offset(self, att_pen_add(pen, ATT_STR(",\"end\":")), official->end);
    return put_rule(self, pen, official->origin);
}

static att_pen put_officials(record *self, att_pen pen)
{
    const att_officials *all = &self->doc->officials;
    pen = open_array(self, pen, ATT_STR(",\"officials\":["));
    for (uint32_t i = 0; i < all->count; i++) pen = put_official(self, pen, &all->items[i]);
    return close_array(pen);
}

/* "KOR+USA" as an array. */
static att_pen put_codes(const record *self, att_pen pen, att_str codes)
{
    for (size_t start = 0, end; start < codes.length; start = end + 1) {
        for (end = start; end < codes.length && codes.data[end] != '+';) end++;
        pen = att_pen_add(put_string(self, pen, att_str_slice(codes, start, end)), ATT_STR(","));
    }
    return close_array(pen);
}

static att_pen put_evidence(record *self, att_pen pen, const att_evidence *evidence)
{
    pen = put_place(self, pen, evidence->start, evidence->end);
    pen = att_pen_add(pen, ATT_STR(",\"text\":"));
    pen = put_text(self, pen, evidence->start, evidence->end);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"trigger\":")), evidence->trigger);
    return put_rule(self, pen, evidence->origin);
}

static att_pen put_theme(record *self, att_pen pen, const att_theme *theme)
{
    pen = put_string(self, att_pen_add(pen, ATT_STR("{\"theme\":")), theme->theme);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"topic\":")), theme->topic);
    pen = put_codes(self, att_pen_add(pen, ATT_STR(",\"actors\":[")), theme->actors);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"role\":")), theme->role);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"label\":")), theme->label);
    pen = att_pen_score(att_pen_add(pen, ATT_STR(",\"score\":")), theme->score);
    if (theme->document_topic) pen = att_pen_add(pen, ATT_STR(",\"document_topic\":true"));
    else pen = att_pen_add(pen, ATT_STR(",\"document_topic\":false"));
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"modality\":")), theme->modality);
    pen = att_pen_add(pen, ATT_STR(",\"evidence\":["));
    for (uint32_t i = 0; i < theme->evidence_count; i++) pen = put_evidence(self, pen, &theme->evidence[i]);
    return att_pen_add(close_array(pen), ATT_STR("},"));
}

static att_pen put_themes(record *self, att_pen pen)
{
    const att_themes *all = &self->doc->themes;
    pen = open_array(self, pen, ATT_STR(",\"themes\":["));
    for (uint32_t i = 0; i < all->count; i++) pen = put_theme(self, pen, &all->items[i]);
    return close_array(pen);
}

/* ---- statements ---- */

static att_pen put_speaker(const record *self, att_pen pen, const att_statement *statement)
{
    const att_entity *entity = &self->doc->entities.items[statement->entity];
    pen = put_id(self, att_pen_add(pen, ATT_STR(",\"speaker\":{\"entity\":")), use_of(self, statement->entity));
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"type\":")), att_writer_type(self->writer, entity->layer));
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"name\":")), entity->name);
    const att_post post = att_post_of(self->doc, statement);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"title\":")), post.title);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"agency\":")), post.agency);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"country\":")), post.country);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"office\":")), post.office);
    if (statement->speaker_start == ATT_NONE) return att_pen_add(pen, ATT_STR(",\"start\":null,\"end\":null}"));
    pen = put_offset(self, att_pen_add(pen, ATT_STR(",\"start\":")), statement->speaker_start);
    pen = put_offset(self, att_pen_add(pen, ATT_STR(",\"end\":")), statement->speaker_end);
    return att_pen_add(pen, ATT_STR("}"));
}

static att_pen put_statement(record *self, att_pen pen, const att_statement *statement)
{
    pen = put_place(self, pen, statement->start, statement->end);
    pen = att_pen_number(att_pen_add(pen, ATT_STR(",\"byte_start\":")), statement->start);
    pen = att_pen_number(att_pen_add(pen, ATT_STR(",\"byte_end\":")), statement->end);
    pen = put_text(self, att_pen_add(pen, ATT_STR(",\"text\":")), statement->start, statement->end);
    att_str kind = att_str_of(att_statement_kind_names[statement->kind]);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"kind\":")), kind);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"verb\":")), statement->verb);
    pen = put_speaker(self, pen, statement);
    pen = put_strings(self, att_pen_add(pen, ATT_STR(",\"topics\":[")), &statement->topics);
    pen = put_strings(self, att_pen_add(pen, ATT_STR(",\"themes\":[")), &statement->themes);
    const att_origin_piece *made = att_pieces_of(self->writer->pieces, statement->origin, statement->line);
    return att_pen_piece(self->out, pen, (att_str){ made->bytes, made->length }, ATT_LONG_STEP);
}

static att_pen put_statements(record *self, att_pen pen)
{
    const att_statements *all = &self->doc->statements;
    pen = open_array(self, pen, ATT_STR(",\"statements\":["));
    for (uint32_t i = 0; i < all->count; i++) pen = put_statement(self, pen, &all->items[i]);
    return close_array(pen);
}

/* ---- the rest ---- */

static att_pen put_warnings(const record *self, att_pen pen)
{
    const att_remarks *all = &self->doc->remarks;
    pen = open_array(self, pen, ATT_STR(",\"warnings\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        pen = put_string(self, att_pen_add(pen, ATT_STR("{\"code\":")), att_str_of(all->items[i].code));
        pen = put_string(self, att_pen_add(pen, ATT_STR(",\"message\":")), all->items[i].message);
        uint32_t start = all->items[i].start;
        if (start != ATT_NONE) pen = put_offset(self, att_pen_add(pen, ATT_STR(",\"start\":")), start);
        pen = att_pen_add(pen, ATT_STR("},"));
    }
    return close_array(pen);
}

static att_pen put_names(const record *self, att_pen pen)
{
    pen = att_pen_number(att_pen_add(pen, ATT_STR("{\"schema\":")), ATT_SCHEMA_VERSION);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"id\":")), self->doc->id);
    return put_string(self, att_pen_add(pen, ATT_STR(",\"source\":")), self->doc->source);
}

static att_pen put_facts(const record *self, att_pen pen)
{
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"date\":")), self->doc->date);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"title\":")), self->doc->title);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"lang\":")), self->doc->lang);
    att_str unit = att_str_of(att_offset_unit_names[self->writer->offsets]);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"offsets\":")), unit);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"rules\":")), self->writer->digest);
    if (self->writer->text) pen = put_string(self, att_pen_add(pen, ATT_STR(",\"text\":")), self->doc->text);
    return pen;
}

/* Writes each id once, as a JSON string; ATT_PIECE_STEP bytes behind the last can be read. */
static void write_ids(record *self)
{
    const att_entities *all = &self->doc->entities;
    att_pen pen = att_pen_take(&self->ids, all->count * USUAL_ID);
    for (uint32_t i = 0; i <= all->count; i++) {
        uint32_t start = (uint32_t)(pen.to - self->ids.items);
        pen = att_pen_json(&self->ids, pen, i < all->count ? all->items[i].id : (att_str){ 0 });
        self->entities[i].id = start;
        self->entities[i].id_length = (uint32_t)(pen.to - self->ids.items) - start;
    }
    memset(pen.to, 0, ATT_PIECE_STEP);
}

/* Takes all scratch memory before the record, which is then the arena's newest piece and can grow in place. */
static void prepare(record *self)
{
    size_t mentions = self->doc->annotations.count, text = self->writer->text ? self->doc->text.length : 0;
    att_offsets_init(&self->offsets, self->out->arena, self->doc->text, self->doc->well_formed, self->writer->offsets);
    self->entities = att_arena_zero(self->out->arena, self->doc->entities.count + 1, sizeof *self->entities);
    write_ids(self);
    att_buf_reserve(self->out, USUAL_RECORD + mentions * USUAL_MENTION + text + text / 16);
}

static att_pen put_error(const record *self, att_pen pen)
{
    pen = put_names(self, pen);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"error\":{\"code\":")), att_str_of(self->doc->error_code));
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"message\":")), self->doc->error_message);
    return att_pen_add(pen, ATT_STR("}}\n"));
}

static att_pen put_record(record *self, att_pen pen)
{
    const att_document *doc = self->doc;
    pen = put_facts(self, put_names(self, pen));
    pen = put_mentions(self, pen);
    note_referred(self);
    pen = put_entities(self, pen);
    pen = put_officials(self, pen);
    pen = put_themes(self, pen);
    if (doc->speaks) pen = put_statements(self, pen);
    pen = put_strings(self, open_array(self, pen, ATT_STR(",\"topics\":[")), &doc->topics);
    pen = put_strings(self, open_array(self, pen, ATT_STR(",\"views\":[")), &doc->views);
    pen = put_strings(self, open_array(self, pen, ATT_STR(",\"countries\":[")), &doc->countries);
    pen = put_strings(self, open_array(self, pen, ATT_STR(",\"about\":[")), &doc->about);
    pen = put_string(self, att_pen_add(pen, ATT_STR(",\"duplicate_of\":")), doc->duplicate_of);
    pen = put_warnings(self, pen);
    return att_pen_add(pen, ATT_STR("}\n"));
}

void att_write_jsonl(const att_writer *writer, const att_document *doc, att_buf *out)
{
    record self = { .writer = writer, .doc = doc, .ids.arena = out->arena, .out = out };
    if (!doc->error_code) prepare(&self);
    att_pen pen = att_pen_take(out, 0);
    att_pen_put_down(out, doc->error_code ? put_error(&self, pen) : put_record(&self, pen));
}

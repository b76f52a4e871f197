/* write_jsonl.c - the record: one JSON object a line, as schema.json says it.
 *
 * Keys stand in one fixed order, so that equal documents give equal bytes.
 */
#include "write/escape.h"
#include "write/writer.h"

enum { USUAL_RECORD = 1024, USUAL_MENTION = 320 }; /* bytes, for the first guess at a record's size */

typedef struct {
    const att_writer *writer;
    const att_document *doc;
    att_offsets offsets;
    uint32_t *mentions; /* of each entity, among those written */
    att_buf *out;
} record;

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
                            "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
                            "9899";

#define INLINE static inline __attribute__((always_inline)) /* literals become moves */

INLINE void put(record *self, att_str text)
{
    att_escape_none(self->out, text);
}

/* A piece, by whole steps: there are so many bytes to read behind it. */
static void put_piece(record *self, att_str piece)
{
    att_buf *out = self->out;
    if (out->capacity - out->count < piece.length + ATT_PIECE_STEP) att_buf_reserve(out, piece.length + ATT_PIECE_STEP);
    char *to = out->items + out->count;
    for (size_t at = 0; at < piece.length; at += ATT_PIECE_STEP) memcpy(to + at, piece.data + at, ATT_PIECE_STEP);
    out->count += piece.length;
}

/* `key` with the marks around it: ",\"id\":". */
INLINE void put_string(record *self, att_str key, att_str value)
{
    put(self, key);
    if (value.data) att_escape_json(self->out, value);
    else put(self, ATT_STR("null"));
}

enum { MOST_DIGITS = 10 };

static inline size_t count_digits(uint32_t value)
{
    size_t count = 1u + (value >= 10) + (value >= 100) + (value >= 1000);
    for (; value >= 10000; value /= 10) count++;
    return count;
}

/* Writes the digits at `to` and says where they end. */
static inline char *add_digits(char *to, uint32_t value)
{
    char *end = to + count_digits(value), *at = end;
    for (; value >= 100; value /= 100) memcpy(at -= 2, pairs + value % 100 * 2, 2);
    if (value >= 10) memcpy(to, pairs + value * 2, 2);
    else *to = (char)('0' + value);
    return end;
}

static void put_digits(record *self, uint32_t value)
{
    att_buf *out = self->out;
    if (out->capacity - out->count < MOST_DIGITS) att_buf_reserve(out, MOST_DIGITS);
    out->count = (size_t)(add_digits(out->items + out->count, value) - out->items);
}

INLINE void put_number(record *self, att_str key, uint32_t value)
{
    put(self, key);
    put_digits(self, value);
}

/* A comma before every item of an array but the first. */
static void separate(record *self)
{
    if (self->out->items[self->out->count - 1] != '[') att_buf_byte(self->out, ',');
}

static void put_strings(record *self, att_str key, const att_strs *values)
{
    put(self, key);
    for (uint32_t i = 0; i < values->count; i++) {
        separate(self);
        att_escape_json(self->out, values->items[i]);
    }
    att_buf_byte(self->out, ']');
}

static void put_country_by(record *self, uint8_t step)
{
    att_str name = step == ATT_BY_NONE ? (att_str){ 0 } : att_str_of(att_country_step_names[step]);
    put_string(self, ATT_STR(",\"country_by\":"), name);
}

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

static void put_fields(record *self, const att_annotation *mention)
{
    const att_layer *layer = &self->writer->layers->items[mention->layer];
    const att_str *keys = self->writer->pieces->layers[mention->layer].fields;
    for (uint32_t i = 0; mention->fields && i < layer->field_count; i++) {
        att_str value = mention->fields[i];
        if (!value.length || !keys[i].data) continue;
        put_piece(self, keys[i]);
        if (layer->field_types[i] == ATT_FIELD_NUMBER && is_number(value)) put(self, value);
        else att_escape_json(self->out, value);
    }
}

/* Officials and evidence are always of a rule; an annotation put in by hand has none. */
static void put_rule(record *self, const att_origin *origin)
{
    if (origin) put_piece(self, att_pieces_of(self->writer->pieces, origin)->rule);
    else put(self, ATT_STR(",\"rule\":\"\""));
}

static void put_origin(record *self, const att_annotation *mention)
{
    if (!mention->origin) {
        put(self, ATT_STR(",\"rule\":null,\"line\":null"));
        return;
    }
    const att_origin_piece *piece = att_pieces_of(self->writer->pieces, mention->origin);
    put_piece(self, piece->rule);
    if (!piece->line.data) {
        put(self, ATT_STR(",\"line\":null"));
        return;
    }
    put_piece(self, piece->line);
    put_digits(self, mention->line);
    att_buf_byte(self->out, '"');
}

INLINE char *add(char *to, att_str text)
{
    memcpy(to, text.data, text.length);
    return to + text.length;
}

/* Where it stands, in room that is made once. */
static void put_place(record *self, uint32_t first, uint32_t last)
{
    enum { MOST_BYTES = 96 };
    att_buf *out = self->out;
    if (out->capacity - out->count < MOST_BYTES) att_buf_reserve(out, MOST_BYTES);
    char *to = add(out->items + out->count, ATT_STR("{\"start\":"));
    to = add(add_digits(to, att_offsets_at(&self->offsets, first)), ATT_STR(",\"end\":"));
    to = add(add_digits(to, att_offsets_at(&self->offsets, last)), ATT_STR(",\"byte_start\":"));
    to = add(add_digits(to, first), ATT_STR(",\"byte_end\":"));
    out->count = (size_t)(add_digits(to, last) - out->items);
}

static void put_mention(record *self, const att_annotation *mention)
{
    const att_entity *entity = att_writer_entity(self->doc, mention);
    put_place(self, mention->start, mention->end);
    put_piece(self, self->writer->pieces->layers[mention->layer].mention);
    att_escape_json_padded(self->out, att_str_slice(self->doc->text, mention->start, mention->end));
    put_fields(self, mention);
    put_string(self, ATT_STR(",\"entity\":"), entity ? entity->id : (att_str){ 0 });
    if (mention->layer == ATT_LAYER_COUNTRY || mention->layer == ATT_LAYER_DEMONYM) put_country_by(self, ATT_BY_NONE);
    if (mention->layer == ATT_LAYER_AGENCY) put_country_by(self, mention->country_by);
    put_origin(self, mention);
    att_buf_byte(self->out, '}');
}

static void put_mentions(record *self)
{
    const att_annotations *all = &self->doc->annotations;
    put(self, ATT_STR(",\"mentions\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        if (!att_writer_mentions(self->writer, &all->items[i])) continue;
        separate(self);
        put_mention(self, &all->items[i]);
    }
    att_buf_byte(self->out, ']');
}

/* Bodies and places say where they belong, be it unknown; of other layers only what is known is said. */
static bool has_place(const att_entity *entity)
{
    if (entity->layer == ATT_LAYER_COUNTRY || entity->layer == ATT_LAYER_DEMONYM) return false;
    return entity->layer == ATT_LAYER_AGENCY || entity->layer == ATT_LAYER_IGO || entity->layer == ATT_LAYER_LOCATION
           || entity->country.length || entity->parent.length;
}

static void put_entity(record *self, const att_entity *entity, uint32_t mentions)
{
    put_string(self, ATT_STR("{\"id\":"), entity->id);
    put_piece(self, self->writer->pieces->layers[entity->layer].entity);
    att_escape_json(self->out, entity->name);
    if (entity->code.length && !att_str_equal(entity->code, entity->id)) put_string(self, ATT_STR(",\"code\":"), entity->code);
    if (has_place(entity)) {
        put_string(self, ATT_STR(",\"country\":"), entity->country);
        put_country_by(self, entity->country_by);
        put_string(self, ATT_STR(",\"parent\":"), entity->parent);
    }
    put_number(self, ATT_STR(",\"mentions\":"), mentions);
    att_buf_byte(self->out, '}');
}

static void count_mentions(record *self)
{
    const att_annotations *all = &self->doc->annotations;
    uint32_t entities = self->doc->entities.count;
    self->mentions = att_arena_zero(self->out->arena, entities, sizeof *self->mentions);
    for (uint32_t i = 0; i < all->count; i++)
        if (all->items[i].entity < entities && att_writer_mentions(self->writer, &all->items[i]))
            self->mentions[all->items[i].entity]++;
}

static void put_entities(record *self)
{
    const att_entities *all = &self->doc->entities;
    put(self, ATT_STR(",\"entities\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        if (!self->mentions[i] && !self->writer->all_types) continue;
        separate(self);
        put_entity(self, &all->items[i], self->mentions[i]);
    }
    att_buf_byte(self->out, ']');
}

/* ---- officials and themes ---- */

static void put_official(record *self, const att_official *official)
{
    bool known = official->entity < self->doc->entities.count;
    put_string(self, ATT_STR("{\"entity\":"), known ? self->doc->entities.items[official->entity].id : (att_str){ 0 });
    put_string(self, ATT_STR(",\"name\":"), official->name);
    put_string(self, ATT_STR(",\"title\":"), official->title);
    put_string(self, ATT_STR(",\"agency\":"), official->agency);
    put_string(self, ATT_STR(",\"agency_id\":"), official->agency_id);
    put_string(self, ATT_STR(",\"country\":"), official->country);
    put_string(self, ATT_STR(",\"office\":"), official->office);
    put_string(self, ATT_STR(",\"status\":"), official->status);
    if (official->undated) put(self, ATT_STR(",\"dated\":false"));
    put_number(self, ATT_STR(",\"start\":"), att_offsets_at(&self->offsets, official->start));
    put_number(self, ATT_STR(",\"end\":"), att_offsets_at(&self->offsets, official->end));
    put_rule(self, official->origin);
    att_buf_byte(self->out, '}');
}

static void put_officials(record *self)
{
    const att_officials *all = &self->doc->officials;
    put(self, ATT_STR(",\"officials\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        separate(self);
        put_official(self, &all->items[i]);
    }
    att_buf_byte(self->out, ']');
}

/* "KOR+USA" as an array. */
static void put_codes(record *self, att_str key, att_str codes)
{
    put(self, key);
    for (size_t start = 0, end; start < codes.length; start = end + 1) {
        for (end = start; end < codes.length && codes.data[end] != '+';) end++;
        separate(self);
        att_escape_json(self->out, att_str_slice(codes, start, end));
    }
    att_buf_byte(self->out, ']');
}

/* With one digit behind the point. */
static void put_score(record *self, att_str key, double score)
{
    uint32_t tenths = (uint32_t)(score * 10 + 0.5);
    put_number(self, key, tenths / 10);
    put_number(self, ATT_STR("."), tenths % 10);
}

static void put_evidence(record *self, const att_evidence *evidence)
{
    put_number(self, ATT_STR("{\"start\":"), att_offsets_at(&self->offsets, evidence->start));
    put_number(self, ATT_STR(",\"end\":"), att_offsets_at(&self->offsets, evidence->end));
    put(self, ATT_STR(",\"text\":"));
    att_escape_json_padded(self->out, att_str_slice(self->doc->text, evidence->start, evidence->end));
    put_string(self, ATT_STR(",\"trigger\":"), evidence->trigger);
    put_rule(self, evidence->origin);
    att_buf_byte(self->out, '}');
}

static void put_theme(record *self, const att_theme *theme)
{
    put_string(self, ATT_STR("{\"theme\":"), theme->theme);
    put_string(self, ATT_STR(",\"topic\":"), theme->topic);
    put_codes(self, ATT_STR(",\"actors\":["), theme->actors);
    put_string(self, ATT_STR(",\"role\":"), theme->role);
    put_string(self, ATT_STR(",\"label\":"), theme->label);
    put_score(self, ATT_STR(",\"score\":"), theme->score);
    put(self, theme->document_topic ? ATT_STR(",\"document_topic\":true") : ATT_STR(",\"document_topic\":false"));
    put_string(self, ATT_STR(",\"modality\":"), theme->modality);
    put(self, ATT_STR(",\"evidence\":["));
    for (uint32_t i = 0; i < theme->evidence_count; i++) {
        separate(self);
        put_evidence(self, &theme->evidence[i]);
    }
    put(self, ATT_STR("]}"));
}

static void put_themes(record *self)
{
    const att_themes *all = &self->doc->themes;
    put(self, ATT_STR(",\"themes\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        separate(self);
        put_theme(self, &all->items[i]);
    }
    att_buf_byte(self->out, ']');
}

static void put_warnings(record *self)
{
    const att_remarks *all = &self->doc->remarks;
    put(self, ATT_STR(",\"warnings\":["));
    for (uint32_t i = 0; i < all->count; i++) {
        separate(self);
        put_string(self, ATT_STR("{\"code\":"), att_str_of(all->items[i].code));
        put_string(self, ATT_STR(",\"message\":"), all->items[i].message);
        uint32_t start = all->items[i].start;
        if (start != ATT_NONE) put_number(self, ATT_STR(",\"start\":"), att_offsets_at(&self->offsets, start));
        att_buf_byte(self->out, '}');
    }
    att_buf_byte(self->out, ']');
}

static void put_names(record *self)
{
    put_number(self, ATT_STR("{\"schema\":"), ATT_SCHEMA_VERSION);
    put_string(self, ATT_STR(",\"id\":"), self->doc->id);
    put_string(self, ATT_STR(",\"source\":"), self->doc->source);
}

static void put_facts(record *self)
{
    put_string(self, ATT_STR(",\"date\":"), self->doc->date);
    put_string(self, ATT_STR(",\"title\":"), self->doc->title);
    put_string(self, ATT_STR(",\"lang\":"), self->doc->lang);
    put_string(self, ATT_STR(",\"offsets\":"), att_str_of(att_offset_unit_names[self->writer->offsets]));
    put_string(self, ATT_STR(",\"rules\":"), self->writer->digest);
    if (self->writer->text) put_string(self, ATT_STR(",\"text\":"), self->doc->text);
}

/* The arena grows its newest piece in place, so all scratch memory comes before the record. */
static void prepare(record *self)
{
    size_t mentions = self->doc->annotations.count, text = self->writer->text ? self->doc->text.length : 0;
    att_offsets_init(&self->offsets, self->out->arena, self->doc->text, self->writer->offsets);
    count_mentions(self);
    att_buf_reserve(self->out, USUAL_RECORD + mentions * USUAL_MENTION + text + text / 16);
}

static void put_error(record *self)
{
    put_names(self);
    put_string(self, ATT_STR(",\"error\":{\"code\":"), att_str_of(self->doc->error_code));
    put_string(self, ATT_STR(",\"message\":"), self->doc->error_message);
    put(self, ATT_STR("}}\n"));
}

static void put_record(record *self)
{
    prepare(self);
    put_names(self);
    put_facts(self);
    put_mentions(self);
    put_entities(self);
    put_officials(self);
    put_themes(self);
    put_strings(self, ATT_STR(",\"topics\":["), &self->doc->topics);
    put_strings(self, ATT_STR(",\"views\":["), &self->doc->views);
    put_strings(self, ATT_STR(",\"countries\":["), &self->doc->countries);
    put_strings(self, ATT_STR(",\"about\":["), &self->doc->about);
    put(self, ATT_STR(",\"duplicate_of\":null"));
    put_warnings(self);
    put(self, ATT_STR("}\n"));
}

void att_write_jsonl(const att_writer *writer, const att_document *doc, att_buf *out)
{
    record self = { .writer = writer, .doc = doc, .out = out };
    if (doc->error_code) put_error(&self);
    else put_record(&self);
}

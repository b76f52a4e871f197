/* writer.h - documents to bytes: one record in the format, offsets and types that the user chose.
 *
 * Shape   a table of formats; a format is one function in a file of its own, which adds a document's
 *         record to a buffer. A new format is that file and a line of the table in writer.c.
 * Units   a format asks att_offsets for the places that it prints; the model has bytes.
 * Owner   the record and all that its making needs are in the document's arena, what all records say in the writer's.
 * Errors  ATT_NOMEM; ATT_OPTION when the writer is made.
 */
#ifndef ATT_WRITER_H
#define ATT_WRITER_H

#include "model/document.h"
#include "write/offsets.h"
#include "write/pieces.h"

/* Adds the record of `doc`, newline at the end. Scratch memory comes from out->arena. */
typedef void (*att_format_function)(const att_writer *writer, const att_document *doc, att_buf *out);

typedef struct {
    const char *name, *help;
    att_format_function write;
    bool pairs;        /* att_output_pairs */
    bool statements;   /* att_output_statements */
    const char *takes; /* att_output_takes: their names with blanks between */
    att_output_frame frame;
    const char *units; /* of places, that may be asked for, the first when none is; NULL: any, code points when none is */
} att_format;

struct att_writer {
    const att_layers *layers;
    att_str digest; /* of the rules */
    const att_format *format;
    att_offset_unit offsets;
    uint32_t types; /* bit set of the layers whose annotations are mentions to write */
    bool all_types; /* the user left none out */
    bool text;
    att_str view, theme; /* what a document must have; null for anything */
    att_guard guard;
    att_arena arena; /* of the pieces */
    att_pieces *pieces;
};

/* `layers` and `digest` must outlive the writer; `options` may be NULL. On failure *writer is NULL. */
att_status att_writer_make(att_writer **writer, const att_layers *layers, const char *digest,
                           const att_writer_options *options);

/* As att_writer_write. */
att_status att_writer_put(att_writer *self, const att_document *doc, const char **bytes, size_t *size);

/* True for what stands among a record's mentions: kept, of a type that was asked for, and not of a layer
 * that has a table of its own. */
static inline bool att_writer_mentions(const att_writer *self, const att_annotation *annotation)
{
    return self->types >> annotation->layer & 1 && !(annotation->state & ATT_DROPPED);
}

static inline att_str att_writer_type(const att_writer *self, uint32_t layer)
{
    return self->layers->items[layer].name;
}

/* The entity of a mention, or NULL. */
static inline const att_entity *att_writer_entity(const att_document *doc, const att_annotation *annotation)
{
    return annotation->entity < doc->entities.count ? &doc->entities.items[annotation->entity] : NULL;
}

/* A walk through a record's mentions. Starts with the first three alone. */
typedef struct {
    const att_writer *writer;
    const att_document *doc;
    bool nested;        /* all; else those that stand in no other, of two that overlap the first */
    uint32_t next, end; /* annotation; byte at which the last mention ended */
} att_mentions;

/* NULL behind the last. */
const att_annotation *att_mentions_next(att_mentions *self);

/* For formats that people read: "== id  (date)", or "== id  error E003: message". */
void att_writer_heading(const att_document *doc, att_buf *out);

/* Of a document that failed: "E003: message", in one line. */
void att_writer_error(const att_document *doc, att_buf *out);

/* "start":0,"end":5 of bytes, in the unit of the offsets. */
void att_writer_span(const att_offsets *offsets, uint32_t start, uint32_t end, att_buf *out);

/* The document's facts as members of a JSON object, as far as known, or of one that failed its error: "id":"x","date":"2024".
 */
void att_writer_facts(const att_document *doc, att_buf *out);

/* One document in each format, appended to `out`. */
void att_write_jsonl(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_inline(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_tokens(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_conll(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_spacy(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_prodigy(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_doccano(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_brat(const att_writer *writer, const att_document *doc, att_buf *out);

void att_write_labelstudio(const att_writer *writer, const att_document *doc, att_buf *out);

void att_write_officials(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_themes(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_mentions(const att_writer *writer, const att_document *doc, att_buf *out);
void att_write_statements(const att_writer *writer, const att_document *doc, att_buf *out);
extern const char att_officials_header[], att_themes_header[], att_mentions_header[], att_statements_header[];

#endif

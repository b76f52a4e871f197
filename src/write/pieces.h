/* pieces.h - what records say again and again in the same bytes: prepared once, then copied.
 *
 * Owner   the writer's arena for what it keeps; origins and layers are the engine's and outlive it.
 */
#ifndef ATT_PIECES_H
#define ATT_PIECES_H

#include "model/document.h"
#include "write/pen.h"

/* Of an origin at a line: who made an annotation. ATT_LONG_STEP bytes can be read behind it. */
typedef struct {
    const att_origin *origin;
    uint32_t line;
    uint32_t length, rule_length;
    char bytes[]; /* ,"rule":"countries/KOR","line":"rules/countries/names.rules:38"}, of which the rule has rule_length */
} att_origin_piece;

/* Of a layer. */
typedef struct {
    att_str mention, entity;        /* ,"type":"COUNTRY","text":   and the same up to the name */
    att_str fields[ATT_MAX_FIELDS]; /* ,"code": - null for what every mention has anyway */
} att_layer_piece;

typedef struct {
    att_arena *arena;
    att_buf draft; /* of the piece that is being made */
    att_layer_piece layers[ATT_MAX_LAYERS];
    att_str country_by[ATT_BY_COUNT]; /* ,"country_by":"entry" */
    const att_origin_piece **slots;   /* NULL for a free one */
    uint32_t count, slot_count;
} att_pieces;

/* Memory for what comes later is the arena's too. */
void att_pieces_init(att_pieces *self, att_arena *arena, const att_layers *layers);

/* `origin` may be NULL. */
const att_origin_piece *att_pieces_of(att_pieces *self, const att_origin *origin, uint32_t line);

enum { ATT_PIECES_BATCH = 16 };

/* Those of `count` annotations, ATT_PIECES_BATCH at the most: fetched from memory together, so that one wait serves all. */
void att_pieces_of_all(att_pieces *self, const att_annotation *const *annotations, uint32_t count,
                       const att_origin_piece **pieces);

#endif

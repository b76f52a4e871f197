/* pieces.h - what records say again and again in the same bytes: prepared once, then copied.
 *
 * Owner   the writer's arena for what it keeps; origins and layers are the engine's and outlive it.
 */
#ifndef ATT_PIECES_H
#define ATT_PIECES_H

#include "model/document.h"

enum { ATT_PIECE_STEP = 32 /* bytes that can be read behind each piece */ };

/* Of an origin: who made an annotation. */
typedef struct {
    const att_origin *origin;
    att_str rule; /* ,"rule":"countries/KOR" */
    att_str line; /* ,"line":"rules/countries/names.rules: - the number and the mark follow; null when there is no source */
} att_origin_piece;

/* Of a layer. */
typedef struct {
    att_str mention, entity;        /* ,"type":"COUNTRY","text":   and the same up to the name */
    att_str fields[ATT_MAX_FIELDS]; /* ,"code": - null for what every mention has anyway */
} att_layer_piece;

typedef struct {
    att_arena *arena;
    att_layer_piece layers[ATT_MAX_LAYERS];
    att_origin_piece *slots;
    uint32_t count, slot_count;
} att_pieces;

/* Memory for what comes later is the arena's too. */
void att_pieces_init(att_pieces *self, att_arena *arena, const att_layers *layers);

/* Valid until the next call. */
const att_origin_piece *att_pieces_of(att_pieces *self, const att_origin *origin);

#endif

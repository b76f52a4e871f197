/* layers.h - reads the blocks `layer` and `pipeline`: which layers exist, and in which order stages write them. */
#ifndef ATT_LAYERS_H
#define ATT_LAYERS_H

#include "knowledge/blocks.h"
#include "model/annotation.h"

typedef enum { ATT_POLICY_LONGEST, ATT_POLICY_ALL, ATT_POLICY_FIRST } att_policy;

enum { ATT_MAX_STAGES = 32 };

typedef struct {
    att_str name; /* NUL-terminated */
    att_policy policy;
    uint32_t writes; /* bit set of layers */
    att_place place;
} att_stage;

typedef struct {
    att_stage stages[ATT_MAX_STAGES];
    uint32_t count;
    uint32_t resolve; /* the stage before which `resolve` runs; `count` when it runs last or is not named */
} att_pipeline;

/* Reads the blocks `layer` and `pipeline`; findings go to the blocks' list. */
void att_layers_read(const att_blocks *blocks, att_layers *layers, att_pipeline *pipeline);

#endif

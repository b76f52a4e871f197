/* pipeline.h - the order of the stages. */
#ifndef ATT_PIPELINE_H
#define ATT_PIPELINE_H

#include "cascade/stages.h"

/* Annotates a document that was read, by the first `stages` stages, ATT_NONE for all; countries and entities are resolved in
 * any case. Those of speech run only in a document that speaks. Memory comes from its arena and the vocabulary's. */
void att_pipeline_run(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, uint32_t stages);

/* The stages that find who says what and nothing else, a bit set. */
uint32_t att_pipeline_of_speech(const att_pipeline *pipeline);

#endif

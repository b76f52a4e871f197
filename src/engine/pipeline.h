/* pipeline.h - the order of the stages. */
#ifndef ATT_PIPELINE_H
#define ATT_PIPELINE_H

#include "cascade/stages.h"

/* Annotates a document that was read, with the first `stages` stages (ATT_NONE: all); countries and entities are resolved in
 * any case. Stages of speech run only if the document asks for statements. Uses the document's arena and the vocabulary's. */
void att_pipeline_run(const att_cascade *cascade, att_document *doc, att_vocabulary *vocabulary, uint32_t stages);

/* Bit set of the stages that serve only to find statements. */
uint32_t att_pipeline_of_speech(const att_pipeline *pipeline);

#endif

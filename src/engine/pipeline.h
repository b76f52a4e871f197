/* pipeline.h - the order of the stages. */
#ifndef ATT_PIPELINE_H
#define ATT_PIPELINE_H

#include "knowledge/knowledge.h"

/* Annotates a document that was read. Memory comes from its arena and the vocabulary's. */
void att_pipeline_run(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary);

#endif

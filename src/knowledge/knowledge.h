/* knowledge.h - everything that is known before reading, made once from the rules and then only read.
 *
 * Owner   the engine's arena.
 */
#ifndef ATT_KNOWLEDGE_H
#define ATT_KNOWLEDGE_H

#include "knowledge/entries.h"
#include "knowledge/genres.h"
#include "knowledge/layers.h"
#include "knowledge/lists.h"
#include "knowledge/names.h"
#include "knowledge/offices.h"
#include "knowledge/topics.h"

typedef struct {
    att_arena *arena;
    att_diags *diags;
    att_blocks blocks;
    att_layers layers;
    att_pipeline pipeline;
    att_lexicon lexicon;
    att_entries entries;
    att_names names; /* of the entries */
    att_phrase_lists lists;
    att_offices offices;
    att_topics topics;
    att_genres genres;
} att_knowledge;

/* Reads all files into knowledge. Findings go to `diags`; with errors among them the result must not be used. */
void att_knowledge_load(att_knowledge *self, att_arena *arena, att_diags *diags, const att_rule_files *files);

#endif

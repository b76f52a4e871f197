#include "knowledge/knowledge.h"

#include "knowledge/overlay.h"

void att_knowledge_load(att_knowledge *self, att_arena *arena, att_diags *diags, const att_rule_files *files)
{
    *self = (att_knowledge){ .arena = arena, .diags = diags };
    att_lexicon_init(&self->lexicon, arena);
    att_names_init(&self->names, &self->lexicon, arena);
    att_blocks_read(&self->blocks, arena, diags, files);
    att_blocks_lay_over(&self->blocks);
    att_layers_read(&self->blocks, &self->layers, &self->pipeline);
    att_lists_read(&self->lists, &self->blocks, files, &self->names);
    att_entries_read(&self->entries, &self->blocks, &self->layers, &self->names);
    att_offices_read(&self->offices, &self->blocks, &self->entries, &self->lists);
    att_topics_read(&self->topics, &self->blocks, &self->entries, &self->lexicon);
    att_genres_read(&self->genres, &self->blocks, &self->names);
    att_topics_fill(&self->topics, &self->layers.items[ATT_LAYER_TOPIC], arena);
}

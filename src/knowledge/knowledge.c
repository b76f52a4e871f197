#include "knowledge/knowledge.h"

#include "knowledge/overlay.h"

/* Refuses what the forms of names have no room for (att_form). */
static void check_room(att_knowledge *self)
{
    bool full = self->names.full || self->lists.names.full || self->topics.names.full;
    bool many = self->entries.entries.count >= ATT_MOST_OWNERS || self->topics.triggers.count >= ATT_MOST_OWNERS;
    if (full || many)
        att_report(
            self->diags, ATT_ERROR, "S042", (att_place){ 0 },
            "too many names: the rules may have %d entries, and %d words of names that differ in their capitals or are exact",
            ATT_MOST_OWNERS, ATT_MOST_FORM_WORDS);
}

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
    check_room(self);
    att_topics_fill(&self->topics, &self->layers.items[ATT_LAYER_TOPIC], arena);
}

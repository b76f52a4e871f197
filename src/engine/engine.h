/* engine.h - the engine: rules that are loaded and ready to run (att_engine of the public header). */
#ifndef ATT_ENGINE_H
#define ATT_ENGINE_H

#include "cascade/stages.h"
#include "knowledge/knowledge.h"

struct att_engine {
    att_guard guard;
    att_arena arena;
    att_diags diags;
    att_rule_files files;
    att_knowledge knowledge;
    att_rules rules;
    att_cascade cascade;
    char digest[8 + 64];
    char *image; /* the compiled rules in which the engine lies, or NULL */
    size_t image_size;
};

/* Reads rules into a zeroed engine whose arena is ready. */
att_status att_engine_read(att_engine *self, const att_engine_options *options);

/* Like att_engine_new, but also returns the engine, with its findings, when the rules have errors; for lint. */
att_status att_engine_load(att_engine **engine, const att_engine_options *options);

/* Bytes [start, end) of a rule file, by its index in att_engine.files. */
typedef struct {
    uint32_t file, start, end;
} att_file_range;

/* Like att_engine_load from the text of the rules, but with these bytes, except line breaks, replaced by blanks. */
att_status att_engine_load_without(att_engine **engine, const att_engine_options *options, const att_file_range *ranges,
                                   size_t count);

/* The inside of a document, for tools. */
att_document *att_doc_inside(att_doc *doc);
const att_vocabulary *att_doc_words(const att_doc *doc);

#endif

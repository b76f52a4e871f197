/* api.c - attache.h, the public header, in terms of the floors below. */
#include <stdlib.h>

#include "attache.h"
#include "base/utf8.h"
#include "engine/engine.h"
#include "engine/image.h"
#include "engine/pipeline.h"
#include "engine/annotation_profile.h"
#include "read/facts.h"
#include "read/reader.h"
#include "write/writer.h"

/* Bytes of memory that a document keeps for the next one: of the arena's blocks, and of blocks and spare pages together. */
enum { KEPT_BLOCKS = 16 << 20, KEPT_PAGES = 32 << 20 };

struct att_doc {
    att_guard guard;
    att_pages pages; /* lent to the arena; they outlive what stages give back */
    att_arena arena;
    att_document document;
    att_document read; /* the document as read, from which it can be annotated once more */
    bool tagged;
    att_vocabulary vocabulary;
    const att_engine *engine;
    uint32_t stages;                 /* how many stages run; ATT_NONE for all */
    const att_profile_kind *profile; /* NULL for attache's own borders */
    bool statements;
};

const char *att_status_text(att_status status)
{
    switch (status) {
    case ATT_OK: return "done";
    case ATT_END: return "no further document";
    case ATT_NOMEM: return "out of memory";
    case ATT_IO: return "a file could not be read or written";
    case ATT_RULES: return "the rules have errors";
    case ATT_OPTION: return "an option has a value that does not exist";
    }
    return "unknown status";
}

const char *att_built_with(size_t index)
{
    static const char *const libraries[] = {
#ifdef ATT_HAVE_LIBXML2
        "libxml2",
#endif
#ifdef ATT_HAVE_LIBARCHIVE
        "libarchive",
#endif
#ifdef ATT_HAVE_SQLITE3
        "SQLite",
#endif
        NULL,
    };
    return index < sizeof libraries / sizeof *libraries ? libraries[index] : NULL;
}

att_status att_fold_case(const char *text, size_t length, char **folded)
{
    *folded = att_utf8_fold_case((att_str){ text, length });
    return *folded ? ATT_OK : ATT_NOMEM;
}

bool att_shipped_file(size_t index, const char **path, const char **bytes, size_t *size)
{
    return att_shipped_file_at(index, path, bytes, size);
}

/* ---- documents ---- */

static void clear_document(void *argument)
{
    att_doc *doc = argument;
    doc->tagged = false;
    att_arena_reset(&doc->arena, KEPT_BLOCKS);
    att_arena_rest(&doc->arena);
    att_document_clear(&doc->document, &doc->arena);
}

att_status att_doc_new(att_doc **doc, const att_engine *engine)
{
    *doc = calloc(1, sizeof **doc);
    if (!*doc) return ATT_NOMEM;
    (*doc)->engine = engine;
    (*doc)->stages = ATT_NONE;
    (*doc)->pages.most = KEPT_PAGES;
    att_arena_init_with(&(*doc)->arena, &(*doc)->guard, &(*doc)->pages);
    att_vocabulary_init(&(*doc)->vocabulary, &engine->knowledge.lexicon, &(*doc)->guard, &(*doc)->pages);
    att_cascade_attach(&engine->cascade, &(*doc)->vocabulary);
    att_doc_set_statements(*doc, false);
    att_status status = att_guard_run(&(*doc)->guard, clear_document, *doc);
    if (status != ATT_OK) {
        att_doc_free(*doc);
        *doc = NULL;
    }
    return status;
}

void att_doc_free(att_doc *doc)
{
    if (!doc) return;
    att_vocabulary_clear(&doc->vocabulary);
    att_arena_clear(&doc->arena);
    free(doc);
}

att_document *att_doc_inside(att_doc *doc)
{
    return &doc->document;
}

const att_vocabulary *att_doc_words(const att_doc *doc)
{
    return &doc->vocabulary;
}

typedef struct {
    att_doc *doc;
    const char *text;
    size_t length;
    const att_doc_facts *facts;
    att_reader *reader;
    att_status status;
} doc_job;

static att_str keep(att_doc *doc, const char *fact)
{
    return att_str_copy(&doc->arena, att_str_of(fact));
}

static void set_text(void *argument)
{
    doc_job *job = argument;
    att_document *document = &job->doc->document;
    clear_document(job->doc);
    if (job->facts) {
        document->id = keep(job->doc, job->facts->id);
        document->source = keep(job->doc, job->facts->source);
        att_fact_title(document, att_str_of(job->facts->title), ATT_NONE);
        att_fact_lang(document, att_str_of(job->facts->lang), ATT_NONE);
        att_fact_date(document, att_str_of(job->facts->date), ATT_NONE);
        att_fact_origin(document, att_str_of(job->facts->origin), ATT_NONE);
    }
    att_document_set_text(document, (att_str){ job->text, job->length });
}

att_status att_doc_set_text(att_doc *doc, const char *text, size_t length, const att_doc_facts *facts)
{
    if (length >= UINT32_MAX - ATT_TEXT_PADDING) return ATT_NOMEM;
    doc_job job = { .doc = doc, .text = text, .length = length, .facts = facts };
    return att_guard_run(&doc->guard, set_text, &job);
}

static void fill(void *argument)
{
    doc_job *job = argument;
    clear_document(job->doc);
    job->status = att_reader_fill(job->reader, &job->doc->document);
}

att_status att_reader_next(att_reader *reader, att_doc *doc)
{
    doc_job job = { .doc = doc, .reader = reader };
    att_status status = att_guard_run(&doc->guard, fill, &job);
    return status == ATT_OK ? job.status : status;
}

static void tag(void *argument)
{
    att_doc *doc = argument;
    if (doc->tagged) doc->document = doc->read;
    else doc->read = doc->document;
    doc->tagged = true;
    doc->document.speaks = doc->statements;
    att_pipeline_run(&doc->engine->cascade, &doc->document, &doc->vocabulary, doc->stages);
    if (doc->profile) att_profile_cut(doc->profile, &doc->engine->knowledge, &doc->document, &doc->vocabulary);
}

/* Turns a document for which memory does not suffice into an error document: it keeps its id and source, nothing else. */
static void fail_for_memory(att_doc *doc)
{
    att_document *document = &doc->document;
    att_document named = { .arena = &doc->arena, .id = document->id, .source = document->source, .text = ATT_EMPTY };
    *document = named;
    att_document_fail(document, "E005", ATT_STR("not enough memory for this document"));
    att_vocabulary_clear(&doc->vocabulary);
}

att_status att_doc_tag(att_doc *doc)
{
    if (doc->document.error_code) return ATT_OK;
    if (att_guard_run(&doc->guard, tag, doc) != ATT_OK) fail_for_memory(doc);
    return ATT_OK;
}

/* The name of the nth layer whose annotations are mentions in a record, or NULL. */
static const char *type_name(const att_layers *layers, size_t index)
{
    for (uint32_t i = 0; i < layers->count; i++)
        if (att_is_mention_layer(i) && index-- == 0) return layers->items[i].name.data;
    return NULL;
}

const char *att_engine_name(const att_engine *engine, att_named kind, size_t index)
{
    const att_pipeline *pipeline = &engine->knowledge.pipeline;
    const att_topics *topics = &engine->knowledge.topics;
    switch (kind) {
    case ATT_NAMED_STAGE: return index < pipeline->count ? pipeline->stages[index].name.data : NULL;
    case ATT_NAMED_TYPE: return type_name(&engine->knowledge.layers, index);
    case ATT_NAMED_VIEW: return index < topics->views.count ? topics->views.items[index].name.data : NULL;
    case ATT_NAMED_TOPIC: return index < topics->ids.count ? topics->ids.items[index].data : NULL;
    case ATT_NAMED_ACTOR: return index < topics->actors.count ? topics->actors.items[index].data : NULL;
    }
    return NULL;
}

const char *att_engine_first_stage(const att_engine *engine, const char *layer)
{
    const att_pipeline *pipeline = &engine->knowledge.pipeline;
    uint32_t number = att_layers_find(&engine->knowledge.layers, att_str_of(layer));
    for (uint32_t i = 0; number != ATT_NONE && i < pipeline->count; i++)
        if (pipeline->stages[i].writes >> number & 1) return pipeline->stages[i].name.data;
    return NULL;
}

att_status att_doc_set_until(att_doc *doc, const char *stage)
{
    const char *name;
    if (!stage) {
        doc->stages = ATT_NONE;
        return ATT_OK;
    }
    for (uint32_t i = 0; (name = att_engine_name(doc->engine, ATT_NAMED_STAGE, i)); i++) {
        if (strcmp(name, stage) != 0) continue;
        doc->stages = i + 1;
        return ATT_OK;
    }
    return ATT_OPTION;
}

static const att_profile_kind *profile_named(const char *name)
{
    const att_profile_kind *kind;
    for (size_t i = 0; name && (kind = att_profile_at(i)); i++)
        if (strcmp(kind->name, name) == 0) return kind;
    return NULL;
}

att_status att_doc_set_profile(att_doc *doc, const char *profile)
{
    const att_profile_kind *kind = profile_named(profile);
    if (profile && !kind) return ATT_OPTION;
    doc->profile = kind;
    return ATT_OK;
}

bool att_profile_has(const char *profile, const char *type)
{
    return !profile_named(profile) || att_profile_makes(type);
}

void att_doc_set_statements(att_doc *doc, bool statements)
{
    uint32_t stages = att_pipeline_of_speech(&doc->engine->knowledge.pipeline);
    doc->statements = statements;
    att_vocabulary_sleep(&doc->vocabulary, statements ? 0 : stages);
}

const char *att_profile(size_t index, const char **help)
{
    const att_profile_kind *kind = att_profile_at(index);
    if (kind && help) *help = kind->help;
    return kind ? kind->name : NULL;
}

const char *att_doc_error(const att_doc *doc, const char **message)
{
    if (message) *message = doc->document.error_code ? doc->document.error_message.data : NULL;
    return doc->document.error_code;
}

const char *att_doc_warning(const att_doc *doc, const char **message)
{
    const att_remark *first = doc->document.remarks.count ? doc->document.remarks.items : NULL;
    if (message) *message = first ? first->message.data : NULL;
    return first ? first->code : NULL;
}

const char *att_doc_id(const att_doc *doc)
{
    return doc->document.id.data ? doc->document.id.data : "";
}

const char *att_doc_source(const att_doc *doc)
{
    return doc->document.source.data ? doc->document.source.data : "";
}

size_t att_doc_length(const att_doc *doc)
{
    return doc->document.text.length;
}

/* ---- writers ---- */

static bool has_view(const att_topics *topics, const char *name)
{
    for (uint32_t i = 0; i < topics->views.count; i++)
        if (att_str_is(topics->views.items[i].name, name)) return true;
    return false;
}

/* Whether the name is that of a theme: a known topic, alone or with actors that are all known. */
static bool has_theme(const att_topics *topics, const char *name)
{
    size_t end = strcspn(name, "/");
    bool known = att_topics_named(topics, (att_str){ name, end }) != ATT_NONE;
    for (const char *actor = name + end; known && *actor; actor += end) {
        end = strcspn(++actor, "+");
        known = att_map_find(&topics->actors, (att_str){ actor, end }) != ATT_NONE;
    }
    return known;
}

att_status att_writer_new(att_writer **writer, const att_engine *engine, const att_writer_options *options)
{
    const att_topics *topics = &engine->knowledge.topics;
    *writer = NULL;
    if (options && options->view && !has_view(topics, options->view)) return ATT_OPTION;
    if (options && options->theme && !has_theme(topics, options->theme)) return ATT_OPTION;
    return att_writer_make(writer, &engine->knowledge.layers, engine->digest, options);
}

att_status att_writer_write(att_writer *writer, att_doc *doc, const char **bytes, size_t *size)
{
    return att_writer_put(writer, &doc->document, bytes, size);
}

#include "engine/engine.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>

#include "cascade/rule_check.h"
#include "cascade/rule_parse.h"
#include "engine/image.h"

typedef struct {
    att_engine *engine;
    const att_engine_options *options;
    const att_file_range *left_out;
    size_t left_out_count;
} load_job;

static bool has_pack(const att_rule_files *files, const char *pack)
{
    for (uint32_t i = 0; i < files->count; i++)
        if (att_str_is(files->items[i].pack, pack)) return true;
    return false;
}

/* Whether a line of the text begins with the word. */
static bool has_line(att_str text, att_str word)
{
    for (size_t at = 0; at < text.length;) {
        const char *end = memchr(text.data + at, '\n', text.length - at);
        size_t next = end ? (size_t)(end - text.data) + 1 : text.length;
        att_str line = att_str_slice(text, at, next);
        if (att_str_starts(line, word) && (line.length == word.length || strchr(" \r\n", line.data[word.length]))) return true;
        at = next;
    }
    return false;
}

/* Whether the files say in which order stages run. Lists and tables have no blocks: there, the word may be an entry. */
static bool has_pipeline(const att_rule_files *files)
{
    for (uint32_t i = 0; i < files->count; i++)
        if (files->items[i].kind == ATT_FILE_RULES && has_line(files->items[i].source->text, ATT_STR("pipeline"))) return true;
    return false;
}

static void add_file_of(att_engine *self, const att_rule_file *file)
{
    att_arena *arena = &self->arena;
    ATT_RESERVE(arena, &self->files, 1);
    self->files.items[self->files.count++] = (att_rule_file){
        .source = att_source_new(arena, att_str_copy(arena, file->source->path), att_str_copy(arena, file->source->text)),
        .pack = att_str_copy(arena, file->pack),
        .name = att_str_copy(arena, file->name),
        .kind = file->kind,
        .overlay = file->overlay,
    };
}

static void refuse_compiled(att_engine *self, const char *path, const char *why)
{
    const att_source *source = att_source_new(&self->arena, att_str_copy(&self->arena, att_str_of(path)), ATT_EMPTY);
    att_report(&self->diags, ATT_ERROR, "S040", (att_place){ source, 0, 0 }, "cannot use these compiled rules: %s", why);
}

/* Adds the rule files from which the compiled rules at `path` were made. Returns false when `path` is something else. */
static bool add_compiled(att_engine *self, const char *path)
{
    const char *problem;
    att_engine *compiled;
    if (att_image_open(path, true, &compiled, &problem) == ATT_NOMEM) att_arena_give_up(&self->arena);
    if (problem) refuse_compiled(self, path, problem);
    for (uint32_t i = 0; compiled && i < compiled->files.count; i++) add_file_of(self, &compiled->files.items[i]);
    att_engine_free(compiled);
    return compiled || problem;
}

/* Gathers the files of a rule set. A folder without a pipeline, or without the pack `core`, gets the shipped one. */
static void gather(att_engine *self, const att_engine_options *options)
{
    if (!options || !options->rules) {
        att_files_add_shipped(&self->files, &self->arena, att_shipped_file_at, NULL);
    } else {
        if (!add_compiled(self, options->rules)) att_files_add(&self->files, &self->arena, &self->diags, options->rules, false);
        uint32_t own = self->files.count;
        if (!has_pipeline(&self->files)) att_files_add_shipped(&self->files, &self->arena, att_shipped_file_at, "");
        if (!has_pack(&self->files, "core")) att_files_add_shipped(&self->files, &self->arena, att_shipped_file_at, "core");
        for (uint32_t i = own; i < self->files.count; i++) self->files.items[i].lent = true;
    }
    for (size_t i = 0; options && i < options->with_count; i++)
        if (!att_image_is(options->with[i])) att_files_add(&self->files, &self->arena, &self->diags, options->with[i], true);
        else refuse_compiled(self, options->with[i], "they take the place of others (--rules); add their folder instead");
}

/* Blanks out the ranges of bytes, in copies of their files. Line breaks stay, so that findings keep their line numbers. */
static void leave_out(att_engine *self, const att_file_range *ranges, size_t count)
{
    bool *copied = att_arena_zero(&self->arena, self->files.count + 1, sizeof *copied);
    for (size_t i = 0; i < count; i++) {
        const att_file_range *range = &ranges[i];
        if (range->file >= self->files.count) continue;
        att_source *source = self->files.items[range->file].source;
        if (!copied[range->file]) att_source_put(source, &self->arena, att_str_copy(&self->arena, source->text));
        copied[range->file] = true;
        char *bytes = (char *)source->text.data;
        for (uint32_t at = range->start; at < range->end && at < source->text.length; at++)
            if (bytes[at] != '\n') bytes[at] = ' ';
    }
}

static void digest_of(att_engine *self)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    SHA2_CTX context;
    SHA256Init(&context);
    for (uint32_t i = 0; i < self->files.count; i++) {
        const att_rule_file *file = &self->files.items[i];
        SHA256Update(&context, (const uint8_t *)file->pack.data, file->pack.length);
        SHA256Update(&context, (const uint8_t *)"/", 1);
        SHA256Update(&context, (const uint8_t *)file->name.data, file->name.length);
        SHA256Update(&context, (const uint8_t *)"\n", 1);
        SHA256Update(&context, (const uint8_t *)file->source->text.data, file->source->text.length);
    }
    SHA256Final(bytes, &context);
    memcpy(self->digest, "sha256:", 7);
    for (int i = 0; i < SHA256_DIGEST_LENGTH; i++) {
        self->digest[7 + 2 * i] = digits[bytes[i] >> 4];
        self->digest[8 + 2 * i] = digits[bytes[i] & 15];
    }
    self->digest[7 + 2 * SHA256_DIGEST_LENGTH] = '\0';
}

static void apply(att_engine *self, const att_engine_options *options)
{
    self->cascade.reference = options && options->reference;
    if (options && options->max_topics) self->knowledge.topics.max_topics = options->max_topics;
}

/* Shrinks arrays that grew by doubling to what they hold, so that compiled rules do not carry the rest. */
static void trim(att_engine *self)
{
    att_knowledge *knowledge = &self->knowledge;
    att_arena *arena = &self->arena;
    att_lexicon_trim(&knowledge->lexicon);
    ATT_TRIM(arena, &knowledge->entries.entries);
    ATT_TRIM(arena, &knowledge->entries.origins);
    ATT_TRIM(arena, &knowledge->offices.offices);
    ATT_TRIM(arena, &knowledge->offices.holdings);
    ATT_TRIM(arena, &knowledge->offices.titles_of);
    ATT_TRIM(arena, &knowledge->offices.ids);
    att_map_tighten(&knowledge->offices.ids);
    ATT_TRIM(arena, &knowledge->offices.codes);
    ATT_TRIM(arena, &knowledge->offices.heads);
    ATT_TRIM(arena, &knowledge->offices.links);
    ATT_TRIM(arena, &knowledge->topics.triggers);
    ATT_TRIM(arena, &knowledge->topics.sure);
    ATT_TRIM(arena, &knowledge->topics.view_themes);
    ATT_TRIM(arena, &self->cascade.predicates.questions);
    ATT_TRIM(arena, &self->cascade.predicates.firsts);
    ATT_TRIM(arena, &self->cascade.predicates.roots);
    ATT_TRIM(arena, &self->cascade.predicates.masks);
    ATT_TRIM(arena, &self->cascade.predicates.nodes);
    ATT_TRIM(arena, &self->cascade.predicates.aheads.layers);
    ATT_TRIM(arena, &self->cascade.predicates.aheads.names);
}

static void load(void *argument)
{
    load_job *job = argument;
    att_engine *self = job->engine;
    att_diags_init(&self->diags, &self->arena);
    gather(self, job->options);
    leave_out(self, job->left_out, job->left_out_count);
    att_knowledge_load(&self->knowledge, &self->arena, &self->diags, &self->files);
    att_rules_read(&self->rules, &self->knowledge);
    att_rules_check(&self->rules, &self->knowledge);
    att_cascade_init(&self->cascade, &self->knowledge, &self->rules, ATT_LEAST_LEAVES);
    apply(self, job->options);
    digest_of(self);
    if (self->arena.starts && !self->diags.errors) trim(self);
}

static att_status run_load(load_job *job)
{
    att_status status = att_guard_run(&job->engine->guard, load, job);
    return status == ATT_OK && job->engine->diags.errors ? ATT_RULES : status;
}

att_status att_engine_read(att_engine *self, const att_engine_options *options)
{
    load_job job = { .engine = self, .options = options };
    return run_load(&job);
}

/* Compiled rules, ready for use; *engine is NULL when the rules must be read as text. Whatever is wrong with a compiled file is
 * told there; not that memory is short, as text would take more. */
static att_status open_compiled(att_engine **engine, const att_engine_options *options)
{
    const char *problem;
    *engine = NULL;
    if (options && (options->with_count || options->anew)) return ATT_OK;
    const bool texts = options && (options->texts || options->reference); /* the reference matcher follows trees */
    att_status status = options && options->rules ? att_image_open(options->rules, texts, engine, &problem)
                                                  : att_image_open_shipped(texts, engine);
    if (*engine) apply(*engine, options);
    return status == ATT_NOMEM ? status : ATT_OK;
}

att_status att_engine_load_without(att_engine **engine, const att_engine_options *options, const att_file_range *ranges,
                                   size_t count)
{
    *engine = calloc(1, sizeof **engine);
    if (!*engine) return ATT_NOMEM;
    att_arena_init(&(*engine)->arena, &(*engine)->guard, 0);
    load_job job = { *engine, options, ranges, count };
    att_status status = run_load(&job);
    if (status == ATT_NOMEM) {
        att_engine_free(*engine);
        *engine = NULL;
    }
    return status;
}

att_status att_engine_load(att_engine **engine, const att_engine_options *options)
{
    att_status status = open_compiled(engine, options);
    return *engine || status != ATT_OK ? status : att_engine_load_without(engine, options, NULL, 0);
}

typedef struct {
    att_engine *engine;
    att_sink sink;
    void *user;
} send_job;

static void send(void *argument)
{
    send_job *job = argument;
    att_diags_send(&job->engine->diags, &job->engine->arena, job->sink, job->user);
}

att_status att_engine_new(att_engine **engine, const att_engine_options *options, att_sink sink, void *user)
{
    att_status status = att_engine_load(engine, options);
    if (*engine && sink) {
        send_job job = { *engine, sink, user };
        if (att_guard_run(&(*engine)->guard, send, &job) != ATT_OK) status = ATT_NOMEM;
    }
    if (status != ATT_OK) {
        att_engine_free(*engine);
        *engine = NULL;
    }
    return status;
}

void att_engine_free(att_engine *engine)
{
    if (!engine) return;
    att_cascade_clear(&engine->cascade);
    att_arena_clear(&engine->arena);
    if (engine->image) att_image_close(engine);
    else free(engine);
}

bool att_rules_are_compiled(const char *rules)
{
    return att_image_is(rules);
}

const char *att_engine_digest(const att_engine *engine)
{
    return engine->digest;
}

#include "knowledge/layers.h"

typedef struct {
    const att_blocks *blocks;
    att_layers *layers;
    att_pipeline *pipeline;
    const att_lines_block *block;
    bool again; /* the line was read for another layer of the head, and what is wrong in it told */
} layer_reader;

static void report(const layer_reader *self, const char *code, uint32_t at, size_t length, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void report(const layer_reader *self, const char *code, uint32_t at, size_t length, const char *format, ...)
{
    if (self->again && strcmp(code, "C11") != 0) return;
    va_list arguments;
    va_start(arguments, format);
    att_report_list(self->blocks->diags, ATT_ERROR, code, (att_place){ self->block->file->source, at, at + (uint32_t)length },
                    format, arguments);
    va_end(arguments);
}

/* "; did you mean 'x'?" over the layers known so far. */
static const char *suggest_layer(const layer_reader *self, att_str word)
{
    att_str names[ATT_MAX_LAYERS];
    for (uint32_t i = 0; i < self->layers->count; i++) names[i] = self->layers->items[i].name;
    return att_did_you_mean(self->blocks->arena, word, names, self->layers->count);
}

/* The layer named `word`, or ATT_NONE, which is C01. */
static uint32_t layer_named(const layer_reader *self, att_str word, uint32_t at)
{
    uint32_t layer = att_layers_find(self->layers, word);
    if (layer == ATT_NONE)
        report(self, "C01", at, word.length, "unknown layer '%.*s'%s", ATT_STR_ARG(word), suggest_layer(self, word));
    return layer;
}

/* The layers named in `text`, as a bit set. */
static uint32_t layer_set(const layer_reader *self, att_str text, uint32_t text_at)
{
    uint32_t set = 0, at;
    att_str word;
    while (att_next_word(&text, &text_at, &word, &at)) {
        uint32_t layer = layer_named(self, word, at);
        if (layer != ATT_NONE) set |= 1u << layer;
    }
    return set;
}

static void add_layer(const layer_reader *self, att_str name, uint32_t at)
{
    uint32_t known = att_layers_find(self->layers, name);
    att_place place = { self->block->file->source, at, at + (uint32_t)name.length };
    if (!att_is_layer(name)) {
        report(self, "S006", at, name.length, "'%.*s' is not a layer; layers are capitals, digits and '_'", ATT_STR_ARG(name));
    } else if (known != ATT_NONE && self->layers->items[known].declared) {
        report(self, "S010", at, name.length, "a second layer '%.*s'", ATT_STR_ARG(name));
        att_report_note(self->blocks->diags, self->layers->items[known].place, "first defined here");
    } else if (known != ATT_NONE) {
        self->layers->items[known].declared = true;
        self->layers->items[known].place = place;
    } else if (self->layers->count == ATT_MAX_LAYERS) {
        report(self, "S021", at, name.length, "more than %d layers", ATT_MAX_LAYERS);
    } else {
        self->layers->items[self->layers->count++] = (att_layer){ .name = name, .declared = true, .place = place };
    }
}

static void add_layers(layer_reader *self)
{
    att_str rest = self->block->head, word;
    uint32_t rest_at = self->block->head_at, at;
    if (!rest.length) report(self, "S004", rest_at, strlen("layer"), "'layer' wants a name: layer LAW");
    while (att_next_word(&rest, &rest_at, &word, &at)) add_layer(self, word, at);
}

/* "code: code, parent: id" */
static void read_fields(const layer_reader *self, att_layer *layer, const att_line *line)
{
    static const char *const types[] = { "text", "id", "code", "date", "number" };
    enum { TYPES = sizeof types / sizeof *types };
    att_str rest = line->text, word;
    uint32_t rest_at = line->text_at, at;
    bool wants_type = false;
    while (att_next_word(&rest, &rest_at, &word, &at)) {
        if (wants_type) {
            int type = 0;
            while (type < TYPES && !att_str_is(word, types[type])) type++;
            if (type == TYPES)
                report(self, "S004", at, word.length, "unknown type '%.*s'; text, id, code, date and number are known",
                       ATT_STR_ARG(word));
            else if (layer->field_count) layer->field_types[layer->field_count - 1] = (att_field_type)type;
            wants_type = false;
            continue;
        }
        wants_type = att_str_ends(word, ATT_STR(":"));
        if (wants_type) word.length--;
        if (!att_is_ident(word)) report(self, "S006", at, word.length, "'%.*s' is not a field's name", ATT_STR_ARG(word));
        else if (att_layer_field(layer, word) != ATT_NONE)
            report(self, "S037", at, word.length, "a second field '%.*s'; one is enough", ATT_STR_ARG(word));
        else if (layer->field_count == ATT_MAX_FIELDS)
            report(self, "S021", at, word.length, "more than %d fields", ATT_MAX_FIELDS);
        else att_layer_add_field(layer, word);
    }
    if (wants_type) report(self, "S004", line->word_at, line->word.length, "a ':' without a type behind it");
}

static void read_nest(const layer_reader *self, att_layer *layer, const att_line *line)
{
    static const char *const words[] = { [ATT_NEST_NO] = "no", [ATT_NEST_YES] = "yes", [ATT_NEST_SAME] = "same" };
    for (int i = 0; i < 3; i++)
        if (att_str_is(line->text, words[i])) {
            layer->nest = (att_nest)i;
            return;
        }
    report(self, "S004", line->text_at, line->text.length, "nest is yes, no or same");
}

/* Whether `upper` is `lower`, or over it by way of others. */
static bool reaches(const att_layers *layers, uint32_t upper, uint32_t lower)
{
    uint32_t met = 1u << upper, before = 0;
    while (met != before) {
        before = met;
        for (uint32_t i = 0; i < layers->count; i++)
            if (before >> i & 1) met |= layers->items[i].over;
    }
    return met >> lower & 1;
}

/* What would close a circle that no note silences is told and left out, so that each is told once. */
static void read_over(const layer_reader *self, uint32_t upper, const att_line *line)
{
    enum { C11 = 11 };
    bool accepted = self->block->accepted >> C11 & 1;
    att_str rest = line->text, word;
    uint32_t rest_at = line->text_at, at;
    att_layer *layer = &self->layers->items[upper];
    while (att_next_word(&rest, &rest_at, &word, &at)) {
        uint32_t lower = layer_named(self, word, at);
        if (lower == ATT_NONE) continue;
        if (accepted || !reaches(self->layers, lower, upper)) layer->over |= 1u << lower;
        else if (lower == upper) report(self, "C11", at, word.length, "layer '%.*s' is over itself", ATT_STR_ARG(word));
        else
            report(self, "C11", at, word.length, "layer '%.*s' is over itself, by way of '%.*s'", ATT_STR_ARG(layer->name),
                   ATT_STR_ARG(word));
    }
}

static void read_stage(const layer_reader *self, const att_line *line)
{
    static const char *const policies[] = { "longest", "all", "first" };
    att_pipeline *pipeline = self->pipeline;
    att_str rest = line->text, name, policy;
    uint32_t rest_at = line->text_at, at, policy_at;
    if (!att_next_word(&rest, &rest_at, &name, &at) || !att_is_ident(name)) {
        report(self, "S004", line->word_at, line->word.length,
               "'stage' wants a name, a policy and layers: stage names longest AGENCY ORG");
        return;
    }
    int found = 0;
    att_next_word(&rest, &rest_at, &policy, &policy_at);
    while (found < 3 && !att_str_is(policy, policies[found])) found++;
    if (found == 3) {
        report(self, "S004", policy_at, policy.length ? policy.length : 1, "the policy of a stage is longest, all or first");
    } else if (pipeline->count == ATT_MAX_STAGES) {
        report(self, "S021", at, name.length, "more than %d stages", ATT_MAX_STAGES);
    } else {
        uint32_t writes = layer_set(self, rest, rest_at);
        pipeline->stages[pipeline->count++] = (att_stage){ att_str_copy(self->blocks->arena, name),
                                                           (att_policy)found,
                                                           writes,
                                                           { self->block->file->source, at, at + (uint32_t)name.length } };
    }
}

static void read_pipeline(layer_reader *self)
{
    const att_lines_block *block = self->block;
    const att_line *line = NULL;
    if (self->pipeline->count) {
        report(self, "S010", block->head_at, 8, "a second pipeline; there is one, in pipeline.rules");
        return;
    }
    while (att_block_next(self->blocks, &block, &line)) {
        if (att_str_is(line->word, "stage")) read_stage(self, line);
        else self->pipeline->resolve = self->pipeline->count;
    }
}

/* "stage names chains": stages of the pipeline that write the layer, too. */
static void read_written(const layer_reader *self, uint32_t layer, const att_line *line)
{
    if (!att_str_is(line->word, "stage")) return;
    att_pipeline *pipeline = self->pipeline;
    att_str names[ATT_MAX_STAGES], rest = line->text, word;
    uint32_t rest_at = line->text_at, at;
    for (uint32_t i = 0; i < pipeline->count; i++) names[i] = pipeline->stages[i].name;
    while (att_next_word(&rest, &rest_at, &word, &at)) {
        uint32_t stage = 0;
        while (stage < pipeline->count && !att_str_equal(names[stage], word)) stage++;
        if (stage < pipeline->count) pipeline->stages[stage].writes |= 1u << layer;
        else
            report(self, "C01", at, word.length, "unknown stage '%.*s'%s", ATT_STR_ARG(word),
                   att_did_you_mean(self->blocks->arena, word, names, pipeline->count));
    }
}

/* Each line of the block, for each layer that its head names. */
static void read_layer_lines(layer_reader *self, void (*read)(const layer_reader *, uint32_t, const att_line *))
{
    att_str names = self->block->head, name;
    uint32_t names_at = self->block->head_at, at;
    while (att_next_word(&names, &names_at, &name, &at)) {
        uint32_t found = att_layers_find(self->layers, name);
        if (found == ATT_NONE) continue;
        const att_lines_block *block = self->block;
        const att_line *line = NULL;
        while (att_block_next(self->blocks, &block, &line)) read(self, found, line);
        self->again = true;
    }
    self->again = false;
}

static void read_own(const layer_reader *self, uint32_t layer, const att_line *line)
{
    if (att_str_is(line->word, "field")) read_fields(self, &self->layers->items[layer], line);
    else if (att_str_is(line->word, "nest")) read_nest(self, &self->layers->items[layer], line);
    else if (att_str_is(line->word, "over")) read_over(self, layer, line);
}

static void read_layer(layer_reader *self)
{
    read_layer_lines(self, read_own);
}

static void read_layer_stages(layer_reader *self)
{
    read_layer_lines(self, read_written);
}

static void each(layer_reader *self, att_block_kind kind, void (*read)(layer_reader *))
{
    for (uint32_t i = 0; i < self->blocks->blocks.count; i++) {
        self->block = &self->blocks->blocks.items[i];
        if (self->block->kind == kind) read(self);
    }
}

static void relate(att_layers *layers)
{
    for (uint32_t i = 0; i < layers->count; i++) layers->items[i].related |= layers->items[i].over;
    for (uint32_t i = 0; i < layers->count; i++)
        for (uint32_t other = 0; other < layers->count; other++)
            layers->items[i].related |= (layers->items[other].over >> i & 1) << other;
}

void att_layers_read(const att_blocks *blocks, att_layers *layers, att_pipeline *pipeline)
{
    static const char *const known[] = {
#define X(name) #name,
#include "model/layers.def"
#undef X
    };
    *layers = (att_layers){ .count = ATT_KNOWN_LAYERS };
    for (int i = 0; i < ATT_KNOWN_LAYERS; i++) layers->items[i].name = att_str_of(known[i]);
    *pipeline = (att_pipeline){ .resolve = ATT_NONE };
    layer_reader self = { .blocks = blocks, .layers = layers, .pipeline = pipeline };
    each(&self, ATT_BLOCK_LAYER, add_layers);
    each(&self, ATT_BLOCK_LAYER, read_layer);
    relate(layers);
    each(&self, ATT_BLOCK_PIPELINE, read_pipeline);
    each(&self, ATT_BLOCK_LAYER, read_layer_stages);
    if (pipeline->resolve == ATT_NONE) pipeline->resolve = pipeline->count;
}

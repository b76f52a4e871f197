#include "tools/import.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "tools/tools.h"

static const char *const formats[] = { "spacy", "regexner", "gate", "csv" };

const char *att_import_format(size_t index)
{
    return index < sizeof formats / sizeof *formats ? formats[index] : NULL;
}

typedef struct {
    att_guard guard;
    att_arena arena;
    att_importing import;
    const att_import_options *options;
    const char *const *paths;
    size_t count;
    att_buf out;
    const char *problem;
} import_job;

static const char *format_of(att_arena *arena, att_str path, att_str bytes)
{
    size_t at = 0;
    while (at < bytes.length && strchr(" \t\r\n", bytes.data[at])) at++;
    if (att_str_ends(path, ATT_STR(".def")) || att_str_ends(path, ATT_STR(".lst"))) return "gate";
    if (att_str_ends(path, ATT_STR(".csv")) || att_import_is_csv(arena, bytes)) return "csv";
    return at < bytes.length && bytes.data[at] == '{' ? "spacy" : "regexner";
}

/* The file's name without folder and ending: "person_first" of "lists/person_first.lst". */
static att_str stem_of(att_str path)
{
    const char *slash = memrchr(path.data, '/', path.length);
    att_str name = att_str_slice(path, slash ? (size_t)(slash - path.data) + 1 : 0, path.length);
    const char *dot = name.length ? memrchr(name.data, '.', name.length) : NULL;
    return att_str_slice(name, 0, dot ? (size_t)(dot - name.data) : name.length);
}

/* Imports a file. A folder stands for its lists.def, which GATE's lists have. */
static void take(import_job *self, att_str path)
{
    struct stat about;
    if (stat(path.data, &about) == 0 && S_ISDIR(about.st_mode))
        path = att_str_join(&self->arena, path, ATT_STR("/"), ATT_STR("lists.def"));
    att_str bytes = att_import_file(&self->import, path);
    if (!bytes.data) return;
    const char *format = self->options->format ? self->options->format : format_of(&self->arena, path, bytes);
    if (strcmp(format, "spacy") == 0) att_import_spacy(&self->import, bytes);
    else if (strcmp(format, "csv") == 0) att_import_csv(&self->import, bytes);
    else if (strcmp(format, "regexner") == 0) att_import_regexner(&self->import, bytes);
    else if (att_str_ends(path, ATT_STR(".lst"))) att_import_list(&self->import, stem_of(path), bytes);
    else att_import_gate(&self->import, bytes);
}

/* Whether each item of the map is LABEL=LAYER with a layer that exists; else says what is wrong. */
static bool check_map(import_job *self)
{
    const att_layers *layers = &self->import.engine->knowledge.layers;
    att_str names[ATT_MAX_LAYERS], rest = att_str_of(self->options->map ? self->options->map : "");
    for (uint32_t i = 0; i < layers->count; i++) names[i] = layers->items[i].name;
    while (rest.length) {
        const char *blank = memchr(rest.data, ' ', rest.length);
        size_t end = blank ? (size_t)(blank - rest.data) : rest.length;
        att_str item = att_str_slice(rest, 0, end);
        const char *equals = item.length ? memchr(item.data, '=', item.length) : NULL;
        att_str layer = equals ? att_str_slice(item, (size_t)(equals - item.data) + 1, item.length) : (att_str){ 0 };
        if (equals == item.data) equals = NULL;
        if (item.length && (!equals || att_layers_find(layers, layer) == ATT_NONE)) {
            const char *near = att_did_you_mean(&self->arena, layer, names, layers->count);
            if (!*near) near = "; rules that have it come by --with";
            self->problem = equals ? att_str_format(&self->arena, "'%.*s' is no layer%s", ATT_STR_ARG(layer), near).data
                                   : att_str_format(&self->arena, "'%.*s' is not LABEL=LAYER", ATT_STR_ARG(item)).data;
            return false;
        }
        rest = att_str_slice(rest, blank ? end + 1 : end, rest.length);
    }
    return true;
}

static void import_all(void *argument)
{
    import_job *self = argument;
    att_map_init(&self->import.label_names, &self->arena);
    att_map_init(&self->import.entry_keys, &self->arena);
    self->out = (att_buf){ .arena = &self->arena };
    if (!check_map(self)) return;
    for (size_t i = 0; i < self->count; i++) take(self, att_str_copy(&self->arena, att_str_of(self->paths[i])));
    att_import_write(&self->import, att_str_of(self->options->pack ? self->options->pack : "imported"), &self->out);
}

att_status att_import(const att_engine *engine, const char *const *paths, size_t count, const att_import_options *options,
                      att_import_result *result)
{
    import_job job = { .options = options, .paths = paths, .count = count };
    *result = (att_import_result){ 0 };
    att_doc *doc;
    att_status ready = att_doc_new(&doc, engine);
    if (ready != ATT_OK) return ready;
    att_arena_init(&job.arena, &job.guard, 0);
    job.import = (att_importing){ .engine = engine,
                                  .doc = doc,
                                  .arena = &job.arena,
                                  .map = options->map,
                                  .left_out = options->left_out,
                                  .user = options->user };
    att_status status = att_guard_run(&job.guard, import_all, &job);
    if (status == ATT_OK && job.problem) {
        result->problem = strdup(job.problem);
        status = ATT_OPTION;
    } else if (status == ATT_OK) {
        result->bytes = malloc(job.out.count + 1);
        if (result->bytes) memcpy(result->bytes, job.out.items, job.out.count);
        else status = ATT_NOMEM;
    }
    result->size = job.out.count;
    result->taken = job.import.taken;
    result->left_out = job.import.skipped;
    result->broken = job.import.broken;
    att_arena_clear(&job.arena);
    att_doc_free(doc);
    return status;
}

#include "cascade/rule_results.h"

#include "cascade/only_state.h"

enum { MOST_ACTORS = 32, LONGEST_ASKED = 128 /* bytes of a text whose answers are kept */ };

static const uint32_t actor_layers =
    1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_IGO | 1u << ATT_LAYER_AGENCY;

typedef struct {
    const att_found *found;
    att_scene *scene;
    const att_binding *on;
} evaluator;

/* ---- captures ---- */

const att_binding *att_found_binding(const att_found *self, uint32_t capture, const att_binding *on)
{
    const att_binding *first = NULL, *nearest = NULL;
    if (on && on->capture == capture) return on;
    for (uint32_t i = 0; i < self->binding_count; i++) {
        const att_binding *binding = &self->bindings[i];
        if (binding->capture != capture) continue;
        if (!first) first = binding;
        if (on && binding->first <= on->first && (!nearest || binding->first >= nearest->first)) nearest = binding;
    }
    return nearest ? nearest : first;
}

/* A field of a layer. `key` is its att_key plus one, or 0 for a field that has none and is looked up by its name. */
typedef struct {
    att_str name;
    uint8_t key;
} named_field;

static att_str field_of(const att_scene *scene, const att_annotation *annotation, named_field field)
{
    const att_layers *layers = &scene->knowledge->layers;
    if (field.key) return att_annotation_get(annotation, layers, (att_key)(field.key - 1));
    return att_annotation_field(annotation, layers, field.name);
}

static bool has_field(const att_layer *layer, named_field field)
{
    return field.key ? layer->keys[field.key - 1] : att_layer_field(layer, field.name) != ATT_NONE;
}

/* The longest annotation of `layers` that starts at token `first`, ends at `last` or before, and has a value in `field`. Any
 * annotation will do when the field's name is null. */
static const att_annotation *starting(const att_scene *scene, uint32_t first, uint32_t last, uint32_t layers, named_field field)
{
    for (uint32_t i = att_scene_starter(scene, first, first + 1); att_scene_starts_before(scene, i, first + 1); i++) {
        const att_annotation *annotation = &scene->annotations[i];
        if (annotation->tokens.last > last || !(layers >> annotation->layer & 1)) continue;
        if (!field.name.data || field_of(scene, annotation, field).data) return annotation;
    }
    return NULL;
}

/* The field of the annotation that the capture bound. Where it bound none, or one whose layer has no such field, the field of
 * the longest annotation that starts there and has it. */
static att_str binding_field(const att_scene *scene, const att_binding *binding, named_field field)
{
    if (binding->annotation) {
        att_str value = field_of(scene, binding->annotation, field);
        if (value.data || has_field(&scene->knowledge->layers.items[binding->annotation->layer], field)) return value;
    }
    const att_annotation *annotation = starting(scene, binding->first, binding->last, UINT32_MAX, field);
    return annotation ? field_of(scene, annotation, field) : (att_str){ 0 };
}

static att_str capture_value(const evaluator *self, const att_value *value)
{
    const att_binding *binding = att_found_binding(self->found, value->capture, self->on);
    if (!binding) return (att_str){ 0 };
    if (value->path.data) return binding_field(self->scene, binding, (named_field){ value->path, value->key });
    return att_scene_text(self->scene, binding->first, binding->last);
}

/* ---- the one before, with those beside it ---- */

/* The longest actor that ends before token `end` and starts at `first` or later. */
static const att_annotation *actor_ending(const att_scene *scene, uint32_t end, uint32_t first)
{
    if (!end || !(scene->spots[end].closes & actor_layers)) return NULL;
    uint32_t i = att_scene_enders(scene, actor_layers, first, end);
    /* Annotations that end here come by their start, so the first is the longest. */
    for (; (i = att_scene_ender(scene, i, end)) != ATT_NONE; i++)
        if (actor_layers >> scene->annotations[i].layer & 1) return &scene->annotations[i];
    return NULL;
}

/* The actor that stands before `actor` in a list such as "A and B" or "A, B and C". A comma alone joins two only when
 * `in_list`, that is, when a later "and" has shown that there is a list. */
static const att_annotation *actor_beside(att_scene *scene, const att_annotation *actor, uint32_t first, bool in_list)
{
    uint32_t at = actor->tokens.first;
    bool joined = false;
    if (at > first && att_scene_is_word(scene, at - 1, "the")) at--;
    if (at > first && (att_scene_is_word(scene, at - 1, "and") || att_scene_is_word(scene, at - 1, "&"))) joined = at--;
    if (at > first && (joined || in_list) && att_scene_is_word(scene, at - 1, ",")) joined = at--;
    return joined ? actor_ending(scene, at, first) : NULL;
}

/* Whether the actor is named for comparison: "Chile, like Peru, cut its debt", "it will not follow Peru by cutting its …". */
static bool is_compared(const att_scene *scene, const att_annotation *actor, uint32_t first)
{
    uint32_t at = actor->tokens.first, next = actor->tokens.last;
    if (at <= first) return false;
    if (att_scene_is_word(scene, at - 1, "unlike")) return true;
    if (at <= first + 1) return false;
    if (att_scene_is_word(scene, at - 1, "like")) return att_scene_is_word(scene, at - 2, ",");
    return att_scene_is_word(scene, at - 2, "not")
           && (att_scene_is_word(scene, next, "by") || att_scene_is_word(scene, next, "in"));
}

/* The actor that a pronoun at token `end` stands for: the one named last before it. */
static const att_annotation *actor_before(const att_scene *scene, uint32_t end, uint32_t first)
{
    for (uint32_t at = end; at > first; at--) {
        const att_annotation *actor = actor_ending(scene, at, first);
        if (actor && !is_compared(scene, actor, first)) return actor;
    }
    return NULL;
}

static uint32_t antecedents(const evaluator *self, const att_annotation *actors[MOST_ACTORS])
{
    enum { FARTHEST = 1024 }; /* tokens; for texts that have no sentences */
    uint32_t first = att_scene_sentence(self->scene, self->found->first).first, count = 0;
    if (self->found->first - first > FARTHEST) first = self->found->first - FARTHEST;
    const att_annotation *actor = actor_before(self->scene, self->found->first, first);
    for (; actor && count < MOST_ACTORS; actor = actor_beside(self->scene, actor, first, count > 1)) actors[count++] = actor;
    return count;
}

static att_str antecedent_value(const evaluator *self, const att_value *value)
{
    const att_annotation *actors[MOST_ACTORS];
    if (!antecedents(self, actors)) return (att_str){ 0 };
    if (value->path.data) return field_of(self->scene, actors[0], (named_field){ value->path, value->key });
    return att_scene_text(self->scene, actors[0]->tokens.first, actors[0]->tokens.last);
}

/* ---- actors ---- */

typedef struct {
    att_str codes[MOST_ACTORS];
    uint32_t count;
} code_set;

static void add_code(code_set *set, att_str code)
{
    att_str body = ATT_STR("IGO:"); /* "IGO:eu" is the country of an official of a body of several states */
    if (att_str_starts(code, body)) code = att_str_slice(code, body.length, code.length);
    if (!code.length || set->count == MOST_ACTORS) return;
    for (uint32_t i = 0; i < set->count; i++)
        if (att_str_equal(set->codes[i], code)) return;
    uint32_t at = set->count++;
    for (; at && att_str_compare(set->codes[at - 1], code) > 0; at--) set->codes[at] = set->codes[at - 1];
    set->codes[at] = code;
}

/* States and bodies of several states give their code, everything else gives its country. */
static void add_actor(code_set *set, const att_scene *scene, const att_annotation *actor)
{
    bool coded = actor_layers >> actor->layer & 1 && actor->layer != ATT_LAYER_AGENCY;
    add_code(set, att_annotation_get(actor, &scene->knowledge->layers, coded ? ATT_KEY_CODE : ATT_KEY_COUNTRY));
}

static void add_bound(const evaluator *self, code_set *set, const att_binding *binding)
{
    bool actor = binding->annotation && actor_layers >> binding->annotation->layer & 1;
    const att_annotation *annotation =
        actor ? binding->annotation
              : starting(self->scene, binding->first, binding->last, actor_layers, (named_field){ { NULL, 0 }, 0 });
    if (!annotation) annotation = binding->annotation;
    if (annotation) add_actor(set, self->scene, annotation);
}

/* Adds the actors of all bindings of the capture. Where the result is made on one of them (`on`), only that one counts. */
static void add_capture(const evaluator *self, code_set *set, uint32_t capture)
{
    if (self->on && self->on->capture == capture) {
        add_bound(self, set, self->on);
        return;
    }
    for (uint32_t i = 0; i < self->found->binding_count; i++)
        if (self->found->bindings[i].capture == capture) add_bound(self, set, &self->found->bindings[i]);
}

static void add_argument(const evaluator *self, code_set *set, const att_value *argument)
{
    if (argument->kind == ATT_VALUE_ANTECEDENT) {
        const att_annotation *actors[MOST_ACTORS];
        uint32_t count = antecedents(self, actors);
        for (uint32_t i = 0; i < count; i++) add_actor(set, self->scene, actors[i]);
    } else if (argument->kind == ATT_VALUE_CAPTURE && !argument->path.data) {
        add_capture(self, set, argument->capture);
    } else {
        add_code(set, att_found_value(self->found, self->scene, argument, self->on));
    }
}

static void find_actors(const evaluator *self, const att_value *value, code_set *set)
{
    set->count = 0;
    for (const att_value *argument = value->arguments; argument; argument = argument->next) add_argument(self, set, argument);
}

static att_str actors_value(const evaluator *self, const att_value *value)
{
    code_set set;
    find_actors(self, value, &set);
    if (!set.count) return (att_str){ 0 };
    att_buf out = { .arena = self->scene->doc->arena };
    for (uint32_t i = 0; i < set.count; i++) {
        if (i) att_buf_byte(&out, '+');
        att_buf_add(&out, set.codes[i]);
    }
    return att_buf_str(&out);
}

/* ---- the other functions ---- */

static uint32_t office_of(const evaluator *self, att_str title, att_str name)
{
    if (!title.data || !name.data) return ATT_NONE;
    return att_office_find(&self->scene->knowledge->offices, self->scene->arena, title, name, self->scene->doc);
}

static att_str office_value(const evaluator *self, const att_value *value)
{
    const att_value *title = value->arguments;
    att_str titled = att_found_value(self->found, self->scene, title, self->on);
    att_str named = att_found_value(self->found, self->scene, title->next, self->on);
    uint32_t number = office_of(self, titled, named);
    if (number == ATT_NONE) return (att_str){ 0 };
    const att_office *office = &self->scene->knowledge->offices.offices.items[number];
    if (att_str_is(value->path, "country")) return office->country;
    if (att_str_is(value->path, "agency")) return office->agency;
    return office->id;
}

static att_str doc_value(const evaluator *self, const att_value *value)
{
    const att_document *doc = self->scene->doc;
    att_str fact = value->arguments ? value->arguments->text : value->text;
    if (att_str_is(fact, "date")) return doc->date;
    if (att_str_is(fact, "origin")) return doc->origin;
    if (att_str_is(fact, "home")) return doc->home;
    if (att_str_is(fact, "lead")) return doc->lead;
    return att_str_is(fact, "title") ? doc->title : (att_str){ 0 };
}

static att_str or_value(const evaluator *self, const att_value *value)
{
    for (const att_value *one = value->arguments; one; one = one->next) {
        att_str found = att_found_value(self->found, self->scene, one, self->on);
        if (found.data) return found;
    }
    return (att_str){ 0 };
}

att_str att_found_value(const att_found *self, att_scene *scene, const att_value *value, const att_binding *on)
{
    evaluator state = { self, scene, on };
    switch ((att_value_kind)value->kind) {
    case ATT_VALUE_CAPTURE: return capture_value(&state, value);
    case ATT_VALUE_STRING: return value->text;
    case ATT_VALUE_NULL: break;
    case ATT_VALUE_OFFICE: return office_value(&state, value);
    case ATT_VALUE_ANTECEDENT: return antecedent_value(&state, value);
    case ATT_VALUE_ONLY: return att_only_state(scene, self->first);
    case ATT_VALUE_SUBJECT: return scene->doc->subject;
    case ATT_VALUE_ACTORS: return actors_value(&state, value);
    case ATT_VALUE_DOC: return doc_value(&state, value);
    case ATT_VALUE_OR: return or_value(&state, value);
    }
    return (att_str){ 0 };
}

/* ---- conditions ---- */

static bool is_null(const evaluator *self, const att_value *value)
{
    if (value->kind != ATT_VALUE_ACTORS) return !att_found_value(self->found, self->scene, value, NULL).data;
    code_set set;
    find_actors(self, value, &set);
    return !set.count;
}

/* Whether folding would leave the text as it is. This holds for nearly all names of topics and roles, and saves folding them.
 */
static bool is_folded(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] < 'a' || text.data[i] > 'z') && text.data[i] != '-') return false;
    return true;
}

static bool same_text(const evaluator *self, const att_condition *condition)
{
    if (condition->right->kind == ATT_VALUE_NULL) return is_null(self, condition->left);
    att_arena *arena = self->scene->arena;
    att_str left = att_found_value(self->found, self->scene, condition->left, NULL);
    att_str right = att_found_value(self->found, self->scene, condition->right, NULL);
    uint64_t caps;
    if (!left.data || !right.data) return !left.data && !right.data;
    if (is_folded(left) && is_folded(right)) return att_str_equal(left, right);
    return att_str_equal(att_word_fold(arena, left, &caps), att_word_fold(arena, right, &caps));
}

/* Cuts a text into tokens, as a document of its own in the scene's arena. */
static att_document cut_text(const evaluator *self, att_str text)
{
    att_document doc = { .arena = self->scene->arena };
    att_document_set_text(&doc, text);
    ATT_RESERVE(doc.arena, &doc.paragraphs, 1);
    doc.paragraphs.items[doc.paragraphs.count++] = (att_paragraph){ .end = (uint32_t)text.length };
    att_tokenize(&doc, self->scene->vocabulary);
    return doc;
}

static bool find_phrase(const evaluator *self, uint32_t list, att_str text)
{
    att_document doc = cut_text(self, text);
    att_scene scene = { .knowledge = self->scene->knowledge, .doc = &doc, .vocabulary = self->scene->vocabulary };
    uint32_t ends[ATT_MOST_ENDS];
    return att_scene_phrases(&scene, list, 0, doc.tokens.count, doc.tokens.count, ends);
}

/* The vocabulary remembers the answer for each list and text. */
static bool is_phrase(const evaluator *self, uint32_t list, att_str text)
{
    att_vocabulary *vocabulary = self->scene->vocabulary;
    char bytes[sizeof list + LONGEST_ASKED];
    if (!text.length || text.length > LONGEST_ASKED) return text.length && find_phrase(self, list, text);
    memcpy(bytes, &list, sizeof list);
    memcpy(bytes + sizeof list, text.data, text.length);
    att_str key = { bytes, sizeof list + text.length };
    uint32_t number = att_map_find(&vocabulary->texts, key);
    if (number != ATT_NONE) return vocabulary->answers.items[number];
    bool found = find_phrase(self, list, text);
    ATT_RESERVE(&vocabulary->arena, &vocabulary->answers, 1);
    vocabulary->answers.items[att_map_add(&vocabulary->texts, key)] = found;
    vocabulary->answers.count++;
    return found;
}

/* Rules out most bindings by the bits of their first and last word, before the list itself is asked. */
static bool may_be_in_list(const att_scene *scene, uint32_t list, const att_binding *binding)
{
    if (!scene->lists) return true;
    const att_list_glance *glance = &scene->lists[list];
    const uint64_t *words = scene->doc->tokens.bits;
    return glance->first & words[binding->first] && glance->last & words[binding->last - 1];
}

/* A whole capture is words of the document, which are tokens already; any other value must be cut into tokens first. */
static bool is_in_list(const evaluator *self, const att_condition *condition)
{
    const att_value *value = condition->left;
    if (value->kind != ATT_VALUE_CAPTURE || value->path.data)
        return is_phrase(self, condition->list, att_found_value(self->found, self->scene, value, NULL));
    const att_binding *binding = att_found_binding(self->found, value->capture, NULL);
    uint32_t ends[ATT_MOST_ENDS];
    return binding && may_be_in_list(self->scene, condition->list, binding)
           && att_scene_phrases(self->scene, condition->list, binding->first, binding->last - binding->first, binding->last,
                                ends);
}

static bool is_known(const evaluator *self, att_str name)
{
    uint64_t caps;
    return name.data && att_scene_knows_person(self->scene, att_word_fold(self->scene->arena, name, &caps));
}

static bool is_named(const evaluator *self, att_str name)
{
    uint64_t caps;
    return name.data && att_scene_names_body(self->scene, att_word_fold(self->scene->arena, name, &caps));
}

static bool is_holder(const evaluator *self, const att_condition *condition)
{
    att_str title = att_found_value(self->found, self->scene, condition->left, NULL);
    return office_of(self, title, att_found_value(self->found, self->scene, condition->right, NULL)) != ATT_NONE;
}

bool att_found_satisfies(const att_found *self, att_scene *scene, const att_condition *condition)
{
    evaluator state = { self, scene, NULL };
    if (condition->kind == ATT_IF_NOT && condition->children->kind == ATT_IF_IN_LIST)
        /* The most frequent condition: asked without going through the switch twice. */
        return !is_in_list(&state, condition->children);
    switch (condition->kind) {
    case ATT_IF_EQUAL: return same_text(&state, condition);
    case ATT_IF_DIFFERENT: return !same_text(&state, condition);
    case ATT_IF_IN_LIST: return is_in_list(&state, condition);
    case ATT_IF_KNOWN: return is_known(&state, att_found_value(self, scene, condition->left, NULL));
    case ATT_IF_NAMED: return is_named(&state, att_found_value(self, scene, condition->left, NULL));
    case ATT_IF_HOLDER: return is_holder(&state, condition);
    case ATT_IF_AMBIGUOUS: return false; /* asked by alias blocks only, in shorten.c */
    case ATT_IF_NOT: return !att_found_satisfies(self, scene, condition->children);
    case ATT_IF_AND:
        for (const att_condition *child = condition->children; child; child = child->next)
            if (!att_found_satisfies(self, scene, child)) return false;
        return true;
    case ATT_IF_OR:
        for (const att_condition *child = condition->children; child; child = child->next)
            if (att_found_satisfies(self, scene, child)) return true;
        return false;
    }
    return false;
}

/* ---- results ---- */

/* The annotation of another layer that covers just what the binding covers and has a value in the field. */
static const att_annotation *exactly(const att_scene *scene, const att_binding *on, uint32_t layer, named_field field)
{
    const att_annotation *own = on->annotation;
    bool whole = own && own->tokens.last == on->last && own->layer != layer;
    if (whole && has_field(&scene->knowledge->layers.items[own->layer], field)) return own;
    uint32_t i = att_scene_starter(scene, on->first, on->first + 1);
    for (; att_scene_starts_before(scene, i, on->first + 1); i++) {
        const att_annotation *annotation = &scene->annotations[i];
        if (annotation->tokens.last == on->last && annotation->layer != layer && field_of(scene, annotation, field).data)
            return annotation;
    }
    return NULL;
}

static void copy_fields(att_scene *scene, const att_make *make, const att_binding *on, att_str *fields)
{
    const att_layer *layer = &scene->knowledge->layers.items[make->layer];
    uint32_t missing = (1u << layer->field_count) - 1;
    if (!on->annotation && !scene->spots[on->first].begins) return;
    for (uint32_t i = 0; i < make->field_count; i++) missing &= ~(1u << make->fields[i].field);
    for (; missing; missing &= missing - 1) {
        uint32_t field = (uint32_t)__builtin_ctz(missing);
        named_field named = { layer->fields[field], layer->field_keys[field] };
        const att_annotation *source = exactly(scene, on, make->layer, named);
        if (source) fields[field] = field_of(scene, source, named);
    }
}

/* An annotation that takes its id from another of the same layer also takes its entry and name: the entry may be one of several
 * until `settle` has chosen, and then both must change together. */
static void take_over(const evaluator *self, const att_make *make, const att_assignment *given, att_annotation *out)
{
    if (given->value->kind != ATT_VALUE_CAPTURE || !att_str_is(given->value->path, "id")) return;
    if (!att_str_is(self->scene->knowledge->layers.items[make->layer].fields[given->field], "id")) return;
    const att_binding *binding = att_found_binding(self->found, given->value->capture, self->on);
    if (!binding || !binding->annotation || binding->annotation->layer != make->layer) return;
    out->entry = binding->annotation->entry;
    out->name = binding->annotation->name;
}

void att_found_result(const att_found *self, att_scene *scene, const att_make *make, const att_binding *on, att_annotation *out)
{
    evaluator state = { self, scene, on };
    const att_tokens *tokens = &scene->doc->tokens;
    const att_layer *layer = &scene->knowledge->layers.items[make->layer];
    uint32_t first = on ? on->first : self->first, last = on ? on->last : self->last;
    *out = (att_annotation){ .start = tokens->start[first],
                             .end = tokens->end[last - 1],
                             .tokens = { first, last },
                             .layer = (uint16_t)make->layer,
                             .line = make->line,
                             .origin = &self->rule->origin,
                             .entry = ATT_NONE,
                             .name = ATT_NONE,
                             .entity = ATT_NONE,
                             .match_start = tokens->start[self->first],
                             .match_end = tokens->end[self->last - 1] };
    if (!layer->field_count) return;
    att_str *fields = att_arena_zero(scene->doc->arena, layer->field_count, sizeof *fields);
    if (on) copy_fields(scene, make, on, fields);
    for (uint32_t i = 0; i < make->field_count; i++) {
        fields[make->fields[i].field] = att_found_value(self, scene, make->fields[i].value, on);
        take_over(&state, make, &make->fields[i], out);
    }
    out->fields = fields;
}

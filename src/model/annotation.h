/* annotation.h - what was found in a text: a span, the layer (type) that it belongs to, its fields, and the rule that made it.
 *
 * Owner   the document's arena, except fields that come from a known entry: those belong to the engine.
 */
#ifndef ATT_ANNOTATION_H
#define ATT_ANNOTATION_H

#include "base/map.h"
#include "base/source.h"
#include "model/token.h"

enum { ATT_MAX_LAYERS = 32, ATT_MAX_FIELDS = 8 };

/* Numbers of the layers in layers.def; layers that packs add follow. */
typedef enum {
#define X(name) ATT_LAYER_##name,
#include "model/layers.def"
#undef X
    ATT_KNOWN_LAYERS
} att_layer_number;

/* Annotations of these layers name nothing; records show what comes of them in tables of their own. */
enum { ATT_NAMELESS_LAYERS = 1 << ATT_LAYER_OFFICIAL | 1 << ATT_LAYER_TOPIC | 1 << ATT_LAYER_THEME | 1 << ATT_LAYER_SPEECH };
static inline bool att_is_mention_layer(uint32_t layer)
{
    return !((uint32_t)ATT_NAMELESS_LAYERS >> layer & 1);
}

/* A state, by its name or its people. */
static inline bool att_is_nation_layer(uint32_t layer)
{
    return layer == ATT_LAYER_COUNTRY || layer == ATT_LAYER_DEMONYM;
}

typedef enum { ATT_NEST_NO, ATT_NEST_YES, ATT_NEST_SAME } att_nest;
typedef enum { ATT_FIELD_TEXT, ATT_FIELD_ID, ATT_FIELD_CODE, ATT_FIELD_DATE, ATT_FIELD_NUMBER } att_field_type;

/* Fields that the program itself asks for. X(enumerator, name) */
#define ATT_KEYS(X)                                                                                                            \
    X(ID, "id")                                                                                                                \
    X(CODE, "code")                                                                                                            \
    X(COUNTRY, "country")                                                                                                      \
    X(PARENT, "parent")                                                                                                        \
    X(NAME, "name")                                                                                                            \
    X(TITLE, "title")                                                                                                          \
    X(AGENCY, "agency")                                                                                                        \
    X(OFFICE, "office")                                                                                                        \
    X(STATUS, "status")                                                                                                        \
    X(LIKELY, "likely")                                                                                                        \
    X(TOPIC, "topic")                                                                                                          \
    X(KIND, "kind")                                                                                                            \
    X(ROLE, "role")                                                                                                            \
    X(ACTORS, "actors")                                                                                                        \
    X(MODALITY, "modality")                                                                                                    \
    X(SPEAKER, "speaker")
typedef enum {
#define X(id, name) ATT_KEY_##id,
    ATT_KEYS(X)
#undef X
        ATT_KEY_COUNT
} att_key;

typedef struct {
    att_str name;
    att_str fields[ATT_MAX_FIELDS]; /* att_layer_add_field adds one */
    att_field_type field_types[ATT_MAX_FIELDS];
    uint32_t field_count;
    uint8_t keys[ATT_KEY_COUNT];        /* by key: index of the field with that name, plus one; 0 when the layer has none */
    uint8_t field_keys[ATT_MAX_FIELDS]; /* by field: key of its name, plus one; 0 when it has none */
    att_nest nest;
    uint32_t over;    /* bit set of layers whose annotations give way to those of this layer */
    uint32_t related; /* the same, and the layers to which those of this layer give way */
    bool declared;    /* a `layer` block defines it */
    att_place place;
} att_layer;

typedef struct {
    att_layer items[ATT_MAX_LAYERS];
    uint32_t count;
} att_layers;

/* The number of the layer with that name, or ATT_NONE. */
uint32_t att_layers_find(const att_layers *self, att_str name);

/* The key with that name, plus one; 0 when there is none. */
uint8_t att_key_of(att_str name);

/* Adds a field; the layer must have fewer than ATT_MAX_FIELDS. */
void att_layer_add_field(att_layer *self, att_str name);

/* The index of a field in the layer, or ATT_NONE. */
uint32_t att_layer_field(const att_layer *self, att_str name);

/* What made an annotation, for the record: "countries/KOR" in rules/countries/names.rules. */
typedef struct {
    att_str rule;
    const att_source *source;
} att_origin;

/* Which step gave a country, as the field "country_by" of a record says. X(enumerator, name) */
#define ATT_COUNTRY_STEPS(X)                                                                                                   \
    X(NONE, "")                                                                                                                \
    X(NAME, "name")                                                                                                            \
    X(ENTRY, "entry")                                                                                                          \
    X(OWNER, "owner")                                                                                                          \
    X(LIST, "list")                                                                                                            \
    X(DELEGATION, "delegation")                                                                                                \
    X(SUBJECT, "subject")                                                                                                      \
    X(SENTENCE, "sentence")                                                                                                    \
    X(ORIGIN, "origin")
typedef enum {
#define X(id, name) ATT_BY_##id,
    ATT_COUNTRY_STEPS(X)
#undef X
        ATT_BY_COUNT
} att_country_step;
extern const char *const att_country_step_names[ATT_BY_COUNT];

/* att_annotation.state */
enum {
    ATT_WEAK = 1 << 0,    /* a name that may mean several things, not yet settled */
    ATT_DROPPED = 1 << 1, /* will be removed when the document's annotations are next sorted */
    ATT_SHOWN = 1 << 2    /* the scene (cascade/scene.h) already shows it */
};

typedef struct {
    uint32_t start, end; /* bytes */
    att_token_range tokens;
    uint16_t layer;
    uint8_t state;
    uint8_t country_by; /* an att_country_step */
    uint32_t line;      /* in origin->source, from 1 */
    const att_origin *origin;
    const att_str *fields;           /* one for each field of the layer; NULL when all are empty */
    uint32_t entry;                  /* the known entry, or ATT_NONE */
    uint32_t name;                   /* the name matched, which several entries may share; ATT_NONE when none */
    uint32_t entity;                 /* index into the document's entities */
    uint32_t chain;                  /* annotations with the same number refer to the same thing; 0 for none */
    uint32_t match_start, match_end; /* bytes of the whole match, if a rule made it; both 0: the span itself */
} att_annotation;

typedef struct {
    att_annotation *items;
    uint32_t count, capacity;
    uint32_t sorted; /* how many items at the front are in order; whoever changes what they are sorted by sets it to 0 */
} att_annotations;

/* The value of a field; a null view when it is empty or the layer has no such field. */
static inline att_str att_annotation_get(const att_annotation *self, const att_layers *layers, att_key key)
{
    static const att_str none;
    uint32_t field = layers->items[self->layer].keys[key];
    const att_str *value =
        (!field | !self->fields) ? &none : &self->fields[field - 1]; /* without a branch: both cases are equally likely */
    return *value;
}

/* The same for a field by its name in a rule. */
att_str att_annotation_field(const att_annotation *self, const att_layers *layers, att_str field);

/* Sets a field to `value`, which must outlive the document. Does nothing when the layer has no such field. */
void att_annotation_set(att_annotation *self, const att_layers *layers, att_arena *arena, att_str field, att_str value);

/* The same for a field by its key. */
void att_annotation_put(att_annotation *self, const att_layers *layers, att_arena *arena, att_key key, att_str value);

/* Whether two annotations of the layer have equal values in all fields. */
bool att_annotation_same_fields(const att_layer *layer, const att_annotation *a, const att_annotation *b);

/* The order of annotations in records: by start, then longer first, then layer; equal ones by line and first field. For
 * qsort. */
int att_annotation_order(const void *left, const void *right);

/* Sorts in that order; fast when most are sorted and the rest stands at the end. */
void att_annotations_sort(att_annotations *self, att_arena *arena);

#endif

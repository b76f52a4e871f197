/* topics.h - reads the blocks `topic` and `view` and the `set` lines of packs: what texts can be about, and the words
 * (triggers) that say so.
 *
 * Shape   every trigger written in the rules is one att_trigger. Its spellings (plural, British and American) are forms of a
 *         trie of their own, owned by the trigger. Triggers that differ only in spelling share a `stem`.
 * Owner   the engine's arena; reading a document changes nothing here.
 */
#ifndef ATT_TOPICS_H
#define ATT_TOPICS_H

#include "knowledge/entries.h"

enum {
    ATT_TRIGGER_STRONG = 1 << 0,
    ATT_TRIGGER_SUPPORT = 1 << 1,
    ATT_TRIGGER_PAIR = 1 << 2,
    ATT_TRIGGER_BLOCK = 1 << 3,
    ATT_TRIGGER_SETS = 1 << 3 /* of the first three */
};

/* X(enumerator, word): what an actor is to a topic */
#define ATT_ROLES(X)                                                                                                           \
    X(SOURCE, "source")                                                                                                        \
    X(TARGET, "target")                                                                                                        \
    X(RECIPIENT, "recipient")                                                                                                  \
    X(PARTY, "party")                                                                                                          \
    X(FORUM, "forum")                                                                                                          \
    X(LOCATION, "location")

/* Thresholds that make a topic one of the document's. */
typedef struct {
    uint32_t distinct_triggers, words_per_mention, percent_of_best, passing_times, percent_once;
} att_topic_needs;

typedef struct {
    att_str id, title;
    att_str role;    /* default role of its actors; null when the block gives none */
    uint32_t others; /* when it is the best topic of a document: the percentage of its score that others must reach; 0 for the
                        usual one */
    uint32_t rarest; /* in so many words of a document it has at least one mention, or half of the best topic's score, or the
                        title has it; 0 for any */
    att_place place;
} att_topic;

typedef struct {
    uint32_t topic;
    uint32_t kind; /* one of ATT_TRIGGER_* */
    uint32_t stem;
    uint32_t origin; /* index into att_topics.origins */
    uint32_t line;
} att_trigger;

typedef struct {
    uint32_t number;       /* number of the topic; ATT_NONE when no block defines it */
    att_str topic, actors; /* `actors`: "KOR+USA", sorted codes; empty for any */
    uint64_t codes;        /* bits of the actors (att_code_bits) */
} att_view_theme;

typedef struct {
    att_str name;
    uint32_t first[2], count[2]; /* where its `any` themes and its `all` themes are in view_themes */
    att_place place;
} att_view;

/* A quick test: what a document must have for the view to apply. */
typedef struct {
    uint64_t any,
        all; /* topic bits (att_topic_bit) of its `any` lines, at least one of which is required, and of its `all` lines */
    uint64_t codes; /* bits of the actors that all themes of its `any` lines share, and of the actors of its `all` lines */
} att_view_needs;

/* What a node in the trie of triggers says in any text, because none of its forms requires capitals and none is a blocker. */
typedef struct {
    uint32_t topic, trigger, kinds; /* as in att_topic_hit */
} att_sure_topic;

typedef struct {
    struct {
        att_topic *items;
        uint32_t count, capacity;
    } topics;
    struct {
        att_trigger *items;
        uint32_t count, capacity;
    } triggers;
    struct {
        att_origin *items;
        uint32_t count, capacity;
    } origins;
    struct {
        att_view *items;
        uint32_t count, capacity;
    } views;                    /* by name */
    att_view_needs *view_needs; /* by view */
    struct {
        att_view_theme *items;
        uint32_t count, capacity;
    } view_themes;
    att_str *fields; /* field values for annotations, ATT_MAX_FIELDS each, by topic and set of trigger kinds */
    att_map ids;     /* of topics: index in topics */
    att_map actors;  /* codes of all states and international bodies */
    att_texts stems; /* of triggers */
    att_names names;
    uint32_t *sure_at; /* by form of the names, and once more at the end: where those of its node begin in `sure` */
    struct {
        att_sure_topic *items;
        uint32_t count, capacity;
    } sure;
    uint32_t max_topics;
    att_topic_needs needs;
} att_topics;

/* Reads all topics and views; `lexicon` receives the words of all triggers. */
void att_topics_read(att_topics *self, const att_blocks *blocks, const att_entries *entries, att_lexicon *lexicon);

/* Makes `fields` for the layer TOPIC (none when it has no field `topic`), and `sure`. */
void att_topics_fill(att_topics *self, const att_layer *layer, att_arena *arena);

/* The fields of a variant, that is, of a topic with a set of trigger kinds. */
static inline const att_str *att_topics_fields(const att_topics *self, uint32_t variant)
{
    return self->fields + (size_t)variant * ATT_MAX_FIELDS;
}

/* The variant whose fields these are, or ATT_NONE. */
static inline uint32_t att_topics_variant(const att_topics *self, const att_str *fields)
{
    size_t count = (size_t)self->topics.count * ATT_TRIGGER_SETS * ATT_MAX_FIELDS;
    size_t at = ((uintptr_t)fields - (uintptr_t)self->fields) / sizeof *fields;
    return fields && self->fields && at < count ? (uint32_t)(at / ATT_MAX_FIELDS) : (uint32_t)ATT_NONE;
}

/* The kinds that the field `kind` of a variant names: a strong trigger is not also a supporting one. */
static inline uint32_t att_trigger_kinds(uint32_t set)
{
    if (set & ATT_TRIGGER_STRONG) return set & ~(uint32_t)ATT_TRIGGER_SUPPORT;
    return set ? set : (uint32_t)ATT_TRIGGER_PAIR;
}

/* The threshold that a line of rules names, or NULL. */
uint32_t *att_topic_need(att_topic_needs *self, att_str name);

/* Reads the number of a setting; false unless it is from 1 to 999999. */
bool att_setting(att_str text, uint32_t *number);

/* The bit for a topic number; all topics that no block defines share one. */
static inline uint64_t att_topic_bit(uint32_t topic)
{
    return UINT64_C(1) << topic % 64;
}

/* A bit for each code in "KOR+USA". */
uint64_t att_code_bits(att_str codes);

/* Whether the word is one of ATT_ROLES; all of them, separated by commas. */
bool att_is_role(att_str word);
const char *att_role_list(void);

/* The topic with that id, or ATT_NONE. */
uint32_t att_topics_named(const att_topics *self, att_str id);

#endif

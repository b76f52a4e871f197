/* theme_maker.h - what the rooms that make themes share: the mentions of topics, what is counted of them, the document's
 * themes.
 *
 * Private to theme, theme_mentions, theme_records, theme_topics and theme_views, which are one step: so the small helpers have
 * the short names that they would have in one file. Data go one way: mentions are collected and counted, the topics of the
 * document chosen, then its themes made and its views.
 */
#ifndef ATT_RESOLVE_THEME_MAKER_H
#define ATT_RESOLVE_THEME_MAKER_H

#include "knowledge/triggers.h"
#include "resolve/about.h"
#include "resolve/codes.h"
#include "resolve/theme.h"

/* One TOPIC of the text, or a THEME that stands on none. */
typedef struct {
    uint32_t annotation;
    uint32_t topic; /* number; ATT_NONE for one that no block defines */
    uint32_t kinds; /* ATT_TRIGGER_* */
    uint32_t stem;  /* number of the trigger's stem */
    uint32_t sentence;
    uint32_t first_join, join_count; /* in theme_maker.joins */
    uint32_t waiting;                /* the one before it in topic_count.waiting: index plus one or 0 */
    bool near_strong;                /* a strong one of its topic is in the same sentence or one beside it */
    bool leading, titled;            /* in the title or the first paragraph; in the title */
    bool bare;                       /* as the list of triggers made it: no rule has said how it is meant */
    bool stands;                     /* the trigger may stand without a join */
} topic_mention;

/* What the document rule counts about a topic. */
typedef struct {
    double score;
    uint32_t mentions, stems;
    uint32_t last_joined; /* of its themes for views, the newest that has actors or no known topic: index
                             plus one, 0 for none */
    uint64_t codes;       /* bits of the actors of those */
    uint32_t last_strong; /* sentence of the last strong mention plus two; 0 for none */
    uint32_t waiting;     /* the last mention that only a strong one behind it can bear out: index plus one */
    uint32_t plain;       /* the asserted theme without actors: index plus one, 0 for none */
    bool strong, leading, titled, is_document_topic; /* strong: a mention by a strong trigger is among them */
    bool tied;                                       /* the words beside one tie it to another state or to a body */
    bool heading;                                    /* a mention by a strong trigger is in the title */
    bool has_theme;                                  /* one for views: neither negated nor of the past */
} topic_count;

/* Beside a theme of the document. */
typedef struct {
    uint64_t hash;
    uint64_t codes; /* bits of its actors */
    uint32_t topic; /* number or ATT_NONE */
    uint32_t next;  /* the one before it in last_joined: index plus one or 0 */
} theme_backing;

/* A place that bears out a theme, before those of one theme stand together. */
typedef struct {
    uint32_t theme, annotation;
} evidence_mark;

/* How often a trigger was counted: with a topic and its plain theme, or with another theme. */
typedef struct {
    uint32_t number; /* of the topic, or the theme's index behind those; plus one, 0 for a free slot */
    uint32_t stem;
    uint8_t of_topic, of_theme;
} trigger_count;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    struct {
        topic_mention *items;
        uint32_t count;
    } mentions;
    struct {
        uint32_t *items;
        uint32_t count;
    } making;                    /* the mentions that may make a theme: they stand or have a join */
    att_indexes topical, placed; /* annotations: TOPIC and THEME; those that att_list_about weighs */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } joins;             /* annotations of THEME */
    topic_count *counts; /* by topic; behind them all that no block defines */
    struct {
        uint32_t *items;
        uint32_t count;
    } met;                                      /* numbers of the topics that were counted */
    att_numbered_code topics[ATT_RECENT_CODES]; /* that rules named */
    att_map stems;                              /* of triggers that only rules know */
    theme_backing *backings;                    /* by theme, before they are sorted */
    uint32_t *themes;                           /* slots by hash: index in doc->themes plus one; 0 for a free one */
    trigger_count *triggers;                    /* slots by number and stem */
    uint32_t last_slot;                         /* of both */
    struct {
        evidence_mark *items;
        uint32_t count;
    } marks;
    uint64_t of_now, codes_of_now; /* bits of the topics and the actors of themes that are neither negated nor of the past */
    uint32_t title_end, lead_end;  /* token behind the title; behind that and the first paragraph */
    uint32_t sentence;             /* of the last mention */
    uint32_t sentence_end;         /* token where the next one begins */
} theme_maker;

enum { COUNTED_TIMES = 2 };

static inline const att_annotation *at(const theme_maker *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static inline att_str get(const theme_maker *self, uint32_t index, att_key key)
{
    return att_annotation_get(at(self, index), &self->knowledge->layers, key);
}

static inline att_str text_of(const theme_maker *self, uint32_t index)
{
    return att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

/* Of the topic. */
static inline att_str name_of(const theme_maker *self, const topic_mention *mention)
{
    return get(self, mention->annotation, ATT_KEY_TOPIC);
}

/* att_str_equal that is quick where both are the same bytes, as what rules say is. */
static inline bool same(att_str a, att_str b)
{
    return (a.data == b.data && a.length == b.length) || att_str_equal(a, b);
}

/* What is counted of a topic; of one that no block defines, of all of them. */
static inline topic_count *count_of(const theme_maker *self, uint32_t topic)
{
    return &self->counts[topic == ATT_NONE ? self->knowledge->topics.topics.count : topic];
}

static inline uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static inline trigger_count *trigger_count_of(const theme_maker *self, uint32_t number, uint32_t stem)
{
    for (uint32_t at = (uint32_t)mix(0, (uint64_t)number << 32 | stem);; at++) {
        trigger_count *slot = &self->triggers[at & self->last_slot];
        if (!slot->number) *slot = (trigger_count){ .number = number + 1, .stem = stem };
        if (slot->number == number + 1 && slot->stem == stem) return slot;
    }
}

/* Counts once more and says how often it was before; more than twice is not asked. */
static inline uint32_t times_before(uint8_t *count)
{
    return *count < COUNTED_TIMES ? (*count)++ : COUNTED_TIMES;
}

static inline double score_of(const topic_mention *mention)
{
    return (mention->kinds & ATT_TRIGGER_STRONG ? 2.0 : 1.0) + (mention->leading ? 1.0 : 0.0);
}

/* ---- theme_mentions.c ---- */

/* Fills `mentions`, `joins` and `making`, and what is known of the annotations before them. */
void att_theme_collect(theme_maker *self);

/* ---- theme_records.c ---- */

/* How the theme that the annotation bears out is meant. */
att_str att_theme_modality(const theme_maker *self, const topic_mention *mention, uint32_t index);

/* One theme more that mention and annotation bear out. */
void att_theme_add(theme_maker *self, const topic_mention *mention, uint32_t index, att_str actors);

/* The one without actors. */
void att_theme_add_plain(theme_maker *self, const topic_mention *mention);

/* The places of each theme together, in text order. */
void att_theme_lay_out(theme_maker *self);

/* ---- theme_topics.c ---- */

/* Counts a mention with its topic. */
void att_theme_count(theme_maker *self, const topic_mention *mention);

/* Says which of the topics that were counted are the document's, and lists them. The vocabulary learns the title's words. */
void att_theme_topics(theme_maker *self, att_vocabulary *vocabulary);

/* ---- theme_views.c ---- */

/* Lists the views that hold. Before the themes are sorted. */
void att_theme_views(theme_maker *self);

#endif

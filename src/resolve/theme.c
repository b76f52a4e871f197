#include "resolve/theme.h"

#include <stdlib.h>

#include "knowledge/triggers.h"
#include "resolve/about.h"
#include "resolve/codes.h"

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

enum { COUNTED_TIMES = 2, LEAD_WORDS = 10, PASSING_MENTIONS = 2 };

static const att_annotation *at(const theme_maker *self, uint32_t index)
{
    return &self->doc->annotations.items[index];
}

static att_str get(const theme_maker *self, uint32_t index, att_key key)
{
    return att_annotation_get(at(self, index), &self->knowledge->layers, key);
}

static att_str text_of(const theme_maker *self, uint32_t index)
{
    return att_str_slice(self->doc->text, at(self, index)->start, at(self, index)->end);
}

/* Of the topic. */
static att_str name_of(const theme_maker *self, const topic_mention *mention)
{
    return get(self, mention->annotation, ATT_KEY_TOPIC);
}

/* att_str_equal that is quick where both are the same bytes, as what rules say is. */
static bool same(att_str a, att_str b)
{
    return (a.data == b.data && a.length == b.length) || att_str_equal(a, b);
}

/* ---- collecting ---- */

static uint32_t kinds_of(att_str kind)
{
    uint32_t kinds = 0;
    if (att_str_ends(kind, ATT_STR("strong"))) kinds |= ATT_TRIGGER_STRONG;
    if (att_str_ends(kind, ATT_STR("support"))) kinds |= ATT_TRIGGER_SUPPORT;
    if (att_str_starts(kind, ATT_STR("pair"))) kinds |= ATT_TRIGGER_PAIR;
    return kinds ? kinds : ATT_TRIGGER_STRONG;
}

static uint32_t stem_of(theme_maker *self, uint32_t index)
{
    const att_topics *topics = &self->knowledge->topics;
    uint64_t caps;
    if (at(self, index)->layer == ATT_LAYER_TOPIC && at(self, index)->name < topics->triggers.count)
        return topics->triggers.items[at(self, index)->name].stem;
    return topics->stems.count + att_map_add(&self->stems, att_word_fold(self->doc->arena, text_of(self, index), &caps));
}

static void enter_sentence(theme_maker *self, uint32_t sentence)
{
    const att_stretches *sentences = &self->doc->sentences;
    self->sentence = sentence;
    self->sentence_end = sentence + 1 < sentences->count ? sentences->items[sentence + 1].tokens.first : UINT32_MAX;
}

/* That of the annotation, not before the one asked for last: annotations are asked for in text order. */
static uint32_t sentence_of(theme_maker *self, uint32_t index)
{
    while (at(self, index)->tokens.first >= self->sentence_end) enter_sentence(self, self->sentence + 1);
    return self->sentence;
}

/* The topic that the fields of an annotation name, or ATT_NONE. */
static uint32_t named_topic(theme_maker *self, uint32_t index)
{
    att_str id = get(self, index, ATT_KEY_TOPIC);
    if (!id.data) return ATT_NONE;
    att_numbered_code *known = att_recent_code(self->topics, id);
    if (!att_is_very_code(known, id)) *known = (att_numbered_code){ id, att_topics_named(&self->knowledge->topics, id) };
    return known->number;
}

/* Topic and kinds of a TOPIC: as the list of triggers has them, else as the fields say. */
static void read_topic(theme_maker *self, topic_mention *mention)
{
    const att_topics *topics = &self->knowledge->topics;
    uint32_t variant = att_topics_variant(topics, at(self, mention->annotation)->fields);
    mention->bare = variant != ATT_NONE;
    if (!mention->bare) {
        mention->topic = named_topic(self, mention->annotation);
        mention->kinds = kinds_of(get(self, mention->annotation, ATT_KEY_KIND));
    } else {
        mention->topic = variant / ATT_TRIGGER_SETS;
        mention->kinds = att_trigger_kinds(variant % ATT_TRIGGER_SETS);
    }
}

static topic_mention *add_mention(theme_maker *self, uint32_t index)
{
    topic_mention *mention = &self->mentions.items[self->mentions.count++];
    *mention = (topic_mention){ .annotation = index, .first_join = self->joins.count };
    read_topic(self, mention);
    mention->stem = stem_of(self, index);
    mention->sentence = sentence_of(self, index);
    mention->leading = at(self, index)->tokens.first < self->lead_end;
    mention->titled = at(self, index)->tokens.first < self->title_end;
    return mention;
}

static void add_join(theme_maker *self, topic_mention *mention, uint32_t theme)
{
    ATT_RESERVE(self->doc->arena, &self->joins, 1);
    self->joins.items[self->joins.count++] = theme;
    mention->join_count++;
}

static bool same_topic(const theme_maker *self, uint32_t a, uint32_t b)
{
    return at(self, a)->start == at(self, b)->start && at(self, a)->end == at(self, b)->end
           && same(get(self, a, ATT_KEY_TOPIC), get(self, b, ATT_KEY_TOPIC));
}

static bool has_topic(const theme_maker *self, uint32_t index)
{
    return get(self, index, ATT_KEY_TOPIC).length > 0;
}

/* Marks the last mention, or those before it, that have a strong one of their topic beside them. */
static void find_near_strong(theme_maker *self)
{
    topic_mention *all = self->mentions.items, *mention = &all[self->mentions.count - 1];
    if (mention->topic == ATT_NONE) return;
    topic_count *count = &self->counts[mention->topic];
    if (mention->kinds & ATT_TRIGGER_STRONG) {
        for (uint32_t i = count->waiting; i && all[i - 1].sentence + 1 >= mention->sentence; i = all[i - 1].waiting)
            all[i - 1].near_strong = true;
        count->waiting = 0;
        count->last_strong = mention->sentence + 2;
    } else if (mention->kinds & ATT_TRIGGER_SUPPORT) {
        mention->near_strong = mention->sentence + 2 - count->last_strong <= 1;
        if (mention->near_strong) return;
        mention->waiting = count->waiting;
        count->waiting = self->mentions.count;
    }
}

/* A TOPIC with the THEMEs among `all` that stand on it. */
static void collect_topic(theme_maker *self, uint32_t index, const uint32_t *all, uint32_t count)
{
    topic_mention *mention = add_mention(self, index);
    find_near_strong(self);
    for (uint32_t i = 0; i < count; i++)
        if (at(self, all[i])->layer == ATT_LAYER_THEME && same_topic(self, index, all[i])) add_join(self, mention, all[i]);
}

/* A THEME that stands on no TOPIC among `all`. */
static void collect_theme(theme_maker *self, uint32_t index, const uint32_t *all, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (at(self, all[i])->layer == ATT_LAYER_TOPIC && same_topic(self, index, all[i])) return;
    topic_mention *mention = add_mention(self, index);
    mention->kinds = ATT_TRIGGER_STRONG;
    mention->bare = false;
    find_near_strong(self);
    add_join(self, mention, index);
}

/* `all` that start at one byte; mostly it is one TOPIC. Without a topic, which a user's rule may leave out, they are none. */
static void collect_at(theme_maker *self, const uint32_t *all, uint32_t count)
{
    if (count == 1 && at(self, *all)->layer == ATT_LAYER_TOPIC && has_topic(self, *all)) {
        collect_topic(self, *all, NULL, 0);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        if (at(self, all[i])->layer == ATT_LAYER_TOPIC && has_topic(self, all[i])) collect_topic(self, all[i], all, count);
    for (uint32_t i = 0; i < count; i++)
        if (at(self, all[i])->layer == ATT_LAYER_THEME && has_topic(self, all[i])) collect_theme(self, all[i], all, count);
}

/* Lists the annotations that are asked for, without branches. */
static void sort_out(theme_maker *self)
{
    const uint32_t layers = 1u << ATT_LAYER_TOPIC | 1u << ATT_LAYER_THEME, all = self->doc->annotations.count;
    uint32_t *topical = att_arena_alloc(self->doc->arena, sizeof *topical * (all + 1)), topics = 0;
    uint32_t *placed = att_arena_alloc(self->doc->arena, sizeof *placed * (all + 1)), places = 0;
    for (uint32_t i = 0; i < all; i++) {
        topical[topics] = placed[places] = i;
        topics += layers >> at(self, i)->layer & 1;
        places += att_about_layers >> at(self, i)->layer & 1;
    }
    self->topical = (att_indexes){ topical, topics };
    self->placed = (att_indexes){ placed, places };
}

static void collect(theme_maker *self)
{
    const uint32_t *topical = self->topical.items, count = self->topical.count;
    self->mentions.items = att_arena_alloc(self->doc->arena, sizeof *self->mentions.items * (count + 1));
    enter_sentence(self, 0);
    for (uint32_t first = 0, last; first < count; first = last) {
        for (last = first + 1; last < count && at(self, topical[last])->start == at(self, topical[first])->start;) last++;
        collect_at(self, topical + first, last - first);
    }
}

/* Says of all mentions whether they stand, once it is known which have a strong one beside them, and lists those that may make
 * a theme. No branch hangs on what a mention is. */
static void choose_mentions(theme_maker *self)
{
    const uint32_t count = self->mentions.count;
    uint32_t *making = att_arena_alloc(self->doc->arena, sizeof *making * (count + 1)), chosen = 0;
    for (uint32_t i = 0; i < count; i++) {
        topic_mention *mention = &self->mentions.items[i];
        bool strong = mention->kinds & ATT_TRIGGER_STRONG, support = mention->kinds & ATT_TRIGGER_SUPPORT;
        mention->stands = strong | (support & mention->near_strong);
        making[chosen] = i;
        chosen += mention->stands | (mention->join_count != 0);
    }
    self->making.items = making;
    self->making.count = chosen;
}

/* Title and first paragraph proper: the first that is more than a line of words such as "For immediate release". */
static void find_lead(theme_maker *self)
{
    const att_paragraphs *paragraphs = &self->doc->paragraphs;
    for (uint32_t i = 0; i < paragraphs->count; i++) {
        const att_paragraph *paragraph = &paragraphs->items[i];
        if (paragraph->kind != ATT_ZONE_TITLE && paragraph->kind != ATT_ZONE_BODY) continue;
        self->lead_end = paragraph->tokens.last;
        if (paragraph->kind == ATT_ZONE_TITLE) self->title_end = self->lead_end;
        if (paragraph->kind == ATT_ZONE_BODY && paragraph->tokens.last - paragraph->tokens.first >= LEAD_WORDS) return;
    }
}

/* ---- themes ---- */

static bool is_country(const theme_maker *self, att_str code)
{
    uint32_t entry = att_entries_find(&self->knowledge->entries, code);
    return entry != ATT_NONE && self->knowledge->entries.entries.items[entry].layer == ATT_LAYER_COUNTRY;
}

/* Whether the actors are many: a body of several states, or three and more. */
static bool are_many(const theme_maker *self, att_str actors)
{
    uint32_t count = 0;
    while (actors.length) {
        att_str code = att_cut_code(&actors);
        if (!is_country(self, code)) return true;
        count++;
    }
    return count > 2;
}

static bool is_forum(const theme_maker *self, const topic_mention *mention)
{
    return mention->topic != ATT_NONE && att_str_is(self->knowledge->topics.topics.items[mention->topic].role, "forum");
}

/* Of one pair trigger under two topics, one of them about forums: many actors give that one, two states the other. */
static bool is_for_other(const theme_maker *self, const topic_mention *mention, att_str actors)
{
    if (!(mention->kinds & ATT_TRIGGER_PAIR)) return false;
    bool forum = is_forum(self, mention);
    for (int step = -1; step <= 1; step += 2) {
        const topic_mention *other = mention + step;
        if (other < self->mentions.items || other >= self->mentions.items + self->mentions.count) continue;
        if (!(mention->kinds & other->kinds & ATT_TRIGGER_PAIR) || is_forum(self, other) == forum) continue;
        if (at(self, other->annotation)->start != at(self, mention->annotation)->start
            || at(self, other->annotation)->end != at(self, mention->annotation)->end)
            continue;
        return are_many(self, actors) != forum;
    }
    return false;
}

static att_str lower_first(att_arena *arena, att_str title)
{
    bool small_next = title.length > 1 && title.data[1] >= 'a' && title.data[1] <= 'z';
    if (!small_next || title.data[0] < 'A' || title.data[0] > 'Z') return title;
    att_str copy = att_str_copy(arena, title);
    ((char *)copy.data)[0] = (char)(copy.data[0] | 0x20);
    return copy;
}

static att_str short_name(const theme_maker *self, att_str code)
{
    uint32_t entry = att_entries_find(&self->knowledge->entries, code);
    if (entry == ATT_NONE) return code;
    const att_entry *known = &self->knowledge->entries.entries.items[entry];
    return known->more->short_name.data ? known->more->short_name : known->name.data ? known->name : code;
}

/* "South Korea, United States: cyber policy"; without actors the topic's title. */
static att_str label_of(const theme_maker *self, const topic_mention *mention, att_str actors)
{
    const att_topics *topics = &self->knowledge->topics;
    att_str title = mention->topic == ATT_NONE ? name_of(self, mention) : topics->topics.items[mention->topic].title;
    if (!actors.length) return title;
    att_buf label = { .arena = self->doc->arena };
    while (actors.length) {
        if (label.count) att_buf_add(&label, ATT_STR(", "));
        att_buf_add(&label, short_name(self, att_cut_code(&actors)));
    }
    att_buf_add(&label, ATT_STR(": "));
    att_buf_add(&label, lower_first(self->doc->arena, title));
    return att_buf_str(&label);
}

static bool is_of_now(const att_theme *theme)
{
    return !att_str_is(theme->modality, "negated") && !att_str_is(theme->modality, "historical");
}

/* What is counted of a topic; of one that no block defines, of all of them. */
static topic_count *count_of(const theme_maker *self, uint32_t topic)
{
    return &self->counts[topic == ATT_NONE ? self->knowledge->topics.topics.count : topic];
}

/* What is said without "not", "may" or "then"; most mentions are meant so. */
static const att_str asserted = { "asserted", sizeof "asserted" - 1 };

static void show_to_views(theme_maker *self, const att_theme *theme, uint32_t index)
{
    theme_backing *backing = &self->backings[index];
    topic_count *count = count_of(self, backing->topic);
    count->has_theme = true;
    self->of_now |= att_topic_bit(backing->topic);
    if (!theme->actors.length && backing->topic != ATT_NONE) return;
    backing->codes = att_code_bits(theme->actors);
    backing->next = count->last_joined;
    count->codes |= backing->codes;
    count->last_joined = index + 1;
    self->codes_of_now |= backing->codes;
}

static void add_new_theme(theme_maker *self, const topic_mention *mention, att_theme theme, uint64_t hash)
{
    uint32_t index = self->doc->themes.count;
    theme.theme = theme.topic;
    if (theme.actors.length) theme.theme = att_str_join(self->doc->arena, theme.topic, ATT_STR("/"), theme.actors);
    theme.label = label_of(self, mention, theme.actors);
    ATT_RESERVE(self->doc->arena, &self->doc->themes, 1);
    self->doc->themes.items[self->doc->themes.count++] = theme;
    self->backings[index] = (theme_backing){ .hash = hash, .topic = mention->topic };
    if (is_of_now(&theme)) show_to_views(self, &theme, index);
    bool plain = mention->topic != ATT_NONE && !theme.actors.length && same(theme.modality, asserted);
    if (plain) count_of(self, mention->topic)->plain = index + 1;
}

static bool same_theme(const att_theme *a, const att_theme *b)
{
    return same(a->topic, b->topic) && same(a->actors, b->actors) && same(a->role, b->role) && same(a->modality, b->modality);
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* Roles and modalities are few words that differ in their lengths or first letters. */
static uint64_t word_hash(att_str word)
{
    return word.length ? word.length << 8 | (unsigned char)word.data[0] : 0;
}

static uint64_t theme_hash(const topic_mention *mention, const att_theme *theme)
{
    uint64_t topic = mention->topic == ATT_NONE ? att_hash(theme->topic) : mention->topic;
    uint64_t actors = theme->actors.length ? att_hash(theme->actors) : 0;
    return mix(mix(actors, topic), word_hash(theme->role) << 32 | word_hash(theme->modality));
}

/* The index of that theme of the document, which is added when it is new. */
static uint32_t theme_index(theme_maker *self, const topic_mention *mention, const att_theme *theme)
{
    uint64_t hash = theme_hash(mention, theme);
    for (uint32_t at = (uint32_t)hash;; at++) {
        uint32_t *slot = &self->themes[at & self->last_slot];
        if (!*slot) {
            add_new_theme(self, mention, *theme, hash);
            *slot = self->doc->themes.count;
        } else if (self->backings[*slot - 1].hash != hash || !same_theme(&self->doc->themes.items[*slot - 1], theme)) {
            continue;
        }
        return *slot - 1;
    }
}

static void mark_evidence(theme_maker *self, uint32_t theme, uint32_t annotation)
{
    self->doc->themes.items[theme].evidence_count++;
    self->marks.items[self->marks.count++] = (evidence_mark){ theme, annotation };
}

static att_evidence evidence_of(const theme_maker *self, uint32_t annotation)
{
    const att_annotation *made = at(self, annotation);
    return (att_evidence){ .start = made->match_end ? made->match_start : made->start,
                           .end = made->match_end ? made->match_end : made->end,
                           .trigger = text_of(self, annotation),
                           .origin = made->origin };
}

/* The places of each theme together, in text order. */
static void lay_out_evidence(theme_maker *self)
{
    att_themes *themes = &self->doc->themes;
    att_evidence *next = att_arena_alloc(self->doc->arena, sizeof *next * (self->marks.count + 1));
    for (uint32_t i = 0; i < themes->count; i++) {
        themes->items[i].evidence = next;
        next += themes->items[i].evidence_count;
        themes->items[i].evidence_count = 0;
    }
    for (uint32_t i = 0; i < self->marks.count; i++) {
        att_theme *theme = &themes->items[self->marks.items[i].theme];
        theme->evidence[theme->evidence_count++] = evidence_of(self, self->marks.items[i].annotation);
    }
}

static trigger_count *trigger_count_of(const theme_maker *self, uint32_t number, uint32_t stem)
{
    for (uint32_t at = (uint32_t)mix(0, (uint64_t)number << 32 | stem);; at++) {
        trigger_count *slot = &self->triggers[at & self->last_slot];
        if (!slot->number) *slot = (trigger_count){ .number = number + 1, .stem = stem };
        if (slot->number == number + 1 && slot->stem == stem) return slot;
    }
}

/* Counts once more and says how often it was before; more than twice is not asked. */
static uint32_t times_before(uint8_t *count)
{
    return *count < COUNTED_TIMES ? (*count)++ : COUNTED_TIMES;
}

static double score_of(const topic_mention *mention)
{
    return (mention->kinds & ATT_TRIGGER_STRONG ? 2.0 : 1.0) + (mention->leading ? 1.0 : 0.0);
}

/* Each distinct trigger counts twice at most. */
static void bear_out(theme_maker *self, uint32_t theme, const topic_mention *mention, uint32_t index)
{
    bool plain = mention->topic != ATT_NONE && self->counts[mention->topic].plain == theme + 1;
    uint32_t number = plain ? mention->topic : self->knowledge->topics.topics.count + theme;
    trigger_count *count = trigger_count_of(self, number, mention->stem);
    mark_evidence(self, theme, index);
    if (times_before(&count->of_theme) < COUNTED_TIMES) self->doc->themes.items[theme].score += score_of(mention);
}

static att_str modality_of(const theme_maker *self, const topic_mention *mention, uint32_t index)
{
    if (mention->bare && index == mention->annotation) return asserted;
    att_str modality = get(self, index, ATT_KEY_MODALITY);
    if (!modality.length) modality = get(self, mention->annotation, ATT_KEY_MODALITY);
    return modality.length ? modality : asserted;
}

/* One theme more that mention and annotation bear out. */
static void add_theme(theme_maker *self, const topic_mention *mention, uint32_t index, att_str actors)
{
    att_theme asked = { .topic = name_of(self, mention),
                        .actors = actors,
                        .role = actors.length ? get(self, index, ATT_KEY_ROLE) : (att_str){ 0 },
                        .modality = modality_of(self, mention, index) };
    bear_out(self, theme_index(self, mention, &asked), mention, index);
}

/* The one without actors, which a bare mention of a topic that has it bears out by itself. */
static void add_plain_theme(theme_maker *self, const topic_mention *mention)
{
    uint32_t plain = mention->bare ? self->counts[mention->topic].plain : 0;
    if (plain) bear_out(self, plain - 1, mention, mention->annotation);
    else add_theme(self, mention, mention->annotation, (att_str){ 0 });
}

/* ---- topics ---- */

static void count_topic(theme_maker *self, const topic_mention *mention)
{
    if (mention->topic == ATT_NONE) return;
    topic_count *count = &self->counts[mention->topic];
    uint32_t times = times_before(&trigger_count_of(self, mention->topic, mention->stem)->of_topic);
    if (!count->mentions++) self->met.items[self->met.count++] = mention->topic;
    count->strong = count->strong || mention->kinds & ATT_TRIGGER_STRONG;
    count->stems += times == 0;
    count->leading = count->leading || mention->leading;
    count->titled = count->titled || mention->titled;
    if (times < COUNTED_TIMES) count->score += score_of(mention);
}

/* Whether the join makes a theme of the mention. */
static bool holds_join(const theme_maker *self, const topic_mention *mention, uint32_t join)
{
    att_str actors = get(self, join, ATT_KEY_ACTORS);
    if (!actors.length && join != mention->annotation) return false;
    return (mention->stands || mention->kinds & ATT_TRIGGER_PAIR) && !is_for_other(self, mention, actors);
}

/* A word that is too common to stand alone, behind the first paragraph: "Peru's ships" on a page about coffee. */
static bool is_aside(const topic_mention *mention)
{
    return !(mention->kinds & ATT_TRIGGER_STRONG) && !mention->leading;
}

/* A join that no word beside the topic makes, such as that with the only state of the sentence, says little where the topic is
 * a passing one; so does a join that makes a common word one. */
static bool is_passing(const theme_maker *self, const topic_mention *mention, uint32_t join)
{
    const att_annotation *made = at(self, join);
    if (mention->topic == ATT_NONE || self->counts[mention->topic].is_document_topic) return false;
    if (join == mention->annotation || made->match_start != made->start || made->match_end != made->end)
        return is_aside(mention);
    return mention->stands ? !is_forum(self, mention) : is_aside(mention);
}

/* Whether an actor among them is not the state that the document is at home in. */
static bool are_of_others(const theme_maker *self, att_str actors)
{
    while (actors.length)
        if (!att_str_equal(att_cut_code(&actors), self->doc->home)) return true;
    return false;
}

static bool ties(const theme_maker *self, const topic_mention *mention, uint32_t join)
{
    if (mention->topic == ATT_NONE || self->counts[mention->topic].tied || is_passing(self, mention, join)) return false;
    return are_of_others(self, get(self, join, ATT_KEY_ACTORS));
}

/* Counts the mention where it makes a theme that is not of the past. */
static void count_mention(theme_maker *self, const topic_mention *mention)
{
    uint32_t last = mention->stands ? mention->annotation : ATT_NONE;
    bool tied = false;
    for (uint32_t i = 0; i < mention->join_count; i++) {
        uint32_t join = self->joins.items[mention->first_join + i];
        if (!holds_join(self, mention, join)) continue;
        last = join;
        tied = tied || ties(self, mention, join);
    }
    if (last == ATT_NONE || att_str_is(modality_of(self, mention, last), "historical")) return;
    count_topic(self, mention);
    if (tied) self->counts[mention->topic].tied = true;
}

/* A mention's themes: one for each join, else one without actors where the trigger may stand alone. */
static void make_mention(theme_maker *self, const topic_mention *mention)
{
    bool made = false;
    for (uint32_t i = 0; i < mention->join_count; i++) {
        uint32_t join = self->joins.items[mention->first_join + i];
        if (!holds_join(self, mention, join) || is_passing(self, mention, join)) continue;
        add_theme(self, mention, join, get(self, join, ATT_KEY_ACTORS));
        made = true;
    }
    if (!made && mention->stands) add_plain_theme(self, mention);
}

static uint32_t count_words(const att_document *doc)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < doc->tokens.count; i++) words += (doc->tokens.flags[i] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL)) != 0;
    return words;
}

/* The topic of the best score, ATT_NONE when none was met. */
static uint32_t best_topic(const theme_maker *self)
{
    uint32_t best = ATT_NONE;
    for (uint32_t i = 0; i < self->met.count; i++) {
        uint32_t topic = self->met.items[i];
        if (best == ATT_NONE || self->counts[topic].score > self->counts[best].score) best = topic;
    }
    return best;
}

static att_topic_needs needs_of_title(const theme_maker *self, const att_vocabulary *vocabulary)
{
    const att_document *apart = self->doc->headline, *doc = apart ? apart : self->doc;
    att_token_range title = { 0, apart ? apart->tokens.count : 0 };
    for (uint32_t i = 0; !title.last && i < doc->paragraphs.count; i++)
        if (doc->paragraphs.items[i].kind == ATT_ZONE_TITLE) title = doc->paragraphs.items[i].tokens;
    return att_genre_needs(&self->knowledge->genres, doc, title, vocabulary, &self->knowledge->topics.needs);
}

/* Whether the text names a state beside the one that it is at home in. */
static bool names_other_state(const att_document *doc)
{
    for (uint32_t i = 0; i < doc->countries.count; i++)
        if (!att_str_equal(doc->countries.items[i], doc->home)) return true;
    return false;
}

/* The most mentions of any topic. */
static uint32_t most_mentions(const theme_maker *self)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < self->met.count; i++) {
        uint32_t mentions = self->counts[self->met.items[i]].mentions;
        if (mentions > most) most = mentions;
    }
    return most;
}

/* Met once or twice beside a topic that is met often. */
static bool is_in_passing(const topic_count *count, const att_topic_needs *needs, uint32_t most, uint64_t words)
{
    if (count->titled || count->tied || count->mentions > PASSING_MENTIONS) return false;
    bool dense = (uint64_t)count->mentions * needs->words_per_mention >= 2 * words;
    return !dense && count->mentions * needs->passing_times <= most;
}

/* Said once in a text that is too long for that and mostly about another topic, be it in the first paragraph. */
static bool is_said_once(const topic_count *count, const att_topic_needs *needs, double best, uint64_t words)
{
    if (count->mentions > 1 || needs->words_per_mention >= words || count->titled || count->tied) return false;
    return count->score * 100 < best * needs->percent_once;
}

static void apply_document_rule(theme_maker *self, const att_topic_needs *needs)
{
    const att_topics *topics = &self->knowledge->topics;
    bool passing = needs->passing_times && !names_other_state(self->doc);
    uint32_t most = passing ? most_mentions(self) : 0;
    uint64_t words = count_words(self->doc);
    uint32_t best = best_topic(self), others = best == ATT_NONE ? 0 : topics->topics.items[best].others;
    double most_scored = best == ATT_NONE ? 0 : self->counts[best].score;
    double least = best == ATT_NONE ? 0 : most_scored * (others ? others : needs->percent_of_best) / 100;
    for (uint32_t i = 0; i < self->met.count; i++) {
        topic_count *count = &self->counts[self->met.items[i]];
        bool alone = count->mentions == 1 && !count->strong; /* a common word that a join made one mention */
        bool dense = !alone && (uint64_t)count->mentions * needs->words_per_mention >= words;
        bool marked = count->leading || count->tied || count->stems >= needs->distinct_triggers;
        if (is_said_once(count, needs, most_scored, words)) continue;
        if (passing && is_in_passing(count, needs, most, words)) continue;
        count->is_document_topic = (dense && (!others || count->score >= least)) || (marked && count->score >= least);
    }
}

typedef struct {
    double score;
    att_str id;
    uint32_t topic; /* number */
} ranked_topic;

static int by_rank(const void *left, const void *right)
{
    const ranked_topic *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return att_str_compare(a->id, b->id);
}

/* The best are the document's; what comes behind them is not. */
static void list_topics(theme_maker *self)
{
    const att_topics *topics = &self->knowledge->topics;
    ranked_topic *ranked = att_arena_alloc(self->doc->arena, sizeof *ranked * (self->met.count + 1));
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->met.count; i++) {
        uint32_t topic = self->met.items[i];
        if (self->counts[topic].is_document_topic)
            ranked[count++] = (ranked_topic){ self->counts[topic].score, topics->topics.items[topic].id, topic };
    }
    if (count) qsort(ranked, count, sizeof *ranked, by_rank);
    for (uint32_t i = topics->max_topics; i < count; i++) self->counts[ranked[i].topic].is_document_topic = false;
    for (uint32_t i = 0; i < count && i < topics->max_topics; i++) {
        ATT_RESERVE(self->doc->arena, &self->doc->topics, 1);
        self->doc->topics.items[self->doc->topics.count++] = ranked[i].id;
    }
}

static int by_score(const void *left, const void *right)
{
    const att_theme *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    int order = att_str_compare(a->theme, b->theme);
    if (!order) order = att_str_compare(a->role, b->role);
    return order ? order : att_str_compare(a->modality, b->modality);
}

static void sort_themes(theme_maker *self)
{
    att_themes *themes = &self->doc->themes;
    for (uint32_t i = 0; i < themes->count; i++) {
        uint32_t topic = self->backings[i].topic;
        themes->items[i].document_topic = topic != ATT_NONE && self->counts[topic].is_document_topic;
    }
    if (themes->count) qsort(themes->items, themes->count, sizeof *themes->items, by_score);
}

/* ---- a title that is not in the text ---- */

/* Whether a strong trigger of the topic is among them. */
static bool has_strong(const topic_mention *all, uint32_t count, uint32_t topic)
{
    for (uint32_t i = 0; i < count; i++)
        if (all[i].topic == topic && all[i].kinds & ATT_TRIGGER_STRONG) return true;
    return false;
}

/* Its mentions in `out`, where there is room for all annotations of the title. Returns how many. */
static uint32_t find_titled(const theme_maker *self, topic_mention *out)
{
    const att_topics *topics = &self->knowledge->topics;
    const att_annotations *all = &self->doc->headline->annotations;
    uint32_t count = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i].layer != ATT_LAYER_TOPIC) continue;
        uint32_t variant = att_topics_variant(topics, all->items[i].fields);
        out[count++] = (topic_mention){ .topic = variant / ATT_TRIGGER_SETS,
                                        .kinds = att_trigger_kinds(variant % ATT_TRIGGER_SETS),
                                        .stem = topics->triggers.items[all->items[i].name].stem,
                                        .leading = true,
                                        .titled = true };
    }
    return count;
}

static void count_title(theme_maker *self)
{
    if (!self->doc->headline) return;
    topic_mention *all = att_arena_alloc(self->doc->arena, sizeof *all * (self->doc->headline->annotations.count + 1));
    uint32_t count = find_titled(self, all);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].kinds & ATT_TRIGGER_STRONG || (all[i].kinds & ATT_TRIGGER_SUPPORT && has_strong(all, count, all[i].topic)))
            count_topic(self, &all[i]);
}

/* ---- views ---- */

/* Before the themes are sorted. */
static bool is_among(const theme_maker *self, const att_view_theme *wanted, const topic_count *count)
{
    if (!wanted->actors.length && wanted->number != ATT_NONE) return count->has_theme;
    for (uint32_t i = count->last_joined; i; i = self->backings[i - 1].next) {
        const att_theme *theme = &self->doc->themes.items[i - 1];
        if (wanted->codes & ~self->backings[i - 1].codes) continue;
        bool of_topic = wanted->number != ATT_NONE || att_str_equal(theme->topic, wanted->topic);
        if (of_topic && att_codes_hold(theme->actors, wanted->actors)) return true;
    }
    return false;
}

/* Mostly an actor is missing. */
static inline bool has_theme(const theme_maker *self, const att_view_theme *wanted)
{
    const topic_count *count = count_of(self, wanted->number);
    return !(wanted->codes & ~count->codes) && is_among(self, wanted, count);
}

static bool holds(const theme_maker *self, const att_view *view)
{
    const att_view_theme *any = &self->knowledge->topics.view_themes.items[view->first[0]],
                         *all = &self->knowledge->topics.view_themes.items[view->first[1]];
    uint32_t met = 0;
    while (met < view->count[0] && !has_theme(self, &any[met])) met++;
    if (view->count[0] && met == view->count[0]) return false;
    for (uint32_t i = 0; i < view->count[1]; i++)
        if (!has_theme(self, &all[i])) return false;
    return true;
}

/* Whether the document has a topic and the actors that the view can't do without. */
static inline bool may_hold(const theme_maker *self, const att_view_needs *needs)
{
    uint64_t missing = needs->all & ~self->of_now;
    return !(missing | (needs->codes & ~self->codes_of_now) | !(needs->any & self->of_now));
}

static void list_views(theme_maker *self)
{
    const att_topics *topics = &self->knowledge->topics;
    for (uint32_t i = 0; i < topics->views.count; i++) {
        if (!may_hold(self, &topics->view_needs[i]) || !holds(self, &topics->views.items[i])) continue;
        ATT_RESERVE(self->doc->arena, &self->doc->views, 1);
        self->doc->views.items[self->doc->views.count++] = topics->views.items[i].name;
    }
}

/* How many mentions are not as the list of triggers made them: they are counted with a topic and a theme. */
static uint32_t count_marked(const theme_maker *self)
{
    uint32_t marked = 0;
    for (uint32_t i = 0; i < self->making.count; i++) marked += !self->mentions.items[self->making.items[i]].bare;
    return marked;
}

/* Memory for as many themes and counted triggers as there can be; `more` triggers come from a title. */
static void make_room(theme_maker *self, uint32_t more)
{
    uint32_t themes = self->making.count + self->joins.count, keys = themes + count_marked(self) + more, slots = 64;
    while (slots < keys + keys / 3) slots *= 2;
    self->last_slot = slots - 1;
    self->themes = att_arena_zero(self->doc->arena, slots, sizeof *self->themes);
    self->triggers = att_arena_zero(self->doc->arena, slots, sizeof *self->triggers);
    self->backings = att_arena_alloc(self->doc->arena, sizeof *self->backings * (themes + 1));
    self->marks.items = att_arena_alloc(self->doc->arena, sizeof *self->marks.items * (themes + 1));
}

void att_make_themes(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary)
{
    theme_maker self = { .knowledge = knowledge, .doc = doc };
    self.counts = att_arena_zero(doc->arena, knowledge->topics.topics.count + 1, sizeof *self.counts);
    self.met.items = att_arena_alloc(doc->arena, sizeof *self.met.items * (knowledge->topics.topics.count + 1));
    att_map_init(&self.stems, doc->arena);
    find_lead(&self);
    sort_out(&self);
    collect(&self);
    choose_mentions(&self);
    make_room(&self, doc->headline ? doc->headline->annotations.count : 0);
    for (uint32_t i = 0; i < self.making.count; i++) count_mention(&self, &self.mentions.items[self.making.items[i]]);
    count_title(&self);
    const att_topic_needs needs = needs_of_title(&self, vocabulary);
    apply_document_rule(&self, &needs);
    list_topics(&self);
    for (uint32_t i = 0; i < self.making.count; i++) make_mention(&self, &self.mentions.items[self.making.items[i]]);
    lay_out_evidence(&self);
    list_views(&self);
    sort_themes(&self);
    att_list_about(knowledge, doc, &self.placed, self.lead_end);
}

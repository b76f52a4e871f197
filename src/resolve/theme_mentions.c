#include "resolve/theme_maker.h"

enum { LEAD_WORDS = 10 };

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

void att_theme_collect(theme_maker *self)
{
    att_map_init(&self->stems, self->doc->arena);
    find_lead(self);
    sort_out(self);
    collect(self);
    choose_mentions(self);
}

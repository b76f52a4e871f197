#include "resolve/theme_maker.h"

#include <stdlib.h>

enum { PASSING_MENTIONS = 2 };

void att_theme_count(theme_maker *self, const topic_mention *mention)
{
    if (mention->topic == ATT_NONE) return;
    topic_count *count = &self->counts[mention->topic];
    uint32_t times = times_before(&trigger_count_of(self, mention->topic, mention->stem)->of_topic);
    if (!count->mentions++) self->met.items[self->met.count++] = mention->topic;
    count->strong = count->strong || mention->kinds & ATT_TRIGGER_STRONG;
    count->stems += times == 0;
    count->leading = count->leading || mention->leading;
    count->titled = count->titled || mention->titled;
    count->heading = count->heading || (mention->titled && mention->kinds & ATT_TRIGGER_STRONG);
    if (times < COUNTED_TIMES) count->score += score_of(mention);
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
            att_theme_count(self, &all[i]);
}

/* ---- the document rule ---- */

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
    const att_paragraph *within = apart ? NULL : att_document_title(doc);
    const att_token_range title = within ? within->tokens : (att_token_range){ 0, apart ? apart->tokens.count : 0 };
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

/* Said once in a text that is mostly about another topic: in a long one be it in the first paragraph, in a short one, where one
 * mention is always dense, behind that. */
static bool is_said_once(const topic_count *count, const att_topic_needs *needs, double best, uint64_t words)
{
    if (count->mentions > 1 || count->titled || count->tied) return false;
    if (needs->words_per_mention >= words && count->leading) return false;
    return count->score * 100 < best * needs->percent_once;
}

/* Rarer than the topic may be, and far behind the best: what all long speeches touch on. */
static bool is_rare(const att_topic *topic, const topic_count *count, double best, uint64_t words)
{
    return topic->rarest && !count->titled && (uint64_t)count->mentions * topic->rarest < words && count->score * 2 < best;
}

/* The percentage of the best score that a topic must reach: the usual one for what the title says, for others what the best
 * topic or the genre asks for. */
static uint32_t share_of_best(const theme_maker *self, const topic_count *count, uint32_t others, const att_topic_needs *needs)
{
    if (count->heading) return self->knowledge->topics.needs.percent_of_best;
    return others > needs->percent_of_best ? others : needs->percent_of_best;
}

static void apply_document_rule(theme_maker *self, const att_topic_needs *needs)
{
    const att_topics *topics = &self->knowledge->topics;
    bool passing = needs->passing_times && !names_other_state(self->doc);
    uint32_t most = passing ? most_mentions(self) : 0;
    uint64_t words = count_words(self->doc);
    uint32_t best = best_topic(self), others = best == ATT_NONE ? 0 : topics->topics.items[best].others;
    double most_scored = best == ATT_NONE ? 0 : self->counts[best].score;
    for (uint32_t i = 0; i < self->met.count; i++) {
        topic_count *count = &self->counts[self->met.items[i]];
        bool alone = count->mentions == 1 && !count->strong; /* a common word that a join made one mention */
        bool dense = !alone && (uint64_t)count->mentions * needs->words_per_mention >= words;
        bool marked = count->leading || count->tied || count->stems >= needs->distinct_triggers;
        if (is_said_once(count, needs, most_scored, words)) continue;
        if (is_rare(&topics->topics.items[self->met.items[i]], count, most_scored, words)) continue;
        if (passing && is_in_passing(count, needs, most, words)) continue;
        bool enough = count->score * 100 >= most_scored * share_of_best(self, count, others, needs);
        count->is_document_topic = (dense && (!others || enough)) || (marked && enough);
    }
}

typedef struct {
    double score;
    att_str id;
    uint32_t topic; /* number */
    bool heading;
} ranked_topic;

static int by_score(const void *left, const void *right)
{
    const ranked_topic *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return att_str_compare(a->id, b->id);
}

/* What the title says comes first: where there are too many topics, others go. */
static int by_rank(const void *left, const void *right)
{
    const ranked_topic *a = left, *b = right;
    if (a->heading != b->heading) return a->heading ? -1 : 1;
    return by_score(left, right);
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
            ranked[count++] =
                (ranked_topic){ self->counts[topic].score, topics->topics.items[topic].id, topic, self->counts[topic].heading };
    }
    if (count) qsort(ranked, count, sizeof *ranked, by_rank);
    for (uint32_t i = topics->max_topics; i < count; i++) self->counts[ranked[i].topic].is_document_topic = false;
    if (count > topics->max_topics) count = topics->max_topics;
    if (count) qsort(ranked, count, sizeof *ranked, by_score);
    for (uint32_t i = 0; i < count; i++) {
        ATT_RESERVE(self->doc->arena, &self->doc->topics, 1);
        self->doc->topics.items[self->doc->topics.count++] = ranked[i].id;
    }
}

void att_theme_topics(theme_maker *self, att_vocabulary *vocabulary)
{
    count_title(self);
    const att_topic_needs needs = needs_of_title(self, vocabulary);
    apply_document_rule(self, &needs);
    list_topics(self);
}

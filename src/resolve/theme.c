#include "resolve/theme_maker.h"

#include <stdlib.h>
#include <string.h>

/* ---- which joins make a theme ---- */

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

/* Whether the join makes a theme of the mention. */
static bool holds_join(const theme_maker *self, const topic_mention *mention, uint32_t join)
{
    if (join == ATT_NONE) return false;
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

/* What two that the title names do on equal terms is of both, where the sentence names one of them; not where a thing is. A
 * text of the United States is about the other one. */
static att_str with_partner(const theme_maker *self, const topic_mention *mention, uint32_t join)
{
    att_str actors = get(self, join, ATT_KEY_ACTORS), role = get(self, join, ATT_KEY_ROLE);
    att_str both = self->doc->subject, one = att_cut_code(&both), other = both;
    bool titled = self->doc->headline || self->title_end;
    if (!titled || !other.length || !actors.length || att_str_is(self->doc->home, "USA")) return actors;
    if (mention->topic == ATT_NONE || att_str_is(role, "location")) return actors;
    if (!att_str_is(self->knowledge->topics.topics.items[mention->topic].role, "party")) return actors;
    return att_str_equal(actors, one) || att_str_equal(actors, other) ? self->doc->subject : actors;
}

/* ---- one theme for the same words ---- */

/* Whether the actors are some of the others, but not all. */
static bool are_fewer(att_str actors, att_str others)
{
    if (!actors.length || actors.length >= others.length) return false;
    while (actors.length) {
        att_str code = att_cut_code(&actors), rest = others;
        bool found = false;
        while (rest.length && !found) found = att_str_equal(att_cut_code(&rest), code);
        if (!found) return false;
    }
    return true;
}

static bool are_several(att_str actors)
{
    return actors.length && memchr(actors.data, '+', actors.length);
}

/* Drops the joins of a mention that give fewer actors than a join of the same topic does. */
static void drop_fewer(theme_maker *self, const topic_mention *mention, att_str actors)
{
    for (uint32_t i = 0; i < mention->join_count; i++) {
        uint32_t *join = &self->joins.items[mention->first_join + i];
        if (*join != ATT_NONE && are_fewer(get(self, *join, ATT_KEY_ACTORS), actors)) *join = ATT_NONE;
    }
}

/* The words of a join of two actors or more make one theme: in "Kenya's President met Tanzanian President" there is none of
 * Tanzania alone. */
static void cover(theme_maker *self, uint32_t index, uint32_t join)
{
    const topic_mention *all = self->mentions.items, *mention = &all[index];
    const att_annotation *made = at(self, join);
    att_str actors = get(self, join, ATT_KEY_ACTORS);
    for (uint32_t i = index; i-- && at(self, all[i].annotation)->start >= made->match_start;)
        if (all[i].topic == mention->topic) drop_fewer(self, &all[i], actors);
    for (uint32_t i = index + 1; i < self->mentions.count && at(self, all[i].annotation)->start < made->match_end; i++)
        if (all[i].topic == mention->topic) drop_fewer(self, &all[i], actors);
}

static void cover_mentions(theme_maker *self)
{
    for (uint32_t i = 0; i < self->making.count; i++) {
        const uint32_t index = self->making.items[i];
        const topic_mention *mention = &self->mentions.items[index];
        for (uint32_t k = 0; k < mention->join_count; k++) {
            uint32_t join = self->joins.items[mention->first_join + k];
            if (join == ATT_NONE || !are_several(get(self, join, ATT_KEY_ACTORS))) continue;
            if (holds_join(self, mention, join) && !is_passing(self, mention, join)) cover(self, index, join);
        }
    }
}

/* ---- mentions ---- */

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
    if (last == ATT_NONE || att_str_is(att_theme_modality(self, mention, last), "historical")) return;
    att_theme_count(self, mention);
    if (tied) self->counts[mention->topic].tied = true;
}

/* A mention's themes: one for each join, else one without actors where the trigger may stand alone; none where a join of more
 * actors has its words. */
static void make_mention(theme_maker *self, const topic_mention *mention)
{
    bool made = false;
    for (uint32_t i = 0; i < mention->join_count; i++) {
        uint32_t join = self->joins.items[mention->first_join + i];
        made = made || join == ATT_NONE;
        if (!holds_join(self, mention, join) || is_passing(self, mention, join)) continue;
        att_theme_add(self, mention, join, with_partner(self, mention, join));
        made = true;
    }
    if (!made && mention->stands) att_theme_add_plain(self, mention);
}

/* ---- all ---- */

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
    att_theme_collect(&self);
    make_room(&self, doc->headline ? doc->headline->annotations.count : 0);
    for (uint32_t i = 0; i < self.making.count; i++) count_mention(&self, &self.mentions.items[self.making.items[i]]);
    att_theme_topics(&self, vocabulary);
    cover_mentions(&self);
    for (uint32_t i = 0; i < self.making.count; i++) make_mention(&self, &self.mentions.items[self.making.items[i]]);
    att_theme_lay_out(&self);
    att_theme_views(&self);
    sort_themes(&self);
    att_list_about(knowledge, doc, &self.placed, self.lead_end);
}

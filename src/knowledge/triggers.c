#include "knowledge/triggers.h"

/* Chooses among hits that overlap, one with the next; what belongs to tokens is counted from the first of them. */
typedef struct {
    const att_topics *topics;
    const att_document *doc;
    const att_vocabulary *vocabulary;
    att_arena *arena;
    uint32_t first;  /* token */
    bool *taken;     /* by token: a trigger was accepted there */
    uint32_t *heads; /* by token: the blockers that touch it, index plus one */
    struct {
        struct {
            uint32_t topic, next;
        } * items;
        uint32_t count, capacity;
    } blockers;
    att_topic_hits accepted; /* place by place as they were chosen; of one place by trigger */
} hit_chooser;

static bool is_taken(const hit_chooser *self, const att_hit *hit)
{
    for (uint32_t token = hit->first; token <= hit->last; token++)
        if (self->taken[token - self->first]) return true;
    return false;
}

static bool is_blocked(const hit_chooser *self, const att_hit *hit, uint32_t topic)
{
    for (uint32_t token = hit->first; token <= hit->last; token++)
        for (uint32_t i = self->heads[token - self->first]; i; i = self->blockers.items[i - 1].next)
            if (self->blockers.items[i - 1].topic == topic) return true;
    return false;
}

static void block(hit_chooser *self, const att_hit *hit, uint32_t topic)
{
    for (uint32_t token = hit->first; token <= hit->last; token++) {
        uint32_t *head = &self->heads[token - self->first];
        ATT_RESERVE(self->arena, &self->blockers, 1);
        self->blockers.items[self->blockers.count].topic = topic;
        self->blockers.items[self->blockers.count].next = *head;
        *head = ++self->blockers.count;
    }
}

/* Adds the trigger to the topics of the hit's place, which are those from `first` on: its topic's other kinds there are joined
 * with it. */
static void accept(const att_topics *self, att_arena *arena, const att_hit *hit, uint32_t trigger, att_topic_hits *out,
                   uint32_t first)
{
    const att_trigger *known = &self->triggers.items[trigger];
    att_topic_hit made = { hit->start, hit->end, { hit->first, hit->last + 1 }, known->topic, trigger, known->kind };
    uint32_t at = first;
    while (at < out->count && out->items[at].topic != known->topic) at++;
    ATT_RESERVE(arena, out, 1);
    if (at == out->count) {
        out->count++;
    } else {
        made.kinds |= out->items[at].kinds;
        if (out->items[at].trigger < trigger) made.trigger = out->items[at].trigger;
    }
    for (; at > first && out->items[at - 1].trigger > made.trigger; at--) out->items[at] = out->items[at - 1];
    out->items[at] = made;
}

/* Whether the node's forms fit wherever it stands, and none is a blocker. */
static bool is_sure(const att_names *names, uint32_t node)
{
    for (uint32_t f = node; f; f = att_names_next(names, f))
        if (names->forms.items[f].flags & ATT_FORM_BLOCKS || !(names->forms.items[f].flags & ATT_FORM_ANY_CASE)) return false;
    return true;
}

void att_triggers_fill(att_topics *self, att_arena *arena)
{
    const att_names *names = &self->names;
    const att_hit anywhere = { 0 };
    att_topic_hits hits = { 0 };
    self->sure_at = att_arena_alloc(arena, sizeof *self->sure_at * (names->forms.count + 1));
    for (uint32_t form = 0; form < names->forms.count; form++) {
        self->sure_at[form] = self->sure.count;
        hits.count = 0;
        for (uint32_t f = att_names_is_node(names, form) && is_sure(names, form) ? form : 0; f; f = att_names_next(names, f))
            accept(self, arena, &anywhere, names->forms.items[f].owner, &hits, 0);
        ATT_RESERVE(arena, &self->sure, hits.count);
        for (uint32_t i = 0; i < hits.count; i++)
            self->sure.items[self->sure.count++] =
                (att_sure_topic){ hits.items[i].topic, hits.items[i].trigger, hits.items[i].kinds };
    }
    self->sure_at[names->forms.count] = self->sure.count;
}

/* Blockers first, so that one bars a trigger of its topic that has the same words. Returns how many triggers were accepted. */
static uint32_t choose_hit(hit_chooser *self, const att_hit *hit)
{
    const att_names *names = &self->topics->names;
    const att_form *forms = names->forms.items;
    uint32_t first = self->accepted.count;
    for (uint32_t f = hit->form; f; f = att_names_next_fitting(names, f, self->doc, self->vocabulary, hit))
        if (forms[f].flags & ATT_FORM_BLOCKS) block(self, hit, self->topics->triggers.items[forms[f].owner].topic);
    if (is_taken(self, hit)) return 0;
    for (uint32_t f = hit->form; f; f = att_names_next_fitting(names, f, self->doc, self->vocabulary, hit))
        if (!(forms[f].flags & ATT_FORM_BLOCKS) && !is_blocked(self, hit, self->topics->triggers.items[forms[f].owner].topic))
            accept(self->topics, self->arena, hit, forms[f].owner, &self->accepted, first);
    uint32_t count = self->accepted.count - first;
    for (uint32_t token = hit->first; count && token <= hit->last; token++) self->taken[token - self->first] = true;
    return count;
}

/* The numbers of the hits by length, the longest first; equals in text order. */
static uint32_t *longest_first(att_arena *arena, uint32_t longest, const att_hit *hits, uint32_t count)
{
    uint32_t *places = att_arena_zero(arena, (size_t)longest + 1, sizeof *places), next = 0;
    uint32_t *sorted = att_arena_alloc(arena, sizeof *sorted * count);
    for (uint32_t i = 0; i < count; i++) places[hits[i].length]++;
    for (uint32_t length = longest + 1; length-- > 0;) {
        uint32_t here = places[length];
        places[length] = next;
        next += here;
    }
    for (uint32_t i = 0; i < count; i++) sorted[places[hits[i].length]++] = i;
    return sorted;
}

/* Hits that overlap, one with the next. */
typedef struct {
    const att_hit *hits, *longest; /* the first of the longest */
    uint32_t count, last;          /* the last token that one touches */
} hit_cluster;

static hit_cluster next_cluster(const att_hit *hits, uint32_t count)
{
    hit_cluster out = { hits, hits, 1, hits->last };
    for (; out.count < count && hits[out.count].first <= out.last; out.count++) {
        const att_hit *hit = &hits[out.count];
        if (hit->last > out.last) out.last = hit->last;
        if (hit->length > out.longest->length) out.longest = hit;
    }
    return out;
}

static void choose_among(const att_topics *self, const att_document *doc, const att_vocabulary *vocabulary,
                         const hit_cluster *cluster, att_topic_hits *out)
{
    typedef struct {
        uint32_t first, count;
    } accepted_range;
    att_arena *arena = doc->arena;
    const att_hit *hits = cluster->hits;
    uint32_t count = cluster->count, tokens = cluster->last + 1 - hits->first;
    const uint32_t *order = longest_first(arena, self->names.longest, hits, count);
    accepted_range *ranges = att_arena_alloc(arena, sizeof *ranges * count);
    hit_chooser chooser = { .topics = self, .doc = doc, .vocabulary = vocabulary, .arena = arena, .first = hits->first };
    chooser.taken = att_arena_zero(arena, tokens, sizeof *chooser.taken);
    chooser.heads = att_arena_zero(arena, tokens, sizeof *chooser.heads);
    for (uint32_t i = 0; i < count; i++) {
        ranges[order[i]].first = chooser.accepted.count;
        ranges[order[i]].count = choose_hit(&chooser, &hits[order[i]]);
    }
    ATT_RESERVE(arena, out, chooser.accepted.count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t h = 0; h < ranges[i].count; h++) out->items[out->count++] = chooser.accepted.items[ranges[i].first + h];
    const void *const done[] = { order, ranges, chooser.taken, chooser.heads, chooser.blockers.items, chooser.accepted.items };
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) att_arena_free(arena, done[i]);
}

/* Takes what the node of the hit surely says; false when it says nothing so. */
static bool take_sure(const att_topics *self, att_arena *arena, const att_hit *hit, att_topic_hits *out)
{
    const att_sure_topic *sure = &self->sure.items[self->sure_at[hit->node]],
                         *end = &self->sure.items[self->sure_at[hit->node + 1]];
    ATT_RESERVE(arena, out, (uint32_t)(end - sure));
    for (const att_sure_topic *at = sure; at < end; at++) {
        __builtin_prefetch(&self->triggers.items[at->trigger].line);
        out->items[out->count++] =
            (att_topic_hit){ hit->start, hit->end, { hit->first, hit->last + 1 }, at->topic, at->trigger, at->kinds };
    }
    return sure < end;
}

/* Takes the longest hit of a cluster alone; false when it leaves a token to others or has a blocker among its triggers. */
static bool take_longest(const att_topics *self, const att_document *doc, const att_vocabulary *vocabulary,
                         const hit_cluster *cluster, att_topic_hits *out)
{
    const att_names *names = &self->names;
    const att_hit *hit = cluster->longest;
    if (hit->first > cluster->hits->first || hit->last < cluster->last) return false;
    if (take_sure(self, doc->arena, hit, out)) return true;
    uint32_t first = out->count;
    for (uint32_t f = hit->form; f;) {
        const att_form *form = &names->forms.items[f];
        if (form->flags & ATT_FORM_BLOCKS) {
            out->count = first;
            return false;
        }
        accept(self, doc->arena, hit, form->owner, out, first);
        f = att_names_next_fitting(names, f, doc, vocabulary, hit);
    }
    return true;
}

/* Fetches what the nodes of the hits surely say, which lies far away; where it lies was fetched before. */
static void fetch_sure(const att_topics *self, const att_hits *hits)
{
    for (uint32_t i = 0; i < hits->count; i++) __builtin_prefetch(&self->sure.items[self->sure_at[hits->items[i].node]]);
}

static bool leaves_out(const att_hit_filter *self, const att_hit *hit)
{
    return self && self->tokens[hit->first / 64] >> hit->first % 64 & 1 && self->leaves_out(self->context, hit);
}

/* Without hits in boilerplate and those that the caller leaves out. Hits are in text order. */
static void thin_out(const att_topics *self, const att_document *doc, const att_hit_filter *filter, att_hits *hits)
{
    const att_paragraph *paragraph = doc->paragraphs.items;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hits->count; i++) {
        const att_hit *hit = &hits->items[i];
        while (paragraph->end < hit->end) paragraph++;
        if (paragraph->kind == ATT_ZONE_BOILERPLATE || paragraph->kind == ATT_ZONE_METADATA) continue;
        if (leaves_out(filter, hit)) continue;
        __builtin_prefetch(&self->sure_at[hit->node]);
        hits->items[kept++] = *hit;
    }
    hits->count = kept;
}

void att_triggers_find(const att_topics *self, att_document *doc, const att_vocabulary *vocabulary,
                       const att_hit_filter *filter, att_topic_hits *hits)
{
    att_hits found = { 0 };
    if (!self->triggers.count) return;
    att_names_find(&self->names, doc, vocabulary, &found);
    thin_out(self, doc, filter, &found);
    fetch_sure(self, &found);
    ATT_RESERVE(doc->arena, hits, found.count);
    for (uint32_t i = 0; i < found.count;) {
        hit_cluster cluster = next_cluster(&found.items[i], found.count - i);
        if (!take_longest(self, doc, vocabulary, &cluster, hits)) choose_among(self, doc, vocabulary, &cluster, hits);
        i += cluster.count;
    }
    att_arena_free(doc->arena, found.items);
}

#include "resolve/theme_maker.h"

/* What is said without "not", "may" or "then"; most mentions are meant so. */
static const att_str asserted = { "asserted", sizeof "asserted" - 1 };

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
void att_theme_lay_out(theme_maker *self)
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

/* Each distinct trigger counts twice at most. */
static void bear_out(theme_maker *self, uint32_t theme, const topic_mention *mention, uint32_t index)
{
    bool plain = mention->topic != ATT_NONE && self->counts[mention->topic].plain == theme + 1;
    uint32_t number = plain ? mention->topic : self->knowledge->topics.topics.count + theme;
    trigger_count *count = trigger_count_of(self, number, mention->stem);
    mark_evidence(self, theme, index);
    if (times_before(&count->of_theme) < COUNTED_TIMES) self->doc->themes.items[theme].score += score_of(mention);
}

att_str att_theme_modality(const theme_maker *self, const topic_mention *mention, uint32_t index)
{
    if (mention->bare && index == mention->annotation) return asserted;
    att_str modality = get(self, index, ATT_KEY_MODALITY);
    if (!modality.length) modality = get(self, mention->annotation, ATT_KEY_MODALITY);
    return modality.length ? modality : asserted;
}

/* One theme more that mention and annotation bear out. */
void att_theme_add(theme_maker *self, const topic_mention *mention, uint32_t index, att_str actors)
{
    att_theme asked = { .topic = name_of(self, mention),
                        .actors = actors,
                        .role = actors.length ? get(self, index, ATT_KEY_ROLE) : (att_str){ 0 },
                        .modality = att_theme_modality(self, mention, index) };
    bear_out(self, theme_index(self, mention, &asked), mention, index);
}

/* The one without actors, which a bare mention of a topic that has it bears out by itself. */
void att_theme_add_plain(theme_maker *self, const topic_mention *mention)
{
    uint32_t plain = mention->bare ? self->counts[mention->topic].plain : 0;
    if (plain) bear_out(self, plain - 1, mention, mention->annotation);
    else att_theme_add(self, mention, mention->annotation, (att_str){ 0 });
}

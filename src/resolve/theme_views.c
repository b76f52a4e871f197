#include "resolve/theme_maker.h"

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

void att_theme_views(theme_maker *self)
{
    const att_topics *topics = &self->knowledge->topics;
    for (uint32_t i = 0; i < topics->views.count; i++) {
        if (!may_hold(self, &topics->view_needs[i]) || !holds(self, &topics->views.items[i])) continue;
        ATT_RESERVE(self->doc->arena, &self->doc->views, 1);
        self->doc->views.items[self->doc->views.count++] = topics->views.items[i].name;
    }
}

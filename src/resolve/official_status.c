/* official_status.c - whether a record says that somebody held a post, holds it for another or will hold it. */
#include "resolve/official_maker.h"

static const char *const statuses[STATUS_COUNT] = { "former", "acting",
                                                    "designate" }; /* the first one that any mention states holds */

static int status_named(att_str name)
{
    int status = 0;
    while (status < STATUS_COUNT && !att_str_is(name, statuses[status])) status++;
    return status;
}

/* Whether the token lies in a country's or body's name before annotation `index`. */
static bool in_body(const record_maker *self, uint32_t index, uint32_t token)
{
    enum { NEAR = 16 };
    const uint32_t bodies = 1u << ATT_LAYER_COUNTRY | 1u << ATT_LAYER_DEMONYM | 1u << ATT_LAYER_AGENCY | 1u << ATT_LAYER_IGO;
    for (uint32_t i = index, steps = 0; i-- > 0 && steps < NEAR; steps++) {
        att_token_range tokens = at(self, i)->tokens;
        if (tokens.first <= token && token < tokens.last && bodies >> at(self, i)->layer & 1) return true;
    }
    return false;
}

/* The status that the word before the title states; names of countries and bodies between them are passed over, as in "former
 * U.S. Secretary of State". */
static int status_before(const record_maker *self, uint32_t title)
{
    enum { FARTHEST = 12 };
    uint32_t token = at(self, title)->tokens.first;
    for (int steps = 0; token && steps < FARTHEST; steps++) {
        token--;
        bool passed = self->doc->tokens.flags[token] & ATT_FLAG_POSS || att_str_is(surface(self, token), "-");
        if (!passed && !in_body(self, title, token)) break;
    }
    att_str status, word = surface(self, token);
    /* "Then" at the start of a sentence means next, not former. */
    if (att_str_is(word, "Then") || !att_may_say_status(word)) return STATUS_COUNT;
    att_title_core(att_str_join(self->doc->arena, word, ATT_STR(" "), ATT_STR("x")), &status);
    return status.data ? status_named(status) : STATUS_COUNT;
}

/* The status that the word behind the title states: "Secretary of State-designate", "Secretary of State nominee". */
static int status_behind(const record_maker *self, uint32_t title)
{
    uint32_t token = at(self, title)->tokens.last;
    if (token < self->doc->tokens.count && att_str_is(surface(self, token), "-")) token++;
    if (token >= self->doc->tokens.count || !att_may_say_status(surface(self, token))) return STATUS_COUNT;
    att_str status;
    att_title_core(att_str_join(self->doc->arena, ATT_STR("x"), ATT_STR(" "), surface(self, token)), &status);
    return status.data ? status_named(status) : STATUS_COUNT;
}

int att_officials_status(const record_maker *self, const att_annotation *official, uint32_t title, att_str status)
{
    att_str said = get(self, official, ATT_KEY_STATUS);
    if (said.length && status_named(said) < STATUS_COUNT) return status_named(said);
    int best = status.data ? status_named(status) : STATUS_COUNT;
    if (title == ATT_NONE) return best;
    int before = status_before(self, title), behind = status_behind(self, title);
    if (before < best) best = before;
    return behind < best ? behind : best;
}

/* Whether another time or another clause begins with the token: "and is now", "; he". */
static bool turns(const record_maker *self, uint32_t token)
{
    return is_word(self, token, ";") || att_lists_have_text(&self->knowledge->lists, ATT_LIST_TURN, surface(self, token));
}

/* Whether "served as" stands before the title, and no "has" before that. */
static bool is_served_once(const record_maker *self, uint32_t title, uint32_t first)
{
    enum { WORDS_BETWEEN = 10, WORDS_BEFORE = 3 };
    uint32_t token = at(self, title)->tokens.first, as = token;
    while (as > first && !is_word(self, as, "as") && token - as < WORDS_BETWEEN) as--;
    if (!is_word(self, as, "as")) return false;
    for (uint32_t between = as; between < token; between++)
        if (turns(self, between)) return false;
    for (token = as; token > first && as - token < WORDS_BETWEEN && !is_word(self, token - 1, ",");) {
        if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_SERVED, surface(self, --token))) continue;
        for (uint32_t before = token; before > first && token - before < WORDS_BEFORE; before--)
            if (is_word(self, before - 1, "has") || is_word(self, before - 1, "have")) return false;
        return true;
    }
    return false;
}

/* Whether the name stands behind the title: "Director Roe". */
static bool is_before_name(const record_maker *self, const att_annotation *official, uint32_t title)
{
    const att_str name = get(self, official, ATT_KEY_NAME);
    const uint32_t person = att_annotation_of(self->doc, ATT_LAYER_PERSON, name, official->start);
    return person != ATT_NONE && at(self, person)->tokens.first >= at(self, title)->tokens.first;
}

/* Whether the post goes on with that of the record before, which is over, up to a word that turns: "served as Counsel of the
 * Mint and Director of the Museum, and is President". */
static bool goes_on_past(const record_maker *self, const backing *back)
{
    enum { FARTHEST = 64 };
    const backing *before = self->backings.count ? &self->backings.items[self->backings.count - 1] : NULL;
    if (!before || !before->past || before->person != back->person || before->sentence != back->sentence) return false;
    const uint32_t behind = at(self, before->title)->tokens.last, next = at(self, back->title)->tokens.first;
    if (next < behind || next - behind > FARTHEST) return false;
    for (uint32_t token = behind; token < next; token++)
        if (turns(self, token)) return false;
    return true;
}

bool att_officials_is_past(const record_maker *self, const att_annotation *official, const backing *back)
{
    if (back->title == ATT_NONE || back->person == ATT_NONE) return false;
    if (att_str_is(get(self, official, ATT_KEY_STATUS), "former")) return true;
    const uint32_t first = self->doc->sentences.items[back->sentence].tokens.first;
    if (!is_served_once(self, back->title, first) && !goes_on_past(self, back)) return false;
    return !is_before_name(self, official, back->title);
}

att_str att_officials_final_status(const record_maker *self, const att_official *record, const backing *back)
{
    if (record->undated) return (att_str){ 0 };
    if (back->status < STATUS_COUNT) return att_str_of(statuses[back->status]);
    const att_holding *term = NULL;
    if (back->office != ATT_NONE && record->name.data)
        term = att_office_term(&self->knowledge->offices, back->office,
                               att_coref_fold(self->coref, self->doc->arena, record->name), self->doc->date);
    if (term) return att_holding_status(term, self->doc->date);
    return back->past ? ATT_STR("former") : ATT_STR("current");
}

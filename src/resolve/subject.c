#include "resolve/subject.h"

#include <stdlib.h>

static bool is_lower(const att_document *doc, uint32_t token)
{
    return (doc->tokens.flags[token] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL)) == ATT_FLAG_SMALL;
}

/* "Quito seeks", "Quito and Lima sign": not one that a small word leads to ("in Quito") or that is a part of a longer name. */
static bool acts(const att_document *doc, const att_annotation *place)
{
    uint32_t first = place->tokens.first;
    if (!is_lower(doc, place->tokens.last)) return false;
    if (!first || !is_lower(doc, first - 1)) return true;
    return att_str_is(att_str_slice(doc->text, doc->tokens.start[first - 1], doc->tokens.end[first - 1]), "and");
}

/* "the Korean War", "Vietnam War Veterans Day": the war is named for the state, which is not spoken of. */
static bool names_war(const att_document *doc, const att_annotation *nation)
{
    uint32_t next = nation->tokens.last;
    if (next >= doc->tokens.count) return false;
    return att_str_is(att_str_slice(doc->text, doc->tokens.start[next], doc->tokens.end[next]), "War");
}

/* The code of the state that the annotation names by its name, its people or a place that acts. */
static att_str state_of(const att_knowledge *knowledge, const att_document *doc, const att_annotation *annotation)
{
    if (att_is_nation_layer(annotation->layer))
        return names_war(doc, annotation) ? (att_str){ 0 } : att_annotation_get(annotation, &knowledge->layers, ATT_KEY_CODE);
    if (annotation->layer == ATT_LAYER_LOCATION && acts(doc, annotation))
        return att_annotation_get(annotation, &knowledge->layers, ATT_KEY_COUNTRY);
    return (att_str){ 0 };
}

/* A body that is met like a state, in a title: "Peru and the European Union". */
static att_str union_of(const att_knowledge *knowledge, const att_annotation *annotation)
{
    if (annotation->layer != ATT_LAYER_IGO) return (att_str){ 0 };
    att_str code = att_annotation_get(annotation, &knowledge->layers, ATT_KEY_CODE);
    return att_str_is(code, "EU") ? code : (att_str){ 0 };
}

static uint32_t title_end(const att_document *doc)
{
    const att_paragraph *title = att_document_title(doc);
    return title ? title->end : 0;
}

/* Where the first sentence behind `from` ends that is more than a line of words. */
static uint32_t lead_end(const att_document *doc, uint32_t from)
{
    enum { LEAST_WORDS = 7 };
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        att_token_range tokens = doc->sentences.items[i].tokens;
        if (doc->tokens.start[tokens.first] >= from && tokens.last - tokens.first >= LEAST_WORDS)
            return doc->tokens.end[tokens.last - 1];
    }
    return 0;
}

/* The states met so far; `more` when they are over two, `paired` when the second stands beside the first: "Peru and Chile". */
typedef struct {
    att_str first, second;
    att_str told;   /* the last that only says where a place is */
    uint32_t end;   /* of the last one that was met */
    att_str united; /* the European Union, met since, and where it ends */
    uint32_t united_end;
    bool more, paired;
    uint32_t event_end; /* of the last event or body that was met */
    bool hosted;        /* the state told is only where an event was: "46th ASEAN Summit, Kuala Lumpur, Malaysia" */
    att_str master;     /* the last that somebody only serves in secret */
    bool secret;        /* the first is that one */
} states;

static bool is_pair(att_str between)
{
    enum { LONGEST = 32 }; /* bytes: "Government of Peru and the Government of the Republic of Chile" */
    static const char *const links[] = { "-", "/", "\u2013", " and ", " & " };
    bool linked = false;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) linked |= att_str_starts(between, att_str_of(links[i]));
    return linked && between.length <= LONGEST;
}

static void add_state(states *self, att_str state)
{
    if (!state.length || memchr(state.data, ':', state.length)) return; /* "IGO:UN" is none */
    if (att_str_equal(state, self->first) || att_str_equal(state, self->second)) return;
    if (!self->first.length) self->first = state;
    else if (!self->second.length) self->second = state;
    else self->more = true;
}

/* Whether the annotation and what ends at byte `end` before it are a pair. */
static bool pairs_with(const att_document *doc, uint32_t end, const att_annotation *named)
{
    return end && named->start > end && is_pair(att_str_slice(doc->text, end, named->start));
}

/* The European Union counts as a state beside one: behind it at once, before it when that one comes. */
static void add_union(states *self, const att_document *doc, const att_annotation *named, att_str body)
{
    if (!body.length) return;
    if (pairs_with(doc, self->end, named)) add_state(self, body);
    self->united = body;
    self->united_end = named->end;
}

/* "46th ASEAN Summit, Kuala Lumpur", or the place in a line of its own. */
static bool leads_to_place(att_str between)
{
    return att_str_starts(between, ATT_STR(", ")) || att_str_starts(between, ATT_STR("\n"));
}

static void add_nation(states *self, const att_document *doc, uint32_t index, att_str state)
{
    const att_annotation *named = &doc->annotations.items[index];
    if (self->united.length && pairs_with(doc, self->united_end, named)) add_state(self, self->united);
    self->united.length = 0;
    if (att_document_tells_place(doc, index)) {
        self->told = state;
        self->hosted |= self->event_end && leads_to_place(att_str_slice(doc->text, self->event_end, named->start));
        return;
    }
    if (pairs_with(doc, self->end, named)) self->paired = true;
    self->end = named->end;
    add_state(self, state);
}

static bool is_spy(const att_knowledge *knowledge, const att_document *doc, uint32_t token)
{
    return token < doc->tokens.count && att_lists_have_text(&knowledge->lists, ATT_LIST_SPIES, att_document_word(doc, token));
}

/* "a Russian spy", "spying for the Russian service": whom somebody serves in secret does not try him. */
static bool is_served_in_secret(const att_knowledge *knowledge, const att_document *doc, const att_annotation *nation)
{
    static const char *const links[] = { "of", "for", NULL };
    const uint32_t linked = att_document_linked(doc, nation->tokens.first, links);
    return is_spy(knowledge, doc, nation->tokens.last) || (linked != ATT_NONE && is_spy(knowledge, doc, linked));
}

/* "Jane Roe (EPP, Malta)": where the member of a party comes from, which is not spoken of. */
static bool is_of_member(const att_document *doc, uint32_t index)
{
    const att_annotation *nation = &doc->annotations.items[index], *party = index ? nation - 1 : NULL;
    if (!party || nation->layer != ATT_LAYER_COUNTRY || party->layer != ATT_LAYER_ORG || !party->tokens.first) return false;
    if (party->tokens.last + 1 != nation->tokens.first || nation->tokens.last >= doc->tokens.count) return false;
    return att_str_is(att_document_word(doc, party->tokens.first - 1), "(")
           && att_str_is(att_document_word(doc, party->tokens.last), ",")
           && att_str_is(att_document_word(doc, nation->tokens.last), ")");
}

/* What the text before byte `end` names; in a title the European Union is one. */
static states states_before(const att_knowledge *knowledge, const att_document *doc, uint32_t end, bool title)
{
    states met = { 0 };
    for (uint32_t i = 0; i < doc->annotations.count && doc->annotations.items[i].start < end; i++) {
        const att_annotation *named = &doc->annotations.items[i];
        att_str state = state_of(knowledge, doc, named);
        const bool meets = named->layer == ATT_LAYER_EVENT || named->layer == ATT_LAYER_IGO;
        if (meets && named->end > met.event_end) met.event_end = named->end;
        if (is_of_member(doc, i)) continue;
        if (state.length && !title && is_served_in_secret(knowledge, doc, named)) met.master = state;
        else if (state.length) add_nation(&met, doc, i, state);
        else if (title) add_union(&met, doc, named, union_of(knowledge, named));
    }
    for (uint32_t i = 0; i < doc->officials.count; i++)
        if (doc->officials.items[i].start < end) add_state(&met, doc->officials.items[i].country);
    met.secret = !met.first.length && met.master.length;
    if (met.secret) met.first = met.master;
    return met;
}

/* Whether one state stands beside another in a list: "Peru, Chile, and the …". */
static bool is_link(att_str between)
{
    static const char *const links[] = { ", ", " and ", ", and ", " and the ", ", the ", ", and the " };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (att_str_is(between, links[i])) return true;
    return false;
}

enum { MOST_FELLOWS = 4 };

/* States side by side. */
typedef struct {
    att_str codes[MOST_FELLOWS]; /* without the home */
    uint32_t count, end;
    bool home; /* it is among them */
    bool more; /* they are over those: a meeting of many, which is no state's */
} state_list;

static void add_fellow(state_list *self, att_str code)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (att_str_equal(self->codes[i], code)) return;
    if (code.length && self->count < MOST_FELLOWS) self->codes[self->count++] = code;
    else self->more |= code.length > 0;
}

/* The first list that the text before byte `end` has with the state that the document is at home in: they speak together. */
static state_list list_with_home(const att_knowledge *knowledge, const att_document *doc, uint32_t end)
{
    state_list list = { 0 };
    for (uint32_t i = 0; i < doc->annotations.count && doc->annotations.items[i].start < end; i++) {
        const att_annotation *named = &doc->annotations.items[i];
        if (named->layer != ATT_LAYER_COUNTRY || named->start < list.end) continue;
        if (list.end && !is_link(att_str_slice(doc->text, list.end, named->start))) {
            if (list.home && list.count && !list.more) return list;
            list = (state_list){ 0 };
        }
        att_str code = att_annotation_get(named, &knowledge->layers, ATT_KEY_CODE);
        list.end = named->end;
        if (att_str_equal(code, doc->home)) list.home = true;
        else add_fellow(&list, code);
    }
    if (!list.home || list.more) list.count = 0;
    return list;
}

static int by_code(const void *left, const void *right)
{
    return att_str_compare(*(const att_str *)left, *(const att_str *)right);
}

/* Behind a title that names no state the first sentence says it: those that it lists with the one that the document is at home
 * in, else that one where it names no other. */
static void find_in_lead(const att_knowledge *knowledge, att_document *doc, uint32_t title)
{
    uint32_t end = lead_end(doc, title);
    state_list list = list_with_home(knowledge, doc, end);
    if (list.count) qsort(list.codes, list.count, sizeof *list.codes, by_code);
    for (uint32_t i = 0; i < list.count; i++)
        doc->subject = i ? att_str_join(doc->arena, doc->subject, ATT_STR("+"), list.codes[i]) : list.codes[i];
    if (list.count) return;
    states met = states_before(knowledge, doc, end, false);
    if (!met.second.length && att_str_equal(met.first, doc->home)) doc->lead = met.first;
}

void att_find_subject(const att_knowledge *knowledge, att_document *doc)
{
    uint32_t title = title_end(doc);
    bool titled = title || doc->headline;
    states met = { 0 };
    if (doc->headline) met = states_before(knowledge, doc->headline, UINT32_MAX, true);
    else met = states_before(knowledge, doc, title ? title : lead_end(doc, 0), title);
    /* Those of another state met there, or those of many. */
    bool elsewhere = met.hosted || (doc->home.length && !att_str_equal(met.told, doc->home));
    if (titled && !met.first.length && !elsewhere) met.first = met.told;
    if (titled && !met.first.length) find_in_lead(knowledge, doc, title);
    if (met.more || doc->subject.length) return;
    if (!titled && (met.second.length ? !met.paired : att_str_equal(met.first, doc->home))) return;
    if (doc->headline && !met.end && !met.second.length && att_str_equal(met.first, doc->home)) {
        doc->home_speaks = met.first.length;
        return;
    }
    bool ordered = !met.second.length || att_str_compare(met.first, met.second) < 0;
    att_str one = ordered ? met.first : met.second, other = ordered ? met.second : met.first;
    if (met.second.length) doc->subject = att_str_join(doc->arena, one, ATT_STR("+"), other);
    else doc->subject = met.first;
    if (!titled && !met.second.length) doc->lead = met.secret ? doc->home : met.first;
}

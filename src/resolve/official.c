#include "resolve/agency.h"
#include "resolve/entities.h"
#include "resolve/official_maker.h"

/* ---- one record ---- */

/* A country that owns the post is certain. One that a list or the sentence suggests is only a guess, and gives way to what
 * other mentions of the record say. */
static void fill_country(const record_maker *self, att_official *record, backing *back, uint32_t title)
{
    if (record->country.data || title == ATT_NONE) return;
    record->country = att_country_of(self->finder, title, ATT_BY_OWNER, ATT_BY_OWNER);
    if (record->country.data || back->guess.data) return;
    back->guess = att_country_by_its(self->finder, title);
    if (back->guess.data) return;
    back->guess = att_country_of(self->finder, title, ATT_BY_LIST, back->rank ? ATT_BY_SUBJECT : ATT_BY_SENTENCE);
    if (!back->guess.data) back->guess = att_country_of(self->finder, title, ATT_BY_ORIGIN, ATT_BY_ORIGIN);
}

/* The person behind the title whom its holder serves: Roe in "spokesman for Prime Minister Roe", "adviser to Peruvian President
 * Roe"; ATT_NONE for none. */
static uint32_t served_behind(const record_maker *self, uint32_t title)
{
    enum { NEAR = 8 };
    const uint32_t to = at(self, title)->tokens.last;
    uint32_t from = to + 1, post = ATT_NONE;
    if (to >= self->doc->tokens.count || !(is_word(self, to, "for") || is_word(self, to, "to"))) return ATT_NONE;
    for (uint32_t i = title + 1, steps = 0; i < self->doc->annotations.count && steps < NEAR; i++, steps++) {
        const bool nation = att_is_nation_layer(at(self, i)->layer);
        if (nation && at(self, i)->tokens.first == from) from = at(self, i)->tokens.last;
        if (from < self->doc->tokens.count && self->doc->tokens.flags[from] & ATT_FLAG_POSS) from++;
        if (at(self, i)->layer == ATT_LAYER_TITLE && at(self, i)->tokens.first == from) post = at(self, i)->tokens.last;
        if (at(self, i)->layer == ATT_LAYER_PERSON && at(self, i)->tokens.first == post)
            return att_coref_person(self->coref, self->doc->arena, i, (att_str){ 0 });
    }
    return ATT_NONE;
}

/* The person whose spokesman or envoy the title's holder is: the one whose name in the possessive stands before ("Roe's
 * spokesman"), or after "His" and "Her" the official before; else one behind. ATT_NONE for none. */
static uint32_t owner_of(const record_maker *self, uint32_t title)
{
    enum { NEAR = 8 };
    const uint32_t served = served_behind(self, title);
    if (served != ATT_NONE) return served;
    uint32_t first = at(self, title)->tokens.first;
    if (first && self->backings.count && (is_word(self, first - 1, "His") || is_word(self, first - 1, "Her")))
        return self->backings.items[self->backings.count - 1].person;
    if (first < 2 || !(self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS)) return ATT_NONE;
    for (uint32_t i = title, steps = 0; i-- > 0 && steps < NEAR; steps++)
        if (at(self, i)->layer == ATT_LAYER_PERSON && at(self, i)->tokens.last == first - 1)
            return att_coref_person(self->coref, self->doc->arena, i, (att_str){ 0 });
    return ATT_NONE;
}

/* Whether the body named last before the official is one of a state, and no company is named in the sentence. If so, "its
 * spokesman" is the body's. */
static bool behind_body(const record_maker *self, const att_annotation *official)
{
    uint32_t i = index_of(self, official);
    uint32_t sentence = att_stretches_at(&self->doc->sentences, official->tokens.first);
    bool found = false;
    for (int steps = 0; i-- > 0 && steps < BODIES_SEARCHED; steps++) {
        bool here = att_stretches_at(&self->doc->sentences, at(self, i)->tokens.first) == sentence;
        if (found && !here) return true;
        if (at(self, i)->layer == ATT_LAYER_ORG) return false;
        found |= at(self, i)->layer == ATT_LAYER_AGENCY || at(self, i)->layer == ATT_LAYER_IGO;
    }
    return found;
}

/* Whether the title is one that only states give and says of what: "Minister of Health", "foreign minister", "Deputy Attorney
 * General". "Minister" alone may be a church's. */
static bool is_post_of_state(const record_maker *self, att_str title)
{
    if (!title.length || !memchr(title.data, ' ', title.length)) return false;
    for (att_str rest = title; rest.length; att_str_first_word(&rest))
        if (att_lists_have_start(&self->knowledge->lists, ATT_LIST_POST_OF_STATE, rest)) return true;
    return false;
}

static bool is_doubtful(const record_maker *self, const att_annotation *official, const att_official *record,
                        const backing *back)
{
    att_str kind = get(self, official, ATT_KEY_KIND);
    const bool likely = get(self, official, ATT_KEY_LIKELY).data;
    if (att_str_is(kind, "named")) return !record->agency.data && !likely;
    if (!att_str_is(kind, "common") || record->country.data || record->agency.data) return false;
    if (likely || back->of_state) return false;
    return !behind_body(self, official);
}

/* Whose the body is that stands behind the first word of the title: that of the UN in "Deputy UN spokesman". */
static att_str owner_within(const record_maker *self, uint32_t title)
{
    for (uint32_t i = title + 1; i < self->doc->annotations.count && at(self, i)->start < at(self, title)->end; i++) {
        const att_annotation *body = at(self, i);
        if (body->tokens.first != at(self, title)->tokens.first + 1) continue;
        bool of_state = body->layer == ATT_LAYER_AGENCY && body->country_by <= ATT_BY_OWNER;
        if (of_state || body->layer == ATT_LAYER_IGO) return country_of_body(self, body);
    }
    return (att_str){ 0 };
}

static void fill_place(const record_maker *self, att_official *record, const att_annotation *official)
{
    record->start = official->start;
    record->end = official->end;
    record->origin = official->origin;
    record->line = official->line;
    record->undated = !self->doc->date.data;
}

/* "the UN Yemen envoy": the body of several states that a rule names and that stands before the state to which its envoy is
 * sent; null for none. */
static att_str of_sender(const record_maker *self, const att_annotation *official, uint32_t title)
{
    uint32_t body = att_officials_body(self, official);
    if (body == ATT_NONE || at(self, body)->layer != ATT_LAYER_IGO || at(self, body)->end > at(self, title)->start)
        return (att_str){ 0 };
    return country_of_body(self, at(self, body));
}

static att_official read_official(const record_maker *self, const att_annotation *official, backing *back)
{
    att_official record = { .entity = ATT_NONE,
                            .name = att_document_said(self->doc, get(self, official, ATT_KEY_NAME)),
                            .title = att_document_said(self->doc, get(self, official, ATT_KEY_TITLE)),
                            .country = get(self, official, ATT_KEY_COUNTRY) };
    uint32_t title = att_annotation_of(self->doc, ATT_LAYER_TITLE, record.title, official->start);
    att_title read =
        att_coref_title_of(self->coref, &self->knowledge->offices, self->doc->arena, index_of(self, official), record.title);
    *back = (backing){ .office = ATT_NONE, .body = ATT_NONE, .next = ATT_NONE };
    back->sentence = att_stretches_at(&self->doc->sentences, official->tokens.first);
    back->title = title;
    back->owner = title == ATT_NONE ? (uint32_t)ATT_NONE : owner_of(self, title);
    back->person = att_coref_person(self->coref, self->doc->arena, index_of(self, official), record.name);
    back->core = read.core;
    back->plural = read.plural;
    back->status = att_officials_status(self, official, title, read.status);
    back->past = att_officials_is_past(self, official, back);
    back->rank = att_str_is(get(self, official, ATT_KEY_KIND), "rank");
    back->envoy = att_str_is(get(self, official, ATT_KEY_KIND), "envoy");
    back->head = att_str_is(get(self, official, ATT_KEY_KIND), "head");
    back->likely = get(self, official, ATT_KEY_LIKELY);
    back->of_state = is_post_of_state(self, record.title);
    fill_place(self, &record, official);
    if (!record.country.data && title != ATT_NONE) record.country = of_sender(self, official, title);
    if (!record.country.data && title != ATT_NONE)
        record.country = att_country_of(self->finder, title, ATT_BY_NAME, ATT_BY_NAME);
    if (!record.country.data && title != ATT_NONE) record.country = owner_within(self, title);
    att_officials_fill_agency(self, &record, back, official);
    att_officials_find_office(self, &record, back, official, &read);
    fill_country(self, &record, back, title);
    back->doubtful = back->owner == ATT_NONE && is_doubtful(self, official, &record, back);
    return record;
}

/* Whether both agencies are known and neither is the other one or its parent: then they cannot have one office together. */
static bool agencies_differ(const att_official *a, const backing *x, const att_official *b, const backing *y)
{
    if (!a->agency.data || !b->agency.data || !a->agency_id.data || !b->agency_id.data) return false;
    return !att_str_equal(a->agency_id, b->agency_id) && !att_str_equal(a->agency_id, y->agency_parent)
           && !att_str_equal(b->agency_id, x->agency_parent);
}

/* Whether `many` is the plural of `one`: "senators" of "senator", "secretaries" of "secretary". */
static bool is_plural_of(att_str many, att_str one)
{
    if (many.length == one.length + 1) return att_str_starts(many, one) && att_str_ends(many, ATT_STR("s"));
    return many.length == one.length + 2 && att_str_ends(one, ATT_STR("y")) && att_str_ends(many, ATT_STR("ies"))
           && att_str_starts(many, att_str_slice(one, 0, one.length - 1));
}

static bool same_title(const record_maker *self, const backing *x, const backing *y)
{
    return att_same_title(&self->knowledge->lists, x->core, y->core) || is_plural_of(x->core, y->core)
           || is_plural_of(y->core, x->core);
}

static bool acts(att_str title)
{
    att_str status;
    att_title_core(title, &status);
    return att_str_is(status, "acting");
}

/* Whether one of the two is an acting holder and the other is not. Both must be written with more than one word, since a later
 * "Secretary Roe" may well mean Acting Secretary Jane Roe. */
static bool acts_for_other(const att_official *a, const att_official *b)
{
    return acts(a->title) != acts(b->title) && memchr(a->name.data, ' ', a->name.length)
           && memchr(b->name.data, ' ', b->name.length);
}

static bool same_office(const record_maker *self, const att_official *a, const backing *x, const att_official *b,
                        const backing *y)
{
    if (acts_for_other(a, b)) return false;
    if (x->office != ATT_NONE && x->office == y->office) return true;
    return same_title(self, x, y) && !agencies_differ(a, x, b, y);
}

/* Whether the title is written as a name: no word of it but "of" and the like begins with a small letter. */
static bool is_written_as_name(att_str title)
{
    enum { SHORTEST = 4 };
    for (size_t i = 0, next; i < title.length; i = next + 1) {
        for (next = i; next < title.length && title.data[next] != ' ';) next++;
        if (next - i >= SHORTEST && title.data[i] >= 'a' && title.data[i] <= 'z') return false;
    }
    return true;
}

static bool has_small_letter(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') return true;
    return false;
}

/* Whether the words are longer than those known, or the same without the capitals of a headline. */
static bool is_longer(att_str more, att_str known)
{
    return more.length > known.length || (more.length == known.length && has_small_letter(more) && !has_small_letter(known));
}

/* Whether the title says more than the one known: the longer one, but an office's name more than other words for it, as
 * "Minority Leader" beside "Democratic leader". */
static bool is_fuller(const record_maker *self, const att_official *more, const backing *seen, const att_official *record,
                      const backing *back)
{
    const bool named = is_written_as_name(more->title);
    if (named != is_written_as_name(record->title) && !same_title(self, seen, back)) return named;
    return is_longer(more->title, record->title);
}

/* Adds to a record what a further mention of it says. */
static void merge(const record_maker *self, att_official *record, backing *back, const att_official *more, const backing *seen)
{
    if (is_longer(more->name, record->name)) record->name = more->name;
    bool plural = seen->plural > back->plural || is_plural_of(seen->core, back->core);
    bool single = seen->plural < back->plural || is_plural_of(back->core, seen->core);
    if ((is_fuller(self, more, seen, record, back) && !plural) || single) {
        record->title = more->title;
        back->core = seen->core;
        back->plural = seen->plural;
    }
    if (!record->agency.data) back->body = seen->body;
    fill_empty(&record->agency, more->agency);
    fill_empty(&record->agency_id, more->agency_id);
    fill_empty(&record->country, more->country);
    fill_empty(&record->office, more->office);
    fill_empty(&back->agency_parent, seen->agency_parent);
    fill_empty(&back->guess, seen->guess);
    fill_empty(&back->likely, seen->likely);
    if (back->office == ATT_NONE) back->office = seen->office;
    if (seen->status < back->status) back->status = seen->status;
    back->past = back->past && seen->past;
}

/* The record that has the same person and office, or ATT_NONE. */
static uint32_t known_record(const record_maker *self, const att_official *record, const backing *back)
{
    if (back->person == ATT_NONE) return ATT_NONE;
    uint32_t i = self->heads[back->person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = self->backings.items[i].next, seen++)
        if (same_office(self, &self->doc->officials.items[i], &self->backings.items[i], record, back)) return i;
    return ATT_NONE;
}

/* "ADM. ROE:", "ADMIRAL JANE ROE:": of one whose post is known it says no more. */
static bool is_rank_alone(const record_maker *self, const att_official *record)
{
    const bool label = !memchr(record->name.data, ' ', record->name.length) || !has_small_letter(record->name);
    return label && att_lists_have_text(&self->knowledge->lists, ATT_LIST_PERSONAL_RANK, record->title);
}

/* Makes the record, or adds to a known one. What the mention itself or its office says of the country goes into the annotation,
 * because rules of themes ask for it. */
static void add_official(record_maker *self, att_annotation *official)
{
    backing back;
    att_official record = read_official(self, official, &back);
    if (record.country.data)
        att_annotation_put(official, &self->knowledge->layers, self->doc->arena, ATT_KEY_COUNTRY, record.country);
    uint32_t known = known_record(self, &record, &back);
    if (known != ATT_NONE) {
        merge(self, &self->doc->officials.items[known], &self->backings.items[known], &record, &back);
        return;
    }
    if (back.doubtful || back.person == ATT_NONE) return;
    if (self->heads[back.person] != ATT_NONE && is_rank_alone(self, &record)) return;
    back.next = self->heads[back.person];
    self->heads[back.person] = self->doc->officials.count;
    ATT_RESERVE(self->doc->arena, &self->doc->officials, 1);
    self->doc->officials.items[self->doc->officials.count++] = record;
    ATT_RESERVE(self->doc->arena, &self->backings, 1);
    self->backings.items[self->backings.count++] = back;
}

/* Takes "then-", "ex-" or "former-" off the beginning of a title. */
static att_str without_time(const record_maker *self, att_str title)
{
    const char *hyphen = title.length ? memchr(title.data, '-', title.length) : NULL;
    if (!hyphen) return title;
    const size_t cut = (size_t)(hyphen - title.data);
    bool time = att_lists_have_text(&self->knowledge->lists, ATT_LIST_TIME, att_str_slice(title, 0, cut));
    return time ? att_str_slice(title, cut + 1, title.length) : title;
}

/* Gives the record what only the whole document tells: the person's fullest name and entity, and the status. Line breaks become
 * blanks. */
static void finish(const record_maker *self, att_official *record, backing *back)
{
    record->entity = entity_of(self, back);
    att_str name = whole_name(self, back);
    if (name.length > record->name.length) record->name = name;
    record->status = att_officials_final_status(self, record, back);
    record->name = att_str_one_line(self->doc->arena, record->name);
    record->title = att_str_one_line(self->doc->arena, without_time(self, record->title));
    record->agency = att_str_one_line(self->doc->arena, att_document_said(self->doc, record->agency));
}

/* The annotation of that layer that begins at token `first`, among the next ones behind annotation `index`; or ATT_NONE. */
static uint32_t next_at(const record_maker *self, uint32_t index, uint32_t layer, uint32_t first)
{
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= first; i++)
        if (at(self, i)->tokens.first == first && at(self, i)->layer == layer) return i;
    return ATT_NONE;
}

/* The state of the person whose rank follows the body: "Navy Capt. Roe". Null where no record has him. */
static att_str state_of_ranked(const record_maker *self, uint32_t body)
{
    uint32_t title = next_at(self, body, ATT_LAYER_TITLE, at(self, body)->tokens.last);
    if (title == ATT_NONE) return (att_str){ 0 };
    uint32_t name = next_at(self, title, ATT_LAYER_PERSON, at(self, title)->tokens.last);
    if (name == ATT_NONE) return (att_str){ 0 };
    return att_officials_country(self, att_coref_person(self->coref, self->doc->arena, name, (att_str){ 0 }));
}

/* A guess gives the body of "Navy Capt. Roe" or "House Speaker Doe" to the state that the news comes from; the person's record
 * may know better. Returns whether bodies were given to other states. */
static bool agree_with_records(record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    bool moved = false;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const uint32_t body = self->backings.items[i].body;
        const att_official *record = &self->doc->officials.items[i];
        if (body == ATT_NONE || !att_officials_of_other_state(self, at(self, body), record->country)) continue;
        if (att_str_equal(record->agency_id, get(self, at(self, body), ATT_KEY_ID))) continue;
        moved |= att_agency_move(self->finder, body, record->country);
    }
    for (uint32_t k = 0; self->doc->officials.count && k < bodies->count; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        if (body->layer != ATT_LAYER_AGENCY || body->country_by < ATT_BY_LIST) continue;
        const att_str country = state_of_ranked(self, bodies->items[k]);
        if (country.data && att_officials_of_other_state(self, body, country))
            moved |= att_agency_move(self->finder, bodies->items[k], country);
    }
    return moved;
}

static bool names_organisation(const record_maker *self)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_ORG) return true;
    return false;
}

/* "General Roe" of one whose post is told elsewhere, as in "Jane Roe, commander of the fleet": the rank says no more; that
 * somebody is a judge does. */
static bool is_told_by_post(const record_maker *self, const att_official *record, const backing *back)
{
    if (!back->rank || back->person == ATT_NONE || record->agency.data) return false;
    if (att_lists_have_text(&self->knowledge->lists, ATT_LIST_JUDGE, back->core)) return false;
    if (!att_lists_have_text(&self->knowledge->lists, ATT_LIST_PERSONAL_RANK, record->title)) return false;
    uint32_t i = self->heads[back->person];
    for (int seen = 0; i != ATT_NONE && seen < MOST_OFFICES; i = self->backings.items[i].next, seen++) {
        const backing *other = &self->backings.items[i];
        if (!other->rank && other->status == STATUS_COUNT && !other->past) return true;
    }
    return false;
}

/* "President Roe told analysts" in a text that names an organisation, of whatever kind: whom neither the words around nor the
 * rest of the document give to a state or a body, heads one more often than a state. Nor is a rank kept beside a post. The last
 * step, since records move here and nothing that counts them may follow. */
static void drop_needless(record_maker *self)
{
    const bool organisation = names_organisation(self);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->doc->officials.count; i++) {
        const att_official *record = &self->doc->officials.items[i];
        const backing *back = &self->backings.items[i];
        if (organisation && back->head && !record->country.data && !record->agency.data) continue;
        if (is_told_by_post(self, record, back)) continue;
        self->doc->officials.items[kept++] = *record;
    }
    self->doc->officials.count = kept;
}

void att_make_officials(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                        const att_groups *groups, att_coref *coref)
{
    record_maker self = { .knowledge = knowledge, .doc = doc, .groups = groups, .coref = coref };
    const att_indexes *people = &groups->by[ATT_GROUP_PEOPLE];
    self.finder = att_country_finder_new(knowledge, doc, vocabulary, groups);
    self.heads = att_arena_alloc(doc->arena, sizeof(uint32_t) * (coref->names.count + 1));
    for (uint32_t i = 0; i < coref->names.count; i++) self.heads[i] = ATT_NONE;
    att_officials_find_several(&self);
    for (uint32_t k = 0; k < people->count; k++) {
        att_annotation *person = &doc->annotations.items[people->items[k]];
        if (person->layer == ATT_LAYER_OFFICIAL) add_official(&self, person);
    }
    att_officials_fill_countries(&self);
    for (uint32_t i = 0; i < doc->officials.count; i++)
        att_officials_settle_office(&self, &doc->officials.items[i], &self.backings.items[i]);
    if (agree_with_records(&self)) att_make_entities(knowledge, doc, groups, coref);
    for (uint32_t i = 0; i < doc->officials.count; i++) finish(&self, &doc->officials.items[i], &self.backings.items[i]);
    drop_needless(&self);
}

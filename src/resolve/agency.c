#include "resolve/agency.h"

#include "knowledge/own_body.h"
#include "resolve/finder.h"

enum { MOST_BACK = 256 }; /* annotations to another body of the same name */

/* ---- which entry is meant ---- */

/* The id "*-mofa" with the code of a country in place of its star. */
static att_str without_star(const finder *self, att_str star, att_str country)
{
    char *id = att_arena_alloc(self->doc->arena, country.length + star.length);
    for (size_t i = 0; i < country.length; i++) id[i] = (char)(country.data[i] | 0x20);
    memcpy(id + country.length, star.data + 1, star.length - 1);
    return (att_str){ id, country.length + star.length - 1 };
}

/* What the entry means in the country: "rus-mid" is what "*-mofa" is in Russia. */
static uint32_t own_in(const finder *self, uint32_t entry, att_str country)
{
    const att_entries *entries = &self->knowledge->entries;
    if (entry == ATT_NONE || !entries->entries.items[entry].star) return entry;
    uint32_t own = att_own_body(entries, entry, country, self->doc->date);
    return own == ATT_NONE ? entry : own;
}

/* "kor-mofa" from "*-mofa" and KOR. */
static att_str id_in(const finder *self, uint32_t entry, att_str country)
{
    const att_entry *own = &self->knowledge->entries.entries.items[own_in(self, entry, country)];
    return own->star ? without_star(self, own->id, country) : own->id;
}

/* The same for the star in a field. */
static att_str star_in(const finder *self, att_str star, att_str country)
{
    uint32_t entry = att_entries_find(&self->knowledge->entries, star);
    return entry == ATT_NONE ? without_star(self, star, country) : id_in(self, entry, country);
}

/* The next entry of a body that has a shared name, from form `*form` on; NULL when there is no more. */
static const att_entry *next_owner(const finder *self, uint32_t *form, uint32_t *owner)
{
    const att_names *names = &self->knowledge->names;
    while (*form) {
        const att_form *now = &names->forms.items[*form];
        *form = att_names_next(names, *form);
        if (now->layer != ATT_LAYER_AGENCY) continue;
        *owner = now->owner;
        return &self->knowledge->entries.entries.items[now->owner];
    }
    return NULL;
}

static uint32_t first_form(const finder *self, const att_annotation *agency)
{
    return att_names_first(&self->knowledge->names, agency->name);
}

/* Whether the entry is of a parliament such as the state has not: "*-national-assembly" in the United States, "*-senate" in
 * China. */
static bool is_foreign_to(const finder *self, uint32_t index, att_str country)
{
    if (index == ATT_NONE) return false;
    const att_entry *entry = &self->knowledge->entries.entries.items[index];
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    if (!entry->star || !kind || !att_str_is(entry->fields[kind - 1], "parliament")) return false;
    const att_phrase_lists *lists = &self->knowledge->lists;
    const bool chamber = att_lists_have_text(lists, ATT_LIST_CHAMBER, att_str_slice(entry->id, 2, entry->id.length));
    if (att_str_is(country, "USA")) return !chamber;
    return chamber && att_lists_have_text(lists, ATT_LIST_STATE_OF_ONE_CHAMBER, country);
}

/* The owner of the shared name that has this country; a star body is of any. ATT_NONE when none is. */
static uint32_t owner_in(const finder *self, const att_annotation *agency, att_str country)
{
    uint32_t star = ATT_NONE, own = ATT_NONE, owner, form = first_form(self, agency);
    if (agency->name == ATT_NONE) return agency->entry;
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));) {
        bool fits = entry->star || (owner < own && att_str_equal(entry->more->country, country));
        if (!fits || !att_entry_valid(entry, self->doc->date) || is_foreign_to(self, owner, country)) continue;
        if (entry->star) star = owner;
        else own = owner;
    }
    return own != ATT_NONE ? own : star;
}

/* The entry that a shared name means when no word near it tells: that with `default`. */
static uint32_t default_owner(const finder *self, const att_annotation *agency)
{
    uint32_t owner, form = first_form(self, agency);
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));)
        if (entry->is_default && att_entry_valid(entry, self->doc->date)) return owner;
    return ATT_NONE;
}

/* The token behind the nation and its hackers: "China-linked hackers", "hackers backed by Iran"; ATT_NONE where it has none. */
static uint32_t behind_hackers(const finder *self, const att_annotation *nation)
{
    enum { LONGEST = 3 };
    static const char *const links[] = { "from", "to", "by", "for" };
    uint32_t token = nation->tokens.last, before = nation->tokens.first;
    while (in_list(self, ATT_LIST_BEFORE_HACKERS, token)) token++;
    if (in_list(self, ATT_LIST_HACKERS, token)) return token + 1;
    if (!before || !WORD_IN(self, before - 1, links)) return ATT_NONE;
    for (uint32_t words = 0; before-- > 0 && words < LONGEST; words++)
        if (in_list(self, ATT_LIST_HACKERS, before)) return nation->tokens.last;
    return ATT_NONE;
}

/* Whether they are said to hack what follows, between tokens [from, to) and in no part of the sentence before it. */
static bool tells_hacking(const finder *self, uint32_t from, uint32_t to)
{
    for (uint32_t token = to; token > from; token--) {
        if (word_is(self, token - 1, ";") || word_is(self, token - 1, ":")) return false;
        if (in_list(self, ATT_LIST_HACKING, token - 1)) return true;
    }
    return false;
}

/* Whether the sentence names the state before its hackers, too: "China arrested Chinese hackers". */
static bool is_named_twice(const finder *self, uint32_t hackers, uint32_t begin, att_str state)
{
    for (uint32_t i = hackers; i-- > begin;)
        if (is_nation(at(self, i)) && att_str_equal(get(self, at(self, i), ATT_KEY_CODE), state)) return true;
    return false;
}

/* "Chinese hackers breached the Foreign Ministry": whether the sentence tells before the body that hackers of the state did
 * such a deed; but not "in Beijing" behind it or "for" before it, which tell more. */
static bool is_hacked_by(finder *self, uint32_t index, att_str country)
{
    enum { NEAR = 8 /* annotations */ };
    static const char *const served[] = { "for", "of", "by", "with" };
    const uint32_t end = at(self, index)->tokens.last;
    uint32_t first = at(self, index)->tokens.first;
    if (first && word_is(self, first - 1, "the")) first--;
    if (!first || WORD_IN(self, first - 1, served) || word_is(self, end, "in")) return false;
    const uint32_t begin = att_clues_of(self, index)->first;
    for (uint32_t i = index, steps = 0; i-- > begin && steps < NEAR; steps++) {
        if (!is_nation(at(self, i)) || !att_str_equal(get(self, at(self, i), ATT_KEY_CODE), country)) continue;
        const uint32_t behind = behind_hackers(self, at(self, i));
        if (behind != ATT_NONE && tells_hacking(self, behind, first)) return !is_named_twice(self, i, begin, country);
    }
    return false;
}

/* Whether the lists know the state's own body of that name, be it that which a star entry means there. */
static bool has_own(const finder *self, const att_annotation *agency, att_str state)
{
    const uint32_t owner = owner_in(self, agency, state);
    if (owner == ATT_NONE) return false;
    return !self->knowledge->entries.entries.items[own_in(self, owner, state)].star;
}

/* "North Korea fired a missile. The Joint Chiefs of Staff said so": texts on the North name bodies of the South, so that those
 * which the lists know of the South alone are not guessed to be the North's, and no letters, "MOFA", of any state. Both have
 * ministries and courts of the same names. */
static bool is_of_other_korea(const finder *self, const att_annotation *agency, att_str country)
{
    if (!att_str_is(country, "PRK") || has_own(self, agency, country)) return false;
    const uint32_t first = agency->tokens.first;
    if (agency->tokens.last == first + 1 && !(self->doc->tokens.flags[first] & ATT_FLAG_SMALL)) return true;
    static const char *const common[] = { "ministry", "court", NULL };
    return !att_str_is_any(get(self, agency, ATT_KEY_KIND), common) && has_own(self, agency, ATT_STR("KOR"));
}

/* "Australia agreed. The Department of Defence said so": whether the name is not spelled as in the United States and one of its
 * other owners is a state that the document names. */
static bool is_spelled_abroad(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t owner, form = first_form(self, agency), token = agency->tokens.first;
    while (token < agency->tokens.last && !word_is(self, token, "Defence")) token++;
    if (token == agency->tokens.last) return false;
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));)
        if (!entry->star && !att_str_is(entry->more->country, "USA") && att_country_is_named(self, entry->more->country))
            return true;
    return false;
}

/* A guess counts only where an owner of the shared name has that country, and it did not hack the body. */
static bool may_be(finder *self, uint32_t index, att_country_step step, att_str country)
{
    const att_annotation *agency = at(self, index);
    if (step < ATT_BY_LIST) return true;
    if (is_hacked_by(self, index, country) || is_of_other_korea(self, agency, country)) return false;
    if (att_str_is(country, "USA") && is_spelled_abroad(self, index)) return false;
    if (!att_country_may_be(self, index, country) || is_foreign_to(self, agency->entry, country)) return false;
    const bool owned = first_form(self, agency) && agency->entry == ATT_NONE;
    return !owned || owner_in(self, agency, country) != ATT_NONE;
}

static void set(const finder *self, att_annotation *annotation, att_key key, att_str value)
{
    if (value.data) att_annotation_put(annotation, &self->knowledge->layers, self->doc->arena, key, value);
}

/* Where the name ends before " of the" and the nation at its end: "Supreme Court" in "Supreme Court of Chile"; else its end. */
static uint32_t end_before_nation(const finder *self, uint32_t index)
{
    uint32_t nation = att_country_nested(self, index), first = at(self, index)->tokens.first,
             end = at(self, index)->tokens.last;
    if (nation == ATT_NONE || at(self, nation)->tokens.last != end) return end;
    uint32_t before = at(self, nation)->tokens.first;
    if (before > first && word_is(self, before - 1, "the")) before--;
    return before > first + 1 && word_is(self, before - 1, "of") ? before - 1 : end;
}

/* The whole name, else the one before the country at its end, or behind that which a rule put before it: "Ministry of Foreign
 * Affairs" in "Republic of Korea Ministry of Foreign Affairs". */
static uint32_t name_of(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    att_token_range tokens = agency->tokens;
    uint32_t end = end_before_nation(self, index);
    if (end != tokens.last) {
        uint32_t whole = att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
        tokens.last = end;
        return whole != ATT_NONE ? whole : att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
    }
    uint32_t first = index;
    while (first && at(self, first - 1)->start == agency->start) first--;
    for (uint32_t i = first; i < self->doc->annotations.count && at(self, i)->start == agency->start; i++)
        if (is_nation(at(self, i)) && at(self, i)->tokens.last < agency->tokens.last) tokens.first = at(self, i)->tokens.last;
    return att_names_node(&self->knowledge->names, self->doc, self->vocabulary, tokens);
}

/* That of the known ministry whose name goes on: "Ministry of Finance" in "Ministry of Finance, Planning and Lands". */
static uint32_t name_within(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    if (!att_str_is(get(self, agency, ATT_KEY_KIND), "ministry")) return ATT_NONE;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->start < agency->end; i++) {
        const att_annotation *inner = at(self, i);
        if (inner->layer != ATT_LAYER_AGENCY || inner->tokens.last == agency->tokens.last) continue;
        if (inner->start == agency->start || word_is(self, inner->tokens.first, "Ministry"))
            return inner->name != ATT_NONE ? inner->name : name_of(self, i);
    }
    return ATT_NONE;
}

/* That of the known committee which the name leaves unsaid: "Senate Budget Committee" for "Senate Budget". */
static uint32_t name_in_full(const finder *self, const att_annotation *agency)
{
    if (!att_str_is(get(self, agency, ATT_KEY_KIND), "committee")) return ATT_NONE;
    return att_names_node_with(&self->knowledge->names, self->doc, self->vocabulary, agency->tokens, ATT_STR("committee"));
}

/* What a rule found without knowing it: the name and, where one entry alone has it, the entry. */
static void know_name(const finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    if (agency->entry != ATT_NONE || agency->name != ATT_NONE || get(self, agency, ATT_KEY_ID).data) return;
    agency->name = name_of(self, index);
    if (agency->name == ATT_NONE) agency->name = name_within(self, index);
    if (agency->name == ATT_NONE) agency->name = name_in_full(self, agency);
}

/* Tells whoever asks why which mention gave the agency its country. */
static void tell_located(const finder *self, const att_annotation *agency)
{
    att_trace *trace = self->doc->trace;
    if (trace) trace->located(trace, agency, self->source == ATT_NONE ? NULL : at(self, self->source));
}

/* As the same name earlier in the document, when its own words gave that a country; of the body of that number. */
static att_str by_name_before(finder *self, uint32_t body)
{
    const uint32_t *bodies = self->groups->by[ATT_GROUP_BODIES].items;
    att_annotation *agency = &self->doc->annotations.items[bodies[body]];
    if (!first_form(self, agency)) return (att_str){ 0 };
    for (uint32_t k = body; k-- > 0 && bodies[body] - bodies[k] <= MOST_BACK;) {
        uint32_t i = bodies[k];
        const att_annotation *other = at(self, i);
        if (other->layer != ATT_LAYER_AGENCY || other->name != agency->name || !other->country_by) continue;
        if (other->country_by >= ATT_BY_SUBJECT) continue;
        agency->country_by = other->country_by;
        return answer(self, i, get(self, other, ATT_KEY_COUNTRY));
    }
    return (att_str){ 0 };
}

/* Letters whose meaning stands before them in brackets: "the National Police Agency of Japan (NPA)". */
static bool is_in_brackets(const finder *self, const att_annotation *agency)
{
    const att_token_range letters = agency->tokens;
    return letters.first && letters.last == letters.first + 1 && word_is(self, letters.first - 1, "(");
}

/* The body whose name stands right before the brackets that the body of that number, the same one, is in: "the National Police
 * (Politie)". ATT_NONE when there is none. */
static uint32_t explained_by(const finder *self, uint32_t body)
{
    const uint32_t *bodies = self->groups->by[ATT_GROUP_BODIES].items;
    const att_annotation *word = at(self, bodies[body]);
    if (!body || word->name == ATT_NONE || !is_in_brackets(self, word)) return ATT_NONE;
    const att_annotation *whole = at(self, bodies[body - 1]);
    const bool same = whole->layer == ATT_LAYER_AGENCY && whole->name == word->name;
    return same && whole->tokens.last + 1 == word->tokens.first ? bodies[body - 1] : (uint32_t)ATT_NONE;
}

/* Of the state that such letters earlier in the document have by their own words: what the text explained they stay, in a list
 * with a body of another state, too. */
static att_str by_brackets_before(finder *self, uint32_t body)
{
    const uint32_t *bodies = self->groups->by[ATT_GROUP_BODIES].items;
    att_annotation *agency = &self->doc->annotations.items[bodies[body]];
    if (agency->tokens.last != agency->tokens.first + 1) return (att_str){ 0 };
    for (uint32_t k = body; k-- > 0 && bodies[body] - bodies[k] <= MOST_BACK;) {
        const att_annotation *other = at(self, bodies[k]);
        if (other->layer != ATT_LAYER_AGENCY || !other->country_by || other->country_by > ATT_BY_OWNER) continue;
        if (!is_in_brackets(self, other)) continue;
        if (!att_str_equal(surface(self, other->tokens.first), surface(self, agency->tokens.first))) continue;
        const att_str country = get(self, other, ATT_KEY_COUNTRY);
        if (!may_be(self, bodies[body], ATT_BY_LIST, country)) continue;
        agency->country_by = other->country_by;
        return answer(self, bodies[k], country);
    }
    return (att_str){ 0 };
}

/* A shared name that tells what the body is, as those of any state do: "Department of Justice". */
static bool is_plain(const finder *self, uint32_t index)
{
    return in_list(self, ATT_LIST_PLAIN_HEAD, at(self, index)->tokens.first);
}

static att_str known_by(att_annotation *agency, att_country_step step, att_str country)
{
    agency->country_by = (uint8_t)step;
    return country;
}

/* The state of the dateline or heading over the agency's paragraph, "Peru: Congress voted", where that is another one than
 * the best known and the sentence names no other; else null. */
static att_str under_another(finder *self, uint32_t index, att_str best_known)
{
    const att_str dateline = att_homes_at(att_country_home(self), at(self, index)->start);
    const only_country only = att_clues_of(self, index)->only;
    const bool other = only.nation != ATT_NONE && !att_str_equal(only.code, dateline);
    return other || att_str_equal(dateline, best_known) ? (att_str){ 0 } : dateline;
}

/* Whether the name is one plain word, or shared by many states, and nothing in the document speaks for the state of which it is
 * known best. Texts of other states do not name the United States whenever they mean a body of theirs, so they must be firmly
 * at home. */
static bool is_of_absent(finder *self, uint32_t index, att_str best_known)
{
    if (att_plain_words(self, at(self, index)) != 1 && !att_is_shared_name(self, at(self, index))) return false;
    if (under_another(self, index, best_known).data) return true;
    if (att_str_is(best_known, "KOR") && att_country_is_named(self, ATT_STR("PRK"))) return false;
    if (att_str_is(best_known, "USA") && !att_country_home(self)->firm.data) return false;
    return att_is_for_another(self, best_known);
}

/* "The SEC fined a bank. The Philippines' SEC agreed.": the next body of that name in the text is owned by the state, as it
 * would be at once if it were meant before; or it has a name of its own, where the text names the state (`named`) which is
 * meant mostly. */
static bool is_told_apart_behind(finder *self, uint32_t index, att_str state, bool named)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    const uint32_t entry = owner_in(self, at(self, index), state);
    for (uint32_t k = att_indexes_before(bodies, index); k-- > 0 && index - bodies->items[k] <= MOST_BACK;)
        if (at(self, bodies->items[k])->entry == entry) return false;
    for (uint32_t k = att_indexes_before(bodies, index + 1); k < bodies->count; k++) {
        const att_annotation *other = at(self, bodies->items[k]);
        if (bodies->items[k] - index > MOST_BACK) return false;
        if (other->layer != ATT_LAYER_AGENCY) continue;
        const bool same = other->name == at(self, index)->name;
        if (!same && other->entry != entry) continue;
        return (!same && named) || att_str_equal(att_country_by_owner(self, bodies->items[k]), state);
    }
    return false;
}

/* "Congress President", "head of the Congress": whether a post of who heads a body stands beside the name. */
static bool has_head(const finder *self, const att_annotation *agency)
{
    static const char *const links[] = { "of", NULL };
    if (in_list(self, ATT_LIST_HEAD_OF_ALL, agency->tokens.last)) return true;
    const uint32_t linked = att_document_linked(self->doc, agency->tokens.first, links);
    return linked != ATT_NONE && in_list(self, ATT_LIST_HEAD_OF_ALL, linked);
}

/* Whether one stands beside the name anywhere in the document; asked once for each name. */
static bool is_headed(finder *self, uint32_t name)
{
    const att_indexes *bodies = &self->groups->by[ATT_GROUP_BODIES];
    for (uint32_t i = 0; i < self->heads.count; i++)
        if (self->heads.items[i].name == name) return self->heads.items[i].headed;
    bool headed = false;
    for (uint32_t k = 0; k < bodies->count && !headed; k++) {
        const att_annotation *body = at(self, bodies->items[k]);
        headed = body->layer == ATT_LAYER_AGENCY && body->name == name && has_head(self, body);
    }
    ATT_RESERVE(self->doc->arena, &self->heads, 1);
    self->heads.items[self->heads.count++] = (headed_name){ name, headed };
    return headed;
}

/* "Congress President Roe spoke to Congress": whether the document gives the Congress a post that that of the United States has
 * not. */
static bool is_headed_otherwise(finder *self, uint32_t index, const att_entry *best_known)
{
    const uint8_t kind = self->knowledge->layers.items[ATT_LAYER_AGENCY].keys[ATT_KEY_KIND];
    if (!kind || !att_str_is(best_known->fields[kind - 1], "parliament")) return false;
    return att_str_is(best_known->more->country, "USA") && is_headed(self, at(self, index)->name);
}

/* The state of whose places alone the document names some, if the shared name may be of there; else null. */
static att_str by_places(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    const att_str places = att_country_home(self)->places;
    if (!places.data || owner_in(self, agency, places) == ATT_NONE) return (att_str){ 0 };
    return known_by(agency, ATT_BY_ORIGIN, places);
}

/* "Secretary, Department of Mines, Jane Roe": whether a post stands before the name, and commas around it, as in Asia. */
static bool is_between_commas(const finder *self, uint32_t index)
{
    const att_token_range body = at(self, index)->tokens;
    if (!body.first || !word_is(self, body.first - 1, ",") || !word_is(self, body.last, ",")) return false;
    const att_annotation *post = index ? at(self, index - 1) : NULL; /* the record that rules made of it comes last */
    return post && (post->layer == ATT_LAYER_TITLE || post->layer == ATT_LAYER_OFFICIAL) && post->tokens.last + 1 == body.first;
}

/* Whether the body is rather one of the state of all places that the document names, which has one of that name, than of the
 * state that it is best known of, which is not named: "Secretary, Department of Mines, Jane Roe spoke in Manila". */
static bool is_of_places(finder *self, uint32_t index, att_str best_known)
{
    const att_annotation *agency = at(self, index);
    const att_str places = att_country_home(self)->places;
    if (!places.length || att_str_equal(places, best_known) || att_country_is_named(self, best_known)) return false;
    if (!is_between_commas(self, index)) return false;
    const uint32_t owner = owner_in(self, agency, places);
    return owner != ATT_NONE && !self->knowledge->entries.entries.items[owner].star;
}

/* The state for which the document speaks: as it says itself, else that of most bodies; null for none. */
static att_str home_of(finder *self)
{
    return self->doc->origin.data ? self->doc->origin : att_country_home(self)->bodies;
}

/* Where the document is at home, if the shared name may be of there and is not told apart behind, or is a plain one of a state
 * that the document does not even name; that of its places for a parliament which it heads otherwise. `*settled` where no other
 * state is to be asked for. */
static att_str by_home(finder *self, uint32_t index, const att_entry *best_known, bool *settled)
{
    const att_str usual = best_known->more->country;
    const att_str home = home_of(self);
    const bool may_be_home =
        home.data && owner_in(self, at(self, index), home) != ATT_NONE && !is_of_other_korea(self, at(self, index), home);
    *settled = !may_be_home && is_headed_otherwise(self, index, best_known);
    if (*settled) return by_places(self, index);
    const bool firm = home.data && (self->doc->origin.data || att_country_home(self)->firm.data);
    const bool of_home = may_be_home && (firm || !is_told_apart_behind(self, index, home, att_country_is_named(self, usual)));
    const bool unnamed = firm && is_plain(self, index) && !att_country_is_named(self, usual);
    return of_home || unnamed ? known_by(&self->doc->annotations.items[index], ATT_BY_ORIGIN, home) : (att_str){ 0 };
}

/* "Talks with North Korea began. The Ministry of State Security slept": the one other owner of the name whose state the
 * document names, where it does not name that of which the name is known best. Texts need not name the United States. */
static uint32_t other_named(finder *self, uint32_t index, att_str usual)
{
    uint32_t named = ATT_NONE, owner, form = first_form(self, at(self, index));
    if (att_str_is(usual, "USA") || att_country_is_named(self, usual)) return ATT_NONE;
    for (const att_entry *entry; (entry = next_owner(self, &form, &owner));) {
        if (entry->star) return ATT_NONE;
        if (!att_entry_valid(entry, self->doc->date) || !att_country_is_named(self, entry->more->country)) continue;
        if (named != ATT_NONE) return ATT_NONE;
        named = owner;
    }
    return named;
}

/* "The Ministry of State Security in Tiraspol": whether the town behind the name is of a state that is none of its owners. */
static bool is_in_other_state(finder *self, uint32_t index)
{
    const uint32_t in = at(self, index)->tokens.last;
    if (!word_is(self, in, "in")) return false;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= in + 1; i++) {
        if (at(self, i)->layer != ATT_LAYER_LOCATION || at(self, i)->tokens.first != in + 1) continue;
        const att_str state = get(self, at(self, i), ATT_KEY_COUNTRY);
        return state.data && owner_in(self, at(self, index), state) == ATT_NONE;
    }
    return false;
}

/* The state of the heading, or that owns what stands before it in the sentence, or where the document is at home; else the
 * default of the name, unless nothing in the document speaks for its state. */
static att_str by_default(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    const uint32_t entry = default_owner(self, agency);
    if (entry == ATT_NONE) return (att_str){ 0 };
    const att_entry *best_known = &self->knowledge->entries.entries.items[entry];
    const att_str usual = best_known->more->country, heading = under_another(self, index, usual);
    if (att_str_is(usual, "USA") && is_spelled_abroad(self, index)) return (att_str){ 0 };
    if (heading.data && owner_in(self, agency, heading) != ATT_NONE) return known_by(agency, ATT_BY_ORIGIN, heading);
    if (att_str_equal(home_of(self), usual)) return known_by(agency, ATT_BY_ORIGIN, usual);
    const att_str owner = att_country_by_owner_before(self, index);
    if (owner.data && may_be(self, index, ATT_BY_SENTENCE, owner)) return known_by(agency, ATT_BY_SENTENCE, owner);
    bool settled;
    const att_str home = by_home(self, index, best_known, &settled);
    if (home.data || settled) return home;
    if (is_of_places(self, index, usual)) return by_places(self, index);
    if (!att_str_is(usual, "USA") && is_in_other_state(self, index)) return (att_str){ 0 };
    const uint32_t other = other_named(self, index, usual);
    if (other != ATT_NONE) return known_by(agency, ATT_BY_ORIGIN, self->knowledge->entries.entries.items[other].more->country);
    if (is_of_absent(self, index, usual)) return (att_str){ 0 };
    self->source = ATT_NONE;
    return known_by(agency, ATT_BY_ENTRY, usual);
}

/* What steps [from, to) say, when the name may be of that country. */
static att_str by_steps(finder *self, uint32_t index, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        att_country_step step;
        att_str country = att_country_try(self, i, index, &step);
        if (!country.data || !may_be(self, index, step, country)) continue;
        self->doc->annotations.items[index].country_by = (uint8_t)step;
        return country;
    }
    return (att_str){ 0 };
}

/* The body that the agency is in: "the Cyber Office at the Ministry of Defense"; or ATT_NONE. */
static uint32_t body_around(const finder *self, uint32_t index)
{
    static const char *const within[] = { "of", "at", "within" };
    uint32_t last = at(self, index)->tokens.last;
    if (last + 2 >= self->doc->tokens.count || !WORD_IN(self, last, within) || !word_is(self, last + 1, "the")) return ATT_NONE;
    for (uint32_t i = index + 1; i < self->doc->annotations.count && at(self, i)->tokens.first <= last + 2; i++)
        if (at(self, i)->layer == ATT_LAYER_AGENCY && at(self, i)->tokens.first == last + 2) return i;
    return ATT_NONE;
}

/* A name known of one state that the document does not name: "Department of Science and Innovation". */
static bool is_doubtful(finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    if (agency->entry == ATT_NONE) return false;
    att_str country = self->knowledge->entries.entries.items[agency->entry].more->country;
    return country.data && !att_str_is(country, "USA") && !att_country_is_named(self, country);
}

static void forget(const finder *self, att_annotation *agency, att_key key)
{
    att_annotation_put(agency, &self->knowledge->layers, self->doc->arena, key, (att_str){ 0 });
}

void att_agency_forget(const finder *self, att_annotation *agency)
{
    agency->entry = agency->name = ATT_NONE;
    forget(self, agency, ATT_KEY_ID);
    forget(self, agency, ATT_KEY_PARENT);
    forget(self, agency, ATT_KEY_COUNTRY);
}

/* The state whose body it is by the words beside it: the nation before it, the owner and, for a name that any state may have,
 * the body that it is in or the delegation. */
static att_str told_beside(finder *self, uint32_t index, att_str known, att_country_step *step)
{
    enum { BY_NAME };
    att_str country = att_country_try(self, BY_NAME, index, step);
    if (country.data && !att_str_equal(country, known)) return country;
    *step = ATT_BY_OWNER;
    country = att_country_by_owner(self, index);
    if (country.data || !is_plain(self, index)) return country;
    uint32_t body = body_around(self, index);
    if (body != ATT_NONE) country = att_country_by_itself(self, body);
    if (country.data) return country;
    *step = ATT_BY_DELEGATION;
    return att_country_by_delegation(self, index);
}

/* Whether a people's name ends where the annotation begins: "Nigerian NSA". */
static bool is_behind_demonym(const finder *self, uint32_t index)
{
    enum { NEAR = 8 };
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;)
        if (at(self, i)->layer == ATT_LAYER_DEMONYM && at(self, i)->tokens.last == at(self, index)->tokens.first) return true;
    return false;
}

/* "Liberia's EPA", "Liberian EPA", "Liberia's Environmental Protection Agency": letters and plain names that are known of the
 * United States, behind the name of another state. */
static bool is_owned(const finder *self, uint32_t index)
{
    const att_annotation *agency = at(self, index);
    uint32_t first = agency->tokens.first;
    if (agency->entry == ATT_NONE || !first) return false;
    const bool letters = agency->tokens.last == first + 1 && !(self->doc->tokens.flags[first] & ATT_FLAG_SMALL);
    if (!letters && !att_is_plain_name(self, agency)) return false;
    if (!att_str_is(self->knowledge->entries.entries.items[agency->entry].more->country, "USA")) return false;
    return self->doc->tokens.flags[first - 1] & ATT_FLAG_POSS || is_behind_demonym(self, index);
}

/* Another state's than the entry of its name says, when the words beside it say so. */
static att_str by_others(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    att_country_step step;
    if (!is_doubtful(self, index) && !is_owned(self, index)) return (att_str){ 0 };
    att_str known = self->knowledge->entries.entries.items[agency->entry].more->country;
    att_str country = told_beside(self, index, known, &step);
    if (!country.data || att_str_equal(country, known)) return (att_str){ 0 };
    agency->country_by = (uint8_t)step;
    att_agency_forget(self, agency);
    return country;
}

static void link_to(const finder *self, uint32_t index, att_str country)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    if (!country.data) return;
    uint32_t entry = agency->entry;
    if (entry == ATT_NONE || self->knowledge->entries.entries.items[entry].star) entry = owner_in(self, agency, country);
    entry = own_in(self, entry, country);
    set(self, agency, ATT_KEY_COUNTRY, country);
    tell_located(self, agency);
    att_str parent = get(self, agency, ATT_KEY_PARENT);
    if (parent.length && parent.data[0] == '*') set(self, agency, ATT_KEY_PARENT, star_in(self, parent, country));
    if (entry == ATT_NONE || get(self, agency, ATT_KEY_ID).data) return;
    const att_entry *known = &self->knowledge->entries.entries.items[entry];
    agency->entry = entry;
    set(self, agency, ATT_KEY_ID, id_in(self, entry, country));
    if (known->parent != ATT_NONE && !get(self, agency, ATT_KEY_PARENT).data)
        set(self, agency, ATT_KEY_PARENT, id_in(self, known->parent, country));
}

/* What the words around tell about the body of that number. */
static void link_by_words(finder *self, uint32_t body)
{
    enum { OWN_WORDS = 3 }; /* the tries by the name, its entry and its owner */
    uint32_t index = self->groups->by[ATT_GROUP_BODIES].items[body];
    att_str country = by_others(self, index);
    if (!country.data) country = by_steps(self, index, 0, OWN_WORDS);
    if (!country.data) country = by_brackets_before(self, body);
    if (!country.data) country = by_steps(self, index, OWN_WORDS, ATT_COUNTRY_GUESSES);
    if (!country.data) country = by_name_before(self, body);
    link_to(self, index, country);
}

/* The country of that body, its parent if no other is known. */
static att_str by_body(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    uint32_t body = body_around(self, index);
    if (body == ATT_NONE || agency->country_by > ATT_BY_OWNER) return (att_str){ 0 };
    if (!get(self, agency, ATT_KEY_PARENT).data) set(self, agency, ATT_KEY_PARENT, get(self, at(self, body), ATT_KEY_ID));
    att_str country = get(self, at(self, body), ATT_KEY_COUNTRY);
    if (agency->country_by || !country.data) return (att_str){ 0 };
    agency->country_by = at(self, body)->country_by;
    return answer(self, body, country);
}

static att_str by_forgotten(const finder *self, uint32_t index)
{
    const att_str home = att_home_of_forgotten(self, index);
    return home.data ? known_by(&self->doc->annotations.items[index], ATT_BY_ORIGIN, home) : home;
}

/* A shared name that is best known of a state for which nothing speaks here: that of the state where the document is at home,
 * though the lists do not know it there. */
static att_str by_home_alone(finder *self, uint32_t index)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    const uint32_t best = default_owner(self, agency);
    if (best == ATT_NONE || !att_is_shared_name(self, agency)) return (att_str){ 0 };
    const att_str best_known = self->knowledge->entries.entries.items[best].more->country;
    const att_str heading = under_another(self, index, best_known);
    if (!heading.data && !att_is_for_another(self, best_known)) return (att_str){ 0 };
    const att_str home = heading.data ? heading : att_country_home(self)->mentions;
    return home.data && !is_of_other_korea(self, agency, home) ? known_by(agency, ATT_BY_ORIGIN, home) : home;
}

/* Once those are known: the default of the name, the sentence, the document. */
static void link_by_guess(finder *self, uint32_t index)
{
    self->source = ATT_NONE;
    att_str country = by_body(self, index);
    if (self->doc->annotations.items[index].country_by && !country.data) return;
    if (!country.data) country = by_forgotten(self, index);
    if (!country.data) country = by_default(self, index);
    if (!country.data) country = by_steps(self, index, ATT_COUNTRY_GUESSES, ATT_COUNTRY_TRIES);
    if (!country.data) country = by_home_alone(self, index);
    link_to(self, index, country);
}

att_str att_agency_id_in(const finder *self, uint32_t index, att_str country)
{
    const att_annotation *agency = at(self, index);
    att_str id = get(self, agency, ATT_KEY_ID);
    if (id.length && id.data[0] == '*') return star_in(self, id, country);
    uint32_t entry = owner_in(self, agency, country);
    if (entry == ATT_NONE) return (att_str){ 0 };
    const att_entry *known = &self->knowledge->entries.entries.items[entry];
    return known->star || att_str_equal(known->more->country, country) ? id_in(self, entry, country) : (att_str){ 0 };
}

bool att_agency_move(finder *self, uint32_t index, att_str country)
{
    att_annotation *agency = &self->doc->annotations.items[index];
    att_str id = att_agency_id_in(self, index, country);
    if (!id.data || !att_country_may_be(self, index, country)) return false;
    forget(self, agency, ATT_KEY_PARENT); /* which may have been of the other state */
    set(self, agency, ATT_KEY_ID, id);
    set(self, agency, ATT_KEY_COUNTRY, country);
    agency->country_by = ATT_BY_SENTENCE;
    agency->entry = att_entries_find(&self->knowledge->entries, id);
    if (agency->entry == ATT_NONE) agency->entry = owner_in(self, agency, country);
    return true;
}

/* Links what stands in brackets as the name before them, once that is known: by itself it would be guessed of another state. */
static void link_in_brackets(finder *self, uint32_t body)
{
    const uint32_t index = self->groups->by[ATT_GROUP_BODIES].items[body], whole = explained_by(self, body);
    att_annotation *word = &self->doc->annotations.items[index];
    if (whole == ATT_NONE || word->country_by) return;
    const att_str country = get(self, at(self, whole), ATT_KEY_COUNTRY);
    if (!country.data) return;
    word->country_by = at(self, whole)->country_by;
    link_to(self, index, answer(self, whole, country));
}

void att_link_agencies(const att_knowledge *knowledge, att_document *doc, const att_vocabulary *vocabulary,
                       const att_groups *groups)
{
    finder *self = att_country_finder_new(knowledge, doc, vocabulary, groups);
    const att_indexes *bodies = &groups->by[ATT_GROUP_BODIES];
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY) know_name(self, bodies->items[k]);
    att_forget_namesakes(self);
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY) link_by_words(self, k);
    for (uint32_t k = bodies->count; k-- > 0;) /* a unit behind the body that it is in */
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY && explained_by(self, k) == ATT_NONE)
            link_by_guess(self, bodies->items[k]);
    for (uint32_t k = 0; k < bodies->count; k++)
        if (at(self, bodies->items[k])->layer == ATT_LAYER_AGENCY) link_in_brackets(self, k);
    att_link_explained(self);
    att_forget_chambers(self);
    att_move_chambers(self);
}

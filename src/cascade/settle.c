#include "cascade/settle.h"

#include "base/map.h"
#include "base/order.h"
#include "cascade/letters.h"

/* By key_of, with their ends. */
typedef struct {
    att_ranked *items;
    uint32_t count, capacity;
} mentions;

/* The bodies of several states that the document names, by their codes, and a place where it names each. */
typedef struct {
    att_map codes;
    struct {
        uint32_t start, end;
    } * items;
    uint32_t count, capacity;
} groups;

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    mentions witnesses; /* mentions that aren't weak, of entries that share weak forms */
    mentions places;    /* those of them that are of the entry's places and bodies: "Brazzaville" */
    struct {
        uint32_t *items;
        uint32_t count, capacity;
    } told; /* entries that have weak forms, of states and bodies of several that rules recognised by the words beside them:
               each once */
    groups groups;
    uint32_t longest;     /* bytes of the longest annotation */
    att_letters *letters; /* NULL when no body's are weak */
} settler;

static const att_entry *entry_at(const settler *self, uint32_t entry)
{
    return &self->knowledge->entries.entries.items[entry];
}

/* By entry, then start. */
static uint64_t key_of(uint32_t entry, uint32_t start)
{
    return (uint64_t)entry << 32 | start;
}

static void add_witness(const settler *self, mentions *to, uint32_t entry, const att_annotation *mention)
{
    ATT_RESERVE(self->doc->arena, to, 1);
    to->items[to->count++] = (att_ranked){ key_of(entry, mention->start), mention->end };
}

static bool is_told(const settler *self, uint32_t entry)
{
    for (uint32_t i = 0; i < self->told.count; i++)
        if (self->told.items[i] == entry) return true;
    return false;
}

/* Keeps the state or body of several of a mention that a rule made: it has a code or an id, and no name of an entry. */
static void add_told(settler *self, const att_annotation *mention)
{
    if (mention->layer != ATT_LAYER_COUNTRY && mention->layer != ATT_LAYER_IGO) return;
    const att_key key = mention->layer == ATT_LAYER_IGO ? ATT_KEY_ID : ATT_KEY_CODE;
    att_str id = att_annotation_get(mention, &self->knowledge->layers, key);
    uint32_t entry = id.length ? att_entries_find(&self->knowledge->entries, id) : (uint32_t)ATT_NONE;
    if (entry == ATT_NONE || !entry_at(self, entry)->has_weak || is_told(self, entry)) return;
    ATT_RESERVE(self->doc->arena, &self->told, 1);
    self->told.items[self->told.count++] = entry;
}

static void add_group(settler *self, const att_annotation *mention)
{
    if (mention->layer != ATT_LAYER_IGO) return;
    att_str code = att_annotation_get(mention, &self->knowledge->layers, ATT_KEY_CODE);
    if (!code.length) return;
    if (att_map_add(&self->groups.codes, code) < self->groups.count) return;
    ATT_RESERVE(self->doc->arena, &self->groups, 1);
    self->groups.items[self->groups.count].start = mention->start;
    self->groups.items[self->groups.count++].end = mention->end;
}

static bool is_of_word(const settler *self, uint32_t token)
{
    return token < self->doc->tokens.count && att_str_is(att_document_word(self->doc, token), "of");
}

/* "Peru's General Assembly", "the Ohio General Assembly", "the General Assembly of Marlow": whose it is stands beside it. */
static bool has_owner(const settler *self, uint32_t index)
{
    const att_annotation *weak = &self->doc->annotations.items[index];
    if (is_of_word(self, weak->tokens.last)) return true;
    uint32_t before = weak->tokens.first, i = index;
    bool owned = before && self->doc->tokens.flags[before - 1] & ATT_FLAG_POSS;
    if (owned) before--;
    while (i && self->doc->annotations.items[i - 1].start == weak->start) i--;
    const att_annotation *owner = i ? &self->doc->annotations.items[i - 1] : NULL;
    return owner && owner->tokens.last == before ? owner->layer != ATT_LAYER_IGO : owned;
}

/* "the General Assembly" where the document names the United Nations: the number of the group whose organ the entry is, or
 * ATT_NONE. One word is too little to tell. */
static uint32_t group_of_organ(const settler *self, uint32_t index, const att_entry *entry)
{
    const att_annotation *weak = &self->doc->annotations.items[index];
    if (entry->layer != ATT_LAYER_IGO || weak->tokens.last - weak->tokens.first == 1) return ATT_NONE;
    if (!entry->more->code.length || has_owner(self, index)) return ATT_NONE;
    return att_map_find(&self->groups.codes, entry->more->code);
}

static bool collect(settler *self)
{
    bool weak = false;
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) weak = weak || self->doc->annotations.items[i].state & ATT_WEAK;
    if (!weak) return false;
    att_map_init(&self->groups.codes, self->doc->arena);
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *a = &self->doc->annotations.items[i];
        if (a->entry == ATT_NONE) add_told(self, a);
        if (!(a->state & ATT_WEAK)) add_group(self, a);
        if (a->state & ATT_WEAK || a->entry == ATT_NONE) continue;
        const att_entry *entry = entry_at(self, a->entry);
        if (entry->has_weak) add_witness(self, &self->witnesses, a->entry, a);
        if (!entry->of_weak) continue;
        uint32_t state = att_entries_find(&self->knowledge->entries, entry->more->country);
        add_witness(self, &self->witnesses, state, a);
        add_witness(self, &self->places, state, a);
    }
    att_order(self->doc->arena, self->witnesses.items, self->witnesses.count);
    att_order(self->doc->arena, self->places.items, self->places.count);
    return true;
}

/* The first witness of `entry` at or behind `start`. */
static uint32_t search(const settler *self, uint32_t entry, uint32_t start)
{
    return att_order_from(self->witnesses.items, self->witnesses.count, key_of(entry, start));
}

/* Whether there is a witness at `at`, and of the entry. */
static bool is_of(const settler *self, uint32_t at, uint32_t entry)
{
    return at < self->witnesses.count && self->witnesses.items[at].key >> 32 == entry;
}

static uint32_t start_of(const settler *self, uint32_t at)
{
    return (uint32_t)self->witnesses.items[at].key;
}

/* How near a witness of the entry stands: smaller is nearer, and any before `start` is nearer than any behind. 0 for a state
 * that is meant when nothing tells: where it is named, it is meant, whatever stands nearer. UINT64_MAX for none. */
static uint64_t distance(const settler *self, uint32_t entry, uint32_t start)
{
    uint32_t at = search(self, entry, start);
    bool before = at && is_of(self, at - 1, entry), behind = is_of(self, at, entry);
    if (!before && !behind) return UINT64_MAX;
    if (entry_at(self, entry)->is_default && entry_at(self, entry)->layer == ATT_LAYER_COUNTRY) return 0;
    return before ? start - start_of(self, at - 1) : ((uint64_t)1 << 32) + (start_of(self, at) - start);
}

/* How many of the mentions are of the entry and begin in bytes [from, to). */
static uint32_t count_between(const mentions *among, uint32_t entry, uint32_t from, uint32_t to)
{
    uint32_t first = att_order_from(among->items, among->count, key_of(entry, from));
    return att_order_from(among->items, among->count, key_of(entry, to)) - first;
}

/* "Congo's president in Brazzaville": the state whose place the sentence names, where it names none of those that are called so
 * by a name of its own; which one the document names elsewhere does not matter then. ATT_NONE for none. */
static uint32_t told_by_place(const settler *self, const att_annotation *weak)
{
    const att_document *doc = self->doc;
    const att_names *names = &self->knowledge->names;
    if (weak->layer != ATT_LAYER_COUNTRY || !self->places.count || !doc->sentences.count) return ATT_NONE;
    att_token_range tokens = doc->sentences.items[att_stretches_at(&doc->sentences, weak->tokens.first)].tokens;
    uint32_t from = doc->tokens.start[tokens.first], to = doc->tokens.end[tokens.last - 1], found = ATT_NONE;
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f)) {
        uint32_t owner = names->forms.items[f].owner;
        if (owner == ATT_OWNER_BOILERPLATE || !(names->forms.items[f].flags & ATT_FORM_WEAK)) continue;
        uint32_t all = count_between(&self->witnesses, owner, from, to);
        if (!all) continue;
        if (found != ATT_NONE || count_between(&self->places, owner, from, to) < all) return ATT_NONE;
        found = owner;
    }
    return found;
}

/* The longer name with a known meaning that the annotation stands in, or NULL. */
static const att_annotation *outer_name(const settler *self, uint32_t index)
{
    const att_annotations *all = &self->doc->annotations;
    const att_annotation *inner = &all->items[index];
    for (uint32_t i = index; i && all->items[i - 1].start + self->longest > inner->start; i--) {
        const att_annotation *outer = &all->items[i - 1];
        if (outer->entry == ATT_NONE || outer->state & ATT_WEAK || outer->start > inner->start || outer->end < inner->end)
            continue;
        if (outer->end - outer->start > inner->end - inner->start) return outer;
    }
    return NULL;
}

/* What speaks for the owners of a weak name. */
typedef struct {
    uint32_t best, fallback, told; /* named nearest; by default; told by words beside it */
    uint32_t organ;                /* of a group that the document names */
    uint32_t group;                /* no body of a state, which letters mean where their only other owner may not be meant */
    uint32_t bodies;               /* how many are of a state */
    uint64_t nearest;
    const att_annotation *outer; /* the name around it, or NULL */
    att_str country;             /* of the name around it, or beside letters; may be null */
    bool letters;                /* of a body of a state */
    bool beside;                 /* `country` stands beside them */
} candidates;

/* Whether the entry is a body of a state; a star entry is of any. */
static bool is_of_state(const att_entry *entry)
{
    return entry->layer == ATT_LAYER_AGENCY && !entry->star;
}

/* Weighs an owner. Letters beside a state are of no body of another one. */
static void weigh(const settler *self, candidates *found, uint32_t owner, uint32_t index)
{
    const att_entry *entry = entry_at(self, owner);
    if (found->beside && is_of_state(entry)) return;
    if (entry->is_default) found->fallback = owner;
    found->bodies += is_of_state(entry);
    if (is_told(self, owner) || (found->beside && entry->star)) found->told = owner;
    if (entry->layer == ATT_LAYER_ORG) found->group = owner;
    if (group_of_organ(self, index, entry) != ATT_NONE) found->organ = owner;
    uint64_t d = distance(self, owner, self->doc->annotations.items[index].start);
    if (d > found->nearest || d == UINT64_MAX || (d == found->nearest && owner > found->best)) return;
    found->nearest = d;
    found->best = owner;
}

/* The owner of letters that are of a body of a state, once none is named in full; ATT_NONE when nothing tells. */
static uint32_t meaning_of_letters(const settler *self, const candidates *found, const att_annotation *weak)
{
    if (found->beside) return found->told != ATT_NONE ? found->told : found->fallback;
    if (att_letters_are_told(self->letters, weak)) return ATT_NONE;
    uint32_t at_home = att_letters_at_home(self->letters, weak);
    if (at_home != ATT_NONE || att_letters_are_a_word(self->letters, weak)) return at_home;
    if (found->fallback == ATT_NONE || !is_of_state(entry_at(self, found->fallback)))
        return found->fallback != ATT_NONE ? found->fallback : found->told;
    att_str state = entry_at(self, found->fallback)->more->country;
    if (att_letters_may_be_of(self->letters, weak, state, found->bodies == 1)) return found->fallback;
    bool capitals = self->doc->tokens.flags[weak->tokens.first] & ATT_FLAG_CAPITAL_LINE;
    return found->bodies == 1 && !capitals && !att_letters_are_explained(self->letters, weak) ? found->group
                                                                                              : (uint32_t)ATT_NONE;
}

/* The state that says what the name means: beside letters, or of the name around it. */
static void find_country(const settler *self, uint32_t index, candidates *found)
{
    found->outer = outer_name(self, index);
    found->letters = self->letters && att_letters_are(self->knowledge, self->doc, &self->doc->annotations.items[index]);
    if (found->letters) found->country = att_letters_beside(self->letters, index);
    found->beside = found->country.length;
    if (!found->beside && found->outer) found->country = entry_at(self, found->outer->entry)->more->country;
}

static bool is_listed(const settler *self, att_program_list which, uint32_t token)
{
    return att_lists_have_text(&self->knowledge->lists, which, att_document_word(self->doc, token));
}

/* Whether one who is sent by a state stands before its name: "the gentleman from New York", "Mr. FARROW of New York". */
static bool is_behind_member(const settler *self, const att_annotation *weak)
{
    const att_document *doc = self->doc;
    if (weak->tokens.first < 3) return false;
    const uint32_t link = weak->tokens.first - 1, before = link - 1;
    const att_str word = att_document_word(doc, link);
    if (att_str_is(word, "from")) return is_listed(self, ATT_LIST_SENT, before);
    const uint8_t cases = doc->tokens.flags[before] & (ATT_FLAG_SMALL | ATT_FLAG_CAPITAL);
    if (!att_str_is(word, "of") || cases != ATT_FLAG_CAPITAL || att_document_word(doc, before).length < 3) return false;
    return is_listed(self, ATT_LIST_HONORIFIC, before - 1);
}

/* What sends a member there: rather the state than the city of that name in it, or than another state; ATT_NONE for none. */
static uint32_t state_of_member(const settler *self, const att_annotation *weak)
{
    const att_names *names = &self->knowledge->names;
    uint32_t usual = ATT_NONE, other = ATT_NONE, count = 0;
    if (!is_behind_member(self, weak)) return ATT_NONE;
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f)) {
        const uint32_t owner = names->forms.items[f].owner;
        if (owner == ATT_OWNER_BOILERPLATE || names->forms.items[f].layer != ATT_LAYER_LOCATION) continue;
        count++;
        if (entry_at(self, owner)->is_default) usual = owner;
        else other = owner;
    }
    if (usual == ATT_NONE || count > 2) return ATT_NONE;
    if (other == ATT_NONE) return usual;
    return att_str_equal(entry_at(self, usual)->more->country, entry_at(self, other)->more->country) ? other : ATT_NONE;
}

/* The entry that the weak name means here, or ATT_NONE. */
static uint32_t meaning(const settler *self, uint32_t index)
{
    const att_names *names = &self->knowledge->names;
    const att_annotation *weak = &self->doc->annotations.items[index];
    const uint32_t sent = state_of_member(self, weak);
    if (sent != ATT_NONE) return sent;
    candidates found = { ATT_NONE, ATT_NONE, ATT_NONE, ATT_NONE, ATT_NONE, .nearest = UINT64_MAX };
    uint32_t within = ATT_NONE;
    find_country(self, index, &found);
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f)) {
        const att_form *form = &names->forms.items[f];
        if (form->owner == ATT_OWNER_BOILERPLATE || !(form->flags & ATT_FORM_WEAK)) continue;
        const att_entry *entry = entry_at(self, form->owner);
        if (!att_entry_valid(entry, self->doc->date)) continue;
        if (found.country.data && att_str_equal(entry->more->country, found.country)) {
            if (found.beside || entry->is_default) return form->owner;
            if (within == ATT_NONE) within = form->owner;
        }
        weigh(self, &found, form->owner, index);
    }
    if (within != ATT_NONE) return within;
    uint32_t placed = found.outer ? (uint32_t)ATT_NONE : told_by_place(self, weak);
    if (placed != ATT_NONE) return placed;
    if (found.best != ATT_NONE) return found.best;
    if (found.organ != ATT_NONE && !found.outer) return found.organ;
    if (found.letters) return meaning_of_letters(self, &found, weak);
    const bool letters = weak->layer == ATT_LAYER_IGO && weak->tokens.last - weak->tokens.first == 1; /* "EC" */
    return found.told != ATT_NONE && (letters || found.fallback != ATT_NONE) ? found.told : found.fallback;
}

/* The form of `entry` at the annotation's name in its layer, or NULL: then another layer's annotation speaks for it. */
static const att_form *form_of(const settler *self, const att_annotation *weak, uint32_t entry)
{
    const att_names *names = &self->knowledge->names;
    for (uint32_t f = att_names_first(names, weak->name); f; f = att_names_next(names, f))
        if (names->forms.items[f].owner == entry && names->forms.items[f].layer == weak->layer) return &names->forms.items[f];
    return NULL;
}

/* Whether the state beside letters, or that the document is about, says that they mean the entry. */
static bool is_by_state(const settler *self, uint32_t entry)
{
    const att_entry *one = entry_at(self, entry);
    return self->letters && !one->is_default && (one->star || is_of_state(one));
}

/* Tells by what the weak name was settled. */
static void tell(const settler *self, uint32_t index, uint32_t entry)
{
    att_trace *trace = self->doc->trace;
    const att_annotation *weak = &self->doc->annotations.items[index], *outer = outer_name(self, index);
    if (outer && entry_at(self, outer->entry)->more->country.data
        && att_str_equal(entry_at(self, outer->entry)->more->country, entry_at(self, entry)->more->country)) {
        trace->settled(trace, weak, ATT_SETTLED_INSIDE, outer->start, outer->end);
        return;
    }
    uint32_t at = search(self, entry, weak->start);
    uint32_t group = group_of_organ(self, index, entry_at(self, entry));
    if (at && is_of(self, at - 1, entry)) at--;
    if (is_of(self, at, entry))
        trace->settled(trace, weak, ATT_SETTLED_MENTION, start_of(self, at), self->witnesses.items[at].index);
    else if (group != ATT_NONE)
        trace->settled(trace, weak, ATT_SETTLED_MENTION, self->groups.items[group].start, self->groups.items[group].end);
    else if (is_by_state(self, entry)) trace->settled(trace, weak, ATT_SETTLED_STATE, 0, 0);
    else trace->settled(trace, weak, ATT_SETTLED_DEFAULT, 0, 0);
}

/* Whether the weak name are letters of a body that the text names in full before it gives them, of whatever state. */
static bool is_told_body(const settler *self, uint32_t index)
{
    const att_annotation *weak = &self->doc->annotations.items[index];
    return self->letters && weak->layer == ATT_LAYER_AGENCY && att_letters_are(self->knowledge, self->doc, weak)
           && att_letters_are_told(self->letters, weak) && !att_letters_beside(self->letters, index).length;
}

/* Settles one weak name, or drops it. */
static void settle_one(const settler *self, uint32_t index)
{
    att_document *doc = self->doc;
    att_annotation *weak = &doc->annotations.items[index];
    const bool told = is_told_body(self, index);
    uint32_t entry = told ? att_letters_told(self->letters, weak) : meaning(self, index);
    if (told && entry == ATT_NONE) {
        weak->entry = ATT_NONE;
        weak->fields = NULL;
        return;
    }
    const att_form *form = entry == ATT_NONE ? NULL : form_of(self, weak, entry);
    if (!form) {
        if (doc->trace) doc->trace->lost(doc->trace, weak, NULL, ATT_LOST_OPEN);
        att_drop(doc, weak);
        return;
    }
    weak->entry = entry;
    weak->fields = weak->layer == ATT_LAYER_DEMONYM ? entry_at(self, entry)->more->demonym : entry_at(self, entry)->fields;
    const att_entry_line *line = att_entries_line(&self->knowledge->entries, &self->knowledge->names, form);
    weak->origin = &self->knowledge->entries.origins.items[line->origin];
    weak->line = line->line;
    if (doc->trace) tell(self, index, entry);
}

/* Settles those that are letters of bodies of states, once all others are settled, or the others. Returns whether any are left.
 */
static bool settle_those(const settler *self, bool letters)
{
    att_annotations *all = &self->doc->annotations;
    bool left = false;
    for (uint32_t i = 0; i < all->count; i++) {
        if (!(all->items[i].state & ATT_WEAK) || all->items[i].state & ATT_DROPPED) continue;
        if (att_letters_are(self->knowledge, self->doc, &all->items[i]) == letters) settle_one(self, i);
        else left = true;
    }
    return left;
}

/* Settles the letters, after counting the states of the document. */
static void settle_letters(settler *self)
{
    self->letters = att_arena_alloc(self->doc->arena, sizeof *self->letters);
    att_letters_count(self->letters, self->knowledge, self->doc);
    settle_those(self, true);
}

void att_settle(const att_knowledge *knowledge, att_document *doc)
{
    settler self = { .knowledge = knowledge, .doc = doc };
    if (!collect(&self)) return;
    att_annotations_sort(&doc->annotations, doc->arena);
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        uint32_t length = doc->annotations.items[i].end - doc->annotations.items[i].start;
        if (length > self.longest) self.longest = length;
    }
    if (settle_those(&self, false)) settle_letters(&self);
    doc->annotations.sorted = 0;
}

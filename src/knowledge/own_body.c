#include "knowledge/own_body.h"

#include "base/order.h"

/* How a state's own entry comes by a form of the star entry: the first means more than the others. */
enum { BY_ID, BY_FORM, BY_FORM_WITH_NATION };

typedef struct {
    att_own_body_of found;
    uint32_t node;   /* of the names: that of the star's form */
    att_place place; /* of the form */
} claim;

typedef struct {
    att_entries *entries;
    const att_blocks *blocks;
    att_names *names;
    struct {
        claim *items;
        uint32_t count, capacity;
    } claims;
    uint32_t of, the;                 /* norms of these words */
    uint32_t norms[ATT_LONGEST_FORM]; /* words of the form at hand */
    uint32_t count;
    uint32_t own;    /* the entry at hand */
    att_place place; /* of the form at hand */
} body_finder;

static void take_norm(void *user, att_str word)
{
    body_finder *self = user;
    uint64_t caps;
    uint32_t norm = att_lexicon_add(self->names->lexicon, word, &caps);
    if (self->count < ATT_LONGEST_FORM) self->norms[self->count++] = norm;
}

/* The node of words [first, end) of the form at hand, or 0. */
static uint32_t node_of(const body_finder *self, uint32_t first, uint32_t end)
{
    uint32_t node = 0;
    for (uint32_t i = first; i < end; i++)
        if (!(node = att_names_step(self->names, node, self->norms[i]))) return 0;
    return node;
}

/* Whether the words are a name of the state or of its people. */
static bool is_nation(const body_finder *self, uint32_t first, uint32_t end)
{
    att_str country = self->entries->entries.items[self->own].more->country;
    for (uint32_t f = att_names_first(self->names, node_of(self, first, end)); f; f = att_names_next(self->names, f)) {
        uint32_t owner = self->names->forms.items[f].owner;
        if (owner == ATT_OWNER_BOILERPLATE) continue;
        const att_entry *entry = &self->entries->entries.items[owner];
        if (entry->layer == ATT_LAYER_COUNTRY && att_str_equal(entry->more->code, country)) return true;
    }
    return false;
}

/* Whether the id is the star entry's with the code of the state: then it is the body, whatever others are called. */
static bool has_its_id(const att_entry *own, const att_entry *star)
{
    size_t code = own->more->country.length;
    return own->id.length > code
           && att_str_equal(att_str_slice(own->id, code, own->id.length), att_str_slice(star->id, 1, star->id.length));
}

static void add_claim(body_finder *self, uint32_t star, uint32_t node, uint8_t by)
{
    const att_entry *entries = self->entries->entries.items;
    if (has_its_id(&entries[self->own], &entries[star])) by = BY_ID;
    for (uint32_t i = self->claims.count; i-- > 0 && self->claims.items[i].found.own == self->own;) {
        att_own_body_of *known = &self->claims.items[i].found;
        if (known->star != star) continue;
        if (by >= known->by) return;
        known->by = by;
        self->claims.items[i].node = node;
        return;
    }
    ATT_RESERVE(self->blocks->arena, &self->claims, 1);
    self->claims.items[self->claims.count++] = (claim){ { star, self->own, by }, node, self->place };
}

/* The entry at hand is what the star entries called so are in its state. */
static void claim_stars(body_finder *self, uint32_t first, uint32_t end, uint8_t by)
{
    const uint32_t node = node_of(self, first, end);
    for (uint32_t f = att_names_first(self->names, node); f; f = att_names_next(self->names, f)) {
        const att_form *form = &self->names->forms.items[f];
        if (form->layer != ATT_LAYER_AGENCY || form->owner == ATT_OWNER_BOILERPLATE) continue;
        if (self->entries->entries.items[form->owner].star) add_claim(self, form->owner, node, by);
    }
}

/* Letters such as "FSA" mean too many things to say that two bodies are one. */
static bool is_letters(att_str form)
{
    for (size_t i = 1; i < form.length; i++)
        if (form.data[i] == ' ') return false;
    return form.length < 2 || (form.data[1] >= 'A' && form.data[1] <= 'Z') || form.data[form.length - 1] <= 'Z';
}

/* The form itself, without the nation before it, and without that behind "of" or "of the". */
static void read_form(body_finder *self, att_str form)
{
    self->count = 0;
    if (is_letters(form) || !att_names_cut(self->names, form, take_norm, self)) return;
    claim_stars(self, 0, self->count, BY_FORM);
    for (uint32_t i = 1; i < self->count; i++) {
        if (is_nation(self, 0, i)) claim_stars(self, i, self->count, BY_FORM_WITH_NATION);
        uint32_t nation = i + 1 + (i + 1 < self->count && self->norms[i + 1] == self->the);
        if (self->norms[i] == self->of && nation < self->count && is_nation(self, nation, self->count))
            claim_stars(self, 0, i, BY_FORM_WITH_NATION);
    }
}

static void read_block(body_finder *self, const att_lines_block *block)
{
    const att_line *line = NULL;
    for (const att_lines_block *now = block; att_block_next(self->blocks, &now, &line);) {
        att_str rest = line->text, form;
        uint32_t rest_at = line->text_at, at;
        if (!att_entry_has_forms(line->word)) continue;
        while (att_next_form(self->blocks->arena, &rest, &rest_at, &form, &at)) {
            self->place = (att_place){ now->file->source, at, at + (uint32_t)form.length };
            if (form.length) read_form(self, form);
        }
    }
}

/* ---- the table ---- */

/* Whether both are in one state at some time. */
static bool meet(const att_entry *a, const att_entry *b)
{
    return a != b && att_str_equal(a->more->country, b->more->country) && att_terms_overlap(a->more->valid, b->more->valid);
}

/* C10 when the star entry might as well mean another body of the same state at the same time, unless both have the very form,
 * which is told already (shared_forms.c). `order` has the claims before this one, the better ones first. */
static void check(const body_finder *self, const att_ranked *order, uint32_t number)
{
    const claim *now = &self->claims.items[order[number].index], *other = NULL;
    const att_entry *entries = self->entries->entries.items, *own = &entries[now->found.own];
    for (uint32_t i = number; i-- > 0 && self->claims.items[order[i].index].found.star == now->found.star;)
        if (meet(own, &entries[self->claims.items[order[i].index].found.own])) other = &self->claims.items[order[i].index];
    if (!other || other->found.by != now->found.by) return;
    if (now->found.by == BY_FORM && now->node == other->node) return;
    att_report(self->blocks->diags, ATT_ERROR, "C10", now->place,
               "'%.*s' and '%.*s' would both be the '%.*s' of %.*s; make them one, or give one dates or another name",
               ATT_STR_ARG(entries[other->found.own].id), ATT_STR_ARG(own->id), ATT_STR_ARG(entries[now->found.star].id),
               ATT_STR_ARG(own->more->country));
    att_report_note(self->blocks->diags, other->place, "the other one");
}

/* By star entry; of the bodies of one state those that still are before those that were. */
static void make_table(body_finder *self)
{
    const uint32_t count = self->claims.count;
    att_ranked *order = att_arena_alloc(self->blocks->arena, sizeof *order * (count + 1));
    for (uint32_t i = 0; i < count; i++) {
        const att_own_body_of *found = &self->claims.items[i].found;
        bool ended = self->entries->entries.items[found->own].more->valid.to;
        order[i] = (att_ranked){ (uint64_t)found->star << 8 | (uint64_t)found->by << 1 | ended, i };
    }
    att_order(self->blocks->arena, order, count);
    self->entries->own_bodies.items =
        att_arena_alloc(self->blocks->arena, sizeof *self->entries->own_bodies.items * (count + 1));
    self->entries->own_bodies.count = self->entries->own_bodies.capacity = count;
    for (uint32_t i = 0; i < count; i++) {
        self->entries->own_bodies.items[i] = self->claims.items[order[i].index].found;
        check(self, order, i);
    }
}

void att_own_bodies_find(att_entries *entries, const att_blocks *blocks, att_names *names)
{
    uint64_t caps;
    body_finder self = { .entries = entries, .blocks = blocks, .names = names };
    self.of = att_lexicon_add(names->lexicon, ATT_STR("of"), &caps);
    self.the = att_lexicon_add(names->lexicon, ATT_STR("the"), &caps);
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind != ATT_BLOCK_ENTRY || block->dead) continue;
        self.own = att_entries_find(entries, block->name);
        if (self.own == ATT_NONE) continue;
        const att_entry *own = &entries->entries.items[self.own];
        if (own->layer == ATT_LAYER_AGENCY && !own->star && own->more->country.data) read_block(&self, block);
    }
    make_table(&self);
}

uint32_t att_own_body(const att_entries *entries, uint32_t star, att_str country, att_str date)
{
    const att_own_body_of *bodies = entries->own_bodies.items;
    uint32_t low = 0, count = entries->own_bodies.count;
    for (uint32_t high = count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (bodies[middle].star < star) low = middle + 1;
        else high = middle;
    }
    for (uint32_t i = low; i < count && bodies[i].star == star; i++) {
        const att_entry *own = &entries->entries.items[bodies[i].own];
        if (att_str_equal(own->more->country, country) && att_entry_valid(own, date)) return bodies[i].own;
    }
    return ATT_NONE;
}

uint32_t att_own_body_named(const att_entries *entries, const att_blocks *blocks, att_str id, att_place place)
{
    uint32_t country = att_entries_star_country(entries, blocks->arena, id);
    if (country == ATT_NONE) return ATT_NONE;
    uint32_t star = att_entries_find_star(entries, blocks->arena, id);
    uint32_t own = att_own_body(entries, star, entries->entries.items[country].more->code, (att_str){ 0 });
    if (own == ATT_NONE) return ATT_NONE;
    att_report(blocks->diags, ATT_WARNING, "C10", place, "'%.*s' is another id of '%.*s', %.*s; write that one",
               ATT_STR_ARG(id), ATT_STR_ARG(entries->entries.items[own].id), ATT_STR_ARG(entries->entries.items[own].name));
    return own;
}

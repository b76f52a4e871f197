/* names.c - builds the trie of names; names_find.c finds them in a text. */
#include "knowledge/names.h"

#include "base/utf8.h"
#include "knowledge/name_edges.h"
#include "text/cut.h"

enum { FIRST_EDGES = 1 << 12 };

static uint32_t new_node(att_names *self)
{
    ATT_RESERVE(self->arena, &self->newest, 1);
    self->newest.items[self->newest.count++] = 0;
    return self->node_count++;
}

/* Adds a form to a node. */
static uint32_t put_form(att_names *self, uint32_t node, const att_form *form)
{
    ATT_RESERVE(self->arena, &self->forms, 1);
    ATT_RESERVE(self->arena, &self->nexts, 1);
    self->forms.items[self->forms.count] = *form;
    self->nexts.items[self->nexts.count++] = self->newest.items[node];
    self->newest.items[node] = self->forms.count;
    return self->forms.count++;
}

void att_names_init(att_names *self, att_lexicon *lexicon, att_arena *arena)
{
    *self = (att_names){ .lexicon = lexicon, .arena = arena };
    att_map_init(&self->shared, arena);
    put_form(self, new_node(self), &(att_form){ 0 }); /* form 0 means none, node 0 is the root */
}

static void put_edge(att_names *self, att_edge edge)
{
    self->edges[slot_of(self, edge.node, edge.norm)] = edge;
    att_word_set_put(&self->likely, att_word_pair(edge.node, edge.norm));
}

/* Makes a new table with `slots` slots, more than there are edges, and a new set of bits for `count` edges. */
static void set_slots(att_names *self, uint32_t slots, uint32_t count)
{
    att_edge *old = self->edges;
    uint32_t old_slots = self->edge_slots;
    self->edge_slots = slots;
    self->edges = att_arena_zero(self->arena, slots, sizeof *self->edges);
    self->likely = att_word_set_make(self->arena, count, UINT32_MAX);
    for (uint32_t i = 0; i < old_slots; i++)
        if (old[i].target) put_edge(self, old[i]);
}

uint32_t att_names_step(const att_names *self, uint32_t node, uint32_t norm)
{
    return edge_of(self, node, norm).target;
}

static uint32_t root_step_or_add(att_names *self, uint32_t norm)
{
    uint32_t *node = &self->lexicon->words.items[norm].nodes[self->trie];
    if (!*node) *node = new_node(self);
    return *node;
}

static uint32_t step_or_add(att_names *self, uint32_t node, uint32_t norm)
{
    if (node == ATT_NAMES_ROOT) return root_step_or_add(self, norm);
    if (self->edge_count * 2 >= self->edge_slots) {
        uint32_t slots = self->edge_slots ? self->edge_slots * 2 : FIRST_EDGES;
        set_slots(self, slots, slots / 2);
    }
    uint32_t slot = slot_of(self, node, norm);
    if (self->edges[slot].target) return self->edges[slot].target;
    att_edge edge = { node, norm, false, false, new_node(self) & ATT_MOST_NODES };
    put_edge(self, edge);
    self->edge_count++;
    return edge.target;
}

/* Whether the text is like "WHO": up to four capitals without dots. In a line of capitals that may be a common word. */
static bool is_short_capitals(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z') return false;
    return text.length <= ATT_SHORT_CAPITALS;
}

static size_t hyphen_length(att_str text, size_t at)
{
    if (text.data[at] == '-') return 1;
    att_rune rune = att_utf8_decode(text, at);
    return rune.code == 0x2010 || rune.code == 0x2011 ? rune.length : 0;
}

/* Calls `take` for each part of a token between its hyphens. */
static void cut_token(att_str token, void (*take)(void *, att_str), void *user)
{
    size_t start = 0;
    for (size_t at = 0; token.length > 1 && at < token.length;) {
        size_t hyphen = hyphen_length(token, at);
        if (!hyphen) {
            at++;
            continue;
        }
        if (at > start) take(user, att_str_slice(token, start, at));
        start = at += hyphen;
    }
    if (start < token.length) take(user, att_str_slice(token, start, token.length));
}

bool att_names_cut(att_names *self, att_str text, void (*take)(void *user, att_str word), void *user)
{
    char padded[ATT_LONGEST_FORM_BYTES + ATT_TEXT_PADDING];
    if (text.length > ATT_LONGEST_FORM_BYTES) return false;
    memcpy(padded, text.data, text.length);
    memset(padded + text.length, 0, ATT_TEXT_PADDING);
    att_str copy = { padded, text.length };
    att_tokens *tokens = &self->cut;
    tokens->count = 0;
    att_cut(self->lexicon, self->arena, copy, 0, copy.length, tokens);
    if (tokens->count > ATT_LONGEST_FORM) return false;
    for (uint32_t i = 0; i < tokens->count; i++) cut_token(att_str_slice(copy, tokens->start[i], tokens->end[i]), take, user);
    return true;
}

typedef struct {
    att_names *names;
    bool exact;
    uint32_t words, length; /* its words in `names`: they are the last ones */
    uint32_t node, before;  /* the last two nodes */
    uint32_t norm;          /* norm of the last word */
} form_adder;

/* Where the words of the form are: if an earlier form has the same requirements for its words, those; else its own. */
static uint32_t share_words(att_names *self, const form_adder *form)
{
    self->words.items[form->words].length = form->length;
    att_str words = { (const char *)&self->words.items[form->words], form->length * sizeof *self->words.items };
    uint32_t number = att_map_add(&self->shared, words);
    if (number < self->shared_at.count) {
        self->words.count = form->words;
        return self->shared_at.items[number];
    }
    ATT_RESERVE(self->arena, &self->shared_at, 1);
    self->shared_at.items[self->shared_at.count++] = form->words;
    return form->words;
}

/* Sorts the forms by node. `was` receives each form's old index; `numbers` each node's new number: the index of its first
 * form, or a number above all forms when it has none. */
static void gather_forms(att_names *self, uint32_t *was, uint32_t *numbers)
{
    att_form *items = att_arena_alloc(self->arena, sizeof *items * self->forms.count);
    uint32_t made = 1, behind = self->forms.count;
    items[ATT_NAMES_ROOT] = self->forms.items[ATT_NAMES_ROOT];
    was[ATT_NAMES_ROOT] = numbers[ATT_NAMES_ROOT] = ATT_NAMES_ROOT;
    for (uint32_t node = ATT_NAMES_ROOT + 1; node < self->node_count; node++) {
        uint32_t form = self->newest.items[node];
        numbers[node] = form ? made : behind++;
        for (; form; form = self->nexts.items[form]) {
            was[made] = form;
            items[made] = self->forms.items[form];
            if (self->nexts.items[form]) items[made].flags |= ATT_FORM_GOES_ON;
            made++;
        }
    }
    self->forms.items = items;
    self->forms.capacity = self->forms.count;
    self->node_count = behind;
}

static void renumber(att_names *self, const uint32_t *numbers)
{
    for (uint32_t norm = 0; norm < self->lexicon->words.count; norm++) {
        uint32_t *node = &self->lexicon->words.items[norm].nodes[self->trie];
        *node = numbers[*node];
    }
    for (uint32_t i = 0; i < self->edge_slots; i++) {
        self->edges[i].node = numbers[self->edges[i].node];
        self->edges[i].target = numbers[self->edges[i].target] & ATT_MOST_NODES;
    }
    if (self->edge_count) set_slots(self, self->edge_count + self->edge_count / 10 * 3 + 1, self->edge_count);
}

const uint32_t *att_names_close(att_names *self)
{
    uint32_t *was = att_arena_alloc(self->arena, sizeof *was * self->forms.count);
    uint32_t *numbers = att_arena_alloc(self->arena, sizeof *numbers * self->node_count);
    gather_forms(self, was, numbers);
    renumber(self, numbers);
    memset(&self->newest, 0, sizeof self->newest);
    memset(&self->nexts, 0, sizeof self->nexts);
    memset(&self->shared, 0, sizeof self->shared);
    memset(&self->shared_at, 0, sizeof self->shared_at);
    ATT_TRIM(self->arena, &self->words);
    return was;
}

/* Adds one word to the form and follows, or makes, the edge for it. */
static void add_word(void *user, att_str surface)
{
    form_adder *self = user;
    att_names *names = self->names;
    uint64_t caps;
    uint32_t norm = att_lexicon_add(names->lexicon, surface, &caps);
    uint32_t exact = self->exact ? att_lexicon_add_exact(names->lexicon, surface) : (uint32_t)ATT_NONE;
    uint32_t before = self->length++;
    ATT_RESERVE(names->arena, &names->words, 1);
    names->words.items[names->words.count++] = (att_form_word){ .caps = caps, .exact = exact };
    if (before > 1) names->edges[slot_of(names, self->before, self->norm)].goes_on = true;
    self->norm = norm;
    self->before = self->node;
    self->node = step_or_add(names, self->node, norm);
    if (names->trie == ATT_TRIE_LISTS) return;
    if (!before) att_lexicon_add_start(names->lexicon, names->trie, norm, caps);
    if (before == 1) att_lexicon_add_second(names->lexicon, names->trie, norm, caps);
}

static bool takes_any_case(const form_adder *form)
{
    const att_form_word *words = &form->names->words.items[form->words];
    for (uint32_t i = 0; i < form->length; i++)
        if (words[i].caps || words[i].exact != ATT_NONE) return false;
    return true;
}

uint32_t att_names_add(att_names *self, att_str text, att_form form)
{
    form_adder adder = { .names = self,
                         .exact = form.flags & ATT_FORM_EXACT,
                         .words = self->words.count,
                         .node = ATT_NAMES_ROOT,
                         .before = ATT_NAMES_ROOT,
                         .norm = ATT_NONE };
    if (!att_names_cut(self, text, add_word, &adder) || adder.node == ATT_NAMES_ROOT) return ATT_NONE;
    if (adder.length == 1 && self->trie != ATT_TRIE_LISTS) att_lexicon_add_whole(self->lexicon, self->trie, adder.norm);
    if (is_short_capitals(text)) form.flags |= ATT_FORM_SHORT_CAPITALS;
    else if (takes_any_case(&adder)) form.flags |= ATT_FORM_ANY_CASE;
    uint32_t words = share_words(self, &adder);
    self->full = self->full || words > ATT_MOST_FORM_WORDS;
    form.words = words & ATT_MOST_FORM_WORDS;
    uint32_t next = self->newest.items[adder.node];
    if (form.owner == ATT_OWNER_BOILERPLATE || self->forms.items[next].flags & ATT_FORM_BOILERPLATE)
        form.flags |= ATT_FORM_BOILERPLATE;
    if (adder.before != ATT_NAMES_ROOT) self->edges[slot_of(self, adder.before, adder.norm)].ends = true;
    if (adder.length > self->longest) self->longest = adder.length;
    return put_form(self, adder.node, &form);
}

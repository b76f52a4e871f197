#include "knowledge/names.h"

#include "base/utf8.h"
#include "text/cut.h"

enum { ROOT = 0, FIRST_EDGES = 1 << 12, SHORT_CAPITALS = 4, BOILERPLATE_CHARACTERS = 200, MOST_NODES = (1 << 30) - 1 };

/* ---- building ---- */

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

static inline uint32_t first_slot(const att_names *self, uint32_t node, uint32_t norm)
{
    uint64_t hash = ((uint64_t)node << 32 | norm) * 0x9e3779b97f4a7c15u;
    return (uint32_t)((hash >> 32) * self->edge_slots >> 32);
}

static uint32_t slot_of(const att_names *self, uint32_t node, uint32_t norm)
{
    uint32_t at = first_slot(self, node, norm);
    while (self->edges[at].target && (self->edges[at].node != node || self->edges[at].norm != norm))
        at = at + 1 < self->edge_slots ? at + 1 : 0;
    return at;
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

/* The edge from the root for this norm; the lexicon keeps these. */
static att_edge edge_of_root(const att_names *self, uint32_t norm)
{
    uint32_t target = self->lexicon->words.items[norm].nodes[self->trie];
    return (att_edge){ ROOT, norm, att_names_first(self, target) != 0, true, target & MOST_NODES };
}

/* The edge from `node` for this norm; its target is 0 when there is none. */
static att_edge edge_of(const att_names *self, uint32_t node, uint32_t norm)
{
    if (node == ROOT) return edge_of_root(self, norm);
    bool likely = att_word_set_has(&self->likely, att_word_pair(node, norm));
    return likely ? self->edges[slot_of(self, node, norm)] : (att_edge){ 0 };
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
    if (node == ROOT) return root_step_or_add(self, norm);
    if (self->edge_count * 2 >= self->edge_slots) {
        uint32_t slots = self->edge_slots ? self->edge_slots * 2 : FIRST_EDGES;
        set_slots(self, slots, slots / 2);
    }
    uint32_t slot = slot_of(self, node, norm);
    if (self->edges[slot].target) return self->edges[slot].target;
    att_edge edge = { node, norm, false, false, new_node(self) & MOST_NODES };
    put_edge(self, edge);
    self->edge_count++;
    return edge.target;
}

/* Whether the text is like "WHO": up to four capitals without dots. In a line of capitals that may be a common word. */
static bool is_short_capitals(att_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z') return false;
    return text.length <= SHORT_CAPITALS;
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
    att_form form;
    uint32_t node, before; /* the last two nodes */
    uint32_t norm;         /* norm of the last word */
} form_adder;

/* If an earlier form has the same requirements for its words, shares those; else keeps the form's own, which are the last
 * ones. */
static void share_words(att_names *self, att_form *form)
{
    att_str words = { (const char *)&self->words.items[form->words], form->length * sizeof *self->words.items };
    uint32_t number = att_map_add(&self->shared, words);
    if (number < self->shared_at.count) {
        form->words = self->shared_at.items[number];
        self->words.count -= form->length;
        return;
    }
    ATT_RESERVE(self->arena, &self->shared_at, 1);
    self->shared_at.items[self->shared_at.count++] = form->words;
}

/* Sorts the forms by node. `was` receives each form's old index; `numbers` each node's new number: the index of its first
 * form, or a number above all forms when it has none. */
static void gather_forms(att_names *self, uint32_t *was, uint32_t *numbers)
{
    att_form *items = att_arena_alloc(self->arena, sizeof *items * self->forms.count);
    uint32_t made = 1, behind = self->forms.count;
    items[ROOT] = self->forms.items[ROOT];
    was[ROOT] = numbers[ROOT] = ROOT;
    for (uint32_t node = ROOT + 1; node < self->node_count; node++) {
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
        self->edges[i].target = numbers[self->edges[i].target] & MOST_NODES;
    }
    if (self->edge_count) set_slots(self, self->edge_count + self->edge_count / 2 + 1, self->edge_count);
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
    bool is_exact = self->form.flags & ATT_FORM_EXACT;
    uint32_t norm = att_lexicon_add(names->lexicon, surface, &caps);
    uint32_t exact = is_exact ? att_lexicon_add_exact(names->lexicon, surface) : (uint32_t)ATT_NONE;
    uint32_t before = self->form.length++;
    if (!before) self->form.words = names->words.count;
    ATT_RESERVE(names->arena, &names->words, 1);
    memset(&names->words.items[names->words.count], 0, sizeof *names->words.items); /* including its padding */
    names->words.items[names->words.count].caps = caps;
    names->words.items[names->words.count++].exact = exact;
    if (before > 1) names->edges[slot_of(names, self->before, self->norm)].goes_on = true;
    self->norm = norm;
    self->before = self->node;
    self->node = step_or_add(names, self->node, norm);
    if (names->trie == ATT_TRIE_LISTS) return;
    if (!before) att_lexicon_add_start(names->lexicon, names->trie, norm, caps);
    if (before == 1) att_lexicon_add_second(names->lexicon, names->trie, norm, caps);
}

static bool takes_any_case(const att_names *self, const att_form *form)
{
    const att_form_word *words = &self->words.items[form->words];
    for (uint32_t i = 0; i < form->length; i++)
        if (words[i].caps || words[i].exact != ATT_NONE) return false;
    return true;
}

uint32_t att_names_add(att_names *self, att_str text, att_form form)
{
    form_adder adder = { self, form, ROOT, ROOT, ATT_NONE };
    adder.form.length = 0;
    if (!att_names_cut(self, text, add_word, &adder) || adder.node == ROOT) return ATT_NONE;
    form = adder.form;
    if (form.length == 1 && self->trie != ATT_TRIE_LISTS) att_lexicon_add_whole(self->lexicon, self->trie, adder.norm);
    if (is_short_capitals(text)) form.flags |= ATT_FORM_SHORT_CAPITALS;
    else if (takes_any_case(self, &form)) form.flags |= ATT_FORM_ANY_CASE;
    share_words(self, &form);
    uint32_t next = self->newest.items[adder.node];
    if (form.owner == ATT_OWNER_BOILERPLATE || self->forms.items[next].flags & ATT_FORM_BOILERPLATE)
        form.flags |= ATT_FORM_BOILERPLATE;
    if (adder.before != ROOT) self->edges[slot_of(self, adder.before, adder.norm)].ends = true;
    if (form.length > self->longest) self->longest = form.length;
    return put_form(self, adder.node, &form);
}

/* ---- finding ---- */

enum { BATCH = 128, MOST_STARTS = BATCH + ATT_TOKEN_BLOCK };

/* Tokens that may begin a name together with the next token: their nodes, and the norms of the next ones. The norm is
 * ATT_NORM_OF_PARTS or ATT_NONE when one of the two is hyphenated. */
typedef struct {
    uint32_t tokens[MOST_STARTS + 1], nodes[MOST_STARTS + 1], norms[MOST_STARTS + 1], count;
} name_pairs;

/* A pair of tokens from which names continue; without an edge when one of the two is hyphenated. */
typedef struct {
    uint32_t token;
    att_edge edge;
} name_way;

/* The tokens of one batch at which names begin. */
typedef struct {
    uint32_t wholes[MOST_STARTS + 1], whole_count; /* words that are names by themselves */
    name_pairs pairs;
    name_way ways[MOST_STARTS + 1];
    uint32_t way_count;
} name_starts;

typedef struct {
    const att_names *names;
    att_document *doc;
    const att_vocabulary *vocabulary;
    att_hits *hits;
    uint32_t shift;          /* of the bits in `looks` that belong to this trie */
    uint32_t walked, fitted; /* the paragraph being walked, and that of the hit being checked */
    uint32_t last;           /* last token of the former */
} name_finder;

static const att_word_type *type_of(const att_document *doc, const att_vocabulary *vocabulary, uint32_t token)
{
    return att_vocabulary_type(vocabulary, doc->tokens.type[token]);
}

static uint32_t norm_at(const name_finder *self, uint32_t token)
{
    return self->vocabulary->columns.norm[self->doc->tokens.type[token]];
}

static uint32_t node_at(const name_finder *self, uint32_t token)
{
    return self->vocabulary->columns.nodes[self->names->trie][self->doc->tokens.type[token]];
}

/* Whether a word type meets the requirements of a form's word; `capitals`: in a line that is all in capitals. */
static bool word_fits(const att_form_word *word, const att_vocabulary *vocabulary, uint32_t type, bool capitals)
{
    if (word->exact != ATT_NONE) return !capitals && word->exact == vocabulary->columns.exact[type];
    return capitals || !(word->caps & ~vocabulary->columns.caps[type]);
}

/* The same for those parts of a hyphenated token that the hit covers. Starts at form word `*word` and moves it past them. */
static bool parts_fit(const att_form_word **word, const att_document *doc, const att_vocabulary *vocabulary, const att_hit *hit,
                      uint32_t token, bool capitals)
{
    const att_word_type *type = type_of(doc, vocabulary, token);
    const att_word_part *parts = &vocabulary->parts.items[type->first_part];
    for (uint32_t i = 0; i < type->part_count; i++) {
        uint32_t start = doc->tokens.start[token] + parts[i].start;
        if (start < hit->start || start >= hit->end) continue;
        if (!word_fits((*word)++, vocabulary, parts[i].type, capitals)) return false;
    }
    return true;
}

/* Whether a short hit in a line of capitals could be a common word. */
static bool is_common(const att_names *self, const att_document *doc, const att_hit *hit)
{
    att_str surface = att_str_slice(doc->text, hit->start, hit->end);
    char folded[SHORT_CAPITALS];
    if (surface.length > sizeof folded) return false; /* it has zero-width characters */
    for (size_t i = 0; i < surface.length; i++) folded[i] = (char)(surface.data[i] | 0x20);
    return att_lexicon_listed(self->lexicon, ATT_WORDS_COMMON, (att_str){ folded, surface.length }, 0) != ATT_NONE;
}

bool att_form_fits(const att_names *self, const att_form *form, const att_document *doc, const att_vocabulary *vocabulary,
                   const att_hit *hit)
{
    if (form->flags & ATT_FORM_ANY_CASE) return true;
    const att_form_word *word = &self->words.items[form->words];
    bool capitals = doc->tokens.flags[hit->first] & ATT_FLAG_CAPITAL_LINE;
    for (uint32_t token = hit->first; token <= hit->last; token++) {
        uint32_t type = doc->tokens.type[token];
        bool parts = vocabulary->columns.norm[type] == ATT_NORM_OF_PARTS;
        if (parts ? !parts_fit(&word, doc, vocabulary, hit, token, capitals) : !word_fits(word++, vocabulary, type, capitals))
            return false;
    }
    return !capitals || !(form->flags & ATT_FORM_SHORT_CAPITALS) || !is_common(self, doc, hit);
}

uint32_t att_names_fitting(const att_names *self, uint32_t form, const att_document *doc, const att_vocabulary *vocabulary,
                           const att_hit *hit)
{
    while (form && !att_form_fits(self, &self->forms.items[form], doc, vocabulary, hit)) form = att_names_next(self, form);
    return form;
}

/* Always keeps room for one batch of single-word names. */
static void make_room(const name_finder *self)
{
    ATT_RESERVE(self->doc->arena, self->hits, MOST_STARTS + 1);
}

static void add_hit(const name_finder *self, const att_hit *hit)
{
    self->hits->items[self->hits->count++] = *hit;
    __builtin_prefetch(&self->names->forms.items[hit->node]);
    make_room(self);
}

/* Moves the hit along an edge whose word ends at byte `end`. False when no longer name continues from there. */
static bool take_edge(const name_finder *self, att_hit *hit, const att_edge *edge, uint32_t end)
{
    if (!edge->target) return false;
    hit->node = edge->target;
    hit->length++;
    hit->end = end;
    if (edge->ends) add_hit(self, hit);
    return edge->goes_on;
}

static bool advance(const name_finder *self, att_hit *hit, uint32_t norm, uint32_t end)
{
    att_edge edge = norm == ATT_NONE ? (att_edge){ 0 } : edge_of(self->names, hit->node, norm);
    return take_edge(self, hit, &edge, end);
}

uint32_t att_names_node(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                        att_token_range tokens)
{
    uint32_t node = ROOT;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        const att_word_type *type = type_of(doc, vocabulary, token);
        const att_word_part *parts = &vocabulary->parts.items[type->first_part];
        for (uint32_t i = 0; i < (type->part_count ? type->part_count : 1); i++) {
            uint32_t norm = type->part_count ? att_vocabulary_type(vocabulary, parts[i].type)->norm : type->norm;
            node = norm == ATT_NONE ? 0 : att_names_step(self, node, norm);
            if (!node) return ATT_NONE;
        }
    }
    return node == ROOT || !att_names_first(self, node) ? (uint32_t)ATT_NONE : node;
}

/* Follows the parts of a hyphenated word, from `part` on. */
static bool advance_in_word(const name_finder *self, att_hit *hit, uint32_t token, uint32_t part)
{
    const att_word_type *type = type_of(self->doc, self->vocabulary, token);
    uint32_t start = self->doc->tokens.start[token];
    for (; part < type->part_count; part++) {
        const att_word_part *here = &self->vocabulary->parts.items[type->first_part + part];
        uint32_t norm = self->vocabulary->columns.norm[here->type];
        if (!advance(self, hit, norm, start + here->end)) return false;
    }
    return true;
}

/* Finds all names that continue after the hit's last token. */
static void walk_on(const name_finder *self, att_hit *hit)
{
    const att_tokens *tokens = &self->doc->tokens;
    while (++hit->last < self->last) {
        uint32_t norm = norm_at(self, hit->last);
        if (norm == ATT_NORM_OF_PARTS ? !advance_in_word(self, hit, hit->last, 0)
                                      : !advance(self, hit, norm, tokens->end[hit->last]))
            return;
    }
}

/* Moves on to the paragraph of a token; tokens must be given in text order. */
static void enter_paragraph(name_finder *self, uint32_t token)
{
    const att_paragraph *paragraphs = self->doc->paragraphs.items;
    while (paragraphs[self->walked].tokens.last <= token) self->walked++;
    self->last = paragraphs[self->walked].tokens.last;
}

/* Finds the names that start with both words of a pair. */
static void find_longer(name_finder *self, const name_way *way)
{
    const att_tokens *tokens = &self->doc->tokens;
    uint32_t token = way->token;
    att_hit hit = { .start = tokens->start[token], .first = token, .last = token, .node = node_at(self, token), .length = 1 };
    enter_paragraph(self, token);
    if (token + 1 == self->last) return;
    if (way->edge.target && !take_edge(self, &hit, &way->edge, tokens->end[++hit.last])) return;
    walk_on(self, &hit);
}

/* Finds all names that start with a part of a hyphenated word. */
static void find_in_word(name_finder *self, uint32_t token)
{
    enter_paragraph(self, token);
    const att_word_type *type = type_of(self->doc, self->vocabulary, token);
    uint32_t start = self->doc->tokens.start[token];
    for (uint32_t i = 0; i < type->part_count; i++) {
        const att_word_part *part = &self->vocabulary->parts.items[type->first_part + i];
        if (!(att_vocabulary_type(self->vocabulary, part->type)->looks >> self->shift & ATT_LOOK_STARTS)) continue;
        att_hit hit = { .start = start + part->start, .first = token, .last = token, .node = ROOT };
        if (advance_in_word(self, &hit, token, i)) walk_on(self, &hit);
    }
}

/* Of the tokens of a block whose bits are set, keeps those that begin a name with the word behind them, or have parts. No
 * branch depends on an answer, so that the processor fetches for many tokens at once. */
static void keep_pairs(const name_finder *self, uint32_t block, uint64_t found, uint64_t parts, name_pairs *pairs)
{
    const uint32_t *types = self->doc->tokens.type + block, *norms = self->vocabulary->columns.norm;
    const uint32_t *nodes = self->vocabulary->columns.nodes[self->names->trie];
    const att_word_set likely = self->names->likely;
    uint32_t count = pairs->count;
    for (; found; found &= found - 1) {
        uint32_t token = (uint32_t)__builtin_ctzll(found), node = nodes[types[token]];
        uint32_t norm = norms[types[token + 1]] | (0 - (uint32_t)(parts >> token & 1));
        pairs->tokens[count] = block + token;
        pairs->nodes[count] = node;
        pairs->norms[count] = norm;
        count += (norm >= ATT_NORM_OF_PARTS) | att_word_set_has(&likely, att_word_pair(node, norm));
    }
    pairs->count = count;
}

/* Keeps the tokens of a block where names may begin by their looks, and the next one's. */
static void look_at_block(const name_finder *self, uint32_t block, name_starts *starts)
{
    const uint8_t *looks = self->doc->tokens.looks + block;
    uint64_t first = att_tokens_block(looks, (uint8_t)(ATT_LOOK_STARTS << self->shift));
    uint64_t whole = att_tokens_block(looks, (uint8_t)(ATT_LOOK_WHOLE << self->shift)) & first;
    uint64_t second = att_tokens_block(looks + 1, (uint8_t)(ATT_LOOK_SECOND << self->shift));
    uint64_t parts = att_tokens_block(looks, ATT_LOOK_PARTS);
    uint32_t count = starts->whole_count;
    for (; whole; whole &= whole - 1) starts->wholes[count++] = block + (uint32_t)__builtin_ctzll(whole);
    starts->whole_count = count;
    keep_pairs(self, block, (first & second) | parts, parts, &starts->pairs);
}

/* The edge for the second word of a pair; names continue from it only if the third word can be the next one. */
static att_edge edge_of_pair(const name_finder *self, const name_pairs *pairs, uint32_t pair)
{
    const att_names *names = self->names;
    uint32_t third = norm_at(self, pairs->tokens[pair] + 2);
    att_edge edge = names->edges[slot_of(names, pairs->nodes[pair], pairs->norms[pair])];
    bool likely = (third == ATT_NORM_OF_PARTS) | att_word_set_has(&names->likely, att_word_pair(edge.target, third));
    __builtin_prefetch(&names->edges[first_slot(names, edge.target, third)]);
    edge.goes_on &= likely;
    return edge;
}

/* Keeps the pairs from which names continue. Their edges are far apart in memory, so all of them, and those that follow, are
 * prefetched. */
static void find_edges(const name_finder *self, name_starts *starts)
{
    const att_names *names = self->names;
    const name_pairs *pairs = &starts->pairs;
    uint32_t count = 0;
    for (uint32_t i = 0; i < pairs->count; i++)
        __builtin_prefetch(&names->edges[first_slot(names, pairs->nodes[i], pairs->norms[i])]);
    for (uint32_t i = 0; i < pairs->count; i++) {
        bool parts = pairs->norms[i] >= ATT_NORM_OF_PARTS;
        if (parts) __builtin_prefetch(type_of(self->doc, self->vocabulary, pairs->tokens[i]));
        att_edge edge = parts ? (att_edge){ 0 } : edge_of_pair(self, pairs, i);
        starts->ways[count] = (name_way){ pairs->tokens[i], edge };
        count += parts | edge.ends | edge.goes_on;
    }
    starts->way_count = count;
}

/* Marks the paragraph of a boilerplate phrase as boilerplate, unless it is long. */
static void mark_boilerplate(name_finder *self, const att_hit *hit)
{
    att_paragraph *paragraphs = self->doc->paragraphs.items;
    while (paragraphs[self->fitted].tokens.last <= hit->first) self->fitted++;
    att_paragraph *paragraph = &paragraphs[self->fitted];
    if (att_utf8_count(att_str_slice(self->doc->text, paragraph->start, paragraph->end)) <= BOILERPLATE_CHARACTERS)
        paragraph->kind = ATT_ZONE_BOILERPLATE;
}

/* Keeps, of the hits from `first` on, those for which a form of the node fits. */
static void keep_fitting(name_finder *self, uint32_t first)
{
    const att_names *names = self->names;
    att_hit *hits = self->hits->items;
    uint32_t kept = first;
    for (uint32_t i = first; i < self->hits->count; i++)
        __builtin_prefetch(&names->words.items[names->forms.items[hits[i].node].words]);
    for (uint32_t i = first; i < self->hits->count; i++) {
        att_hit *hit = &hits[i];
        uint8_t flags = names->forms.items[hit->node].flags;
        hit->form = hit->node;
        if (!(flags & ATT_FORM_ANY_CASE)) hit->form = att_names_fitting(names, hit->form, self->doc, self->vocabulary, hit);
        if (!hit->form) continue;
        if (flags & ATT_FORM_BOILERPLATE) mark_boilerplate(self, hit);
        if (kept < i) hits[kept] = *hit;
        kept++;
    }
    self->hits->count = kept;
}

/* The words that are names by themselves, from the first that is left up to token `last`. Returns the next that is left. */
static const uint32_t *take_wholes(const name_finder *self, const uint32_t *wholes, uint32_t last)
{
    const att_tokens *tokens = &self->doc->tokens;
    const uint32_t *nodes = self->vocabulary->columns.nodes[self->names->trie];
    att_hit *hit = self->hits->items + self->hits->count;
    for (; *wholes <= last; wholes++, hit++) {
        *hit = (att_hit){ .start = tokens->start[*wholes],
                          .end = tokens->end[*wholes],
                          .first = *wholes,
                          .last = *wholes,
                          .node = nodes[tokens->type[*wholes]],
                          .length = 1 };
        __builtin_prefetch(&self->names->forms.items[hit->node]);
    }
    self->hits->count = (uint32_t)(hit - self->hits->items);
    return wholes;
}

/* Finds all names that start in these tokens. */
static void find_at_starts(name_finder *self, name_starts *starts)
{
    const uint32_t hits = self->hits->count, *wholes = starts->wholes;
    make_room(self);
    find_edges(self, starts);
    starts->wholes[starts->whole_count] = ATT_NONE;
    for (uint32_t i = 0; i < starts->way_count; i++) {
        uint32_t token = starts->ways[i].token;
        wholes = take_wholes(self, wholes, token);
        if (self->doc->tokens.looks[token] & ATT_LOOK_PARTS) find_in_word(self, token);
        else find_longer(self, &starts->ways[i]);
    }
    take_wholes(self, wholes, ATT_NONE - 1);
    keep_fitting(self, hits);
    starts->whole_count = starts->pairs.count = 0;
}

void att_names_find(const att_names *self, att_document *doc, const att_vocabulary *vocabulary, att_hits *hits)
{
    name_finder finder = {
        .names = self, .doc = doc, .vocabulary = vocabulary, .hits = hits, .shift = self->trie * ATT_LOOK_BITS
    };
    name_starts starts;
    starts.whole_count = starts.pairs.count = 0;
    for (uint32_t block = 0; block < doc->tokens.count; block += ATT_TOKEN_BLOCK) {
        look_at_block(&finder, block, &starts);
        if (starts.whole_count >= BATCH || starts.pairs.count >= BATCH) find_at_starts(&finder, &starts);
    }
    find_at_starts(&finder, &starts);
}

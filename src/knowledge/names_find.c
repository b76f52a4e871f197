/* names_find.c - finds the names of a trie in a text, many tokens at a time. */
#include "base/utf8.h"
#include "knowledge/name_edges.h"

enum { BOILERPLATE_CHARACTERS = 200, LONGEST_CHARACTER = 4 /* bytes */, BATCH = 128, MOST_STARTS = BATCH + ATT_TOKEN_BLOCK };

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
    char folded[ATT_SHORT_CAPITALS];
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

/* The node that the words of those tokens lead to, whether a name ends there or not; the root for none. */
static uint32_t walk(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary, att_token_range tokens)
{
    uint32_t node = ATT_NAMES_ROOT;
    for (uint32_t token = tokens.first; token < tokens.last; token++) {
        const att_word_type *type = type_of(doc, vocabulary, token);
        const att_word_part *parts = &vocabulary->parts.items[type->first_part];
        for (uint32_t i = 0; i < (type->part_count ? type->part_count : 1); i++) {
            uint32_t norm = type->part_count ? att_vocabulary_type(vocabulary, parts[i].type)->norm : type->norm;
            node = norm == ATT_NONE ? 0 : att_names_step(self, node, norm);
            if (!node) return ATT_NAMES_ROOT;
        }
    }
    return node;
}

static uint32_t named(const att_names *self, uint32_t node)
{
    return node == ATT_NAMES_ROOT || !att_names_first(self, node) ? (uint32_t)ATT_NONE : node;
}

uint32_t att_names_node(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                        att_token_range tokens)
{
    return named(self, walk(self, doc, vocabulary, tokens));
}

uint32_t att_names_node_with(const att_names *self, const att_document *doc, const att_vocabulary *vocabulary,
                             att_token_range tokens, att_str word)
{
    const uint32_t node = walk(self, doc, vocabulary, tokens);
    const att_word_key key = att_word_key_of(word);
    const uint32_t norm = node == ATT_NAMES_ROOT ? (uint32_t)ATT_NONE : att_lexicon_find(self->lexicon, &key, word);
    return norm == ATT_NONE ? (uint32_t)ATT_NONE : named(self, att_names_step(self, node, norm));
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
        att_hit hit = { .start = start + part->start, .first = token, .last = token, .node = ATT_NAMES_ROOT };
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

static bool is_short(const att_document *doc, const att_paragraph *paragraph)
{
    if (paragraph->end - paragraph->start > BOILERPLATE_CHARACTERS * LONGEST_CHARACTER) return false;
    return att_utf8_count(att_str_slice(doc->text, paragraph->start, paragraph->end)) <= BOILERPLATE_CHARACTERS;
}

/* Marks the paragraph of a boilerplate phrase as boilerplate, unless it is long. */
static void mark_boilerplate(name_finder *self, const att_hit *hit)
{
    att_paragraph *paragraphs = self->doc->paragraphs.items;
    while (paragraphs[self->fitted].tokens.last <= hit->first) self->fitted++;
    att_paragraph *paragraph = &paragraphs[self->fitted];
    if (paragraph->kind != ATT_ZONE_BOILERPLATE && is_short(self->doc, paragraph)) paragraph->kind = ATT_ZONE_BOILERPLATE;
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

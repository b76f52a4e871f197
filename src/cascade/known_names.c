#include "cascade/known_names.h"

#include <stdlib.h>

#include "cascade/misread.h"
#include "cascade/settle.h"

enum { AHEAD = 8 /* hits */ };

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    const att_vocabulary *vocabulary;
    uint32_t layers; /* that the stage may write here */
} lister;

const uint32_t att_boilerplate_layers =
    1u << ATT_LAYER_ORG | 1u << ATT_LAYER_PERSON | 1u << ATT_LAYER_DATE | 1u << ATT_LAYER_LOCATION;

/* Whether the form's entry may speak here. */
static bool counts(const lister *self, const att_form *form)
{
    if (form->owner == ATT_OWNER_BOILERPLATE || !(self->layers >> form->layer & 1)) return false;
    return att_entry_valid(&self->knowledge->entries.entries.items[form->owner], self->doc->date);
}

static void make_candidate(const lister *self, const att_hit *hit, const att_form *form, bool several, att_candidate *out)
{
    const att_entries *entries = &self->knowledge->entries;
    const att_entry *entry = &entries->entries.items[form->owner];
    const att_entry_line *line = att_entries_line(entries, &self->knowledge->names, form);
    bool demonym = form->layer == ATT_LAYER_DEMONYM;
    *out = (att_candidate){ .annotation = { .start = hit->start,
                                            .end = hit->end,
                                            .tokens = { hit->first, hit->last + 1 },
                                            .layer = form->layer,
                                            .state = form->flags & ATT_FORM_WEAK ? ATT_WEAK : 0,
                                            .line = line->line,
                                            .origin = &entries->origins.items[line->origin],
                                            .fields = several   ? NULL
                                                      : demonym ? entry->more->demonym
                                                                : entry->fields,
                                            .entry = several ? (uint32_t)ATT_NONE : form->owner,
                                            .name = hit->node,
                                            .entity = ATT_NONE },
                            .length = hit->length,
                            .literals = hit->length,
                            .rank = form->owner,
                            .rule = ATT_NONE,
                            .tier = ATT_TIER_NORMAL };
}

/* The form that speaks for each layer at the hit: one that isn't weak goes before one that is. */
typedef struct {
    uint32_t layers;                       /* bits of those that have one; the others are not set */
    const att_form *forms[ATT_MAX_LAYERS]; /* by layer */
    uint32_t owners[ATT_MAX_LAYERS];       /* how many entries have such a form there */
} speakers;

static void add_speaker(speakers *self, const att_form *form)
{
    const att_form **best = &self->forms[form->layer];
    bool weak = form->flags & ATT_FORM_WEAK, known = self->layers >> form->layer & 1;
    if (known && weak && !((*best)->flags & ATT_FORM_WEAK)) return;
    if (!known || (!weak && (*best)->flags & ATT_FORM_WEAK)) {
        *best = form;
        self->owners[form->layer] = 1;
        self->layers |= 1u << form->layer;
    } else if (form->owner != (*best)->owner) {
        self->owners[form->layer]++;
        if (form->owner < (*best)->owner) *best = form;
    }
}

static void find_speakers(const lister *self, const att_hit *hit, speakers *found)
{
    const att_names *names = &self->knowledge->names;
    found->layers = 0;
    for (uint32_t f = hit->form; f;) {
        const att_form *form = &names->forms.items[f];
        if (counts(self, form)) add_speaker(found, form);
        f = att_names_next_fitting(names, f, self->doc, self->vocabulary, hit);
    }
}

/* Whether the hit is a word with one capital that may be a body's letters: no common word, no name of another thing, and no
 * part of a longer name. */
static bool may_be_lettered(const lister *self, const att_hit *hit, uint32_t layers)
{
    const att_tokens *tokens = &self->doc->tokens;
    const att_phrase_lists *lists = &self->knowledge->lists;
    const att_str word = att_str_slice(self->doc->text, hit->start, hit->end);
    enum { NAME = ATT_FLAG_CAPITAL | ATT_FLAG_SMALL };
    if (layers != 1u << ATT_LAYER_AGENCY) return false;
    if (hit->last + 1 < tokens->count && (tokens->flags[hit->last + 1] & NAME) == NAME) return false;
    return !att_lists_have_text(lists, ATT_LIST_ENGLISH, word) && !att_lists_have_text(lists, ATT_LIST_NO_NAME, word)
           && !att_lists_have_text(lists, ATT_LIST_HE, word) && !att_lists_have_text(lists, ATT_LIST_SHE, word);
}

/* Leaves a body out whose letters would be written as a word where the word is another thing. */
static void check_lettered(const lister *self, const att_hit *hit, speakers *found)
{
    if (!(found->layers >> ATT_LAYER_AGENCY & 1) || !(found->forms[ATT_LAYER_AGENCY]->flags & ATT_FORM_LETTERED)) return;
    if (self->doc->tokens.flags[hit->first] & ATT_FLAG_SMALL && !may_be_lettered(self, hit, found->layers))
        found->layers &= ~(1u << ATT_LAYER_AGENCY);
}

static void add_candidates(const lister *self, const att_hit *hit, att_candidates *out)
{
    speakers found;
    find_speakers(self, hit, &found);
    check_lettered(self, hit, &found);
    for (; found.layers; found.layers &= found.layers - 1) {
        int layer = __builtin_ctz(found.layers);
        ATT_RESERVE(self->doc->arena, out, 1);
        make_candidate(self, hit, found.forms[layer], found.owners[layer] > 1, &out->items[out->count++]);
    }
}

/* Fetches what a candidate of the hit is made of, which lies far away. */
static void fetch(const lister *self, const att_hit *hit)
{
    const att_form *form = &self->knowledge->names.forms.items[hit->form];
    if (form->owner == ATT_OWNER_BOILERPLATE) return;
    const att_entry *entry = &self->knowledge->entries.entries.items[form->owner];
    __builtin_prefetch(&entry->fields);
    __builtin_prefetch(&entry->layer); /* may lie in the next line of the cache */
    __builtin_prefetch(att_entries_line(&self->knowledge->entries, &self->knowledge->names, form));
}

static void collect(lister *self, const att_hits *hits, att_candidates *out)
{
    const att_pipeline *pipeline = &self->knowledge->pipeline;
    uint32_t writes = pipeline->count ? pipeline->stages[0].writes : 0, hit = 0;
    ATT_RESERVE(self->doc->arena, out, hits->count);
    for (uint32_t i = 0; i < AHEAD && i < hits->count; i++) fetch(self, &hits->items[i]);
    for (uint32_t p = 0; p < self->doc->paragraphs.count; p++) {
        const att_paragraph *paragraph = &self->doc->paragraphs.items[p];
        self->layers = paragraph->kind == ATT_ZONE_BOILERPLATE ? writes & att_boilerplate_layers : writes;
        for (; hit < hits->count && hits->items[hit].start < paragraph->end; hit++) {
            if (hit + AHEAD < hits->count) fetch(self, &hits->items[hit + AHEAD]);
            add_candidates(self, &hits->items[hit], out);
        }
    }
}

/* ---- hyphens ---- */

typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} offsets;

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Cuts at an annotation's edge inside token `token`: before and behind the hyphen that stands there. */
static void add_cut(const lister *self, uint32_t token, uint32_t edge, bool at_end, offsets *cuts)
{
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    uint32_t start = self->doc->tokens.start[token];
    const att_word_part *parts = &self->vocabulary->parts.items[type->first_part];
    if (edge == start || edge == self->doc->tokens.end[token]) return;
    for (uint32_t i = 0; i < type->part_count; i++) {
        if (start + (at_end ? parts[i].end : parts[i].start) != edge) continue;
        ATT_RESERVE(self->doc->arena, cuts, 2);
        cuts->items[cuts->count++] = edge;
        if (at_end && i + 1 < type->part_count) cuts->items[cuts->count++] = start + parts[i + 1].start;
        if (!at_end && i > 0) cuts->items[cuts->count++] = start + parts[i - 1].end;
    }
}

/* Splits the words in which a name begins or ends, unless the whole word is a name. */
static void split_words(const lister *self, att_vocabulary *vocabulary)
{
    offsets cuts = { 0 };
    const att_annotations *all = &self->doc->annotations;
    for (uint32_t i = 0; i < all->count; i++) {
        add_cut(self, all->items[i].tokens.first, all->items[i].start, false, &cuts);
        add_cut(self, all->items[i].tokens.last - 1, all->items[i].end, true, &cuts);
    }
    if (!cuts.count) return;
    qsort(cuts.items, cuts.count, sizeof *cuts.items, by_number);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < cuts.count; i++)
        if (cuts.items[i] != cuts.items[kept - 1]) cuts.items[kept++] = cuts.items[i];
    cuts.count = kept;
    att_split_hyphens(self->doc, vocabulary, cuts.items, cuts.count);
}

static bool is_partial(const lister *self, const att_annotation *annotation)
{
    const att_tokens *tokens = &self->doc->tokens;
    return annotation->start != tokens->start[annotation->tokens.first]
           || annotation->end != tokens->end[annotation->tokens.last - 1];
}

static void drop_part(att_document *doc, att_annotation *part, const att_annotation *whole)
{
    if (doc->trace && !(part->state & ATT_DROPPED)) doc->trace->lost(doc->trace, part, whole, ATT_LOST_WORD);
    att_drop(doc, part);
}

/* Drops the annotation, which has a part of the token, where one beside it is the whole token. */
static void drop_part_of(const lister *self, uint32_t part, uint32_t token)
{
    att_annotation *items = self->doc->annotations.items;
    uint32_t start = self->doc->tokens.start[token], end = self->doc->tokens.end[token];
    for (uint32_t i = part; i && items[i - 1].start == start; i--)
        if (items[i - 1].end == end) drop_part(self->doc, &items[part], &items[i - 1]);
    for (uint32_t i = part + 1; i < self->doc->annotations.count && items[i].start <= start; i++)
        if (items[i].start == start && items[i].end == end) drop_part(self->doc, &items[part], &items[i]);
}

/* Drops names that are a part of a hyphenated word which is a name as a whole. Returns whether there was one in a part of a
 * word. */
static bool keep_whole_words(const lister *self)
{
    const att_annotations *all = &self->doc->annotations;
    bool partial = false;
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *part = &all->items[i];
        if (!is_partial(self, part)) continue;
        for (uint32_t token = part->tokens.first; token < part->tokens.last; token++) {
            if (part->start <= self->doc->tokens.start[token] && part->end >= self->doc->tokens.end[token]) continue;
            partial = true;
            drop_part_of(self, i, token);
        }
    }
    return partial;
}

/* Finds the tokens of the candidates anew, which are in the order of their starts: they moved on by as many as words before
 * them were split into more. */
static void find_tokens(const lister *self, att_candidates *candidates)
{
    const uint32_t *ends = self->doc->tokens.end;
    uint32_t on = 0;
    for (uint32_t i = 0; i < candidates->count; i++) {
        att_annotation *annotation = &candidates->items[i].annotation;
        uint32_t first = annotation->tokens.first + on, last = annotation->tokens.last - 1 + on;
        while (ends[first] <= annotation->start) first++;
        while (ends[last] < annotation->end) last++;
        on = first - annotation->tokens.first;
        annotation->tokens = (att_token_range){ first, last + 1 };
    }
}

void att_known_names_settle(const att_knowledge *knowledge, att_document *doc)
{
    lister self = { .knowledge = knowledge, .doc = doc };
    att_misread_drop(knowledge, doc);
    att_settle(knowledge, doc);
    att_give_way(doc, &knowledge->layers);
    if (keep_whole_words(&self)) att_give_way(doc, &knowledge->layers);
}

void att_known_names_note_countries(const att_knowledge *knowledge, att_document *doc)
{
    doc->named = att_arena_zero(doc->arena, 1, sizeof *doc->named);
    for (uint32_t i = 0; i < doc->annotations.count; i++) {
        const att_annotation *annotation = &doc->annotations.items[i];
        if (annotation->entry == ATT_NONE || annotation->state & ATT_DROPPED) continue;
        att_code_set_put(doc->named, knowledge->entries.entries.items[annotation->entry].more->country);
    }
}

/* ---- places behind the hyphen of a family name ---- */

/* The types of the words that are family names, as "García-Castellón" behind "Manuel". */
typedef struct {
    uint32_t *items;
    uint32_t count, capacity;
} types;

/* Whether a name of a list ends at byte `end`, before candidate `place`. */
static bool ends_name(const att_candidates *candidates, uint32_t place, uint32_t end)
{
    enum { NEAR = 8 };
    for (uint32_t i = place; i && place - i < NEAR; i--)
        if (candidates->items[i - 1].annotation.end == end) return true;
    return false;
}

/* Whether the token is two words with a capital, the second of them at byte `start`, of which the first is no name of a list.
 */
static bool may_be_double(const lister *self, const att_candidates *candidates, uint32_t place)
{
    const att_annotation *named = &candidates->items[place].annotation;
    const uint32_t token = named->tokens.first, start = self->doc->tokens.start[token];
    const att_word_type *type = att_vocabulary_type(self->vocabulary, self->doc->tokens.type[token]);
    if (type->part_count != 2 || named->end != self->doc->tokens.end[token]) return false;
    const att_word_part *parts = &self->vocabulary->parts.items[type->first_part];
    const att_word_type *first = att_vocabulary_type(self->vocabulary, parts[0].type);
    if (start + parts[1].start != named->start || !(first->classes & ATT_CLASS_CAP) || first->letters < 3) return false;
    return !ends_name(candidates, place, start + parts[0].end);
}

/* Whether a given name stands before the token, in its paragraph. */
static bool is_behind_given(const lister *self, uint32_t token)
{
    const att_tokens *tokens = &self->doc->tokens;
    if (!token || tokens->end[token - 1] + 1 != tokens->start[token]) return false;
    if (self->doc->text.data[tokens->end[token - 1]] != ' ') return false;
    const att_word_type *before = att_vocabulary_type(self->vocabulary, tokens->type[token - 1]);
    return before->classes & ATT_CLASS_CAP
           && att_lists_have(&self->knowledge->lists, ATT_LIST_GIVEN, self->vocabulary, before, false);
}

static bool has_type(const types *self, uint32_t type)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (self->items[i] == type) return true;
    return false;
}

/* Whether the candidate is the second half of a family name: "Manuel García-Castellón", and then "García-Castellón". */
static bool is_half_of_family(const lister *self, const att_candidates *candidates, uint32_t index, types *families)
{
    enum { MOST_FAMILIES = 16 };
    const att_annotation *named = &candidates->items[index].annotation;
    const uint32_t token = named->tokens.first;
    if (named->layer != ATT_LAYER_LOCATION || named->tokens.last != token + 1) return false;
    if (named->start == self->doc->tokens.start[token] || !may_be_double(self, candidates, index)) return false;
    const uint32_t type = self->doc->tokens.type[token];
    if (has_type(families, type)) return true;
    if (families->count == MOST_FAMILIES || !is_behind_given(self, token)) return false;
    ATT_RESERVE(self->doc->arena, families, 1);
    families->items[families->count++] = type;
    return true;
}

/* Takes out places that are no more than the second half of a family name. */
static void leave_families_whole(const lister *self, att_candidates *candidates)
{
    types families = { 0 };
    uint32_t kept = 0;
    for (uint32_t i = 0; i < candidates->count; i++)
        if (!is_half_of_family(self, candidates, i, &families)) candidates->items[kept++] = candidates->items[i];
    candidates->count = kept;
}

/* Splits words as the names do that would stand if there were no rules. */
static void split_by_names(const lister *self, att_vocabulary *vocabulary, att_candidates *candidates)
{
    uint32_t partial = 0;
    while (partial < candidates->count && !is_partial(self, &candidates->items[partial].annotation)) partial++;
    if (partial == candidates->count) return;
    leave_families_whole(self, candidates);
    att_chosen chosen = att_choose(self->doc->arena, &self->knowledge->layers, ATT_POLICY_LONGEST, candidates, NULL);
    for (uint32_t i = 0; i < chosen.count; i++)
        att_add_annotation(self->doc, &candidates->items[chosen.items[i]].annotation, true);
    att_trace *trace = self->doc->trace;
    self->doc->trace = NULL; /* what comes of this is not what comes of the stage */
    att_known_names_settle(self->knowledge, self->doc);
    self->doc->trace = trace;
    att_arena_free(self->doc->arena, chosen.items);
    split_words(self, vocabulary);
    find_tokens(self, candidates);
    self->doc->annotations.count = self->doc->annotations.sorted = 0;
}

void att_known_names_collect(const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary,
                             const att_hits *hits, att_candidates *candidates)
{
    lister self = { knowledge, doc, vocabulary, 0 };
    collect(&self, hits, candidates);
    split_by_names(&self, vocabulary, candidates);
}

bool att_known_names_look_up(const att_knowledge *knowledge, const att_document *doc, att_vocabulary *vocabulary, att_str text,
                             uint32_t layer, att_annotation *found)
{
    att_document alone = { .arena = doc->arena, .date = doc->date };
    att_hits hits = { 0 };
    att_document_set_text(&alone, text);
    ATT_RESERVE(alone.arena, &alone.paragraphs, 1);
    alone.paragraphs.items[alone.paragraphs.count++] = (att_paragraph){ .end = (uint32_t)text.length };
    att_tokenize(&alone, vocabulary);
    att_names_find(&knowledge->names, &alone, vocabulary, &hits);
    lister self = { knowledge, &alone, vocabulary, 1u << layer };
    for (uint32_t i = 0; i < hits.count; i++) {
        const att_hit *hit = &hits.items[i];
        if (hit->start || hit->end != text.length) continue;
        speakers all;
        find_speakers(&self, hit, &all);
        if (!(all.layers >> layer & 1)) continue;
        att_candidate candidate;
        make_candidate(&self, hit, all.forms[layer], all.owners[layer] > 1, &candidate);
        *found = candidate.annotation;
        return true;
    }
    return false;
}

#include "cascade/scene.h"

static bool holds(att_token_range range, uint32_t token)
{
    return range.first <= token && token < range.last;
}

static void index_paragraph(uint32_t *paragraph_of, att_token_range tokens, uint32_t paragraph)
{
    for (uint32_t t = tokens.first; t < tokens.last; t++) paragraph_of[t] = paragraph;
}

static void index_paragraphs(att_document *doc)
{
    doc->paragraph_of = att_arena_alloc(doc->arena, sizeof *doc->paragraph_of * (doc->tokens.count + 1));
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        att_token_range tokens = doc->paragraphs.items[i].tokens;
        index_paragraph(doc->paragraph_of, tokens, i);
        if (tokens.first == tokens.last) continue;
        if (doc->paragraphs.items[i].kind == ATT_ZONE_TITLE)
            memset(doc->places + tokens.first, ATT_PLACE_HEADLINE, tokens.last - tokens.first);
        doc->places[tokens.first] |= ATT_PLACE_BOP;
    }
    if (doc->paragraphs.count) doc->paragraph_of[doc->tokens.count] = doc->paragraphs.count - 1;
}

/* What a token's flags say about its place. */
static uint8_t place_by_flags(uint8_t flags)
{
    return flags & ATT_FLAG_POSS ? ATT_PLACE_POSS : flags & ATT_FLAG_QUOTE ? ATT_PLACE_QUOTE : 0;
}

static void index_flags(const uint8_t *flags, uint32_t tokens, uint8_t *places)
{
    for (uint32_t t = 0; (t = att_tokens_next(flags, t, tokens, ATT_FLAG_POSS | ATT_FLAG_QUOTE)) < tokens; t++)
        places[t] |= place_by_flags(flags[t]);
}

void att_scene_index(att_document *doc)
{
    doc->places = att_arena_zero(doc->arena, doc->tokens.count + 1, sizeof *doc->places);
    index_paragraphs(doc);
    index_flags(doc->tokens.flags, doc->tokens.count, doc->places);
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        att_token_range tokens = doc->sentences.items[i].tokens;
        if (tokens.first == tokens.last) continue;
        doc->places[tokens.first] |= ATT_PLACE_BOS;
        doc->places[tokens.last - 1] |= ATT_PLACE_EOS;
    }
    doc->places[doc->tokens.count] = ATT_PLACE_BOP;
}

static uint32_t paragraph_at(const att_scene *self, uint32_t token)
{
    return self->doc->paragraph_of[token];
}

static void show(att_scene *self, att_annotation *annotation)
{
    uint32_t layer = 1u << annotation->layer, first = annotation->tokens.first, last = annotation->tokens.last;
    annotation->state |= ATT_SHOWN;
    self->shown++;
    self->layers |= layer;
    self->held[paragraph_at(self, first)] |= layer;
    self->spots[first].begins |= layer;
    self->spots[last].closes |= layer;
    if (last - first > self->longest[annotation->layer]) self->longest[annotation->layer] = last - first;
    for (uint32_t t = first; t < last; t++) self->spots[t].inside |= layer;
}

static void clear(att_scene *self)
{
    const att_document *doc = self->doc;
    self->layers = self->shown = 0;
    memset(self->longest, 0, sizeof self->longest);
    memset(self->spots, 0, sizeof *self->spots * ((size_t)doc->tokens.count + 2));
    memset(self->held, 0, sizeof *self->held * (doc->paragraphs.count + 1));
}

void att_scene_init(att_scene *self, const att_knowledge *knowledge, att_document *doc, att_vocabulary *vocabulary)
{
    *self = (att_scene){ .knowledge = knowledge, .doc = doc, .vocabulary = vocabulary };
    self->spots = att_arena_alloc(doc->arena, sizeof *self->spots * ((size_t)doc->tokens.count + 2));
    self->starts = att_arena_alloc(doc->arena, sizeof *self->starts * ((size_t)doc->tokens.count + 2));
    self->held = att_arena_alloc(doc->arena, sizeof *self->held * (doc->paragraphs.count + 1));
    for (uint32_t i = 0; i < doc->annotations.count; i++) doc->annotations.items[i].state &= (uint8_t)~ATT_SHOWN;
    doc->gone.count = 0;
    clear(self);
}

void att_scene_clear(att_scene *self)
{
    att_arena *arena = self->doc->arena;
    att_arena_free(arena, self->spots);
    att_arena_free(arena, self->starts);
}

uint32_t att_scene_first_from(const att_annotation *items, uint32_t count, uint32_t token)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle].tokens.first < token) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Removes what the scene shows of a paragraph. No annotation crosses paragraphs. */
static void hide(att_scene *self, uint32_t paragraph)
{
    att_token_range tokens = self->doc->paragraphs.items[paragraph].tokens;
    const att_annotations *all = &self->doc->annotations;
    self->held[paragraph] = 0;
    self->spots[tokens.first].begins = self->spots[tokens.first].inside = 0;
    memset(self->spots + tokens.first + 1, 0, sizeof *self->spots * (tokens.last - tokens.first - 1));
    self->spots[tokens.last].closes = 0;
    for (uint32_t i = att_scene_first_from(all->items, all->count, tokens.first);
         i < all->count && all->items[i].tokens.first < tokens.last; i++) {
        self->shown -= (all->items[i].state & ATT_SHOWN) != 0;
        all->items[i].state &= (uint8_t)~ATT_SHOWN;
    }
}

/* Hides the paragraphs of annotations that were removed. */
static void hide_gone(att_scene *self)
{
    att_token_numbers *gone = &self->doc->gone;
    self->shown -= gone->count;
    for (uint32_t i = 0; i < gone->count; i++) {
        uint32_t paragraph = paragraph_at(self, gone->items[i]);
        if (self->held[paragraph]) hide(self, paragraph);
    }
    gone->count = 0;
}

/* Adds what is new. If a shown annotation has disappeared without being noted in doc->gone, everything is shown anew. */
void att_scene_show(att_scene *self)
{
    att_annotations *all = &self->doc->annotations;
    hide_gone(self);
    uint32_t before = self->shown, there = 0;
    for (uint32_t last = all->count, first; last; last = first) {
        uint64_t fresh = 0;
        first = (last - 1) / 64 * 64;
        for (uint32_t i = last; i-- > first;) {
            self->starts[all->items[i].tokens.first] = i;
            fresh |= (uint64_t) !(all->items[i].state & ATT_SHOWN) << (i - first);
        }
        there += last - first - (uint32_t)__builtin_popcountll(fresh);
        for (; fresh; fresh &= fresh - 1) show(self, &all->items[first + (uint32_t)__builtin_ctzll(fresh)]);
    }
    if (there < before) {
        clear(self);
        for (uint32_t i = 0; i < all->count; i++) show(self, &all->items[i]);
    }
    self->annotations = all->items;
    self->annotation_count = all->count;
}

/* ---- where a token stands ---- */

att_zone_kind att_scene_zone(att_scene *self, uint32_t token)
{
    return self->doc->paragraphs.items[paragraph_at(self, token)].kind;
}

att_token_range att_scene_sentence(att_scene *self, uint32_t token)
{
    const att_stretches *all = &self->doc->sentences;
    if (self->sentence + 1 < all->count && all->items[self->sentence].tokens.last <= token) self->sentence++;
    if (!holds(all->items[self->sentence].tokens, token)) self->sentence = att_stretches_at(all, token);
    return all->items[self->sentence].tokens;
}

static void count_brackets(att_scene *self, att_token_range range, uint32_t *open)
{
    uint32_t depth = 0;
    for (uint32_t token = range.first; token < range.last; token++) {
        uint32_t classes = att_scene_type(self, token)->classes;
        if (classes & ATT_CLASS_OPEN) open[depth++] = token;
        if (!(classes & ATT_CLASS_CLOSE) || !depth) continue;
        self->brackets[open[--depth]]++;
        self->brackets[token + 1]--;
    }
    int32_t deep = 0;
    for (uint32_t token = range.first; token < range.last; token++) self->brackets[token] = deep += self->brackets[token];
    self->brackets[range.last] = 0;
}

int32_t att_scene_brackets(att_scene *self, uint32_t token)
{
    if (!self->brackets) {
        uint32_t *open = att_arena_alloc(self->arena, sizeof *open * (self->doc->tokens.count + 1));
        self->brackets = att_arena_zero(self->arena, self->doc->tokens.count + 1, sizeof *self->brackets);
        for (uint32_t p = 0; p < self->doc->paragraphs.count; p++)
            count_brackets(self, self->doc->paragraphs.items[p].tokens, open);
    }
    return self->brackets[token];
}

bool att_scene_is_word(const att_scene *self, uint32_t token, const char *word)
{
    att_str surface = att_scene_type(self, token)->surface;
    size_t length = strlen(word);
    if (surface.length != length) return false;
    for (size_t i = 0; i < length; i++) {
        char c = surface.data[i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word[i]) return false;
    }
    return true;
}

/* Makes a map of names, once, by adding those of the layers, a set of bits. */
static void collect(att_scene *self, att_map **names, uint32_t layers, void (*add)(att_scene *, const att_annotation *))
{
    if (*names) return;
    *names = att_arena_alloc(self->arena, sizeof **names);
    att_map_init(*names, self->arena);
    for (uint32_t i = 0; i < self->annotation_count; i++)
        if (layers >> self->annotations[i].layer & 1) add(self, &self->annotations[i]);
}

/* Adds a name, and its first and its last word: either may be the family name. */
static void add_person(att_scene *self, const att_annotation *person)
{
    uint64_t caps;
    uint32_t first = person->tokens.first, last = person->tokens.last;
    att_str name = att_annotation_get(person, &self->knowledge->layers, ATT_KEY_NAME);
    if (!name.data) name = att_scene_text(self, first, last);
    att_map_add(self->persons, att_word_fold(self->arena, name, &caps));
    if (last - first < 2) return;
    att_map_add(self->persons, att_word_fold(self->arena, att_scene_text(self, last - 1, last), &caps));
    att_map_add(self->persons, att_word_fold(self->arena, att_scene_text(self, first, first + 1), &caps));
}

bool att_scene_knows_person(att_scene *self, att_str folded)
{
    collect(self, &self->persons, 1u << ATT_LAYER_PERSON, add_person);
    return att_map_find(self->persons, folded) != ATT_NONE;
}

/* Adds the beginnings of a company's name, word by word. */
static void add_company(att_scene *self, const att_annotation *company)
{
    enum { MOST_WORDS = 5 };
    uint64_t caps;
    uint32_t first = company->tokens.first, last = company->tokens.last;
    if (last > first + MOST_WORDS) last = first + MOST_WORDS;
    for (uint32_t end = first + 1; end <= last; end++)
        if (end > first + 1 || !(att_scene_type(self, first)->lists >> ATT_WORDS_KIND & 1))
            att_map_add(self->bodies, att_word_fold(self->arena, att_scene_text(self, first, end), &caps));
}

/* Of a body of several states the whole name, if it has two words, because nobody calls it by its beginning. */
static void add_body(att_scene *self, const att_annotation *body)
{
    uint64_t caps;
    uint32_t first = body->tokens.first, last = body->tokens.last;
    if (body->layer == ATT_LAYER_ORG) add_company(self, body);
    else if (last > first + 1) att_map_add(self->bodies, att_word_fold(self->arena, att_scene_text(self, first, last), &caps));
}

bool att_scene_names_body(att_scene *self, att_str folded)
{
    collect(self, &self->bodies, 1u << ATT_LAYER_ORG | 1u << ATT_LAYER_IGO, add_body);
    return att_map_find(self->bodies, folded) != ATT_NONE;
}

att_str att_scene_text(const att_scene *self, uint32_t first, uint32_t last)
{
    const att_tokens *tokens = &self->doc->tokens;
    return att_str_slice(self->doc->text, tokens->start[first], tokens->end[last - 1]);
}

/* ---- phrases of lists ---- */

/* Whether a form of the list ends at the hit and fits the text. */
static bool is_phrase(const att_scene *self, uint32_t list, const att_hit *hit)
{
    const att_names *names = &self->knowledge->lists.names;
    for (uint32_t f = att_names_first(names, hit->node); f; f = att_names_next(names, f))
        if (names->forms.items[f].owner == list
            && att_form_fits(names, &names->forms.items[f], self->doc, self->vocabulary, hit))
            return true;
    return false;
}

/* Follows the trie by one token; false when no phrase continues there. */
static bool advance(const att_scene *self, att_hit *hit, uint32_t token)
{
    const att_names *names = &self->knowledge->lists.names;
    const att_word_columns *words = &self->vocabulary->columns;
    uint32_t number = self->doc->tokens.type[token], norm = words->norm[number];
    if (norm == ATT_NONE) return false;
    if (norm != ATT_NORM_OF_PARTS) {
        hit->node = hit->node ? att_names_step(names, hit->node, norm) : words->nodes[ATT_TRIE_LISTS][number];
        return hit->node;
    }
    const att_word_type *type = att_scene_type(self, token);
    for (uint32_t i = 0; i < type->part_count; i++) {
        uint32_t part = self->vocabulary->parts.items[type->first_part + i].type;
        norm = words->norm[part];
        hit->node = norm == ATT_NONE ? 0 : att_names_step(names, hit->node, norm);
        if (!hit->node) return false;
    }
    return true;
}

uint32_t att_scene_phrases(const att_scene *self, uint32_t list, uint32_t first, uint32_t least, uint32_t limit,
                           uint32_t ends[ATT_MOST_ENDS])
{
    const att_tokens *tokens = &self->doc->tokens;
    att_hit hit = { .start = first < limit ? tokens->start[first] : 0, .first = first };
    uint32_t count = 0;
    for (uint32_t token = first; token < limit && advance(self, &hit, token); token++) {
        hit.last = token;
        hit.end = tokens->end[token];
        if (token + 1 - first < least || !is_phrase(self, list, &hit)) continue;
        if (count == ATT_MOST_ENDS) break;
        memmove(ends + 1, ends, sizeof *ends * count++);
        ends[0] = token + 1;
    }
    return count;
}

#include "cascade/misread.h"

enum { MOST_MISREAD = 16 }; /* letters in a document; what else speaks for each is looked for among all annotations */

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    uint32_t letters;     /* their annotation */
    uint32_t entry, name; /* its */
} misreader;

static bool is_capital(att_str word)
{
    return word.length && *word.data >= 'A' && *word.data <= 'Z';
}

/* Whether the annotation is a known name of one word, which has three capitals or more, and nothing else. */
static bool are_letters(const att_document *doc, const att_annotation *one)
{
    enum { LEAST = 3, MOST = 8 };
    if (one->entry == ATT_NONE || one->tokens.last != one->tokens.first + 1) return false;
    const att_str word = att_document_word(doc, one->tokens.first);
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z') return false;
    return word.length >= LEAST && word.length <= MOST;
}

static bool are_bracketed(const att_document *doc, const att_annotation *one)
{
    const uint32_t token = one->tokens.first;
    return token && token + 1 < doc->tokens.count && att_document_mark_in(doc, token - 1, "(")
           && att_document_mark_in(doc, token + 1, ")");
}

/* The first of the capitalised words before token `end` that begin with the letters, each with one; ATT_NONE where there are
 * none. Small words may stand between them. */
static uint32_t words_before(const att_document *doc, uint32_t letters, uint32_t end)
{
    enum { LONGEST_LINK = 4, MOST_LINKS = 4 };
    const att_str wanted = att_document_word(doc, letters);
    size_t left = wanted.length;
    uint32_t token = end, links = 0;
    while (left && token) {
        const att_str word = att_document_word(doc, --token);
        if (is_capital(word) && *word.data == wanted.data[left - 1]) left--;
        else if (left == wanted.length || *word.data < 'a' || *word.data > 'z') return ATT_NONE;
        else if (word.length > LONGEST_LINK || ++links > MOST_LINKS) return ATT_NONE;
    }
    return left ? (uint32_t)ATT_NONE : token;
}

/* Whether the words are the same, or one is the other with an "s" behind: "Union", "Unions". */
static bool are_alike(att_str a, att_str b)
{
    const att_str longer = a.length < b.length ? b : a, shorter = a.length < b.length ? a : b;
    if (longer.length == shorter.length + 1 && longer.data[shorter.length] == 's')
        return att_str_equal(att_str_slice(longer, 0, shorter.length), shorter);
    return att_str_equal(a, b);
}

/* Whether half of the name's words, or more, are among the tokens: another way to write it. */
static bool shares_words(const att_document *doc, att_str name, att_token_range tokens)
{
    uint32_t words = 0, shared = 0;
    for (att_str word = att_str_first_word(&name); word.length; word = att_str_first_word(&name)) {
        if (!is_capital(word)) continue;
        words++;
        uint32_t token = tokens.first;
        while (token < tokens.last && !are_alike(att_document_word(doc, token), word)) token++;
        shared += token < tokens.last;
    }
    return 2 * shared >= words;
}

/* What the annotations say of the words before the letters. */
typedef struct {
    bool same;  /* what the letters are known for stands there itself */
    bool other; /* they are another known name */
} told;

/* Of two bodies of states, letters.h chooses. */
static told told_of(const misreader *self, att_token_range words)
{
    enum { NEAR = 64 };
    const bool body = self->knowledge->entries.entries.items[self->entry].layer == ATT_LAYER_AGENCY;
    told found = { false, false };
    for (uint32_t i = self->letters, steps = 0; i-- > 0 && steps < NEAR; steps++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->tokens.first < words.first) break;
        if (one->state & ATT_DROPPED || one->entry == ATT_NONE || one->tokens.last > words.last) continue;
        found.same |= one->entry == self->entry;
        if (body && one->layer == ATT_LAYER_AGENCY) continue;
        found.other |= one->entry != self->entry && one->tokens.last == words.last && one->tokens.first == words.first;
    }
    return found;
}

/* Of what is no place, the words before may be the name in another tongue, unless they end in an English word. */
static bool is_misread(const misreader *self)
{
    const uint32_t letters = self->doc->annotations.items[self->letters].tokens.first;
    const uint32_t first = words_before(self->doc, letters, letters - 1);
    if (first == ATT_NONE) return false;
    const att_token_range words = { first, letters - 1 };
    const told found = told_of(self, words);
    if (found.same || found.other) return !found.same;
    const att_entry *entry = &self->knowledge->entries.entries.items[self->entry];
    const bool spelt = memchr(entry->name.data, ' ', entry->name.length); /* its name is more than letters */
    if (!spelt) return entry->layer == ATT_LAYER_LOCATION;
    if (entry->layer == ATT_LAYER_AGENCY || shares_words(self->doc, entry->name, words)) return false;
    const bool place = entry->layer == ATT_LAYER_LOCATION || att_is_nation_layer(entry->layer);
    return place
           || att_lists_have_text(&self->knowledge->lists, ATT_LIST_ENGLISH_END, att_document_word(self->doc, letters - 2));
}

/* Whether the letters of a state are those of a known body that the document names in full: "PRC" beside "Postal Regulatory
 * Commission". */
static bool are_of_body(const misreader *self)
{
    const att_annotations *all = &self->doc->annotations;
    const uint32_t letters = all->items[self->letters].tokens.first;
    for (uint32_t i = 0; i < all->count; i++) {
        const att_annotation *body = &all->items[i];
        if (body->layer != ATT_LAYER_AGENCY || body->entry == ATT_NONE || body->state & (ATT_DROPPED | ATT_WEAK)) continue;
        if (words_before(self->doc, letters, body->tokens.last) == body->tokens.first) return true;
    }
    return false;
}

/* Whether the document has another name of the entry, or a people or a place of the state that it is. */
static bool speaks_for_entry(const misreader *self)
{
    const att_layers *layers = &self->knowledge->layers;
    const att_str state = att_annotation_get(&self->doc->annotations.items[self->letters], layers, ATT_KEY_CODE);
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->state & ATT_DROPPED) continue;
        if (one->entry == self->entry && one->name != self->name) return true;
        if (one->entry == self->entry || !state.length) continue;
        const bool nation = att_is_nation_layer(one->layer);
        if (!nation && one->layer != ATT_LAYER_LOCATION) continue;
        if (att_str_equal(att_annotation_get(one, layers, nation ? ATT_KEY_CODE : ATT_KEY_COUNTRY), state)) return true;
    }
    return false;
}

static void drop(const misreader *self, att_annotation *one)
{
    if (self->doc->trace) self->doc->trace->lost(self->doc->trace, one, NULL, ATT_LOST_SPELLED);
    att_drop(self->doc, one);
}

/* The same letters in the whole document; those of a state only behind the brackets, before which nothing has told what they
 * are short for. */
static void drop_all(const misreader *self)
{
    const bool state = att_is_nation_layer(self->doc->annotations.items[self->letters].layer);
    for (uint32_t i = state ? self->letters : 0; i < self->doc->annotations.count; i++) {
        att_annotation *one = &self->doc->annotations.items[i];
        if (one->entry == self->entry && one->name == self->name && !(one->state & ATT_DROPPED)) drop(self, one);
    }
}

void att_misread_drop(const att_knowledge *knowledge, att_document *doc)
{
    uint32_t misread = 0;
    for (uint32_t i = 0; i < doc->annotations.count && misread < MOST_MISREAD; i++) {
        att_annotation *one = &doc->annotations.items[i];
        if (one->state & ATT_DROPPED || !are_letters(doc, one)) continue;
        const misreader self = { knowledge, doc, i, one->entry, one->name };
        const bool bracketed = are_bracketed(doc, one);
        if (!bracketed && one->layer != ATT_LAYER_COUNTRY) continue;
        if (!bracketed && (!are_of_body(&self) || speaks_for_entry(&self))) continue;
        if (bracketed && !is_misread(&self)) continue;
        misread++;
        /* Elsewhere what letters of a state's body mean is settled by letters.h. */
        if (one->layer == ATT_LAYER_AGENCY || speaks_for_entry(&self)) drop(&self, one);
        else drop_all(&self);
    }
}

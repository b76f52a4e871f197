#include "cascade/misread.h"

enum { MOST_MISREAD = 16 }; /* names in a document; each is looked for among all annotations */

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    uint32_t entry, name; /* of the letters */
} misreader;

static bool is_capital(att_str word)
{
    return word.length && *word.data >= 'A' && *word.data <= 'Z';
}

/* Whether the annotation is a word of three capitals or more, and nothing else, in brackets. */
static bool are_bracketed_letters(const att_document *doc, const att_annotation *one)
{
    enum { LEAST = 3, MOST = 8 };
    const uint32_t token = one->tokens.first;
    if (one->entry == ATT_NONE || !token || one->tokens.last != token + 1 || token + 1 >= doc->tokens.count) return false;
    if (!att_document_mark_in(doc, token - 1, "(") || !att_document_mark_in(doc, token + 1, ")")) return false;
    const att_str word = att_document_word(doc, token);
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z') return false;
    return word.length >= LEAST && word.length <= MOST;
}

/* The first of the capitalised words before the bracket that begin with the letters, each with one; ATT_NONE where there are
 * none. Small words may stand between them. */
static uint32_t words_before(const att_document *doc, uint32_t letters)
{
    enum { LONGEST_LINK = 4, MOST_LINKS = 4 };
    const att_str wanted = att_document_word(doc, letters);
    size_t left = wanted.length;
    uint32_t token = letters - 1, links = 0;
    while (left && token) {
        const att_str word = att_document_word(doc, --token);
        if (is_capital(word) && *word.data == wanted.data[left - 1]) left--;
        else if (left == wanted.length || *word.data < 'a' || *word.data > 'z') return ATT_NONE;
        else if (word.length > LONGEST_LINK || ++links > MOST_LINKS) return ATT_NONE;
    }
    return left ? (uint32_t)ATT_NONE : token;
}

/* Whether half of the name's words, or more, are among the tokens: another way to write it. */
static bool shares_words(const att_document *doc, att_str name, att_token_range tokens)
{
    uint32_t words = 0, shared = 0;
    for (att_str word = att_str_first_word(&name); word.length; word = att_str_first_word(&name)) {
        if (!is_capital(word)) continue;
        words++;
        uint32_t token = tokens.first;
        while (token < tokens.last && !att_str_equal(att_document_word(doc, token), word)) token++;
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
    const bool body = self->knowledge->entries.entries.items[self->entry].layer == ATT_LAYER_AGENCY;
    told found = { false, false };
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->state & ATT_DROPPED || one->entry == ATT_NONE || one->tokens.last > words.last) continue;
        found.same |= one->entry == self->entry && one->tokens.first >= words.first;
        if (body && one->layer == ATT_LAYER_AGENCY) continue;
        found.other |= one->entry != self->entry && one->tokens.last == words.last && one->tokens.first == words.first;
    }
    return found;
}

static bool is_misread(const misreader *self, uint32_t letters)
{
    const uint32_t first = words_before(self->doc, letters);
    if (first == ATT_NONE) return false;
    const att_token_range words = { first, letters - 1 };
    const told found = told_of(self, words);
    if (found.same || found.other) return !found.same;
    const att_entry *entry = &self->knowledge->entries.entries.items[self->entry];
    const bool spelt = memchr(entry->name.data, ' ', entry->name.length); /* its name is more than letters */
    if (entry->layer == ATT_LAYER_LOCATION && !spelt) return true;
    return entry->layer != ATT_LAYER_AGENCY && spelt && !shares_words(self->doc, entry->name, words);
}

/* Whether the document has another name of the entry. */
static bool is_named_otherwise(const misreader *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->entry == self->entry && one->name != self->name && !(one->state & ATT_DROPPED)) return true;
    }
    return false;
}

static void drop(const misreader *self, att_annotation *one)
{
    if (self->doc->trace) self->doc->trace->lost(self->doc->trace, one, NULL, ATT_LOST_SPELLED);
    att_drop(self->doc, one);
}

static void drop_all(const misreader *self)
{
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        att_annotation *one = &self->doc->annotations.items[i];
        if (one->entry == self->entry && one->name == self->name && !(one->state & ATT_DROPPED)) drop(self, one);
    }
}

void att_misread_drop(const att_knowledge *knowledge, att_document *doc)
{
    uint32_t looked_at = 0;
    for (uint32_t i = 0; i < doc->annotations.count && looked_at < MOST_MISREAD; i++) {
        att_annotation *one = &doc->annotations.items[i];
        if (one->state & ATT_DROPPED || !are_bracketed_letters(doc, one)) continue;
        const misreader self = { knowledge, doc, one->entry, one->name };
        looked_at++;
        if (!is_misread(&self, one->tokens.first)) continue;
        /* Elsewhere what letters of a state's body mean is settled by letters.h. */
        if (one->layer == ATT_LAYER_AGENCY || is_named_otherwise(&self)) drop(&self, one);
        else drop_all(&self);
    }
}

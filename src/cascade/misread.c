#include "cascade/misread.h"

enum {
    MOST_MISREAD = 16, /* letters in a document; what else speaks for each is looked for among all annotations */
    MOST_KEPT = 16,    /* names of states for which something speaks, though a body has their letters */
    LEAST_LETTERS = 3,
    MOST_LETTERS = 8,
    MOST_LINKS = 4 /* small words in a name that is spelt by letters */
};

typedef struct {
    const att_knowledge *knowledge;
    att_document *doc;
    uint32_t letters;                     /* their annotation */
    uint32_t entry, name;                 /* its */
    att_map bodies;                       /* the initials of known bodies named in full */
    uint32_t noted;                       /* annotations up to which they are in it */
    uint32_t kept[MOST_KEPT], kept_count; /* names of states that keep their letters */
} misreader;

static bool is_capital(att_str word)
{
    return word.length && *word.data >= 'A' && *word.data <= 'Z';
}

/* Whether the annotation is a known name of one word, which has three capitals or more, and nothing else. */
static bool are_letters(const att_document *doc, const att_annotation *one)
{
    if (one->entry == ATT_NONE || one->tokens.last != one->tokens.first + 1) return false;
    const att_str word = att_document_word(doc, one->tokens.first);
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z') return false;
    return word.length >= LEAST_LETTERS && word.length <= MOST_LETTERS;
}

static bool are_bracketed(const att_document *doc, const att_annotation *one)
{
    const uint32_t token = one->tokens.first;
    return token && token + 1 < doc->tokens.count && att_document_mark_in(doc, token - 1, "(")
           && att_document_mark_in(doc, token + 1, ")");
}

/* "of", "and": a small word that may stand among those which the letters are short for. */
static bool is_link(att_str word)
{
    enum { LONGEST_LINK = 4 };
    return *word.data >= 'a' && *word.data <= 'z' && word.length <= LONGEST_LINK;
}

/* The first of the capitalised words before token `end` that begin with the letters, each with one; ATT_NONE where there are
 * none. Small words may stand between them. */
static uint32_t words_before(const att_document *doc, uint32_t letters, uint32_t end)
{
    const att_str wanted = att_document_word(doc, letters);
    size_t left = wanted.length;
    uint32_t token = end, links = 0;
    while (left && token) {
        const att_str word = att_document_word(doc, --token);
        if (is_capital(word) && *word.data == wanted.data[left - 1]) left--;
        else if (left == wanted.length || !is_link(word) || ++links > MOST_LINKS) return ATT_NONE;
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

/* The initials of the capitalised words of a name, as words_before reads them, put into `letters`; their count, 0 for a name
 * that no letters are short for. */
static uint32_t initials_of(const att_document *doc, att_token_range name, char letters[MOST_LETTERS])
{
    uint32_t count = 0, links = 0;
    if (name.last - name.first < LEAST_LETTERS || !is_capital(att_document_word(doc, name.first))) return 0;
    if (!is_capital(att_document_word(doc, name.last - 1))) return 0;
    for (uint32_t token = name.first; token < name.last; token++) {
        const att_str word = att_document_word(doc, token);
        if (!is_capital(word)) {
            if (!is_link(word) || ++links > MOST_LINKS) return 0;
            continue;
        }
        if (count == MOST_LETTERS) return 0;
        letters[count++] = *word.data;
    }
    return count;
}

/* Notes the known bodies that the document names in full before the letters. */
static void note_bodies(misreader *self)
{
    if (!self->bodies.arena) att_map_init(&self->bodies, self->doc->arena);
    for (; self->noted < self->letters; self->noted++) {
        const att_annotation *body = &self->doc->annotations.items[self->noted];
        char letters[MOST_LETTERS];
        if (body->layer != ATT_LAYER_AGENCY || body->entry == ATT_NONE || body->state & (ATT_DROPPED | ATT_WEAK)) continue;
        const uint32_t count = initials_of(self->doc, body->tokens, letters);
        if (count) att_map_add(&self->bodies, (att_str){ letters, count });
    }
}

/* Whether the letters of a state are those of a known body that the document has named in full: "PRC" behind "Postal Regulatory
 * Commission". */
static bool are_of_body(misreader *self)
{
    const att_annotation *one = &self->doc->annotations.items[self->letters];
    note_bodies(self);
    return att_map_find(&self->bodies, att_document_word(self->doc, one->tokens.first)) != ATT_NONE;
}

/* "PRC President Xi", "PRC Foreign Minister Roe": whether the words behind the letters are of a state. */
static bool has_post_of_state(const misreader *self, const att_annotation *one)
{
    static const att_program_list posts[] = { ATT_LIST_OF_PRESIDENT, ATT_LIST_POST_OF_STATE, ATT_LIST_ENVOY,
                                              ATT_LIST_GOVERNMENT };
    enum { WORDS = 2 };
    for (uint32_t token = one->tokens.last; token < self->doc->tokens.count && token < one->tokens.last + WORDS; token++) {
        const att_str word = att_document_word(self->doc, token);
        if (!is_capital(word)) return false;
        for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
            if (att_lists_have_text(&self->knowledge->lists, posts[i], word)) return true;
    }
    return false;
}

/* Whether the document has another name of the entry, or a people or a place of the state that it is, or gives the letters one
 * of its posts. */
static bool speaks_for_entry(const misreader *self)
{
    const att_layers *layers = &self->knowledge->layers;
    const att_str state = att_annotation_get(&self->doc->annotations.items[self->letters], layers, ATT_KEY_CODE);
    for (uint32_t i = 0; i < self->doc->annotations.count; i++) {
        const att_annotation *one = &self->doc->annotations.items[i];
        if (one->state & ATT_DROPPED) continue;
        if (one->entry == self->entry && (one->name != self->name || (state.length && has_post_of_state(self, one))))
            return true;
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

/* The same letters in the whole document; those of a state only from here on, as before nothing has told what they are short
 * for. */
static void drop_all(const misreader *self)
{
    const bool state = att_is_nation_layer(self->doc->annotations.items[self->letters].layer);
    for (uint32_t i = state ? self->letters : 0; i < self->doc->annotations.count; i++) {
        att_annotation *one = &self->doc->annotations.items[i];
        if (one->entry == self->entry && one->name == self->name && !(one->state & ATT_DROPPED)) drop(self, one);
    }
}

/* Whether anything speaks for the state that letters without brackets mean, asked once for each name. */
static bool is_spoken_for(misreader *self)
{
    for (uint32_t i = 0; i < self->kept_count; i++)
        if (self->kept[i] == self->name) return true;
    if (self->kept_count == MOST_KEPT) return true;
    if (!speaks_for_entry(self)) return false;
    self->kept[self->kept_count++] = self->name;
    return true;
}

/* Whether the letters are short for the words before their brackets or, those of a state, for a body named before. */
static bool means_another(misreader *self)
{
    const att_annotation *one = &self->doc->annotations.items[self->letters];
    if (are_bracketed(self->doc, one)) return is_misread(self);
    return one->layer == ATT_LAYER_COUNTRY && are_of_body(self) && !is_spoken_for(self);
}

void att_misread_drop(const att_knowledge *knowledge, att_document *doc)
{
    misreader self = { .knowledge = knowledge, .doc = doc };
    uint32_t misread = 0;
    for (; self.letters < doc->annotations.count && misread < MOST_MISREAD; self.letters++) {
        att_annotation *one = &doc->annotations.items[self.letters];
        if (one->state & ATT_DROPPED || !are_letters(doc, one)) continue;
        self.entry = one->entry, self.name = one->name;
        if (!means_another(&self)) continue;
        misread++;
        /* Elsewhere what letters of a state's body mean is settled by letters.h. */
        if (one->layer == ATT_LAYER_AGENCY || speaks_for_entry(&self)) drop(&self, one);
        else drop_all(&self);
    }
}

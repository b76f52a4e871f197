#include "resolve/speakers.h"

enum { LEAST_LETTERS = 3, LONGEST_NAME = 3, LONGEST_TITLE = 6 /* words */ };

typedef struct {
    const att_knowledge *knowledge;
    const att_document *doc;
    att_document *headline;
    uint32_t annotation; /* of the headline: the first that does not end before the token asked for last */
} reader;

static bool is_capital(const reader *self, uint32_t token)
{
    return token < self->headline->tokens.count && self->headline->tokens.flags[token] & ATT_FLAG_CAPITAL;
}

/* Whether a name of the lists holds the token. They are asked for in text order. */
static bool is_named(reader *self, uint32_t token)
{
    const att_annotations *all = &self->headline->annotations;
    while (self->annotation < all->count && all->items[self->annotation].tokens.last <= token) self->annotation++;
    return self->annotation < all->count && all->items[self->annotation].tokens.first <= token;
}

static att_str words_of(const reader *self, uint32_t first, uint32_t last)
{
    const att_tokens *tokens = &self->headline->tokens;
    return att_str_slice(self->headline->text, tokens->start[first], tokens->end[last - 1]);
}

/* The country of the record whose name ends with the word, or a null view. */
static att_str of_record(const reader *self, att_str word)
{
    const att_officials *records = &self->doc->officials;
    for (uint32_t i = 0; i < records->count; i++)
        if (records->items[i].country.length && att_str_equal(att_str_last_word(records->items[i].name), word))
            return records->items[i].country;
    return (att_str){ 0 };
}

/* The first word of the title that words before token `name` may be. */
static uint32_t title_before(const reader *self, uint32_t name)
{
    uint32_t first = name;
    while (first && name - first < LONGEST_TITLE && is_capital(self, first - 1)) first--;
    return first;
}

/* That of who holds the office which a title before token `name` says: "President Roe"; the longest name that is known. */
static att_str of_holder(const reader *self, uint32_t name)
{
    const att_offices *offices = &self->knowledge->offices;
    att_arena *arena = self->headline->arena;
    uint32_t from = title_before(self, name), last = name + 1;
    if (from == name || att_index_find(&offices->names, att_fold_person(arena, words_of(self, name, last))) == ATT_NONE)
        return (att_str){ 0 };
    while (last - name < LONGEST_NAME && is_capital(self, last)) last++;
    for (; last > name; last--)
        for (uint32_t first = from; first < name; first++) {
            uint32_t office =
                att_office_find(offices, arena, words_of(self, first, name), words_of(self, name, last), self->doc);
            if (office != ATT_NONE) return offices->offices.items[office].country;
        }
    return (att_str){ 0 };
}

static void add_speaker(reader *self, uint32_t token, att_str country)
{
    const att_tokens *tokens = &self->headline->tokens;
    ATT_RESERVE(self->headline->arena, &self->headline->officials, 1);
    self->headline->officials.items[self->headline->officials.count++] =
        (att_official){ .country = country, .start = tokens->start[token], .end = tokens->end[token] };
}

void att_find_speakers(const att_knowledge *knowledge, att_document *doc)
{
    reader self = { .knowledge = knowledge, .doc = doc, .headline = doc->headline };
    if (!doc->headline) return;
    for (uint32_t token = 0; token < self.headline->tokens.count; token++) {
        att_str word = att_document_word(self.headline, token);
        if (!is_capital(&self, token) || word.length < LEAST_LETTERS || is_named(&self, token)) continue;
        att_str country = of_record(&self, word);
        if (!country.length) country = of_holder(&self, token);
        if (country.length) add_speaker(&self, token, country);
    }
}

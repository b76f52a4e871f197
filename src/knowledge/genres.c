#include "knowledge/genres.h"

#include <stdlib.h>

typedef struct {
    att_genres *genres;
    const att_blocks *blocks;
    att_names *names;
    const att_lines_block *block; /* the one whose line is read */
} genre_reader;

/* ---- reading ---- */

static void add_word(genre_reader *self, att_genre_word word)
{
    ATT_RESERVE(self->blocks->arena, &self->genres->words, 1);
    self->genres->words.items[self->genres->words.count++] = word;
}

static void take_word(void *user, att_str surface)
{
    genre_reader *self = user;
    att_genre_word word = { 0 };
    word.norm = att_lexicon_add(self->names->lexicon, surface, &word.caps);
    add_word(self, word);
}

/* Words between blanks; "[num]" is any number. */
static void read_form(genre_reader *self, att_str text, att_place place, bool blocks)
{
    att_genres *genres = self->genres;
    uint32_t first = genres->words.count, at = 0, word_at;
    att_str rest = text, word;
    bool cut = true;
    while (cut && att_next_word(&rest, &at, &word, &word_at)) {
        if (att_str_is(word, "[num]")) add_word(self, (att_genre_word){ .norm = ATT_NONE });
        else cut = att_names_cut(self->names, word, take_word, self);
    }
    if (!cut || genres->words.count == first) {
        att_blocks_report(self->blocks, "S015", place, "'%.*s' is no word of a title", ATT_STR_ARG(text));
        return;
    }
    ATT_RESERVE(self->blocks->arena, &genres->forms, 1);
    genres->forms.items[genres->forms.count++] = (att_genre_form){ genres->words.items[first].norm, genres->needs.count - 1,
                                                                   first, genres->words.count - first, blocks };
}

static void read_forms(genre_reader *self, const att_line *line, bool blocks)
{
    att_str rest = line->text, form;
    uint32_t rest_at = line->text_at, at;
    while (att_next_form(self->blocks->arena, &rest, &rest_at, &form, &at))
        read_form(self, form, (att_place){ self->block->file->source, at, at + (uint32_t)form.length }, blocks);
}

static void read_need(const genre_reader *self, const att_line *line)
{
    uint32_t *need = att_topic_need(&self->genres->needs.items[self->genres->needs.count - 1], line->word);
    if (need && !att_setting(line->text, need))
        att_blocks_report(self->blocks, "S004", att_line_place(self->block, line), "'%.*s' wants a number from 1 to 999999",
                          ATT_STR_ARG(line->word));
}

static void read_genre(genre_reader *self, const att_lines_block *block)
{
    const att_line *line = NULL;
    bool titled = false;
    ATT_RESERVE(self->blocks->arena, &self->genres->needs, 1);
    self->genres->needs.items[self->genres->needs.count++] = (att_topic_needs){ 0 };
    for (self->block = block; att_block_next(self->blocks, &self->block, &line);) {
        bool title = att_str_is(line->word, "title");
        titled = titled || title;
        if (title || att_str_is(line->word, "block")) read_forms(self, line, !title);
        else read_need(self, line);
    }
    if (titled || block->torn) return;
    self->block = block;
    att_blocks_report(self->blocks, "S004", att_head_place(block),
                      "genre '%.*s' knows no title; write words of titles behind 'title'", ATT_STR_ARG(block->name));
}

static int by_norm(const void *left, const void *right)
{
    const att_genre_form *a = left, *b = right;
    if (a->norm != b->norm) return a->norm < b->norm ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

void att_genres_read(att_genres *self, const att_blocks *blocks, att_names *names)
{
    *self = (att_genres){ 0 };
    genre_reader reader = { .genres = self, .blocks = blocks, .names = names };
    for (uint32_t i = 0; i < blocks->blocks.count; i++) {
        const att_lines_block *block = &blocks->blocks.items[i];
        if (block->kind == ATT_BLOCK_GENRE && !block->dead) read_genre(&reader, block);
    }
    for (uint32_t i = 0; i < self->forms.count; i++) {
        uint32_t norm = self->forms.items[i].norm % ATT_GENRE_NORMS;
        self->norms[norm / 64] |= UINT64_C(1) << norm % 64;
    }
    if (self->forms.count) qsort(self->forms.items, self->forms.count, sizeof *self->forms.items, by_norm);
}

/* ---- titles ---- */

enum { TITLED = 1, BLOCKED = 2 };

typedef struct {
    const att_genres *genres;
    const att_document *doc;
    const att_vocabulary *vocabulary;
    att_token_range tokens;
    uint8_t *met; /* by genre: TITLED, BLOCKED */
} title_reader;

static bool is_number(const title_reader *self, uint32_t token)
{
    char first = self->doc->text.data[self->doc->tokens.start[token]];
    return first >= '0' && first <= '9';
}

static bool word_fits(const title_reader *self, const att_genre_word *word, uint32_t token)
{
    if (word->norm == ATT_NONE) return is_number(self, token);
    uint32_t type = self->doc->tokens.type[token];
    if (self->vocabulary->columns.norm[type] != word->norm) return false;
    return self->doc->tokens.flags[token] & ATT_FLAG_CAPITAL_LINE || !(word->caps & ~self->vocabulary->columns.caps[type]);
}

static bool form_fits(const title_reader *self, const att_genre_form *form, uint32_t token)
{
    if (form->length > self->tokens.last - token) return false;
    for (uint32_t i = 0; i < form->length; i++)
        if (!word_fits(self, &self->genres->words.items[form->first + i], token + i)) return false;
    return true;
}

static bool may_begin(const att_genres *self, uint32_t norm)
{
    return self->norms[norm % ATT_GENRE_NORMS / 64] >> norm % 64 & 1;
}

/* Notes what the forms that begin with the norm say at the token. */
static void look_up(const title_reader *self, uint32_t norm, uint32_t token)
{
    const att_genre_form *forms = self->genres->forms.items;
    uint32_t from = 0, to = self->genres->forms.count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (forms[middle].norm < norm) from = middle + 1;
        else to = middle;
    }
    for (; from < self->genres->forms.count && forms[from].norm == norm; from++)
        if (form_fits(self, &forms[from], token)) self->met[forms[from].genre] |= forms[from].blocks ? BLOCKED : TITLED;
}

att_topic_needs att_genre_needs(const att_genres *self, const att_document *doc, att_token_range title,
                                const att_vocabulary *vocabulary, const att_topic_needs *usual)
{
    uint32_t genre = 0;
    if (!self->forms.count) return *usual;
    title_reader reader = { self, doc, vocabulary, title, att_arena_zero(doc->arena, self->needs.count, 1) };
    for (uint32_t token = title.first; token < title.last; token++) {
        uint32_t norm = vocabulary->columns.norm[doc->tokens.type[token]];
        if (norm < ATT_NORM_OF_PARTS && may_begin(self, norm)) look_up(&reader, norm, token);
        if (is_number(&reader, token)) look_up(&reader, ATT_NONE, token);
    }
    while (genre < self->needs.count && reader.met[genre] != TITLED) genre++;
    if (genre == self->needs.count) return *usual;
    const att_topic_needs *own = &self->needs.items[genre];
    return (att_topic_needs){ own->distinct_triggers ? own->distinct_triggers : usual->distinct_triggers,
                              own->words_per_mention ? own->words_per_mention : usual->words_per_mention,
                              own->percent_of_best ? own->percent_of_best : usual->percent_of_best,
                              own->passing_times ? own->passing_times : usual->passing_times,
                              own->percent_once ? own->percent_once : usual->percent_once };
}
